//! Events in, events out: takes out of an article what is known by its shape to stand around it.
//!
//! The rules of a list know the sites that they were written for. A shape is known on a site that
//! nobody has seen: a block that is hardly anything but links, and that stands outside the article or
//! is called related, navigation, tags… Each shape needs two such signs, since each sign alone is found
//! in articles too.
//!
//! The whole body is held back as a flat list of events ([`page`]), the article is found as the element
//! that holds most of the sentences ([`ground`]), and each element around it, and at its edges, is
//! looked at once ([`plan`], [`judge`], [`by_words`]). All of it takes time and memory that grow as the
//! body does.

mod by_words;
mod candidate;
mod ground;
mod judge;
mod page;
mod plan;
mod runs;
mod signs;
mod texts;

use std::borrow::Cow;

use crate::html::event::{Element, EventSink, KeptElement, Removed, Shown, Style, Tag, Trace, describe};
use crate::report::{Removal, RemovalKind};
use candidate::Shape;
use page::{Event, Page, has_node};

/// A sink that holds the whole body back, and passes on what is not furniture by its shape.
pub(crate) struct Shapes<'t, 'a, S> {
    sink: S,
    page: Page<'a>,
    /// The title in the front matter, which may stand at the top of the article once more.
    title: Option<&'t str>,
    /// Whether the removals will be in a report.
    keeps_report: bool,
}

impl<'t, 'a, S: EventSink<'a>> Shapes<'t, 'a, S> {
    pub(crate) fn new(title: Option<&'t str>, keeps_report: bool, sink: S) -> Self {
        Self { sink, page: Page::new(), title, keeps_report }
    }

    /// Passes on the events that stay. Returns the sink, which has all events now.
    pub(crate) fn finish(&mut self) -> &mut S {
        let mut page = std::mem::replace(&mut self.page, Page::new());
        page.finish();
        let ground = page.ground(self.title);
        let plan = page.plan(&ground);
        let mut node = 0;
        let mut gone: Option<Gone<'a>> = None;
        // Before the sink needs its memory.
        let events = page.into_events();
        for event in events {
            // The elements in the order of their start tags.
            if let Event::Open(element) = &event {
                if has_node(element.tag()) {
                    node += 1;
                }
            }
            match gone.take() {
                Some(inside) => gone = self.take_out(inside, event),
                None => match (event, plan.get(node).copied().flatten()) {
                    (Event::Open(element), Some(shape)) if has_node(element.tag()) => {
                        gone = Some(self.begin(element.keep(), shape));
                    }
                    (event, _) => self.pass(event),
                },
            }
        }
        &mut self.sink
    }

    fn pass(&mut self, event: Event<'a>) {
        match event {
            Event::Open(element) => self.sink.open(&element.element()),
            Event::Close(tag) => self.sink.close(tag),
            Event::Text(Cow::Borrowed(text)) => self.sink.text(text),
            Event::Text(Cow::Owned(text)) => self.sink.other_text(&text),
            Event::Style(style) => self.sink.styled(style),
            Event::Removed(removed) => self.sink.removed(*removed),
        }
    }

    /// An element that goes begins.
    fn begin(&self, element: KeptElement<'a>, shape: Shape) -> Gone<'a> {
        let mut shown = Shown::new(self.keeps_report.then(String::new));
        shown.open(&element);
        Gone { element, shape, shown, depth: 1 }
    }

    /// An event in an element that goes. Returns the element, unless it ends.
    fn take_out(&mut self, mut gone: Gone<'a>, event: Event<'a>) -> Option<Gone<'a>> {
        match event {
            Event::Open(element) => {
                gone.shown.open(&element.keep());
                gone.depth += 1;
            }
            Event::Close(tag) => {
                gone.shown.close(tag);
                gone.depth -= 1;
            }
            Event::Text(text) => gone.shown.text(&text),
            Event::Style(style) => gone.shown.styled(style),
            Event::Removed(removed) => gone.shown.removed(removed.removal.text),
        }
        if gone.depth > 0 {
            return Some(gone);
        }
        self.remove(gone);
        None
    }

    /// Notes that the element has gone, and leaves its trace: the texts around it are never glued.
    fn remove(&mut self, gone: Gone<'a>) {
        let (text, trace) = gone.shown.finish();
        if self.keeps_report {
            let description = describe(&gone.element.element());
            let rule = Some(gone.shape.to_owned());
            let removal = Removal { rule, ..Removal::new(RemovalKind::Shape, description, text) };
            self.sink.removed(Removed { removal, start: gone.element.start() });
        }
        if let Some(cell) = gone.element.empty_cell() {
            self.sink.open(&cell);
            self.sink.close(cell.tag);
            return;
        }
        match (gone.element.tag, trace) {
            // Between rows, and between items, nothing stands.
            (Tag::Tr | Tag::Li, _) | (_, Trace::Nothing) => {}
            (_, Trace::Space) => self.sink.styled(Style::Gap),
            (_, Trace::Block) => {
                self.sink.open(&Element::implied(Tag::Div, "div"));
                self.sink.close(Tag::Div);
            }
        }
    }
}

/// An element that goes, as far as it has been seen.
struct Gone<'a> {
    element: KeptElement<'a>,
    shape: Shape,
    shown: Shown,
    /// How many elements are open in it, itself among them.
    depth: usize,
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Shapes<'_, 'a, S> {
    fn open(&mut self, element: &Element<'a>) {
        self.page.open(element);
    }

    fn close(&mut self, tag: Tag) {
        self.page.close(tag);
    }

    fn text(&mut self, text: &'a str) {
        self.page.text(Cow::Borrowed(text));
    }

    fn other_text(&mut self, text: &str) {
        self.page.text(Cow::Owned(text.to_owned()));
    }

    fn styled(&mut self, style: Style) {
        self.page.events.push(Event::Style(style));
    }

    fn removed(&mut self, removed: Removed) {
        self.page.removed(removed);
    }

    fn restart(&mut self) {
        let Self { sink, page, title: _, keeps_report: _ } = self;
        sink.restart();
        page.restart();
    }
}

#[cfg(test)]
mod tests;
