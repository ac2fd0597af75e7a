//! Copies of one picture in several sizes, told by their URLs.
//!
//! Sites write the size as parameters (`?w=300`), as the end of the name (`-300x200.jpg`), or as a folder
//! (`/max/300/`). Two URLs that differ in nothing else lead to one picture.

use std::cmp::Ordering;

use memchr::{memchr, memchr2, memrchr};

use super::size_words::{
    first_number, is_number, is_short_word, is_width_by_height, is_width_of_naver, number_after,
};
use crate::equal::is_equal;
use crate::word_list::words;

const NUMBERS: &[&str] = words!("picture_sizes.txt", "parameters with a number");
const WORDS: &[&str] = words!("picture_sizes.txt", "parameters with words");
const WIDTHS: &[&str] = words!("picture_sizes.txt", "parameters with the width");
const QUALITIES: &[&str] = words!("picture_sizes.txt", "parameters with the quality");
const FOLDERS: &[&str] = words!("picture_sizes.txt", "folders before a width");
const KEYS: &[&str] = words!("picture_sizes.txt", "keys of transformations");
const NAMES: &[&str] = words!("picture_sizes.txt", "names of sizes");
const USUAL_WIDTHS: &[&str] = words!("picture_sizes.txt", "usual widths");

/// How two images stand to each other in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// One comes after the other: only a plain sign of size makes them one picture.
    Neighbours,
    /// One element, or a `<noscript>` and what it stands for: any sign of size does.
    Copies,
}

/// Whether two URLs differ, if at all, only in what states the size and the quality of a picture.
pub(super) fn is_same_picture(one: &str, other: &str, relation: Relation) -> bool {
    if is_equal(one, other) {
        return true;
    }
    let (one, other) = (Parts::of(one), Parts::of(other));
    is_same_path(one.path, other.path, relation) && is_same_query(one.query, other.query)
}

/// Which of two copies of one picture is larger, as far as their URLs tell.
pub(super) fn compare_sizes(one: &str, other: &str) -> Ordering {
    let (one, other) = (Size::of(one), Size::of(other));
    // A URL without a size is that of the picture as it was put on the server.
    let width = |size: &Size| size.width.unwrap_or(ORIGINAL);
    width(&one).cmp(&width(&other)).then(one.quality.cmp(&other.quality))
}

/// A width beyond all others, for a picture whose URL states none. A copy for dense screens is wider still.
const ORIGINAL: u32 = u32::MAX / 2;

/// The parts of a URL that matter.
struct Parts<'u> {
    /// Host and path.
    path: &'u str,
    query: &'u str,
}

impl<'u> Parts<'u> {
    fn of(url: &'u str) -> Self {
        let (path, rest) = url.split_at(memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len()));
        let query = rest.strip_prefix('?').unwrap_or_default();
        let query = &query[..memchr(b'#', query.as_bytes()).unwrap_or(query.len())];
        Self { path: without_proxy(without_scheme(path)), query }
    }
}

/// A URL without `https://`, `http://` or `//` at its beginning.
fn without_scheme(url: &str) -> &str {
    let is_https = url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
    let rest = if is_https { &url[6..] } else { url.strip_prefix("http:").unwrap_or(url) };
    rest.strip_prefix("//").unwrap_or(url)
}

/// The host and the path of a picture without the host of WordPress that makes copies of it:
/// `i0.wp.com/a.example/b.jpg`.
fn without_proxy(path: &str) -> &str {
    match path.as_bytes() {
        [b'i', b'0'..=b'9', b'.', b'w', b'p', b'.', b'c', b'o', b'm', b'/', ..] => &path[10..],
        _ => path,
    }
}

