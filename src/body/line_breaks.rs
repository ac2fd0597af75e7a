//! Carriage returns, of which HTML makes line feeds before anything else: alone, or with the line feed after
//! them. [In the standard](https://infra.spec.whatwg.org/#normalize-newlines).

use std::borrow::Cow;

use memchr::memchr_iter;

use super::rewritten::Rewritten;
use crate::source_map::SourceMap;

/// The text with line feeds alone, of a text that has carriage returns.
pub(super) fn normalize(text: &str, with_map: bool) -> Rewritten<'static> {
    let bytes = text.as_bytes();
    let mut normal = String::with_capacity(text.len());
    let mut map = SourceMap::new(with_map);
    let mut copied = 0;
    for at in memchr_iter(b'\r', bytes) {
        if copied < at {
            map.copy(normal.len(), copied);
            normal.push_str(&text[copied..at]);
        }
        copied = at + 1;
        if bytes.get(copied) != Some(&b'\n') {
            map.written(normal.len(), at);
            normal.push('\n');
        }
    }
    map.copy(normal.len(), copied);
    normal.push_str(&text[copied..]);
    Rewritten { text: Cow::Owned(normal), map }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_breaks_are_line_feeds() {
        let Rewritten { text, map } = normalize("a\r\nb\rc\r\r\n\nd\r", true);
        assert_eq!(text, "a\nb\nc\n\n\nd\n");
        let origins: Vec<usize> = (0..=text.len()).map(|made| map.origin(made)).collect();
        assert_eq!(origins, [0, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
    }
}
