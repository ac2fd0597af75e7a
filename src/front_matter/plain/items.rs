//! The items of a list.

use std::borrow::Cow;

use crate::front_matter::entry::Node;

/// Gathers the items of a list: as texts, as long as there are only texts.
#[derive(Default)]
pub(super) struct Items<'a> {
    texts: Vec<Cow<'a, str>>,
    /// All items so far, once one of them is not a text.
    nodes: Vec<Node<'a>>,
}

impl<'a> Items<'a> {
    /// Adds an item. If it is known to be the last one, there is no room left for more.
    #[inline]
    pub(super) fn push(&mut self, node: Node<'a>, is_last: bool) {
        match node {
            Node::Text(text) if self.nodes.is_empty() => {
                if is_last {
                    self.texts.reserve_exact(1);
                }
                self.texts.push(text);
            }
            node => {
                self.nodes.extend(self.texts.drain(..).map(Node::Text));
                self.nodes.push(node);
            }
        }
    }

    /// The list.
    pub(super) fn into_node(self) -> Node<'a> {
        if self.texts.is_empty() { Node::List(self.nodes) } else { Node::Texts(self.texts) }
    }
}
