//! Destinations and titles of links.

use std::fmt::Write;

use super::escape::is_reference;
use crate::bytes::any;

/// Adds the destination of a link.
pub(super) fn push_destination(out: &mut String, url: &str) {
    let needs_brackets = |byte: u8| byte <= b' ' || byte == 0x7f || byte | 1 == b')' || byte | 2 == b'>';
    let is_plain = !url.is_empty()
        && !any(url.as_bytes(), needs_brackets)
        && (url.is_ascii() || !url.contains(|c: char| c.is_control() || c.is_whitespace()));
    if is_plain && !any(url.as_bytes(), |byte| byte | 0x20 == b'|' || byte == b'&') {
        // As most URLs are.
        out.push_str(url);
        return;
    }
    if !is_plain {
        out.push('<');
    }
    push_escaped(out, url, b"<>");
    if !is_plain {
        out.push('>');
    }
}

/// Adds the title of a link.
pub(super) fn push_title(out: &mut String, title: &str) {
    out.push('"');
    push_escaped(out, title, b"\"");
    out.push('"');
}

/// Adds a text in which these ASCII characters are escaped.
fn push_escaped(out: &mut String, text: &str, special: &[u8]) {
    let mut written = 0;
    for (index, byte) in text.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
            continue;
        }
        let is_escaped = match byte {
            b'\\' => true,
            b'&' => is_reference(&text[index + 1..]),
            _ => special.contains(&byte),
        };
        // A `|` may be in a cell.
        let is_replaced = byte.is_ascii_control() || byte == b'|';
        if is_escaped || is_replaced {
            out.push_str(&text[written..index]);
            written = index;
        }
        if is_escaped {
            out.push('\\');
        } else if is_replaced {
            written += 1;
            // Writing to a string does not fail.
            let _ = if byte == 0 { out.write_char('\u{fffd}') } else { write!(out, "&#{byte};") };
        }
    }
    out.push_str(&text[written..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_and_titles_end_where_they_should() {
        for (url, expected) in [
            ("/a", "/a"),
            ("", "<>"),
            ("a b", "<a b>"),
            ("a(b)", "<a(b)>"),
            ("a<b>", "<a\\<b\\>>"),
            ("a\\b|c", "a\\\\b&#124;c"),
            ("?a&amp;b&c", "?a\\&amp;b&c"),
            ("a\u{1}\0", "<a&#1;\u{fffd}>"),
        ] {
            let mut out = String::new();
            push_destination(&mut out, url);
            assert_eq!(out, expected, "{url:?}");
        }
        let mut out = String::new();
        push_title(&mut out, "a \"b\" <c>\nd");
        assert_eq!(out, "\"a \\\"b\\\" <c>&#10;d\"");
    }
}
