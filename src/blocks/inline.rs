//! Inline content: pieces of text, white space, line breaks and marks in, one text out.
//!
//! White space is dealt with here and nowhere else, where the whole text is known: it collapses as in CSS, a
//! line break between two characters of a script without spaces joins them, and the edges are trimmed.

use std::borrow::Cow;
use std::mem::{discriminant, replace};

use super::borrowed::offset_in;
use super::buffer::TextBuffer;
use super::marks::{ClosedMark, MarkSorter, OpenMark, TagPosition};
use super::ruby::RubyBuilder;
use super::urls::Urls;
use crate::chars::{has_visible_edges, trim_blank};
use crate::html::event::Edge;
use crate::post::{Mark, MarkKind, Text};
use crate::rarely::rarely;

/// The text that is being collected, and the marks that are open.
#[derive(Default)]
pub(super) struct InlineBuilder<'a> {
    pub(super) text: TextBuffer<'a>,
    /// The white space after `text`, which is written once more text follows.
    pub(super) gap: Gap,
    /// The marks of this text that were closed, the inner before the outer.
    pub(super) closed: Vec<ClosedMark<'a>>,
    sorter: MarkSorter,
    /// The marks that are open. They go on in the next text.
    pub(super) open: Vec<OpenMark<'a>>,
    pub(super) ruby: RubyBuilder<'a>,
    /// Whether white space is kept as it is.
    pub(super) preserve: bool,
    /// The number of bytes that were left out at the start of the last finished text.
    cut: usize,
    /// Whether the text is code: its white space is kept, or a code mark is open.
    pub(super) is_code: bool,
    /// A line break that was dropped, and may turn out to say something.
    pub(super) unsettled: Option<Unsettled>,
    /// Whether the next piece cannot simply be added: the text is code, or something is unsettled.
    pub(super) is_special: bool,
    /// The length of the text where an inline element ended that touched it; 0 if none did.
    pub(super) touched: usize,
    /// The length of the text that is a drop capital, as long as nothing else has come; or 0.
    pub(super) drop_cap: usize,
}

/// A text up to a point, to which it can be taken back.
#[derive(Debug, Clone, Copy)]
pub(super) struct SavedText {
    pub(super) length: usize,
    pub(super) gap: Gap,
}

/// White space that was dropped before what may not be a word of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unsettled {
    /// Where it was.
    pub(super) at: usize,
    pub(super) before: Before,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A comma or a full stop.
    Stop,
    /// What may be the rest of the word that a drop capital begins. The white space is blanks, or not.
    WordRest { is_blank: bool },
}

/// White space after a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gap {
    #[default]
    None,
    /// A medium, which is shown beside the text.
    Medium,
    /// Spaces and tabs.
    Space,
    /// White space with this many line feeds.
    Lines(usize),
    /// The same, between two inline elements that are on lines of their own.
    Siblings(usize),
    /// Something has gone here. With the line feeds of the white space around it, if there is some.
    Removed(Option<usize>),
    /// A line break that a reader sees: `<br>`, or a block boundary in a caption.
    Break,
    /// A line break, and the number of blanks that the line of code after it begins with.
    Indent(usize),
    /// A block boundary after a drop capital, which is one unless the word goes on.
    Boundary,
}

impl Gap {
    /// White space with this many line feeds.
    #[inline]
    pub(super) fn of(feeds: usize) -> Self {
        if feeds == 0 { Self::Space } else { Self::Lines(feeds) }
    }

    /// The white space at an edge of a text.
    #[inline]
    pub(super) fn at(edge: Edge) -> Self {
        match edge {
            Edge::None => Self::None,
            Edge::Spaces => Self::Space,
            Edge::Line => Self::Lines(1),
        }
    }
}

impl<'a> InlineBuilder<'a> {
    /// A builder for the texts of a body of `body_bytes` bytes.
    pub(super) fn new(body_bytes: usize) -> Self {
        Self { text: TextBuffer::new(body_bytes), ..Self::default() }
    }

    /// Whether no text has come yet, white space aside.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text as far as it has come, with its blank beginning.
    pub(super) fn so_far(&self) -> &str {
        self.text.as_str()
    }

    /// The length of the text, in bytes, without the white space after it.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether the text is a character or two.
    #[inline]
    pub(super) fn is_short(&self) -> bool {
        matches!(self.text.len(), 1..8)
    }

    /// Sets whether white space is kept as it is.
    #[inline]
    pub(super) fn set_preserve(&mut self, preserve: bool) {
        if preserve != self.preserve {
            self.preserve = preserve;
            self.note_code();
        }
    }

    pub(super) fn note_code(&mut self) {
        self.is_code = self.preserve || self.open.iter().any(|open| matches!(open.kind, MarkKind::Code));
        self.is_special = self.is_code || self.unsettled.is_some();
    }

    /// Whether the text is code.
    pub(super) fn is_in_code(&self) -> bool {
        self.is_code
    }

