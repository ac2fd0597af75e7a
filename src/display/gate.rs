//! What most events need: none of the looks that the other ones need.

use super::formulas::{self, Formulas};
use super::questions::{self, HEADS, Questions};
use super::visible::{Display, NOTED};
use crate::chars::trim_blank;
use crate::html::event::{CollapsedText, Element, EventSink, Removed, Space, Style, Tag, TagSet};

/// What each element is to the gate, whatever its attributes are: one look in place of one for each set.
const TRAITS: [Traits; Tag::COUNT] = {
    const LOOKED_AT: TagSet = NOTED.union(formulas::LOOKED_AT).union(questions::LOOKED_AT);
    let mut traits = [Traits { is_head: false, is_noted: false }; Tag::COUNT];
    let mut index = 0;
    while index < Tag::COUNT {
        let tag = Tag::ALL[index];
        traits[index] = Traits { is_head: HEADS.contains(tag), is_noted: LOOKED_AT.contains(tag) };
        index += 1;
    }
    traits
};

#[derive(Clone, Copy)]
struct Traits {
    /// Whether it is a heading, or what is like one.
    is_head: bool,
    /// Whether the stages look at it.
    is_noted: bool,
}

/// A sink that makes texts of buttons that are titles, chooses of the copies of a formula, takes out what no
/// browser shows, and passes the rest on.
///
/// While the stages that do so hold nothing back and hide nothing, an event that says nothing of how it is
/// shown goes straight on, after one look.
pub(crate) struct Gate<'a, S> {
    stages: Stages<'a, S>,
    /// The number of elements that are open from a heading on which has no text so far; 0 without one.
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
        event(&mut self.stages);
        let is_idle = self.stages.is_idle();
        let formulas = self.stages.sink();
        self.is_open = is_idle && formulas.is_idle() && formulas.sink().is_idle();
    }

    /// Opens an element that is not plain, or that comes while the stages would not pass it on. `head` is the
    /// [number](Self::head) of before it.
    #[cold]
    fn open_noted(&mut self, element: &Element<'a>, head: usize) {
        self.send(|stages| stages.open_in_head(element, head));
    }

    /// Counts an element that opens, without a branch, which would be hard to predict. Returns the
    /// [number](Self::head) of before it.
    #[inline]
    fn count(&mut self, traits: Traits) -> usize {
        let head = self.head;
        self.head += usize::from((head > 0) | traits.is_head);
        head
    }

    /// Looks at a text: with more than white space, a heading has text.
    #[inline]
    fn look_at_text(&mut self, text: &str) {
        if self.head > 0 && !trim_blank(text).is_empty() {
            self.head = 0;
        }
    }

    /// Whether the stages would pass on a text, and the gate need not look at it.
    #[inline]
    fn lets_texts_pass(&self) -> bool {
        self.is_open && self.head == 0
    }

    /// Sends a text that may be the first of a heading, or comes while the stages would not pass it on.
    /// `words` are what it says, and `pass` sends it past the stages.
    #[inline(never)]
    fn text_noted(&mut self, words: &str, text: &'a str, pass: impl FnOnce(&mut S)) {
        self.look_at_text(words);
        if self.is_open {
            pass(self.sink());
        } else {
            self.send(|stages| stages.text(text));
        }
    }

    /// The sink that the stages pass events on to.
    #[inline]
    fn sink(&mut self) -> &mut S {
        self.stages.sink().sink().finish()
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Gate<'a, S> {
    #[inline]
    fn open(&mut self, element: &Element<'a>) {
        let traits = TRAITS[element.tag as usize];
        let head = self.count(traits);
        if self.is_open && !traits.is_noted && !is_noted(element) {
            self.sink().open(element);
        } else {
            self.open_noted(element, head);
        }
    }

    #[inline]
    fn open_plain(&mut self, element: &Element<'a>) {
        let traits = TRAITS[element.tag as usize];
        let head = self.count(traits);
        if self.is_open && !traits.is_noted {
            self.sink().open_plain(element);
        } else {
            self.open_noted(element, head);
        }
    }

    #[inline]
    fn close(&mut self, tag: Tag) {
        self.head = self.head.saturating_sub(1);
        if self.is_open { self.sink().close(tag) } else { self.send(|stages| stages.close(tag)) }
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        if self.lets_texts_pass() {
            self.sink().text(text);
        } else {
            self.text_noted(text, text, |sink| sink.text(text));
        }
    }

    #[inline]
    fn collapsed_text(&mut self, text: &CollapsedText<'a>) {
        if self.lets_texts_pass() {
            self.sink().collapsed_text(text);
        } else {
            self.text_noted(text.words, text.source, |sink| sink.collapsed_text(text));
        }
    }

    fn other_text(&mut self, text: &str) {
        self.look_at_text(text);
        self.send(|stages| stages.other_text(text));
    }

    #[inline]
    fn space(&mut self, space: Space<'a>) {
        if self.is_open { self.sink().space(space) } else { self.send(|stages| stages.space(space)) }
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
