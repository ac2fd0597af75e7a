//! Scalars in quotes, on one line.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

use crate::engine::Decline;

/// A scalar in double quotes, and what follows it.
pub(super) fn double_quoted(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let mut rest = &text[1..];
    let mut decoded = String::new();
    loop {
        let at = memchr3(b'"', b'\\', b'\n', rest.as_bytes()).ok_or(Decline::OpenQuote)?;
        let (part, behind) = (&rest[..at], &rest[at + 1..]);
        match rest.as_bytes()[at] {
            b'"' => return Ok((ended(decoded, part), behind)),
            b'\\' => {
                decoded.push_str(part);
                let (char, behind) = escape(behind)?;
                decoded.push(char);
                rest = behind;
            }
            _ => return Err(Decline::OpenQuote),
        }
    }
}

/// What was decoded, and the last part of a quoted scalar. An escape decodes to a character, so that without one the
/// last part is the whole.
fn ended(mut decoded: String, part: &str) -> Cow<'_, str> {
    if decoded.is_empty() {
        return Cow::Borrowed(part);
    }
    decoded.push_str(part);
    Cow::Owned(decoded)
}

/// The character that an escape stands for whose backslash is taken off, and what follows it.
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
        '\n' | '\r' => return Err(Decline::OpenQuote),
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

/// The character of a number of so many hexadecimal digits, and what follows it.
fn code_point(text: &str, length: usize) -> Result<(char, &str), Decline> {
    let digits = text.get(..length).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let char = code.and_then(char::from_u32).ok_or(Decline::Escape)?;
    Ok((char, &text[length..]))
}

/// A scalar in single quotes, and what follows it.
pub(super) fn single_quoted(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let mut rest = &text[1..];
    let mut decoded = String::new();
    loop {
        let at = memchr2(b'\'', b'\n', rest.as_bytes()).ok_or(Decline::OpenQuote)?;
        if rest.as_bytes()[at] == b'\n' {
            return Err(Decline::OpenQuote);
        }
        let (part, behind) = (&rest[..at], &rest[at + 1..]);
        if let Some(behind) = behind.strip_prefix('\'') {
            decoded.push_str(&rest[..=at]);
            rest = behind;
        } else {
            return Ok((ended(decoded, part), behind));
        }
    }
}
