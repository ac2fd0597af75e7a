//! From entries to [`Meta`]: which key fills which field, and what goes to [`Meta::extra`].
//!
//! A field may have several names. Its own name fills it at once; the value of another name waits until all
//! entries have come, because of several names the first in the [table](super::known) counts. So do mappings
//! with keys in them that fill the fields which nothing else has filled.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as IndexEntry;

use super::entry::{Entries, Entry, Node, Usual};
use super::fields::{Oddity, Rest, fill, fill_usual, is_filled};
use super::known::{Field, KnownKey};
use super::locator::Locator;
use crate::post::{Meta, Value};
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
    seen: u64,
    waiting: Vec<Waiting<'a>>,
    locator: &'s mut Locator<'a>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

/// The value of a key that waits until all entries have come.
struct Waiting<'a> {
    known: KnownKey,
    node: Node<'a>,
    /// How many entries of the same key came before it.
    nth: usize,
    /// How many entries of [`Meta::extra`] came before it.
    at: usize,
}

impl<'s, 'a> Assembly<'s, 'a> {
    /// Adds to metadata that are empty.
    pub(super) fn new(
        locator: &'s mut Locator<'a>,
        meta: &'s mut Meta<'a>,
        diagnostics: &'s mut Vec<Diagnostic>,
    ) -> Self {
        Self { meta, seen: 0, waiting: Vec::new(), locator, diagnostics }
    }

    /// Takes all the top-level entries of a block.
    pub(super) fn take_all(mut self, entries: Vec<Entry<'a>>) {
        for Slot { entry, nth } in without_duplicates(entries, self.locator, self.diagnostics) {
            self.take_nth(KnownKey::of(&entry.key), entry, nth);
        }
        self.finish();
    }

    /// Takes the values that wait, now that all entries have come.
    pub(super) fn finish(mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let mut waiting: Vec<_> = std::mem::take(&mut self.waiting).into_iter().enumerate().collect();
        waiting.sort_by_key(|(_, waiting)| waiting.known);
        let mut kept = Vec::new();
        for (order, Waiting { known, node, nth, at }) in waiting {
            let value = if known.field() == Field::Nested {
                fill_from_map(self.meta, known, node)
            } else if is_filled(self.meta, known.field()) {
                Some(node.into_value())
            } else {
                let rest = fill(self.meta, known, node);
                self.value_to_keep(known, rest, nth)
            };
            kept.extend(value.map(|value| (order, at, known, value)));
        }
        kept.sort_by_key(|(order, ..)| *order);
        for (before, (_, at, known, value)) in kept.into_iter().enumerate() {
            self.meta.extra.insert_at(at + before, Cow::Borrowed(known.name()), value);
        }
    }

    /// Whether a key comes for the first time. If not, or if it comes after many keys that [`Meta`] does not
    /// know, [`take_all`](Self::take_all) has to see all entries.
    #[inline]
    fn is_new(&mut self, known: KnownKey) -> bool {
        let before = self.seen;
        self.seen |= known.bit();
        self.seen != before
    }

    /// Takes an entry whose key came `nth` times before.
    fn take_nth(&mut self, known: Option<KnownKey>, entry: Entry<'a>, nth: usize) {
        let Entry { key, node } = entry;
        let Some(known) = known else {
            return self.meta.extra.push(key, node.into_value());
        };
        if known.waits() {
            // Nothing is not a value that another name would have to give way to.
            if node != Node::Null {
                self.waiting.push(Waiting { known, node, nth, at: self.meta.extra.len() });
            }
            return;
        }
        let rest = fill(self.meta, known, node);
        self.keep(known, rest, nth);
    }

    /// Keeps in [`Meta::extra`] what is left of the value of a key that came `nth` times before.
    #[inline]
    fn keep(&mut self, known: KnownKey, rest: Rest<'a>, nth: usize) {
        if !matches!(rest, Rest::Nothing) {
            if let Some(value) = self.value_to_keep(known, rest, nth) {
                self.meta.extra.push(Cow::Borrowed(known.name()), value);
            }
        }
    }

    /// The value to be kept, of which is reported what a person would mend. An alternative name may be the
    /// site's own word for something else, unless the value is a text that should be a date.
    fn value_to_keep(&mut self, known: KnownKey, rest: Rest<'a>, nth: usize) -> Option<Value<'a>> {
        let (node, oddity) = match rest {
            Rest::Nothing => return None,
            Rest::Kept(node) => return Some(node.into_value()),
            Rest::Odd(node, oddity) => (node, oddity),
        };
        let key = known.name();
        let (kind, message) = match oddity {
            Oddity::BadDate(error) => (DiagnosticKind::BadDate, error.to_string()),
            Oddity::Expected(_) if known.waits() => return Some(node.into_value()),
            Oddity::Expected(expected) => {
                let message = format!("`{key}` holds {}: expected {expected}", node.shape());
                (DiagnosticKind::UnexpectedValue, message)
            }
        };
        self.diagnostics.push(Diagnostic { kind, message, position: self.locator.value(key, nth) });
        Some(node.into_value())
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

    #[inline]
    fn take_usual(&mut self, known: KnownKey, value: Usual<'a>) -> bool {
        let is_new = self.is_new(known);
        if is_new {
            if known.waits() {
                let node = value.into_node(known.holds_text());
                self.take_nth(Some(known), Entry { key: Cow::Borrowed(known.name()), node }, 0);
            } else {
                let rest = fill_usual(self.meta, known, value);
                self.keep(known, rest, 0);
            }
        }
        is_new
    }
}

/// Fills the fields that have no value from the keys of a mapping, and gives what is kept of the mapping: all
/// of it, but for the lists in Zola's `taxonomies`, which are the post's own and add to those that it has.
fn fill_from_map<'a>(meta: &mut Meta<'a>, map: KnownKey, node: Node<'a>) -> Option<Value<'a>> {
    let Node::Map(mut pairs) = node else {
        return Some(node.into_value());
    };
    let mut found: Vec<(KnownKey, Node<'a>)> = pairs
        .iter()
        .rev()
        .filter_map(|(key, node)| Some((KnownKey::of(key)?, node)))
        .filter(|(known, _)| map != KnownKey::Taxonomies || known.field().is_list())
        .map(|(known, node)| (known, node.clone()))
        .collect();
    // Of a key that comes twice, the last value, which is now the first.
    found.sort_by_key(|(known, _)| *known);
    found.dedup_by_key(|(known, _)| *known);
    let mut taken = 0;
    for (known, node) in found {
        if map == KnownKey::Taxonomies || !is_filled(meta, known.field()) {
            if let Rest::Nothing = fill(meta, known, node) {
                taken |= known.bit();
            }
        }
    }
    if map == KnownKey::Taxonomies && taken != 0 {
        pairs.retain(|(key, _)| KnownKey::of(key).is_none_or(|known| known.bit() & taken == 0));
        if pairs.is_empty() {
            return None;
        }
    }
    Some(Node::Map(pairs).into_value())
}

impl Node<'_> {
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
