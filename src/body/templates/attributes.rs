//! Template tags in start tags of HTML.

use std::borrow::Cow;

use super::code_ranges::{self, Content};
use super::content::push_quoted;
use super::expander::{Expander, Place};
use super::html_tag::{self, Part};
use super::outcome::Outcome;
use super::tag::Tag;

/// How many start tags may lack their `>`: each costs a look at all the rest of the body. After them, a `<`
/// is text.
const OPEN_TAGS: u8 = 8;

impl<'a> Expander<'a, '_> {
    /// Deals with the template tags in a start tag, if it is one, and with the content of its element.
    pub(super) fn start_tag(&mut self, start: usize) -> bool {
        if self.open_tags >= OPEN_TAGS {
            return false;
        }
        let Some(tag) = html_tag::read(self.body, start, &mut self.lexer) else {
            self.open_tags += 1;
            return false;
        };
        for part in &tag.parts {
            self.part(part);
        }
        self.at = tag.end;
        match code_ranges::content(tag.name, tag.end, &mut self.ends) {
            Content::Markup => {}
            Content::Code(end) => self.code_up_to(end, Place::HtmlCode),
            Content::Raw(end) => self.at = end,
        }
        true
    }

    fn part(&mut self, part: &Part<'a>) {
        match part {
            Part::Loose(tag) => self.loose(tag),
            Part::Value { start, end, quote, tags } => self.value(*start, *end, *quote, tags),
        }
    }

    /// Takes a tag out that stands between attributes. As text it would be the names of attributes, but only
    /// if no sign in it means more.
    fn loose(&mut self, tag: &Tag<'a>) {
        let bytes = self.body.as_bytes();
        let is_name = !bytes[tag.start..tag.end].iter().any(|byte| b">\"'/=".contains(byte));
        if is_name && self.syntax(tag).is_none() {
            return self.notes.text(tag);
        }
        let _ = self.shown_in_value(tag);
        let before = bytes[tag.start - 1];
        let is_apart = before.is_ascii_whitespace() || b"\"'}".contains(&before);
        self.output.replace(tag.start, tag.end, if is_apart { " " } else { "" });
    }

    /// Replaces a value of an attribute that has tags in it.
    fn value(&mut self, start: usize, end: usize, quote: Option<u8>, tags: &[Tag<'a>]) {
        let body = self.body;
        let (from, to) = if quote.is_some() { (start + 1, end - 1) } else { (start, end) };
        let sign = quote.unwrap_or(b'"');
        let mut value = String::from(char::from(sign));
        let mut copied = from;
        for tag in tags {
            push_quoted(&mut value, &body[copied..tag.start], sign);
            push_quoted(&mut value, &self.shown_in_value(tag), sign);
            copied = tag.end;
        }
        push_quoted(&mut value, &body[copied..to], sign);
        value.push(char::from(sign));
        let needs_quotes =
            quote.is_none() && body[from..to].contains(|c: char| c.is_ascii_whitespace() || c == '>');
        if needs_quotes || value[1..value.len() - 1] != body[from..to] {
            self.output.replace(start, end, &value);
        }
    }

    /// What a tag shows in an attribute.
    fn shown_in_value(&mut self, tag: &Tag<'a>) -> Cow<'a, str> {
        let source = &self.body[tag.start..tag.end];
        match self.raw_until {
            Some(until) if tag.start < until => return Cow::Borrowed(source),
            Some(until) if tag.start == until => {
                self.raw_until = None;
                return Cow::Borrowed("");
            }
            _ => self.raw_until = None,
        }
        match self.outcome(tag) {
            Outcome::Text => return Cow::Borrowed(source),
            Outcome::Url(text) | Outcome::Source(text) => return text,
            Outcome::Literal(text) => return Cow::Owned(text),
            Outcome::Html { url: Some(url), .. } => return Cow::Owned(url),
            Outcome::Raw { until } => self.raw_until = Some(until),
            _ => self.notes.removal(tag.start, tag.end, || tag.element()),
        }
        Cow::Borrowed("")
    }
}
