//! What stands at the beginnings of lines: the markers of items, quotations and definitions.

use super::spans;

/// Whether the text is one item of a list, on one line.
pub(super) fn is_one_item(text: &str) -> bool {
    let text = text.trim_ascii();
    !text.contains('\n') && spans::marker_length(text).is_some()
}

/// Whether a line begins with a colon and is text: a definition has a blank after it. The line below the
/// head of a table may begin with one too.
pub(super) fn is_no_definition(content: &str) -> bool {
    let Some(after) = content.strip_prefix(':') else { return false };
    let is_definition = after.starts_with([' ', '\t']);
    let is_head = content.contains('-') && content.bytes().all(|byte| b":-| \t".contains(&byte));
    !is_definition && !is_head
}

/// The length of the markers of lists, quotations, definitions and footnotes at the start of the text, with
/// the white space after them.
pub(super) fn markers_length(content: &str) -> usize {
    let mut rest = content;
    loop {
        let length = spans::marker_length(rest).or_else(|| match rest.as_bytes().first()? {
            b'>' | b':' => Some(1),
            b'[' if rest.starts_with("[^") => rest.find("]:").map(|at| at + 2),
            _ => None,
        });
        let Some(length) = length else { return content.len() - rest.len() };
        rest = rest[length..].trim_start_matches([' ', '\t']);
    }
}
