//! Values, and the lists and mappings on lines of their own.
//!
//! The columns tell what belongs to what: a mapping has its keys in one column, a list its markers, and what
//! is in them is indented more. Only the list that is the value of a key may be in the column of the key:
//!
//! ```yaml
//! tags:
//! - tea
//! comments:
//!   - author: Ann
//!     text: Thanks!
//! ```
//!
//! The functions are recursive: a value is in at most [`MAX_NESTING`] collections.

use std::cmp::Ordering;

use super::block_scalar::block_scalar;
use super::flow;
use super::items::Items;
use super::key::key;
use super::line::{after_line, is_white_space_or_end, next_content, next_line, spaces, trim_start};
use super::scalar::{plain_line, plain_scalar, starts_plain, text_value};
use crate::engine::Decline;
use crate::front_matter::entry::{KnownKey, Node};

/// In how many lists and mappings a value may be. Those of importers are in two at most, and sites of
/// several languages or authors have some in four. The reference takes more than this.
const MAX_NESTING: usize = 8;

/// What is around a value.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// The column of the key or of the list marker that the value belongs to.
    indent: usize,
    /// How many lists and mappings the value is in, without the block itself.
    depth: usize,
    /// Whether the source text of scalars matters.
    keeps_text: bool,
}

impl Around {
    /// Around the value of a top-level key.
    pub(super) fn top_level(known: Option<KnownKey>) -> Self {
        Self { indent: 0, depth: 0, keeps_text: known.is_some_and(KnownKey::holds_text) }
    }

    /// In a list or a mapping with its markers or keys in this column.
    ///
    /// Declines too many collections in each other.
    fn inside(self, indent: usize) -> Result<Self, Decline> {
        if self.depth == MAX_NESTING {
            return Err(Decline::Nesting);
        }
        Ok(Self { indent, depth: self.depth + 1, ..self })
    }
}

/// A value after its key and the white space there. The rest begins at the start of a line, as in all that
/// follows here.
pub(super) fn value(text: &str, around: Around) -> Result<(Node<'_>, &str), Decline> {
    match text_value(text, around.indent)? {
        Some((text, rest)) => Ok((Node::Text(text), next_line(rest)?)),
        None => other_value(text, around),
    }
}

/// A value that is not a text on the line of its key: nothing, `null`, `true`, `3`, `[a, b]`, `{}`, a block
/// scalar, or anything on the lines below.
///
/// Declines a value that begins with another indicator.
fn other_value(text: &str, around: Around) -> Result<(Node<'_>, &str), Decline> {
    let (node, rest) = match text.as_bytes() {
        // White space or a colon comes before a `#` here.
        [] | [b'\n' | b'\r' | b'#', ..] => return below(after_line(text), around, around.indent),
        [b'|' | b'>', ..] => return block_scalar(text, around.indent),
        [b'[', ..] => flow::list(&text[1..], around.keeps_text)?,
        [b'{', ..] => flow::empty_map(&text[1..])?,
        bytes if !starts_plain(bytes) => return Err(Decline::Indicator),
        _ => {
            let (value, _) = plain_line(text)?;
            (plain_scalar(value, around.keeps_text)?, &text[value.len()..])
        }
    };
    Ok((node, next_line(rest)?))
}

/// The value below the line of its key or its list marker, if there is one. A list may begin in column
/// `list_column` already.
fn below(text: &str, around: Around, list_column: usize) -> Result<(Node<'_>, &str), Decline> {
    let (indent, line) = next_content(text)?;
    if indent <= around.indent && !(indent >= list_column && begins_item(&line[indent..])) {
        return Ok((Node::Null, line));
    }
    content(&line[indent..], indent, around)
}

/// A value that begins in this column, on a line of its own or after a list marker.
fn content(text: &str, column: usize, around: Around) -> Result<(Node<'_>, &str), Decline> {
    if begins_item(text) {
        return list(text, around.inside(column)?);
    }
    match text_value(text, around.indent) {
        Ok(Some((value, rest))) if !trim_start(rest).starts_with(':') => {
            Ok((Node::Text(value), next_line(rest)?))
        }
        Ok(Some(_)) | Err(Decline::ColonInValue) => map(text, around.inside(column)?),
        Ok(None) => other_value(text, around),
        Err(decline) => Err(decline),
    }
}

/// A mapping, which begins with its first key in the column of its keys.
///
/// Declines a line that is indented more than the keys and belongs to no value, and one without a key.
fn map(mut text: &str, around: Around) -> Result<(Node<'_>, &str), Decline> {
    let mut pairs = Vec::new();
    loop {
        let (key, after) = key(text)?;
        let (node, rest) = value(trim_start(after), around)?;
        pairs.push((key, node));
        let (indent, line) = next_content(rest)?;
        match indent.cmp(&around.indent) {
            Ordering::Less => return Ok((Node::Map(pairs), line)),
            Ordering::Equal => text = &line[indent..],
            Ordering::Greater => return Err(Decline::Indentation),
        }
    }
}

/// A list, which begins with its first marker in the column of its markers. It may end before a key in that
/// column.
///
/// Declines a line that is indented more than the markers and belongs to no item.
fn list(mut text: &str, around: Around) -> Result<(Node<'_>, &str), Decline> {
    let mut items = Items::default();
    loop {
        let (node, rest) = item(text, around)?;
        let (indent, line) = next_content(rest)?;
        let next = &line[indent..];
        let is_last = indent < around.indent || !begins_item(next);
        items.push(node, is_last);
        if indent > around.indent {
            return Err(Decline::Indentation);
        }
        if is_last {
            return Ok((items.into_node(), line));
        }
        text = next;
    }
}

/// An item, which begins with its marker: `- a`, `- a: b` with more keys below, or `-` with a value below.
fn item(text: &str, around: Around) -> Result<(Node<'_>, &str), Decline> {
    let column = 1 + spaces(&text[1..]);
    let after = &text[column..];
    match after.as_bytes() {
        [] | [b'\n' | b'\r' | b'#', ..] => below(after_line(after), around, around.indent + 1),
        _ => content(after, around.indent + column, around),
    }
}

/// Whether a line begins with a list marker: a `-` that white space follows.
fn begins_item(content: &str) -> bool {
    matches!(content.as_bytes(), [b'-', after @ ..] if is_white_space_or_end(after.first()))
}
