//! The number of attributes of the widest tag, before an HTML parser sees them.
//!
//! html5ever compares each attribute of a tag with all before it, so a tag of n attributes costs n². This
//! looks at the text in one pass and finds such tags first.

use memchr::memchr;

use super::tag;

/// The first tag of more than `limit` attributes: the offset of its `<`.
///
/// Follows the tokenizer of the HTML standard for tags, comments and the elements whose content is text.
pub(super) fn first_too_wide(html: &str, limit: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        let rest = &html[at..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at += tag::comment_length(comment.as_bytes()).map_or(rest.len(), |length| 3 + length);
            continue;
        }
        let name = rest.strip_prefix('/').unwrap_or(rest);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        at = html.len() - name.len();
        // The tokenizer collects the attributes also of a tag that does not end.
        let (attributes, length) =
            tag::read(name).map_or((name, name.len()), |tag| (tag.attributes, tag.length));
        if is_wider(attributes, limit) {
            return Some(start);
        }
        at += length;
        if !rest.starts_with('/') {
            at += text_behind(name, &bytes[at..]);
        }
    }
    None
}

/// Whether there are more than `limit` attributes between a tag's name and its end.
pub(super) fn is_wider(attributes: &str, limit: usize) -> bool {
    // Most are too short to be counted: an attribute is a separator and a letter at least.
    attributes.len() / 2 > limit && tag::attributes(attributes).nth(limit).is_some()
}

/// How many bytes behind a start tag are text whatever they look like.
fn text_behind(tag: &str, rest: &[u8]) -> usize {
    const RAW: [&str; 8] = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let name = &tag[..end];
    if name.eq_ignore_ascii_case("plaintext") {
        return rest.len();
    }
    match RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
        Some(raw) => tag::raw_text_length(raw, rest),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::first_too_wide;

    #[test]
    fn counts_what_the_tokenizer_takes_for_attributes() {
        for html in [
            "<p a b>",
            "<p a=1 b=2>",
            "<p a='>' b>",
            "<p a = \">\"b>",
            "<p/a/b/>",
            "<p a= b c>",
            "</p a b>",
            "<script></script a b>",
        ] {
            assert!(first_too_wide(html, 1).is_some(), "{html}");
            assert_eq!(first_too_wide(html, 2), None, "{html}");
        }
        assert_eq!(first_too_wide("<p a b c", 1), Some(0));
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
