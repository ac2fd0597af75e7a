//! Notes that stand in the text and repeat the sign that they belong to, as those of `LaTeXML` do: from
//! `tea<sup>1</sup> <sup>1</sup> 1 A note.` to `tea<sup>1</sup> A note.`

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::open_notes::OpenSign;
use crate::html::event::{Element, Removed, describe};
use crate::post::MarkKind;
use crate::report::{Removal, RemovalKind};

impl<'a> BlockBuilder<'a, '_> {
    /// Opens an inline element that the stylesheet takes out of the line: its words are not those around it.
    #[cold]
    pub(super) fn open_set_apart(&mut self, element: &Element<'a>) -> Effect {
        self.inline.leave_gap();
        if element.attrs.has_class("ltx_note_outer") {
            self.notes.count += 1;
            return Effect::Note;
        }
        self.open_sign_of_note(element, None).unwrap_or(Effect::SetApart)
    }

    /// Opens an element in a note, if the element may repeat the sign of the note.
    #[cold]
    pub(super) fn open_sign_of_note(
        &mut self,
        element: &Element<'a>,
        mark: Option<MarkKind<'a>>,
    ) -> Option<Effect> {
        let is_sign = ["ltx_note_mark", "ltx_tag_note"].iter().any(|name| element.attrs.has_class(name));
        if !is_sign || self.notes.is_empty() || self.notes.sign.is_some() || self.inline.is_in_ruby() {
            return None;
        }
        let removal = Removal::new(RemovalKind::Duplicate, describe(element), "");
        let removed = Removed { removal, start: element.start };
        self.notes.sign = Some(OpenSign { before: self.inline.saved(), removed });
        let has_mark = mark.is_some_and(|mark| self.inline.open_mark(mark));
        Some(Effect::SignOfNote { has_mark })
    }

    /// Closes the element that may repeat the sign of its note.
    #[cold]
    pub(super) fn close_sign_of_note(&mut self, has_mark: bool) {
        if has_mark {
            self.inline.close_mark();
        }
        if let Some(OpenSign { before, mut removed }) = self.notes.sign.take() {
            let sign = self.inline.text_since(before).trim();
            let text_before = self.inline.so_far().get(..before.length).unwrap_or_default();
            if !sign.is_empty() && text_before.trim_end().ends_with(sign) {
                sign.clone_into(&mut removed.removal.text);
                self.inline.restore(before);
                self.removals.push(removed);
            }
        }
        self.inline.leave_gap();
    }

    #[cold]
    pub(super) fn close_note(&mut self) {
        self.notes.count -= 1;
        self.inline.leave_gap();
    }
}
