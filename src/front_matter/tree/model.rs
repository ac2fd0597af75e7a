//! The types of a tree.

use std::borrow::Cow;
use std::ops::Range;

use crate::front_matter::entry::Node;
use crate::front_matter::locator::Spot;
use crate::post::Value;

/// A value and where it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree<'a> {
    pub(crate) kind: Kind<'a>,
    /// Where the value is, in bytes of the text of the block. Of a table of TOML that headers and dotted keys
    /// make, its first header or key.
    pub(crate) span: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind<'a> {
    Null,
    Bool(bool),
    Integer(i128),
    /// A number that is not an integer, or an integer that has too many digits.
    Float(f64),
    Text(Cow<'a, str>),
    /// The source text of a value that nests deeper than
    /// [`MAX_DEPTH`](crate::front_matter::entry::MAX_DEPTH).
    Source(&'a str),
    List(Vec<Tree<'a>>),
    Map(Vec<Pair<'a>>),
}

/// An entry of a map. A key may come more than once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) key_at: usize,
    pub(crate) value: Tree<'a>,
}

impl Pair<'_> {
    /// The same for a text that begins `by` bytes earlier.
    pub(crate) fn moved(self, by: usize) -> Self {
        Self { key: self.key, key_at: self.key_at + by, value: self.value.moved(by) }
    }

    /// Where key and value are.
    pub(crate) fn spot(&self) -> Spot {
        Spot { key_at: self.key_at, value_at: self.value.span.start }
    }
}

impl<'a> Tree<'a> {
    /// The same for a text that begins `by` bytes earlier. Recursive, as [`into_node`](Self::into_node).
    pub(crate) fn moved(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self.kind = match self.kind {
            Kind::List(items) => Kind::List(items.into_iter().map(|item| item.moved(by)).collect()),
            Kind::Map(pairs) => Kind::Map(pairs.into_iter().map(|pair| pair.moved(by)).collect()),
            scalar => scalar,
        };
        self
    }

    /// The node of a value in a block with this text. Recursive: trees are no deeper than
    /// [`MAX_DEPTH`](crate::front_matter::entry::MAX_DEPTH).
    pub(super) fn into_node(self, text: &'a str, wants_text: bool) -> Node<'a> {
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
