//! The first eight bytes of a name as one number.
//!
//! Most names of tags and attributes are no longer than that, so that one comparison of numbers tells them
//! apart, and one multiplication spreads them over a table.

use crate::bytes::Word;

/// The first eight bytes of a name, with zeros after the end of a shorter one.
///
/// Two names of equal length, of at most [`Word::SIZE`] bytes, are equal if their prefixes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NamePrefix(u64);

/// The lowest bit, and the highest bit, of each byte.
const LOW: u64 = u64::from_le_bytes([0x01; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

impl NamePrefix {
    /// The prefix of a whole name.
    pub(crate) const fn of(name: &[u8]) -> Self {
        let mut prefix = 0;
        let mut index = 0;
        while index < name.len() && index < Word::SIZE {
            prefix |= (name[index] as u64) << (8 * index);
            index += 1;
        }
        Self(prefix)
    }

    /// The prefix of a name that a word begins with. The name has `length` bytes, which must be fewer than
    /// the word has.
    #[inline]
    pub(crate) fn of_word(word: Word, length: usize) -> Self {
        Self(word.bits() & ((1 << (8 * length)) - 1))
    }

    /// The prefix of the name that stands at `start..end` of a text.
    #[inline]
    pub(crate) fn at(text: &[u8], start: usize, end: usize) -> Self {
        match Word::at(text, start) {
            Some(word) if end - start < Word::SIZE => Self::of_word(word, end - start),
            Some(word) => Self(word.bits()),
            None => Self::of(&text[start..end]),
        }
    }

    /// Whether a word begins with the name of which this is the prefix, and a `>` after it. The name has
    /// `length` bytes; the answer is `false` for a long one.
    #[inline]
    pub(crate) fn is_tag(self, word: Word, length: usize) -> bool {
        const END: u64 = (b'>' as u64) << 56;
        // The bytes after the `>` are shifted out, and those of the name are zero if they are equal.
        length < Word::SIZE && (word.bits() ^ self.0) << (8 * (Word::SIZE - 1 - length)) == END
    }

    /// The prefix of the name in lower case: that of the letters of ASCII.
    #[inline]
    pub(crate) const fn to_lower_case(self) -> Self {
        // All eight bytes at once. The highest bit of each is cleared first, so that no sum reaches the next
        // byte; then the sums set it in the bytes from `A` on, and in those after `Z`. A quarter of that bit
        // is what makes a capital letter a small one.
        let rest = self.0 & !HIGH;
        let from_a = rest + LOW * (0x80 - b'A' as u64);
        let after_z = rest + LOW * (0x7f - b'Z' as u64);
        Self(self.0 | (from_a & !after_z & !self.0 & HIGH) >> 2)
    }

    /// The bytes of the prefix.
    #[inline]
    pub(crate) const fn bytes(self) -> [u8; Word::SIZE] {
        self.0.to_le_bytes()
    }

    /// Whether the first bytes are those of a name of `length` bytes, whose prefix this is.
    #[inline]
    pub(crate) const fn begins(self, length: usize, other: Self) -> bool {
        (self.0 ^ other.0) << (8 * (Word::SIZE - length)) == 0
    }

    /// The hash of the prefix, of `bits` bits: the highest ones of its product with a factor.
    #[inline]
    pub(crate) const fn hash(self, factor: u64, bits: u32) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "few bits are left")]
        let hash = (self.0.wrapping_mul(factor) >> (u64::BITS - bits)) as usize;
        hash
    }
}

/// A set of prefixes that may seem to contain others too: a Bloom filter with one bit for each prefix.
///
/// What rules ask about are few names, so that one look at 64 bits passes over nearly all attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PrefixSet(u64);

impl PrefixSet {
    pub(crate) const fn of(prefixes: &[NamePrefix]) -> Self {
        let mut set = Self(0);
        let mut index = 0;
        while index < prefixes.len() {
            set.insert(prefixes[index]);
            index += 1;
        }
        set
    }

    pub(crate) const fn insert(&mut self, prefix: NamePrefix) {
        self.0 |= Self::bit(prefix);
    }

    /// Adds all prefixes of another set.
    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the set contains the prefix; it may be `true` for one that it does not contain.
    #[inline]
    pub(crate) fn may_contain(self, prefix: NamePrefix) -> bool {
        self.0 & Self::bit(prefix) != 0
    }

