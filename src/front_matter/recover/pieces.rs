//! The pieces of a block: from its text to where its top-level lines begin.

use crate::front_matter::lines::{base_indent, content_start, indent, lines, split_key};

/// Cuts a block before each of its top-level lines. Empty lines and comments go with the piece before.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let first = content_start(text).map(|(at, _)| at);
    let base = base_indent(text);
    let starts = lines(text).filter(move |&(at, line)| Some(at) == first || is_top_level(line, base));
    split_at_each(text, starts.map(|(at, _)| at))
}

/// The parts of a text from each of these offsets to the next.
pub(super) fn split_at_each(
    text: &str,
    starts: impl Iterator<Item = usize>,
) -> impl Iterator<Item = (usize, &str)> {
    let mut starts = starts.peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        let end = starts.peek().copied().unwrap_or(text.len());
        Some((start, &text[start..end]))
    })
}

/// The key of a piece, if it has one.
pub(super) fn key_of(piece: &str) -> Option<&str> {
    let (_, first) = lines(piece).next()?;
    split_key(first.trim_start_matches([' ', '\t'])).map(|(key, _)| key)
}

fn is_top_level(line: &str, base: usize) -> bool {
    let indent = indent(line);
    let content = &line[indent..];
    !(content.is_empty() || content.starts_with('#') || indent > base || is_item(content))
}

/// Whether a line without its indentation is an item of a list.
pub(super) fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}
