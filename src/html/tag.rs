//! Tags in the source: their names, their attributes and their ends, as the HTML tokenizer finds them.

use std::ops::Range;

use memchr::memchr;

use crate::bytes::{Head, Word};

/// A tag in the source.
pub(super) struct SourceTag {
    /// Where in the input its name is, in the letters of the source, and what that begins with.
    pub(super) name: Range<usize>,
    pub(super) head: Head,
    /// Where it ends in the input, behind the `>`.
    pub(super) end: usize,
    /// Whether there is a `>`. A tag that the input ends in is none.
    pub(super) is_closed: bool,
}

impl SourceTag {
    /// Reads a tag from its name at `start` on, to its `>` or the end of the input, and its attributes into `attributes`.
    ///
    /// A `>` in a quoted value does not end a tag; one anywhere else does.
    #[inline]
    pub(super) fn read<'a>(html: &'a str, start: usize, attributes: &mut SourceAttributes<'a>) -> Self {
        let bytes = html.as_bytes();
        let end_of_name = end_of_name(bytes, start, ENDS_TAG_NAME);
        let head = Head::at(bytes, start, end_of_name);
        let at = attributes.read(html, end_of_name);
        let is_closed = at < html.len();
        Self { name: start..end_of_name, head, end: at + usize::from(is_closed), is_closed }
    }
}

/// The attributes of a tag in order, those with the name of an earlier one too.
///
/// To find the end of a tag is to find its attributes, so the places of the first ones are kept. Those of the others
/// are found again when they are asked for.
#[derive(Debug, Clone)]
pub(super) struct SourceAttributes<'a> {
    /// The input that the tag stands in.
    html: &'a str,
    /// Where the tag's name ends, and where its `>` is.
    between: (usize, usize),
    /// The values of the first `id` and the first `class`: rules ask for them at every tag.
    id: Option<&'a str>,
    class: Option<&'a str>,
    count: usize,
    places: [Place; KEPT],
}

/// Of how many attributes the places are kept. Nearly all tags of real posts have fewer.
const KEPT: usize = 10;

/// An attribute in the source.
#[derive(Clone, Copy)]
pub(super) struct SourceAttribute<'a> {
    html: &'a str,
    place: Place,
}

impl<'a> SourceAttribute<'a> {
    /// What the name begins with, in lower case.
    #[inline]
    pub(super) fn head(self) -> Head {
        Head::at(self.html.as_bytes(), self.place.start, self.place.name_end).to_lower_case()
    }

    /// Whether the attribute, whose head is that of the name, has the name, which is in lower case.
    #[inline]
    pub(super) fn is_named(self, name: &str) -> bool {
        let own = self.name();
        own.len() == name.len() && (name.len() <= Word::SIZE || own.eq_ignore_ascii_case(name))
    }

    /// The name in the letters of the source.
    pub(super) fn name(self) -> &'a str {
        &self.html[self.place.start..self.place.name_end]
    }

    /// The value with the references in it.
    pub(super) fn value(self) -> &'a str {
        let (start, end) = self.place.value;
        &self.html[start..end]
    }
}

const ID: Head = Head::of(b"id");
const CLASS: Head = Head::of(b"class");

impl<'a> SourceAttributes<'a> {
    pub(super) const NONE: Self =
        Self { html: "", between: (0, 0), id: None, class: None, count: 0, places: [Place::NONE; KEPT] };

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// What stands between the tag's name and its `>`.
    pub(super) fn as_str(&self) -> &'a str {
        &self.html[self.between.0..self.between.1]
    }

    /// Those in a text, which is all [their source](Self::as_str).
    pub(super) fn of(source: &'a str) -> Self {
        let mut attributes = Self::NONE;
        attributes.read(source, 0);
        attributes
    }

    /// Reads those of a tag whose name ends there in `html`, in place of the ones before. Returns where the tag's `>`
    /// is, or the end of `html` if there is none.
    #[inline]
    fn read(&mut self, html: &'a str, start: usize) -> usize {
        self.html = html;
        self.id = None;
        self.class = None;
        self.count = 0;
        let bytes = html.as_bytes();
        let mut at = start;
        loop {
            at = position(bytes, at, STARTS_ATTRIBUTE);
            match bytes.get(at) {
                Some(b'>') | None => break,
                Some(_) => at = self.read_next(at),
            }
        }
        self.between = (start, at);
        at
    }

    /// Reads the attribute that starts at a byte of the input, and says where it ends.
    fn read_next(&mut self, start: usize) -> usize {
        let place = Place::find(self.html.as_bytes(), start);
        if let Some(kept) = self.places.get_mut(self.count) {
            *kept = place;
        }
        self.count += 1;
        let attribute = SourceAttribute { html: self.html, place };
        match attribute.head() {
            ID => self.id = self.id.or(Some(attribute.value())),
            CLASS => self.class = self.class.or(Some(attribute.value())),
            _ => {}
        }
        place.end
    }

    pub(super) fn id_and_class(&self) -> [Option<&'a str>; 2] {
        [self.id, self.class]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = SourceAttribute<'a>> {
        let html = self.html;
        let kept = &self.places[..self.count.min(KEPT)];
        let mut end = self.places[KEPT - 1].end;
        let others = (KEPT..self.count).map(move |_| {
            let place = Place::find(html.as_bytes(), position(html.as_bytes(), end, STARTS_ATTRIBUTE));
            end = place.end;
            place
        });
        kept.iter().copied().chain(others).map(move |place| SourceAttribute { html, place })
    }
}

