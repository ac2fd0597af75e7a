//! The numbers of the items of ordered lists, as browsers write them.

use std::fmt;

use crate::post::Numbering;

/// The greatest number that Roman numerals have, as in CSS.
const MAX_ROMAN: i32 = 3999;

const ROMAN: [(i32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Writes a number: `3`, `c`, `C`, `iii`, `III`. What letters cannot say is in digits: 0, -1, 4000 in Roman
/// numerals.
pub(super) fn write(out: &mut impl fmt::Write, number: i32, numbering: Numbering) -> fmt::Result {
    match numbering {
        Numbering::LowerAlpha if number > 0 => write_letters(out, number, 'a'),
        Numbering::UpperAlpha if number > 0 => write_letters(out, number, 'A'),
        Numbering::LowerRoman if (1..=MAX_ROMAN).contains(&number) => write_roman(out, number, false),
        Numbering::UpperRoman if (1..=MAX_ROMAN).contains(&number) => write_roman(out, number, true),
        _ => write!(out, "{number}"),
    }
}

/// `a` to `z`, `aa` to `zz`, and so on.
fn write_letters(out: &mut impl fmt::Write, number: i32, first: char) -> fmt::Result {
    // A number of 32 bits has seven letters at most.
    let mut letters = ['\0'; 7];
    let mut rest = number.unsigned_abs();
    let mut start = letters.len();
    while rest > 0 && start > 0 {
        rest -= 1;
        start -= 1;
        letters[start] = char::from_u32(u32::from(first) + rest % 26).unwrap_or(first);
        rest /= 26;
    }
    letters[start..].iter().try_for_each(|letter| out.write_char(*letter))
}

fn write_roman(out: &mut impl fmt::Write, number: i32, is_upper: bool) -> fmt::Result {
    let mut rest = number;
    for (value, numeral) in ROMAN {
        while rest >= value {
            rest -= value;
            for letter in numeral.chars() {
                out.write_char(if is_upper { letter.to_ascii_uppercase() } else { letter })?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_browsers_write_them() {
        use Numbering::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
        for (number, numbering, expected) in [
            (12, Decimal, "12"),
            (1, LowerAlpha, "a"),
            (26, UpperAlpha, "Z"),
            (27, LowerAlpha, "aa"),
            (702, LowerAlpha, "zz"),
            (703, LowerAlpha, "aaa"),
            (i32::MAX, UpperAlpha, "FXSHRXW"),
            (4, LowerRoman, "iv"),
            (1994, UpperRoman, "MCMXCIV"),
            (3888, LowerRoman, "mmmdccclxxxviii"),
            (4000, UpperRoman, "4000"),
            (0, UpperAlpha, "0"),
            (-3, LowerRoman, "-3"),
            (i32::MIN, LowerAlpha, "-2147483648"),
        ] {
            let mut written = String::new();
            write(&mut written, number, numbering).expect("a string takes all");
            assert_eq!(written, expected);
        }
    }
}
