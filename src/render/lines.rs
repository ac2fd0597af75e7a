//! Lines of text inside lists and quotations, each behind its prefix.

use std::fmt::{self, Write};

/// Up to what width of the prefix, in bytes, something that is begun makes it longer. A prefix is written with each line,
/// so that without an end a thousand lines in a thousand quotations would come to a million signs.
const WIDEST: usize = 40;

/// Writes lines, and what stands before and between them.
pub(super) struct Lines<'w, W> {
    out: &'w mut W,
    /// What stands before each line.
    prefix: String,
    /// What stands before the next line instead: the prefix with the mark of an item.
    lead: Option<String>,
    gap: Gap,
    /// The lengths of the prefixes around those that are open.
    outer: Vec<usize>,
    /// Whether no line has been written.
    is_empty: bool,
}

/// What is left free before the next line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing has been written, or the line has begun.
    None,
    Line,
    BlankLine,
}

impl<'w, W: Write> Lines<'w, W> {
    pub(super) fn new(out: &'w mut W) -> Self {
        Self { out, prefix: String::new(), lead: None, gap: Gap::None, outer: Vec::new(), is_empty: true }
    }

    /// Writes a block of lines, with a blank line after it if anything follows.
    pub(super) fn block(&mut self, text: &str) -> fmt::Result {
        for line in text.split('\n') {
            self.line(line)?;
        }
        self.gap = Gap::BlankLine;
        Ok(())
    }

    /// Writes a line that the next one follows closely.
    ///
    /// An empty line is written before a first line that would be taken for the beginning of front matter.
    pub(super) fn line(&mut self, line: &str) -> fmt::Result {
        self.close_gap()?;
        let lead = self.lead.take();
        let before = lead.as_deref().unwrap_or(&self.prefix);
        if std::mem::take(&mut self.is_empty) && before.is_empty() && opens_front_matter(line) {
            self.out.write_char('\n')?;
        }
        self.out.write_str(if line.is_empty() { before.trim_end() } else { before })?;
        self.out.write_str(line)?;
        self.gap = Gap::Line;
        Ok(())
    }

    /// Leaves a blank line before what follows, or none.
    pub(super) fn set_blank_line(&mut self, blank: bool) {
        if self.gap != Gap::None {
            self.gap = if blank { Gap::BlankLine } else { Gap::Line };
        }
    }

    /// Whether the prefix is as wide as it gets: what is begun now has its mark, but no place of its own.
    pub(super) fn is_full(&self) -> bool {
        self.prefix.len() > WIDEST
    }

    /// Begins something whose lines stand behind `prefix`, the first one behind `mark`.
    pub(super) fn indent(&mut self, prefix: &str, mark: &str) -> fmt::Result {
        self.close_gap()?;
        let mut lead = self.lead.take().unwrap_or_else(|| self.prefix.clone());
        lead.push_str(mark);
        self.lead = Some(lead);
        self.outer.push(self.prefix.len());
        if !self.is_full() {
            self.prefix.push_str(prefix);
        }
        Ok(())
    }

    /// Ends what was begun last. A mark behind which nothing stood stands alone.
    pub(super) fn outdent(&mut self) -> fmt::Result {
        if self.lead.is_some() {
            self.line("")?;
        }
        self.prefix.truncate(self.outer.pop().unwrap_or_default());
        Ok(())
    }

    /// Whether the innermost thing that was begun is an item of a list.
    pub(super) fn is_in_item(&self) -> bool {
        self.prefix.ends_with("  ")
    }

    fn close_gap(&mut self) -> fmt::Result {
        match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::None => Ok(()),
            Gap::Line => self.out.write_char('\n'),
            Gap::BlankLine => {
                self.out.write_char('\n')?;
                self.out.write_str(self.prefix.trim_end())?;
                self.out.write_char('\n')
            }
        }
    }

    /// Ends the last line.
    pub(super) fn finish(self) -> fmt::Result {
        match self.gap {
            Gap::None => Ok(()),
            Gap::Line | Gap::BlankLine => self.out.write_char('\n'),
        }
    }
}

/// Whether a reader of posts may take the first line of a file for that of front matter: YAML, TOML or JSON.
fn opens_front_matter(line: &str) -> bool {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_ascii_end();
    let in_braces = |rest: &str| matches!(rest.trim_ascii_start().bytes().next(), None | Some(b'"' | b'}'));
    matches!(line, "---" | "+++") || line.strip_prefix('{').is_some_and(in_braces)
}
