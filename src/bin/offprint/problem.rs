//! Why a post was not converted or edited.

use std::io;

use offprint::Position;

use crate::color;

/// Why a post was not converted or edited, and where in it.
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) position: Option<Position>,
}

impl Problem {
    /// One that has no place in the post.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), position: None }
    }
}

impl From<offprint::Error> for Problem {
    fn from(error: offprint::Error) -> Self {
        Self { message: error.kind().to_string(), position: error.position() }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// Appends a line about a post, for standard error.
pub(crate) fn push_message(lines: &mut String, path: &str, position: Option<Position>, message: &str) {
    let [place, message] = place_and_message(path, position, message);
    lines.extend([&*color::place(&place), " ", &message, "\n"]);
}

/// Appends a line about a post, for standard output or a file.
pub(crate) fn push_plain(lines: &mut String, path: &str, position: Option<Position>, message: &str) {
    let [place, message] = place_and_message(path, position, message);
    lines.extend([&*place, " ", &message, "\n"]);
}

/// What a line holds: one line, whatever a path or a YAML parser has put into it.
fn place_and_message(path: &str, position: Option<Position>, message: &str) -> [String; 2] {
    let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let mut place = plain(path);
    if let Some(Position { line, column, .. }) = position {
        place.extend([":", &line.to_string(), ":", &column.to_string()]);
    }
    place.push(':');
    [place, plain(message)]
}
