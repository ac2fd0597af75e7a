//! Dates that never invent a time zone.

use std::fmt;

use jiff::civil;
use jiff::tz::Offset;
use serde::{Serialize, Serializer};

use super::iso::Iso;

/// When a post was published, as precisely as it says.
///
/// Shown, and written to JSON, as ISO 8601 has it: with the offset and the digits of the fraction of a
/// second that the source has, and nothing that the source does not have.
///
/// [`FromStr`](std::str::FromStr) and `Deserialize` read the same forms as [`Meta::date`](crate::Meta::date),
/// which are RFC 3339, RFC 2822 and what is usual around them:
///
/// - The day is `2019-01-02` or `2019/01/02`; months and days may have one digit. A year before the year 0 is
///   a `-` and six digits.
/// - The time follows after `T`, `t`, spaces or tabs: `03:04:05`, `3:04:05` or `03:04`, with any number of
///   digits after a point. Digits after the ninth are cut off.
/// - The offset follows at once or after spaces or tabs: `+08:00`, `+0800`, `+08`, `+8`, or a name in any
///   case, of those that RFC 2822 defines: `Z`, `UTC`, `GMT`, `UT`, `EST`, `EDT`, `CST`, `CDT`, `MST`, `MDT`,
///   `PST` and `PDT`. Without an offset the date is local.
/// - As in mails and feeds, the day may be `29 Sep 2020` or `Tue, 29 Sep 2020` (which must be a Tuesday), the
///   names in any case or written out, and a comment like `(PDT)` may follow.
///
/// `02/01/2019` is not a date, since it is the 2nd of January in one country and the 1st of February in
/// another. Digits are those of ASCII: with those of other scripts, years are often of other calendars.
///
/// A leap second, `23:59:60`, is read as the second before it, as jiff does. The calendar starts with the
/// year 0, as in ISO 8601. `24:00` is not a time, nor is the 30th of February a day. White space may surround
/// the date, and nothing else.
///
/// ```
/// let post = offprint::Post::parse("---\ndate: 2019-01-02 03:04:05 +0800\n---\n")?;
/// let date = post.meta.date.unwrap();
/// assert_eq!(date.to_string(), "2019-01-02T03:04:05+08:00");
/// assert_eq!(date.timestamp().unwrap().to_string(), "2019-01-01T19:04:05Z");
/// assert_eq!("2019-01-02 03:04:05 +0800".parse(), Ok(date));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
#[non_exhaustive]
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
    write!(f, "{datetime:.*}", fraction_digits(digits))
}

/// The number of digits of a fraction. jiff takes it as the precision, and knows no more than nine.
fn fraction_digits(digits: u8) -> usize {
    usize::from(digits).min(9)
}

fn write_offset(f: &mut fmt::Formatter<'_>, offset: Offset) -> fmt::Result {
    let (sign, minutes) = sign_and_minutes(offset);
    write!(f, "{}{:02}:{:02}", char::from(sign), minutes / 60, minutes % 60)
}

fn sign_and_minutes(offset: Offset) -> (u8, u32) {
    let seconds = offset.seconds();
    (if seconds < 0 { b'-' } else { b'+' }, seconds.unsigned_abs() / 60)
}

/// The same as [`Date`] is displayed; `None` for years that are not usual.
pub(super) fn usual_iso(date: Date) -> Option<Iso> {
    let mut iso = Iso::day(date.day())?;
    let (Date::Offset { datetime, fraction_digits: digits, .. }
    | Date::Local { datetime, fraction_digits: digits }) = date
    else {
        return Some(iso);
    };
    iso.push_time(datetime.time(), fraction_digits(digits));
    match date {
        Date::Offset { offset: UtcOffset::Z, .. } => iso.push(b'Z'),
        Date::Offset { offset: UtcOffset::Numeric(offset), .. } => {
            let (sign, minutes) = sign_and_minutes(offset);
            iso.push_offset(sign, minutes);
        }
        Date::Local { .. } | Date::Day(_) => {}
    }
    Some(iso)
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match usual_iso(*self) {
            Some(iso) => serializer.serialize_str(iso.as_str()),
            None => serializer.collect_str(self),
        }
    }
}
