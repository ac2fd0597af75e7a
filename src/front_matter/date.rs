//! Dates as posts write them.

use jiff::civil;
use jiff::tz::Offset;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{all_consuming, map, map_opt, opt, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::post::{Date, UtcOffset};

/// Reads a date: RFC 3339 and what is usual around it.
///
/// - The day is `2019-01-02`; months and days may have one digit.
/// - The time follows after `T`, `t` or blanks: `03:04:05`, `3:04:05` or `03:04`, with any number of digits behind
///   a point. Digits after the ninth are cut.
/// - The offset follows at once or after blanks: `Z`, `z`, `UTC`, `+08:00`, `+0800`, `+08` or `+8`. Without it the
///   date stays local.
///
/// A leap second, `23:59:60`, is read as the second before it, as jiff does. The calendar starts with the year 0,
/// as in ISO 8601. `24:00`, a day that the month does not have, and anything before or behind but white
/// space make it no date.
pub(super) fn parse(text: &str) -> Option<Date> {
    usual(text.as_bytes()).or_else(|| general(text))
}

fn general(text: &str) -> Option<Date> {
    all_consuming(date).parse_complete(text.trim()).ok().map(|(_, date)| date)
}

/// The forms that nearly all posts have, in which each digit has its place: `2019-01-02`, and behind it `T03:04:05`
/// with a fraction of three digits or none, and `Z` or `+08:00`. Anything else is left to [`general`].
fn usual(text: &[u8]) -> Option<Date> {
    let (&[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1], rest) = text.split_first_chunk()? else {
        return None;
    };
    let year = i16::from(number([y0, y1])?) * 100 + i16::from(number([y2, y3])?);
    let day = civil::Date::new(year, number([m0, m1])?, number([d0, d1])?).ok()?;
    if rest.is_empty() {
        return Some(Date::Day(day));
    }
    let (&[b'T', h0, h1, b':', m0, m1, b':', s0, s1], rest) = rest.split_first_chunk()? else { return None };
    let (millisecond, fraction_digits, zone) = match *rest {
        [b'.', f0, f1, f2, ref zone @ ..] => {
            (i32::from(number([b'0', f0])?) * 100 + i32::from(number([f1, f2])?), 3, zone)
        }
        _ => (0, 0, rest),
    };
    let offset = match *zone {
        [b'Z'] => UtcOffset::Z,
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            UtcOffset::Numeric(offset_of(sign == b'-', number([h0, h1])?, number([m0, m1])?)?)
        }
        _ => return None,
    };
    let [hour, minute, second] = [number([h0, h1])?, number([m0, m1])?, number([s0, s1])?];
    let time = civil::Time::new(hour, minute, second, millisecond * 1_000_000).ok()?;
    Some(Date::Offset { datetime: day.to_datetime(time), offset, fraction_digits })
}

/// The number of two digits.
fn number([tens, ones]: [u8; 2]) -> Option<i8> {
    let digit = |byte: u8| Some(byte.wrapping_sub(b'0')).filter(|digit| *digit < 10);
    i8::try_from(digit(tens)? * 10 + digit(ones)?).ok()
}

