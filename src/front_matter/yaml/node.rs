//! The seed that makes [`Node`]s of what a deserializer gives.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use crate::front_matter::entry::{KnownKey, MAX_DEPTH, Node};
use crate::front_matter::merge;
use crate::limits::Limit;
use crate::post::Value;

/// What a value costs of the budget, besides the bytes of its text: a value takes some 50 bytes of memory,
/// and a list has room for more values than it holds.
pub(super) const VALUE_COST: usize = 5;

/// How many values that nest too deep are replaced, if the block has aliases. To skip such a value takes time
/// in proportion to its expanded aliases, which may be as long as the whole block each time.
const MOST_DEEP_WITH_ALIASES: usize = 16;

/// Which nodes need their source text.
#[derive(Clone, Copy)]
enum Want {
    /// The values of keys that hold text: the node is the root, or is merged into the root.
    ByKey,
    Text,
    Resolved,
}

impl Want {
    fn under(self, key: &str) -> Self {
        match self {
            Self::ByKey if key == merge::KEY => Self::ByKey,
            Self::ByKey if KnownKey::of(key).is_some_and(KnownKey::holds_text) => Self::Text,
            Self::ByKey => Self::Resolved,
            inherited => inherited,
        }
    }
}

/// What a scalar resolves to whose text the first pass could not see.
#[derive(Clone)]
enum Resolution {
    Value(Value<'static>),
    /// A scalar that stays the text that it is in the source.
    Text,
}

/// The state of reading the nodes of a block, which are numbered in the order in which they are read.
pub(super) struct Reader<'a> {
    /// What values and their texts may cost in all, and how much of that is left.
    budget: usize,
    left: usize,
    /// The limit that was breached, if one was.
    breached: Option<Limit>,
    number: usize,
    /// The numbers of the scalars whose text is lost, and what they resolve to.
    lost: Vec<(usize, Resolution)>,
    /// How many of the lost texts the second pass has read; `None` in the first pass.
    regained: Option<usize>,
    /// What to do with values that nest too deep; `None` if they are refused.
    deep: Option<Deep<'a>>,
    /// How many collections there are around the root.
    depth: usize,
    /// What the root needs.
    want: Want,
}

/// A block in which values may nest too deep.
struct Deep<'a> {
    text: &'a str,
    /// The ranges of the values of its top-level keys.
    values: Vec<Range<usize>>,
    has_aliases: bool,
    /// Whether the value that is being read is too deep, so that the rest of the value is skipped.
    skips: bool,
    /// The values that were too deep.
    found: Vec<DeepValue>,
}

/// The value of a top-level key that nests too deep.
pub(crate) struct DeepValue {
    pub(crate) key: String,
    /// Where it starts in the block.
    pub(crate) at: usize,
}

impl<'a> Reader<'a> {
    /// A reader that refuses what nests too deep.
    pub(super) fn new(budget: usize) -> Self {
        Self {
            budget,
            left: budget,
            breached: None,
            number: 0,
            lost: Vec::new(),
            regained: None,
            deep: None,
            depth: 0,
            want: Want::ByKey,
        }
    }

    /// The same for a root that is a value inside `depth` collections.
    pub(super) fn below(budget: usize, depth: usize, holds_text: bool) -> Self {
        let want = if holds_text { Want::Text } else { Want::Resolved };
        Self { depth, want, ..Self::new(budget) }
    }

    /// A reader that gives the source text of the values that nest too deep. `values` are the ranges of all
    /// values.
    pub(super) fn tolerant(budget: usize, text: &'a str, values: Vec<Range<usize>>) -> Self {
        let has_aliases = memchr::memchr(b'*', text.as_bytes()).is_some();
        let deep = Deep { text, values, has_aliases, skips: false, found: Vec::new() };
        Self { deep: Some(deep), ..Self::new(budget) }
    }

    /// The seed of the root.
    pub(super) fn root(&mut self) -> NodeSeed<'_, 'a> {
        let (want, depth) = (self.want, self.depth);
        NodeSeed { reader: self, want, depth }
    }

