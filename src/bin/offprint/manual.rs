//! `offprint completions` and `offprint man`.

use std::io::Write;

use clap::{Command, CommandFactory as _};

use crate::Failure;
use crate::args::{Arguments, CompletionsOptions, ManOptions};
use crate::output::{Output, cannot_write};

/// Writes what a shell needs to complete the command's arguments.
pub(crate) fn completions(options: &CompletionsOptions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "offprint", &mut script);
    write(&script)
}

/// Writes a page of the manual.
pub(crate) fn page(options: &ManOptions) -> Result<(), Failure> {
    let mut command = Arguments::command();
    // Each command knows its whole name then.
    command.build();
    let page = match &options.command {
        None => command,
        Some(name) => subcommand(&command, name)?,
    };
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(page).source(concat!("offprint ", env!("CARGO_PKG_VERSION")));
    page.render(&mut text).map_err(|error| cannot_write("standard output", &error))?;
    let text = String::from_utf8_lossy(&text);
    write(text.chars().map(in_ascii).collect::<String>().as_bytes())
}

/// A character as every formatter reads it, whatever encoding it takes the page to have.
fn in_ascii(c: char) -> String {
    if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) }
}

/// A command that has a page of its own, `offprint-NAME`.
fn subcommand(command: &Command, name: &str) -> Result<Command, Failure> {
    let names = || command.get_subcommands().map(Command::get_name).filter(|name| *name != "help");
    let found = command.find_subcommand(name).filter(|_| names().any(|known| known == name));
    found.cloned().ok_or_else(|| {
        let known = names().collect::<Vec<_>>().join(", ");
        Failure::Message(format!("offprint: no command is called `{name}`: the commands are {known}"))
    })
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    let (mut sink, name) = Output::stdout().into_parts();
    sink.write_all(bytes).and_then(|()| sink.finish()).map_err(|error| cannot_write(&name, &error))
}
