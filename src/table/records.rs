//! Posts as records of a table: reading them.

use std::fmt;
#[cfg(feature = "parquet")]
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};

use super::arrow_stream::ArrowStream;
use super::error::{into_io, invalid};

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
    /// Reads a stream in Arrow's IPC format, whose batches are not compressed.
    pub fn arrow(input: impl Read + Send + 'static) -> io::Result<Self> {
        let stream = ArrowStream::new(input)?;
        let columns = columns(stream.schema())?;
        Ok(Self::new(stream.map(move |batch| batch?.project(&columns).map_err(into_io))))
    }

    /// Reads a Parquet file. Its pages may be uncompressed, or compressed by Snappy or Zstandard.
    #[cfg(feature = "parquet")]
    pub fn parquet(file: File) -> io::Result<Self> {
        let (batches, [path, source]) = parquet_batches(file)?;
        // The columns keep their order in the file.
        let order = if path < source { [0, 1] } else { [1, 0] };
        Ok(Self::new(batches.map(move |batch| batch?.project(&order).map_err(into_io))))
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
            Err(invalid(&format!("`{name}` of record {record} is null")))
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

/// The two columns of a Parquet file, and where they are in it.
#[cfg(feature = "parquet")]
fn parquet_batches(
    file: File,
) -> io::Result<(impl Iterator<Item = io::Result<RecordBatch>> + Send, [usize; 2])> {
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::error::{damaged, guarded, parquet_into_io};

    /// Posts that are in memory at a time.
    const ROWS: usize = 8;

    let error = || damaged("Parquet file");
    let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file), error)?;
    let builder = builder.map_err(parquet_into_io)?;
    let columns = columns(builder.schema())?;
    check_compression(builder.metadata())?;
    let mask = ProjectionMask::roots(builder.parquet_schema(), columns);
    let builder = builder.with_projection(mask).with_batch_size(ROWS);
    let mut reader = Some(guarded(|| builder.build(), error)?.map_err(parquet_into_io)?);
    // A reader that has failed is not asked again.
    let batches = std::iter::from_fn(move || {
        let batch = match guarded(|| reader.as_mut()?.next(), error) {
            Ok(batch) => batch?.map_err(into_io),
            Err(error) => Err(error),
        };
        if batch.is_err() {
            reader = None;
        }
        Some(batch)
    });
    Ok((batches, columns))
}

/// Fails if a column that is read is compressed as this crate cannot read it.
#[cfg(feature = "parquet")]
fn check_compression(metadata: &parquet::file::metadata::ParquetMetaData) -> io::Result<()> {
    use parquet::basic::Compression;
    use parquet::file::metadata::RowGroupMetaData;

    for chunk in metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let name = chunk.column_path().string();
        let is_read = [PATH, SOURCE].contains(&name.as_str());
        match chunk.compression() {
            Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::ZSTD(_) => {}
            other if is_read => {
                return Err(invalid(&format!(
                    "the column `{name}` is compressed by {other}: Snappy, Zstandard and none are read"
                )));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Where the two columns are.
fn columns(schema: &Schema) -> io::Result<[usize; 2]> {
    let is_text =
        |data_type: &DataType| matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let is_bytes = |data_type: &DataType| {
        matches!(data_type, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
    };
    let find = |name: &str, expected: &str, is_expected: &dyn Fn(&DataType) -> bool| {
        let Some((index, field)) = schema.column_with_name(name) else {
            return Err(invalid(&format!("there is no column `{name}`")));
        };
        if !is_expected(field.data_type()) {
            return Err(invalid(&format!("the column `{name}` is {}, not {expected}", field.data_type())));
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
