//! An attribute's value, which any number of conditions may ask about.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::html::event::words;

/// The longest value, in bytes, whose words are read again for each condition. Most classes are shorter.
const SHORT: usize = 256;

/// How often a long value is searched from end to end before its suffixes are sorted, which costs as much as
/// some hundred searches.
const SEARCHES: u32 = 100;

/// The longest part, in bytes, that is looked for among the suffixes.
const LONGEST_PART: usize = 256;

pub(super) struct Value<'a> {
    text: Cow<'a, str>,
    searches: Cell<u32>,
    suffixes: OnceCell<Vec<usize>>,
    /// The ranges of the words of a long value, sorted by the words.
    sorted: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Value<'a> {
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        Self { text, searches: Cell::new(0), suffixes: OnceCell::new(), sorted: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &Cow<'a, str> {
        &self.text
    }

    /// Whether one of the words between white space is this one.
    pub(super) fn has_word(&self, wanted: &str) -> bool {
        if self.text.len() <= SHORT {
            return words(&self.text).any(|word| word == wanted);
        }
        let sorted = self.sorted.get_or_init(|| self.sorted_words());
        sorted.binary_search_by(|range| self.text[range.clone()].cmp(wanted)).is_ok()
    }

    /// Whether the value holds this part, which is not empty.
    pub(super) fn contains(&self, part: &str) -> bool {
        let is_plain = self.text.len() <= SHORT || part.len() > LONGEST_PART;
        if is_plain || self.searches.get() < SEARCHES {
            self.searches.set(self.searches.get().saturating_add(1));
            return self.text.contains(part);
        }
        let (text, part) = (self.text.as_bytes(), part.as_bytes());
        let suffixes = self.suffixes.get_or_init(|| sorted_suffixes(text));
        let beginning = |start: usize| &text[start..text.len().min(start + part.len())];
        suffixes.binary_search_by(|&start| beginning(start).cmp(part)).is_ok()
    }

    fn sorted_words(&self) -> Vec<Range<usize>> {
        let start = |word: &str| word.as_ptr() as usize - self.text.as_ptr() as usize;
        let mut sorted: Vec<_> =
            words(&self.text).map(|word| start(word)..start(word) + word.len()).collect();
        sorted.sort_unstable_by_key(|range| &self.text[range.clone()]);
        sorted
    }
}

/// The positions at which the suffixes of a text begin, sorted by the first [`LONGEST_PART`] bytes of the
/// suffixes.
///
/// This is a [suffix array](https://en.wikipedia.org/wiki/Suffix_array) made by doubling: the order by the
/// first *n* bytes gives the order by the first 2*n*.
fn sorted_suffixes(text: &[u8]) -> Vec<usize> {
    let mut suffixes: Vec<usize> = (0..text.len()).collect();
    let mut ranks: Vec<usize> = text.iter().map(|&byte| usize::from(byte)).collect();
    let mut length = 1;
    while length < LONGEST_PART {
        // A suffix that ends before the second half comes first.
        let key = |start: usize| (ranks[start], ranks.get(start + length).map_or(0, |rank| rank + 1));
        suffixes.sort_unstable_by_key(|&start| key(start));
        let mut next = vec![0; text.len()];
        for pair in suffixes.windows(2) {
            next[pair[1]] = next[pair[0]] + usize::from(key(pair[0]) != key(pair[1]));
        }
        ranks = next;
        length *= 2;
    }
    suffixes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_searched_often_holds_the_same_parts() {
        let mixed: String = (0..300).map(|number| ["a", "b", "e", "c", "d"][number * number % 5]).collect();
        for text in [mixed.clone(), "a".repeat(300), format!("{mixed}广告{mixed}")] {
            let value = Value::new(text.as_str().into());
            for length in [1, 2, 3, 5, 8, 100, 256, 257] {
                for start in (0..text.len() - length).filter(|&start| text.is_char_boundary(start)) {
                    let Some(part) = text.get(start..start + length) else { continue };
                    assert!(value.contains(part), "{part}");
                    for other in [format!("{part}b"), format!("h{part}"), part.to_uppercase()] {
                        assert_eq!(value.contains(&other), text.contains(&other), "{other}");
                    }
                }
            }
            assert!(value.suffixes.get().is_some());
        }
    }

    #[test]
    fn a_long_value_has_the_words_of_a_short_one() {
        for count in [3, 300] {
            let names: Vec<_> = (0..count).map(|number| format!("w{number}")).collect();
            let value = Value::new(format!("\t{} ", names.join(" \n")).into());
            assert_eq!(value.text().len() > SHORT, count == 300);
            assert!(names.iter().all(|name| value.has_word(name)));
            for other in ["", "w", "w-1", "w300", "w0 ", "W0", "w1w2"] {
                assert!(!value.has_word(other), "{other:?} of {count}");
            }
        }
    }
}
