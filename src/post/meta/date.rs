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
    // jiff takes the number of digits as the precision.
    write!(f, "{datetime:.*}", usize::from(digits))
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
    let Some((_, time)) = text.split_once('T') else {
        return text.parse().ok().map(Date::Day);
    };
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (&text[..text.len() - time.len() + at], Some(&time[at..])),
        None => (text, None),
    };
    let datetime = clock.parse().ok()?;
    let fraction_digits =
        clock.split_once('.').map_or(Some(0), |(_, digits)| u8::try_from(digits.len()).ok())?;
    Some(match offset {
        None => Date::Local { datetime, fraction_digits },
        Some(offset) => Date::Offset { datetime, offset: parse_offset(offset)?, fraction_digits },
    })
}

fn parse_offset(text: &str) -> Option<UtcOffset> {
    if text == "Z" {
        return Some(UtcOffset::Z);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    let seconds = if text.starts_with('-') { -seconds } else { seconds };
    Offset::from_seconds(seconds).ok().map(UtcOffset::Numeric)
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
}
