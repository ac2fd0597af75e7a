//! Lines of text inside lists and quotations, each after its prefix.

use std::fmt::{self, Write};
use std::mem::{replace, take};

use super::item_number;
use crate::post::Numbering;

/// The length of a prefix, in bytes, from which on it grows no longer. A prefix is written with each line:
/// without a limit, a thousand lines in a thousand quotations would come to a million bytes of `>`.
const MAX_PREFIX: usize = 40;

/// As wide as the widest list marker, that of 3,888 in Roman numerals.
pub(super) const SPACES: &str = "                 ";

/// What text is written to: a string, or something that takes it piece by piece.
pub(super) trait Sink: Write {
    /// The string.
    fn as_string(&mut self) -> Option<&mut String>;
}

impl Sink for String {
    fn as_string(&mut self) -> Option<&mut String> {
        Some(self)
    }
}

impl Sink for fmt::Formatter<'_> {
    fn as_string(&mut self) -> Option<&mut String> {
        None
    }
}

/// Writes lines with their prefixes, and blank lines between them.
pub(super) struct Lines<'w, W> {
    out: &'w mut W,
    /// What stands before each line.
    prefix: String,
    /// The prefix of the next line, if it is another: one that ends with the list marker of an item.
    first_prefix: String,
    /// Whether the next line has that other prefix.
    is_first_line: bool,
    end: End,
    /// The length of the prefix that stood before the last line. No more of it stands on the blank line
    /// after that.
    end_prefix: usize,
    /// The list items and quotations that are open, the outermost first.
    open: Vec<Indent>,
    /// Whether no line has been written.
    is_empty: bool,
}

/// A list item or a quotation that is open.
#[derive(Default)]
struct Indent {
    /// The length of the prefix around it.
    around: usize,
    /// The length of its own marker.
    marker: usize,
    /// Whether the next line would have the usual prefix without it.
    was_usual: bool,
}

/// What ends the last line, once another one follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing: no line has been written, or the next one has begun.
    None,
    LineFeed,
    /// A line feed, and a line with nothing but the prefix.
    BlankLine,
}

impl<'w, W: Write> Lines<'w, W> {
    pub(super) fn new(out: &'w mut W) -> Self {
        Self {
            out,
            prefix: String::new(),
            first_prefix: String::new(),
            is_first_line: false,
            end: End::None,
            end_prefix: usize::MAX,
            open: Vec::new(),
            is_empty: true,
        }
    }

