//! Carries out the rules between the producer of events and the builder of blocks.

use std::borrow::Cow;

use super::label;
use super::memory::Memory;
use super::rule::RuleEffect;
use super::site::SiteRules;
use super::slot_tags::{ALWAYS_INSPECTED, NEVER_SLOTS, is_inline, is_unseen};
use crate::chars::is_blank;
use crate::html::event::{
    CollapsedText, Element, EventSink, KeptElement, Removed, Shown, Space, Style, Tag, TagSet, Trace,
    describe,
};
use crate::report::{Removal, RemovalKind};

/// A sink that holds back the events of an element that may go, until it is clear whether it does.
///
/// Such an element is a *slot*. It goes when it closes and nothing that a reader would miss has come; at the
/// first such thing, everything held back is passed on. So each event is held back at most once. An element
/// that goes whatever it holds is *taken*: its events end here.
pub(crate) struct Filter<'r, 'a, S> {
    site_rules: &'r SiteRules<'r>,
    memory: Memory<'a>,
    sink: S,
    /// Whether the removals will be in a report.
    keeps_report: bool,
    /// The elements that are inspected whatever their attributes are.
    inspected: TagSet,
    /// The open slots, the outermost first.
    slots: Vec<Slot<'r>>,
    /// What was held back since the outermost slot opened, with that slot's own tag.
    held: Vec<Held<'a>>,
    /// The texts of the open slots that might be ad labels.
    label: String,
    /// The open element that goes with all that is in it.
    taken: Option<Taken<'r, 'a>>,
    /// How many elements are open.
    depth: usize,
    /// How many of them hide the text inside them.
    hidden: usize,
    /// An element is looked at when it closes, if fewer elements than these are around it. While something is
    /// held back, taken or hidden, that is every element, and all other events are looked at too.
    watched: usize,
}

/// All events are looked at.
const ALL: usize = usize::MAX;

struct Slot<'r> {
    kind: RemovalKind,
    rule: Option<&'r str>,
    /// Whether it stands in a line of text: a label there is a word of a sentence.
    is_inline: bool,
    /// How many elements were open around it.
    depth: usize,
    /// Where its events begin in `held`.
    held_from: usize,
    /// Where its text begins in `label`.
    label_from: usize,
}

struct Taken<'r, 'a> {
    rule: Option<&'r str>,
    element: KeptElement<'a>,
    /// How many elements were open around it.
    depth: usize,
    shown: Shown,
}

