//! Tags in the source: their names, their attributes and their ends, as the HTML tokenizer finds them.

use super::attribute::{Attribute, CLASS, ID, SIGN, UsualName, end_after_reference, is_special};
use super::names::{ENDS_TAG_NAME, STARTS_ATTRIBUTE, position, read_name};
use crate::bytes::{Word, quoted_length};
use crate::html::name_prefix::NamePrefix;

/// A tag in the source.
pub(crate) struct SourceTag {
    /// Where its name ends in the input, and what the name begins with.
    pub(crate) name_end: usize,
    pub(crate) prefix: NamePrefix,
    /// Where it ends in the input: after the `>`.
    pub(crate) end: usize,
    /// Whether there is a `>`. Where the input ends before it, there is no tag.
    pub(crate) is_closed: bool,
}

impl SourceTag {
    /// Reads a tag from its name at `start` on, to its `>` or the end of the input, and its attributes into
    /// `attributes`.
    ///
    /// A `>` in a quoted value does not end a tag; one anywhere else does.
    #[expect(clippy::inline_always, reason = "one of the two callers is the loop over all tags")]
    #[inline(always)]
    pub(crate) fn read<'a>(html: &'a str, start: usize, attributes: &mut SourceAttributes<'a>) -> Self {
        let (name_end, prefix) = read_name(html.as_bytes(), start, ENDS_TAG_NAME);
        let end = attributes.read(html, name_end);
        let is_closed = end < html.len();
        Self { name_end, prefix, end: end + usize::from(is_closed), is_closed }
    }
}

/// The attributes of a tag in order, those with the name of an earlier one too.
///
/// To find the end of a tag is to find its attributes, so the positions of the first ones are kept. Those of
/// the others are found again when they are asked for.
#[derive(Debug, Clone)]
pub(crate) struct SourceAttributes<'a> {
    /// The input that the tag stands in.
    html: &'a str,
    /// Where the tag's name ends, and where its `>` is.
    between: (usize, usize),
    /// The first `id` and the first `class`: rules ask for them at every tag.
    id: Option<SourceValue<'a>>,
    class: Option<SourceValue<'a>>,
    /// Whether the name of an attribute is [special](is_special).
    may_be_special: bool,
    count: usize,
    kept: [Attribute; KEPT + 1],
}

/// The attributes that [`SourceAttributes::truncate`] left out.
pub(crate) struct Beyond {
    /// Where the last attribute that was kept ends.
    pub(crate) kept_end: usize,
    /// Where the first of those left out begins, and where the last of them ends.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) count: usize,
}

/// The number of attributes whose positions are kept. Nearly all tags of real posts have fewer.
const KEPT: usize = 10;

const HREF: NamePrefix = NamePrefix::of(b"href");
const TITLE: NamePrefix = NamePrefix::of(b"title");

/// An attribute in the source.
#[derive(Clone, Copy)]
pub(crate) struct SourceAttribute<'s, 'a> {
    html: &'a str,
    attribute: &'s Attribute,
}

/// The value of an attribute in the source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceValue<'a> {
    /// As it is written, without its quotes.
    pub(crate) source: &'a str,
    /// Whether there may be character references in it.
    pub(crate) has_references: bool,
}

impl<'a> SourceAttribute<'_, 'a> {
    /// What the name begins with, in lower case.
    #[inline]
    pub(crate) fn prefix(self) -> NamePrefix {
        self.attribute.prefix
    }

    /// Whether the attribute, whose prefix is that of the name, has the name, which is in lower case.
    #[inline]
    pub(crate) fn is_named(self, name: &str) -> bool {
        let Attribute { start, name_end, .. } = *self.attribute;
        name_end - start == name.len() && (name.len() <= Word::SIZE || self.name().eq_ignore_ascii_case(name))
    }

    /// The name in the letters of the source.
    pub(crate) fn name(self) -> &'a str {
        &self.html[self.attribute.start..self.attribute.name_end]
    }

    /// The bytes of the [name](Self::name).
    #[inline]
    pub(crate) fn name_bytes(self) -> &'a [u8] {
        &self.html.as_bytes()[self.attribute.start..self.attribute.name_end]
    }

    #[inline]
    pub(crate) fn value(self) -> SourceValue<'a> {
        let (start, end) = self.attribute.value;
        SourceValue { source: &self.html[start..end], has_references: self.attribute.has_references }
    }
}

