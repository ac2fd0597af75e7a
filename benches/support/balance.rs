//! Whether markup is balanced.

/// Elements that have no end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Whether each start tag has its own end tag, in order. A rough reader for real posts: what it does not
/// know as markup is text.
pub(crate) fn is_balanced(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let is_end = rest.starts_with('/');
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        if !tag.starts_with(|char: char| char.is_ascii_alphabetic()) {
            continue;
        }
        let name =
            &tag[..tag.find(|char: char| char.is_ascii_whitespace() || "/>".contains(char)).unwrap_or(0)];
        rest = after_tag(&tag[name.len()..]);
        if is_end {
            if open.pop().is_none_or(|open| !open.eq_ignore_ascii_case(name)) {
                return false;
            }
        } else if !VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
            open.push(name);
        }
    }
    open.is_empty()
}

/// What follows a tag's `>`, which may stand in quotes before.
fn after_tag(attributes: &str) -> &str {
    let mut quote = None;
    for (at, char) in attributes.char_indices() {
        match (quote, char) {
            (None, '>') => return &attributes[at + 1..],
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
    }
    ""
}