    /// Whether it takes a second pass to have all texts.
    pub(super) fn has_lost(&self) -> bool {
        !self.lost.is_empty()
    }

    pub(super) fn start_again(&mut self) {
        self.number = 0;
        self.left = self.budget;
        self.regained = Some(0);
        if let Some(deep) = &mut self.deep {
            deep.found.clear();
        }
    }

    /// The limit that was breached, if one was.
    pub(super) fn breached(&self) -> Option<Limit> {
        self.breached
    }

    /// The values that were too deep.
    pub(super) fn into_deep_values(self) -> Vec<DeepValue> {
        self.deep.map(|deep| deep.found).unwrap_or_default()
    }

    fn breach<E: Error>(&mut self, limit: Limit) -> E {
        self.breached = Some(limit);
        E::custom(format_args!("too many {limit}"))
    }

    fn spend<E: Error>(&mut self, cost: usize) -> Result<(), E> {
        let Some(left) = self.left.checked_sub(cost) else {
            return Err(self.breach(Limit::MetadataValues));
        };
        self.left = left;
        Ok(())
    }

    /// Enters a collection that is inside `depth` others.
    fn enter<E: Error>(&mut self, depth: usize) -> Result<(), E> {
        if depth <= MAX_DEPTH {
            return Ok(());
        }
        match &mut self.deep {
            Some(deep) if !deep.has_aliases || deep.found.len() < MOST_DEEP_WITH_ALIASES => {
                deep.skips = true;
                Ok(())
            }
            _ => Err(self.breach(Limit::MetadataDepth)),
        }
    }

    fn skips(&self) -> bool {
        self.deep.as_ref().is_some_and(|deep| deep.skips)
    }

    /// The node of the value of the top-level entry `nth`, which has been read: `node`, or the source text if
    /// the value was too deep.
    fn top_level<E: Error>(&mut self, nth: usize, key: &str, node: Node<'a>) -> Result<Node<'a>, E> {
        let Some(deep) = self.deep.as_mut().filter(|deep| deep.skips) else {
            return Ok(node);
        };
        deep.skips = false;
        let Some(value) = deep.values.get(nth).cloned() else {
            return Err(self.breach(Limit::MetadataDepth));
        };
        deep.found.push(DeepValue { key: key.to_owned(), at: value.start });
        Ok(Node::Source(Cow::Borrowed(&deep.text[value])))
    }

    /// Fails if a value was too deep and there are not as many ranges of values as entries, so that a range
    /// may be that of another entry.
    fn check_values<E: Error>(&mut self, entries: usize) -> Result<(), E> {
        match &self.deep {
            Some(deep) if !deep.found.is_empty() && deep.values.len() != entries => {
                Err(self.breach(Limit::MetadataDepth))
            }
            _ => Ok(()),
        }
    }

    /// Numbers a node. In the second pass, gives what the node resolves to if its text was lost in the first.
    fn next(&mut self) -> Option<Resolution> {
        let number = self.number;
        self.number += 1;
        let next = self.regained.as_mut()?;
        let (_, resolution) = self.lost.get(*next).filter(|(lost, _)| *lost == number)?;
        *next += 1;
        Some(resolution.clone())
    }

    /// Notes that the text of the node just numbered is lost. It does not matter what the first pass makes of
    /// the node, because there will be a second pass.
    fn lose<'n>(&mut self, resolution: Resolution) -> Node<'n> {
        self.lost.push((self.number - 1, resolution));
        Node::Null
    }
}

/// Reads one node with all nodes in it. Recursive: collections that are inside more than [`MAX_DEPTH`] others
/// are refused or skipped.
pub(super) struct NodeSeed<'r, 'a> {
    reader: &'r mut Reader<'a>,
    want: Want,
    /// How many collections there are around the node.
    depth: usize,
}

impl<'a> DeserializeSeed<'a> for NodeSeed<'_, 'a> {
    type Value = Node<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Node<'a>, D::Error> {
        if self.reader.skips() {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|IgnoredAny| Node::Null);
        }
        self.reader.spend(VALUE_COST)?;
        let Some(resolution) = self.reader.next() else {
            return deserializer.deserialize_any(NodeVisitor(self));
        };
        let text = deserializer.deserialize_str(TextVisitor)?;
        self.reader.spend(text.len())?;
        Ok(match resolution {
            // With fewer digits, YAML would have resolved the text to an integer.
            Resolution::Value(Value::Float(_)) if is_integer(&text) => Node::Text(text),
            Resolution::Value(value) => Node::Literal { text, value },
            Resolution::Text => Node::Text(text),
        })
    }
}

