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
    /// The last part of the post's address. [`Parser::parse_named`](crate::Parser::parse_named) takes it from
    /// the file name where the front matter has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<Cow<'a, str>>,
    /// The address of the post on its site, or the pattern of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permalink: Option<Cow<'a, str>>,
    /// What the post is about, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Cow<'a, str>>,
    /// When the post was published. [`Parser::parse_named`](crate::Parser::parse_named) takes the day from the
    /// file name where the front matter has no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// When the post was changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// Whether the post is not published yet; of `published`, the opposite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<bool>,
    /// Who wrote the post. A text is one author, commas and all; of a mapping, the name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Cow<'a, str>>,
    /// The URL of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Cow<'a, str>>,
    /// The URL of the picture that stands for the post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Cow<'a, str>>,
    /// The language of the post, as the post names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Cow<'a, str>>,
    /// The tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Cow<'a, str>>,
    /// The categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Cow<'a, str>>,
    /// Whether readers may comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<bool>,
    /// All other keys in source order, and values of known keys that the fields cannot hold.
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
        let Self {
            layout,
            title,
            slug,
            permalink,
            description,
            date,
            modified,
            draft,
            authors,
            from,
            image,
            lang,
            tags,
            categories,
            comments,
            extra,
        } = self;
        Meta {
            layout: layout.map(owned),
            title: title.map(owned),
            slug: slug.map(owned),
            permalink: permalink.map(owned),
            description: description.map(owned),
            date,
            modified,
            draft,
            authors: all_owned(authors, owned),
            from: from.map(owned),
            image: image.map(owned),
            lang: lang.map(owned),
            tags: all_owned(tags, owned),
            categories: all_owned(categories, owned),
            comments,
            extra: extra.into_owned(),
        }
    }
}