    /// Whether white space is kept as it is.
    pub(super) fn preserves(&self) -> bool {
        self.preserve
    }

    /// Begins a mark. Returns `false`, and does nothing, if a mark of the same kind is open: a mark inside
    /// itself says nothing, and browsers know no link inside a link.
    #[expect(clippy::inline_always, reason = "the start of each mark")]
    #[inline(always)]
    pub(super) fn open_mark(&mut self, kind: MarkKind<'a>) -> bool {
        let is_open = match kind {
            // One direction in another says something.
            MarkKind::Bidi { .. } => {
                rarely();
                let mut open = self.open.iter().rev().map(|open| &open.kind);
                open.find(|open| matches!(open, MarkKind::Bidi { .. })) == Some(&kind)
            }
            _ => self.open.iter().any(|open| discriminant(&open.kind) == discriminant(&kind)),
        };
        if !is_open {
            let start_tag = self.tag_position();
            if matches!(kind, MarkKind::Code) {
                (self.is_code, self.is_special) = (true, true);
            }
            self.open.push(OpenMark { kind, start: None, is_repeated: false, start_tag });
        }
        self.begin_element();
        !is_open
    }

    /// Ends the mark that was begun last.
    #[expect(clippy::inline_always, reason = "the end of each mark")]
    #[inline(always)]
    pub(super) fn close_mark(&mut self) {
        let Some(open) = self.open.pop() else {
            rarely();
            return;
        };
        let end_tag = self.tag_position();
        self.end_element();
        let is_code = matches!(open.kind, MarkKind::Code);
        if let Some(start) = open.start {
            let mark = Mark { start, end: end_tag.0, kind: open.kind };
            self.closed.push(ClosedMark { mark, start_tag: open.start_tag, end_tag });
        } else {
            self.end_blank_mark(&open, end_tag);
        }
        if is_code {
            self.note_code();
        }
    }

    /// Ends a mark that holds white space at most. A mark of the same kind that ends where this one begins
    /// takes it over.
    #[cold]
    fn end_blank_mark(&mut self, blank: &OpenMark<'a>, end_tag: TagPosition) {
        let mut touching =
            self.closed.iter_mut().rev().take_while(|closed| closed.end_tag == blank.start_tag);
        if let Some(before) = touching.find(|closed| closed.mark.kind == blank.kind) {
            before.end_tag = end_tag;
        }
    }

    pub(super) fn open_ruby(&mut self) {
        self.ruby.open(self.text.len());
    }

    pub(super) fn close_ruby(&mut self) {
        let marks = self.ruby.close();
        self.add_ruby_marks(marks);
    }

    pub(super) fn open_ruby_base(&mut self) {
        self.ruby.open_part(self.text.len());
    }

    pub(super) fn close_ruby_base(&mut self) {
        self.ruby.close_part(self.text.len());
    }

    /// Begins a reading. Returns `false`, and does nothing, if there is no base.
    pub(super) fn open_reading(&mut self) -> bool {
        let earliest = self.earliest_base();
        self.ruby.open_reading(self.text.as_str(), earliest)
    }

    /// Where the base of a reading that comes now can begin at the earliest, for it not to cross a link.
    fn earliest_base(&self) -> usize {
        let Some(start) = self.ruby.base_start() else { return 0 };
        let is_link = |kind: &MarkKind<'_>| kind.link_href().is_some();
        let closed = self.closed.iter().rev().map(|closed| &closed.mark).take_while(|mark| mark.end > start);
        let crossed = closed.filter(|mark| mark.start < start && is_link(&mark.kind)).map(|mark| mark.end);
        let open = self.open.iter().filter(|open| is_link(&open.kind)).filter_map(|open| open.start);
        crossed.chain(open).fold(start, usize::max)
    }

    /// Whether a reading is open.
    pub(super) fn is_reading(&self) -> bool {
        self.ruby.is_reading()
    }

    /// Adds text to the reading.
    pub(super) fn push_reading(&mut self, text: &str) {
        self.ruby.push(text);
    }

    /// Begins another reading in the same element.
    pub(super) fn split_reading(&mut self) {
        self.ruby.split_reading();
    }

    pub(super) fn end_reading(&mut self) {
        self.ruby.end_reading();
    }

    /// The text up to here is not part of the next base of a ruby.
    pub(super) fn skip_ruby_base(&mut self) {
        self.ruby.skip_to(self.text.len());
    }

    fn add_ruby_marks(&mut self, marks: Vec<Mark<'a>>) {
        self.closed.extend(marks.into_iter().map(|mark| ClosedMark {
            start_tag: (mark.start, false),
            end_tag: (mark.end, false),
            mark,
        }));
    }

    /// The text up to here.
    pub(super) fn saved(&self) -> SavedText {
        SavedText { length: self.text.len(), gap: self.gap }
    }