impl<'a> SourceAttributes<'a> {
    pub(crate) const NONE: Self = Self {
        html: "",
        between: (0, 0),
        id: None,
        class: None,
        may_be_special: false,
        count: 0,
        kept: [Attribute::NONE; KEPT + 1],
    };

    /// Those in a text, which is all [their source](Self::as_str).
    pub(crate) fn of(source: &'a str) -> Self {
        let mut attributes = Self::NONE;
        attributes.read(source, 0);
        attributes
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Leaves out the attributes after the first `maximum`, which must be fewer than all.
    #[cold]
    pub(crate) fn truncate(&mut self, maximum: usize) -> Beyond {
        let all = std::mem::replace(&mut self.count, maximum);
        let bytes = self.html.as_bytes();
        let name_end = self.between.0;
        (self.id, self.class, self.may_be_special) = (None, None, false);
        let mut at = name_end;
        let mut beyond = Beyond { kept_end: name_end, start: name_end, end: name_end, count: all - maximum };
        for index in 0..all {
            let attribute = Attribute::read(bytes, position(bytes, at, STARTS_ATTRIBUTE));
            at = attribute.end(bytes);
            if index < maximum {
                self.keep(self.html, index, attribute);
                beyond.kept_end = at;
            } else if index == maximum {
                beyond.start = attribute.start;
            }
        }
        beyond.end = at;
        self.between.1 = beyond.kept_end;
        beyond
    }

    /// What stands between the tag's name and its `>`, without the attributes that are [left
    /// out](Self::truncate).
    pub(crate) fn as_str(&self) -> &'a str {
        &self.html[self.between.0..self.between.1]
    }

    /// Whether the tag says that its element is empty: a `/` before the `>` that is in no value.
    pub(crate) fn is_self_closing(&self) -> bool {
        let source = self.as_str();
        if !source.ends_with('/') {
            return false;
        }
        let mut last = "";
        self.for_each(|attr| last = attr.value().source);
        last.is_empty() || last.as_bytes().as_ptr_range().end != source.as_bytes().as_ptr_range().end
    }

    /// Reads the attributes of a tag in `html` whose name ends there, in place of those before. Returns where
    /// the tag's `>` is, or else the end of the input.
    #[inline(never)]
    pub(crate) fn read(&mut self, html: &'a str, name_end: usize) -> usize {
        const SPACE_AND_CLASS: [u8; Word::SIZE] = *b" class=\"";
        let bytes = html.as_bytes();
        self.html = html;
        (self.id, self.class, self.may_be_special) = (None, None, false);
        let (mut at, mut count) = (name_end, 0);
        while let Some(word) = bytes.get(at..).and_then(Word::first) {
            let name = if word.bits() == const { u64::from_le_bytes(SPACE_AND_CLASS) } {
                // Nearly half of all attributes.
                Some(UsualName { prefix: CLASS, start: at + 1, end: at + " class".len() })
            } else if word.first_byte() == b'>' {
                break;
            } else {
                UsualName::at(bytes, at + usize::from(word.first_byte() == b' '))
            };
            if let Some(name) = name {
                let value = name.end + SIGN.len();
                let end = value + bytes.get(value..).map_or(0, quoted_length::<b'"'>);
                if bytes.get(end) == Some(&b'"') {
                    at = end + 1;
                    self.keep(html, count, name.with_value(end, false));
                } else {
                    at = self.read_references(html, name, end, count);
                }
            } else {
                at = position(bytes, at, STARTS_ATTRIBUTE);
                if matches!(bytes.get(at), Some(b'>') | None) {
                    break;
                }
                at = self.read_unusual(html, at, count);
            }
            count += 1;
        }
        self.between = (name_end, at);
        self.count = count;
        if bytes.get(at) == Some(&b'>') { at } else { self.read_last(html) }
    }

