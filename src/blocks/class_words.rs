//! What the classes of an element say about captions, credits and images.

use crate::word_list::words;

const CAPTIONS: &[&str] = words!("captions.txt", "classes");
const CAPTION_ENDS: &[&str] = words!("captions.txt", "last parts of captions");
const IMAGE_CAPTION_ENDS: &[&str] = words!("captions.txt", "last parts of captions of images");
const CREDIT_ENDS: &[&str] = words!("captions.txt", "last parts of credits");
const CREDIT_ENDS_IN_CAPTIONS: &[&str] = words!("captions.txt", "last parts of credits in captions");
const NEUTRAL: &[&str] = words!("captions.txt", "neutral parts");
const OTHER_STARTS: &[&str] = words!("captions.txt", "first parts that say nothing");
const BOXES: &[&str] = words!("captions.txt", "boxes");
const IMAGES: &[&str] = words!("captions.txt", "parts of boxes of images");

/// What an element after an image, or in its box, holds by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Caption,
    Credit,
}

/// What an element after an image holds, if its class makes it the caption or the credit of the image.
pub(super) fn held(class: &str) -> Option<Holds> {
    class.split_ascii_whitespace().find_map(|name| {
        if is_in(BOXES, name) {
            return None;
        }
        let parts = Parts::of(name);
        // Of a page's footer, the class is `copyright` too.
        let is_credit = is_in(CREDIT_ENDS, parts.last) && (parts.has_image || is_in(CAPTIONS, name));
        if is_credit && !parts.is_other {
            return Some(Holds::Credit);
        }
        let is_caption = is_in(CAPTIONS, name)
            || !parts.is_other
                && (is_in(CAPTION_ENDS, parts.last)
                    || parts.has_image && is_in(IMAGE_CAPTION_ENDS, parts.last));
        is_caption.then_some(Holds::Caption)
    })
}

/// Whether the class of an element in a caption makes it the credit.
pub(super) fn is_credit(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let parts = Parts::of(name);
        !parts.is_other && (is_in(CREDIT_ENDS, parts.last) || is_in(CREDIT_ENDS_IN_CAPTIONS, parts.last))
    })
}

/// Whether the class of an element says that it is a box for an image.
pub(super) fn is_image_box(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let parts = Parts::of(name);
        parts.has_image && !parts.is_other
    })
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// What the parts of a class say.
struct Parts<'c> {
    /// The last part that says something; empty if there is none.
    last: &'c str,
    /// Whether a part is about an image.
    has_image: bool,
    /// Whether the class is about something else, by its first part.
    is_other: bool,
}

impl<'c> Parts<'c> {
    fn of(name: &'c str) -> Self {
        let mut parts = Self { last: "", has_image: false, is_other: false };
        let mut is_first = true;
        each_part(name, |part| {
            parts.is_other |= std::mem::take(&mut is_first) && is_in(OTHER_STARTS, part);
            parts.has_image |= is_in(IMAGES, part) || has_image_end(part);
            // Build tools add letters and digits: `credit__3xYz9`.
            let is_generated = part.len() <= 2 || part.bytes().any(|byte| byte.is_ascii_digit());
            if !is_generated && !is_in(NEUTRAL, part) {
                parts.last = part;
            }
        });
        parts
    }
}

/// Whether a part ends with a word for an image: `imagecredit` has none, `articleimg` has one.
fn has_image_end(part: &str) -> bool {
    let starts = |word: &str| part.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let is_compound = is_in(CREDIT_ENDS, part) || is_in(CAPTION_ENDS, part);
    is_compound && ["img", "image", "photo", "pic", "foto", "media"].iter().any(|word| starts(word))
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
