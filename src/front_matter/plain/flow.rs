//! Collections in brackets and braces: `[a, b]`, and `{}` with nothing in it.

use std::borrow::Cow;

use super::items::Items;
use super::line::{
    after_break, is_white_space_or_end, refuse_marker, spaces, table_of, trim_end, trim_start,
};
use super::quoted::{double_quoted, single_quoted};
use super::scalar::{plain_scalar, starts_plain};
use crate::engine::Decline;
use crate::front_matter::entry::Node;

/// A list like `a, b]`, which begins after its opening bracket. The rest begins after the closing bracket.
///
/// Declines a list that is not closed, and one that holds something other than scalars, each on one line if
/// it is plain.
pub(super) fn list(text: &str, keeps_text: bool) -> Result<(Node<'_>, &str), Decline> {
    let mut items = Items::default();
    let mut rest = after_white_space(text)?;
    loop {
        if let Some(rest) = rest.strip_prefix(']') {
            return Ok((items.into_node(), rest));
        }
        let (node, after) = match rest.as_bytes() {
            [] => return Err(Decline::OpenList),
            [b'"', ..] => text_node(double_quoted(rest)?),
            [b'\'', ..] => text_node(single_quoted(rest)?),
            bytes if !starts_plain(bytes) => return Err(Decline::ListItem),
            _ => {
                let (item, after) = rest.split_at(plain_item_end(rest.as_bytes())?);
                (plain_scalar(trim_end(item), keeps_text)?, after)
            }
        };
        rest = after_white_space(after)?;
        // Most lists have one item.
        items.push(node, rest.starts_with(']'));
        match rest.as_bytes() {
            [b',', ..] => rest = after_white_space(&rest[1..])?,
            [b']', ..] => {}
            [] => return Err(Decline::OpenList),
            _ => return Err(Decline::ListItem),
        }
    }
}

/// An empty mapping like `}`, which begins after its opening brace. The rest begins after the closing brace.
///
/// Declines a mapping with something in it.
pub(super) fn empty_map(text: &str) -> Result<(Node<'_>, &str), Decline> {
    let rest = trim_start(text).strip_prefix('}').ok_or(Decline::Indicator)?;
    Ok((Node::Map(Vec::new()), rest))
}

fn text_node<'a>((text, rest): (Cow<'a, str>, &'a str)) -> (Node<'a>, &'a str) {
    (Node::Text(text), rest)
}

/// The text after white space and line breaks.
///
/// Declines a tab at the start of a line, and a line that begins or ends a document.
#[inline]
fn after_white_space(text: &str) -> Result<&str, Decline> {
    let rest = trim_start(text);
    if matches!(rest.as_bytes(), [b'\n' | b'\r', ..]) { after_breaks(rest) } else { Ok(rest) }
}

/// The same from a line break on.
fn after_breaks(mut rest: &str) -> Result<&str, Decline> {
    while let Some(line) = after_break(rest) {
        refuse_marker(line)?;
        rest = &line[spaces(line)..];
        if rest.starts_with('\t') {
            return Err(Decline::Indentation);
        }
    }
    Ok(rest)
}

/// Where a plain scalar in a list ends, like the `a ` of `a , b]`, with the white space after it.
///
/// Declines a scalar that begins a mapping or a comment.
fn plain_item_end(bytes: &[u8]) -> Result<usize, Decline> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|&byte| ENDS_ITEM[usize::from(byte)]).ok_or(Decline::OpenList)?;
        let next = bytes.get(at + 1);
        match bytes[at] {
            b',' | b']' | b'\n' => return Ok(at),
            b':' if !is_white_space_or_end(next)
                && !matches!(next, Some(b',' | b'?' | b'[' | b']' | b'{' | b'}')) => {}
            // A plain scalar does not begin with `#`, so that there is a byte before.
            b'#' if !is_white_space_or_end(bytes.get(at - 1)) => {}
            _ => return Err(Decline::ListItem),
        }
        at += 1;
    }
}

/// The bytes that may end a plain scalar in a list.
const ENDS_ITEM: [bool; 256] = table_of(b",[]{}:#\n");
