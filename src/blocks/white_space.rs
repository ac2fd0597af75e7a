//! White space in running text: how far a text is collapsed already, and which line breaks become no space.

use crate::chars::{is_cjk, is_cjk_punctuation, is_hangul, is_shared_punctuation, is_variation};

/// The length of the longest beginning of a text in which all white space is collapsed: each is one U+0020
/// between two other characters.
///
/// The text neither begins nor ends with white space.
pub(super) fn collapsed_length(bytes: &[u8]) -> usize {
    let mut at = pass_collapsed(bytes);
    while let Some(byte) = bytes.get(at) {
        let is_end = byte.is_ascii_whitespace()
            && (*byte != b' ' || bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace));
        if is_end {
            break;
        }
        at += 1;
    }
    // The space may have been the last byte of a group that was passed as a whole.
    at - usize::from(bytes[..at].ends_with(b" "))
}

/// Passes over text that has nothing to collapse, many bytes at a time. Returns the length of what was
/// passed, which may be less than could be.
#[inline]
fn pass_collapsed(bytes: &[u8]) -> usize {
    match bytes.len() {
        33.. => pass::<32>(bytes),
        9.. => pass::<8>(bytes),
        _ => 0,
    }
}

/// [`pass_collapsed`], in groups of `LANES` bytes.
#[inline]
fn pass<const LANES: usize>(bytes: &[u8]) -> usize {
    // Whether a space is followed by another shows in the byte after it, so the last byte is not looked at
    // here.
    let [these @ .., _] = bytes else { return 0 };
    let [_, next @ ..] = bytes else { return 0 };
    let mut lanes = these.chunks_exact(LANES).zip(next.chunks_exact(LANES));
    if let Some(group) = lanes.position(|(these, next)| !is_collapsed(these, next)) {
        return group * LANES;
    }
    // The bytes after the last whole group are looked at in a group that overlaps it.
    match (these.last_chunk::<LANES>(), next.last_chunk::<LANES>()) {
        (Some(last), Some(next)) if is_collapsed(last, next) => these.len(),
        _ => these.len() / LANES * LANES,
    }
}

/// Whether there is nothing to collapse in `these` bytes. `next` holds the byte after each of them.
///
/// There is no branch for a byte, so that the compiler makes vector instructions of the loop. All control
/// characters count as white space here, and not only those that HTML takes for it: the others are so rare
/// that it does not matter that their group is looked at again, byte by byte.
#[inline]
fn is_collapsed(these: &[u8], next: &[u8]) -> bool {
    let mut found = 0;
    for (&byte, &next) in these.iter().zip(next) {
        // A space before another one is made less than a space.
        found |= u8::from(byte.wrapping_sub(u8::from(next <= b' ')) < b' ');
    }
    found == 0
}

/// Whether a line break between two texts becomes nothing, and not a space.
pub(super) fn joins_lines(before: &str, after: &str) -> bool {
    if let (Some(before @ ..0x80), Some(after @ ..0x80)) =
        (before.as_bytes().last(), after.as_bytes().first())
    {
        return has_no_space_in_any_language(char::from(*before), char::from(*after));
    }
    let before = before.chars().rev().find(|c| !is_variation(*c));
    let (Some(before), Some(after)) = (before, after.chars().next()) else { return false };
    let fits = |c| is_cjk(c) || is_shared_punctuation(c);
    if fits(before) && fits(after) {
        return is_cjk(before) || is_cjk(after);
    }
    // Wide punctuation brings its own space, beside all scripts but Korean.
    if is_cjk_punctuation(before) || is_cjk_punctuation(after) {
        return !is_hangul(before) && !is_hangul(after);
    }
    has_no_space_in_any_language(before, after)
}

/// Whether one of the two characters is an opening bracket before, or a closing bracket, a comma or a full
/// stop after.
///
/// A page whose tags stand on lines of their own has line breaks there. Only one character on each side is
/// known, since texts come in pieces.
fn has_no_space_in_any_language(before: char, after: char) -> bool {
    matches!(before, '(' | '[' | '{') || matches!(after, ',' | '.' | ')' | ']' | '}')
}
