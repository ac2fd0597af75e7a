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
        let [.., third, second, last] = ENDS[index].as_bytes() else { panic!("an end has three letters") };
        let of_last = &mut before[(*last & 31) as usize];
        of_last[0] |= 1 << (*second & 31);
        of_last[1] |= 1 << (*third & 31);
        index += 1;
    }
    before
};

/// Whether one of the names in a class is that of such an element.
fn is_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let mut letters = letters_from_end(name);
        let [last, second, third] = [(); 3].map(|()| letters.next().unwrap_or_default() & 31);
        let [seconds, thirds] = BEFORE_LAST[usize::from(last)];
        seconds >> second & thirds >> third & 1 == 1 && is_name(name)
    })
}

/// Whether a name is that of such an element.
#[cold]
fn is_name(name: &str) -> bool {
    const NOT: &[u8] = b"not";
    const MOST: usize = LONGEST + NOT.len();
    let mut last = [0; MOST];
    let mut start = MOST;
    for letter in letters_from_end(name).take(MOST) {
        start -= 1;
        last[start] = letter;
    }
    let last = &last[start..];
    ENDS.iter().any(|end| {
        end.as_bytes().last() == last.last()
            && last.strip_suffix(end.as_bytes()).is_some_and(|before| !before.ends_with(NOT))
    })
}

/// The length of the longest of the names.
const LONGEST: usize = {
    let (mut longest, mut index) = (0, 0);
    while index < ENDS.len() {
        if ENDS[index].len() > longest {
            longest = ENDS[index].len();
        }
        index += 1;
    }
    longest
};

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
