//! From entries to [`Meta`]: the meaning of the known keys.

use std::borrow::Cow;
use std::collections::hash_map::Entry as Place;
use std::collections::{HashMap, HashSet};

use super::date;
use super::entry::{Entry, KnownKey, Node};
use super::place::Places;
use crate::post::{Meta, Value};
use crate::report::{Diagnostic, DiagnosticKind};

/// Makes metadata of the top-level entries of a block.
pub(super) fn meta<'a>(
    entries: Vec<Entry<'a>>,
    places: &mut Places<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Meta<'a> {
    let slots = without_duplicates(entries, places, diagnostics);
    let mut assembly = Assembly::new(places, diagnostics);
    for Slot { entry, nth } in slots {
        assembly.take(KnownKey::of(&entry.key), entry, nth);
    }
    assembly.meta
}

/// Up to so many keys are quicker compared with each other than hashed.
const FEW: usize = 16;

/// An entry, and how many of the same key stood before it.
struct Slot<'a> {
    entry: Entry<'a>,
    nth: usize,
}

/// Keeps the last value of each key, in the place of the first.
fn without_duplicates<'a>(
    entries: Vec<Entry<'a>>,
    places: &mut Places<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Slot<'a>> {
    let mut slot_of: HashMap<Cow<'a, str>, usize> = HashMap::with_capacity(entries.len());
    let mut slots: Vec<Slot<'a>> = Vec::with_capacity(entries.len());
    for Entry { key, node } in entries {
        match slot_of.entry(key) {
            Place::Occupied(place) => {
                let slot = &mut slots[*place.get()];
                slot.entry.node = node;
                slot.nth += 1;
                // A key that stands a hundred times is still one thing to say.
                if slot.nth == 1 {
                    diagnostics.push(Diagnostic {
                        kind: DiagnosticKind::DuplicateKey,
                        message: format!("the key `{}` stands twice: its last value counts", slot.entry.key),
                        position: places.key(&slot.entry.key, 1),
                    });
                }
            }
            Place::Vacant(place) => {
                let key = place.key().clone();
                place.insert(slots.len());
                slots.push(Slot { entry: Entry { key, node }, nth: 0 });
            }
        }
    }
    slots
}

/// Metadata in the making.
pub(super) struct Assembly<'s, 'a> {
    pub(super) meta: Meta<'a>,
    /// The known keys that [`take_new`](Self::take_new) has seen, a bit each.
    seen: u16,
    places: &'s mut Places<'a>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl<'s, 'a> Assembly<'s, 'a> {
    pub(super) fn new(places: &'s mut Places<'a>, diagnostics: &'s mut Vec<Diagnostic>) -> Self {
        Self { meta: Meta::default(), seen: 0, places, diagnostics }
    }

    /// Takes an entry as it comes. Refuses one whose key stands there already, or that comes after many that [`Meta`]
    /// does not know; then [`meta`] has to see all entries at once.
    #[inline]
    pub(super) fn take_new(&mut self, known: Option<KnownKey>, entry: Entry<'a>) -> bool {
        let is_new = match known {
            Some(known) => {
                let before = self.seen;
                self.seen |= 1 << known as u16;
                self.seen != before
            }
            None => self.meta.extra.len() < FEW && self.meta.extra.get(&entry.key).is_none(),
        };
        if is_new {
            self.take(known, entry, 0);
        }
        is_new
    }

    /// Takes an entry whose key stood there `nth` times before.
    #[inline]
    fn take(&mut self, known: Option<KnownKey>, entry: Entry<'a>, nth: usize) {
        match known {
            Some(KnownKey::Layout) => self.meta.layout = self.text(entry, nth),
            Some(KnownKey::Title) => self.meta.title = self.text(entry, nth),
            Some(KnownKey::From) => self.meta.from = self.text(entry, nth),
            Some(KnownKey::Date) => self.date(entry, nth),
            Some(KnownKey::Comments) => self.comments(entry, nth),
            Some(KnownKey::Author | KnownKey::Authors) => {
                self.list(entry, nth, Whole::One, |meta| &mut meta.authors);
            }
            Some(KnownKey::Tags) => self.list(entry, nth, Whole::Words, |meta| &mut meta.tags),
            Some(KnownKey::Tag) => self.list(entry, nth, Whole::One, |meta| &mut meta.tags),
            Some(KnownKey::Categories) => self.list(entry, nth, Whole::Words, |meta| &mut meta.categories),
            Some(KnownKey::Category) => self.list(entry, nth, Whole::One, |meta| &mut meta.categories),
            None => self.meta.extra.push(entry.key, entry.node.into_value()),
        }
    }

    fn text(&mut self, entry: Entry<'a>, nth: usize) -> Option<Cow<'a, str>> {
        match entry.node {
            Node::Null => None,
            Node::Text(text) | Node::Literal { text, .. } => Some(text).filter(|text| !text.is_empty()),
            Node::Resolved(_) | Node::Texts(_) | Node::List(_) | Node::Map(_) => {
                self.unexpected(entry, nth, "a text");
                None
            }
        }
    }

    fn date(&mut self, entry: Entry<'a>, nth: usize) {
        let key = entry.key.clone();
        let Some(text) = self.text(entry, nth) else {
            return;
        };
        self.meta.date = date::parse(&text);
        if self.meta.date.is_none() {
            self.diagnostics.push(Diagnostic {
                kind: DiagnosticKind::BadDate,
                message: format!("not a date: `{text}`"),
                position: self.places.value(&key, nth),
            });
            self.meta.extra.push(key, Value::String(text));
        }
    }

    fn comments(&mut self, entry: Entry<'a>, nth: usize) {
        self.meta.comments = match &entry.node {
            Node::Null => None,
            Node::Resolved(Value::Bool(value)) | Node::Literal { value: Value::Bool(value), .. } => {
                Some(*value)
            }
            Node::Text(text) if text.is_empty() => None,
            Node::Text(text) if is_one_of(text, &["true", "yes", "on"]) => Some(true),
            Node::Text(text) if is_one_of(text, &["false", "no", "off"]) => Some(false),
            _ => return self.unexpected(entry, nth, "true or false"),
        };
    }

    /// Adds to a list of texts. What is no text stays in `extra`, with the whole value around it.
    fn list(&mut self, entry: Entry<'a>, nth: usize, whole: Whole, field: ListField<'a>) {
        let Entry { key, node } = entry;
        let has_map = node.has_map();
        let names_people = has_map && matches!(&*key, "author" | "authors");
        let rest = if has_map { Some(node.clone()) } else { None };
        let mut texts = Texts { found: Vec::new(), names_people, all_understood: true };
        texts.collect(node, whole);
        add_new(field(&mut self.meta), texts.found);
        let Some(node) = rest else {
            return;
        };
        if texts.all_understood {
            self.meta.extra.push(key, node.into_value());
        } else {
            self.unexpected(Entry { key, node }, nth, "a text or a list of texts");
        }
    }

    fn unexpected(&mut self, entry: Entry<'a>, nth: usize, expected: &str) {
        self.diagnostics.push(Diagnostic {
            kind: DiagnosticKind::UnexpectedValue,
            message: format!("`{}` holds {}: expected {expected}", entry.key, entry.node.shape()),
            position: self.places.value(&entry.key, nth),
        });
        self.meta.extra.push(entry.key, entry.node.into_value());
    }
}

/// Finds a list of [`Meta`].
type ListField<'a> = for<'m> fn(&'m mut Meta<'a>) -> &'m mut Vec<Cow<'a, str>>;

/// What a text in the place of a list is.
#[derive(Clone, Copy)]
enum Whole {
    /// One value.
    One,
    /// One value for each word, as Jekyll has it.
    Words,
}

/// Gathers the texts of a list, and of the lists in it.
struct Texts<'a> {
    found: Vec<Cow<'a, str>>,
    names_people: bool,
    all_understood: bool,
}

impl<'a> Texts<'a> {
    /// Recursive: nodes are no deeper than [`MAX_DEPTH`](super::entry::MAX_DEPTH).
    fn collect(&mut self, node: Node<'a>, whole: Whole) {
        match node {
            Node::Null => {}
            Node::Text(text) | Node::Literal { text, .. } => match whole {
                Whole::Words => self.found.extend(words(text)),
                Whole::One if text.is_empty() => {}
                Whole::One => self.push(text),
            },
            Node::Texts(mut texts) => {
                texts.retain(|text| !text.is_empty());
                if self.found.is_empty() {
                    self.found = texts;
                } else {
                    self.found.append(&mut texts);
                }
            }
            Node::List(nodes) => nodes.into_iter().for_each(|node| self.collect(node, Whole::One)),
            Node::Map(pairs) if self.names_people => match person(pairs) {
                Some(name) => self.push(name),
                None => self.all_understood = false,
            },
            Node::Map(_) | Node::Resolved(_) => self.all_understood = false,
        }
    }