fn is_same_path(one: &str, other: &str, relation: Relation) -> bool {
    // Most pictures of a page are in one folder.
    let (one_file, other_file) = (file(one), file(other));
    if one[..one.len() - one_file.len()] == other[..other.len() - other_file.len()] {
        return is_same_file(one_file, other_file, relation);
    }
    let (mut one, mut other) = (Folders::of(one), Folders::of(other));
    loop {
        if one.is_at_file() && other.is_at_file() {
            return is_same_file(one.rest, other.rest, relation);
        }
        if !one.is_at_file() && !other.is_at_file() && one.name() == other.name() {
            one.skip(1);
            other.skip(1);
            continue;
        }
        let sizes = (one.sizes(), other.sizes());
        if sizes == (0, 0) {
            return false;
        }
        one.skip(sizes.0);
        other.skip(sizes.1);
    }
}

/// The name of the file at the end of a path.
fn file(path: &str) -> &str {
    memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

/// The folders of a path that are still to be looked at, and the file.
struct Folders<'u> {
    /// The folder before the rest.
    before: &'u str,
    /// Whether only numbers stand between a `fit/c` and the rest.
    is_cut: bool,
    rest: &'u str,
}

impl<'u> Folders<'u> {
    fn of(path: &'u str) -> Self {
        Self { before: "", is_cut: false, rest: path }
    }

    fn is_at_file(&self) -> bool {
        !self.rest.contains('/')
    }

    fn name(&self) -> &'u str {
        self.rest.split('/').next().unwrap_or_default()
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            if let Some((name, rest)) = self.rest.split_once('/') {
                self.is_cut = (self.before, name) == ("fit", "c") || self.is_cut && is_number(name);
                (self.before, self.rest) = (name, rest);
            }
        }
    }

    /// The number of folders, from here on, that state a size together.
    fn sizes(&self) -> usize {
        let mut names = self.rest.split('/');
        let (name, next) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        if self.is_at_file() {
            return 0;
        }
        let states_size = match name {
            "freeze" => next == "max",
            // `fit/c/60/40`: cut to a width and a height.
            "c" => self.before == "fit" && is_number(next),
            "fit" if next == "c" => true,
            "fit-in" => is_width_by_height(next),
            name if is_number(name) => is_among(FOLDERS, self.before) || self.is_cut,
            name => is_among(FOLDERS, name) && is_number(next) || is_size_folder(name),
        };
        usize::from(states_size)
    }
}

/// Whether a folder alone states a size: `300x200`, `s320`, `w_300,c_fill`, `resize:fit:300`, `width=300`.
fn is_size_folder(name: &str) -> bool {
    const COLONS: [&str; 6] = ["resize:", "format:", "quality:", "q:", "rs:", "fit:"];
    is_width_by_height(name)
        || is_blogger_size(name)
        || COLONS.iter().any(|start| name.starts_with(start))
        || name.contains('_') && name.split(',').all(is_transformation)
        || name.contains('=') && name.split(',').all(is_size_parameter)
}

/// Whether a part of a folder is like the `w_300` of Cloudinary.
fn is_transformation(part: &str) -> bool {
    part.split_once('_').is_some_and(|(key, value)| !value.is_empty() && is_among(KEYS, key))
        || part.starts_with("e_blur")
}

/// Whether a text is like the `s320`, `s1600-h` or `w640-h480` of Blogger.
fn is_blogger_size(name: &str) -> bool {
    let mut parts = name.split('-');
    let is_length = |part: &str| part.starts_with(['s', 'w', 'h']) && is_number(&part[1..]);
    parts.next().is_some_and(is_length) && parts.all(|part| is_length(part) || is_short_word(part))
}

fn is_among(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn is_same_file(one: &str, other: &str, relation: Relation) -> bool {
    if one == other {
        return true;
    }
    // Most pictures in a row have names of their own: the first letters tell, unless a width comes first.
    if one.bytes().next() != other.bytes().next() && split_pixels(one).or(split_pixels(other)).is_none() {
        return false;
    }
    let (one, other) = (File::of(one), File::of(other));
    if one.name != other.name || !one.end.eq_ignore_ascii_case(other.end) {
        return false;
    }
    match (one.size, other.size) {
        _ if relation == Relation::Copies => true,
        // Numbers may count pictures: two of them are widths if none is near the other.
        (FileSize::Number(one), FileSize::Number(other)) => {
            one.max(other) >= one.min(other) + one.min(other) / 2
        }
        (FileSize::Number(_) | FileSize::Name(_), _) | (_, FileSize::Number(_) | FileSize::Name(_)) => false,
        _ => true,
    }
}

/// The name of a file in its parts.
struct File<'u> {
    name: &'u str,
    size: FileSize,
    /// The type, with its full stop.
    end: &'u str,
}

