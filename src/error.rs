//! What can go wrong with a post, and where in the file.

use std::error::Error as StdError;
use std::fmt;
use std::str::Utf8Error;

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::limits::Limit;

/// A position in a post: line and column for people, a byte offset for programs.
///
/// Every position is one in the *whole file*, also where a stage works on a part of it.
///
/// ```
/// let source = "---\ntitle: Tea\ntags: *none\n---\n";
/// let error = offprint::Post::parse(source).unwrap_err();
/// let position = error.position().unwrap();
/// assert_eq!((position.line, position.column), (3, 7));
/// assert_eq!(&source[position.offset..][..5], "*none");
/// assert_eq!(position.to_string(), "line 3, column 7");
/// ```
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
    /// An offset past the end, or inside a character, is moved back to the nearest boundary between
    /// characters.
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
        Self { line, column: 1 + characters(visible), offset }
    }
}

/// The number of characters in these bytes of UTF-8: every byte that does not continue a character begins
/// one.
pub(crate) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a post could not be read.
///
/// ```
/// use offprint::{ErrorKind, Limit, Limits, Parser};
///
/// let parser = Parser::new().limits(Limits::default().metadata_bytes(100));
/// let error = parser.parse(&format!("---\ntitle: {}\n---\n", "Tea ".repeat(100))).unwrap_err();
/// match error.kind() {
///     ErrorKind::LimitExceeded { limit: Limit::MetadataBytes, maximum } => assert_eq!(*maximum, 100),
///     other => panic!("{other}"),
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The post begins with the opener of front matter in this format, and nothing closes the block.
    #[error("front matter is not closed: found no {}", .0.closer())]
    UnclosedFrontMatter(FrontMatterFormat),
    /// The post is written in a format that this build of the crate does not read: a feature was left out.
    #[error("the post needs the feature `{feature}`, which this build of offprint lacks")]
    MissingFeature {
        /// The name of the feature.
        feature: &'static str,
    },
    /// The front matter is not valid YAML.
    #[error("invalid YAML in the front matter: {reason}")]
    InvalidYaml {
        /// What the YAML parser expected or refused.
        reason: String,
    },
    /// The front matter is not valid TOML.
    #[error("invalid TOML in the front matter: {reason}")]
    InvalidToml {
        /// What the TOML parser expected or refused.
        reason: String,
    },
    /// The front matter is not valid JSON.
    #[error("invalid JSON in the front matter: {reason}")]
    InvalidJson {
        /// What the JSON parser expected or refused.
        reason: String,
    },
    /// The front matter is valid YAML, but not a mapping.
    #[error("front matter is {found}: expected a mapping of keys to values")]
    NotAMapping {
        /// What it is instead, like "a list".
        found: &'static str,
    },
    /// The front matter does not fit the type given to
    /// [`FrontMatter::deserialize`](crate::FrontMatter::deserialize).
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
    #[error("too many {limit}: the limit is {maximum}{}", limit.remedy())]
    LimitExceeded {
        /// The quantity that was too large.
        limit: Limit,
        /// The greatest value that is allowed.
        maximum: usize,
    },
}

codes! {
    /// A format of front matter.
    ///
    /// ```
    /// use offprint::{ErrorKind, FrontMatter, FrontMatterFormat};
    ///
    /// let format = |source| FrontMatter::split(source).map(|front_matter| front_matter.format());
    /// assert_eq!(format("---\ntitle: Tea\n---\n")?, Some(FrontMatterFormat::Yaml));
    /// assert_eq!(format("+++\ntitle = 'Tea'\n+++\n")?, Some(FrontMatterFormat::Toml));
    /// assert_eq!(format("{\"title\": \"Tea\"}\n")?, Some(FrontMatterFormat::Json));
    /// let error = format("+++\ntitle = 'Tea'\n").unwrap_err();
    /// assert_eq!(*error.kind(), ErrorKind::UnclosedFrontMatter(FrontMatterFormat::Toml));
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub enum FrontMatterFormat {
        /// YAML between two lines `---`, as Jekyll writes it.
        Yaml = "yaml": "YAML",
        /// TOML between two lines `+++`, as Hugo and Zola have it. To read it takes the feature `toml`.
        Toml = "toml": "TOML",
        /// A JSON object at the start of the file, as Hugo has it. To read it takes the feature `json`.
        Json = "json": "JSON",
    }
}

impl FrontMatterFormat {
    /// What closes front matter in this format, for a message.
    fn closer(self) -> &'static str {
        match self {
            Self::Yaml => "line `---` or `...`",
            Self::Toml => "line `+++`",
            Self::Json => "`}` that closes the `{`",
        }
    }
}

/// Why a post could not be read, and where: a [kind](Error::kind) and a [position](Error::position).
///
/// `Debug` writes what `Display` writes, so that the message of an `unwrap` can be read.
///
/// ```
/// let error = offprint::Post::parse("---\ntitle: \"Green tea\n---\n").unwrap_err();
/// assert!(matches!(error.kind(), offprint::ErrorKind::InvalidYaml { .. }));
/// // The quote that nothing closes, and the end of its line.
/// assert_eq!(error.position().unwrap().to_string(), "line 2, column 8");
/// assert_eq!(error.related().unwrap().to_string(), "line 2, column 18");
/// assert_eq!(
///     error.to_string(),
///     "invalid YAML in the front matter: found unexpected end of stream, while scanning a quoted scalar \
///      at line 2, column 8"
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    position: Option<Position>,
    related: Option<Position>,
    source: Option<Utf8Error>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, position: Option<Position>) -> Self {
        Self(Box::new(Inner { kind, position, related: None, source: None }))
    }

    pub(crate) fn with_related(mut self, related: Option<Position>) -> Self {
        self.0.related = related;
        self
    }

    /// Sets the error underneath, whose message must not state another position.
    pub(crate) fn with_source(mut self, source: Utf8Error) -> Self {
        self.0.source = Some(source);
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The position in the whole file of what is to be mended, as far as it is known: of a quote or a bracket
    /// that is not closed, say, and not of the end of the front matter, where a parser notices.
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// A second position that helps to understand the error, if there is one.
    ///
    /// - For a quote or a bracket that is not closed, the end of its line, where the closing one is most
    ///   likely missing, or what the parser took for it.
    /// - For a bracket that is closed by one of another kind, that one.
    /// - For a wrong character in a list or a mapping in brackets, the bracket that opens it.
    /// - For an indented line with a colon that continues the value above it, that value.
    /// - For a key that comes twice, the first of the two.
    /// - For a key whose value does not fit its type and begins on a line below, the value.
    pub fn related(&self) -> Option<Position> {
        self.0.related
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

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The error underneath is there for bytes that are not UTF-8 only. What a YAML parser says is in the
/// [kind](Error::kind), without its positions, which count from the start of the front matter.
impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
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
        let error = Error::new(ErrorKind::UnclosedFrontMatter(FrontMatterFormat::Yaml), Some(position));
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
