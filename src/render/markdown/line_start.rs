//! Lines that would begin a block.

use std::cell::OnceCell;

/// Finds the lines of a text that would begin a block.
pub(super) struct LineStarts<'t> {
    text: &'t str,
    /// Where the last `]:` of a link reference definition is, once it matters.
    definition: OnceCell<Option<usize>>,
}

impl<'t> LineStarts<'t> {
    #[inline]
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, definition: OnceCell::new() }
    }

    /// The index of the character that makes the line from this index on the beginning of a block.
    #[inline]
    pub(super) fn block_start(&self, line: usize) -> Option<usize> {
        if may_begin_block(*self.text.as_bytes().get(line)?) { self.rare(line) } else { None }
    }

    #[cold]
    fn rare(&self, line: usize) -> Option<usize> {
        let rest = &self.text[line..];
        if rest.starts_with('[') {
            let last = self.definition.get_or_init(|| self.text.rfind("]:"));
            return (*last > Some(line)).then_some(line);
        }
        find_block_start(rest).map(|index| line + index)
    }
}

/// Whether a line that begins with this character may be the beginning of a block.
#[inline]
pub(super) fn may_begin_block(first: u8) -> bool {
    matches!(first, b'#' | b'+' | b'-' | b'0'..=b':' | b'=' | b'>' | b'[' | b'^' | b'|' | b'~')
}

/// The index of the character that makes a line the beginning of a block: a list item, a heading, a
/// quotation, a thematic break, a code fence, or the underline of a heading or of the head of a table.
fn find_block_start(text: &str) -> Option<usize> {
    let line = text.split('\n').next().unwrap_or_default();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let first = *line.as_bytes().first()?;
    let is_start = match first {
        b'>' => true,
        b'#' => {
            let rest = line.trim_start_matches('#');
            line.len() - rest.len() <= 6 && ends(rest)
        }
        b'~' => line.starts_with("~~~"),
        // Extensions: a colon begins a definition, and a caret alone on its line ends a list.
        b'-' | b'+' | b':' if ends(&line[1..]) => true,
        b'^' => line == "^",
        // Colons alone are the fence of a container.
        b':' if !line.contains('-') => false,
        // The underline of a heading, or of the head of a table.
        b'-' | b'=' | b':' | b'|' => line.bytes().all(|byte| b"-=:| \t".contains(&byte)),
        b'0'..=b'9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let is_item = digits <= 9 && line[digits..].starts_with(['.', ')']) && ends(&line[digits + 1..]);
            return is_item.then_some(digits);
        }
        _ => false,
    };
    is_start.then_some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_a_block_by_its_first_character_that_is_markup() {
        for (line, index) in [
            ("", None),
            (">", Some(0)),
            ("#", Some(0)),
            ("###### a", Some(0)),
            ("#######", None),
            ("#a", None),
            ("~~~a", Some(0)),
            ("~~a", None),
            ("-\ta", Some(0)),
            ("+", Some(0)),
            ("-a", None),
            ("+-", None),
            ("= = ", Some(0)),
            ("=a", None),
            (":-:|", Some(0)),
            (": a", Some(0)),
            (":a:", None),
            (":::", None),
            ("^", Some(0)),
            ("^a", None),
            ("1. ", Some(1)),
            ("12)", Some(2)),
            ("123456789.", Some(9)),
            ("1234567890.", None),
            ("1.a", None),
            ("1", None),
            ("a", None),
            ("a\n#", None),
        ] {
            assert_eq!(find_block_start(line), index, "{line:?}");
        }
    }
}
