//! Literal and folded scalars: the lines after `|` and `>`.

use std::borrow::Cow;

use super::line::{add_feeds, after_break, after_line, next_line, spaces};
use crate::engine::Decline;
use crate::front_matter::entry::Node;

/// What becomes of the line breaks at the end.
#[derive(PartialEq)]
enum Chomping {
    /// They are removed: `-`.
    Strip,
    /// One remains.
    Clip,
    /// All remain: `+`.
    Keep,
}

/// A scalar like `|-` and the lines below that are indented more than `indent`. The rest begins at the start
/// of the line after the scalar.
///
/// Declines a header that states the indentation, and a tab where a space is expected.
pub(super) fn block_scalar(text: &str, indent: usize) -> Result<(Node<'_>, &str), Decline> {
    let is_folded = text.starts_with('>');
    let (chomping, header) = match text.as_bytes()[1..] {
        [b'-', ..] => (Chomping::Strip, &text[2..]),
        [b'+', ..] => (Chomping::Keep, &text[2..]),
        _ => (Chomping::Clip, &text[1..]),
    };
    let first = next_line(header)?;
    let column = column_of(first, indent)?;
    let (mut blank_lines, mut rest) = after_blank_lines(first, column)?;
    let mut decoded = String::new();
    // Of the line above: whether a line break ends it, and whether it begins with white space, so that its
    // line break is not folded.
    let (mut has_break, mut is_spaced) = (false, false);
    while let Some(line) = content(rest, column) {
        let was_spaced = std::mem::replace(&mut is_spaced, line.starts_with([' ', '\t']));
        if has_break {
            if !is_folded || was_spaced || is_spaced {
                decoded.push('\n');
            } else if blank_lines == 0 {
                decoded.push(' ');
            }
        }
        add_feeds(&mut decoded, blank_lines);
        let next = after_line(line);
        let end = line.len() - next.len();
        has_break = line[..end].ends_with('\n');
        decoded.push_str(line[..end].trim_end_matches(['\r', '\n']));
        (blank_lines, rest) = after_blank_lines(next, column)?;
    }
    if has_break && chomping != Chomping::Strip {
        decoded.push('\n');
    }
    if chomping == Chomping::Keep {
        add_feeds(&mut decoded, blank_lines);
    }
    Ok((Node::Text(Cow::Owned(decoded)), rest))
}

/// The column of the lines of a scalar: that of its first line with content, or of an empty line before it
/// that has more spaces. It is larger than `indent`.
fn column_of(mut text: &str, indent: usize) -> Result<usize, Decline> {
    let mut column = indent + 1;
    loop {
        let spaces = spaces(text);
        column = column.max(spaces);
        match after_break(&text[spaces..]) {
            Some(next) => text = next,
            None if text[spaces..].starts_with('\t') => return Err(Decline::Indentation),
            None => return Ok(column),
        }
    }
}

/// Passes over the lines that are empty, or have nothing but spaces before this column. Gives their number.
fn after_blank_lines(mut text: &str, column: usize) -> Result<(usize, &str), Decline> {
    let mut lines = 0;
    loop {
        let before = spaces(text).min(column);
        match after_break(&text[before..]) {
            Some(next) => text = next,
            None if before < column && text[before..].starts_with('\t') => return Err(Decline::Indentation),
            None => return Ok((lines, text)),
        }
        lines += 1;
    }
}

/// What a line has from this column on, if the line belongs to the scalar.
fn content(line: &str, column: usize) -> Option<&str> {
    let content = line.get(column..).filter(|content| !content.is_empty())?;
    (spaces(line) >= column).then_some(content)
}