    /// Reads an attribute that has a reference, or the end of the input, there in its value. Returns where it
    /// ends.
    #[cold]
    fn read_references(&mut self, html: &'a str, name: UsualName, at: usize, count: usize) -> usize {
        let end = end_after_reference(html.as_bytes(), at);
        self.keep(html, count, name.with_value(end, true));
        // Where the input ends in the value, there is no quote.
        html.len().min(end + 1)
    }

    /// Reads what is left of a tag at the end of the input.
    #[cold]
    #[inline(never)]
    fn read_last(&mut self, html: &'a str) -> usize {
        let bytes = html.as_bytes();
        let mut at = self.between.1;
        loop {
            at = position(bytes, at, STARTS_ATTRIBUTE);
            if matches!(bytes.get(at), Some(b'>') | None) {
                break;
            }
            at = self.read_unusual(html, at, self.count);
            self.count += 1;
        }
        self.between.1 = at;
        at
    }

    /// Reads an attribute that may be written in any way. Returns where it ends.
    #[cold]
    fn read_unusual(&mut self, html: &'a str, start: usize, count: usize) -> usize {
        let attribute = Attribute::read(html.as_bytes(), start);
        self.keep(html, count, attribute);
        attribute.end(html.as_bytes())
    }

    /// Keeps an attribute before which there are `count` others.
    #[expect(clippy::inline_always, reason = "called in the loop over all attributes")]
    #[inline(always)]
    fn keep(&mut self, html: &'a str, count: usize, attribute: Attribute) {
        self.kept[count.min(KEPT)] = attribute;
        let value = SourceAttribute { html, attribute: &attribute };
        match attribute.prefix {
            CLASS if self.class.is_none() => self.class = Some(value.value()),
            CLASS => {}
            ID if self.id.is_none() => self.id = Some(value.value()),
            other => self.may_be_special |= is_special(other),
        }
    }

    #[inline]
    pub(crate) fn may_be_special(&self) -> bool {
        self.may_be_special
    }

    #[inline]
    pub(crate) fn id_and_class(&self) -> [Option<SourceValue<'a>>; 2] {
        [self.id, self.class]
    }

