//! Tags in the source: their names, their attributes and their ends, as the HTML tokenizer finds them.

use memchr::memchr;

use super::names::{
    ENDS_ATTRIBUTE_NAME, ENDS_TAG_NAME, ENDS_UNQUOTED_VALUE, ENDS_USUAL_NAME, NO_SPACE, STARTS_ATTRIBUTE,
    first_ends, position, read_long_name, read_name,
};
use crate::bytes::{Word, quoted_length};
use crate::html::name_prefix::{NamePrefix, PrefixSet};

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

    #[inline]
    pub(crate) fn value(self) -> SourceValue<'a> {
        let (start, end) = self.attribute.value;
        SourceValue { source: &self.html[start..end], has_references: self.attribute.has_references }
    }
}

/// The name of an attribute that is written like nearly all: `name="value"`, in small letters.
struct UsualName {
    prefix: NamePrefix,
    start: usize,
    end: usize,
}

impl UsualName {
    /// The name that begins there, or after a space there, if the [sign](SIGN) follows it.
    #[inline(always)]
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        const SPACE_AND_CLASS: [u8; Word::SIZE] = *b" class=\"";
        let word = Word::at(bytes, at)?;
        // Nearly half of all attributes.
        if word.bits() == const { u64::from_le_bytes(SPACE_AND_CLASS) } {
            return Some(Self { prefix: CLASS, start: at + 1, end: at + " class".len() });
        }
        let start = at + usize::from(bytes.get(at) == Some(&b' '));
        let word = Word::at(bytes, start)?;
        let short = first_ends(word).or(word.no_small_letters()).first().unwrap_or(Word::SIZE);
        if short == 0 {
            return None;
        }
        if short < Word::SIZE && word.pair_at(short) == SIGN {
            return Some(Self { prefix: NamePrefix::of_word(word, short), start, end: start + short });
        }
        // A longer name, or one with a dash.
        let end = position(bytes, start + short, ENDS_USUAL_NAME);
        let is_usual = bytes.get(end..).is_some_and(|rest| rest.starts_with(&SIGN));
        is_usual.then(|| Self { prefix: NamePrefix::at(bytes, start, end), start, end })
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
    const ALL: PrefixSet = PrefixSet::of(&[STYLE, HIDDEN, DIR, POPOVER, DECODED]);
    ALL.may_contain(prefix) && matches!(prefix, STYLE | HIDDEN | DIR | POPOVER | DECODED)
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
                self.note(&attribute);
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
    #[expect(clippy::inline_always, reason = "called for each tag with attributes")]
    #[inline(always)]
    fn read(&mut self) -> usize {
        let html = self.html;
        let bytes = html.as_bytes();
        let mut at = self.between.0;
        while bytes.get(at) != Some(&b'>') {
            if let Some(name) = UsualName::at(bytes, at) {
                at = self.read_usual(html, &name);
                continue;
            }
            at = position(bytes, at, STARTS_ATTRIBUTE);
            if matches!(bytes.get(at), Some(b'>') | None) {
                break;
            }
            at = self.read_unusual(at);
        }
        self.between.1 = at;
        at
    }

    /// Reads the rest of an attribute whose name and [sign](SIGN) have been read. Returns where it ends.
    #[expect(clippy::inline_always, reason = "the caller is the loop over all attributes")]
    #[inline(always)]
    fn read_usual(&mut self, html: &'a str, name: &UsualName) -> usize {
        let bytes = html.as_bytes();
        let UsualName { prefix, start, end: name_end } = *name;
        let value = name_end + SIGN.len();
        let mut end = value + quoted_length::<b'"'>(&bytes[value..]);
        let has_references = bytes.get(end) != Some(&b'"');
        if has_references {
            end = end_after_reference(bytes, end);
        }
        self.kept[self.count.min(KEPT)] =
            Attribute { prefix, start, name_end, value: (value, end), has_references };
        self.count += 1;
        if prefix == CLASS {
            if self.class.is_none() {
                self.class = Some(SourceValue { source: &html[value..end], has_references });
            }
        } else if prefix == ID {
            if self.id.is_none() {
                self.id = Some(SourceValue { source: &html[value..end], has_references });
            }
        } else {
            self.may_be_special |= is_special(prefix);
        }
        // Where the input ends in the value, this is after its end, as is the end of every tag without a `>`.
        end + usize::from(end < bytes.len())
    }

