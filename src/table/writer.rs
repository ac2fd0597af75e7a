//! Writing the table.

use std::fmt;
use std::io::{self, Write};

use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::SchemaRef;

use super::error::into_io;
#[cfg(feature = "parquet")]
use super::parquet_file::ParquetFile;
use super::rows::Rows;
use super::schema::schema;
use super::size::BATCH;

/// Writes rows as a stream in Arrow's IPC format, or as a Parquet file.
///
/// The columns are those of [`COLUMNS`](super::COLUMNS). A batch of the stream has at most 1,000 rows, of at
/// most 2 MiB of posts, and a row group of the file at most 10,000 rows, of at most 32 MiB of posts; [`Rows`]
/// that are more than that are one by themselves, as they are never divided. The same rows, given in the same
/// pieces, make the same bytes.
///
/// Neither a stream nor a file is whole before [`finish`](Self::finish): readers can tell one that was cut.
/// Errors are those of what is written to.
///
/// ```
/// use offprint::{Parser, table::{Rows, Writer}};
///
/// let mut writer = Writer::arrow(Vec::new())?;
/// for number in 0..3 {
///     let source = format!("<p>Post {number}.</p>");
///     let (post, report) = Parser::new().parse_with_report(&source).expect("it has no front matter");
///     let mut rows = Rows::new();
///     rows.push_post(&format!("{number}.html"), source.len(), &post, &report);
///     writer.write(rows)?;
/// }
/// let stream: Vec<u8> = writer.finish()?;
/// # assert!(stream.ends_with(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use = "a table is whole when it is finished"]
pub struct Writer<W: Write + Send> {
    format: Format<W>,
    schema: SchemaRef,
    /// The rows of the next batch.
    rows: Rows,
}

enum Format<W: Write + Send> {
    Arrow(Box<StreamWriter<W>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetFile<W>>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a stream in Arrow's IPC format.
    pub fn arrow(out: W) -> io::Result<Self> {
        let schema = schema();
        let stream = StreamWriter::try_new(out, &schema).map_err(into_io)?;
        Ok(Self::new(Format::Arrow(Box::new(stream)), schema))
    }

    /// Begins a Parquet file. Its pages are compressed by Zstandard.
    #[cfg(feature = "parquet")]
    pub fn parquet(out: W) -> io::Result<Self> {
        let schema = schema();
        let file = ParquetFile::new(out, &schema)?;
        Ok(Self::new(Format::Parquet(Box::new(file)), schema))
    }

    fn new(format: Format<W>, schema: SchemaRef) -> Self {
        Self { format, schema, rows: Rows::new() }
    }

    /// Takes rows. They are written with others, later.
    pub fn write(&mut self, rows: Rows) -> io::Result<()> {
        let size = self.rows.size().plus(rows.size());
        if !size.fits(BATCH) || !self.rows.has_room_for(&rows) {
            self.flush()?;
        }
        if self.rows.is_empty() {
            self.rows = rows;
        } else {
            self.rows.append(rows);
        }
        Ok(())
    }

    /// Writes what is still to be written, and the end.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush()?;
        match self.format {
            Format::Arrow(mut stream) => {
                stream.finish().map_err(into_io)?;
                stream.into_inner().map_err(into_io)
            }
            #[cfg(feature = "parquet")]
            Format::Parquet(file) => file.finish(),
        }
    }

    /// Writes the rows as a batch.
    fn flush(&mut self) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        #[cfg(feature = "parquet")]
        let size = self.rows.size();
        let batch: RecordBatch = self.rows.take(&self.schema).map_err(into_io)?;
        match &mut self.format {
            Format::Arrow(stream) => stream.write(&batch).map_err(into_io),
            #[cfg(feature = "parquet")]
            Format::Parquet(file) => file.write(&batch, size),
        }
    }
}

impl<W: Write + Send> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
