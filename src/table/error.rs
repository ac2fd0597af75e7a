//! Errors of the formats' crates as errors of input and output.

use std::io;

use arrow_schema::ArrowError;

/// An error of the input or output inside stays itself; all else is invalid data.
pub(super) fn into_io(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::new(io::ErrorKind::InvalidData, message(&other.to_string())),
    }
}

/// The same for Parquet.
#[cfg(feature = "parquet")]
pub(super) fn parquet_into_io(error: parquet::errors::ParquetError) -> io::Error {
    use parquet::errors::ParquetError;

    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::new(io::ErrorKind::InvalidData, message(&error.to_string())),
        },
        other => io::Error::new(io::ErrorKind::InvalidData, message(&other.to_string())),
    }
}

/// A message that goes on where another began: in lower case, without a full stop.
fn message(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut characters = text.chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}
