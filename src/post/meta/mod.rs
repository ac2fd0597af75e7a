//! The typed front matter.

mod date;
mod value;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::owned::{all_owned, owned};

pub use date::{Date, DateParseError, UtcOffset};
pub(crate) use value::MAX_DEPTH;
pub use value::{Map, MapIntoIter, MapIter, MapIterMut, Value, ValueDeserializer};

/// The front matter of a post.
///
/// Text is the *source text* of a scalar: `title: 2024` is `"2024"`, and a tag `no` is `"no"`. An
/// explicit null and an empty value are `None`, or an empty list.
///
/// It is not `Eq` and `Hash`, since `extra` may hold a float; nor is any type that holds metadata. [`Date`],
/// which does not, is both.
///
/// ```
/// let source = "---\ntitle: 2024\ntags: tea cup\nauthor: Mei\nweight: 3\n---\n";
/// let meta = offprint::Post::parse(source)?.meta;
/// assert_eq!(meta.title.as_deref(), Some("2024"));
/// assert_eq!(meta.tags, ["tea", "cup"]);
/// assert_eq!(meta.authors, ["Mei"]);
/// assert_eq!(meta.extra["weight"].as_i64(), Some(3));
///
/// let mut made = offprint::Meta::default();
/// made.title = Some("Tea".into());
/// assert_eq!(made.into_owned().title.as_deref(), Some("Tea"));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Meta<'a> {
    /// The name of the site's template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Cow<'a, str>>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'a, str>>,
    /// When the post was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// `author` or `authors`: a text or a list. A text is one author, commas and all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Cow<'a, str>>,
    /// The URL of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Cow<'a, str>>,
    /// `tags` (a list, or a text of words between white space) or `tag` (one value).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Cow<'a, str>>,
    /// `categories` (a list, or a text of words between white space) or `category` (one value).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Cow<'a, str>>,
    /// Whether readers may comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<bool>,
    /// All other keys in source order, and values of known keys that have an unexpected shape.
    ///
    /// A value nests at most 20 lists and maps in each other, not counting this map. Front matter that nests
    /// deeper is refused or, with [`Parser::recover`](crate::Parser::recover), the value of that key is kept
    /// here as one text, its source. `Deserialize` fails on a deeper value. So the JSON of the metadata nests
    /// at most 22 levels.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<'a>,
}

impl Meta<'_> {
    /// The metadata without its tie to the source.
    pub fn into_owned(self) -> Meta<'static> {
        let Self { layout, title, date, authors, from, tags, categories, comments, extra } = self;
        Meta {
            layout: layout.map(owned),
            title: title.map(owned),
            date,
            authors: all_owned(authors, owned),
            from: from.map(owned),
            tags: all_owned(tags, owned),
            categories: all_owned(categories, owned),
            comments,
            extra: extra.into_owned(),
        }
    }
}
