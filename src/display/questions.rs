//! Events in, events out: a button that is a title of what it opens goes on as text.
//!
//! Lists of questions and accordions show each question in a button, which opens its answer. Such a button is
//! told by where it stands: it is all the text of a heading, or what its attributes say that it opens comes
//! right after it, and has text. All other buttons are controls.

use std::borrow::Cow;
use std::mem::take;

use crate::chars::trim_blank;
use crate::html::event::{Element, EventSink, KeptElement, Names, Removed, Space, Style, Tag, TagSet, words};

/// A sink that holds back the events of a button until it is clear whether the button is a title, which goes
/// on as a `<span>`. An event is held back at most once.
pub(super) struct Questions<'a, S> {
    sink: S,
    state: State<'a>,
    /// What is held back: a button, and what has come after it.
    held: Vec<Held<'a>>,
    /// How many of these events are the button's.
    button: usize,
}

/// What has come. Each `open` counts the open elements from the one on that the state is about.
#[derive(Default)]
enum State<'a> {
    /// Nothing that matters.
    #[default]
    Idle,
    /// The start of a button, with how many elements are open from the heading on, or what it opens.
    Button { open: usize, opens: Opens<'a>, has_text: bool, icon: Option<Icon> },
    /// A button, and a part of the rest of its heading, without text so far.
    RestOfHead { open: usize },
    /// A button, and no text. `controls` names what it opens; without a name that is the element beside it.
    BeforePanel { controls: Option<Cow<'a, str>> },
    /// A button, and the start of what it opens, without text so far.
    Panel { open: usize },
}

enum Opens<'a> {
    /// What its heading is about. The number of elements that are open from the heading on.
    Heading(usize),
    /// The element with one of these ids; without ids, the element beside it.
    Panel(Option<Cow<'a, str>>),
}

/// An element in a button that is no part of its name.
struct Icon {
    /// Where its start tag is held.
    at: usize,
    /// How many elements of the button are open around it.
    open: usize,
}

enum Held<'a> {
    Open(KeptElement<'a>),
    Close(Tag),
    Text(Cow<'a, str>),
}

/// The elements that are titles of what comes after them.
pub(super) const HEADS: TagSet =
    TagSet::of(&[Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6, Tag::Dt, Tag::Th]);

/// The elements that are looked at while no event is held back.
pub(super) const LOOKED_AT: TagSet = TagSet::of(&[Tag::Button]);

/// What begins with one of these is another title, a menu or a form.
const NO_ANSWERS: TagSet = HEADS.union(LOOKED_AT).union(TagSet::of(&[
    Tag::A,
    Tag::Form,
    Tag::Input,
    Tag::Menu,
    Tag::Nav,
    Tag::Select,
    Tag::Textarea,
]));

fn begins_no_answer(tag: Tag) -> bool {
    NO_ANSWERS.contains(tag) || tag.hides_text()
}

impl<'a, S: EventSink<'a>> Questions<'a, S> {
    pub(super) fn new(sink: S) -> Self {
        Self { sink, state: State::Idle, held: Vec::new(), button: 0 }
    }

    /// Passes on the events that are still held back. Returns the sink, which has all events now.
    pub(super) fn finish(&mut self) -> &mut S {
        self.give_up();
        &mut self.sink
    }

    /// The sink; events that are held back have not come to it.
    #[inline]
    pub(super) fn sink(&mut self) -> &mut S {
        &mut self.sink
    }

    /// Whether all events pass but those of a few [elements](LOOKED_AT).
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.state, State::Idle)
    }

    /// Opens an element. `head` is the number of elements that are open from a heading on which has no text
    /// so far; 0 without one.
    pub(super) fn open_in_head(&mut self, element: &Element<'a>, head: usize) {
        if self.is_idle() { self.open_unheld(element, head) } else { self.open(element) }
    }

    /// Opens an element while nothing is held back.
    fn open_unheld(&mut self, element: &Element<'a>, head: usize) {
        if element.tag == Tag::Button {
            let opens = if head > 0 { Some(Opens::Heading(head)) } else { what_opens(element) };
            if let Some(opens) = opens {
                self.state = State::Button { open: 1, opens, has_text: false, icon: None };
                self.held.push(Held::Open(element.keep()));
                return;
            }
        }
        self.sink.open(element);
    }

    /// The button closes.
    fn end_button(&mut self, opens: Opens<'a>, has_text: bool) {
        self.button = self.held.len();
        self.state = match opens {
            _ if !has_text => return self.give_up(),
            Opens::Heading(open) => State::RestOfHead { open },
            Opens::Panel(controls) => State::BeforePanel { controls },
        };
    }

    /// The button is a title.
    fn pass_title(&mut self) {
        let last = self.button - 1;
        // Browsers show it as a box.
        self.sink.styled(Style::Gap);
        for (at, event) in take(&mut self.held).into_iter().enumerate() {
            match event {
                Held::Open(button) if at == 0 => {
                    let button = button.element();
                    self.sink.open(&Element { tag: Tag::Span, name: "span".into(), ..button });
                }
                Held::Close(_) if at == last => self.sink.close(Tag::Span),
                event => event.pass(&mut self.sink),
            }
        }
        self.state = State::Idle;
    }

    /// The button is a control, if there is one. What is held back holds no other title: at a start tag with
    /// which one might begin, the button before it is given up.
    fn give_up(&mut self) {
        if self.held.is_empty() {
            return;
        }
        self.state = State::Idle;
        for event in take(&mut self.held) {
            event.pass(&mut self.sink);
        }
    }

    /// Deals with a text that comes while the sink is not idle.
    fn text_noted(&mut self, text: Cow<'a, str>) {
        let is_word = !trim_blank(&text).is_empty();
        match &mut self.state {
            State::Button { has_text, icon, .. } => {
                let has_letters = text.contains(char::is_alphanumeric);
                *has_text |= has_letters;
                icon.take_if(|_| has_letters);
            }
            State::Panel { .. } if is_word => self.pass_title(),
            State::RestOfHead { .. } | State::BeforePanel { .. } if is_word => self.give_up(),
            _ => {}
        }
        if self.held.is_empty() {
            Held::Text(text).pass(&mut self.sink);
        } else {
            self.held.push(Held::Text(text));
        }
    }

    fn open_in_button(&mut self, element: &Element<'a>) {
        let State::Button { open, icon, .. } = &mut self.state else { return };
        let is_hidden = || element.attrs.get("aria-hidden").is_some_and(|value| &*value == "true");
        if icon.is_none() && !element.is_media() && is_hidden() {
            *icon = Some(Icon { at: self.held.len(), open: *open });
        }
        *open += 1;
        self.held.push(Held::Open(element.keep()));
    }

    fn close_in_button(&mut self, tag: Tag) {
        let State::Button { open, icon, .. } = &mut self.state else { return };
        *open -= 1;
        let mut tag = tag;
        if let Some(icon) = icon.take_if(|icon| icon.open == *open) {
            // A sign without a letter that is not read out, such as a `+`, is a control of its own.
            if let Held::Open(element) = &mut self.held[icon.at] {
                element.tag = Tag::Button;
                tag = Tag::Button;
            }
        }
        self.held.push(Held::Close(tag));
        if *open == 0 {
            if let State::Button { opens, has_text, .. } = take(&mut self.state) {
                self.end_button(opens, has_text);
            }
        }
    }
}

