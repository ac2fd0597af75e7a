//! Events in, events out: what a browser shows of a body, whatever the rules are.
//!
//! Elements that no browser shows go, and of the copies of one formula all but one.

mod formulas;

pub(crate) use formulas::Formulas;

use crate::html::event::{Element, EventSink, Removed, Tag};

/// A sink that takes out what no browser shows, and passes the rest on.
pub(crate) struct Display<S> {
    sink: S,
}

impl<S> Display<S> {
    pub(crate) fn new(sink: S) -> Self {
        Self { sink }
    }

    /// Passes on the events that are still held back. Returns the sink, which has all events now.
    pub(crate) fn finish(&mut self) -> &mut S {
        &mut self.sink
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Display<S> {
    #[inline]
    fn open(&mut self, element: &Element<'a>) {
        self.sink.open(element);
    }

    #[inline]
    fn close(&mut self, tag: Tag) {
        self.sink.close(tag);
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        self.sink.text(text);
    }

    #[inline]
    fn other_text(&mut self, text: &str) {
        self.sink.other_text(text);
    }

    #[inline]
    fn space(&mut self, space: &'a str) {
        self.sink.space(space);
    }

    fn removed(&mut self, removed: Removed) {
        self.sink.removed(removed);
    }

    fn restart(&mut self) {
        self.sink.restart();
    }
}
