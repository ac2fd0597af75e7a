//! What the URL of an image is worth: a picture, a stand-in for one, or nothing.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::data_picture;
use super::word_set::WordSet;
use crate::group::{Lanes, any, equal, equal_but};
use crate::html::event::words;
use crate::url::{is_data, split_scheme};
use crate::word_list::words;

/// The words that name placeholders, and the others beside them that say nothing.
static WORDS: WordSet<2> = WordSet::of([
    words!("placeholders.txt", "words of placeholders"),
    words!("placeholders.txt", "other words of placeholders"),
]);

/// The index of the list of words that name placeholders.
const NAMES_PLACEHOLDERS: usize = 0;

const HOSTS: &[&str] = words!("placeholders.txt", "hosts of placeholders");

/// Classes of lazy images, and of blurred copies.
static CLASSES: WordSet<2> = WordSet::of([
    words!("placeholders.txt", "classes of lazy images"),
    words!("placeholders.txt", "classes of blurred copies"),
]);

/// The indices of these lists.
const LAZY: usize = 0;
const BLURRED: usize = 1;

/// What the URL of an image is worth, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    /// It shows nothing: no URL, or a `data:` URL that is blank or tiny.
    Nothing,
    /// It is the image if there is no better URL: a placeholder by its name, or a URL that is broken.
    Doubtful,
    /// A picture that the URL itself holds. Beside the URL of a file it is a placeholder.
    Data,
    /// The URL of a file.
    File,
}

/// What a [clean](crate::url::clean) URL of an image is worth.
pub(super) fn worth(url: &str) -> Worth {
    if is_nothing(url) {
        return Worth::Nothing;
    }
    if is_data(url) {
        return if data_picture::is_placeholder(url) { Worth::Nothing } else { Worth::Data };
    }
    // Many URLs have no sign that something is amiss, and are looked at once.
    let is_doubtful = has_foreign_scheme(url)
        || if has_sign(url) {
            is_broken(url) || is_placeholder_file(path(url))
        } else {
            is_placeholder_file(url)
        };
    if is_doubtful { Worth::Doubtful } else { Worth::File }
}

/// Whether a URL holds more than a path, or what may be a part that is still to be filled in.
fn has_sign(url: &str) -> bool {
    any(url.as_bytes(), |lanes| open_signs(lanes) | equal(lanes, b'%') | equal(lanes, b'?'))
}

/// Marks the bytes that may stand for a part that is still to be filled in.
#[inline]
fn open_signs(lanes: Lanes) -> Lanes {
    equal_but(lanes, b'{', b'{' ^ b'[') | equal(lanes, b'<') | equal(lanes, b'#')
}

/// A URL without its query and its fragment.
fn path(url: &str) -> &str {
    &url[..memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len())]
}

/// Whether a URL is what a script writes when it has no URL, or no more than the beginning of one.
pub(super) fn is_nothing(url: &str) -> bool {
    // Nearly all URLs end in the letters of a type of image, or in a digit.
    let may_be = match url.as_bytes() {
        [] | [b'#', ..] => true,
        [.., last] => {
            matches!(last, b'd' | b'l' | b'k' | b'e' | b'n' | b'N' | b'D' | b'L' | b']' | b'/' | b'.')
        }
    };
    may_be && is_nothing_indeed(url)
}

#[cold]
fn is_nothing_indeed(url: &str) -> bool {
    const NO_VALUES: [&str; 11] = [
        "undefined",
        "null",
        "none",
        "nan",
        "true",
        "false",
        "[object object]",
        "[object%20object]",
        "about:blank",
        "http:",
        "https:",
    ];
    if url.starts_with('#') {
        return true;
    }
    let url = url.trim_end_matches(['/', '.']);
    // A folder before it is that of the page or of the images, to which a script has added nothing.
    let end = url.rsplit('/').next().unwrap_or_default();
    url.is_empty() || NO_VALUES.iter().any(|value| end.eq_ignore_ascii_case(value))
}

