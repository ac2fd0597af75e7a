//! Text in HTML, in which the bytes that would be taken for markup are written as character references.

use std::fmt::{self, Write};

use crate::group::{Lanes, any, at_most, equal, equal_but, find};

/// Writes a text in which some bytes are replaced: of those that `marks` marks, those for which `replacement`
/// has something. All that is marked must be ASCII.
///
/// Of 29,825 pieces of text in the articles of a corpus, 28,491 have no such byte, and are written whole.
#[inline]
pub(super) fn write_replaced(
    out: &mut impl Write,
    text: &str,
    marks: impl Fn(Lanes) -> Lanes,
    replacement: impl Fn(u8) -> Option<&'static str>,
) -> fmt::Result {
    if !any(text.as_bytes(), &marks) {
        return out.write_str(text);
    }
    // Up to where the text is written, and up to where it has been looked at.
    let (mut written, mut seen) = (0, 0);
    while let Some(found) = find(&text.as_bytes()[seen..], &marks) {
        let at = seen + found;
        seen = at + 1;
        if let Some(replacement) = replacement(text.as_bytes()[at]) {
            out.write_str(&text[written..at])?;
            out.write_str(replacement)?;
            written = seen;
        }
    }
    out.write_str(&text[written..])
}

/// Marks the bytes that may need a reference in text: `<`, `>`, `&` and the control characters.
#[inline]
pub(super) fn markup(lanes: Lanes) -> Lanes {
    equal_but(lanes, b'>', b'<' ^ b'>') | equal(lanes, b'&') | at_most(lanes, b' ' - 1)
}

/// Marks the bytes that may need a reference in an attribute: quotation marks, too.
#[inline]
pub(super) fn markup_or_quotes(lanes: Lanes) -> Lanes {
    equal_but(lanes, b'>', b'<' ^ b'>') | equal_but(lanes, b'&', b'"' ^ b'&') | at_most(lanes, b' ' - 1)
}
