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

/// For each letter, the ends that have it as the last letter, as the one before, and as the one before that:
/// a bit for each end. What is in all three for the last letters of a name is all that it may end with, and
/// for most names it is none.
static WITH_LETTER: [[u128; 3]; 32] = {
    assert!(ENDS.len() <= 128, "there is a bit for each end");
    let mut with_letter = [[0; 3]; 32];
    let mut index = 0;
    while index < ENDS.len() {
        let [.., third, second, last] = ENDS[index].as_bytes() else { panic!("an end has three letters") };
        with_letter[(*last & 31) as usize][0] |= 1 << index;
        with_letter[(*second & 31) as usize][1] |= 1 << index;
        with_letter[(*third & 31) as usize][2] |= 1 << index;
        index += 1;
    }
    with_letter
};

/// Whether one of the names in a class is that of such an element.
fn is_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let mut letters = letters_from_end(name);
        let [last, second, third] = [(); 3].map(|()| usize::from(letters.next().unwrap_or_default() & 31));
        let likely = WITH_LETTER[last][0] & WITH_LETTER[second][1] & WITH_LETTER[third][2];
        likely != 0 && is_name(name, likely)
    })
}

/// Whether a name has one of the ends with these bits.
#[cold]
fn is_name(name: &str, mut likely: u128) -> bool {
    while likely != 0 {
        if is_end(name, ENDS[likely.trailing_zeros() as usize]) {
            return true;
        }
        likely &= likely - 1;
    }
    false
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
