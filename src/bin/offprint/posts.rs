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
            Form::Json | Form::Article { .. } | Form::File(_) => Ok(Self::Stream(output)),
        }
    }

    pub(crate) fn are_on_stdout(&self) -> bool {
        match self {
            Self::Stream(output) => output.is_stdout(),
            Self::Table(table) => table.is_on_stdout,
            Self::Folder(_) | Self::Shards(_) => false,
        }
    }

    pub(crate) fn write(&mut self, converted: &mut Converted) -> Result<(), Failure> {
        match self {
            Self::Stream(output) => output.write(&converted.posts),
            Self::Folder(folder) => converted.write_to(folder),
            Self::Table(table) => converted.piece().map_or(Ok(()), |piece| table.write(piece.rows)),
            Self::Shards(shards) => {
                converted.piece().map_or(Ok(()), |piece| shards.write(converted.shard, piece))
            }
        }
    }

    /// Makes what was written visible.
    pub(crate) fn finish(self, inputs: Inputs<'_>) -> Result<(), Failure> {
        match self {
            Self::Stream(output) => output.finish(),
            Self::Folder(_) => Ok(()),
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

    fn finish(self) -> Result<(), Failure> {
        let Self { writer, name, .. } = self;
        let finish = || -> io::Result<()> { writer.finish()?.finish_on_disk() };
        finish().map_err(|error| cannot_write(&name, &error))
    }
}
