//! Strings: a text between quotation marks, with what JSON does not allow there escaped.
//!
//! Of 3,000 bytes of real posts one is escaped, most often a quotation mark. So most of a text is
//! looked at in blocks of 32 bytes, which compilers make a few instructions of, and only where there is
//! something, 8 bytes at a time for where it is.

use std::fmt::{self, Write};

/// What is looked at in one go for whether there is anything.
const BLOCK: usize = 32;
/// What is looked at in one go for where it is.
const WORD: usize = 8;
/// 1 in each byte.
const ONES: u64 = u64::MAX / 255;

/// Writes a text as a string of JSON.
#[inline]
pub(super) fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_str("\"")?;
    if holds_any(text.as_bytes()) {
        write_escaped(out, text)?;
    } else {
        out.write_str(text)?;
    }
    out.write_str("\"")
}

/// Whether a byte of a text must be escaped.
fn holds_any(bytes: &[u8]) -> bool {
    // The last bytes, which fill no block or word, are looked at together with some before them.
    if let Some(last) = bytes.last_chunk() {
        return holds_escaped(last)
            || bytes.chunks_exact(BLOCK).any(|block| block.first_chunk().is_some_and(holds_escaped));
    }
    // Most are names of kinds.
    match bytes.last_chunk() {
        Some(last) => {
            let holds = |word| first_escaped(u64::from_le_bytes(word)).is_some();
            holds(*last)
                || bytes.chunks_exact(WORD).any(|word| word.first_chunk().is_some_and(|word| holds(*word)))
        }
        None => !holds_none(bytes),
    }
}

/// Writes what stands between the quotation marks.
#[inline(never)]
pub(super) fn write_escaped(out: &mut impl Write, text: &str) -> fmt::Result {
    let bytes = text.as_bytes();
    let mut written = 0;
    while let Some(length) = clean_length(&bytes[written..]) {
        let at = written + length;
        out.write_str(&text[written..at])?;
        write_escape(out, bytes[at])?;
        written = at + 1;
    }
    out.write_str(&text[written..])
}

/// How many bytes stand before the first that must be escaped; `None` if all may stand as they are.
fn clean_length(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        if holds_escaped(block) {
            break;
        }
        rest = after;
    }
    while let Some((word, after)) = rest.split_first_chunk() {
        if let Some(at) = first_escaped(u64::from_le_bytes(*word)) {
            return Some(bytes.len() - rest.len() + at);
        }
        rest = after;
    }
    if holds_none(rest) {
        return None;
    }
    let is_escaped = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
    rest.iter().position(is_escaped).map(|at| bytes.len() - rest.len() + at)
}

/// Whether no byte of at most 8 must be escaped.
fn holds_none(bytes: &[u8]) -> bool {
    let word = match (bytes.first_chunk(), bytes.last_chunk()) {
        // In the middle, they overlap.
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        _ => bytes.iter().fold(ONES * u64::from(b' '), |word, byte| word << 8 | u64::from(*byte)),
    };
    first_escaped(word).is_none()
}

/// Whether a byte of the block must be escaped. Without a branch for each byte, so that it is compiled to
/// vectors.
fn holds_escaped(block: &[u8; BLOCK]) -> bool {
    let sign = |byte, sign| u8::from(byte == sign);
    block.iter().fold(0, |found, &byte| found | u8::from(byte < b' ') | sign(byte, b'"') | sign(byte, b'\\'))
        != 0
}

/// Which is the first of 8 bytes that must be escaped. The first byte is the lowest.
fn first_escaped(word: u64) -> Option<usize> {
    const HIGHEST: u64 = ONES << 7;
    /// Has the highest bit of the first byte that is less than `limit`, which is at most 128, and of no byte
    /// before it: only after a byte that is less does the subtraction borrow.
    fn less(word: u64, limit: u8) -> u64 {
        word.wrapping_sub(ONES * u64::from(limit)) & !word
    }
    let quotation_marks = word ^ (ONES * u64::from(b'"'));
    let backslashes = word ^ (ONES * u64::from(b'\\'));
    let found = (less(word, b' ') | less(quotation_marks, 1) | less(backslashes, 1)) & HIGHEST;
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

/// Writes the escape of a byte that must be escaped.
fn write_escape(out: &mut impl Write, byte: u8) -> fmt::Result {
    match byte {
        b'"' => out.write_str("\\\""),
        b'\\' => out.write_str("\\\\"),
        b'\n' => out.write_str("\\n"),
        b'\t' => out.write_str("\\t"),
        b'\r' => out.write_str("\\r"),
        0x08 => out.write_str("\\b"),
        0x0c => out.write_str("\\f"),
        _ => write!(out, "\\u{byte:04x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let mut out = String::new();
        write_string(&mut out, text).unwrap();
        assert_eq!(out, serde_json::to_string(text).unwrap());
    }

    #[test]
    fn each_character_is_written_as_serde_json_writes_it() {
        for c in (0..0x300).chain([0x2028, 0x7fff, 0xfffd, 0x1f375, 0x10_ffff]).filter_map(char::from_u32) {
            check(&c.to_string());
            // In a word, in a block, and after each.
            for before in [0, 1, 7, 8, 30, 31, 32, 33, 47] {
                check(&format!("{}{c}{}", "a".repeat(before), "é".repeat(20)));
            }
        }
    }

    #[test]
    fn escapes_stand_anywhere() {
        // A linear congruential generator: the same texts on every run.
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let signs =
            ['\0', '\x1f', ' ', '!', '"', '#', '[', '\\', ']', '\n', '\x7f', '\u{80}', 'é', '茶', '🍵'];
        for _ in 0..20_000 {
            let length = next(100);
            let density = 1 + next(60);
            let text = (0..length).map(|_| if next(density) == 0 { signs[next(signs.len())] } else { 'a' });
            check(&text.collect::<String>());
        }
    }
}
