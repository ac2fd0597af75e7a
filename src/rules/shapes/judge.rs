//! Which shape an element has, if it has one: shapes that its start tag tells, with what it holds.

use super::candidate::{Candidate, Shape};
use super::signs::{Sign, Site};
use super::texts::{Says, holds_cookies, holds_copyright};
use crate::chars::is_blank;
use crate::html::event::Tag;
use crate::rules::label::is_label;

/// Whether the line says that an advertisement comes.
fn is_label_line(line: &str) -> bool {
    let letters: String = line.chars().filter(|c| !is_blank(*c)).collect();
    !letters.is_empty() && is_label(&letters)
}

impl Candidate<'_, '_> {
    /// The shape of the element, if it has one.
    pub(super) fn shape(&self) -> Option<Shape> {
        if !self.is_possible() {
            return None;
        }
        let signs = self.signs;
        let by_sign =
            |sign, find: fn(&Self) -> Option<Shape>| if signs.has(sign) { find(self) } else { None };
        by_sign(Sign::Link, Self::jump)
            .or_else(|| self.share())
            .or_else(|| by_sign(Sign::Cookies, Self::cookies))
            .or_else(|| by_sign(Sign::Comments, Self::comments))
            .or_else(|| by_sign(Sign::Related, Self::related))
            .or_else(|| by_sign(Sign::Navigation, Self::navigation))
            .or_else(|| by_sign(Sign::Subscribe, Self::subscribe))
            .or_else(|| self.tags())
            .or_else(|| by_sign(Sign::Byline, Self::byline))
            .or_else(|| by_sign(Sign::Author, Self::author))
            .or_else(|| by_sign(Sign::Search, Self::search))
            .or_else(|| by_sign(Sign::Tool, Self::tool))
            .or_else(|| by_sign(Sign::Buttons, Self::buttons))
            .or_else(|| by_sign(Sign::Skip, Self::skip))
            .or_else(|| by_sign(Sign::Dialog, Self::dialog))
            .or_else(|| by_sign(Sign::Ad, Self::ad))
            .or_else(|| by_sign(Sign::Header, Self::header))
            .or_else(|| by_sign(Sign::Footer, Self::footer))
            .or_else(|| by_sign(Sign::Sidebar, Self::sidebar))
            .or_else(|| self.by_words())
            .or_else(|| if self.is_outside { self.outside() } else { None })
    }

    /// A link within the page: to its content, to its top, to its comments.
    fn jump(&self) -> Option<Shape> {
        let is_jump = self.holds.fragments > 0 && self.holds.text <= 60;
        (is_jump && self.is_edge() && (self.signs.has(Sign::Skip) || self.says(Says::Skip)))
            .then_some("shape: link within the page")
    }

    fn share(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_small = holds.prose == 0 && holds.unlinked() <= 160 && holds.text <= 400;
        let is_bar = holds.shares >= 2 && holds.shares * 2 >= holds.links;
        let is_called = self.signs.has(Sign::Share)
            && (holds.shares > 0
                || holds.links > 0 && holds.is_linked(50)
                || self.says(Says::Share)
                || holds.text == 0 && holds.pictures == 0);
        (is_small && (is_bar || is_called)).then_some("shape: share links")
    }

    fn cookies(&self) -> Option<Shape> {
        // Its buttons have gone as controls: a box that is called a dialog, or says that the page uses
        // cookies, needs no link.
        let is_notice = self.holds.fields > 0
            || self.holds.links > 0
            || self.is_outside
            || self.signs.has(Sign::Dialog)
            || self.says(Says::Cookies);
        let speaks = || self.says(Says::Cookies) || holds_cookies(&self.page.beginning(self.index, true));
        (is_notice && self.holds.text <= 6000 && (self.is_edge() || !self.ground.is_firm) && speaks())
            .then_some("shape: cookie notice")
    }

    fn comments(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if self.is_before && holds.text <= 40 && self.is_links() {
            return Some("shape: comments");
        }
        let is_thread = holds.remarks > u32::from(self.signs.has(Sign::Remark));
        let is_form = holds.fields > 0;
        let is_thread = is_thread || is_form || self.is_links() || self.says(Says::Comments);
        ((self.is_after || self.is_outside) && is_thread).then_some("shape: comments")
    }

    fn related(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if holds.links == 0 {
            return None;
        }
        let is_list = holds.is_linked(40) || self.is_cards();
        let is_list = is_list && (self.is_edge() || holds.prose == 0);
        let announces = || self.says(Says::Related) && holds.is_linked(25);
        (is_list || self.is_outside && holds.is_linked(20) || announces()).then_some("shape: related links")
    }

    fn navigation(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        // A table of contents is a part of the article.
        let is_contents = holds.links > 0 && holds.fragments * 10 >= holds.links * 9 && !self.is_outside;
        let is_landmark = self.signs.has(Sign::Landmark);
        let is_menu = match (self.is_outside, is_landmark) {
            (true, true) => holds.prose == 0 || holds.is_linked(30),
            (true, false) => holds.links > 0 && holds.is_linked(40),
            (false, true) => self.is_links(),
            (false, false) if self.is_before && holds.text <= 160 => holds.prose == 0 && holds.is_linked(25),
            (false, false) => self.is_links() && (self.is_edge() || holds.links > 2 && holds.is_linked(80)),
        };
        (is_menu && !is_contents).then_some("shape: navigation")
    }

