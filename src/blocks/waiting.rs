//! The attributes of an image in which a URL waits for a script.

use std::borrow::Cow;

use super::placeholder::{Worth, worth};
use super::word_set::WordSet;
use crate::equal::is_equal;
use crate::html::event::{Attributes, NamePrefix, RawAttribute, lower_case};
use crate::url::{clean, split_scheme};
use crate::word_list::words;

const URLS: &[&str] = words!("placeholders.txt", "attributes with the URL");
const OTHER_SIZES: &[&str] = words!("placeholders.txt", "attributes with another size");
const OTHER_SIZES_OR_IMAGES: &[&str] =
    words!("placeholders.txt", "attributes with another size or another image");
const UNSURE: &[&str] = words!("placeholders.txt", "attributes that may hold the URL");
static OF_SOMETHING_ELSE: WordSet<1> =
    WordSet::of([words!("placeholders.txt", "attributes of something else")]);

/// What an attribute holds, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The URL that a script puts into `src`. The position in the list of such attributes.
    Url(u8),
    /// The name looks like that of such an attribute.
    Alike,
    /// The same image in another size.
    OtherSize(u8),
    /// The same image in another size, or another image.
    OtherSizeOrImage,
    /// The URL of the image, or something else.
    Unsure,
    /// The candidates that a script puts into `srcset`.
    Srcset,
    /// Any other attribute.
    Other,
}

/// The role of an attribute by its name; `None` if it has none.
#[expect(clippy::inline_always, reason = "asked in the loop over the attributes of an image")]
#[inline(always)]
pub(super) fn role(attr: RawAttribute<'_, '_>) -> Option<Role> {
    // Most attributes beside those that every image has are not about its URL.
    let (prefix, name) = (attr.prefix(), attr.name_bytes());
    let may_have_role =
        may_be_listed(prefix, name.len()) || may_be_alike(prefix, name.len()) && has_src(name);
    if may_have_role { role_of(prefix, &lower_case(attr.name())) } else { None }
}

/// The same for a name in lower case.
#[inline(never)]
fn role_of(prefix: NamePrefix, name: &str) -> Option<Role> {
    if may_be_listed(prefix, name.len()) {
        let mut alike = LISTED.names[letter(prefix)].iter().map_while(Option::as_ref);
        if let Some((_, role)) = alike.find(|(listed, _)| is_equal(listed, name)) {
            return Some(*role);
        }
    }
    let is_lazy_name = name.starts_with("data-") || name.contains("lazy");
    if !is_lazy_name || !has_src(name.as_bytes()) || is_of_something_else(name) {
        return None;
    }
    Some(if name.ends_with("set") { Role::Srcset } else { Role::Alike })
}

