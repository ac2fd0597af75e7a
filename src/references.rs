//! Character references, as the HTML standard decodes them (13.2.5.72 and after): from `&amp;` to `&`. A body
//! has them, and so have metadata that were scraped from a page.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

use crate::bytes::position;

/// What a reference stands for.
pub(crate) struct Reference {
    /// The bytes of the reference with its ampersand.
    pub(crate) length: usize,
    pub(crate) text: Decoded,
}

/// One or two characters.
pub(crate) enum Decoded {
    Known(&'static str),
    Chars(char, Option<char>),
}

impl Decoded {
    pub(crate) fn push_to(&self, out: &mut String) {
        match *self {
            Self::Known(text) => out.push_str(text),
            Self::Chars(first, second) => {
                out.push(first);
                out.extend(second);
            }
        }
    }

    pub(crate) fn is_line_feed(&self) -> bool {
        matches!(self, Self::Known("\n") | Self::Chars('\n', None))
    }
}

/// What a name with its semicolon stands for, if it is one of those that make up nearly all in real posts.
fn common(name: &[u8]) -> Option<&'static str> {
    Some(match name {
        b"amp;" => "&",
        b"bull;" => "•",
        b"copy;" => "©",
        b"eacute;" => "é",
        b"gt;" => ">",
        b"hellip;" => "…",
        b"laquo;" => "«",
        b"ldquo;" => "“",
        b"lsquo;" => "‘",
        b"lt;" => "<",
        b"mdash;" => "—",
        b"middot;" => "·",
        b"nbsp;" => "\u{a0}",
        b"ndash;" => "–",
        b"quot;" => "\"",
        b"raquo;" => "»",
        b"rdquo;" => "”",
        b"rsquo;" => "’",
        b"times;" => "×",
        _ => return None,
    })
}

/// The longest of these names, in bytes.
const LONGEST_COMMON: usize = 7;

/// The reference at the beginning of `text`, whose first byte is the ampersand. `None` if it stands for
/// itself.
pub(crate) fn decode(text: &str, in_attribute: bool) -> Option<Reference> {
    let rest = &text[1..];
    match rest.as_bytes().first()? {
        b'#' => numeric(&rest[1..])
            .map(|(length, c)| Reference { length: 2 + length, text: Decoded::Chars(c, None) }),
        byte if byte.is_ascii_alphanumeric() => named(rest, in_attribute),
        _ => None,
    }
}

/// An attribute's value with its references decoded.
pub(crate) fn decode_attribute(value: &str) -> Cow<'_, str> {
    decode_each(value, |text| decode(text, true))
}

/// The same for a value in which all ampersands are written `&amp;`; `None` for another one.
pub(crate) fn decode_ampersands(value: &str) -> Option<Cow<'_, str>> {
    let Some(first) = find_ampersand(value) else { return Some(Cow::Borrowed(value)) };
    let (before, rest) = value.split_at(first + 1);
    let mut rest = rest.strip_prefix("amp;")?;
    let mut decoded = String::with_capacity(value.len());
    decoded.push_str(before);
    while let Some(next) = find_ampersand(rest) {
        let (before, after) = rest.split_at(next + 1);
        decoded.push_str(before);
        rest = after.strip_prefix("amp;")?;
    }
    decoded.push_str(rest);
    Some(Cow::Owned(decoded))
}

/// The position of the first ampersand in a text.
#[inline]
fn find_ampersand(text: &str) -> Option<usize> {
    // What comes after a first one is short.
    const SHORT: usize = 32;
    let bytes = text.as_bytes();
    if bytes.len() > SHORT {
        memchr(b'&', bytes)
    } else {
        position(bytes, |word| word.equal(b'&'), |byte| byte == b'&')
    }
}

/// A text with those of its references decoded that end with a semicolon: a text in which most ampersands are
/// meant as such, like `Q&A &amp; more`.
pub(crate) fn decode_closed(text: &str) -> Cow<'_, str> {
    let is_closed = |text: &str, reference: &Reference| text.as_bytes()[reference.length - 1] == b';';
    decode_each(text, |text| decode(text, false).filter(|reference| is_closed(text, reference)))
}

