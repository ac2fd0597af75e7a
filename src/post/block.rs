//! The blocks of an article, with `CommonMark`'s names, and what holds blocks.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::figure::{Figure, Media};
use super::leaf::{Heading, Paragraph, Preformatted, ThematicBreak};
use super::owned::{all_owned, owned};
use super::text::Text;

/// How many lists, quotations and tables nest in each other at most around a block. Whatever makes blocks
/// keeps to it, so that all that is done with a block, of which much recurses, takes little stack. The JSON
/// of a level nests at most 5 levels (a table's rows and their cells), and the rest of a post's JSON 8
/// levels, so all of it is read by `serde_json`, which stops at 128.
pub(crate) const MAX_CONTAINERS: usize = 20;

/// A part of an article that stands on lines of its own.
///
/// Lists, quotations and tables hold blocks. At most 20 of them nest in each other; `Deserialize` fails on a
/// block that nests deeper. Blocks made by hand may nest deeper: traversal and writing take no more stack
/// then, but what is derived (`Clone`, `PartialEq`, `Debug`, `Serialize`), [`into_owned`](Self::into_owned)
/// and dropping them recurse.
///
/// ```
/// use offprint::Block;
///
/// let post = offprint::Post::parse("<h2>Tea</h2><p>Boil water.</p><ul><li>Pour</ul>")?;
/// let [Block::Heading(heading), Block::Paragraph(paragraph), list] = &post.blocks[..] else { panic!() };
/// assert_eq!((heading.level.into(), heading.text.as_ref()), (2_u8, "Tea"));
/// assert_eq!(paragraph.text.as_ref(), "Boil water.");
/// assert_eq!(list.children().flat_map(Block::texts).map(AsRef::as_ref).collect::<Vec<_>>(), ["Pour"]);
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block<'a> {
    /// A paragraph.
    Paragraph(Paragraph<'a>),
    /// A heading.
    Heading(Heading<'a>),
    /// Something to look at or to play.
    Figure(Figure<'a>),
    /// A list.
    List(List<'a>),
    /// A quotation.
    BlockQuote(BlockQuote<'a>),
    /// A table.
    Table(Table<'a>),
    /// Text whose white space counts.
    Preformatted(Preformatted<'a>),
    /// A change of subject: `<hr>`.
    ThematicBreak(ThematicBreak),
}

impl<'a> Block<'a> {
    /// The block without its tie to the source.
    pub fn into_owned(self) -> Block<'static> {
        match self {
            Self::Paragraph(paragraph) => Block::Paragraph(paragraph.into_owned()),
            Self::Heading(heading) => Block::Heading(heading.into_owned()),
            Self::Figure(figure) => Block::Figure(figure.into_owned()),
            Self::List(list) => Block::List(list.into_owned()),
            Self::BlockQuote(quote) => Block::BlockQuote(quote.into_owned()),
            Self::Table(table) => Block::Table(table.into_owned()),
            Self::Preformatted(text) => Block::Preformatted(text.into_owned()),
            Self::ThematicBreak(thematic_break) => Block::ThematicBreak(thematic_break),
        }
    }

    /// Whether the block is of a kind that holds blocks.
    #[inline]
    pub(super) fn holds_blocks(&self) -> bool {
        match self {
            Self::List(_) | Self::BlockQuote(_) | Self::Table(_) => true,
            Self::Paragraph(_)
            | Self::Heading(_)
            | Self::Figure(_)
            | Self::Preformatted(_)
            | Self::ThematicBreak(_) => false,
        }
    }

    /// The blocks right inside this one, in order: those of all items of a list, of a quotation, of all cells
    /// of a table. No other block holds blocks.
    pub fn children(&self) -> Children<'_, 'a> {
        Children(
            match self {
                Self::List(list) => ChildLists::Items(list.items.iter()),
                Self::BlockQuote(quote) => ChildLists::One(Some(&quote.blocks)),
                Self::Table(table) => ChildLists::Cells(table.rows.iter(), [].iter()),
                Self::Paragraph(_)
                | Self::Heading(_)
                | Self::Figure(_)
                | Self::Preformatted(_)
                | Self::ThematicBreak(_) => ChildLists::One(None),
            },
            [].iter(),
        )
    }

    /// The lists of blocks right inside this one, to be changed: one for each item of a list, for a
    /// quotation, for each cell of a table.
    pub fn child_lists_mut(&mut self) -> Vec<&mut Vec<Block<'a>>> {
        match self {
            Self::List(list) => list.items.iter_mut().map(|item| &mut item.blocks).collect(),
            Self::BlockQuote(quote) => vec![&mut quote.blocks],
            Self::Table(table) => table.rows.iter_mut().flatten().map(|cell| &mut cell.blocks).collect(),
            Self::Paragraph(_)
            | Self::Heading(_)
            | Self::Figure(_)
            | Self::Preformatted(_)
            | Self::ThematicBreak(_) => Vec::new(),
        }
    }

    /// The texts of this block itself, in order, not those of the blocks inside it: that of a paragraph, a
    /// heading or preformatted text, and the captions of figures and tables.
    pub fn texts(&self) -> impl Iterator<Item = &Text<'a>> {
        match self {
            Self::Paragraph(paragraph) => Some(&paragraph.text),
            Self::Heading(heading) => Some(&heading.text),
            Self::Figure(figure) => figure.caption.as_ref(),
            Self::Table(table) => table.caption.as_ref(),
            Self::Preformatted(preformatted) => Some(&preformatted.text),
            Self::List(_) | Self::BlockQuote(_) | Self::ThematicBreak(_) => None,
        }
        .into_iter()
    }

    /// The figure, if the block is one.
    pub fn figure(&self) -> Option<&Figure<'a>> {
        match self {
            Self::Figure(figure) => Some(figure),
            Self::Paragraph(_)
            | Self::Heading(_)
            | Self::List(_)
            | Self::BlockQuote(_)
            | Self::Table(_)
            | Self::Preformatted(_)
            | Self::ThematicBreak(_) => None,
        }
    }

    /// The URLs that this block itself links to, not those of the blocks inside it: those around its images,
    /// then those in its texts.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let images = self.figure().into_iter().flat_map(|figure| &figure.media).filter_map(Media::image);
        images.filter_map(|image| image.link.as_deref()).chain(self.texts().flat_map(Text::links))
    }

    /// The [texts](Self::texts) of this block itself, to be changed. The marks of a text whose characters are
    /// changed are the caller's to move.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text<'a>> {
        match self {
            Self::Paragraph(paragraph) => Some(&mut paragraph.text),
            Self::Heading(heading) => Some(&mut heading.text),
            Self::Figure(figure) => figure.caption.as_mut(),
            Self::Table(table) => table.caption.as_mut(),
            Self::Preformatted(preformatted) => Some(&mut preformatted.text),
            Self::List(_) | Self::BlockQuote(_) | Self::ThematicBreak(_) => None,
        }
        .into_iter()
    }
}