    /// The bit of a prefix, by Fibonacci hashing: the factor is 2^64 divided by the golden ratio.
    #[inline]
    const fn bit(prefix: NamePrefix) -> u64 {
        1 << prefix.hash(0x9e37_79b9_7f4a_7c15, u64::BITS.ilog2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of up to ten of some bytes that are next to others in some way, of each length a few
    /// hundred.
    fn names() -> impl Iterator<Item = Vec<u8>> {
        const BYTES: [u8; 13] = [b'a', b'z', b'A', b'Z', b'@', b'[', b'`', b'{', b'-', 0, 0x7f, 0xc1, 0xff];
        (0..4_000_usize).map(|seed| {
            let digits = std::iter::successors(Some(seed * 2_654_435_761), |rest| Some(rest / BYTES.len()));
            digits.take(seed % 11).map(|digit| BYTES[digit % BYTES.len()]).collect()
        })
    }

    #[test]
    fn a_prefix_is_the_same_wherever_the_name_stands() {
        for text in names().take(300) {
            for end in 0..=text.len() {
                for start in 0..=end {
                    let name = &text[start..end];
                    assert_eq!(NamePrefix::at(&text, start, end), NamePrefix::of(name), "{start}: {text:?}");
                }
            }
            if let Some(word) = Word::at(&text, 0) {
                for length in 0..Word::SIZE {
                    assert_eq!(
                        NamePrefix::of_word(word, length),
                        NamePrefix::of(&text[..length]),
                        "{text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn prefixes_tell_short_names_apart() {
        let names: Vec<_> = names().collect();
        for (one, other) in names.iter().zip(&names[1..]) {
            let length = one.len().min(other.len()).min(Word::SIZE);
            let (one, other) = (&one[..length], &other[..length]);
            assert_eq!(NamePrefix::of(one) == NamePrefix::of(other), one == other);
        }
        assert_eq!(NamePrefix::of(b"progressive"), NamePrefix::of(b"progress"));
        assert_ne!(NamePrefix::of(b"progres"), NamePrefix::of(b"progress"));
    }

    #[test]
    fn a_tag_is_a_name_and_what_ends_it() {
        for (name, text, is_tag) in [
            ("p", "p>text..", true),
            ("div", "div></di", true),
            ("section", "section>", true),
            ("p", "p >text.", false),
            ("p", "pre>text", false),
            ("pre", "p>e>text", false),
            ("div", "DIV></di", false),
            ("noscript", "noscript", false),
            ("figcaption", "figcapti", false),
        ] {
            let word = Word::first(text.as_bytes()).unwrap();
            assert_eq!(NamePrefix::of(name.as_bytes()).is_tag(word, name.len()), is_tag, "{name}: {text}");
        }
    }

    #[test]
    fn a_prefix_begins_names_that_begin_with_it() {
        for name in names().filter(|name| (1..=Word::SIZE).contains(&name.len())) {
            let prefix = NamePrefix::of(&name);
            for mut other in names().take(500).chain([[&name[..], b"src"].concat()]) {
                // After the end of a shorter name, its prefix has zeros.
                other.resize(other.len().max(Word::SIZE), 0);
                let begins = other.starts_with(&name);
                assert_eq!(prefix.begins(name.len(), NamePrefix::of(&other)), begins, "{name:?}: {other:?}");
            }
        }
    }

    #[test]
    fn lower_case_is_that_of_ascii() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        for name in all.chunks(8).map(<[u8]>::to_vec).chain(names()) {
            let lower = NamePrefix::of(&name.to_ascii_lowercase());
            assert_eq!(NamePrefix::of(&name).to_lower_case(), lower, "{name:?}");
        }
    }

    #[test]
    fn a_set_contains_what_is_in_it_and_hardly_anything_else() {
        let of = |name: &str| NamePrefix::of(name.as_bytes());
        let mut set = PrefixSet::default();
        assert!(set.is_empty() && !set.may_contain(of("href")));
        set.insert(of("data-ad-slot"));
        let mut other = PrefixSet::default();
        other.insert(of("style"));
        set.join(other);
        assert!(!set.is_empty());
        // One that only begins like one that is in it may be in it.
        for name in ["data-ad-slot", "style", "data-ad-client"] {
            assert!(set.may_contain(of(name)), "{name}");
        }
        let others = ["href", "src", "alt", "title", "width", "height", "rel", "target", "srcset", "sizes"];
        let found = others.iter().filter(|name| set.may_contain(of(name))).count();
        assert_eq!(found, 0);
    }
}
