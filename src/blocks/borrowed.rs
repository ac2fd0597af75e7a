//! Parts of a text that are borrowed from the source if the text is.

use std::borrow::Cow;

/// A part that was found in a text: `part` is a slice of `text`.
pub(super) fn part_of<'a>(text: &Cow<'a, str>, part: &str) -> Cow<'a, str> {
    let start = offset_in(text, part);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[start..start + part.len()]),
        Cow::Owned(_) => Cow::Owned(part.to_owned()),
    }
}

/// The byte offset at which a slice of a text begins in the text.
pub(super) fn offset_in(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}
