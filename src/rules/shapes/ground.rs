//! Where the article is in a body: the element that holds most of the sentences.

use super::page::{Node, Page};
use super::signs::{Sign, Signs};
use super::texts::holds_copyright;
use crate::html::event::Tag;
use crate::same_title::is_same_title;

/// Where the article is.
#[derive(Debug)]
pub(super) struct Ground {
    /// The innermost element that holds it.
    pub(super) core: usize,
    /// The events between which its sentences stand.
    pub(super) first: u32,
    pub(super) last: u32,
    /// The number of letters in its sentences.
    pub(super) prose: u32,
    /// Whether they are enough to say that what stands outside the core is hardly a part of the article.
    pub(super) is_firm: bool,
    /// Whether the body is a whole page, and not only an article: it has a menu, a header or a footer.
    pub(super) is_page: bool,
    /// The heading that is the article's title, or 0.
    pub(super) title: usize,
    /// Whether the title is a line that is no heading, and has the words of the front matter.
    pub(super) repeats_title: bool,
}

/// How many letters make the ground firm: two paragraphs.
const FIRM: u32 = 350;

/// The elements whose sentences are not the article's, as long as they are not most of all.
const NOT_ARTICLE: Signs = Signs::of(&[
    Sign::Navigation,
    Sign::Footer,
    Sign::Sidebar,
    Sign::Related,
    Sign::Comments,
    Sign::Subscribe,
    Sign::Cookies,
    Sign::Dialog,
    Sign::Ad,
]);

/// The parts of a page that no article has around it.
const OF_PAGE: Signs =
    Signs::of(&[Sign::Navigation, Sign::Header, Sign::Footer, Sign::Sidebar, Sign::Search, Sign::Skip]);

/// The elements that may hold an article with all its paragraphs.
fn is_container(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Html
            | Tag::Body
            | Tag::Div
            | Tag::Main
            | Tag::Article
            | Tag::Section
            | Tag::Center
            | Tag::Form
            | Tag::Table
            | Tag::Tbody
            | Tag::Tr
            | Tag::Td
            | Tag::Header
            | Tag::Aside
            | Tag::Span
            | Tag::Font
            | Tag::Unknown
    )
}

