//! The events of a formula while they are held back, and what a reader sees of them.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::event::{EventSink, KeptElement, Removed, Space, Style, Tag};

/// An event that is held back.
pub(super) enum Held<'a> {
    Open(KeptElement<'a>),
    Close(Tag),
    Text(Cow<'a, str>),
    Space(Space<'a>),
    Styled(Style),
    Removed(Box<Removed>),
}

impl<'a> Held<'a> {
    /// Passes the event on as it came. An element of `MathML` that is not read as a formula is an element
    /// like others.
    pub(super) fn pass(self, sink: &mut impl EventSink<'a>) {
        match self {
            Self::Open(kept) => {
                let mut element = kept.element();
                if element.tag == Tag::Math {
                    element.tag = Tag::Unknown;
                }
                sink.open(&element);
            }
            Self::Close(Tag::Math) => sink.close(Tag::Unknown),
            Self::Close(tag) => sink.close(tag),
            Self::Text(Cow::Borrowed(text)) => sink.text(text),
            Self::Text(Cow::Owned(text)) => sink.other_text(&text),
            Self::Space(space) => sink.space(space),
            Self::Styled(style) => sink.styled(style),
            Self::Removed(removed) => sink.removed(*removed),
        }
    }
}

/// What a group of events is, by the element that it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// One element that holds all copies of a formula.
    Whole,
    /// An element with nothing but TeX in it, between delimiters. `is_sure` says that it holds TeX even where
    /// there are no delimiters.
    Delimited { is_sure: bool },
    /// An image of a formula.
    Image,
    /// The first, the second or the third of elements side by side that hold the copies of a formula.
    Part(Family, u8),
}

/// Elements that belong together where they stand side by side, in the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// The preview, the rendering and the script of `MathJax` 2.
    MathJax,
    /// The `MathML` and the image of Wikipedia.
    Wikipedia,
    /// The `MathML` and the rendering of `KaTeX`.
    Katex,
}

impl GroupKind {
    /// Whether another part of the formula may come after an element of this kind.
    pub(super) fn waits(self) -> bool {
        match self {
            Self::Part(Family::MathJax, number) => number < 3,
            Self::Part(Family::Wikipedia | Family::Katex, number) => number < 2,
            Self::Whole | Self::Delimited { .. } | Self::Image => false,
        }
    }

    /// Whether an element of this kind goes on with the formula that this one is a part of.
    pub(super) fn goes_on_with(self, next: Self) -> bool {
        match (self, next) {
            (Self::Part(family, number), Self::Part(next_family, next_number)) => {
                family == next_family && number < next_number
            }
            _ => false,
        }
    }
}

/// A group among the events that are held back.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) kind: GroupKind,
    /// Its events, from the start tag to the end tag.
    pub(super) events: Range<usize>,
}

/// Adds a text with its white space collapsed, and one space for all that stands before it.
pub(super) fn push_collapsed(out: &mut String, text: &str) {
    let mut words = text.split(char::is_whitespace);
    out.push_str(words.next().unwrap_or_default());
    for word in words {
        push_space(out);
        out.push_str(word);
    }
}

/// Adds a space, unless there is one or the text begins here.
pub(super) fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}
