//! The numbers of items as letters and Roman numerals.

use crate::post::Numbering;

/// Roman numerals, the largest first.
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

/// The number of an item as it is written. Digits where the system of numbers has no such number, [as in
/// browsers](https://drafts.csswg.org/css-counter-styles/#simple-alphabetic).
pub(super) fn label(numbering: Numbering, number: i32) -> String {
    match numbering {
        Numbering::LowerAlpha if number > 0 => letters(number),
        Numbering::UpperAlpha if number > 0 => letters(number).to_ascii_uppercase(),
        Numbering::LowerRoman if (1..4000).contains(&number) => roman(number),
        Numbering::UpperRoman if (1..4000).contains(&number) => roman(number).to_ascii_uppercase(),
        Numbering::Decimal
        | Numbering::LowerAlpha
        | Numbering::UpperAlpha
        | Numbering::LowerRoman
        | Numbering::UpperRoman => number.to_string(),
    }
}

/// `z` comes before `aa`.
fn letters(mut number: i32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.extend(char::from_u32('a' as u32 + number.unsigned_abs() % 26));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut number: i32) -> String {
    let mut numerals = String::new();
    for (value, numeral) in ROMAN {
        while number >= value {
            numerals.push_str(numeral);
            number -= value;
        }
    }
    numerals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_browsers_show_them() {
        for (numbering, number, expected) in [
            (Numbering::Decimal, -3, "-3"),
            (Numbering::LowerAlpha, 1, "a"),
            (Numbering::UpperAlpha, 26, "Z"),
            (Numbering::LowerAlpha, 27, "aa"),
            (Numbering::LowerAlpha, 702, "zz"),
            (Numbering::LowerAlpha, 703, "aaa"),
            (Numbering::LowerAlpha, 0, "0"),
            (Numbering::LowerRoman, 1994, "mcmxciv"),
            (Numbering::UpperRoman, 3999, "MMMCMXCIX"),
            (Numbering::UpperRoman, 4000, "4000"),
        ] {
            assert_eq!(label(numbering, number), expected);
        }
    }
}
