//! What a line of Markdown begins with before its own text.

/// Whether a byte may be in what a line begins with in quotations and in items of lists: `> 1. - `.
pub(super) fn is_marker(byte: u8) -> bool {
    byte.is_ascii_digit() || b" \t>-+*.)".contains(&byte)
}
