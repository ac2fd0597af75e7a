//! Carries out the rules between the producer of events and the builder of blocks.

use std::borrow::Cow;

use super::label;
use super::{Rules, words};
use crate::chars::is_blank;
use crate::html::event::{Attrs, Element, EventSink, Tag};
use crate::report::{Removal, RemovalKind};

/// A sink that holds back the events of an element that may go, until it is clear whether it does.
///
/// Such an element is a *slot*. It goes when it closes and nothing that a reader would miss has come; at the
/// first such thing, everything held back is passed on. So each event is held back at most once.
pub(crate) struct Filter<'r, 'a, S> {
    rules: &'r Rules,
    sink: S,
    removals: Vec<Removal>,
    /// The open slots, the outermost first.
    slots: Vec<Slot>,
    /// What was held back since the outermost slot opened, with that slot's own tag.
    held: Vec<Held<'a>>,
    /// The texts of the open slots that might be ad labels.
    label: String,
    /// How many elements are open.
    depth: usize,
    /// How many of them hide the text inside them.
    hidden: usize,
}

struct Slot {
    kind: RemovalKind,
    rule: String,
    element: String,
    tag: Tag,
    /// How many elements were open around it.
    depth: usize,
    /// Where its events begin in `held`.
    held_from: usize,
    /// Where its text begins in `label`.
    label_from: usize,
}