const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

/// Whether a number is written with digits and maybe a plus or minus, and nothing else.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

struct NodeVisitor<'r, 'a>(NodeSeed<'r, 'a>);

impl<'a> NodeVisitor<'_, 'a> {
    fn scalar(self, value: Value<'static>) -> Node<'a> {
        match self.0.want {
            Want::Text => self.0.reader.lose(Resolution::Value(value)),
            Want::ByKey | Want::Resolved => Node::Resolved(value),
        }
    }

    fn text<E: Error>(self, text: Cow<'a, str>) -> Result<Node<'a>, E> {
        self.0.reader.spend(text.len())?;
        Ok(Node::Text(text))
    }
}

impl<'a> Visitor<'a> for NodeVisitor<'_, 'a> {
    type Value = Node<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'a>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node<'a>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'a>, E> {
        Ok(self.scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'a>, E> {
        Ok(self.scalar(Value::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'a>, E> {
        Ok(self.scalar(i64::try_from(value).map_or(Value::Unsigned(value), Value::Integer)))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node<'a>, E> {
        Ok(self.0.reader.lose(Resolution::Text))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node<'a>, E> {
        Ok(self.0.reader.lose(Resolution::Text))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'a>, E> {
        Ok(if !value.is_finite() {
            self.0.reader.lose(Resolution::Text)
        } else if value.abs() >= TWO_TO_THE_63 {
            // Perhaps an integer of many digits: the text will tell.
            self.0.reader.lose(Resolution::Value(Value::Float(value)))
        } else {
            self.scalar(Value::Float(value))
        })
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Node<'a>, E> {
        self.text(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node<'a>, E> {
        self.text(Cow::Owned(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Node<'a>, A::Error> {
        let NodeSeed { reader, want, depth } = self.0;
        reader.enter(depth)?;
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(NodeSeed { reader, want, depth: depth + 1 })? {
            if !reader.skips() {
                nodes.push(node);
            }
        }
        Ok(Node::list(nodes))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Node<'a>, A::Error> {
        let NodeSeed { reader, want, depth } = self.0;
        reader.enter(depth)?;
        let mut entries = Vec::new();
        while !reader.skips() {
            let Some(key) = map.next_key_seed(TextVisitor)? else {
                if depth == 0 {
                    reader.check_values(entries.len())?;
                }
                return Ok(Node::Map(merge::apply(entries)));
            };
            reader.spend(key.len())?;
            let mut node =
                map.next_value_seed(NodeSeed { reader, want: want.under(&key), depth: depth + 1 })?;
            if depth == 0 {
                node = reader.top_level(entries.len(), &key, node)?;
            }
            entries.push((key, node));
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Node::Null)
    }

    /// A value with an unknown tag is read as if the tag were not there.
    fn visit_enum<A: EnumAccess<'a>>(self, tagged: A) -> Result<Node<'a>, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(Untagged(self))
    }
}

/// Reads the node that has just been numbered.
struct Untagged<'r, 'a>(NodeVisitor<'r, 'a>);

impl<'a> DeserializeSeed<'a> for Untagged<'_, 'a> {
    type Value = Node<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Node<'a>, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

/// Reads the source text of a scalar.
struct TextVisitor;

impl<'a> DeserializeSeed<'a> for TextVisitor {
    type Value = Cow<'a, str>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Cow<'a, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for TextVisitor {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a scalar")
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
