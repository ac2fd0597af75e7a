//! Media and drop capitals in a text: which of them part two texts, and which do not.

use super::beside::Side;
use super::builder::BlockBuilder;
use super::twins::{self, Origin};
use super::{drop_cap, figure};
use crate::post::{Block, Image, Media};

impl<'a> BlockBuilder<'a, '_> {
    /// Makes a block of the text that was collected, with the figures beside it.
    #[cold]
    pub(super) fn add_text_and_media(&mut self) {
        let [before, after] = self.beside.take(self.inline.len());
        let block = self.text_block();
        let figure = |media| Block::Figure(figure::new(vec![media], None, None));
        for block in before.into_iter().map(figure).chain(block).chain(after.into_iter().map(figure)) {
            self.frame().push(block);
        }
    }

    /// Whether a medium that comes now stands in a line of text, after some of it. Players are as wide as the
    /// text, and what begins a line of the source may be meant to stand alone, so these part sentences, but
    /// do not cut them; a player that begins a line of the source stands alone.
    pub(super) fn is_in_line(&self, media: &Media<'a>) -> bool {
        !self.inline.is_empty()
            && !self.inline.is_at_line_start()
            && match (media, self.inline.is_at_source_line_start()) {
                (Media::Image(_) | Media::Audio(_), false) => true,
                (Media::Video(_) | Media::Embed(_), true) => false,
                _ => !self.inline.ends_sentence(),
            }
    }

    /// Shows a medium.
    pub(super) fn show(&mut self, media: Media<'a>) {
        self.show_from(media, Origin::default(), Side::After);
    }

    /// Shows a medium of which this is known, beside whether it is in a `<noscript>`. In the middle of a
    /// line, it stands at this side of the text; elsewhere, the texts before and after it are two.
    #[inline]
    pub(super) fn show_from(&mut self, mut media: Media<'a>, mut origin: Origin<'a>, side: Side) {
        self.end_fragment_link();
        self.captions.is_near = true;
        if self.inline.is_reading() {
            self.waiting_media.push(media);
            return;
        }
        origin.in_noscript = self.media.is_in_noscript();
        let last = self.media.last_origin();
        self.media.set_last_origin(origin);
        if self.merge_with_last(&mut media, last, origin) {
            return;
        }
        if self.frame_kind().is_caption() {
            self.inline.pass_medium();
        } else if self.is_in_line(&media) {
            self.inline.pass_medium();
            self.beside.push(media, side, self.inline.len());
            return;
        } else {
            self.end_text();
        }
        let mut figure = figure::new(vec![media], None, None);
        if self.anchors.is_second_reading() {
            figure.id = self.anchors.take_for_block();
        }
        self.frame().push(Block::Figure(figure));
    }

    /// Merges a medium with the medium shown just before it, if the two are the same thing, and returns
    /// whether they are.
    fn merge_with_last(&mut self, media: &mut Media<'a>, last: Origin<'a>, origin: Origin<'a>) -> bool {
        if self.inline.is_empty() {
            let blocks = self.frame().blocks.len();
            let unseen = self.media.take_unseen(blocks);
            if let (Media::Image(image), Some(mut unseen), true) = (&mut *media, unseen, origin.in_noscript) {
                twins::fill(image, &mut unseen);
            }
        }
        let shown = self.last_shown(last.in_noscript != origin.in_noscript);
        let is_twin = shown.is_some_and(|shown| twins::merge((shown, last), (media, origin)));
        if is_twin {
            let is_blurred = last.is_blurred && origin.is_blurred;
            let is_of_amp = last.is_of_amp && origin.in_noscript;
            self.media.set_last_origin(Origin {
                is_merged: true,
                is_blurred,
                is_of_amp,
                ..Origin::default()
            });
        }
        is_twin
    }

    /// The medium shown last, if nothing has come after it. In a `<figure>`, the caption may stand between an
    /// image and its twin in a `<noscript>`.
    fn last_shown(&mut self, passes_caption: bool) -> Option<&mut Media<'a>> {
        if !self.inline.is_empty() {
            return self.beside.last_at(self.inline.len());
        }
        let figure = match &mut self.frame().blocks[..] {
            [.., Block::Figure(shown), Block::Figure(caption)]
                if passes_caption && caption.media.is_empty() =>
            {
                shown
            }
            [.., Block::Figure(shown)] => shown,
            _ => return None,
        };
        if figure.caption.is_some() { None } else { figure.media.last_mut() }
    }

    /// Whether an image that comes now, with this URL and this list of candidates, is
    /// [known](twins::is_known) from the image before it.
    pub(super) fn is_known_image(&mut self, src: &str, srcset: &str) -> bool {
        let (last, in_noscript) = (self.media.last_origin(), self.media.is_in_noscript());
        last.list.is_some()
            && !self.inline.is_reading()
            && self
                .last_shown(true)
                .is_some_and(|shown| twins::is_known((shown, last), (src, srcset, in_noscript)))
    }

    /// Takes note of an image without a URL: what it says may be what its twin in a `<noscript>` lacks.
    pub(super) fn note_unseen(&mut self, mut image: Image<'a>) {
        if !self.inline.is_empty() || self.inline.is_reading() {
            return;
        }
        let is_after_noscript = self.media.last_origin().in_noscript;
        match self.frame().blocks.last_mut() {
            Some(Block::Figure(figure)) if is_after_noscript && figure.caption.is_none() => {
                if let Some(Media::Image(shown)) = figure.media.last_mut() {
                    twins::fill(shown, &mut image);
                }
            }
            _ => {
                let blocks = self.frame().blocks.len();
                self.media.set_unseen(image, blocks);
            }
        }
    }

    /// Ends a block that holds a character or two. It may be a drop capital, as the class of a `<div>` tells.
    #[cold]
    pub(super) fn end_short_block(&mut self) {
        let (depth, class) = self.last_div;
        if depth != self.effects.len() {
            return;
        }
        // It is closed, and its class, which may be long, is not looked at again with what follows.
        self.last_div = (0, "");
        if !self.is_in_one_text() && drop_cap::is_source_of_class(class) {
            self.inline.end_drop_cap();
        }
    }
}
