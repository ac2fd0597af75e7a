//! From entries to [`Meta`]: the meaning of the known keys.

use std::borrow::Cow;
use std::collections::hash_map::Entry as IndexEntry;
use std::collections::{HashMap, HashSet};

use super::entry::{Entries, Entry, KnownKey, Node};
use super::locator::Locator;
use crate::post::{DateParseError, Meta, Value};
use crate::report::{Diagnostic, DiagnosticKind};

/// Up to this number, keys are compared with each other faster than they are hashed.
const FEW: usize = 16;

/// An entry, and how many entries of the same key came before it.
struct Slot<'a> {
    entry: Entry<'a>,
    nth: usize,
}

/// Keeps the last value of each key, at the index of the first.
fn without_duplicates<'a>(
    entries: Vec<Entry<'a>>,
    locator: &mut Locator<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Slot<'a>> {
    let mut slot_of: HashMap<Cow<'a, str>, usize> = HashMap::with_capacity(entries.len());
    let mut slots: Vec<Slot<'a>> = Vec::with_capacity(entries.len());
    for Entry { key, node } in entries {
        match slot_of.entry(key) {
            IndexEntry::Occupied(index) => {
                let slot = &mut slots[*index.get()];
                slot.entry.node = node;
                slot.nth += 1;
                // Of a key that comes a hundred times there is still only one thing to say.
                if slot.nth == 1 {
                    diagnostics.push(Diagnostic {
                        kind: DiagnosticKind::DuplicateKey,
                        message: format!("the key `{}` stands twice: its last value counts", slot.entry.key),
                        position: locator.key(&slot.entry.key, 1),
                    });
                }
            }
            IndexEntry::Vacant(index) => {
                let key = index.key().clone();
                index.insert(slots.len());
                slots.push(Slot { entry: Entry { key, node }, nth: 0 });
            }
        }
    }
    slots
}

