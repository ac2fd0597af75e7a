//! The command, run as its users run it.

#![cfg(feature = "cli")]

mod archive;
mod articles;
mod bodies;
mod clashes;
mod files;
mod inputs;
mod limits;
mod names;
mod reports;
#[cfg(unix)]
mod signals;
mod usage;
