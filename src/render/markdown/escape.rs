//! Characters that would be taken for signs.

use std::cell::OnceCell;
use std::fmt::Write;

use super::inline::Place;

/// What is around a piece of text.
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
}

/// How far a bracket may be from its partner, in bytes, to be left as it is.
const MAX_IN_BRACKETS: usize = 64;

/// Adds a piece of text that is not empty.
pub(super) fn push_text(out: &mut String, text: &str, place: Place, edges: Edges) {
    // A line break at the end of a paragraph would be a backslash.
    let text = if edges.is_last { text.trim_end_matches('\n') } else { text };
    let last = text.char_indices().next_back().map(|(at, _)| at);
    // A paragraph begins where a line does.
    let mut at_line_start = edges.is_first && place == Place::Block;
    // Where the last sign of a link's definition is, once it matters.
    let definition = OnceCell::new();
    let mut line_sign = if at_line_start { sign_of_line(text, 0, &definition) } else { None };
    let mut is_in_word = false;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let is_at_start = std::mem::take(&mut at_line_start);
        if c == '_' && !text[..at].ends_with('_') {
            is_in_word = joins_words(text, at);
        }
        let is_encoded = at == 0 && edges.encode_first
            || Some(at) == last && edges.encode_last
            // Beside the sign of a code span, an escaped one would belong to it.
            || c == '`' && (at == 0 && !edges.is_first || Some(at) == last && !edges.is_last)
            || c == '|' && place == Place::Cell
            || matches!(c, ' ' | '\t') && (is_at_start || rest.starts_with('\n'))
            || c.is_ascii_control() && !matches!(c, '\n' | '\t');
        match c {
            '\n' if place == Place::Block => {
                out.push_str("\\\n");
                line_sign = sign_of_line(text, at + 1, &definition);
                at_line_start = true;
            }
            '\n' => out.push_str("<br>"),
            '\0' => out.push('\u{fffd}'),
            _ if is_encoded => {
                // Writing to a string does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => {
                let is_sign = line_sign == Some(at)
                    || match c {
                        '_' => !is_in_word,
                        '*' => is_at_start || !stands_apart(&text[..at], rest),
                        _ => is_sign(c, rest, edges),
                    };
                if is_sign {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
}

/// Whether a character other than `*` and `_` is a sign before this text, if it is not escaped.
fn is_sign(c: char, rest: &str, edges: Edges) -> bool {
    match c {
        '\\' | '`' => true,
        '[' => edges.in_link || !is_closed(rest, edges),
        ']' => edges.in_link,
        '<' => begins_tag(rest, edges),
        '&' => is_reference(rest),
        '!' => rest.is_empty() && edges.before_bracket,
        '~' => edges.escapes_tildes,
        _ => false,
    }
}

/// Whether a `<` before this text may begin a tag, or the address of somebody.
fn begins_tag(rest: &str, edges: Edges) -> bool {
    if rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return true;
    }
    // No further than to the next one: there may be many.
    match rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')) {
        Some(end) => rest[..end].contains('@'),
        // What follows the text may go on with the address.
        None => !edges.is_last || rest.contains('@'),
    }
}

/// Whether white space is on both sides, so that an asterisk says nothing.
fn stands_apart(before: &str, after: &str) -> bool {
    before.ends_with([' ', '\t']) && after.starts_with([' ', '\t'])
}

/// Whether the underscores at this place stand between letters, where they say nothing.
fn joins_words(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(is_surely_word)
        && text[at..].trim_start_matches('_').chars().next().is_some_and(is_surely_word)
}

/// Whether a `[` before this text has its partner, and both together are no link, footnote or check box.
fn is_closed(rest: &str, edges: Edges) -> bool {
    let near = &rest.as_bytes()[..rest.len().min(MAX_IN_BRACKETS)];
    let Some(end) = near.iter().position(|byte| matches!(byte, b'[' | b']' | b'\n')) else { return false };
    let is_box = near[..end].trim_ascii().is_empty() || near[..end].eq_ignore_ascii_case(b"x");
    let after = rest.as_bytes().get(end + 1);
    near[end] == b']'
        && near[0] != b'^'
        && !is_box
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

/// The place of the character that makes the line that starts here more than text.
fn sign_of_line(text: &str, start: usize, definition: &OnceCell<Option<usize>>) -> Option<usize> {
    let rest = &text[start..];
    if rest.starts_with('[') {
        let last = definition.get_or_init(|| text.rfind("]:"));
        return (*last > Some(start)).then_some(start);
    }
    find_line_sign(rest).map(|sign| start + sign)
}

/// The place of the character that makes a line more than text: a list's item, a heading, a quotation, a rule.
fn find_line_sign(text: &str) -> Option<usize> {
    let line = text.split('\n').next().unwrap_or_default();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let first = *line.as_bytes().first()?;
    let is_sign = match first {
        b'>' => true,
        b'#' => {
            let rest = line.trim_start_matches('#');
            line.len() - rest.len() <= 6 && ends(rest)
        }
        b'~' => line.starts_with("~~~"),
        b'-' | b'+' if ends(&line[1..]) => true,
        // An underline of a heading, or of a table's head.
        b'-' | b'=' | b':' | b'|' => line.bytes().all(|byte| b"-=:| \t".contains(&byte)),
        b'0'..=b'9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let is_item = digits <= 9 && line[digits..].starts_with(['.', ')']) && ends(&line[digits + 1..]);
            return is_item.then_some(digits);
        }
        _ => false,
    };
    is_sign.then_some(0)
}

/// Adds the URL of a link.
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

fn push_escaped(out: &mut String, text: &str, signs: &[char]) {
    for (at, c) in text.char_indices() {
        match c {
            '\0' => out.push('\u{fffd}'),
            // A `|` may be in a cell.
            '|' => out.push_str("&#124;"),
            _ if c.is_ascii_control() => {
                // Writing to a string does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => {
                if c == '\\' || signs.contains(&c) || c == '&' && is_reference(&text[at + 1..]) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
}

/// Whether a character is a letter or a digit, and no table of punctuation or symbols has it.
pub(super) fn is_surely_word(c: char) -> bool {
    // Letters in circles are symbols that count as letters.
    c.is_alphanumeric() && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Whether a character is punctuation in every version of Unicode that a reader of Markdown may have.
pub(super) fn is_surely_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{2043}'
            | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}'
            | '\u{30fb}'
            | '\u{ff01}'..='\u{ff03}'
            | '\u{ff05}'..='\u{ff0a}'
            | '\u{ff0c}'..='\u{ff0f}'
            | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}')
}

/// Whether a character is an ASCII sign in full width, which is punctuation to some readers of Markdown, and a
/// symbol to others.
pub(super) fn is_full_width_sign(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff5e}')
}
