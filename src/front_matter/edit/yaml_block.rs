//! Where a key is in a YAML block, and the ways to change it there, the best one first.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::style::{CHANGES_MORE, Change, Refusal, line_break};
use super::yaml_style::{self, Style};
use super::yaml_text::{self, Quotes};
use crate::front_matter::entry::{Entry, Node};
use crate::front_matter::lines::{line_end, line_start};
use crate::front_matter::nesting::{self, Slot};
use crate::front_matter::{merge, yaml as reader};
use crate::post::Value;

const HAS_ANCHOR: Refusal = "it holds an anchor (`&`) that another value refers to";
const IN_BRACES: Refusal = "the keys are in braces, as in `{title: Tea}`";
const UNKNOWN_POSITIONS: Refusal = "the positions of the keys are not known";
const IS_EXPLICIT: Refusal = "a question mark is before it";
const IS_MERGED: Refusal = "a merge key (`<<`) brings it in";

/// How many columns a value below its key is indented, unless the block shows something else.
const INDENT: &str = "  ";

/// The range of the value of a key.
pub(super) fn value_range(text: &str, entries: &[Entry<'_>], key: &str) -> Option<Range<usize>> {
    let layout = Layout::of(text, entries).ok()?;
    layout.last(key).map(|slot| slot.value.clone())
}

/// The ways to give a key a value.
pub(super) fn changes(
    source: &str,
    text: &str,
    entries: &[Entry<'_>],
    key: &str,
    value: &Value<'_>,
) -> Result<Vec<Change>, Refusal> {
    let layout = Layout::of(text, entries)?;
    if layout.is_flow {
        return Err(IN_BRACES);
    }
    let line_break = line_break(source);
    let nearby = layout.nearby(entries, value);
    let Some(slot) = layout.last(key) else {
        let base = layout.base_indent();
        let start = format!("{base}{}:", yaml_style::key(key));
        let style = Style { base, line_break, ..Style::default() };
        let lines =
            nearby.map(Some).into_iter().chain([None]).flat_map(|indent| spellings(value, &style, indent));
        let line = |value: Spelling| format!("{start}{}{line_break}", value.after_colon(line_break));
        return Ok(lines
            .map(|value| Change::new(text.len()..text.len(), line(value), CHANGES_MORE))
            .collect());
    };
    let old = entries.iter().rfind(|entry| entry.key == key).map(|entry| &entry.node);
    let risk = layout.risk_of(slot);
    let place = Position::of(text, slot, old);
    let style = Style {
        base: layout.base_indent(),
        line_break,
        ..Style::of(&text[slot.value.clone()], place.is_block_collection)
    };
    let mut indents = Vec::new();
    if place.is_block_collection {
        indents.push(place.indent);
    } else if slot.value.is_empty() {
        indents.extend(nearby);
    }
    let indents = indents.into_iter().map(Some).chain([None]);
    let ways = indents.flat_map(|indent| spellings(value, &style, indent));
    Ok(ways.filter_map(|value| place.change(text, slot, &value, line_break, risk)).collect())
}

/// The ways to begin a file with a block that holds a key.
pub(super) fn new_block(source: &str, at: usize, key: &str, value: &Value<'_>) -> Vec<Change> {
    let line_break = line_break(source);
    let style = Style { line_break, ..Style::default() };
    let key = yaml_style::key(key);
    let block = |value: Spelling| {
        let value = value.after_colon(line_break);
        format!("---{line_break}{key}:{value}{line_break}---{line_break}")
    };
    let ways = spellings(value, &style, None);
    ways.map(|value| Change::new(at..at, block(value), CHANGES_MORE)).collect()
}

/// The change that takes a key out.
pub(super) fn removal(text: &str, entries: &[Entry<'_>], key: &str) -> Result<Change, Refusal> {
    let layout = Layout::of(text, entries)?;
    let mut pieces = Vec::new();
    let mut risk = CHANGES_MORE;
    for slot in layout.all(key) {
        if layout.is_flow {
            return Err(IN_BRACES);
        }
        let start = line_start(text, slot.key.start);
        if slot.is_explicit || !text[start..slot.key.start].trim_matches([' ', '\t']).is_empty() {
            return Err(IS_EXPLICIT);
        }
        risk = layout.risk_of(slot);
        pieces.push((start..line_end(text, slot.value.end), String::new()));
    }
    // A merge key may not be there; any other key is, and so is brought in.
    if pieces.is_empty() && key != merge::KEY { Err(IS_MERGED) } else { Ok(Change { pieces, risk }) }
}

/// The entries of a block, each with its key.
struct Layout<'t> {
    text: &'t str,
    slots: Vec<(String, Slot)>,
    is_flow: bool,
}

impl<'t> Layout<'t> {
    /// Fails if the positions that are found are not those of the entries that were read.
    fn of(text: &'t str, entries: &[Entry<'_>]) -> Result<Self, Refusal> {
        let root = nesting::root(text);
        if root.has_markers {
            return Err(UNKNOWN_POSITIONS);
        }
        let named = root.slots.into_iter().map(|slot| Some((key_of(&text[slot.key.clone()])?, slot)));
        let slots: Vec<(String, Slot)> = named.collect::<Option<_>>().ok_or(UNKNOWN_POSITIONS)?;
        let found = slots.iter().map(|(key, _)| &**key);
        // Entries have the merge keys applied.
        let are_read = if slots.iter().any(|(key, _)| key == merge::KEY) {
            reader::deserialize::<Keys>(text).is_ok_and(|Keys(keys)| found.eq(keys.iter().map(|key| &**key)))
        } else {
            found.eq(entries.iter().map(|entry| &*entry.key))
        };
        if !are_read {
            return Err(UNKNOWN_POSITIONS);
        }
        Ok(Self { text, slots, is_flow: root.is_flow })
    }

    fn all(&self, key: &str) -> impl DoubleEndedIterator<Item = &Slot> {
        self.slots.iter().filter(move |(other, _)| other == key).map(|(_, slot)| slot)
    }

    fn last(&self, key: &str) -> Option<&Slot> {
        self.all(key).next_back()
    }

    /// The white space before the keys.
    fn base_indent(&self) -> &'t str {
        let first = self.slots.first().map_or(0, |(_, slot)| slot.key.start);
        let before = &self.text[line_start(self.text, first)..first];
        if before.bytes().all(|byte| byte == b' ') { before } else { "" }
    }

    /// The indentation of the lists, or maps, that are on the lines below their keys, if the block has such.
    fn nearby(&self, entries: &[Entry<'_>], value: &Value<'_>) -> Option<&'t str> {
        let is_same_kind = |node: &Node<'_>| match value {
            Value::List(_) => matches!(node, Node::List(_) | Node::Texts(_)),
            Value::Map(_) => matches!(node, Node::Map(_)),
            _ => false,
        };
        // By key: with merge keys there are entries that have no slot, and the other way round.
        let mut nodes = HashMap::new();
        for entry in entries.iter().filter(|entry| is_same_kind(&entry.node)) {
            nodes.entry(&*entry.key).or_insert(&entry.node);
        }
        let mut found = self.slots.iter().filter_map(|(key, slot)| {
            let place = Position::of(self.text, slot, Some(nodes.get(&**key)?));
            place.is_block_collection.then_some(place.indent)
        });
        found.next()
    }

    /// What is likely to be in the way of a change to an entry.
    fn risk_of(&self, slot: &Slot) -> Refusal {
        let entry = slot.key.start..slot.value.end;
        let others = [&self.text[..entry.start], &self.text[entry.end..]];
        if self.text[entry].contains('&') && others.iter().any(|other| other.contains('*')) {
            return HAS_ANCHOR;
        }
        CHANGES_MORE
    }
}

