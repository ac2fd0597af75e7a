//! Tables, whose cells Markdown fills with a line each.

use std::fmt::{self, Write};

use super::inline::{self, Place};
use super::{Before, Markdown};
use crate::post::{Block, Cell, Container, Steps, Table};
use crate::render::html::shown_media;

/// In tables that are wider than this, counted with their spans, a cell stands for itself alone: a span may be of
/// a thousand columns and of all rows.
const MAX_COLUMNS: usize = 64;

/// The most cells that may be missing from the ends of rows. Programs that fill them in do so for a limited number.
const MAX_MISSING: usize = 1 << 16;

impl<W: Write> Markdown<'_, W> {
    pub(super) fn table(&mut self, table: &Table<'_>, inside: Steps<'_, '_>) -> fmt::Result {
        let rows = rows(table);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let missing: usize = rows.iter().map(|row| columns - row.len()).sum();
        let is_simple = table.rows.iter().flatten().flat_map(|cell| &cell.blocks).all(is_inline);
        if !is_simple || missing > MAX_MISSING {
            return self.in_line(Container::Table(table), inside);
        }
        if let Some(caption) = &table.caption {
            self.paragraph(caption)?;
        }
        let Some(first) = rows.first() else { return Ok(()) };
        let has_head = first.iter().flatten().all(|cell| cell.header);
        let (head, body) = rows.split_at(usize::from(has_head));
        let mut line = String::new();
        push_row(&mut line, head.first().map_or(&[], Vec::as_slice), columns);
        self.lines.line(&line)?;
        self.lines.line(&("|".to_owned() + &" --- |".repeat(columns)))?;
        for row in body {
            line.clear();
            push_row(&mut line, row, row.len());
            self.lines.line(&line)?;
        }
        self.lines.set_blank_line(true);
        self.signs.before = Before::Other;
        Ok(())
    }
}

/// Whether a block can be in a line.
fn is_inline(block: &Block<'_>) -> bool {
    matches!(block, Block::Paragraph(_) | Block::Heading(_) | Block::Figure(_))
}

/// The cells of each row, with the empty places that spans leave.
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
            // All of it is covered.
            row.truncate(1);
        }
        rows.push(row);
    }
    rows
}

fn push_row(line: &mut String, cells: &[Option<&Cell<'_>>], columns: usize) {
    line.push('|');
    for column in 0..columns {
        line.push(' ');
        if let Some(Some(cell)) = cells.get(column) {
            push_cell(line, cell);
        }
        line.push_str(" |");
    }
}

fn push_cell(line: &mut String, cell: &Cell<'_>) {
    let start = line.len();
    for block in &cell.blocks {
        match block {
            Block::Figure(figure) => {
                for media in shown_media(figure) {
                    next_line(line, start);
                    inline::push_media(line, media, Place::Cell);
                }
            }
            Block::Paragraph(_) | Block::Heading(_) => {}
            // Of a table with these in it, all is HTML.
            Block::List(_)
            | Block::BlockQuote(_)
            | Block::Table(_)
            | Block::Preformatted(_)
            | Block::ThematicBreak(_) => continue,
        }
        for text in block.texts() {
            next_line(line, start);
            inline::push(line, text, Place::Cell);
        }
    }
}

fn next_line(line: &mut String, start: usize) {
    if line.len() > start {
        line.push_str("<br>");
    }
}
