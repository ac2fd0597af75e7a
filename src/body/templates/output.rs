//! The body as it becomes while tags are dealt with.

use std::borrow::Cow;

use super::super::rewritten::Rewritten;
use crate::source_map::SourceMap;

/// Copies the body but for the parts that something else is written for. Parts come in the order of the body.
pub(super) struct Output<'a> {
    body: &'a str,
    text: String,
    map: SourceMap,
    /// Up to where the body is in the text, or has been left out.
    done: usize,
}

impl<'a> Output<'a> {
    pub(super) fn new(body: &'a str, with_map: bool) -> Self {
        Self { body, text: String::new(), map: SourceMap::new(with_map), done: 0 }
    }

    /// Up to where the body has been dealt with.
    pub(super) fn done(&self) -> usize {
        self.done
    }

    /// What stands before `at` once the body has been copied up to it, backwards.
    pub(super) fn before(&self, at: usize) -> impl Iterator<Item = u8> {
        let body = self.body.as_bytes().get(self.done..at).unwrap_or_default();
        body.iter().rev().chain(self.text.as_bytes().iter().rev()).copied()
    }

    /// Writes `text` for the bytes from `start` to `end` of the body.
    pub(super) fn replace(&mut self, start: usize, end: usize, text: &str) {
        let start = start.max(self.done);
        self.copy_to(start);
        if !text.is_empty() {
            self.map.written(self.text.len(), start);
            self.text.push_str(text);
        }
        self.done = end.max(start);
    }

    fn copy_to(&mut self, end: usize) {
        if end > self.done {
            self.map.copy(self.text.len(), self.done);
            self.text.push_str(&self.body[self.done..end]);
            self.done = end;
        }
    }

    /// What came of the body: itself, if nothing was written for any part.
    pub(super) fn finish(mut self) -> Rewritten<'a> {
        if self.done == 0 && self.text.is_empty() {
            return Rewritten { text: Cow::Borrowed(self.body), map: SourceMap::default() };
        }
        self.copy_to(self.body.len());
        Rewritten { text: Cow::Owned(self.text), map: self.map }
    }
}
