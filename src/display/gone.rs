//! An open element that no browser shows.

use super::look::{is_seen, waits_for_script};
use crate::chars::is_blank;
use crate::html::event::{Element, EventSink, KeptElement, Removed, Shown, Style, Tag, describe};
use crate::report::{Removal, RemovalKind};

/// An open element that no browser shows, with all that is in it.
///
/// It goes, unless it holds no text, but something that a script loads or a `<noscript>` shows: then it hides
/// that only until the script has run.
pub(super) struct Gone<'a> {
    element: KeptElement<'a>,
    /// How many elements were open around it.
    pub(super) depth: usize,
    shown: Shown,
    /// Its tags, as long as no text has come.
    held: Option<Vec<Held<'a>>>,
    /// Whether something in it waits for a script.
    waits: bool,
    /// The number of open `<noscript>` in it.
    noscripts: usize,
}

enum Held<'a> {
    Open(KeptElement<'a>),
    Close(Tag),
    Removed(Box<Removed>),
}

impl<'a> Gone<'a> {
    /// `depth` elements are open around the element. Its text is added to `text`, if there is one.
    pub(super) fn new(element: &Element<'a>, depth: usize, text: Option<String>) -> Self {
        let mut gone = Self {
            element: element.keep(),
            depth,
            shown: Shown::new(text),
            held: Some(Vec::new()),
            waits: false,
            noscripts: 0,
        };
        gone.open(element);
        gone
    }

    pub(super) fn open(&mut self, element: &Element<'a>) {
        let kept = element.keep();
        self.shown.open(&kept);
        self.noscripts += usize::from(element.tag == Tag::Noscript);
        if element.tag == Tag::Img && !self.shown.hides_text() && element.attrs.emoji().is_some() {
            self.held = None;
        }
        if let Some(held) = &mut self.held {
            self.waits |= waits_for_script(element) || self.noscripts > 0 && is_seen(element);
            held.push(Held::Open(kept));
        }
    }

    pub(super) fn close(&mut self, tag: Tag) {
        self.shown.close(tag);
        self.noscripts -= usize::from(tag == Tag::Noscript);
        if let Some(held) = &mut self.held {
            held.push(Held::Close(tag));
        }
    }

    /// Returns whether a reader would see the text if the element were shown.
    pub(super) fn text(&mut self, text: &str) -> bool {
        self.shown.text(text);
        let is_text = !self.shown.hides_text() && !text.chars().all(is_blank);
        if is_text {
            self.held = None;
        }
        is_text
    }

    /// Something in it has gone before.
    pub(super) fn removed(&mut self, removed: Removed) {
        if let Some(held) = &mut self.held {
            held.push(Held::Removed(Box::new(removed.clone())));
        }
        self.shown.removed(removed.removal.text);
    }

    /// A line begins in it.
    pub(super) fn line(&mut self) {
        self.shown.styled(Style::Line);
    }

    /// Whether it stays, now that it has closed.
    pub(super) fn stays(&self) -> bool {
        self.waits && self.held.is_some()
    }

    /// Passes on what it holds, since it [stays](Self::stays).
    pub(super) fn pass(self, sink: &mut impl EventSink<'a>) {
        for event in self.held.into_iter().flatten() {
            match event {
                Held::Open(element) => sink.open(&element.element()),
                Held::Close(tag) => sink.close(tag),
                Held::Removed(removed) => sink.removed(*removed),
            }
        }
    }

    /// What is to be in the report.
    pub(super) fn into_removed(self) -> Removed {
        let (text, _) = self.shown.finish();
        let removal = Removal::new(RemovalKind::Hidden, describe(&self.element.element()), text);
        Removed { removal, start: self.element.start() }
    }
}
