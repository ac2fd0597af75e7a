//! An attribute's value, which any number of conditions may ask about.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::words;

/// The longest value, in bytes, whose words are read again for each question. Most classes are shorter.
const SHORT: usize = 256;

pub(super) struct Value<'a> {
    text: Cow<'a, str>,
    /// Where the words of a long value stand, in the order of what they are.
    sorted: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Value<'a> {
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        Self { text, sorted: OnceCell::new() }
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

    fn sorted_words(&self) -> Vec<Range<usize>> {
        let start = |word: &str| word.as_ptr() as usize - self.text.as_ptr() as usize;
        let mut sorted: Vec<_> =
            words(&self.text).map(|word| start(word)..start(word) + word.len()).collect();
        sorted.sort_unstable_by_key(|range| &self.text[range.clone()]);
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
