//! The body in pieces for an HTML parser, without the attributes that are beyond the limit.
//!
//! html5ever compares each attribute of a tag with all before it, so a tag of n attributes costs n². This
//! reads the text just ahead of the parser, finds such tags first, and leaves the attributes beyond the limit
//! out. Where tags are is for the tree to say: `<style>` holds text in HTML and tags in SVG. So the text is
//! cut where the tree must be asked.

use memchr::{memchr, memmem};

use crate::html::left_out::Count;
use crate::html::tokenizer::{self, Markup, SourceAttributes, SourceTag};

/// What the parser knows after the pieces that it got so far.
pub(super) trait Tree {
    /// Whether the last start tag made an element whose content is text, whatever it looks like.
    fn is_raw_text(&self) -> bool;
    /// Whether the current element is one of SVG or `MathML`.
    fn is_foreign(&self) -> bool;
    /// The next piece holds a start tag that begins at this byte offset in the body, after those that were
    /// told before.
    fn expect_start_tag(&self, start: usize);
}

/// A body in pieces for the parser.
///
/// Follows the tokenizer of the HTML standard for tags, comments and the elements whose content is text.
pub(super) struct Pieces<'h> {
    html: &'h str,
    /// Where the next piece begins.
    at: usize,
    open_question: Question<'h>,
    /// What the next piece is, instead of the attributes that are left out and the `>` after them.
    tag_end: Option<&'static str>,
    max_attributes: usize,
    left_out: Count,
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
        Self {
            html,
            at: 0,
            open_question: Question::None,
            tag_end: None,
            max_attributes,
            left_out: Count::default(),
        }
    }

    /// What was left out, once all pieces are taken.
    pub(super) fn into_left_out(self) -> Count {
        self.left_out
    }

    /// The next piece. `tree` has got all before it.
    pub(super) fn next(&mut self, tree: &impl Tree) -> Option<&'h str> {
        if let Some(tag_end) = self.tag_end.take() {
            return Some(tag_end);
        }
        let start = self.at;
        if start == self.html.len() {
            return None;
        }
        self.pass_text(tree);
        let bytes = self.html.as_bytes();
        while self.at - start < MIN_LENGTH {
            let Some(found) = memchr(b'<', &bytes[self.at..]) else {
                self.at = bytes.len();
                break;
            };
            self.at += found;
            if let Some(end) = self.pass_markup(tree) {
                return Some(&self.html[start..end]);
            }
            if !matches!(self.open_question, Question::None) {
                break;
            }
        }
        Some(&self.html[start..self.at])
    }

    /// Passes over text that only the tree could tell from markup.
    fn pass_text(&mut self, tree: &impl Tree) {
        let rest = &self.html.as_bytes()[self.at..];
        self.at += match std::mem::take(&mut self.open_question) {
            Question::RawText(name) if tree.is_raw_text() => tokenizer::length_of_raw_text(name, rest),
            Question::Cdata if tree.is_foreign() => {
                memmem::find(rest, b"]]>").map_or(rest.len(), |end| end + 3)
            }
            Question::Cdata => tokenizer::bogus_comment_length(rest),
            Question::None | Question::RawText(_) => 0,
        };
    }

    /// Passes over what begins with the `<` here, or stays here if the tree must be asked first.
    ///
    /// If that is a tag with too many attributes, returns where the last one that it may have ends.
    fn pass_markup(&mut self, tree: &impl Tree) -> Option<usize> {
        let rest = &self.html.as_bytes()[self.at..];
        let (is_end_tag, start) = match Markup::at(rest) {
            Markup::StartTag => (false, self.at + "<".len()),
            Markup::EndTag => (true, self.at + "</".len()),
            Markup::Comment(length) | Markup::BogusComment(length) | Markup::Text(length) => {
                self.at += length;
                return None;
            }
            Markup::Doctype => {
                self.at += tokenizer::bogus_comment_length(rest);
                return None;
            }
            Markup::Cdata => {
                self.open_question = Question::Cdata;
                return None;
            }
        };
        let mut attributes = SourceAttributes::NONE;
        let tag = SourceTag::read(self.html, start, &mut attributes);
        if !is_end_tag && tag.is_closed {
            tree.expect_start_tag(self.at);
        }
        self.at = tag.end;
        let name = &self.html.as_bytes()[start..tag.name_end];
        if !is_end_tag && tokenizer::holds_raw_text(name) {
            self.open_question = Question::RawText(name);
        }
        (attributes.len() > self.max_attributes).then(|| self.leave_out(&tag, &mut attributes))
    }

    /// Leaves out the attributes that a tag must not have. Returns where the last one that it may have ends.
    #[cold]
    fn leave_out(&mut self, tag: &SourceTag, attributes: &mut SourceAttributes<'h>) -> usize {
        let beyond = attributes.truncate(self.max_attributes);
        if tag.is_closed {
            self.left_out.add(beyond.count, Some(beyond.start));
            // A slash that is no part of a value says that an element of SVG is empty.
            let slash = tag.end - "/>".len();
            let is_empty = slash >= beyond.end && self.html[slash..].starts_with('/');
            self.tag_end = Some(if is_empty { " />" } else { ">" });
        }
        beyond.kept_end
    }
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

        fn expect_start_tag(&self, _start: usize) {}
    }

    /// The pieces of a body, joined.
    fn joined(html: &str, limit: usize) -> String {
        let mut pieces = Pieces::new(html, limit);
        std::iter::from_fn(|| pieces.next(&Html)).collect()
    }

    /// Whether a tag has more attributes.
    fn is_too_wide(html: &str, limit: usize) -> bool {
        joined(html, limit) != html
    }

    #[test]
    fn what_is_too_much_is_left_out() {
        for (html, kept) in [
            ("<p a b c>d", "<p a b>d"),
            ("<p a='1' b=2 c>d", "<p a='1' b=2>d"),
            ("<p a b c/>d", "<p a b />d"),
            ("<p a b c=/>d", "<p a b>d"),
            ("<p a b c='/'>d", "<p a b>d"),
            ("<p a b c='/>d", "<p a b"),
            ("</p a b c>d", "</p a b>d"),
            ("a<style a b c><p a b c></style a b c>d", "a<style a b><p a b c></style a b>d"),
        ] {
            assert_eq!(joined(html, 2), kept, "{html}");
        }
        assert_eq!(joined("<p a/>b", 0), "<p />b");
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
