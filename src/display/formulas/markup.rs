//! `MathML` that stands in an attribute or a script: markup as text.

use memchr::memchr;

use super::tree::{Formula, TreeBuilder};
use crate::references;

/// Reads a formula from its markup. What is not closed is closed at the end.
pub(super) fn read(markup: &str) -> Formula {
    let mut builder = TreeBuilder::default();
    let mut rest = markup;
    loop {
        let (text, tag) = match memchr(b'<', rest.as_bytes()) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, ""),
        };
        if !text.is_empty() {
            builder.text(&references::decode_closed(text));
        }
        if tag.is_empty() {
            return builder.finish();
        }
        rest = read_tag(tag, &mut builder);
    }
}

/// Reads a tag from after its `<` on. Returns what comes after the tag.
fn read_tag<'m>(tag: &'m str, builder: &mut TreeBuilder) -> &'m str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let (inside, rest) = tag.split_at(end_of_tag(tag));
    let rest = rest.get(1..).unwrap_or_default();
    if inside.starts_with('/') {
        builder.close();
        return rest;
    }
    if inside.starts_with(['!', '?']) {
        return rest;
    }
    let (inside, is_empty) = match inside.strip_suffix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    // A prefix of XML: `m:mfrac`.
    let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    builder.open(&name, |wanted| attribute(attributes, wanted));
    if is_empty {
        builder.close();
    }
    rest
}

/// Where the `>` of a tag is, or its end.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (index, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return index,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// The value of the attribute with this name.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_ascii_start();
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).filter(|end| *end > 0)?;
        let (name, after) = rest.split_at(end);
        let after = after.trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_ascii_start();
        let (value, after) = match value.as_bytes().first() {
            Some(b'"') => value[1..].split_once('"').unwrap_or((&value[1..], "")),
            Some(b'\'') => value[1..].split_once('\'').unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(references::decode_attribute(value).into_owned());
        }
        rest = after;
    }
}
