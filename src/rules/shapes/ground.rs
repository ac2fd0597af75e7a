//! Where the article is in a body: the element that holds most of the sentences.

use super::page::{Node, Page};
use super::signs::{Sign, Signs};
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
    /// How many letters its sentences have.
    pub(super) prose: u32,
    /// Whether there are so many that what stands outside the core is hardly a part of the article.
    pub(super) is_firm: bool,
    /// The heading that is the article's title, or 0.
    pub(super) title: usize,
    /// Whether the title is the one in the front matter.
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
            title: 0,
            repeats_title: false,
        };
        self.find_title(&mut ground, &aside, title);
        ground
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

    /// The title is the heading that has the words of the front matter, or else the last of the highest rank
    /// before the article's sentences.
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
                (ground.title, ground.repeats_title) = (index, true);
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
        let is_line = matches!(node.tag, Tag::P | Tag::Div) && node.has_own_text;
        (node.tag.is_heading() || is_line)
            && node.holds.pictures == 0
            && node.holds.text as usize <= title.len()
            && is_same_title(title, &self.text_of(index, title.len() * 2))
    }
}

impl Node {
    /// Whether its sentences are not the article's, in a body that holds so many letters of sentences.
    fn is_beside_article(&self, all: u32) -> bool {
        if !self.signs.has_one(NOT_ARTICLE) {
            return false;
        }
        // What holds most of them is the article, whatever it is called; but a thread of comments may hold
        // more than the article.
        let is_most = u64::from(self.holds.prose) * 2 > u64::from(all);
        let is_thread =
            self.signs.has(Sign::Comments) && self.holds.remarks >= 3 && all - self.holds.prose >= FIRM;
        !is_most || is_thread
    }
}
