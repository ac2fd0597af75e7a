//! Tables, and tables that only lay out a page.

use std::ops::Range;

use super::anchors::{add_at_start, give_id};
use super::gutter::Numbers;
use super::{caption_shape, figure, gutter};
use crate::html::event::{Attributes, Removed, Tag};
use crate::post::{Block, Cell, Figure, Table, Text};

use super::tight::push_tight;

/// What Asciidoctor lays out by a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LaidOut {
    /// A note, beside its icon.
    Note,
    /// Terms, beside their descriptions.
    Terms,
    /// Notes on lines of code, beside their numbers.
    Callouts,
}

impl LaidOut {
    /// What the table in a `<div>` of this class lays out; `None` for a table of cells.
    pub(super) fn of(class: &str) -> Option<Self> {
        class.split_ascii_whitespace().find_map(|name| match name {
            "admonitionblock" => Some(Self::Note),
            "hdlist" => Some(Self::Terms),
            "colist" => Some(Self::Callouts),
            _ => None,
        })
    }
}

/// A table that is open.
#[derive(Default)]
pub(super) struct OpenTable<'a> {
    pub(super) table: Table<'a>,
    /// The rows of the first `<thead>`, and those of the first `<tfoot>`.
    head: Option<Range<usize>>,
    foot: Option<Range<usize>>,
    /// The element that the last row group is.
    group: Option<Tag>,
    /// Where the first cell begins: see [`Element::start`](crate::html::event::Element::start).
    pub(super) first_cell: Option<usize>,
    /// Whether the numbers of lines of code have gone or are about to: the rest is code.
    pub(super) is_code: bool,
}

impl<'a> OpenTable<'a> {
    /// Begins a row group: the one before it has ended.
    pub(super) fn begin_group(&mut self, tag: Tag) {
        self.end_group();
        let row = self.table.rows.len();
        let range = match tag {
            Tag::Thead => &mut self.head,
            Tag::Tfoot => &mut self.foot,
            _ => return,
        };
        if range.is_none() {
            *range = Some(row..row);
            self.group = Some(tag);
        }
    }

    fn end_group(&mut self) {
        let range = match self.group.take() {
            Some(Tag::Thead) => &mut self.head,
            Some(Tag::Tfoot) => &mut self.foot,
            _ => return,
        };
        if let Some(range) = range {
            range.end = self.table.rows.len();
        }
    }

    /// Adds a closed row. Numbers go if nothing but code stands beside them.
    pub(super) fn add_row(&mut self, mut cells: Vec<Cell<'a>>, numbers: Vec<Numbers>) -> Option<Removed> {
        let removed = gutter::remove_numbers(&mut cells, numbers);
        self.is_code |= removed.is_some();
        push_tight(&mut self.table.rows, cells);
        removed
    }

    /// The closed table as blocks: a table, or the blocks that it lays out, or code, with the numbers of its
    /// lines apart.
    pub(super) fn close(mut self) -> (Vec<Block<'a>>, Option<Removed>) {
        self.end_group();
        self.order_groups();
        let Self { table, first_cell, is_code, .. } = self;
        if table.caption.is_some() {
            return (vec![Block::Table(table)], None);
        }
        let Table { id, mut rows, .. } = table;
        let mut removed = None;
        if let ([row], false) = (&mut rows[..], is_code) {
            removed = gutter::remove_from(row, first_cell);
        }
        let mut blocks = if is_code || removed.is_some() {
            gutter::code(rows)
        } else {
            match close(rows) {
                Laid::Table(rows) => return (vec![Block::Table(Table { id, ..Table::new(rows) })], None),
                Laid::Out(blocks) => blocks,
            }
        };
        give_id(&mut blocks, id);
        (blocks, removed)
    }

    /// Puts the rows in the order in which browsers show them: the [first `<thead>` at the top, the first
    /// `<tfoot>` at the bottom](https://drafts.csswg.org/css2/#table-display), wherever they stand.
    fn order_groups(&mut self) {
        let rows = &mut self.table.rows;
        // A table that is made by hand aside, rows are only added.
        let is_inside = |range: &Range<usize>| range.end <= rows.len();
        let head = self.head.take().filter(is_inside).unwrap_or(0..0);
        let Some(mut foot) = self.foot.take().filter(is_inside).or(Some(rows.len()..rows.len())) else {
            return;
        };
        rows[..head.end].rotate_right(head.len());
        if foot.end <= head.start {
            foot = foot.start + head.len()..foot.end + head.len();
        }
        rows[foot.start..].rotate_left(foot.len());
        mark_headers(rows, head.len());
    }
}

