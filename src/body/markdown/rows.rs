//! Rows of tables, in which a `|` ends a cell to CommonMark, whatever it stands in.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3_iter};

use super::parts::{Cover, Kind};
use super::tags;
use crate::bytes::ends_in_escape;

/// The rows of the table in a paragraph, which is looked for once it matters.
#[derive(Debug)]
pub(super) struct Rows<'s> {
    text: &'s str,
    paragraph: Range<usize>,
    head: OnceCell<Option<Head>>,
    /// The end of the line that was looked at last, and whether it [has bars in code](Self::cover_bars).
    last: (usize, bool),
}

/// The head of a table. From there on, each line is a row.
#[derive(Debug, Clone, Copy)]
struct Head {
    start: usize,
    columns: usize,
}

impl<'s> Rows<'s> {
    pub(super) fn new(text: &'s str, paragraph: Range<usize>) -> Self {
        Self { text, paragraph, head: OnceCell::new(), last: (0, false) }
    }

    fn head(&self) -> Option<Head> {
        *self.head.get_or_init(|| table_head(self.text, self.paragraph.clone()))
    }

    /// Whether a row is at the offset.
    pub(super) fn hold(&self, at: usize) -> bool {
        self.head().is_some_and(|head| head.start <= at)
    }

    /// Covers each `|` in a code span, as kramdown reads it, if it would make more cells than the table has
    /// columns. In other rows it may be the end of a cell.
    pub(super) fn cover_bars(&mut self, span: Range<usize>, out: &mut Cover<'_>) {
        let code = &self.text[span.clone()];
        if memchr(b'|', code.as_bytes()).is_none() || code.contains('\n') || code.contains("\\|") {
            return;
        }
        if span.start >= self.last.0 {
            self.last = self.line_at(span.start);
        }
        if self.last.1 {
            for bar in memchr_iter(b'|', code.as_bytes()) {
                let at = span.start + bar;
                out.word(at..at + 1, Kind::Text);
            }
        }
    }

    /// The end of the line that holds an offset, and whether it is a row with more cells than columns.
    #[cold]
    fn line_at(&self, at: usize) -> (usize, bool) {
        let end = tags::line_end(self.text, at);
        let start = memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |feed| feed + 1);
        let row = &self.text[start..end];
        (end, self.head().is_some_and(|head| head.start <= at && cells(row) > head.columns))
    }
}

/// Whether code with a `|` may stand on a line.
pub(super) fn may_hold_bars_in_code(bytes: &[u8]) -> bool {
    let (mut is_after_backtick, mut is_after_bar) = (false, false);
    memchr(b'|', bytes).is_some()
        && memchr3_iter(b'\n', b'`', b'|', bytes).any(|at| {
            match bytes[at] {
                b'\n' => (is_after_backtick, is_after_bar) = (false, false),
                b'`' => is_after_backtick = true,
                _ => is_after_bar |= is_after_backtick,
            }
            is_after_bar && bytes[at] == b'`'
        })
}

/// The head above the first line that is made of bars and hyphens.
fn table_head(text: &str, paragraph: Range<usize>) -> Option<Head> {
    let is_rule = |line: &str| {
        line.contains('|') && line.contains('-') && line.bytes().all(|byte| b"|-: \t\r>".contains(&byte))
    };
    let mut at = paragraph.start;
    let mut head = None;
    for line in text[paragraph].split('\n') {
        if let Some(start) = head.filter(|_| is_rule(line)) {
            return Some(Head { start, columns: cells(line) });
        }
        head = Some(at);
        at += line.len() + 1;
    }
    None
}

/// How many cells CommonMark sees in a row.
fn cells(row: &str) -> usize {
    let row = row.trim_start_matches([' ', '\t', '>']).trim_ascii_end();
    let row = row.strip_prefix('|').unwrap_or(row);
    let ends = memchr_iter(b'|', row.as_bytes()).filter(|at| !ends_in_escape(&row[..*at]));
    let is_closed = row.strip_suffix('|').is_some_and(|row| !ends_in_escape(row));
    ends.count() + usize::from(!is_closed)
}

/// Whether a `|` in TeX would end a cell: each does that is not escaped.
pub(super) fn holds_cell_end(tex: &str) -> bool {
    memchr_iter(b'|', tex.as_bytes()).any(|at| !tex[..at].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_rows() {
        for (row, count) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("> | a | b", 2),
            ("|-|:-:|\r", 2),
            ("| `a|b` | c |", 3),
            (r"| a \| b | c \|", 2),
            ("|", 1),
        ] {
            assert_eq!(cells(row), count, "{row}");
        }
    }

    #[test]
    fn lines_with_code_with_bars() {
        for (text, may_hold) in [
            ("| `a|b` |", true),
            ("tea\n| ``a|b`` |", true),
            ("| a | b |", false),
            ("| `a` | b |", false),
            ("`a|\nb`", false),
            ("| `a` | `b` |", true),
        ] {
            assert_eq!(may_hold_bars_in_code(text.as_bytes()), may_hold, "{text}");
        }
    }
}
