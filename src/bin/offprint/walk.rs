//! From the paths that the user names to the posts, in order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::error::Error as _;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use crate::filter::Filter;
use crate::names;

/// The path that stands for standard input.
const STDIN: &str = "-";

/// Extensions of posts, in lower case.
const EXTENSIONS: [&str; 4] = ["md", "markdown", "html", "htm"];

/// Something to convert, or a path that could not be read.
#[derive(Debug)]
pub(crate) enum Input {
    Stdin,
    /// A file, and how many names of its path lie below what the user named.
    File(PathBuf, usize),
    Unreadable {
        path: PathBuf,
        reason: String,
    },
}

impl Input {
    /// The path as the user named it or as it was walked to.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new(STDIN),
            Self::File(path, _) | Self::Unreadable { path, .. } => path,
        }
    }

    /// The path below the folder that the user named; the name of a file that the user named.
    pub(crate) fn path_below(&self) -> PathBuf {
        match self {
            Self::Stdin => PathBuf::from("stdin"),
            Self::File(path, names) => {
                let all = path.components().count();
                path.components().skip(all.saturating_sub(*names)).collect()
            }
            Self::Unreadable { path, .. } => path.clone(),
        }
    }

    /// Like `Path`'s own order, by components. A leading `./` does not count.
    fn key(&self) -> impl Iterator<Item = Component<'_>> {
        self.path().components().filter(|component| *component != Component::CurDir)
    }
}

impl Eq for Input {}

/// Two inputs are equal if they are the same post.
impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl PartialOrd for Input {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Input {
    fn cmp(&self, other: &Self) -> Ordering {
        let is_stdin = |input: &Self| matches!(input, Self::Stdin);
        self.key().cmp(other.key()).then_with(|| is_stdin(self).cmp(&is_stdin(other)))
    }
}

/// All posts under some paths, sorted, each once.
///
/// The folders are walked side by side, so that only the entries of the open folders are in memory.
pub(crate) struct Walk {
    streams: Vec<Box<dyn Iterator<Item = Input> + Send>>,
    /// The next input of each stream that has one, with the stream's index.
    heads: BinaryHeap<Reverse<(Input, usize)>>,
}

impl Walk {
    /// Errors are messages for the user: one line for each path that cannot be looked at.
    pub(crate) fn new(paths: &[PathBuf], filter: &Filter) -> Result<Self, String> {
        let mut named = Vec::new();
        let mut streams: Vec<Box<dyn Iterator<Item = Input> + Send>> = Vec::new();
        let mut missing = Vec::new();
        for path in paths {
            if path.as_os_str() == STDIN {
                named.push(Input::Stdin);
                continue;
            }
            match path.metadata() {
                Ok(metadata) if metadata.is_dir() => streams.push(Box::new(walk_folder(path, filter))),
                Ok(_) => named.push(Input::File(path.clone(), 1)),
                Err(error) => {
                    missing.push(format!("offprint: cannot read {}: {error}", names::text(path)));
                }
            }
        }
        if !missing.is_empty() {
            return Err(missing.join("\n"));
        }
        named.sort();
        streams.push(Box::new(named.into_iter()));

        let mut walk = Self { heads: BinaryHeap::with_capacity(streams.len()), streams };
        for stream in 0..walk.streams.len() {
            walk.advance(stream);
        }
        Ok(walk)
    }

    /// Whether there is no post.
    pub(crate) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    fn advance(&mut self, stream: usize) {
        if let Some(input) = self.streams[stream].next() {
            self.heads.push(Reverse((input, stream)));
        }
    }
}

impl Iterator for Walk {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        let Reverse((input, stream)) = self.heads.pop()?;
        self.advance(stream);
        // Whatever else names the same post is at the head of its own stream now.
        while self.heads.peek().is_some_and(|Reverse((other, _))| *other == input) {
            if let Some(Reverse((_, stream))) = self.heads.pop() {
                self.advance(stream);
            }
        }
        Some(input)
    }
}

/// The posts in a folder and below, sorted.
fn walk_folder(folder: &Path, filter: &Filter) -> impl Iterator<Item = Input> + Send + use<> {
    let (root, excluded) = (folder.to_owned(), filter.clone());
    let mut entries = entries(folder);
    entries.filter_entry(move |entry| !excluded.excludes(entry.path(), |path| below(&root, path)));
    let (root, filter) = (folder.to_owned(), filter.clone());
    entries.build().filter_map(move |entry| match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            let depth = entry.depth();
            let is_taken = is_file && filter.takes(entry.path(), |path| below(&root, path));
            is_taken.then(|| Input::File(entry.into_path(), depth))
        }
        Err(error) => unreadable(&error, &root, &filter),
    })
}

/// The path below a folder that the user named; that of the folder itself is empty.
fn below<'p>(folder: &Path, path: &'p Path) -> &'p Path {
    path.strip_prefix(folder).unwrap_or(path)
}

/// The links in a folder and below that lead to folders, or to nothing as yet.
pub(crate) fn links_to_folders(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    entries(folder).build().filter_map(|entry| match entry {
        Ok(entry) => {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            (is_folder && entry.path_is_symlink()).then(|| entry.into_path())
        }
        Err(error) => path_of(&error).filter(|path| path.is_symlink()).map(Path::to_owned),
    })
}

/// Everything in a folder and below that may be or hold a post, sorted.
fn entries(folder: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(folder);
    builder
        // An archive is no working tree: what it ignores is still a post.
        .standard_filters(false)
        // Hidden files are an editor's or a version control system's.
        .hidden(true)
        .follow_links(true)
        // The paths of one folder are in the order of their names, and a name would have to be looked for in
        // its path for each comparison.
        .sort_by_file_path(|left, right| left.as_os_str().cmp(right.as_os_str()));
    builder
}

/// Whether a file is named like a post.
pub(crate) fn is_post(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// What to say of an entry that the walk could not look at.
fn unreadable(error: &ignore::Error, folder: &Path, filter: &Filter) -> Option<Input> {
    let path = path_of(error)?;
    let below = below(folder, path);
    // A dead link that is not named like a post never stood for one.
    if filter.excludes(below, |path| path) || path.is_symlink() && !filter.takes(below, |path| path) {
        return None;
    }
    // The innermost error: the outer ones repeat the path.
    let reason = error.io_error().map(|error| error.source().map_or(error.to_string(), ToString::to_string));
    Some(Input::Unreadable { path: path.to_owned(), reason: reason.unwrap_or_else(|| error.to_string()) })
}

/// The path that the walk could not look at. A link back to a folder that is being walked has none: its posts
/// are found there.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}