fn date(input: &str) -> IResult<&str, Date> {
    let (input, day) = day(input)?;
    let (input, time) =
        opt(preceded(alt((value((), one_of("Tt")), value((), space1))), time)).parse(input)?;
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

fn day(input: &str) -> IResult<&str, civil::Date> {
    let year = terminated(digits(4, 4), char('-'));
    let month = terminated(digits(1, 2), char('-'));
    map_opt((year, month, digits(1, 2)), |(year, month, day)| {
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
    .parse(input)
}

/// The time, and how many digits its fraction of a second has.
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

/// A fraction of a second in nanoseconds, and how many of its digits are kept.
fn fraction(input: &str) -> IResult<&str, (i32, u8)> {
    map(take_while1(|char: char| char.is_ascii_digit()), |all: &str| {
        let kept = &all.as_bytes()[..all.len().min(9)];
        let nanosecond = (0..9)
            .fold(0, |sum, place| sum * 10 + kept.get(place).map_or(0, |digit| i32::from(digit - b'0')));
        #[expect(clippy::cast_possible_truncation, reason = "at most nine")]
        let digits = kept.len() as u8;
        (nanosecond, digits)
    })
    .parse(input)
}

fn offset(input: &str) -> IResult<&str, UtcOffset> {
    let utc = alt((tag("Z"), tag("z"), tag("UTC")));
    alt((value(UtcOffset::Z, utc), map(numeric_offset, UtcOffset::Numeric))).parse(input)
}

fn numeric_offset(input: &str) -> IResult<&str, Offset> {
    let with_colon = (digits(1, 2), preceded(char(':'), digits(2, 2)));
    let without_colon = (digits(2, 2), digits(2, 2));
    let hours_only = map(digits(1, 2), |hours| (hours, 0));
    map_opt((one_of("+-"), alt((with_colon, without_colon, hours_only))), |(sign, (hours, minutes))| {
        offset_of(sign == '-', hours, minutes)
    })
    .parse(input)
}

fn offset_of(is_negative: bool, hours: impl Into<i32>, minutes: impl Into<i32>) -> Option<Offset> {
    let (hours, minutes) = (hours.into(), minutes.into());
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if is_negative { -seconds } else { seconds }).ok()
}

/// A number of so many digits. Four are the most that are asked for.
fn digits<'a>(
    least: usize,
    most: usize,
) -> impl Parser<&'a str, Output = i16, Error = nom::error::Error<&'a str>> {
    map_opt(take_while_m_n(least, most, |char: char| char.is_ascii_digit()), |digits: &str| {
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
    }

    #[track_caller]
    fn is_no_date(text: &str) {
        assert_eq!(parse(text), None, "{text}");
    }

    #[test]
    fn with_an_offset() {
        reads("2023-06-20T01:53:36.223Z", "2023-06-20T01:53:36.223Z");
        reads("2021-11-11T05:39:24+00:00", "2021-11-11T05:39:24+00:00");
        reads("2007-05-22T21:24:00.001+08:00", "2007-05-22T21:24:00.001+08:00");
        reads("2019-01-02 03:04:05 +0800", "2019-01-02T03:04:05+08:00");
        reads("2019-01-02 03:04:05 +08:00", "2019-01-02T03:04:05+08:00");
        reads("2019-01-02 03:04:05+08", "2019-01-02T03:04:05+08:00");
        reads("2019-01-02 03:04:05 -3:30", "2019-01-02T03:04:05-03:30");
        reads("2019-01-02t03:04:05z", "2019-01-02T03:04:05Z");
        reads("2019-01-02 03:04:05 Z", "2019-01-02T03:04:05Z");
        reads("2019-01-02 03:04:05 UTC", "2019-01-02T03:04:05Z");
        reads("2001-12-14 21:59:43.10 -5", "2001-12-14T21:59:43.10-05:00");
        reads("2018-11-20 16:33 +0100", "2018-11-20T16:33:00+01:00");
        reads("2018-11-20T16:33-00:00", "2018-11-20T16:33:00+00:00");
        reads("2019-01-02 03:04:05 -23:59", "2019-01-02T03:04:05-23:59");
    }

    /// Wherever a form is read by the places of its digits, the general parser must read the same.
    #[test]
    fn the_usual_forms_mean_what_they_mean_in_general() {
        let forms = [
            "2023-06-20T01:53:36.223Z",
            "2020-02-29T23:59:59Z",
            "2015-03-19T08:48:45.001-03:30",
            "2007-05-22T21:24:00+08:00",
            "0000-12-31",
        ];
        for form in forms {
            assert!(usual(form.as_bytes()).is_some(), "{form}");
            for at in 0..form.len() {
                for byte in (b' '..=b'~').filter(u8::is_ascii) {
                    let other = format!("{}{}{}", &form[..at], char::from(byte), &form[at + 1..]);
                    if let Some(date) = usual(other.as_bytes()) {
                        assert_eq!(Some(date), general(&other), "{other}");
                    }
                }
                let shorter = &form[..at];
                assert!(
                    usual(shorter.as_bytes()).is_none_or(|date| Some(date) == general(shorter)),
                    "{shorter}"
                );
            }
        }
    }

    #[test]
    fn without_an_offset_none_is_invented() {
        reads("2019-01-02T03:04:05", "2019-01-02T03:04:05");
        reads("2019-1-2 3:04:05", "2019-01-02T03:04:05");
        reads("2019-1-2 3:04", "2019-01-02T03:04:00");
        reads("2020-07-17", "2020-07-17");
        reads("2020-7-1", "2020-07-01");
        reads("  2020-07-17\t", "2020-07-17");
    }

    #[test]
    fn the_digits_of_the_fraction_are_kept_up_to_nine() {
        reads("2021-04-06T06:12:53.000Z", "2021-04-06T06:12:53.000Z");
        reads("2021-04-06T06:12:53.5", "2021-04-06T06:12:53.5");
        reads("2021-04-06T06:12:53.123456789Z", "2021-04-06T06:12:53.123456789Z");
        reads("2021-04-06T06:12:53.1234567899Z", "2021-04-06T06:12:53.123456789Z");
        reads(&format!("2021-04-06T06:12:53.{}Z", "9".repeat(1000)), "2021-04-06T06:12:53.999999999Z");
    }

    #[test]
    fn a_leap_second_is_the_second_before_it() {
        reads("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
        reads("2016-12-31T23:59:60.25Z", "2016-12-31T23:59:59.25Z");
        is_no_date("2016-12-31T23:59:61Z");
    }

    #[test]
    fn the_year_0_is_a_year() {
        reads("0000-01-01", "0000-01-01");
        reads("0000-02-29T00:00:00Z", "0000-02-29T00:00:00Z");
        is_no_date("0000-00-00 00:00:00");
    }

    #[test]
    fn what_is_no_date() {
        is_no_date("");
        is_no_date("tuesday");
        is_no_date("2023-01-010");
        is_no_date("2023-02-29");
        is_no_date("2023-13-01");
        is_no_date("23-01-01");
        is_no_date("2023/01/01");
        is_no_date("20230101");
        is_no_date("2023-01-01T");
        is_no_date("2023-01-01T24:00:00");
        is_no_date("2023-01-01 24:00");
        is_no_date("2023-01-01T03:60:00");
        is_no_date("2023-01-01T03");
        is_no_date("2023-01-01T03:04:05.");
        is_no_date("2023-01-01T03:04:05.Z");
        is_no_date("2023-01-01T03:04:05 +24:00");
        is_no_date("2023-01-01T03:04:05 +08:60");
        is_no_date("2023-01-01T03:04:05 +800");
        is_no_date("2023-01-01T03:04:05 PST");
        is_no_date("2023-01-01T03:04:05Z and more");
        is_no_date("2023-01-01 +08:00");
        is_no_date("２０２３-01-01");
    }

    /// An hour has one or two digits, a minute two or none, both are in range, and no sign is inside.
    #[test]
    fn malformed_offsets() {
        for offset in [
            "+2147483647:00",
            "+00:2147483647",
            "+99999999999999999999",
            "+-8:00",
            "++8",
            "-+8:00",
            "+8:+1",
            "+08:-1",
            "+1:2",
            "+01:2",
            "+:00",
            "+1:",
            "+",
            "+001:00",
            "+01:000",
            "+12345",
            "+24",
            "+2400",
            "+99:00",
            "+23:60",
            "+0860",
            "+8 :00",
            "+ 8:00",
            "+08:00Z",
            "Z+08:00",
            "+08:00:00",
            "+0\u{ff10}:00",
        ] {
            for gap in ["", " ", "  "] {
                is_no_date(&format!("2019-01-02T03:04:05{gap}{offset}"));
                is_no_date(&format!("2019-01-02 03:04{gap}{offset}"));
            }
        }
    }

    #[test]
    fn random_texts_of_a_dates_characters() {
        const PARTS: [&str; 24] = [
            "2019-01-02",
            "T03:04:05",
            "0",
            "1",
            "2",
            "9",
            "00",
            "59",
            "60",
            "2147483647",
            "9999",
            "-",
            "+",
            ":",
            ".",
            "Z",
            "T",
            " ",
            "+08:00",
            "+0800",
            "UTC",
            ".123",
            "-1-1",
            "9999-12-31T23:59:59",
        ];
        let mut state: u64 = 5;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let mut read = 0;
        for number in 0..200_000 {
            let start = ["2019-01-02T03:04:05", "2019-01-02 ", "2019-01-02", ""][number % 4];
            let rest: String = (0..random(6)).map(|_| PARTS[random(PARTS.len())]).collect();
            let text = start.to_owned() + &rest;
            let Some(date) = parse(&text) else { continue };
            assert_eq!(date.to_string().parse().as_ref(), Ok(&date), "{text}");
            let _ = date.timestamp();
            read += 1;
        }
        assert!(read > 1000, "{read}");
    }
}