/// Builds metadata from entries.
pub(super) struct Assembly<'s, 'a> {
    meta: &'s mut Meta<'a>,
    /// The known keys that have come, one bit for each.
    seen: u16,
    locator: &'s mut Locator<'a>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl<'s, 'a> Assembly<'s, 'a> {
    /// Adds to metadata that are empty.
    pub(super) fn new(
        locator: &'s mut Locator<'a>,
        meta: &'s mut Meta<'a>,
        diagnostics: &'s mut Vec<Diagnostic>,
    ) -> Self {
        Self { meta, seen: 0, locator, diagnostics }
    }

    /// Takes all the top-level entries of a block.
    pub(super) fn take_all(&mut self, entries: Vec<Entry<'a>>) {
        for Slot { entry, nth } in without_duplicates(entries, self.locator, self.diagnostics) {
            self.take_nth(KnownKey::of(&entry.key), entry, nth);
        }
    }

    /// Whether a key comes for the first time. If not, or if it comes after many keys that [`Meta`] does not
    /// know, [`take_all`](Self::take_all) has to see all entries.
    #[inline]
    fn is_new(&mut self, known: KnownKey) -> bool {
        let before = self.seen;
        self.seen |= 1 << known as u16;
        self.seen != before
    }

    /// Takes an entry whose key came `nth` times before.
    fn take_nth(&mut self, known: Option<KnownKey>, entry: Entry<'a>, nth: usize) {
        let Some(known) = known else {
            return self.meta.extra.push(entry.key, entry.node.into_value());
        };
        match (entry.node, known) {
            (Node::Text(text), _) => self.text(known, text, nth),
            (Node::Source(text), _) => self.meta.extra.push(entry.key, Value::String(text)),
            (node, KnownKey::Comments) => self.comments(node, nth),
            (Node::Literal { text, .. }, _) => self.text(known, text, nth),
            (Node::Texts(texts), _) if !known.is_single_text() => self.texts(known, texts),
            (Node::Null, _) => {}
            (node, _) if known.is_single_text() => self.unexpected(known, node, nth, "a text"),
            (node, _) => self.list(known, node, nth),
        }
    }

    /// Takes a text whose key came `nth` times before.
    fn text(&mut self, known: KnownKey, text: Cow<'a, str>, nth: usize) {
        if text.is_empty() {
            return;
        }
        match known {
            KnownKey::Layout => self.meta.layout = Some(text),
            KnownKey::Title => self.meta.title = Some(text),
            KnownKey::From => self.meta.from = Some(text),
            KnownKey::Date => self.date(text, nth),
            KnownKey::Comments => self.comments(Node::Text(text), nth),
            // Jekyll splits a text into words.
            KnownKey::Tags | KnownKey::Categories => self.texts(known, words(text)),
            KnownKey::Author | KnownKey::Authors | KnownKey::Tag | KnownKey::Category => {
                self.texts(known, vec![text]);
            }
        }
    }

    fn date(&mut self, text: Cow<'a, str>, nth: usize) {
        match text.parse() {
            Ok(date) => self.meta.date = Some(date),
            Err::<_, DateParseError>(error) => {
                let key = KnownKey::Date.name();
                self.diagnostics.push(Diagnostic {
                    kind: DiagnosticKind::BadDate,
                    message: error.to_string(),
                    position: self.locator.value(key, nth),
                });
                self.meta.extra.push(Cow::Borrowed(key), Value::String(text));
            }
        }
    }

    fn comments(&mut self, node: Node<'a>, nth: usize) {
        self.meta.comments = match &node {
            Node::Null => None,
            Node::Resolved(Value::Bool(value)) | Node::Literal { value: Value::Bool(value), .. } => {
                Some(*value)
            }
            Node::Text(text) if is_one_of(text, &["true", "yes", "on"]) => Some(true),
            Node::Text(text) if is_one_of(text, &["false", "no", "off"]) => Some(false),
            _ => return self.unexpected(KnownKey::Comments, node, nth, "true or false"),
        };
    }

    /// Adds to a list of texts.
    fn texts(&mut self, known: KnownKey, mut texts: Vec<Cow<'a, str>>) {
        let list = match known {
            KnownKey::Tags | KnownKey::Tag => &mut self.meta.tags,
            KnownKey::Categories | KnownKey::Category => &mut self.meta.categories,
            _ => &mut self.meta.authors,
        };
        if texts.iter().any(|text| text.is_empty()) {
            texts.retain(|text| !text.is_empty());
        }
        add_new(list, texts);
    }

    /// Adds the texts in a node to a list of texts. A node with mappings in it goes to `extra` as a whole,
    /// too.
    fn list(&mut self, known: KnownKey, node: Node<'a>, nth: usize) {
        let has_map = node.has_map();
        let names_people = has_map && matches!(known, KnownKey::Author | KnownKey::Authors);
        let rest = if has_map { Some(node.clone()) } else { None };
        let mut texts = Texts { found: Vec::new(), names_people, all_understood: true };
        texts.collect(node);
        self.texts(known, texts.found);
        let Some(node) = rest else {
            return;
        };
        if texts.all_understood {
            self.meta.extra.push(Cow::Borrowed(known.name()), node.into_value());
        } else {
            self.unexpected(known, node, nth, "a text or a list of texts");
        }
    }

    fn unexpected(&mut self, known: KnownKey, node: Node<'a>, nth: usize, expected: &str) {
        let key = known.name();
        self.diagnostics.push(Diagnostic {
            kind: DiagnosticKind::UnexpectedValue,
            message: format!("`{key}` holds {}: expected {expected}", node.shape()),
            position: self.locator.value(key, nth),
        });
        self.meta.extra.push(Cow::Borrowed(key), node.into_value());
    }
}

impl<'a> Entries<'a> for Assembly<'_, 'a> {
    fn take(&mut self, known: Option<KnownKey>, entry: Entry<'a>) -> bool {
        let is_new = match known {
            Some(known) => self.is_new(known),
            None => self.meta.extra.len() < FEW && self.meta.extra.get(&entry.key).is_none(),
        };
        if is_new {
            self.take_nth(known, entry, 0);
        }
        is_new
    }

    fn take_text(&mut self, known: KnownKey, text: Cow<'a, str>) -> bool {
        let is_new = self.is_new(known);
        if is_new {
            self.text(known, text, 0);
        }
        is_new
    }
}

/// Gathers the texts of a list, and of the lists in the list.
struct Texts<'a> {
    found: Vec<Cow<'a, str>>,
    names_people: bool,
    all_understood: bool,
}

impl<'a> Texts<'a> {
    /// Recursive: nodes are no deeper than [`MAX_DEPTH`](super::entry::MAX_DEPTH).
    fn collect(&mut self, node: Node<'a>) {
        match node {
            Node::Null => {}
            Node::Text(text) | Node::Literal { text, .. } => self.found.push(text),
            Node::Texts(texts) => self.found.extend(texts),
            Node::List(nodes) => nodes.into_iter().for_each(|node| self.collect(node)),
            Node::Map(pairs) if self.names_people => match person(pairs) {
                Some(name) => self.found.push(name),
                None => self.all_understood = false,
            },
            Node::Map(_) | Node::Resolved(_) | Node::Source(_) => self.all_understood = false,
        }
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

/// The words of a text, which borrow if the text does. As in Jekyll, ASCII white space separates them.
fn words(text: Cow<'_, str>) -> Vec<Cow<'_, str>> {
    match text {
        Cow::Borrowed(text) => text.split_ascii_whitespace().map(Cow::Borrowed).collect(),
        Cow::Owned(text) => text.split_ascii_whitespace().map(|word| Cow::Owned(word.to_owned())).collect(),
    }
}

/// Adds the values of another key to a list, but for those that are in the list already.
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

    /// What a node is, for a message.
    fn shape(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Text(_) | Self::Literal { .. } | Self::Source(_) => "a text",
            Self::Resolved(_) => "a number",
            Self::Texts(_) | Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
