//! The model of a post: plain data, without parsing and without rendering.
//!
//! Every type here borrows from the source where it can; `into_owned` cuts the tie. Two values are equal if
//! their content is, borrowed or not. Types that can hold no floating-point number are `Eq` and `Hash`, the
//! others `PartialEq` alone. The JSON that serde writes for [`Post`] is an interface:
//!
//! - an object with text has `"text"` and, if there are any, `"marks"` with byte ranges in that text;
//! - blocks and media have a `"type"` in `snake_case`;
//! - what is absent is left out; flags are always written;
//! - lists, quotations and tables nest at most 20 levels deep, so that `serde_json` reads what it wrote
//!   without its limits being raised; a deeper model is an error of `Deserialize` (for equal numbers it needs
//!   its feature `float_roundtrip`);
//! - dates are ISO 8601 strings, with the offset as the post gives it.

mod block;
mod convert;
mod figure;
mod leaf;
mod mark;
mod meta;
mod nesting;
mod owned;
mod prelude;
mod read;
mod steps;
mod text;
mod traverse;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use owned::all_owned;

pub(crate) use block::MAX_CONTAINERS;
pub use block::{Block, BlockQuote, Cell, Children, Item, List, ListKind, Numbering, Table};
pub use figure::{Audio, Descriptor, Embed, Figure, Image, Media, MediaSource, Video};
pub use leaf::{Heading, HeadingLevel, HeadingLevelError, Paragraph, Preformatted, ThematicBreak};
pub use mark::{Direction, Mark, MarkKind};
pub(crate) use meta::MAX_DEPTH;
pub use meta::{
    Date, DateParseError, Map, MapIntoIter, MapIter, MapIterMut, Meta, UtcOffset, Value, ValueDeserializer,
};
pub use nesting::{Nesting, TextEvent};
pub use prelude::{LinkHeading, Prelude, Stamp};
pub use steps::{Container, Step, Steps};
pub use text::{Piece, Text};
pub use traverse::{UrlRole, Walk};

/// A post: its metadata, what stands before the article, and the article.
///
/// ```
/// let source = "---\ntitle: Tea\n---\n<p>Boil <b>water</b>.</p><img src=https://example.org/tea.jpg>";
/// let post = offprint::Post::parse(source)?;
/// assert_eq!(post.meta.title.as_deref(), Some("Tea"));
/// assert_eq!(post.paragraphs().next().unwrap().text, "Boil water.");
/// assert_eq!(post.images().next().unwrap().src, "https://example.org/tea.jpg");
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Post<'a> {
    /// The front matter.
    pub meta: Meta<'a>,
    /// The stamp and the link heading.
    #[serde(skip_serializing_if = "Prelude::is_empty")]
    pub prelude: Prelude<'a>,
    /// The article.
    pub blocks: Vec<Block<'a>>,
}

impl<'a> Post<'a> {
    /// A post of this metadata and these blocks, without a prelude.
    ///
    /// ```
    /// use offprint::{Figure, Image, Meta, Paragraph, Post};
    ///
    /// let figure = Figure::new(vec![Image::new("/tea.jpg").into()]);
    /// let post = Post::new(Meta::default(), vec![Paragraph::new("Tea").into(), figure.into()]);
    /// assert_eq!(post.to_markdown(), "Tea\n\n![](/tea.jpg)\n");
    /// ```
    pub fn new(meta: Meta<'a>, blocks: Vec<Block<'a>>) -> Self {
        Self { meta, prelude: Prelude::default(), blocks }
    }