impl Page<'_> {
    /// Finds the article. The title is that of the front matter.
    pub(super) fn ground(&mut self, title: Option<&str>) -> Ground {
        let aside = self.share_out();
        let core = self.core();
        let (open, close) = (self.nodes[core].open, self.nodes[core].close);
        let prose = self.nodes[core].holds.article;
        let is_core = |event: u32| core == 0 || open < event && event < close;
        let mut own = self.prose.iter().filter(|prose| !aside[prose.node as usize] && is_core(prose.event));
        let first = own.next().map(|prose| prose.event);
        let last = own.next_back().map(|prose| prose.event).or(first);
        let mut ground = Ground {
            core,
            first: first.unwrap_or(0),
            last: last.unwrap_or(u32::MAX),
            prose,
            is_firm: prose >= FIRM,
            is_page: self.is_page(core),
            title: 0,
            repeats_title: false,
        };
        self.find_title(&mut ground, &aside, title);
        ground
    }

    /// Whether parts of a page stand around the element: some that are called so, or menus on both
    /// sides.
    fn is_page(&self, core: usize) -> bool {
        let (open, close) = (self.nodes[core].open, self.nodes[core].close);
        let is_part = |node: &Node| {
            let is_around = node.close < open || node.open > close;
            let is_named = node.signs.has(Sign::Landmark) || node.holds.links > 1;
            is_around && is_named && node.signs.has_one(OF_PAGE)
        };
        core > 0 && (self.nodes.iter().any(is_part) || self.has_menus(core))
    }

    /// Whether blocks of links stand before the element and after it, or before it and rights after it.
    fn has_menus(&self, core: usize) -> bool {
        let (mut before, mut after) = (false, false);
        let mut inner = core;
        while inner > 0 {
            let outer = self.nodes[inner].parent as usize;
            for child in self.children(outer).filter(|child| *child != inner) {
                let node = &self.nodes[child];
                let is_menu = node.holds.links >= 3 && node.holds.prose == 0 && node.holds.is_linked(60);
                if child < inner {
                    before |= is_menu;
                } else {
                    after |=
                        is_menu || node.holds.text <= 400 && holds_copyright(&self.beginning(child, true));
                }
            }
            inner = outer;
        }
        before && after
    }

    /// Counts the sentences that are the article's. For each element: whether its are not.
    fn share_out(&mut self) -> Vec<bool> {
        let mut aside = vec![false; self.nodes.len()];
        let all = self.nodes[0].holds.prose;
        for index in 1..self.nodes.len() {
            let node = &self.nodes[index];
            aside[index] = aside[node.parent as usize] || node.is_beside_article(all);
        }
        for node in &mut self.nodes {
            node.holds.article = 0;
        }
        for prose in &self.prose {
            if !aside[prose.node as usize] {
                let holds = &mut self.nodes[prose.node as usize].holds;
                holds.article = holds.article.saturating_add(prose.size);
            }
        }
        for child in (1..self.nodes.len()).rev() {
            let (parent, article) = (self.nodes[child].parent as usize, self.nodes[child].holds.article);
            let holds = &mut self.nodes[parent].holds;
            holds.article = holds.article.saturating_add(article);
        }
        aside
    }

    /// The innermost element that holds nearly all of the article's sentences.
    fn core(&self) -> usize {
        let mut core = 0;
        loop {
            let all = u64::from(self.nodes[core].holds.article);
            let (mut best, mut second) = (0, 0);
            let mut inner = core;
            for child in self.children(core) {
                let article = u64::from(self.nodes[child].holds.article);
                if article > best {
                    (best, second, inner) = (article, best, child);
                } else {
                    second = second.max(article);
                }
            }
            let is_most = best * 5 >= all * 4 || best * 2 >= all && best >= second * 4;
            if inner == core || !is_most || !is_container(self.nodes[inner].tag) {
                return core;
            }
            core = inner;
        }
    }

    /// The elements in an element that are in no other element in it.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].end as usize;
        let mut child = node + 1;
        std::iter::from_fn(move || {
            let this = child;
            (this < end).then(|| {
                child = self.nodes[this].end as usize;
                this
            })
        })
    }

    /// The title is the heading that has the words of the front matter, or else the last of the
    /// highest rank before the article's sentences.
    fn find_title(&self, ground: &mut Ground, aside: &[bool], title: Option<&str>) {
        let mut rank = 3;
        for (index, node) in self.nodes.iter().enumerate().skip(1) {
            if node.open > ground.first {
                break;
            }
            if aside[index] || node.holds.text == 0 {
                continue;
            }
            if title.is_some_and(|title| self.is_title(index, title)) {
                (ground.title, ground.repeats_title) = (index, !node.tag.is_heading());
                return;
            }
            let its_rank = if node.tag == Tag::H1 { 1 } else { 2 };
            if its_rank <= rank && (node.tag == Tag::H1 || node.tag == Tag::H2) {
                (rank, ground.title) = (its_rank, index);
            }
        }
    }
}

impl Page<'_> {
    /// Whether it is a heading or a line with the words of the title, and nothing else.
    fn is_title(&self, index: usize, title: &str) -> bool {
        let node = &self.nodes[index];
        let is_line = matches!(node.tag, Tag::P | Tag::Div | Tag::Span)
            && node.signs.has(Sign::Title)
            && node.holds.headings == 0;
        (node.tag.is_heading() || is_line)
            && node.holds.pictures == 0
            && node.holds.text as usize <= title.len()
            && is_same_title(title, &self.text_of(index, title.len() * 2))
    }
}

impl Node {
    /// Whether its sentences are not the article's. `all` is the number of letters in those of the body.
    fn is_beside_article(&self, all: u32) -> bool {
        if !self.signs.has_one(NOT_ARTICLE) {
            return false;
        }
        // What holds most of them is the article, whatever it is called; but a thread of
        // comments may hold more than the article.
        let is_most = u64::from(self.holds.prose) * 2 > u64::from(all);
        if self.signs.has(Sign::Comments) {
            let is_rest_firm = all - self.holds.prose >= FIRM;
            return !self.holds.has_essays() && (!is_most || is_rest_firm && self.holds.is_thread());
        }
        !is_most
    }
}
