//! A text in, 64 bits out, of which nearly all are the same for nearly the same text.

use std::fmt;

use crate::words::{self, Words};

/// 64 bits of a text, of which a nearly equal text has nearly all: a [simhash] of its words.
///
/// Case, punctuation and white space do not count. The fewer words differ, the fewer bits do:
///
/// ```
/// use offprint::Fingerprint;
///
/// let words: Vec<String> = (1..1000).map(|n| format!("word{n}")).collect();
/// let text = words.join(" ");
/// let fingerprint = Fingerprint::of(&text).unwrap();
/// let edited = Fingerprint::of(&text.replace("word500 ", "another ")).unwrap();
/// let unrelated = Fingerprint::of(&text.replace("word", "thing")).unwrap();
/// assert_eq!(fingerprint, Fingerprint::of(&text.to_uppercase().replace(' ', ",\n")).unwrap());
/// assert_eq!((fingerprint.distance(edited), fingerprint.distance(unrelated)), (1, 26));
/// assert_eq!(Fingerprint::of("too short"), None);
/// ```
///
/// [simhash]: https://doi.org/10.1145/509907.509965
///
/// # How many bits to expect
///
#[doc = include_str!("fingerprint.md")]
///
/// # How it is computed
///
/// So that any program can do it:
///
/// 1. Letters are characters that Unicode calls `Alphabetic`, or numbers (general category `N`). CJK
///    characters are U+2E80–312F, 3190–31FF, 3220–325F, 3280–4DBF, 4E00–9FFF, F900–FAFF, FE10–FE1F,
///    FE30–FE6F, FF01–FF9F, FFE0–FFE6, 16FE0–18CFF, 1AFF0–1B2FF and 20000–3FFFF.
/// 2. Words are what [`Post::word_count`](crate::Post::word_count) counts: each CJK letter, and each piece
///    between CJK characters and white space that has a letter in it. Below 50 words there is no fingerprint.
/// 3. Of a word, only the letters count, each put in lower case by itself; `ς` is `σ`. The hash of the word
///    is the 64-bit [FNV-1a] of their UTF-8.
/// 4. Each word makes a shingle with those before it: a CJK letter with two, another word with one. If *c* is
///    the hash of the word, and *a* and *b* are those of the two before it (0 where there are none), the bits
///    of the shingle are, modulo 2⁶⁴ and with the finalizer of [SplitMix64]:
///
///    ```text
///    mix((a × m + b) × m + c)     for a CJK letter
///    mix(b × m + c)               for another word
///
///    m = 0x9e3779b97f4a7c15
///    mix(z):  z ^= z >> 30;  z ×= 0xbf58476d1ce4e5b9;  z ^= z >> 27;  z ×= 0x94d049bb133111eb;  z ^= z >> 31
///    ```
/// 5. A bit of the fingerprint is set if it is set in more than half of the shingles, counting each as often
///    as it occurs.
///
/// The result is the same on every machine. It may differ between versions of Rust for letters that are new
/// in Unicode.
///
/// [FNV-1a]: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
/// [SplitMix64]: https://prng.di.unimi.it/splitmix64.c
///
/// # What it does not see
///
/// Unicode is not normalized: `é` is not `e` with U+0301, which counts as `e`. Thai, Lao, Khmer and Burmese
/// are written without spaces, and are not CJK: a whole clause of theirs is one word, so that few texts have
/// 50, and a change counts for more. An article that is a part of a much longer one is far from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a text; none if it has fewer than 50 words, when one word changes too much.
    pub fn of(text: &str) -> Option<Self> {
        let mut shingles = Shingles::default();
        words::read(text, &mut shingles);
        (shingles.majority.added >= LEAST_WORDS).then(|| Self(shingles.majority.bits()))
    }

    /// The bits, which a table can keep.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The fingerprint with these bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// How many bits differ, from 0 to 64.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

const LEAST_WORDS: u64 = 50;

/// What FNV-1a begins with.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// 2⁶⁴ divided by the golden ratio, made odd.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The words of a text so far, as shingles.
///
/// Two words, or three CJK letters, since these say about as much. The longer a shingle, the more of them a
/// changed word changes; the shorter, the nearer are texts of one language, for all have its frequent ones.
/// Of real posts of 1,000 words of which three were replaced, 89 % were within 3 bits by shingles of two
/// words, 73 % by three, and the nearest of 21,049 pairs of posts of two sites differed in 14 and 16 bits; of
/// Chinese ones, 88 % by two letters and 69 % by three, but the nearest of 64,504 pairs in 12 and 15 bits,
/// and 3.8 and 1.5 times as many pairs as by chance shared a quarter of the bits, which is what the search
/// for pairs costs.
struct Shingles {
    /// The hash of the letters since the last word.
    letters: u64,
    /// The hash of the last word.
    last: u64,
    /// The hashes of the last two words in one.
    pair: u64,
    majority: Majority,
}

