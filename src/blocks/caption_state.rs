//! What the builder knows about captions while a body is read.

use std::borrow::Cow;

use super::class_words::{self, Holds};
use super::credit;
use super::plain_classes::PlainClasses;
use crate::chars::is_blank;
use crate::html::event::Attributes;
use crate::post::Text;
use crate::rarely::rarely;

/// The open caption, the boxes around it, and whether either is near.
#[derive(Default)]
pub(super) struct Captions<'a> {
    /// Whether an element that comes now may be a caption or a credit: an image was just shown, or a caption
    /// is open. At an element that is neither near an image nor in a caption, this ends.
    pub(super) is_near: bool,
    /// The open elements that only group others, and may be boxes for images, the innermost last.
    pub(super) boxes: Vec<OpenBox<'a>>,
    /// The name that an attribute of the caption gives as its credit.
    given: Option<Cow<'a, str>>,
    /// The parts of the caption that its markup calls the credit.
    parts: Vec<Part>,
    /// The texts of captions that the caption before says too.
    pub(super) doubles: Vec<String>,
    /// Classes that say nothing about captions.
    plain_classes: PlainClasses<'a>,
    /// Classes that say nothing about captions in a `<figure>`.
    plain_in_figures: PlainClasses<'a>,
}

/// An open element that groups others.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenBox<'a> {
    /// The source of its class.
    pub(super) class: &'a str,
    /// The number of blocks before it, in the frame that it stands in.
    pub(super) first: usize,
    /// The number of boxes in it that hold an image and a short text.
    pub(super) pairs: usize,
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

/// The number of open boxes that there is room for once one opens. Few posts have more.
const USUAL_BOXES: usize = 4;

impl<'a> Captions<'a> {
    /// Opens an element that only groups others.
    #[inline]
    pub(super) fn open_box(&mut self, new: OpenBox<'a>) {
        if self.boxes.len() == self.boxes.capacity() {
            rarely();
            self.boxes.reserve(USUAL_BOXES);
        }
        self.boxes.push(new);
    }

    /// What an element after an image holds, if its class makes it the caption or the credit of the image.
    /// `is_in_figure` says whether both stand in a `<figure>`.
    pub(super) fn held(&mut self, attrs: &Attributes<'a>, is_in_figure: bool) -> Option<Holds> {
        let plain = if is_in_figure { &mut self.plain_in_figures } else { &mut self.plain_classes };
        plain.look(attrs, |attrs| class_words::held(&attrs.class()?, is_in_figure))
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
        /// A caption names few people: further parts are not credits.
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
