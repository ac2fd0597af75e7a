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
        }
    }

    /// The sink behind the filter, and what the filter has kept from it.
    pub(crate) fn finish(mut self) -> (S, Vec<Removal>) {
        self.keep();
        (self.sink, self.removals)
    }

    /// What the element would be removed as, and by which rule.
    fn verdict(&self, element: &Element<'a>) -> Option<(RemovalKind, &str)> {
        if self.rules.is_empty() {
            return None;
        }
        match element.tag {
            Tag::Script => return Some((RemovalKind::Script, "script")),
            Tag::Button | Tag::Select | Tag::Textarea => return Some((RemovalKind::Control, "form control")),
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
        self.slots.iter().any(|slot| slot.kind != RemovalKind::Placeholder)
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
        let text = if kind == RemovalKind::Script { String::new() } else { text_of(&self.held[held_from..]) };
        self.held.truncate(held_from);
        self.pass(Held::Removed(Removal { rule, element, kind, text }));
        if tag.is_block() {
            // What stands before and after an element with lines of its own stays apart.
            let name = Cow::Borrowed("div");
            self.pass(Held::Open(Element { tag: Tag::Div, name, attrs: Attrs::NONE }));
            self.pass(Held::Close(Tag::Div));
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
    }

    fn close(&mut self, tag: Tag) {
        self.depth -= 1;
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
        if !self.slots.is_empty() && !self.in_control() {
            // Without blanks: what a label is must not depend on the pieces that its text comes in.
            self.label.extend(text.chars().filter(|c| !is_blank(*c)).take(label::MAX_BYTES + 1));
            if self.label.len() > label::MAX_BYTES {
                self.keep();
            }
        }
        self.pass(Held::Text(text));
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

/// All text in the events, white space collapsed, with that of the slots that have gone before.
fn text_of(events: &[Held<'_>]) -> String {
    let mut text = String::new();
    let mut hidden = 0_usize;
    let mut append = |piece: &str| {
        for word in piece.split_whitespace() {
            let is_apart = piece.starts_with(char::is_whitespace) || piece.as_ptr() != word.as_ptr();
            if is_apart && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(word);
        }
        if piece.ends_with(char::is_whitespace) && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    };
    for event in events {
        match event {
            Held::Open(element) => {
                hidden += usize::from(element.tag.hides_text());
                if element.tag.is_block() {
                    append(" ");
                }
            }
            Held::Close(tag) => {
                hidden -= usize::from(tag.hides_text());
                if tag.is_block() {
                    append(" ");
                }
            }
            Held::Text(piece) if hidden == 0 => append(piece),
            Held::Text(_) => {}
            Held::Removed(removal) => append(&removal.text),
        }
    }
    text.truncate(text.trim_end().len());
    text
}
