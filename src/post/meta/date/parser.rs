//! Dates as posts write them: from a text like `2019-01-02 03:04:05 +0800` to [`Date`].

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;
use nom::branch::alt;
use nom::bytes::complete::{is_not, take_while_m_n, take_while1};
use nom::character::complete::{alpha1, char, one_of, space0, space1};
use nom::combinator::{all_consuming, map, map_opt, opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use super::model::{Date, UtcOffset};
use super::usual::{offset_of, usual};

/// A text is not a date. See [`Date`] for the forms that are read.
///
/// ```
/// let error = "tuesday".parse::<offprint::Date>().unwrap_err();
/// assert_eq!(error.to_string(), "not a date: `tuesday`");
/// ```
///
/// Of a text of more than 64 characters, the message has the first 64 and a `…`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: `{0}`")]
pub struct DateParseError(String);

impl DateParseError {
    fn new(text: &str) -> Self {
        match text.char_indices().nth(64) {
            Some((end, _)) => Self(format!("{}…", &text[..end])),
            None => Self(text.to_owned()),
        }
    }
}

impl FromStr for Date {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<Self, DateParseError> {
        let quickly = || text.as_bytes().try_into().ok().and_then(Self::in_milliseconds);
        quickly()
            .or_else(|| usual(text.as_bytes()))
            .or_else(|| general(text))
            .ok_or_else(|| DateParseError::new(text))
    }
}

/// Reads all the forms that [`FromStr`] reads.
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// All forms, with white space around them. `None` if the text is not one.
pub(super) fn general(text: &str) -> Option<Date> {
    all_consuming(alt((date, mail_date))).parse_complete(text.trim()).ok().map(|(_, date)| date)
}

/// A date like `2019-01-02 03:04:05 +08:00`, of which the time and the offset may be missing.
///
/// The rest begins after the last part that is there. Fails if the input does not begin with a day.
fn date(input: &str) -> IResult<&str, Date> {
    let (input, day) = day(input)?;
    let (input, time) =
        opt(preceded(alt((value((), one_of("Tt")), value((), space1))), time)).parse(input)?;
    with_offset(day, time, input)
}

/// A date like `Tue, 29 Sep 2020 10:00:00 GMT`, as RFC 2822 has it in mails and feeds. The name of the day,
/// the time and the offset may be missing, and names may be written out. A comment, like `(PDT)`, may follow.
///
/// The rest begins after the last part that is there. Fails if the input does not begin with a day, or if the
/// day has another name than it says.
fn mail_date(input: &str) -> IResult<&str, Date> {
    let (input, weekday) = opt(terminated(name_of(&WEEKDAYS), (opt(char(',')), space1))).parse(input)?;
    let parts = (digits(1, 2), space1, name_of(&MONTHS), space1, digits(4, 4));
    let (input, day) = map_opt(parts, |(day, _, month, _, year)| {
        let day = civil::Date::new(year, month, i8::try_from(day).ok()?).ok()?;
        weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset() == weekday).then_some(day)
    })
    .parse(input)?;
    let (input, time) = opt(preceded(space1, time)).parse(input)?;
    let comment = (space0, delimited(char('('), is_not("()"), char(')')));
    terminated(|input| with_offset(day, time, input), opt(comment)).parse(input)
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// One of these names in any case, or its first three letters: its number, which is 1 for the first.
///
/// The rest begins after the letters. Fails if they are not one of the names.
fn name_of<'a>(
    names: &'static [&'static str],
) -> impl Parser<&'a str, Output = i8, Error = nom::error::Error<&'a str>> {
    map_opt(alpha1, move |word: &str| {
        let is = |name: &str| word.eq_ignore_ascii_case(name) || word.eq_ignore_ascii_case(&name[..3]);
        (1..).zip(names).find(|(_, name)| is(name)).map(|(number, _)| number)
    })
}

/// The date of a day and maybe its time, whose offset may follow.
///
/// The rest begins after the offset, if there is one.
fn with_offset(day: civil::Date, time: Option<(civil::Time, u8)>, input: &str) -> IResult<&str, Date> {
    let Some((time, fraction_digits)) = time else {
        return Ok((input, Date::Day(day)));
    };
    let datetime = day.to_datetime(time);
    map(opt(preceded(space0, offset)), move |offset| match offset {
        Some(offset) => Date::Offset { datetime, offset, fraction_digits },
        None => Date::Local { datetime, fraction_digits },
    })
    .parse(input)
}