    /// Writes a block of lines, with a blank line after it if anything follows.
    pub(super) fn block(&mut self, text: &str) -> fmt::Result {
        if self.is_bare() {
            // As nearly all blocks are. What they begin with can be no front matter.
            self.begin_bare_block()?;
            return self.out.write_str(text);
        }
        let mut rest = text;
        while let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) {
            self.line(&rest[..end])?;
            rest = &rest[end + 1..];
        }
        self.line(rest)?;
        self.end = End::BlankLine;
        Ok(())
    }

    /// Whether the next line is not the first of all, and has no prefix.
    fn is_bare(&self) -> bool {
        self.prefix.is_empty() && !self.is_first_line && !self.is_empty
    }

    /// Begins a block whose lines have no prefix, with a blank line after it if anything follows.
    #[inline]
    fn begin_bare_block(&mut self) -> fmt::Result {
        self.end_prefix = usize::MAX;
        match replace(&mut self.end, End::BlankLine) {
            End::None => Ok(()),
            End::LineFeed => self.out.write_char('\n'),
            End::BlankLine => self.out.write_str("\n\n"),
        }
    }

    /// Writes a line that the next one follows closely.
    ///
    /// An empty line is written before a first line that would be taken for the beginning of front matter.
    pub(super) fn line(&mut self, line: &str) -> fmt::Result {
        self.end_line()?;
        let is_first_line = take(&mut self.is_first_line);
        let prefix = if is_first_line { &self.first_prefix } else { &self.prefix };
        if take(&mut self.is_empty) && prefix.is_empty() && opens_front_matter(line) {
            self.out.write_char('\n')?;
        }
        // Most lines have no prefix.
        if !prefix.is_empty() {
            self.out.write_str(if line.is_empty() { prefix.trim_ascii_end() } else { prefix })?;
        }
        self.out.write_str(line)?;
        self.end = End::LineFeed;
        Ok(())
    }

    /// Sets whether a blank line stands before what follows. What stands before a list item or a quotation
    /// is settled once that begins, unless it leaves no trace.
    pub(super) fn set_blank_line(&mut self, blank: bool) {
        if self.end != End::None && !self.is_first_line {
            self.end = if blank { End::BlankLine } else { End::LineFeed };
        }
    }

    /// Whether the prefix is as long as it gets: what begins now has its list marker or `>`, but its lines
    /// are indented no further.
    pub(super) fn is_full(&self) -> bool {
        self.prefix.len() > MAX_PREFIX
    }

    /// Begins a list item or a quotation: adds `prefix` to the prefix of its lines, but `marker` to that of
    /// the first one.
    pub(super) fn indent(&mut self, prefix: &str, marker: &str) {
        let start = self.begin_marker();
        self.first_prefix.push_str(marker);
        self.end_marker(start, prefix);
    }

    /// Begins a list item with a number, and then with what shows whether it is checked.
    pub(super) fn indent_by_number(&mut self, number: i32, numbering: Numbering, checkbox: &str) {
        let start = self.begin_marker();
        // Writing to a string does not fail.
        let _ = item_number::write(&mut self.first_prefix, number, numbering);
        self.first_prefix.push_str(". ");
        let width = self.first_prefix.len() - start;
        self.first_prefix.push_str(checkbox);
        self.end_marker(start, &SPACES[..width]);
    }

    /// Returns where the marker of what begins now starts in the prefix of its first line.
    fn begin_marker(&mut self) -> usize {
        self.end_prefix = self.end_prefix.min(self.prefix.len());
        if !self.is_first_line {
            self.first_prefix.clone_from(&self.prefix);
        }
        self.first_prefix.len()
    }

    fn end_marker(&mut self, start: usize, prefix: &str) {
        let was_usual = !replace(&mut self.is_first_line, true);
        let marker = self.first_prefix.len() - start;
        self.open.push(Indent { around: self.prefix.len(), marker, was_usual });
        if !self.is_full() {
            self.prefix.push_str(prefix);
        }
    }

    /// Ends the list item or quotation that began last. If it has no line, its marker is on a line alone.
    pub(super) fn outdent(&mut self) -> fmt::Result {
        if self.is_first_line {
            self.line("")?;
        }
        let Indent { around, .. } = self.open.pop().unwrap_or_default();
        self.prefix.truncate(around);
        Ok(())
    }

    /// Ends the list item or quotation that began last. If it has no line, nothing is left of it. Returns
    /// whether it has one.
    pub(super) fn outdent_without_trace(&mut self) -> bool {
        let Indent { around, marker, was_usual } = self.open.pop().unwrap_or_default();
        self.prefix.truncate(around);
        let has_line = !self.is_first_line;
        if !has_line {
            self.first_prefix.truncate(self.first_prefix.len().saturating_sub(marker));
            self.is_first_line = !was_usual;
        }
        has_line
    }

    /// Whether nothing has been written of an item in a quotation in another item.
    pub(super) fn is_empty_in_quotation(&self) -> bool {
        self.is_first_line && self.prefix.contains("  >")
    }

    /// Whether the innermost of what is open is a list item.
    pub(super) fn is_in_item(&self) -> bool {
        self.prefix.ends_with("  ")
    }

    fn end_line(&mut self) -> fmt::Result {
        let end_prefix = replace(&mut self.end_prefix, usize::MAX);
        match replace(&mut self.end, End::None) {
            End::None => Ok(()),
            End::LineFeed => self.out.write_char('\n'),
            End::BlankLine => {
                let prefix = self.prefix.get(..end_prefix).unwrap_or(&self.prefix);
                self.out.write_char('\n')?;
                self.out.write_str(prefix.trim_ascii_end())?;
                self.out.write_char('\n')
            }
        }
    }

    /// Ends the last line.
    pub(super) fn finish(self) -> fmt::Result {
        match self.end {
            End::None => Ok(()),
            End::LineFeed | End::BlankLine => self.out.write_char('\n'),
        }
    }
}

impl<W: Sink> Lines<'_, W> {
    /// Begins a block in the string that it is written to: it needs no prefixes, so that it can be made where
    /// it stays. What is added to the string is the block, with a blank line after it if anything follows.
    ///
    /// `first` is the first byte of the block's sign, as `#` is, or of its text. It tells whether the block
    /// may be taken for the beginning of front matter: tags and marks before the text never are.
    #[inline]
    pub(super) fn begin_block(&mut self, first: u8) -> Option<&mut String> {
        let may_open_front_matter = self.is_empty && matches!(first, b'-' | b'+' | b'{' | 0xef);
        if !self.prefix.is_empty() || self.is_first_line || may_open_front_matter {
            return None;
        }
        self.out.as_string()?;
        // Writing to a string does not fail.
        self.begin_bare_block().ok()?;
        self.is_empty = false;
        self.out.as_string()
    }
}

/// Whether a reader of posts may take the first line of a file for that of front matter: YAML, TOML or JSON.
fn opens_front_matter(line: &str) -> bool {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_ascii_end();
    let in_braces = |rest: &str| matches!(rest.trim_ascii_start().bytes().next(), None | Some(b'"' | b'}'));
    matches!(line, "---" | "+++") || line.strip_prefix('{').is_some_and(in_braces)
}

/// The checkbox at the start of an item, as in GitHub's Markdown.
pub(super) fn checkbox(is_checked: bool) -> &'static str {
    if is_checked { "[x] " } else { "[ ] " }
}
