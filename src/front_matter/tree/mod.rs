//! The tree of front matter in TOML or JSON, with the position of everything in it: from what a parser found
//! to entries, or to a type.

mod deserializer;
pub(super) mod mend;
mod model;

use super::entry::Entry;
use super::known::KnownKey;
use super::refusal::Refusal;
pub(super) use super::yaml::DeepValue;
use crate::error::ErrorKind;
pub(super) use model::{Kind, Pair, Tree};

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