/// A text with the references decoded that `decode` finds at its ampersands.
fn decode_each(text: &str, decode: impl Fn(&str) -> Option<Reference>) -> Cow<'_, str> {
    let mut decoded = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = find_ampersand(&text[at..]) {
        let ampersand = at + found;
        at = ampersand + 1;
        if text[at..].starts_with("amp;") {
            // Nearly all of those in URLs: the ampersand itself is copied.
            if copied == 0 {
                decoded = String::with_capacity(text.len());
            }
            decoded.push_str(&text[copied..at]);
            at += "amp;".len();
            copied = at;
        } else if let Some(reference) = decode(&text[ampersand..]) {
            if copied == 0 {
                decoded = String::with_capacity(text.len());
            }
            decoded.push_str(&text[copied..ampersand]);
            reference.text.push_to(&mut decoded);
            at = ampersand + reference.length;
            copied = at;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    decoded.push_str(&text[copied..]);
    Cow::Owned(decoded)
}

/// The reference whose name begins `rest`: the longest one that is known.
fn named(rest: &str, in_attribute: bool) -> Option<Reference> {
    if in_attribute && is_before_equals(rest.as_bytes()) {
        return None;
    }
    let start = &rest.as_bytes()[..rest.len().min(LONGEST_COMMON)];
    if let Some(semicolon) = start.iter().position(|byte| *byte == b';') {
        if let Some(text) = common(&start[..=semicolon]) {
            return Some(Reference { length: 2 + semicolon, text: Decoded::Known(text) });
        }
    }
    // The table has all beginnings of names, with zeros, so that the first that it has not ends the search.
    let mut longest = None;
    for length in 1..=rest.len() {
        let Some(name) = rest.get(..length) else { break };
        match NAMED_ENTITIES.get(name) {
            None => break,
            Some(&(0, _)) => {}
            Some(&chars) => longest = Some((length, chars)),
        }
    }
    let (length, (first, second)) = longest?;
    let next = rest.as_bytes().get(length);
    let is_legacy = !rest[..length].ends_with(';');
    if in_attribute && is_legacy && next.is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric()) {
        return None;
    }
    let second = char::from_u32(second).filter(|c| *c != '\0');
    Some(Reference { length: 1 + length, text: Decoded::Chars(char::from_u32(first)?, second) })
}

/// Whether the letters and digits that a text begins with end at an equals sign. After an ampersand in an
/// attribute, they are the name of a parameter of a URL, and no reference.
fn is_before_equals(text: &[u8]) -> bool {
    text.iter().find(|byte| !byte.is_ascii_alphanumeric()) == Some(&b'=')
}

/// The number after `&#`: how long it is, with its semicolon, and the character.
fn numeric(rest: &str) -> Option<(usize, char)> {
    let (marker, radix) = if rest.starts_with(['x', 'X']) { (1, 16) } else { (0, 10) };
    let digits = rest[marker..].bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let end = marker + digits;
    // A number that does not fit its type is out of range, too.
    let number = u32::from_str_radix(&rest[marker..end], radix).unwrap_or(u32::MAX);
    let length = end + usize::from(rest[end..].starts_with(';'));
    Some((length, character(number)))
}

/// What the byte with the number of this C1 control is in windows-1252, if it is anything there.
pub(crate) fn windows_1252(control: char) -> Option<char> {
    c1_replacement(control.into())
}

fn c1_replacement(number: u32) -> Option<char> {
    number.checked_sub(0x80).and_then(|index| C1_REPLACEMENTS.get(index as usize).copied().flatten())
}

fn character(number: u32) -> char {
    match (number, c1_replacement(number)) {
        (0, _) => '\u{fffd}',
        (_, Some(replacement)) => replacement,
        (number, None) => char::from_u32(number).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_references_are_those_of_the_table() {
        let mut found = 0;
        for (name, &(first, second)) in NAMED_ENTITIES.entries() {
            let Some(text) = common(name.as_bytes()) else { continue };
            assert!(name.len() <= LONGEST_COMMON, "{name}");
            let expected: String =
                [first, second].map(char::from_u32).into_iter().flatten().filter(|c| *c != '\0').collect();
            assert_eq!(text, expected, "{name}");
            found += 1;
        }
        assert_eq!(found, 19);
    }

    #[test]
    fn references_in_attributes() {
        for (value, decoded) in [
            ("a&amp;b", "a&b"),
            ("&amp;nbsp;", "&nbsp;"),
            ("&copy;&copy &copyx &copy=", "©© &copyx &copy="),
            ("&notit;&times=&notin;", "&notit;&times=∉"),
            ("&#0;&#x80;&#xD800;&#38;&#1114112;&#99999999999", "\u{fffd}€\u{fffd}&\u{fffd}\u{fffd}"),
            ("&#;&#x;&;& &", "&#;&#x;&;& &"),
            ("&NotEqualTilde;&中", "≂\u{338}&中"),
            ("&nosuch;&AMP&Gt;", "&nosuch;&≫"),
            ("?a=1&lt=2&copy2=&amp=&lt;=&gt&w=", "?a=1&lt=2&copy2=&amp=<=>&w="),
        ] {
            assert_eq!(decode_attribute(value), decoded);
        }
    }

    #[test]
    fn references_with_a_semicolon() {
        for (text, decoded) in [
            ("Tea &amp; water", "Tea & water"),
            ("&#38;&#x26;&#X26;", "&&&"),
            ("&amp;lt;", "&lt;"),
            ("Q&A, R&amp, &copy 2, &#38 &notit; &nosuch;", "Q&A, R&amp, &copy 2, &#38 &notit; &nosuch;"),
            ("&copy &copy;", "&copy ©"),
            ("&", "&"),
            ("茶&nbsp;水&hellip;", "茶\u{a0}水…"),
        ] {
            assert_eq!(decode_closed(text), decoded);
        }
        assert!(matches!(decode_closed("Q&A &copy"), Cow::Borrowed(_)));
    }
}
