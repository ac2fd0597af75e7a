//! Merge keys: `<<: *defaults` puts the entries of one mapping into another.

use std::borrow::Cow;
use std::collections::HashSet;

use super::entry::Node;

/// The key that merges.
pub(super) const KEY: &str = "<<";

type Pairs<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// Puts the merged entries after the mapping's own entries. A key of the mapping itself wins, and so does a
/// key merged before.
///
/// A merge key whose value is anything but a mapping or a list of mappings is a key like any other.
pub(super) fn apply(pairs: Pairs<'_>) -> Pairs<'_> {
    if !pairs.iter().any(is_merge) {
        return pairs;
    }
    let (merges, mut own): (Pairs<'_>, Pairs<'_>) = pairs.into_iter().partition(is_merge);
    let mut seen: HashSet<Cow<'_, str>> = own.iter().map(|(key, _)| key.clone()).collect();
    let inherited = merges.into_iter().flat_map(|(_, node)| mappings(node)).flatten();
    // A mapping in which a key comes twice was read as it is, and the last value of the key counts.
    for (key, node) in inherited {
        if seen.insert(key.clone()) {
            own.push((key, node));
        }
    }
    own
}

fn is_merge((key, node): &(Cow<'_, str>, Node<'_>)) -> bool {
    let is_map = |node: &Node<'_>| matches!(node, Node::Map(_));
    key == KEY
        && match node {
            Node::List(nodes) => nodes.iter().all(is_map),
            node => is_map(node),
        }
}

/// The mappings that are the value of a merge key, each without the values that a later value of the same key
/// replaces.
fn mappings(node: Node<'_>) -> Vec<Pairs<'_>> {
    match node {
        Node::Map(pairs) => vec![last_of_each_key(pairs)],
        Node::List(nodes) => nodes.into_iter().flat_map(mappings).collect(),
        _ => Vec::new(),
    }
}

fn last_of_each_key(mut pairs: Pairs<'_>) -> Pairs<'_> {
    let mut seen = HashSet::new();
    pairs.reverse();
    pairs.retain(|(key, _)| seen.insert(key.clone()));
    pairs.reverse();
    pairs
}