impl Default for Shingles {
    fn default() -> Self {
        Self { letters: FNV_OFFSET, last: 0, pair: 0, majority: Majority::default() }
    }
}

impl Shingles {
    #[inline]
    fn byte(&mut self, byte: u8) {
        self.letters = (self.letters ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
    }

    fn utf8(&mut self, c: char) {
        c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.byte(byte));
    }

    /// Adds the shingle of the word whose letters came last.
    #[inline]
    fn add(&mut self, is_cjk: bool) {
        let word = std::mem::replace(&mut self.letters, FNV_OFFSET);
        let pair = join(self.last, word);
        let shingle = if is_cjk { join(self.pair, word) } else { pair };
        (self.pair, self.last) = (pair, word);
        self.majority.add(mix(shingle));
    }
}

impl Words for Shingles {
    #[inline]
    fn letter(&mut self, c: char) {
        match c {
            '\0'..='\x7f' => self.byte((c as u8).to_ascii_lowercase()),
            // Most ideographs, which have no case.
            '\u{4e00}'..='\u{9fff}' => self.utf8(c),
            // The small sigma at the end of a word, of which the capital is that of any other.
            'ς' => self.utf8('σ'),
            c => c.to_lowercase().for_each(|c| self.utf8(c)),
        }
    }

    #[inline]
    fn end(&mut self) {
        self.add(false);
    }

    #[inline]
    fn ideograph(&mut self, c: char) {
        self.letter(c);
        self.add(true);
    }
}

/// The hash of what has the hash `first`, and a word after it.
const fn join(first: u64, word: u64) -> u64 {
    first.wrapping_mul(MULTIPLIER).wrapping_add(word)
}

/// The finalizer of `SplitMix64`: each bit of the result depends on all bits of `z`.
const fn mix(z: u64) -> u64 {
    let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// Counts how often each of 64 bits is set, and says which are set in more than half.
///
/// Sixty-four counters would take sixty-four additions for each shingle. These stand upright instead: a plane
/// holds one binary digit of all counters, and one full adder of five operations on planes adds sixty-four
/// digits at once. Carries are not passed on at once either: a plane of weight 2ⁿ waits at level *n* until
/// another comes, and both are added to the digits of that level. So level 0 adds for every second shingle,
/// level 1 for every fourth and so on: one adder for each shingle.
struct Majority {
    levels: [Level; 64],
    /// How many were added. A plane waits at level *n* if bit *n* of this number is set.
    added: u64,
}

#[derive(Clone, Copy, Default)]
struct Level {
    digits: u64,
    waiting: u64,
}

impl Default for Majority {
    fn default() -> Self {
        Self { levels: [Level::default(); 64], added: 0 }
    }
}

impl Majority {
    #[inline]
    fn add(&mut self, bits: u64) {
        let mut plane = bits;
        let mut added = self.added;
        for level in &mut self.levels {
            if added & 1 == 0 {
                level.waiting = plane;
                break;
            }
            (level.digits, plane) = full_add(level.digits, level.waiting, plane);
            added >>= 1;
        }
        self.added += 1;
    }

    /// The bits that are set in more than half of those that were added.
    fn bits(&self) -> u64 {
        let half = self.added / 2;
        let (mut carry, mut is_more) = (0, 0);
        // From the lowest digit on, since the highest that differs from the digit of the half decides. A
        // count has no more digits than the number of those that were added.
        for (n, level) in (0..u64::BITS - self.added.leading_zeros()).zip(&self.levels) {
            let waiting = if self.added >> n & 1 == 1 { level.waiting } else { 0 };
            let digits;
            (digits, carry) = full_add(level.digits, waiting, carry);
            is_more = if half >> n & 1 == 1 { digits & is_more } else { digits | is_more };
        }
        is_more
    }
}

/// The sums of three binary digits in each of 64 places: the lower digits, and those to carry.
#[inline]
const fn full_add(a: u64, b: u64, c: u64) -> (u64, u64) {
    let either = a ^ b;
    (either ^ c, a & b | either & c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_majority_is_that_of_64_counters() {
        for length in (0..300).chain([1 << 12, 4095, 4097, 70_001]) {
            let mut majority = Majority::default();
            let mut counts = [0_u64; 64];
            for n in 0..length {
                // Some bits are set nearly always or never, some in half of all to the last.
                let bits = mix(n) & !0xff | (n & 1) | (n % 3 & 2) | if n == 0 { 4 } else { 8 } | 16;
                majority.add(bits);
                counts.iter_mut().enumerate().for_each(|(place, count)| *count += bits >> place & 1);
            }
            let expected =
                (0..64).filter(|place| 2 * counts[*place] > length).fold(0, |b, place| b | 1 << place);
            assert_eq!(majority.bits(), expected, "{length}");
        }
    }
}
