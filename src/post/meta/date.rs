//! Dates that never invent a time zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// When a post was published, as precisely as it says.
///
/// Shown, and written to JSON, as ISO 8601 has it: with the offset and the digits of the fraction of a
/// second that the source has, and with nothing that it has not.
///
/// ```
/// let post = offprint::Post::parse("---\ndate: 2019-01-02 03:04:05 +0800\n---\n")?;
/// let date = post.meta.date.unwrap();
/// assert_eq!(date.to_string(), "2019-01-02T03:04:05+08:00");
/// assert_eq!(date.timestamp().unwrap().to_string(), "2019-01-01T19:04:05Z");
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// A moment: a date and time with its offset from UTC.
    Offset {
        /// The date and time on the writer's clock.
        datetime: civil::DateTime,
        /// How far that clock was from UTC.
        offset: UtcOffset,
        /// How many digits of the fraction of a second the source has: 0 to 9.
        fraction_digits: u8,
    },
    /// A date and time on a clock somewhere.
    Local {
        /// The date and time.
        datetime: civil::DateTime,
        /// How many digits of the fraction of a second the source has: 0 to 9.
        fraction_digits: u8,
    },
    /// A day.
    Day(civil::Date),
}

/// An offset from UTC, as the source writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UtcOffset {
    /// `Z`: UTC.
    Z,
    /// `+08:00`: hours and minutes.
    Numeric(Offset),
}

impl From<UtcOffset> for Offset {
    fn from(offset: UtcOffset) -> Self {
        match offset {
            UtcOffset::Z => Offset::UTC,
            UtcOffset::Numeric(offset) => offset,
        }
    }
}

impl Date {
    /// The day on the writer's calendar.
    pub fn day(&self) -> civil::Date {
        match self {
            Self::Offset { datetime, .. } | Self::Local { datetime, .. } => datetime.date(),
            Self::Day(day) => *day,
        }
    }

    /// The date and time on the writer's clock, if the time is known.
    pub fn datetime(&self) -> Option<civil::DateTime> {
        match self {
            Self::Offset { datetime, .. } | Self::Local { datetime, .. } => Some(*datetime),
            Self::Day(_) => None,
        }
    }

    /// The offset from UTC, if it is known.
    pub fn offset(&self) -> Option<Offset> {
        match self {
            Self::Offset { offset, .. } => Some((*offset).into()),
            Self::Local { .. } | Self::Day(_) => None,
        }
    }

    /// The moment, if the offset from UTC is known and the moment within jiff's range (years -9999 to 9999).
    pub fn timestamp(&self) -> Option<jiff::Timestamp> {
        self.offset()?.to_timestamp(self.datetime()?).ok()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Offset { datetime, offset, fraction_digits } => {
                write_datetime(f, datetime, fraction_digits)?;
                match offset {
                    UtcOffset::Z => f.write_str("Z"),
                    UtcOffset::Numeric(offset) => write_offset(f, offset),
                }
            }
            Self::Local { datetime, fraction_digits } => write_datetime(f, datetime, fraction_digits),
            Self::Day(day) => day.fmt(f),
        }
    }
}

fn write_datetime(f: &mut fmt::Formatter<'_>, datetime: civil::DateTime, digits: u8) -> fmt::Result {
    // jiff takes the number of digits as the precision, and knows no more than nine.
    write!(f, "{datetime:.*}", usize::from(digits).min(9))
}

fn write_offset(f: &mut fmt::Formatter<'_>, offset: Offset) -> fmt::Result {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The text is not a date in the form in which [`Date`] is shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 8601 date: `{0}`")]
pub struct DateParseError(String);

/// Reads the form in which [`Date`] is shown. Posts may use others: see [`Meta::date`](super::Meta::date).
impl FromStr for Date {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<Self, DateParseError> {
        parse_iso(text).ok_or_else(|| DateParseError(text.to_owned()))
    }
}

fn parse_iso(text: &str) -> Option<Date> {
    let Some((day, time)) = text.split_once('T') else {
        return parse_day(text).map(Date::Day);
    };
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (&time[..at], Some(&time[at..])),
        None => (time, None),
    };
    let (time, fraction_digits) = parse_clock(clock)?;
    let datetime = parse_day(day)?.to_datetime(time);
    Some(match offset {
        None => Date::Local { datetime, fraction_digits },
        Some(offset) => Date::Offset { datetime, offset: parse_offset(offset)?, fraction_digits },
    })
}

/// A day and nothing else: jiff would take a time behind it, and drop it.
fn parse_day(text: &str) -> Option<civil::Date> {
    let only_numbers = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+'));
    if only_numbers { text.parse().ok() } else { None }
}

