//! The blocks that hold text and no other blocks.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::mark::Direction;
use super::owned::owned;
use super::text::Text;

/// A paragraph. Its text is never empty, but for the term of a [description
/// list](super::ListKind::Description) that has none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[non_exhaustive]
pub struct Paragraph<'a> {
    /// The text.
    #[serde(flatten)]
    pub text: Text<'a>,
    /// The element's `id`, which links in the post refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// The text's direction, if the source states it. Not read from HTML yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

impl<'a> Paragraph<'a> {
    /// A paragraph with this text.
    pub fn new(text: impl Into<Text<'a>>) -> Self {
        Self { text: text.into(), id: None, direction: None }
    }

    /// The paragraph without its tie to the source.
    pub fn into_owned(self) -> Paragraph<'static> {
        let Self { text, id, direction } = self;
        Paragraph { text: text.into_owned(), id: id.map(owned), direction }
    }
}

/// A heading. Its text is never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Heading<'a> {
    /// The level: a number in JSON.
    pub level: HeadingLevel,
    /// The element's `id`, which links in the post refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// The text.
    #[serde(flatten)]
    pub text: Text<'a>,
    /// The text's direction, if the source states it. Not read from HTML yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

impl<'a> Heading<'a> {
    /// A heading with this text.
    pub fn new(level: HeadingLevel, text: impl Into<Text<'a>>) -> Self {
        Self { level, id: None, text: text.into(), direction: None }
    }

    /// The heading without its tie to the source.
    pub fn into_owned(self) -> Heading<'static> {
        let Self { level, id, text, direction } = self;
        Heading { level, id: id.map(owned), text: text.into_owned(), direction }
    }
}

/// The level of a heading: 1, the highest, to 6, as HTML has them.
///
/// ```
/// use offprint::HeadingLevel;
///
/// assert_eq!(HeadingLevel::try_from(2)?, HeadingLevel::H2);
/// assert_eq!(HeadingLevel::H2.to_string(), "2");
/// assert_eq!(HeadingLevel::try_from(7).unwrap_err().to_string(), "7 is not the level of a heading, which is 1 to 6");
/// # Ok::<(), offprint::HeadingLevelError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[expect(missing_docs, reason = "each is the element of that name")]
pub enum HeadingLevel {
    H1 = 1,
    H2,
    H3,
    H4,
    H5,
    H6,
}

/// A number that is not the level of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not the level of a heading, which is 1 to 6")]
pub struct HeadingLevelError(u8);

impl TryFrom<u8> for HeadingLevel {
    type Error = HeadingLevelError;

    fn try_from(level: u8) -> Result<Self, HeadingLevelError> {
        Ok(match level {
            1 => Self::H1,
            2 => Self::H2,
            3 => Self::H3,
            4 => Self::H4,
            5 => Self::H5,
            6 => Self::H6,
            other => return Err(HeadingLevelError(other)),
        })
    }
}

impl From<HeadingLevel> for u8 {
    fn from(level: HeadingLevel) -> Self {
        level as Self
    }
}

impl fmt::Display for HeadingLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        u8::from(*self).fmt(f)
    }
}

/// Text whose white space counts: `<pre>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[non_exhaustive]
pub struct Preformatted<'a> {
    /// The text, with all of its white space.
    #[serde(flatten)]
    pub text: Text<'a>,
    /// The programming language that the source names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Cow<'a, str>>,
    /// Whether the text is code (it holds a `<code>`), not prose.
    pub is_code: bool,
}

impl<'a> Preformatted<'a> {
    /// Prose with this text.
    pub fn new(text: impl Into<Text<'a>>) -> Self {
        Self { text: text.into(), language: None, is_code: false }
    }

    /// The text without its tie to the source.
    pub fn into_owned(self) -> Preformatted<'static> {
        let Self { text, language, is_code } = self;
        Preformatted { text: text.into_owned(), language: language.map(owned), is_code }
    }
}

/// A change of subject: `<hr>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[non_exhaustive]
pub struct ThematicBreak {}

impl ThematicBreak {
    /// A change of subject.
    pub fn new() -> Self {
        Self {}
    }
}
