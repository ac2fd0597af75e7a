//! A run of inline text: white space, line breaks and marks.
//!
//! White space is dealt with here and nowhere else, as the whole run is known: it collapses as in CSS, a line
//! break between two characters of a script without spaces joins them, and the edges are trimmed.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem::{discriminant, take};

use super::urls::Urls;
use crate::chars::{is_blank, is_cjk, is_shared_punctuation, is_variation};
use crate::post::{Mark, MarkKind, Text};

/// The text that is being collected, and the marks that are open.
///
/// The first clean slice is borrowed; the second piece makes the text owned.
#[derive(Default)]
pub(super) struct Run<'a> {
    text: Cow<'a, str>,
    /// What is known of the white space that may follow `text`.
    gap: Gap,
    /// The marks that were closed in this run, the inner before the outer.
    closed: Vec<ClosedMark<'a>>,
    /// The marks that are open; they outlive the run.
    open: Vec<OpenMark<'a>>,
    /// Whether white space is kept as it is.
    preserve: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    #[default]
    None,
    /// Spaces and tabs.
    Space,
    /// White space with this many line feeds.
    Lines(u32),
    /// A line break that counts: `<br>`, or the border of a block in a caption.
    Break,
}

struct OpenMark<'a> {
    kind: MarkKind<'a>,
    /// Where its text begins in the run; unknown while it has none there.
    start: Option<usize>,
    /// The place of its start tag.
    tag_at: Place,
}

impl OpenMark<'_> {
    /// The bytes of text in the kind.
    fn kind_bytes(&self) -> usize {
        match &self.kind {
            MarkKind::Link { href, title } => href.len() + title.as_ref().map_or(0, |title| title.len()),
            _ => 0,
        }
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
    /// Whether there is no text yet, white space aside.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether white space is kept as it is.
    pub(super) fn set_preserve(&mut self, preserve: bool) {
        self.preserve = preserve;
    }

    /// Adds `text` from the byte `from` on. If the caller wants to stop at a blank line, and one has come,
    /// returns where the text after it begins.
    #[expect(clippy::ptr_arg, reason = "what is borrowed from the source stays borrowed")]
    pub(super) fn push(
        &mut self,
        text: &Cow<'a, str>,
        mut from: usize,
        stop_at_blank_line: bool,
    ) -> Option<usize> {
        if self.preserve {
            self.append(slice(text, from, text.len()));
            return None;
        }
        while from < text.len() {
            let rest = &text[from..];
            let space = space_length(rest);
            self.widen_gap(&rest[..space]);
            from += space;
            if stop_at_blank_line && matches!(self.gap, Gap::Lines(2..)) {
                return Some(from);
            }
            let clean = clean_length(&text[from..]);
            if clean > 0 {
                self.close_gap(&text[from..from + clean]);
                self.append(slice(text, from, from + clean));
                from += clean;
            }
        }
        None
    }

    /// A line break that a reader sees. Returns whether it makes a blank line, which nothing but a second
    /// break does.
    pub(super) fn line_break(&mut self) -> bool {
        if self.preserve {
            self.append(Cow::Borrowed("\n"));
            return false;
        }
        if self.text.is_empty() {
            return false;
        }
        // From the end, where a line that is not blank shows it at once: the text may be one long line.
        let last = || self.text.chars().rev().find(|&c| c == '\n' || !is_blank(c));
        let is_blank_line = self.gap == Gap::Break || matches!(last(), None | Some('\n'));
        self.gap = Gap::Break;
        is_blank_line
    }

    /// The border of a block in text that stays one piece: a line break, unless there is one.
    pub(super) fn border(&mut self) {
        if self.preserve {
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.append(Cow::Borrowed("\n"));
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
            self.open.push(OpenMark { kind, start: None, tag_at });
        }
        !is_open
    }

    /// Ends the mark that was begun last.
    pub(super) fn close_mark(&mut self) {
        if let Some(OpenMark { kind, start: Some(start), tag_at }) = self.open.pop() {
            let mark = Mark { start, end: self.text.len(), kind };
            self.closed.push(ClosedMark { mark, from_tag: tag_at, to_tag: self.place() });
        }
    }

    fn place(&self) -> Place {
        (self.text.len(), self.gap != Gap::None)
    }

    /// A copy of the URL of the link that is open.
    pub(super) fn copy_link(&self, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
        self.open.iter().find_map(|open| match &open.kind {
            MarkKind::Link { href, .. } if urls.spend(href.len()) => Some(href.clone()),
            _ => None,
        })
    }

    /// The run as a text, or `None` if a reader would see nothing of it. The next run begins, with the same
    /// marks open.
    pub(super) fn finish(&mut self, urls: &Urls<'_>) -> Option<Text<'a>> {
        let end_tag = self.place();
        self.gap = Gap::None;
        let text = take(&mut self.text);
        let mut marks = take(&mut self.closed);
        for open in self.open.iter_mut().rev() {
            let from_tag = take(&mut open.tag_at);
            let Some(start) = open.start.take() else { continue };
            if urls.spend(open.kind_bytes()) {
                let mark = Mark { start, end: text.len(), kind: open.kind.clone() };
                marks.push(ClosedMark { mark, from_tag, to_tag: end_tag });
            }
        }
        let kept_from = text.len() - text.trim_start_matches(is_blank).len();
        let kept = text[kept_from..].trim_end_matches(is_blank).len();
        if kept == 0 {
            return None;
        }
        if self.preserve {
            return Some(Text { marks: tidy(marks, &text, 0, text.len()), text });
        }
        let kept_to = kept_from + kept;
        let marks = tidy(marks, &text, kept_from, kept_to);
        Some(Text { text: cut(text, kept_from, kept_to), marks })
    }

    /// Takes note of white space that stands after the text.
    fn widen_gap(&mut self, space: &str) {
        if space.is_empty() || self.text.is_empty() {
            return;
        }
        let feeds = u32::try_from(memchr::memchr_iter(b'\n', space.as_bytes()).count()).unwrap_or(u32::MAX);
        self.gap = match self.gap {
            Gap::Break => Gap::Break,
            Gap::None | Gap::Space if feeds == 0 => Gap::Space,
            Gap::None | Gap::Space => Gap::Lines(feeds),
            Gap::Lines(before) => Gap::Lines(before.saturating_add(feeds)),
        };
    }

    /// Writes what the white space before `next` comes to.
    fn close_gap(&mut self, next: &str) {
        match take(&mut self.gap) {
            Gap::None => {}
            Gap::Lines(_) if joins(&self.text, next) => {}
            Gap::Space | Gap::Lines(_) => self.text.to_mut().push(' '),
            Gap::Break => self.text.to_mut().push('\n'),
        }
    }

    /// Adds a piece to the text and to the marks that have waited for text.
    fn append(&mut self, piece: Cow<'a, str>) {
        if piece.is_empty() {
            return;
        }
        let start = self.text.len();
        for open in self.open.iter_mut().rev().take_while(|open| open.start.is_none()) {
            open.start = Some(start);
        }
        if self.text.is_empty() {
            self.text = piece;
        } else {
            self.text.to_mut().push_str(&piece);
        }
    }
}

/// How many bytes of white space a text begins with.
fn space_length(text: &str) -> usize {
    text.len() - text.trim_ascii_start().len()
}

/// The length of the longest beginning of `text` in which white space is already collapsed. `text` does not
/// begin with white space; a single space at its end is left out.
fn clean_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    for others in [memchr::memchr2(b'\n', b'\t', bytes), memchr::memchr2(b'\r', b'\x0c', bytes)] {
        end = others.map_or(end, |other| end.min(other));
    }
    end = memchr::memmem::find(&bytes[..end], b"  ").unwrap_or(end);
    end - usize::from(bytes[..end].ends_with(b" "))
}

