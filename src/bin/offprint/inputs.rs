//! Where posts come from: files, or records in files.

use std::fs::{self, File, Metadata};
use std::hash::Hasher;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use twox_hash::XxHash64;

use crate::problem::Problem;
use crate::records::{self, Record};
use crate::room::Room;
use crate::selection::Selected;
use crate::target::Identity;
use crate::walk::{Input, Walk};
use crate::{Failure, names};

/// All that the user names as input.
#[derive(Clone, Copy)]
pub(crate) struct Inputs<'o> {
    /// The kind of the files of records; `None` if each file is a post.
    records: Option<records::Kind>,
    selected: &'o Selected,
}

/// Posts in their order. Nothing comes after an error.
pub(crate) type Items = Box<dyn Iterator<Item = Result<Item, Failure>> + Send>;

/// A post to convert.
pub(crate) struct Item {
    source: Source,
    /// Its length in bytes, as far as it is known before it is read.
    pub(crate) bytes: u64,
}

enum Source {
    File(Input),
    Record(Record),
}

impl<'o> Inputs<'o> {
    /// Fails if something that is named cannot be looked at, with a line for each, and if there is no post in
    /// all that is named. (Files of records may be empty.)
    pub(crate) fn new(records: Option<records::Kind>, selected: &'o Selected) -> Result<Self, Failure> {
        let inputs = Self { records, selected };
        match records {
            Some(kind) => records::check(kind, &selected.paths)?,
            None if inputs.walk(&selected.paths)?.is_empty() => {
                let names: Vec<_> = selected.paths.iter().map(|path| names::text(path)).collect();
                return Err(Failure::Message(format!("offprint: no posts found in {}", names.join(", "))));
            }
            None => {}
        }
        Ok(inputs)
    }

    fn walk(self, paths: &[PathBuf]) -> Result<Walk, Failure> {
        Walk::new(paths, &self.selected.filter).map_err(Failure::Message)
    }

    /// What counts the posts, if they can be counted without reading them.
    pub(crate) fn counter(self) -> impl FnOnce() -> Option<u64> + Send + 'static {
        let paths = self.records.is_none().then(|| self.selected.paths.clone());
        let filter = self.selected.filter.clone();
        move || Some(Walk::new(&paths?, &filter).ok()?.count() as u64)
    }

    /// Whether there may be more than one post.
    pub(crate) fn may_be_many(self) -> bool {
        let paths = &self.selected.paths;
        self.records.is_some() || paths.len() > 1 || paths.iter().any(|path| path.is_dir())
    }

    /// Whether standard input is a part of it.
    pub(crate) fn has_stdin(self) -> bool {
        self.selected.paths.iter().any(|path| records::is_stdin(path))
    }

    /// Whether a part of it can be read once only: standard input, or a pipe.
    pub(crate) fn is_read_once(self) -> bool {
        self.has_stdin() || self.record_files().any(|path| !path.is_file())
    }

    /// The posts.
    pub(crate) fn items(self) -> Result<Items, Failure> {
        let Some(kind) = self.records else {
            return Ok(Box::new(self.post_files()?.map(|input| Ok(Item::file(input)))));
        };
        let paths = self.selected.paths.clone();
        Ok(Box::new(paths.into_iter().flat_map(move |path| {
            let items: Items = match records::read(kind, &path) {
                Ok(records) => Box::new(records.map(|record| record.map(Item::record))),
                Err(error) => Box::new(std::iter::once(Err(error))),
            };
            items
        })))
    }

    /// The folders that are walked.
    pub(crate) fn folders(self) -> impl Iterator<Item = &'o PathBuf> {
        let is_walked = self.records.is_none();
        self.selected.paths.iter().filter(move |path| is_walked && path.is_dir())
    }

    /// The files of records.
    pub(crate) fn record_files(self) -> impl Iterator<Item = &'o PathBuf> {
        let is_read = self.records.is_some();
        self.selected.paths.iter().filter(move |path| is_read && !records::is_stdin(path))
    }

    /// The files that the user has named paths in.
    pub(crate) fn lists(self) -> impl Iterator<Item = &'o PathBuf> {
        self.selected.lists.iter()
    }

    /// The posts that are files.
    pub(crate) fn post_files(self) -> Result<impl Iterator<Item = Input> + use<>, Failure> {
        self.walk(if self.records.is_some() { &[] } else { &self.selected.paths })
    }

    /// Every file that is read, as the user calls it.
    pub(crate) fn files(self) -> Result<impl Iterator<Item = (PathBuf, Option<Identity>)>, Failure> {
        let posts = self.post_files()?.map(|input| {
            let file = match &input {
                Input::Stdin => Identity::of_stdin(),
                Input::File(path, _) => Identity::of(path),
                Input::Unreadable { .. } => None,
            };
            (input.path().to_owned(), file)
        });
        let records: &[PathBuf] = if self.records.is_some() { &self.selected.paths } else { &[] };
        let others = records.iter().chain(self.lists()).map(|path| {
            (path.clone(), if records::is_stdin(path) { Identity::of_stdin() } else { Identity::of(path) })
        });
        Ok(posts.chain(others))
    }

    /// The bytes of all posts. Files of records are read for that.
    pub(crate) fn total_bytes(self) -> Result<u64, Failure> {
        self.items()?.map(|item| item.map(|item| item.bytes)).sum()
    }

    /// By what an input is known to be the same again: a hash of the paths of its files, their sizes and
    /// their times. `None` if a part of it is no file.
    pub(crate) fn identity(self) -> Result<Option<String>, Failure> {
        if self.has_stdin() {
            return Ok(None);
        }
        let posts = self.post_files()?.map(|input| input.path().to_owned());
        let mut hash = XxHash64::with_seed(0);
        for path in posts.chain(self.record_files().cloned()) {
            let metadata = fs::metadata(&path).ok();
            if metadata.as_ref().is_some_and(|metadata| !metadata.is_file()) {
                return Ok(None);
            }
            hash_file(&mut hash, &path, metadata.as_ref());
        }
        Ok(Some(format!("xxh64:{:016x}", hash.finish())))
    }
}