    fn push(&mut self, text: Cow<'a, str>) {
        // Most posts have one author: no room is needed for more.
        if self.found.is_empty() {
            self.found.reserve_exact(1);
        }
        self.found.push(text);
    }
}

/// The name in a mapping that describes an author, as `WordPress` exports one.
fn person<'a>(pairs: Vec<(Cow<'a, str>, Node<'a>)>) -> Option<Cow<'a, str>> {
    const KEYS: [&str; 3] = ["display_name", "name", "login"];
    let mut best: Option<(usize, Cow<'a, str>)> = None;
    for (key, node) in pairs {
        let rank = KEYS.iter().position(|name| *name == key);
        if let (Some(rank), Node::Text(text) | Node::Literal { text, .. }) = (rank, node) {
            // Of a key that comes twice, the last value.
            if !text.is_empty() && best.as_ref().is_none_or(|(other, _)| rank <= *other) {
                best = Some((rank, text));
            }
        }
    }
    best.map(|(_, text)| text)
}

/// The words of a text, borrowed from where it is. As in Jekyll, ASCII white space parts them.
fn words(text: Cow<'_, str>) -> Vec<Cow<'_, str>> {
    match text {
        Cow::Borrowed(text) => text.split_ascii_whitespace().map(Cow::Borrowed).collect(),
        Cow::Owned(text) => text.split_ascii_whitespace().map(|word| Cow::Owned(word.to_owned())).collect(),
    }
}

/// Adds the values of a second key for the same list, without those that are there already.
fn add_new<'a>(list: &mut Vec<Cow<'a, str>>, values: Vec<Cow<'a, str>>) {
    if list.is_empty() {
        *list = values;
        return;
    }
    let mut seen: HashSet<Cow<'a, str>> = list.iter().cloned().collect();
    list.extend(values.into_iter().filter(|value| seen.insert(value.clone())));
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

impl Node<'_> {
    fn has_map(&self) -> bool {
        match self {
            Self::Map(_) => true,
            Self::List(nodes) => nodes.iter().any(Node::has_map),
            _ => false,
        }
    }

    /// What it is, for a message.
    fn shape(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Text(_) | Self::Literal { .. } => "a text",
            Self::Resolved(_) => "a number",
            Self::Texts(_) | Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
