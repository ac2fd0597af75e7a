//! Events in, events out: of the copies of one formula, one.
//!
//! A page holds a formula several times: as `MathML` for screen readers, as spans or an image for the eye,
//! and as the TeX that both were made of. One copy goes on, as an element [`Tag::Math`] with its TeX, or as a
//! text that reads the formula in one line if the page holds no TeX. The others are removals of the kind
//! [`Duplicate`](RemovalKind::Duplicate).
//!
//! This comes before hidden elements go, since the copy that is hidden is often the best.

mod choice;
mod held;
mod image;
mod linear;
mod markup;
mod signs;
#[cfg(test)]
mod tests;
mod tex;
mod tree;

use std::borrow::Cow;
use std::mem::take;

use choice::{Choice, Reading, choose, length_of};
use held::{Group, GroupKind, Held};

use crate::html::event::{
    Attribute, Attributes, Element, EventSink, KeptElement, Removed, Space, Style, Tag, TagSet, describe,
};
use crate::report::{Removal, RemovalKind};

/// A sink that holds back the events of a formula until all its copies are known.
///
/// What is no formula after all is passed on as it came. If other formulas begin inside it, its events are
/// sent through once more without it: an event is held back twice at most.
pub(crate) struct Formulas<'a, S> {
    sink: S,
    /// Whether the removals will be in a report.
    keeps_report: bool,
    /// What is held back: groups, and what stands between groups that are side by side.
    held: Vec<Held<'a>>,
    /// The groups, the open one last.
    groups: Vec<Group>,
    /// How many elements are open from the root of the open group on: none while no group is open.
    open: usize,
    /// Whether the events of a group come once more.
    is_again: bool,
}

