//! Lists of words in data files, read when the crate is compiled.
//!
//! A data file is UTF-8 text with one entry a line. White space at the edges of a line does not count. Empty
//! lines and lines that begin with `#` are comments. A line in brackets begins the section that it names,
//! which goes on to the next such line; what comes before all such lines is in the section without a name:
//!
//! ```text
//! # Words for tea.
//! [tea]
//! tea
//! 茶
//! ```
//!
//! An entry can neither begin with `#` nor stand in brackets. The entries of a section become an array, so
//! that looking at them costs what it costs with a table in the source code.

/// The entries of a section of a data file. Fails to compile if the file has no such section.
///
/// ```ignore
/// const TEA: &[&str] = words!("drinks.txt", "tea");
/// ```
macro_rules! words {
    ($file:literal, $section:literal) => {{
        const FILE: &str = include_str!($file);
        const COUNT: usize = $crate::word_list::count(FILE, $section);
        const ENTRIES: [&str; COUNT] = $crate::word_list::entries(FILE, $section);
        &ENTRIES
    }};
}

pub(crate) use words;

/// The number of entries in a section.
///
/// # Panics
///
/// If the file has no such section, or the section has no entry.
pub(crate) const fn count(file: &str, section: &str) -> usize {
    let mut lines = Lines::new(file, section);
    let mut count = 0;
    while lines.next().is_some() {
        count += 1;
    }
    assert!(count > 0, "no such section in the data file");
    count
}

/// The entries of a section, of which there are [`count`].
pub(crate) const fn entries<'t, const COUNT: usize>(file: &'t str, section: &str) -> [&'t str; COUNT] {
    let mut lines = Lines::new(file, section);
    let mut entries = [""; COUNT];
    let mut index = 0;
    while let Some(entry) = lines.next() {
        entries[index] = entry;
        index += 1;
    }
    entries
}

/// The entries of one section, line by line.
struct Lines<'t, 's> {
    rest: &'t [u8],
    section: &'s [u8],
    is_in_section: bool,
}

impl<'t, 's> Lines<'t, 's> {
    const fn new(file: &'t str, section: &'s str) -> Self {
        Self { rest: file.as_bytes(), section: section.as_bytes(), is_in_section: section.is_empty() }
    }

    /// The next entry. An iterator's `next` cannot be called at compile time.
    const fn next(&mut self) -> Option<&'t str> {
        while !self.rest.is_empty() {
            match self.next_line().trim_ascii() {
                [] | [b'#', ..] => {}
                [b'[', name @ .., b']'] => self.is_in_section = is_equal(name, self.section),
                entry if self.is_in_section => match std::str::from_utf8(entry) {
                    Ok(entry) => return Some(entry),
                    Err(_) => unreachable!(),
                },
                _ => {}
            }
        }
        None
    }

    /// Takes the next line off the rest, without its line feed.
    const fn next_line(&mut self) -> &'t [u8] {
        let mut end = 0;
        while end < self.rest.len() && self.rest[end] != b'\n' {
            end += 1;
        }
        let (line, rest) = self.rest.split_at(end);
        self.rest = match rest {
            [_line_feed, rest @ ..] => rest,
            [] => rest,
        };
        line
    }
}

const fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "# Drinks.\nwater\n[tea]\ntea\n  茶 \n\n# [coffee]\ngreen tea\r\n[coffee]\r\ncafé\n[tea]\nthé";

    #[test]
    fn entries_are_the_lines_of_their_section() {
        assert_eq!(count(FILE, "tea"), 4);
        assert_eq!(entries::<4>(FILE, "tea"), ["tea", "茶", "green tea", "thé"]);
        assert_eq!(entries::<1>(FILE, "coffee"), ["café"]);
        assert_eq!(entries::<1>(FILE, ""), ["water"]);
    }

    #[test]
    #[should_panic(expected = "no such section")]
    fn a_section_that_is_not_there_is_no_empty_list() {
        count(FILE, "te");
    }

    #[test]
    #[should_panic(expected = "no such section")]
    fn a_section_without_an_entry_is_an_error() {
        count("[tea]\n# none\n[tea and more]\nmilk", "tea");
    }
}
