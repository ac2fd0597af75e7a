//! Forms, what stands in them only, and what may stand between the cells of a table.

use super::Scanner;
use super::formatting::Formatting;
use super::stack::Mode;
use crate::engine::Decline;
use crate::html::event::EventSink;
use crate::html::tag::Tag;
use crate::html::tokenizer;

impl<'a, S: EventSink<'a>, F: Formatting> Scanner<'a, '_, S, F> {
    /// The start of an element, other than a part of a table, where only these can stand.
    #[cold]
    pub(super) fn start_between_cells(&mut self, tag: Tag) -> Result<(), Decline> {
        if !matches!(tag, Tag::Script | Tag::Style | Tag::Form) {
            return Err(Decline::FosterParenting);
        }
        if self.open.mode() == Mode::ColumnGroup {
            self.close_current();
        }
        if tag != Tag::Form {
            self.raw_text();
        } else if !self.has_form() {
            // It is empty. The cells that follow belong to it, and are not in it.
            self.void();
            self.note_closed_form(true);
        }
        Ok(())
    }

    /// The start of a form, or of an element that mostly stands in one.
    #[cold]
    pub(super) fn start_in_form(&mut self, tag: Tag) -> Result<(), Decline> {
        match tag {
            // A form in another is none.
            Tag::Form if self.has_form() => return Ok(()),
            Tag::Form => self.close_paragraph()?,
            Tag::Textarea => return self.textarea(),
            Tag::Select | Tag::Input => {
                // Either ends the list that it stands in, and another list does nothing else.
                let select = self.select();
                if let Some(index) = select {
                    self.pop_to(index)?;
                }
                if tag == Tag::Select && select.is_some() {
                    return Ok(());
                }
                self.reconstruct_before_tag()?;
                if tag == Tag::Input {
                    self.void();
                    return Ok(());
                }
            }
            _ => {
                self.close_option(tag)?;
                self.reconstruct_before_tag()?;
            }
        }
        if self.formatting.is_furthest_block() {
            return self.open_furthest_block(tag);
        }
        self.open_element(tag);
        Ok(())
    }

    /// Closes what the start of an option, or of a group of options, ends.
    fn close_option(&mut self, tag: Tag) -> Result<(), Decline> {
        if self.is_in_select() {
            let stays = |current: Tag| tag == Tag::Option && current == Tag::Optgroup;
            while self.open.current().has_implied_end() && !stays(self.open.current()) {
                self.pop_to(self.open.len() - 1)?;
            }
        } else if self.open.current() == Tag::Option {
            self.close_current();
        }
        Ok(())
    }

    /// A field of several lines: text, in which references count.
    fn textarea(&mut self) -> Result<(), Decline> {
        let rest = &self.html.as_bytes()[self.at..];
        let length = tokenizer::length_of_raw_text(b"textarea", rest);
        if rest[..length].contains(&b'&') || rest.starts_with(b"\n") {
            return Err(Decline::Textarea);
        }
        self.raw_text();
        Ok(())
    }

    /// The end of the form that has begun last. If something in it is still open, that would stay.
    pub(super) fn end_of_form(&mut self) -> Result<(), Decline> {
        let form = self.open.rposition(|open| open.tag == Tag::Form);
        if let Some(index) = form {
            if self.open.find_in_scope(|open| open.tag == Tag::Form).is_none() {
                return Err(Decline::Form);
            }
            self.close_implied()?;
            if self.open.len() != index + 1 {
                return Err(Decline::Form);
            }
            self.close_current();
        }
        self.note_closed_form(false);
        Ok(())
    }

    /// Whether a form has begun that no end tag has ended.
    fn has_form(&self) -> bool {
        self.has_closed_form || self.open.rposition(|open| open.tag == Tag::Form).is_some()
    }

    #[cold]
    pub(super) fn note_closed_form(&mut self, is_closed: bool) {
        self.has_closed_form = is_closed;
        self.max_depth = self.limits.max_depth().saturating_sub(usize::from(is_closed));
    }

    pub(super) fn is_in_select(&self) -> bool {
        self.select().is_some()
    }

    /// The index of the list of options that is open in scope.
    fn select(&self) -> Option<usize> {
        self.open.find_in_scope(|open| open.tag == Tag::Select)
    }
}