/// Whether the scheme of a URL is that of no server.
fn has_foreign_scheme(url: &str) -> bool {
    let is_of_server = |scheme: &str| ["http", "https", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
    // Nearly all URLs begin like this.
    !url.starts_with("http") && split_scheme(url).is_some_and(|(scheme, _)| !is_of_server(scheme))
}

/// Whether parts of a URL are still to be filled in.
fn is_broken(url: &str) -> bool {
    any(url.as_bytes(), open_signs) && is_broken_indeed(url) || has_format_sign(url)
}

#[cold]
fn is_broken_indeed(url: &str) -> bool {
    let begins = |at: usize, text: &str| url.as_bytes()[at..].starts_with(text.as_bytes());
    any(url.as_bytes(), |lanes| equal(lanes, b'{') | equal(lanes, b'<'))
        || memchr::memchr2_iter(b'[', b'#', url.as_bytes())
            .any(|at| begins(at, "[object") || begins(at, "#038;"))
}

/// Whether a URL says of itself that it is to be mended before it is used, as `Jetpack` writes it.
pub(super) fn is_pending(url: &str) -> bool {
    static PENDING: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("is-pending-load="));
    PENDING.find(url.as_bytes()).is_some()
}

/// Whether a URL is that of a file which is known as a placeholder.
#[cold]
pub(super) fn is_placeholder(url: &str) -> bool {
    is_placeholder_file(path(url))
}

/// Whether a URL holds a `%s` or `%d`, for which a value was to be put.
fn has_format_sign(url: &str) -> bool {
    memchr::memchr_iter(b'%', url.as_bytes()).any(|at| {
        let after = &url.as_bytes()[at + 1..];
        matches!(after, [b's', ..]) || matches!(after, [b'd'] | [b'd', b'.' | b'/' | b'&' | b'?', ..])
    })
}

/// Whether the name of the file at this path is made of words that name placeholders, or the host serves
/// nothing else.
fn is_placeholder_file(path: &str) -> bool {
    let name = memchr::memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..]);
    is_placeholder_name(name) || is_host_of_placeholders(path)
}

/// The longest name of a placeholder without its type, in bytes.
const MAX_NAME: usize = 40;

fn is_placeholder_name(name: &str) -> bool {
    // The type is short.
    let stem = name.bytes().rposition(|byte| byte == b'.').map_or(name, |stop| &name[..stop]);
    if stem.len() > MAX_NAME {
        return false;
    }
    if !stem.is_ascii() {
        return is_placeholder_name_beyond_ascii(stem);
    }
    let (mut rest, mut is_placeholder) = (stem.as_bytes(), false);
    loop {
        let (length, signs) = read_word(rest);
        // Nearly all names have another word, most in the first place.
        let Some(names_one) = names_placeholder(&rest[..length], signs) else { return false };
        is_placeholder |= names_one;
        let Some(after) = rest.get(length + 1..) else { return is_placeholder };
        rest = after;
    }
}

#[cold]
fn is_placeholder_name_beyond_ascii(stem: &str) -> bool {
    let mut is_placeholder = false;
    let is_made_of_words = stem.split(|c: char| !c.is_alphanumeric()).all(|word| {
        let (length, signs) = read_word(word.as_bytes());
        let signs = if length == word.len() { signs } else { LETTER };
        let names_one = names_placeholder(word.as_bytes(), signs);
        is_placeholder |= names_one == Some(true);
        names_one.is_some()
    });
    is_made_of_words && is_placeholder
}

/// Whether a word names placeholders, or says nothing beside one that does; `None` if it says something.
#[inline]
fn names_placeholder(word: &[u8], signs: Signs) -> Option<bool> {
    if word.is_empty() {
        return Some(false);
    }
    if is_number(word.len(), signs) {
        return Some(matches!(word, b"1x1" | b"1X1"));
    }
    // Each word of the lists has a letter that is no digit of hexadecimal numbers.
    let may_be_listed = signs & (LETTER | X) != 0 && WORDS.may_hold(word);
    let list = if may_be_listed { WORDS.list_of(word) } else { None };
    list.map(|list| list == NAMES_PLACEHOLDERS)
}

/// What letters and digits are in a word: a set of these bits.
type Signs = u8;

const DIGIT: Signs = 1;
const X: Signs = 1 << 1;
/// A letter that is a digit of hexadecimal numbers.
const HEX: Signs = 1 << 2;
const LETTER: Signs = 1 << 3;

