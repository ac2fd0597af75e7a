//! Inline elements that stylesheets take out of the line: words for screen readers, notes in the margin, what
//! a word shows when it is pointed at. Browsers show such words elsewhere, or not at all, and so they are not
//! one word with those that they touch: `<span class="sr-only">Published</span>2 hours ago`.

use super::plain_classes::PlainClasses;
use crate::html::event::Attributes;
use crate::word_list::words;

/// How the classes of such elements end, without hyphens and underscores.
const ENDS: &[&str] = words!("set_apart.txt", "ends of classes");

/// Whether an element is taken out of the line, by its class.
#[inline]
pub(super) fn is_one<'a>(attrs: &Attributes<'a>, plain: &mut PlainClasses<'a>) -> bool {
    plain.look(attrs, |attrs| attrs.class().filter(|class| is_class(class)).map(drop)).is_some()
}

/// For each letter with which they end, the letters right before it, and those before these, a bit for each:
/// most classes end otherwise.
static BEFORE_LAST: [[u32; 2]; 32] = {
    let mut before = [[0; 2]; 32];
    let mut index = 0;
    while index < ENDS.len() {
        let [third, second, last] = last_letters(ENDS[index]);
        before[last as usize][0] |= 1 << second;
        before[last as usize][1] |= 1 << third;
        index += 1;
    }
    before
};

/// The last three letters of each end.
static LAST_LETTERS: [[u8; 3]; ENDS.len()] = {
    let mut all = [[0; 3]; ENDS.len()];
    let mut index = 0;
    while index < ENDS.len() {
        all[index] = last_letters(ENDS[index]);
        index += 1;
    }
    all
};

/// The last three letters of an end, as their numbers in the alphabet.
const fn last_letters(end: &str) -> [u8; 3] {
    let [.., third, second, last] = end.as_bytes() else { panic!("an end has three letters") };
    [*third & 31, *second & 31, *last & 31]
}

/// Whether one of the names in a class is that of such an element.
fn is_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let mut letters = letters_from_end(name);
        let [last, second, third] = [(); 3].map(|()| letters.next().unwrap_or_default() & 31);
        let [seconds, thirds] = BEFORE_LAST[usize::from(last)];
        seconds >> second & thirds >> third & 1 == 1 && is_name(name, [third, second, last])
    })
}

/// Whether a name with these last letters is that of such an element.
#[cold]
fn is_name(name: &str, last: [u8; 3]) -> bool {
    ENDS.iter().zip(&LAST_LETTERS).any(|(end, of_end)| *of_end == last && is_end(name, end))
}

/// Whether a name ends like this, and does not say that it is not so.
fn is_end(name: &str, end: &str) -> bool {
    let mut letters = letters_from_end(name);
    end.bytes().rev().all(|letter| letters.next() == Some(letter)) && !letters.take(3).eq(*b"ton")
}

/// The letters and digits of a name, in lower case, from the last to the first.
fn letters_from_end(name: &str) -> impl Iterator<Item = u8> {
    let letters = name.bytes().rev().filter(u8::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_elements_that_are_set_apart() {
        for class in [
            "sr-only",
            "tea visually-hidden",
            "u-visuallyHidden",
            "ssrcss-1f39n02-VisuallyHidden e16en2lz0",
            "wprm-screen-reader-text",
            "sr-only focus:not-sr-only",
            "a-offscreen",
            "sidenote",
            "ltx_note_outer",
            "kg-bookmark-author",
            "LinkCard-title",
            "external-article-widget-description",
            "markup--em markup--mixtapeEmbed-em",
            "markdown-alert-title",
            "badge badge-primary",
            "selected-value select-value-color-blue",
            "status-macro aui-lozenge",
            "mw-editsection",
            "LegDS LegRHS",
            "wp-block-latest-posts__post-date",
            "tmblr-audio-meta title",
        ] {
            assert!(is_class(class), "{class}");
        }
        for class in [
            "",
            "tea",
            "hidden",
            "not-sr-only",
            "md:not-sr-only",
            "sidenote-number",
            "sr-only-tea",
            "mw-editsection-bracket",
        ] {
            assert!(!is_class(class), "{class}");
        }
    }
}
