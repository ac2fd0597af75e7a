//! The number of attributes of the widest tag, before an HTML parser sees it.
//!
//! html5ever compares each attribute of a tag with all before it, so a tag of n attributes costs n². This
//! reads the text just ahead of the parser and finds such tags first. Where tags are is for the tree to say:
//! `<style>` holds text in HTML and tags in SVG. So the text is cut where the tree must be asked.

use memchr::{memchr, memchr2_iter, memmem};

use super::tag::{self, SourceAttributes, SourceTag};

/// What the parser knows after the pieces that it got so far.
pub(super) trait Tree {
    /// Whether the last start tag made an element whose content is text, whatever it looks like.
    fn is_raw_text(&self) -> bool;
    /// Whether the current element is one of SVG or `MathML`.
    fn is_foreign(&self) -> bool;
}

/// A tag has more attributes than it may.
#[derive(Debug)]
pub(super) struct TooWide;

/// A body in pieces for the parser.
///
/// Follows the tokenizer of the HTML standard for tags, comments and the elements whose content is text.
pub(super) struct Pieces<'h> {
    html: &'h str,
    /// Where the next piece begins.
    at: usize,
    open_question: Question<'h>,
    max_attributes: usize,
}

/// What only the tree knows about the text that comes next.
#[derive(Default)]
enum Question<'h> {
    #[default]
    None,
    /// Whether it is the text of the element with this name.
    RawText(&'h [u8]),
    /// Whether it is a CDATA section or a comment.
    Cdata,
}

/// The least length of a piece after which nothing needs to be asked.
const MIN_LENGTH: usize = 4096;

impl<'h> Pieces<'h> {
    pub(super) fn new(html: &'h str, max_attributes: usize) -> Self {
        Self { html, at: 0, open_question: Question::None, max_attributes }
    }

    /// The next piece. `tree` has got all before it.
    pub(super) fn next(&mut self, tree: &impl Tree) -> Result<Option<&'h str>, TooWide> {
        let start = self.at;
        if start == self.html.len() {
            return Ok(None);
        }
        self.pass_text(tree);
        let bytes = self.html.as_bytes();
        while self.at - start < MIN_LENGTH {
            let Some(found) = memchr(b'<', &bytes[self.at..]) else {
                self.at = bytes.len();
                break;
            };
            self.at += found;
            self.pass_markup()?;
            if !matches!(self.open_question, Question::None) {
                break;
            }
        }
        Ok(Some(&self.html[start..self.at]))
    }

    /// Passes over the text that is none but for the tree.
    fn pass_text(&mut self, tree: &impl Tree) {
        let rest = &self.html.as_bytes()[self.at..];
        self.at += match std::mem::take(&mut self.open_question) {
            Question::RawText(name) if tree.is_raw_text() => length_of_raw_text(name, rest),
            Question::Cdata if tree.is_foreign() => {
                memmem::find(rest, b"]]>").map_or(rest.len(), |end| end + 3)
            }
            Question::Cdata => tag::bogus_comment_length(rest),
            Question::None | Question::RawText(_) => 0,
        };
    }

    /// Passes over what begins with the `<` here, or stays here if the tree must be asked first.
    fn pass_markup(&mut self) -> Result<(), TooWide> {
        let rest = &self.html.as_bytes()[self.at + 1..];
        let (is_end_tag, name) = match rest {
            [b'!', b'-', b'-', comment @ ..] => {
                self.at += 4 + tag::comment_length(comment).unwrap_or(comment.len());
                return Ok(());
            }
            [b'!', ..] if rest.starts_with(b"![CDATA[") => {
                self.open_question = Question::Cdata;
                return Ok(());
            }
            [b'/', name @ ..] if starts_a_name(name) => (true, name),
            name if starts_a_name(name) => (false, name),
            [b'!' | b'?' | b'/', ..] => {
                self.at += 1 + tag::bogus_comment_length(rest);
                return Ok(());
            }
            _ => {
                self.at += 1;
                return Ok(());
            }
        };
        let mut attributes = SourceAttributes::NONE;
        let start = self.html.len() - name.len();
        let tag = SourceTag::read(self.html, start, &mut attributes);
        if attributes.len() > self.max_attributes {
            return Err(TooWide);
        }
        self.at = tag.end;
        let name = &self.html.as_bytes()[start..tag.name_end];
        if !is_end_tag && holds_raw_text(name) {
            self.open_question = Question::RawText(name);
        }
        Ok(())
    }
}

