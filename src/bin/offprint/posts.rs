//! Where converted posts are written.

use std::io;

use crate::Failure;
use crate::clash::Destination;
use crate::converter::{Converted, Form};
use crate::folder::Folder;
use crate::inputs::Inputs;
use crate::output::{Output, cannot_write};
use crate::shards::Shards;
use crate::table::{self, Rows, Writer};

/// Where converted posts are written.
pub(crate) enum Posts {
    Stream(Output),
    /// The file of the only post; `None` if that failed.
    One(Option<Output>),
    Folder(Folder),
    Table(Box<Table>),
    Shards(Box<Shards>),
}

impl Posts {
    /// Begins to write.
    pub(crate) fn open(destination: Destination, form: Form) -> Result<Self, Failure> {
        let output = match destination {
            Destination::Folder(folder) => {
                folder.create()?;
                return Ok(Self::Folder(folder));
            }
            Destination::Shards(shards) => {
                shards.begin()?;
                return Ok(Self::Shards(shards));
            }
            Destination::Stdout => Output::stdout(),
            Destination::File(target) => Output::file(&target)?,
        };
        match form {
            Form::Row { .. } => Ok(Self::Table(Box::new(Table::new(output)?))),
            Form::File(_) => Ok(Self::One(Some(output))),
            Form::Json | Form::Article { .. } => Ok(Self::Stream(output)),
        }
    }

    pub(crate) fn are_on_stdout(&self) -> bool {
        match self {
            Self::Stream(output) => output.is_stdout(),
            Self::Table(table) => table.is_on_stdout,
            Self::One(_) | Self::Folder(_) | Self::Shards(_) => false,
        }
    }

    pub(crate) fn write(&mut self, converted: &mut Converted) -> Result<(), Failure> {
        match self {
            Self::Stream(output) => output.write_more(&mut converted.posts),
            // What is there stays if there is nothing to take its place.
            Self::One(output) if converted.failed > 0 => {
                *output = None;
                Ok(())
            }
            Self::One(output) => output.as_mut().map_or(Ok(()), |output| output.write(&converted.posts)),
            Self::Folder(folder) => converted.write_to(folder),
            Self::Table(table) => converted.piece().map_or(Ok(()), |piece| table.write(piece.rows)),
            Self::Shards(shards) => {
                converted.piece().map_or(Ok(()), |piece| shards.write(converted.shard, piece))
            }
        }
    }

    /// The files that have become visible since they were last told, as the user calls them.
    pub(crate) fn take_written(&mut self) -> Vec<String> {
        match self {
            Self::Folder(folder) => folder.take_written(),
            Self::Shards(shards) => shards.take_written(),
            Self::Stream(_) | Self::One(_) | Self::Table(_) => Vec::new(),
        }
    }

    /// Makes what was written visible, and returns the files that are not told yet.
    pub(crate) fn finish(self, inputs: Inputs<'_>) -> Result<Vec<String>, Failure> {
        match self {
            Self::Stream(output) | Self::One(Some(output)) => {
                let file = (!output.is_stdout()).then(|| output.name().to_owned());
                output.finish()?;
                Ok(file.into_iter().collect())
            }
            Self::One(None) => Ok(Vec::new()),
            Self::Folder(mut folder) => Ok(folder.take_written()),
            Self::Table(table) => table.finish(),
            Self::Shards(shards) => shards.finish(inputs.identity()?.as_deref()),
        }
    }
}

/// A table that is one stream.
pub(crate) struct Table {
    writer: Writer,
    /// As the user calls it.
    name: String,
    is_on_stdout: bool,
}

impl Table {
    fn new(output: Output) -> Result<Self, Failure> {
        let is_on_stdout = output.is_stdout();
        let (sink, name) = output.into_parts();
        match table::writer(table::Kind::Arrow, sink) {
            Ok(writer) => Ok(Self { writer, name, is_on_stdout }),
            Err(error) => Err(cannot_write(&name, &error)),
        }
    }

    fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        self.writer.write(rows).map_err(|error| cannot_write(&self.name, &error))
    }

    fn finish(self) -> Result<Vec<String>, Failure> {
        let Self { writer, name, is_on_stdout } = self;
        let finish = || -> io::Result<()> { writer.finish()?.finish_on_disk() };
        finish().map_err(|error| cannot_write(&name, &error))?;
        Ok(if is_on_stdout { Vec::new() } else { vec![name] })
    }
}
