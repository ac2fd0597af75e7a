//! The values that nearly all posts have: a text, `true`, or a list of one item, alone on the line of the key
//! and as it stands in the source.
//!
//! In a corpus, 96 of 100 values of top-level keys are such. They are read without anything in between: no
//! node, and no result that says why a value is not of this kind.

use memchr::memchr3;

use super::line::is_white_space_or_end;
use super::scalar::{begins_resolved, line_part, resolved, starts_plain};
use crate::bytes::{Word, position};
use crate::front_matter::entry::Usual;
use crate::post::{Date, Value};

/// The value of a key, which begins after the white space that follows the colon. The rest begins with the
/// next line. `None` for any other value, about which this says nothing.
#[expect(clippy::inline_always, reason = "its only caller is the loop over the lines")]
#[inline(always)]
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
    let end = item_end(inside.as_bytes())?;
    let (item, after) = (&inside[..end], &inside[end..]);
    let rest = after.strip_prefix(" ]\n").or_else(|| after.strip_prefix("]\n"))?;
    let bytes = item.as_bytes();
    let is_text = starts_plain(bytes)
        && (!begins_resolved(bytes[0]) || matches!(resolved(item), Ok(None)))
        && !is_white_space_or_end(bytes.last());
    is_text.then_some((Usual::Item(item), rest))
}

/// The end of an item in brackets: where a `]` comes, or a space and a `]`. `None` if something comes before
/// that may mean more than text, as a comma.
fn item_end(bytes: &[u8]) -> Option<usize> {
    // Whatever means more is one of these, and so is a space. A bracket differs from a brace in one bit.
    let in_word = |word: Word| {
        let brackets = word.equal_but(b'{', 0x20).or(word.equal_but(b'}', 0x20));
        word.less(b'-').or(word.equal(b':')).or(brackets)
    };
    let is = |byte: u8| byte < b'-' || byte == b':' || matches!(byte | 0x20, b'{' | b'}');
    let mut end = 0;
    loop {
        end += position(&bytes[end..], in_word, is)?;
        match bytes[end..] {
            [b']', ..] | [b' ', b']', ..] => return Some(end),
            [b' ', ..] => end += 1,
            _ => return None,
        }
    }
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
    // Without white space in the scalar, a colon is part of it, and so is a `#`.
    let mut end = position(bytes, |word| word.less(b'!'), |byte| byte <= b' ')?;
    if bytes[end] != b'\n' {
        end = line_end(bytes, end)?;
    } else if bytes[end - 1] == b':' {
        return None;
    }
    // The scalar may go on.
    if let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(end + 1) {
        return None;
    }
    let (value, rest) = (&text[..end], &text[end + 1..]);
    if begins_resolved(bytes[0]) {
        match resolved(value).ok()? {
            None => {}
            Some(Value::Bool(flag)) => return Some((Usual::Flag(flag, value), rest)),
            Some(_) => return None,
        }
    }
    Some((Usual::Text(value), rest))
}

/// The end of the line of a plain scalar, whose first white space is at `space`. `None` if the line has more
/// on it than the scalar, or ends with white space.
fn line_end(bytes: &[u8], space: usize) -> Option<usize> {
    // There may be a colon before the white space.
    let mut end = space - 1;
    loop {
        end += line_part(&bytes[end..]);
        match bytes.get(end..)? {
            [b'\n', ..] => break,
            // A mapping.
            [b':', next @ ..] if is_white_space_or_end(next.first()) => return None,
            // A comment. A plain scalar does not begin with `#`, so that there is a byte before.
            [b'#', ..] if is_white_space_or_end(bytes.get(end - 1)) => return None,
            [] => return None,
            _ => end += 1,
        }
    }
    (!is_white_space_or_end(bytes.get(end - 1))).then_some(end)
}
