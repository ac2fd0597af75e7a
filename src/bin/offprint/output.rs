//! Where the lines go.

use std::fs::File;
use std::io::{self, ErrorKind, Stdout, Write};

use crate::Failure;
use crate::aside::Aside;
use crate::target::Target;
use crate::whole_blocks::WholeBlocks;

/// Where the output goes, with errors for the user.
pub(crate) struct Output {
    sink: Sink,
    /// As the user calls it.
    name: String,
    blocks: WholeBlocks,
}

impl Output {
    pub(crate) fn stdout() -> Self {
        Self::new(Sink::Stdout(io::stdout()), "standard output".to_owned())
    }

    fn new(sink: Sink, name: String) -> Self {
        Self { sink, name, blocks: WholeBlocks::default() }
    }

    /// A file whose present content stays until [`finish`](Self::finish).
    pub(crate) fn file(target: &Target) -> Result<Self, Failure> {
        let name = target.name().to_owned();
        match Sink::open(target) {
            Ok(sink) => Ok(Self::new(sink, name)),
            Err(error) => Err(cannot_write(&name, &error)),
        }
    }

    /// What the user calls it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn is_stdout(&self) -> bool {
        matches!(self.sink, Sink::Stdout(_))
    }

    pub(crate) fn write(&mut self, lines: &[u8]) -> Result<(), Failure> {
        let written = self.blocks.flush(&mut self.sink).and_then(|()| self.sink.write_all(lines));
        written.map_err(|error| cannot_write(&self.name, &error))
    }

    /// Writes lines, the last of them perhaps with the next lines or at the end. The vector may be another
    /// one afterwards, with other bytes, which are to be cleared.
    pub(crate) fn write_more(&mut self, lines: &mut Vec<u8>) -> Result<(), Failure> {
        match &mut self.sink {
            // Nobody sees the file before its end.
            Sink::Aside(file) => self.blocks.write(file, lines),
            Sink::Stdout(_) | Sink::Special(_) => self.sink.write_all(lines),
        }
        .map_err(|error| cannot_write(&self.name, &error))
    }

    /// Makes what was written visible.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let Self { mut sink, name, mut blocks } = self;
        let finished = blocks.flush(&mut sink).and_then(|()| sink.finish_on_disk());
        finished.map_err(|error| cannot_write(&name, &error))
    }

    /// Where it goes, and what the user calls that, before anything is written.
    pub(crate) fn into_parts(self) -> (Sink, String) {
        (self.sink, self.name)
    }
}

/// Where the output goes.
pub(crate) enum Sink {
    Stdout(Stdout),
    /// A file that takes its path when it is whole.
    Aside(Box<Aside>),
    /// A pipe or a device.
    Special(File),
}

impl Sink {
    pub(crate) fn open(target: &Target) -> io::Result<Self> {
        if target.is_special() {
            return File::options().write(true).open(target.path()).map(Self::Special);
        }
        Aside::new(target).map(|file| Self::Aside(Box::new(file)))
    }

    /// How many bytes have been written, if it is a file.
    pub(crate) fn len(&self) -> io::Result<u64> {
        match self {
            Self::Aside(file) => file.len(),
            Self::Stdout(_) | Self::Special(_) => Ok(0),
        }
    }

    /// Waits until what was written is on the disk, if it goes to a file that replaces another.
    pub(crate) fn sync(&self) -> io::Result<()> {
        match self {
            Self::Aside(file) => file.sync(),
            Self::Stdout(_) | Self::Special(_) => Ok(()),
        }
    }

    /// Makes what was written visible, when it is on the disk.
    pub(crate) fn finish_on_disk(self) -> io::Result<()> {
        self.sync()?;
        self.finish()
    }

    /// Makes what was written visible.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush(),
            Self::Aside(file) => file.take_place(),
            Self::Special(mut file) => file.flush(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::Aside(file) => file.write(bytes),
            Self::Special(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::Aside(file) => file.flush(),
            Self::Special(file) => file.flush(),
        }
    }
}

pub(crate) fn cannot_write(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Message(format!("offprint: cannot write {name}: {error}")),
    }
}
