//! Bytes that are escaped as if they were characters: from `"teor\xC3\xADa"` to `"teor\U000000EDa"`.
//!
//! Ruby 1.8 knew no characters, and its YAML writer (Syck) escaped each byte of UTF-8. In YAML `\xC3` is the
//! character U+00C3, so that readers see `teorÃ­a`.

use std::fmt::Write;
use std::ops::Range;

use memchr::memmem;

use crate::bytes::hex_byte;
use crate::front_matter::nesting;

/// A text in which the escapes are mended.
pub(super) struct Mended<'t> {
    pub(super) text: String,
    /// The first character of each quoted text in which there were any.
    pub(super) first_of_each_text: Vec<MendedChar<'t>>,
}

/// A character whose bytes were escaped.
pub(super) struct MendedChar<'t> {
    /// Where its escapes start, in bytes of the text before it was mended.
    pub(super) at: usize,
    pub(super) escapes: &'t str,
    pub(super) char: char,
}

/// Mends a text that holds YAML. `None` if there is nothing to mend.
///
/// A run of escapes like `\xC3\xB3`, in double quotes, is mended if all of it is UTF-8, and each of its
/// characters has more than one byte: `\xe9` alone is an `é` that someone meant.
pub(super) fn mended(text: &str) -> Option<Mended<'_>> {
    memmem::find(text.as_bytes(), b"\\x")?;
    let mut mended = Mended { text: String::new(), first_of_each_text: Vec::new() };
    let mut copied = 0;
    for quoted in nesting::double_quoted(text) {
        let mut is_first = true;
        for run in runs(text, quoted) {
            let bytes: Vec<u8> = escaped_bytes(&text[run.clone()]).collect();
            let Ok(characters) = std::str::from_utf8(&bytes) else { continue };
            mended.text.push_str(&text[copied..run.start]);
            // Escapes again, because among the characters may be some that YAML does not allow in a text.
            for char in characters.chars() {
                let _ = write!(mended.text, "\\U{:08X}", u32::from(char));
            }
            copied = run.end;
            if let (true, Some(char)) = (is_first, characters.chars().next()) {
                let escapes = &text[run.start..run.start + char.len_utf8() * ESCAPE_BYTES];
                mended.first_of_each_text.push(MendedChar { at: run.start, escapes, char });
                is_first = false;
            }
        }
    }
    if copied == 0 {
        return None;
    }
    mended.text.push_str(&text[copied..]);
    Some(mended)
}

/// How many bytes an escape has.
const ESCAPE_BYTES: usize = r"\xC3".len();

/// The runs of escapes, in a text in double quotes, that stand for bytes from 0x80 on.
fn runs(text: &str, quoted: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[..quoted.end];
    let mut at = quoted.start;
    std::iter::from_fn(move || {
        loop {
            at += memchr::memchr(b'\\', &bytes[at..])?;
            let start = at;
            while escaped_byte(&bytes[at..]).is_some_and(|byte| byte >= 0x80) {
                at += ESCAPE_BYTES;
            }
            if at > start {
                return Some(start..at);
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
    fn other_escapes_stay() {
        for text in [
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
