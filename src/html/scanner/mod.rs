//! The fast producer: one pass over the source, without a tree.
//!
//! It follows the HTML standard's tokenizer exactly, and its [tree construction] as long as that appends at
//! the end: elements open, close and are closed by others, but nothing moves. Formatting elements that are
//! misnested take up to two passes more ([`formatting`]). Where the standard would move content out of a
//! table or parse by other rules, the scanner *declines*, and what it has sent is worthless.
//!
//! [tree construction]: https://html.spec.whatwg.org/multipage/parsing.html#tree-construction

mod end_tag;
mod foreign;
mod formatting;
mod rare;
mod stack;
mod start_tag;
mod texts;

use std::borrow::Cow;

use memchr::memchr_iter;

use super::attributes::{Attributes, lower_case};
use super::collapsed_text::Edge;
use super::event::{Element, EventSink};
use super::first_look::FirstLook;
use super::left_out::{Count, LeftOut};
use super::tag::Tag;
use super::tokenizer::{self, Markup, SourceTag};
use crate::bytes::Word;
use crate::engine::Decline;
use crate::limits::Limits;
use crate::rarely::rarely;
use formatting::{Formatting, FurthestBlocks, Pending, Repairing, Strict};
use stack::{Name, OpenElements};

/// Sends the events of `html`, or says why it cannot. Returns what the limits left out. Each pass but the
/// first restarts the sink.
pub(super) fn drive<'a>(
    look: FirstLook,
    html: &'a str,
    limits: &Limits,
    sink: &mut impl EventSink<'a>,
) -> Result<LeftOut, Decline> {
    check(look, html, limits)?;
    match Scanner::new(html, limits, sink, Strict).run() {
        Err(Decline::Formatting) => {}
        outcome => return outcome.map(|(_, left_out)| left_out),
    }
    sink.restart();
    let repairing = Repairing::new(FurthestBlocks::default());
    let (pass, left_out) = Scanner::new(html, limits, sink, repairing).run()?;
    let found = pass.into_found();
    if found.is_empty() {
        return Ok(left_out);
    }
    sink.restart();
    let (pass, left_out) = Scanner::new(html, limits, sink, Repairing::new(found)).run()?;
    if pass.into_found().is_empty() { Ok(left_out) } else { Err(Decline::Formatting) }
}

/// Says why the scanner cannot read a body, as far as that can be told before it is read.
pub(super) fn check(look: FirstLook, html: &str, limits: &Limits) -> Result<(), Decline> {
    if look.has_nul || look.has_carriage_returns {
        return Err(Decline::Character);
    }
    // The reference has a document, a root and a context beside the nodes of the body.
    let most = limits.max_nodes().checked_sub(3);
    if most.is_none_or(|most| html.len() > most && most_nodes(html) > most) {
        return Err(Decline::Limits);
    }
    Ok(())
}

/// An upper bound of the number of nodes that the reference makes of a body.
fn most_nodes(html: &str) -> usize {
    /// A cell brings a body of a table and a row with it, and a text may follow it.
    const OF_ONE_TAG: usize = 4;
    let tags = memchr_iter(b'<', html.as_bytes()).count();
    let reopened = html.len() / formatting::BYTES_REOPENED;
    html.len().min(1 + OF_ONE_TAG * tags + reopened)
}

/// Goes through the source once.
struct Scanner<'a, 's, S, F> {
    html: &'a str,
    at: usize,
    open: OpenElements<'a>,
    /// The tag that was read last. It is large, so that all tags are read into it.
    element: Element<'a>,
    /// Its name, in the letters of the source.
    name: Name<'a>,
    /// The last one without attributes that was read as [such](Self::plain_start_tag).
    plain: Element<'a>,
    formatting: F,
    limits: &'s Limits,
    /// Whether something else than its end tag has closed a form: until that tag comes, no other form begins.
    has_closed_form: bool,
    /// How many elements may be open, less one for such a form, which the reference counts.
    max_depth: usize,
    left_out: Count,
    /// Up to where attributes that were left out are counted: repairs read a tag again.
    counted_to: usize,
    sink: &'s mut S,
}

