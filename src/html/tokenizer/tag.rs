//! Tags in the source: their names, their attributes and their ends, as the HTML tokenizer finds them.

use memchr::{memchr, memchr2};

use super::markup::is_space;
use crate::bytes::Word;
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
        let bytes = html.as_bytes();
        let (name_end, prefix) = read_name(bytes, start, ENDS_TAG_NAME);
        attributes.clear(html, name_end);
        // Half of all tags have no attributes.
        if bytes.get(name_end) == Some(&b'>') {
            return Self { name_end, prefix, end: name_end + 1, is_closed: true };
        }
        let end = attributes.read();
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
    kept: [Attribute; KEPT],
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

/// An attribute in the source.
#[derive(Clone, Copy)]
pub(crate) struct SourceAttribute<'a> {
    html: &'a str,
    attribute: Attribute,
}

/// The value of an attribute in the source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceValue<'a> {
    /// As it is written, without its quotes.
    pub(crate) source: &'a str,
    /// Whether there may be character references in it.
    pub(crate) has_references: bool,
}

impl<'a> SourceAttribute<'a> {
    /// What the name begins with, in lower case.
    #[inline]
    pub(crate) fn prefix(self) -> NamePrefix {
        self.attribute.prefix
    }

    /// Whether the attribute, whose prefix is that of the name, has the name, which is in lower case.
    #[inline]
    pub(crate) fn is_named(self, name: &str) -> bool {
        let Attribute { start, name_end, .. } = self.attribute;
        name_end - start == name.len() && (name.len() <= Word::SIZE || self.name().eq_ignore_ascii_case(name))
    }

    /// The name in the letters of the source.
    pub(crate) fn name(self) -> &'a str {
        &self.html[self.attribute.start..self.attribute.name_end]
    }

    #[inline]
    pub(crate) fn value(self) -> SourceValue<'a> {
        let (start, end) = self.attribute.value;
        SourceValue { source: &self.html[start..end], has_references: self.attribute.has_references }
    }
}

const ID: NamePrefix = NamePrefix::of(b"id");
const CLASS: NamePrefix = NamePrefix::of(b"class");

/// Whether an attribute whose name has this prefix may say how its element is shown, or may hold what a
/// script decodes.
#[inline]
pub(crate) fn is_special(prefix: NamePrefix) -> bool {
    const STYLE: NamePrefix = NamePrefix::of(b"style");
    const HIDDEN: NamePrefix = NamePrefix::of(b"hidden");
    const DIR: NamePrefix = NamePrefix::of(b"dir");
    const POPOVER: NamePrefix = NamePrefix::of(b"popover");
    // Hidden e-mail addresses: `data-cfemail`.
    const DECODED: NamePrefix = NamePrefix::of(b"data-cfe");
    matches!(prefix, STYLE | HIDDEN | DIR | POPOVER | DECODED)
}

impl<'a> SourceAttributes<'a> {
    pub(crate) const NONE: Self = Self {
        html: "",
        between: (0, 0),
        id: None,
        class: None,
        may_be_special: false,
        count: 0,
        kept: [Attribute::NONE; KEPT],
    };

    /// Those in a text, which is all [their source](Self::as_str).
    pub(crate) fn of(source: &'a str) -> Self {
        let mut attributes = Self { html: source, ..Self::NONE };
        attributes.read();
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
                self.note_value(attribute);
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

    /// Forgets all attributes. The next ones are those of a tag in `html` whose name ends there.
    #[inline]
    fn clear(&mut self, html: &'a str, name_end: usize) {
        self.html = html;
        self.between = (name_end, name_end);
        self.id = None;
        self.class = None;
        self.may_be_special = false;
        self.count = 0;
    }

    /// Reads the attributes of the tag. Returns where its `>` is, or the end of the input if there is none.
    fn read(&mut self) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = self.between.0;
        loop {
            at = position(bytes, at, STARTS_ATTRIBUTE);
            match bytes.get(at) {
                Some(b'>') | None => break,
                Some(_) => at = self.read_next(at),
            }
        }
        self.between.1 = at;
        at
    }

    /// Reads the attribute that starts at a byte of the input, and says where it ends.
    #[inline]
    fn read_next(&mut self, start: usize) -> usize {
        let attribute = Attribute::read(self.html.as_bytes(), start);
        if let Some(kept) = self.kept.get_mut(self.count) {
            *kept = attribute;
        }
        self.count += 1;
        self.note_value(attribute);
        attribute.end(self.html.as_bytes())
    }

