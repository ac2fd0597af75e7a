//! What most events need: none of the looks that the other ones need.

use std::mem::take;

use super::formulas::{self, Formulas};
use super::questions::{self, Questions};
use super::visible::{Display, NOTED};
use crate::chars::trim_blank;
use crate::html::event::{CollapsedText, Element, EventSink, Removed, Style, Tag, TagSet};

/// The elements that are looked at whatever their attributes are.
const LOOKED_AT: TagSet = NOTED.union(formulas::LOOKED_AT).union(questions::LOOKED_AT);

/// A sink that makes texts of buttons that are titles, chooses of the copies of a formula, takes out what no
/// browser shows, and passes the rest on.
///
/// While the stages that do so hold nothing back and hide nothing, an event that says nothing of how it is
/// shown goes straight on, after one look.
pub(crate) struct Gate<'a, S> {
    stages: Stages<'a, S>,
    /// The number of elements that are open from a heading without text on; 0 if there is no such heading, or
    /// the stages know of it.
    head: usize,
    /// Whether the stages would pass on what says nothing of how it is shown.
    is_open: bool,
}

type Stages<'a, S> = Questions<'a, Formulas<'a, Display<'a, S>>>;

impl<'a, S: EventSink<'a>> Gate<'a, S> {
    /// `keeps_report` says whether the removals will be in a report.
    pub(crate) fn new(keeps_report: bool, sink: S) -> Self {
        let formulas = Formulas::new(keeps_report, Display::new(keeps_report, sink));
        Self { stages: Questions::new(formulas), head: 0, is_open: true }
    }

    /// Passes on the events that are still held back. Returns what has been seen of hidden elements.
    pub(crate) fn finish(&mut self) -> &mut Display<'a, S> {
        (self.head, self.is_open) = (0, false);
        self.stages.finish().finish()
    }

    /// Sends an event through the stages.
    #[cold]
    fn send(&mut self, event: impl FnOnce(&mut Stages<'a, S>)) {
        self.stages.begin_head(take(&mut self.head));
        event(&mut self.stages);
        let is_idle = self.stages.is_idle();
        let formulas = self.stages.sink();
        self.is_open = is_idle && formulas.is_idle() && formulas.sink().is_idle();
    }

    /// Opens an element that is not plain, or that comes while the stages would not pass it on.
    #[cold]
    fn open_noted(&mut self, element: &Element<'a>, is_plain: bool) {
        if self.head > 0 && is_plain {
            self.head += 1;
        } else if self.is_open && questions::HEADS.contains(element.tag) && !is_noted(element) {
            (self.head, self.is_open) = (1, false);
        } else {
            return self.send(|stages| stages.open(element));
        }
        self.sink().open(element);
    }

    #[cold]
    fn close_noted(&mut self, tag: Tag) {
        if self.head == 0 {
            return self.send(|stages| stages.close(tag));
        }
        self.head -= 1;
        self.is_open = self.head == 0;
        self.sink().close(tag);
    }

    /// Sends a text that comes while the stages would not pass it on.
    #[cold]
    fn text_noted(&mut self, text: &'a str) {
        if self.is_in_head(text) { self.sink().text(text) } else { self.send(|stages| stages.text(text)) }
    }

    #[cold]
    fn collapsed_text_noted(&mut self, text: &CollapsedText<'a>) {
        if self.is_in_head(text.words) {
            self.sink().collapsed_text(text);
        } else {
            self.send(|stages| stages.text(text.source));
        }
    }

    /// Whether a text comes to an empty heading, and goes straight on.
    fn is_in_head(&mut self, text: &str) -> bool {
        let is_in_head = self.head > 0;
        if is_in_head && !trim_blank(text).is_empty() {
            (self.head, self.is_open) = (0, true);
        }
        is_in_head
    }

    /// The sink behind the stages.
    #[inline]
    fn sink(&mut self) -> &mut S {
        self.stages.sink().sink().finish()
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Gate<'a, S> {
    #[inline]
    fn open(&mut self, element: &Element<'a>) {
        let is_plain = !LOOKED_AT.contains(element.tag) && !is_noted(element);
        if self.is_open && is_plain {
            self.sink().open(element);
        } else {
            self.open_noted(element, is_plain);
        }
    }

    #[inline]
    fn open_plain(&mut self, element: &Element<'a>) {
        let is_plain = !LOOKED_AT.contains(element.tag);
        if self.is_open && is_plain {
            self.sink().open_plain(element);
        } else {
            self.open_noted(element, is_plain);
        }
    }

    #[inline]
    fn close(&mut self, tag: Tag) {
        if self.is_open { self.sink().close(tag) } else { self.close_noted(tag) }
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        if self.is_open { self.sink().text(text) } else { self.text_noted(text) }
    }

    #[inline]
    fn collapsed_text(&mut self, text: &CollapsedText<'a>) {
        if self.is_open { self.sink().collapsed_text(text) } else { self.collapsed_text_noted(text) }
    }

    fn other_text(&mut self, text: &str) {
        if self.is_in_head(text) {
            self.sink().other_text(text);
        } else {
            self.send(|stages| stages.other_text(text));
        }
    }

    #[inline]
    fn space(&mut self, space: &'a str) {
        if self.is_open || self.head > 0 {
            self.sink().space(space);
        } else {
            self.send(|stages| stages.space(space));
        }
    }

    fn styled(&mut self, style: Style) {
        self.send(|stages| stages.styled(style));
    }

    fn removed(&mut self, removed: Removed) {
        self.send(|stages| stages.removed(removed));
    }

    fn restart(&mut self) {
        self.head = 0;
        self.send(Questions::restart);
    }
}

/// Whether an element is looked at because of its attributes.
#[expect(clippy::inline_always, reason = "asked at each start tag")]
#[inline(always)]
fn is_noted(element: &Element<'_>) -> bool {
    element.attrs.may_be_special_or_begin_with(|start| formulas::may_be_class(element.tag, start))
}