impl<'a, 's, S: EventSink<'a>, F: Formatting> Scanner<'a, 's, S, F> {
    fn new(html: &'a str, limits: &'s Limits, sink: &'s mut S, formatting: F) -> Self {
        Self {
            html,
            at: 0,
            open: OpenElements::new(html.len()),
            element: Element { attrs: Attributes::SOURCE, ..Element::implied(Tag::Unknown, "") },
            name: Name::new(""),
            plain: Element::implied(Tag::Unknown, ""),
            formatting,
            limits,
            has_closed_form: false,
            max_depth: limits.max_depth(),
            left_out: Count::default(),
            counted_to: 0,
            sink,
        }
    }

    /// Returns what the pass has found out about formatting elements, and what the limits left out.
    fn run(mut self) -> Result<(F, LeftOut), Decline> {
        while let Some(byte) = self.html.as_bytes().get(self.at) {
            let text = match byte {
                b'<' => None,
                b'&' => {
                    self.reference()?;
                    continue;
                }
                b'\n' => self.line_feed_here()?,
                b' ' => self.space_here()?,
                _ => Some((self.at, Some(Edge::None))),
            };
            if let Some((from, before)) = text {
                self.text_here(from, before)?;
            }
            // It nearly always follows a text, and the spaces between two tags.
            if self.html.as_bytes().get(self.at) == Some(&b'<') {
                self.markup()?;
            }
        }
        self.close_all();
        // Elements that are too deep, or too long to open again and again, are left to the reference.
        let left_out = LeftOut { attributes: self.left_out, ..LeftOut::default() };
        Ok((self.formatting, left_out))
    }

    fn close_all(&mut self) {
        while let Some(closed) = self.open.pop() {
            self.sink.close(closed.tag);
        }
    }

    /// A `<`, and what it begins: a tag, a comment, or text.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    fn markup(&mut self) -> Result<(), Decline> {
        let after = self.html.as_bytes().get(self.at + "<".len()..).unwrap_or_default();
        let word = Word::first(after).unwrap_or_else(|| padded(after));
        let is_usual = if word.first_byte() == b'/' {
            self.usual_end_tag(word.without_first_byte())
        } else {
            self.usual_start_tag(word)?
        };
        if is_usual { Ok(()) } else { self.other_markup() }
    }

    /// The same for all that is neither a [usual start tag](Self::usual_start_tag) nor a [usual end
    /// tag](Self::usual_end_tag).
    #[cold]
    fn other_markup(&mut self) -> Result<(), Decline> {
        let rest = &self.html.as_bytes()[self.at..];
        match Markup::at(rest) {
            Markup::StartTag => {
                if self.read_tag("<".len()) {
                    self.start_tag(self.element.tag, self.name)
                } else {
                    Ok(())
                }
            }
            Markup::EndTag => {
                // Mostly it is the current element that ends, spelled as it began, and its name is long.
                let name = &rest["</".len()..];
                let length = if self.has_pending() { None } else { self.open.length_of_end_tag(name) };
                if let Some(length) = length {
                    self.at += "</".len() + length;
                    self.close_current();
                    return Ok(());
                }
                if self.read_tag("</".len()) {
                    self.end_tag(self.element.tag, self.name.text)
                } else {
                    Ok(())
                }
            }
            Markup::Comment(length) | Markup::BogusComment(length) => {
                self.at += length;
                Ok(())
            }
            // The standard ignores a `<!DOCTYPE>` in a body.
            Markup::Cdata | Markup::Doctype => {
                self.at += tokenizer::bogus_comment_length(rest);
                Ok(())
            }
            Markup::Text(length) => {
                let start = self.at;
                self.at += length;
                self.text(&self.html[start..self.at])
            }
        }
    }

    /// Reads the tag whose name begins `start` bytes from here, and ends after its `>`. Returns whether there
    /// is a `>`: where the input ends before it, there is no tag.
    #[inline]
    fn read_tag(&mut self, start: usize) -> bool {
        self.formatting.note_tag(self.at);
        let Some(attributes) = self.element.attrs.source_mut() else { return false };
        let tag = SourceTag::read(self.html, self.at + start, attributes);
        if attributes.len() > self.limits.max_attributes() {
            let beyond = attributes.truncate(self.limits.max_attributes());
            if tag.is_closed && tag.end > self.counted_to {
                self.left_out.add(beyond.count, Some(beyond.start));
                self.counted_to = tag.end;
            }
        }
        let name = self.at + start..tag.name_end;
        self.element.start = Some(self.at);
        self.at = tag.end;
        match Tag::known(tag.prefix, &self.html.as_bytes()[name.clone()]) {
            Some((known, name)) => {
                self.name = Name { text: name, prefix: tag.prefix };
                (self.element.tag, self.element.name) = (known, Cow::Borrowed(name));
            }
            None => self.read_other_name(Name { text: &self.html[name], prefix: tag.prefix }),
        }
        tag.is_closed
    }

    /// Reads a name that is unknown, or not in lower case.
    #[cold]
    fn read_other_name(&mut self, name: Name<'a>) {
        self.name = name;
        let name = lower_case(name.text);
        (self.element.tag, self.element.name) = (Tag::of(&name), name);
    }

    /// Closes the innermost cell or caption with all that is in it. Formatting elements in it are not opened
    /// again. The [marker](Tag::is_marker) of an object in it would stay.
    fn close_cell(&mut self) -> Result<(), Decline> {
        let is_marker = self.open.rposition(|open| open.tag.is_marker());
        match is_marker {
            Some(index) if self.open.tag_at(index).is_cell_or_caption() => {
                self.close_marker(index);
                Ok(())
            }
            _ => Err(Decline::Object),
        }
    }

    /// Closes the innermost [marker](Tag::is_marker), which is at `index`. Formatting elements in it are not
    /// opened again.
    fn close_marker(&mut self, index: usize) {
        while self.open.len() > index {
            self.close_current();
        }
        self.formatting.clear_pending();
    }

    fn close_current(&mut self) {
        if let Some(closed) = self.open.pop() {
            self.sink.close(closed.tag);
            if closed.tag == Tag::Form {
                self.note_closed_form(true);
            }
        }
    }

    /// Opens an element that has no start tag in the source.
    fn push_implied(&mut self, tag: Tag, name: &'static str) {
        self.sink.open(&Element::implied(tag, name));
        self.open.push(tag, Name::new(name));
        self.formatting.note_open(&self.open, tag);
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

    /// At the limit on depth, what becomes of a start tag is for the reference to say. Elements that open
    /// again before the next text count as open.
    fn check_depth(&self) -> Result<(), Decline> {
        if self.open.len() + self.formatting.pending_count() >= self.max_depth {
            rarely();
            Err(Decline::Limits)
        } else {
            Ok(())
        }
    }

    /// The element of the start tag that was read last, whose content is text up to its end tag.
    fn raw_text(&mut self) {
        self.sink.open(&self.element);
        let rest = &self.html[self.at..];
        let length = tokenizer::length_of_raw_text(self.name.text.as_bytes(), rest.as_bytes());
        if length > 0 {
            self.sink.text(&rest[..length]);
        }
        self.close_text(self.at + length);
    }

    /// Closes an element whose content is text, which ends at `end`, and passes over the end tag there.
    fn close_text(&mut self, end: usize) {
        self.sink.close(self.element.tag);
        self.at = end;
        if end < self.html.len() {
            self.read_tag("</".len());
        }
    }

    /// Closes the paragraph that is open in the scope of a button, if there is one.
    fn close_paragraph(&mut self) -> Result<(), Decline> {
        if !self.open.has_paragraph() {
            return Ok(());
        }
        match self.open.rposition(|open| open.tag == Tag::P) {
            Some(index) => self.pop_to(index),
            None => Ok(()),
        }
    }

    /// Closes elements whose end tag can be left out.
    fn close_implied(&mut self) -> Result<(), Decline> {
        self.close_implied_except(None)
    }

    /// The same up to one that `stays` open.
    fn close_implied_except(&mut self, stays: Option<Tag>) -> Result<(), Decline> {
        while self.open.current().has_implied_end() && Some(self.open.current()) != stays {
            self.pop_to(self.open.len() - 1)?;
        }
        Ok(())
    }

    fn is_in_scope(&self, tag: Tag) -> bool {
        self.open.find_in_scope(|open| open.tag == tag).is_some()
    }

    /// Closes the elements from `index` on. Formatting elements among them open again after that.
    fn pop_to(&mut self, index: usize) -> Result<(), Decline> {
        self.formatting.set_aside(&self.open, index)?;
        while self.open.len() > index {
            self.close_current();
        }
        Ok(())
    }

    #[inline]
    fn has_pending(&self) -> bool {
        self.formatting.pending_count() > 0
    }

    /// Opens what is pending, before a text.
    #[inline]
    fn reconstruct(&mut self) -> Result<(), Decline> {
        // White space between the cells of a table opens nothing, and other text cannot be there.
        if self.has_pending() && !self.open.mode().is_between_cells() { self.reopen() } else { Ok(()) }
    }

    /// Opens what is pending, before the element of the start tag that was read last.
    fn reconstruct_before_tag(&mut self) -> Result<(), Decline> {
        if self.has_pending() {
            let start = self.formatting.tag_start();
            self.reopen()?;
            self.at = start;
            self.read_tag("<".len());
        }
        Ok(())
    }

    #[cold]
    fn reopen(&mut self) -> Result<(), Decline> {
        for Pending { tag, start } in self.formatting.take_pending(self.html.len())? {
            self.open_again(tag, start)?;
        }
        Ok(())
    }

    /// Opens an element whose start tag has been read before.
    fn open_again(&mut self, tag: Tag, start: usize) -> Result<(), Decline> {
        let after = std::mem::replace(&mut self.at, start);
        self.read_tag("<".len());
        // The tag belongs to the element that has opened there before.
        self.element.start = None;
        self.formatting.note_copy(self.at - start, self.html.len())?;
        self.at = after;
        self.open_element(tag);
        Ok(())
    }

    /// The end of the formatting element at `index`, in which `count` blocks are open, each in the one
    /// before.
    fn take_out_blocks(&mut self, index: usize, count: usize) -> Result<(), Decline> {
        self.formatting.note_furthest_blocks(&self.open, index, count)?;
        self.pop_to(index + 1 + count)?;
        // As far as the rest of this pass goes, the blocks are outside already.
        self.sink.close(self.open.tag_at(index));
        self.open.remove_formatting(index);
        self.formatting.remove(index);
        Ok(())
    }

    /// Opens the element of the start tag that was read last outside the formatting element that it stands
    /// in, and that again inside.
    #[cold]
    fn open_furthest_block(&mut self, tag: Tag) -> Result<(), Decline> {
        let formatting = self.open.current();
        let start = self.formatting.take_furthest_block(self.open.len() - 1)?;
        self.close_current();
        self.open_element(tag);
        self.open_again(formatting, start)
    }
}

/// The word of fewer than eight bytes, with zeros after them.
#[cold]
#[inline(never)]
fn padded(bytes: &[u8]) -> Word {
    let mut word = [0; Word::SIZE];
    word[..bytes.len()].copy_from_slice(bytes);
    word.into()
}

#[cfg(test)]
mod tests;
