//! What the formats share: changes to a text, and the reasons to refuse one.

use std::ops::Range;

/// Why a key cannot be edited, in words.
pub(super) type Refusal = &'static str;

/// A change to a text.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The ranges that are replaced, in ascending order, and what replaces them.
    pub(super) pieces: Vec<(Range<usize>, String)>,
    /// What is in the way if the change turns out to change more than it should.
    pub(super) risk: Refusal,
}

/// What is in the way if nothing else is known to be.
pub(super) const CHANGES_MORE: Refusal = "the change would change more than this key";

impl Change {
    /// A change at one position.
    pub(super) fn new(range: Range<usize>, with: String, risk: Refusal) -> Self {
        Self { pieces: vec![(range, with)], risk }
    }

    /// The text after the change.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len() + 64);
        let mut kept_until = 0;
        for (range, with) in &self.pieces {
            result.push_str(&text[kept_until..range.start]);
            result.push_str(with);
            kept_until = range.end;
        }
        result.push_str(&text[kept_until..]);
        result
    }
}

/// The line break that a text uses: that of its first line.
pub(super) fn line_break(text: &str) -> &'static str {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
