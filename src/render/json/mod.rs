//! JSON: what serde makes of a post, by a writer that looks for what must be escaped many bytes at a time.

mod blocks;
mod escape;
mod number;
mod writer;

use std::fmt::{self, Write};
use std::io;

use super::to_io::write_to;
use crate::post::{Block, Figure, Mark, Media, Post, Text};
use crate::report::Report;
use blocks::write_blocks;
use writer::{Error, Writer};

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
        let mut out = String::with_capacity(self.blocks.iter().map(length).sum::<usize>() + 512);
        // Writing to a string does not fail.
        let _ = self.json().write(&mut out);
        out
    }
}

/// About as long as the JSON of a block is, as far as it is its own texts, links and files: what most need,
/// and hardly more. What is longer grows the string.
fn length(block: &Block<'_>) -> usize {
    let of_mark = |mark: &Mark<'_>| 48 + mark.href().map_or(0, |href| href.len() + 16);
    let of_text = |text: &Text<'_>| text.text.len() + text.marks.iter().map(of_mark).sum::<usize>();
    let of_media = |media: &Media<'_>| 160 + media.url().map_or(0, str::len);
    let of_figure = |figure: &Figure<'_>| figure.media.iter().map(of_media).sum();
    64 + block.texts().map(of_text).sum::<usize>() + block.figure().map_or(0, of_figure)
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
        self.write_line(&mut Writer::new(out)).map_err(|_| fmt::Error)
    }

    fn write_line(&self, writer: &mut Writer<'_, impl Write>) -> Result<(), Error> {
        let Self { path, post, report } = *self;
        let Post { meta, prelude, blocks } = post;
        let mut line = writer.open("{", "}")?;
        if let Some(path) = path {
            line.field("path", path)?;
        }
        line.field("meta", meta)?;
        if !prelude.is_empty() {
            line.field("prelude", prelude)?;
        }
        write_blocks(line.name("blocks")?, blocks)?;
        if let Some(report) = report {
            line.field("report", report)?;
        }
        line.close()
    }
}

impl fmt::Display for AsJson<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}
