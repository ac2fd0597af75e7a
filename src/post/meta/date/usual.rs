//! The forms of dates that nearly all posts have, in which each digit has a fixed index: from the bytes of a
//! text to [`Date`], eight bytes at a time.
//!
//! Of the dates of a corpus, 68 of 100 are like `2023-06-20T01:53:36.223Z`, and 29 end with `+00:00` instead
//! of the fraction and the `Z`.

use jiff::civil;
use jiff::tz::Offset;

use super::model::{Date, UtcOffset};

/// The form of eight bytes: at each index a digit, or one certain character.
struct Form {
    /// The characters, and the digit zero in the place of digits.
    lowest: u64,
    /// What makes the highest bit of a byte 1 if it is added to a difference from `lowest` that is too large.
    to_high: u64,
}

const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

impl Form {
    /// A form in which `0` stands for any digit, and every other character for itself.
    const fn new(form: [u8; 8]) -> Self {
        let mut to_high = [0x7f; 8];
        let mut at = 0;
        while at < form.len() {
            if form[at] == b'0' {
                to_high[at] -= 9;
            }
            at += 1;
        }
        Self { lowest: u64::from_le_bytes(form), to_high: u64::from_le_bytes(to_high) }
    }

    /// The numbers of two digits in a text of this form, each at the index of its first digit. What is at the
    /// other indices means nothing. `None` if the text has another form.
    #[inline]
    fn numbers(&self, text: [u8; 8]) -> Option<[i8; 8]> {
        let digits = u64::from_le_bytes(text) ^ self.lowest;
        // No sum reaches the next byte unless a byte has its highest bit anyway.
        if (digits.wrapping_add(self.to_high) | digits) & HIGH != 0 {
            return None;
        }
        // The digit before each is its ten. Both fit into the byte.
        let numbers = digits * 10 + (digits >> 8);
        Some(numbers.to_le_bytes().map(|number| i8::from_le_bytes([number])))
    }
}

const MONTH: Form = Form::new(*b"0000-00-");
const TIME: Form = Form::new(*b"00T00:00");
const SECOND_IN_UTC: Form = Form::new(*b":00.000Z");

impl Date {
    /// A moment in the form `2023-06-20T01:53:36.223Z`. `None` for any other text.
    pub(crate) fn in_milliseconds(text: &[u8; 24]) -> Option<Self> {
        let [month, time, second] = [0, 8, 16].map(|at| text[at..].first_chunk::<8>());
        let [century, _, year, _, _, month, _, _] = MONTH.numbers(*month?)?;
        let [day, _, _, hour, _, _, minute, _] = TIME.numbers(*time?)?;
        let [_, second, _, _, hundredths, _, thousandths, _] = SECOND_IN_UTC.numbers(*second?)?;
        let day = civil::Date::new(year_of(century, year), month, day).ok()?;
        // The number at the last digit has that for its ten.
        let millisecond = i32::from(hundredths) * 10 + i32::from(thousandths) / 10;
        let time = civil::Time::new(hour, minute, second, millisecond * 1_000_000).ok()?;
        Some(Self::Offset { datetime: day.to_datetime(time), offset: UtcOffset::Z, fraction_digits: 3 })
    }
}

/// A day `2019-01-02`, then maybe a time `T03:04:05` with a fraction of three digits or none, and maybe an
/// offset `Z`, `+08:00` or ` +0800`. There may be a space instead of the `T`. `None` for anything else, which
/// may be a date all the same.
pub(super) fn usual(text: &[u8]) -> Option<Date> {
    let (month, rest) = text.split_first_chunk::<8>()?;
    let [century, _, year, _, _, month, _, _] = MONTH.numbers(*month)?;
    let year = year_of(century, year);
    let Some((time, rest)) = rest.split_first_chunk::<8>() else {
        let day = number(rest.try_into().ok()?)?;
        return civil::Date::new(year, month, day).ok().map(Date::Day);
    };
    let mut time = *time;
    if time[2] == b' ' {
        time[2] = b'T';
    }
    let [day, _, _, hour, _, _, minute, _] = TIME.numbers(time)?;
    let day = civil::Date::new(year, month, day).ok()?;
    let (second, millisecond, fraction_digits, zone) = match *rest {
        [b':', s0, s1, b'.', f0, f1, f2, ref zone @ ..] => {
            let millisecond = i32::from(number([b'0', f0])?) * 100 + i32::from(number([f1, f2])?);
            (number([s0, s1])?, millisecond, 3, zone)
        }
        [b':', s0, s1, ref zone @ ..] => (number([s0, s1])?, 0, 0, zone),
        _ => return None,
    };
    let time = civil::Time::new(hour, minute, second, millisecond * 1_000_000).ok()?;
    let datetime = day.to_datetime(time);
    let offset = match *zone {
        [] => return Some(Date::Local { datetime, fraction_digits }),
        [b'Z'] => UtcOffset::Z,
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] | [b' ', sign @ (b'+' | b'-'), h0, h1, m0, m1] => {
            UtcOffset::Numeric(offset_of(sign == b'-', number([h0, h1])?, number([m0, m1])?)?)
        }
        _ => return None,
    };
    Some(Date::Offset { datetime, offset, fraction_digits })
}

fn year_of(century: i8, year: i8) -> i16 {
    i16::from(century) * 100 + i16::from(year)
}

/// The number of two digits. `None` if one is not a digit.
fn number([tens, ones]: [u8; 2]) -> Option<i8> {
    let digit = |byte: u8| Some(byte.wrapping_sub(b'0')).filter(|digit| *digit < 10);
    i8::try_from(digit(tens)? * 10 + digit(ones)?).ok()
}

/// The offset of `hours` and `minutes`. `None` if they are out of range.
pub(super) fn offset_of(is_negative: bool, hours: impl Into<i32>, minutes: impl Into<i32>) -> Option<Offset> {
    let (hours, minutes) = (hours.into(), minutes.into());
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if is_negative { -seconds } else { seconds }).ok()
}
