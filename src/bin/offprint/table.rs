//! Tables and records of tables, as far as this build of the command has them.

use std::fs::File;
use std::io;

use crate::Failure;
use crate::output::Sink;

/// What a table is written as, or read from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Arrow,
    Parquet,
}

impl Kind {
    /// The name of the format, and of the feature that it takes.
    fn name(self) -> &'static str {
        match self {
            Self::Arrow => "arrow",
            Self::Parquet => "parquet",
        }
    }

    /// Fails if this build cannot read and write such tables.
    pub(crate) fn check(self) -> Result<(), Failure> {
        let is_there = match self {
            Self::Arrow => cfg!(feature = "arrow"),
            Self::Parquet => cfg!(feature = "parquet"),
        };
        if is_there {
            return Ok(());
        }
        let name = self.name();
        Err(Failure::Message(format!(
            "offprint: the format {name} needs the feature `{name}`, which this build of offprint lacks"
        )))
    }

    /// What to say if [`check`](Self::check) was not asked.
    #[cfg(not(feature = "parquet"))]
    fn missing<T>(self) -> io::Result<T> {
        Err(io::Error::new(io::ErrorKind::Unsupported, format!("there is no feature `{}`", self.name())))
    }
}

#[cfg(feature = "arrow")]
pub(crate) use with_arrow::{Rows, SCHEMA_VERSION, Writer, columns, records, rows, writer};
#[cfg(not(feature = "arrow"))]
pub(crate) use without_arrow::{Rows, SCHEMA_VERSION, Writer, columns, records, rows, writer};

#[cfg(feature = "parquet")]
pub(crate) use with_parquet::{RecordWriter, record_writer};
#[cfg(not(feature = "parquet"))]
pub(crate) use without_parquet::{RecordWriter, record_writer};

/// What records are read from.
pub(crate) enum RecordFile {
    Stdin,
    File(File),
}

#[cfg(feature = "arrow")]
mod with_arrow {
    use offprint::table::{self, Column, ColumnType, Records};

    use super::{Kind, RecordFile, Sink, io};

    pub(crate) use offprint::table::{Rows, SCHEMA_VERSION};
    pub(crate) type Writer = table::Writer<Sink>;

    /// Room for the rows of a batch.
    #[expect(clippy::unnecessary_wraps, reason = "other builds have none")]
    pub(crate) fn rows(blocks_json: bool) -> Option<Rows> {
        Some(Rows::new().blocks_json(blocks_json))
    }

    pub(crate) fn writer(kind: Kind, out: Sink) -> io::Result<Writer> {
        match kind {
            Kind::Arrow => Writer::arrow(out),
            #[cfg(feature = "parquet")]
            Kind::Parquet => Writer::parquet(out),
            #[cfg(not(feature = "parquet"))]
            Kind::Parquet => kind.missing(),
        }
    }

    /// The columns, each before the fields of its structures: names, types, what may be null, and what they
    /// are.
    pub(crate) fn columns() -> Vec<[String; 4]> {
        let mut rows = Vec::new();
        push_columns(&mut rows, table::COLUMNS, 0);
        rows
    }

    fn push_columns(rows: &mut Vec<[String; 4]>, columns: &[Column], depth: usize) {
        for column in columns {
            let (column_type, fields): (_, &[Column]) = match column.column_type {
                ColumnType::Text => ("text".to_owned(), &[]),
                ColumnType::Integer => ("integer".to_owned(), &[]),
                ColumnType::Boolean => ("boolean".to_owned(), &[]),
                ColumnType::Moment => ("moment".to_owned(), &[]),
                ColumnType::ClockTime => ("clock time".to_owned(), &[]),
                ColumnType::Texts => ("list of texts".to_owned(), &[]),
                ColumnType::Structures(fields) => ("list of structures".to_owned(), fields),
                // A type that is newer than these names.
                other => (format!("{other:?}"), &[]),
            };
            let null = if column.is_nullable { "or null" } else { "" };
            let name = format!("{:indent$}{}", "", column.name, indent = 2 * depth);
            rows.push([name, column_type, null.to_owned(), column.doc.to_owned()]);
            push_columns(rows, fields, depth + 1);
        }
    }

    /// The paths and the sources of the records in a file.
    pub(crate) fn records(
        kind: Kind,
        file: RecordFile,
    ) -> io::Result<impl Iterator<Item = io::Result<(String, Vec<u8>)>> + Send> {
        let records = match (kind, file) {
            (Kind::Arrow, RecordFile::Stdin) => Records::arrow(io::stdin()),
            (Kind::Arrow, RecordFile::File(file)) => Records::arrow(io::BufReader::new(file)),
            #[cfg(feature = "parquet")]
            (Kind::Parquet, RecordFile::File(file)) => Records::parquet(file),
            (Kind::Parquet, RecordFile::Stdin) => Err(io::ErrorKind::Unsupported.into()),
            #[cfg(not(feature = "parquet"))]
            (Kind::Parquet, _) => kind.missing(),
        };
        Ok(records?.map(|record| record.map(|record| (record.path, record.source))))
    }
}

#[cfg(feature = "parquet")]
mod with_parquet {
    use super::{Sink, io};

    pub(crate) type RecordWriter = offprint::table::RecordWriter<Sink>;

    pub(crate) fn record_writer(out: Sink) -> io::Result<RecordWriter> {
        RecordWriter::parquet(out)
    }
}

/// What stands in for Parquet: a type without a value.
#[cfg(not(feature = "parquet"))]
mod without_parquet {
    use super::{Kind, Sink, io};

    pub(crate) enum RecordWriter {}

    impl RecordWriter {
        pub(crate) fn push(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
            match *self {}
        }

        pub(crate) fn finish(self) -> io::Result<Sink> {
            match self {}
        }
    }

    pub(crate) fn record_writer(_: Sink) -> io::Result<RecordWriter> {
        Kind::Parquet.missing()
    }
}

/// What stands in for the table: types without a value.
#[cfg(not(feature = "arrow"))]
mod without_arrow {
    use offprint::{Position, Post, Report};

    use super::{Kind, RecordFile, Sink, io};

    pub(crate) const SCHEMA_VERSION: u32 = 0;

    pub(crate) enum Rows {}

    impl Rows {
        pub(crate) fn push_post(&mut self, _: &str, _: usize, _: &Post<'_>, _: &Report) {
            match *self {}
        }

        pub(crate) fn push_error(&mut self, _: &str, _: usize, _: &str, _: Option<Position>) {
            match *self {}
        }

        pub(crate) fn len(&self) -> usize {
            match *self {}
        }

        pub(crate) fn source_bytes(&self) -> usize {
            match *self {}
        }
    }

    pub(crate) enum Writer {}

    impl Writer {
        pub(crate) fn write(&mut self, _: Rows) -> io::Result<()> {
            match *self {}
        }

        pub(crate) fn finish(self) -> io::Result<Sink> {
            match self {}
        }
    }

    pub(crate) fn rows(_: bool) -> Option<Rows> {
        None
    }

    pub(crate) fn columns() -> Vec<[String; 4]> {
        Vec::new()
    }

    pub(crate) fn writer(kind: Kind, _: Sink) -> io::Result<Writer> {
        kind.missing()
    }

    pub(crate) type NoRecords = std::iter::Empty<io::Result<(String, Vec<u8>)>>;

    pub(crate) fn records(kind: Kind, _: RecordFile) -> io::Result<NoRecords> {
        kind.missing()
    }
}
