//! The paragraphs of a text in one `<div>`.

use std::mem::take;

use super::inline::InlineBuilder;
use super::tight::push_tight;
use super::urls::Urls;
use crate::html::event::{Element, EventSink, Removed, Space, Tag};
use crate::post::{Block, Paragraph};

/// Makes paragraphs of the events of what stands in a `<div>` without attributes, if nothing stands there but
/// text and line breaks.
///
/// This does what a [`BlockBuilder`](super::BlockBuilder) does with these events, and has nothing that is
/// needed for others.
pub(crate) struct LoneText<'a> {
    inline: InlineBuilder<'a>,
    /// None are resolved.
    urls: Urls<'static>,
    blocks: Vec<Block<'a>>,
}

impl<'a> LoneText<'a> {
    /// A builder for a text of `bytes` bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Self { inline: InlineBuilder::new(bytes), urls: Urls::new(None, bytes), blocks: Vec::new() }
    }

    /// The paragraphs, once the `<div>` ends.
    pub(crate) fn finish(&mut self) -> Vec<Block<'a>> {
        self.end_paragraph();
        take(&mut self.blocks)
    }

    fn end_paragraph(&mut self) {
        if self.inline.is_empty() {
            return;
        }
        if let Some(text) = self.inline.finish(&self.urls) {
            push_tight(&mut self.blocks, Block::Paragraph(Paragraph::new(text)));
        }
    }
}

impl<'a> EventSink<'a> for LoneText<'a> {
    /// A `<br>` opens.
    fn open(&mut self, _: &Element<'a>) {
        if self.inline.line_break() {
            self.end_paragraph();
        }
    }

    fn close(&mut self, _: Tag) {
        self.inline.end_element();
    }

    // Nothing ends a text in an element but a line break: there is no rest that belongs to another text.

    fn text(&mut self, text: &'a str) {
        _ = self.inline.push(text, false);
    }

    fn other_text(&mut self, text: &str) {
        _ = self.inline.push_copy(text, false);
    }

    fn space(&mut self, space: Space<'a>) {
        self.inline.push_space(space.feeds);
    }

    /// Nothing goes.
    fn removed(&mut self, _: Removed) {}

    fn restart(&mut self) {
        let Self { inline, urls: _, blocks } = self;
        *inline = InlineBuilder::default();
        blocks.clear();
    }
}
