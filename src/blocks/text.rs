//! A run of inline text: white space, line breaks and marks.
//!
//! White space is dealt with here and nowhere else, as the whole run is known: it collapses as in CSS, a line
//! break between two characters of a script without spaces joins them, and the edges are trimmed.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem::{discriminant, take};

use super::space::{clean_length, joins};
use super::urls::Urls;
use crate::bytes::{space_at, space_before_end};
use crate::chars::{is_blank, trim_blank};
use crate::post::{Mark, MarkKind, Text};

/// The text that is being collected, and the marks that are open.
#[derive(Default)]
pub(super) struct Run<'a> {
    text: Collected<'a>,
    /// What is known of the white space that may follow `text`.
    gap: Gap,
    /// The marks that were closed in this run, the inner before the outer.
    closed: Vec<ClosedMark<'a>>,
    /// Room for [`merged`].
    latest: Vec<(usize, Place)>,
    /// The marks that are open; they outlive the run.
    open: Vec<OpenMark<'a>>,
    /// Whether white space is kept as it is.
    preserve: bool,
}

/// The text of a run: the first clean slice is borrowed, the second makes a copy.
///
/// The copy is made in a buffer that all runs share, so that a text takes the memory that it needs and no more. In a
/// short body, the text that fills most of the buffer is probably the only one, and the buffer becomes the text.
#[derive(Default)]
struct Collected<'a> {
    slice: &'a str,
    buffer: String,
    /// How many bytes the buffer has room for from the first copy on.
    room: usize,
    /// Whether the body is short.
    is_short_body: bool,
    is_copied: bool,
}

/// How many bytes there is room for when a text is copied first, unless the body is [short](SHORT_BODY). Few texts are
/// longer.
const USUAL_TEXT: usize = 512;

/// How many bytes a body has that is probably one text.
const SHORT_BODY: usize = 1024;

impl<'a> Collected<'a> {
    fn as_str(&self) -> &str {
        if self.is_copied { &self.buffer } else { self.slice }
    }

    fn len(&self) -> usize {
        self.as_str().len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn push(&mut self, piece: &'a str) {
        if self.is_empty() {
            self.slice = piece;
        } else {
            self.push_copy(piece);
        }
    }

    fn push_copy(&mut self, piece: &str) {
        self.copied().push_str(piece);
    }

    /// Adds a character to a text that is not empty.
    fn push_char(&mut self, c: char) {
        self.copied().push(c);
    }

    fn copied(&mut self) -> &mut String {
        if !self.is_copied {
            if self.buffer.capacity() == 0 {
                self.buffer.reserve_exact(self.room.max(self.slice.len()));
            }
            self.buffer.push_str(self.slice);
            self.is_copied = true;
        }
        &mut self.buffer
    }

    /// A part of the text, which is spent.
    fn take(&mut self, from: usize, to: usize) -> Cow<'a, str> {
        if !self.is_copied {
            return Cow::Borrowed(&self.slice[from..to]);
        }
        if from > 0 || !self.is_short_body || to < self.buffer.capacity() / 2 {
            return Cow::Owned(self.buffer[from..to].to_owned());
        }
        let mut text = take(&mut self.buffer);
        text.truncate(to);
        text.shrink_to_fit();
        Cow::Owned(text)
    }

    fn clear(&mut self) {
        self.slice = "";
        self.buffer.clear();
        self.is_copied = false;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    #[default]
    None,
    /// Spaces and tabs.
    Space,
    /// White space with this many line feeds.
    Lines(usize),
    /// A line break that counts: `<br>`, or the border of a block in a caption.
    Break,
}

struct OpenMark<'a> {
    kind: MarkKind<'a>,
    /// Where its text begins in the run; unknown while it has none there.
    start: Option<usize>,
    /// Whether a text before this run has it too.
    is_repeated: bool,
    /// The place of its start tag.
    tag_at: Place,
}

