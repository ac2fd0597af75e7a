//! Posts as records of a table: reading them.

use std::fmt;
#[cfg(feature = "parquet")]
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_ipc::reader::StreamReader;
use arrow_schema::{DataType, Schema};

use super::error::into_io;

/// The columns that are read.
pub(super) const PATH: &str = "path";
pub(super) const SOURCE: &str = "source";

/// A post that is to be parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Record {
    /// What the post is called: its path, or any other name.
    pub path: String,
    /// The post.
    pub source: Vec<u8>,
}

/// Reads posts from the columns `path` (text) and `source` (text or bytes) of a table. All other columns
/// are passed over.
///
/// An error ends the reading: input that cannot be read, bytes that are not the format, a column that is
/// missing or of another type, a value that is null, and an Arrow stream without its end mark, which
/// somebody has cut.
///
/// ```no_run
/// use offprint::{Parser, table::Records};
///
/// for record in Records::arrow(std::io::stdin())? {
///     let record = record?;
///     match Parser::new().parse_bytes(&record.source) {
///         Ok(post) => println!("{}: {} words", record.path, post.word_count()),
///         Err(error) => eprintln!("{}: {error}", record.path),
///     }
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Records {
    batches: Box<dyn Iterator<Item = io::Result<RecordBatch>> + Send>,
    /// The paths and sources of the present batch.
    batch: Option<(ArrayRef, ArrayRef)>,
    /// The index of the next row of the batch.
    row: usize,
    /// How many records came before the batch.
    before: usize,
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("read", &(self.before + self.row)).finish_non_exhaustive()
    }
}

impl Records {
    /// Reads a stream in Arrow's IPC format.
    pub fn arrow(input: impl Read + Send + 'static) -> io::Result<Self> {
        let mut input = BufReader::new(input);
        check_start(input.fill_buf()?)?;
        let is_at_end = Arc::new(AtomicBool::new(false));
        let input = Watched { input, is_at_end: Arc::clone(&is_at_end) };
        let stream = StreamReader::try_new(input, None).map_err(into_io)?;
        let columns = columns(&stream.schema())?;
        // A reader that has met the end mark asks for nothing more.
        let end = std::iter::once_with(move || is_at_end.load(Ordering::Relaxed).then(cut).map(Err));
        let batches =
            stream.map(move |batch| batch.and_then(|batch| batch.project(&columns)).map_err(into_io));
        Ok(Self::new(batches.chain(end.flatten())))
    }

    /// Reads a Parquet file. Its pages may be uncompressed, or compressed by Snappy or Zstandard.
    #[cfg(feature = "parquet")]
    pub fn parquet(file: File) -> io::Result<Self> {
        use parquet::arrow::ProjectionMask;
        use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

        use super::error::parquet_into_io;

        /// Posts that are in memory at a time.
        const ROWS: usize = 64;

        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(parquet_into_io)?;
        let [path, source] = columns(builder.schema())?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), [path, source]);
        let batches = builder.with_projection(mask).with_batch_size(ROWS).build().map_err(parquet_into_io)?;
        // The columns keep their order in the file.
        let order = if path < source { [0, 1] } else { [1, 0] };
        Ok(Self::new(
            batches.map(move |batch| batch.and_then(|batch| batch.project(&order)).map_err(into_io)),
        ))
    }

    fn new(batches: impl Iterator<Item = io::Result<RecordBatch>> + Send + 'static) -> Self {
        Self { batches: Box::new(batches), batch: None, row: 0, before: 0 }
    }

    /// The next record of the present batch.
    fn next_of_batch(&mut self) -> Option<io::Result<Record>> {
        let (paths, sources) = self.batch.as_ref()?;
        if self.row == paths.len() {
            return None;
        }
        let row = self.row;
        self.row += 1;
        let missing = |name: &str| {
            let record = self.before + row + 1;
            Err(io::Error::new(io::ErrorKind::InvalidData, format!("`{name}` of record {record} is null")))
        };
        Some(match (value(paths, row), value(sources, row)) {
            (None, _) => missing(PATH),
            (_, None) => missing(SOURCE),
            (Some(path), Some(source)) => {
                Ok(Record { path: String::from_utf8_lossy(path).into_owned(), source: source.to_vec() })
            }
        })
    }
}

impl Iterator for Records {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(record) = self.next_of_batch() {
                if record.is_err() {
                    self.batches = Box::new(std::iter::empty());
                    self.batch = None;
                }
                return Some(record);
            }
            self.before += self.row;
            self.row = 0;
            self.batch = match self.batches.next()? {
                Ok(batch) => Some((Arc::clone(batch.column(0)), Arc::clone(batch.column(1)))),
                Err(error) => {
                    self.batches = Box::new(std::iter::empty());
                    self.batch = None;
                    return Some(Err(error));
                }
            };
        }
    }
}

/// Fails if what an input begins with is no stream: its first bytes would be taken for a length.
fn check_start(start: &[u8]) -> io::Result<()> {
    /// What each message of a stream begins with.
    const MESSAGE: &[u8] = &[0xff; 4];
    /// What a file begins with, which can be read by whoever can go back and forth in it.
    const FILE: &[u8] = b"ARROW1";

    let message = if start.starts_with(FILE) {
        "it is an Arrow file, and a stream is expected"
    } else if start.is_empty() {
        "it is empty, and an Arrow stream is expected"
    } else if start.starts_with(MESSAGE) || MESSAGE.starts_with(start) {
        return Ok(());
    } else {
        "it is no Arrow stream"
    };
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

/// Where the two columns are.
fn columns(schema: &Schema) -> io::Result<[usize; 2]> {
    let is_text =
        |data_type: &DataType| matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let is_bytes = |data_type: &DataType| {
        matches!(data_type, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
    };
    let find = |name: &str, expected: &str, is_expected: &dyn Fn(&DataType) -> bool| {
        let invalid = |message: String| Err(io::Error::new(io::ErrorKind::InvalidData, message));
        let Some((index, field)) = schema.column_with_name(name) else {
            return invalid(format!("there is no column `{name}`"));
        };
        if !is_expected(field.data_type()) {
            return invalid(format!("the column `{name}` is {}, not {expected}", field.data_type()));
        }
        Ok(index)
    };
    let path = find(PATH, "text", &is_text)?;
    let source = find(SOURCE, "text or bytes", &|data_type| is_text(data_type) || is_bytes(data_type))?;
    Ok([path, source])
}

/// A value of a column of text or bytes.
fn value(column: &ArrayRef, row: usize) -> Option<&[u8]> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row).as_bytes()),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(row).as_bytes()),
        DataType::Utf8View => Some(column.as_string_view().value(row).as_bytes()),
        DataType::Binary => Some(column.as_binary::<i32>().value(row)),
        DataType::LargeBinary => Some(column.as_binary::<i64>().value(row)),
        DataType::BinaryView => Some(column.as_binary_view().value(row)),
        // No other column is taken.
        _ => None,
    }
}

/// The error of a stream that ends without its end mark.
fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the Arrow stream is cut: it has no end mark")
}

/// An input that notes when its end was met.
struct Watched<R> {
    input: R,
    is_at_end: Arc<AtomicBool>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            self.is_at_end.store(true, Ordering::Relaxed);
        }
        Ok(count)
    }
}