impl<'a, S: EventSink<'a>> Formulas<'a, S> {
    pub(crate) fn new(keeps_report: bool, sink: S) -> Self {
        Self { sink, keeps_report, held: Vec::new(), groups: Vec::new(), open: 0, is_again: false }
    }

    /// Passes on the events that are still held back. Returns the sink, which has all events now.
    pub(crate) fn finish(&mut self) -> &mut S {
        self.end_groups();
        &mut self.sink
    }

    /// The sink; events that are held back have not come to it.
    #[inline]
    pub(super) fn sink(&mut self) -> &mut S {
        &mut self.sink
    }

    /// Whether no event is held back.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.groups.is_empty()
    }

    /// Opens an element that may begin a formula.
    fn look_at(&mut self, element: &Element<'a>) {
        match signs::kind(element) {
            None => self.sink.open(element),
            Some(kind) => self.begin(kind, element),
        }
    }

    /// Begins a group with an element.
    #[cold]
    fn begin(&mut self, kind: GroupKind, element: &Element<'a>) {
        let from = self.held.len();
        self.groups.push(Group { kind, events: from..from });
        self.open = 1;
        self.held.push(Held::Open(element.keep()));
    }

    #[cold]
    fn open_while_holding(&mut self, element: &Element<'a>) {
        match self.groups.last() {
            Some(group) if self.open > 0 => {
                if may_hold(group.kind, element) || self.may_hold_number(group, element) {
                    self.open += 1;
                    self.held.push(Held::Open(element.keep()));
                    return;
                }
                self.give_up();
                EventSink::open(self, element);
            }
            Some(group) => {
                let kind = signs::kind(element).filter(|kind| group.kind.goes_on_with(*kind));
                if let Some(kind) = kind {
                    return self.begin(kind, element);
                }
                self.end_groups();
                EventSink::open(self, element);
            }
            None => {}
        }
    }

    /// Whether an element is the number of an equation, as Sphinx writes it before the TeX, or a link in it.
    #[cold]
    fn may_hold_number(&self, group: &Group, element: &Element<'a>) -> bool {
        let [_, class] = element.attrs.id_and_class();
        let is_first =
            || !self.held[group.events.start..].iter().any(|event| matches!(event, Held::Close(_)));
        matches!(group.kind, GroupKind::Delimited { .. })
            && match element.tag {
                Tag::A => self.open == 2,
                Tag::Span => self.open == 1 && class.is_some_and(|class| class == "eqno") && is_first(),
                _ => false,
            }
    }

    #[cold]
    fn close_while_holding(&mut self, tag: Tag) {
        if self.open == 0 {
            // A rendering that is a block ends the paragraph that its preview stands in.
            if tag == Tag::P {
                self.held.push(Held::Close(tag));
                return;
            }
            self.end_groups();
            self.sink.close(tag);
            return;
        }
        self.held.push(Held::Close(tag));
        self.open -= 1;
        if self.open > 0 {
            return;
        }
        let Some(group) = self.groups.last_mut() else { return };
        group.events.end = self.held.len();
        if !group.kind.waits() {
            self.end_groups();
        }
    }

    #[cold]
    fn text_while_holding(&mut self, text: Cow<'a, str>) {
        if self.open == 0 && !text.trim_ascii().is_empty() {
            self.end_groups();
            Held::Text(text).pass(&mut self.sink);
            return;
        }
        self.held.push(Held::Text(text));
    }

    #[cold]
    fn space_while_holding(&mut self, space: Space<'a>) {
        self.held.push(Held::Space(space));
    }

    /// The open group is no formula, nor is one that is open in it: all is passed on.
    fn give_up(&mut self) {
        self.open = 0;
        let open = self.groups.pop();
        let from = open.map_or(self.held.len(), |group| group.events.start);
        let rest = self.held.split_off(from);
        self.end_groups();
        self.send_again(rest);
    }

    /// Sends events of a group once more, without the group.
    fn send_again(&mut self, events: Vec<Held<'a>>) {
        let mut events = events.into_iter();
        if let Some(root) = events.next() {
            root.pass(&mut self.sink);
        }
        if self.is_again {
            events.for_each(|event| event.pass(&mut self.sink));
            return;
        }
        self.is_again = true;
        for event in events {
            match event {
                Held::Open(element) => self.open(&element.element()),
                Held::Close(tag) => self.close(tag),
                Held::Text(Cow::Borrowed(text)) => self.text(text),
                Held::Text(Cow::Owned(text)) => self.other_text(&text),
                Held::Space(space) => self.space(space),
                Held::Styled(style) => self.styled(style),
                Held::Removed(removed) => self.removed(*removed),
            }
        }
        if self.open > 0 {
            // The groups that are open here would be held back for the third time.
            self.give_up();
        }
        self.end_groups();
        self.is_again = false;
    }

    /// Passes on what stands in for the groups, and what stands between them.
    fn end_groups(&mut self) {
        if self.groups.is_empty() {
            return;
        }
        if self.open > 0 {
            return self.give_up();
        }
        let groups = take(&mut self.groups);
        let held = take(&mut self.held);
        let choice = choose(&held, &groups);
        match (&choice.reading, &*groups) {
            // A group that holds other formulas.
            (_, [_]) if choice.is_unknown => self.send_again(held),
            (Some(_), _) if !choice.is_unknown => self.replace(held, &groups, choice),
            _ => held.into_iter().for_each(|event| event.pass(&mut self.sink)),
        }
    }

    /// Sends the formula in place of the last group that is shown, and nothing in place of the others.
    fn replace(&mut self, mut held: Vec<Held<'a>>, groups: &[Group], choice: Choice) {
        let Choice { reading, is_display, copies, is_unknown: _ } = choice;
        let removals = self.removals(&held, copies);
        let root_of = |group: &Group| match &held[group.events.start] {
            Held::Open(element) => Some(element),
            _ => None,
        };
        let is_block = |group: &&Group| root_of(group).is_some_and(|root| root.tag.is_block());
        let shown = groups.iter().find(is_block).or(groups.last());
        let Some(Group { kind, events }) = shown else { return };
        let shown = events.start;
        let is_part = matches!(kind, GroupKind::Part(..));
        // Browsers show it on a line of its own: it is a word of its own at least.
        let has_own_line = is_display && !matches!(kind, GroupKind::Delimited { .. });
        let number =
            if matches!(kind, GroupKind::Delimited { .. }) { take_number(&mut held) } else { Vec::new() };
        let mut formula = reading.map(|reading| (reading, number, removals));
        let mut groups = groups.iter().peekable();
        for (at, event) in held.into_iter().enumerate() {
            match groups.next_if(|group| group.events.end == at + 1).or(groups.peek().copied()) {
                Some(group) if group.events.contains(&at) => {
                    if let (true, Held::Open(root)) = (at == shown, event) {
                        if let Some((reading, number, removals)) = formula.take() {
                            let around = around(&root, is_part);
                            let in_line = around.as_ref().is_none_or(|it| !it.tag.is_block());
                            self.edge(has_own_line && in_line);
                            self.send(around.as_ref(), number, &reading, is_display, removals);
                            self.edge(has_own_line && in_line);
                        }
                    }
                }
                _ => event.pass(&mut self.sink),
            }
        }
    }

    /// Keeps the formula apart from the text beside it, if it has a line of its own in a paragraph.
    fn edge(&mut self, has_own_line: bool) {
        if has_own_line {
            self.sink.other_text(" ");
        }
    }

    /// Sends a formula with the element around it, if there is one.
    fn send(
        &mut self,
        around: Option<&Element<'a>>,
        number: Vec<Held<'a>>,
        reading: &Reading,
        is_display: bool,
        removals: Vec<Removed>,
    ) {
        if let Some(around) = around {
            self.sink.open(around);
        }
        let has_number = !number.is_empty();
        for event in number {
            event.pass(&mut self.sink);
        }
        self.edge(has_number);
        match reading {
            Reading::Tex(tex) => {
                self.sink.open(&formula_element(is_display));
                self.sink.other_text(tex);
                self.sink.close(Tag::Math);
            }
            Reading::Text(text) => self.sink.other_text(text),
        }
        for removed in removals {
            self.sink.removed(removed);
        }
        if let Some(around) = around {
            self.sink.close(around.tag);
        }
    }

    /// The copies that go.
    fn removals(&self, held: &[Held<'a>], copies: Vec<choice::Copy>) -> Vec<Removed> {
        if !self.keeps_report {
            return Vec::new();
        }
        let removed = copies.into_iter().filter_map(|copy| {
            let Held::Open(element) = &held[copy.index] else { return None };
            let removal = Removal::new(RemovalKind::Duplicate, describe(&element.element()), copy.text);
            Some(Removed { removal, start: element.start() })
        });
        removed.collect()
    }
}