impl OpenMark<'_> {
    /// The bytes that a copy takes: the text in the kind, and the mark itself.
    fn bytes(&self) -> usize {
        let text = match &self.kind {
            MarkKind::Link { href, title, .. } => href.len() + title.as_ref().map_or(0, |title| title.len()),
            MarkKind::Ruby { reading } => reading.len(),
            MarkKind::Anchor { id } => id.len(),
            MarkKind::Strong
            | MarkKind::Emphasis
            | MarkKind::Code
            | MarkKind::Underline
            | MarkKind::Strikethrough
            | MarkKind::Subscript
            | MarkKind::Superscript
            | MarkKind::Highlight
            | MarkKind::Quotation
            | MarkKind::Small
            | MarkKind::Math { .. }
            | MarkKind::Bidi { .. } => 0,
        };
        size_of::<Mark<'_>>() + text
    }
}

struct ClosedMark<'a> {
    mark: Mark<'a>,
    from_tag: Place,
    to_tag: Place,
}

/// The place of a tag: the length of the text before it, and whether white space comes in between. Marks
/// whose tags stand at one place touch, whichever of them has the white space.
type Place = (usize, bool);

impl<'a> Run<'a> {
    /// A run in a body of so many bytes.
    pub(super) fn new(body_bytes: usize) -> Self {
        let is_short_body = body_bytes < SHORT_BODY;
        let room = if is_short_body { body_bytes } else { USUAL_TEXT };
        let text = Collected { room, is_short_body, ..Collected::default() };
        Self { text, ..Self::default() }
    }

    /// Whether there is no text yet, white space aside.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether white space is kept as it is.
    pub(super) fn set_preserve(&mut self, preserve: bool) {
        self.preserve = preserve;
    }

    pub(super) fn preserves(&self) -> bool {
        self.preserve
    }

    /// Begins the next run after one without text, with the same marks open.
    pub(super) fn restart(&mut self) {
        self.gap = Gap::None;
        for open in &mut self.open {
            open.tag_at = Place::default();
        }
    }

