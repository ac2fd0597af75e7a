//! Parquet files: how they are written.

use std::io::{self, Write};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::error::parquet_into_io;
use super::size::Size;

/// Columns in which hardly two values are equal: a dictionary of them would be work for nothing.
const WITHOUT_DICTIONARY: [&str; 8] =
    ["path", "title", "description", "extra", "heading_text", "text", "blocks_json", "source"];
/// Columns whose least and greatest values help no query.
const WITHOUT_STATISTICS: [&str; 4] = ["extra", "text", "blocks_json", "source"];
/// The most of a row group. Readers that share a file take a group each.
const GROUP: Size = Size { rows: 10_000, source_bytes: 32 << 20 };
/// How hard Zstandard tries.
const ZSTD_LEVEL: i32 = 1;

/// A file that is being written.
#[derive(Debug)]
pub(super) struct ParquetFile<W: Write + Send> {
    writer: ArrowWriter<W>,
    /// Of the row group that is open.
    group: Size,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file with these columns.
    pub(super) fn new(out: W, schema: &SchemaRef) -> io::Result<Self> {
        let level = ZstdLevel::try_new(ZSTD_LEVEL).map_err(parquet_into_io)?;
        let mut properties = WriterProperties::builder()
            .set_created_by(concat!("offprint ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(level));
        for name in WITHOUT_DICTIONARY {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(name), false);
        }
        for name in WITHOUT_STATISTICS {
            let none = EnabledStatistics::None;
            properties = properties.set_column_statistics_enabled(ColumnPath::from(name), none);
        }
        let writer = ArrowWriter::try_new(out, schema.clone(), Some(properties.build()));
        Ok(Self { writer: writer.map_err(parquet_into_io)?, group: Size::default() })
    }

    /// Adds a batch of some size. If the row group would have too many rows with it, it begins another.
    pub(super) fn write(&mut self, batch: &RecordBatch, size: Size) -> io::Result<()> {
        if !self.group.plus(size).fits(GROUP) {
            self.writer.flush().map_err(parquet_into_io)?;
            self.group = Size::default();
        }
        self.group = self.group.plus(size);
        self.writer.write(batch).map_err(parquet_into_io)
    }

    /// Writes the end.
    pub(super) fn finish(mut self) -> io::Result<W> {
        // What fails in there is told as a text.
        self.writer.sync()?;
        self.writer.into_inner().map_err(parquet_into_io)
    }
}
