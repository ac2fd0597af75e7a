//! The items of lists that Word writes as paragraphs, each with its sign:
//! `<p class=MsoListParagraph>·   Tea`.

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::frame::FrameKind;
use super::list_sign::ListParagraph;
use crate::html::event::{Attributes, Element, Names, Removed, Tag, describe};
use crate::post::MAX_CONTAINERS;
use crate::report::{Removal, RemovalKind};

/// Whether a class, as it stands in the source, may be one of those that Word gives its paragraphs.
#[inline]
pub(super) fn may_be_of_word(source: &str) -> bool {
    matches!(source.as_bytes().first(), Some(b'M' | b'&'))
}

impl<'a> BlockBuilder<'a, '_> {
    /// Opens a paragraph that may be an item of a list, if it is one.
    #[cold]
    pub(super) fn open_list_paragraph(&mut self, element: &Element<'a>) -> Option<Effect> {
        let (level, is_told) = level_in_list(&element.attrs)?;
        let holds_paragraphs = matches!(
            self.frame_kind(),
            FrameKind::Root
                | FrameKind::Quote
                | FrameKind::Item(_)
                | FrameKind::Cell(..)
                | FrameKind::Description
        );
        if element.tag != Tag::P || !holds_paragraphs {
            return None;
        }
        let removal = Removal::new(RemovalKind::Duplicate, describe(element), "");
        let removed = Removed { removal, start: element.start };
        self.list_paragraph =
            Some(ListParagraph { first: self.frame().blocks.len(), level, is_told, removed });
        Some(Effect::ListParagraph)
    }

    #[cold]
    pub(super) fn close_list_paragraph(&mut self) {
        self.boundary();
        let Some(open) = self.list_paragraph.take() else { return };
        let ListParagraph { first, level, is_told, mut removed } = open;
        let room = MAX_CONTAINERS - self.containers;
        if room == 0 {
            return;
        }
        if let Some(sign) = self.frame().make_item(first, (level.clamp(1, room), is_told)) {
            removed.removal.text = sign;
            self.removals.push(removed);
        }
    }
}

/// In how many lists an item with these attributes stands, and whether they say so:
/// `mso-list:l0 level2 lfo1`. `None` if they are not those of an item.
fn level_in_list(attrs: &Attributes<'_>) -> Option<(usize, bool)> {
    let [class, style] = attrs.get_all(&const { Names::new(["class", "style"]) });
    let class = class.filter(|class| class.starts_with("Mso"))?;
    let level = style.and_then(|style| {
        let (_, list) = style.split_once("mso-list:")?;
        let list = list.split(';').next()?;
        list.split_ascii_whitespace().find_map(|word| word.strip_prefix("level")?.parse().ok())
    });
    let is_told = level.is_some();
    (is_told || class.starts_with("MsoList")).then_some((level.unwrap_or(1), is_told))
}