/// A slot may hold the whole post: an event takes little room.
enum Held<'a> {
    Open(KeptElement<'a>),
    Close(Tag),
    Text(Cow<'a, str>),
    Style(Style),
    /// What has gone, in a slot that may stay.
    Removed(Box<Removed>),
}

impl<'r, 'a, S: EventSink<'a>> Filter<'r, 'a, S> {
    pub(crate) fn new(site_rules: &'r SiteRules<'r>, keeps_report: bool, sink: S) -> Self {
        let mut inspected = site_rules.looked_up();
        inspected.join(ALWAYS_INSPECTED);
        inspected.join(Tag::HIDE_TEXT);
        Self {
            site_rules,
            memory: Memory::default(),
            sink,
            keeps_report,
            inspected,
            slots: Vec::new(),
            held: Vec::new(),
            label: String::new(),
            taken: None,
            depth: 0,
            hidden: 0,
            watched: 0,
        }
    }

    /// Passes on the events that are still held back. Returns the sink, which has all events now.
    pub(crate) fn finish(&mut self) -> &mut S {
        self.keep();
        &mut self.sink
    }

    /// A text to collect for the report, unless nobody wants one.
    fn report_text(&self) -> Option<String> {
        self.keeps_report.then(String::new)
    }

    /// What the element would be removed as, and by which rule.
    fn verdict(&mut self, element: &Element<'a>, depth: usize) -> Option<(RemovalKind, Option<&'r str>)> {
        // What nobody sees needs no taking out.
        if !self.site_rules.has_rules() || self.hidden > 0 {
            return None;
        }
        let rule = self.site_rules.find(element, depth, &mut self.memory);
        if let Some(rule) = rule.filter(|rule| rule.effect == RuleEffect::Remove) {
            return Some((RemovalKind::Rule, Some(rule.name())));
        }
        if rule.is_none() && !ALWAYS_INSPECTED.contains(element.tag) {
            return None;
        }
        match element.tag {
            Tag::Script if element.scripted_page().is_some() => return None,
            Tag::Script => return Some((RemovalKind::Script, None)),
            Tag::Button | Tag::Datalist | Tag::Select | Tag::Textarea => {
                return Some((RemovalKind::Control, None));
            }
            Tag::Img if element.attrs.is_pixel() => {
                return Some((RemovalKind::Pixel, None));
            }
            // Pictures and films are not empty slots. Embedded pages are: a rule that matches one knows it as
            // that of an ad.
            Tag::Img | Tag::Picture | Tag::Video | Tag::Audio => return None,
            _ => {}
        }
        // What stands in a control goes with it, or stays with it.
        let rule = rule.filter(|_| !self.in_control() && !NEVER_SLOTS.contains(element.tag))?;
        Some((RemovalKind::Placeholder, Some(rule.name())))
    }

    /// Settles which events are to be looked at from now on.
    #[inline]
    fn watch(&mut self) {
        let is_idle = self.taken.is_none() && self.slots.is_empty() && self.hidden == 0;
        self.watched = if is_idle { self.memory.depth() } else { ALL };
    }

    /// Whether all events are looked at.
    #[inline]
    fn is_busy(&self) -> bool {
        self.watched == ALL
    }

    /// Whether nothing is to be done about an element.
    #[inline]
    fn is_plain(&mut self, element: &Element<'a>) -> bool {
        !self.is_busy()
            && !self.inspected.contains(element.tag)
            && !self.site_rules.may_find(&element.attrs, &mut self.memory)
    }

    fn in_control(&self) -> bool {
        // In a slot of another kind, no placeholder is opened.
        self.slots.last().is_some_and(|slot| slot.kind != RemovalKind::Placeholder)
    }

    fn pass(&mut self, event: Held<'a>) {
        if !self.slots.is_empty() {
            self.held.push(event);
            return;
        }
        match event {
            Held::Open(element) => self.sink.open(&element.element()),
            Held::Close(tag) => self.sink.close(tag),
            Held::Text(Cow::Borrowed(text)) => self.sink.text(text),
            Held::Text(Cow::Owned(text)) => self.sink.other_text(&text),
            Held::Style(style) => self.sink.styled(style),
            Held::Removed(removed) => self.sink.removed(*removed),
        }
    }

    /// Something that a reader would miss has come: all open slots stay.
    fn keep(&mut self) {
        self.slots.clear();
        self.label.clear();
        let mut held = std::mem::take(&mut self.held);
        for event in held.drain(..) {
            self.pass(event);
        }
        self.held = held;
    }

    #[cold]
    fn open_inspected(&mut self, element: &Element<'a>) {
        let depth = self.depth;
        self.depth += 1;
        match &mut self.taken {
            Some(taken) => taken.shown.open(&element.keep()),
            None => self.open_judged(element, depth),
        }
        self.watch();
    }

    /// Opens an element that is not in one that goes whole.
    #[inline]
    fn open_judged(&mut self, element: &Element<'a>, depth: usize) {
        match self.verdict(element, depth) {
            Some((RemovalKind::Rule, rule)) => {
                let element = element.keep();
                let mut shown = Shown::new(self.report_text());
                shown.open(&element);
                self.taken = Some(Taken { rule, element, depth, shown });
                return;
            }
            Some((kind, rule)) => self.open_slot(kind, rule, element, depth),
            None if self.hidden == 0 && !self.slots.is_empty() && element.is_media() => self.keep(),
            None => {}
        }
        if self.slots.is_empty() {
            self.sink.open(element);
        } else {
            self.held.push(Held::Open(element.keep()));
        }
        self.hidden += usize::from(element.tag.hides_text());
    }

    fn open_slot(&mut self, kind: RemovalKind, rule: Option<&'r str>, element: &Element<'a>, depth: usize) {
        let (held_from, label_from) = (self.held.len(), self.label.len());
        self.slots.push(Slot { kind, rule, is_inline: is_inline(element), depth, held_from, label_from });
    }

    /// The innermost slot closes and nothing in it would be missed.
    fn remove_slot(&mut self, slot: &Slot<'r>) {
        self.label.truncate(slot.label_from);
        let mut shown = Shown::new(self.report_text());
        let mut own = None;
        for event in self.held.drain(slot.held_from..) {
            match event {
                Held::Open(element) => {
                    shown.open(&element);
                    own.get_or_insert(element);
                }
                Held::Close(tag) => shown.close(tag),
                Held::Text(text) => shown.text(&text),
                Held::Style(style) => shown.styled(style),
                Held::Removed(removed) => shown.removed(removed.removal.text),
            }
            if shown.is_settled() {
                break;
            }
        }
        if let Some(element) = own {
            self.remove(slot.kind, slot.rule, &element, shown);
        }
    }

    /// Notes that the element has gone, and leaves its trace: taking something out never glues what stands
    /// before it to what stands after it.
    fn remove(&mut self, kind: RemovalKind, rule: Option<&str>, element: &KeptElement<'a>, shown: Shown) {
        let (text, trace) = shown.finish();
        if self.keeps_report {
            let description = describe(&element.element());
            let rule = rule.map(str::to_owned);
            let removal = Removal { rule, ..Removal::new(kind, description, text) };
            self.pass(Held::Removed(Box::new(Removed { removal, start: element.start() })));
        }
        if let Some(cell) = element.empty_cell() {
            self.pass(Held::Open(cell.keep()));
            self.pass(Held::Close(cell.tag));
        } else if kind == RemovalKind::Control {
            // Browsers show it as one box in the line, whatever it holds.
            self.pass(Held::Style(Style::Gap));
        } else if kind == RemovalKind::Pixel || trace == Trace::Space && is_unseen(&element.element()) {
            // Nobody saw it.
        } else if trace == Trace::Block {
            self.pass(Held::Open(Element::implied(Tag::Div, "div").keep()));
            self.pass(Held::Close(Tag::Div));
        } else if trace == Trace::Space {
            self.pass(Held::Style(Style::Gap));
        }
    }

    fn close_in_slot(&mut self, tag: Tag) {
        self.held.push(Held::Close(tag));
        if self.slots.last().is_none_or(|slot| slot.depth < self.depth) {
            return;
        }
        let Some(slot) = self.slots.pop() else { return };
        let label = &self.label[slot.label_from..];
        if slot.kind != RemovalKind::Placeholder || label.is_empty() {
            self.remove_slot(&slot);
        } else if !label::is_label(label) {
            self.keep();
        } else if !slot.is_inline {
            self.remove_slot(&slot);
        } else if self.slots.is_empty() {
            self.keep();
        }
        // Else the label of the slot around it says what that one is.
    }

    /// Closes an element at whose end there may be something to do.
    #[cold]
    fn close_watched(&mut self, tag: Tag) {
        self.memory.close(self.depth);
        if self.taken.is_some() {
            self.close_taken(tag);
        } else {
            self.hidden -= usize::from(tag.hides_text());
            if self.slots.is_empty() {
                self.sink.close(tag);
            } else {
                self.close_in_slot(tag);
            }
        }
        self.watch();
    }

    #[cold]
    fn text_watched<'t>(&mut self, text: &'t str, keep: impl Fn(&'t str) -> Cow<'a, str>) {
        match &mut self.taken {
            Some(taken) => taken.shown.text(text),
            None => self.text_in_slot(keep(text)),
        }
        self.watch();
    }

    #[inline(never)]
    fn space_watched(&mut self, space: Space<'a>) {
        match &mut self.taken {
            Some(taken) => taken.shown.text(space.source),
            None if self.slots.is_empty() => self.sink.space(space),
            // No part of a label.
            None => self.held.push(Held::Text(Cow::Borrowed(space.source))),
        }
    }

    fn text_in_slot(&mut self, text: Cow<'a, str>) {
        if self.hidden == 0 && !self.in_control() {
            // Without blanks: what a label is must not depend on the pieces that its text comes in.
            self.label.extend(text.chars().filter(|c| !is_blank(*c)).take(label::MAX_BYTES + 1));
            if self.label.len() > label::MAX_BYTES {
                self.keep();
            }
        }
        self.pass(Held::Text(text));
    }

    /// An element closes in one that goes whole, or this one itself.
    fn close_taken(&mut self, tag: Tag) {
        if let Some(taken) = &mut self.taken {
            taken.shown.close(tag);
        }
        if let Some(Taken { rule, element, shown, .. }) =
            self.taken.take_if(|taken| taken.depth == self.depth)
        {
            self.remove(RemovalKind::Rule, rule, &element, shown);
        }
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Filter<'_, 'a, S> {
    #[inline]
    fn open(&mut self, element: &Element<'a>) {
        if self.is_plain(element) {
            self.depth += 1;
            self.sink.open(element);
        } else {
            self.open_inspected(element);
        }
    }

    #[inline]
    fn open_plain(&mut self, element: &Element<'a>) {
        if self.is_busy() || self.inspected.contains(element.tag) {
            self.open_inspected(element);
        } else {
            self.depth += 1;
            self.sink.open_plain(element);
        }
    }

    #[inline]
    fn close(&mut self, tag: Tag) {
        self.depth -= 1;
        if self.depth < self.watched {
            self.close_watched(tag);
        } else {
            self.sink.close(tag);
        }
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        if self.is_busy() {
            self.text_watched(text, Cow::Borrowed);
        } else {
            self.sink.text(text);
        }
    }

    #[inline]
    fn collapsed_text(&mut self, text: &CollapsedText<'a>) {
        if self.is_busy() {
            self.text_watched(text.source, Cow::Borrowed);
        } else {
            self.sink.collapsed_text(text);
        }
    }

    fn other_text(&mut self, text: &str) {
        match &mut self.taken {
            Some(taken) => taken.shown.text(text),
            None if self.slots.is_empty() => self.sink.other_text(text),
            None => self.text_watched(text, |text| Cow::Owned(text.to_owned())),
        }
    }

    #[inline]
    fn space(&mut self, space: Space<'a>) {
        if self.is_busy() {
            self.space_watched(space);
        } else {
            self.sink.space(space);
        }
    }

    fn styled(&mut self, style: Style) {
        match &mut self.taken {
            Some(taken) => taken.shown.styled(style),
            None => self.pass(Held::Style(style)),
        }
    }

    fn removed(&mut self, removed: Removed) {
        match &mut self.taken {
            Some(taken) => taken.shown.removed(removed.removal.text),
            None => self.pass(Held::Removed(Box::new(removed))),
        }
    }

    fn restart(&mut self) {
        let Self {
            site_rules: _,
            memory,
            sink,
            keeps_report: _,
            inspected: _,
            slots,
            held,
            label,
            taken,
            depth,
            hidden,
            watched,
        } = self;
        *memory = Memory::default();
        sink.restart();
        slots.clear();
        held.clear();
        label.clear();
        *taken = None;
        (*depth, *hidden, *watched) = (0, 0, 0);
    }
}
