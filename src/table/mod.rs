//! Posts as rows of a table, for archives that are asked questions in SQL.

mod columns;

pub use columns::{COLUMNS, Column, ColumnType, SCHEMA_VERSION};
