//! Characters that would be taken for markup, and are escaped.

use std::cell::OnceCell;
use std::fmt::Write;

use super::context::Parent;
use super::punctuation::is_surely_word;

/// What is around a part of a text.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they have nothing to do with one another")]
pub(super) struct Edges {
    /// Whether nothing is before it.
    pub(super) is_first: bool,
    /// Whether its first character is written as a reference.
    pub(super) encode_first: bool,
    /// Whether its last character is.
    pub(super) encode_last: bool,
    /// Whether the `[` of a link follows.
    pub(super) before_bracket: bool,
    /// Whether nothing follows.
    pub(super) is_last: bool,
    /// Whether it is in the text of a link or of an image.
    pub(super) in_link: bool,
    /// Whether a `~` may find a partner.
    pub(super) escapes_tildes: bool,
    /// Whether a `$` might be that of a formula.
    pub(super) escapes_dollars: bool,
    /// Whether it is the TeX of a formula, in which a line feed is no line break.
    pub(super) in_formula: bool,
}

/// How far a bracket may be from the one that closes it, in bytes, to be left as it is.
const MAX_IN_BRACKETS: usize = 64;

/// Adds a part of a text. What would be taken for markup is escaped.
pub(super) fn push_text(out: &mut String, text: &str, parent: Parent, edges: Edges) {
    // A hard line break at the end of a paragraph would be a backslash.
    let text = if edges.is_last { text.trim_end_matches('\n') } else { text };
    let last = text.char_indices().next_back().map(|(index, _)| index);
    // A paragraph begins where a line does.
    let mut at_line_start = edges.is_first && parent == Parent::Paragraph;
    // Where the last `]:` of a link reference definition is, once it matters.
    let definition = OnceCell::new();
    let mut block_start = if at_line_start { block_start_of_line(text, 0, &definition) } else { None };
    let mut is_in_word = false;
    for (index, c) in text.char_indices() {
        let rest = &text[index + c.len_utf8()..];
        let is_at_start = std::mem::take(&mut at_line_start);
        if c == '_' && !text[..index].ends_with('_') {
            is_in_word = joins_words(text, index);
        }
        let is_encoded = index == 0 && edges.encode_first
            || Some(index) == last && edges.encode_last
            // Beside the backticks of a code span, an escaped one would belong to them.
            || c == '`' && (index == 0 && !edges.is_first || Some(index) == last && !edges.is_last)
            || c == '|' && parent == Parent::Cell
            || matches!(c, ' ' | '\t') && (is_at_start || rest.starts_with('\n'))
            || c.is_ascii_control() && !matches!(c, '\n' | '\t');
        match c {
            '\n' if parent == Parent::Paragraph => {
                out.push_str(line_break(rest, edges));
                block_start = block_start_of_line(text, index + 1, &definition);
                at_line_start = true;
            }
            '\n' => out.push_str(if edges.in_formula { "&#10;" } else { "<br>" }),
            '\0' => out.push('\u{fffd}'),
            _ if is_encoded => {
                // Writing to a string does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => {
                let is_markup = block_start == Some(index)
                    || match c {
                        '_' => !is_in_word,
                        '*' => is_at_start || !stands_apart(&text[..index], rest),
                        _ => is_markup_before(c, rest, edges),
                    };
                if is_markup {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
}

/// What a line feed before this text is in a paragraph.
fn line_break(rest: &str, edges: Edges) -> &'static str {
    if !edges.in_formula {
        "\\\n"
    } else if rest.starts_with('\n') {
        // A blank line would end the paragraph.
        "&#10;"
    } else {
        "\n"
    }
}

/// Whether a character other than `*` and `_`, unless it is escaped, is markup before this text.
fn is_markup_before(c: char, rest: &str, edges: Edges) -> bool {
    match c {
        '\\' | '`' => true,
        '[' => edges.in_link || !is_closed(rest, edges),
        ']' => edges.in_link,
        '<' => begins_tag(rest, edges),
        '&' => is_reference(rest),
        '!' => rest.is_empty() && edges.before_bracket,
        '~' => edges.escapes_tildes,
        '$' => edges.escapes_dollars,
        // What kramdown takes for a list of attributes.
        '{' => rest.starts_with(':'),
        _ => false,
    }
}

/// Whether a `<` before this text may begin a tag, or an autolink with an e-mail address.
fn begins_tag(rest: &str, edges: Edges) -> bool {
    if rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return true;
    }
    // The search ends at the next `<`: there may be many.
    match rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')) {
        Some(end) => rest[..end].contains('@'),
        // What follows the text may go on with the address.
        None => !edges.is_last || rest.contains('@'),
    }
}

/// Whether white space is on both sides, so that an asterisk is not a delimiter.
fn stands_apart(before: &str, after: &str) -> bool {
    before.ends_with([' ', '\t']) && after.starts_with([' ', '\t'])
}

/// Whether the underscores from this index on stand between letters, where they are not delimiters.
fn joins_words(text: &str, index: usize) -> bool {
    text[..index].chars().next_back().is_some_and(is_surely_word)
        && text[index..].trim_start_matches('_').chars().next().is_some_and(is_surely_word)
}

/// Whether a `[` before this text is closed, and what it begins is not a link, a footnote or a checkbox.
fn is_closed(rest: &str, edges: Edges) -> bool {
    let near = &rest.as_bytes()[..rest.len().min(MAX_IN_BRACKETS)];
    let Some(end) = near.iter().position(|byte| matches!(byte, b'[' | b']' | b'\n')) else { return false };
    let is_checkbox = near[..end].trim_ascii().is_empty() || near[..end].eq_ignore_ascii_case(b"x");
    let after = rest.as_bytes().get(end + 1);
    near[end] == b']'
        && near[0] != b'^'
        && !is_checkbox
        && after.map_or(edges.is_last, |after| !matches!(after, b'(' | b'[' | b':'))
}

/// Whether a `&` before this text begins a character reference.
fn is_reference(rest: &str) -> bool {
    // The longest name has 31 letters.
    let name =
        rest.bytes().take(40).position(|byte| byte == b';').map_or("", |end| rest.get(..end).unwrap_or(""));
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The index of the character that makes the line from this index on the beginning of a block.
fn block_start_of_line(text: &str, start: usize, definition: &OnceCell<Option<usize>>) -> Option<usize> {
    let rest = &text[start..];
    if rest.starts_with('[') {
        let last = definition.get_or_init(|| text.rfind("]:"));
        return (*last > Some(start)).then_some(start);
    }
    find_block_start(rest).map(|index| start + index)
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

/// Adds the destination of a link.
pub(super) fn push_destination(out: &mut String, url: &str) {
    let is_plain = !url.is_empty()
        && !url.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')'));
    if !is_plain {
        out.push('<');
    }
    push_escaped(out, url, &['<', '>']);
    if !is_plain {
        out.push('>');
    }
}

/// Adds the title of a link.
pub(super) fn push_title(out: &mut String, title: &str) {
    out.push('"');
    push_escaped(out, title, &['"']);
    out.push('"');
}

fn push_escaped(out: &mut String, text: &str, special: &[char]) {
    for (index, c) in text.char_indices() {
        match c {
            '\0' => out.push('\u{fffd}'),
            // A `|` may be in a cell.
            '|' => out.push_str("&#124;"),
            _ if c.is_ascii_control() => {
                // Writing to a string does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => {
                if c == '\\' || special.contains(&c) || c == '&' && is_reference(&text[index + 1..]) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_pushed(text: &str, parent: Parent, edges: Edges, expected: &str) {
        let mut out = String::new();
        push_text(&mut out, text, parent, edges);
        assert_eq!(out, expected, "{text:?}, {parent:?}, {edges:?}");
    }

    /// What is around a text that is alone.
    fn alone() -> Edges {
        Edges { is_first: true, is_last: true, ..Edges::default() }
    }

    #[test]
    fn what_is_around_a_text_decides() {
        let paragraph = |text, edges, expected| assert_pushed(text, Parent::Paragraph, edges, expected);
        paragraph("# a", alone(), "\\# a");
        paragraph("# a", Edges { is_first: false, ..alone() }, "# a");
        paragraph("a\n\n", alone(), "a");
        paragraph("a\n\n", Edges { is_last: false, ..alone() }, "a\\\n\\\n");
        paragraph("ab", Edges { encode_first: true, ..alone() }, "&#97;b");
        paragraph("ab", Edges { encode_last: true, ..alone() }, "a&#98;");
        paragraph("a!", Edges { before_bracket: true, ..alone() }, "a\\!");
        paragraph("!a", Edges { before_bracket: true, ..alone() }, "!a");
        paragraph("[a]", Edges { in_link: true, ..alone() }, "\\[a\\]");
        paragraph("[a]", alone(), "[a]");
        paragraph("[a]", Edges { is_last: false, ..alone() }, "\\[a]");
        paragraph("~ $", Edges { escapes_tildes: true, ..alone() }, "\\~ $");
        paragraph("~ $", Edges { escapes_dollars: true, ..alone() }, "~ \\$");
        paragraph("`a`", alone(), "\\`a\\`");
        paragraph("`a`", Edges { is_first: false, ..alone() }, "&#96;a\\`");
        paragraph("`a`", Edges { is_last: false, ..alone() }, "\\`a&#96;");
        paragraph("a<1", alone(), "a<1");
        paragraph("a<1", Edges { is_last: false, ..alone() }, "a\\<1");
    }

    #[test]
    fn the_block_decides() {
        for (parent, expected) in [
            (Parent::Paragraph, "\\- a|\\\n&#32;b"),
            (Parent::Heading, "- a|<br> b"),
            (Parent::Cell, "- a&#124;<br> b"),
        ] {
            assert_pushed("- a|\n b", parent, alone(), expected);
        }
    }

    #[test]
    fn underscores_inside_words_are_not_delimiters() {
        for (text, expected) in [
            ("a_b", "a_b"),
            ("a__b_c", "a__b_c"),
            ("a_ b", "a\\_ b"),
            ("_a_b_", "\\_a_b\\_"),
            ("é_ü 长_文", "é_ü 长_文"),
            ("a_ⓑ", "a\\_ⓑ"),
            ("a_.b", "a\\_.b"),
        ] {
            assert_pushed(text, Parent::Paragraph, alone(), expected);
        }
    }

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

    #[test]
    fn destinations_and_titles_end_where_they_should() {
        for (url, expected) in [
            ("/a", "/a"),
            ("", "<>"),
            ("a b", "<a b>"),
            ("a(b)", "<a(b)>"),
            ("a<b>", "<a\\<b\\>>"),
            ("a\\b|c", "a\\\\b&#124;c"),
            ("?a&amp;b&c", "?a\\&amp;b&c"),
            ("a\u{1}\0", "<a&#1;\u{fffd}>"),
        ] {
            let mut out = String::new();
            push_destination(&mut out, url);
            assert_eq!(out, expected, "{url:?}");
        }
        let mut out = String::new();
        push_title(&mut out, "a \"b\" <c>\nd");
        assert_eq!(out, "\"a \\\"b\\\" <c>&#10;d\"");
    }
}