    /// Adds a text of the source. If the caller wants to stop at a blank line, and one has come, returns the text after
    /// it.
    pub(super) fn push(&mut self, text: &'a str, stop_at_blank_line: bool) -> Option<&'a str> {
        self.push_by(text, stop_at_blank_line, Self::append)
    }

    /// The same for a text that is not the source's.
    pub(super) fn push_copy<'t>(&mut self, text: &'t str, stop_at_blank_line: bool) -> Option<&'t str> {
        self.push_by(text, stop_at_blank_line, Self::append_copy)
    }

    #[inline]
    fn push_by<'t>(
        &mut self,
        mut rest: &'t str,
        stop_at_blank_line: bool,
        append: impl Fn(&mut Self, &'t str),
    ) -> Option<&'t str> {
        if self.preserve {
            append(self, rest);
            return None;
        }
        loop {
            let (space, feeds) = space_at(rest.as_bytes());
            rest = &rest[space..];
            if space > 0 && self.push_space(feeds) && stop_at_blank_line {
                return Some(rest);
            }
            if rest.is_empty() {
                return None;
            }
            if self.gap != Gap::None {
                self.close_gap(rest);
            }
            // Most white space that collapses is at the end, before a tag.
            let (end, feeds) = space_before_end(rest.as_bytes());
            let clean = clean_length(&rest.as_bytes()[..end]);
            append(self, &rest[..clean]);
            if clean == end {
                let stops = end < rest.len() && self.push_space(feeds) && stop_at_blank_line;
                return stops.then_some("");
            }
            rest = &rest[clean..];
        }
    }

    /// Takes note of white space with so many line feeds in it. Returns whether there is a blank line in what stands
    /// after the text by now.
    pub(super) fn push_space(&mut self, feeds: usize) -> bool {
        if self.text.is_empty() {
            return false;
        }
        let before = match self.gap {
            Gap::Break => return false,
            Gap::Lines(feeds) => feeds,
            Gap::None | Gap::Space => 0,
        };
        let feeds = before + feeds;
        self.gap = if feeds == 0 { Gap::Space } else { Gap::Lines(feeds) };
        feeds >= 2
    }

    /// A line break that a reader sees. Returns whether it makes a blank line, which nothing but a second
    /// break does.
    pub(super) fn line_break(&mut self) -> bool {
        if self.preserve {
            self.append("\n");
            return false;
        }
        if self.text.is_empty() {
            return false;
        }
        // From the end, where a line that is not blank shows it at once: the text may be one long line.
        let last = || self.text.as_str().chars().rev().find(|&c| c == '\n' || !is_blank(c));
        let is_blank_line = self.gap == Gap::Break || matches!(last(), None | Some('\n'));
        self.gap = Gap::Break;
        is_blank_line
    }

    /// The border of a block in text that stays one piece: a line break, unless there is one.
    pub(super) fn border(&mut self) {
        if self.preserve {
            if !self.text.is_empty() && !self.text.as_str().ends_with('\n') {
                self.append("\n");
            }
        } else if !self.text.is_empty() {
            self.gap = Gap::Break;
        }
    }

    /// Begins a mark. Refused (`false`) if one of its kind is open: a mark inside itself says nothing, and
    /// a link inside a link leads nowhere else.
    pub(super) fn open_mark(&mut self, kind: MarkKind<'a>) -> bool {
        let is_open = self.open.iter().any(|open| discriminant(&open.kind) == discriminant(&kind));
        if !is_open {
            let tag_at = self.place();
            self.open.push(OpenMark { kind, start: None, is_repeated: false, tag_at });
        }
        !is_open
    }

    /// Ends the mark that was begun last.
    pub(super) fn close_mark(&mut self) {
        let Some(OpenMark { kind, start, tag_at, is_repeated: _ }) = self.open.pop() else { return };
        let to_tag = self.place();
        if let Some(start) = start {
            let mark = Mark { start, end: self.text.len(), kind };
            self.closed.push(ClosedMark { mark, from_tag: tag_at, to_tag });
            return;
        }
        // It marks white space at most: one of its kind that ended where it began goes on to here.
        let mut touching = self.closed.iter_mut().rev().take_while(|closed| closed.to_tag == tag_at);
        if let Some(before) = touching.find(|closed| closed.mark.kind == kind) {
            before.to_tag = to_tag;
        }
    }

    fn place(&self) -> Place {
        (self.text.len(), self.gap != Gap::None)
    }

    /// A copy of the URL of the link that is open.
    pub(super) fn copy_link(&self, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
        self.open.iter().find_map(|open| match &open.kind {
            MarkKind::Link { href, .. } => urls.copy(href),
            _ => None,
        })
    }

    /// The run as a text, or `None` if a reader would see nothing of it. The next run begins, with the same
    /// marks open.
    pub(super) fn finish(&mut self, urls: &Urls<'_>) -> Option<Text<'a>> {
        let end_tag = self.place();
        for open in self.open.iter_mut().rev() {
            let Some(start) = open.start.take() else { continue };
            // In the source it stands once.
            if !std::mem::replace(&mut open.is_repeated, true) || urls.spend(open.bytes()) {
                let mark = Mark { start, end: self.text.len(), kind: open.kind.clone() };
                self.closed.push(ClosedMark { mark, from_tag: open.tag_at, to_tag: end_tag });
            }
        }
        let finished = self.finished();
        self.closed.clear();
        self.text.clear();
        self.restart();
        finished
    }

    /// The text without what is blank at its edges.
    fn finished(&mut self) -> Option<Text<'a>> {
        let text = self.text.as_str();
        let kept = trim_blank(text);
        if kept.is_empty() {
            return None;
        }
        let mut from = offset_in(text, kept);
        let mut to = from + kept.len();
        if self.preserve {
            (from, to) = (0, text.len());
        }
        let marks = if self.closed.is_empty() {
            Vec::new()
        } else {
            tidy(&mut self.closed, &mut self.latest, text, from, to)
        };
        Some(Text { text: self.text.take(from, to), marks })
    }

    /// Writes what the white space before `next` comes to.
    fn close_gap(&mut self, next: &str) {
        match take(&mut self.gap) {
            Gap::None => {}
            Gap::Lines(_) if joins(self.text.as_str(), next) => {}
            Gap::Space | Gap::Lines(_) => self.text.push_char(' '),
            Gap::Break => self.text.push_char('\n'),
        }
    }

    /// Adds a piece of the source to the text and to the marks that have waited for text.
    fn append(&mut self, piece: &'a str) {
        if !piece.is_empty() {
            self.start_marks();
            self.text.push(piece);
        }
    }

    /// The same for a piece that is not the source's.
    fn append_copy(&mut self, piece: &str) {
        if !piece.is_empty() {
            self.start_marks();
            self.text.push_copy(piece);
        }
    }

    #[inline]
    fn start_marks(&mut self) {
        let start = self.text.len();
        for open in self.open.iter_mut().rev().take_while(|open| open.start.is_none()) {
            open.start = Some(start);
        }
    }
}

