//! Paths as text.

use std::fmt::Write;
use std::path::{MAIN_SEPARATOR, Path};

/// The path as text, with `/` between its parts on every system. No two paths give the same text.
///
/// A path that is not UTF-8 has `\x` and two hexadecimal digits for each byte that is not, such as
/// `caf\xE9.md`. So that no other path looks like that, a backslash that stands before an `x` and two
/// hexadecimal digits is written as `\x5C`. All else stays. Whoever replaces each `\x` and two digits, from
/// left to right, by its byte has the path.
pub(crate) fn text(path: &Path) -> String {
    let mut text = String::new();
    // On Windows these are not the bytes of the file system, but the same holds for them.
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        push_escaped(&mut text, chunk.valid());
        for byte in chunk.invalid() {
            // Writing to memory does not fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// Appends a part of a path that is UTF-8.
fn push_escaped(text: &mut String, part: &str) {
    if MAIN_SEPARATOR != '/' {
        // No name holds a backslash there.
        text.extend(part.chars().map(|c| if c == MAIN_SEPARATOR { '/' } else { c }));
        return;
    }
    for (number, piece) in part.split('\\').enumerate() {
        if number > 0 {
            text.push_str(if looks_like_an_escape(piece) { "\\x5C" } else { "\\" });
        }
        text.push_str(piece);
    }
}

/// Whether what follows a backslash makes an escape of it.
fn looks_like_an_escape(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'x', high, low, ..] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        _ => false,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    fn path(bytes: &[u8]) -> &Path {
        Path::new(OsStr::from_bytes(bytes))
    }

    /// What the documentation says of the way back.
    fn bytes(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = text.as_bytes();
        while let [first, after @ ..] = rest {
            rest = after;
            let byte = match after {
                [b'x', digits @ ..] if *first == b'\\' => digits
                    .get(..2)
                    .and_then(|two| std::str::from_utf8(two).ok())
                    .filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()))
                    .and_then(|two| u8::from_str_radix(two, 16).ok()),
                _ => None,
            };
            if byte.is_some() {
                rest = &rest[3..];
            }
            bytes.push(byte.unwrap_or(*first));
        }
        bytes
    }

    #[test]
    fn each_path_has_a_text_of_its_own() {
        for (name, expected) in [
            (&b"a/b.md"[..], "a/b.md"),
            (b"caf\xe9.md", r"caf\xE9.md"),
            ("caf\u{e9}\u{fffd}.md".as_bytes(), "caf\u{e9}\u{fffd}.md"),
            (br"caf\xE9.md", r"caf\x5CxE9.md"),
            (br"caf\xe9.md", r"caf\x5Cxe9.md"),
            (br"\x5C", r"\x5Cx5C"),
            (br"\\x41", r"\\x5Cx41"),
            (b"\\\xff\\x\xff4\\x4\xff\\", r"\\xFF\x\xFF4\x4\xFF\"),
            (b"\xff41", r"\xFF41"),
            (br"a\b\x4g\X41\x", r"a\b\x4g\X41\x"),
            (b"\xe2\x82", r"\xE2\x82"),
        ] {
            assert_eq!(text(path(name)), expected);
            assert_eq!(bytes(expected), name, "{expected}");
        }
    }

    #[test]
    fn no_short_name_has_the_text_of_another() {
        let signs = [&b"\\"[..], b"x", b"5", b"C", b"\xff", b"\xe9"];
        let mut names = vec![Vec::new()];
        let mut texts = std::collections::HashSet::new();
        for _ in 0..6 {
            names =
                names.iter().flat_map(|name| signs.iter().map(move |sign| [name, *sign].concat())).collect();
            for name in &names {
                let text = text(path(name));
                assert_eq!(bytes(&text), *name, "{text}");
                assert!(texts.insert(text), "{name:?}");
            }
        }
        assert_eq!(texts.len(), (1..=6).map(|length| 6_usize.pow(length)).sum::<usize>());
    }
}
