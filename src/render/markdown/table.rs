//! Tables: each row is a line.

use std::fmt::{self, Write};

use super::context::{Context, Parent};
use super::inline;
use crate::dollar_math::formulas;
use crate::post::{Block, Cell, Table};
use crate::render::lines::Lines;
use crate::render::shown::shown_media;

/// The most columns, counted with their spans, of a table in which spans are heeded. In a wider one each cell
/// is one column of one row: a span may be of a thousand columns and of all rows.
const MAX_COLUMNS: usize = 64;

/// The most cells that may be missing from the ends of rows. Readers of Markdown add a limited number.
const MAX_MISSING: usize = 1 << 16;

/// A table that Markdown can have.
pub(super) struct PipeTable<'p, 'a> {
    rows: Vec<Vec<Option<&'p Cell<'a>>>>,
    columns: usize,
}

impl<'p, 'a> PipeTable<'p, 'a> {
    /// The table, unless a cell holds more than paragraphs and media, or the rows differ too much in their
    /// length.
    pub(super) fn of(table: &'p Table<'a>) -> Option<Self> {
        let rows = rows(table);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let missing: usize = rows.iter().map(|row| columns - row.len()).sum();
        let is_simple = table.rows.iter().flatten().flat_map(|cell| &cell.blocks).all(is_inline);
        (is_simple && missing <= MAX_MISSING).then_some(Self { rows, columns })
    }

    pub(super) fn write<W: Write>(&self, lines: &mut Lines<'_, W>, dollar_math: bool) -> fmt::Result {
        let Some(first) = self.rows.first() else { return Ok(()) };
        let context =
            Context { parent: Parent::Cell, dollar_math, escapes_dollars: false, escapes_tildes: false };
        let has_head = first.iter().flatten().all(|cell| cell.header);
        let (head, body) = self.rows.split_at(usize::from(has_head));
        let mut line = String::new();
        push_row(&mut line, head.first().map_or(&[], Vec::as_slice), self.columns, context);
        lines.line(&line)?;
        lines.line(&("|".to_owned() + &" --- |".repeat(self.columns)))?;
        for row in body {
            line.clear();
            push_row(&mut line, row, row.len(), context);
            lines.line(&line)?;
        }
        lines.set_blank_line(true);
        Ok(())
    }
}

/// Whether a block can be in a cell, which is a part of a line.
fn is_inline(block: &Block<'_>) -> bool {
    match block {
        Block::Paragraph(_) | Block::Figure(_) => true,
        Block::Heading(_)
        | Block::List(_)
        | Block::BlockQuote(_)
        | Block::Table(_)
        | Block::Preformatted(_)
        | Block::ThematicBreak(_) => false,
    }
}

/// The cells of each row, with nothing in the columns that spans cover.
fn rows<'p, 'a>(table: &'p Table<'a>) -> Vec<Vec<Option<&'p Cell<'a>>>> {
    let width = |row: &Vec<Cell<'_>>| {
        row.iter().fold(0, |sum: usize, cell| sum.saturating_add(cell.colspan as usize))
    };
    let has_spans = table.rows.iter().map(width).max().unwrap_or_default() <= MAX_COLUMNS;
    // For each column, how many more rows a cell above reaches down.
    let mut covered = [0_u32; MAX_COLUMNS];
    let mut rows = Vec::with_capacity(table.rows.len());
    for cells_of_row in &table.rows {
        if !has_spans {
            rows.push(cells_of_row.iter().map(Some).collect());
            continue;
        }
        let mut row = Vec::with_capacity(cells_of_row.len());
        let mut cells = cells_of_row.iter();
        loop {
            if let Some(rows @ 1..) = covered.get_mut(row.len()) {
                *rows -= 1;
                row.push(None);
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let below = if cell.rowspan == 0 { u32::MAX } else { cell.rowspan - 1 };
            let start = row.len();
            row.push(Some(cell));
            row.extend((1..cell.colspan).map(|_| None));
            for column in covered.iter_mut().take(row.len()).skip(start) {
                *column = below;
            }
        }
        if cells_of_row.is_empty() {
            // Spans from above cover the whole row.
            row.truncate(1);
        }
        rows.push(row);
    }
    rows
}

/// Adds a row. In cells side by side, and in lines of a cell, there may be the two `$` of what would be taken
/// for a formula: then all are escaped.
fn push_row(line: &mut String, cells: &[Option<&Cell<'_>>], columns: usize, context: Context) {
    push_cells(line, cells, columns, context);
    // Neither is in a formula of a cell.
    if formulas(line).any(|formula| formula.contains('|') || formula.contains("<br>")) {
        line.clear();
        push_cells(line, cells, columns, Context { escapes_dollars: true, ..context });
    }
}

fn push_cells(line: &mut String, cells: &[Option<&Cell<'_>>], columns: usize, context: Context) {
    line.push('|');
    for column in 0..columns {
        line.push(' ');
        if let Some(Some(cell)) = cells.get(column) {
            push_cell(line, cell, context);
        }
        line.push_str(" |");
    }
}

/// Adds a cell. Its blocks are lines of one text, in which a `~` of one may find a partner in another.
fn push_cell(line: &mut String, cell: &Cell<'_>, context: Context) {
    let start = line.len();
    push_blocks(line, cell, context);
    if cell.blocks.len() > 1 && line[start..].matches('~').nth(1).is_some() {
        line.truncate(start);
        push_blocks(line, cell, Context { escapes_tildes: true, ..context });
    }
}

fn push_blocks(line: &mut String, cell: &Cell<'_>, context: Context) {
    let start = line.len();
    for block in &cell.blocks {
        let (mut id, direction) = match block {
            Block::Paragraph(paragraph) => (paragraph.id.as_deref(), paragraph.direction),
            Block::Figure(figure) => (figure.id.as_deref(), None),
            // A table with one of these is written as HTML.
            Block::Heading(_)
            | Block::List(_)
            | Block::BlockQuote(_)
            | Block::Table(_)
            | Block::Preformatted(_)
            | Block::ThematicBreak(_) => continue,
        };
        // What links lead to stands before the first of what follows.
        for media in block.figure().into_iter().flat_map(shown_media) {
            next_line(line, start);
            inline::push_anchor(line, id.take(), context.parent);
            inline::push_media(line, media, context);
        }
        for text in block.texts() {
            let before = line.len();
            next_line(line, start);
            let words = line.len();
            inline::push_anchor(line, id.take(), context.parent);
            inline::push_directed(line, text, direction, context);
            if line.len() == words {
                line.truncate(before);
            }
        }
        // A figure may show nothing else.
        if id.is_some() {
            next_line(line, start);
            inline::push_anchor(line, id, context.parent);
        }
    }
}

fn next_line(line: &mut String, start: usize) {
    if line.len() > start {
        line.push_str("<br>");
    }
}
