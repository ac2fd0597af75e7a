//! What stands between the front matter and the article.

use std::borrow::Cow;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::owned;

/// What stands before the article: a stamp, a heading that is a link, both or neither.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prelude<'a> {
    /// The comment `<!--1732994521000-->` or `<!--NaN-->`.
    #[serde(skip_serializing_if = "Option::is_none")]
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

/// When the post was written, as the scraper noted it. In JSON a number, or the string `"NaN"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// The scraper had no valid date.
    NaN,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Millis(i64),
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::NaN => serializer.serialize_str("NaN"),
            Self::Millis(millis) => serializer.serialize_i64(millis),
        }
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StampVisitor;

        impl Visitor<'_> for StampVisitor {
            type Value = Stamp;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number of milliseconds or \"NaN\"")
            }

            fn visit_i64<E: serde::de::Error>(self, millis: i64) -> Result<Stamp, E> {
                Ok(Stamp::Millis(millis))
            }

            fn visit_u64<E: serde::de::Error>(self, millis: u64) -> Result<Stamp, E> {
                i64::try_from(millis).map(Stamp::Millis).map_err(E::custom)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Stamp, E> {
                match text {
                    "NaN" => Ok(Stamp::NaN),
                    _ => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
                }
            }
        }

        deserializer.deserialize_any(StampVisitor)
    }
}

/// A heading that links to the original of the article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LinkHeading<'a> {
    /// The text between the brackets, as it stands: nothing is unescaped.
    pub text: Cow<'a, str>,
    /// The text between the parentheses, as it stands.
    pub url: Cow<'a, str>,
}

impl LinkHeading<'_> {
    /// The heading without its tie to the source.
    pub fn into_owned(self) -> LinkHeading<'static> {
        let Self { text, url } = self;
        LinkHeading { text: owned(text), url: owned(url) }
    }
}
