//! An element that is looked at, and what is known of it.

use super::ground::Ground;
use super::page::{Holds, Node, Page};
use super::signs::{Sign, Signs};
use super::texts::{Says, says};
use crate::html::event::Tag;

/// The name of a shape.
pub(super) type Shape = &'static str;

/// What a box may be called that asks for something.
pub(super) const OF_PROMOS: Signs =
    Signs::of(&[Sign::Related, Sign::Subscribe, Sign::Dialog, Sign::Ad, Sign::Sidebar, Sign::Share]);

/// What an item may be called that goes without the others of its list.
const OF_ITEMS: Signs = Signs::of(&[Sign::Comments, Sign::Share, Sign::Subscribe, Sign::Skip]);

/// An element that is looked at, with what its shape depends on.
pub(super) struct Candidate<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    pub(super) ground: &'p Ground,
    pub(super) index: usize,
    pub(super) node: &'p Node,
    pub(super) holds: Holds,
    pub(super) signs: Signs,
    /// Whether it stands outside the element that holds the article, and that one is known for sure.
    pub(super) is_outside: bool,
    /// Whether it ends before the first sentence of the article.
    pub(super) is_before: bool,
    /// Whether it begins after the last sentence of the article.
    pub(super) is_after: bool,
}

/// The elements that may go. What is inside the others stays with them.
fn may_go(tag: Tag) -> bool {
    !matches!(
        tag,
        Tag::Html
            | Tag::Head
            | Tag::Body
            | Tag::Main
            | Tag::Th
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Caption
            | Tag::Dt
            | Tag::Dd
            | Tag::Figcaption
            | Tag::Figure
            | Tag::Picture
            | Tag::Pre
            | Tag::Math
            | Tag::Svg
            | Tag::Blockquote
    ) && !tag.is_heading()
}

impl<'p, 'a> Candidate<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, ground: &'p Ground, index: usize) -> Self {
        let node = &page.nodes[index];
        let core = &page.nodes[ground.core];
        let is_inside = ground.core == 0 || node.open > core.open && node.close < core.close;
        Self {
            page,
            ground,
            index,
            node,
            holds: node.holds,
            signs: node.signs,
            is_outside: !is_inside && ground.is_firm && ground.is_page,
            is_before: node.close < ground.first,
            is_after: node.open > ground.last,
        }
    }

    /// Whether anything could be the matter with it: not with what holds the article or a large
    /// part of it.
    pub(super) fn is_possible(&self) -> bool {
        let Self { holds, node, ground, .. } = self;
        let holds_title = ground.title > 0 && (self.index..node.end as usize).contains(&ground.title);
        let holds_core =
            !self.is_before && !self.is_after && self.index <= ground.core && ground.core < node.end as usize;
        let may_go = match node.tag {
            // The layout of a page.
            Tag::Tr | Tag::Td | Tag::Article => self.is_outside,
            Tag::Li => self.is_edge() && holds.text <= 60 && self.signs.has_one(OF_ITEMS),
            tag => may_go(tag),
        };
        if !may_go || holds_title || holds_core {
            return false;
        }
        // What shows nothing but pictures is no furniture, or harmless; and what shows nothing needs no
        // taking out.
        if holds.text == 0 && (holds.shares == 0 || holds.pictures > holds.links) {
            return false;
        }
        let is_thread = self.signs.has(Sign::Comments) && holds.is_thread() && ground.is_firm;
        is_thread || u64::from(holds.article.max(self.little_prose())) * 4 <= u64::from(ground.prose)
    }

    /// Its sentences, but those of a part of a page that its name or role tells.
    fn little_prose(&self) -> u32 {
        let is_known = self.signs.has_one(Signs::of(&[
            Sign::Footer,
            Sign::Sidebar,
            Sign::Related,
            Sign::Cookies,
            Sign::Dialog,
        ]));
        if is_known && self.is_outside { self.holds.prose / 3 } else { self.holds.prose }
    }

    pub(super) fn is_edge(&self) -> bool {
        self.is_outside || self.is_before || self.is_after
    }

    /// What its heading, or else its first line, says.
    pub(super) fn says(&self, what: Says) -> bool {
        let heading = self.node.heading as usize;
        heading > 0 && says(&self.page.beginning(heading, false), what)
            || says(&self.page.beginning(self.index, false), what)
    }

    /// Whether it is hardly anything but links.
    pub(super) fn is_links(&self) -> bool {
        self.holds.prose == 0 && self.holds.is_linked(50)
    }

    pub(super) fn is_cards(&self) -> bool {
        self.holds.cards >= 2
    }

    /// Whether its first line has digits of a date.
    pub(super) fn has_date(&self) -> bool {
        let text = self.page.beginning(self.index, true);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (3..=24).contains(&digits) && text.chars().count() <= 80
    }
}
