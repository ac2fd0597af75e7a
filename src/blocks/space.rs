//! White space in running text: where it is collapsed already, and where a line break is none to a reader.

use crate::bytes::find_blank;
use crate::chars::{is_cjk, is_cjk_punctuation, is_hangul, is_shared_punctuation, is_variation};

/// The length of the longest beginning of a text in which white space is already collapsed. The text does not
/// begin with white space; a single space at its end is left out.
pub(super) fn clean_length(bytes: &[u8]) -> usize {
    let mut at = find_blank(bytes, pass_clean(bytes));
    while let Some(byte) = bytes.get(at) {
        let is_end = byte.is_ascii_whitespace()
            && (*byte != b' ' || bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace));
        if is_end {
            break;
        }
        at = find_blank(bytes, at + 1);
    }
    // The space may have been the last one of those that were looked at together.
    at - usize::from(bytes[..at].ends_with(b" "))
}

/// How many bytes are looked at together.
const LANES: usize = 32;

/// Passes over text without anything to collapse. Returns where to go on.
#[inline]
fn pass_clean(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at + LANES < bytes.len() && is_clean(bytes, at) {
        at += LANES;
    }
    at
}

/// Whether there is nothing to collapse in the next bytes. There is one behind them.
///
/// Without a branch a byte, so that the compiler makes vector instructions of it. Vertical tabs are no white space to
/// HTML, but so rare that it does not matter if they are looked at again.
#[inline]
fn is_clean(bytes: &[u8], at: usize) -> bool {
    let these = &bytes[at..at + LANES];
    let next = &bytes[at + 1..=at + LANES];
    let mut found = 0;
    for (&byte, &next) in these.iter().zip(next) {
        let is_break = u8::from(byte.wrapping_sub(b'\t') < 5);
        let is_double = u8::from(byte == b' ') & u8::from(next == b' ');
        found |= is_break | is_double;
    }
    found == 0
}

/// Whether a line break between the two texts is one that a reader has no space for.
pub(super) fn joins(before: &str, after: &str) -> bool {
    let before = before.chars().rev().find(|c| !is_variation(*c));
    let (Some(before), Some(after)) = (before, after.chars().next()) else { return false };
    let fits = |c| is_cjk(c) || is_shared_punctuation(c);
    if fits(before) && fits(after) {
        return is_cjk(before) || is_cjk(after);
    }
    // Beside punctuation that brings its own space, no other script has one.
    if is_cjk_punctuation(before) || is_cjk_punctuation(after) {
        return !is_hangul(before) && !is_hangul(after);
    }
    // A page whose tags were put on lines of their own has breaks where no language has a space. No more than one
    // character can be looked at: texts come in pieces.
    matches!(before, '(' | '[' | '{') || matches!(after, ',' | '.' | ')' | ']' | '}')
}
