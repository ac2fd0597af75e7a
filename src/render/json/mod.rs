//! JSON: what serde makes of a post, by a writer that looks for what must be escaped many bytes at a time.

mod escape;
mod number;
mod writer;

use std::fmt::{self, Write};
use std::io;

use serde::Serialize;

use super::to_io::write_to;
use crate::post::Post;
use crate::report::Report;
use writer::Writer;

impl<'a> Post<'a> {
    /// The whole post, with its metadata, as JSON on one line: the bytes that `serde_json::to_string` gives,
    /// in less than half of the time.
    ///
    /// ```
    /// let post = offprint::Post::parse("---\ntitle: A \"tea\"\n---\n<p>Boil <b>water</b>.</p>")?;
    /// let json = post.json().to_string();
    /// assert!(json.starts_with(r#"{"meta":{"title":"A \"tea\"""#));
    /// assert_eq!(serde_json::from_str::<offprint::Post>(&json)?, post);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn json(&self) -> AsJson<'_, 'a> {
        AsJson { post: self, path: None, report: None }
    }

    /// The whole post as [JSON](Self::json), in a string.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.json().write(&mut out);
        out
    }
}

/// A post that is displayed as JSON: see [`Post::json`].
///
/// With a path, and with a report, it is the line that `offprint convert --format jsonl` writes:
///
/// ```
/// let (post, report) = offprint::Parser::new().parse_with_report("<p>Tea")?;
/// let line = post.json().path("tea.md").report(&report);
/// assert!(line.to_string().starts_with(r#"{"path":"tea.md","meta":{"#));
///
/// let mut file = Vec::new();
/// line.write_to(&mut file)?;
/// assert_eq!(file, line.to_string().as_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "it is only displayed or written when it is asked to"]
pub struct AsJson<'p, 'a> {
    post: &'p Post<'a>,
    path: Option<&'p str>,
    report: Option<&'p Report>,
}

impl<'p> AsJson<'p, '_> {
    /// What the post is called: the field `path`, before all others. It is left out by default.
    pub fn path(self, path: &'p str) -> Self {
        Self { path: Some(path), ..self }
    }

    /// What is said of the post: the field `report`, after all others. It is left out by default.
    pub fn report(self, report: &'p Report) -> Self {
        Self { report: Some(report), ..self }
    }

    /// Writes the JSON piece by piece: a writer for which each call is expensive should be in a
    /// [`BufWriter`](io::BufWriter).
    ///
    /// # Errors
    ///
    /// The first error of the writer.
    pub fn write_to(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        write_to(out, |pieces| self.write(pieces))
    }

    fn write(&self, out: &mut impl Write) -> fmt::Result {
        #[derive(Serialize)]
        struct Line<'s, 'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            path: Option<&'s str>,
            #[serde(flatten)]
            post: &'s Post<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            report: Option<&'s Report>,
        }

        let Self { path, post, report } = *self;
        Line { path, post, report }.serialize(&mut Writer::new(out)).map_err(|_| fmt::Error)
    }
}

impl fmt::Display for AsJson<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}
