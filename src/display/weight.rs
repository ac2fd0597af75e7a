//! How much text elements hide: one that hides most of a post is a page that waits for a script.

use crate::html::event::{Element, EventSink, Removed, Style, Tag};

/// The text that elements hide, one by one.
#[derive(Debug, Default)]
pub(super) struct HiddenText {
    so_far: Weight,
    /// The elements that hide text, and have closed.
    elements: Vec<(HiderNumber, Weight)>,
}

/// The number of an element among those that say that they, or the texts in them, are hidden: the same each
/// time a body is read. Not every element has a start tag to know it by.
pub(super) type HiderNumber = usize;

/// How much text there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weight {
    /// In characters other than white space.
    characters: usize,
    /// The starts of blocks, and the line breaks.
    blocks: usize,
}

/// A text of fewer characters, in one paragraph, is not an article that is hidden beside something shown.
const LEAST_ARTICLE: usize = 200;

impl HiddenText {
    pub(super) fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// How much text is hidden so far.
    pub(super) fn so_far(&self) -> Weight {
        self.so_far
    }

    pub(super) fn add_text(&mut self, text: &str) {
        self.so_far.characters += characters(text);
    }

    pub(super) fn add_tag(&mut self, tag: Tag) {
        self.so_far.blocks += usize::from(tag.is_block() || tag == Tag::Br);
    }

    /// Takes note of an element that closes. `before` is how much text was hidden when it opened.
    pub(super) fn close(&mut self, number: HiderNumber, before: Weight) {
        let characters = self.so_far.characters - before.characters;
        if characters > 0 {
            let blocks = self.so_far.blocks - before.blocks;
            self.elements.push((number, Weight { characters, blocks }));
        }
    }

    /// The elements that hide an article, of a body that shows `shown` characters and media: those with most
    /// of the text. What stands beside something shown is no article if it is a short paragraph.
    pub(super) fn articles(&self, shown: usize) -> Vec<HiderNumber> {
        let all = shown + self.so_far.characters;
        let is_article = |weight: &Weight| {
            2 * weight.characters > all
                && (shown == 0 || weight.blocks >= 2 || weight.characters >= LEAST_ARTICLE)
        };
        let mut articles: Vec<_> = self
            .elements
            .iter()
            .filter(|(_, weight)| is_article(weight))
            .map(|(number, _)| *number)
            .collect();
        articles.sort_unstable();
        articles
    }
}

fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A sink that counts what of a body is shown: characters other than white space, and media.
#[derive(Debug, Default)]
pub(crate) struct ShownText {
    count: usize,
    /// How many open elements hide their text.
    hidden: usize,
}

impl ShownText {
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    fn add(&mut self, text: &str) {
        if self.hidden == 0 {
            self.count += characters(text);
        }
    }
}

impl<'a> EventSink<'a> for ShownText {
    fn open(&mut self, element: &Element<'a>) {
        self.count += usize::from(element.tag.is_media());
        self.hidden += usize::from(element.tag.hides_text());
    }

    fn close(&mut self, tag: Tag) {
        self.hidden -= usize::from(tag.hides_text());
    }

    fn text(&mut self, text: &'a str) {
        self.add(text);
    }

    fn other_text(&mut self, text: &str) {
        self.add(text);
    }

    fn space(&mut self, _: &'a str) {}

    fn styled(&mut self, _: Style) {}

    fn removed(&mut self, _: Removed) {}

    fn restart(&mut self) {
        *self = Self::default();
    }
}
