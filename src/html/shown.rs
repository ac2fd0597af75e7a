//! What a reader saw of an element that goes: the text for the report, and how it parted the texts around it.

use std::borrow::Cow;

use super::element::{Element, KeptElement, Style};
use super::tag::Tag;
use super::words::{beginning, words};

/// Collects what a reader saw of an element.
pub(crate) struct Shown {
    /// All text, white space collapsed, with that of the elements in it that have gone before; `None` if
    /// nobody wants it.
    text: Option<String>,
    trace: Trace,
    /// How many open elements hide their text.
    hidden: usize,
}

/// What is left of an element between the texts around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trace {
    Nothing,
    /// It had text or a line break in the line: the words around it are two.
    Space,
    /// It had lines of its own.
    Block,
}

impl Shown {
    /// Nothing yet. The text is added to `text`, if there is one.
    pub(crate) fn new(text: Option<String>) -> Self {
        Self { text, trace: Trace::Nothing, hidden: 0 }
    }

    /// Whether nothing that comes now changes what is known.
    pub(crate) fn is_settled(&self) -> bool {
        self.text.is_none() && self.trace == Trace::Block
    }

    /// Whether a text that comes now is not shown, and is not collected.
    pub(crate) fn hides_text(&self) -> bool {
        self.hidden > 0
    }

    pub(crate) fn open(&mut self, element: &KeptElement<'_>) {
        self.hidden += usize::from(element.tag.hides_text());
        self.boundary(element.tag);
        if element.tag.is_media() {
            match element.element().attrs.emoji().filter(|_| element.tag == Tag::Img && self.hidden == 0) {
                Some(emoji) => self.text(&emoji),
                // It parted the text around it.
                None => self.trace = Trace::Block,
            }
        }
    }

    pub(crate) fn close(&mut self, tag: Tag) {
        self.hidden -= usize::from(tag.hides_text());
        self.boundary(tag);
    }

    pub(crate) fn text(&mut self, text: &str) {
        if self.hidden > 0 || text.is_empty() {
            return;
        }
        self.trace = self.trace.max(Trace::Space);
        let Some(shown) = &mut self.text else { return };
        // Most of it, between the tags of a slot.
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return add_space(shown);
        }
        let mut words = text.split(char::is_whitespace);
        shown.push_str(words.next().unwrap_or_default());
        for word in words {
            add_space(shown);
            shown.push_str(word);
        }
    }

    /// A line begins, or something has gone.
    pub(crate) fn styled(&mut self, style: Style) {
        match style {
            Style::Line => self.trace = Trace::Block,
            Style::Gap => self.trace = self.trace.max(Trace::Space),
            Style::Direction(_) => return,
        }
        self.space();
    }

    /// An element in this one has gone before, with this text.
    pub(crate) fn removed(&mut self, text: String) {
        let Some(shown) = &mut self.text else { return };
        // Its white space is collapsed already. Moved, not copied, so that elements in elements cost no more
        // than one.
        if shown.is_empty() {
            *shown = text;
        } else if !text.is_empty() {
            add_space(shown);
            shown.push_str(&text);
        }
    }

    /// The text, which is empty if nobody wants it, and the trace.
    pub(crate) fn finish(self) -> (String, Trace) {
        let mut text = self.text.unwrap_or_default();
        text.truncate(text.trim_end().len());
        (text, self.trace)
    }

    fn boundary(&mut self, tag: Tag) {
        if tag.is_block() {
            self.trace = Trace::Block;
            self.space();
        } else if tag == Tag::Br {
            self.trace = self.trace.max(Trace::Space);
            self.space();
        }
    }

    fn space(&mut self) {
        if let Some(shown) = &mut self.text {
            add_space(shown);
        }
    }
}

/// Adds a space, unless there is one or the text begins here.
fn add_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// The longest description of an element, in bytes. A formatting element that is never closed goes on in all
/// paragraphs that follow, so that its class, which stands in the source once, may come to be described in
/// each.
const MOST_OF_ELEMENT: usize = 256;

/// The element as a selector: `div#id.class`, with a `…` after as much of it as a report gives.
pub(crate) fn describe(element: &Element<'_>) -> String {
    let [id, class] = element.attrs.id_and_class();
    let id = id.as_deref().map(str::trim_ascii).filter(|id| !id.is_empty());
    let classes = words(class.as_ref().map_or("", Cow::as_ref));
    let mut description = String::new();
    let parts = [("", &*element.name)].into_iter().chain(id.map(|id| ("#", id)));
    for (sign, part) in parts.chain(classes.map(|class| (".", class))) {
        let left = MOST_OF_ELEMENT - description.len();
        description.push_str(sign);
        description.push_str(beginning(part, left));
        if sign.len() + part.len() > left {
            description.truncate(beginning(&description, MOST_OF_ELEMENT).len());
            description.push('…');
            break;
        }
    }
    description
}
