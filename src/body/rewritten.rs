//! A text that a stage of the body may have changed.

use std::borrow::Cow;
use std::ops::Range;

use crate::source_map::SourceMap;

/// A text, and where its bytes come from.
#[derive(Debug, Clone)]
pub(super) struct Rewritten<'a> {
    /// Borrowed if it is the text that the stage was given.
    pub(super) text: Cow<'a, str>,
    /// From offsets in this text to offsets in the one that the stage was given; without runs if that is the
    /// same, or if nobody wants to know.
    pub(super) map: SourceMap,
}

/// Copies a text from its start to its end, and replaces some of its characters.
pub(super) struct Rewriter<'t> {
    text: &'t str,
    made: String,
    map: SourceMap,
    /// Up to where the other text is copied or replaced.
    done: usize,
}

impl<'t> Rewriter<'t> {
    /// `room` is how many bytes the text that is made may have before it has to grow.
    pub(super) fn new(text: &'t str, room: usize, with_map: bool) -> Self {
        Self { text, made: String::with_capacity(room), map: SourceMap::new(with_map), done: 0 }
    }

    /// Copies what stands before the range, and writes a character, or nothing, in place of what is in it.
    pub(super) fn replace(&mut self, range: Range<usize>, with: Option<char>) {
        self.copy_to(range.start);
        if let Some(c) = with {
            self.map.written(self.made.len(), range.start);
            self.made.push(c);
        }
        self.done = range.end;
    }

    fn copy_to(&mut self, end: usize) {
        if self.done < end {
            self.map.copy(self.made.len(), self.done);
            self.made.push_str(&self.text[self.done..end]);
        }
    }

    /// The text that was made; `None` if nothing was replaced.
    pub(super) fn finish(mut self) -> Option<Rewritten<'static>> {
        if self.done == 0 {
            return None;
        }
        self.map.copy(self.made.len(), self.done);
        self.made.push_str(&self.text[self.done..]);
        Some(Rewritten { text: Cow::Owned(self.made), map: self.map })
    }
}