    fn subscribe(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if holds.pictures > holds.links {
            return None;
        }
        let is_box = holds.text <= 1500 && (holds.fields > 0 || self.says(Says::Subscribe))
            || holds.text <= 600 && self.is_outside
            // A sentence of the author may hold one link.
            || holds.text <= 200 && self.is_links() && holds.is_linked(80);
        is_box.then_some("shape: subscribe box")
    }

    fn tags(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_list = holds.prose == 0 && holds.text <= 600 && holds.is_linked(50) && self.is_edge();
        let is_called =
            self.signs.has(Sign::Tags) || holds.tag_links > 0 && holds.tag_links * 2 >= holds.links;
        (is_list && is_called).then_some("shape: tags")
    }

    fn byline(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if holds.pictures > holds.links.min(2) {
            return None;
        }
        let is_small = holds.text <= 200 && holds.headings == 0 && self.is_edge();
        let is_meta = || {
            let text = self.page.beginning(self.index, true);
            holds.times > 0
                || holds.prose == 0 && (holds.is_linked(30) || text.contains('@') || self.has_date())
                || self.says(Says::Byline)
        };
        (is_small && is_meta()).then_some("shape: byline")
    }

    fn author(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_box = holds.text <= 1500
            && self.is_after
            && (holds.links > 0 || holds.pictures > 0 || holds.text <= 400 || self.says(Says::Author));
        let is_line = self.is_before
            && holds.pictures <= 1
            && holds.text <= 120
            && holds.headings == 0
            && holds.links > 0;
        (is_box || is_line).then_some("shape: author box")
    }

    fn search(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_form = holds.fields > 0 || self.is_links() || self.signs.has(Sign::Landmark);
        (is_form && holds.prose == 0 && holds.text <= 400 && self.is_edge())
            .then_some("shape: search or login")
    }

    fn tool(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_small = holds.prose == 0 && holds.text <= 120 && holds.headings == 0;
        let is_small = is_small && holds.pictures <= holds.links;
        let is_bar = holds.links > 0 && holds.is_linked(50) || holds.fields > 0 || self.is_outside;
        (is_small && is_bar).then_some("shape: tools")
    }

    /// Buttons for what one does with a page. Links of the author look like buttons too.
    fn buttons(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let words = [Says::Tool, Says::Share, Says::Comments, Says::Subscribe];
        let is_about_page = self.is_outside
            || holds.fields > 0
            || holds.shares > 0
            || holds.fragments > 0
            || words.into_iter().any(|what| self.says(what));
        if is_about_page { self.tool() } else { None }
    }

    fn skip(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        (holds.text <= 120 && holds.fragments > 0 && self.is_links()).then_some("shape: link within the page")
    }

    fn dialog(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_box = holds.fields > 0 || holds.is_linked(30) || self.is_outside || self.says(Says::Subscribe);
        (is_box && holds.text <= 3000 && self.is_edge()).then_some("shape: dialog")
    }

    fn ad(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if holds.text <= 80 && holds.pictures == 0 && is_label_line(&self.page.beginning(self.index, false)) {
            return Some("shape: advertisement");
        }
        let is_slot = holds.text <= 40 || self.is_outside && holds.text <= 600;
        (is_slot && holds.pictures == 0 && holds.prose == 0 && self.is_edge())
            .then_some("shape: advertisement")
    }

    fn header(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_of_page =
            self.is_outside && self.is_before && holds.prose == 0 && (holds.links > 0 || holds.text <= 120);
        let is_menu = self.signs.has(Sign::Landmark) && self.is_edge() && self.is_links() && holds.links >= 2;
        if holds.pictures > holds.links {
            return None;
        }
        (is_of_page && (holds.headings == 0 || holds.is_linked(50)) || is_menu)
            .then_some("shape: page header")
    }

    fn footer(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let has_rights = || holds.text <= 1500 && holds_copyright(&self.page.beginning(self.index, true));
        let is_footer = self.is_after && (self.is_outside || self.is_links() || has_rights());
        is_footer.then_some("shape: page footer")
    }

    fn sidebar(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_list = self.is_links() && holds.links >= 2;
        let is_empty_box = self.is_edge() && holds.fields > 0 && holds.prose == 0;
        if self.signs.has(Sign::Cited) && !self.is_outside {
            return None;
        }
        (self.is_outside || is_list && (self.is_edge() || self.signs.has(Sign::Landmark)) || is_empty_box)
            .then_some("shape: sidebar")
    }

    /// Whether it shows pictures with a few links, as the picture above an article does.
    fn is_picture(&self) -> bool {
        self.holds.pictures > 0 && self.holds.links < 3
    }

    /// Outside the element that holds the article, links and forms are enough.
    fn outside(&self) -> Option<Shape> {
        let Self { holds, node, .. } = self;
        if node.tag == Tag::P && holds.links < 2 && !holds.is_linked(90) {
            return None;
        }
        let is_some = holds.links >= 3 || holds.is_linked(90) && holds.text <= 60 && holds.site == Site::Own;
        if self.is_links() && is_some && holds.headings <= holds.links && !self.is_picture() {
            return Some("shape: links around the article");
        }
        let is_teasers = holds.links >= 3 && (holds.is_linked(40) || holds.cards >= 3 && holds.is_linked(15));
        if is_teasers {
            return Some("shape: links around the article");
        }
        (holds.fields > 0 && holds.prose == 0 && holds.text <= 600).then_some("shape: form")
    }
}
