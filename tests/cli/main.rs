//! The command, run as its users run it.

#![cfg(feature = "cli")]

mod archive;
mod articles;
mod bodies;
mod check;
mod clashes;
mod files;
mod habits;
mod inputs;
mod limits;
mod names;
mod pages;
#[cfg(feature = "parquet")]
mod parts;
mod records;
mod reports;
#[cfg(feature = "parquet")]
mod resume;
mod schema;
mod selection;
mod set;
#[cfg(feature = "parquet")]
mod shards;
#[cfg(unix)]
mod signals;
#[cfg(feature = "parquet")]
mod tables;
#[cfg(feature = "parquet")]
mod tables_in;
mod usage;
