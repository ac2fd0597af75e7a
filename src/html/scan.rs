//! The fast producer: one pass over the source, without a tree.
//!
//! It follows the HTML standard's tokenizer exactly, and its tree construction as long as that appends at the
//! end: elements open, close and are closed by others, but nothing moves. Where the standard would rebuild
//! formatting elements, move content out of a table or parse by other rules, it *bails*, and what it has sent is
//! worthless.

use std::borrow::Cow;

use memchr::memchr2;

use super::entity;
use super::event::{Attrs, Element, EventSink, Tag};
use super::open::{Mode, OpenElements};
use super::tag::{self, SourceTag};
use crate::limits::Limits;

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
    /// A formatting element would be closed by something else than its own end tag, and open again behind.
    Formatting,
    /// A link in a link.
    NestedLink,
    /// A table holds something outside its cells, which would be moved before it.
    FosterParent,
    /// A button in a button.
    NestedButton,
    /// A reference to a line feed right after `<pre>`: whether it counts depends on its spelling.
    LineFeedReference,
}

/// Sends the events of `html`, or says why it cannot.
pub(super) fn drive<'a>(html: &'a str, limits: &Limits, sink: &mut impl EventSink<'a>) -> Result<(), Bail> {
    if memchr2(b'\r', b'\0', html.as_bytes()).is_some() {
        return Err(Bail::Character);
    }
    // Fewer than the reference would count before it gives up.
    if html.len() >= limits.max_nodes() {
        return Err(Bail::Limits);
    }
    let open = OpenElements::default();
    let mut scanner = Scanner { html, at: 0, open, limits, sink, skips_line_feed: false };
    scanner.run()?;
    scanner.close_all();
    Ok(())
}

struct Scanner<'a, 's, S> {
    html: &'a str,
    at: usize,
    open: OpenElements<'a>,
    limits: &'s Limits,
    sink: &'s mut S,
    /// Whether the next token is dropped if it is a line feed, as after `<pre>`.
    skips_line_feed: bool,
}

impl<'a, S: EventSink<'a>> Scanner<'a, '_, S> {
    fn run(&mut self) -> Result<(), Bail> {
        while self.at < self.html.len() {
            let rest = &self.html.as_bytes()[self.at..];
            let text = memchr2(b'<', b'&', rest).unwrap_or(rest.len());
            if text > 0 {
                self.text(Cow::Borrowed(&self.html[self.at..self.at + text]))?;
                self.at += text;
            }
            match rest.get(text) {
                Some(b'<') => self.markup()?,
                Some(_) => self.reference()?,
                None => {}
            }
        }
        Ok(())
    }

    fn close_all(&mut self) {
        while let Some(closed) = self.open.pop() {
            self.sink.close(closed.tag);
        }
    }

    fn text(&mut self, mut text: Cow<'a, str>) -> Result<(), Bail> {
        if std::mem::take(&mut self.skips_line_feed) && text.starts_with('\n') {
            text = match text {
                Cow::Borrowed(text) => Cow::Borrowed(&text[1..]),
                Cow::Owned(text) => Cow::Owned(text[1..].to_owned()),
            };
            if text.is_empty() {
                return Ok(());
            }
        }
        if self.open.mode().is_between_cells() && !text.trim_ascii().is_empty() {
            return Err(Bail::FosterParent);
        }
        self.sink.text(text);
        Ok(())
    }

    /// An ampersand, and what it begins.
    fn reference(&mut self) -> Result<(), Bail> {
        let rest = &self.html[self.at..];
        let Some(reference) = entity::decode(rest, false) else {
            self.at += 1;
            return self.text(Cow::Borrowed("&"));
        };
        self.at += reference.length;
        let text = reference.text.into_text();
        if self.skips_line_feed && text == "\n" {
            return Err(Bail::LineFeedReference);
        }
        self.text(text)
    }

