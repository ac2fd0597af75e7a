//! The agency or the photographer that a caption names.
//!
//! Markup says it best: an element of the caption with a class such as `credit`. Without it, words do. The
//! forms that are looked for, the surest first, each in the file of its name:
//!
//! | file | form |
//! |---|---|
//! | `announced` | `图源：李四`, `Photo: Jane Doe`, `Photo by Jane Doe`, `© Jane Doe` |
//! | `around` | `（李四 摄）`, `(Reuters)`, `【共同】` at the end, `受访者供图` as the last sentence |
//! | `agency` | `Jane Doe / Getty Images` at the end, or as a line of its own |
//!
//! Each reads the words in `credits.txt`, by way of `words`; `name` says where a name ends.

mod agency;
mod announced;
mod around;
mod name;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::borrowed::part_of;
use crate::chars::is_blank;
use crate::post::Text;
use announced::Reading;

/// The credit in a caption, by its words: the name alone, without the words that announce it, with its
/// brackets balanced, and without what follows.
pub(super) fn find<'a>(caption: &Text<'a>) -> Option<Cow<'a, str>> {
    let text = &*caption.text;
    let credit = announced::find(text, Reading::Words)
        .or_else(|| around::in_brackets(text))
        .or_else(|| around::last_words(text))
        .or_else(|| agency::in_last_sentence(text))
        .or_else(|| agency::on_a_line(text))
        .or_else(|| announced::licensed(text))?;
    Some(part_of(&caption.text, credit))
}

/// The name in the part of a caption that its markup calls the credit. `None` if nothing is left of it
/// without the words that announce a name.
pub(super) fn in_marked<'a>(caption: &Text<'a>, part: &str) -> Option<Cow<'a, str>> {
    let part = part.trim_matches(is_blank);
    let credit = announced::find(part, Reading::Marked).or_else(|| around::whole(part))?;
    Some(part_of(&caption.text, credit))
}

/// The name in a small part at the end of a caption, which is a credit only if its words say so too.
pub(super) fn in_aside<'a>(caption: &Text<'a>, part: &str) -> Option<Cow<'a, str>> {
    let part = part.trim_matches(is_blank);
    let credit = announced::find(part, Reading::Words)
        .or_else(|| around::in_brackets(part))
        .or_else(|| agency::in_last_sentence(part))?;
    Some(part_of(&caption.text, credit))
}
