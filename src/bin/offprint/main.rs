//! The `offprint` command: posts in, articles out.

#![forbid(unsafe_code)]

mod args;
mod article;
mod aside;
mod check;
mod clash;
mod convert;
mod converter;
mod diff;
mod folder;
mod given;
mod inputs;
mod jsonl;
mod limits;
mod manifest;
mod names;
mod output;
mod pack;
mod part;
mod plan;
mod pool;
mod posts;
mod problem;
mod progress;
mod records;
mod replace;
mod schema;
mod set;
mod setup;
mod shard_folder;
mod shards;
#[cfg(unix)]
mod signals;
mod sizes;
mod table;
mod target;
mod walk;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};

/// Some posts failed; the others were converted or edited.
const SOME_FAILED: u8 = 1;
/// The run could not start, or could not go on. clap has the same code for bad usage.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    records::quiet_panics();
    let outcome = match command {
        Command::Check(options) => check::run(&options),
        Command::Convert(options) => convert::run(&options),
        Command::Pack(options) => pack::run(&options),
        Command::Schema(options) => schema::run(&options).map(|()| 0),
        Command::Set(options) => set::run(&options).map(|failed| failed as u64),
    };
    match outcome {
        // Whoever closes the pipe has read enough.
        Ok(0) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(SOME_FAILED),
        Err(Failure::Message(message)) => {
            warn(&message);
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Why a run ended before its end.
enum Failure {
    /// Nobody reads standard output any more.
    ClosedPipe,
    /// What the user must know: one line or more.
    Message(String),
}

/// Writes a message to standard error. If that fails, nothing is left to write to.
fn warn(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}
