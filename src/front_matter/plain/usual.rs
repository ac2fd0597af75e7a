//! The values that nearly all posts have: a text, `true`, or a list of one item, alone on the line of the key
//! and as it stands in the source.
//!
//! In a corpus, 96 of 100 values of top-level keys are such. They are read without anything in between: no
//! node, and no result that says why a value is not of this kind.

use memchr::memchr3;

use super::line::is_white_space_or_end;
use super::scalar::{begins_resolved, line_part, resolved, starts_plain};
use crate::bytes::{Word, any, position};
use crate::front_matter::entry::Usual;
use crate::post::{Date, Value};

/// The value of a key, which begins after the white space that follows the colon. The rest begins with the
/// next line. `None` for any other value, about which this says nothing.
#[inline]
pub(super) fn value(text: &str) -> Option<(Usual<'_>, &str)> {
    match text.as_bytes().first()? {
        b'"' => quoted(text),
        b'[' => item(text),
        _ => plain(text),
    }
}

/// A text like `"Tea"`, without escapes.
fn quoted(text: &str) -> Option<(Usual<'_>, &str)> {
    let inside = &text[1..];
    let end = memchr3(b'"', b'\\', b'\n', inside.as_bytes())?;
    let rest = inside[end..].strip_prefix("\"\n")?;
    Some((Usual::Text(&inside[..end]), rest))
}

/// A list like `[ tea ]`.
fn item(text: &str) -> Option<(Usual<'_>, &str)> {
    let inside = text[1..].strip_prefix(' ').unwrap_or(&text[1..]);
    let in_word = |word: Word| word.equal(b']').or(word.equal(b'\n'));
    let end = position(inside.as_bytes(), in_word, |byte| matches!(byte, b']' | b'\n'))?;
    let rest = inside[end..].strip_prefix("]\n")?;
    let item = inside[..end].strip_suffix(' ').unwrap_or(&inside[..end]);
    let bytes = item.as_bytes();
    // A bracket differs from a brace in one bit.
    let means_more = |byte: u8| matches!(byte, b',' | b':' | b'#') | matches!(byte | 0x20, b'{' | b'}');
    let is_text = starts_plain(bytes)
        && (!begins_resolved(bytes[0]) || matches!(resolved(item), Ok(None)))
        && !any(bytes, means_more)
        && !is_white_space_or_end(bytes.last());
    is_text.then_some((Usual::Item(item), rest))
}

/// A date like `2023-06-20T01:53:36.223Z`, which is a text to YAML.
#[inline]
fn date(text: &str) -> Option<(Usual<'_>, &str)> {
    let (form, after) = text.as_bytes().split_first_chunk::<24>()?;
    let date = Date::in_milliseconds(form)?;
    match after {
        // The scalar may go on.
        [b'\n', b' ' | b'\t' | b'\n' | b'\r', ..] => None,
        [b'\n', ..] => Some((Usual::Date(date, &text[..form.len()]), &text[form.len() + 1..])),
        _ => None,
    }
}

/// A plain scalar that is a text, `true` or `false`.
fn plain(text: &str) -> Option<(Usual<'_>, &str)> {
    let bytes = text.as_bytes();
    if !starts_plain(bytes) {
        return None;
    }
    if bytes[0].is_ascii_digit() {
        if let Some(found) = date(text) {
            return Some(found);
        }
    }
    let mut end = 0;
    loop {
        end += line_part(&bytes[end..]);
        match bytes.get(end..)? {
            // The scalar may go on.
            [b'\n', b' ' | b'\t' | b'\n' | b'\r', ..] => return None,
            [b'\n', ..] => break,
            // A mapping.
            [b':', next @ ..] if is_white_space_or_end(next.first()) => return None,
            // A comment. A plain scalar does not begin with `#`, so that there is a byte before.
            [b'#', ..] if is_white_space_or_end(bytes.get(end - 1)) => return None,
            [] => return None,
            _ => end += 1,
        }
    }
    let (value, rest) = (&text[..end], &text[end + 1..]);
    if value.ends_with([' ', '\t', '\r']) {
        return None;
    }
    if begins_resolved(bytes[0]) {
        match resolved(value).ok()? {
            None => {}
            Some(Value::Bool(flag)) => return Some((Usual::Flag(flag, value), rest)),
            Some(_) => return None,
        }
    }
    Some((Usual::Text(value), rest))
}