/// Where an attribute starts, and where its parts end.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    name_end: usize,
    /// The value without its quotes.
    value: (usize, usize),
    end: usize,
}

impl Place {
    const NONE: Self = Self { start: 0, name_end: 0, value: (0, 0), end: 0 };

    fn find(bytes: &[u8], start: usize) -> Self {
        // An equals sign that stands first belongs to the name.
        let name_end = end_of_name(bytes, start + 1, ENDS_ATTRIBUTE_NAME);
        // Nearly all attributes are written like `name="value"`.
        if let Some(inside) = bytes.get(name_end..).and_then(|rest| rest.strip_prefix(b"=\"")) {
            return Self::quoted(bytes, start, name_end, bytes.len() - inside.len());
        }
        let sign = position(bytes, name_end, NO_SPACE);
        if bytes.get(sign) != Some(&b'=') {
            return Self { start, name_end, value: (name_end, name_end), end: name_end };
        }
        let value = position(bytes, sign + 1, NO_SPACE);
        if let Some(b'"' | b'\'') = bytes.get(value) {
            return Self::quoted(bytes, start, name_end, value + 1);
        }
        let end = position(bytes, value, ENDS_UNQUOTED_VALUE);
        Self { start, name_end, value: (value, end), end }
    }

    /// An attribute whose value is `inside` quotes from there on.
    fn quoted(bytes: &[u8], start: usize, name_end: usize, inside: usize) -> Self {
        let (value_end, end) = match memchr(bytes[inside - 1], &bytes[inside..]) {
            Some(length) => (inside + length, inside + length + 1),
            None => (bytes.len(), bytes.len()),
        };
        Self { start, name_end, value: (inside, value_end), end }
    }
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

/// The same as [`position`], for the end of a name: mostly short, and ended by one of a few bytes.
#[inline]
fn end_of_name(bytes: &[u8], start: usize, set: Set) -> usize {
    let first = Word::at(bytes, start).and_then(|word| {
        word.less(b'!').or(word.equal(b'>')).or(word.equal(b'=')).or(word.equal(b'/')).first()
    });
    match first {
        Some(first) if SETS[usize::from(bytes[start + first])] & set != 0 => start + first,
        // What is less than `!` and no white space, or a sign in the name of a tag, ends nothing.
        _ => position(bytes, start, set),
    }
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

/// The length of a comment behind its `<!--`, with what closes it. `None` if nothing does.
pub(super) fn comment_length(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'>', bytes)
        .find(|&at| {
            let comment = &bytes[..at];
            // `<!-->` and `<!--->` are whole.
            matches!(comment, b"" | b"-") || comment.ends_with(b"--") || comment.ends_with(b"--!")
        })
        .map(|at| at + 1)
}

/// Whether the text begins with the name of a tag that is this one.
pub(super) fn is_named(text: &[u8], name: &[u8]) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && text.get(name.len()).is_none_or(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

/// The length of the text behind the start tag of an element (other than a script) whose content is text whatever
/// it looks like: up to the end tag with the same name, or to the end of the input.
pub(super) fn raw_text_length(name: &[u8], text: &[u8]) -> usize {
    memchr::memmem::find_iter(text, "</").find(|&at| is_named(&text[at + 2..], name)).unwrap_or(text.len())
}

/// The length of what HTML takes for a comment, up to and with the first `>`.
pub(super) fn bogus_comment_length(text: &[u8]) -> usize {
    memchr(b'>', text).map_or(text.len(), |end| end + 1)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_attributes(tag: &str, expected: &[(&str, &str)]) {
        let mut attributes = SourceAttributes::NONE;
        SourceTag::read(tag, 1, &mut attributes);
        let found: Vec<_> = attributes.iter().map(|attr| (attr.name(), attr.value())).collect();
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
    fn attributes_whose_places_are_not_kept_are_found_again() {
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

    #[test]
    fn comments_end_where_the_tokenizer_ends_them() {
        for (text, length) in [
            (">", Some(1)),
            ("->", Some(2)),
            ("-->", Some(3)),
            ("a--->b", Some(5)),
            ("a--!>", Some(5)),
            ("!>-->", Some(5)),
            ("<!-->", Some(5)),
            ("a-- >", None),
            ("", None),
        ] {
            assert_eq!(comment_length(text.as_bytes()), length, "{text}");
        }
    }
}