/// Makes headers of all cells of the first rows, which are those of the `<thead>`: many pages have `<td>`
/// there, if only for the corner. Rows that lay out a page, or that no others come after, stay as they are.
fn mark_headers(rows: &mut [Vec<Cell<'_>>], count: usize) {
    let is_line = |cell: &Cell<'_>| matches!(cell.blocks[..], [] | [Block::Paragraph(_)]);
    if count < rows.len() && rows[..count].iter().flatten().all(is_line) {
        rows[..count].iter_mut().flatten().for_each(|cell| cell.header = true);
    }
}

/// A cell, as its start tag describes it.
pub(super) fn cell<'a>(attrs: &Attributes<'_>, header: bool) -> Cell<'a> {
    Cell {
        header,
        colspan: span(attrs, "colspan").filter(|&span| span > 0).map_or(1, |span| span.min(1_000)),
        rowspan: span(attrs, "rowspan").map_or(1, |span| span.min(65_534)),
        blocks: Vec::new(),
    }
}

/// A number as HTML reads one: digits after white space and a plus sign, and whatever follows them.
fn span(attrs: &Attributes<'_>, name: &str) -> Option<u32> {
    let value = attrs.get_trimmed(name)?;
    let value = value.strip_prefix('+').unwrap_or(&value);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    match value[..digits].parse() {
        Ok(number) => Some(number),
        Err(_) if digits > 0 => Some(u32::MAX),
        Err(_) => None,
    }
}

/// Adds a block that is in a table but in no cell, as a row of its own.
pub(super) fn add_stray<'a>(rows: &mut Vec<Vec<Cell<'a>>>, block: Block<'a>) {
    push_tight(rows, vec![Cell { blocks: vec![block], ..Cell::default() }]);
}

/// What the rows of a table without a caption come to.
enum Laid<'a> {
    Table(Vec<Vec<Cell<'a>>>),
    /// They only lay out these blocks.
    Out(Vec<Block<'a>>),
}

/// A table of one cell gives the blocks in the cell. A table of one image and one paragraph after it is a
/// figure with a caption. An empty table gives no block.
fn close(rows: Vec<Vec<Cell<'_>>>) -> Laid<'_> {
    let cells = || rows.iter().flatten();
    if cells().all(|cell| cell.blocks.is_empty()) {
        return Laid::Out(Vec::new());
    }
    if cells().count() == 1 || is_figure(cells()) {
        let most = most_in_caption(&rows);
        let blocks = rows.into_iter().flatten().flat_map(|cell| cell.blocks);
        return Laid::Out(captioned(blocks.collect(), most));
    }
    Laid::Table(rows)
}

/// The longest text, in characters, that is a caption in a table which holds nothing but that and an image:
/// newsletters lay out paragraphs beside an image, or below it, in the same way.
fn most_in_caption(rows: &[Vec<Cell<'_>>]) -> usize {
    /// A caption has a row of its own in the tables of old pages.
    const IN_NEXT_ROW: usize = 1_000;
    match rows {
        [row] if row.len() > 1 => caption_shape::MOST_IN_ROW,
        [_] => caption_shape::MOST_IN_BOX,
        _ => IN_NEXT_ROW,
    }
}

/// Whether the cells hold one figure without a caption, then one paragraph, and nothing else.
fn is_figure<'s, 'a: 's>(cells: impl Iterator<Item = &'s Cell<'a>>) -> bool {
    let mut blocks = cells.flat_map(|cell| &cell.blocks);
    matches!(
        (blocks.next(), blocks.next(), blocks.next()),
        (Some(Block::Figure(Figure { caption: None, .. })), Some(Block::Paragraph(_)), None)
    )
}

/// The blocks. An image and one paragraph after it, of at most `most` characters, become a figure with a
/// caption.
fn captioned(mut blocks: Vec<Block<'_>>, most: usize) -> Vec<Block<'_>> {
    if let [Block::Figure(Figure { caption: None, media, id, .. }), Block::Paragraph(paragraph)] =
        &mut blocks[..]
    {
        if !caption_shape::is_caption(&paragraph.text, most) {
            return blocks;
        }
        let mut caption: Text<'_> = std::mem::take(&mut paragraph.text);
        add_at_start(&mut caption, paragraph.id.take());
        let id = id.take();
        let figure = Figure { id, ..figure::new(std::mem::take(media), Some(caption), None) };
        return vec![Block::Figure(figure)];
    }
    blocks
}
