//! Where files are to be written, looked at before anything is.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::names;

/// A file to be written.
#[derive(Clone)]
pub(crate) struct Target {
    /// As the user calls it.
    name: String,
    /// Without links, `.` and `..`, unless it is a pipe or a device.
    path: PathBuf,
    present: Present,
}

/// What is there now.
#[derive(Clone)]
enum Present {
    Nothing,
    /// A file, which will be replaced.
    File(Metadata),
    /// A pipe or a device, which nothing can take the place of.
    Special,
}

impl Target {
    /// Fails if no file can be written there, and if what is there is protected from writing.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let target = Self::look_at(path)?;
        if let Present::File(metadata) = &target.present {
            // Root may write to any file, whatever its mode says; the mode says what is wanted.
            if metadata.permissions().readonly() {
                return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
            }
            // A rename asks for no right to the file that it replaces.
            File::options().write(true).open(&target.path)?;
        }
        Ok(target)
    }

    /// Like [`new`](Self::new), but a file that is protected from writing is like any other.
    pub(crate) fn look_at(path: &Path) -> io::Result<Self> {
        let (real, present) = match path.metadata() {
            Ok(metadata) if metadata.is_file() => (path.canonicalize()?, Present::File(metadata)),
            Ok(metadata) if metadata.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(_) => (path.to_owned(), Present::Special),
            Err(error) if error.kind() == ErrorKind::NotFound => (real_path(path)?, Present::Nothing),
            Err(error) => return Err(error),
        };
        Ok(Self { name: names::text(path), path: real, present })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file that will be replaced.
    pub(crate) fn file(&self) -> Option<&Metadata> {
        match &self.present {
            Present::File(metadata) => Some(metadata),
            Present::Nothing | Present::Special => None,
        }
    }

    pub(crate) fn is_special(&self) -> bool {
        matches!(self.present, Present::Special)
    }

    /// Which file will be replaced.
    pub(crate) fn replaced(&self) -> Option<Identity> {
        self.file().and_then(|metadata| Identity::new(&self.path, metadata))
    }

    /// Whether one would take the place of the other.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        if self.is_special() || other.is_special() {
            return false;
        }
        self.path == other.path || self.replaced().is_some_and(|file| other.replaced() == Some(file))
    }
}

/// Which file something is, whatever its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identity(
    /// The device and the number of the file on it.
    #[cfg(unix)]
    (u64, u64),
    /// The path without links. Two names of one file (hard links) are not seen to be one.
    #[cfg(not(unix))]
    PathBuf,
);

impl Identity {
    /// Of the file that a path leads to, through links. A pipe or a device has none here: nothing replaces
    /// it.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok().filter(Metadata::is_file)?;
        Self::new(path, &metadata)
    }

    /// Of the file that standard input is read from, if it is one.
    #[cfg(unix)]
    pub(crate) fn of_stdin() -> Option<Self> {
        use std::os::fd::AsFd;

        let file = File::from(io::stdin().as_fd().try_clone_to_owned().ok()?);
        let metadata = file.metadata().ok().filter(Metadata::is_file)?;
        Self::new(Path::new(""), &metadata)
    }

    #[cfg(not(unix))]
    pub(crate) fn of_stdin() -> Option<Self> {
        None
    }

    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "where it is a path it may be missing")]
    fn new(_path: &Path, metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;

        Some(Self((metadata.dev(), metadata.ino())))
    }

    #[cfg(not(unix))]
    fn new(path: &Path, _metadata: &Metadata) -> Option<Self> {
        path.canonicalize().ok().map(Self)
    }
}

/// The path, without links, `.` and `..`, of something that need not be there yet.
pub(crate) fn real_path(path: &Path) -> io::Result<PathBuf> {
    let missing = match path.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => error,
        result => return result,
    };
    let folder = folder_of(path);
    // What a link leads to is made, not another thing in the link's place. (A loop of links is another
    // error.)
    if let Ok(led_to) = path.read_link() {
        return real_path(&folder.join(led_to));
    }
    match path.components().next_back() {
        Some(Component::Normal(name)) => Ok(real_path(folder)?.join(name)),
        Some(Component::ParentDir) => Ok(folder_of(&real_path(folder)?).to_owned()),
        _ => Err(missing),
    }
}

pub(crate) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