    /// Reads the attribute that starts there, and says where it ends.
    #[inline(never)]
    fn read_unusual(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        let attribute = Attribute::read(bytes, start);
        self.kept[self.count.min(KEPT)] = attribute;
        self.count += 1;
        self.note(&attribute);
        attribute.end(bytes)
    }

    /// Keeps the value of the attribute if it is the first `id` or the first `class`, and takes note of a
    /// special one.
    fn note(&mut self, attribute: &Attribute) {
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
    pub(crate) fn for_each(&self, mut visit: impl FnMut(SourceAttribute<'_, 'a>)) {
        let html = self.html;
        let mut other = None;
        for index in 0..self.count {
            let attribute = if index < KEPT {
                &self.kept[index]
            } else {
                other.insert(other.unwrap_or(self.kept[KEPT - 1]).next(html.as_bytes()))
            };
            visit(SourceAttribute { html, attribute });
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
    fn read(bytes: &[u8], start: usize) -> Self {
        let (name_end, prefix) = read_long_name(bytes, start, ENDS_ATTRIBUTE_NAME);
        let prefix = prefix.to_lower_case();
        let (value, has_references) = read_value(bytes, name_end);
        Self { prefix, start, name_end, value, has_references }
    }

    /// The attribute after this one. A function of its own, because hardly any tag has more than are kept.
    #[cold]
    fn next(&self, bytes: &[u8]) -> Self {
        Self::read(bytes, position(bytes, self.end(bytes), STARTS_ATTRIBUTE))
    }

    /// Where it ends.
    fn end(&self, bytes: &[u8]) -> usize {
        let (start, end) = self.value;
        let is_quoted = start > self.name_end && matches!(bytes[start - 1], b'"' | b'\'');
        end + usize::from(is_quoted && end < bytes.len())
    }
}

/// What stands between the name and the value of most attributes.
const SIGN: [u8; 2] = *b"=\"";

/// Where a value ends that is in double quotes from there on, or the first `&` in it, or the end of the
/// input.
#[inline(never)]
fn quoted_end(bytes: &[u8], start: usize) -> usize {
    start + quoted_length::<b'"'>(&bytes[start..])
}

/// Where a value in double quotes ends that has an `&` there.
#[inline(never)]
fn end_after_reference(bytes: &[u8], at: usize) -> usize {
    memchr(b'"', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

/// The value of an attribute whose name ends there, and whether there may be references in it.
fn read_value(bytes: &[u8], name_end: usize) -> ((usize, usize), bool) {
    if bytes.get(name_end..).is_some_and(|rest| rest.starts_with(&SIGN)) {
        return read_quoted(bytes, name_end + SIGN.len(), b'"');
    }
    let sign = position(bytes, name_end, NO_SPACE);
    if bytes.get(sign) != Some(&b'=') {
        return ((name_end, name_end), false);
    }
    let start = position(bytes, sign + 1, NO_SPACE);
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(start) {
        return read_quoted(bytes, start + 1, *quote);
    }
    ((start, position(bytes, start, ENDS_UNQUOTED_VALUE)), true)
}

/// The same for a value that is in quotes from there on.
fn read_quoted(bytes: &[u8], start: usize, quote: u8) -> ((usize, usize), bool) {
    let mut end = if quote == b'"' { quoted_end(bytes, start) } else { start };
    let may_have_references = bytes.get(end) != Some(&quote);
    if may_have_references {
        end = memchr(quote, &bytes[end..]).map_or(bytes.len(), |length| end + length);
    }
    ((start, end), may_have_references)
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
