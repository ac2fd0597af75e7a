//! The fast producer: one pass over the source, without a tree.
//!
//! It follows the HTML standard's tokenizer exactly, and its tree construction as long as that appends at the
//! end: elements open, close and are closed by others, but nothing moves. Formatting elements that are misnested take
//! it up to two passes more ([`repair`]). Where the standard would move content out of a table or parse by other rules, it
//! *bails*, and what it has sent is worthless.

mod end;
mod repair;
mod start;

use std::borrow::Cow;

use memchr::memchr2;

use super::entity::{self, Decoded};
use super::event::{Attrs, Element, EventSink, Tag, lower_case};
use super::left_out::{LeftOut, LeftOutAttributes};
use super::open::{Name, OpenElements};
use super::tag::{self, SourceTag};
use crate::bytes::blank_length;
use crate::limits::Limits;
use repair::{Partings, Repairs};

/// Why the scanner leaves a body to the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bail {
    /// A carriage return or a NUL, which the standard replaces or drops.
    Character,
    /// The limits are so narrow, or the body so large, that only the reference can tell whether it fits.
    Limits,
    /// A `<!DOCTYPE>`, which has a syntax of its own.
    Doctype,
    /// An element with rules of its own: scripts, forms, selections, SVG, `MathML`, objects and the like.
    Element(Tag),
    /// Formatting elements that would take more than a few [repairs](repair).
    Formatting,
    /// A table holds something outside its cells, which would be moved before it.
    FosterParent,
    /// A button in a button.
    NestedButton,
    /// A reference to a line feed right after `<pre>`: whether it counts depends on its spelling.
    LineFeedReference,
}

/// Sends the events of `html`, or says why it cannot. Returns what the limits left out. Each pass but the first has a new
/// sink.
pub(super) fn drive<'a, S: EventSink<'a>>(
    html: &'a str,
    limits: &Limits,
    sink: &mut S,
    new_sink: impl Fn() -> S,
) -> Result<LeftOut, Bail> {
    if memchr2(b'\r', b'\0', html.as_bytes()).is_some() {
        return Err(Bail::Character);
    }
    // Fewer than the reference would count before it gives up.
    if html.len() >= limits.max_nodes() {
        return Err(Bail::Limits);
    }
    match Scanner::<S, false>::new(html, limits, sink, Partings::default()).run() {
        Err(Bail::Formatting) => {}
        outcome => return outcome.map(|(_, left_out)| left_out),
    }
    *sink = new_sink();
    let (partings, left_out) = Scanner::<S, true>::new(html, limits, sink, Partings::default()).run()?;
    if partings.is_empty() {
        return Ok(left_out);
    }
    *sink = new_sink();
    let (others, left_out) = Scanner::<S, true>::new(html, limits, sink, partings).run()?;
    if others.is_empty() { Ok(left_out) } else { Err(Bail::Formatting) }
}

/// Goes through the source once. Nearly all posts need no `REPAIRS`, and do not pay for them.
struct Scanner<'a, 's, S, const REPAIRS: bool> {
    html: &'a str,
    at: usize,
    open: OpenElements<'a>,
    /// The tag that was read last. In one place for all tags, because it is large.
    element: Element<'a>,
    /// Its name, in the letters of the source.
    name: Name<'a>,
    /// The last one without attributes that was read as [such](Self::plain_start_tag).
    plain: Element<'a>,
    repairs: Repairs,
    limits: &'s Limits,
    left_out: LeftOutAttributes,
    /// Up to where attributes that were left out are counted: repairs read a tag again.
    counted_to: usize,
    sink: &'s mut S,
}

