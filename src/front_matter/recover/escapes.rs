//! Parts of characters that are escaped as if they were characters: from `"teor\xC3\xADa"` to
//! `"teor\U000000EDa"`.
//!
//! Ruby 1.8 knew no characters, and its YAML writer (Syck) escaped each byte of UTF-8. In YAML `\xC3` is the
//! character U+00C3, so that readers see `teorÃ­a`. Scripts that write texts into YAML as JSON escape the two
//! units of UTF-16, as in `"\ud83c\udf75"`; YAML knows no halves of characters.

use std::fmt::Write;
use std::ops::Range;

use crate::bytes::hex_byte;
use crate::front_matter::nesting;
use crate::utf16_escapes::{PAIR_BYTES, escaped_pair};

/// A text in which the escapes are mended.
pub(super) struct Mended<'t> {
    pub(super) text: String,
    /// The first character of each quoted text in which there were any.
    pub(super) first_of_each_text: Vec<MendedChar<'t>>,
}

/// A character whose parts were escaped.
pub(super) struct MendedChar<'t> {
    /// Where its escapes start, in bytes of the text before it was mended.
    pub(super) at: usize,
    pub(super) escapes: &'t str,
    pub(super) char: char,
    /// What each escape stands for.
    pub(super) parts: &'static str,
}

/// Mends a text that holds YAML. `None` if there is nothing to mend.
///
/// A run of escapes like `\xC3\xB3`, in double quotes, is mended if all of it is UTF-8, and each of its
/// characters has more than one byte: `\xe9` alone is an `é` that someone meant. A pair of escapes like
/// `\ud83c\udf75` is mended, half a pair is not.
pub(super) fn mended(text: &str) -> Option<Mended<'_>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\\', bytes)
        .find(|at| matches!(bytes[at + 1..], [b'x', ..] | [b'u', b'd' | b'D', ..]))?;
    let mut mended = Mended { text: String::new(), first_of_each_text: Vec::new() };
    let mut copied = 0;
    for quoted in nesting::double_quoted(text) {
        let mut is_first = true;
        for run in runs(text, quoted) {
            let Some((characters, first)) = run.characters(text) else { continue };
            mended.text.push_str(&text[copied..run.range.start]);
            // Escapes again, because among the characters may be some that YAML does not allow in a text.
            for char in characters.chars() {
                let _ = write!(mended.text, "\\U{:08X}", u32::from(char));
            }
            copied = run.range.end;
            if std::mem::take(&mut is_first) {
                mended.first_of_each_text.push(first);
            }
        }
    }
    if copied == 0 {
        return None;
    }
    mended.text.push_str(&text[copied..]);
    Some(mended)
}

/// The length of an escape of a byte, in bytes.
const ESCAPE_BYTES: usize = r"\xC3".len();

/// Escapes that may stand for parts of characters.
struct Run {
    range: Range<usize>,
    /// The character of a pair. Without it, the escapes are those of bytes.
    of_pair: Option<char>,
}

impl Run {
    /// The characters that the run stands for, and the first of them. `None` if its bytes are not UTF-8.
    fn characters<'t>(&self, text: &'t str) -> Option<(String, MendedChar<'t>)> {
        let escapes = &text[self.range.clone()];
        let (characters, parts) = match self.of_pair {
            Some(char) => (char.to_string(), "units of UTF-16"),
            None => (String::from_utf8(escaped_bytes(escapes).collect()).ok()?, "bytes of UTF-8"),
        };
        let char = characters.chars().next()?;
        let length = if self.of_pair.is_some() { PAIR_BYTES } else { char.len_utf8() * ESCAPE_BYTES };
        let first = MendedChar { at: self.range.start, escapes: &escapes[..length], char, parts };
        Some((characters, first))
    }
}