/// Adds the path, the size and the time of a file. One that cannot be looked at has neither size nor time.
fn hash_file(hash: &mut XxHash64, path: &Path, metadata: Option<&Metadata>) {
    let modified = metadata.and_then(|metadata| metadata.modified().ok());
    hash.write(names::text(path).as_bytes());
    // In no path.
    hash.write(&[0]);
    hash.write(&metadata.map_or(0, Metadata::len).to_le_bytes());
    hash.write(&modified.map_or(0, nanoseconds).to_le_bytes());
}

/// The nanoseconds from 1970 on.
fn nanoseconds(time: SystemTime) -> i128 {
    let signed = |duration: Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after),
        Err(before) => -signed(before.duration()),
    }
}

impl Item {
    fn file(input: Input) -> Self {
        let bytes = match &input {
            Input::File(path, _) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Input::Stdin | Input::Unreadable { .. } => 0,
        };
        Self { source: Source::File(input), bytes }
    }

    fn record(record: Record) -> Self {
        let bytes = record.source.len() as u64;
        Self { source: Source::Record(record), bytes }
    }

    /// What the output calls it.
    pub(crate) fn path(&self) -> String {
        match &self.source {
            Source::File(input) => names::text(input.path()),
            Source::Record(record) => record.path.clone(),
        }
    }

    /// The name of its file; standard input has none.
    pub(crate) fn name(&self) -> Option<String> {
        match &self.source {
            Source::File(Input::Stdin) => None,
            // Not its text in the output, in which escapes would be taken for parts of the name.
            Source::File(input) => {
                Some(input.path().file_name().unwrap_or_default().to_string_lossy().into_owned())
            }
            Source::Record(record) => record.path.rsplit('/').next().map(str::to_owned),
        }
    }

    /// Where its file is to be below the folder that is written to, but for the extension.
    pub(crate) fn path_below(&self) -> Result<PathBuf, Problem> {
        match &self.source {
            Source::File(input) => Ok(input.path_below()),
            Source::Record(record) => path_below(&record.path),
        }
    }

    /// Reads its bytes, but no more than one byte beyond `most`.
    pub(crate) fn read<'s>(&'s self, most: usize, room: &'s mut Room) -> io::Result<&'s [u8]> {
        room.clear();
        // One byte too many is for the parser to see.
        let most = most.saturating_add(1);
        match &self.source {
            Source::File(Input::Stdin) => room.fill(io::stdin().lock(), self.bytes, most)?,
            Source::File(Input::File(path, _)) => room.fill(File::open(path)?, self.bytes, most)?,
            Source::File(Input::Unreadable { reason, .. }) => return Err(io::Error::other(reason.clone())),
            Source::Record(record) => return Ok(&record.source),
        }
        Ok(room.bytes())
    }
}

/// The path of a record below a folder, which it does not lead out of.
fn path_below(path: &str) -> Result<PathBuf, Problem> {
    let mut below = PathBuf::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(name) => below.push(name),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => {
                return Err(Problem::new("not written: its path may lead out of the folder"));
            }
        }
    }
    if below.as_os_str().is_empty() || path.contains('\0') {
        return Err(Problem::new("not written: its path names no file"));
    }
    Ok(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_record_is_written_outside_the_folder() {
        for (path, expected) in [
            ("a/b.md", "a/b.md"),
            ("/a/b.md", "a/b.md"),
            ("./a//b", "a/b"),
            ("x:/y?z", "x:/y?z"),
            ("...", "..."),
        ] {
            assert_eq!(path_below(path).ok(), Some(PathBuf::from(expected)), "{path}");
        }
        for path in ["", "/", ".", "..", "../a", "a/../../b", "a/..", "a\0"] {
            assert!(path_below(path).is_err(), "{path}");
        }
    }
}