impl<'a, 's, S: EventSink<'a>, const REPAIRS: bool> Scanner<'a, 's, S, REPAIRS> {
    fn new(html: &'a str, limits: &'s Limits, sink: &'s mut S, known: Partings) -> Self {
        Self {
            html,
            at: 0,
            open: OpenElements::new(html.len()),
            element: Element { tag: Tag::Unknown, name: Cow::Borrowed(""), attrs: Attrs::SOURCE },
            name: Name::new(""),
            plain: Element { tag: Tag::Unknown, name: Cow::Borrowed(""), attrs: Attrs::NONE },
            repairs: Repairs::new(known),
            limits,
            left_out: LeftOutAttributes::default(),
            counted_to: 0,
            sink,
        }
    }

    /// Returns what the next pass has to know (without any, there need not be one), and what the limits left out.
    fn run(&mut self) -> Result<(Partings, LeftOut), Bail> {
        while let Some(byte) = self.html.as_bytes().get(self.at) {
            match byte {
                b'<' => self.markup()?,
                b'&' => self.reference()?,
                _ => self.text_here()?,
            }
        }
        self.close_all();
        // Elements that are too deep are left to the reference.
        let left_out = LeftOut { elements: 0, attributes: self.left_out };
        Ok((self.repairs.take_found(), left_out))
    }

    /// The text that begins here, or nothing but white space.
    #[inline]
    fn text_here(&mut self) -> Result<(), Bail> {
        let html = self.html;
        let start = self.at;
        let bytes = &html.as_bytes()[start..];
        let is_blank = matches!(bytes.first(), Some(b' ' | b'\n'));
        let behind_blank = if is_blank { start + blank_length(bytes) } else { start };
        if is_blank && matches!(html.as_bytes().get(behind_blank), None | Some(b'<' | b'&')) {
            self.at = behind_blank;
            self.reconstruct()?;
            self.sink.space(&html[start..behind_blank]);
            return Ok(());
        }
        let text = &html.as_bytes()[behind_blank..];
        self.at = memchr2(b'<', b'&', text).map_or(html.len(), |length| behind_blank + length);
        self.text(&html[start..self.at])
    }

    fn close_all(&mut self) {
        while let Some(closed) = self.open.pop() {
            self.sink.close(closed.tag);
        }
    }

    #[inline]
    fn text(&mut self, text: &'a str) -> Result<(), Bail> {
        self.check_place_of(text)?;
        self.reconstruct()?;
        self.sink.text(text);
        Ok(())
    }

    #[inline]
    fn check_place_of(&self, text: &str) -> Result<(), Bail> {
        if self.open.mode().is_between_cells() && !text.trim_ascii().is_empty() {
            return Err(Bail::FosterParent);
        }
        Ok(())
    }

    /// An ampersand, and what it begins.
    fn reference(&mut self) -> Result<(), Bail> {
        let Some(reference) = entity::decode(&self.html[self.at..], false) else {
            self.at += 1;
            return self.text("&");
        };
        self.at += reference.length;
        match reference.text {
            Decoded::Known(text) => self.text(text),
            Decoded::Chars(first, second) => {
                for c in [Some(first), second].into_iter().flatten() {
                    let mut buffer = [0; 4];
                    let text = c.encode_utf8(&mut buffer);
                    self.check_place_of(text)?;
                    self.reconstruct()?;
                    self.sink.other_text(text);
                }
                Ok(())
            }
        }
    }

    /// A `<`, and what it begins: a tag, a comment, or text.
    fn markup(&mut self) -> Result<(), Bail> {
        let rest = &self.html.as_bytes()[self.at + 1..];
        match rest {
            [b'/', b'>', ..] => {
                self.at += 3;
                Ok(())
            }
            [name, ..] if name.is_ascii_alphabetic() => {
                if self.plain_start_tag()? {
                    return Ok(());
                }
                if self.read_tag(1) { self.start_tag(self.element.tag) } else { Ok(()) }
            }
            [b'/', name @ ..] if name.first().is_some_and(u8::is_ascii_alphabetic) => {
                // Nearly always it is the current element that ends, spelled as it began.
                let length = if self.has_pending() { None } else { self.open.length_of_end_tag(name) };
                if let Some(length) = length {
                    self.at += 2 + length;
                    self.close_current();
                    return Ok(());
                }
                if self.read_tag(2) { self.end_tag(self.element.tag, self.name.text) } else { Ok(()) }
            }
            [b'!', b'-', b'-', comment @ ..] => {
                let length = tag::comment_length(comment).unwrap_or(comment.len());
                self.at += 4 + length;
                Ok(())
            }
            [b'!', letters @ ..] if letters.len() >= 7 && letters[..7].eq_ignore_ascii_case(b"doctype") => {
                Err(Bail::Doctype)
            }
            [b'!' | b'?', ..] | [b'/', _, ..] => {
                // What is no comment and yet looks like markup is one, up to the next `>`.
                self.at += 1 + tag::bogus_comment_length(rest);
                Ok(())
            }
            // At the end of the input, `</` is text.
            [b'/'] => {
                self.at += 2;
                self.text("</")
            }
            _ => {
                self.at += 1;
                self.text("<")
            }
        }
    }

    /// Reads the tag whose name begins so many bytes from here. Returns whether the input does not end in it.
    fn read_tag(&mut self, start: usize) -> bool {
        if REPAIRS {
            self.repairs.tag_start = self.at;
        }
        let Some(attributes) = self.element.attrs.source_mut() else { return false };
        let tag = SourceTag::read(self.html, self.at + start, attributes);
        if attributes.len() > self.limits.max_attributes() {
            let beyond = attributes.truncate(self.limits.max_attributes());
            if tag.is_closed && tag.end > self.counted_to {
                self.left_out.add(beyond.start, beyond.count);
                self.counted_to = tag.end;
            }
        }
        let name = self.at + start..tag.name_end;
        self.at = tag.end;
        match Tag::known(tag.head, &self.html.as_bytes()[name.clone()]) {
            Some((known, name)) => {
                self.name = Name { text: name, head: tag.head };
                (self.element.tag, self.element.name) = (known, Cow::Borrowed(name));
            }
            None => self.read_other_name(Name { text: &self.html[name], head: tag.head }),
        }
        tag.is_closed
    }

    /// A name that is none of the known ones in lower case.
    #[cold]
    fn read_other_name(&mut self, name: Name<'a>) {
        self.name = name;
        let name = lower_case(name.text);
        (self.element.tag, self.element.name) = (Tag::of(&name), name);
    }

    /// Closes the innermost cell or caption with all that is in it. Formatting elements in it are not opened
    /// again.
    fn close_cell(&mut self) {
        while !self.open.current().is_cell_or_caption() {
            self.close_current();
        }
        self.close_current();
        self.repairs.forget_pending();
    }

    fn close_current(&mut self) {
        if let Some(closed) = self.open.pop() {
            self.sink.close(closed.tag);
        }
    }

    /// Opens an element that has no start tag in the source.
    fn push_implied(&mut self, tag: Tag, name: &'static str) {
        self.sink.open(&Element { tag, name: Cow::Borrowed(name), attrs: Attrs::NONE });
        self.open.push(tag, Name::new(name));
        self.note_open(tag);
    }

    /// The element of the start tag that was read last, which has no content.
    fn void(&mut self) {
        self.sink.open(&self.element);
        self.sink.close(self.element.tag);
    }

    /// An element without content that an end tag makes.
    fn void_implied(&mut self, tag: Tag, name: &'static str) {
        self.push_implied(tag, name);
        self.close_current();
    }

    /// At the limit on depth, what becomes of a start tag is for the reference to say. Elements that open again before the
    /// next text count as open.
    fn check_depth(&self) -> Result<(), Bail> {
        let pending = if REPAIRS { self.repairs.pending_count() } else { 0 };
        if self.open.len() + pending >= self.limits.max_depth() { Err(Bail::Limits) } else { Ok(()) }
    }

    /// The element of the start tag that was read last, whose content is text up to its end tag.
    fn raw_text(&mut self) {
        self.sink.open(&self.element);
        let rest = &self.html[self.at..];
        let length = tag::raw_text_length(self.name.text.as_bytes(), rest.as_bytes());
        if length > 0 {
            self.sink.text(&rest[..length]);
        }
        self.sink.close(self.element.tag);
        self.at += length;
        if self.at < self.html.len() {
            self.read_tag("</".len());
        }
    }

    /// Closes the paragraph that is open in the scope of a button, if there is one.
    fn close_paragraph(&mut self) -> Result<(), Bail> {
        if !self.open.has_paragraph() {
            return Ok(());
        }
        match self.open.rposition(|open| open.tag == Tag::P) {
            Some(place) => self.pop_to(place),
            None => Ok(()),
        }
    }

    /// Closes elements whose end tag can be left out.
    fn close_implied(&mut self) -> Result<(), Bail> {
        while self.open.current().has_implied_end() {
            self.pop_to(self.open.len() - 1)?;
        }
        Ok(())
    }

    /// Closes the elements from `place` on. Formatting elements among them open again behind.
    fn pop_to(&mut self, place: usize) -> Result<(), Bail> {
        if REPAIRS {
            self.set_aside(place)?;
        }
        while self.open.len() > place {
            if !REPAIRS && self.open.current().is_formatting() {
                return Err(Bail::Formatting);
            }
            self.close_current();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
