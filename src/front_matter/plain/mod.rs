//! The fast reader of front matter: from the text of a block to entries, if the block holds what people and
//! importers write, as nearly all posts do.
//!
//! That is keys, each with a value: nothing, a scalar, a list or a mapping. Scalars are plain, in double or
//! in single quotes, on one line or on several, or literal and folded blocks. Lists and mappings are blocks
//! of lines (`- a`, `key: value`), a few of them in each other, or a list `[a, b]` of scalars. Empty lines
//! and comments may come between the lines. Everything else is [declined](Decline), and so is whatever the
//! reference might read otherwise: the entries are exactly those of
//! [`yaml::entries`](super::yaml::entries), or there are none.
//!
//! The functions here parse a text at its start and give the rest of it. They decline with a reason instead
//! of failing, and then the whole block is left to the reference.
//!
//! - [`characters`]: which blocks have none but those that mean the same to YAML
//! - [`mod@line`]: lines and white space
//! - [`mod@key`]: the key at the start of a line
//! - [`quoted`], [`scalar`], [`block_scalar`]: scalars
//! - [`flow`]: lists in brackets
//! - [`usual`]: the values that nearly all posts have
//! - [`block`]: all values, and lists and mappings on lines of their own

mod block;
mod block_scalar;
mod characters;
mod flow;
mod items;
mod key;
mod line;
mod quoted;
mod scalar;
mod usual;

use super::blanks;
use super::entry::{Entries, Entry, KnownKey};
use crate::engine::Decline;
use block::Around;
use key::{key, usual_key};
use line::{next_content, trim_start};

/// Gives the top-level entries of a block to `entries` in order, until that refuses one. Tells whether it
/// took all of them.
///
/// If a line is declined, the entries that were given before it must be dropped.
pub(super) fn read<'a>(text: &'a str, entries: &mut impl Entries<'a>) -> Result<bool, Decline> {
    characters::check(text.as_bytes())?;
    if blanks::too_long(text).is_some() {
        return Err(Decline::Blanks);
    }
    let mut rest = text;
    loop {
        while let Some((known, after)) = usual_key(rest) {
            let Some((value, next)) = usual::value(after) else { break };
            if !entries.take_usual(known, value) {
                return Ok(false);
            }
            rest = next;
        }
        let (indent, line) = next_content(rest)?;
        if line.is_empty() {
            return Ok(true);
        }
        if indent > 0 {
            return Err(Decline::Indentation);
        }
        let (key, after) = key(line)?;
        let known = KnownKey::of(&key);
        let (node, next) = block::value(trim_start(after), Around::top_level(known))?;
        rest = next;
        if !entries.take(known, Entry { key, node }) {
            return Ok(false);
        }
    }
}

/// The top-level entries of a block in order.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, Decline> {
    let mut entries = Vec::new();
    read(text, &mut entries)?;
    Ok(entries)
}
