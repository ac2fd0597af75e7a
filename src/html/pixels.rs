//! Lengths in attributes.

/// A length in pixels: `640`, `640.5` or `640px`. `None` for a percentage.
pub(crate) fn pixels(value: &str) -> Option<u32> {
    /// A number of n digits, n = 9, is below 2^32.
    const MOST_DIGITS: usize = 9;
    // Nearly all are digits alone.
    if (1..=MOST_DIGITS).contains(&value.len()) {
        let add_digit = |number: u32, byte: u8| {
            let digit = byte.wrapping_sub(b'0');
            (digit < 10).then(|| 10 * number + u32::from(digit))
        };
        if let Some(number) = value.bytes().try_fold(0, add_digit) {
            return Some(number);
        }
    }
    let value = value.trim_ascii();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    (unit.is_empty() || unit.eq_ignore_ascii_case("px")).then(|| number.parse().ok()).flatten()
}
