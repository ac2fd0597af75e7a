//! Parts of a Markdown text that are to be read as something else than what CommonMark makes of them.
//!
//! pulldown-cmark is given a text of the same length, in which such a part is a short piece of HTML, or
//! blank. Each offset in that text is one in the Markdown, and what was covered is still to be had from
//! there.
//!
//! ```text
//! the Markdown   <div>↵↵  text↵</div>↵*more*      `a`{: .b}
//! what is read   <!AAAAAAAAAAAAAAAAA>↵*more*      `a`<!AA >
//! ```

use std::borrow::Cow;
use std::ops::Range;

use super::indented::{INDENTATION, Indented};

/// A part of the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// HTML.
    Html,
    /// What an extension holds: HTML, without the extension's own tags.
    Inner(Range<usize>),
    /// Text in which nothing has a meaning.
    Text,
    /// A formula, whose TeX is in the given range. `is_display` says that it has lines of its own.
    Formula { tex: Range<usize>, is_display: bool },
    /// A formula that is a block.
    FormulaBlock(Range<usize>),
    /// Attributes of the element before, in the given range.
    Attributes(Range<usize>),
    /// What is shown nowhere, unless it turns out to stand in code.
    Nothing,
    /// What is shown nowhere at all.
    Separator,
}

/// Attributes that stand on a line of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BlockAttributes {
    /// What stands between the braces.
    pub(super) inner: Range<usize>,
    /// The end of the text before, if that is on the line before: the attributes belong to the block that
    /// ends there.
    pub(super) follows: Option<usize>,
    /// Where the next text that is not blank begins.
    pub(super) precedes: usize,
}

/// What pulldown-cmark is given, and what it does not see.
#[derive(Debug, Default)]
pub(super) struct Prepared<'s> {
    /// A text of the same length as the Markdown.
    pub(super) text: Cow<'s, str>,
    /// In order, and apart from each other.
    pub(super) parts: Vec<Part>,
    /// In order.
    pub(super) attributes: Vec<BlockAttributes>,
    pub(super) boxes: Indented,
}

/// Covers parts of a text, from its start to its end.
#[derive(Debug)]
pub(super) struct Cover<'s> {
    text: &'s str,
    /// What is read instead, up to `done`; empty as long as nothing is covered.
    read: String,
    done: usize,
    parts: Vec<Part>,
}

impl<'s> Cover<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self { text, read: String::new(), done: 0, parts: Vec::new() }
    }

    pub(super) fn finish(mut self, attributes: Vec<BlockAttributes>, boxes: Indented) -> Prepared<'s> {
        if self.done == 0 {
            return Prepared { text: Cow::Borrowed(self.text), parts: self.parts, attributes, boxes };
        }
        self.read.push_str(&self.text[self.done..]);
        debug_assert_eq!(self.read.len(), self.text.len());
        Prepared { text: Cow::Owned(self.read), parts: self.parts, attributes, boxes }
    }

    /// Covers the part by a block of HTML that ends at the end of its line. Too short a part is left as it
    /// is.
    pub(super) fn block(&mut self, range: Range<usize>, kind: Kind) {
        self.declaration(range, kind, ">");
    }

    /// The same, where the line goes on after the part: the rest of it becomes a line of its own.
    pub(super) fn block_and_line(&mut self, range: Range<usize>, kind: Kind) {
        self.declaration(range, kind, ">\n");
    }

    /// Covers the part by inline HTML. It must not begin a line: a declaration there is a block.
    pub(super) fn inline(&mut self, range: Range<usize>, kind: Kind) {
        self.declaration(range, kind, ">");
    }

    fn declaration(&mut self, range: Range<usize>, kind: Kind, end: &str) {
        const START: &str = "<!A";
        if let Some(length) = range.len().checked_sub(START.len() + end.len()) {
            self.part(range, kind);
            self.read.push_str(START);
            self.read.extend(std::iter::repeat_n('A', length));
            self.read.push_str(end);
        }
    }

    /// Covers the part by a code span, which begins no block.
    pub(super) fn code(&mut self, range: Range<usize>, kind: Kind) {
        if let Some(length) = range.len().checked_sub(2) {
            self.part(range, kind);
            self.read.push('`');
            self.read.extend(std::iter::repeat_n('A', length));
            self.read.push('`');
        }
    }

    /// Covers the part by a word.
    pub(super) fn word(&mut self, range: Range<usize>, kind: Kind) {
        let length = range.len();
        self.part(range, kind);
        self.read.extend(std::iter::repeat_n('A', length));
    }

    /// Covers the byte at the offset, which is alone on its line, by a heading without text: that ends lists,
    /// as nothing shorter does without a blank line before.
    pub(super) fn separator(&mut self, at: usize) {
        self.part(at..at + 1, Kind::Separator);
        self.read.push('#');
    }

    /// Covers the indentation at the offset by a list marker.
    pub(super) fn marker(&mut self, at: usize) {
        self.part(at..at + INDENTATION, Kind::Nothing);
        self.read.push_str("+   ");
    }

    /// Covers the part by blanks. Its lines stay lines.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        let covered = &self.text[range.clone()];
        self.part(range, Kind::Nothing);
        self.read.extend(covered.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }

    fn part(&mut self, range: Range<usize>, kind: Kind) {
        if self.read.is_empty() {
            self.read.reserve(self.text.len());
        }
        self.read.push_str(&self.text[self.done..range.start]);
        self.done = range.end;
        self.parts.push(Part { range, kind });
    }
}
