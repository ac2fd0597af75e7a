//! The marks of a text: open while their elements are, then put in order and merged.

use std::cmp::Reverse;
use std::mem::discriminant;

use super::borrowed::offset_in;
use crate::chars::{has_visible_edges, is_blank, trim_blank};
use crate::post::{Direction, Mark, MarkKind, Text};

/// The position of a tag in a text: the length of the text before the tag, and whether white space stands
/// between the two.
///
/// Marks touch if the end tag of the one and the start tag of the other have the same position, whichever of
/// the two marks has the white space.
pub(super) type TagPosition = (usize, bool);

/// A mark whose element is open.
pub(super) struct OpenMark<'a> {
    pub(super) kind: MarkKind<'a>,
    /// Where the mark begins in the text; `None` while the text has nothing that is marked.
    pub(super) start: Option<usize>,
    /// Whether an earlier text has this mark too.
    pub(super) is_repeated: bool,
    /// Where its start tag stands.
    pub(super) start_tag: TagPosition,
}

impl OpenMark<'_> {
    /// The bytes that a copy of the mark takes.
    pub(super) fn bytes(&self) -> usize {
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

/// A mark that has ended.
pub(super) struct ClosedMark<'a> {
    pub(super) mark: Mark<'a>,
    pub(super) start_tag: TagPosition,
    pub(super) end_tag: TagPosition,
}

/// Puts the marks of one text in order. It keeps its memory for the next text.
#[derive(Default)]
pub(super) struct MarkSorter {
    /// For each kind of mark (all links are one kind): the index of the last mark of that kind, and where its
    /// end tag stands.
    latest: Vec<(usize, TagPosition)>,
}

impl MarkSorter {
    /// The marks on the bytes `from..to` of a text, with offsets from `from`: in order, merged with those of
    /// the same kind that they touch, and without white space at their edges.
    ///
    /// `marks` come with the inner before the outer, and are empty afterwards.
    #[inline(never)]
    pub(super) fn sorted<'a>(
        &mut self,
        marks: &mut Vec<ClosedMark<'a>>,
        text: &str,
        from: usize,
        to: usize,
    ) -> Vec<Mark<'a>> {
        if marks.len() == 1 {
            return marks.pop().map(|alone| Self::alone(alone.mark, text, from, to)).unwrap_or_default();
        }
        // Most are one after another, with text between their tags.
        if marks.windows(2).all(|pair| pair[0].end_tag.0 < pair[1].start_tag.0) {
            return Self::apart(marks, text, from, to);
        }
        marks.retain_mut(|ClosedMark { mark, .. }| {
            (mark.start, mark.end) = (mark.start.max(from), mark.end.min(to));
            if let MarkKind::Ruby { .. } = mark.kind {
                skip_blanks(mark, text);
            }
            mark.start < mark.end
        });
        if !marks.is_sorted_by(|one, next| order(&one.mark) < order(&next.mark)) {
            // Of two on the same bytes, the outer is the first.
            marks.reverse();
            marks.sort_by_key(|closed| order(&closed.mark));
        }
        let mut sorted = self.merged(marks);
        // After merging, since a mark may touch another with its white space, or may mark nothing but white
        // space.
        sorted.retain_mut(|mark| trim(mark, text, from));
        // Merging makes marks longer and trimming makes them shorter, so the order of two may have changed.
        if !sorted.is_sorted_by_key(order) {
            sorted.sort_by_key(order);
        }
        sorted
    }

    /// The marks of a text that has one.
    fn alone<'a>(mut mark: Mark<'a>, text: &str, from: usize, to: usize) -> Vec<Mark<'a>> {
        if clip(&mut mark, text, from, to) { vec![mark] } else { Vec::new() }
    }

    /// The marks of a text that come in order, and of which no two touch.
    fn apart<'a>(marks: &mut Vec<ClosedMark<'a>>, text: &str, from: usize, to: usize) -> Vec<Mark<'a>> {
        let mut apart = Vec::with_capacity(marks.len());
        for ClosedMark { mut mark, .. } in marks.drain(..) {
            if clip(&mut mark, text, from, to) {
                apart.push(mark);
            }
        }
        apart
    }

    /// The marks, which come in order, each merged with those of the same kind that it touches.
    fn merged<'a>(&mut self, marks: &mut Vec<ClosedMark<'a>>) -> Vec<Mark<'a>> {
        let mut merged: Vec<Mark<'a>> = Vec::with_capacity(marks.len());
        self.latest.clear();
        for ClosedMark { mark, start_tag, end_tag } in marks.drain(..) {
            if !goes_on_in_the_next(&mark.kind) {
                merged.push(mark);
                continue;
            }
            let is_same_kind = |(index, _): &&mut (usize, TagPosition)| {
                discriminant(&merged[*index].kind) == discriminant(&mark.kind)
            };
            match self.latest.iter_mut().find(is_same_kind) {
                Some((index, latest_end_tag)) => {
                    let before = &mut merged[*index];
                    let touches = mark.start <= before.end || start_tag == *latest_end_tag;
                    if before.kind == mark.kind && touches {
                        before.end = mark.end.max(before.end);
                        *latest_end_tag = end_tag.max(*latest_end_tag);
                        continue;
                    }
                    (*index, *latest_end_tag) = (merged.len(), end_tag);
                }
                None => self.latest.push((merged.len(), end_tag)),
            }
            merged.push(mark);
        }
        merged
    }
}

