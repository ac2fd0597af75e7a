//! What is never closed, and so hides the rest of a body.
//!
//! This reads the source as the tokenizer does, for both engines alike, and only for those who want a report.

use memchr::{memchr, memchr_iter, memrchr};

use super::nesting::Nesting;
use super::tag::{Tag, TagSet};
use super::tokenizer::{
    Markup, SourceAttributes, SourceTag, bogus_comment_length, holds_raw_text, length_of_raw_text,
};
use crate::recorder::Recorder;
use crate::report::DiagnosticKind;

/// Elements with tags inside them that browsers do not show, or show something else for.
const HIDING: TagSet = Tag::HIDE_TEXT.union(TagSet::of(&[Tag::Select]));

/// Records what is never closed and hides the rest of the body, if anything does. How many bytes it hides is
/// said of the body itself; HTML that was made from the body has other bytes than the file.
pub(crate) fn diagnose(html: &str, is_body: bool, recorder: &mut Recorder) {
    if !recorder.is_on() || !may_be_unclosed(html.as_bytes()) {
        return;
    }
    let Some(Unclosed { kind, start, name, content }) = find(html) else { return };
    let hidden = html[content..].trim_ascii().len();
    if hidden == 0 {
        return;
    }
    let bytes = match hidden {
        _ if !is_body => "what follows".to_owned(),
        1 => "1 byte".to_owned(),
        _ => format!("{hidden} bytes"),
    };
    recorder.diagnose(kind, Some(start), || {
        let does = match &*name.to_ascii_lowercase() {
            // Their content is shown, with the tags in it as text.
            "`<plaintext>`" | "`<xmp>`" => "makes text of",
            _ => "hides",
        };
        format!("{name} is never closed and {does} {bytes}")
    });
}

/// What is never closed.
struct Unclosed {
    kind: DiagnosticKind,
    /// Where it begins.
    start: usize,
    /// What it is, in words.
    name: String,
    /// Where what it hides begins.
    content: usize,
}

/// Whether there is something to look for: hardly any post has more than tags that hide nothing.
fn may_be_unclosed(html: &[u8]) -> bool {
    // A value in quotes that never ends begins with the last of all quotes.
    let opens_value =
        |quote| memrchr(quote, html).is_some_and(|last| html[..last].trim_ascii_end().ends_with(b"="));
    if opens_value(b'"') || opens_value(b'\'') {
        return true;
    }
    // A tag, or a comment of another form, that never ends.
    let after_last = memrchr(b'>', html).map_or(0, |last| last + 1);
    if memchr(b'<', &html[after_last..]).is_some() {
        return true;
    }
    memchr_iter(b'<', html).any(|start| {
        let Some([first, second]) = html.get(start + 1..).and_then(|rest| rest.first_chunk()) else {
            return false;
        };
        matches!(
            &[first.to_ascii_lowercase(), second.to_ascii_lowercase()],
            b"!-"
                | b"au"
                | b"ca"
                | b"if"
                | b"no"
                | b"ob"
                | b"pl"
                | b"rp"
                | b"sc"
                | b"se"
                | b"te"
                | b"ti"
                | b"vi"
                | b"xm"
        ) || (first.eq_ignore_ascii_case(&b's') && second.eq_ignore_ascii_case(&b't') && {
            let next = html.get(start + 3..).and_then(|rest| rest.first());
            next.is_some_and(|third| third.eq_ignore_ascii_case(&b'y'))
        })
    })
}

/// The first thing that is never closed. All after that is inside it.
fn find(html: &str) -> Option<Unclosed> {
    let bytes = html.as_bytes();
    let mut open = Nesting::default();
    let mut attributes = SourceAttributes::NONE;
    let mut at = 0;
    while let Some(length) = memchr(b'<', &bytes[at..]) {
        let start = at + length;
        let rest = &bytes[start..];
        let is_end_tag = match Markup::at(rest) {
            Markup::StartTag => false,
            Markup::EndTag => true,
            other => {
                let Some(length) = length_of_other(other, rest) else { return Some(comment(html, start)) };
                at = start + length;
                continue;
            }
        };
        let name_start = start + 1 + usize::from(is_end_tag);
        let tag = SourceTag::read(html, name_start, &mut attributes);
        let name = &html[name_start..tag.name_end];
        if !tag.is_closed {
            return Some(Unclosed {
                kind: DiagnosticKind::UnclosedElement,
                start,
                name: format!("the tag `{}…`", &html[start..tag.name_end]),
                content: tag.name_end,
            });
        }
        at = tag.end;
        let known = Tag::of(&name.to_ascii_lowercase());
        if is_end_tag {
            open.close(known);
        } else if holds_raw_text(name.as_bytes()) {
            at += length_of_raw_text(name.as_bytes(), &bytes[at..]);
            if at == bytes.len() {
                return Some(element(start, name, tag.end));
            }
        } else if !known.is_void() {
            // The parentheses around a reading need no end tag.
            if matches!(known, Tag::Rb | Tag::Rp | Tag::Rt | Tag::Rtc) && open.innermost() == Some(Tag::Rp) {
                open.close(Tag::Rp);
            }
            open.open(known, start);
        }
    }
    let (_, start) = open.iter().find(|(tag, _)| HIDING.contains(*tag))?;
    let tag = SourceTag::read(html, start + 1, &mut attributes);
    Some(element(start, &html[start + 1..tag.name_end], tag.end))
}