/// A day like `2019-01-02`, `2019/01/02` or `-000044-03-15`.
///
/// The rest begins after its last digit. Fails if a number is missing or the month does not have the day.
fn day(input: &str) -> IResult<&str, civil::Date> {
    let before_0 = map_opt(preceded(char('-'), digits(6, 6)), |year| (year > 0).then_some(-year));
    let (input, year) = alt((digits(4, 4), before_0)).parse(input)?;
    let (input, separator) = one_of("-/").parse(input)?;
    let month = terminated(digits(1, 2), char(separator));
    map_opt((month, digits(1, 2)), move |(month, day)| {
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
    .parse(input)
}

/// A time like `03:04:05.678`, and how many digits its fraction of a second has.
///
/// The rest begins after its last digit. Fails if a number is missing or out of range.
fn time(input: &str) -> IResult<&str, (civil::Time, u8)> {
    let minute = preceded(char(':'), digits(2, 2));
    let second = preceded(char(':'), (digits(2, 2), opt(preceded(char('.'), fraction))));
    map_opt((digits(1, 2), minute, opt(second)), |(hour, minute, second)| {
        let (second, fraction) = second.unwrap_or_default();
        let (nanosecond, digits) = fraction.unwrap_or_default();
        let second = if second == 60 { 59 } else { second };
        let [hour, minute, second] = [hour, minute, second].map(i8::try_from);
        Some((civil::Time::new(hour.ok()?, minute.ok()?, second.ok()?, nanosecond).ok()?, digits))
    })
    .parse(input)
}

/// A fraction of a second, like the `678` of `.678`, in nanoseconds, and how many of its digits are kept.
///
/// The rest begins after its last digit, kept or not. Fails if there is no digit.
fn fraction(input: &str) -> IResult<&str, (i32, u8)> {
    map(take_while1(|char: char| char.is_ascii_digit()), |all: &str| {
        let kept = &all.as_bytes()[..all.len().min(9)];
        let nanosecond = (0..9)
            .fold(0, |sum, index| sum * 10 + kept.get(index).map_or(0, |digit| i32::from(digit - b'0')));
        #[expect(clippy::cast_possible_truncation, reason = "at most nine")]
        let digits = kept.len() as u8;
        (nanosecond, digits)
    })
    .parse(input)
}

/// An offset from UTC, like `Z` or `+08:00`.
///
/// The rest begins after it. Fails if there is not one, or if hours or minutes are out of range.
fn offset(input: &str) -> IResult<&str, UtcOffset> {
    alt((map_opt(alpha1, zone), map(numeric_offset, UtcOffset::Numeric))).parse(input)
}

/// The zones that RFC 2822 gives an offset. Others have different ones in different countries.
fn zone(name: &str) -> Option<UtcOffset> {
    const UTC: [&str; 4] = ["Z", "UTC", "GMT", "UT"];
    const OTHERS: [(&str, i8); 8] = [
        ("EDT", -4),
        ("EST", -5),
        ("CDT", -5),
        ("CST", -6),
        ("MDT", -6),
        ("MST", -7),
        ("PDT", -7),
        ("PST", -8),
    ];
    if UTC.iter().any(|utc| utc.eq_ignore_ascii_case(name)) {
        return Some(UtcOffset::Z);
    }
    let (_, hours) = OTHERS.into_iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
    Some(UtcOffset::Numeric(jiff::tz::offset(hours)))
}

/// An offset in numbers: `+08:00`, `+0800`, `+08` or `+8`.
///
/// The rest begins after its last digit. Fails if there is no plus or minus, or if hours or minutes are out
/// of range.
fn numeric_offset(input: &str) -> IResult<&str, Offset> {
    let with_colon = (digits(1, 2), preceded(char(':'), digits(2, 2)));
    let without_colon = (digits(2, 2), digits(2, 2));
    let hours_only = map(digits(1, 2), |hours| (hours, 0));
    map_opt((one_of("+-"), alt((with_colon, without_colon, hours_only))), |(sign, (hours, minutes))| {
        offset_of(sign == '-', hours, minutes)
    })
    .parse(input)
}

/// A number of `least` to `most` digits, as many as there are.
///
/// The rest begins after the last of them. Fails if there are fewer, or the number does not fit.
fn digits<'a>(
    least: usize,
    most: usize,
) -> impl Parser<&'a str, Output = i16, Error = nom::error::Error<&'a str>> {
    map_opt(take_while_m_n(least, most, |char: char| char.is_ascii_digit()), |digits: &str| {
        digits.parse().ok()
    })
}
