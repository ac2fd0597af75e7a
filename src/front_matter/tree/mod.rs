//! The tree of front matter in TOML or JSON, with the position of everything in it: from what a parser found
//! to entries, or to a type.

mod deserializer;
pub(super) mod mend;

use std::borrow::Cow;
use std::ops::Range;

use super::entry::{Entry, KnownKey, Node};
use super::locator::Spot;
use super::refusal::Refusal;
pub(super) use super::yaml::DeepValue;
use crate::error::ErrorKind;
use crate::post::Value;

/// A value and where it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tree<'a> {
    pub(super) kind: Kind<'a>,
    /// Where the value is, in bytes of the text of the block. Of a table of TOML that headers and dotted keys
    /// make, its first header or key.
    pub(super) span: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind<'a> {
    Null,
    Bool(bool),
    Integer(i128),
    /// A number that is not an integer, or an integer that has too many digits.
    Float(f64),
    Text(Cow<'a, str>),
    /// The source text of a value that nests deeper than [`MAX_DEPTH`](super::entry::MAX_DEPTH).
    Source(&'a str),
    List(Vec<Tree<'a>>),
    Map(Vec<Pair<'a>>),
}

/// An entry of a map. A key may come more than once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) key_at: usize,
    pub(super) value: Tree<'a>,
}

impl Pair<'_> {
    /// The same for a text that begins `by` bytes earlier.
    pub(super) fn moved(self, by: usize) -> Self {
        Self { key: self.key, key_at: self.key_at + by, value: self.value.moved(by) }
    }

    /// Where key and value are.
    pub(super) fn spot(&self) -> Spot {
        Spot { key_at: self.key_at, value_at: self.value.span.start }
    }
}

/// The top-level entries of a block.
pub(super) fn entries<'a>(pairs: Vec<Pair<'a>>, text: &'a str) -> Vec<Entry<'a>> {
    let entry = |pair: Pair<'a>| {
        // The source text of a scalar costs nothing, so that all have theirs, but for the keys that ask for
        // the value of a scalar.
        let wants_text = KnownKey::of(&pair.key).is_none_or(KnownKey::holds_text);
        Entry { key: pair.key, node: pair.value.into_node(text, wants_text) }
    };
    pairs.into_iter().map(entry).collect()
}

/// Reads the map at the root of a block into a type.
pub(super) fn deserialize<'a, T: serde::Deserialize<'a>>(
    root: Tree<'a>,
    text: &'a str,
) -> Result<T, Refusal> {
    let at = root.span.start;
    T::deserialize(deserializer::TreeDeserializer { tree: root, text }).map_err(|misfit| {
        let (at, related) = misfit.at.unwrap_or((at, None));
        let reason = misfit.reason();
        Refusal { kind: ErrorKind::Mismatch { reason }, at, related }
    })
}

impl<'a> Tree<'a> {
    /// The same for a text that begins `by` bytes earlier. Recursive, as [`into_node`](Self::into_node).
    pub(super) fn moved(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self.kind = match self.kind {
            Kind::List(items) => Kind::List(items.into_iter().map(|item| item.moved(by)).collect()),
            Kind::Map(pairs) => Kind::Map(pairs.into_iter().map(|pair| pair.moved(by)).collect()),
            scalar => scalar,
        };
        self
    }

    /// The node of a value in a block with this text. Recursive: trees are no deeper than
    /// [`MAX_DEPTH`](super::entry::MAX_DEPTH).
    fn into_node(self, text: &'a str, wants_text: bool) -> Node<'a> {
        let source = &text[self.span];
        let scalar = |value| {
            if wants_text {
                Node::Literal { text: Cow::Borrowed(source), value }
            } else {
                Node::Resolved(value)
            }
        };
        match self.kind {
            Kind::Null => Node::Null,
            Kind::Bool(value) => scalar(Value::Bool(value)),
            Kind::Integer(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => scalar(Value::Integer(value)),
                (_, Ok(value)) => scalar(Value::Unsigned(value)),
                // As in YAML.
                _ => Node::Text(Cow::Borrowed(source)),
            },
            Kind::Float(value) if value.is_finite() && source.contains(['.', 'e', 'E']) => {
                scalar(Value::Float(value))
            }
            Kind::Float(_) => Node::Text(Cow::Borrowed(source)),
            Kind::Text(text) => Node::Text(text),
            Kind::Source(text) => Node::Source(Cow::Borrowed(text)),
            Kind::List(items) => {
                Node::list(items.into_iter().map(|item| item.into_node(text, wants_text)).collect())
            }
            Kind::Map(pairs) => Node::Map(
                pairs.into_iter().map(|pair| (pair.key, pair.value.into_node(text, wants_text))).collect(),
            ),
        }
    }
}
