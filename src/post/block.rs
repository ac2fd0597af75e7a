//! The blocks of an article, with `CommonMark`'s names.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Figure, Mark, Media, Text, all_owned, owned};

/// How many lists, quotations and tables nest in each other at most around a block. Whatever makes blocks keeps to it, so that
/// all that is done with a block, of which much recurses, takes little stack. The JSON of a level nests at most 5 levels (a
/// table's rows and their cells), and the rest of a post's JSON 8 levels, so all of it is read by `serde_json`, which stops at 128.
pub(crate) const MAX_CONTAINERS: usize = 20;

/// A part of an article that stands on lines of its own.
///
/// Lists, quotations and tables hold blocks. At most 20 of them nest in each other; `Deserialize` fails on a block that nests
/// deeper.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block<'a> {
    /// A paragraph. Never empty.
    Paragraph(Text<'a>),
    /// A heading. Never empty.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        #[serde(flatten)]
        text: Text<'a>,
    },
    /// Something to look at or to play.
    Figure(Figure<'a>),
    /// A list.
    List(List<'a>),
    /// A quotation. In JSON, `"blocks"`.
    BlockQuote(#[serde(serialize_with = "block_quote::serialize")] Vec<Block<'a>>),
    /// A table.
    Table(Table<'a>),
    /// Text whose white space counts.
    Preformatted(Preformatted<'a>),
    /// A change of subject: `<hr>`.
    ThematicBreak,
}

impl<'a> Block<'a> {
    /// The block without its tie to the source.
    pub fn into_owned(self) -> Block<'static> {
        match self {
            Self::Paragraph(text) => Block::Paragraph(text.into_owned()),
            Self::Heading { level, text } => Block::Heading { level, text: text.into_owned() },
            Self::Figure(figure) => Block::Figure(figure.into_owned()),
            Self::List(list) => Block::List(list.into_owned()),
            Self::BlockQuote(blocks) => Block::BlockQuote(all_owned(blocks, Block::into_owned)),
            Self::Table(table) => Block::Table(table.into_owned()),
            Self::Preformatted(text) => Block::Preformatted(text.into_owned()),
            Self::ThematicBreak => Block::ThematicBreak,
        }
    }

    /// Calls `visit` with each list of blocks that stands right inside this one, in order.
    pub(super) fn for_each_child_list<'s>(&'s self, mut visit: impl FnMut(&'s [Block<'a>])) {
        match self {
            Self::List(list) => list.items.iter().for_each(|item| visit(item)),
            Self::BlockQuote(blocks) => visit(blocks),
            Self::Table(table) => table.rows.iter().flatten().for_each(|cell| visit(&cell.blocks)),
            Self::Paragraph(_)
            | Self::Heading { .. }
            | Self::Figure(_)
            | Self::Preformatted(_)
            | Self::ThematicBreak => {}
        }
    }

    /// The URLs that this block itself links to, not those of the blocks inside.
    pub(super) fn own_links(&self) -> impl Iterator<Item = &str> {
        let (media, marks): (&[Media<'_>], &[Mark<'_>]) = match self {
            Self::Paragraph(text) | Self::Heading { text, .. } => (&[], &text.marks),
            Self::Figure(figure) => {
                (&figure.media, figure.caption.as_ref().map_or(&[], |caption| &caption.marks))
            }
            Self::Table(table) => (&[], table.caption.as_ref().map_or(&[], |caption| &caption.marks)),
            Self::Preformatted(text) => (&[], &text.text.marks),
            Self::List(_) | Self::BlockQuote(_) | Self::ThematicBreak => (&[], &[]),
        };
        let around_images = media.iter().filter_map(|media| match media {
            Media::Image(image) => image.link.as_deref(),
            _ => None,
        });
        around_images.chain(marks.iter().filter_map(Mark::href))
    }
}

/// `BlockQuote` as an object, which can carry a `"type"`.
mod block_quote {
    use serde::{Serialize, Serializer};

    use super::Block;

    #[derive(Serialize)]
    struct Quote<'s, 'a> {
        blocks: &'s [Block<'a>],
    }

    pub(super) fn serialize<S: Serializer>(blocks: &[Block<'_>], serializer: S) -> Result<S::Ok, S::Error> {
        Quote { blocks }.serialize(serializer)
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct List<'a> {
    /// Which kind.
    pub kind: ListKind,
    /// The number of the first item, where the source states one that browsers count with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<i32>,
    /// The items. In a description list each begins with its term.
    pub items: Vec<Vec<Block<'a>>>,
}

impl List<'_> {
    /// The list without its tie to the source.
    pub fn into_owned(self) -> List<'static> {
        let Self { kind, start, items } = self;
        List { kind, start, items: all_owned(items, |item| all_owned(item, Block::into_owned)) }
    }
}

/// The kinds of [`List`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ListKind {
    /// `<ul>`, `<menu>`, `<dir>`.
    #[default]
    Unordered,
    /// `<ol>`.
    Ordered,
    /// `<dl>`: the first block of an item is the term (an empty paragraph if there is none), the rest
    /// its description. Of several terms that share a description, the last one has it.
    Description,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Table<'a> {
    /// The caption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text<'a>>,
    /// The rows, each with its cells.
    pub rows: Vec<Vec<Cell<'a>>>,
}

impl Table<'_> {
    /// The table without its tie to the source.
    pub fn into_owned(self) -> Table<'static> {
        let Self { caption, rows } = self;
        Table {
            caption: caption.map(Text::into_owned),
            rows: all_owned(rows, |row| all_owned(row, Cell::into_owned)),
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell<'a> {
    /// Whether it is a header (`<th>`).
    pub header: bool,
    /// How many columns it spans: 1 to 1,000, as browsers have it.
    #[serde(skip_serializing_if = "is_one")]
    pub colspan: u32,
    /// How many rows it spans: 0 (all that are left) to 65,534, as browsers have it.
    #[serde(skip_serializing_if = "is_one")]
    pub rowspan: u32,
    /// What it holds.
    pub blocks: Vec<Block<'a>>,
}

impl Default for Cell<'_> {
    fn default() -> Self {
        Self { header: false, colspan: 1, rowspan: 1, blocks: Vec::new() }
    }
}

impl Cell<'_> {
    /// The cell without its tie to the source.
    pub fn into_owned(self) -> Cell<'static> {
        let Self { header, colspan, rowspan, blocks } = self;
        Cell { header, colspan, rowspan, blocks: all_owned(blocks, Block::into_owned) }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_one(span: &u32) -> bool {
    *span == 1
}

/// Text whose white space counts: `<pre>`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Preformatted<'a> {
    /// The text, with all of its white space.
    #[serde(flatten)]
    pub text: Text<'a>,
    /// The programming language that the source names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Cow<'a, str>>,
    /// Whether it is code (it holds a `<code>`), not prose.
    pub is_code: bool,
}

impl Preformatted<'_> {
    /// The text without its tie to the source.
    pub fn into_owned(self) -> Preformatted<'static> {
        let Self { text, language, is_code } = self;
        Preformatted { text: text.into_owned(), language: language.map(owned), is_code }
    }
}
