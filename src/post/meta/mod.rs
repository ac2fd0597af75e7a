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
/// explicit null and an empty value are `None`, or an empty list. The character references that scrapers
/// leave (`&amp;`, `&#38;`; those with a semicolon) are decoded in the title, the description, the authors,
/// the tags and the categories, and nowhere else.
///
/// These keys fill the fields. Of several names of a field, the first one here that has a value fills it, and
/// the others stay in [`extra`](Self::extra); the names of a list fill it together.
///
/// | Field | Keys | Values |
/// |---|---|---|
/// | `layout` | `layout` | a text |
/// | `title` | `title` | a text |
/// | `slug` | `slug` | a text |
/// | `permalink` | `permalink` | a text |
/// | `description` | `description`, `excerpt`, `summary` | a text |
/// | `date` | `date` | a [`Date`] |
/// | `modified` | `modified`, `last_modified_at`, `lastmod`, `updated`, `modified_time` | a [`Date`] |
/// | `draft` | `draft`, `published` | true or false |
/// | `authors` | `author`, `authors` | a text, a mapping, or a list of these |
/// | `from` | `from` | a text |
/// | `image` | `image`, `thumbnail`, `cover`, `featured_image` | a text, a mapping, or a list of these |
/// | `lang` | `lang`, `language`, `locale` | a text |
/// | `tags` | `tags`, `tag` | a text or a list of texts |
/// | `categories` | `categories`, `category` | a text or a list of texts |
/// | `comments` | `comments` | true or false |
///
/// A text under `tags`, `tag`, `categories` or `category` that has commas (`,`, `，`, `、` or `،`) is a list of
/// what is between them. Without a comma, `tags` and `categories` are lists of words, as in Jekyll, and `tag`
/// and `category` one value.
///
/// A text is one author, commas and all. Of a mapping, the author is the first of `display_name`, `name` and
/// `login`, and the image the first of `path`, `url`, `src` and `image`; the mapping stays in `extra`, too.
/// Of a list of images, the first counts, and the list stays in `extra`. The comments themselves, which
/// importers write under `comments`, stay in `extra`.
///
/// The same keys in a mapping `taxonomies` or `extra` (as Zola has them) or `params` (as Hugo has them) fill
/// the fields that nothing else fills. These mappings stay in `extra` as they are, with one exception: the
/// tags, categories and authors in `taxonomies` are added to the fields, and taken out of the mapping.
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
    /// When the post was published. [`Parser::parse_named`](crate::Parser::parse_named) takes the day from
    /// the file name where the front matter has no date.
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
