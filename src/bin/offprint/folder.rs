//! A folder with a file for each post.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::article::Kind;
use crate::output::{folder_of, temporary_file};
use crate::walk::{Input, is_post};

/// The folder, and what has been written to it.
pub(crate) struct Folder {
    path: PathBuf,
    written: HashSet<PathBuf>,
}

/// A file to be written.
pub(crate) struct Entry {
    /// The post's own file.
    pub(crate) source: PathBuf,
    /// Its place in the folder.
    target: PathBuf,
    /// Where its bytes end.
    pub(crate) end: usize,
}

impl Entry {
    pub(crate) fn new(input: &Input, kind: Kind, end: usize) -> Self {
        let mut target = input.path_below();
        if is_post(&target) {
            target.set_extension(kind.extension());
        } else {
            // What follows the last point may be half of the name.
            target.as_mut_os_string().push(format!(".{}", kind.extension()));
        }
        Self { source: input.path().to_owned(), target, end }
    }
}

impl Folder {
    /// The folder at a path, which is made if it is not there.
    ///
    /// It must not be inside a folder that is read, or around one: a post might be written over another, or be
    /// read again.
    pub(crate) fn new(path: &Path, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let name = path.display();
        let folder = fs::create_dir_all(path)
            .and_then(|()| path.canonicalize())
            .map_err(|error| Failure::Message(format!("offprint: cannot write {name}: {error}")))?;
        for input in inputs.iter().filter(|input| input.is_dir()) {
            let is_apart = input
                .canonicalize()
                .is_ok_and(|input| !input.starts_with(&folder) && !folder.starts_with(&input));
            if !is_apart {
                let input = input.display();
                return Err(Failure::Message(format!(
                    "offprint: cannot write to {name} what is read from {input}: one is inside the other"
                )));
            }
        }
        Ok(Self { path: folder, written: HashSet::new() })
    }

    /// Writes a file. The inner error says why this one was not written.
    pub(crate) fn write(&mut self, entry: &Entry, bytes: &[u8]) -> Result<Result<(), String>, Failure> {
        let Entry { source, target, end: _ } = entry;
        let name = target.display();
        let path = self.path.join(target);
        if !self.written.insert(target.clone()) {
            return Ok(Err(format!("not written: {name} in the output is another post's")));
        }
        if path.canonicalize().is_ok_and(|path| source.canonicalize().is_ok_and(|source| source == path)) {
            return Ok(Err("not written: it would take its own place".to_owned()));
        }
        match write_whole(&path, bytes) {
            Ok(()) => Ok(Ok(())),
            // Nothing more can be written.
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                Err(Failure::Message(format!("offprint: cannot write {}: {error}", path.display())))
            }
            Err(error) => Ok(Err(format!("cannot write {name}: {error}"))),
        }
    }
}

/// Writes a file that takes its name when it is whole.
///
/// It is not forced to the disk, which would take longer than all the rest.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut file = temporary_file(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
