//! Words of an attribute's value, and the beginnings of texts.

use std::borrow::Cow;

use crate::bytes::word_length;

/// The words of an attribute such as `class`. HTML's white space is that of ASCII.
pub(crate) fn words(value: &str) -> impl Iterator<Item = &str> {
    let mut rest = value.trim_ascii_start();
    std::iter::from_fn(move || {
        let (word, after) = rest.split_at(word_length(rest.as_bytes()));
        rest = after.trim_ascii_start();
        (!word.is_empty()).then_some(word)
    })
}

/// An attribute's value without white space at its edges, if anything is left of it. HTML's white space is
/// that of ASCII.
pub(crate) fn trimmed(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let trimmed = value.trim_ascii();
    match trimmed.len() {
        0 => None,
        length if length == value.len() => Some(value),
        _ => Some(match value {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim_ascii()),
            Cow::Owned(_) => Cow::Owned(trimmed.to_owned()),
        }),
    }
}

/// The longest beginning of a text that has at most `bytes` bytes, and does not end within a character.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_stands_between_white_space() {
        assert_eq!(words(" \t a\u{b}b  c\nd\x0c").collect::<Vec<_>>(), ["a\u{b}b", "c", "d"]);
        assert_eq!(words("a\u{a0}b\u{3000}c").count(), 1);
        assert_eq!(words("").count() + words(" \r\n").count(), 0);
    }

    #[test]
    fn a_beginning_has_whole_characters() {
        for (bytes, expected) in [(0, ""), (1, "a"), (2, "a"), (3, "a"), (4, "a广"), (5, "a广b"), (9, "a广b")]
        {
            assert_eq!(beginning("a广b", bytes), expected, "{bytes}");
        }
    }
}
