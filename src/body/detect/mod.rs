//! Whether a body is written in Markdown.
//!
//! HTML and Markdown look alike as far as elements go, and Markdown has HTML in it. What tells them apart is
//! the text that stands *outside all elements*: that of HTML says what it says, and that of Markdown has
//! [signs](lines) in it. An element here is one with a known name and an end tag, or a void one; a tag that
//! nothing ends, as in `Use <b> for bold text`, is text.
//!
//! Whether a start tag has its end tag is known only at the end of the body. So the body is read as if each
//! had one, and then again, if that proved wrong, with those that have none as text.

mod inline;
mod lines;
mod tags;
mod wrapper;

use crate::html::event::{Nesting, Tag};
use inline::Inline;
use lines::{Before, Fences, Lines};
use memchr::memchr;
use tags::{Piece, StartTag, Tags};

/// How often a body is read at most. What is text the second time may hold what seems to be a code span, and
/// hide a tag.
const MOST_PASSES: usize = 4;

/// The byte offset of the first Markdown outside all elements; `None` if the body is HTML.
///
/// The time grows with the length of the body alone. Of a body that stands in one element, as articles taken
/// from pages do, only the beginning and the end are looked at.
pub(super) fn markdown(body: &str) -> Option<usize> {
    if wrapper::stands_in_one_element(body) {
        return None;
    }
    let mut never_closed = Vec::new();
    for _ in 0..MOST_PASSES {
        match Pass::new(body, &never_closed).run() {
            Outcome::Markdown(at) => return Some(at),
            Outcome::Html => return None,
            Outcome::NeverClosed(mut starts) => {
                never_closed.append(&mut starts);
                never_closed.sort_unstable();
            }
        }
    }
    None
}

/// What a pass over a body has found.
enum Outcome {
    /// Markdown, at this offset.
    Markdown(usize),
    Html,
    /// Start tags, at these offsets, that were taken for those of elements and have no end tag.
    NeverClosed(Vec<usize>),
}

/// One pass over a body.
struct Pass<'b> {
    body: &'b str,
    at: usize,
    tags: Tags<'b>,
    elements: Nesting,
    /// The start tags that are text, from here on.
    never_closed: &'b [usize],
    inline: Inline<'b>,
    fences: Fences,
    /// What stands before the line at hand.
    before: Before,
}

impl<'b> Pass<'b> {
    fn new(body: &'b str, never_closed: &'b [usize]) -> Self {
        Self {
            body,
            at: 0,
            tags: Tags::new(body),
            elements: Nesting::default(),
            never_closed,
            inline: Inline::new(body),
            fences: Fences::new(),
            before: Before::Blank,
        }
    }

    fn run(mut self) -> Outcome {
        let bytes = self.body.as_bytes();
        let mut starts_line = true;
        while self.at < bytes.len() {
            if starts_line {
                if let Some(at) = self.begin_line() {
                    return Outcome::Markdown(at);
                }
                if self.at >= bytes.len() {
                    break;
                }
            }
            starts_line = false;
            let (stop, sign) = self.inline.text(self.at);
            self.at = stop;
            if sign.is_some() {
                return sign.map_or(Outcome::Html, Outcome::Markdown);
            }
            match bytes.get(self.at) {
                Some(b'\n') => {
                    self.at += 1;
                    starts_line = true;
                }
                Some(b'<') => {
                    if let Some(outcome) = self.markup() {
                        return outcome;
                    }
                }
                _ => {}
            }
        }
        if self.elements.is_empty() { Outcome::Html } else { self.never_closed() }
    }

    /// Passes over blank lines, and looks at how the line after them begins.
    fn begin_line(&mut self) -> Option<usize> {
        let lines = Lines::new(self.body);
        let blank = lines.blank_end(self.at);
        if blank > self.at {
            self.before = Before::Blank;
            self.inline.begin_paragraph(blank);
            self.at = blank;
        }
        let (sign, line) = lines.sign(self.at, self.before, &mut self.fences);
        self.before = line;
        sign
    }

    /// What begins at a `<`, with all that is inside it.
    fn markup(&mut self) -> Option<Outcome> {
        let start = self.at;
        if self.never_closed.first() == Some(&start) {
            self.never_closed = &self.never_closed[1..];
            self.at = self.end_of_unclosed(start);
            return None;
        }
        match self.tags.piece(start) {
            Piece::Text(length) => self.at += length,
            Piece::Autolink => return Some(Outcome::Markdown(start)),
            Piece::Passed(end) | Piece::End { end, .. } => self.at = end,
            Piece::Start(tag) => {
                self.at = tag.end;
                if tag.is_markdown {
                    return Some(Outcome::Markdown(start));
                }
                if tag.tag == Tag::Br {
                    self.before = Before::Text;
                }
                self.open(start, &tag);
                return self.inside();
            }
        }
        None
    }

    /// Opens the element of a start tag that has been passed, unless it is void.
    fn open(&mut self, start: usize, tag: &StartTag) {
        if !tag.tag.is_void() {
            self.elements.open(tag.tag, start);
        }
    }

    fn never_closed(&self) -> Outcome {
        Outcome::NeverClosed(self.elements.iter().map(|(_, start)| start).collect())
    }

    /// Goes on to the end of the elements that are open.
    fn inside(&mut self) -> Option<Outcome> {
        let bytes = self.body.as_bytes();
        while !self.elements.is_empty() {
            let Some(length) = memchr(b'<', &bytes[self.at..]) else {
                return Some(self.never_closed());
            };
            self.at += length;
            let start = self.at;
            if self.never_closed.first() == Some(&start) {
                self.never_closed = &self.never_closed[1..];
                self.at += "<".len();
                continue;
            }
            match self.tags.piece(start) {
                Piece::Text(length) => self.at += length,
                Piece::Autolink => self.at += "<".len(),
                Piece::Passed(end) => self.at = end,
                Piece::End { tag, end } => {
                    self.at = end;
                    self.elements.close(tag);
                }
                Piece::Start(tag) => {
                    self.at = tag.end;
                    if tag.is_markdown {
                        return Some(Outcome::Markdown(start));
                    }
                    self.open(start, &tag);
                }
            }
        }
        self.before = Before::Block;
        None
    }

    /// Where the text of a start tag that nothing closes ends: that of a paragraph, or an item, goes on to
    /// the next block or blank line, as its end tag may be left out.
    fn end_of_unclosed(&mut self, start: usize) -> usize {
        let Piece::Start(tag) = self.tags.piece(start) else { return start + "<".len() };
        if !tag.has_optional_end || !Lines::new(self.body).is_first(start) {
            // What looks like a tag is passed as a whole, other than the `<b and c>` of a comparison.
            let source = &self.body[start..tag.end];
            let is_tag = source.contains('=') || !source.contains(char::is_whitespace);
            return if is_tag { tag.end } else { start + "<".len() };
        }
        let mut at = tag.end;
        let bytes = self.body.as_bytes();
        while let Some(length) = memchr::memchr2(b'<', b'\n', &bytes[at..]) {
            at += length;
            if bytes[at] == b'\n' {
                if Lines::new(self.body).is_blank(at + 1) {
                    return at;
                }
                at += 1;
            } else if self.tags.is_block(at) {
                return at;
            } else {
                at += 1;
            }
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests;
