//! The attributes of an image in which a URL waits for a script.

use std::borrow::Cow;

use super::placeholder::{Worth, worth};
use crate::html::event::{Attributes, lower_case};
use crate::url::{clean, split_scheme};
use crate::word_list::words;

const URLS: &[&str] = words!("placeholders.txt", "attributes with the URL");
const OTHER_SIZES: &[&str] = words!("placeholders.txt", "attributes with another size");
const UNSURE: &[&str] = words!("placeholders.txt", "attributes that may hold the URL");
const OF_SOMETHING_ELSE: &[&str] = words!("placeholders.txt", "attributes of something else");

/// What an attribute holds, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The URL that a script puts into `src`. The position in the list of such attributes.
    Url(u8),
    /// The name looks like that of such an attribute.
    Alike,
    /// The same image in another size.
    OtherSize(u8),
    /// The URL of the image, or something else.
    Unsure,
    /// The candidates that a script puts into `srcset`.
    Srcset,
    /// Any other attribute.
    Other,
}

/// The role of an attribute with this name in any case; `None` if it has none.
#[inline]
pub(super) fn role(name: &str) -> Option<Role> {
    // Most attributes beside those that every image has are not about its URL.
    if may_be_listed(name.as_bytes()) || has_src(name.as_bytes()) { role_of(&lower_case(name)) } else { None }
}

/// The same for a name in lower case.
#[inline(never)]
fn role_of(name: &str) -> Option<Role> {
    let listed = if may_be_listed(name.as_bytes()) { listed_role(name) } else { None };
    if listed.is_some() {
        return listed;
    }
    let is_lazy_name = name.starts_with("data-") || name.contains("lazy");
    if !is_lazy_name || !has_src(name.as_bytes()) || is_of_something_else(name) {
        return None;
    }
    Some(if name.ends_with("set") { Role::Srcset } else { Role::Alike })
}

/// The role of an attribute with this name, if it is in one of the lists.
fn listed_role(name: &str) -> Option<Role> {
    let position =
        |names: &[&str]| names.iter().position(|known| *known == name).and_then(|at| u8::try_from(at).ok());
    let role = position(URLS).map(Role::Url).or_else(|| position(OTHER_SIZES).map(Role::OtherSize));
    role.or_else(|| UNSURE.contains(&name).then_some(Role::Unsure))
}

/// Whether an attribute with this name may be in one of the lists: a quick look at its length and one letter.
#[inline]
fn may_be_listed(name: &[u8]) -> bool {
    const LISTS: [&[&str]; 3] = [URLS, OTHER_SIZES, UNSURE];
    /// For each first letter after `data-`, a bit for each length of a name.
    const LENGTHS: [u32; 32] = {
        let mut lengths = [0; 32];
        let mut list = 0;
        while list < LISTS.len() {
            let mut index = 0;
            while index < LISTS[list].len() {
                let name = LISTS[list][index].as_bytes();
                assert!(name.len() < 32, "a name is shorter than that");
                lengths[first_letter(name)] |= 1 << name.len();
                index += 1;
            }
            list += 1;
        }
        lengths
    };
    name.len() < 32 && LENGTHS[first_letter(name)] & 1 << name.len() != 0
}

/// The number, below 32, of the first letter of a name after `data-`, in any case.
#[inline]
const fn first_letter(name: &[u8]) -> usize {
    let letter = match name {
        [b'd' | b'D', b'a' | b'A', b't' | b'T', b'a' | b'A', b'-', letter, ..] | [letter, ..] => *letter,
        [] => 0,
    };
    (letter % 32) as usize
}

/// Whether `src`, in any case, is in a name.
#[inline]
fn has_src(name: &[u8]) -> bool {
    name.iter().enumerate().any(|(at, letter)| {
        matches!(letter, b'c' | b'C') && matches!(name[..at], [.., b's' | b'S', b'r' | b'R'])
    })
}

fn is_of_something_else(name: &str) -> bool {
    name.split(['-', '_']).any(|word| OF_SOMETHING_ELSE.contains(&word))
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
        if role_of(&name).is_none() && !is_of_something_else(&name) {
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
