//! Which shape an element has, if it has one.

use super::ground::Ground;
use super::page::{Holds, Node, Page};
use super::signs::{Sign, Signs};
use super::texts::{Says, holds_cookies, holds_copyright, says};
use crate::chars::is_blank;
use crate::html::event::Tag;
use crate::rules::label::is_label;

/// The name of a shape.
pub(super) type Shape = &'static str;

/// What an item may be called that goes without the others of its list.
const OF_ITEMS: Signs = Signs::of(&[Sign::Comments, Sign::Share, Sign::Subscribe, Sign::Skip]);

/// An element that is looked at, with what its shape depends on.
pub(super) struct Candidate<'p, 'a> {
    page: &'p Page<'a>,
    ground: &'p Ground,
    index: usize,
    node: &'p Node,
    holds: Holds,
    signs: Signs,
    /// Whether it stands outside the element that holds the article, and that one is known for sure.
    is_outside: bool,
    /// Whether it ends before the first sentence of the article.
    is_before: bool,
    /// Whether it begins after the last sentence of the article.
    is_after: bool,
}

/// The elements that may go. What is inside the others stays with them.
pub(super) fn may_go(tag: Tag) -> bool {
    !matches!(
        tag,
        Tag::Html
            | Tag::Head
            | Tag::Body
            | Tag::Main
            | Tag::Article
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

/// The elements in which nothing is looked for.
pub(super) fn is_closed(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::P
            | Tag::Pre
            | Tag::Code
            | Tag::Figure
            | Tag::Picture
            | Tag::Math
            | Tag::Svg
            | Tag::Blockquote
            | Tag::Ruby
            | Tag::A
            | Tag::B
            | Tag::I
            | Tag::Em
            | Tag::Strong
            | Tag::Video
            | Tag::Audio
            | Tag::Object
            | Tag::Iframe
            | Tag::Dl
    ) || tag.is_heading()
        || tag.hides_text()
}

/// Whether the line says that an advertisement comes.
fn is_label_line(line: &str) -> bool {
    let letters: String = line.chars().filter(|c| !is_blank(*c)).collect();
    !letters.is_empty() && is_label(&letters)
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
            .or_else(|| by_sign(Sign::Skip, Self::skip))
            .or_else(|| by_sign(Sign::Dialog, Self::dialog))
            .or_else(|| by_sign(Sign::Ad, Self::ad))
            .or_else(|| by_sign(Sign::Header, Self::header))
            .or_else(|| by_sign(Sign::Footer, Self::footer))
            .or_else(|| by_sign(Sign::Sidebar, Self::sidebar))
            .or_else(|| self.by_words())
            .or_else(|| if self.is_outside { self.outside() } else { None })
    }

    /// Whether anything could be the matter with it: not with what holds the article or a large part of it.
    fn is_possible(&self) -> bool {
        let Self { holds, node, ground, .. } = self;
        let holds_title = ground.title > 0 && (self.index..node.end as usize).contains(&ground.title);
        let holds_core =
            !self.is_before && !self.is_after && self.index <= ground.core && ground.core < node.end as usize;
        let may_go = match node.tag {
            // The layout of a page.
            Tag::Tr | Tag::Td => self.is_outside,
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

    fn is_edge(&self) -> bool {
        self.is_outside || self.is_before || self.is_after
    }

    /// What its heading, or else its first line, says.
    fn says(&self, what: Says) -> bool {
        let heading = self.node.heading as usize;
        heading > 0 && says(&self.page.beginning(heading, false), what)
            || says(&self.page.beginning(self.index, false), what)
    }

    /// Whether it is hardly anything but links.
    fn is_links(&self) -> bool {
        self.holds.prose == 0 && self.holds.is_linked(50)
    }

    fn is_cards(&self) -> bool {
        self.holds.cards >= 2
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
        let is_notice = self.holds.fields > 0 || self.holds.links > 0 || self.is_outside;
        let speaks = || self.says(Says::Cookies) || holds_cookies(&self.page.beginning(self.index, true));
        (is_notice && self.holds.text <= 6000 && (self.is_edge() || !self.ground.is_firm) && speaks())
            .then_some("shape: cookie notice")
    }

    fn comments(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        if self.is_before && holds.text <= 40 && self.is_links() {
            return Some("shape: comments");
        }
        let is_thread = holds.remarks >= 1 + u32::from(self.signs.has(Sign::Remark));
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
            (false, false) => self.is_links() && (self.is_edge() || holds.links > 2 && holds.is_linked(80)),
        };
        (is_menu && !is_contents).then_some("shape: navigation")
    }

    fn subscribe(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_box = holds.text <= 1500 && (holds.fields > 0 || self.says(Says::Subscribe))
            || holds.text <= 600 && self.is_outside
            || holds.text <= 200 && self.is_links();
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
        let is_small = holds.prose == 0 && holds.text <= 200 && holds.headings == 0 && self.is_edge();
        let is_meta = || {
            holds.times > 0
                || holds.links > 0 && holds.is_linked(30)
                || self.says(Says::Byline)
                || self.has_date()
        };
        (is_small && is_meta()).then_some("shape: byline")
    }

    /// Whether its first line has digits of a date.
    fn has_date(&self) -> bool {
        let text = self.page.beginning(self.index, true);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (3..=24).contains(&digits) && text.chars().count() <= 80
    }

    fn author(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_box = holds.text <= 1500
            && self.is_after
            && (holds.links > 0 || holds.pictures > 0 || self.says(Says::Author));
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
        (is_of_page && holds.headings == 0 || is_of_page && holds.is_linked(50) || is_menu)
            .then_some("shape: page header")
    }

    fn footer(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let has_rights = || holds.text <= 1500 && holds_copyright(&self.page.beginning(self.index, true));
        let is_footer =
            self.is_outside && self.is_after || self.is_after && (self.is_links() || has_rights());
        is_footer.then_some("shape: page footer")
    }

    fn sidebar(&self) -> Option<Shape> {
        let Self { holds, .. } = self;
        let is_list = self.is_links() && holds.links >= 2;
        let is_empty_box = self.is_edge() && holds.fields > 0 && holds.prose == 0;
        (self.is_outside || is_list && (self.is_edge() || self.signs.has(Sign::Landmark)) || is_empty_box)
            .then_some("shape: sidebar")
    }

    /// Shapes that only words tell, and what is beside the words.
    fn by_words(&self) -> Option<Shape> {
        let Self { holds, node, .. } = self;
        let is_box =
            matches!(node.tag, Tag::Div | Tag::Section | Tag::Aside | Tag::Form | Tag::Footer | Tag::Nav);
        let is_box = is_box || node.tag == Tag::P && self.is_outside || node.tag == Tag::P && self.is_before;
        if !is_box || holds.text == 0 {
            return None;
        }
        if self.is_announced() {
            return Some("shape: related links");
        }
        if !self.is_edge() {
            return None;
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
        if self.is_outside {
            return self.by_words_outside();
        }
        None
    }

    /// Whether it is a list of links with a line above it that says so.
    fn is_announced(&self) -> bool {
        let Self { holds, node, .. } = self;
        let has_links = match (self.is_edge(), self.is_cards()) {
            (true, is_cards) => is_cards || holds.links >= 2 && holds.is_linked(50),
            (false, _) => holds.links >= 2 && holds.prose == 0 && holds.is_linked(60),
        };
        // Links to other sites are further reading that the author wrote.
        let is_of_site = self.is_outside || self.is_cards() || holds.absolute * 2 <= holds.links;
        let is_box = has_links && is_of_site && !node.has_own_text;
        let is_one =
            matches!(node.tag, Tag::Section | Tag::Aside) && self.is_links() && holds.unlinked() <= 30;
        (is_box || is_one) && says(&self.page.beginning(self.index, false), Says::Related)
    }

    /// Whether it is a line with the names of the authors, or one of them and the date.
    fn is_dated(&self) -> bool {
        let is_line = self.node.tag != Tag::P && self.has_date();
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

    /// Outside the element that holds the article, links and forms are enough.
    fn outside(&self) -> Option<Shape> {
        let Self { holds, node, .. } = self;
        if node.tag == Tag::P && holds.links < 2 && !holds.is_linked(90) {
            return None;
        }
        let is_some = holds.links >= 3 || holds.is_linked(90) && holds.text <= 60;
        if self.is_links() && is_some && holds.headings <= holds.links && holds.pictures <= holds.links {
            return Some("shape: links around the article");
        }
        let is_teasers = holds.links >= 3 && (holds.is_linked(40) || holds.cards >= 3 && holds.is_linked(15));
        if is_teasers {
            return Some("shape: links around the article");
        }
        (holds.fields > 0 && holds.prose == 0 && holds.text <= 600).then_some("shape: form")
    }
}
