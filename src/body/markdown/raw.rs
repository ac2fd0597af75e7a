//! HTML in a Markdown text, which is HTML of the article.

use std::ops::Range;

use memchr::memchr_iter;

use super::output::Output;

/// The longest address between angle brackets, in bytes, so that many that are never closed cost little.
const LONGEST: usize = 2000;

/// Copies HTML that stands in the Markdown at `origin`, if that is known. `<https://…>` is text: HTML would
/// read it as a tag, which shows nothing.
pub(super) fn copy(out: &mut Output, html: &str, origin: Option<usize>) {
    let mut copied = 0;
    for at in memchr_iter(b'<', html.as_bytes()) {
        if is_address(&html[at + 1..]) {
            out.copy(&html[copied..at], origin.map(|origin| origin + copied));
            out.html("&lt;");
            copied = at + 1;
        }
    }
    out.copy(&html[copied..], origin.map(|origin| origin + copied));
}

/// The same for HTML in an item, whose lines are indented like the first one. A `pre` would show that.
pub(super) fn copy_from_item(out: &mut Output, text: &str, range: Range<usize>) {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let (_, width) = indentation(&text[line_start..range.start], usize::MAX);
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        let length = if at == range.start { 0 } else { indentation(line, width).0 };
        copy(out, &line[length..], Some(at + length));
        at += line.len();
    }
}

/// The length of the white space at the start of the line, and its width. It goes no further than `limit`
/// columns.
fn indentation(line: &str, limit: usize) -> (usize, usize) {
    let (mut length, mut width) = (0, 0);
    for byte in line.bytes() {
        match byte {
            _ if width >= limit => break,
            b' ' => width += 1,
            b'\t' => width += 4 - width % 4,
            _ => break,
        }
        length += 1;
    }
    (length, width)
}

/// Whether a text begins with an address and `>`: a URL with `://`, or an e-mail address.
fn is_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'"');
    let Some(end) = bytes.iter().take(LONGEST).position(is_end).filter(|end| bytes[*end] == b'>') else {
        return false;
    };
    let address = &text[..end];
    let is_word = |text: &str, signs: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || signs.contains(c))
    };
    let address = address.strip_prefix("mailto:").unwrap_or(address);
    let is_url = address.split_once("://").is_some_and(|(scheme, _)| is_word(scheme, "+.-"));
    is_url || address.split_once('@').is_some_and(|(name, host)| is_word(name, "._+-") && is_word(host, ".-"))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_no_tags() {
        for text in ["https://a.b/c?d=e>", "ftp://a>", "a.b+c@d.org>f", "mailto:a@b.org>", "http://ä.org/>"]
        {
            assert!(is_address(text), "{text}");
        }
        for text in
            ["a>", "fb:like>", "https://a b>", "https://a", "a@>", "a href=\"b@c\">", "/a>", "a:b@c>", ""]
        {
            assert!(!is_address(text), "{text}");
        }
    }
}
