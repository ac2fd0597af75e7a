//! The cells that rows of tables lack.

use std::ops::Range;

/// How many bytes of the Markdown pay for one cell that is not written there.
const BYTES_PER_CELL: usize = 8;

/// Counts the empty cells at the ends of rows that are shorter than the head of their table.
///
/// A row of one letter may lack hundreds of cells, so that a table of a few kilobytes would come to
/// megabytes. There are as many as the length of the Markdown pays for; rows after that are short.
#[derive(Debug)]
pub(super) struct MissingCells {
    /// How many may still be written.
    left: usize,
    /// Whether the cell that has begun is left out.
    pub(super) is_left_out: bool,
}

impl MissingCells {
    /// The budget of a Markdown text of this many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self { left: bytes / BYTES_PER_CELL, is_left_out: false }
    }

    /// Begins a cell, and tells whether it is left out. A cell that is not in the Markdown has no bytes
    /// there.
    pub(super) fn leave_out(&mut self, range: &Range<usize>) -> bool {
        let is_missing = range.is_empty();
        self.is_left_out = is_missing && self.left == 0;
        self.left -= usize::from(is_missing && !self.is_left_out);
        self.is_left_out
    }
}
