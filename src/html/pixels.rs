//! Lengths in attributes.

use crate::bytes::number_at_start;

/// A length in pixels: `640`, `640.5` or `640px`. `None` for a percentage.
pub(crate) fn pixels(value: &str) -> Option<u32> {
    let (number, digits) = number_at_start(value.as_bytes());
    // Nearly all are digits alone.
    if digits > 0 && digits == value.len() {
        return Some(number);
    }
    let value = value.trim_ascii();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    (unit.is_empty() || unit.eq_ignore_ascii_case("px")).then(|| number.parse().ok()).flatten()
}
