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

/// Whether one of the names in a class is that of such an element.
fn is_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        ENDS.iter().any(|end| name.strip_suffix(end).is_some_and(|before| !before.ends_with("not")))
    })
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
        ] {
            assert!(is_class(class), "{class}");
        }
        for class in ["", "tea", "hidden", "not-sr-only", "md:not-sr-only", "sidenote-number", "sr-only-tea"]
        {
            assert!(!is_class(class), "{class}");
        }
    }
}
