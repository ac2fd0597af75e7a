//! Posts as rows of a table, for archives that are asked questions in SQL.
//!
//! A [`Writer`] writes [`Rows`] as a stream in Arrow's IPC format or, with the feature `parquet`, as a
//! Parquet file. `DuckDB`, Polars, `DataFusion`, pyarrow and Spark read both. There is a row for each
//! post, also for one that could not be read, so that the rows are as many as the inputs. [`Records`] go
//! the other way: posts to parse, from the columns `path` and `source` of any table.
//!
//! ```
//! use arrow_array::cast::AsArray;
//! use arrow_ipc::reader::StreamReader;
//! use offprint::{Parser, table::{Rows, Writer}};
//!
//! let source = "---\ntitle: Tea\n---\n<h2>Water</h2><p>Boil it.";
//! let (post, report) = Parser::new().parse_with_report(source)?;
//! let mut rows = Rows::new();
//! rows.push_post("tea.md", source.len(), &post, &report);
//!
//! let mut writer = Writer::arrow(Vec::new())?;
//! writer.write(rows)?;
//! let stream = writer.finish()?;
//!
//! for batch in StreamReader::try_new(&stream[..], None)? {
//!     let batch = batch?;
//!     let text = batch.column_by_name("text").unwrap().as_string::<i32>();
//!     assert_eq!(text.value(0), "Water\n\nBoil it.");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! No type of Arrow's crates is in a signature here. They have a new major version every few months, and
//! each would be a new major version of this crate, or tie its users to an old one. Whoever wants batches
//! decodes the stream, as above, with any version of `arrow-ipc`: its format has been stable since 2020.
//!
//! # Columns
//!
//! All integers have 64 bits and a sign, texts are plain columns (no dictionary, no view), and times are
//! in microseconds: what every engine takes. The text of a post is there once: `blocks`, `links` and the
//! captions of `figures` are ranges of it, from `start` to before `end`, in characters, as SQL counts
//! them from 1: `substr(text, start + 1, end - start)`. The schema's metadata have the key `offprint`
//! with the versions of the columns and of the crate, as JSON; the description of each column is its
//! field's metadata `comment`.
//!
#![doc = include_str!("columns.md")]

mod arrow_stream;
mod article;
mod buffer;
mod columns;
mod error;
mod hash;
#[cfg(feature = "parquet")]
mod parquet_file;
#[cfg(feature = "parquet")]
mod record_writer;
mod records;
mod row;
mod rows;
mod schema;
mod size;
mod writer;

pub use columns::{COLUMNS, Column, ColumnType, SCHEMA_VERSION};
pub use hash::text_hash;
#[cfg(feature = "parquet")]
pub use record_writer::RecordWriter;
pub use records::{Record, Records};
pub use rows::Rows;
pub use writer::Writer;
