//! Destinations and titles of links.

use std::fmt::Write;

use super::escape::is_reference;

/// Adds the destination of a link.
pub(super) fn push_destination(out: &mut String, url: &str) {
    // As most URLs are.
    if !url.is_empty() && url.bytes().all(|byte| IS_COPIED[usize::from(byte)]) {
        out.push_str(url);
        return;
    }
    let is_plain = !url.is_empty()
        && !url.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')'));
    if !is_plain {
        out.push('<');
    }
    push_escaped(out, url, b"<>");
    if !is_plain {
        out.push('>');
    }
}

/// For each byte, whether it is a character of ASCII that is never escaped in a URL, and needs no brackets
/// around the URL.
static IS_COPIED: [bool; 256] = {
    let mut is_copied = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        is_copied[byte as usize] = !matches!(byte, b'&' | b'(' | b')' | b'<' | b'>' | b'\\' | b'|');
        byte += 1;
    }
    is_copied
};

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
