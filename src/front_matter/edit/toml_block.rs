//! Where a key is in a block of TOML, and the ways to change it there, the best one first.

use std::ops::Range;

use super::brackets::{self, Style, Syntax};
use super::style::{CHANGES_MORE, Change, Refusal, line_break};
use crate::front_matter::lines::{line_end, line_start};
use crate::front_matter::tree::{Kind, Pair, Tree};
use crate::post::Value;

const IS_TABLE: Refusal = "it is a table that headers or keys with dots make";

/// The range of the value of a key; `None` for a table that headers or keys with dots make, which has no
/// range of its own.
pub(super) fn value_range(text: &str, pairs: &[Pair<'_>], key: &str) -> Option<Range<usize>> {
    let pair = pairs.iter().rfind(|pair| pair.key == key)?;
    follows_equals(text, &pair.value.span).then(|| pair.value.span.clone())
}

/// The ways to give a key a value.
pub(super) fn changes(
    source: &str,
    text: &str,
    pairs: &[Pair<'_>],
    key: &str,
    value: &Value<'_>,
) -> Result<Vec<Change>, Refusal> {
    let line_break = line_break(source);
    let Some(pair) = pairs.iter().rfind(|pair| pair.key == key) else {
        let value = brackets::value(value, &Style::plain(Syntax::Toml, line_break))?;
        let line = format!("{} = {value}{line_break}", brackets::key(key, Syntax::Toml));
        let at = end_of_root(text, pairs);
        return Ok(vec![Change::new(at..at, line, CHANGES_MORE)]);
    };
    let range = value_range(text, pairs, key).ok_or(IS_TABLE)?;
    let old = &text[range.clone()];
    let mut ways = Vec::new();
    if let Value::String(date) = value {
        // A date without quotes is a text to the reader. What is no date fails, and is written in quotes.
        let is_date = matches!(pair.value.kind, Kind::Text(_)) && !old.starts_with(['"', '\'']);
        ways.extend(is_date.then(|| date.clone().into_owned()).filter(|date| looks_like_date(date)));
    }
    let style = Style::of(old, Syntax::Toml, line_break);
    ways.push(brackets::value(value, &style)?);
    ways.push(brackets::value(value, &Style::plain(Syntax::Toml, line_break))?);
    Ok(ways.into_iter().map(|way| Change::new(range.clone(), way, CHANGES_MORE)).collect())
}

/// The change that takes a key out.
pub(super) fn removal(text: &str, pairs: &[Pair<'_>], key: &str) -> Result<Change, Refusal> {
    let mut pieces = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.key == key) {
        let range = value_range(text, pairs, key).ok_or(IS_TABLE)?;
        pieces.push((line_start(text, pair.key_at)..line_end(text, range.end), String::new()));
    }
    Ok(Change { pieces, risk: CHANGES_MORE })
}

/// Whether a value is after a `=`, and not made by headers or keys with dots.
fn follows_equals(text: &str, span: &Range<usize>) -> bool {
    text[..span.start].trim_end_matches([' ', '\t']).ends_with('=')
}

/// Whether a text has the characters of a date and a time.
fn looks_like_date(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"-:.+TtZz ".contains(&byte))
}

/// Where a key at the end of the root table goes: after the last value of the root table if headers follow,
/// else at the end.
fn end_of_root(text: &str, pairs: &[Pair<'_>]) -> usize {
    let mut spans = Vec::new();
    for pair in pairs {
        push_spans(text, &pair.value, &mut spans);
    }
    spans.sort_unstable_by_key(|span| span.start);
    let mut end = 0;
    let mut line = 0;
    for span in spans.into_iter().chain(std::iter::once(text.len()..text.len())) {
        // The lines between two values.
        while line < span.start {
            if text[line..].trim_start_matches([' ', '\t']).starts_with('[') {
                return if end == 0 { line } else { end };
            }
            line = line_end(text, line);
        }
        end = line_end(text, span.end);
        line = line.max(end);
    }
    text.len()
}

/// The spans of the values that are after a `=`. Recursive: trees are no deeper than the reader allows.
fn push_spans(text: &str, tree: &Tree<'_>, spans: &mut Vec<Range<usize>>) {
    if follows_equals(text, &tree.span) {
        spans.push(tree.span.clone());
        return;
    }
    match &tree.kind {
        Kind::Map(pairs) => pairs.iter().for_each(|pair| push_spans(text, &pair.value, spans)),
        Kind::List(items) => items.iter().for_each(|item| push_spans(text, item, spans)),
        _ => {}
    }
}
