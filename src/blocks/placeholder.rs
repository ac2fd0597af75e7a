//! What the URL of an image is worth: a picture, a stand-in for one, or nothing.

use super::data_picture;
use super::urls::is_data;
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
        [] => true,
        [b'#', ..] => true,
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

/// Whether a URL is not one that leads to a file: parts of it are still to be filled in, it stands for an
/// image that is not there yet, or its scheme is that of no server.
fn is_broken(url: &str) -> bool {
    let has = |text: &str| memchr::memmem::find(url.as_bytes(), text.as_bytes()).is_some();
    let is_of_server = |scheme: &str| ["http", "https", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
    if split_scheme(url).is_some_and(|(scheme, _)| !is_of_server(scheme)) {
        return true;
    }
    let has_sign = url.bytes().any(|byte| matches!(byte, b'{' | b'<' | b'[' | b'#' | b'$'));
    has_sign && (has("{") || has("<") || has("${") || has("[object") || has("#038;") || has("#038%3B"))
        || has_format_sign(url)
        || has("is-pending-load=")
        || url.ends_with("/undefined")
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
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    is_placeholder_name(name) || is_host_of_placeholders(path)
}

/// The longest name of a placeholder, in bytes. The names of most pictures are longer.
const MAX_NAME: usize = 48;

fn is_placeholder_name(name: &str) -> bool {
    let mut is_placeholder = false;
    name.len() <= MAX_NAME
        && name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
            let is_placeholder_word = is_among(WORDS, word);
            is_placeholder |= is_placeholder_word;
            is_placeholder_word || is_number(word) || is_among(OTHER_WORDS, word) || is_type(word)
        })
        && is_placeholder
}

fn is_among(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word is the end of the name of an image.
fn is_type(word: &str) -> bool {
    ["gif", "png", "jpg", "jpeg", "svg", "webp", "avif", "ico"]
        .iter()
        .any(|end| word.eq_ignore_ascii_case(end))
}

/// Whether a word is a number, a size such as `300x200`, or the hash that a bundler adds.
fn is_number(word: &str) -> bool {
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let is_size = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X'));
    let is_hash = word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    has_digit && (is_size || is_hash)
}

fn is_host_of_placeholders(path: &str) -> bool {
    let Some((_scheme, rest)) = path.split_once("//") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    is_among(HOSTS, host)
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
                "a.jpg?w=1&is-pending-load=1",
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