    /// What has come after `saved`, in the same text.
    pub(super) fn text_since(&self, saved: SavedText) -> &str {
        self.text.as_str().get(saved.length..).unwrap_or_default()
    }

    /// Takes back what has come after `saved`, in the same text, where no ruby is.
    pub(super) fn restore(&mut self, saved: SavedText) {
        let SavedText { length, gap } = saved;
        if length > self.text.len() {
            return;
        }
        self.text.truncate(length);
        self.gap = gap;
        (self.unsettled, self.touched) = (None, 0);
        self.drop_cap = self.drop_cap.min(length);
        self.closed.retain_mut(|ClosedMark { mark, .. }| {
            mark.end = mark.end.min(length);
            mark.start < mark.end
        });
        for open in &mut self.open {
            open.start = open.start.filter(|start| *start < length);
        }
    }

    /// Whether a `<ruby>` is open.
    pub(super) fn is_in_ruby(&self) -> bool {
        !self.ruby.is_empty()
    }

    /// The number of bytes that were left out at the start of the last finished text.
    pub(super) fn cut(&self) -> usize {
        self.cut
    }

    /// The position of a tag that comes now.
    pub(super) fn tag_position(&self) -> TagPosition {
        (self.text.len(), !matches!(self.gap, Gap::None | Gap::Medium))
    }

    /// A copy of the URL of the open link.
    pub(super) fn copy_link(&self, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
        let href = self.open.iter().find_map(|open| open.kind.link_href())?;
        urls.copy(href)
    }

    /// Ends the text and returns it, or `None` if it has nothing visible. The next text begins, with the same
    /// marks open.
    #[inline(never)]
    pub(super) fn finish(&mut self, urls: &Urls<'_>) -> Option<Text<'a>> {
        match self.take_plain() {
            Some(text) => Some(Text { text: Cow::Borrowed(text), marks: Vec::new() }),
            None => self.finish_other(urls),
        }
    }

    /// The text, if it is a piece of the source that is plainly visible up to its edges, without marks: most
    /// texts are. The next text begins.
    #[expect(clippy::inline_always, reason = "the end of nearly each text")]
    #[inline(always)]
    pub(super) fn take_plain(&mut self) -> Option<&'a str> {
        let (text, is_copied) = self.text.piece();
        let has_marks = !self.closed.is_empty() | !self.open.is_empty() | !self.ruby.is_empty();
        // One branch for all, since each is hard to predict.
        if is_copied | has_marks | self.unsettled.is_some() | !has_visible_edges(text.as_bytes()) {
            return None;
        }
        self.text.clear_piece();
        self.gap = Gap::None;
        (self.cut, self.touched, self.drop_cap) = (0, 0, 0);
        Some(text)
    }

    /// [`finish`](Self::finish) for a text that is not [plain](Self::take_plain).
    #[inline(never)]
    pub(super) fn finish_other(&mut self, urls: &Urls<'_>) -> Option<Text<'a>> {
        if self.unsettled.is_some() || !self.open.is_empty() || !self.ruby.is_empty() {
            self.end_open(urls);
        }
        let text = self.text.as_str();
        let kept = trim_blank(text);
        if kept.is_empty() {
            self.closed.clear();
            self.begin_next();
            return None;
        }
        let (mut from, mut to) = (0, text.len());
        if kept.len() < to && !self.preserve {
            from = offset_in(text, kept);
            to = from + kept.len();
        }
        self.cut = from;
        let marks = if self.closed.is_empty() {
            Vec::new()
        } else {
            self.sorter.sorted(&mut self.closed, text, from, to)
        };
        let text = self.text.take(from, to);
        self.begin_next();
        Some(Text { text, marks })
    }

    /// Ends what is open at the end of a text: readings, marks, and what is unsettled.
    #[cold]
    fn end_open(&mut self, urls: &Urls<'_>) {
        if !self.ruby.is_empty() {
            let marks = self.ruby.end_text();
            self.add_ruby_marks(marks);
        }
        if self.unsettled.is_some() {
            self.settle(None);
            self.unsettled = None;
            self.note_code();
        }
        let end_tag = self.tag_position();
        for open in self.open.iter_mut().rev() {
            let Some(start) = open.start.take() else { continue };
            // The first text has the mark that stands in the source, later ones have copies.
            if !replace(&mut open.is_repeated, true) || urls.spend(open.bytes()) {
                let mark = Mark { start, end: self.text.len(), kind: open.kind.clone() };
                self.closed.push(ClosedMark { mark, start_tag: open.start_tag, end_tag });
            }
        }
    }

    /// Begins the next text, with the same marks open. After an empty text there is nothing to do: neither
    /// white space nor a tag has been noted.
    fn begin_next(&mut self) {
        self.text.clear();
        self.gap = Gap::None;
        (self.touched, self.drop_cap) = (0, 0);
        for open in &mut self.open {
            open.start_tag = TagPosition::default();
        }
    }
}