    /// Keeps the value of the attribute at hand if it is the first `id` or the first `class`, and takes note
    /// of a special one.
    #[expect(clippy::inline_always, reason = "one of the two callers is the loop over all attributes")]
    #[inline(always)]
    fn note_value(&mut self, attribute: Attribute) {
        let value = SourceAttribute { html: self.html, attribute };
        match attribute.prefix {
            ID if self.id.is_none() => self.id = Some(value.value()),
            CLASS if self.class.is_none() => self.class = Some(value.value()),
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

    /// Visits all of them.
    #[inline]
    pub(crate) fn for_each(&self, mut visit: impl FnMut(SourceAttribute<'a>)) {
        let html = self.html;
        let mut other = self.kept[KEPT - 1];
        for index in 0..self.count {
            let attribute = self.kept.get(index).unwrap_or_else(|| {
                other = other.next(html.as_bytes());
                &other
            });
            visit(SourceAttribute { html, attribute: *attribute });
        }
    }
}

/// Where an attribute and its parts are, and what is known of them at first sight.
#[derive(Debug, Clone, Copy)]
struct Attribute {
    /// What the name begins with, in lower case.
    prefix: NamePrefix,
    start: usize,
    name_end: usize,
    /// Where the value starts and ends, without its quotes.
    value: (usize, usize),
    /// Whether there may be character references in the value.
    has_references: bool,
}

impl Attribute {
    const NONE: Self =
        Self { prefix: NamePrefix::of(b""), start: 0, name_end: 0, value: (0, 0), has_references: false };

    /// The attribute that starts there.
    #[expect(clippy::inline_always, reason = "one of the two callers is the loop over all attributes")]
    #[inline(always)]
    fn read(bytes: &[u8], start: usize) -> Self {
        let (name_end, prefix) = read_attribute_name(bytes, start);
        // Nearly all attributes are written like `name="value"`.
        let (value, has_references) = match bytes.get(name_end..) {
            Some([b'=', b'"', value @ ..]) => quoted(bytes, bytes.len() - value.len(), b'"'),
            _ => unusual_value(bytes, name_end),
        };
        Self { prefix, start, name_end, value, has_references }
    }

    /// The attribute after this one. A function of its own, because hardly any tag has more than are kept.
    #[inline(never)]
    fn next(&self, bytes: &[u8]) -> Self {
        Self::read(bytes, position(bytes, self.end(bytes), STARTS_ATTRIBUTE))
    }

    /// Where it ends.
    #[inline]
    fn end(&self, bytes: &[u8]) -> usize {
        let (start, end) = self.value;
        let is_quoted = start > self.name_end && matches!(bytes[start - 1], b'"' | b'\'');
        end + usize::from(is_quoted && end < bytes.len())
    }
}

/// The value of an attribute whose name ends there, and whether there may be references in it.
#[inline(never)]
fn unusual_value(bytes: &[u8], name_end: usize) -> ((usize, usize), bool) {
    let sign = position(bytes, name_end, NO_SPACE);
    if bytes.get(sign) != Some(&b'=') {
        return ((name_end, name_end), false);
    }
    let start = position(bytes, sign + 1, NO_SPACE);
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(start) {
        return quoted(bytes, start + 1, *quote);
    }
    ((start, position(bytes, start, ENDS_UNQUOTED_VALUE)), true)
}

/// The same for a value that is in quotes from there on.
#[inline]
fn quoted(bytes: &[u8], start: usize, quote: u8) -> ((usize, usize), bool) {
    let mut end = memchr2(quote, b'&', &bytes[start..]).map_or(bytes.len(), |length| start + length);
    let has_references = bytes.get(end) == Some(&b'&');
    if has_references {
        end = memchr(quote, &bytes[end..]).map_or(bytes.len(), |length| end + length);
    }
    ((start, end), has_references)
}

/// Sets of bytes that a search in a tag stops at.
type Set = u8;
const ENDS_TAG_NAME: Set = 1;
const STARTS_ATTRIBUTE: Set = 2;
const ENDS_ATTRIBUTE_NAME: Set = 4;
const NO_SPACE: Set = 8;
const ENDS_UNQUOTED_VALUE: Set = 16;

/// The sets that each byte is in.
const SETS: [Set; 256] = {
    let mut sets = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "a byte")]
        let (space, slash, sign, end) = (is_space(byte as u8), byte == 0x2f, byte == 0x3d, byte == 0x3e);
        sets[byte] = if space || slash || end { ENDS_TAG_NAME } else { 0 }
            | if space || slash { 0 } else { STARTS_ATTRIBUTE }
            | if space || slash || end || sign { ENDS_ATTRIBUTE_NAME } else { 0 }
            | if space { 0 } else { NO_SPACE }
            | if space || end { ENDS_UNQUOTED_VALUE } else { 0 };
        byte += 1;
    }
    sets
};

/// Where the name at `start` ends, and what it begins with.
///
/// Names are mostly short, and ended by one of a few bytes.
#[inline]
fn read_name(bytes: &[u8], start: usize, set: Set) -> (usize, NamePrefix) {
    if let Some(word) = Word::at(bytes, start) {
        let ends = word.less(b'!').or(word.equal(b'>')).or(word.equal(b'=')).or(word.equal(b'/'));
        if let Some(length) = ends.first() {
            // What is less than `!` and no white space, or a sign in the name of a tag, ends nothing.
            if SETS[usize::from(bytes[start + length])] & set != 0 {
                return (start + length, NamePrefix::of_word(word, length));
            }
        }
    }
    read_long_name(bytes, start, set)
}

#[inline(never)]
fn read_long_name(bytes: &[u8], start: usize, set: Set) -> (usize, NamePrefix) {
    let end = position(bytes, start, set);
    (end, NamePrefix::at(bytes, start, end))
}

/// The same for the name of an attribute, with its prefix in lower case.
#[inline]
fn read_attribute_name(bytes: &[u8], start: usize) -> (usize, NamePrefix) {
    // An equals sign that stands first belongs to the name.
    let (end, prefix) = if bytes[start] == b'=' {
        let end = position(bytes, start + 1, ENDS_ATTRIBUTE_NAME);
        (end, NamePrefix::at(bytes, start, end))
    } else {
        read_name(bytes, start, ENDS_ATTRIBUTE_NAME)
    };
    (end, prefix.to_lower_case())
}

/// The first position from `start` on whose byte is in a set, or the end.
#[inline]
fn position(bytes: &[u8], start: usize, set: Set) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(|&byte| SETS[usize::from(byte)] & set == 0) {
        at += 1;
    }
    at
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
    }

    #[test]
    fn a_tag_that_does_not_end_is_not_closed() {
        for text in ["p", "p ", "p a", "p a=", "p a=\"", "p a=\">", "p/"] {
            assert!(!SourceTag::read(text, 0, &mut SourceAttributes::NONE.clone()).is_closed, "{text}");
        }
        assert_eq!(SourceTag::read("p a=\">\">b", 0, &mut SourceAttributes::NONE.clone()).end, 8);
    }
}
