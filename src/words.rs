//! What a word is, for whoever counts words or compares texts by them.
//!
//! Each CJK letter is a word, and so is each piece between CJK characters and white space that has a letter
//! or a digit in it.

use crate::chars::is_cjk;

/// Takes the words of a text.
pub(crate) trait Words {
    /// A letter or a digit of a word of any number of them. Punctuation in a word is passed over.
    fn letter(&mut self, c: char);
    /// The end of the word whose letters came last.
    fn end(&mut self);
    /// A CJK letter, which is a word, by its code point; the small one of a full-width Latin letter.
    fn ideograph(&mut self, code: u32);
}

/// Gives the words of a text to `words`.
#[inline]
pub(crate) fn read(text: &str, words: &mut impl Words) {
    let mut bytes = text.as_bytes();
    let mut is_in_word = false;
    while !bytes.is_empty() {
        // Nearly all characters are ASCII or ideographs, and have others of their kind beside them.
        while let [byte @ ..0x80, rest @ ..] = bytes {
            bytes = rest;
            match ASCII[usize::from(*byte)] {
                Role::Letter => {
                    words.letter(char::from(*byte));
                    is_in_word = true;
                }
                Role::Gap if is_in_word => {
                    words.end();
                    is_in_word = false;
                }
                _ => {}
            }
        }
        while let Some((code, rest)) = ideograph(bytes) {
            bytes = rest;
            if is_in_word {
                words.end();
                is_in_word = false;
            }
            words.ideograph(code);
        }
        let Some(c) = text[text.len() - bytes.len()..].chars().next().filter(|c| !c.is_ascii()) else {
            continue;
        };
        bytes = &bytes[c.len_utf8()..];
        let role = Role::of(c);
        if role == Role::Letter {
            words.letter(c);
            is_in_word = true;
        } else if role != Role::Sign && is_in_word {
            words.end();
            is_in_word = false;
        }
        if role == Role::Ideograph {
            words.ideograph(small(c));
        }
    }
    if is_in_word {
        words.end();
    }
}

/// The code point of the character that the bytes begin with, and the bytes after it, if it is one from
/// U+4E00 to U+9FFF, which are most ideographs. In UTF-8 they are e4 b8 80 to e9 bf bf.
#[inline]
fn ideograph(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let [a, b, c, rest @ ..] = bytes else { return None };
    // The bits that say that these are three bytes of a character are subtracted all at once.
    let code = || (u32::from(*a) << 12) + (u32::from(*b) << 6) + u32::from(*c) - 0xe_2080;
    matches!(u16::from_be_bytes([*a, *b]), 0xe4b8..=0xe9bf).then(|| (code(), rest))
}

/// The code point of a CJK letter, and of the small one if it has one: only full-width Latin letters do.
fn small(letter: char) -> u32 {
    u32::from(letter) + if matches!(letter, '\u{ff21}'..='\u{ff3a}') { 0x20 } else { 0 }
}

/// How many words a text holds.
pub(crate) fn count(text: &str) -> usize {
    struct Count(usize);
    impl Words for Count {
        fn letter(&mut self, _: char) {}
        fn end(&mut self) {
            self.0 += 1;
        }
        fn ideograph(&mut self, _: u32) {
            self.0 += 1;
        }
    }
    let mut count = Count(0);
    read(text, &mut count);
    count.0
}

/// What a character is to the word that it stands in or beside.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    /// A letter or a digit of a word.
    Letter,
    /// A CJK letter, which is a word by itself.
    Ideograph,
    /// No part of a word, and no end of one either: an apostrophe, a hyphen, a full stop, a combining
    /// accent.
    Sign,
    /// What ends a word: white space, and CJK punctuation.
    Gap,
}

/// The roles of the ASCII characters.
const ASCII: [Role; 128] = {
    let mut roles = [Role::Sign; 128];
    let mut byte = 0;
    while byte < 128 {
        roles[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Role::Letter,
            b'\t'..=b'\r' | b' ' => Role::Gap,
            _ => Role::Sign,
        };
        byte += 1;
    }
    roles
};

impl Role {
    /// The role of any character. What is frequent is known by range, since the tables of the standard
    /// library take long.
    fn of(c: char) -> Self {
        match c {
            'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' // Latin
            | 'Σ'..='ϵ'                             // Greek
            | '\u{400}'..='\u{481}'                 // Cyrillic
            | '\u{620}'..='\u{64a}'                 // Arabic
            | '\u{ac00}'..='\u{d7a3}'               // Hangul
                => Self::Letter,
            '\u{2010}'..='\u{2027}' => Self::Sign, // dashes, quotation marks, points
            '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' // CJK punctuation
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' // full-width forms
                => Self::Gap,
            '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => Self::Ideograph, // kana
            c => match (is_cjk(c), c.is_alphanumeric()) {
                (true, true) => Self::Ideograph,
                (true, false) => Self::Gap,
                (false, true) => Self::Letter,
                (false, false) if c.is_whitespace() => Self::Gap,
                (false, false) => Self::Sign,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        for (text, words) in [
            ("", 0),
            ("Boil fresh water.", 3),
            ("  a-b, don't — \n 3.5 %", 3),
            ("煮水，泡茶。", 4),
            ("用 Rust 1.85 写", 4),
            ("お茶をtea", 4),
            ("차를 끓이다", 2),
            ("чай и вода", 3),
        ] {
            assert_eq!(count(text), words, "{text}");
        }
    }

    #[test]
    fn a_word_is_its_letters() {
        struct Spelled(String);
        impl Words for Spelled {
            fn letter(&mut self, c: char) {
                self.0.push(c);
            }
            fn end(&mut self) {
                self.0.push('|');
            }
            fn ideograph(&mut self, code: u32) {
                self.0.extend(['<', char::from_u32(code).unwrap(), '>']);
            }
        }
        let mut words = Spelled(String::new());
        read("(Don't!) — 3.5 % 「煮Tea水」 e\u{301}té\u{3000}Ｔ", &mut words);
        assert_eq!(words.0, "Dont|35|<煮>Tea|<水>eté|<ｔ>");
    }

    /// What is known by range is what the tables of the standard library say.
    #[test]
    fn roles_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            let expected = match (is_cjk(c), c.is_alphanumeric(), c.is_whitespace()) {
                (true, true, _) => Role::Ideograph,
                (true, false, _) | (false, _, true) => Role::Gap,
                (false, true, false) => Role::Letter,
                (false, false, false) => Role::Sign,
            };
            assert_eq!(Role::of(c), expected, "{c:?}");
            if let Some(role) = ASCII.get(c as usize) {
                assert_eq!(*role, expected, "{c:?}");
            }
            let ideograph = ideograph(c.encode_utf8(&mut [0; 4]).as_bytes()).map(|(code, _)| code);
            assert_eq!(ideograph, ('\u{4e00}'..='\u{9fff}').contains(&c).then_some(c as u32), "{c:?}");
            if expected == Role::Ideograph {
                assert!(c.to_lowercase().map(u32::from).eq([small(c)]), "{c:?}");
            }
        }
    }
}
