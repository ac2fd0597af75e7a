//! What the values that rules look for begin with: one look at a bit tells of most classes and ids of a post
//! that no rule is about them.

use super::key::Part;
use crate::group::{GROUP, HALF, at_most, first_of, half_marked, lanes};

/// A set of the beginnings of texts that may seem to contain others too: a Bloom filter with one bit for each
/// beginning of three bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beginnings([u64; WORDS]);

/// A list of some hundred rules sets few of these bits.
const WORDS: usize = 32;

impl Beginnings {
    /// Adds a whole text.
    pub(super) fn add(&mut self, text: &str) {
        let bit = bit(text.as_bytes());
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Adds all texts that have a part.
    pub(super) fn add_part(&mut self, part: Part<'_>) {
        match part {
            Part::Prefix(text) if text.len() >= BYTES => self.add(text),
            _ => *self = Self([u64::MAX; WORDS]),
        }
    }

    /// Adds all texts of another set.
    pub(super) fn join(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
    }

    /// Whether the set contains the text; it may be `true` for one that it does not contain.
    #[inline]
    pub(super) fn may_contain(&self, text: &str) -> bool {
        self.may_contain_rest(text.as_bytes(), 0)
    }

    /// The same for the rest of a text from a position on, which may be its end.
    #[inline]
    fn may_contain_rest(&self, text: &[u8], position: usize) -> bool {
        let bit = bit(&text[position..]);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Whether the set contains the text or one of its words; it may be `true` where it contains neither.
    #[inline(never)]
    pub(super) fn may_contain_word_of(&self, text: &str) -> bool {
        let text = text.as_bytes();
        if self.may_contain_rest(text, 0) {
            return true;
        }
        // A word begins after white space. Any other control character is one more place to look at.
        let mut at = 0;
        while at < text.len() {
            let mut spaces = spaces_and_controls(&text[at..]);
            while let Some(space) = first_of(spaces) {
                if self.may_contain_rest(text, at + space + 1) {
                    return true;
                }
                spaces &= spaces - 1;
            }
            at += GROUP;
        }
        false
    }
}

/// A bit for each of the first bytes of a text, as many as a group has, that is a space or a control
/// character of ASCII.
#[inline]
fn spaces_and_controls(text: &[u8]) -> u32 {
    let half = |bytes| half_marked(at_most(lanes(bytes, 0), b' '));
    let text = &text[..text.len().min(GROUP)];
    // The last bytes are looked at together with some before them.
    if let (Some(first), Some(last)) = (text.first_chunk::<HALF>(), text.last_chunk::<HALF>()) {
        half(first) | half(last) << (text.len() - last.len())
    } else if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let mut both = [0; HALF];
        both[..8].copy_from_slice(first);
        both[8..].copy_from_slice(last);
        let marked = half(&both);
        marked & 0xff | marked >> 8 << (text.len() - last.len())
    } else {
        text.iter().rev().fold(0, |marked, byte| marked << 1 | u32::from(*byte <= b' '))
    }
}

/// The bytes that count.
const BYTES: usize = 3;

/// The number of the bit for a text: a hash of its first bytes, or of those before the first space or control
/// character, so that it is the same for a word and for the rest of a text from the word on.
#[inline]
fn bit(text: &[u8]) -> usize {
    let beginning = text.first_chunk().map(|chunk| u32::from_le_bytes(*chunk) & 0x00ff_ffff);
    let beginning = match beginning {
        Some(beginning) if beginning.wrapping_sub(0x0021_2121) & !beginning & 0x0080_8080 == 0 => beginning,
        _ => short_beginning(text),
    };
    (beginning.wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS.ilog2())) as usize
}

/// The first bytes of a text of which fewer than [`BYTES`] may count.
fn short_beginning(text: &[u8]) -> u32 {
    let bytes = text.iter().take(BYTES).take_while(|byte| **byte > b' ');
    (0..).zip(bytes).fold(0, |beginning, (index, byte)| beginning | u32::from(*byte) << (8 * index))
}

const BITS: usize = 64 * WORDS;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_contained_and_most_else_is_not() {
        let mut beginnings = Beginnings::default();
        for text in ["ad", "adsense", "x", "", "广告"] {
            beginnings.add(text);
        }
        beginnings.add_part(Part::Prefix("dfp-ad-"));
        for text in ["ad", "adsense", "adseller", "x", "", "广告", "广", "dfp-ad-imu1"] {
            assert!(beginnings.may_contain(text), "{text}");
        }
        let others = (0..10_000).filter(|number| beginnings.may_contain(&format!("{number:04}")));
        assert!(others.count() < 500);
        assert!(!beginnings.may_contain("ab") && !beginnings.may_contain("xa"));
    }

    #[test]
    fn parts_that_tell_no_beginning_are_in_all_texts() {
        for part in [Part::Anything, Part::Piece("banner"), Part::Prefix("ad"), Part::Prefix("")] {
            let mut beginnings = Beginnings::default();
            beginnings.add_part(part);
            let mut joined = Beginnings::default();
            joined.join(&beginnings);
            assert!(joined.may_contain("text") && joined.may_contain(""), "{part:?}");
        }
    }
}
