//! Tags in the source: their names, their attributes and their ends, as the HTML tokenizer finds them.

use memchr::memchr;

/// A tag in the source.
pub(super) struct SourceTag<'a> {
    /// The name, in the letters of the source.
    pub(super) name: &'a str,
    /// What stands between the name and the `>`.
    pub(super) attributes: &'a str,
    /// The bytes from the name on, with the `>`.
    pub(super) length: usize,
    /// Whether there is a `>`. A tag that the input ends in is none.
    pub(super) is_closed: bool,
}

impl<'a> SourceTag<'a> {
    /// Reads a tag from its name on, to its `>` or the end of the input.
    ///
    /// A `>` in a quoted value does not end a tag; one anywhere else does.
    pub(super) fn read(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let end_of_name = end_of_name(bytes);
        let mut at = end_of_name;
        loop {
            at = start_of_attribute(bytes, at);
            let is_closed = match bytes.get(at) {
                Some(b'>') => true,
                None => false,
                Some(_) => {
                    at = AttributeEnds::find(bytes, at).end;
                    continue;
                }
            };
            let (name, attributes) = (&text[..end_of_name], &text[end_of_name..at]);
            return Self { name, attributes, length: at + usize::from(is_closed), is_closed };
        }
    }

    /// Whether the tag has more attributes than this.
    pub(super) fn is_wider_than(&self, limit: usize) -> bool {
        // Most need not be counted: an attribute is a separator and a letter at least.
        self.attributes.len() / 2 > limit && attributes(self.attributes).nth(limit).is_some()
    }
}

/// Where the name that a tag begins with ends.
fn end_of_name(bytes: &[u8]) -> usize {
    position(bytes, 0, |byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

/// An attribute in the source: its name in the letters of the source, its value with the references in it.
pub(super) struct SourceAttribute<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

/// The attributes between a tag's name and its `>`, those with the name of an earlier one too.
pub(super) fn attributes(source: &str) -> impl Iterator<Item = SourceAttribute<'_>> {
    let bytes = source.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = start_of_attribute(bytes, at);
        if start >= bytes.len() {
            return None;
        }
        let ends = AttributeEnds::find(bytes, start);
        at = ends.end;
        let (value_start, value_end) = ends.value;
        Some(SourceAttribute { name: &source[start..ends.name], value: &source[value_start..value_end] })
    })
}

/// Where the next attribute begins, or the `>`.
fn start_of_attribute(bytes: &[u8], at: usize) -> usize {
    position(bytes, at, |byte| !is_space(byte) && byte != b'/')
}

/// The places at which the parts of an attribute end.
struct AttributeEnds {
    name: usize,
    /// The value without its quotes.
    value: (usize, usize),
    end: usize,
}

impl AttributeEnds {
    fn find(bytes: &[u8], start: usize) -> Self {
        // An equals sign that stands first belongs to the name.
        let name = position(bytes, start + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let sign =
            if bytes.get(name) == Some(&b'=') { name } else { position(bytes, name, |byte| !is_space(byte)) };
        if bytes.get(sign) != Some(&b'=') {
            return Self { name, value: (name, name), end: name };
        }
        let value = position(bytes, sign + 1, |byte| !is_space(byte));
        if let Some(&quote @ (b'"' | b'\'')) = bytes.get(value) {
            let inside = value + 1;
            return match memchr(quote, &bytes[inside..]) {
                Some(length) => Self { name, value: (inside, inside + length), end: inside + length + 1 },
                None => Self { name, value: (inside, bytes.len()), end: bytes.len() },
            };
        }
        let end = position(bytes, value, |byte| is_space(byte) || byte == b'>');
        Self { name, value: (value, end), end }
    }
}

/// The length of a comment behind its `<!--`, with what closes it. `None` if nothing does.
pub(super) fn comment_length(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'>', bytes)
        .find(|&at| {
            let comment = &bytes[..at];
            // `<!-->` and `<!--->` are whole.
            matches!(comment, b"" | b"-") || comment.ends_with(b"--") || comment.ends_with(b"--!")
        })
        .map(|at| at + 1)
}

/// Whether the text begins with the name of a tag that is this one.
pub(super) fn is_named(text: &[u8], name: &[u8]) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && text.get(name.len()).is_none_or(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

/// The length of the text behind the start tag of an element (other than a script) whose content is text whatever
/// it looks like: up to the end tag with the same name, or to the end of the input.
pub(super) fn raw_text_length(name: &[u8], text: &[u8]) -> usize {
    memchr::memmem::find_iter(text, "</").find(|&at| is_named(&text[at + 2..], name)).unwrap_or(text.len())
}

/// The length of what HTML takes for a comment, up to and with the first `>`.
pub(super) fn bogus_comment_length(text: &[u8]) -> usize {
    memchr(b'>', text).map_or(text.len(), |end| end + 1)
}

/// The first position from `start` on whose byte is wanted, or the end.
fn position(bytes: &[u8], start: usize, wanted: impl Fn(u8) -> bool) -> usize {
    bytes
        .get(start..)
        .and_then(|rest| rest.iter().position(|&byte| wanted(byte)))
        .map_or(bytes.len(), |at| start + at)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_attributes(tag: &str, expected: &[(&str, &str)]) {
        let tag = SourceTag::read(&tag[1..]);
        let found: Vec<_> = attributes(tag.attributes).map(|attr| (attr.name, attr.value)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn attributes_are_what_the_tokenizer_takes_for_them() {
        assert_attributes("<p>", &[]);
        assert_attributes("<p a b>", &[("a", ""), ("b", "")]);
        assert_attributes("<p a=1 B='2'c=\"3\"d>", &[("a", "1"), ("B", "2"), ("c", "3"), ("d", "")]);
        assert_attributes("<p a = \">\" />", &[("a", ">")]);
        assert_attributes("<div \"=\"\" class=x>", &[("\"", ""), ("class", "x")]);
        assert_attributes("<p a= b c>", &[("a", "b"), ("c", "")]);
        assert_attributes("<p =a =>", &[("=a", "")]);
        assert_attributes("<p/a/=b//>", &[("a", ""), ("=b", "")]);
        assert_attributes("<a href=a/b/>", &[("href", "a/b/")]);
        assert_attributes("<p a=>", &[("a", "")]);
        assert_attributes("<img alt=\"x\" ; src=y>", &[("alt", "x"), (";", ""), ("src", "y")]);
    }

    #[test]
    fn a_tag_that_does_not_end_is_not_closed() {
        for text in ["p", "p ", "p a", "p a=", "p a=\"", "p a=\">", "p/"] {
            assert!(!SourceTag::read(text).is_closed, "{text}");
        }
        assert_eq!(SourceTag::read("p a=\">\">b").length, 8);
    }

    #[test]
    fn comments_end_where_the_tokenizer_ends_them() {
        for (text, length) in [
            (">", Some(1)),
            ("->", Some(2)),
            ("-->", Some(3)),
            ("a--->b", Some(5)),
            ("a--!>", Some(5)),
            ("!>-->", Some(5)),
            ("<!-->", Some(5)),
            ("a-- >", None),
            ("", None),
        ] {
            assert_eq!(comment_length(text.as_bytes()), length, "{text}");
        }
    }
}