/// The runs of escapes, in a text in double quotes, that stand for bytes from 0x80 on, and the pairs.
fn runs(text: &str, quoted: Range<usize>) -> impl Iterator<Item = Run> {
    let bytes = &text.as_bytes()[..quoted.end];
    let mut at = quoted.start;
    std::iter::from_fn(move || {
        loop {
            at += memchr::memchr(b'\\', &bytes[at..])?;
            let start = at;
            while escaped_byte(&bytes[at..]).is_some_and(|byte| byte >= 0x80) {
                at += ESCAPE_BYTES;
            }
            let of_pair = escaped_pair(&bytes[at..]).filter(|_| at == start);
            if of_pair.is_some() {
                at += PAIR_BYTES;
            }
            if at > start {
                return Some(Run { range: start..at, of_pair });
            }
            // The backslash and what it escapes, which may be a backslash.
            at = (at + 2).min(bytes.len());
        }
    })
}

/// The bytes of a run of escapes.
fn escaped_bytes(run: &str) -> impl Iterator<Item = u8> {
    run.as_bytes().chunks(ESCAPE_BYTES).filter_map(escaped_byte)
}

/// The byte of the escape that a text begins with, like `\xC3`.
fn escaped_byte(text: &[u8]) -> Option<u8> {
    let [b'\\', b'x', high, low, ..] = text else {
        return None;
    };
    hex_byte([*high, *low])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn mends(text: &str, expected: &str) {
        assert_eq!(mended(text).map(|mended| mended.text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn runs_that_are_utf8_are_mended() {
        mends(r#"a: "teor\xC3\xADa""#, r#"a: "teor\U000000EDa""#);
        mends(r#"a: ["\xe2\x80\x99s", '\xC3\xAD']"#, r#"a: ["\U00002019s", '\xC3\xAD']"#);
        mends(r#"a: "\\\xC3\xB3\xc3\xa1\xE9x\xF0\x9F\x8D\xB5""#, r#"a: "\\\xC3\xB3\xc3\xa1\xE9x\U0001F375""#);
        mends("a: \"x\n  \\xC3\\xB3\" # \\xC3\\xB3", "a: \"x\n  \\U000000F3\" # \\xC3\\xB3");
    }

    #[test]
    fn pairs_are_mended() {
        mends(r#"a: "\ud83c\uDF75\ud83c\udf75x""#, r#"a: "\U0001F375\U0001F375x""#);
        mends(
            r#"a: "\ud83c\ud83c\udf75\u0041\xC3\xB3\uD83C\uDF75""#,
            r#"a: "\ud83c\U0001F375\u0041\U000000F3\U0001F375""#,
        );
    }

    #[test]
    fn other_escapes_stay() {
        for text in [
            r#"a: "\ud83c \udf75 \udf75\ud83c \ud83c\u0041 \u00e9\udf75""#,
            r#"a: "\\ud83c\\udf75""#,
            r#"a: "\ud83c\udf7""#,
            r#"a: "\ud83""#,
            r"a: '\ud83c\udf75'",
            "a: b",
            r#"a: "\x41 \xe9 \xC3\x41 \xB3\xC3 \xC3 \xB3""#,
            r"a: \xC3\xB3",
            r"a: '\xC3\xB3'",
            r#"a: "\\xC3\\xB3""#,
            r#"a: "\xC3\xB""#,
            r#"a: "\xC3"#,
            r#"a: "\"#,
            "a: |\n  \"\\xC3\\xB3\"",
            "# \"\\xC3\\xB3\"",
        ] {
            assert!(mended(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_first_character_of_each_text_is_told() {
        let text = r#"a: "x\xC3\xB3\xC3\xA1 \xC3\xB3", b: "\xE2\x80\xA6""#.replace(", ", "\n");
        let told = mended(&text).unwrap().first_of_each_text;
        let told: Vec<_> = told.iter().map(|first| (first.at, first.escapes, first.char)).collect();
        assert_eq!(told, [(5, r"\xC3\xB3", 'ó'), (36, r"\xE2\x80\xA6", '…')]);
    }
}
