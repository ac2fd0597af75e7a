//! Start tags, once they are read, and what they close.

use std::borrow::Cow;

use super::Scanner;
use super::formatting::Formatting;
use super::stack::{Mode, Name, Start};
use crate::bytes::Word;
use crate::engine::Decline;
use crate::html::event::EventSink;
use crate::html::name_prefix::NamePrefix;
use crate::html::tag::Tag;
use crate::rarely::rarely;
use crate::references;

impl<'a, S: EventSink<'a>, F: Formatting> Scanner<'a, '_, S, F> {
    /// Opens the element of the start tag that begins here, whose name `word` begins with. Returns `false` if
    /// it is not written like nearly all: a short known name in small letters, and a `>` or an attribute.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn usual_start_tag(&mut self, word: Word) -> Result<bool, Decline> {
        if !F::IGNORES_STARTS {
            return Ok(false);
        }
        let Some(letters) = word.less(b'a').first() else {
            rarely();
            return Ok(false);
        };
        let length = match word.pair_at(letters) {
            [b'>' | b' ', _] => letters,
            // A heading.
            [b'1'..=b'6', b'>' | b' '] => letters + 1,
            _ => {
                rarely();
                return Ok(false);
            }
        };
        let prefix = NamePrefix::of_word(word, length);
        let Some((tag, text)) = Tag::known_short(prefix, length) else {
            rarely();
            return Ok(false);
        };
        let name = Name { text, prefix };
        let start = tag.start();
        if word.byte_at(length) == b'>' && start != Start::Other {
            self.plain_start_tag(tag, name, start)
        } else {
            self.start_tag_with_attributes(tag, name)
        }
    }

    /// The same for a tag without attributes, as half of all have none. The element has no rules of its
    /// own. Between the cells of a table, returns `false`.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    fn plain_start_tag(&mut self, tag: Tag, name: Name<'static>, start: Start) -> Result<bool, Decline> {
        if self.open.mode().is_between_cells() {
            rarely();
            return Ok(false);
        }
        self.check_depth()?;
        if start == Start::Block {
            self.close_paragraph()?;
        }
        (self.plain.tag, self.plain.name, self.plain.start) = (tag, Cow::Borrowed(name.text), Some(self.at));
        self.at += name.text.len() + "<>".len();
        self.sink.open_plain(&self.plain);
        if start == Start::Void {
            self.sink.close(tag);
        } else {
            self.open.push_plain(tag, name);
        }
        Ok(true)
    }

    /// The same for a tag that may have attributes. If it does not end, or has too many of them, returns
    /// `false`.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    fn start_tag_with_attributes(&mut self, tag: Tag, name: Name<'static>) -> Result<bool, Decline> {
        let Some(attributes) = self.element.attrs.source_mut() else {
            rarely();
            return Ok(false);
        };
        let end = attributes.read(self.html, self.at + "<".len() + name.text.len());
        if end == self.html.len() || attributes.len() > self.limits.max_attributes() {
            rarely();
            return Ok(false);
        }
        (self.element.tag, self.element.name, self.element.start) =
            (tag, Cow::Borrowed(name.text), Some(self.at));
        self.at = end + ">".len();
        self.start_tag(tag, name)?;
        Ok(true)
    }

    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn start_tag(&mut self, tag: Tag, name: Name<'a>) -> Result<(), Decline> {
        self.check_depth()?;
        let start = tag.start();
        if start == Start::Other {
            self.name = name;
            return self.start_of_other(tag);
        }
        if self.open.mode().is_between_cells() {
            rarely();
            return Err(Decline::FosterParenting);
        }
        if self.has_pending() && start != Start::Block && tag.reconstructs() {
            self.reconstruct_before_tag()?;
        }
        match start {
            Start::Void => {
                self.void();
                return Ok(());
            }
            Start::Block => self.close_paragraph()?,
            Start::Inline | Start::Other => {}
        }
        if self.formatting.is_furthest_block() {
            return self.open_furthest_block(tag);
        }
        self.sink.open(&self.element);
        self.open.push_plain(tag, name);
        self.formatting.note_open(&self.open, tag);
        Ok(())
    }

    /// The start of an element with rules of its own.
    #[inline(never)]
    fn start_of_other(&mut self, tag: Tag) -> Result<(), Decline> {
        if tag.is_table_part() && self.open.mode() != Mode::Body {
            self.close_for_table_part(tag)?;
        }
        match self.open.mode() {
            Mode::Body if tag.is_table_part() => return Ok(()),
            mode if mode.is_between_cells() && !tag.is_table_part() => return self.start_between_cells(tag),
            _ => {}
        }
        match tag {
            _ if tag.is_rare() => return self.start_of_rare(tag),
            Tag::Hr => {
                self.close_paragraph()?;
                if self.is_in_scope(Tag::Select) {
                    self.close_implied()?;
                }
                self.void();
                return Ok(());
            }
            Tag::Iframe => {
                self.raw_text();
                return Ok(());
            }
            Tag::A => {
                if self.open.has_link() || self.has_pending() {
                    self.end_of_formatting(Tag::A)?;
                }
                self.reconstruct_before_tag()?;
            }
            Tag::Button => {
                // A button in another ends that one.
                if let Some(index) = self.open.find_in_scope(|open| open.tag == Tag::Button) {
                    self.pop_to(index)?;
                }
                self.reconstruct_before_tag()?;
            }
            Tag::Applet | Tag::Marquee | Tag::Object => self.reconstruct_before_tag()?,
            // In a cell they count no more.
            Tag::Td | Tag::Th | Tag::Caption if self.has_pending() => return Err(Decline::Formatting),
            Tag::Li | Tag::Dd | Tag::Dt => self.close_item(tag)?,
            Tag::Rb | Tag::Rtc | Tag::Rt | Tag::Rp if self.is_in_scope(Tag::Ruby) => {
                let stays = if matches!(tag, Tag::Rt | Tag::Rp) { Some(Tag::Rtc) } else { None };
                self.close_implied_except(stays)?;
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
        if self.formatting.is_furthest_block() {
            return self.open_furthest_block(tag);
        }
        self.open_element(tag);
        if matches!(tag, Tag::Pre | Tag::Listing) { self.skip_line_feed() } else { Ok(()) }
    }

    /// Opens the element of the start tag that was read last.
    #[inline]
    pub(super) fn open_element(&mut self, tag: Tag) {
        if self.element.attrs.is_empty() {
            self.sink.open_plain(&self.element);
        } else {
            self.sink.open(&self.element);
        }
        self.open.push(tag, self.name);
        self.formatting.note_open(&self.open, tag);
    }

    /// Passes over a line feed right after a start tag.
    pub(super) fn skip_line_feed(&mut self) -> Result<(), Decline> {
        let rest = &self.html[self.at..];
        if rest.starts_with('\n') {
            self.at += 1;
        } else if rest.starts_with('&') {
            let reference = references::decode(rest, false);
            if reference.is_some_and(|reference| reference.text.is_line_feed()) {
                return Err(Decline::LineFeedReference);
            }
        }
        Ok(())
    }

    /// Closes the elements that the start tag of a part of a table closes, and opens those that it needs
    /// around it.
    fn close_for_table_part(&mut self, tag: Tag) -> Result<(), Decline> {
        let is_cell = matches!(tag, Tag::Td | Tag::Th);
        loop {
            match self.open.mode() {
                Mode::Cell | Mode::Caption => self.close_cell()?,
                Mode::ColumnGroup if tag != Tag::Col => self.close_current(),
                Mode::Row if !is_cell => self.pop_to(self.open.len() - 1)?,
                Mode::TableBody if !is_cell && tag != Tag::Tr => self.pop_to(self.open.len() - 1)?,
                Mode::TableBody if is_cell => self.push_implied(Tag::Tr, "tr"),
                Mode::Table if is_cell || tag == Tag::Tr => self.push_implied(Tag::Tbody, "tbody"),
                Mode::Table if tag == Tag::Col => self.push_implied(Tag::Colgroup, "colgroup"),
                _ => return Ok(()),
            }
        }
    }

    /// Closes the item that a new one ends, and a paragraph.
    fn close_item(&mut self, tag: Tag) -> Result<(), Decline> {
        let is_like = |other: Tag| match tag {
            Tag::Li => other == Tag::Li,
            _ => matches!(other, Tag::Dd | Tag::Dt),
        };
        let stops = |other: Tag| other.is_special() && !matches!(other, Tag::Address | Tag::Div | Tag::P);
        let found = self.open.rposition(|open| is_like(open.tag) || stops(open.tag));
        if let Some(index) = found.filter(|&index| is_like(self.open.tag_at(index))) {
            self.pop_to(index)?;
        }
        self.close_paragraph()
    }
}
