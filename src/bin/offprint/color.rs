//! Colours on standard error.

use std::ffi::OsString;

use anstream::ColorChoice;

/// Around what says whose message it is.
const PREFIX: (&str, &str) = ("\x1b[1;31m", "\x1b[0m");
/// Around what says where something is.
const PLACE: (&str, &str) = ("\x1b[1m", "\x1b[0m");

/// What the arguments say of colours. It must be known before they are parsed, which may end in a message.
pub(crate) fn choice(arguments: impl IntoIterator<Item = OsString>) -> clap::ColorChoice {
    let mut choice = clap::ColorChoice::Auto;
    let mut is_next = false;
    for argument in arguments {
        let Some(argument) = argument.to_str() else { continue };
        let value = if is_next { Some(argument) } else { argument.strip_prefix("--color=") };
        is_next = argument == "--color";
        match value {
            Some("always") => choice = clap::ColorChoice::Always,
            Some("never") => choice = clap::ColorChoice::Never,
            Some("auto") => choice = clap::ColorChoice::Auto,
            _ if argument == "--" => break,
            _ => {}
        }
    }
    choice
}

/// Lets all messages have colours, or none. Without a choice, those on a terminal have, unless `NO_COLOR` is
/// set.
pub(crate) fn choose(choice: clap::ColorChoice) {
    let choice = match choice {
        clap::ColorChoice::Auto => ColorChoice::Auto,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// A message of the command about itself, with its name in front.
pub(crate) fn message(message: &str) -> String {
    const NAME: &str = "offprint:";
    let lines = message.lines().map(|line| match line.strip_prefix(NAME) {
        Some(rest) => format!("{}{NAME}{}{rest}", PREFIX.0, PREFIX.1),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What says where something is.
pub(crate) fn place(place: &str) -> String {
    format!("{}{place}{}", PLACE.0, PLACE.1)
}
