//! Shapes that words tell, with what stands beside the words.

use super::candidate::{Candidate, OF_PROMOS, Shape};
use super::signs::Site;
use super::texts::{Says, holds_copyright, holds_subscribe, says, says_related, says_whole};
use crate::html::event::Tag;

impl Candidate<'_, '_> {
    /// Shapes that only words tell, and what is beside the words.
    pub(super) fn by_words(&self) -> Option<Shape> {
        let Self { holds, node, .. } = self;
        let is_box = match node.tag {
            Tag::P
            | Tag::Div
            | Tag::Section
            | Tag::Article
            | Tag::Aside
            | Tag::Footer
            | Tag::Nav
            | Tag::Noscript
            | Tag::Form => true,
            Tag::Td => self.is_outside,
            _ => false,
        };
        if !is_box || holds.text == 0 {
            return None;
        }
        if self.is_announced() || self.is_promo() {
            return Some("shape: related links");
        }
        if holds.text <= 400 && self.signs.has_one(OF_PROMOS) && self.says(Says::Subscribe) {
            return Some("shape: subscribe box");
        }
        if self.asks_for_address() {
            return Some("shape: subscribe box");
        }
        if let Some(shape) = self.button() {
            return Some(shape);
        }
        if self.is_edge() { self.by_words_at_edge() } else { None }
    }

    /// The same for what only counts at an edge of an article.
    fn by_words_at_edge(&self) -> Option<Shape> {
        let Self { holds, node, .. } = self;
        if holds.text <= 120 && self.is_after && self.says(Says::Closed) {
            return Some("shape: comments");
        }
        if self.is_before
            && holds.text <= 160
            && holds.links >= 2
            && (node.tag != Tag::P || self.is_outside)
            && self.is_trail()
        {
            return Some("shape: navigation");
        }
        let is_line = holds.prose == 0 && holds.text <= 300 && node.holds.headings == 0 && holds.links > 0;
        if is_line && self.is_before && holds.text <= 120 && self.is_dated() {
            return Some("shape: byline");
        }
        if is_line && self.is_after && holds.is_linked(40) && self.says(Says::Tags) {
            return Some("shape: tags");
        }
        if holds.fields > 0 && holds.text <= 800 && self.says(Says::Subscribe) {
            return Some("shape: subscribe box");
        }
        if !self.is_before && holds.fields > 0 && self.says(Says::Comments) {
            return Some("shape: comments");
        }
        if holds.text <= 6000 && holds.links > 0 && self.is_outside && self.says(Says::Cookies) {
            return Some("shape: cookie notice");
        }
        if self.is_outside { self.by_words_outside() } else { None }
    }

    /// Whether it has a field for an e-mail address, and words that ask for it.
    fn asks_for_address(&self) -> bool {
        let Self { holds, .. } = self;
        holds.emails > 0
            && holds.text <= 600
            && (self.says(Says::Subscribe) || holds_subscribe(&self.page.beginning(self.index, true)))
    }

    /// Whether it is nothing but one link, after a word that says that another article is there.
    fn is_promo(&self) -> bool {
        let Self { holds, .. } = self;
        holds.links == 1
            && holds.prose == 0
            && holds.unlinked() > 0
            && holds.unlinked() <= 30
            && holds.is_linked(50)
            && says(&self.page.before_link(self.index), Says::Promo)
    }

    /// A link, or some, with words that ask for something: to share, to comment, to subscribe.
    fn button(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if holds.text > 60 || !holds.is_linked(90) || holds.fragments > 0 || self.ground.prose == 0 {
            return None;
        }
        let text = self.page.beginning(self.index, true);
        let shapes = [
            (Says::Share, "shape: share links"),
            (Says::Comments, "shape: comments"),
            (Says::Subscribe, "shape: subscribe box"),
        ];
        shapes.into_iter().find(|(what, _)| says_whole(&text, *what)).map(|(_, shape)| shape)
    }

    /// Whether it is a trail of links to the page: `Home / News / Tea`.
    fn is_trail(&self) -> bool {
        let text = self.page.beginning(self.index, true);
        let is_parted = [" / ", "›", "»", " > ", " → "].iter().any(|sign| text.contains(sign));
        is_parted && self.holds.is_linked(20) && self.holds.headings == 0 && self.holds.pictures == 0
    }

    /// Whether it is a list of links with a line above it that says so.
    fn is_announced(&self) -> bool {
        let Self { holds, node, .. } = self;
        let has_links = match (self.is_edge(), self.is_cards()) {
            (true, is_cards) => is_cards || holds.links >= 2 && holds.is_linked(50),
            (false, _) => holds.links >= 2 && holds.prose == 0 && holds.is_linked(60),
        };
        // Links to other sites are further reading that the author wrote.
        let is_of_site = self.is_outside || self.is_cards() || holds.site != Site::Several;
        let is_box = has_links && is_of_site && !node.has_own_text;
        let is_one =
            matches!(node.tag, Tag::Section | Tag::Aside) && self.is_links() && holds.unlinked() <= 30;
        let line = || self.page.beginning(self.index, false);
        is_box && says_related(&line(), self.is_outside) || is_one && says(&line(), Says::Related)
    }

    /// Whether it is a line with the names of the authors, or one of them and the date.
    fn is_dated(&self) -> bool {
        let is_line = self.node.tag != Tag::P && !self.holds.is_linked(70) && self.has_date();
        is_line || self.holds.is_linked(40) && self.holds.text <= 80 && self.says(Says::Byline)
    }

    fn by_words_outside(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if self.is_after && holds.text <= 500 && holds_copyright(&self.page.beginning(self.index, true)) {
            return Some("shape: page footer");
        }
        if holds.text <= 300 && holds.prose == 0 {
            if self.says(Says::Share) {
                return Some("shape: share links");
            }
            if self.says(Says::Comments) {
                return Some("shape: comments");
            }
            if self.says(Says::Subscribe) {
                return Some("shape: subscribe box");
            }
        }
        None
    }
}
