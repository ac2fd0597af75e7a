//! Elements whose content is text, whatever it looks like.

use memchr::memchr2_iter;

use super::markup::{is_named, raw_text_length};

/// Whether the content of the HTML element with this name is text, whatever it looks like.
pub(crate) fn holds_raw_text(name: &[u8]) -> bool {
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
pub(crate) fn length_of_raw_text(name: &[u8], rest: &[u8]) -> usize {
    if name.eq_ignore_ascii_case(b"plaintext") {
        return rest.len();
    }
    if name.eq_ignore_ascii_case(b"script") {
        return length_of_script(rest);
    }
    raw_text_length(name, rest)
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
        let is_end_tag = || rest.first() == Some(&b'/') && is_named(&rest[1..], b"script");
        state = match state {
            State::Plain | State::Escaped(_) if text[at] == b'<' && is_end_tag() => return at,
            State::Plain if text[at] == b'<' && rest.starts_with(b"!--") => State::Escaped(at + 2),
            State::Escaped(from) | State::DoubleEscaped(from)
                if text[at] == b'>' && text[from..at].ends_with(b"--") =>
            {
                State::Plain
            }
            State::Escaped(from) if text[at] == b'<' && is_named(rest, b"script") => {
                State::DoubleEscaped(from)
            }
            State::DoubleEscaped(from) if text[at] == b'<' && is_end_tag() => State::Escaped(from),
            state => state,
        };
    }
    text.len()
}
