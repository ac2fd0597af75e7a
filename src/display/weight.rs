//! How much text elements hide: one that hides most of a post is a page that waits for a script.

use std::iter::successors;

use crate::html::event::{Element, EventSink, Removed, Space, Tag};

/// The text that elements hide, one by one.
#[derive(Debug, Default)]
pub(super) struct HiddenText {
    /// The elements that say that they, or the texts in them, are hidden, in order.
    hiders: Vec<Hider>,
    /// The innermost of them that is open.
    innermost: Option<HiderNumber>,
    /// In characters other than white space.
    characters: usize,
}

/// The number of an element among those that hide something: the same each time a body is read. Not every
/// element has a start tag to know it by.
pub(super) type HiderNumber = usize;

#[derive(Debug)]
struct Hider {
    /// The element around it that hides something too.
    around: Option<HiderNumber>,
    /// The characters that it hides, and none in it does.
    characters: usize,
    /// The starts of blocks, and the line breaks, among them.
    blocks: usize,
}

/// A text of fewer characters, in one paragraph, is not an article that is hidden beside something shown.
const LEAST_ARTICLE: usize = 200;

impl HiddenText {
    pub(super) fn is_empty(&self) -> bool {
        self.characters == 0
    }

    pub(super) fn open_hider(&mut self) {
        let around = self.innermost.replace(self.hiders.len());
        self.hiders.push(Hider { around, characters: 0, blocks: 0 });
    }

    pub(super) fn close_hider(&mut self) {
        self.innermost = self.innermost.and_then(|number| self.hiders[number].around);
    }

    pub(super) fn add_text(&mut self, text: &str) {
        let characters = characters(text);
        self.characters += characters;
        if let Some(number) = self.innermost {
            self.hiders[number].characters += characters;
        }
    }

    pub(super) fn add_tag(&mut self, tag: Tag) {
        if let Some(number) = self.innermost {
            self.hiders[number].blocks += usize::from(tag.is_block() || tag == Tag::Br);
        }
    }

    /// The elements that hide the article, each in the one before, of a body that shows `shown` characters
    /// and media: the one that hides most of the text, and those around it. What stands beside something
    /// shown is no article if it is a short paragraph.
    pub(super) fn article(&self, shown: usize) -> Vec<HiderNumber> {
        let all = shown + self.characters;
        let is_article = |hider: &Hider| {
            2 * hider.characters > all
                && (shown == 0 || hider.blocks >= 2 || hider.characters >= LEAST_ARTICLE)
        };
        let innermost = self.hiders.iter().position(is_article);
        let mut article: Vec<_> = successors(innermost, |number| self.hiders[*number].around).collect();
        article.reverse();
        article
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

    fn space(&mut self, _: Space<'a>) {}

    fn removed(&mut self, _: Removed) {}

    fn restart(&mut self) {
        *self = Self::default();
    }
}
