//! Posts as rows of a table, for archives that are asked questions in SQL.

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
mod writer;

pub use columns::{COLUMNS, Column, ColumnType, SCHEMA_VERSION};
pub use hash::text_hash;
#[cfg(feature = "parquet")]
pub use record_writer::RecordWriter;
pub use records::{Record, Records};
pub use rows::Rows;
pub use writer::Writer;