/// The names in the lists, and how they look.
struct Listed {
    /// The names with each [letter](letter).
    names: [[Option<(&'static str, Role)>; MOST_ALIKE]; 32],
    /// For each letter, a bit for each length of a name.
    lengths: [u32; 32],
}

/// The most names in the lists that have one letter.
const MOST_ALIKE: usize = 12;

static LISTED: Listed = {
    let mut listed = Listed { names: [[None; MOST_ALIKE]; 32], lengths: [0; 32] };
    let mut list = 0;
    while list < 4 {
        let names = [URLS, OTHER_SIZES, UNSURE, OTHER_SIZES_OR_IMAGES][list];
        let mut index = 0;
        while index < names.len() {
            let name = names[index];
            assert!(name.len() < 32 && names.len() < 256, "a name is shorter than that, and so is a list");
            #[expect(clippy::cast_possible_truncation, reason = "the list is shorter than 256")]
            let role = match list {
                0 => Role::Url(index as u8),
                1 => Role::OtherSize(index as u8),
                2 => Role::Unsure,
                _ => Role::OtherSizeOrImage,
            };
            let letter = letter(NamePrefix::of(name.as_bytes()));
            listed.lengths[letter] |= 1 << name.len();
            let mut slot = 0;
            while listed.names[letter][slot].is_some() {
                slot += 1;
            }
            listed.names[letter][slot] = Some((name, role));
            index += 1;
        }
        list += 1;
    }
    listed
};

/// Whether an attribute may be in one of the lists: a quick look at the length of its name and one letter.
#[inline]
fn may_be_listed(prefix: NamePrefix, length: usize) -> bool {
    length < 32 && LISTED.lengths[letter(prefix)] & 1 << length != 0
}

/// The number, below 32, of the first letter of a name, or of that after `data-`.
#[inline]
const fn letter(prefix: NamePrefix) -> usize {
    let at = if is_data(prefix) { DATA.len() } else { 0 };
    (prefix.bytes()[at] % 32) as usize
}

const DATA: &str = "data-";

#[inline]
const fn is_data(prefix: NamePrefix) -> bool {
    NamePrefix::of(DATA.as_bytes()).begins(DATA.len(), prefix)
}

/// Whether an attribute that is in no list may have a role, if `src` is in its name: that begins with
/// `data-`, or holds `lazy` too.
#[inline]
fn may_be_alike(prefix: NamePrefix, length: usize) -> bool {
    is_data(prefix) || length >= "lazysrc".len()
}

/// Whether `src`, in any case, is in a name.
#[inline]
fn has_src(name: &[u8]) -> bool {
    let is_src =
        |start: usize| name.get(start..start + 3).is_some_and(|part| part.eq_ignore_ascii_case(b"src"));
    // It covers one of every three letters.
    let mut at = 2;
    while let Some(letter) = name.get(at) {
        let may_start = match letter | 0x20 {
            b's' => Some(at),
            b'r' => Some(at - 1),
            b'c' => Some(at - 2),
            _ => None,
        };
        if may_start.is_some_and(is_src) {
            return true;
        }
        at += 3;
    }
    false
}

fn is_of_something_else(name: &str) -> bool {
    let mut words = name.as_bytes().split(|byte| matches!(byte, b'-' | b'_'));
    words.any(|word| OF_SOMETHING_ELSE.may_hold(word) && OF_SOMETHING_ELSE.holds_in(0, word))
}

/// The URL in the value of an attribute with this role; `None` if it holds something else. If `src` holds the
/// URL of a file, `has_file` is true, and only what is plainly the same image counts.
pub(super) fn url_in(role: Role, value: Cow<'_, str>, has_file: bool) -> Option<Cow<'_, str>> {
    // Nearly all values begin like this.
    if matches!(role, Role::Url(_)) && value.starts_with("http") {
        return Some(value);
    }
    let start = value.trim_ascii_start();
    if start.starts_with(['{', '[']) && !start.starts_with("{{") {
        return if has_file { None } else { url_in_json(&value).map(Cow::Owned) };
    }
    let value = clean(value);
    let is_url = match role {
        Role::Url(_) => may_be_url(&value),
        Role::Alike | Role::OtherSize(_) => is_like_url(&value),
        Role::OtherSizeOrImage => has_file && is_image_url(&value),
        Role::Unsure if has_file => is_image_url(&value),
        Role::Unsure => is_like_url(&value) && !is_page(&value),
        Role::Other => is_image_url(&value),
        Role::Srcset => false,
    };
    is_url.then_some(value)
}

/// Calls `found` with the value of each attribute that is plainly the URL of an image, of those that have no
/// role by their names.
pub(super) fn find_in_other_attributes<'a>(attrs: &Attributes<'a>, mut found: impl FnMut(Cow<'a, str>)) {
    let mut seen: Vec<String> = Vec::new();
    attrs.for_each(|attr| {
        let name = lower_case(attr.name());
        // Of two attributes with one name, the first one counts.
        if !name.starts_with("data-") || seen.iter().any(|other| *other == name) {
            return;
        }
        seen.push(name.clone().into_owned());
        if role(attr).is_none() && !is_of_something_else(&name) {
            let value = clean(attr.value());
            if is_image_url(&value) {
                found(value);
            }
        }
    });
}

/// Whether a value may be a URL, and is no setting.
fn may_be_url(value: &str) -> bool {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_setting = ["lazy", "auto", "eager", "yes", "no", "on", "off", "loaded"].contains(&value);
    !is_number && !is_setting && (is_like_url(value) || !value.contains(char::is_whitespace))
}

/// Whether a value has the form of a URL.
fn is_like_url(value: &str) -> bool {
    has_image_type(value)
        || value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with("../")
        || split_scheme(value).is_some()
        || !value.contains(char::is_whitespace) && value.contains('/')
}

/// Whether a URL is plainly that of an image: it has the form of a URL, and ends like a file of an image.
fn is_image_url(value: &str) -> bool {
    has_image_type(value) && !value.contains(['{', '<', '"']) && worth(value) == Worth::File
}

/// Whether a URL ends like that of a page.
fn is_page(url: &str) -> bool {
    let path = path(url).to_ascii_lowercase();
    [".html", ".htm", ".php", ".asp", ".aspx", ".mp4", ".json", ".js", "/"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Whether the path of a URL ends with the type of an image.
fn has_image_type(url: &str) -> bool {
    const TYPES: [&str; 10] = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "jfif", "tiff"];
    let Some((name, end)) = path(url).rsplit_once('.') else { return false };
    !name.is_empty() && TYPES.iter().any(|known| end.eq_ignore_ascii_case(known))
}

fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The first text in a piece of JSON that is the URL of an image.
fn url_in_json(json: &str) -> Option<String> {
    let mut rest = json;
    let mut fallback = None;
    while let Some(start) = rest.find('"') {
        rest = &rest[start + 1..];
        let end = end_of_string(rest)?;
        let text = unescaped(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
        if is_image_url(&text) {
            return Some(text);
        }
        let is_web = text.starts_with("https://") || text.starts_with("http://") || text.starts_with("//");
        if is_web && fallback.is_none() && worth(&text) == Worth::File && !is_page(&text) {
            fallback = Some(text);
        }
    }
    fallback
}

/// Where a string of JSON ends, which begins with `text`.
fn end_of_string(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })
}

/// A string of JSON without the escapes that stand in URLs.
fn unescaped(text: &str) -> String {
    text.replace("\\/", "/").replace("\\u0026", "&").replace("\\u003d", "=")
}
