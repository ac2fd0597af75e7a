//! Posts as rows of a table, read back by the crates of Arrow and Parquet.

mod columns;
#[path = "../support/files.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod files;
mod records;
mod round_trip;
mod values;
mod writer;
