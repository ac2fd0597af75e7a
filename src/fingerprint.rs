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
///    is the 64-bit [FNV-1a] of their code points, each taken as one byte is.
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
        Self::with_word_count(text).0
    }

    /// The fingerprint of a text, and how many words the text has.
    pub(crate) fn with_word_count(text: &str) -> (Option<Self>, usize) {
        let mut majority = Majority::default();
        words::read(text, &mut Shingles { letters: FNV_OFFSET, last: 0, pair: 0, majority: &mut majority });
        let count = majority.given;
        ((count >= LEAST_WORDS).then(|| Self(majority.bits())), count)
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

const LEAST_WORDS: usize = 50;

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
struct Shingles<'m> {
    /// The hash of the letters since the last word.
    letters: u64,
    /// The hash of the last word.
    last: u64,
    /// The hashes of the last two words in one.
    pair: u64,
    /// Apart from the rest, so that the rest is in registers.
    majority: &'m mut Majority,
}

impl Shingles<'_> {
    /// Adds the shingle of the word whose letters came last.
    #[inline]
    fn add(&mut self, is_cjk: bool) {
        let word = std::mem::replace(&mut self.letters, FNV_OFFSET);
        let pair = join(self.last, word);
        let shingle = if is_cjk { join(self.pair, word) } else { pair };
        (self.pair, self.last) = (pair, word);
        self.majority.add(shingle);
    }
}

impl Words for Shingles<'_> {
    #[inline]
    fn letter(&mut self, c: char) {
        self.letters = match c {
            // The small letter; a digit is left as it is.
            '\0'..='\x7f' => hash(self.letters, c as u32 | 0x20),
            c => hash_small(self.letters, c),
        }
    }

    #[inline]
    fn end(&mut self) {
        self.add(false);
    }

    #[inline]
    fn ideograph(&mut self, code: u32) {
        self.letters = hash(FNV_OFFSET, code);
        self.add(true);
    }
}

/// The hash of what has the hash `before`, and a letter after it.
const fn hash(before: u64, letter: u32) -> u64 {
    (before ^ letter as u64).wrapping_mul(FNV_PRIME)
}

/// The same with the small letter of one that is not ASCII.
#[inline(never)]
fn hash_small(before: u64, letter: char) -> u64 {
    match letter {
        // That at the end of a word, of which the capital is that of any other.
        'ς' => hash(before, 'σ' as u32),
        letter => letter.to_lowercase().fold(before, |before, c| hash(before, c as u32)),
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
/// is one binary digit of all counters, and a full adder, five operations on planes, adds sixty-four digits
/// at once. Carries are not passed on at once either: a level adds two planes at a time to its digits, and
/// gives one to the next level. So level 0 adds for every second shingle, level 1 for every fourth and so on,
/// which is one adder for each shingle. Shingles come in batches, which the first three levels add without a
/// branch.
struct Majority {
    /// Those of the batch so far; after them, what is left of the batch before.
    shingles: [u64; BATCH],
    /// How many shingles were given.
    given: usize,
    batches: usize,
    levels: [Level; 64],
}

const BATCH: usize = 8;

/// The number of levels that have nothing to add after a batch.
const BATCH_LEVELS: u32 = BATCH.ilog2();

#[derive(Clone, Copy, Default)]
struct Level {
    digits: u64,
    /// A plane that waits for another. One does at level 3 + *n* if bit *n* of the number of batches is set.
    waiting: u64,
}

impl Default for Majority {
    fn default() -> Self {
        Self { shingles: [0; BATCH], given: 0, batches: 0, levels: [Level::default(); 64] }
    }
}

impl Majority {
    /// Adds the bits of a shingle, given before they are mixed.
    #[inline]
    fn add(&mut self, shingle: u64) {
        self.shingles[self.given % BATCH] = shingle;
        self.given += 1;
        if self.given % BATCH == 0 {
            self.add_batch();
        }
    }

    fn add_batch(&mut self) {
        let mut planes = self.shingles.map(mix);
        let (first, rest) = self.levels.split_at_mut(BATCH_LEVELS as usize);
        let mut pairs = BATCH / 2;
        for level in first {
            for n in 0..pairs {
                (level.digits, planes[n]) = full_add(level.digits, planes[2 * n], planes[2 * n + 1]);
            }
            pairs /= 2;
        }
        let mut plane = planes[0];
        let mut batches = self.batches;
        for level in rest {
            if batches & 1 == 0 {
                level.waiting = plane;
                break;
            }
            (level.digits, plane) = full_add(level.digits, level.waiting, plane);
            batches >>= 1;
        }
        self.batches += 1;
    }

    /// The bits that are set in more than half of the shingles.
    fn bits(mut self) -> u64 {
        // Of a shingle that is 0, no bit is set.
        self.shingles[self.given % BATCH..].fill(0);
        self.add_batch();
        let half = self.given / 2;
        let (mut carry, mut is_more) = (0, 0);
        // From the lowest digit on, since the highest that differs from the digit of the half decides. No
        // count has more digits than the number of shingles.
        for (n, level) in (0..usize::BITS - self.given.leading_zeros()).zip(&self.levels) {
            let is_waiting = n >= BATCH_LEVELS && self.batches >> (n - BATCH_LEVELS) & 1 == 1;
            let waiting = if is_waiting { level.waiting } else { 0 };
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
        for length in (0..300_u64).chain([1 << 12, 4095, 4097, 70_001]) {
            let mut majority = Majority::default();
            let mut counts = [0; 64];
            for n in 0..length {
                // Every third is the same, so that no count is near a half only.
                let shingle = if n % 3 == 0 { length } else { n };
                majority.add(shingle);
                counts.iter_mut().enumerate().for_each(|(place, count)| *count += mix(shingle) >> place & 1);
            }
            let is_more = |place: &usize| counts[*place] > length / 2;
            let expected = (0..64).filter(is_more).fold(0, |bits, place| bits | 1 << place);
            assert_eq!(majority.bits(), expected, "{length}");
        }
    }
}