/// What the end of a file's name says about its size.
#[derive(Clone, Copy, PartialEq)]
enum FileSize {
    None,
    /// The sign is plain. The width in pixels, if it says one.
    Plain(Option<u32>),
    /// A number that may be a width.
    Number(u32),
    /// The index of a word in the list of names of sizes.
    Name(usize),
}

impl<'u> File<'u> {
    fn of(file: &'u str) -> Self {
        // `name=s600`, without a type: Google's.
        if let Some((name, size)) = file.rsplit_once('=').filter(|(_, size)| is_blogger_size(size)) {
            return Self { name, size: FileSize::Plain(first_number(size)), end: "" };
        }
        let (stem, end) = file.rfind('.').map_or((file, ""), |stop| file.split_at(stop));
        if let Some((width, name)) = split_pixels(stem) {
            return Self { name, size: FileSize::Plain(first_number(width)), end };
        }
        let (stem, density) = split_density(stem);
        let (name, size) = split_size(stem);
        let size = match (size, density) {
            (FileSize::None, Some(density)) => FileSize::Plain(Some(ORIGINAL + density)),
            (FileSize::Plain(width), Some(density)) => {
                FileSize::Plain(width.map(|width| width.saturating_mul(density)))
            }
            (size, _) => size,
        };
        Self { name, size, end }
    }
}

/// The width and the rest of a file's name such as `300px-Name`: Wikipedia's.
fn split_pixels(stem: &str) -> Option<(&str, &str)> {
    let (width, rest) = stem.split_at(stem.bytes().take_while(u8::is_ascii_digit).count());
    rest.strip_prefix("px-").filter(|_| is_number(width)).map(|name| (width, name))
}

/// A file's name before the `@2x` at its end, and the number in that.
fn split_density(stem: &str) -> (&str, Option<u32>) {
    match stem.as_bytes() {
        [.., b'@', digit @ b'1'..=b'9', b'x'] => (&stem[..stem.len() - 3], Some(u32::from(digit - b'0'))),
        _ => (stem, None),
    }
}

/// A file's name before the size at its end, and the size.
fn split_size(stem: &str) -> (&str, FileSize) {
    let Some(at) = stem.rfind(['-', '_']).filter(|&at| at > 0) else { return (stem, FileSize::None) };
    let end = &stem[at + 1..];
    let unit = end.strip_suffix("px").or_else(|| end.strip_suffix('w'));
    let size = if is_width_by_height(end) {
        FileSize::Plain(first_number(end))
    } else if end == "scaled" {
        FileSize::Plain(Some(2560))
    } else if let Some(width) = unit.filter(|width| width.len() > 1 && is_number(width)) {
        FileSize::Plain(first_number(width))
    } else if USUAL_WIDTHS.contains(&end) {
        first_number(end).map_or(FileSize::None, FileSize::Number)
    } else if let Some(index) = NAMES.iter().position(|name| end.eq_ignore_ascii_case(name)) {
        FileSize::Name(index)
    } else {
        FileSize::None
    };
    if size == FileSize::None { (stem, size) } else { (&stem[..at], size) }
}

fn is_same_query(one: &str, other: &str) -> bool {
    one == other || parameters(one).filter(not_of_size).eq(parameters(other).filter(not_of_size))
}

fn not_of_size(parameter: &&str) -> bool {
    !is_size_parameter(parameter)
}

fn parameters(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|parameter| !parameter.is_empty())
}

