//! Media and drop capitals in a text: which of them part two texts, and which do not.

use super::builder::BlockBuilder;
use super::{drop_cap, figure};
use crate::post::{Block, Media};

impl<'a> BlockBuilder<'a, '_> {
    /// Makes a block of the text that was collected, with the figures beside it.
    #[inline(never)]
    pub(super) fn add_text_and_media(&mut self) {
        let [before, after] = self.beside.take(self.inline.len());
        let block = self.text_block();
        let figure = |media| Block::Figure(figure::new(vec![media], None, None));
        for block in before.into_iter().map(figure).chain(block).chain(after.into_iter().map(figure)) {
            self.frame().push(block);
        }
    }

    /// Whether a medium that comes now stands in a line of text, after some of it. Players are as wide as the
    /// text, so they part sentences, but do not cut them.
    pub(super) fn is_in_line(&self, media: &Media<'a>) -> bool {
        !self.inline.is_empty()
            && !self.inline.is_at_line_start()
            && match media {
                Media::Image(_) | Media::Audio(_) => true,
                Media::Video(_) | Media::Embed(_) => !self.inline.ends_sentence(),
            }
    }

    /// The medium shown last, if nothing has come after it.
    pub(super) fn last_media(&mut self) -> Option<&mut Media<'a>> {
        if !self.inline.is_empty() {
            return self.beside.last_at(self.inline.len());
        }
        match self.frame().blocks.last_mut() {
            Some(Block::Figure(figure)) if figure.caption.is_none() => figure.media.last_mut(),
            _ => None,
        }
    }

    /// A block ends that holds a character or two. It may be a drop capital, as the class of a `<div>` tells.
    #[inline(never)]
    pub(super) fn end_short_block(&mut self) {
        let (depth, class) = self.last_div;
        let is_div = depth == self.effects.len();
        if is_div && !self.is_in_one_text() && drop_cap::is_source_of_class(class) {
            self.inline.end_drop_cap();
        }
    }
}
