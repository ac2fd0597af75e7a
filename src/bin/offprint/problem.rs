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

/// Appends a line about a post.
pub(crate) fn push_message(lines: &mut String, path: &str, position: Option<Position>, message: &str) {
    // One line, whatever a path or a YAML parser has put into it.
    let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let mut place = plain(path);
    if let Some(Position { line: number, column, .. }) = position {
        place.extend([":", &number.to_string(), ":", &column.to_string()]);
    }
    place.push(':');
    lines.extend([&*color::place(&place), " ", &plain(message), "\n"]);
}