/// The length of what is not a tag. `None` for a comment that nothing ends.
fn length_of_other(markup: Markup, rest: &[u8]) -> Option<usize> {
    match markup {
        Markup::Comment(length) => (length < rest.len() || is_whole_comment(rest)).then_some(length),
        Markup::Doctype | Markup::Cdata | Markup::BogusComment(_) => {
            memchr(b'>', rest).map(|_| bogus_comment_length(rest))
        }
        Markup::Text(length) => Some(length),
        Markup::StartTag | Markup::EndTag => None,
    }
}

fn element(start: usize, name: &str, content: usize) -> Unclosed {
    Unclosed { kind: DiagnosticKind::UnclosedElement, start, name: format!("`<{name}>`"), content }
}

fn comment(html: &str, start: usize) -> Unclosed {
    let sign = if html[start..].starts_with("<!--") { "<!--" } else { &html[start..start + 2] };
    let content = start + sign.len();
    Unclosed { kind: DiagnosticKind::UnclosedComment, start, name: format!("the comment `{sign}`"), content }
}

/// Whether a comment that goes on to the end of the input is closed there.
fn is_whole_comment(comment: &[u8]) -> bool {
    match comment.strip_prefix(b"<!--").and_then(|comment| comment.strip_suffix(b">")) {
        Some(content) => {
            matches!(content, b"" | b"-") || content.ends_with(b"--") || content.ends_with(b"--!")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The diagnostic of a body, with the offset in it.
    fn found(html: &str) -> Option<(DiagnosticKind, usize, String)> {
        let mut recorder = Recorder::on();
        diagnose(html, true, &mut recorder);
        recorder.locate(html, 0, |offset| offset);
        let mut diagnostics = recorder.into_report().diagnostics;
        assert!(diagnostics.len() <= 1, "{html}");
        let diagnostic = diagnostics.pop()?;
        Some((diagnostic.kind, diagnostic.position?.offset, diagnostic.message))
    }

    #[track_caller]
    fn assert_found(html: &str, kind: DiagnosticKind, start: usize, message: &str) {
        assert_eq!(found(html), Some((kind, start, message.to_owned())), "{html}");
    }

    #[test]
    fn elements_that_hide_the_rest_are_found() {
        use DiagnosticKind::UnclosedElement as Element;
        for name in ["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "template"] {
            let hides = format!("`<{name}>` is never closed and hides 5 bytes");
            assert_found(&format!("<p>a</p><{name}> <b>c \n"), Element, 8, &hides.replace('5', "4"));
            assert_found(&format!("<{name} x='>'>bcdef"), Element, 0, &hides);
            assert_eq!(found(&format!("<{name}>b</{name}>c")), None);
            assert_eq!(found(&format!("<{name}> \n")), None);
        }
        for name in ["video", "audio", "object", "canvas", "select", "rp"] {
            let hides = format!("`<{name}>` is never closed and hides 8 bytes");
            assert_found(&format!("<div>a</div><{name}><p>a</p>"), Element, 12, &hides);
            assert_eq!(found(&format!("<div><{name}>b</div>c")), None);
            assert_eq!(found(&format!("<{name}><b>a</{name}>c")), None);
        }
        assert_found("a<xmp><b>c", Element, 1, "`<xmp>` is never closed and makes text of 4 bytes");
        assert_found("<SCRIPT>a", Element, 0, "`<SCRIPT>` is never closed and hides 1 byte");
        assert_found(
            "<script><!--<script></script>a",
            Element,
            0,
            "`<script>` is never closed and hides 22 bytes",
        );
        assert_eq!(found("<ruby>漢<rp>(<rt>かん<rp>)</ruby>"), None);
        assert_eq!(found("<p title='<script>'>a</p>"), None);
        assert_eq!(found("<!-- <script> -->a"), None);
        assert_eq!(found("<div>a<p>b<span>c"), None);
    }

    #[test]
    fn bytes_of_html_that_was_made_are_not_counted() {
        let mut recorder = Recorder::on();
        diagnose("<p>a</p><script>b", false, &mut recorder);
        recorder.locate("<script>b", 0, |_| 0);
        let diagnostics = recorder.into_report().diagnostics;
        assert_eq!(diagnostics[0].message, "`<script>` is never closed and hides what follows");
    }

    #[test]
    fn tags_and_comments_that_hide_the_rest_are_found() {
        use DiagnosticKind::{UnclosedComment as Comment, UnclosedElement as Element};
        assert_found("a<!-- b > c", Comment, 1, "the comment `<!--` is never closed and hides 5 bytes");
        assert_found("<![](b.gif)\n\nc", Comment, 0, "the comment `<!` is never closed and hides 12 bytes");
        assert_found("a<?b", Comment, 1, "the comment `<?` is never closed and hides 1 byte");
        assert_found("I </3 you", Comment, 2, "the comment `</` is never closed and hides 5 bytes");
        assert_found("<a href=\"b>c</a>", Element, 0, "the tag `<a…` is never closed and hides 13 bytes");
        assert_eq!(found("<b>a</b"), None);
        for html in
            ["<!---->", "<!-->", "<!--->", "<!-- a --!>", "<!-- > -->", "a < b", "a </", "<?b>", "", "1 <2"]
        {
            assert_eq!(found(html), None, "{html}");
        }
    }
}
