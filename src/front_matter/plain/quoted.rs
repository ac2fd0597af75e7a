//! Scalars in quotes, of one line or several: from a text like `"Tea" # comment` to the scalar and the rest.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

use super::line::{add_feeds, after_break, fold, refuse_marker, trim_end, trim_start};
use crate::engine::Decline;

/// A scalar in double quotes, like `"a \"b\""`. The rest begins after the closing quote.
///
/// Declines a scalar that does not end, and an escape that YAML does not know.
pub(super) fn double_quoted(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let mut rest = &text[1..];
    let mut decoded = String::new();
    loop {
        let at = memchr3(b'"', b'\\', b'\n', rest.as_bytes()).ok_or(Decline::OpenQuote)?;
        let (part, after) = (&rest[..at], &rest[at + 1..]);
        match rest.as_bytes()[at] {
            b'"' => return Ok((ended(decoded, part), after)),
            b'\\' => {
                decoded.push_str(part);
                if let Some(line) = after_break(after) {
                    // Nothing remains of an escaped line break and of the white space after it.
                    let (blank_lines, after) = line_content(line)?;
                    add_feeds(&mut decoded, blank_lines);
                    rest = after;
                } else {
                    let (char, after) = escape(after)?;
                    decoded.push(char);
                    rest = after;
                }
            }
            _ => rest = folded(&mut decoded, part, after)?,
        }
    }
}

/// Adds the last part of a line to what was decoded, and what remains of the line break after it. The rest
/// begins with the content of the next line.
fn folded<'a>(decoded: &mut String, part: &str, next_line: &'a str) -> Result<&'a str, Decline> {
    decoded.push_str(trim_end(part));
    let (blank_lines, rest) = line_content(next_line)?;
    fold(decoded, blank_lines);
    Ok(rest)
}

/// Passes over empty lines, and over the white space at the start of the line after them. Gives the number of
/// empty lines.
fn line_content(mut line: &str) -> Result<(usize, &str), Decline> {
    let mut blank_lines = 0;
    loop {
        let content = trim_start(line);
        let Some(next) = after_break(content) else {
            refuse_marker(line)?;
            return Ok((blank_lines, content));
        };
        line = next;
        blank_lines += 1;
    }
}

/// The decoded parts of a quoted scalar, and its last part, which is the whole scalar if nothing was decoded.
fn ended(mut decoded: String, part: &str) -> Cow<'_, str> {
    if decoded.is_empty() {
        return Cow::Borrowed(part);
    }
    decoded.push_str(part);
    Cow::Owned(decoded)
}

/// The character of an escape like `n` or `x4f`, which begins after its backslash. The rest begins after the
/// escape.
///
/// Declines an escape that YAML does not know.
fn escape(text: &str) -> Result<(char, &str), Decline> {
    let name = text.chars().next().ok_or(Decline::OpenQuote)?;
    let rest = &text[name.len_utf8()..];
    let char = match name {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => name,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return code_point(rest, 2),
        'u' => return code_point(rest, 4),
        'U' => return code_point(rest, 8),
        _ => return Err(Decline::Escape),
    };
    Ok((char, rest))
}

/// The character of a number of `length` hexadecimal digits, like `4f`. The rest begins after the digits.
///
/// Declines anything but these digits, and a number that is not that of a character.
fn code_point(text: &str, length: usize) -> Result<(char, &str), Decline> {
    let digits = text.get(..length).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let char = code.and_then(char::from_u32).ok_or(Decline::Escape)?;
    Ok((char, &text[length..]))
}

/// A scalar in single quotes, like `'it''s'`. The rest begins after the closing quote.
///
/// Declines a scalar that does not end.
pub(super) fn single_quoted(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let mut rest = &text[1..];
    let mut decoded = String::new();
    loop {
        let at = memchr2(b'\'', b'\n', rest.as_bytes()).ok_or(Decline::OpenQuote)?;
        let (part, after) = (&rest[..at], &rest[at + 1..]);
        if rest.as_bytes()[at] == b'\n' {
            rest = folded(&mut decoded, part, after)?;
        } else if let Some(after) = after.strip_prefix('\'') {
            decoded.push_str(&rest[..=at]);
            rest = after;
        } else {
            return Ok((ended(decoded, part), after));
        }
    }
}
