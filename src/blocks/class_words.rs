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

/// The words by their slots: hardly any word shares its slot.
static WORDS: LazyLock<Vec<Vec<(&str, Known)>>> = LazyLock::new(|| {
    let mut slots = vec![Vec::new(); SLOTS];
    for (known, list) in LISTS {
        for word in list {
            let slot: &mut Vec<(&str, Known)> = &mut slots[slot_of(word.as_bytes())];
            match slot.iter_mut().find(|(other, _)| other == word) {
                Some((_, bits)) => *bits |= known,
                None => slot.push((word, known)),
            }
        }
    }
    slots
});

fn slot_of(word: &[u8]) -> usize {
    let first = word.first().map_or(0, u8::to_ascii_lowercase);
    (usize::from(first) * 7 + word.len()) % SLOTS
}

/// What is known of a word, in letters of either case.
#[inline(never)]
fn known(word: &[u8]) -> Known {
    let mut alike = WORDS[slot_of(word)].iter().filter(|(other, _)| other.len() == word.len());
    alike.find(|(other, _)| other.as_bytes().eq_ignore_ascii_case(word)).map_or(0, |(_, known)| *known)
}

/// The first and last letters, and the lengths, of the words of which something is known. Nearly all words of
/// a page have others.
struct Shapes {
    known: Known,
    /// For each letter, the lengths of the words that begin with it: the bit of each number.
    first: [u64; 32],
    /// The same for the words that end with it.
    last: [u64; 32],
}

impl Shapes {
    /// The shapes of the words of which one of these is known.
    const fn of(known: Known) -> Self {
        let mut shapes = Self { known, first: [0; 32], last: [0; 32] };
        let mut list = 0;
        while list < LISTS.len() {
            let (of_list, words) = LISTS[list];
            let mut index = 0;
            while of_list & known != 0 && index < words.len() {
                let word = words[index].as_bytes();
                let length = 1 << (word.len() % 64);
                shapes.first[word[0] as usize % 32] |= length;
                shapes.last[word[word.len() - 1] as usize % 32] |= length;
                index += 1;
            }
            list += 1;
        }
        shapes
    }

    /// Whether something of this is known of a word, in letters of either case.
    #[inline]
    fn have(&self, word: &[u8]) -> bool {
        let ([first, ..], [.., last]) = (word, word) else { return false };
        // A letter and its capital leave the same rest.
        let lengths = self.first[usize::from(*first) % 32] & self.last[usize::from(*last) % 32];
        lengths >> (word.len() % 64) & 1 != 0 && known(word) & self.known != 0
    }
}

/// Names of classes that hold captions or credits.
static WHOLE: Shapes = Shapes::of(CAPTION);

/// Last parts of the names of such classes.
static END: Shapes = Shapes::of(CAPTION_END | IMAGE_CAPTION_END | CREDIT_END);

/// Last parts of the names of classes of credits in captions.
static END_OF_CREDIT: Shapes = Shapes::of(CREDIT_END | CREDIT_END_IN_CAPTION);

/// What a byte of a class is to its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Inside a part.
    Inside,
    /// A capital, with which a part begins if it comes after a small letter.
    Capital,
    /// Between two parts.
    Between,
    /// White space, between two names.
    Blank,
}

static PLACES: [Place; 256] = places();

const fn places() -> [Place; 256] {
    let mut places = [Place::Inside; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        if byte.is_ascii_uppercase() {
            places[byte as usize] = Place::Capital;
        } else if byte.is_ascii_whitespace() {
            places[byte as usize] = Place::Blank;
        } else if !byte.is_ascii_alphanumeric() {
            places[byte as usize] = Place::Between;
        }
        byte += 1;
    }
    places
}

/// Whether one of the names in a class is one of `whole`, or one of their parts is one of `parts`.
#[inline]
fn holds(class: &str, whole: Option<&Shapes>, parts: &Shapes) -> bool {
    let bytes = class.as_bytes();
    let (mut name, mut start, mut at) = (0, 0, 0);
    while at <= bytes.len() {
        at = end_of_inside(bytes, at);
        let place = place_at(bytes, at);
        if place != Place::Capital || parts_at(bytes, at) {
            if parts.have(&bytes[start..at]) {
                return true;
            }
            start = at + usize::from(place != Place::Capital);
            if place == Place::Blank {
                if whole.is_some_and(|whole| whole.have(&bytes[name..at])) {
                    return true;
                }
                name = start;
            }
        }
        at += 1;
    }
    false
}