    /// The post without its tie to the source.
    pub fn into_owned(self) -> Post<'static> {
        let Self { meta, prelude, blocks } = self;
        Post {
            meta: meta.into_owned(),
            prelude: prelude.into_owned(),
            blocks: all_owned(blocks, Block::into_owned),
        }
    }

    /// The texts of all paragraphs in order, also those in lists, quotations and tables.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Text<'a>> {
        self.walk().filter_map(|(_, block)| match block {
            Block::Paragraph(paragraph) => Some(&paragraph.text),
            Block::Heading(_)
            | Block::Figure(_)
            | Block::List(_)
            | Block::BlockQuote(_)
            | Block::Table(_)
            | Block::Preformatted(_)
            | Block::ThematicBreak(_) => None,
        })
    }

    /// All figures in order, also those in lists, quotes and tables.
    pub fn figures(&self) -> impl Iterator<Item = &Figure<'a>> {
        self.walk().filter_map(|(_, block)| block.figure())
    }

    /// The images of all figures in order.
    pub fn images(&self) -> impl Iterator<Item = &Image<'a>> {
        self.figures().flat_map(|figure| &figure.media).filter_map(Media::image)
    }

    /// The URLs of all links in order: those in texts and those around images.
    ///
    /// ```
    /// let post = offprint::Post::parse("<p><a href=https://a.example>A</a></p>")?;
    /// assert_eq!(post.links().collect::<Vec<_>>(), ["https://a.example"]);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.walk().flat_map(|(_, block)| block.links())
    }

    /// All blocks in the order of the text, those inside a block after that block, each with the number of
    /// blocks around it.
    ///
    /// ```
    /// let post = offprint::Post::parse("<h2>Tea</h2><ul><li>Boil<li>Pour</ul>")?;
    /// let depths: Vec<usize> = post.walk().map(|(depth, _)| depth).collect();
    /// assert_eq!(depths, [0, 0, 1, 1]);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn walk(&self) -> Walk<'_, 'a> {
        Walk::new(&self.blocks)
    }

    /// All blocks in the order of the text, with the beginnings and ends of what holds them: what a renderer
    /// writes one after the other.
    ///
    /// ```
    /// use offprint::{Container, Step};
    ///
    /// let post = offprint::Post::parse("<ol start=3><li>Boil<li>Pour</ol>")?;
    /// let mut out = String::new();
    /// for step in post.steps() {
    ///     match step {
    ///         Step::Start(Container::Item { number, .. }) => out += &format!("{number}) "),
    ///         Step::Leaf(block) => block.texts().for_each(|text| out += text.as_ref()),
    ///         Step::End(Container::Item { .. }) => out += "\n",
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(out, "3) Boil\n4) Pour\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn steps(&self) -> Steps<'_, 'a> {
        Steps::new(&self.blocks)
    }

    /// Calls `visit` with each block in the order of the text, to be changed, those inside a block after that
    /// block.
    pub fn walk_mut(&mut self, visit: impl FnMut(&mut Block<'a>)) {
        traverse::walk_mut(&mut self.blocks, visit);
    }

    /// Calls `visit` with each URL of the article, to be changed: those of links and of media, in the order
    /// of the text.
    ///
    /// ```
    /// use offprint::UrlRole;
    ///
    /// let mut post = offprint::Post::parse("<p><a href=/a>A</a></p><img src=/b.jpg>")?;
    /// post.for_each_url_mut(|role, url| {
    ///     if role == UrlRole::Image {
    ///         *url = format!("https://mirror.example{url}").into();
    ///     }
    /// });
    /// assert_eq!(post.to_html(), "<p><a href=\"/a\">A</a></p>\n<figure>\n<img src=\"https://mirror.example/b.jpg\" alt=\"\">\n</figure>\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn for_each_url_mut(&mut self, visit: impl FnMut(UrlRole, &mut Cow<'a, str>)) {
        traverse::for_each_url_mut(&mut self.blocks, visit);
    }

    /// How many characters the texts of the article hold, captions among them, white space not counted. What
    /// is not in a text is not counted: readings, the text in place of an image, the link heading.
    pub fn text_len(&self) -> usize {
        traverse::text_len(&self.blocks)
    }

    /// How many words the texts of the article hold, captions among them. A word is a letter of a script that
    /// puts no spaces between words (Han, kana, bopomofo), or what stands between such letters and white
    /// space with a letter or a digit in it.
    ///
    /// ```
    /// let post = offprint::Post::parse("<p>煮水 for green tea.</p>")?;
    /// assert_eq!((post.word_count(), post.text_len()), (5, 14));
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn word_count(&self) -> usize {
        traverse::word_count(&self.blocks)
    }
}
