//! Scalars: plain ones of one line and of several, and which of all scalars are texts.

use std::borrow::Cow;

use super::line::{after_break, fold, is_white_space_or_end, spaces, table_of, trim_end};
use super::quoted::{double_quoted, single_quoted};
use crate::bytes::{Word, position};
use crate::engine::Decline;
use crate::front_matter::entry::Node;
use crate::post::Value;

/// From here on a float may be an integer of many digits.
const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

/// How many digits always fit into an `i64`.
const SAFE_DIGITS: usize = 18;

/// A value that is a text: `Tea`, `"Tea"` or `'Tea'`. The rest begins after the text or its closing quote.
/// `indent` is the column of the key or of the list marker: a plain scalar goes on over the lines that are
/// indented more.
///
/// `None` if the value is something else. Declines a quote that is not closed, and a colon that makes a
/// mapping.
#[inline]
pub(super) fn text_value(text: &str, indent: usize) -> Result<Option<(Cow<'_, str>, &str)>, Decline> {
    Ok(Some(match text.as_bytes() {
        [b'"', ..] => double_quoted(text)?,
        [b'\'', ..] => single_quoted(text)?,
        bytes if starts_plain(bytes) => {
            let (value, rest) = plain_line(text)?;
            if let Some(continuation) = continuation(rest, indent)? {
                return folded(value, continuation, indent).map(Some);
            }
            if resolved(value)?.is_some() {
                return Ok(None);
            }
            (Cow::Borrowed(value), &text[value.len()..])
        }
        // The tag that means "a text", which Ruby wrote before all that has quotes.
        [b'!', b' ', b'"', ..] => double_quoted(&text[2..])?,
        [b'!', b' ', b'\'', ..] => single_quoted(&text[2..])?,
        _ => return Ok(None),
    }))
}

/// What a plain scalar has on one line, like the `Tea` of `Tea  # comment`. The rest begins at the end of the
/// line or at the comment.
///
/// Declines a colon that white space follows.
pub(super) fn plain_line(text: &str) -> Result<(&str, &str), Decline> {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        end += line_part(&bytes[end..]);
        match bytes.get(end) {
            Some(b':') if is_white_space_or_end(bytes.get(end + 1)) => return Err(Decline::ColonInValue),
            // A plain scalar does not begin with `#`, so that there is a byte before.
            Some(b'#') if is_white_space_or_end(bytes.get(end - 1)) => break,
            Some(b':' | b'#') => end += 1,
            _ => break,
        }
    }
    Ok((trim_end(&text[..end]), &text[end..]))
}

/// A line on which a plain scalar goes on.
struct Continuation<'a> {
    /// How many empty lines come before it.
    blank_lines: usize,
    /// Begins after the white space at the start of the line.
    text: &'a str,
}

/// The line on which a plain scalar goes on, if it does. `rest` begins where it ends on the line above.
#[inline]
fn continuation(rest: &str, indent: usize) -> Result<Option<Continuation<'_>>, Decline> {
    match rest.as_bytes() {
        [b'\n', b' ' | b'\t' | b'\n' | b'\r', ..] => continuation_below(&rest[1..], indent),
        _ => Ok(None),
    }
}

/// The same from the start of the next line on.
///
/// Declines a tab at the start of a line.
fn continuation_below(mut text: &str, indent: usize) -> Result<Option<Continuation<'_>>, Decline> {
    let mut blank_lines = 0;
    loop {
        let column = spaces(text);
        let content = &text[column..];
        if let Some(next) = after_break(content) {
            text = next;
            blank_lines += 1;
            continue;
        }
        return match content.as_bytes() {
            [b'\t', ..] => Err(Decline::Indentation),
            [] | [b'#', ..] => Ok(None),
            _ if column <= indent => Ok(None),
            _ => Ok(Some(Continuation { blank_lines, text: content })),
        };
    }
}

