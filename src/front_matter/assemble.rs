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
    let mut assembly = Assembly { meta: Meta::default(), places, diagnostics };
    for slot in slots {
        assembly.take(KnownKey::of(&slot.key), slot);
    }
    assembly.meta
}

/// Makes the same of entries as they come, without a list of them. `None` if a key stands twice, or if there are many
/// that [`Meta`] does not know; then what is in `diagnostics` counts for nothing.
pub(super) fn distinct<'a, E>(
    entries: impl Iterator<Item = Result<Entry<'a>, E>>,
    places: &mut Places<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Meta<'a>>, E> {
    let mut assembly = Assembly { meta: Meta::default(), places, diagnostics };
    let mut seen = 0_u16;
    for entry in entries {
        let Entry { key, node } = entry?;
        let known = KnownKey::of(&key);
        let extra = &assembly.meta.extra;
        let is_new = match known {
            Some(known) => {
                let before = seen;
                seen |= 1 << known as u16;
                seen != before
            }
            None => extra.len() < FEW && extra.get(&key).is_none(),
        };
        if !is_new {
            return Ok(None);
        }
        assembly.take(known, Slot { key, node, nth: 0 });
    }
    Ok(Some(assembly.meta))
}

/// Up to so many keys are quicker compared with each other than hashed.
const FEW: usize = 16;

/// An entry, and how many of the same key stood before it.
struct Slot<'a> {
    key: Cow<'a, str>,
    node: Node<'a>,
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
                slot.node = node;
                slot.nth += 1;
                // A key that stands a hundred times is still one thing to say.
                if slot.nth == 1 {
                    diagnostics.push(Diagnostic {
                        kind: DiagnosticKind::DuplicateKey,
                        message: format!("the key `{}` stands twice: its last value counts", slot.key),
                        position: places.key(&slot.key, 1),
                    });
                }
            }
            Place::Vacant(place) => {
                let key = place.key().clone();
                place.insert(slots.len());
                slots.push(Slot { key, node, nth: 0 });
            }
        }
    }
    slots
}

struct Assembly<'s, 'a> {
    meta: Meta<'a>,
    places: &'s mut Places<'a>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl<'a> Assembly<'_, 'a> {
    fn take(&mut self, known: Option<KnownKey>, slot: Slot<'a>) {
        match known {
            Some(KnownKey::Layout) => self.meta.layout = self.text(slot),
            Some(KnownKey::Title) => self.meta.title = self.text(slot),
            Some(KnownKey::From) => self.meta.from = self.text(slot),
            Some(KnownKey::Date) => self.date(slot),
            Some(KnownKey::Comments) => self.comments(slot),
            Some(KnownKey::Author | KnownKey::Authors) => self.list(slot, Whole::One, |meta| &mut meta.authors),
            Some(KnownKey::Tags) => self.list(slot, Whole::Words, |meta| &mut meta.tags),
            Some(KnownKey::Tag) => self.list(slot, Whole::One, |meta| &mut meta.tags),
            Some(KnownKey::Categories) => self.list(slot, Whole::Words, |meta| &mut meta.categories),
            Some(KnownKey::Category) => self.list(slot, Whole::One, |meta| &mut meta.categories),
            None => self.meta.extra.push(slot.key, slot.node.into_value()),
        }
    }

    fn text(&mut self, slot: Slot<'a>) -> Option<Cow<'a, str>> {
        match slot.node {
            Node::Null => None,
            Node::Text(text) | Node::Literal { text, .. } => Some(text).filter(|text| !text.is_empty()),
            Node::Resolved(_) | Node::Texts(_) | Node::List(_) | Node::Map(_) => {
                self.unexpected(slot, "a text");
                None
            }
        }
    }

    fn date(&mut self, slot: Slot<'a>) {
        let (key, nth) = (slot.key.clone(), slot.nth);
        let Some(text) = self.text(slot) else {
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

    fn comments(&mut self, slot: Slot<'a>) {
        self.meta.comments = match &slot.node {
            Node::Null => None,
            Node::Resolved(Value::Bool(value)) | Node::Literal { value: Value::Bool(value), .. } => {
                Some(*value)
            }
            Node::Text(text) if text.is_empty() => None,
            Node::Text(text) if is_one_of(text, &["true", "yes", "on"]) => Some(true),
            Node::Text(text) if is_one_of(text, &["false", "no", "off"]) => Some(false),
            _ => return self.unexpected(slot, "true or false"),
        };
    }

    /// Adds to a list of texts. What is no text stays in `extra`, with the whole value around it.
    fn list(&mut self, slot: Slot<'a>, whole: Whole, field: ListField<'a>) {
        let names_people = matches!(KnownKey::of(&slot.key), Some(KnownKey::Author | KnownKey::Authors));
        let has_map = slot.node.has_map();
        let rest = if has_map { Some(slot.node.clone()) } else { None };
        let mut texts = Texts { found: Vec::new(), names_people, all_understood: true };
        texts.collect(slot.node, whole);
        add_new(field(&mut self.meta), texts.found);
        let Some(node) = rest else {
            return;
        };
        let slot = Slot { node, ..slot };
        if texts.all_understood {
            self.meta.extra.push(slot.key, slot.node.into_value());
        } else {
            self.unexpected(slot, "a text or a list of texts");
        }
    }

    fn unexpected(&mut self, slot: Slot<'a>, expected: &str) {
        self.diagnostics.push(Diagnostic {
            kind: DiagnosticKind::UnexpectedValue,
            message: format!("`{}` holds {}: expected {expected}", slot.key, slot.node.shape()),
            position: self.places.value(&slot.key, slot.nth),
        });
        self.meta.extra.push(slot.key, slot.node.into_value());
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