/// The keys of a block in order, merge keys among them.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, IgnoredAny)) = map.next_entry()? {
            keys.push(key);
        }
        Ok(Keys(keys))
    }
}

/// The text of a key as the reader reads it; `None` if it is not a scalar.
fn key_of(source: &str) -> Option<String> {
    if !source.starts_with(['"', '\'', '&', '!', '*', '[', '{', '|', '>']) && !source.contains('\n') {
        return Some(source.to_owned());
    }
    let entry = format!("? {source}\n: x\n");
    let entries = reader::entries(&entry).ok()?;
    match &entries[..] {
        [entry] => Some(entry.key.to_string()),
        _ => None,
    }
}

/// A value as it may be written.
enum Spelling {
    /// On the line of the key, maybe with lines below: a scalar, or a collection in brackets.
    Here(String),
    /// On the lines below the key. The first line is without its indentation.
    Below { indent: String, lines: String },
}

impl Spelling {
    fn after_colon(&self, line_break: &str) -> String {
        match self {
            Self::Here(value) => format!(" {value}"),
            Self::Below { indent, lines } => format!("{line_break}{indent}{lines}"),
        }
    }
}

/// The ways to write a value, with collections on the lines below the key if `indent` says how far.
fn spellings(value: &Value<'_>, style: &Style<'_>, indent: Option<&str>) -> std::vec::IntoIter<Spelling> {
    let mut ways = Vec::new();
    if let Some(mut indent) = indent.map(str::to_owned) {
        if matches!(value, Value::Map(_)) && indent.len() <= style.base.len() {
            indent.insert_str(0, INDENT);
        }
        let lines = yaml_style::block(value, &indent, style);
        ways.extend(lines.map(|lines| Spelling::Below { indent, lines }));
    } else {
        if let Value::String(text) = value {
            let lines = yaml_text::block(text, style.quotes, style.base, style.line_break);
            ways.extend(lines.map(Spelling::Here));
        }
        ways.push(Spelling::Here(yaml_style::flow(value, style)));
        // Whatever reads the file may know texts without quotes that are something else.
        let careful = Style { quotes: Quotes::Double, ..style.clone() };
        ways.push(Spelling::Here(yaml_style::flow(value, &careful)));
    }
    ways.into_iter()
}