/// A part of a text, borrowed if the text is.
fn slice<'a>(text: &Cow<'a, str>, from: usize, to: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
        Cow::Owned(text) => Cow::Owned(text[from..to].to_owned()),
    }
}

/// A part that was found in a text, borrowed if the text is.
pub(super) fn part_of<'a>(text: &Cow<'a, str>, part: &str) -> Cow<'a, str> {
    let start = offset_in(text, part);
    slice(text, start, start + part.len())
}

/// Where a part of a text begins in it.
fn offset_in(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// The marks on the part of the text that is kept: merged with those of the same kind that they touch, trimmed of white
/// space, and in order. They come with the inner before the outer.
fn tidy<'a>(
    marks: &mut Vec<ClosedMark<'a>>,
    latest: &mut Vec<(usize, Place)>,
    text: &str,
    from: usize,
    to: usize,
) -> Vec<Mark<'a>> {
    marks.reverse();
    marks.retain_mut(|ClosedMark { mark, .. }| {
        (mark.start, mark.end) = (mark.start.max(from), mark.end.min(to));
        mark.start < mark.end
    });
    let mut tidied = merged(marks, latest);
    // Only now, for a mark may touch another with its white space, or with what is nothing else.
    tidied.retain_mut(|mark| {
        let marked = text.get(mark.start..mark.end).unwrap_or_default();
        let kept = trim_blank(marked);
        mark.start = mark.start + offset_in(marked, kept) - from;
        mark.end = mark.start + kept.len();
        mark.start < mark.end
    });
    // One that has grown may now be the longer of two that start together, one that was trimmed the shorter.
    tidied.sort_by_key(in_order);
    tidied
}

fn in_order(mark: &Mark<'_>) -> (usize, Reverse<usize>) {
    (mark.start, Reverse(mark.end))
}

/// The marks in order of their beginnings, each with those of the same kind that it touches.
///
/// `latest` holds for each kind (links count as one) where the last mark of it stands, and the place of its end tag.
fn merged<'a>(marks: &mut Vec<ClosedMark<'a>>, latest: &mut Vec<(usize, Place)>) -> Vec<Mark<'a>> {
    if marks.len() <= 1 {
        return marks.pop().map(|closed| vec![closed.mark]).unwrap_or_default();
    }
    marks.sort_by_key(|closed| in_order(&closed.mark));
    let mut merged: Vec<Mark<'a>> = Vec::with_capacity(marks.len());
    latest.clear();
    for ClosedMark { mark, from_tag, to_tag } in marks.drain(..) {
        let same_kind =
            |(index, _): &&mut (usize, Place)| discriminant(&merged[*index].kind) == discriminant(&mark.kind);
        match latest.iter_mut().find(same_kind) {
            Some((index, end_tag)) => {
                let before = &mut merged[*index];
                if before.kind == mark.kind && (mark.start <= before.end || from_tag == *end_tag) {
                    before.end = mark.end.max(before.end);
                    *end_tag = to_tag.max(*end_tag);
                    continue;
                }
                (*index, *end_tag) = (merged.len(), to_tag);
            }
            None => latest.push((merged.len(), to_tag)),
        }
        merged.push(mark);
    }
    merged
}