/// The blocks right inside a block: see [`Block::children`].
#[derive(Debug, Clone)]
pub struct Children<'p, 'a>(ChildLists<'p, 'a>, std::slice::Iter<'p, Block<'a>>);

/// What is left of the lists of blocks inside a block.
#[derive(Debug, Clone)]
enum ChildLists<'p, 'a> {
    One(Option<&'p Vec<Block<'a>>>),
    Items(std::slice::Iter<'p, Item<'a>>),
    Cells(std::slice::Iter<'p, Vec<Cell<'a>>>, std::slice::Iter<'p, Cell<'a>>),
}

impl<'p, 'a> Iterator for ChildLists<'p, 'a> {
    type Item = &'p Vec<Block<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::One(list) => list.take(),
            Self::Items(items) => items.next().map(|item| &item.blocks),
            Self::Cells(rows, cells) => loop {
                if let Some(cell) = cells.next() {
                    return Some(&cell.blocks);
                }
                *cells = rows.next()?.iter();
            },
        }
    }
}

impl<'p, 'a> Iterator for Children<'p, 'a> {
    type Item = &'p Block<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(block) = self.1.next() {
                return Some(block);
            }
            self.1 = self.0.next()?.iter();
        }
    }
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct BlockQuote<'a> {
    /// What is quoted.
    pub blocks: Vec<Block<'a>>,
}

