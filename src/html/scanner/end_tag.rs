//! End tags, other than the plain one of the current element.

use super::Scanner;
use super::formatting::Formatting;
use super::stack::Mode;
use crate::bytes::Word;
use crate::engine::Decline;
use crate::html::event::EventSink;
use crate::html::tag::Tag;

impl<'a, S: EventSink<'a>, F: Formatting> Scanner<'a, '_, S, F> {
    /// Closes the current element if it is its end tag that begins here, spelled as the start tag: `word` is
    /// what follows the `</`. Returns whether it is.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn usual_end_tag(&mut self, word: Word) -> bool {
        if self.has_pending() {
            return false;
        }
        let Some((tag, length)) = self.open.pop_at_end_tag(word) else { return false };
        self.at += length + "</>".len();
        self.sink.close(tag);
        true
    }

    pub(super) fn end_tag(&mut self, tag: Tag, name: &'a str) -> Result<(), Decline> {
        if self.open.current_is(tag, name) && !self.has_pending() {
            self.close_current();
            if tag == Tag::Form {
                self.note_closed_form(false);
            }
            return Ok(());
        }
        if self.open.mode() != Mode::Body && self.end_tag_in_table(tag)? {
            return Ok(());
        }
        match tag {
            // What they end is around the body.
            Tag::Body | Tag::Html => Ok(()),
            Tag::Template => Err(Decline::Template),
            Tag::Form => self.end_of_form(),
            Tag::Nobr => Err(Decline::Obsolete),
            Tag::P if self.open.has_paragraph() => self.close_paragraph(),
            // Without a paragraph it makes an empty one.
            Tag::P => {
                self.void_implied(tag, "p");
                Ok(())
            }
            Tag::Br => {
                self.reconstruct()?;
                self.void_implied(tag, "br");
                Ok(())
            }
            Tag::Li => self.end_if_open(self.open.find_in_list_scope(|open| open.tag == Tag::Li)),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.end_if_open(self.open.find_in_scope(|open| open.tag.is_heading()))
            }
            Tag::Applet | Tag::Marquee | Tag::Object => {
                if let Some(index) = self.open.find_in_scope(|open| open.tag == tag) {
                    self.close_marker(index);
                }
                Ok(())
            }
            _ if tag.is_formatting() => self.end_of_formatting(tag),
            _ if tag.has_scoped_end() => self.end_if_open(self.open.find_in_scope(|open| open.tag == tag)),
            _ => self.end_of_other(tag, name),
        }
    }

    /// Closes the element at `index` with all that is in it; an end tag without its element is ignored.
    fn end_if_open(&mut self, index: Option<usize>) -> Result<(), Decline> {
        index.map_or(Ok(()), |index| self.pop_to(index))
    }

    /// The end of a formatting element that is not the current one.
    pub(super) fn end_of_formatting(&mut self, tag: Tag) -> Result<(), Decline> {
        if self.has_pending() && self.formatting.remove_pending(tag) {
            return Ok(());
        }
        let Some(index) = self.open.find_formatting(tag) else { return Ok(()) };
        if self.open.tags_from(index + 1).any(|inner| inner == Tag::Select) {
            // It is not in scope, and yet a link in it is one in that link.
            return Err(Decline::Select);
        }
        let blocks = self.open.tags_from(index + 1).rposition(Tag::is_special).map_or(0, |last| last + 1);
        if blocks > 0 {
            return self.take_out_blocks(index, blocks);
        }
        self.pop_to(index + 1)?;
        self.close_current();
        Ok(())
    }

    /// The end of an element without rules of its own: it closes the innermost one with its name, unless
    /// there is one with rules in between.
    fn end_of_other(&mut self, tag: Tag, name: &str) -> Result<(), Decline> {
        let found = self.open.rposition(|open| open.is(tag, name) || open.tag.is_special());
        match found {
            Some(index) if self.open.is_at(index, tag, name) => self.pop_to(index),
            _ => Ok(()),
        }
    }

    /// An end tag in a table. Returns `false` if it is treated as everywhere else.
    fn end_tag_in_table(&mut self, tag: Tag) -> Result<bool, Decline> {
        let mode = match self.open.mode() {
            Mode::ColumnGroup if tag != Tag::Col => {
                self.close_current();
                self.open.mode()
            }
            mode => mode,
        };
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
                self.close_cell()?;
            }
            if !closes || matches!(tag, Tag::Td | Tag::Th | Tag::Caption) {
                return Ok(true);
            }
        }
        match tag {
            Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                if let Some(index) = self.open.find_in_table(tag) {
                    self.pop_to(index)?;
                }
                Ok(true)
            }
            Tag::Td | Tag::Th | Tag::Caption | Tag::Col | Tag::Colgroup => Ok(true),
            // They end what they would end elsewhere, which is nothing here.
            Tag::Form | Tag::Body | Tag::Html => Ok(false),
            _ => Err(Decline::FosterParenting),
        }
    }
}
