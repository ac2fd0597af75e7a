//! Files that are read, changed and replaced.

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::output::Sink;
use crate::target::Target;

/// What a file was when it was read.
pub(crate) struct Seen {
    pub(crate) bytes: Vec<u8>,
    version: Version,
}

/// By what a file differs from what it was, without a look at its bytes.
#[derive(PartialEq, Eq)]
struct Version {
    length: u64,
    /// `None` where the system does not tell.
    changed: Option<SystemTime>,
    /// The device and the number of the file on it.
    #[cfg(unix)]
    identity: (u64, u64),
}

impl Version {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;

        Self {
            length: metadata.len(),
            changed: metadata.modified().ok(),
            #[cfg(unix)]
            identity: (metadata.dev(), metadata.ino()),
        }
    }
}

impl Seen {
    /// Reads a file, but no more than one byte beyond `most`. Fails on what is not a file: a pipe might never
    /// end, and nothing can take the place of a device.
    pub(crate) fn read(path: &Path, most: usize) -> io::Result<Self> {
        // Before it is opened, which waits for a writer if it is a pipe.
        if !path.metadata()?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let file = File::open(path)?;
        let version = Version::of(&file.metadata()?);
        let mut bytes = Vec::new();
        file.take((most as u64).saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Self { bytes, version })
    }

    /// Puts a new file in the place of the one that was read, unless that has changed.
    pub(crate) fn replace(&self, target: &Target, new: &[u8]) -> io::Result<()> {
        let mut sink = Sink::open(target)?;
        sink.write_all(new)?;
        // The old file is the only copy of what someone wrote.
        sink.sync()?;
        // As late as can be.
        if Version::of(&target.path().metadata()?) != self.version {
            return Err(io::Error::other("it has changed since it was read"));
        }
        sink.finish()
    }
}

/// The files that are taken care of, without links: a file that has more than one name is replaced once.
#[derive(Default)]
pub(crate) struct Claims(Mutex<HashSet<PathBuf>>);

impl Claims {
    /// Whether nobody has asked for the file before.
    pub(crate) fn claim(&self, file: &Path) -> bool {
        // A set of paths is whole at any time.
        let mut claimed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        claimed.insert(file.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_others_write_meanwhile_stays() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.md");
        let other = folder.path().join("b.md");
        let refused = |change: &dyn Fn()| {
            fs::write(&path, "old").unwrap();
            let seen = Seen::read(&path, 9).unwrap();
            let target = Target::new(&path).unwrap();
            change();
            let before = fs::read(&path).unwrap();
            let error = seen.replace(&target, b"new").unwrap_err();
            assert_eq!(error.to_string(), "it has changed since it was read");
            assert_eq!(fs::read(&path).unwrap(), before);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
        };
        refused(&|| fs::write(&path, "older").unwrap());
        refused(&|| {
            let file = File::options().write(true).open(&path).unwrap();
            let later = file.metadata().unwrap().modified().unwrap() + Duration::from_secs(1);
            file.set_modified(later).unwrap();
        });
        #[cfg(unix)]
        refused(&|| {
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            fs::write(&other, "dlo").unwrap();
            File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
            fs::rename(&other, &path).unwrap();
        });

        fs::write(&path, "old").unwrap();
        let seen = Seen::read(&path, 9).unwrap();
        seen.replace(&Target::new(&path).unwrap(), b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }
}
