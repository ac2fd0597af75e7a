//! What most events need: none of the looks that the other ones need.

use super::formulas::{self, Formulas};
use super::visible::{Display, NOTED};
use crate::html::event::{CollapsedText, Element, EventSink, Removed, Style, Tag, TagSet};

/// The elements that are looked at whatever their attributes are.
const LOOKED_AT: TagSet = NOTED.union(formulas::LOOKED_AT);

/// A sink that chooses of the copies of a formula, takes out what no browser shows, and passes the rest on.
///
/// While the stages that do so hold nothing back and hide nothing, an event that says nothing of how it is
/// shown goes straight on, after one look.
pub(crate) struct Gate<'a, S> {
    stages: Formulas<'a, Display<'a, S>>,
    /// Whether the stages would pass on what says nothing of how it is shown.
    is_open: bool,
}

impl<'a, S: EventSink<'a>> Gate<'a, S> {
    /// `keeps_report` says whether the removals will be in a report.
    pub(crate) fn new(keeps_report: bool, sink: S) -> Self {
        Self { stages: Formulas::new(keeps_report, Display::new(keeps_report, sink)), is_open: true }
    }

    /// Passes on the events that are still held back. Returns what has been seen of hidden elements.
    pub(crate) fn finish(&mut self) -> &mut Display<'a, S> {
        self.is_open = false;
        self.stages.finish()
    }

    /// Sends an event through the stages.
    #[cold]
    fn send(&mut self, event: impl FnOnce(&mut Formulas<'a, Display<'a, S>>)) {
        event(&mut self.stages);
        self.is_open = self.stages.is_idle() && self.stages.sink().is_idle();
    }

    /// The sink behind the stages.
    #[inline]
    fn sink(&mut self) -> &mut S {
        self.stages.sink().finish()
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Gate<'a, S> {
    #[inline]
    fn open(&mut self, element: &Element<'a>) {
        let may_be_class = |start| formulas::may_be_class(element.tag, start);
        let is_plain =
            !LOOKED_AT.contains(element.tag) && !element.attrs.may_be_special_or_begin_with(may_be_class);
        if self.is_open && is_plain {
            self.sink().open(element);
        } else {
            self.send(|stages| stages.open(element));
        }
    }

    #[inline]
    fn open_plain(&mut self, element: &Element<'a>) {
        if self.is_open && !LOOKED_AT.contains(element.tag) {
            self.sink().open_plain(element);
        } else {
            self.send(|stages| stages.open(element));
        }
    }

    #[inline]
    fn close(&mut self, tag: Tag) {
        if self.is_open { self.sink().close(tag) } else { self.send(|stages| stages.close(tag)) }
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        if self.is_open { self.sink().text(text) } else { self.send(|stages| stages.text(text)) }
    }

    #[inline]
    fn collapsed_text(&mut self, text: &CollapsedText<'a>) {
        if self.is_open {
            self.sink().collapsed_text(text);
        } else {
            self.send(|stages| stages.text(text.source));
        }
    }

    fn other_text(&mut self, text: &str) {
        self.send(|stages| stages.other_text(text));
    }

    #[inline]
    fn space(&mut self, space: &'a str) {
        if self.is_open { self.sink().space(space) } else { self.send(|stages| stages.space(space)) }
    }

    fn styled(&mut self, style: Style) {
        self.send(|stages| stages.styled(style));
    }

    fn removed(&mut self, removed: Removed) {
        self.send(|stages| stages.removed(removed));
    }

    fn restart(&mut self) {
        self.send(Formulas::restart);
    }
}
