//! What the name of a post's file says: from `2020-01-02-tea.md` to the day, the slug, and whether the body
//! is HTML.

use std::borrow::Cow;

use jiff::civil;

use crate::post::{Date, Meta};

/// What a file name says, by Jekyll's rule for posts: `YEAR-MONTH-DAY-slug.extension`.
///
/// The name may be a path, of which the last part counts. The year has four digits, month and day have one or
/// two, and the day is one of the calendar. The slug goes to the last dot. Without such a day, there is
/// neither day nor slug: a draft's `tea.md` may be named after anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileName<'n> {
    day: Option<civil::Date>,
    slug: Option<&'n str>,
    extension: Option<&'n str>,
}

impl<'n> FileName<'n> {
    pub(crate) fn parse(name: &'n str) -> Self {
        // Both, so that a name means the same on every system.
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) => (stem, Some(extension)),
            None => (name, None),
        };
        let (day, slug) = day_and_slug(stem).unzip();
        Self { day, slug: slug.filter(|slug| !slug.is_empty()), extension }
    }

    /// Whether the name says that the body is HTML: it ends in `.html` or `.htm`, in any case.
    pub(crate) fn means_html(&self) -> bool {
        let is = |known: &str| self.extension.is_some_and(|extension| extension.eq_ignore_ascii_case(known));
        is("html") || is("htm")
    }

    /// Gives metadata without a date the day, and metadata without a slug the slug. The slug is a copy, so
    /// that the metadata do not borrow from the name.
    pub(crate) fn fill(&self, meta: &mut Meta<'_>) {
        if meta.date.is_none() {
            meta.date = self.day.map(Date::Day);
        }
        if meta.slug.is_none() {
            meta.slug = self.slug.map(|slug| Cow::Owned(slug.to_owned()));
        }
    }
}

/// The day and the slug of a name like `2020-01-02-tea`. `None` if it does not begin with a day and a hyphen.
fn day_and_slug(stem: &str) -> Option<(civil::Date, &str)> {
    let mut parts = stem.splitn(4, '-');
    let mut number = |least: usize, most: usize| {
        let digits = parts.next()?;
        let is_number = (least..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<i16>().ok().filter(|_| is_number)
    };
    let (year, month, day) = (number(4, 4)?, number(1, 2)?, number(1, 2)?);
    let day = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((day, parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(name: &str, day: Option<&str>, slug: Option<&str>) {
        let mut meta = Meta::default();
        FileName::parse(name).fill(&mut meta);
        let date = meta.date.map(|date| date.to_string());
        assert_eq!((date.as_deref(), meta.slug.as_deref()), (day, slug), "{name}");
    }

    #[test]
    fn names_of_posts() {
        says("2020-01-02-tea.md", Some("2020-01-02"), Some("tea"));
        says("2020-01-02-tea", Some("2020-01-02"), Some("tea"));
        says("2020-1-2-green-tea.html", Some("2020-01-02"), Some("green-tea"));
        says("_posts/2019/2020-02-29-a_b c.en.md", Some("2020-02-29"), Some("a_b c.en"));
        says("2018-01-01-x/2020-01-02-茶.markdown", Some("2020-01-02"), Some("茶"));
        says(r"C:\posts\2020-01-02-tea.md", Some("2020-01-02"), Some("tea"));
        says("2020-01-02--.md", Some("2020-01-02"), Some("-"));
        says("2020-01-02-.md", Some("2020-01-02"), None);
    }

    #[test]
    fn other_names_say_nothing() {
        for name in [
            "",
            "tea.md",
            "2020-01-02.md",
            "2020-01-02",
            "2021-02-29-tea.md",
            "2020-13-01-tea.md",
            "2020-00-01-tea.md",
            "20-01-02-tea.md",
            "02020-01-02-tea.md",
            "2020-001-02-tea.md",
            "2020-01-002-tea.md",
            "-2020-01-02-tea.md",
            "+202-01-02-tea.md",
            "2020-+1-02-tea.md",
            "2020_01_02_tea.md",
            "x2020-01-02-tea.md",
            "2020-01-02-tea/index.md",
            "２０２０-01-02-tea.md",
            ".md",
        ] {
            says(name, None, None);
        }
    }

    #[test]
    fn the_front_matter_comes_first() {
        let mut meta = Meta {
            date: Some("2001-02-03".parse().unwrap()),
            slug: Some(Cow::Borrowed("cup")),
            ..Meta::default()
        };
        let before = meta.clone();
        FileName::parse("2020-01-02-tea.md").fill(&mut meta);
        assert_eq!(meta, before);
        meta.slug = None;
        FileName::parse("2020-01-02-tea.md").fill(&mut meta);
        assert_eq!((meta.date, meta.slug.as_deref()), (before.date, Some("tea")));
    }

    #[test]
    fn names_of_html() {
        for name in ["a.html", "a.htm", "2020-01-02-a.HTML", "x/y.z.Htm", ".html"] {
            assert!(FileName::parse(name).means_html(), "{name}");
        }
        for name in ["a.md", "html", "a.html.md", "a.xhtml", "a.html/b", "a.shtml", ""] {
            assert!(!FileName::parse(name).means_html(), "{name}");
        }
    }
}
