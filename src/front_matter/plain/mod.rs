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
//! - [`line`]: lines and white space
//! - [`key`]: the key at the start of a line
//! - [`quoted`], [`scalar`], [`block_scalar`]: scalars
//! - [`flow`]: lists in brackets
//! - [`block`]: values, and lists and mappings on lines of their own

mod block;
mod block_scalar;
mod flow;
mod items;
mod key;
mod line;
mod quoted;
mod scalar;

use std::borrow::Cow;

use memchr::memchr3_iter;

use super::entry::{Entries, Entry, KnownKey, Node};
use crate::bytes::any;
use crate::engine::Decline;
use block::Around;
use key::{key, usual_key};
use line::{next_content, next_line, trim_start};
use scalar::text_value;

/// Gives the top-level entries of a block to `entries` in order, until that refuses one. Tells whether it
/// took all of them.
///
/// If a line is declined, the entries that were given before it must be dropped.
pub(super) fn read<'a>(text: &'a str, entries: &mut impl Entries<'a>) -> Result<bool, Decline> {
    check_characters(text.as_bytes())?;
    let mut rest = text;
    loop {
        let (known, key, after) = if let Some((known, after)) = usual_key(rest) {
            (Some(known), Cow::Borrowed(known.name()), after)
        } else {
            let (indent, line) = next_content(rest)?;
            if line.is_empty() {
                return Ok(true);
            }
            if indent > 0 {
                return Err(Decline::Indentation);
            }
            let (key, after) = key(line)?;
            (KnownKey::of(&key), key, after)
        };
        let after = trim_start(after);
        let is_taken = if let Some((text, after)) = text_value(after, 0)? {
            rest = next_line(after)?;
            match known {
                Some(known) => entries.take_text(known, text),
                None => entries.take(None, Entry { key, node: Node::Text(text) }),
            }
        } else {
            let (node, next) = block::other_value(after, Around::top_level(known))?;
            rest = next;
            entries.take(known, Entry { key, node })
        };
        if !is_taken {
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

/// Lets through the characters that mean the same to YAML as they do here.
fn check_characters(bytes: &[u8]) -> Result<(), Decline> {
    if any(bytes, |byte| byte < b' ' && byte != b'\n' || byte == 0x7f) {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' | b'\t' => {}
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
                b'\r' => return Err(Decline::LineBreak),
                ..b' ' | 0x7f => return Err(Decline::Control),
                _ => {}
            }
        }
    }
    for at in memchr3_iter(0xc2, 0xe2, 0xef, bytes) {
        match bytes[at..] {
            [0xc2, 0x85, ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..] => return Err(Decline::LineBreak),
            [0xc2, 0x80..=0x9f, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => return Err(Decline::Control),
            [0xef, 0xbb, 0xbf, ..] => return Err(Decline::ByteOrderMark),
            _ => {}
        }
    }
    Ok(())
}
