//! Searches in short texts, eight bytes at a time and without a branch a byte.
//!
//! A loop over the few bytes of a tag's name costs more in branches that the processor guesses wrong than in work. For
//! long texts memchr is faster.

/// Eight bytes of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word(u64);

/// Some of the bytes of a [`Word`]: the highest bit of each. Only the first of them is sure to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bytes(u64);

const LOW: u64 = u64::from_le_bytes([0x01; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

impl Word {
    /// How many bytes there are in a word.
    pub(crate) const SIZE: usize = 8;

    /// The word at a place in a text, unless the text ends in it.
    #[inline]
    pub(crate) fn at(bytes: &[u8], place: usize) -> Option<Self> {
        Some(Self(u64::from_le_bytes(*bytes.get(place..)?.first_chunk()?)))
    }

    /// The bytes that are this one.
    #[inline]
    pub(crate) fn equal(self, byte: u8) -> Bytes {
        let differences = self.0 ^ (LOW * u64::from(byte));
        Bytes(differences.wrapping_sub(LOW) & !differences & HIGH)
    }

    /// The bytes that are less than this one, which is an ASCII character.
    #[inline]
    pub(crate) fn less(self, byte: u8) -> Bytes {
        Bytes(self.0.wrapping_sub(LOW * u64::from(byte)) & !self.0 & HIGH)
    }

    /// The bytes that are neither the one nor the other of two ASCII characters.
    #[inline]
    pub(crate) fn neither(self, one: u8, other: u8) -> Bytes {
        // A byte without its highest bit differs by 1 to 0x7f, and 0x7f more sets that bit.
        let differs = |byte: u8| ((self.0 ^ (LOW * u64::from(byte))) & !HIGH).wrapping_add(!HIGH);
        Bytes((differs(one) & differs(other) | self.0) & HIGH)
    }

    /// The bytes as a number, of which the first byte is the lowest.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// How many line feeds there are in the first bytes, so many of which are all spaces and line feeds.
    #[inline]
    fn feeds_in_blank(self, blank: usize) -> usize {
        Self(self.0 << (8 * (Self::SIZE - blank))).feeds()
    }

    /// How many line feeds there are from a place on, if there are only spaces and line feeds.
    #[inline]
    fn feeds_from(self, place: usize) -> usize {
        let blank = self.0.checked_shr(8 * u32::try_from(place).unwrap_or(0)).unwrap_or(0);
        Self(blank).feeds()
    }

    /// How many line feeds there are among bytes that are spaces, line feeds or nothing.
    #[inline]
    fn feeds(self) -> usize {
        // Only they have this bit. The product adds up what there is of it, in its highest byte.
        let feeds = (self.0 >> 1) & LOW;
        usize::from(feeds.wrapping_mul(LOW).to_be_bytes()[0])
    }
}

impl Bytes {
    #[inline]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The place in the word of the first of them.
    #[inline]
    pub(crate) fn first(self) -> Option<usize> {
        (self.0 != 0).then_some(self.0.trailing_zeros() as usize / 8)
    }

    /// The place behind the last of them, if all are sure to be some, or 0.
    #[inline]
    fn after_last(self) -> usize {
        Word::SIZE - self.0.leading_zeros() as usize / 8
    }
}

/// Where the first of some bytes is in a text: those that `in_word` finds in a word, and that `is` one of them.
#[inline]
pub(crate) fn position(
    bytes: &[u8],
    in_word: impl Fn(Word) -> Bytes,
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

/// How many spaces and line feeds a text begins with.
#[inline]
pub(crate) fn blank_length(bytes: &[u8]) -> usize {
    position(bytes, |word| word.neither(b' ', b'\n'), |byte| !matches!(byte, b' ' | b'\n'))
        .unwrap_or(bytes.len())
}

/// How long a text is without the white space at its end, and how many line feeds are in that. HTML's white space is that
/// of ASCII.
#[inline]
pub(crate) fn space_before_end(bytes: &[u8]) -> (usize, usize) {
    let (mut end, mut feeds) = (bytes.len(), 0);
    while let Some(word) = bytes[..end].last_chunk().map(|word| Word(u64::from_le_bytes(*word))) {
        let kept = word.neither(b' ', b'\n').after_last();
        feeds += word.feeds_from(kept);
        end -= Word::SIZE - kept;
        if kept > 0 {
            break;
        }
    }
    // Less than a word, or other white space.
    while let Some(byte) = bytes[..end].last().filter(|byte| byte.is_ascii_whitespace()) {
        end -= 1;
        feeds += usize::from(*byte == b'\n');
    }
    (end, feeds)
}

/// How long the white space is that a text begins with, and how many line feeds are in it. HTML's white space is that of
/// ASCII.
#[inline]
pub(crate) fn space_at(bytes: &[u8]) -> (usize, usize) {
    let (mut length, mut feeds) = (0, 0);
    while let Some(byte) = bytes.get(length).filter(|byte| byte.is_ascii_whitespace()) {
        match Word::at(bytes, length) {
            Some(word) if matches!(byte, b' ' | b'\n') => {
                let blank = word.neither(b' ', b'\n').first().unwrap_or(Word::SIZE);
                length += blank;
                feeds += word.feeds_in_blank(blank);
            }
            _ => {
                length += 1;
                feeds += usize::from(*byte == b'\n');
            }
        }
    }
    (length, feeds)
}

/// Where from a place on the first space or control character of ASCII (save DEL) is, or the end of the text.
#[inline]
fn find_blank(bytes: &[u8], at: usize) -> usize {
    position(&bytes[at..], |word| word.less(b'!'), |byte| byte <= b' ').map_or(bytes.len(), |rest| at + rest)
}

/// Whether there is a space or a control character of ASCII (save DEL) in a text.
#[inline]
pub(crate) fn has_blank(bytes: &[u8]) -> bool {
    any(bytes, |byte| byte <= b' ')
}

/// Whether one byte of a text at least is such a byte. To be asked in comparisons.
#[inline]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    // Without a branch a byte, so that the compiler makes vector instructions of it. The last ones are looked at together
    // with some before them.
    let any = |lanes: &[u8]| lanes.iter().fold(0, |found, byte| found | u8::from(is(*byte))) > 0;
    match (bytes.last_chunk::<16>(), bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(last), ..) => any(last) || bytes.chunks_exact(16).any(any),
        (_, Some(first), Some(last)) => any(first) || any(last),
        _ => bytes.iter().any(|byte| is(*byte)),
    }
}

/// The length of what stands before the first white space in a text. HTML's white space is that of ASCII.
#[inline]
pub(crate) fn word_length(bytes: &[u8]) -> usize {
    let mut at = find_blank(bytes, 0);
    while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace()) {
        at = find_blank(bytes, at + 1);
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
    fn words_tell_where_a_byte_is_first() {
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
            let both = word.equal(b'=').or(word.equal(b'!'));
            assert_eq!(both.first(), first(&|other| matches!(other, b'=' | b'!')), "{text:?}");
            let neither = word.neither(b' ', b'\n').first();
            assert_eq!(neither, first(&|other| !matches!(other, b' ' | b'\n')), "{text:?}");
        }
    }

    #[test]
    fn bytes_are_found_in_texts_of_any_length() {
        for text in texts() {
            let is = |byte: u8| matches!(byte, b'=' | 0xa0);
            let found = position(&text, |word| word.equal(b'=').or(word.equal(0xa0)), is);
            assert_eq!(found, text.iter().position(|byte| is(*byte)), "{text:?}");
            assert_eq!(any(&text, is), found.is_some(), "{text:?}");
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
                assert_eq!(has_blank(&text), find_blank(&text, 0) < text.len(), "{text:?}");
                for from in 0..=text.len() {
                    let dense = text[from..].iter().take_while(|byte| **byte > b' ').count();
                    assert_eq!(find_blank(&text, from), from + dense, "{text:?}");
                }
            }
        }
        let blank = b" \n  \n\n   \n\n\n\n\n\n\n\n\n ";
        for from in 0..blank.len() {
            let feeds = memchr::memchr_iter(b'\n', &blank[from..]).count();
            assert_eq!(space_at(&blank[from..]), (blank.len() - from, feeds));
            assert_eq!(space_before_end(&blank[from..]), (0, feeds));
        }
    }

    #[test]
    fn blanks_are_counted() {
        for text in texts() {
            let blanks: Vec<u8> = text.iter().map(|byte| if byte % 2 == 0 { b' ' } else { *byte }).collect();
            for text in [text, blanks] {
                let expected = text.iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
                assert_eq!(blank_length(&text), expected, "{text:?}");
            }
        }
    }
}
