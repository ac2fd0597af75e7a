//! Tags in a Markdown text.

use memchr::{memchr2, memmem};

/// A tag, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawTag<'s> {
    pub(super) name: &'s str,
    pub(super) is_end: bool,
    /// What stands between the name and the end of the tag.
    pub(super) attributes: &'s str,
    /// The offset after the tag.
    pub(super) end: usize,
}

/// The longest tag, in bytes, so that many that are never closed cost little.
const LONGEST: usize = 4000;

/// The tag that begins at the `<` at `start`.
pub(super) fn tag(text: &str, start: usize) -> Option<RawTag<'_>> {
    let bytes = text.as_bytes();
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(is_end);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let name_end = name_start + bytes[name_start..].iter().take_while(|byte| is_name(byte)).count();
    if !matches!(bytes.get(name_end)?, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>') {
        return None;
    }
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().skip(name_end).take(LONGEST) {
        match (byte, quote) {
            (b'>', None) => {
                let (name, attributes) = (&text[name_start..name_end], &text[name_end..at]);
                return Some(RawTag { name, is_end, attributes, end: at + 1 });
            }
            (b'<', None) => return None,
            // A quotation mark elsewhere belongs to a name or to a value without quotation marks.
            (b'"' | b'\'', None) if text[..at].trim_ascii_end().ends_with('=') => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

impl RawTag<'_> {
    /// The value of `markdown`, in lower case or not: `1`, `block`, `span`, `0`.
    pub(super) fn markdown(&self) -> Option<&str> {
        let at = memmem::find(self.attributes.as_bytes(), b"markdown")?;
        let (before, rest) = (&self.attributes[..at], &self.attributes[at + "markdown".len()..]);
        if !before.ends_with(|c: char| c.is_ascii_whitespace()) {
            return None;
        }
        let rest = rest.trim_start();
        let Some(value) = rest.strip_prefix('=') else { return Some("1") };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        Some(
            value
                .split(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/'))
                .next()
                .unwrap_or(""),
        )
    }

    /// Whether Markdown is read inside.
    pub(super) fn reads_markdown(&self) -> bool {
        !self.is_end && self.markdown().is_some_and(|value| matches!(value, "1" | "block" | "span" | "true"))
    }
}

/// The offset of the end tag `</name`, in any case, at `start` or after.
pub(super) fn end_tag(text: &str, start: usize, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memmem::find_iter(&bytes[start..], b"</").map(|at| start + at).find(|at| {
        let (from, to) = (at + 2, at + 2 + name.len());
        bytes.get(from..to).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(to).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
    })
}

/// The offset after the line that holds `at`, without its line feed.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length)
}

/// The offset of the next `<` or line feed.
pub(super) fn next_stop(text: &str, at: usize) -> Option<usize> {
    memchr2(b'<', b'\n', &text.as_bytes()[at..]).map(|length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_after_their_quotes() {
        let text = "a <div title=\"a>b\" x='>'>c</DIV>";
        let start = tag(text, 2).unwrap();
        assert_eq!((start.name, start.is_end, start.end), ("div", false, 25));
        let end = tag(text, 26).unwrap();
        assert_eq!((end.name, end.is_end, end.end), ("DIV", true, text.len()));
        for text in ["<3", "<https://a>", "<a@b>", "<a", "<a <b>", "< a>"] {
            assert_eq!(tag(text, 0), None, "{text}");
        }
        assert_eq!(tag("<p it's>", 0).unwrap().end, 8);
    }

    #[test]
    fn markdown_is_asked_for() {
        for text in
            ["<div markdown=\"1\">", "<div markdown=1>", "<p class='a' markdown='span'/>", "<div markdown>"]
        {
            assert!(tag(text, 0).unwrap().reads_markdown(), "{text}");
        }
        for text in ["<div markdown=\"0\">", "<div data-markdown=1>", "<div>"] {
            assert!(!tag(text, 0).unwrap().reads_markdown(), "{text}");
        }
    }

    #[test]
    fn end_tags_are_found_in_any_case() {
        assert_eq!(end_tag("<pre></prefix></PRE >", 0, "pre"), Some(14));
        assert_eq!(end_tag("</script", 0, "script"), Some(0));
        assert_eq!(end_tag("</s", 0, "script"), None);
    }
}
