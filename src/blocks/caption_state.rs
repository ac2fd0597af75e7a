//! What the builder knows about captions while a body is read.

use std::borrow::Cow;

use super::class_words::{self, Holds};
use super::credit;
use super::plain_classes::PlainClasses;
use crate::chars::is_blank;
use crate::html::event::Attributes;
use crate::post::Text;

/// The open caption, the boxes around it, and whether either is near.
#[derive(Default)]
pub(super) struct Captions<'a> {
    /// Whether an element that comes now may be a caption or a credit: an image was just shown, or a caption
    /// is open. At an element that is neither near an image nor in a caption, this ends.
    pub(super) is_near: bool,
    /// The open elements that only group others, and may be boxes for images.
    pub(super) boxes: OpenBoxes<'a>,
    /// The name that an attribute of the caption gives as its credit.
    given: Option<Cow<'a, str>>,
    /// The parts of the caption that its markup calls the credit.
    parts: Vec<Part>,
    /// The texts of captions that the caption before says too.
    pub(super) doubles: Vec<String>,
    /// Classes that say nothing about captions.
    plain_classes: PlainClasses<'a>,
}

/// An open element that groups others.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OpenBox<'a> {
    /// The source of its class.
    pub(super) class: &'a str,
    /// The number of blocks before it, in the frame that it stands in.
    pub(super) first: usize,
    /// The number of boxes in it that hold an image and a short text.
    pub(super) pairs: usize,
}

/// The number of open boxes that take nothing from the heap. Few posts have more.
const OUTER: usize = 8;

/// The open boxes, the innermost last.
#[derive(Default)]
pub(super) struct OpenBoxes<'a> {
    count: usize,
    outer: [OpenBox<'a>; OUTER],
    /// Those inside of the outer ones, and perhaps some that are closed.
    inner: Vec<OpenBox<'a>>,
}

impl<'a> OpenBoxes<'a> {
    #[inline]
    pub(super) fn open(&mut self, new: OpenBox<'a>) {
        if let Some(place) = self.outer.get_mut(self.count) {
            *place = new;
        } else {
            self.inner.truncate(self.count - OUTER);
            self.inner.push(new);
        }
        self.count += 1;
    }

    /// Closes the innermost box. Returns the number of blocks before it, if there is one.
    #[inline]
    pub(super) fn close(&mut self) -> Option<usize> {
        self.count = self.count.checked_sub(1)?;
        Some(self.closed().first)
    }

    /// The box that was closed last, if none has been opened since.
    #[inline]
    pub(super) fn closed(&self) -> &OpenBox<'a> {
        self.outer.get(self.count).unwrap_or_else(|| &self.inner[self.count - OUTER])
    }

    /// The innermost box that is still open.
    pub(super) fn innermost(&mut self) -> Option<&mut OpenBox<'a>> {
        let index = self.count.checked_sub(1)?;
        self.outer.get_mut(index).or_else(|| self.inner.get_mut(index - OUTER))
    }
}

/// A part of a caption.
struct Part {
    sign: CreditSign,
    /// Where it begins and ends in the text of the caption, in bytes.
    start: usize,
    end: usize,
}

/// Why an element in a caption may be the credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CreditSign {
    /// Its class or another attribute says so.
    Attribute,
    /// It is a `<cite>`, which may be a title too.
    Cite,
    /// It is a `<small>`, which may hold anything.
    Small,
}

impl<'a> Captions<'a> {
    /// What an element after an image holds, if its class makes it the caption or the credit of the image.
    pub(super) fn held(&mut self, attrs: &Attributes<'a>) -> Option<Holds> {
        self.plain_classes.look(attrs, |attrs| class_words::held(&attrs.class()?))
    }

    /// Begins a caption, whose credit an attribute may give.
    pub(super) fn begin(&mut self, given: Option<Cow<'a, str>>) {
        self.is_near = true;
        self.given = given;
        self.parts.clear();
    }

    /// Begins a part of the caption at this byte of its text. Returns `false`, and does nothing, if there are
    /// many.
    pub(super) fn open_part(&mut self, sign: CreditSign, start: usize) -> bool {
        /// A caption names few people. More parts are none of its credit.
        const MOST: usize = 16;
        let is_one = self.parts.len() < MOST;
        if is_one {
            self.parts.push(Part { sign, start, end: usize::MAX });
        }
        is_one
    }

    /// Ends the part that was begun last.
    pub(super) fn close_part(&mut self, end: usize) {
        if let Some(part) = self.parts.iter_mut().rev().find(|part| part.end == usize::MAX) {
            part.end = end;
        }
    }

    /// The credit that the markup of a caption names. `lead` is the number of bytes that the text has lost at
    /// its beginning.
    pub(super) fn credit(&mut self, caption: &Text<'a>, lead: usize) -> Option<Cow<'a, str>> {
        if let Some(given) = self.given.take() {
            return Some(given);
        }
        let text = &*caption.text;
        self.parts.sort_by_key(|part| part.sign != CreditSign::Attribute);
        self.parts.iter().find_map(|part| {
            let start = part.start.saturating_sub(lead);
            let end = part.end.saturating_sub(lead).min(text.len());
            let marked = text.get(start..end)?;
            match part.sign {
                CreditSign::Attribute => credit::in_marked(caption, marked),
                CreditSign::Cite if stands_apart(&text[..start], &text[end..]) => {
                    credit::in_marked(caption, marked)
                }
                CreditSign::Small | CreditSign::Cite => credit::in_aside(caption, marked),
            }
        })
    }
}

/// Whether a part between two texts is a sentence of its own, and the last.
fn stands_apart(before: &str, after: &str) -> bool {
    let is_line = before.ends_with('\n');
    let before = before.trim_end_matches(is_blank);
    let is_start = is_line
        || before.ends_with([
            '.', '。', '!', '！', '?', '？', '(', '（', '[', '—', '–', '-', '|', '｜', '/', ':', '：',
        ]);
    let is_end = after.chars().all(|c| is_blank(c) || matches!(c, ')' | '）' | ']' | '.' | '。'));
    is_start && !before.is_empty() && is_end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_close_from_the_inside() {
        let mut boxes = OpenBoxes::default();
        let open = |boxes: &mut OpenBoxes<'_>, first| boxes.open(OpenBox { first, ..OpenBox::default() });
        for deepest in [1, OUTER - 1, OUTER, OUTER + 1, 3 * OUTER] {
            (0..deepest).for_each(|first| open(&mut boxes, first));
            // Others open where some have closed.
            let left = deepest / 2;
            (left..deepest).rev().for_each(|first| assert_eq!(boxes.close(), Some(first)));
            (left..deepest).for_each(|first| open(&mut boxes, 100 + first));
            for first in (0..deepest).rev() {
                let first = if first < left { first } else { 100 + first };
                assert_eq!(boxes.innermost().map(|open| open.first), Some(first));
                assert_eq!(boxes.close(), Some(first));
                assert_eq!(boxes.closed().first, first);
            }
            assert!(boxes.close().is_none() && boxes.innermost().is_none());
        }
    }
}
