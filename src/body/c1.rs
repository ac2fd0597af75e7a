//! C1 control characters, which pages of old hold in place of quotation marks and dashes: somebody took
//! windows-1252 for Latin-1. HTML reads references to them (`&#146;`) as windows-1252, and so are they here.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::rewritten::{Rewriter, Rewritten};
use crate::references::windows_1252;
use crate::source_map::SourceMap;

/// The text with the characters that its C1 controls were meant to be.
pub(super) fn decode(text: Cow<'_, str>, with_map: bool) -> Rewritten<'_> {
    let mut decoded = Rewriter::new(&text, text.len() + text.len() / 64, with_map);
    // All C1 controls begin with this byte in UTF-8, and other characters too.
    for at in memchr_iter(0xc2, text.as_bytes()) {
        if let Some(c) = text[at..].chars().next().and_then(windows_1252) {
            decoded.replace(at..at + '\u{80}'.len_utf8(), Some(c));
        }
    }
    decoded.finish().unwrap_or_else(|| Rewritten { text, map: SourceMap::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_what_they_were_meant_to_be() {
        let Rewritten { text, map } = decode("a\u{92}b\u{a0}\u{80}\u{81}é\u{85}".into(), true);
        assert_eq!(text, "a’b\u{a0}€\u{81}é…");
        let origins: Vec<usize> =
            ["a", "’", "b", "€", "\u{81}", "…"].map(|c| map.origin(text.find(c).unwrap())).into();
        assert_eq!(origins, [0, 1, 3, 6, 8, 12]);
    }

    #[test]
    fn other_text_stays_where_it_is() {
        assert!(matches!(decode("é\u{a0}\u{81}".into(), true).text, Cow::Borrowed(_)));
    }
}
