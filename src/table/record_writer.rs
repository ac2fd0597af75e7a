//! Posts as records of a table: writing them.

use std::fmt;
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::error::into_io;
use super::parquet_file::ParquetFile;
use super::records::{PATH, SOURCE};
use super::size::{BATCH, Size};

/// Packs posts into one Parquet file with the columns `path` (text) and `source` (bytes), which
/// [`Records`](super::Records) reads.
///
/// ```
/// use offprint::table::RecordWriter;
///
/// let mut writer = RecordWriter::parquet(Vec::new())?;
/// writer.push("tea.md", b"---\ntitle: Tea\n---\n<p>Boil water.")?;
/// let file: Vec<u8> = writer.finish()?;
/// # assert!(file.starts_with(b"PAR1"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use = "a file is whole when it is finished"]
pub struct RecordWriter<W: Write + Send> {
    file: ParquetFile<W>,
    schema: SchemaRef,
    paths: StringBuilder,
    sources: BinaryBuilder,
    /// Of the batch so far.
    batch: Size,
}

impl<W: Write + Send> RecordWriter<W> {
    /// Begins a file. Its pages are compressed by Zstandard.
    pub fn parquet(out: W) -> io::Result<Self> {
        let path = Field::new(PATH, DataType::Utf8, false);
        let source = Field::new(SOURCE, DataType::Binary, false);
        let schema = Arc::new(Schema::new(vec![path, source]));
        let file = ParquetFile::new(out, &schema)?;
        let (paths, sources) = (StringBuilder::new(), BinaryBuilder::new());
        Ok(Self { file, schema, paths, sources, batch: Size::default() })
    }

    /// Adds a post. One of 2 GiB or more does not fit into a column and is an error.
    pub fn push(&mut self, path: &str, source: &[u8]) -> io::Result<()> {
        let bytes = path.len().saturating_add(source.len());
        if i32::try_from(bytes).is_err() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{path} has 2 GiB or more")));
        }
        let size = self.batch.plus(Size { rows: 1, source_bytes: bytes });
        if !size.fits(BATCH) {
            self.flush()?;
        }
        self.paths.append_value(path);
        self.sources.append_value(source);
        self.batch = self.batch.plus(Size { rows: 1, source_bytes: bytes });
        Ok(())
    }

    /// Writes what is still to be written, and the end.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush()?;
        self.file.finish()
    }

    fn flush(&mut self) -> io::Result<()> {
        let size = mem::take(&mut self.batch);
        if size.rows == 0 {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = vec![Arc::new(self.paths.finish()), Arc::new(self.sources.finish())];
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(into_io)?;
        self.file.write(&batch, size)
    }
}

impl<W: Write + Send> fmt::Debug for RecordWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordWriter").field("batch", &self.batch).finish_non_exhaustive()
    }
}
