//! Texts whose white space has been looked at where they were found.

use crate::bytes::space_at;
use crate::collapse::collapsed_run;
use crate::rarely::rarely;

/// A text of the source in which all white space is collapsed, up to its edges: each is one space between two
/// other characters.
#[derive(Debug)]
pub(crate) struct CollapsedText<'a> {
    /// All of it.
    pub(crate) source: &'a str,
    /// What stands between the white space at its edges: at least one character.
    pub(crate) words: &'a str,
    pub(crate) before: Edge,
    pub(crate) after: Edge,
}

/// A text of the source that is nothing but white space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space<'a> {
    /// All of it.
    pub(crate) source: &'a str,
    /// The number of line feeds in it.
    pub(crate) feeds: usize,
}

impl<'a> Space<'a> {
    /// One space.
    pub(crate) const ONE: Self = Self { source: " ", feeds: 0 };

    pub(crate) fn of(source: &'a str) -> Self {
        Self { source, feeds: feeds_in(source.as_bytes()) }
    }
}

/// The number of line feeds in white space, which is mostly one space.
#[inline]
fn feeds_in(space: &[u8]) -> usize {
    if space == b" " { 0 } else { space_at(space).1 }
}

/// The white space at an edge of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    None,
    /// White space without a line feed.
    Spaces,
    /// White space with one line feed.
    Line,
}

impl Edge {
    /// What white space is, or `None` if it holds more than one line feed.
    #[inline]
    pub(super) fn of(space: &[u8]) -> Option<Self> {
        if space.is_empty() { Some(Self::None) } else { Self::with_feeds(feeds_in(space)) }
    }

    #[inline]
    fn with_feeds(feeds: usize) -> Option<Self> {
        match feeds {
            0 => Some(Self::Spaces),
            1 => Some(Self::Line),
            _ => None,
        }
    }
}

/// The length of the collapsed text that begins here with a word, and the white space after it with its
/// length, if a `<` or an `&` follows. Otherwise more text follows, or more line feeds than an [`Edge`] has.
#[expect(clippy::inline_always, reason = "called in the loop over all events")]
#[inline(always)]
pub(super) fn collapsed_words(bytes: &[u8]) -> (usize, Option<(Edge, usize)>) {
    let length = collapsed_run::<true>(bytes);
    match (&bytes[..length], &bytes[length..]) {
        ([.., b' '], [b'<' | b'&', ..]) => (length - 1, Some((Edge::Spaces, 1))),
        ([_, ..], [b'<' | b'&', ..]) => (length, Some((Edge::None, 0))),
        ([_, ..], rest @ [b'\n' | b' ', ..]) => (length, edge_before_markup(rest)),
        _ => {
            rarely();
            (length, None)
        }
    }
}

/// The white space that begins here, with its length, if a `<` or an `&` follows.
#[inline]
fn edge_before_markup(bytes: &[u8]) -> Option<(Edge, usize)> {
    let (length, feeds) = space_at(bytes);
    let edge = Edge::with_feeds(feeds)?;
    matches!(bytes.get(length), Some(b'<' | b'&')).then_some((edge, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_the_white_space_after_them() {
        let found = |text: &str| collapsed_words(text.as_bytes());
        for (text, length, after) in [
            ("tea<", 3, Some((Edge::None, 0))),
            ("tea &", 3, Some((Edge::Spaces, 1))),
            ("green tea  <", 9, Some((Edge::Spaces, 2))),
            ("tea\n<", 3, Some((Edge::Line, 1))),
            ("tea \n   <", 3, Some((Edge::Line, 5))),
            ("tea\t\n<", 3, None),
            ("tea\n\n<", 3, None),
            ("green  tea<", 5, None),
            ("green\ntea<", 5, None),
            ("\ttea<", 0, None),
            ("\u{1}<", 0, None),
        ] {
            assert_eq!(found(text), (length, after), "{text:?}");
        }
        // Nothing follows.
        for text in ["t", "tea", "tea ", "tea  "] {
            assert_eq!(found(text).1, None, "{text:?}");
        }
    }

    #[test]
    fn edges() {
        for (space, edge) in [
            ("", Some(Edge::None)),
            (" ", Some(Edge::Spaces)),
            ("   ", Some(Edge::Spaces)),
            ("\n", Some(Edge::Line)),
            ("  \n  ", Some(Edge::Line)),
            ("\n \n", None),
        ] {
            assert_eq!(Edge::of(space.as_bytes()), edge, "{space:?}");
        }
    }
}
