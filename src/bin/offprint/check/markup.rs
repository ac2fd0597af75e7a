//! What the source of a body says that the article does not: which `<img>` has no `alt`, which ids there are,
//! and where links to points of the page stand.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::percent;

/// The `<img>` tags that have no `alt`, and do not say in another way that no text is needed.
#[derive(Default)]
pub(super) struct BareImages(HashMap<String, VecDeque<usize>>);

impl BareImages {
    /// Those of a body, in one pass, but for tags that are shown as code.
    pub(super) fn of(body: &str, code: &HashSet<&str>) -> Self {
        let mut images = Self::default();
        for (tag, attributes) in ImageTags::of(body) {
            if attributes.is_bare() && !code.contains(&body[tag.clone()]) {
                images.add(&attributes, tag.start);
            }
        }
        images
    }

    fn add(&mut self, attributes: &Attributes<'_>, start: usize) {
        let urls = attributes.0.iter().flat_map(|(_, value)| value.split_ascii_whitespace());
        let keys: HashSet<String> = urls.map(|url| file_name(url.trim_end_matches(','))).collect();
        for key in keys {
            self.0.entry(key).or_default().push_back(start);
        }
    }

    /// Where the next of them stands in the body that has this URL, whatever the URL is resolved against.
    pub(super) fn next(&mut self, url: &str) -> Option<usize> {
        self.0.get_mut(&file_name(url))?.pop_front()
    }
}

/// The `<img>` tags of a text.
pub(super) fn image_tags(text: &str) -> impl Iterator<Item = &str> {
    ImageTags::of(text).map(|(tag, _)| &text[tag])
}

/// The `<img>` tags of a text: where each stands, and its attributes.
struct ImageTags<'s> {
    text: &'s str,
    /// How far the text has been read.
    at: usize,
}

impl<'s> ImageTags<'s> {
    fn of(text: &'s str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'s> Iterator for ImageTags<'s> {
    type Item = (Range<usize>, Attributes<'s>);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.text;
        loop {
            let start = self.at + memchr(b'<', &text.as_bytes()[self.at..])?;
            self.at = start + 1;
            let Some(attributes) = after_name(&text[self.at..], "img") else { continue };
            // A tag that does not end is text, or nothing.
            let Some((attributes, rest)) = Attributes::read(attributes) else {
                self.at = text.len();
                return None;
            };
            self.at = text.len() - rest.len();
            return Some((start..self.at, attributes));
        }
    }
}

/// The last part of the path of a URL.
fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    percent::decoded(path.rsplit('/').next().unwrap_or_default()).into_owned()
}

/// What follows the name of a tag, if it is this one.
fn after_name<'s>(text: &'s str, name: &str) -> Option<&'s str> {
    let found = text.get(..name.len())?;
    let rest = &text[name.len()..];
    let ends = rest.starts_with(|next: char| next.is_ascii_whitespace() || next == '/');
    (found.eq_ignore_ascii_case(name) && ends).then_some(rest)
}

/// The names and the values of the attributes of a tag, as they are written.
struct Attributes<'s>(Vec<(&'s str, &'s str)>);

impl<'s> Attributes<'s> {
    /// Reads up to the end of the tag; also what follows it. `None` if the tag does not end.
    fn read(mut rest: &'s str) -> Option<(Self, &'s str)> {
        let mut list = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return Some((Self(list), after));
            }
            let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
            // A name may begin with `=`.
            let end = rest.char_indices().skip(1).find(|(_, c)| is_end(*c))?.0;
            let name = &rest[..end];
            rest = rest[end..].trim_ascii_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                (value, rest) = value_of(after.trim_ascii_start())?;
            }
            list.push((name, value));
        }
    }

    fn get(&self, name: &str) -> Option<&'s str> {
        self.0.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// Whether an image with these attributes has no text, and does not say that it needs none.
    fn is_bare(&self) -> bool {
        let is_decoration = self.get("role").is_some_and(|role| matches!(role, "presentation" | "none"))
            || self.get("aria-hidden") == Some("true");
        !is_decoration && ["alt", "aria-label", "aria-labelledby"].iter().all(|name| self.get(name).is_none())
    }
}

/// The value of an attribute, and what follows it. `None` if it does not end.
fn value_of(text: &str) -> Option<(&str, &str)> {
    let first = *text.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        let end = 1 + memchr(first, &text.as_bytes()[1..])?;
        return Some((&text[1..end], &text[end + 1..]));
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
    Some(text.split_at(end))
}

