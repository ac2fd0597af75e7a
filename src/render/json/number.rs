//! Numbers.

use std::fmt::{self, Write};

/// The most digits of an integer.
const MOST_DIGITS: usize = 20;

/// The numbers below 100, with two digits each.
const PAIRS: &str = "\
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Writes an integer without a sign.
#[inline]
pub(super) fn write_integer(out: &mut impl Write, value: u64) -> fmt::Result {
    // As most are: positions in a text, widths and heights.
    match usize::try_from(value) {
        Ok(value @ 0..10_000) => write_short(out, value),
        _ => write_long(out, value),
    }
}

/// Writes an integer of at most four digits.
fn write_short(out: &mut impl Write, value: usize) -> fmt::Result {
    let (first, last) = (2 * (value / 100), 2 * (value % 100));
    if value < 10 {
        return out.write_str(&PAIRS[last + 1..last + 2]);
    }
    if value >= 1000 {
        out.write_str(&PAIRS[first..first + 2])?;
    } else if value >= 100 {
        out.write_str(&PAIRS[first + 1..first + 2])?;
    }
    out.write_str(&PAIRS[last..last + 2])
}

/// Writes an integer, whatever it is.
#[cold]
fn write_long(out: &mut impl Write, value: u64) -> fmt::Result {
    let mut digits = [0; MOST_DIGITS];
    let mut start = MOST_DIGITS;
    let mut rest = value;
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.write_str(std::str::from_utf8(&digits[start..]).map_err(|_| fmt::Error)?)
}

/// Writes a number with the fewest digits that give it back. What is no number is `null`.
///
/// As `serde_json` does, it writes an exponent from 10¹⁶ on, with its sign, and below 10⁻⁵; and of two
/// numbers with equally few digits and equally close the even one.
#[cold]
pub(super) fn write_float(out: &mut impl Write, value: f64) -> fmt::Result {
    if !value.is_finite() {
        return out.write_str("null");
    }
    let mut text = format!("{value:e}");
    let Some((digits, exponent)) = parts(&text) else { return Err(fmt::Error) };
    // The standard library rounds a half up if it chooses the number of digits, and to even if it is told.
    let even = format!("{value:.*e}", digits - 1);
    if even.parse() == Ok(value) {
        text = even;
    }
    if exponent >= 16 {
        out.write_str(&text.replace('e', "e+"))
    } else if exponent < -5 {
        out.write_str(&text)
    } else {
        let decimals = (digits - 1).saturating_add_signed(-exponent).max(1);
        write!(out, "{value:.decimals$}")
    }
}

/// How many digits a number in scientific notation has, and its exponent.
fn parts(text: &str) -> Option<(usize, isize)> {
    let (digits, exponent) = text.split_once('e')?;
    Some((digits.bytes().filter(u8::is_ascii_digit).count(), exponent.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_float(value: f64) {
        let mut out = String::new();
        write_float(&mut out, value).unwrap();
        assert_eq!(out, serde_json::to_string(&value).unwrap(), "{value:e}");
    }

    #[test]
    fn floats_are_written_as_serde_json_writes_them() {
        for exponent in -330..=310 {
            for digits in ["1", "9.999999999999999", "1.5", "1.2345678901234567", "4", "5.000000000000001"] {
                let value: f64 = format!("{digits}e{exponent}").parse().unwrap();
                check_float(value);
                check_float(-value);
                check_float(f64::from_bits(value.to_bits().wrapping_sub(1)));
            }
        }
        // Of numbers beside these, those below are closer than those above.
        for power in -1074_i32..=1023 {
            for next in [-1, 0, 1] {
                check_float(f64::from_bits(f64::from(power).exp2().to_bits().wrapping_add_signed(next)));
            }
        }
        for value in [0.0, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY, f64::NAN, 9_007_199_254_740_993.0] {
            check_float(value);
            check_float(-value);
        }
        let mut bits = 1_u64;
        for _ in 0..100_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            check_float(f64::from_bits(bits));
            // From 2⁵⁰ on, half of all numbers lie half way between two decimals.
            check_float(f64::from_bits(bits >> 12 | (1023 + 50) << 52));
        }
    }

    #[test]
    fn integers_are_written_in_full() {
        for value in [0, 1, 9, 10, 99, 100, 12_345, u64::MAX - 1, u64::MAX] {
            let mut out = String::new();
            write_integer(&mut out, value).unwrap();
            assert_eq!(out, value.to_string());
        }
    }
}
