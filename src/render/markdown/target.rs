//! Destinations and titles of links.

use std::fmt::Write;

use super::escape::is_reference;
use crate::group::{Lanes, any, at_least, at_most, equal, equal_but, find};
use crate::render::escape::markup_or_quotes;

/// Adds what stands in parentheses after the text of a link to a [clean](crate::render::shown::clean) URL,
/// which [may be changed](may_be_changed) or not.
#[inline]
pub(super) fn push_target(out: &mut String, url: &str, is_changed: bool, title: Option<&str>) {
    out.push('(');
    if is_changed {
        push_changed(out, url);
    } else {
        out.push_str(url);
    }
    if let Some(title) = title {
        push_title(out, title);
    }
    out.push(')');
}

/// Whether something in a URL may have to be escaped, or it may need brackets around it. If not, as of nine
/// URLs in ten, it is clean.
#[inline]
pub(super) fn may_be_changed(url: &str) -> bool {
    url.is_empty() || any(url.as_bytes(), markup)
}

/// Marks the bytes of a URL that may have to be escaped, or need brackets around the URL.
#[inline]
fn markup(lanes: Lanes) -> Lanes {
    no_destination(lanes) | at_least(lanes, 0x80) | equal(lanes, b'&') | equal_but(lanes, b'|', b'\\' ^ b'|')
}

/// Marks the characters of ASCII that may not stand in a destination without brackets.
#[inline]
fn no_destination(lanes: Lanes) -> Lanes {
    let brackets = equal_but(lanes, b'>', b'<' ^ b'>') | equal_but(lanes, b')', b'(' ^ b')');
    blanks(lanes) | brackets
}

/// Marks the spaces and the control characters of ASCII.
#[inline]
fn blanks(lanes: Lanes) -> Lanes {
    at_most(lanes, b' ') | equal(lanes, 0x7f)
}

/// Adds a destination that is not copied as it is.
#[cold]
fn push_changed(out: &mut String, url: &str) {
    let is_cut = any(url.as_bytes(), no_destination);
    let is_plain = !is_cut
        && !url.is_empty()
        && (url.is_ascii() || !url.contains(|c: char| c.is_control() || c.is_whitespace()));
    if !is_plain {
        out.push('<');
    }
    push_escaped(out, url, b"<>");
    if !is_plain {
        out.push('>');
    }
}

/// Adds the title of a link, after a space.
#[cold]
fn push_title(out: &mut String, title: &str) {
    out.push_str(" \"");
    push_escaped(out, title, b"\"");
    out.push('"');
}

/// Whether the text of a link is its URL, in characters that nothing has to be done about.
#[inline]
pub(super) fn is_autolink(href: &str, text: &str) -> bool {
    text == href && is_plain_page(href)
}

/// Whether a URL is that of a page, and nothing has to be done about its characters.
fn is_plain_page(url: &str) -> bool {
    let is_plain = !any(url.as_bytes(), no_autolink)
        && (url.is_ascii() || !url.contains(|c: char| c.is_whitespace() || c.is_control()));
    is_plain && (url.starts_with("https://") || url.starts_with("http://"))
}

/// Marks the characters of ASCII that may not stand in a URL in angle brackets, or would be changed there.
#[inline]
fn no_autolink(lanes: Lanes) -> Lanes {
    let signs =
        equal_but(lanes, b'>', b'<' ^ b'>') | equal_but(lanes, b'|', b'\\' ^ b'|') | equal(lanes, b'`');
    blanks(lanes) | signs
}

/// Adds a text in which these ASCII characters are escaped.
fn push_escaped(out: &mut String, text: &str, special: &[u8]) {
    let bytes = text.as_bytes();
    let (mut written, mut seen) = (0, 0);
    while let Some(found) = find(&bytes[seen..], special_signs) {
        let index = seen + found;
        let byte = bytes[index];
        seen = index + 1;
        let is_escaped = match byte {
            b'\\' => true,
            b'&' => is_reference(&text[seen..]),
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
            written = seen;
            // Writing to a string does not fail.
            let _ = if byte == 0 { out.write_char('\u{fffd}') } else { write!(out, "&#{byte};") };
        }
    }
    out.push_str(&text[written..]);
}

/// Marks the bytes that may be written differently in a destination or a title.
#[inline]
fn special_signs(lanes: Lanes) -> Lanes {
    markup_or_quotes(lanes) | equal_but(lanes, b'|', b'\\' ^ b'|') | equal(lanes, 0x7f)
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
            push_target(&mut out, url, may_be_changed(url), None);
            let expected = format!("({expected})");
            assert_eq!(out, expected, "{url:?}");
        }
        let mut out = String::new();
        push_title(&mut out, "a \"b\" <c>\nd");
        assert_eq!(out, " \"a \\\"b\\\" <c>&#10;d\"");
    }
}