/// What a button says that it opens; `None` if it says nothing of that, or opens a menu.
fn what_opens<'a>(button: &Element<'a>) -> Option<Opens<'a>> {
    let names = const { Names::new(["aria-controls", "aria-expanded", "aria-haspopup", "role", "class"]) };
    let [controls, expanded, popup, role, class] = button.attrs.get_all(&names);
    // XenForo's button is named after the spoiler that it opens.
    let is_spoiler = || class.is_some_and(|class| words(&class).any(|name| name == "bbCodeSpoiler-button"));
    let opens = controls.is_some() || expanded.is_some() || is_spoiler();
    let is_usual = popup.is_none() && role.is_none_or(|role| role.trim_ascii() == "button");
    (opens && is_usual).then_some(Opens::Panel(controls))
}

/// Whether an element after a button is what the button opens.
fn is_panel(element: &Element<'_>, controls: Option<&str>) -> bool {
    match controls {
        Some(controls) => {
            let id = element.attrs.get("id");
            id.is_some_and(|id| words(controls).any(|control| control == id))
        }
        None => matches!(element.tag, Tag::Div | Tag::Section),
    }
}

impl<'a> Held<'a> {
    fn pass(self, sink: &mut impl EventSink<'a>) {
        match self {
            Self::Open(element) => sink.open(&element.element()),
            Self::Close(tag) => sink.close(tag),
            Self::Text(Cow::Borrowed(text)) => sink.text(text),
            Self::Text(Cow::Owned(text)) => sink.other_text(&text),
        }
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Questions<'a, S> {
    fn open(&mut self, element: &Element<'a>) {
        match &mut self.state {
            State::Idle => return self.open_unheld(element, 0),
            State::Button { .. } => return self.open_in_button(element),
            State::BeforePanel { .. } | State::Panel { .. } if begins_no_answer(element.tag) => {
                self.give_up();
                return self.open(element);
            }
            State::BeforePanel { controls } => {
                if is_panel(element, controls.as_deref()) {
                    self.state = State::Panel { open: 1 };
                } else if controls.is_none() {
                    self.give_up();
                    return self.sink.open(element);
                }
            }
            State::RestOfHead { open } | State::Panel { open } => *open += 1,
        }
        self.held.push(Held::Open(element.keep()));
    }

    fn close(&mut self, tag: Tag) {
        let is_end = match &mut self.state {
            State::Idle => true,
            State::Button { .. } => return self.close_in_button(tag),
            // A button at the end of a line of text is no title.
            State::BeforePanel { controls } => controls.is_none() || tag == Tag::P || HEADS.contains(tag),
            State::RestOfHead { open } | State::Panel { open } => {
                *open -= 1;
                *open == 0
            }
        };
        if !is_end {
            self.held.push(Held::Close(tag));
            return;
        }
        if let State::RestOfHead { .. } = self.state {
            self.pass_title();
        } else {
            self.give_up();
        }
        self.sink.close(tag);
    }

    fn text(&mut self, text: &'a str) {
        if self.is_idle() {
            self.sink.text(text);
        } else {
            self.text_noted(Cow::Borrowed(text));
        }
    }

    fn other_text(&mut self, text: &str) {
        if self.is_idle() {
            self.sink.other_text(text);
        } else {
            self.text_noted(Cow::Owned(text.to_owned()));
        }
    }

    fn space(&mut self, space: Space<'a>) {
        if self.held.is_empty() {
            self.sink.space(space);
        } else {
            self.held.push(Held::Text(Cow::Borrowed(space.source)));
        }
    }

    fn styled(&mut self, style: Style) {
        self.give_up();
        self.sink.styled(style);
    }

    fn removed(&mut self, removed: Removed) {
        self.give_up();
        self.sink.removed(removed);
    }

    fn restart(&mut self) {
        let Self { sink, state, held, button } = self;
        sink.restart();
        *state = State::Idle;
        held.clear();
        *button = 0;
    }
}
