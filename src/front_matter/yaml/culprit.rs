//! What is to be mended in a block that is not YAML: from where a parser stopped to where the fault is.
//!
//! A parser stops where it cannot go on. After a quote that nothing closes, that is at the end of the block,
//! or at some other quote lines below; what is to be mended is the first quote.

use crate::front_matter::lines::{base_indent, indent, line_start, split_key};
use crate::front_matter::nesting;

/// The kinds of faults that differ in where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The fault is where the parser stopped.
    Here,
    /// The fault is at the start of what the parser was reading: of a tag, an anchor, or a line without a
    /// colon.
    AtStart,
    /// A quoted scalar does not end. The start is its quote.
    OpenQuote,
    /// An escape in a quoted scalar is wrong.
    Escape,
    /// A list or mapping in brackets does not go on as it must. The start is its bracket.
    Flow,
    /// A value is missing, maybe because the block ends within brackets.
    MissingNode,
    /// Something other than a key or an item follows a value.
    AfterValue,
    /// A colon follows something that cannot be a key.
    Colon,
}

/// What is to be mended, and a second position that helps to understand why, both in bytes of the text. The
/// parser stopped at `stop`, and was reading something that starts at `start`.
pub(super) fn culprit(text: &str, fault: Fault, stop: usize, start: usize) -> (usize, Option<usize>) {
    match fault {
        Fault::AtStart => (start, None),
        Fault::OpenQuote => open_at(text, start),
        Fault::Escape if text[stop..].starts_with('\\') => (stop, None),
        Fault::Escape => (text[..stop].rfind('\\').unwrap_or(stop), None),
        Fault::Flow => in_brackets(text, stop, start),
        Fault::MissingNode if text[stop..].trim_ascii_start().is_empty() => {
            nesting::open_bracket(text).map_or((stop, None), |bracket| open_at(text, bracket))
        }
        Fault::Here | Fault::MissingNode => (stop, None),
        Fault::AfterValue => match scalar_from_above(text, stop) {
            Some(quote) if is_open_quote(text, quote) => (quote, Some(stop)),
            _ => (stop, None),
        },
        Fault::Colon => match scalar_from_above(text, stop) {
            Some(quote) if is_open_quote(text, quote) => (quote, Some(stop)),
            // The line is indented, so that it continues the text above, and its colon is one too many.
            Some(above) => (content_of_line(text, stop), Some(above)),
            None => (stop, None),
        },
    }
}

/// A quote or a bracket that nothing closes, and the end of its line.
fn open_at(text: &str, at: usize) -> (usize, Option<usize>) {
    let line = text[at..].lines().next().unwrap_or_default();
    (at, Some(at + line.trim_ascii_end().len()))
}

/// The fault in a list or mapping in brackets.
fn in_brackets(text: &str, stop: usize, bracket: usize) -> (usize, Option<usize>) {
    if is_next_entry(text, stop, bracket) || !nesting::is_closed(text, bracket) {
        return open_at(text, bracket);
    }
    // A list that is closed like a mapping, or a mapping that is closed like a list.
    if text[stop..].starts_with([']', '}']) {
        return (bracket, Some(stop));
    }
    (stop, Some(bracket))
}

/// Whether the line of `stop` is below that of the bracket, and looks like one with the next top-level key.
fn is_next_entry(text: &str, stop: usize, bracket: usize) -> bool {
    let start = line_start(text, stop);
    let line = text[start..].lines().next().unwrap_or_default().trim_ascii_end();
    let indent = indent(line);
    bracket < start && indent <= base_indent(text) && split_key(&line[indent..]).is_some()
}

/// Where the scalar before `stop` starts, if that is on a line further up.
fn scalar_from_above(text: &str, stop: usize) -> Option<usize> {
    let token = nesting::token_before(text, stop)?;
    let is_scalar =
        !text[token..].starts_with([':', '-', '?', '[', ']', '{', '}', ',', '&', '*', '!', '|', '>']);
    (is_scalar && token < line_start(text, stop)).then_some(token)
}

/// Whether a quote is here that is not closed at the end of its line, where people close it.
fn is_open_quote(text: &str, at: usize) -> bool {
    let line = text[at..].lines().next().unwrap_or_default();
    let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
    let mut rest = line[1..].chars();
    while let Some(c) = rest.next() {
        if c == '\\' && quote == '"' {
            rest.next();
        } else if c == quote && !(quote == '\'' && rest.as_str().starts_with('\'')) {
            let after = rest.as_str().trim_ascii();
            return !after.is_empty() && !after.starts_with('#');
        } else if c == quote {
            rest.next();
        }
    }
    true
}

/// Where the content of the line starts on which `at` is.
fn content_of_line(text: &str, at: usize) -> usize {
    let start = line_start(text, at);
    start + indent(&text[start..at])
}