/// A plain scalar of several lines. The rest begins after its last line.
///
/// Such a scalar holds white space, and resolves to nothing but a text.
fn folded<'a>(
    first_line: &str,
    mut line: Continuation<'a>,
    indent: usize,
) -> Result<(Cow<'a, str>, &'a str), Decline> {
    let mut decoded = first_line.to_owned();
    loop {
        fold(&mut decoded, line.blank_lines);
        let (part, rest) = plain_line(line.text)?;
        decoded.push_str(part);
        match continuation(rest, indent)? {
            Some(next) => line = next,
            None => return Ok((Cow::Owned(decoded), &line.text[part.len()..])),
        }
    }
}

/// The number of bytes before the next colon, `#` or line feed.
#[inline]
pub(super) fn line_part(bytes: &[u8]) -> usize {
    let in_word = |word: Word| word.equal(b':').or(word.equal(b'#')).or(word.equal(b'\n'));
    position(bytes, in_word, |byte| matches!(byte, b':' | b'#' | b'\n')).unwrap_or(bytes.len())
}

/// A plain scalar, resolved as the reference does it.
pub(super) fn plain_scalar(text: &str, keeps_text: bool) -> Result<Node<'_>, Decline> {
    let value = resolved(text)?;
    let text = Cow::Borrowed(text);
    Ok(match value {
        None => Node::Text(text),
        Some(Value::Null) => Node::Null,
        Some(value) if keeps_text => Node::Literal { text, value },
        Some(value) => Node::Resolved(value),
    })
}

/// What a plain scalar resolves to, if that is not a text.
///
/// Declines a number that only the reference can read.
#[inline]
pub(super) fn resolved(text: &str) -> Result<Option<Value<'static>>, Decline> {
    Ok(match text.as_bytes() {
        // A date.
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', ..] => None,
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => number(text)?,
        [b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F', ..] => match text {
            "~" | "null" | "Null" | "NULL" => Some(Value::Null),
            "true" | "True" | "TRUE" => Some(Value::Bool(true)),
            "false" | "False" | "FALSE" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    })
}

/// Whether a plain scalar that begins with this byte may resolve to something other than a text.
#[inline]
pub(super) fn begins_resolved(byte: u8) -> bool {
    RESOLVED[usize::from(byte)]
}

const RESOLVED: [bool; 256] = table_of(b"0123456789+-.~nNtTfF");

/// The number that a plain scalar stands for. `None` for anything else, and for infinity and "not a number",
/// which are texts to the reference.
///
/// Declines a number that is not decimal or has too many digits.
fn number(text: &str) -> Result<Option<Value<'static>>, Decline> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text).as_bytes();
    if let [b'0', b'x' | b'o' | b'b', ..] = unsigned {
        return Err(Decline::Number);
    }
    let digits = unsigned.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match unsigned.get(digits) {
        // YAML 1.1 had octal numbers with leading zeros; 1.2 makes them texts.
        None if digits > 1 && unsigned[0] == b'0' => return Ok(None),
        None if digits > SAFE_DIGITS => return Err(Decline::Number),
        None => return Ok(text.parse().ok().map(Value::Integer)),
        Some(b'.' | b'e' | b'E') => {}
        // A date, for one. Rust would read `-inf` and `+nan`, and `-5` in `+-5`.
        Some(_) => return Ok(None),
    }
    let unpositive = text.strip_prefix('+').unwrap_or(text);
    match unpositive.parse::<f64>() {
        Ok(float) if !float.is_finite() => Ok(None),
        Ok(float) if float.abs() >= TWO_TO_THE_63 => Err(Decline::Number),
        Ok(float) => Ok(Some(Value::Float(float))),
        Err(_) => Ok(None),
    }
}

/// Whether a plain scalar can begin with these bytes, in a list or outside.
pub(super) fn starts_plain(bytes: &[u8]) -> bool {
    match bytes {
        [b'-', next, ..] => next.is_ascii_alphanumeric() || *next == b'.',
        [first, ..] => !INDICATORS[usize::from(*first)],
        [] => false,
    }
}

/// The bytes that a plain scalar cannot begin with.
const INDICATORS: [bool; 256] = table_of(b"-?:,[]{}#&*!|>'\"%@` \t\r\n");
