//! Carriage returns, alone or with the line feed after them: HTML makes line feeds of them before anything
//! else. [In the standard](https://infra.spec.whatwg.org/#normalize-newlines).

use std::borrow::Cow;

use memchr::memchr_iter;

use super::rewritten::{Rewriter, Rewritten};
use crate::source_map::SourceMap;

/// The text with line feeds alone.
pub(super) fn normalize(text: Cow<'_, str>, with_map: bool) -> Rewritten<'_> {
    let mut normal = Rewriter::new(&text, text.len(), with_map);
    for at in memchr_iter(b'\r', text.as_bytes()) {
        let has_line_feed = text.as_bytes().get(at + 1) == Some(&b'\n');
        normal.replace(at..at + 1, if has_line_feed { None } else { Some('\n') });
    }
    normal.finish().unwrap_or_else(|| Rewritten { text, map: SourceMap::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_breaks_are_line_feeds() {
        let Rewritten { text, map } = normalize("a\r\nb\rc\r\r\n\nd\r".into(), true);
        assert_eq!(text, "a\nb\nc\n\n\nd\n");
        let origins: Vec<usize> = (0..=text.len()).map(|made| map.origin(made)).collect();
        assert_eq!(origins, [0, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
    }
}
