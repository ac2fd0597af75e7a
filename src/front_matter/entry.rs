//! Entries, which every reader of front matter makes of a block: an ordered list of keys and nodes.

use std::borrow::Cow;

pub(super) use super::known::KnownKey;
pub(super) use crate::post::MAX_DEPTH;
use crate::post::{Date, Value};

/// A top-level key and its value. A key may come more than once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) node: Node<'a>,
}

/// Receives the top-level entries of a block in order.
pub(super) trait Entries<'a> {
    /// Takes an entry, or refuses it (`false`), and with it all entries that follow.
    fn take(&mut self, known: Option<KnownKey>, entry: Entry<'a>) -> bool;

    /// The same for a known key with a usual value, as nearly all entries are.
    #[inline]
    fn take_usual(&mut self, known: KnownKey, value: Usual<'a>) -> bool {
        let node = value.into_node(known.holds_text());
        self.take(Some(known), Entry { key: Cow::Borrowed(known.name()), node })
    }
}

impl<'a> Entries<'a> for Vec<Entry<'a>> {
    fn take(&mut self, _known: Option<KnownKey>, entry: Entry<'a>) -> bool {
        self.push(entry);
        true
    }
}

/// A value that stands in the source as it is, like nearly all of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Usual<'a> {
    /// A scalar that YAML resolves to a text.
    Text(&'a str),
    /// The same for a text that is a date, and its source text.
    Date(Date, &'a str),
    /// A scalar that YAML resolves to true or false, and its source text.
    Flag(bool, &'a str),
    /// The text in a list of one, which is not empty.
    Item(&'a str),
}

impl<'a> Usual<'a> {
    /// The node of the value. `keeps_text` tells whether the source text of its scalar matters.
    pub(super) fn into_node(self, keeps_text: bool) -> Node<'a> {
        match self {
            Self::Text(text) | Self::Date(_, text) => Node::Text(Cow::Borrowed(text)),
            Self::Flag(flag, text) if keeps_text => {
                Node::Literal { text: Cow::Borrowed(text), value: Value::Bool(flag) }
            }
            Self::Flag(flag, _) => Node::Resolved(Value::Bool(flag)),
            Self::Item(item) => Node::Texts(vec![Cow::Borrowed(item)]),
        }
    }
}

/// A node of the YAML tree. Under a key with text in it, every scalar has its source text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'a> {
    /// `null`, `~` or nothing.
    Null,
    /// A scalar that YAML resolves to a text.
    Text(Cow<'a, str>),
    /// A scalar that YAML resolves to something else, under a key with text in it.
    Literal { text: Cow<'a, str>, value: Value<'a> },
    /// A scalar that YAML resolves to something else, where its source text does not matter.
    Resolved(Value<'a>),
    /// A list of at least one text, and of nothing else.
    Texts(Vec<Cow<'a, str>>),
    /// Any other list.
    List(Vec<Node<'a>>),
    /// The keys are source text; of a key that comes twice, the last value counts.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
    /// The source text of a value that nests deeper than [`MAX_DEPTH`], whatever its key.
    Source(Cow<'a, str>),
}

impl<'a> Node<'a> {
    /// The node of a list.
    pub(super) fn list(nodes: Vec<Self>) -> Self {
        if nodes.is_empty() || !nodes.iter().all(|node| matches!(node, Self::Text(_))) {
            return Self::List(nodes);
        }
        let texts = nodes.into_iter().filter_map(|node| match node {
            Self::Text(text) => Some(text),
            _ => None,
        });
        Self::Texts(texts.collect())
    }

    /// The node without its tie to the source. Recursive, as [`into_value`](Self::into_value).
    pub(super) fn into_owned(self) -> Node<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Node::Null,
            Self::Text(text) => Node::Text(owned(text)),
            Self::Source(text) => Node::Source(owned(text)),
            Self::Literal { text, value } => Node::Literal { text: owned(text), value: value.into_owned() },
            Self::Resolved(value) => Node::Resolved(value.into_owned()),
            Self::Texts(texts) => Node::Texts(texts.into_iter().map(owned).collect()),
            Self::List(nodes) => Node::List(nodes.into_iter().map(Node::into_owned).collect()),
            Self::Map(pairs) => {
                Node::Map(pairs.into_iter().map(|(key, node)| (owned(key), node.into_owned())).collect())
            }
        }
    }

    /// The node as YAML resolves it.
    ///
    /// Recursive: nodes are no deeper than [`MAX_DEPTH`].
    pub(super) fn into_value(self) -> Value<'a> {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) | Self::Source(text) => Value::String(text),
            Self::Literal { value, .. } | Self::Resolved(value) => value,
            Self::Texts(texts) => Value::List(texts.into_iter().map(Value::String).collect()),
            Self::List(nodes) => Value::List(nodes.into_iter().map(Node::into_value).collect()),
            Self::Map(entries) => {
                Value::Map(entries.into_iter().map(|(key, node)| (key, node.into_value())).collect())
            }
        }
    }
}
