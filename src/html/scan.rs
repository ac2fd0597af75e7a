//! The fast producer: one pass over the source, without a tree.
//!
//! It follows the HTML standard's tokenizer exactly, and its tree construction as long as that appends at the
//! end: elements open, close and are closed by others, but nothing moves. Formatting elements that are misnested take
//! it up to two passes more ([`repair`]). Where the standard would move content out of a table or parse by other rules, it
//! *bails*, and what it has sent is worthless.

mod end;
mod repair;

use std::borrow::Cow;

use memchr::memchr2;

use super::entity::{self, Decoded};
use super::event::{Attrs, Element, EventSink, Tag, lower_case};
use super::open::{Mode, Name, OpenElements, Start};
use super::tag::{self, SourceTag};
use crate::bytes::{Word, blank_length};
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

/// Sends the events of `html`, or says why it cannot. Each pass but the first has a new sink.
pub(super) fn drive<'a, S: EventSink<'a>>(
    html: &'a str,
    limits: &Limits,
    sink: &mut S,
    new_sink: impl Fn() -> S,
) -> Result<(), Bail> {
    if memchr2(b'\r', b'\0', html.as_bytes()).is_some() {
        return Err(Bail::Character);
    }
    // Fewer than the reference would count before it gives up.
    if html.len() >= limits.max_nodes() {
        return Err(Bail::Limits);
    }
    match Scanner::<S, false>::new(html, limits, sink, Partings::default()).run() {
        Err(Bail::Formatting) => {}
        outcome => return outcome.map(|_| ()),
    }
    *sink = new_sink();
    let partings = Scanner::<S, true>::new(html, limits, sink, Partings::default()).run()?;
    if partings.is_empty() {
        return Ok(());
    }
    *sink = new_sink();
    let others = Scanner::<S, true>::new(html, limits, sink, partings).run()?;
    if others.is_empty() { Ok(()) } else { Err(Bail::Formatting) }
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
            sink,
        }
    }

    /// Returns what the next pass has to know: without any, there need not be one.
    fn run(&mut self) -> Result<Partings, Bail> {
        while let Some(byte) = self.html.as_bytes().get(self.at) {
            match byte {
                b'<' => self.markup()?,
                b'&' => self.reference()?,
                _ => self.text_here()?,
            }
        }
        self.close_all();
        Ok(self.repairs.take_found())
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
                if self.read_tag(1)? { self.start_tag(self.element.tag) } else { Ok(()) }
            }
            [b'/', name @ ..] if name.first().is_some_and(u8::is_ascii_alphabetic) => {
                // Nearly always it is the current element that ends, spelled as it began.
                let length = if self.has_pending() { None } else { self.open.length_of_end_tag(name) };
                if let Some(length) = length {
                    self.at += 2 + length;
                    self.close_current();
                    return Ok(());
                }
                if self.read_tag(2)? { self.end_tag(self.element.tag, self.name.text) } else { Ok(()) }
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

    /// Opens the element of the start tag that begins here if the tag has no attributes, as half of all have none, and the
    /// element no rules of its own. Returns whether it did.
    #[inline]
    fn plain_start_tag(&mut self) -> Result<bool, Bail> {
        let bytes = &self.html.as_bytes()[self.at + 1..];
        let Some(word) = Word::at(bytes, 0) else { return Ok(false) };
        let Some(length) = word.equal(b'>').first() else { return Ok(false) };
        let head = word.head(length);
        let Some((tag, name)) = Tag::known(head, &bytes[..length]) else { return Ok(false) };
        let start = tag.start();
        if REPAIRS || start == Start::Other || self.open.mode().is_between_cells() {
            return Ok(false);
        }
        if start == Start::Block {
            self.close_paragraph()?;
        }
        self.check_depth()?;
        self.at += length + "<>".len();
        (self.plain.tag, self.plain.name) = (tag, Cow::Borrowed(name));
        self.sink.open(&self.plain);
        if start == Start::Void {
            self.sink.close(tag);
        } else {
            self.open.push_plain(tag, Name { text: name, head });
        }
        Ok(true)
    }

    /// Reads the tag whose name begins so many bytes from here. Returns whether the input does not end in it.
    fn read_tag(&mut self, start: usize) -> Result<bool, Bail> {
        if REPAIRS {
            self.repairs.tag_start = self.at;
        }
        let Some(attributes) = self.element.attrs.source_mut() else { return Ok(false) };
        let tag = SourceTag::read(self.html, self.at + start, attributes);
        if attributes.len() > self.limits.max_attributes() {
            return Err(Bail::Limits);
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
        Ok(tag.is_closed)
    }

    /// A name that is none of the known ones in lower case.
    #[cold]
    fn read_other_name(&mut self, name: Name<'a>) {
        self.name = name;
        let name = lower_case(name.text);
        (self.element.tag, self.element.name) = (Tag::of(&name), name);
    }

    fn start_tag(&mut self, tag: Tag) -> Result<(), Bail> {
        let start = tag.start();
        if start == Start::Other {
            return self.start_of_other(tag);
        }
        if self.open.mode().is_between_cells() {
            return Err(Bail::FosterParent);
        }
        if self.has_pending() && start != Start::Block && tag.reconstructs() {
            self.reconstruct_before_tag()?;
        }
        match start {
            Start::Void => return self.void(),
            Start::Block => self.close_paragraph()?,
            Start::Inline | Start::Other => {}
        }
        self.check_depth()?;
        if self.is_apart() {
            return self.open_apart(tag);
        }
        self.sink.open(&self.element);
        self.open.push_plain(tag, self.name);
        self.note_open(tag);
        Ok(())
    }

    /// The start of an element with rules of its own.
    fn start_of_other(&mut self, tag: Tag) -> Result<(), Bail> {
        if tag.is_table_part() && self.open.mode() != Mode::Body {
            self.close_for_table_part(tag)?;
        }
        match self.open.mode() {
            Mode::Body if tag.is_table_part() => return Ok(()),
            mode if mode.is_between_cells() && !tag.is_table_part() => return Err(Bail::FosterParent),
            _ => {}
        }
        match tag {
            _ if tag.needs_reference() => return Err(Bail::Element(tag)),
            Tag::Hr => {
                self.close_paragraph()?;
                return self.void();
            }
            Tag::Iframe => return self.raw_text(),
            Tag::A => {
                if self.open.has_link() || self.has_pending() {
                    self.end_of_formatting(Tag::A)?;
                }
                self.reconstruct_before_tag()?;
            }
            Tag::Button if self.open.find_in_scope(|open| open.tag == Tag::Button).is_some() => {
                return Err(Bail::NestedButton);
            }
            Tag::Button => self.reconstruct_before_tag()?,
            // In a cell they count no more.
            Tag::Td | Tag::Th | Tag::Caption if self.has_pending() => return Err(Bail::Formatting),
            Tag::Li | Tag::Dd | Tag::Dt => self.close_item(tag)?,
            Tag::Rt | Tag::Rp if self.open.find_in_scope(|open| open.tag == Tag::Ruby).is_some() => {
                self.close_implied()?;
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.close_paragraph()?;
                if self.open.current().is_heading() {
                    self.pop_to(self.open.len() - 1)?;
                }
            }
            _ if tag.closes_paragraph() => self.close_paragraph()?,
            _ => {}
        }
        self.check_depth()?;
        if self.is_apart() {
            return self.open_apart(tag);
        }
        self.sink.open(&self.element);
        self.open.push(tag, self.name);
        self.note_open(tag);
        if matches!(tag, Tag::Pre | Tag::Listing) { self.skip_line_feed() } else { Ok(()) }
    }

    /// A line feed right behind a start tag, which is dropped.
    fn skip_line_feed(&mut self) -> Result<(), Bail> {
        let rest = &self.html[self.at..];
        if rest.starts_with('\n') {
            self.at += 1;
        } else if rest.starts_with('&') {
            let reference = entity::decode(rest, false);
            if reference.is_some_and(|reference| reference.text.is_line_feed()) {
                return Err(Bail::LineFeedReference);
            }
        }
        Ok(())
    }

    /// Closes what a part of a table closes when it begins, and opens what it needs around it.
    fn close_for_table_part(&mut self, tag: Tag) -> Result<(), Bail> {
        let is_cell = matches!(tag, Tag::Td | Tag::Th);
        if matches!(tag, Tag::Col | Tag::Colgroup) {
            return Err(Bail::Element(tag));
        }
        loop {
            match self.open.mode() {
                Mode::Cell | Mode::Caption => self.close_cell(),
                Mode::Row if !is_cell => self.pop_to(self.open.len() - 1)?,
                Mode::TableBody if !is_cell && tag != Tag::Tr => self.pop_to(self.open.len() - 1)?,
                Mode::TableBody if is_cell => self.push_implied(Tag::Tr, "tr")?,
                Mode::Table if is_cell || tag == Tag::Tr => self.push_implied(Tag::Tbody, "tbody")?,
                Mode::Body | Mode::Table | Mode::TableBody | Mode::Row => return Ok(()),
            }
        }
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
    fn push_implied(&mut self, tag: Tag, name: &'static str) -> Result<(), Bail> {
        self.check_depth()?;
        self.sink.open(&Element { tag, name: Cow::Borrowed(name), attrs: Attrs::NONE });
        self.open.push(tag, Name::new(name));
        self.note_open(tag);
        Ok(())
    }

    /// The element of the start tag that was read last, which has no content.
    fn void(&mut self) -> Result<(), Bail> {
        self.check_depth()?;
        self.sink.open(&self.element);
        self.sink.close(self.element.tag);
        Ok(())
    }

    /// An element without content that an end tag makes.
    fn void_implied(&mut self, tag: Tag, name: &'static str) -> Result<(), Bail> {
        self.push_implied(tag, name)?;
        self.close_current();
        Ok(())
    }

    fn check_depth(&self) -> Result<(), Bail> {
        if self.open.len() >= self.limits.max_depth() { Err(Bail::Limits) } else { Ok(()) }
    }

    /// The element of the start tag that was read last, whose content is text up to its end tag.
    fn raw_text(&mut self) -> Result<(), Bail> {
        self.check_depth()?;
        self.sink.open(&self.element);
        let rest = &self.html[self.at..];
        let length = tag::raw_text_length(self.name.text.as_bytes(), rest.as_bytes());
        if length > 0 {
            self.sink.text(&rest[..length]);
        }
        self.sink.close(self.element.tag);
        self.at += length;
        if self.at < self.html.len() {
            self.read_tag("</".len())?;
        }
        Ok(())
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

    /// Closes the item that a new one ends, and a paragraph.
    fn close_item(&mut self, tag: Tag) -> Result<(), Bail> {
        let is_like = |other: Tag| match tag {
            Tag::Li => other == Tag::Li,
            _ => matches!(other, Tag::Dd | Tag::Dt),
        };
        let stops = |other: Tag| other.is_special() && !matches!(other, Tag::Address | Tag::Div | Tag::P);
        let border = self.open.rposition(|open| is_like(open.tag) || stops(open.tag));
        if let Some(place) = border.filter(|&place| is_like(self.open.tag_at(place))) {
            self.pop_to(place)?;
        }
        self.close_paragraph()
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