/// What stands in a body as an id, or as the name of an anchor: in `id="x"`, `name=x`, `{#x}` and
/// `{: .a #x}`.
pub(super) fn ids(body: &str) -> HashSet<&str> {
    let mut ids = HashSet::new();
    for at in memchr_iter(b'=', body.as_bytes()) {
        let before = body[..at].trim_ascii_end().as_bytes();
        let is_id = [&b"id"[..], b"name"].iter().any(|name| {
            let split = before.len().checked_sub(name.len()).map(|start| before.split_at(start));
            split.is_some_and(|(rest, found)| {
                found.eq_ignore_ascii_case(name) && !rest.last().copied().is_some_and(is_part_of_name)
            })
        });
        if is_id {
            let value = beginning(body[at + 1..].trim_ascii_start());
            ids.extend(value_of(value).map(|(value, _)| value.trim_ascii()));
        }
    }
    for at in memchr_iter(b'#', body.as_bytes()) {
        let before = &body.as_bytes()[at.saturating_sub(MOST_BYTES)..at];
        let open = before.iter().rev().find(|byte| matches!(byte, b'{' | b'}' | b'\n'));
        if open == Some(&b'{') {
            ids.insert(token(&body[at + 1..]));
        }
    }
    ids
}

/// The most bytes of an attribute that are looked at for an id: what never ends must not be read again and
/// again.
const MOST_BYTES: usize = 512;

/// As much of a text as is looked at for an id.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.') || !byte.is_ascii()
}

/// Where the first link to each of these points stands in a body: the sign `#` of its fragment.
pub(super) fn fragments(body: &str) -> HashMap<&str, usize> {
    let mut sure = HashMap::new();
    let mut likely = HashMap::new();
    for at in memchr_iter(b'#', body.as_bytes()) {
        let fragment = token(&body[at + 1..]);
        let fragment = fragment.split(":~:").next().unwrap_or_default();
        match body.as_bytes()[..at].last() {
            // A value, a destination of Markdown, or the end of a URL.
            Some(b'"' | b'\'' | b'=' | b'(' | b'<' | b'/' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') => {
                sure.entry(fragment).or_insert(at);
            }
            // A definition of Markdown, or a word.
            _ => {
                likely.entry(fragment).or_insert(at);
            }
        }
    }
    likely.extend(sure);
    likely
}

/// What a fragment or an id can be, from here on.
fn token(text: &str) -> &str {
    let is_end = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '{' | '}' | ']' | '#')
    };
    text.split(is_end).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_without_alt_are_known_by_the_names_of_their_files() {
        let body = "<p><IMG class=x data-src='https://e.org/a%20b/tea.jpg?w=1'><img alt src=pot.png>\
                    <img src='cup.png' alt=''><img\nsrc=cup.png><img role=none src=c.png><imgs src=d.png>\
                    <img src=\"e.png\" / title = 'a > b'><img src=tea.jpg><img src=g.png><img src=f.png";
        let mut images = BareImages::of(body, &HashSet::from(["<img src=g.png>"]));
        let mut next = |url: &str| images.next(url).map(|at| &body[at..][..9]);
        assert_eq!(next("https://e.org/tea.jpg"), Some("<IMG clas"));
        assert_eq!(next("tea.jpg"), Some("<img src="));
        assert_eq!(next("tea.jpg"), None);
        assert_eq!(next("https://e.org/cup.png"), Some("<img\nsrc="));
        assert_eq!(next("e.png#x"), Some("<img src="));
        for other in ["pot.png", "cup.png", "c.png", "d.png", "f.png", "g.png"] {
            assert_eq!(next(other), None, "{other}");
        }
    }

    #[test]
    fn ids_are_found_however_they_are_written() {
        let body = "<p id=a><p ID = \"b c\"><a name='d'></a><p data-id=e uid=f>{#g} {: #h .i} {:.j #k} #l id";
        let mut found: Vec<_> = ids(body).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, ["a", "b c", "d", "g", "h", "k"]);
    }

    #[test]
    fn the_first_link_to_a_point_is_found() {
        let body = "see #a or <a href=\"#a\">a</a> [b](#b \"t\") [b](#b) [c]: #c\n<https://e.org/#d>";
        let found = fragments(body);
        let at = |fragment: &str| found.get(fragment).map(|at| &body[at - 1..][..3]);
        assert_eq!(
            (at("a"), at("b"), at("c"), at("d")),
            (Some("\"#a"), Some("(#b"), Some(" #c"), Some("/#d"))
        );
        assert_eq!(at("e"), None);
    }
}
