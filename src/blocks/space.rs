//! White space in running text: where it is collapsed already, and where a line break is none to a reader.

use crate::chars::{is_cjk, is_cjk_punctuation, is_hangul, is_shared_punctuation, is_variation};

/// The length of the longest beginning of a text in which white space is already collapsed. The text has no white space
/// at its beginning and none at its end.
pub(super) fn clean_length(bytes: &[u8]) -> usize {
    let mut at = pass_clean(bytes);
    while let Some(byte) = bytes.get(at) {
        let is_end = byte.is_ascii_whitespace()
            && (*byte != b' ' || bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace));
        if is_end {
            break;
        }
        at += 1;
    }
    // The space may have been the last one of those that were looked at together.
    at - usize::from(bytes[..at].ends_with(b" "))
}

/// Passes over text without anything to collapse, many bytes at a time. Returns where to go on.
#[inline]
fn pass_clean(bytes: &[u8]) -> usize {
    match bytes.len() {
        33.. => pass::<32>(bytes),
        9.. => pass::<8>(bytes),
        _ => 0,
    }
}

/// The same, with so many bytes at a time.
#[inline]
fn pass<const LANES: usize>(bytes: &[u8]) -> usize {
    // Whether a space is one of two shows the byte behind it: the last one is left.
    let [these @ .., _] = bytes else { return 0 };
    let [_, next @ ..] = bytes else { return 0 };
    let mut lanes = these.chunks_exact(LANES).zip(next.chunks_exact(LANES));
    if let Some(unclean) = lanes.position(|(these, next)| !is_clean(these, next)) {
        return unclean * LANES;
    }
    // The rest is looked at together with some bytes before it.
    match (these.last_chunk::<LANES>(), next.last_chunk::<LANES>()) {
        (Some(last), Some(next)) if is_clean(last, next) => these.len(),
        _ => these.len() / LANES * LANES,
    }
}

/// Whether there is nothing to collapse in as many bytes as there are, with the bytes that stand one place further on.
///
/// Without a branch a byte, so that the compiler makes vector instructions of it. Not all control characters are white
/// space to HTML, but the others are so rare that it does not matter if they are looked at again.
#[inline]
fn is_clean(these: &[u8], next: &[u8]) -> bool {
    let mut found = 0;
    for (&byte, &next) in these.iter().zip(next) {
        // A space is less than itself before another one.
        found |= u8::from(byte.wrapping_sub(u8::from(next <= b' ')) < b' ');
    }
    found == 0
}

/// Whether a line break between the two texts is one that a reader has no space for.
pub(super) fn joins(before: &str, after: &str) -> bool {
    if let (Some(before @ ..0x80), Some(after @ ..0x80)) =
        (before.as_bytes().last(), after.as_bytes().first())
    {
        return is_bracket_or_mark(char::from(*before), char::from(*after));
    }
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
    is_bracket_or_mark(before, after)
}

/// Whether no language has a space between the two.
///
/// A page whose tags were put on lines of their own has breaks there. No more than one character can be looked at: texts
/// come in pieces.
fn is_bracket_or_mark(before: char, after: char) -> bool {
    matches!(before, '(' | '[' | '{') || matches!(after, ',' | '.' | ')' | ']' | '}')
}