/// Takes the [number](Formulas::may_hold_number) out of the events of a formula.
fn take_number<'a>(held: &mut Vec<Held<'a>>) -> Vec<Held<'a>> {
    let after_root = held.get(1..).unwrap_or_default();
    let is_number = |event: &Held<'_>| matches!(event, Held::Open(element) if element.tag == Tag::Span);
    let Some(start) = after_root.iter().position(is_number) else {
        return Vec::new();
    };
    let length = length_of(&after_root[start..]);
    held.drain(start + 1..start + 1 + length).collect()
}

/// The element that stays around a formula, by the root of its group. The parts of a formula may be hidden,
/// each for itself.
fn around<'a>(root: &KeptElement<'a>, is_part: bool) -> Option<Element<'a>> {
    match root.tag {
        Tag::Math | Tag::Img | Tag::Script => None,
        tag if is_part => tag.is_block().then(|| Element::implied(Tag::Div, "div")),
        _ => Some(root.element()),
    }
}

/// The elements that may begin a formula whatever [their class](may_be_class) is.
pub(super) const LOOKED_AT: TagSet = signs::FEW;

/// Whether the class of such an element, which begins with this byte in the source, may be that of a formula.
#[inline]
pub(super) fn may_be_class(tag: Tag, start: u8) -> bool {
    signs::may_be_class(tag, start)
}

/// The element that a formula goes on as.
pub(super) fn formula_element<'a>(is_display: bool) -> Element<'a> {
    let display = is_display.then(|| Attribute { name: "display".into(), value: "block".into() });
    Element { attrs: display.into_iter().collect::<Attributes<'a>>(), ..Element::implied(Tag::Math, "math") }
}

/// Whether a group of this kind may hold the element.
fn may_hold(kind: GroupKind, element: &Element<'_>) -> bool {
    match kind {
        GroupKind::Delimited { .. } => choice::is_around_tex(element),
        GroupKind::Image => false,
        GroupKind::Whole | GroupKind::Part(..) => match element.tag {
            Tag::Div | Tag::Img | Tag::Script => true,
            tag => !tag.is_block() && !tag.is_media(),
        },
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Formulas<'a, S> {
    fn open(&mut self, element: &Element<'a>) {
        if self.is_idle() {
            self.look_at(element);
        } else {
            self.open_while_holding(element);
        }
    }

    fn close(&mut self, tag: Tag) {
        if self.is_idle() { self.sink.close(tag) } else { self.close_while_holding(tag) }
    }

    fn text(&mut self, text: &'a str) {
        if self.is_idle() { self.sink.text(text) } else { self.text_while_holding(Cow::Borrowed(text)) }
    }

    fn other_text(&mut self, text: &str) {
        if self.is_idle() {
            self.sink.other_text(text);
        } else {
            self.text_while_holding(Cow::Owned(text.to_owned()));
        }
    }

    fn space(&mut self, space: Space<'a>) {
        if self.is_idle() { self.sink.space(space) } else { self.space_while_holding(space) }
    }

    fn styled(&mut self, style: Style) {
        if self.is_idle() { self.sink.styled(style) } else { self.held.push(Held::Styled(style)) }
    }

    fn removed(&mut self, removed: Removed) {
        if self.is_idle() {
            self.sink.removed(removed);
        } else {
            self.held.push(Held::Removed(Box::new(removed)));
        }
    }

    fn restart(&mut self) {
        let Self { sink, keeps_report: _, held, groups, open, is_again } = self;
        sink.restart();
        held.clear();
        groups.clear();
        (*open, *is_again) = (0, false);
    }
}
