//! Tables, and tables that only lay out a page.

use crate::html::event::Attributes;
use crate::post::{Block, Cell, Figure, Table, Text};

use super::figure;
use super::tight::push_tight;

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

/// The closed table as blocks: a table, or the blocks that it lays out.
///
/// A table of one cell gives the blocks in the cell. A table of one image and one paragraph after it is a
/// figure with a caption. An empty table gives no block.
pub(super) fn close(table: Table<'_>) -> Vec<Block<'_>> {
    let cells = || table.rows.iter().flatten();
    if table.caption.is_some() {
        return vec![Block::Table(table)];
    }
    if cells().all(|cell| cell.blocks.is_empty()) {
        return Vec::new();
    }
    if cells().count() == 1 || is_figure(cells()) {
        let blocks = table.rows.into_iter().flatten().flat_map(|cell| cell.blocks);
        return captioned(blocks.collect());
    }
    vec![Block::Table(table)]
}

/// Whether the cells hold one figure without a caption, then one paragraph, and nothing else.
fn is_figure<'s, 'a: 's>(cells: impl Iterator<Item = &'s Cell<'a>>) -> bool {
    let mut blocks = cells.flat_map(|cell| &cell.blocks);
    matches!(
        (blocks.next(), blocks.next(), blocks.next()),
        (Some(Block::Figure(Figure { caption: None, .. })), Some(Block::Paragraph(_)), None)
    )
}

/// The blocks, of which an image and one paragraph after it become a figure with a caption.
fn captioned(mut blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    if let [Block::Figure(Figure { caption: None, media, .. }), Block::Paragraph(paragraph)] = &mut blocks[..]
    {
        let caption: Text<'_> = std::mem::take(&mut paragraph.text);
        return vec![Block::Figure(figure::new(std::mem::take(media), Some(caption), None))];
    }
    blocks
}