    #[inline]
    pub(crate) fn class(&self) -> Option<SourceValue<'a>> {
        self.class
    }

    /// The first `href` and the first `title`.
    #[inline]
    pub(crate) fn href_and_title(&self) -> [Option<SourceValue<'a>>; 2] {
        [self.get_short(HREF), self.get_short(TITLE)]
    }

    /// The value of the first attribute with this name, which is shorter than a prefix.
    #[inline]
    pub(crate) fn get_short(&self, name: NamePrefix) -> Option<SourceValue<'a>> {
        let kept = &self.kept[..self.count.min(KEPT)];
        match kept.iter().find(|attribute| attribute.prefix == name) {
            Some(attribute) => Some(SourceAttribute { html: self.html, attribute }.value()),
            None if self.count > KEPT => self.get_short_beyond(name),
            None => None,
        }
    }

    /// The same, if it may be one of the attributes whose positions are not kept.
    #[cold]
    fn get_short_beyond(&self, name: NamePrefix) -> Option<SourceValue<'a>> {
        let mut found = None;
        self.for_each(|attr| {
            if attr.prefix() == name {
                found.get_or_insert(attr.value());
            }
        });
        found
    }

    /// Visits all of them.
    #[inline]
    pub(crate) fn for_each(&self, mut visit: impl FnMut(SourceAttribute<'_, 'a>)) {
        let mut beyond = None;
        for index in 0..self.count {
            visit(self.next(index, &mut beyond));
        }
    }

    /// The attribute at an index, of a pass over all in order. `beyond` is where the pass keeps an attribute
    /// that has to be found again.
    #[inline]
    pub(crate) fn next<'s>(
        &'s self,
        index: usize,
        beyond: &'s mut Option<Attribute>,
    ) -> SourceAttribute<'s, 'a> {
        let html = self.html;
        let attribute = if index < KEPT {
            &self.kept[index]
        } else {
            beyond.insert(beyond.unwrap_or(self.kept[KEPT - 1]).next(html.as_bytes()))
        };
        SourceAttribute { html, attribute }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_attributes(tag: &str, expected: &[(&str, &str)]) {
        let mut attributes = SourceAttributes::NONE;
        SourceTag::read(tag, 1, &mut attributes);
        let mut found = Vec::new();
        attributes.for_each(|attr| found.push((attr.name(), attr.value().source)));
        assert_eq!(found.len(), attributes.len());
        assert_eq!(found, expected);
    }

    #[test]
    fn attributes_are_what_the_tokenizer_takes_for_them() {
        assert_attributes("<p>", &[]);
        assert_attributes("<p a b>", &[("a", ""), ("b", "")]);
        assert_attributes("<p a=1 B='2'c=\"3\"d>", &[("a", "1"), ("B", "2"), ("c", "3"), ("d", "")]);
        assert_attributes("<p a = \">\" />", &[("a", ">")]);
        assert_attributes("<div \"=\"\" class=x>", &[("\"", ""), ("class", "x")]);
        assert_attributes("<p a= b c>", &[("a", "b"), ("c", "")]);
        assert_attributes("<p =a =>", &[("=a", "")]);
        assert_attributes("<p/a/=b//>", &[("a", ""), ("=b", "")]);
        assert_attributes("<a href=a/b/>", &[("href", "a/b/")]);
        assert_attributes("<p a=>", &[("a", "")]);
        assert_attributes("<p =\"a\" b=\"c\"    >", &[("=\"a\"", ""), ("b", "c")]);
        assert_attributes("<p aé=\"b\" {=\"c\" >", &[("aé", "b"), ("{", "c")]);
        assert_attributes("<img alt=\"x\" ; src=y>", &[("alt", "x"), (";", ""), ("src", "y")]);
    }

    #[test]
    fn attributes_whose_positions_are_not_kept_are_found_again() {
        for count in [KEPT - 1, KEPT, KEPT + 1, 3 * KEPT] {
            let values: Vec<_> = (0..count).map(|number| number.to_string()).collect();
            let attributes: Vec<_> = values.iter().map(|value| ("a", &**value)).collect();
            let tag = values.iter().fold("<p".to_owned(), |tag, value| tag + " a = '" + value + "'/");
            assert_attributes(&(tag + ">b"), &attributes);
        }
        for count in [0, 1, KEPT - 1, KEPT, 2 * KEPT] {
            let tag = format!("p{} width=1 WIDTH=2>", " a=b widths=3".repeat(count));
            let mut attributes = SourceAttributes::NONE;
            SourceTag::read(&tag, 0, &mut attributes);
            let value =
                |name: &str| attributes.get_short(NamePrefix::of(name.as_bytes())).map(|value| value.source);
            assert_eq!(value("width"), Some("1"), "{count}");
            assert_eq!(value("height"), None, "{count}");
        }
    }

    #[test]
    fn the_first_id_and_class_count_wherever_they_are() {
        for count in [0, 1, KEPT - 1, KEPT, 2 * KEPT] {
            let tag = format!("p{} class=\"a&amp;\" id='b' class=c id=d>", " x=\"y\"".repeat(count));
            let mut attributes = SourceAttributes::NONE;
            SourceTag::read(&tag, 0, &mut attributes);
            let found = attributes.id_and_class().map(|value| value.map(|value| value.source));
            assert_eq!(found, [Some("b"), Some("a&amp;")], "{count}");
            assert!(!attributes.may_be_special());
        }
        let none = SourceAttributes::of(" title=\"class\" hidden");
        assert!(none.id_and_class().iter().all(Option::is_none) && none.may_be_special());
    }

    #[test]
    fn a_tag_that_does_not_end_is_not_closed() {
        for text in ["p", "p ", "p a", "p a=", "p a=\"", "p a=\">", "p/"] {
            assert!(!SourceTag::read(text, 0, &mut SourceAttributes::NONE.clone()).is_closed, "{text}");
        }
        assert_eq!(SourceTag::read("p a=\">\">b", 0, &mut SourceAttributes::NONE.clone()).end, 8);
    }
}
