//! Names in tags: where they end, and what they begin with.

use super::markup::is_space;
use crate::bytes::{self, FirstMask, Word};
use crate::html::name_prefix::NamePrefix;

/// Sets of bytes that a search in a tag stops at.
pub(super) type Set = u8;
pub(super) const ENDS_TAG_NAME: Set = 1;
pub(super) const STARTS_ATTRIBUTE: Set = 2;
pub(super) const ENDS_ATTRIBUTE_NAME: Set = 4;
pub(super) const NO_SPACE: Set = 8;
pub(super) const ENDS_UNQUOTED_VALUE: Set = 16;
/// All that is in no usual name of an attribute, which is in small letters.
pub(super) const ENDS_USUAL_NAME: Set = 32;

/// The sets that each byte is in.
const SETS: [Set; 256] = {
    let mut sets = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "a byte")]
        let small = byte as u8;
        let (space, slash, sign, end) = (is_space(small), byte == 0x2f, byte == 0x3d, byte == 0x3e);
        sets[byte] = if space || slash || end { ENDS_TAG_NAME } else { 0 }
            | if space || slash { 0 } else { STARTS_ATTRIBUTE }
            | if space || slash || end || sign { ENDS_ATTRIBUTE_NAME } else { 0 }
            | if space { 0 } else { NO_SPACE }
            | if space || end { ENDS_UNQUOTED_VALUE } else { 0 }
            | if matches!(small, b'a'..=b'z' | b'0'..=b'9' | b'-') { 0 } else { ENDS_USUAL_NAME };
        byte += 1;
    }
    sets
};

/// Where the name at `start` ends, and what it begins with.
///
/// Names are mostly short, and ended by one of a few bytes.
#[inline]
pub(super) fn read_name(bytes: &[u8], start: usize, set: Set) -> (usize, NamePrefix) {
    if let Some(word) = Word::at(bytes, start) {
        if let Some(length) = first_ends(word).first() {
            if SETS[usize::from(bytes[start + length])] & set != 0 {
                return (start + length, NamePrefix::of_word(word, length));
            }
        }
    }
    read_long_name(bytes, start, set)
}

/// Marks the bytes that may end a name. All that ends one is less than `0`, or among the
/// four bytes from `<` to `?`; of the others among these, a dash stands in many names.
#[inline]
fn first_ends(word: Word) -> FirstMask {
    word.less(b'0').or(word.equal_but(b'?', 3))
}

/// Marks all that ends a name, and a few bytes that end none.
#[inline]
fn ends_of_names(word: Word) -> FirstMask {
    word.less(b'!').or(word.equal(b'>')).or(word.equal(b'=')).or(word.equal(b'/'))
}

/// The same for a name of any length.
#[inline(never)]
pub(super) fn read_long_name(bytes: &[u8], start: usize, set: Set) -> (usize, NamePrefix) {
    // An equals sign that stands first belongs to the name of an attribute.
    let mut end = start + usize::from(bytes.get(start) == Some(&b'='));
    let is_end = |byte: u8| SETS[usize::from(byte)] & set != 0;
    loop {
        end += bytes::position(&bytes[end..], ends_of_names, is_end).unwrap_or(bytes.len() - end);
        if bytes.get(end).is_none_or(|byte| is_end(*byte)) {
            return (end, NamePrefix::at(bytes, start, end));
        }
        end += 1;
    }
}

/// The first position from `start` on whose byte is in a set, or the end.
#[inline]
pub(super) fn position(bytes: &[u8], start: usize, set: Set) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(|&byte| SETS[usize::from(byte)] & set == 0) {
        at += 1;
    }
    at
}