fn starts_a_name(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
}

/// Whether the content of the HTML element with this name is text, whatever it looks like.
pub(super) fn holds_raw_text(name: &[u8]) -> bool {
    const RAW: [&[u8]; 9] = [
        b"iframe",
        b"noembed",
        b"noframes",
        b"plaintext",
        b"script",
        b"style",
        b"textarea",
        b"title",
        b"xmp",
    ];
    RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw))
}

/// How many bytes after the start tag `name` are text whatever they look like.
fn length_of_raw_text(name: &[u8], rest: &[u8]) -> usize {
    if name.eq_ignore_ascii_case(b"plaintext") {
        return rest.len();
    }
    if name.eq_ignore_ascii_case(b"script") {
        return length_of_script(rest);
    }
    tag::raw_text_length(name, rest)
}

/// The same for a script, in which a comment may hold scripts.
fn length_of_script(text: &[u8]) -> usize {
    #[derive(PartialEq)]
    enum State {
        Plain,
        /// In a comment; where its first dash is.
        Escaped(usize),
        /// In a script in that comment.
        DoubleEscaped(usize),
    }
    let mut state = State::Plain;
    for at in memchr2_iter(b'<', b'>', text) {
        let rest = &text[at + 1..];
        let is_end_tag = || rest.first() == Some(&b'/') && tag::is_named(&rest[1..], b"script");
        state = match state {
            State::Plain | State::Escaped(_) if text[at] == b'<' && is_end_tag() => return at,
            State::Plain if text[at] == b'<' && rest.starts_with(b"!--") => State::Escaped(at + 2),
            State::Escaped(from) | State::DoubleEscaped(from)
                if text[at] == b'>' && text[from..at].ends_with(b"--") =>
            {
                State::Plain
            }
            State::Escaped(from) if text[at] == b'<' && tag::is_named(rest, b"script") => {
                State::DoubleEscaped(from)
            }
            State::DoubleEscaped(from) if text[at] == b'<' && is_end_tag() => State::Escaped(from),
            state => state,
        };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Pieces, Tree};

    /// A tree without SVG that refuses no element.
    struct Html;

    impl Tree for Html {
        fn is_raw_text(&self) -> bool {
            true
        }

        fn is_foreign(&self) -> bool {
            false
        }
    }

    /// Whether a tag has more attributes. The pieces are the whole, or the beginning of it.
    fn is_too_wide(html: &str, limit: usize) -> bool {
        let mut pieces = Pieces::new(html, limit);
        let mut joined = String::new();
        loop {
            match pieces.next(&Html) {
                Ok(Some(piece)) => joined.push_str(piece),
                Ok(None) => {
                    assert_eq!(joined, html);
                    return false;
                }
                Err(_) => return true,
            }
        }
    }

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
            assert!(is_too_wide(html, 1), "{html}");
            assert!(!is_too_wide(html, 2), "{html}");
        }
    }

    #[test]
    fn leaves_out_what_is_text() {
        for html in [
            "<!-- <p a b> -->",
            "<script>if (a<b c d)</script>",
            "<script><!--<script></script><p a b>--></script>",
            "<title><p a b></title>",
            "a < b c d >",
            "<plaintext><p a b>",
            "<style><p a b></styles></style>",
            "<!p a b><?p a b></ p a b>",
        ] {
            assert!(!is_too_wide(html, 1), "{html}");
        }
    }

    #[test]
    fn finds_the_end_of_what_is_text() {
        for html in [
            "<!--><p a b>",
            "<!---><p a b>",
            "<!-- --!><p a b>",
            "<!-- ---><p a b>",
            "<!-- <!-- --><p a b>",
            "<script></script x><p a b>",
            "<script><!-- <script> --></script><p a b>",
            "<script><!--><script></script><p a b>",
            "<!x<p c='><p a b>",
            "<?x<p c='><p a b>",
            "</%<p c='><p a b>",
            "<![CDATA[<p c='><p a b>",
        ] {
            assert!(is_too_wide(html, 1), "{html}");
        }
    }
}
