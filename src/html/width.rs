//! The number of attributes of the widest tag, before an HTML parser sees them.
//!
//! html5ever compares each attribute of a tag with all before it, so a tag of n attributes costs n². This
//! looks at the text in one pass and finds such tags first.

use memchr::{memchr, memmem};

/// The first tag of more than `limit` attributes: the offset of its `<`.
///
/// Follows the tokenizer of the HTML standard for tags, comments and the elements whose content is text.
pub(super) fn first_too_wide(html: &str, limit: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let rest = &bytes[start + 1..];
        at = start + 1;
        if rest.starts_with(b"!--") {
            at += end_of_comment(&rest[3..]).map_or(rest.len(), |end| 3 + end);
            continue;
        }
        let is_end_tag = rest.first() == Some(&b'/');
        let name = &rest[usize::from(is_end_tag)..];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let tag = Tag::read(name);
        if tag.attributes > limit {
            return Some(start);
        }
        at += usize::from(is_end_tag) + tag.length;
        if !is_end_tag {
            at += length_of_raw_text(tag.name, &bytes[at.min(bytes.len())..]);
        }
        at = at.min(bytes.len());
    }
    None
}

/// The length of a comment after its `<!--`, closer included.
fn end_of_comment(text: &[u8]) -> Option<usize> {
    // `<!-->` and `<!--->` are whole.
    if text.starts_with(b">") {
        return Some(1);
    }
    if text.starts_with(b"->") {
        return Some(2);
    }
    memmem::find_iter(text, "--").find_map(|at| match &text[at + 2..] {
        [b'>', ..] => Some(at + 3),
        [b'!', b'>', ..] => Some(at + 4),
        _ => None,
    })
}

/// How many bytes after the start tag `name` are text whatever they look like.
fn length_of_raw_text(name: &[u8], rest: &[u8]) -> usize {
    const RAW: [&[u8]; 8] =
        [b"iframe", b"noembed", b"noframes", b"script", b"style", b"textarea", b"title", b"xmp"];
    if name.eq_ignore_ascii_case(b"plaintext") {
        return rest.len();
    }
    if !RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
        return 0;
    }
    memmem::find_iter(rest, "</")
        .find(|&at| {
            let after = &rest[at + 2..];
            after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name)
                && after.get(name.len()).is_none_or(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
        })
        .unwrap_or(rest.len())
}

/// A tag as far as it matters here.
struct Tag<'a> {
    name: &'a [u8],
    attributes: usize,
    /// From the first byte of the name to the `>`, which counts.
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads a tag from its name on, to its `>` or the end of the input.
    fn read(text: &'a [u8]) -> Self {
        let end_of_name = position(text, 0, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        let mut tag = Self { name: &text[..end_of_name], attributes: 0, length: end_of_name };
        loop {
            tag.length = position(text, tag.length, |byte| !is_space(byte) && byte != b'/');
            match text.get(tag.length) {
                None => return tag,
                Some(b'>') => {
                    tag.length += 1;
                    return tag;
                }
                Some(_) => {
                    tag.attributes += 1;
                    tag.length = end_of_attribute(text, tag.length);
                }
            }
        }
    }
}

/// Where the attribute that begins at `start` ends.
fn end_of_attribute(text: &[u8], start: usize) -> usize {
    // An equals sign that stands first belongs to the name.
    let name_end = position(text, start + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
    let sign = position(text, name_end, |byte| !is_space(byte));
    if text.get(sign) != Some(&b'=') {
        return name_end;
    }
    let value = position(text, sign + 1, |byte| !is_space(byte));
    match text.get(value) {
        Some(&quote @ (b'"' | b'\'')) => {
            memchr(quote, &text[value + 1..]).map_or(text.len(), |length| value + 1 + length + 1)
        }
        _ => position(text, value, |byte| is_space(byte) || byte == b'>'),
    }
}

/// The first position from `start` on whose byte is wanted, or the end.
fn position(text: &[u8], start: usize, wanted: impl Fn(u8) -> bool) -> usize {
    text.get(start..)
        .and_then(|rest| rest.iter().position(|&byte| wanted(byte)))
        .map_or(text.len(), |at| start + at)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::first_too_wide;

    #[test]
    fn counts_what_the_tokenizer_takes_for_attributes() {
        let two = [
            "<p a b>",
            "<p a=1 b=2>",
            "<p a='>' b>",
            "<p a = \">\"b>",
            "<p/a/b/>",
            "<p a= b c>",
            "</p a b>",
            "<p a b",
        ];
        for html in two {
            assert_eq!(first_too_wide(html, 1), Some(0), "{html}");
            assert_eq!(first_too_wide(html, 2), None, "{html}");
        }
    }

    #[test]
    fn leaves_out_what_is_text() {
        for html in [
            "<!-- <p a b> -->",
            "<script>if (a<b c d)</script>",
            "<title><p a b></title>",
            "a < b c d >",
            "<plaintext><p a b>",
            "<style><p a b></styles></style>",
        ] {
            assert_eq!(first_too_wide(html, 1), None, "{html}");
        }
        assert_eq!(first_too_wide("<!--><p a b>", 1), Some(5));
        assert_eq!(first_too_wide("<!-- --!><p a b>", 1), Some(9));
        assert_eq!(first_too_wide("<script></script x><p a b>", 1), Some(19));
    }
}