/// Where an old value is.
struct Position<'t> {
    /// Whether the value begins on the line of its key, or is empty.
    is_here: bool,
    /// Whether it is a list or a map without brackets that begins on a line below its key.
    is_block_collection: bool,
    /// The white space before such a list or map.
    indent: &'t str,
}

impl<'t> Position<'t> {
    fn of(text: &'t str, slot: &Slot, node: Option<&Node<'_>>) -> Self {
        let is_here = !text[slot.colon..slot.value.start].contains('\n');
        let indent = &text[line_start(text, slot.value.start)..slot.value.start];
        let is_collection = matches!(node, Some(Node::List(_) | Node::Texts(_) | Node::Map(_)));
        let is_block_collection = is_collection
            && !is_here
            && indent.bytes().all(|byte| byte == b' ')
            && !text[slot.value.start..].starts_with(['[', '{', '*', '&', '!']);
        Self { is_here, is_block_collection, indent }
    }

    /// The change that puts a new value here, unless the new value cannot be in this position.
    fn change(
        &self,
        text: &str,
        slot: &Slot,
        value: &Spelling,
        line_break: &str,
        risk: Refusal,
    ) -> Option<Change> {
        let Slot { colon, value: old, .. } = slot;
        let rest_of_line = text[old.end..line_end(text, old.end)].trim_ascii();
        let (range, with) = match value {
            Spelling::Here(value) => {
                let between = text[colon + 1..old.start].trim_ascii_end();
                // A comment would be in the lines of the value.
                if value.contains('\n') && !(rest_of_line.is_empty() && between.is_empty()) {
                    return None;
                }
                if self.is_here && !old.is_empty() {
                    (old.clone(), value.clone())
                } else if self.is_here {
                    (old.clone(), format!(" {value}"))
                } else {
                    (colon + 1..old.end, format!(" {value}{between}"))
                }
            }
            Spelling::Below { indent, lines } if self.is_block_collection => {
                let more = indent.strip_prefix(self.indent).unwrap_or_default();
                (old.clone(), format!("{more}{lines}"))
            }
            Spelling::Below { indent, lines } if old.is_empty() => {
                let end = line_end(text, old.end);
                let end = old.end + text[old.end..end].trim_ascii_end().len();
                (end..end, format!("{line_break}{indent}{lines}"))
            }
            Spelling::Below { .. } => return None,
        };
        Some(Change::new(range, with, risk))
    }
}