/// Whether a parameter states the size or the quality of a picture.
fn is_size_parameter(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        // `imageView2/2/w/640`: Qiniu's, which many Chinese sites use.
        return parameter.starts_with("imageView") || parameter.starts_with("imageMogr");
    };
    let number = value.strip_suffix("px").unwrap_or(value);
    let is_short_number =
        (1..=8).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_hash = value.len() >= 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name {
        // A size, or the signature of all parameters before it.
        "s" => is_short_number || is_hash,
        // The part of a picture that shows is part of what it is.
        "crop" => value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b',') || value.len() <= 1,
        name if is_among(WORDS, name) => true,
        "type" => is_width_of_naver(value),
        name => {
            is_among(NUMBERS, name)
                && (is_short_number || is_among(NAMES, value) || matches!(value, "auto" | "*"))
        }
    }
}

/// What a URL says about the size of its picture.
struct Size {
    /// The width in pixels.
    width: Option<u32>,
    /// The quality: 100 is the best.
    quality: u32,
}

impl Size {
    fn of(url: &str) -> Self {
        let Parts { path, query } = Parts::of(url);
        let mut size = Self { width: None, quality: 100 };
        let mut density = 1;
        for parameter in parameters(query) {
            let Some((name, value)) = parameter.split_once('=') else {
                size.width = size.width.or_else(|| number_after(parameter, "/w/"));
                continue;
            };
            let number = first_number(value);
            if is_among(WIDTHS, name) || name == "type" && is_width_of_naver(value) {
                size.width = size.width.or(number);
            } else if is_among(QUALITIES, name) {
                size.quality = number.unwrap_or(100);
            } else if name == "x-oss-process" {
                size.width = size.width.or_else(|| number_after(value, "w_"));
            } else if name == "dpr" {
                density = number.unwrap_or(1).max(1);
            }
        }
        size.width = size.width.or_else(|| width_in_path(path)).map(|width| width.saturating_mul(density));
        size
    }
}

