//! Percent-encoding, of fragments, of the names of files in URLs, and of paths.

use std::borrow::Cow;
use std::fmt::Write;

/// The text without percent-encoding; the text itself if that would not be UTF-8.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (*first == b'%').then(|| byte_of(after)).flatten() {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The path as a reference to a URL: relative if the path is. Bytes that are not UTF-8 have escapes in the
/// text of a path, and are bytes again.
pub(super) fn url_of_path(path: &str) -> String {
    let mut url = String::new();
    if path.starts_with('/') {
        url.push_str("file://");
    } else if path.as_bytes().get(1) == Some(&b':')
        && path.as_bytes()[0].is_ascii_alphabetic()
        && cfg!(windows)
    {
        url.push_str("file:///");
    }
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let escaped =
            (*first == b'\\' && after.first() == Some(&b'x')).then(|| byte_of(&after[1..])).flatten();
        if let Some(byte) = escaped {
            push(&mut url, byte);
            rest = &after[3..];
        } else {
            push(&mut url, *first);
        }
    }
    url
}

/// Appends a byte of a path.
fn push(url: &mut String, byte: u8) {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
        url.push(char::from(byte));
    } else {
        // Writing to memory does not fail.
        let _ = write!(url, "%{byte:02X}");
    }
}

/// The byte that two hexadecimal digits at the beginning stand for.
fn byte_of(text: &[u8]) -> Option<u8> {
    let digits = text.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_decoded() {
        for (text, expected) in [
            ("a", "a"),
            ("%E8%8C%B6-%31", "茶-1"),
            ("100%", "100%"),
            ("%zz", "%zz"),
            ("%FF", "%FF"),
            ("%4", "%4"),
        ] {
            assert_eq!(decoded(text), expected);
        }
    }

    #[test]
    fn paths_are_urls() {
        for (path, expected) in [
            ("a/b c.md", "a/b%20c.md"),
            ("./茶.md", "./%E8%8C%B6.md"),
            ("/a/b:c.md", "file:///a/b%3Ac.md"),
            ("a:b.md", "a%3Ab.md"),
            (r"caf\xE9.md", "caf%E9.md"),
            (r"caf\x5CxE9.md", "caf%5CxE9.md"),
            (r"a\b.md", "a%5Cb.md"),
            ("-", "-"),
        ] {
            assert_eq!(url_of_path(path), expected);
        }
    }
}
