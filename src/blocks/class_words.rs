//! What the classes of an element say about captions, credits and images.

use std::sync::LazyLock;

use crate::word_list::words;

/// What is known of a class, or of a part of one: a set of these bits.
type Known = u16;

const CAPTION: Known = 1;
const CAPTION_END: Known = 1 << 1;
const IMAGE_CAPTION_END: Known = 1 << 2;
const CREDIT_END: Known = 1 << 3;
const CREDIT_END_IN_CAPTION: Known = 1 << 4;
const NEUTRAL: Known = 1 << 5;
const OTHER_START: Known = 1 << 6;
const BOX: Known = 1 << 7;
const IMAGE: Known = 1 << 8;

const LISTS: [(Known, &[&str]); 9] = [
    (CAPTION, words!("captions.txt", "classes")),
    (CAPTION_END, words!("captions.txt", "last parts of captions")),
    (IMAGE_CAPTION_END, words!("captions.txt", "last parts of captions of images")),
    (CREDIT_END, words!("captions.txt", "last parts of credits")),
    (CREDIT_END_IN_CAPTION, words!("captions.txt", "last parts of credits in captions")),
    (NEUTRAL, words!("captions.txt", "neutral parts")),
    (OTHER_START, words!("captions.txt", "first parts that say nothing")),
    (BOX, words!("captions.txt", "boxes")),
    (IMAGE, words!("captions.txt", "parts of boxes of images")),
];

/// The number of slots for words, by their first letter and their length.
const SLOTS: usize = 256;

/// The words in slots: a class is looked at after each image, and a word has hardly any others in its slot.
static WORDS: LazyLock<Vec<Vec<(&str, Known)>>> = LazyLock::new(|| {
    let mut slots = vec![Vec::new(); SLOTS];
    for (known, list) in LISTS {
        for word in list {
            let slot: &mut Vec<(&str, Known)> = &mut slots[slot_of(word)];
            match slot.iter_mut().find(|(other, _)| other == word) {
                Some((_, bits)) => *bits |= known,
                None => slot.push((word, known)),
            }
        }
    }
    slots
});

fn slot_of(word: &str) -> usize {
    let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    (usize::from(first) * 7 + word.len()) % SLOTS
}

/// What is known of a word, in letters of either case.
fn known(word: &str) -> Known {
    let slot = &WORDS[slot_of(word)];
    slot.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map_or(0, |(_, known)| *known)
}

/// What an element after an image, or in its box, holds by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Caption,
    Credit,
}

/// What an element after an image holds, if its class makes it the caption or the credit of the image.
pub(super) fn held(class: &str) -> Option<Holds> {
    class.split_ascii_whitespace().find_map(|name| {
        let whole = known(name);
        if whole & BOX != 0 {
            return None;
        }
        let parts = Parts::of(name);
        // Of a page's footer, the class is `copyright` too.
        let is_credit = parts.last & CREDIT_END != 0 && (parts.has_image || whole & CAPTION != 0);
        if is_credit && !parts.is_other {
            return Some(Holds::Credit);
        }
        let is_end = parts.last & CAPTION_END != 0 || parts.has_image && parts.last & IMAGE_CAPTION_END != 0;
        (whole & CAPTION != 0 || is_end && !parts.is_other).then_some(Holds::Caption)
    })
}

/// Whether the class of an element in a caption makes it the credit.
pub(super) fn is_credit(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let parts = Parts::of(name);
        !parts.is_other && parts.last & (CREDIT_END | CREDIT_END_IN_CAPTION) != 0
    })
}

/// Whether the class of an element says that it is a box for an image.
pub(super) fn is_image_box(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let parts = Parts::of(name);
        parts.has_image && !parts.is_other
    })
}

/// What the parts of a class say.
struct Parts {
    /// What is known of the last part that says something.
    last: Known,
    /// Whether a part is about an image.
    has_image: bool,
    /// Whether the class is about something else, by its first part.
    is_other: bool,
}

