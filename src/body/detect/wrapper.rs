//! Articles that stand in one element, as those do that were taken from pages.

use memchr::{memchr, memchr_iter, memrchr_iter};

use crate::equal::is_equal;

/// How far from the start and the end of the body the tags of the element's name are counted.
///
/// An article in one element is passed over for what these bytes cost. What is misread is a body that begins
/// with one long `<div>`, ends with another long one, and has Markdown between them.
const WINDOW: usize = 192;

/// The longest name of an element that articles stand in.
const LONGEST_NAME: usize = 16;

/// Whether the body stands in one element: its first tag belongs to the last one.
pub(super) fn stands_in_one_element(body: &str) -> bool {
    let body = body.as_bytes().trim_ascii();
    let Some(name) = name(body) else { return false };
    let is_closed = body
        .strip_suffix(b">")
        .and_then(|body| body.strip_suffix(name))
        .is_some_and(|body| body.ends_with(b"</"));
    is_closed && holds_articles(name) && !asks_for_markdown(body) && begins(body, name) && ends(body, name)
}

/// The name of the element whose start tag a body begins with.
fn name(body: &[u8]) -> Option<&[u8]> {
    let rest = body.strip_prefix(b"<")?;
    let end = rest.iter().take(LONGEST_NAME).position(|byte| !byte.is_ascii_alphanumeric())?;
    Some(&rest[..end])
}

/// Whether whole articles stand in elements of this name. Others, such as `<p>` and `<figure>`, are parts of
/// one: that a body begins and ends with such an element says nothing.
fn holds_articles(name: &[u8]) -> bool {
    matches!(name, b"div" | b"article" | b"section" | b"main" | b"body" | b"center")
}

/// Whether the tag that a body begins with has an attribute `markdown`.
fn asks_for_markdown(body: &[u8]) -> bool {
    let tag = &body[..memchr(b'>', body).unwrap_or(body.len())];
    memchr_iter(b'=', tag).any(|sign| tag[..sign].trim_ascii_end().ends_with(b"markdown"))
}

/// Whether the first element goes on for as long as is looked, or to the end of the body.
fn begins(body: &[u8], name: &[u8]) -> bool {
    let window = &body[..body.len().min(WINDOW)];
    let mut open = 0_usize;
    for start in memchr_iter(b'<', window) {
        match kind(&body[start + 1..], name) {
            Kind::Start => open += 1,
            Kind::End if open <= 1 => return open == 1 && start + "</>".len() + name.len() == body.len(),
            Kind::End => open -= 1,
            Kind::Other => {}
        }
    }
    true
}

/// Whether the last element began before what is looked at, or at the start of the body.
fn ends(body: &[u8], name: &[u8]) -> bool {
    let content = &body[..body.len() - "</>".len() - name.len()];
    let from = content.len().saturating_sub(WINDOW);
    let mut open = 1_usize;
    for start in memrchr_iter(b'<', &content[from..]).map(|start| from + start) {
        match kind(&body[start + 1..], name) {
            Kind::Start if open == 1 => return start == 0,
            Kind::Start => open -= 1,
            Kind::End => open += 1,
            Kind::Other => {}
        }
    }
    true
}

enum Kind {
    Start,
    End,
    Other,
}

/// What a tag is, after its `<`, to the elements of a name.
#[inline]
fn kind(tag: &[u8], name: &[u8]) -> Kind {
    let (kind, rest) = match tag {
        [b'/', rest @ ..] => (Kind::End, rest),
        rest => (Kind::Start, rest),
    };
    match rest.split_at_checked(name.len()) {
        Some((its_name, [next, ..]))
            if is_equal(its_name, name) && !next.is_ascii_alphanumeric() && *next != b'-' =>
        {
            kind
        }
        _ => Kind::Other,
    }
}
