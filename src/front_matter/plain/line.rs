//! Lines, and the white space in them.

use memchr::memchr;

use crate::engine::Decline;

/// The text from the next line on, after a value like the `Tea` of `Tea  # comment\n`.
///
/// Declines anything but white space and a comment.
pub(super) fn next_line(rest: &str) -> Result<&str, Decline> {
    if let Some(next) = rest.strip_prefix('\n') {
        return Ok(next);
    }
    let after = trim_start(rest);
    match after.as_bytes() {
        [] | [b'\n' | b'\r', ..] => Ok(after_line(after)),
        [b'#', ..] if after.len() < rest.len() => Ok(after_line(after)),
        _ => Err(Decline::Trailing),
    }
}

/// The text after the line that begins here.
pub(super) fn after_line(text: &str) -> &str {
    memchr(b'\n', text.as_bytes()).map_or("", |end| &text[end + 1..])
}

/// The text after a line break at the start of a text, if there is one.
pub(super) fn after_break(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [b'\n', ..] => Some(&text[1..]),
        // Only a line feed follows a carriage return.
        [b'\r', ..] => text.get(2..),
        _ => None,
    }
}

/// The next line that is neither empty nor a comment, and how many spaces it begins with. At the end of the
/// block, an empty line.
///
/// Declines a tab in these spaces: it is not indentation, not even on an empty line.
pub(super) fn next_content(mut text: &str) -> Result<(usize, &str), Decline> {
    loop {
        let indent = spaces(text);
        match &text.as_bytes()[indent..] {
            [] => return Ok((0, "")),
            [b'\n' | b'\r' | b'#', ..] => text = after_line(&text[indent..]),
            [b'\t', ..] => return Err(Decline::Indentation),
            _ => return Ok((indent, text)),
        }
    }
}

/// How many spaces a text begins with.
pub(super) fn spaces(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b' ').count()
}

/// Declines a line of a value that the reference takes for the start or the end of a document, or for a
/// directive, although it is in quotes.
pub(super) fn refuse_marker(line: &str) -> Result<(), Decline> {
    match line.as_bytes() {
        [b'%', ..] => Err(Decline::DocumentMarker),
        [b'-', b'-', b'-', after @ ..] | [b'.', b'.', b'.', after @ ..]
            if is_white_space_or_end(after.first()) =>
        {
            Err(Decline::DocumentMarker)
        }
        _ => Ok(()),
    }
}

/// Adds the line feeds that line folding leaves of these line breaks: none for the first one, which becomes a
/// space if it is the only one.
pub(super) fn fold(text: &mut String, blank_lines: usize) {
    if blank_lines == 0 {
        text.push(' ');
    }
    add_feeds(text, blank_lines);
}

pub(super) fn add_feeds(text: &mut String, feeds: usize) {
    text.extend(std::iter::repeat_n('\n', feeds));
}

pub(super) fn is_white_space_or_end(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

pub(super) fn trim_start(text: &str) -> &str {
    let is_white_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    if !text.as_bytes().first().is_some_and(is_white_space) {
        return text;
    }
    &text[text.bytes().take_while(is_white_space).count()..]
}

pub(super) fn trim_end(mut text: &str) -> &str {
    while let [before @ .., b' ' | b'\t' | b'\r'] = text.as_bytes() {
        text = &text[..before.len()];
    }
    text
}

/// A table of which bytes are in a list.
pub(super) const fn table_of(mut bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    while let [byte, others @ ..] = bytes {
        table[*byte as usize] = true;
        bytes = others;
    }
    table
}