/// The width that a folder or the name of a file states.
fn width_in_path(path: &str) -> Option<u32> {
    let mut folders = Folders::of(path);
    while !folders.is_at_file() {
        let name = folders.name();
        if folders.sizes() > 0 {
            let width = number_after(name, "w_").or_else(|| number_after(name, "width="));
            if let Some(width) = width.or_else(|| first_number(name)) {
                return Some(width);
            }
        }
        folders.skip(1);
    }
    match File::of(folders.rest).size {
        FileSize::None => None,
        FileSize::Plain(width) => width,
        FileSize::Number(width) => Some(width),
        // Words come in their order, below all numbers but those of icons.
        FileSize::Name(index) => u32::try_from(index).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_larger(smaller: &str, larger: &str, relation: Relation) {
        assert!(is_same_picture(smaller, larger, relation), "{smaller} {larger}");
        assert!(is_same_picture(larger, smaller, relation), "{larger} {smaller}");
        assert_eq!(compare_sizes(smaller, larger), Ordering::Less, "{smaller} {larger}");
        assert_eq!(compare_sizes(larger, smaller), Ordering::Greater, "{larger} {smaller}");
    }

    #[test]
    fn plain_signs_of_size() {
        for (smaller, larger) in [
            ("https://a.example/b.jpg?w=300", "http://a.example/b.jpg?w=900&q=80"),
            ("b.jpg?w=300&amp", "b.jpg?amp"),
            ("b.jpg?width=300px&height=auto", "b.jpg"),
            ("b.jpg?id=1&resize=300%2C200&ssl=1", "b.jpg?id=1&fit=1024%2C686&ssl=1"),
            ("b.jpg?w=900&q=20", "b.jpg?w=900&q=75"),
            ("b.jpg?w=600", "b.jpg?w=600&dpr=2"),
            ("b?imageView2/2/w/640", "b?imageView2/2/w/1240/format/webp"),
            ("b.jpg?x-oss-process=image/resize,w_300", "b.jpg?x-oss-process=image/resize,w_900"),
            (
                "b.jpg?width=216&s=0123456789abcdef0123456789abcdef",
                "b.jpg?width=960&s=ffffffffffffffff0123456789abcdef",
            ),
            ("https://i0.wp.com/a.example/b.jpg?w=300", "https://a.example/b.jpg"),
            ("https://i0.wp.com/a.example/b.jpg?w=300", "https://i2.wp.com/a.example/b.jpg?w=600"),
            ("b-300x200.jpg", "b-1024x683.jpg"),
            ("b-300x200.jpg", "b.jpg"),
            ("b-scaled.jpg", "b.jpg"),
            ("tea-3456_640.jpg", "tea-3456_1280.jpg"),
            ("b_300x.jpg", "b_600x.jpg"),
            ("b-300w.jpg", "b-1200w.jpg"),
            ("b.jpg", "b@2x.jpg"),
            ("b-300x200.jpg", "b-300x200@2x.jpg"),
            ("/freeze/max/60/1*b.jpeg?q=20", "/max/1400/1*b.jpeg"),
            ("/v2/resize:fit:640/format:webp/1*b.png", "/v2/resize:fit:1400/1*b.png"),
            ("/fit/c/60/60/b", "/fit/c/120/120/b"),
            ("/max/60/b", "/b"),
            ("/upload/w_300,c_fill/v1/b.jpg", "/upload/v1/b.jpg"),
            ("/upload/w_300/v1/b.jpg", "/upload/w_900,q_auto:good/v1/b.jpg"),
            ("/a/s320/b.jpg", "/a/s1600-h/b.jpg"),
            ("/a/w640-h480/b.jpg", "/a/s1600/b.jpg"),
            ("/b=s600", "/b=w1600-h900-no"),
            ("/thumb/b.jpg/300px-b.jpg", "/thumb/b.jpg/600px-b.jpg"),
            ("/cdn-cgi/image/width=300,quality=75/b.jpg", "/cdn-cgi/image/width=900,quality=75/b.jpg"),
            ("/fit-in/300x200/b.jpg", "/fit-in/600x400/b.jpg"),
            ("b.jpg?type=w80_blur", "b.jpg?type=w773"),
            ("b.jpg?type=w80_blur", "b.jpg"),
        ] {
            assert_larger(smaller, larger, Relation::Neighbours);
        }
    }

    #[test]
    fn signs_that_count_between_copies_alone() {
        for (smaller, larger) in [
            ("b_640.jpg", "b.jpg"),
            ("b-thumb.jpg", "b.jpg"),
            ("b_small.jpg", "b_large.jpg"),
            ("b-640.jpg", "b-680.jpg"),
        ] {
            assert_larger(smaller, larger, Relation::Copies);
            assert!(!is_same_picture(smaller, larger, Relation::Neighbours), "{smaller} {larger}");
        }
    }

    #[test]
    fn what_tells_two_pictures_apart() {
        for (one, other) in [
            ("b.jpg?id=1", "b.jpg?id=2"),
            ("b.jpg?id=1", "b.jpg"),
            ("b.jpg?w=abc", "b.jpg?w=def"),
            ("b.jpg?type=white", "b.jpg?type=w80"),
            ("b.jpg?crop=0,0,9,9", "b.jpg?crop=9,9,9,9"),
            ("2019/05/b.jpg", "2019/06/b.jpg"),
            ("/12/13/b.jpg", "/12/14/b.jpg"),
            ("/c/12/b.jpg", "/c/13/b.jpg"),
            ("x_1/b.jpg", "x_2/b.jpg"),
            ("b-1.jpg", "b-2.jpg"),
            ("b-300x200.jpg", "c-300x200.jpg"),
            ("b.jpg", "b.png"),
            ("a/b.jpg", "b.jpg"),
            ("b-300x200-1.jpg", "b-300x200.jpg"),
            ("", "b.jpg"),
        ] {
            assert!(!is_same_picture(one, other, Relation::Copies), "{one} {other}");
        }
    }
}
