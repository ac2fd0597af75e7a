//! The option `--part`: a slice of the input.

use std::fmt;

/// One of a number of slices of nearly the same number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// Counted from 1.
    number: u64,
    count: u64,
}

impl Part {
    /// Reads `I/N`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wanted = || format!("`{text}` is not I/N, as in 1/8, with I from 1 to N");
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| is_number)
        };
        let (part, parts) = text.split_once('/').ok_or_else(wanted)?;
        let (part, parts) = number(part).zip(number(parts)).ok_or_else(wanted)?;
        if part < 1 || part > parts {
            return Err(wanted());
        }
        Ok(Self { number: part, count: parts })
    }

    /// Whether a post belongs to the part: the bytes of the posts before it and of all posts decide.
    ///
    /// For each post there is one part to which it belongs, for each number of parts.
    pub(crate) fn place(self, before: u64, total: u64) -> Place {
        if before < self.start_of(self.number, total) {
            Place::Before
        } else if self.number == self.count || before < self.start_of(self.number + 1, total) {
            Place::Inside
        } else {
            Place::After
        }
    }

    /// The first byte of a part; that of the first is 0.
    fn start_of(self, number: u64, total: u64) -> u64 {
        let start = u128::from(total) * u128::from(number - 1) / u128::from(self.count);
        u64::try_from(start).unwrap_or(u64::MAX)
    }
}

/// Where a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Before,
    Inside,
    After,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

impl Part {
    /// As it is written in the names of files.
    pub(crate) fn in_names(self) -> String {
        format!("{}-of-{}", self.number, self.count)
    }

    /// Whether files of that name are of a part of the same number of parts.
    pub(crate) fn is_beside(self, in_name: &str) -> bool {
        in_name.split_once("-of-").is_some_and(|(_, count)| count == self.count.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_post_is_in_one_part() {
        let lengths: [&[u64]; 8] = [
            &[],
            &[0],
            &[0, 0, 0],
            &[5],
            &[0, 1, 0, 1, 0],
            &[100, 1, 1, 1, 0],
            &[1, 1, 1, 100],
            &[7, 3, 0, 12, 9, 1, 1, 0, 0, 30, 2, 0],
        ];
        for lengths in lengths {
            let total = lengths.iter().sum();
            for count in 1..20 {
                let mut parts = vec![];
                let mut before = 0;
                for length in lengths {
                    let inside: Vec<u64> = (1..=count)
                        .filter(|number| {
                            Part { number: *number, count }.place(before, total) == Place::Inside
                        })
                        .collect();
                    assert_eq!(inside.len(), 1, "{lengths:?}, {count} parts, at {before}: {inside:?}");
                    parts.push(inside[0]);
                    before += length;
                }
                assert!(parts.is_sorted(), "{lengths:?}, {count} parts: {parts:?}");
            }
        }
        let part = |number| Part { number, count: 4 };
        assert_eq!(
            [0, 24, 25, 99].map(|before| part(1).place(before, 100) == Place::Inside),
            [true, true, false, false]
        );
        assert_eq!(part(4).place(u64::MAX, u64::MAX), Place::Inside);
        assert_eq!(part(2).place(u64::MAX / 4, u64::MAX), Place::Inside);
    }

    #[test]
    fn parts_are_read_as_they_are_written() {
        assert_eq!(Part::parse("3/8").unwrap().to_string(), "3/8");
        for wrong in ["", "3", "0/8", "9/8", "1/0", "+1/2", "1/ 2", "a/b", "1/2/3", "1/99999999999999999999"]
        {
            let message = format!("`{wrong}` is not I/N, as in 1/8, with I from 1 to N");
            assert_eq!(Part::parse(wrong), Err(message));
        }
    }
}
