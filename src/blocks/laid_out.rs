//! Tables of Asciidoctor that only lay out something else: a note beside its icon, terms beside their
//! descriptions, and notes on lines of code beside their numbers.

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::frame::FrameKind;
use super::list::OpenList;
use super::open_notes::OpenSign;
use super::table::LaidOut;
use crate::html::event::{Attributes, Element, Names, Removed, describe, trimmed};
use crate::post::ListKind;
use crate::report::{Removal, RemovalKind};

/// Whether a class, as it stands in the source, may be that of an icon of Asciidoctor.
#[inline]
pub(super) fn may_be_icon(source: &str) -> bool {
    source.starts_with("fa icon-") || source.contains('&')
}

impl<'a> BlockBuilder<'a, '_> {
    /// Takes note of a `<div>` whose table only lays out something.
    pub(super) fn note_laid_out(&mut self, attrs: &Attributes<'a>) {
        if let Some(laid_out) = attrs.class().as_deref().and_then(LaidOut::of) {
            self.laid_out = Some((self.effects.len() + 1, laid_out));
        }
    }

    /// Whether a table that opens here is that of such a `<div>`.
    pub(super) fn is_laid_out(&self) -> bool {
        self.laid_out.is_some_and(|(depth, _)| depth == self.effects.len())
    }

    /// Opens such a table as what it shows.
    #[cold]
    pub(super) fn open_laid_out(&mut self) -> Effect {
        let laid_out = self.laid_out.take().map_or(LaidOut::Note, |(_, laid_out)| laid_out);
        let kind = match laid_out {
            LaidOut::Note => {
                self.boundary();
                return Effect::Boundary;
            }
            LaidOut::Terms => ListKind::Description,
            LaidOut::Callouts => ListKind::Ordered,
        };
        self.open_frame(FrameKind::List(OpenList::new(kind)))
    }

    /// Opens a cell beside or below a term.
    #[cold]
    pub(super) fn open_cell_of_terms(&mut self, attrs: &Attributes<'a>) -> Effect {
        self.open_frame(if attrs.has_class("hdlist1") { FrameKind::Term } else { FrameKind::Description })
    }

    /// Opens a cell in an item. The first one may hold the number of the item, and no more.
    #[cold]
    pub(super) fn open_cell_of_item(&mut self, element: &Element<'a>) -> Effect {
        self.boundary();
        let is_right_inside = matches!(self.effects.last(), Some(Effect::Frame));
        if !is_right_inside || !self.frame().blocks.is_empty() || self.notes.sign.is_some() {
            return Effect::Boundary;
        }
        let removal = Removal::new(RemovalKind::Duplicate, describe(element), "");
        let removed = Removed { removal, start: element.start };
        self.notes.sign = Some(OpenSign { before: self.inline.saved(), removed });
        Effect::ItemNumber
    }

    /// Closes such a first cell: the item has the number.
    #[cold]
    pub(super) fn close_item_number(&mut self) {
        if let Some(OpenSign { before, mut removed }) = self.notes.sign.take() {
            let text = self.inline.text_since(before).trim();
            let number = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
            let text = text.to_owned();
            if let (Some(number), FrameKind::Item(item)) = (number, &mut self.frame().kind) {
                item.number = Some(number);
                removed.removal.text = text;
                self.inline.restore(before);
                self.removals.push(removed);
            }
        }
        self.boundary();
    }

    /// Shows the icon of a note as what it says. Returns whether the element is one.
    #[cold]
    pub(super) fn show_icon(&mut self, attrs: &Attributes<'a>) -> bool {
        let [class, title] = attrs.get_all(&const { Names::new(["class", "title"]) });
        let is_icon = class.is_some_and(|class| class.starts_with("fa icon-"));
        let Some(title) = title.and_then(trimmed).filter(|_| is_icon) else { return false };
        self.add_emoji(&title);
        true
    }
}
