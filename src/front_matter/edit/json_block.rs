//! Where a key is in an object of JSON, and the ways to change it there, the best one first.

use std::ops::Range;

use super::brackets::{self, Style, Syntax};
use super::style::{CHANGES_MORE, Change, Refusal, line_break};
use crate::front_matter::tree::Pair;
use crate::post::Value;

/// The range of the value of a key.
pub(super) fn value_range(pairs: &[Pair<'_>], key: &str) -> Option<Range<usize>> {
    pairs.iter().rfind(|pair| pair.key == key).map(|pair| pair.value.span.clone())
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
    let colon = colon(text, pairs);
    if let Some(range) = value_range(pairs, key) {
        let style = Style { colon, ..Style::of(&text[range.clone()], Syntax::Json, line_break) };
        return Ok(vec![Change::new(range, brackets::value(value, &style)?, CHANGES_MORE)]);
    }
    let style = Style { colon, ..Style::plain(Syntax::Json, line_break) };
    let member = [&brackets::key(key, Syntax::Json), colon, &brackets::value(value, &style)?].concat();
    let (at, member) = match (pairs.first(), pairs.last()) {
        (Some(first), Some(last)) => {
            // What is before the first member is before the new one, too.
            let before = text[1..first.key_at].trim_start_matches([' ', '\t']);
            let before = if before.is_empty() { " " } else { before };
            (last.value.span.end, format!(",{before}{member}"))
        }
        _ if text.contains('\n') => (1, format!("{line_break}  {member}")),
        _ => (1, member),
    };
    Ok(vec![Change::new(at..at, member, CHANGES_MORE)])
}

/// The change that takes a key out, and a comma with each member.
pub(super) fn removal(pairs: &[Pair<'_>], key: &str) -> Change {
    let last_kept = pairs.iter().rposition(|pair| pair.key != key);
    let before_last = last_kept.map_or(&[][..], |last| &pairs[..=last]);
    let between = before_last.windows(2).filter(|pair| pair[0].key == key);
    let mut pieces: Vec<Range<usize>> = between.map(|pair| pair[0].key_at..pair[1].key_at).collect();
    if let Some(end) = pairs.last().filter(|last| last.key == key).map(|last| last.value.span.end) {
        pieces.push(last_kept.map_or(1, |last| pairs[last].value.span.end)..end);
    }
    Change { pieces: pieces.into_iter().map(|range| (range, String::new())).collect(), risk: CHANGES_MORE }
}

/// What is between the keys and the values.
fn colon<'t>(text: &'t str, pairs: &[Pair<'_>]) -> &'t str {
    let between = |pair: &Pair<'_>| {
        let before = text[..pair.value.span.start].trim_ascii_end().strip_suffix(':')?;
        let colon = &text[before.trim_ascii_end().len()..pair.value.span.start];
        (!colon.contains('\n')).then_some(colon)
    };
    pairs.first().and_then(between).unwrap_or(": ")
}
