//! Strings: a text between quotation marks, with what JSON does not allow there escaped.
//!
//! Of 3,000 bytes of real posts one is escaped, most often a quotation mark. So most texts are only asked
//! whether there is any.

use std::fmt::{self, Write};

use crate::group::{Lanes, any, at_most, equal, find};

/// Writes a text as a string of JSON.
#[inline]
pub(super) fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_str("\"")?;
    if any(text.as_bytes(), escaped) {
        write_escaped(out, text)?;
    } else {
        out.write_str(text)?;
    }
    out.write_str("\"")
}

/// Marks the bytes that must be escaped.
#[inline]
fn escaped(lanes: Lanes) -> Lanes {
    at_most(lanes, b' ' - 1) | equal(lanes, b'"') | equal(lanes, b'\\')
}

/// Writes what stands between the quotation marks.
#[inline(never)]
pub(super) fn write_escaped(out: &mut impl Write, text: &str) -> fmt::Result {
    let bytes = text.as_bytes();
    let mut written = 0;
    while let Some(length) = find(&bytes[written..], escaped) {
        let at = written + length;
        out.write_str(&text[written..at])?;
        write_escape(out, bytes[at])?;
        written = at + 1;
    }
    out.write_str(&text[written..])
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
