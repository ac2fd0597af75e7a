//! Texts as they come: shown, in a reading, in a fallback, or hidden.

use std::mem::take;

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::inline::InlineBuilder;
use crate::bytes::space_before_end;
use crate::html::event::{CollapsedText, Space};

impl<'a> BlockBuilder<'a, '_> {
    /// Opens an element that holds a reading. Without a base the reading is text.
    pub(super) fn open_reading(&mut self) -> Effect {
        if !self.inline.open_reading() {
            return Effect::Nothing;
        }
        self.hidden += 1;
        Effect::Reading
    }

    /// Whether text that comes now belongs to a reading. Readings are opened where nothing is hidden.
    pub(super) fn is_in_reading(&self) -> bool {
        self.hidden == 1 && self.inline.is_reading()
    }

    /// Ends the reading, if there is one: what comes now is text after the base.
    pub(super) fn leave_reading(&mut self) {
        if self.is_in_reading() {
            self.hidden -= 1;
            self.inline.end_reading();
            for media in take(&mut self.waiting_media) {
                self.show(media);
            }
        }
    }

    /// Adds a text with `push`, which returns the rest of the text after a blank line that ends a paragraph.
    #[inline]
    pub(super) fn add_text<'t>(
        &mut self,
        text: &'t str,
        push: impl Fn(&mut InlineBuilder<'a>, &'t str, bool) -> Option<&'t str>,
    ) {
        if self.hidden > 0 {
            return self.add_hidden_text(text);
        }
        let stops_at_blank_line = self.stops_at_blank_line();
        if let Some(rest) = push(&mut self.inline, text, stops_at_blank_line) {
            self.end_text();
            self.add_rest(rest, stops_at_blank_line, &push);
        }
    }

    /// Adds a piece of the source to a text that has begun, or to code.
    #[inline(never)]
    pub(super) fn add_next_text(&mut self, text: &'a str) {
        if let Some(rest) = self.inline.push_next(text, self.stops_at_blank_line()) {
            self.end_text_before(rest);
        }
    }

    /// The same for a piece whose white space is known.
    #[inline(never)]
    pub(super) fn add_next_collapsed(&mut self, text: &CollapsedText<'a>) {
        if let Some(rest) = self.inline.push_next_collapsed(text, self.stops_at_blank_line()) {
            self.end_text_before(rest);
        }
    }

    /// Ends the text after a blank line of the source. `rest` is what follows of the piece.
    #[cold]
    pub(super) fn end_text_before(&mut self, rest: &'a str) {
        self.end_text();
        self.add_rest(rest, self.stops_at_blank_line(), &InlineBuilder::push);
    }

    /// Adds the rest of a text, of which the beginning is a text of its own.
    #[cold]
    fn add_rest<'t>(
        &mut self,
        text: &'t str,
        stops_at_blank_line: bool,
        push: &impl Fn(&mut InlineBuilder<'a>, &'t str, bool) -> Option<&'t str>,
    ) {
        // The white space at the end is looked at once, and not again with each paragraph.
        let (end, _) = space_before_end(text.as_bytes());
        let (text, space) = text.split_at(end);
        for part in [text, space] {
            let mut rest = push(&mut self.inline, part, stops_at_blank_line);
            while let Some(text) = rest {
                self.end_text();
                rest = push(&mut self.inline, text, stops_at_blank_line);
            }
        }
    }

    /// Adds white space between texts.
    #[inline(never)]
    pub(super) fn add_space(&mut self, space: Space<'a>) {
        if self.inline.preserves() || self.is_hidden() {
            return self.add_kept_space(space.source);
        }
        if self.inline.push_space(space.feeds) && self.stops_at_blank_line() {
            self.end_text();
        }
    }

    /// Adds white space that is text: in preformatted text, or in a text that is not shown here.
    #[cold]
    fn add_kept_space(&mut self, space: &'a str) {
        self.add_text(space, InlineBuilder::push);
    }

    #[cold]
    pub(super) fn add_hidden_text(&mut self, text: &str) {
        if self.is_in_reading() {
            self.inline.push_reading(text);
        } else if let Some((_, html)) = &mut self.fallback {
            html.push_str(text);
        }
    }

    /// In text that is inside no element, a blank line ends a paragraph, as in Markdown.
    #[inline]
    pub(super) fn stops_at_blank_line(&self) -> bool {
        self.effects.is_empty()
    }

    #[inline(never)]
    pub(super) fn line_break(&mut self) -> Effect {
        if self.beside.last_at(self.inline.len()).is_some() {
            // The medium is at the end of its line, and the line is not cut.
            self.end_text();
        }
        let is_blank_line = self.inline.line_break();
        if is_blank_line && self.heading.is_none() && !self.is_in_one_text() {
            self.end_text();
        }
        Effect::Nothing
    }

    /// Adds a text in place of an image.
    pub(super) fn add_emoji(&mut self, text: &str) {
        if self.is_in_reading() {
            self.inline.push_reading(text);
        } else {
            self.add_text(text, InlineBuilder::push_copy);
        }
    }

    /// What comes now begins on a line of its own, in the same text.
    pub(super) fn begin_line(&mut self) {
        if !self.is_hidden() {
            self.inline.boundary();
        }
    }
}
