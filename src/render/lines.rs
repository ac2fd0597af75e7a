//! Lines of text inside lists and quotations, each after its prefix.

use std::fmt::{self, Write};

use memchr::memchr;

/// The length of a prefix, in bytes, from which on it grows no longer. A prefix is written with each line:
/// without a limit, a thousand lines in a thousand quotations would come to a million bytes of `>`.
const MAX_PREFIX: usize = 40;

/// Writes lines with their prefixes, and blank lines between them.
pub(super) struct Lines<'w, W> {
    out: &'w mut W,
    /// What stands before each line.
    prefix: String,
    /// The prefix of the next line, if that is another: one that ends with the list marker of an item.
    first_prefix: String,
    /// Whether it is.
    has_first_prefix: bool,
    end: End,
    /// For each list item or quotation that is open: the length of the prefix around it, and that of its
    /// own marker.
    outer: Vec<(usize, usize)>,
    /// Whether no line has been written.
    is_empty: bool,
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
            has_first_prefix: false,
            end: End::None,
            outer: Vec::new(),
            is_empty: true,
        }
    }

    /// Writes a block of lines, with a blank line after it if anything follows.
    pub(super) fn block(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(line_feed) = memchr(b'\n', rest.as_bytes()) {
            self.line(&rest[..line_feed])?;
            rest = &rest[line_feed + 1..];
        }
        self.line(rest)?;
        self.end = End::BlankLine;
        Ok(())
    }

    /// Writes a line that the next one follows closely.
    ///
    /// An empty line is written before a first line that would be taken for the beginning of front matter.
    pub(super) fn line(&mut self, line: &str) -> fmt::Result {
        self.end_line()?;
        let has_first_prefix = std::mem::take(&mut self.has_first_prefix);
        let prefix = if has_first_prefix { &self.first_prefix } else { &self.prefix };
        if std::mem::take(&mut self.is_empty) && prefix.is_empty() && opens_front_matter(line) {
            self.out.write_char('\n')?;
        }
        if !prefix.is_empty() {
            self.out.write_str(if line.is_empty() { prefix.trim_end() } else { prefix })?;
        }
        self.out.write_str(line)?;
        self.end = End::LineFeed;
        Ok(())
    }

    /// Sets whether a blank line stands before what follows.
    pub(super) fn set_blank_line(&mut self, blank: bool) {
        if self.end != End::None {
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
    pub(super) fn indent(&mut self, prefix: &str, marker: &str) -> fmt::Result {
        self.end_line()?;
        if !self.has_first_prefix {
            self.has_first_prefix = true;
            self.first_prefix.clone_from(&self.prefix);
        }
        self.first_prefix.push_str(marker);
        self.outer.push((self.prefix.len(), marker.len()));
        if !self.is_full() {
            self.prefix.push_str(prefix);
        }
        Ok(())
    }

    /// Ends the list item or quotation that began last. If it has no line, its marker is on a line alone.
    pub(super) fn outdent(&mut self) -> fmt::Result {
        if self.has_first_prefix {
            self.line("")?;
        }
        let (around, _) = self.outer.pop().unwrap_or_default();
        self.prefix.truncate(around);
        Ok(())
    }

    /// Ends the list item or quotation that began last. If it has no line, nothing is left of it. Returns
    /// whether it has one.
    pub(super) fn outdent_without_trace(&mut self) -> bool {
        let (around, marker) = self.outer.pop().unwrap_or_default();
        self.prefix.truncate(around);
        if self.has_first_prefix {
            self.first_prefix.truncate(self.first_prefix.len() - marker);
        }
        !self.has_first_prefix
    }

    /// Whether the innermost of what is open is a list item.
    pub(super) fn is_in_item(&self) -> bool {
        self.prefix.ends_with("  ")
    }

    fn end_line(&mut self) -> fmt::Result {
        match std::mem::replace(&mut self.end, End::None) {
            End::None => Ok(()),
            End::LineFeed => self.out.write_char('\n'),
            End::BlankLine if self.prefix.is_empty() => self.out.write_str("\n\n"),
            End::BlankLine => {
                self.out.write_char('\n')?;
                self.out.write_str(self.prefix.trim_end())?;
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