/// Whether a line break between the two texts is one that the script has no space for.
fn joins(before: &str, after: &str) -> bool {
    let before = before.chars().rev().find(|c| !is_variation(*c));
    let (Some(before), Some(after)) = (before, after.chars().next()) else { return false };
    let fits = |c| is_cjk(c) || is_shared_punctuation(c);
    fits(before) && fits(after) && (is_cjk(before) || is_cjk(after))
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
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    slice(text, start, start + part.len())
}

/// A part of a text, in place.
fn cut(text: Cow<'_, str>, from: usize, to: usize) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
        Cow::Owned(mut text) => {
            text.truncate(to);
            text.drain(..from);
            Cow::Owned(text)
        }
    }
}

/// The marks on the part of the text that is kept: trimmed of white space, merged with those of the same
/// kind that they touch, and in order. They come with the inner before the outer.
fn tidy<'a>(mut marks: Vec<ClosedMark<'a>>, text: &str, from: usize, to: usize) -> Vec<Mark<'a>> {
    if marks.is_empty() {
        return Vec::new();
    }
    marks.reverse();
    marks.retain_mut(|ClosedMark { mark, .. }| {
        let (start, end) = (mark.start.max(from), mark.end.min(to));
        let marked = text.get(start..end).unwrap_or_default();
        mark.start = start + marked.len() - marked.trim_start_matches(is_blank).len() - from;
        mark.end = mark.start + marked.trim_matches(is_blank).len();
        mark.start < mark.end
    });
    let in_order = |mark: &Mark<'_>| (mark.start, Reverse(mark.end));
    marks.sort_by_key(|closed| in_order(&closed.mark));

    let mut merged: Vec<Mark<'a>> = Vec::with_capacity(marks.len());
    // For each kind (links count as one) where the last mark of it stands, and the place of its end tag.
    let mut latest: Vec<(usize, Place)> = Vec::new();
    for ClosedMark { mark, from_tag, to_tag } in marks {
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
    // A mark that has grown may now be the longer of two that start together.
    merged.sort_by_key(in_order);
    merged
}
