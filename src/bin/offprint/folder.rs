//! A folder with a file for each post.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::article::Kind;
use crate::output::{Sink, cannot_write};
use crate::target::{Identity, Target, folder_of, real_path};
use crate::walk::is_post;
use crate::{Failure, names};

/// The folder, and what has been written to it.
pub(crate) struct Folder {
    /// As the user calls it.
    name: PathBuf,
    /// Without links, `.` and `..`.
    path: PathBuf,
    kind: Kind,
    /// The files, by their paths without links.
    written: HashSet<PathBuf>,
    /// What is read, as far as only the posts tell where they are written.
    protected: HashSet<Identity>,
    /// The files that were written and are not told yet, as the user calls them.
    untold: Vec<String>,
}

/// A file to be written.
pub(crate) struct Entry {
    /// The post, as the output calls it.
    pub(crate) source: String,
    /// Its path in the folder.
    target: PathBuf,
    /// Where its bytes end.
    pub(crate) end: usize,
}

impl Entry {
    /// The file of a post that has a path below the folder.
    pub(crate) fn new(source: &str, below: PathBuf, kind: Kind, end: usize) -> Self {
        Self { source: source.to_owned(), target: target(below, kind), end }
    }
}

/// The path of a post's file in the folder. Its bytes are those of the post's name, be they UTF-8 or not.
fn target(mut path: PathBuf, kind: Kind) -> PathBuf {
    if is_post(&path) {
        path.set_extension(kind.extension());
    } else {
        // What follows the last point may be half of the name.
        path.as_mut_os_string().push(format!(".{}", kind.extension()));
    }
    path
}

impl Folder {
    /// The folder at a path, which need not be there.
    pub(crate) fn new(path: &Path, kind: Kind) -> Result<Self, Failure> {
        let real = real_path(path).map_err(|error| cannot_write(&names::text(path), &error))?;
        let (written, protected) = (HashSet::new(), HashSet::new());
        Ok(Self { name: path.to_owned(), path: real, kind, written, protected, untold: Vec::new() })
    }

    /// Lets no post take the place of these files.
    pub(crate) fn protect(&mut self, files: impl IntoIterator<Item = Identity>) {
        self.protected.extend(files);
    }

    /// Makes the folder if it is not there.
    pub(crate) fn create(&self) -> Result<(), Failure> {
        fs::create_dir_all(&self.path).map_err(|error| cannot_write(&self.name(), &error))
    }

    /// As the user calls it.
    pub(crate) fn name(&self) -> String {
        names::text(&self.name)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the file of a post is to be that has a path below the folder, as the user calls it.
    pub(crate) fn path_for(&self, below: PathBuf) -> PathBuf {
        self.name.join(target(below, self.kind))
    }

    /// Writes a file. The inner error says why this one was not written.
    pub(crate) fn write(&mut self, entry: &Entry, bytes: &[u8]) -> Result<Result<(), String>, Failure> {
        let name = names::text(&entry.target);
        let path = self.path.join(&entry.target);
        match self.write_whole(&path, bytes) {
            Ok(true) => {
                self.untold.push(names::text(&self.name.join(&entry.target)));
                Ok(Ok(()))
            }
            Ok(false) => Ok(Err(format!("not written: {name} in the output is another post's"))),
            // Nothing more can be written.
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                Err(cannot_write(&names::text(&path), &error))
            }
            Err(error) => Ok(Err(format!("cannot write {name}: {error}"))),
        }
    }

    /// The files that were written since they were last told.
    pub(crate) fn take_written(&mut self) -> Vec<String> {
        std::mem::take(&mut self.untold)
    }

    /// Writes a file that takes its name when it is whole, unless it is one that was written already.
    ///
    /// It is not forced to the disk, which would take longer than all the rest.
    fn write_whole(&mut self, path: &Path, bytes: &[u8]) -> io::Result<bool> {
        let target = Target::new(path)?;
        if target.replaced().is_some_and(|file| self.protected.contains(&file)) {
            return Err(io::Error::other("it is an input"));
        }
        if !target.is_special() && !self.written.insert(target.path().to_owned()) {
            return Ok(false);
        }
        fs::create_dir_all(folder_of(target.path()))?;
        let mut sink = Sink::open(&target)?;
        sink.write_all(bytes)?;
        sink.finish()?;
        Ok(true)
    }
}
