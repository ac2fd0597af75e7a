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

/// The last three letters of each, the last one first: most classes end otherwise.
static LAST_LETTERS: [u32; ENDS.len()] = {
    let mut letters = [0; ENDS.len()];
    let mut index = 0;
    while index < ENDS.len() {
        let [.., third, second, last] = ENDS[index].as_bytes() else { panic!("an end has three letters") };
        letters[index] = u32::from_le_bytes([*last, *second, *third, 0]);
        index += 1;
    }
    letters
};

/// Whether one of the names in a class is that of such an element.
fn is_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let mut letters = letters_from_end(name);
        let last = [(); 3].map(|()| letters.next().unwrap_or_default());
        LAST_LETTERS.contains(&u32::from_le_bytes([last[0], last[1], last[2], 0])) && is_name(name)
    })
}

/// Whether a name is that of such an element.
#[cold]
fn is_name(name: &str) -> bool {
    ENDS.iter().any(|end| {
        let mut letters = letters_from_end(name);
        end.bytes().rev().all(|letter| letters.next() == Some(letter)) && !letters.take(3).eq(*b"ton")
    })
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
        ] {
            assert!(is_class(class), "{class}");
        }
        for class in ["", "tea", "hidden", "not-sr-only", "md:not-sr-only", "sidenote-number", "sr-only-tea"]
        {
            assert!(!is_class(class), "{class}");
        }
    }
}