/// Makes a mark begin with its first letter. A base begins where its `<ruby>` does, before white space that
/// is still to come; the marks around it begin after that, and yet hold it.
#[cold]
fn skip_blanks(mark: &mut Mark<'_>, text: &str) {
    let marked = text.get(mark.start..mark.end).unwrap_or_default();
    mark.start = mark.end - marked.trim_start_matches(is_blank).len();
}

/// [Trims](trim) a mark on the bytes `from..to` of a text, at most.
#[inline]
fn clip(mark: &mut Mark<'_>, text: &str, from: usize, to: usize) -> bool {
    (mark.start, mark.end) = (mark.start.max(from), mark.end.min(to));
    mark.start < mark.end && trim(mark, text, from)
}

/// Takes the white space at the edges of a mark out of it, and counts from the byte `from` of the text.
/// Returns whether anything is left of it.
#[expect(clippy::inline_always, reason = "called for each mark")]
#[inline(always)]
fn trim(mark: &mut Mark<'_>, text: &str, from: usize) -> bool {
    // Nearly all marks are as long as what is seen of them.
    if text.as_bytes().get(mark.start..mark.end).is_some_and(has_visible_edges) {
        (mark.start, mark.end) = (mark.start - from, mark.end - from);
        return true;
    }
    trim_edges(mark, text, from)
}

/// [`trim`], where an edge may be white space.
#[inline(never)]
fn trim_edges(mark: &mut Mark<'_>, text: &str, from: usize) -> bool {
    let marked = text.get(mark.start..mark.end).unwrap_or_default();
    let kept = trim_blank(marked);
    mark.start = mark.start + offset_in(marked, kept) - from;
    mark.end = mark.start + kept.len();
    mark.start < mark.end
}

/// Whether two marks of this kind that touch are one mark. A reading belongs to its base, and an anchor is a
/// point.
fn goes_on_in_the_next(kind: &MarkKind<'_>) -> bool {
    match kind {
        MarkKind::Strong
        | MarkKind::Emphasis
        | MarkKind::Code
        | MarkKind::Link { .. }
        | MarkKind::Underline
        | MarkKind::Strikethrough
        | MarkKind::Subscript
        | MarkKind::Superscript
        | MarkKind::Highlight
        | MarkKind::Quotation
        | MarkKind::Small
        | MarkKind::Bidi { .. } => true,
        MarkKind::Ruby { .. } | MarkKind::Math { .. } | MarkKind::Anchor { .. } => false,
    }
}

/// Moves an offset that is `from` or more, as a byte was put into the text before it.
pub(super) fn shift(offset: &mut usize, from: usize) {
    *offset += usize::from(*offset >= from);
}

/// The same for a mark, where the byte was put before the one at `at`.
pub(super) fn shift_mark(mark: &mut Mark<'_>, at: usize) {
    shift(&mut mark.start, at);
    shift(&mut mark.end, at + 1);
}

/// Puts marks in order, empty ones among them.
pub(super) fn in_order(marks: &mut [Mark<'_>]) {
    marks.sort_by_key(order);
}

/// The order of marks: by their start, and of two that start together the longer first.
fn order(mark: &Mark<'_>) -> (usize, Reverse<usize>) {
    (mark.start, Reverse(mark.end))
}

/// Takes out the mark of a text that says what its block says. An inline element around a block is open in
/// the text of the block, and has a mark there.
#[cold]
pub(super) fn leave_to_block(text: &mut Text<'_>, direction: Direction) {
    let all = (0, text.text.len());
    let of_block = MarkKind::bidi(direction);
    text.marks.retain(|mark| (mark.start, mark.end) != all || mark.kind != of_block);
}
