//! Posts that are records: lines of JSON, or rows of a table, with a `path` and a `source`.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::panic;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::table::{self, RecordFile};
use crate::{Failure, names};

/// How much of a file of lines is read at a time.
const BUFFER_BYTES: usize = 256 << 10;

/// A post, and the path that it has wherever it is from.
#[derive(Deserialize)]
pub(crate) struct Record {
    pub(crate) path: String,
    #[serde(deserialize_with = "bytes")]
    pub(crate) source: Vec<u8>,
}

/// What a file of records is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    JsonLines,
    Table(table::Kind),
}

/// The records of a file, or of standard input if its path is `-`. Nothing comes after an error.
pub(crate) fn read(
    kind: Kind,
    path: &Path,
) -> Result<Box<dyn Iterator<Item = Result<Record, Failure>> + Send>, Failure> {
    let name = names::text(path);
    let file = if is_stdin(path) {
        RecordFile::Stdin
    } else {
        RecordFile::File(File::open(path).map_err(|error| cannot_read(&name, &error))?)
    };
    match kind {
        Kind::JsonLines => Ok(match file {
            RecordFile::Stdin => Box::new(Lines::new(io::stdin(), name)),
            RecordFile::File(file) => Box::new(Lines::new(file, name)),
        }),
        Kind::Table(kind) => {
            let records = quietly(|| table::records(kind, file));
            let mut records = records.map_err(|error| cannot_read(&name, &error))?;
            Ok(Box::new(std::iter::from_fn(move || {
                let record = quietly(|| records.next())?;
                Some(match record {
                    Ok((path, source)) => Ok(Record { path, source }),
                    Err(error) => Err(cannot_read(&name, &error)),
                })
            })))
        }
    }
}

thread_local! {
    /// Whether this thread reads a table, whose crates panic at some damage. The library makes errors of
    /// that.
    static READS_TABLE: Cell<bool> = const { Cell::new(false) };
}

/// Runs what may panic without harm.
fn quietly<T>(read: impl FnOnce() -> T) -> T {
    READS_TABLE.set(true);
    let result = read();
    READS_TABLE.set(false);
    result
}

/// Lets nothing be written of panics that become errors.
pub(crate) fn quiet_panics() {
    let write = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !READS_TABLE.get() {
            write(info);
        }
    }));
}

/// Fails if one of the files cannot be read, with a line for each.
pub(crate) fn check(kind: Kind, paths: &[PathBuf]) -> Result<(), Failure> {
    let unreadable = |path: &PathBuf| {
        if is_stdin(path) {
            return None;
        }
        let error = match path.metadata() {
            Ok(metadata) if !metadata.is_dir() => return None,
            Ok(_) => io::ErrorKind::IsADirectory.into(),
            Err(error) => error,
        };
        Some(format!("offprint: cannot read {}: {error}", names::text(path)))
    };
    let unreadable: Vec<String> = paths.iter().filter_map(unreadable).collect();
    if !unreadable.is_empty() {
        return Err(Failure::Message(unreadable.join("\n")));
    }
    let stdin = paths.iter().filter(|path| is_stdin(path)).count();
    if stdin > 1 {
        return Err(Failure::Message("offprint: standard input is named twice".to_owned()));
    }
    if stdin > 0 && kind == Kind::Table(table::Kind::Parquet) {
        let message = "offprint: Parquet is not read from standard input: its end must be read first";
        return Err(Failure::Message(message.to_owned()));
    }
    Ok(())
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn cannot_read(name: &str, error: &io::Error) -> Failure {
    Failure::Message(format!("offprint: cannot read {name}: {error}"))
}

/// Records that are lines of JSON. Lines of nothing but white space are passed over.
struct Lines<R> {
    input: BufReader<R>,
    line: Vec<u8>,
    number: u64,
    /// The file, as the user calls it.
    name: String,
}

impl<R: io::Read> Lines<R> {
    fn new(input: R, name: String) -> Self {
        Self { input: BufReader::with_capacity(BUFFER_BYTES, input), line: Vec::new(), number: 0, name }
    }

    /// What is wrong with the line, and where: a record is small enough that its column is told in bytes.
    fn not_a_record(&self, error: &serde_json::Error) -> Failure {
        let message = error.to_string();
        // The place is told as for posts.
        let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
        let (name, number, column) = (&self.name, self.number, error.column());
        Failure::Message(format!("offprint: cannot read {name}:{number}:{column}: not a record: {reason}"))
    }
}

impl<R: io::Read> Iterator for Lines<R> {
    type Item = Result<Record, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.line.clear();
            self.number += 1;
            match self.input.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) if self.line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let record = serde_json::from_slice(self.line.trim_ascii_end());
                    return Some(record.map_err(|error| self.not_a_record(&error)));
                }
                Err(error) => return Some(Err(cannot_read(&self.name, &error))),
            }
        }
    }
}

/// The bytes of a JSON string. What is no text (bytes that are not UTF-8, half of a surrogate pair) is for
/// the parser of the post to refuse or to repair.
fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_owned())
        }

        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }
    }

    deserializer.deserialize_byte_buf(Bytes)
}