    /// A `<`, and what it begins: a tag, a comment, or text.
    fn markup(&mut self) -> Result<(), Bail> {
        let rest = &self.html[self.at + 1..];
        match rest.as_bytes() {
            [b'/', b'>', ..] => {
                self.skips_line_feed = false;
                self.at += 3;
                Ok(())
            }
            [b'/', name, ..] if name.is_ascii_alphabetic() => {
                let tag = SourceTag::read(&rest[1..]);
                self.at += 2 + tag.length;
                self.check_tag(&tag)?;
                if !tag.is_closed {
                    return Ok(());
                }
                self.end_tag(Tag::of_source(tag.name), tag.name)
            }
            [name, ..] if name.is_ascii_alphabetic() => {
                let tag = SourceTag::read(rest);
                self.at += 1 + tag.length;
                self.check_tag(&tag)?;
                if !tag.is_closed {
                    return Ok(());
                }
                self.start_tag(Tag::of_source(tag.name), tag.name, tag.attributes)
            }
            [b'!', b'-', b'-', comment @ ..] => {
                self.skips_line_feed = false;
                let length = tag::comment_length(comment).unwrap_or(comment.len());
                self.at += 4 + length;
                Ok(())
            }
            [b'!', letters @ ..] if letters.len() >= 7 && letters[..7].eq_ignore_ascii_case(b"doctype") => {
                Err(Bail::Doctype)
            }
            [b'!' | b'?', ..] | [b'/', _, ..] => {
                // What is no comment and yet looks like markup is one, up to the next `>`.
                self.skips_line_feed = false;
                self.at += 1 + tag::bogus_comment_length(rest.as_bytes());
                Ok(())
            }
            // At the end of the input, `</` is text.
            [b'/'] => {
                self.at += 2;
                self.text(Cow::Borrowed("</"))
            }
            _ => {
                self.at += 1;
                self.text(Cow::Borrowed("<"))
            }
        }
    }

    fn check_tag(&mut self, tag: &SourceTag<'_>) -> Result<(), Bail> {
        self.skips_line_feed = false;
        if tag.is_wider_than(self.limits.max_attributes()) { Err(Bail::Limits) } else { Ok(()) }
    }

    fn start_tag(&mut self, tag: Tag, name: &'a str, attributes: &'a str) -> Result<(), Bail> {
        if tag.is_table_part() && self.open.mode() != Mode::Body {
            self.close_for_table_part(tag)?;
        }
        match self.open.mode() {
            Mode::Body if tag.is_table_part() => return Ok(()),
            Mode::Table | Mode::TableBody | Mode::Row if !tag.is_table_part() => {
                return Err(Bail::FosterParent);
            }
            _ => {}
        }
        match tag {
            _ if tag.needs_reference() => return Err(Bail::Element(tag)),
            _ if tag.is_void() => {
                if tag == Tag::Hr {
                    self.close_paragraph()?;
                }
                return self.void(tag, name, attributes);
            }
            Tag::Iframe => return self.raw_text(tag, name, attributes),
            Tag::A if self.open.has_link() => return Err(Bail::NestedLink),
            Tag::Button if self.open.find_in_scope(|open| open.tag == Tag::Button).is_some() => {
                return Err(Bail::NestedButton);
            }
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
        self.push(tag, name, attributes)?;
        self.skips_line_feed = matches!(tag, Tag::Pre | Tag::Listing);
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
                Mode::TableBody if is_cell => self.push(Tag::Tr, "tr", "")?,
                Mode::Table if is_cell || tag == Tag::Tr => self.push(Tag::Tbody, "tbody", "")?,
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
    }

    fn close_current(&mut self) {
        if let Some(closed) = self.open.pop() {
            self.sink.close(closed.tag);
        }
    }

    fn element(tag: Tag, name: &'a str, attributes: &'a str) -> Element<'a> {
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        Element { tag, name, attrs: Attrs::from_source(attributes) }
    }

    fn push(&mut self, tag: Tag, name: &'a str, attributes: &'a str) -> Result<(), Bail> {
        self.check_depth()?;
        self.sink.open(&Self::element(tag, name, attributes));
        self.open.push(tag, name);
        Ok(())
    }

    fn void(&mut self, tag: Tag, name: &'a str, attributes: &'a str) -> Result<(), Bail> {
        self.check_depth()?;
        self.sink.open(&Self::element(tag, name, attributes));
        self.sink.close(tag);
        Ok(())
    }

    fn check_depth(&self) -> Result<(), Bail> {
        if self.open.len() >= self.limits.max_depth() { Err(Bail::Limits) } else { Ok(()) }
    }

