//! The usual dates as text, without the machinery of [`fmt`](std::fmt): a post's JSON has one or two of them.

use jiff::civil;

/// A date as ISO 8601 has it, put together piece by piece.
pub(super) struct Iso {
    bytes: [u8; Self::LONGEST.len()],
    length: usize,
}

impl Iso {
    const LONGEST: &str = "2019-01-02T03:04:05.123456789+08:00";

    /// A day; `None` if the year does not have four digits.
    pub(super) fn day(day: civil::Date) -> Option<Self> {
        let year = u32::try_from(day.year()).ok()?;
        let mut iso = Self { bytes: [0; Self::LONGEST.len()], length: 0 };
        iso.push_digits(4, year);
        iso.push(b'-');
        iso.push_digits(2, day.month().unsigned_abs().into());
        iso.push(b'-');
        iso.push_digits(2, day.day().unsigned_abs().into());
        Some(iso)
    }

    /// Adds a time, with at most nine digits after the point.
    pub(super) fn push_time(&mut self, time: civil::Time, fraction_digits: usize) {
        self.push(b'T');
        self.push_digits(2, time.hour().unsigned_abs().into());
        self.push(b':');
        self.push_digits(2, time.minute().unsigned_abs().into());
        self.push(b':');
        self.push_digits(2, time.second().unsigned_abs().into());
        if fraction_digits > 0 {
            self.push(b'.');
            let start = self.length;
            self.push_digits(9, time.subsec_nanosecond().unsigned_abs());
            self.length = start + fraction_digits;
        }
    }

    /// Adds an offset that is given as its sign and its minutes.
    pub(super) fn push_offset(&mut self, sign: u8, minutes: u32) {
        self.push(sign);
        self.push_digits(2, minutes / 60);
        self.push(b':');
        self.push_digits(2, minutes % 60);
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    fn push_digits(&mut self, count: usize, number: u32) {
        let mut rest = number;
        for digit in self.bytes[self.length..self.length + count].iter_mut().rev() {
            *digit = b"0123456789"[(rest % 10) as usize];
            rest /= 10;
        }
        self.length += count;
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}
