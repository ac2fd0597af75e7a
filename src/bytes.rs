//! Searches in short texts: eight bytes at a time, with no branch for each byte. The readers of numbers and
//! escapes are here too.
//!
//! Long texts are searched with memchr, in [groups](crate::group), or for [runs](crate::collapse) that need
//! no change. What is searched here is short. Over a corpus of 479 posts (7.7 MB), this is how many bytes the
//! searches pass over:
//!
//! | searched for                     | searches | mean length | under 8 | under 16 |
//! |----------------------------------|---------:|------------:|--------:|---------:|
//! | the end of a name in a tag       |  105,661 |         4.2 |  91.4 % |   99.1 % |
//! | the end of spaces and line feeds |   69,562 |         6.7 |  68.0 % |   98.1 % |
//! | the end of leading white space   |   41,297 |         4.6 |  81.7 % |   99.2 % |
//! | the start of trailing white space|   34,330 |         3.8 |  85.0 % |   99.6 % |
//! | the end of a plain YAML scalar   |    3,740 |        18.7 |  64.8 % |   84.8 % |
//!
//! One pass over the corpus by callgrind with simulated branches, with these searches done in three ways:
//!
//! | way            | instructions  | mispredicted branches |
//! |----------------|--------------:|----------------------:|
//! | words, as here | 110.6 million |          1.06 million |
//! | byte by byte   | 115.1 million |          1.22 million |
//! | memchr3        | 118.5 million |          1.03 million |
//!
//! memchr was given the three bytes that end most names, the three that end a scalar, and the `>` of a tag
//! without attributes. It does not search for the first byte that is *not* one of some, nor for more than
//! three bytes; a call of it costs more than most of these searches.
//!
//! # Masks
//!
//! A [`Word`] is compared with eight copies of a byte at once. The result is a mask with the highest bit of
//! each byte that matches. Of the text `b !a >xy`, those that are less than `!`, which is 0x21:
//!
//! ```text
//! text                    b    ' '   !    a    ' '   >    x    y
//! as numbers              62   20    21   61   20    3e   78   79
//! less 0x21 in each       41   ff    ff   3f   ff    1c   57   58
//! ... and not the number  01   df    de   1e   df    00   07   00
//! ... and 0x80 in each    00   80    80   00   80    00   00   00
//! ```
//!
//! The first space is marked rightly. The `!` after it is marked because the subtraction borrowed from it.
//! That is harmless where only the first match is asked for, and wrong for the others: a [`FirstMask`]
//! answers only the first question. Where all matches count, a [group](crate::group) tells them.
//!
//! Spaces at an edge of a word need no mask: the differences from eight spaces begin, or end, with a zero for
//! each of them.

use crate::group::{GROUP, HALF, any, at_most, equal, equal_but, first_of, half_marked, lanes, marked};

/// Eight bytes of a text, of which the first is the lowest byte of the number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word(u64);

/// Marks bytes of a [`Word`] up to the first that matches: where a byte matches, a later one may be marked
/// that does not.
///
/// The subtraction that makes such a mask borrows from the bytes after a match. It can only tell the first
/// match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirstMask(u64);