    /// An element whose content is text up to its end tag.
    fn raw_text(&mut self, tag: Tag, name: &'a str, attributes: &'a str) -> Result<(), Bail> {
        self.check_depth()?;
        self.sink.open(&Self::element(tag, name, attributes));
        let rest = &self.html[self.at..];
        let length = tag::raw_text_length(name.as_bytes(), rest.as_bytes());
        if length > 0 {
            self.sink.text(Cow::Borrowed(&rest[..length]));
        }
        self.sink.close(tag);
        self.at += length;
        if self.at < self.html.len() {
            // Past the `</`.
            let end_tag = SourceTag::read(&self.html[self.at + 2..]);
            self.at += 2 + end_tag.length;
            self.check_tag(&end_tag)?;
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

    /// Closes the elements from `place` on. Formatting elements among them would open again.
    fn pop_to(&mut self, place: usize) -> Result<(), Bail> {
        while self.open.len() > place {
            if self.open.current().is_formatting() {
                return Err(Bail::Formatting);
            }
            self.close_current();
        }
        Ok(())
    }

    fn end_tag(&mut self, tag: Tag, name: &'a str) -> Result<(), Bail> {
        // Nearly always it is the current element that ends.
        if self.open.current_is(tag, name) {
            self.close_current();
            return Ok(());
        }
        if self.open.mode() != Mode::Body && self.end_tag_in_table(tag)? {
            return Ok(());
        }
        match tag {
            Tag::Body | Tag::Html | Tag::Template | Tag::Form | Tag::Nobr => Err(Bail::Element(tag)),
            Tag::P => self.end_of_paragraph(name),
            Tag::Br => self.void(tag, name, ""),
            Tag::Li => self.end_if_open(self.open.find_in_list_scope(|open| open.tag == Tag::Li)),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.end_if_open(self.open.find_in_scope(|open| open.tag.is_heading()))
            }
            _ if tag.is_formatting() => self.end_of_formatting(tag),
            _ if tag.has_scoped_end() => self.end_if_open(self.open.find_in_scope(|open| open.tag == tag)),
            _ => self.end_of_other(tag, name),
        }
    }

    /// `</p>` without a paragraph makes an empty one.
    fn end_of_paragraph(&mut self, name: &'a str) -> Result<(), Bail> {
        if self.open.has_paragraph() {
            return self.close_paragraph();
        }
        self.void(Tag::P, name, "")
    }

    /// Closes the element at a place with all that is in it; a stray end tag is nothing.
    fn end_if_open(&mut self, place: Option<usize>) -> Result<(), Bail> {
        place.map_or(Ok(()), |place| self.pop_to(place))
    }

    /// The end of a formatting element that is not the current one.
    fn end_of_formatting(&mut self, tag: Tag) -> Result<(), Bail> {
        let Some(place) = self.open.find_formatting(tag) else { return Ok(()) };
        let is_simple = |tag: Tag| !tag.is_special() && !tag.is_formatting();
        if !self.open.tags_above(place).all(is_simple) {
            return Err(Bail::Formatting);
        }
        while self.open.len() > place {
            self.close_current();
        }
        Ok(())
    }

    /// The end of an element without rules of its own: it closes the innermost one with its name, unless there
    /// is one with rules in between.
    fn end_of_other(&mut self, tag: Tag, name: &str) -> Result<(), Bail> {
        let border = self.open.rposition(|open| open.is(tag, name) || open.tag.is_special());
        match border {
            Some(place) if self.open.is_at(place, tag, name) => self.pop_to(place),
            _ => Ok(()),
        }
    }

    /// An end tag in a table. Returns `false` if it is treated as everywhere else.
    fn end_tag_in_table(&mut self, tag: Tag) -> Result<bool, Bail> {
        let mode = self.open.mode();
        if matches!(mode, Mode::Cell | Mode::Caption) {
            let closes = match tag {
                Tag::Table => true,
                Tag::Td | Tag::Th | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                    // In a caption these end nothing.
                    mode == Mode::Cell && self.open.find_in_table(tag).is_some()
                }
                Tag::Caption => mode == Mode::Caption,
                Tag::Col | Tag::Colgroup => false,
                _ => return Ok(false),
            };
            if closes {
                self.close_cell();
            }
            if !closes || matches!(tag, Tag::Td | Tag::Th | Tag::Caption) {
                return Ok(true);
            }
        }
        match tag {
            Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                if let Some(place) = self.open.find_in_table(tag) {
                    self.pop_to(place)?;
                }
                Ok(true)
            }
            Tag::Td | Tag::Th | Tag::Caption | Tag::Col | Tag::Colgroup => Ok(true),
            _ => Err(Bail::FosterParent),
        }
    }
}

#[cfg(test)]
mod tests;
