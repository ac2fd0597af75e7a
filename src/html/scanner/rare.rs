//! Elements that hardly any article holds: forms and what stands in them, texts with tags in them, columns of
//! tables, and what belongs to a document as a whole.

use std::borrow::Cow;

use memchr::memchr;

use super::Scanner;
use super::formatting::Formatting;
use super::stack::{Mode, Open};
use crate::engine::Decline;
use crate::html::event::EventSink;
use crate::html::tag::Tag;
use crate::html::tokenizer;

impl<'a, S: EventSink<'a>, F: Formatting> Scanner<'a, '_, S, F> {
    /// The start of an element, other than a part of a table, where only these can stand.
    #[cold]
    pub(super) fn start_between_cells(&mut self, tag: Tag) -> Result<(), Decline> {
        let is_hidden_field = || {
            let kind = self.element.attrs.get("type");
            tag == Tag::Input && kind.is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
        };
        if !matches!(tag, Tag::Script | Tag::Style | Tag::Form) && !is_hidden_field() {
            return Err(Decline::FosterParenting);
        }
        if self.open.mode() == Mode::ColumnGroup {
            self.close_current();
        }
        if tag == Tag::Input {
            self.void();
        } else if tag != Tag::Form {
            self.raw_text();
        } else if !self.has_form() {
            // It is empty. The cells that follow belong to it, and are not in it.
            self.void();
            self.note_closed_form(true);
        }
        Ok(())
    }

    /// The start of an element that is [rare](Tag::is_rare).
    #[cold]
    pub(super) fn start_of_rare(&mut self, tag: Tag) -> Result<(), Decline> {
        match tag {
            Tag::Template => return Err(Decline::Template),
            Tag::Nobr | Tag::Plaintext => return Err(Decline::Obsolete),
            Tag::Svg | Tag::Math => return self.foreign(tag),
            Tag::Textarea | Tag::Title => return self.text_with_references(tag),
            Tag::Form | Tag::Select | Tag::Optgroup | Tag::Option | Tag::Input => {
                return self.start_in_form(tag);
            }
            Tag::Xmp => {
                self.close_paragraph()?;
                self.reconstruct_before_tag()?;
                self.raw_text();
            }
            Tag::Noembed | Tag::Noframes | Tag::Script | Tag::Style => self.raw_text(),
            Tag::Col => self.void(),
            Tag::Image => {
                self.reconstruct_before_tag()?;
                (self.element.tag, self.element.name) = (Tag::Img, Cow::Borrowed("img"));
                self.void();
            }
            // A document has one of each, around the body.
            _ => {}
        }
        Ok(())
    }

    /// The start of a form, or of an element that mostly stands in one.
    #[cold]
    pub(super) fn start_in_form(&mut self, tag: Tag) -> Result<(), Decline> {
        match tag {
            // The standard ignores a form in another.
            Tag::Form if self.has_form() => return Ok(()),
            Tag::Form => self.close_paragraph()?,
            Tag::Select | Tag::Input => {
                // Either ends the list that it stands in, and another list does nothing else.
                let select = self.open.find_in_scope(|open| open.tag == Tag::Select);
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
        if self.is_in_scope(Tag::Select) {
            let stays = if tag == Tag::Option { Some(Tag::Optgroup) } else { None };
            self.close_implied_except(stays)?;
        } else if self.open.current() == Tag::Option {
            self.close_current();
        }
        Ok(())
    }

    /// The element of the start tag that was read last, whose content is text in which references count.
    #[cold]
    pub(super) fn text_with_references(&mut self, tag: Tag) -> Result<(), Decline> {
        if self.has_pending() {
            return Err(Decline::Formatting);
        }
        self.sink.open(&self.element);
        if tag == Tag::Textarea {
            self.skip_line_feed()?;
        }
        let rest = &self.html.as_bytes()[self.at..];
        let end = self.at + tokenizer::length_of_raw_text(self.name.text.as_bytes(), rest);
        while self.at < end {
            let rest = &self.html[self.at..end];
            match memchr(b'&', rest.as_bytes()) {
                Some(0) => self.reference()?,
                length => {
                    let text = &rest[..length.unwrap_or(rest.len())];
                    self.at += text.len();
                    self.sink.text(text);
                }
            }
        }
        self.close_text(end);
        Ok(())
    }

    /// The end of the form that has begun last. If something in it is still open, that would stay.
    pub(super) fn end_of_form(&mut self) -> Result<(), Decline> {
        let is_form = |open: &Open<'_>| open.tag == Tag::Form;
        if let Some(index) = self.open.find_in_scope(is_form) {
            self.close_implied()?;
            if self.open.len() != index + 1 {
                return Err(Decline::Form);
            }
            self.close_current();
        } else if self.open.rposition(is_form).is_some() {
            return Err(Decline::Form);
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
}
