//! What a word is, for whoever counts words or compares texts by them.
//!
//! Each CJK letter is a word, and so is each piece between CJK characters and white space that has a letter or
//! a digit in it.

use crate::chars::is_cjk;

/// Takes the words of a text.
pub(crate) trait Words {
    /// A letter or a digit of a word of any number of them. Punctuation in a word is passed over.
    fn letter(&mut self, c: char);
    /// The end of the word whose letters came last.
    fn end(&mut self);
    /// A CJK letter, which is a word.
    fn ideograph(&mut self, c: char);
}

/// Gives the words of a text to `words`.
#[inline]
pub(crate) fn read(text: &str, words: &mut impl Words) {
    let mut is_in_word = false;
    for c in text.chars() {
        match Role::of(c) {
            Role::Letter => {
                words.letter(c);
                is_in_word = true;
            }
            Role::Sign => {}
            role @ (Role::Gap | Role::Ideograph) => {
                if is_in_word {
                    words.end();
                    is_in_word = false;
                }
                if role == Role::Ideograph {
                    words.ideograph(c);
                }
            }
        }
    }
    if is_in_word {
        words.end();
    }
}

/// How many words a text holds.
pub(crate) fn count(text: &str) -> usize {
    struct Count(usize);
    impl Words for Count {
        fn letter(&mut self, _: char) {}
        fn end(&mut self) {
            self.0 += 1;
        }
        fn ideograph(&mut self, _: char) {
            self.0 += 1;
        }
    }
    let mut count = Count(0);
    read(text, &mut count);
    count.0
}

/// What a character is to the word that it stands in or beside.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// A letter or a digit of a word.
    Letter,
    /// A letter that is a word by itself.
    Ideograph,
    /// No part of a word, and no end of one either: an apostrophe, a hyphen, a full stop, a combining accent.
    Sign,
    /// What ends a word: white space, and CJK punctuation.
    Gap,
}

impl Role {
    #[inline]
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => Self::Letter,
            '\t'..='\r' | ' ' => Self::Gap,
            '\0'..='\x7f' => Self::Sign,
            // Most ideographs, all of which are letters.
            '\u{4e00}'..='\u{9fff}' => Self::Ideograph,
            c if is_cjk(c) => {
                if c.is_alphanumeric() {
                    Self::Ideograph
                } else {
                    Self::Gap
                }
            }
            c if c.is_alphanumeric() => Self::Letter,
            c if c.is_whitespace() => Self::Gap,
            _ => Self::Sign,
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
            fn ideograph(&mut self, c: char) {
                self.0.extend(['<', c, '>']);
            }
        }
        let mut words = Spelled(String::new());
        read("(Don't!) — 3.5 % 「煮Tea水」 e\u{301}té\u{3000}Ｔ", &mut words);
        assert_eq!(words.0, "Dont|35|<煮>Tea|<水>eté|<Ｔ>");
    }

    /// The roles that are known by range are those of the standard library's tables.
    #[test]
    fn roles_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            let expected = match (is_cjk(c), c.is_alphanumeric(), c.is_whitespace()) {
                (true, true, _) => Role::Ideograph,
                (true, false, _) | (false, _, true) => Role::Gap,
                (false, true, false) => Role::Letter,
                (false, false, false) => Role::Sign,
            };
            assert!(Role::of(c) == expected, "{c:?}");
        }
    }
}