/// The index of the next byte that is not [inside](Place::Inside) a part, or the end.
#[inline]
fn end_of_inside(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    from + rest.iter().position(|byte| PLACES[usize::from(*byte)] != Place::Inside).unwrap_or(rest.len())
}

/// What the byte at an index is to the parts. A class ends as if white space came after it.
#[inline]
fn place_at(bytes: &[u8], at: usize) -> Place {
    bytes.get(at).map_or(Place::Blank, |byte| PLACES[usize::from(*byte)])
}

/// Whether a part begins with the capital at an index: a small letter stands before it.
#[inline]
fn parts_at(bytes: &[u8], capital: usize) -> bool {
    capital > 0 && bytes[capital - 1].is_ascii_lowercase()
}

/// What an element after an image, or in its box, holds by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Caption,
    Credit,
}

/// What an element after an image holds, if its class makes it the caption or the credit of the image.
/// `is_in_figure` says whether both stand in a `<figure>`.
pub(super) fn held(class: &str, is_in_figure: bool) -> Option<Holds> {
    // Most classes end here.
    if !holds(class, Some(&WHOLE), &END) {
        return None;
    }
    class.split_ascii_whitespace().find_map(|name| {
        let whole = known(name.as_bytes());
        if whole & BOX != 0 {
            return None;
        }
        let parts = Parts::of(name);
        // Of a page's footer, the class is `copyright` too; but that stands in no figure.
        let is_of_image = is_in_figure || parts.has_image || whole & CAPTION != 0;
        let is_credit = parts.last & CREDIT_END != 0 && is_of_image;
        if is_credit && !parts.is_other {
            return Some(Holds::Credit);
        }
        let is_end = parts.last & CAPTION_END != 0 || parts.has_image && parts.last & IMAGE_CAPTION_END != 0;
        (whole & CAPTION != 0 || is_end && !parts.is_other).then_some(Holds::Caption)
    })
}

/// Whether the class of an element in a caption makes it the credit.
pub(super) fn is_credit(class: &str) -> bool {
    holds(class, None, &END_OF_CREDIT)
        && class.split_ascii_whitespace().any(|name| {
            let parts = Parts::of(name);
            !parts.is_other && parts.last & END_OF_CREDIT.known != 0
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
            let known = known(part.as_bytes());
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
    let (mut start, mut at) = (0, 0);
    while at <= bytes.len() {
        at = end_of_inside(bytes, at);
        let is_capital = place_at(bytes, at) == Place::Capital;
        if !is_capital || parts_at(bytes, at) {
            if start < at {
                visit(&name[start..at]);
            }
            start = at + usize::from(!is_capital);
        }
        at += 1;
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
            assert_eq!(held(class, false), Some(Holds::Caption), "{class}");
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
            assert_eq!(held(class, false), Some(Holds::Credit), "{class}");
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
            "cta-caption",
            "newsletter__caption",
        ] {
            assert_eq!(held(class, false), None, "{class}");
        }
        for (class, holds) in [
            ("copyright", Some(Holds::Credit)),
            ("x attribution", Some(Holds::Credit)),
            ("has-copyright", None),
            ("author", None),
            ("source", None),
            ("image", None),
        ] {
            assert_eq!(held(class, true), holds, "{class}");
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
    fn no_word_is_passed_over() {
        for (known, list) in LISTS {
            for word in list {
                let shapes = Shapes::of(known);
                let capitals = word.to_ascii_uppercase();
                assert!(shapes.have(word.as_bytes()) && shapes.have(capitals.as_bytes()), "{word}");
                let is_one_part = !word.contains(['-', '_']);
                for class in [format!("tea {word}"), format!("{word}\tx-tea"), format!("x9 {word} tea")] {
                    assert!(holds(&class, Some(&shapes), &Shapes::of(0)), "{class}");
                    assert!(!is_one_part || holds(&class, None, &shapes), "{class}");
                }
                for class in [format!("green-tea_{word}__3x"), format!("tea{}{}", &capitals[..1], &word[1..])]
                {
                    assert!(!is_one_part || holds(&class, None, &shapes), "{class}");
                }
            }
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
            "imageblock text-center",
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
            "floating-image",
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
