//! Bodies that are one `<div>` with nothing but text in it, as most are that come with a film, or that a
//! scraper found no article for: a third of the posts of real archives, and nine of ten short ones.
//!
//! No stage between the scanner and the builder of blocks does anything about their events, and the scanner
//! has nothing to keep track of. So their events are sent straight away.

use memchr::{memchr_iter, memchr2};

use super::event::{Element, EventSink, Space};
use super::first_look::FirstLook;
use super::scanner;
use super::tag::Tag;
use crate::bytes::leading_spaces_and_feeds;
use crate::limits::Limits;
use crate::references::{self, Decoded};

/// What stands in the only `<div>` of a body: text, character references, and line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LoneDiv<'a> {
    content: &'a str,
}

/// The tags that may stand in it.
const LINE_BREAKS: [&[u8]; 3] = [b"<br>", b"<br/>", b"<br />"];

impl<'a> LoneDiv<'a> {
    /// The elements that there are in such a body. None of them has an attribute.
    pub(crate) const TAGS: [Tag; 2] = [Tag::Div, Tag::Br];

    /// What stands in the `<div>`, if the body is such a one, has no C1 controls, and the scanner would read
    /// it.
    pub(crate) fn of(html: &'a str, limits: &Limits) -> Option<Self> {
        let content = html.trim_ascii().strip_prefix("<div>")?.strip_suffix("</div>")?;
        let bytes = content.as_bytes();
        if !memchr_iter(b'<', bytes).all(|at| line_break_length(&bytes[at..]).is_some()) {
            return None;
        }
        let look = FirstLook::at(html);
        // The `<div>`, and a `<br>` in it.
        let is_within_limits = limits.max_depth() >= 2 && scanner::check(look, html, limits).is_ok();
        (is_within_limits && !look.has_c1).then_some(Self { content })
    }

    /// Sends the events of what stands in the `<div>`: the same ones that the scanner sends.
    pub(crate) fn send(self, sink: &mut impl EventSink<'a>) {
        let line_break = Element::implied(Tag::Br, "br");
        let mut rest = self.content;
        while let Some(first) = rest.as_bytes().first() {
            let length = match first {
                b'<' => {
                    sink.open(&line_break);
                    sink.close(Tag::Br);
                    line_break_length(rest.as_bytes()).unwrap_or(rest.len())
                }
                b'&' => send_reference(rest, sink),
                _ => send_text(rest, sink),
            };
            rest = &rest[length..];
        }
    }
}

/// The length of the `<br>` that a text begins with.
fn line_break_length(text: &[u8]) -> Option<usize> {
    LINE_BREAKS.iter().find(|tag| text.starts_with(tag)).map(|tag| tag.len())
}

/// Sends the text at the beginning of `rest`, up to the next `<` or `&`. Returns its length.
fn send_text<'a>(rest: &'a str, sink: &mut impl EventSink<'a>) -> usize {
    let bytes = rest.as_bytes();
    let space = leading_spaces_and_feeds(bytes);
    let length = memchr2(b'<', b'&', &bytes[space..]).map_or(rest.len(), |length| space + length);
    if length == space {
        sink.space(Space::of(&rest[..length]));
    } else {
        sink.text(&rest[..length]);
    }
    length
}

/// Sends what the ampersand at the beginning of `rest` stands for. Returns the length of the reference.
fn send_reference<'a>(rest: &'a str, sink: &mut impl EventSink<'a>) -> usize {
    let Some(reference) = references::decode(rest, false) else {
        sink.text("&");
        return "&".len();
    };
    match reference.text {
        Decoded::Known(text) => sink.text(text),
        Decoded::Chars(first, second) => {
            for c in [Some(first), second].into_iter().flatten() {
                sink.other_text(c.encode_utf8(&mut [0; 4]));
            }
        }
    }
    reference.length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::event::Removed;

    /// The events, with `[name` and `]` for tags.
    #[derive(Default)]
    struct Events(Vec<String>);

    impl<'a> EventSink<'a> for Events {
        fn open(&mut self, element: &Element<'a>) {
            assert!(element.attrs.is_empty());
            self.0.push(format!("[{}", element.name));
        }

        fn close(&mut self, _: Tag) {
            self.0.push("]".to_owned());
        }

        fn text(&mut self, text: &'a str) {
            self.0.push(format!("text {text:?}"));
        }

        fn other_text(&mut self, text: &str) {
            self.0.push(format!("other {text:?}"));
        }

        fn space(&mut self, space: Space<'a>) {
            self.0.push(format!("space {:?}", space.source));
        }

        fn removed(&mut self, _: Removed) {}

        fn restart(&mut self) {
            self.0.clear();
        }
    }

    #[test]
    fn the_events_are_those_of_the_scanner() {
        let limits = Limits::default();
        for content in [
            "",
            "\n\n",
            "\n Tea &amp; cake.<br>\n<br/>&nbsp; &#x2019;<br />&notit; & &\n",
            "\t \n<br>&bne; <br> a\n b > c",
            "茶\u{a0}é",
        ] {
            let body = format!("\n<div>{content}</div>\n");
            let mut sent = Events::default();
            LoneDiv::of(&body, &limits).expect("a lone div").send(&mut sent);
            let mut scanned = Events::default();
            scanner::drive(FirstLook::at(&body), &body, &limits, &mut scanned).expect("a plain body");
            // What is around the content: white space, and the `<div>`.
            assert_eq!(sent.0, scanned.0[2..scanned.0.len() - 2], "{body:?}");
        }
    }

    #[test]
    fn other_bodies_are_left_to_the_scanner() {
        let limits = Limits::default();
        for body in [
            "",
            "Tea",
            "<div></div",
            "<div>",
            "<p>Tea</p>",
            "<div class=x>Tea</div>",
            "<DIV>Tea</DIV>",
            "<div>Tea</div><div>cake</div>",
            "<div>Tea</div> cake",
            "<div><BR></div>",
            "<div><br class=x></div>",
            "<div><!-- --></div>",
            "<div>a < b</div>",
            "<div>a\r\n</div>",
            "<div>\0</div>",
            "<div>\u{92}</div>",
        ] {
            assert_eq!(LoneDiv::of(body, &limits), None, "{body:?}");
        }
        let body = "<div>Tea<br></div>";
        assert!(LoneDiv::of(body, &limits.clone().depth(2).nodes(body.len() + 3)).is_some());
        assert_eq!(LoneDiv::of(body, &limits.clone().depth(1)), None);
        assert_eq!(LoneDiv::of(body, &limits.nodes(4)), None);
    }
}