/// A time, and how many digits its fraction of a second has: no more than jiff keeps.
fn parse_clock(text: &str) -> Option<(civil::Time, u8)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if matches!(fraction.len(), 1..=9) && all_digits(fraction) => {
            (whole, fraction)
        }
        Some(_) => return None,
        None => (text, ""),
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    Some((text.parse().ok()?, u8::try_from(fraction.len()).ok()?))
}

/// `Z`, or a sign, an hour of one or two digits, a colon and a minute of two.
fn parse_offset(text: &str) -> Option<UtcOffset> {
    if text == "Z" {
        return Some(UtcOffset::Z);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':')?;
    if !(matches!(hours.len(), 1..=2) && minutes.len() == 2 && all_digits(hours) && all_digits(minutes)) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok().map(UtcOffset::Numeric)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again() {
        for text in [
            "2023-06-20T01:53:36.223Z",
            "2021-04-06T06:12:53.000Z",
            "2020-01-16T10:06:16+00:00",
            "2015-03-19T08:48:45-03:30",
            "2019-01-02T03:04:05",
            "2019-01-02T03:04:05.123456789",
            "2019-01-02",
        ] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_errors() {
        for text in ["", "tuesday", "2019-13-01", "2019-01-02T", "2019-01-02T03:04:05+8", "T", "é"] {
            assert_eq!(
                text.parse::<Date>().unwrap_err().to_string(),
                format!("not an ISO 8601 date: `{text}`")
            );
        }
    }

    /// Each is one of the forms that are shown, but for what stands behind the seconds.
    #[test]
    fn malformed_offsets_are_errors() {
        for offset in [
            "+2147483647:00",
            "-2147483648:00",
            "+00:2147483647",
            "+35791394:08",
            "+99999999999999999999:00",
            "+-8:00",
            "++8:00",
            "-+8:00",
            "--8:00",
            "+8:+1",
            "+08:-1",
            "+08:-01",
            "+1:2",
            "+01:2",
            "+:00",
            "+1:",
            "+:",
            "+",
            "-",
            "+001:00",
            "+01:000",
            "+24:00",
            "-24:00",
            "+99:00",
            "+23:60",
            "+08:99",
            "+8 :00",
            "+ 8:00",
            "+08:00 ",
            "+08:00Z",
            "Z+08:00",
            "ZZ",
            "z",
            "+08:00+08:00",
            "+08:00:00",
            "+08:0\u{ff10}",
            "+\u{661}:00",
            "é",
            "+é:00",
            "\u{2212}08:00",
            ".5+08:00Z",
            ".+08:00",
            ".-5",
            ".1234567890",
            ",5Z",
            "[Asia/Tokyo]",
            ".5[u-ca=iso8601]",
            "Z[UTC]",
        ] {
            let text = format!("2019-01-02T03:04:05{offset}");
            assert!(text.parse::<Date>().is_err(), "{text}");
            let json = serde_json::to_string(&text).unwrap();
            assert!(serde_json::from_str::<Date>(&json).is_err(), "{text}");
        }
        for (offset, shown) in [("+8:00", "+08:00"), ("-3:30", "-03:30"), ("+23:59", "+23:59"), ("Z", "Z")] {
            let date: Date = format!("2019-01-02T03:04:05{offset}").parse().unwrap();
            assert_eq!(date.to_string(), format!("2019-01-02T03:04:05{shown}"));
        }
    }

    #[test]
    fn a_time_behind_the_day_is_never_dropped() {
        for text in ["2019-01-02 03:04:05", "2019-01-02t03:04:05", "2019-01-02 ", "2019-01-02 03:04:05+08:00"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    /// Texts of the characters that dates are made of: none panics, and what is read is shown as what is read again.
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
            ":00",
            "+08:00",
            "-23:59",
            ".123",
            "-9999-01-01",
            "9999-12-31T23:59:59",
        ];
        let mut state: u64 = 3;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let mut read = 0;
        for number in 0..200_000 {
            let start = ["2019-01-02T03:04:05", "2019-01-02T", "2019-01-02", ""][number % 4];
            let rest: String = (0..random(6)).map(|_| PARTS[random(PARTS.len())]).collect();
            let text = start.to_owned() + &rest;
            let Ok(date) = text.parse::<Date>() else { continue };
            let shown = date.to_string();
            assert_eq!(shown.parse::<Date>().as_ref(), Ok(&date), "{text} is shown as {shown}");
            let _ = (date.timestamp(), date.day(), date.datetime(), date.offset());
            read += 1;
        }
        assert!(read > 1000, "{read}");
    }

    /// The fields are public, so that any value may be in them.
    #[test]
    fn more_digits_than_there_are_show_no_panic() {
        let datetime = civil::date(2019, 1, 2).at(3, 4, 5, 678_000_000);
        let date = Date::Local { datetime, fraction_digits: u8::MAX };
        assert_eq!(date.to_string(), "2019-01-02T03:04:05.678000000");
    }
}