impl<'a> BlockQuote<'a> {
    /// A quotation of these blocks.
    pub fn new(blocks: Vec<Block<'a>>) -> Self {
        Self { blocks }
    }

    /// The quotation without its tie to the source.
    pub fn into_owned(self) -> BlockQuote<'static> {
        let Self { blocks } = self;
        BlockQuote { blocks: all_owned(blocks, Block::into_owned) }
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct List<'a> {
    /// Which kind.
    pub kind: ListKind,
    /// How the numbers of an ordered list are written.
    #[serde(skip_serializing_if = "Numbering::is_decimal")]
    pub numbering: Numbering,
    /// The number of the first item, where the source states one that browsers count with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<i32>,
    /// The items. In a description list each begins with its term.
    pub items: Vec<Item<'a>>,
}

impl<'a> List<'a> {
    /// A list of these items.
    pub fn new(kind: ListKind, items: Vec<Item<'a>>) -> Self {
        Self { kind, numbering: Numbering::Decimal, start: None, items }
    }

    /// The number of each item in order, as browsers count: an item that [states](Item::number) none has the
    /// number after that of the item before it.
    pub fn numbers(&self) -> impl Iterator<Item = i32> {
        self.items.iter().scan(self.first_number(), |next, item| Some(item.count(next)))
    }

    /// The number of the first item, unless that states another.
    pub(super) fn first_number(&self) -> i32 {
        self.start.unwrap_or(1)
    }

    /// The list without its tie to the source.
    pub fn into_owned(self) -> List<'static> {
        let Self { kind, numbering, start, items } = self;
        List { kind, numbering, start, items: all_owned(items, Item::into_owned) }
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

/// How the numbers of an ordered list are written: the attribute `type` of `<ol>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Numbering {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

impl Numbering {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    fn is_decimal(&self) -> bool {
        *self == Self::Decimal
    }
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Item<'a> {
    /// The number that the source states for this item of an ordered list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i32>,
    /// Whether the item of a task list is done; `None` if the item has no checkbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// The element's `id`, which links in the post refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// What the item holds.
    pub blocks: Vec<Block<'a>>,
}

impl<'a> Item<'a> {
    /// An item with these blocks.
    pub fn new(blocks: Vec<Block<'a>>) -> Self {
        Self { blocks, ..Self::default() }
    }

    /// The number of the item, if `next` is the number after that of the item before it. Moves `next` on.
    pub(super) fn count(&self, next: &mut i32) -> i32 {
        let number = self.number.unwrap_or(*next);
        *next = number.saturating_add(1);
        number
    }

    /// The item without its tie to the source.
    pub fn into_owned(self) -> Item<'static> {
        let Self { number, checked, id, blocks } = self;
        Item { number, checked, id: id.map(owned), blocks: all_owned(blocks, Block::into_owned) }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Table<'a> {
    /// The caption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text<'a>>,
    /// The element's `id`, which links in the post refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// The rows, each with its cells.
    pub rows: Vec<Vec<Cell<'a>>>,
}

impl<'a> Table<'a> {
    /// A table of these rows, without a caption.
    pub fn new(rows: Vec<Vec<Cell<'a>>>) -> Self {
        Self { caption: None, id: None, rows }
    }

    /// The table without its tie to the source.
    pub fn into_owned(self) -> Table<'static> {
        let Self { caption, id, rows } = self;
        Table {
            caption: caption.map(Text::into_owned),
            id: id.map(owned),
            rows: all_owned(rows, |row| all_owned(row, Cell::into_owned)),
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cell<'a> {
    /// Whether it is a header: a `<th>`, or a cell in a `<thead>` whose cells are lines of text, and which
    /// other rows come after.
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

impl<'a> Cell<'a> {
    /// A cell of one column and one row, which is not a header.
    pub fn new(blocks: Vec<Block<'a>>) -> Self {
        Self { blocks, ..Self::default() }
    }

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
