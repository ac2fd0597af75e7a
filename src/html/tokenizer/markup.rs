//! What begins at a `<`. The scanner and the reader ahead of the tree builder ask here, so that they cannot
//! differ.

use memchr::memchr;

/// What a `<` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup {
    /// A start tag; its name begins one byte after the `<`.
    StartTag,
    /// An end tag; its name begins two bytes after the `<`.
    EndTag,
    /// A comment of this length, with its delimiters. One that nothing ends goes on to the end of the input.
    Comment(usize),
    /// A `<!DOCTYPE`.
    Doctype,
    /// A `<![CDATA[`, which is a bogus comment but in SVG and `MathML`.
    Cdata,
    /// A [bogus comment](https://html.spec.whatwg.org/multipage/parsing.html#bogus-comment-state) of this
    /// length: `<!x>`, `<?x>`, `</1>`, `</>`.
    BogusComment(usize),
    /// A text of this length: the `<`, or a `</` at the end of the input.
    Text(usize),
}

impl Markup {
    /// What the `<` at the start of `bytes` begins.
    #[expect(clippy::inline_always, reason = "one of the two callers is the loop over all tags")]
    #[inline(always)]
    pub(crate) fn at(bytes: &[u8]) -> Self {
        match &bytes[1..] {
            [letter, ..] if letter.is_ascii_alphabetic() => Self::StartTag,
            [b'/', letter, ..] if letter.is_ascii_alphabetic() => Self::EndTag,
            rest => Self::other(rest),
        }
    }

    /// The same for all but tags: `rest` is what follows the `<`.
    fn other(rest: &[u8]) -> Self {
        match rest {
            [b'!', b'-', b'-', comment @ ..] => {
                Self::Comment("<!--".len() + comment_length(comment).unwrap_or(comment.len()))
            }
            [b'!', rest @ ..] if rest.starts_with(b"[CDATA[") => Self::Cdata,
            [b'!', rest @ ..] if rest.len() >= 7 && rest[..7].eq_ignore_ascii_case(b"doctype") => {
                Self::Doctype
            }
            [b'!' | b'?', ..] | [b'/', _, ..] => Self::BogusComment(1 + bogus_comment_length(rest)),
            [b'/'] => Self::Text("</".len()),
            _ => Self::Text("<".len()),
        }
    }
}

/// The length of a comment after its `<!--`, with what closes it. `None` if nothing does.
fn comment_length(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'>', bytes)
        .find(|&at| {
            let comment = &bytes[..at];
            // `<!-->` and `<!--->` are whole.
            matches!(comment, b"" | b"-") || comment.ends_with(b"--") || comment.ends_with(b"--!")
        })
        .map(|at| at + 1)
}

/// The length of a bogus comment after its `<`, up to and with the first `>`.
pub(crate) fn bogus_comment_length(text: &[u8]) -> usize {
    memchr(b'>', text).map_or(text.len(), |end| end + 1)
}

/// Whether the text begins with the name of a tag that is this one. At the end of the input there is no tag.
pub(crate) fn is_named(text: &[u8], name: &[u8]) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && text.get(name.len()).is_some_and(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

/// The length of the text after the start tag of an element (other than a script) whose content is text
/// whatever it looks like: up to the end tag with the same name, or to the end of the input.
pub(crate) fn raw_text_length(name: &[u8], text: &[u8]) -> usize {
    memchr::memmem::find_iter(text, "</").find(|&at| is_named(&text[at + 2..], name)).unwrap_or(text.len())
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_less_than_sign_begins_what_the_tokenizer_says() {
        for (text, markup) in [
            ("<p", Markup::StartTag),
            ("</P>", Markup::EndTag),
            ("<!--a-->b", Markup::Comment(8)),
            ("<!--a", Markup::Comment(5)),
            ("<!DocType>", Markup::Doctype),
            ("<![CDATA[a", Markup::Cdata),
            ("<![cdata[a>b", Markup::BogusComment(11)),
            ("<!a>b", Markup::BogusComment(4)),
            ("<?a", Markup::BogusComment(3)),
            ("</1>b", Markup::BogusComment(4)),
            ("</>b", Markup::BogusComment(3)),
            ("</", Markup::Text(2)),
            ("< a", Markup::Text(1)),
            ("<", Markup::Text(1)),
        ] {
            assert_eq!(Markup::at(text.as_bytes()), markup, "{text}");
        }
    }
}
