//! The model of a post: plain data, without parsing and without rendering.
//!
//! Every type here borrows from the source where it can; `into_owned` cuts the tie. Two values are equal
//! if their content is, borrowed or not. The JSON that serde writes for [`Post`] is an interface:
//!
//! - an object with text has `"text"` and, if there are any, `"marks"` with byte ranges in that text;
//! - blocks and media have a `"type"` in `snake_case`;
//! - what is absent is left out; flags are always written;
//! - lists, quotations and tables nest at most 20 levels deep, so that `serde_json` reads what it wrote without its limits being
//!   raised; a deeper model is an error of `Deserialize` (for equal numbers it needs its feature `float_roundtrip`);
//! - dates are ISO 8601 strings, with the offset as the post gives it.

mod block;
mod figure;
mod meta;
mod prelude;
mod read;
mod text;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub(crate) use block::MAX_CONTAINERS;
pub use block::{Block, Cell, List, ListKind, Preformatted, Table};
pub use figure::{Audio, Descriptor, Embed, Figure, Image, Media, Source, Video};
pub(crate) use meta::MAX_DEPTH;
pub use meta::{
    Date, DateParseError, Map, MapIntoIter, MapIter, MapIterMut, Meta, UtcOffset, Value, ValueDeserializer,
};
pub use prelude::{LinkHeading, Prelude, Stamp};
pub use text::{Mark, MarkKind, Text};

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
    /// The post without its tie to the source.
    pub fn into_owned(self) -> Post<'static> {
        let Self { meta, prelude, blocks } = self;
        Post {
            meta: meta.into_owned(),
            prelude: prelude.into_owned(),
            blocks: all_owned(blocks, Block::into_owned),
        }
    }

    /// All paragraphs in order, also those in lists, quotes and tables.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Text<'a>> {
        self.descendants().filter_map(|block| match block {
            Block::Paragraph(text) => Some(text),
            _ => None,
        })
    }

    /// All figures in order, also those in lists, quotes and tables.
    pub fn figures(&self) -> impl Iterator<Item = &Figure<'a>> {
        self.descendants().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }

    /// The images of all figures in order.
    pub fn images(&self) -> impl Iterator<Item = &Image<'a>> {
        self.figures().flat_map(|figure| &figure.media).filter_map(|media| match media {
            Media::Image(image) => Some(image),
            _ => None,
        })
    }

    /// The URLs of all links in order: those in texts and those around images.
    ///
    /// ```
    /// let post = offprint::Post::parse("<p><a href=https://a.example>A</a></p>")?;
    /// assert_eq!(post.links().collect::<Vec<_>>(), ["https://a.example"]);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.descendants().flat_map(Block::own_links)
    }

    /// All blocks in the order of the text, those inside others after the one that holds them.
    pub fn descendants(&self) -> impl Iterator<Item = &Block<'a>> {
        descendants(&self.blocks)
    }
}

/// The blocks and all blocks inside them, in the order of the text.
pub(crate) fn descendants<'s, 'a>(blocks: &'s [Block<'a>]) -> impl Iterator<Item = &'s Block<'a>> {
    // A stack, not recursion: the depth is the input's.
    let mut stack = vec![blocks.iter()];
    std::iter::from_fn(move || {
        loop {
            let Some(block) = stack.last_mut()?.next() else {
                stack.pop();
                continue;
            };
            let below = stack.len();
            block.for_each_child_list(|children| stack.push(children.iter()));
            stack[below..].reverse();
            return Some(block);
        }
    })
}

/// Text without its tie to the source.
fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// A list whose entries are all cut from the source.
fn all_owned<T, U>(items: Vec<T>, into_owned: impl FnMut(T) -> U) -> Vec<U> {
    items.into_iter().map(into_owned).collect()
}