/// The sign of each byte; 0 for a byte that parts words.
static SIGNS: [Signs; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        signs[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'x' | b'X' => X,
            b'a'..=b'f' | b'A'..=b'F' => HEX,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// The length of the word of ASCII that a text begins with, and what is in it.
fn read_word(text: &[u8]) -> (usize, Signs) {
    let (mut length, mut signs) = (0, 0);
    while let Some(sign @ 1..) = text.get(length).map(|byte| SIGNS[usize::from(*byte)]) {
        signs |= sign;
        length += 1;
    }
    (length, signs)
}

/// Whether a word of this length is a number, a size such as `300x200`, or the hash that a bundler adds.
fn is_number(length: usize, signs: Signs) -> bool {
    let is_size = signs & HEX == 0;
    let is_hash = signs & X == 0 && length >= 6;
    signs & DIGIT != 0 && signs & LETTER == 0 && (is_size || is_hash)
}

fn is_host_of_placeholders(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("https://").or_else(|| path.strip_prefix("http://")) else {
        return false;
    };
    HOSTS.iter().any(|host| {
        rest.as_bytes().get(host.len()) == Some(&b'/')
            && rest.as_bytes()[..host.len()].eq_ignore_ascii_case(host.as_bytes())
    })
}

/// What the class of an image says about its URL.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ClassOfImage {
    /// A script will put another URL into `src`.
    pub(super) is_lazy: bool,
    /// The image is a small copy, shown until the next image has come.
    pub(super) is_blurred: bool,
}

impl ClassOfImage {
    pub(super) fn of(class: &str) -> Self {
        let mut found = Self::default();
        for name in words(class).map(str::as_bytes).filter(|name| CLASSES.may_hold(name)) {
            found.is_lazy |= CLASSES.holds_in(LAZY, name);
            found.is_blurred |= CLASSES.holds_in(BLURRED, name);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_worth(worth_expected: Worth, urls: &[&str]) {
        for url in urls {
            assert_eq!(worth(url), worth_expected, "{url}");
        }
    }

    #[test]
    fn words_of_the_lists_are_not_taken_for_numbers() {
        for word in WORDS.words() {
            let (length, signs) = read_word(word.as_bytes());
            assert!(length == word.len() && signs & (LETTER | X) != 0, "{word}");
        }
    }

    #[test]
    fn files_with_the_name_of_a_placeholder() {
        assert_worth(
            Worth::Doubtful,
            &[
                "/img/spacer.gif",
                "https://a.example/themes/icons/grey.gif",
                "/images/lazyload.gif",
                "/i/1x1.trans.gif?v=3",
                "blank-300x200.PNG",
                "image_placeholder.3f2a9c1b.svg",
                "loading.svg#a",
                "https://placehold.it/300x200",
                "/static/image/common/none.gif",
                "http://s.example/blog7style/images/common/sg_trans.gif",
                "no-image-missing.png",
                "pixel.gif",
            ],
        );
        assert_worth(
            Worth::File,
            &[
                "gray-whale.jpg",
                "missing-person.jpg",
                "loading-dock.jpg",
                "/placeholder/tea.jpg",
                "image.jpg",
                "99.jpg",
                "default.jpg",
                "https://a.example/photo?id=3",
                "spacer-craft.png",
                "DSC_0640.JPG",
                "a%20dot%C3%A9.jpg",
                "茶.jpg",
            ],
        );
    }

    #[test]
    fn urls_that_are_none() {
        assert_worth(
            Worth::Nothing,
            &[
                "",
                "#",
                "#top",
                "/",
                ".",
                "./",
                "//",
                "https://",
                "undefined",
                "null",
                "NULL",
                "NaN",
                "false",
                "[object Object]",
                "https://a.example/undefined",
                "/img/null",
                "about:blank",
                "https://a.example/[object%20Object]",
                "none",
            ],
        );
        assert_worth(
            Worth::Doubtful,
            &[
                "{{ page.image }}",
                "https://a.example/{width}/a.jpg",
                "<%= src %>",
                "${src}",
                "a_%s.jpg",
                "/a/%d/b.jpg",
                "a.jpg?w=1#038;ssl=1",
                "blob:https://a.example/1",
                "cid:ii_19",
                "file:///C:/a.jpg",
                "pending:a.jpg",
            ],
        );
        assert_worth(
            Worth::File,
            &["a%d0%b0.jpg", "a.jpg#b", "a$b.jpg", "nullable", "a/undefined.jpg", "b/"],
        );
    }
}