/// The lowest bit, and the highest bit, of each byte. A mask has the highest bit of each byte that it marks.
const LOW: u64 = u64::from_le_bytes([0x01; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
const SPACES: u64 = u64::from_le_bytes([b' '; 8]);

impl Word {
    /// The number of bytes in a word.
    pub(crate) const SIZE: usize = 8;

    /// The word at a position in a text; `None` if fewer than eight bytes follow it.
    #[inline]
    pub(crate) fn at(bytes: &[u8], position: usize) -> Option<Self> {
        // In a loop, this is one comparison with what is the same at every position.
        let last = bytes.len().checked_sub(Self::SIZE)?;
        if position > last {
            return None;
        }
        Some(Self(u64::from_le_bytes(*bytes.get(position..)?.first_chunk()?)))
    }

    /// The word that a text begins with; `None` if it is shorter.
    #[inline]
    pub(crate) fn first(bytes: &[u8]) -> Option<Self> {
        Some(Self(u64::from_le_bytes(*bytes.first_chunk()?)))
    }

    #[inline]
    pub(crate) fn first_byte(self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    /// The bytes after the first one, and a zero.
    #[inline]
    pub(crate) fn without_first_byte(self) -> Self {
        Self(self.0 >> 8)
    }

    /// The byte at an index.
    #[inline]
    pub(crate) fn byte_at(self, index: usize) -> u8 {
        self.pair_at(index)[0]
    }

    /// The byte at an index and the byte after it, which is zero if the word ends there.
    #[inline]
    pub(crate) fn pair_at(self, index: usize) -> [u8; 2] {
        let [first, second, ..] = (self.0 >> (8 * index)).to_le_bytes();
        [first, second]
    }

    /// The bytes as a number, of which the first byte is the lowest.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// Marks the bytes that equal `byte`.
    #[inline]
    pub(crate) fn equal(self, byte: u8) -> FirstMask {
        // What is equal is zero now, and the subtraction makes its highest bit 1.
        let differences = self.0 ^ (LOW * u64::from(byte));
        FirstMask(differences.wrapping_sub(LOW) & !differences & HIGH)
    }

    /// Marks the bytes that equal `byte` but for some bits, all of which `byte` has.
    #[inline]
    pub(crate) fn equal_but(self, byte: u8, bits: u8) -> FirstMask {
        Self(self.0 | (LOW * u64::from(bits))).equal(byte)
    }

    /// Marks the bytes that are less than `byte`, which is an ASCII character.
    #[inline]
    pub(crate) fn less(self, byte: u8) -> FirstMask {
        FirstMask(self.0.wrapping_sub(LOW * u64::from(byte)) & !self.0 & HIGH)
    }

    /// The number of spaces that the word begins with.
    #[inline]
    pub(crate) fn spaces_at_start(self) -> usize {
        (self.0 ^ SPACES).trailing_zeros() as usize / 8
    }

    /// The number of spaces that the word ends with.
    #[inline]
    fn spaces_at_end(self) -> usize {
        (self.0 ^ SPACES).leading_zeros() as usize / 8
    }
}

impl From<[u8; Word::SIZE]> for Word {
    #[inline]
    fn from(bytes: [u8; Word::SIZE]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }
}

impl FirstMask {
    /// Marks what either mask marks, up to the first match of either.
    #[inline]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The index in the word of the first match.
    #[inline]
    pub(crate) fn first(self) -> Option<usize> {
        (self.0 != 0).then_some(self.0.trailing_zeros() as usize / 8)
    }
}

/// The position in a text of the first byte of some kind, or `None`.
///
/// `in_word` marks the bytes of that kind in a word, and `is` says whether one byte is of that kind.
#[inline]
pub(crate) fn position(
    bytes: &[u8],
    in_word: impl Fn(Word) -> FirstMask,
    is: impl Fn(u8) -> bool,
) -> Option<usize> {
    let mut at = 0;
    while let Some(word) = Word::at(bytes, at) {
        if let Some(first) = in_word(word).first() {
            return Some(at + first);
        }
        at += Word::SIZE;
    }
    bytes[at..].iter().position(|byte| is(*byte)).map(|rest| at + rest)
}

/// The length of an attribute's value up to the quote, or to the first `&` in it, or to the end of the text.
#[expect(clippy::inline_always, reason = "one of the callers is the loop over all attributes")]
#[inline(always)]
pub(crate) fn quoted_length<const QUOTE: u8>(bytes: &[u8]) -> usize {
    // Each of the two quotes differs from `&` in one bit, so that one comparison finds both.
    let (bits, either) = (QUOTE ^ b'&', QUOTE | b'&');
    let mut rest = bytes;
    while let Some((group, after)) = rest.split_first_chunk::<GROUP>() {
        if let Some(first) = first_of(marked(|at| equal_but(lanes(group, at), either, bits))) {
            return bytes.len() - rest.len() + first;
        }
        rest = after;
    }
    let length = rest.iter().position(|byte| byte | bits == either).unwrap_or(rest.len());
    bytes.len() - rest.len() + length
}

/// The length of the spaces and line feeds that a text begins with: nearly always a line feed, and the spaces
/// that a tag is indented by.
#[inline]
pub(crate) fn leading_spaces_and_feeds(bytes: &[u8]) -> usize {
    let mut at = usize::from(bytes.first() == Some(&b'\n'));
    while let Some(word) = bytes.get(at..).and_then(Word::first) {
        let spaces = word.spaces_at_start();
        at += spaces;
        if spaces < Word::SIZE {
            if word.byte_at(spaces) != b'\n' {
                return at;
            }
            at += 1;
        }
    }
    at + bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count()
}

/// The length of a text without the white space at its end, and the number of line feeds in that white space.
/// HTML's white space is that of ASCII.
#[inline]
pub(crate) fn space_before_end(bytes: &[u8]) -> (usize, usize) {
    let (mut kept, mut feeds) = (bytes, 0);
    // Most white space is a line feed and the spaces that indent the next line.
    while let [before @ .., byte @ ..=b' '] = kept {
        kept = before;
        if *byte == b'\n' {
            feeds += 1;
        } else if *byte != b' ' {
            return mixed_space_before_end(bytes);
        } else if let Some(word) = before.last_chunk() {
            kept = &before[..before.len() - Word::from(*word).spaces_at_end()];
        }
    }
    (kept.len(), feeds)
}

/// [`space_before_end`], where there is other white space than spaces and line feeds, or a control character.
#[cold]
fn mixed_space_before_end(bytes: &[u8]) -> (usize, usize) {
    let kept = bytes.trim_ascii_end();
    (kept.len(), feeds_in(&bytes[kept.len()..]))
}

/// The length of the white space that a text begins with, and the number of line feeds in it. HTML's white
/// space is that of ASCII.
#[inline]
pub(crate) fn space_at(bytes: &[u8]) -> (usize, usize) {
    let Some(half) = bytes.first_chunk::<HALF>() else { return other_space_at(bytes) };
    let feeds = equal(lanes(half, 0), b'\n');
    let length = half_marked(feeds | equal(lanes(half, 0), b' ')).trailing_ones() as usize;
    if half.get(length).is_none_or(|byte| *byte <= b' ') {
        return other_space_at(bytes);
    }
    let feeds = half_marked(feeds);
    let feeds = feeds & ((1 << length) - 1);
    (length, feeds.count_ones() as usize)
}

/// [`space_at`], where it may be long, or fills no half of a group.
#[inline(never)]
fn other_space_at(bytes: &[u8]) -> (usize, usize) {
    let (mut rest, mut feeds) = (bytes, 0);
    while let [byte @ ..=b' ', after @ ..] = rest {
        rest = after;
        if *byte == b'\n' {
            feeds += 1;
        } else if *byte != b' ' {
            return mixed_space_at(bytes);
        } else if let Some(word) = after.first_chunk() {
            rest = &after[Word::from(*word).spaces_at_start()..];
        }
    }
    (bytes.len() - rest.len(), feeds)
}

/// [`space_at`], where there is other white space than spaces and line feeds, or a control character.
#[cold]
fn mixed_space_at(bytes: &[u8]) -> (usize, usize) {
    let length = bytes.len() - bytes.trim_ascii_start().len();
    (length, feeds_in(&bytes[..length]))
}

fn feeds_in(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

/// The position of the first byte from `at` on that is a space or a control character of ASCII other than
/// DEL, or the length of the text.
#[inline]
fn find_space_or_control(bytes: &[u8], at: usize) -> usize {
    position(&bytes[at..], |word| word.less(b'!'), |byte| byte <= b' ').map_or(bytes.len(), |rest| at + rest)
}

/// Whether a text holds a space or a control character of ASCII other than DEL.
#[inline]
pub(crate) fn has_space_or_control(bytes: &[u8]) -> bool {
    any(bytes, |lanes| at_most(lanes, b' '))
}

/// The number that a text begins with, and how many digits that has, up to nine: then it is below 2^32.
#[inline]
pub(crate) fn number_at_start(bytes: &[u8]) -> (u32, usize) {
    let (mut number, mut digits) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = bytes.get(digits).filter(|_| digits < 9) {
        number = 10 * number + u32::from(digit - b'0');
        digits += 1;
    }
    (number, digits)
}

/// Whether a text ends in a backslash that is not escaped itself.
pub(crate) fn ends_in_escape(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// The byte that two hexadecimal digits stand for.
pub(crate) fn hex_byte([high, low]: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// The length of the word that a text begins with, up to the first white space. HTML's white space is that of
/// ASCII.
#[inline]
pub(crate) fn word_length(bytes: &[u8]) -> usize {
    let mut at = find_space_or_control(bytes, 0);
    while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace()) {
        at = find_space_or_control(bytes, at + 1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of all kinds of bytes around each other, from a linear congruential generator.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        const KINDS: [u8; 12] = [b' ', b'\n', b'!', 0x1f, 0x21, b'a', b'=', 0, 0x7f, 0x80, 0xa0, 0xff];
        let mut state = 1_u64;
        let mut next = move |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % bound
        };
        (0..20_000).map(move |_| (0..next(20)).map(|_| KINDS[next(KINDS.len())]).collect())
    }

    #[test]
    fn masks_tell_the_first_match_and_exact_ones_all() {
        for text in texts() {
            let Some(word) = Word::at(&text, 0) else {
                assert!(text.len() < Word::SIZE);
                continue;
            };
            let first = |wanted: &dyn Fn(u8) -> bool| text[..8].iter().position(|byte| wanted(*byte));
            for byte in [b' ', b'!', b'a', b'=', 0x7f] {
                assert_eq!(word.equal(byte).first(), first(&|other| other == byte), "{byte}: {text:?}");
                assert_eq!(word.less(byte).first(), first(&|other| other < byte), "{byte}: {text:?}");
            }
            let alike = first(&|other| matches!(other, b'<'..=b'?'));
            assert_eq!(word.equal_but(b'?', 3).first(), alike, "{text:?}");
            assert_eq!(word.first_byte(), text[0], "{text:?}");
            assert_eq!(
                Word::first(&text[1..]).map(Word::bits),
                Word::at(&text, 1).map(Word::bits),
                "{text:?}"
            );
            assert_eq!((0..8).map(|index| word.byte_at(index)).collect::<Vec<_>>(), text[..8], "{text:?}");
            assert_eq!(word.without_first_byte().bits(), word.bits() >> 8, "{text:?}");
            let both = word.equal(b'=').or(word.equal(b'!'));
            assert_eq!(both.first(), first(&|other| matches!(other, b'=' | b'!')), "{text:?}");
            let other = |byte: &u8| *byte != b' ';
            let start = text[..8].iter().position(other).unwrap_or(8);
            assert_eq!(word.spaces_at_start(), start, "{text:?}");
            let end = text[..8].iter().rposition(other).map_or(8, |last| 7 - last);
            assert_eq!(word.spaces_at_end(), end, "{text:?}");
        }
    }

    /// The example of the documentation.
    #[test]
    fn a_first_mask_is_right_up_to_the_first_match() {
        let word = Word::at(b"b !a >xy", 0).unwrap();
        assert_eq!(word.less(b'!'), FirstMask(u64::from_le_bytes([0, 0x80, 0x80, 0, 0x80, 0, 0, 0])));
    }

    #[test]
    fn bytes_are_found_in_texts_of_any_length() {
        for text in texts() {
            let is = |byte: u8| matches!(byte, b'=' | 0xa0);
            let found = position(&text, |word| word.equal(b'=').or(word.equal(0xa0)), is);
            assert_eq!(found, text.iter().position(|byte| is(*byte)), "{text:?}");
        }
    }

    #[test]
    fn quoted_values_end_at_the_quote_or_at_an_ampersand() {
        for text in texts() {
            for bytes in [text.clone(), text.iter().map(|byte| byte ^ b'=' ^ b'&').collect()] {
                for (quote, found) in
                    [(b'"', quoted_length::<b'"'>(&bytes)), (b'\'', quoted_length::<b'\''>(&bytes))]
                {
                    let end = bytes.iter().position(|byte| *byte == quote || *byte == b'&');
                    assert_eq!(found, end.unwrap_or(bytes.len()), "{quote}: {bytes:?}");
                }
            }
        }
        for length in 0..50 {
            let mut value = vec![b'$'; length];
            assert_eq!(quoted_length::<b'"'>(&value), length);
            value.extend(b"\"&'");
            assert_eq!(quoted_length::<b'"'>(&value), length);
            value[length] = b'%';
            assert_eq!(quoted_length::<b'"'>(&value), length + 1);
        }
    }

    #[test]
    fn white_space_and_words_are_measured() {
        for text in texts() {
            let mixed: Vec<u8> = text
                .iter()
                .map(|byte| if byte % 3 == 0 { b" \n\t\r\x0c\n "[usize::from(byte % 7)] } else { *byte })
                .collect();
            for text in [text, mixed] {
                let space: Vec<_> = text.iter().copied().take_while(u8::is_ascii_whitespace).collect();
                let feeds = memchr::memchr_iter(b'\n', &space).count();
                assert_eq!(space_at(&text), (space.len(), feeds), "{text:?}");
                let kept = text.trim_ascii_end().len();
                let feeds = memchr::memchr_iter(b'\n', &text[kept..]).count();
                assert_eq!(space_before_end(&text), (kept, feeds), "{text:?}");
                let word = text.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
                assert_eq!(word_length(&text), word, "{text:?}");
                assert_eq!(
                    has_space_or_control(&text),
                    find_space_or_control(&text, 0) < text.len(),
                    "{text:?}"
                );
                for from in 0..=text.len() {
                    let dense = text[from..].iter().take_while(|byte| **byte > b' ').count();
                    assert_eq!(find_space_or_control(&text, from), from + dense, "{text:?}");
                }
            }
        }
        let spaces = b" \n  \n\n   \n\n\n\n\n\n\n\n\n ";
        for from in 0..spaces.len() {
            let feeds = memchr::memchr_iter(b'\n', &spaces[from..]).count();
            assert_eq!(space_at(&spaces[from..]), (spaces.len() - from, feeds));
            assert_eq!(space_before_end(&spaces[from..]), (0, feeds));
        }
    }

    #[test]
    fn numbers_are_read_up_to_nine_digits() {
        for (text, number) in [
            ("", (0, 0)),
            ("x1", (0, 0)),
            ("0", (0, 1)),
            ("007 1", (7, 3)),
            ("640px", (640, 3)),
            ("999999999", (999_999_999, 9)),
            ("4294967295", (429_496_729, 9)),
        ] {
            assert_eq!(number_at_start(text.as_bytes()), number, "{text}");
        }
    }

    #[test]
    fn leading_spaces_and_feeds_are_counted() {
        for text in texts() {
            let spaces: Vec<u8> = text.iter().map(|byte| if byte % 2 == 0 { b' ' } else { *byte }).collect();
            for text in [text, spaces] {
                let expected = text.iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
                assert_eq!(leading_spaces_and_feeds(&text), expected, "{text:?}");
            }
        }
    }
}