enum Held<'a> {
    Open(Element<'a>),
    Close(Tag),
    Text(Cow<'a, str>),
    /// A slot that has gone, in a slot that may stay.
    Removed(Removal),
}

impl<'r, 'a, S: EventSink<'a>> Filter<'r, 'a, S> {
    pub(crate) fn new(rules: &'r Rules, sink: S) -> Self {
        Self {
            rules,
            sink,
            removals: Vec::new(),
            slots: Vec::new(),
            held: Vec::new(),
            label: String::new(),
            depth: 0,
            hidden: 0,
        }
    }

    /// The sink behind the filter, and what the filter has kept from it.
    pub(crate) fn finish(mut self) -> (S, Vec<Removal>) {
        self.keep();
        (self.sink, self.removals)
    }

    /// What the element would be removed as, and by which rule.
    fn verdict(&self, element: &Element<'a>) -> Option<(RemovalKind, &str)> {
        // What nobody sees needs no taking out.
        if self.rules.is_empty() || self.hidden > 0 {
            return None;
        }
        match element.tag {
            Tag::Script => return Some((RemovalKind::Script, "script")),
            Tag::Button | Tag::Datalist | Tag::Select | Tag::Textarea => {
                return Some((RemovalKind::Control, "form control"));
            }
            Tag::Img if is_pixel(&element.attrs) => {
                return Some((RemovalKind::Pixel, "tracking pixel"));
            }
            _ => {}
        }
        // What stands in a control goes with it, or stays with it.
        if self.in_control() {
            return None;
        }
        self.rules.find(element).map(|rule| (RemovalKind::Placeholder, rule))
    }

    fn in_control(&self) -> bool {
        // No placeholder is opened inside of one that is none.
        self.slots.last().is_some_and(|slot| slot.kind != RemovalKind::Placeholder)
    }

    fn pass(&mut self, event: Held<'a>) {
        if !self.slots.is_empty() {
            self.held.push(event);
            return;
        }
        match event {
            Held::Open(element) => self.sink.open(&element),
            Held::Close(tag) => self.sink.close(tag),
            Held::Text(text) => self.sink.text(text),
            Held::Removed(removal) => self.removals.push(removal),
        }
    }

    /// Something that a reader would miss has come: all open slots stay.
    fn keep(&mut self) {
        self.slots.clear();
        self.label.clear();
        for event in std::mem::take(&mut self.held) {
            self.pass(event);
        }
    }

    fn open_slot(&mut self, kind: RemovalKind, rule: String, element: &Element<'a>) {
        self.slots.push(Slot {
            kind,
            rule,
            element: describe(element),
            tag: element.tag,
            depth: self.depth,
            held_from: self.held.len(),
            label_from: self.label.len(),
        });
    }

    /// The innermost slot closes and nothing in it would be missed.
    fn remove(&mut self, slot: Slot) {
        let Slot { kind, rule, element, tag, depth: _, held_from, label_from } = slot;
        self.label.truncate(label_from);
        let mut events = self.held.drain(held_from..).peekable();
        let cell = match events.peek() {
            Some(Held::Open(cell)) if matches!(tag, Tag::Td | Tag::Th) => Some(cell.clone()),
            _ => None,
        };
        let Shown { text, trace, .. } = Shown::of(events, kind);
        self.pass(Held::Removed(Removal { rule, element, kind, text }));
        // Taking something out never glues what stands before it to what stands after it.
        if let Some(cell) = cell {
            // The cells after it stay in their columns.
            self.pass(Held::Open(cell));
            self.pass(Held::Close(tag));
        } else if trace == Trace::Block {
            let name = Cow::Borrowed("div");
            self.pass(Held::Open(Element { tag: Tag::Div, name, attrs: Attrs::NONE }));
            self.pass(Held::Close(Tag::Div));
        } else if trace == Trace::Space {
            self.pass(Held::Text(Cow::Borrowed(" ")));
        }
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Filter<'_, 'a, S> {
    fn open(&mut self, element: &Element<'a>) {
        let verdict = self.verdict(element).map(|(kind, rule)| (kind, rule.to_owned()));
        match verdict {
            Some((kind, rule)) => self.open_slot(kind, rule, element),
            None if element.tag.is_media() && !self.slots.is_empty() => self.keep(),
            None => {}
        }
        if self.slots.is_empty() {
            self.sink.open(element);
        } else {
            self.held.push(Held::Open(element.clone()));
        }
        self.depth += 1;
        self.hidden += usize::from(element.tag.hides_text());
    }

    fn close(&mut self, tag: Tag) {
        self.depth -= 1;
        self.hidden -= usize::from(tag.hides_text());
        if self.slots.is_empty() {
            return self.sink.close(tag);
        }
        if self.slots.last().is_none_or(|slot| slot.depth < self.depth) {
            self.pass(Held::Close(tag));
            return;
        }
        let Some(slot) = self.slots.pop() else { return };
        let is_missed =
            slot.kind == RemovalKind::Placeholder && !label::is_label(&self.label[slot.label_from..]);
        if is_missed {
            self.keep();
            self.pass(Held::Close(tag));
        } else {
            self.remove(slot);
        }
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if self.slots.is_empty() {
            return self.sink.text(text);
        }
        if self.hidden == 0 && !self.in_control() {
            // Without blanks: what a label is must not depend on the pieces that its text comes in.
            self.label.extend(text.chars().filter(|c| !is_blank(*c)).take(label::MAX_BYTES + 1));
            if self.label.len() > label::MAX_BYTES {
                self.keep();
            }
        }
        self.pass(Held::Text(text));
    }

    fn space(&mut self, space: &'a str) {
        if self.slots.is_empty() {
            self.sink.space(space);
        } else {
            self.text(Cow::Borrowed(space));
        }
    }
}

/// An image of at most one pixel a side is there to be fetched, not to be seen.
fn is_pixel(attrs: &Attrs<'_>) -> bool {
    ["width", "height"].iter().all(|side| {
        attrs.get_trimmed(side).is_some_and(|size| {
            let size = size.strip_suffix("px").unwrap_or(&size);
            matches!(size, "0" | "1")
        })
    })
}

/// The element as a selector: `div#id.class`.
fn describe(element: &Element<'_>) -> String {
    let mut description = element.name.to_string();
    if let Some(id) = element.attrs.get_trimmed("id") {
        description.push('#');
        description.push_str(&id);
    }
    if let Some(classes) = element.attrs.get("class") {
        for class in words(&classes) {
            description.push('.');
            description.push_str(class);
        }
    }
    description
}

/// What a reader saw of a slot that goes.
struct Shown {
    /// All text, white space collapsed, with that of the slots in it that have gone before.
    text: String,
    trace: Trace,
    /// How many open elements hide their text.
    hidden: usize,
}

/// What is left of a slot between the texts around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trace {
    Nothing,
    /// It had text or a line break in the line: the words around it are two.
    Space,
    /// It had lines of its own.
    Block,
}

impl Shown {
    fn of<'a>(events: impl Iterator<Item = Held<'a>>, kind: RemovalKind) -> Self {
        let mut shown = Self { text: String::new(), trace: Trace::Nothing, hidden: 0 };
        for event in events {
            shown.add(event);
        }
        if kind == RemovalKind::Control {
            // Browsers show it as one box in the line, whatever it holds.
            shown.trace = Trace::Space;
        }
        shown.text.truncate(shown.text.trim_end().len());
        shown
    }

    fn add(&mut self, event: Held<'_>) {
        match event {
            Held::Open(element) => {
                self.hidden += usize::from(element.tag.hides_text());
                self.border(element.tag);
            }
            Held::Close(tag) => {
                self.hidden -= usize::from(tag.hides_text());
                self.border(tag);
            }
            Held::Text(piece) if self.hidden == 0 && !piece.is_empty() => {
                self.trace = self.trace.max(Trace::Space);
                self.append(&piece);
            }
            Held::Text(_) => {}
            // Its white space is collapsed already. Moved, not copied, so that slots in slots cost no more
            // than one.
            Held::Removed(removal) if self.text.is_empty() => self.text = removal.text,
            Held::Removed(removal) => self.text.push_str(&removal.text),
        }
    }

    fn border(&mut self, tag: Tag) {
        if tag.is_block() {
            self.trace = Trace::Block;
            self.space();
        } else if tag == Tag::Br {
            self.trace = self.trace.max(Trace::Space);
            self.space();
        }
    }

    fn append(&mut self, piece: &str) {
        let mut words = piece.split(char::is_whitespace);
        self.text.push_str(words.next().unwrap_or_default());
        for word in words {
            self.space();
            self.text.push_str(word);
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}
