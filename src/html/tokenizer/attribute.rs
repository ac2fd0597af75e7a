//! Attributes in the source: where their names and values are.

use memchr::memchr;

use super::names::{
    ENDS_ATTRIBUTE_NAME, ENDS_UNQUOTED_VALUE, ENDS_USUAL_NAME, NO_SPACE, STARTS_ATTRIBUTE, position,
    read_long_name,
};
use crate::bytes::{Word, quoted_length};
use crate::group::{HALF, Lanes, at_most, equal, half_marked, lanes};
use crate::html::name_prefix::{NamePrefix, PrefixSet};

/// Where an attribute and its parts are, and what is known of them at first sight.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    /// What the name begins with, in lower case.
    pub(super) prefix: NamePrefix,
    pub(super) start: usize,
    pub(super) name_end: usize,
    /// Where the value starts and ends, without its quotes.
    pub(super) value: (usize, usize),
    /// Whether there may be character references in the value.
    pub(super) has_references: bool,
}

impl Attribute {
    pub(super) const NONE: Self =
        Self { prefix: NamePrefix::of(b""), start: 0, name_end: 0, value: (0, 0), has_references: false };

    /// The attribute that starts there.
    pub(super) fn read(bytes: &[u8], start: usize) -> Self {
        let (name_end, prefix) = read_long_name(bytes, start, ENDS_ATTRIBUTE_NAME);
        let prefix = prefix.to_lower_case();
        let (value, has_references) = read_value(bytes, name_end);
        Self { prefix, start, name_end, value, has_references }
    }

    /// The attribute after this one. A function of its own, because hardly any tag has more than are kept.
    #[cold]
    pub(super) fn next(&self, bytes: &[u8]) -> Self {
        Self::read(bytes, position(bytes, self.end(bytes), STARTS_ATTRIBUTE))
    }

    /// Where it ends.
    pub(super) fn end(&self, bytes: &[u8]) -> usize {
        let (start, end) = self.value;
        let is_quoted = start > self.name_end && matches!(bytes[start - 1], b'"' | b'\'');
        end + usize::from(is_quoted && end < bytes.len())
    }
}

/// The name of an attribute that is written like nearly all: `name="value"`, in small letters.
pub(super) struct UsualName {
    pub(super) prefix: NamePrefix,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl UsualName {
    /// The name that starts there, if the [sign](SIGN) follows it.
    #[expect(clippy::inline_always, reason = "called in the loop over all attributes")]
    #[inline(always)]
    pub(super) fn at(bytes: &[u8], start: usize) -> Option<Self> {
        let word = Word::first(bytes.get(start..)?)?;
        let length = word.less(b'a').first().unwrap_or(Word::SIZE);
        // An equals sign that stands first belongs to the name.
        if length == 0 {
            return None;
        }
        if length < Word::SIZE && word.pair_at(length) == SIGN {
            return Some(Self { prefix: NamePrefix::of_word(word, length), start, end: start + length });
        }
        let end = end_of_long_name(bytes, start + length);
        let is_usual = bytes.get(end..).is_some_and(|rest| rest.starts_with(&SIGN));
        is_usual.then(|| Self { prefix: NamePrefix::at(bytes, start, end), start, end })
    }

    /// The attribute with this name whose value ends there.
    #[expect(clippy::inline_always, reason = "called in the loop over all attributes")]
    #[inline(always)]
    pub(super) fn with_value(self, end: usize, has_references: bool) -> Attribute {
        let Self { prefix, start, end: name_end } = self;
        Attribute { prefix, start, name_end, value: (name_end + SIGN.len(), end), has_references }
    }
}

/// The end of a name that has been read up to `at`: a longer one, or one with a dash.
#[inline(never)]
fn end_of_long_name(bytes: &[u8], at: usize) -> usize {
    let half = bytes.get(at..).and_then(<[u8]>::first_chunk::<HALF>);
    match half.map(|half| half_marked(in_usual_names(lanes(half, 0))).trailing_ones() as usize) {
        Some(length) if length < HALF => at + length,
        _ => position(bytes, at, ENDS_USUAL_NAME),
    }
}

/// Marks the bytes that usual names are made of: those that are not in [`ENDS_USUAL_NAME`].
#[inline]
fn in_usual_names(bytes: Lanes) -> Lanes {
    let in_range = |first: u8, last: u8| at_most(bytes - Lanes::splat(first), last - first);
    in_range(b'a', b'z') | in_range(b'0', b'9') | equal(bytes, b'-')
}

pub(super) const ID: NamePrefix = NamePrefix::of(b"id");
pub(super) const CLASS: NamePrefix = NamePrefix::of(b"class");

/// Whether an attribute whose name has this prefix may say how its element is shown, or may hold what a
/// script decodes or shows.
#[inline]
pub(crate) fn is_special(prefix: NamePrefix) -> bool {
    const STYLE: NamePrefix = NamePrefix::of(b"style");
    const HIDDEN: NamePrefix = NamePrefix::of(b"hidden");
    const DIR: NamePrefix = NamePrefix::of(b"dir");
    const POPOVER: NamePrefix = NamePrefix::of(b"popover");
    // Hidden e-mail addresses: `data-cfemail`.
    const DECODED: NamePrefix = NamePrefix::of(b"data-cfe");
    // Links that look like buttons.
    const DOWNLOAD: NamePrefix = NamePrefix::of(b"download");
    // Players: `data-html`.
    const PLAYER: NamePrefix = NamePrefix::of(b"data-htm");
    // What a script writes: `data-attrs`.
    const WRITTEN: NamePrefix = NamePrefix::of(b"data-att");
    const ALL: PrefixSet = PrefixSet::of(&[STYLE, HIDDEN, DIR, POPOVER, DECODED, DOWNLOAD, PLAYER, WRITTEN]);
    ALL.may_contain(prefix)
        && matches!(prefix, STYLE | HIDDEN | DIR | POPOVER | DECODED | DOWNLOAD | PLAYER | WRITTEN)
}

/// What stands between the name and the value of most attributes.
pub(super) const SIGN: [u8; 2] = *b"=\"";

/// The end of a value that is in double quotes from there on, or the first `&` in it, or the end of the
/// input.
#[cold]
fn quoted_end(bytes: &[u8], start: usize) -> usize {
    start + quoted_length::<b'"'>(&bytes[start..])
}

/// The end of a value in double quotes that has an `&` there.
#[cold]
pub(super) fn end_after_reference(bytes: &[u8], at: usize) -> usize {
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

    #[test]
    fn long_names_end_at_the_first_byte_that_is_in_none() {
        for byte in 0..=u8::MAX {
            for at in 0..40 {
                let mut name = [b'a'; 40];
                name[at] = byte;
                assert_eq!(end_of_long_name(&name, 0), position(&name, 0, ENDS_USUAL_NAME), "{name:?}");
            }
        }
    }
}
