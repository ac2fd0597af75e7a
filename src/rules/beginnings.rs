//! What the values that rules look for begin with: one look at a bit tells of most classes and ids of a post
//! that no rule is about them.

use super::key::Part;

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
        let bit = bit(text.as_bytes());
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// The bytes that count.
const BYTES: usize = 3;

/// The number of the bit for a text: a hash of its first bytes.
#[inline]
fn bit(text: &[u8]) -> usize {
    let beginning = match *text {
        [a, b, c, ..] => [a, b, c, 0],
        [a, b] => [a, b, 0, 0],
        [a] => [a, 0, 0, 0],
        [] => [0; 4],
    };
    (u32::from_le_bytes(beginning).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS.ilog2())) as usize
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
