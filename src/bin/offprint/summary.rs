//! The line at the end of a run that counts the posts, and other numbers for the user.

use std::time::{Duration, Instant};

/// What came of the posts of a run that began at some time.
pub(crate) struct Summary {
    began: Instant,
    /// All posts, with those of an earlier run and those that failed.
    pub(crate) posts: u64,
    /// The posts of an earlier run that this one goes on with.
    pub(crate) earlier: u64,
    pub(crate) failed: u64,
}

impl Summary {
    /// That of a run that begins now.
    pub(crate) fn begin() -> Self {
        Self { began: Instant::now(), posts: 0, earlier: 0, failed: 0 }
    }

    /// The line, as in `19,160 posts, 40 failed, 9.8 s`.
    pub(crate) fn line(&self) -> String {
        let earlier = match self.earlier {
            0 => String::new(),
            earlier => format!(" ({} of them by an earlier run)", grouped(earlier)),
        };
        let (failed, time) = (grouped(self.failed), time(self.began.elapsed()));
        format!("{}{earlier}, {failed} failed, {time}", posts(self.posts))
    }
}

/// A number of posts.
pub(crate) fn posts(number: u64) -> String {
    counted(number, "post")
}

/// A number of things, of which one is called `what`.
pub(crate) fn counted(number: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with a comma before each three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How long something took: in seconds, and from 100 of them on in minutes or hours too.
fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..100 => format!("{:.1} s", duration.as_secs_f64()),
        100..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (19_160, "19,160"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(
            (posts(0), posts(1), posts(1001)),
            ("0 posts".into(), "1 post".into(), "1,001 posts".into())
        );
    }

    #[test]
    fn long_times_have_larger_units() {
        for (milliseconds, expected) in [
            (0, "0.0 s"),
            (9_840, "9.8 s"),
            (99_900, "99.9 s"),
            (100_000, "1 min 40 s"),
            (3_599_999, "59 min 59 s"),
            (3_600_000, "1 h 0 min"),
            (100_000_000, "27 h 46 min"),
        ] {
            assert_eq!(time(Duration::from_millis(milliseconds)), expected);
        }
    }

    #[test]
    fn posts_of_an_earlier_run_are_told() {
        let mut summary = Summary { posts: 1200, failed: 2, ..Summary::begin() };
        assert_eq!(summary.line(), "1,200 posts, 2 failed, 0.0 s");
        summary.earlier = 1000;
        assert_eq!(summary.line(), "1,200 posts (1,000 of them by an earlier run), 2 failed, 0.0 s");
    }
}
