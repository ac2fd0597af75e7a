//! Why a post was not converted or edited.

use std::io;

use offprint::Position;

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
    let mut line = path.to_owned();
    if let Some(Position { line: number, column, .. }) = position {
        line.extend([":", &number.to_string(), ":", &column.to_string()]);
    }
    line.extend([": ", message]);
    // One line, whatever a path or a YAML parser has put into it.
    lines.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
    lines.push('\n');
}
