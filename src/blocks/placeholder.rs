//! What the URL of an image is worth: a picture, a stand-in for one, or nothing.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::data_picture;
use super::urls::is_data;
use crate::bytes::any;
use crate::url::split_scheme;
use crate::word_list::words;

const WORDS: &[&str] = words!("placeholders.txt", "words of placeholders");
const OTHER_WORDS: &[&str] = words!("placeholders.txt", "other words of placeholders");
const HOSTS: &[&str] = words!("placeholders.txt", "hosts of placeholders");
const LAZY_CLASSES: &[&str] = words!("placeholders.txt", "classes of lazy images");
const BLURRED_CLASSES: &[&str] = words!("placeholders.txt", "classes of blurred copies");

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
        Worth::Nothing
    } else if is_data(url) {
        if data_picture::is_placeholder(url) { Worth::Nothing } else { Worth::Data }
    } else if is_broken(url) || is_placeholder_file(url) {
        Worth::Doubtful
    } else {
        Worth::File
    }
}

/// Whether a URL is what a script writes that has no URL, or no more than the beginning of a URL.
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

#[inline(never)]
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

/// Whether a URL is not one that leads to a file: parts of it are still to be filled in, or its scheme is
/// that of no server.
fn is_broken(url: &str) -> bool {
    let is_of_server = |scheme: &str| ["http", "https", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
    // Nearly all URLs begin like this.
    if !url.starts_with("http") && split_scheme(url).is_some_and(|(scheme, _)| !is_of_server(scheme)) {
        return true;
    }
    let has_sign = any(url.as_bytes(), |byte| matches!(byte, b'{' | b'<' | b'[' | b'#'));
    has_sign && is_broken_indeed(url) || has_format_sign(url)
}

#[inline(never)]
fn is_broken_indeed(url: &str) -> bool {
    let begins = |at: usize, text: &str| url.as_bytes()[at..].starts_with(text.as_bytes());
    any(url.as_bytes(), |byte| matches!(byte, b'{' | b'<'))
        || memchr::memchr2_iter(b'[', b'#', url.as_bytes())
            .any(|at| begins(at, "[object") || begins(at, "#038;"))
}

/// What a URL that waits for a script is worth. That of `Jetpack` may say itself that it is to be mended.
pub(super) fn worth_of_waiting(url: &str) -> Worth {
    static PENDING: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("is-pending-load="));
    match worth(url) {
        Worth::File if PENDING.find(url.as_bytes()).is_some() => Worth::Doubtful,
        worth => worth,
    }
}

/// Whether a URL holds a `%s` or `%d`, for which a value was to be put.
fn has_format_sign(url: &str) -> bool {
    memchr::memchr_iter(b'%', url.as_bytes()).any(|at| {
        let after = &url.as_bytes()[at + 1..];
        matches!(after, [b's', ..]) || matches!(after, [b'd'] | [b'd', b'.' | b'/' | b'&' | b'?', ..])
    })
}

/// Whether the name of the file is made of words that name placeholders, or the host serves nothing else.
fn is_placeholder_file(url: &str) -> bool {
    let path = &url[..memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len())];
    let name = memchr::memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..]);
    is_placeholder_name(name) || is_host_of_placeholders(path)
}

/// The longest name of a placeholder without its type, in bytes.
const MAX_NAME: usize = 40;

fn is_placeholder_name(name: &str) -> bool {
    let stem = memchr::memrchr(b'.', name.as_bytes()).map_or(name, |stop| &name[..stop]);
    let mut is_placeholder = false;
    // Many names are numbers, also hexadecimal ones, in which no word is.
    stem.len() <= MAX_NAME
        && any(stem.as_bytes(), |byte| (byte | 0x20) > b'f')
        && stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
            if is_number(word) {
                is_placeholder |= matches!(word, "1x1" | "1X1");
                return true;
            }
            if !may_be_word(word) {
                return false;
            }
            let is_placeholder_word = is_among(WORDS, word);
            is_placeholder |= is_placeholder_word;
            is_placeholder_word || is_among(OTHER_WORDS, word)
        })
        && is_placeholder
}

/// Whether a word of the lists has this first letter and this length. Few of the words that pictures are
/// named with have one of them.
fn may_be_word(word: &str) -> bool {
    /// For each first letter, a bit for each length.
    const LENGTHS: [u32; 32] = {
        let lists = [WORDS, OTHER_WORDS];
        let mut lengths = [0; 32];
        let mut list = 0;
        while list < lists.len() {
            let mut index = 0;
            while index < lists[list].len() {
                let word = lists[list][index].as_bytes();
                assert!(word.len() < 32, "a word is shorter than that");
                lengths[(word[0] % 32) as usize] |= 1 << word.len();
                index += 1;
            }
            list += 1;
        }
        lengths
    };
    word.len() < 32 && LENGTHS[usize::from(word.as_bytes()[0] % 32)] & 1 << word.len() != 0
}

fn is_among(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word is a number, a size such as `300x200`, or the hash that a bundler adds.
fn is_number(word: &str) -> bool {
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let is_size = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X'));
    let is_hash = word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    has_digit && (is_size || is_hash)
}

/// The bytes of a path in which such a host, and the slash after it, find room.
const MAX_HOST: usize = 24;

fn is_host_of_placeholders(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("https://").or_else(|| path.strip_prefix("http://")) else {
        return false;
    };
    if !HOSTS.iter().any(|host| host.as_bytes().first() == rest.as_bytes().first()) {
        return false;
    }
    let host = rest.get(..MAX_HOST.min(rest.len())).and_then(|start| start.split_once('/'));
    host.is_some_and(|(host, _)| is_among(HOSTS, host))
}

/// Whether one of the classes says that a script will put another URL into `src`.
pub(super) fn is_lazy_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| is_among(LAZY_CLASSES, name))
}

/// Whether one of the classes says that the image is a small copy, shown until the next image has come.
pub(super) fn is_blurred_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| is_among(BLURRED_CLASSES, name))
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
