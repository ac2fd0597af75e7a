//! The walk over a body: what of it goes.

use super::candidate::{Candidate, Shape};
use super::ground::Ground;
use super::page::Page;
use super::signs::Site;
use super::texts::{Says, says, says_related};
use crate::html::event::Tag;

/// The longest heading, in letters.
const LONGEST_HEADING: u32 = 80;

impl Page<'_> {
    /// For each element: the shape as which it goes.
    pub(super) fn plan(&self, ground: &Ground) -> Vec<Option<Shape>> {
        let mut plan = vec![None; self.nodes.len()];
        let mut containers = vec![0];
        while let Some(container) = containers.pop() {
            self.plan_children(container, ground, &mut plan);
            for child in self.children(container) {
                if plan[child].is_none() && !self.is_closed(child, ground) {
                    containers.push(child);
                }
            }
        }
        if ground.repeats_title {
            plan[ground.title] = Some("shape: title");
        }
        if self.leaves_nothing(&plan) { vec![None; self.nodes.len()] } else { plan }
    }

    fn plan_children(&self, container: usize, ground: &Ground, plan: &mut [Option<Shape>]) {
        // A heading goes with what it is the heading of.
        let mut heading = Heading::default();
        let last_line = self.last_line(container);
        for child in self.children(container) {
            let node = &self.nodes[child];
            if self.is_heading(child, ground) {
                heading.settle(plan);
                heading = Heading::new(child, self, ground);
                continue;
            }
            let candidate = Candidate::new(self, ground, child);
            let is_flow = !self.nodes[container].has_own_text || node.tag.is_block();
            let shape = if is_flow { candidate.shape() } else { None };
            let is_last = heading.is_outside || child > last_line;
            let shape = shape.or_else(|| if is_last { heading.announces(self, ground, child) } else { None });
            plan[child] = shape;
            if shape.is_some() {
                heading.followed_by_removed(shape);
            } else if node.holds.text > 0 || node.holds.pictures > 0 {
                heading.settle(plan);
                heading = Heading::default();
            }
        }
        if !self.nodes[container].has_own_text {
            heading.settle(plan);
        }
    }

    /// The last paragraph in the element that is more than links, or 0.
    fn last_line(&self, container: usize) -> usize {
        let is_line = |child: &usize| {
            let node = &self.nodes[*child];
            node.tag == Tag::P && node.holds.unlinked() > node.holds.linked
        };
        self.children(container).filter(is_line).last().unwrap_or(0)
    }

    /// Whether nothing is looked for in it: it is a paragraph, or a list in the article.
    fn is_closed(&self, index: usize, ground: &Ground) -> bool {
        let node = &self.nodes[index];
        let is_list = matches!(node.tag, Tag::Ul | Tag::Ol);
        is_closed(node.tag) || is_list && !Candidate::new(self, ground, index).is_edge()
    }

    /// Whether it is a heading, or a short line that stands for one.
    fn is_heading(&self, index: usize, ground: &Ground) -> bool {
        let node = &self.nodes[index];
        if index == ground.title || node.holds.text == 0 || node.holds.text > LONGEST_HEADING {
            return false;
        }
        let is_line = matches!(node.tag, Tag::P | Tag::Div | Tag::Span);
        node.tag.is_heading()
            || is_line && node.holds.links == 0 && says_related(&self.beginning(index, false), false)
    }

    /// Whether an article of which all this goes has no text left, though it had some.
    fn leaves_nothing(&self, plan: &[Option<Shape>]) -> bool {
        let all = self.nodes[0].holds.text;
        let mut gone = 0_u32;
        let mut index = 1;
        while index < self.nodes.len() {
            let node = &self.nodes[index];
            if plan[index].is_some() {
                gone = gone.saturating_add(node.holds.text);
                index = node.end as usize;
            } else {
                index += 1;
            }
        }
        all > 0 && gone >= all
    }
}

/// The elements in which nothing is looked for.
fn is_closed(tag: Tag) -> bool {
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

/// A heading, and what has come after it.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what is known of it does not depend on each other")]
struct Heading {
    index: usize,
    is_outside: bool,
    is_after: bool,
    /// Whether it stands before the article, and says that something else than the article comes.
    is_furniture: bool,
    /// Whether it says that links to other posts come.
    says_related: bool,
    /// The shape of what came after it, if all of it goes.
    shape: Option<Shape>,
}

impl Heading {
    fn new(index: usize, page: &Page<'_>, ground: &Ground) -> Self {
        let node = &page.nodes[index];
        let core = &page.nodes[ground.core];
        let is_inside = ground.core == 0 || node.open > core.open && node.close < core.close;
        let text = page.beginning(index, false);
        let is_outside = ground.is_firm && ground.is_page && !is_inside;
        let others = [Says::Related, Says::Share, Says::Comments, Says::Subscribe, Says::Cookies, Says::Tags];
        Self {
            index,
            is_furniture: is_outside && others.iter().any(|what| says(&text, *what)),
            is_outside,
            is_after: node.open > ground.last,
            says_related: node.open > ground.last && says_related(&text, is_outside),
            shape: None,
        }
    }

    /// Whether the heading makes an element a list of related posts: in the article, only one of
    /// links to pages of the same site.
    fn announces(&self, page: &Page<'_>, ground: &Ground, index: usize) -> Option<Shape> {
        let node = &page.nodes[index];
        let holds = &node.holds;
        let is_list = holds.links >= 2 && holds.is_linked(60) && holds.prose == 0
            || holds.cards >= 2 && holds.is_linked(30);
        let is_list = is_list && matches!(node.tag, Tag::Ul | Tag::Ol | Tag::Div | Tag::Section | Tag::Table);
        let is_of_site = self.is_outside || holds.cards >= 2 || holds.site != Site::Several;
        (self.says_related && node.open > ground.last && is_list && is_of_site)
            .then_some("shape: related links")
    }

    fn followed_by_removed(&mut self, shape: Option<Shape>) {
        self.shape = shape;
    }

    /// What comes next is not the heading's, or stays.
    fn settle(&self, plan: &mut [Option<Shape>]) {
        if let Some(shape) = self.shape.filter(|shape| self.index > 0 && self.goes_with(shape)) {
            plan[self.index] = Some(shape);
        }
    }

    fn goes_with(&self, shape: &str) -> bool {
        self.is_outside && self.is_after
            || self.is_furniture
            || self.says_related
            || self.is_after && matches!(shape, "shape: comments" | "shape: related links")
    }
}
