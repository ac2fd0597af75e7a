//! Quotations and items that stand in each other on one line: `> > - 1. text`.
//!
//! At each line, pulldown-cmark asks all of them whether they go on. So a line opens 1,024 at most: the
//! markers beyond those are shown nowhere, and what follows them is text of the innermost.

use std::ops::Range;

use memchr::memchr_iter;

use super::super::line_start::is_marker;

/// The most quotations and items of one line. Elements cannot be that deep:
/// [`Limits::depth`](crate::Limits::depth) is no more.
const MOST: usize = 1024;

/// Whether there may be a line with [surplus](surplus) markers: it begins with more than [`MOST`] bytes of
/// markers.
pub(super) fn may_be_deep(text: &str) -> bool {
    let bytes = text.as_bytes();
    let may_be = |start: usize| bytes.get(start + MOST).is_some_and(|byte| is_marker(*byte));
    may_be(0) || memchr_iter(b'\n', bytes).any(|feed| may_be(feed + 1))
}

/// Where the markers beyond the most stand that a line begins with.
pub(super) fn surplus(line: &str) -> Option<Range<usize>> {
    let (mut count, mut at, mut start) = (0, 0, 0);
    while let Some(length) = marker(&line.as_bytes()[at..]) {
        at += length;
        count += 1;
        if count == MOST {
            start = at;
        }
    }
    // A line of one sign alone is a rule.
    let is_rule = line[at..].trim_ascii().is_empty() && !line.starts_with('>');
    (count > MOST && !is_rule).then_some(start..at)
}

/// The length of the marker that a line begins with, and of the blanks after it, after white space.
fn marker(line: &[u8]) -> Option<usize> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let blanks = |from: usize| line[from..].iter().take_while(|byte| is_blank(byte)).count();
    let start = blanks(0);
    let digits = line[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = start + digits + 1;
    let is_item = || line.get(end).is_none_or(is_blank);
    match (digits, line.get(end - 1)?) {
        (0, b'>') => {}
        (0, b'-' | b'+' | b'*') | (1..=9, b'.' | b')') if is_item() => {}
        _ => return None,
    }
    Some(end + blanks(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markers_beyond_the_most() {
        for marker in ["> ", ">", "- ", "*\t", "12. ", "1) "] {
            let most = marker.repeat(MOST);
            let one = format!("{most}tea");
            assert_eq!(surplus(&one), None, "{marker:?}");
            let line = format!("{most}{marker}{marker}2 cups");
            let end = line.len() - "2 cups".len();
            assert_eq!(surplus(&line), Some(most.len()..end), "{marker:?}");
            assert!(may_be_deep(&format!("a\n{line}")) && may_be_deep(&line));
        }
    }

    #[test]
    fn signs_that_are_no_markers() {
        for line in ["- ".repeat(2 * MOST), "*".repeat(2 * MOST), "-".repeat(2 * MOST), "1".repeat(2 * MOST)]
        {
            assert_eq!(surplus(&line), None, "{line}");
        }
        assert!(!may_be_deep(&"> tea\n- water\n".repeat(MOST)));
    }
}
