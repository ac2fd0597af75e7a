//! Files that are written aside and take their names when they are whole.

use std::fs::{File, Metadata};
use std::io::{self, IoSlice, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use crate::target::{Target, folder_of};

/// A file that is not whole yet.
pub(crate) struct Aside {
    file: NamedTempFile,
    path: PathBuf,
    /// Of the file whose place it takes.
    replaced: Option<Metadata>,
    // Dropped after the file.
    _unfinished: Unfinished,
}

impl Aside {
    /// Begins a file that is to stand at the target.
    pub(crate) fn new(target: &Target) -> io::Result<Self> {
        let replaced = target.file().cloned();
        let (file, unfinished) = Unfinished::file_in(folder_of(target.path()), replaced.is_some())?;
        Ok(Self { file, path: target.path().to_owned(), replaced, _unfinished: unfinished })
    }

    /// Waits until the content is on the disk, so that the name does not get there before it.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    /// How many bytes have been written.
    pub(crate) fn len(&self) -> io::Result<u64> {
        self.file.as_file().metadata().map(|metadata| metadata.len())
    }

    /// Gives the file its name. What stood there is gone, and its mode and owner are those of the new one.
    pub(crate) fn take_place(self) -> io::Result<()> {
        let Self { file, path, replaced, _unfinished } = self;
        if let Some(replaced) = replaced {
            take_over(file.as_file(), &replaced)?;
        }
        file.persist(path).map(drop).map_err(|error| error.error)
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Its errors do not tell the name that nobody knows the file by.
        self.file.as_file_mut().write(bytes)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.file.as_file_mut().write_vectored(slices)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// Gives a file the owner, the group and the mode of the one that it replaces.
///
/// Only root may give a file away. Where the group cannot be kept, its rights are no more than all others
/// have: the members of another group never could read the file.
#[cfg(unix)]
fn take_over(file: &File, replaced: &Metadata) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let new = file.metadata()?;
    let (owner, group) = (replaced.uid(), replaced.gid());
    let mut mode = replaced.mode() & 0o7777;
    if (new.uid(), new.gid()) != (owner, group) && fchown(file, Some(owner), Some(group)).is_err() {
        // It must not run as someone that it does not belong to.
        mode &= 0o777;
        if fchown(file, None, Some(group)).is_err() {
            mode &= !0o070 | (mode & 0o007) << 3;
        }
    }
    // Some file systems have no modes: all files have the same, and none can be given another.
    if file.metadata()?.mode() & 0o7777 == mode {
        return Ok(());
    }
    file.set_permissions(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn take_over(_file: &File, _replaced: &Metadata) -> io::Result<()> {
    // The new file has the rights that its folder gives; a read-only file is not replaced.
    Ok(())
}

/// The files that are not whole, for the case that the run is told to end.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Keeps a path in [`UNFINISHED`].
struct Unfinished(PathBuf);

impl Unfinished {
    /// A new file without a name that anyone would look for.
    fn file_in(folder: &Path, is_private: bool) -> io::Result<(NamedTempFile, Self)> {
        let mut options = File::options();
        options.write(true).create_new(true);
        // As any new file has it. One that replaces another is nobody else's until it has the rights of that
        // one.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, if is_private { 0o600 } else { 0o666 });
        #[cfg(not(unix))]
        let _ = is_private;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".offprint-").suffix(".tmp");
        // Held until the path is known to be taken: no file can come to be between the removal and the end.
        let mut unfinished = lock();
        // Opened here, so that an error does not tell a path that nobody knows.
        let file = builder.make_in(folder, |path| options.open(path))?;
        unfinished.push(file.path().to_owned());
        let path = file.path().to_owned();
        Ok((file, Self(path)))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        lock().retain(|path| *path != self.0);
    }
}

fn lock() -> MutexGuard<'static, Vec<PathBuf>> {
    // A list of paths is whole at any time.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all files that are not whole, runs `end`, and lets no new file begin.
#[cfg(unix)]
pub(crate) fn remove_all_and(end: impl FnOnce() -> std::convert::Infallible) -> std::convert::Infallible {
    let unfinished = lock();
    for path in &*unfinished {
        // It may have taken its place this moment. If it cannot be removed, there is nobody to tell.
        let _ = std::fs::remove_file(path);
    }
    end()
}