impl Parts {
    fn of(name: &str) -> Self {
        let mut parts = Self { last: 0, has_image: false, is_other: false };
        let mut is_first = true;
        each_part(name, |part| {
            let known = known(part);
            parts.is_other |= std::mem::take(&mut is_first) && known & OTHER_START != 0;
            let is_compound = known & (CREDIT_END | CAPTION_END) != 0;
            parts.has_image |= known & IMAGE != 0 || is_compound && starts_with_image(part);
            // Build tools add letters and digits: `credit__3xYz9`.
            let is_generated = part.len() <= 2 || part.bytes().any(|byte| byte.is_ascii_digit());
            if !is_generated && known & NEUTRAL == 0 {
                parts.last = known;
            }
        });
        parts
    }
}

/// Whether a part such as `imagecredit` begins with a word for an image.
fn starts_with_image(part: &str) -> bool {
    let starts = |word: &&str| part.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    ["img", "image", "photo", "pic", "foto", "media"].iter().any(starts)
}

/// Visits the parts of a class: they are parted by other characters than letters and digits, and by capitals
/// after small letters.
fn each_part<'c>(name: &'c str, mut visit: impl FnMut(&'c str)) {
    let bytes = name.as_bytes();
    let mut start = 0;
    for at in 0..=bytes.len() {
        let is_end = match bytes.get(at) {
            None => true,
            Some(byte) if byte.is_ascii_uppercase() => at > 0 && bytes[at - 1].is_ascii_lowercase(),
            Some(byte) => !byte.is_ascii_alphanumeric() && byte.is_ascii(),
        };
        if is_end {
            if start < at {
                visit(&name[start..at]);
            }
            let is_capital = bytes.get(at).is_some_and(u8::is_ascii_uppercase);
            start = at + usize::from(!is_capital);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_captions_and_credits() {
        for class in [
            "caption",
            "x wp-caption-text",
            "pg-caption",
            "imgCaption",
            "image-caption",
            "photo-caption",
            "caption-text",
            "pic-text",
            "img-desc",
            "media-caption",
            "tr-caption",
            "gallery-caption",
            "thumbcaption",
            "img_descr",
            "image__caption",
            "Figure_caption__3xYz9",
            "field-name-field-caption",
            "article-photo__description",
            "pgc-img-caption",
            "mobile-caption",
            "photo-cutline",
            "imageCaption",
            "caption--with-margin-caption",
            "dls-image-capture",
            "piccaption",
        ] {
            assert_eq!(held(class), Some(Holds::Caption), "{class}");
        }
        for class in [
            "credit",
            "credits",
            "photo-credit",
            "img-credit",
            "image__credit",
            "photoCredit",
            "imagecredit",
            "ImageBlock_image-credit__aB3d",
            "figure-copyright",
            "media-photo__credits",
            "Photo-Credit",
        ] {
            assert_eq!(held(class), Some(Holds::Credit), "{class}");
        }
        for class in [
            "",
            "text",
            "wp-caption",
            "has-caption",
            "copyright",
            "author",
            "byline",
            "source",
            "description",
            "no-credit",
            "image",
            "captioned-image-container",
            "with-caption",
            "credit-card",
            "closed-captions",
            "imagine",
            "attribution",
            "note",
        ] {
            assert_eq!(held(class), None, "{class}");
        }
    }

    #[test]
    fn classes_of_credits_in_captions() {
        for class in [
            "credit",
            "aesop-cap-cred",
            "copyright",
            "source",
            "photographer",
            "caption__credit",
            "author",
            "byline",
            "x credit__text",
            "photo-credit-wrapper",
        ] {
            assert!(is_credit(class), "{class}");
        }
        for class in
            ["", "aesop-cap-description", "has-credit", "credit-caption", "caption", "title", "resource"]
        {
            assert!(!is_credit(class), "{class}");
        }
    }

    #[test]
    fn classes_of_boxes() {
        for class in [
            "container img",
            "photo",
            "image-wrap",
            "articleImage",
            "wp-caption aligncenter",
            "pic_box",
            "imgbox",
            "figure",
            "thumbinner",
            "captioned-image-container",
            "img-center",
        ] {
            assert!(is_image_box(class), "{class}");
        }
        for class in [
            "",
            "container",
            "category-photo",
            "format-image",
            "has-image",
            "imagine",
            "photography",
            "pictionary",
        ] {
            assert!(!is_image_box(class), "{class}");
        }
    }
}
