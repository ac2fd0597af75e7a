//! What stands between the front matter and the article.

use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::owned::owned;

/// What stands before the article: a stamp, a heading that is a link, both or neither.
///
/// In JSON, `"stamp"` is the number of milliseconds. For a stamp that is not a number, `"stamp_is_nan"` is
/// `true` in its stead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "PreludeFields<'a>")]
#[non_exhaustive]
pub struct Prelude<'a> {
    /// The comment `<!--1732994521000-->` or `<!--NaN-->`.
    #[serde(flatten, skip_serializing_if = "Option::is_none", serialize_with = "stamp_fields")]
    pub stamp: Option<Stamp>,
    /// The line `[text](url)`, underlined with dashes or equals signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<LinkHeading<'a>>,
}

impl Prelude<'_> {
    /// Whether there is neither a stamp nor a heading.
    pub fn is_empty(&self) -> bool {
        self.stamp.is_none() && self.heading.is_none()
    }

    /// The prelude without its tie to the source.
    pub fn into_owned(self) -> Prelude<'static> {
        let Self { stamp, heading } = self;
        Prelude { stamp, heading: heading.map(LinkHeading::into_owned) }
    }
}

/// When the post was written, as the scraper noted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// The scraper had no valid date.
    NaN,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Millis(i64),
}

/// Writes the stamp as a field of the object around it.
#[expect(clippy::ref_option, reason = "serde's signature")]
fn stamp_fields<S: Serializer>(stamp: &Option<Stamp>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_map(Some(1))?;
    match stamp {
        Some(Stamp::Millis(millis)) => fields.serialize_entry("stamp", millis)?,
        Some(Stamp::NaN) => fields.serialize_entry("stamp_is_nan", &true)?,
        None => {}
    }
    fields.end()
}

/// What a [`Prelude`] is read from.
#[derive(Deserialize)]
struct PreludeFields<'a> {
    stamp: Option<i64>,
    #[serde(default)]
    stamp_is_nan: bool,
    heading: Option<LinkHeading<'a>>,
}

impl<'a> TryFrom<PreludeFields<'a>> for Prelude<'a> {
    type Error = &'static str;

    fn try_from(fields: PreludeFields<'a>) -> Result<Self, Self::Error> {
        let stamp = match (fields.stamp, fields.stamp_is_nan) {
            (Some(_), true) => return Err("`stamp` and `stamp_is_nan` exclude each other"),
            (Some(millis), false) => Some(Stamp::Millis(millis)),
            (None, true) => Some(Stamp::NaN),
            (None, false) => None,
        };
        Ok(Self { stamp, heading: fields.heading })
    }
}

/// A heading that links to the original of the article.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LinkHeading<'a> {
    /// The text between the brackets, as it stands: nothing is unescaped.
    pub text: Cow<'a, str>,
    /// The text between the parentheses, as it stands.
    pub url: Cow<'a, str>,
}

impl<'a> LinkHeading<'a> {
    /// A heading with this text and URL.
    pub fn new(text: impl Into<Cow<'a, str>>, url: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), url: url.into() }
    }

    /// The heading without its tie to the source.
    pub fn into_owned(self) -> LinkHeading<'static> {
        let Self { text, url } = self;
        LinkHeading { text: owned(text), url: owned(url) }
    }
}
