//! What can go wrong with a post, and where in the file.

use std::error::Error as StdError;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a post: line and column for people, a byte offset for programs.
///
/// Every position is one in the *whole file*, also where a stage works on a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line, counted from 1. Lines end with a line feed.
    pub line: usize,
    /// The column in characters (Unicode scalar values), counted from 1. A byte order mark has no column.
    pub column: usize,
    /// The offset in bytes, counted from 0. A byte order mark counts.
    pub offset: usize,
}

impl Position {
    /// The position of the byte at `offset` in `source`.
    ///
    /// An offset past the end, or inside a character, is moved back to the nearest character border.
    ///
    /// ```
    /// let position = offprint::Position::of("one\ntwo", 5);
    /// assert_eq!((position.line, position.column, position.offset), (2, 2, 5));
    /// ```
    pub fn of(source: &str, offset: usize) -> Self {
        let mut offset = offset.min(source.len());
        while !source.is_char_boundary(offset) {
            offset -= 1;
        }
        Self::of_bytes(source.as_bytes(), offset)
    }

    /// The same for bytes of which those before `offset` are UTF-8, or nearly so.
    pub(crate) fn of_bytes(source: &[u8], offset: usize) -> Self {
        let before = &source[..offset];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let in_line = &before[start..];
        let visible = in_line.strip_prefix("\u{feff}".as_bytes()).filter(|_| start == 0).unwrap_or(in_line);
        // Every byte that does not continue a character begins one.
        let column = 1 + visible.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        Self { line, column, offset }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a post could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The post begins with a `---` line, and no line closes the block.
    #[error("front matter is not closed: found no line `---` or `...`")]
    UnclosedFrontMatter,
    /// The post begins with front matter that is not YAML.
    #[error("{0} front matter is not supported: expected YAML between two lines `---`")]
    UnsupportedFormat(Format),
    /// The front matter is not valid YAML.
    #[error("invalid YAML in the front matter: {reason}")]
    InvalidYaml {
        /// What the YAML parser expected or refused.
        reason: String,
    },
    /// The front matter is valid YAML, but not a mapping.
    #[error("front matter is {found}: expected a mapping of keys to values")]
    NotAMapping {
        /// What it is instead, like "a list".
        found: &'static str,
    },
    /// The front matter does not fit the type given to [`FrontMatter::deserialize`](crate::FrontMatter::deserialize).
    #[error("front matter does not fit its type: {reason}")]
    Mismatch {
        /// What the type expected.
        reason: String,
    },
    /// The bytes are not UTF-8.
    #[error("invalid UTF-8")]
    InvalidUtf8,
    /// What was given as the [base URL](crate::Parser::base_url) is not an absolute URL with a host.
    #[error("invalid base URL: expected an absolute one, like `https://example.org/a/`")]
    InvalidBaseUrl,
    /// The post is larger than one of its [`Limits`](crate::Limits).
    #[error("too many {limit}: the limit is {maximum}{}", Remedy(*limit))]
    LimitExceeded {
        /// What there was too much of.
        limit: Limit,
        /// How much is allowed.
        maximum: usize,
    },
}

/// A front-matter format that this crate recognises, and does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// TOML between `+++` lines, as Hugo writes it.
    Toml,
    /// A JSON object at the start of the file, as Hugo writes it.
    Json,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
        })
    }
}

/// A quantity that [`Limits`](crate::Limits) bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of the whole post.
    InputBytes,
    /// Bytes of the front matter.
    MetadataBytes,
    /// Collections inside collections in the front matter.
    MetadataDepth,
    /// Values in the front matter, with its aliases replaced by what they stand for.
    MetadataValues,
    /// Nodes of the document tree.
    Nodes,
    /// Nodes of the document tree, for a body of its length: markup that is misnested can make many of few bytes.
    RepeatedNodes,
}

impl Limit {
    /// The name of the setter of [`Limits`](crate::Limits) that raises the limit, which is its name in the command's option
    /// `--limit` too; `None` if it cannot be raised.
    ///
    /// ```
    /// assert_eq!(offprint::Limit::InputBytes.name(), Some("input_bytes"));
    /// assert_eq!(offprint::Limit::MetadataDepth.name(), None);
    /// ```
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::InputBytes => Some("input_bytes"),
            Self::MetadataBytes => Some("metadata_bytes"),
            Self::Nodes => Some("nodes"),
            Self::MetadataDepth | Self::MetadataValues | Self::RepeatedNodes => None,
        }
    }
}

/// The end of a message about a limit: what raises it, if anything does.
struct Remedy(Limit);

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.name() {
            Some(name) => write!(f, ", raised by `Limits::{name}` or `--limit {name}=N`"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InputBytes => "bytes of input",
            Self::MetadataBytes => "bytes of front matter",
            Self::MetadataDepth => "levels of nesting in the front matter",
            Self::MetadataValues => "values behind aliases in the front matter",
            Self::Nodes => "nodes in the document tree",
            Self::RepeatedNodes => "nodes in the document tree for a body of this length",
        })
    }
}

/// Why a post could not be read, and where: a [kind](Error::kind), a [position](Error::position) and,
/// through [`source`](StdError::source), the error underneath.
///
/// ```
/// let error = offprint::Post::parse("---\ntitle: [\n---\n").unwrap_err();
/// assert!(matches!(error.kind(), offprint::ErrorKind::InvalidYaml { .. }));
/// assert_eq!(error.position().unwrap().line, 3);
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    position: Option<Position>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, position: Option<Position>) -> Self {
        Self(Box::new(Inner { kind, position, source: None }))
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where in the whole file, as far as it is known.
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.position {
            Some(position) => write!(f, "{} at {position}", self.0.kind),
            None => self.0.kind.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_a_byte_order_mark_has_none() {
        let source = "\u{feff}ab\n标题: x";
        let at = |offset| {
            let position = Position::of(source, offset);
            (position.line, position.column, position.offset)
        };
        assert_eq!(at(0), (1, 1, 0));
        assert_eq!(at(3), (1, 1, 3));
        assert_eq!(at(5), (1, 3, 5));
        assert_eq!(at(6), (2, 1, 6));
        assert_eq!(at(12), (2, 3, 12));
        assert_eq!(at(7), (2, 1, 6), "inside a character");
        assert_eq!(at(999), (2, 6, source.len()), "past the end");
    }

    #[test]
    fn an_error_is_as_small_as_a_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn the_message_says_what_and_where() {
        let position = Position { line: 3, column: 8, offset: 20 };
        let error = Error::new(ErrorKind::UnclosedFrontMatter, Some(position));
        assert_eq!(
            error.to_string(),
            "front matter is not closed: found no line `---` or `...` at line 3, column 8"
        );
        let error = Error::new(ErrorKind::LimitExceeded { limit: Limit::Nodes, maximum: 512 }, None);
        assert_eq!(
            error.to_string(),
            "too many nodes in the document tree: the limit is 512, raised by `Limits::nodes` or `--limit nodes=N`"
        );
        let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, maximum: 20 };
        assert_eq!(
            Error::new(kind, Some(position)).to_string(),
            "too many levels of nesting in the front matter: the limit is 20 at line 3, column 8"
        );
    }
}
