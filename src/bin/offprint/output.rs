//! Where the lines go.

use std::fs::File;
use std::io::{self, ErrorKind, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Failure;

/// A place to write to.
pub(crate) struct Output {
    sink: Sink,
    /// As the user calls it.
    name: String,
}

enum Sink {
    Stdout(StdoutLock<'static>),
    /// A file that takes its path when it is whole.
    File {
        file: NamedTempFile,
        path: PathBuf,
    },
    /// A pipe or a device, which nothing can take the place of.
    Special(File),
}

impl Output {
    pub(crate) fn stdout() -> Self {
        Self { sink: Sink::Stdout(io::stdout().lock()), name: "standard output".to_owned() }
    }

    /// A file whose present content stays until [`finish`](Self::finish).
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        match open(path) {
            Ok(sink) => Ok(Self { sink, name }),
            Err(error) => Err(cannot_write(&name, &error)),
        }
    }

    pub(crate) fn is_stdout(&self) -> bool {
        matches!(self.sink, Sink::Stdout(_))
    }

    /// Whether one would take the place of the other.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        match (&self.sink, &other.sink) {
            (Sink::File { path, .. }, Sink::File { path: other, .. }) => path == other,
            _ => false,
        }
    }

    pub(crate) fn write(&mut self, lines: &[u8]) -> Result<(), Failure> {
        let written = match &mut self.sink {
            Sink::Stdout(stdout) => stdout.write_all(lines),
            Sink::File { file, .. } => file.write_all(lines),
            Sink::Special(file) => file.write_all(lines),
        };
        written.map_err(|error| cannot_write(&self.name, &error))
    }

    /// Makes what was written visible.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let finished = match self.sink {
            Sink::Stdout(mut stdout) => stdout.flush(),
            Sink::File { file, path } => file
                .as_file()
                // The name must not reach the disk before the content.
                .sync_all()
                .and_then(|()| file.persist(&path).map(drop).map_err(|error| error.error)),
            Sink::Special(mut file) => file.flush(),
        };
        finished.map_err(|error| cannot_write(&self.name, &error))
    }
}

fn open(path: &Path) -> io::Result<Sink> {
    let target = match path.metadata() {
        // What a link points to is replaced, not the link.
        Ok(metadata) if metadata.is_file() => path.canonicalize()?,
        Ok(metadata) if metadata.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(_) => return Ok(Sink::Special(File::options().write(true).open(path)?)),
        Err(error) => match (error.kind(), path.file_name()) {
            (ErrorKind::NotFound, Some(name)) => folder_of(path).canonicalize()?.join(name),
            _ => return Err(error),
        },
    };
    Ok(Sink::File { file: temporary_file(folder_of(&target))?, path: target })
}

/// A file without a name that anyone would look for, until it is whole.
pub(crate) fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".offprint-").suffix(".tmp");
    // As any new file has it; a temporary one would be its owner's alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

pub(crate) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn cannot_write(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Message(format!("offprint: cannot write {name}: {error}")),
    }
}
