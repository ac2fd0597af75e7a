//! The `offprint` command: posts in, articles out.

#![forbid(unsafe_code)]

mod args;
mod article;
mod aside;
mod check;
mod clash;
mod color;
mod convert;
mod converter;
mod diff;
mod filter;
mod folder;
mod given;
mod inputs;
mod jsonl;
mod limits;
mod manifest;
mod manual;
mod names;
mod noise;
mod output;
mod output_path;
mod pack;
mod part;
mod plan;
mod pool;
mod posts;
mod problem;
mod progress;
mod records;
mod replace;
mod room;
mod schema;
mod selection;
mod set;
mod setup;
mod shard_folder;
mod shards;
#[cfg(unix)]
mod signals;
mod sizes;
mod summary;
mod table;
mod target;
mod walk;
mod whole_blocks;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use args::{Arguments, Command};

/// Some posts failed; the others were converted or edited.
const SOME_FAILED: u8 = 1;
/// The run could not start, or could not go on. clap has the same code for bad usage.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let color = color::choice(std::env::args_os());
    color::choose(color);
    let matches = Arguments::command().color(color).get_matches();
    let Arguments { command, .. } =
        Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    records::quiet_panics();
    let outcome = match command {
        Command::Check(options) => check::run(&options),
        Command::Completions(options) => manual::completions(&options).map(|()| 0),
        Command::Convert(options) => convert::run(&options),
        Command::Man(options) => manual::page(&options).map(|()| 0),
        Command::Pack(options) => pack::run(&options),
        Command::Schema(options) => schema::run(&options).map(|()| 0),
        Command::Set(options) => set::run(&options),
    };
    match outcome {
        // Whoever closes the pipe has read enough.
        Ok(0) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(SOME_FAILED),
        Err(Failure::Message(message)) => {
            warn(&color::message(&message));
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

/// Writes a message to standard error, with colours only if they are wanted there. If that fails, nothing is
/// left to write to.
fn warn(message: &str) {
    let _ = anstream::stderr().lock().write_all(format!("{message}\n").as_bytes());
}
