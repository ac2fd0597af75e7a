//! Values that YAML cannot read: from the lines of a value to its texts.

use std::borrow::Cow;

use super::pieces::is_item;
use crate::front_matter::entry::Node;
use crate::front_matter::known::KnownKey;
use crate::front_matter::lines::{closing_quote, indent, lines};

/// Where the comment after a plain scalar starts.
pub(crate) fn comment_start(value: &str) -> Option<usize> {
    memchr::memchr_iter(b'#', value.as_bytes())
        .find(|&at| at == 0 || matches!(value.as_bytes()[at - 1], b' ' | b'\t'))
}

/// Whether a value is the first line of a block scalar: `|` or `>` with its indicators.
pub(super) fn is_block_header(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else {
        return false;
    };
    let rest = rest.trim_start_matches(|char: char| matches!(char, '+' | '-') || char.is_ascii_digit());
    rest.is_empty() || rest.trim_start().starts_with('#')
}

fn is_empty_or_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

/// A value with its continuation lines, borrowed if it has none.
pub(super) fn join<'a>(value: &'a str, below: &[&'a str], separator: &str) -> Cow<'a, str> {
    match (value, below) {
        (value, []) => Cow::Borrowed(value),
        ("", [line]) => Cow::Borrowed(line.trim()),
        _ => {
            let indent = below.first().map_or(0, |line| indent(line));
            let lines = below.iter().map(|line| line[indent.min(self::indent(line))..].trim_end());
            let first = Some(value).filter(|value| !value.is_empty());
            let joined = first.into_iter().chain(lines).collect::<Vec<_>>().join(separator);
            Cow::Owned(joined.trim_end().to_owned())
        }
    }
}

/// The items of a list that YAML cannot read, as texts.
pub(super) fn texts_of_items(list: &str) -> Vec<Node<'_>> {
    // A line that does not begin an item continues the item above.
    let lines = content_lines(list);
    let items = lines.chunk_by(|_, next| !is_item(next)).map(|item| {
        let first = item[0][1..].trim_start();
        match join(first, &item[1..], " ") {
            Cow::Borrowed(text) => Node::Text(Cow::Borrowed(unquote(text).0)),
            Cow::Owned(text) => Node::Text(Cow::Owned(unquote(&text).0.to_owned())),
        }
    });
    items.collect()
}

/// The lines of a text without white space around them, but for those that are empty or comments.
pub(super) fn content_lines(text: &str) -> Vec<&str> {
    lines(text).map(|(_, line)| line.trim()).filter(|line| !is_empty_or_comment(line)).collect()
}

/// A text without the quotes around it, and the comment after it. A quote that nothing closes is taken off,
/// too.
pub(crate) fn unquote(text: &str) -> (&str, Option<&str>) {
    let Some(quote) = text.chars().next().filter(|char| matches!(char, '"' | '\'')) else {
        return (text, None);
    };
    let inner = &text[1..];
    let Some(end) = inner.rfind(quote) else {
        return (inner, None);
    };
    let rest = &inner[end + 1..];
    let comment = rest.trim_start();
    if rest.is_empty() {
        (&inner[..end], None)
    } else if comment.starts_with('#') && comment.len() < rest.len() {
        (&inner[..end], Some(comment))
    } else {
        (text, None)
    }
}

/// Whether a value is a list in brackets, of which the closing one may be missing. A title like `[1] Tea` is
/// not a list.
pub(crate) fn is_list(key: &str, value: &str) -> bool {
    let may_be_list = !KnownKey::of(key).is_some_and(KnownKey::is_single_text);
    may_be_list && value.starts_with('[') && (value.ends_with(']') || !value.contains(']'))
}

/// The items of a list in brackets, of which the closing one may be missing.
pub(crate) fn flow_items(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('[').unwrap_or(text);
    let mut rest = text.strip_suffix(']').unwrap_or(text);
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return None;
        }
        let quoted = quoted_item_end(rest);
        let end = quoted.or_else(|| memchr::memchr(b',', rest.as_bytes())).unwrap_or(rest.len());
        let (item, after) = rest.split_at(end);
        rest = after;
        Some(unquote(item.trim_end()).0)
    })
}

/// The end of an item that is in quotes and may have commas in it.
fn quoted_item_end(text: &str) -> Option<usize> {
    let quote = *text.as_bytes().first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let end = 1 + closing_quote(&text[1..], quote)? + 1;
    let after = text[end..].trim_start_matches([' ', '\t']);
    (after.is_empty() || after.starts_with(',')).then_some(end)
}
