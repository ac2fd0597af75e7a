//! Errors of the formats' crates as errors of input and output.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_schema::ArrowError;

/// An error of the input or output inside stays itself; all else is invalid data.
pub(super) fn into_io(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        ArrowError::IpcError(message)
        | ArrowError::ParseError(message)
        | ArrowError::SchemaError(message)
        | ArrowError::InvalidArgumentError(message)
        | ArrowError::ParquetError(message) => invalid(&message),
        other => invalid(&other.to_string()),
    }
}

/// The same for Parquet.
#[cfg(feature = "parquet")]
pub(super) fn parquet_into_io(error: parquet::errors::ParquetError) -> io::Error {
    use parquet::errors::ParquetError;

    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => invalid(&error.to_string()),
        },
        ParquetError::General(message) | ParquetError::EOF(message) | ParquetError::ArrowError(message) => {
            invalid(&message)
        }
        other => invalid(&other.to_string()),
    }
}

/// An error of the data, whose message goes on where another began: in lower case, without a full stop.
pub(super) fn invalid(message: &str) -> io::Error {
    /// What the crates put before messages that others of theirs have made.
    const PREFIXES: [&str; 3] = ["Parquet error: ", "EOF: ", "Parquet argument error: "];

    let mut text = message.trim_end_matches('.');
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)) {
        text = rest;
    }
    let mut characters = text.chars();
    let first = characters.next();
    // Not that of a name in capitals.
    let is_name = characters.clone().next().is_some_and(char::is_uppercase);
    let small = first.filter(|_| !is_name).map(|first| first.to_lowercase().to_string());
    let text = small.map_or(text.to_owned(), |small| small + characters.as_str());
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// The error of data at which a crate has panicked.
pub(super) fn damaged(what: &str) -> io::Error {
    invalid(&format!("the {what} is damaged"))
}

/// What `read` returns, or an error if it panics: the crates of Arrow and Parquet do not check all that
/// damaged data may say before they rely on it. What `read` was working on is not used again.
pub(super) fn guarded<T>(read: impl FnOnce() -> T, error: impl FnOnce() -> io::Error) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| error())
}
