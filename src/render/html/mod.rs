//! HTML.

mod blocks;
mod media;
mod writer;

use std::fmt::{self, Write};
use std::io;

use crate::post::{Container, Post, Preformatted, Steps};
use writer::Layout;

pub(super) use media::write_media;

impl<'a> Post<'a> {
    /// The article as HTML: a fragment, without front matter, in which every element is closed and says what
    /// it is (`<figure>`, `<blockquote>`, `<strong>`…).
    ///
    /// Text and attributes are escaped. There is no script, no style and no handler in it, and URLs are
    /// relative or have a scheme that leads to another page: links with other schemes (`javascript:`,
    /// `file:`…) are text, and media with other schemes are left out. Pictures inside the page
    /// (`data:image/…`) stay. Formulas are TeX between `\(` and `\)`, or `\[` and `\]`, in a `<span
    /// class="math …">`.
    ///
    /// The HTML is at most 64 times as long as the source of the post, whatever that is, and no beginning of
    /// front matter.
    ///
    /// The HTML of a post that was read without [`Rules`](crate::Rules), and that has no such URLs, gives the
    /// same blocks when it is read.
    ///
    /// ```
    /// let post = offprint::Post::parse("<div>A <b>&lt;tea&gt;</b>, <a href='javascript:x'>hot<br>or not</a>")?;
    /// assert_eq!(post.html().to_string(), "<p>A <strong>&lt;tea&gt;</strong>, hot<br>\nor not</p>\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn html(&self) -> AsHtml<'_, 'a> {
        AsHtml { post: self, layout: Layout::Lines }
    }

    /// The article as [HTML](Self::html), in a string.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.html().write(&mut out);
        out
    }
}

/// A post that is displayed as HTML: see [`Post::html`].
///
/// ```
/// let post = offprint::Post::parse("<h2>Tea</h2><ul><li>green<li>black</ul>")?;
/// let html = post.html().one_line(true);
/// assert_eq!(html.to_string(), "<h2>Tea</h2><ul><li>green</li><li>black</li></ul>");
///
/// let mut file = Vec::new();
/// html.write_to(&mut file)?;
/// assert_eq!(file, html.to_string().as_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "it is only displayed or written when it is asked to"]
pub struct AsHtml<'p, 'a> {
    post: &'p Post<'a>,
    layout: Layout,
}

impl AsHtml<'_, '_> {
    /// Whether all is on one line, without a line feed even at the end. If not, which is the default, each
    /// block is on lines of its own.
    pub fn one_line(self, one_line: bool) -> Self {
        Self { layout: if one_line { Layout::OneLine } else { Layout::Lines }, ..self }
    }

    /// Writes the HTML piece by piece: a writer for which each call is expensive should be in a
    /// [`BufWriter`](io::BufWriter).
    ///
    /// # Errors
    ///
    /// The first error of the writer.
    pub fn write_to(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        write!(out, "{self}")
    }

    fn write(&self, out: &mut impl Write) -> fmt::Result {
        blocks::write_blocks(self.post.steps(), out, self.layout)
    }
}

impl fmt::Display for AsHtml<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// Writes a container that has just begun, and the steps inside it up to its end, without a line feed.
pub(super) fn write_in_line(
    container: Container<'_, '_>,
    inside: Steps<'_, '_>,
    out: &mut impl Write,
) -> fmt::Result {
    blocks::write_container(container, inside, out, Layout::OneLine)
}

/// Writes text whose white space counts, on lines of its own.
pub(super) fn write_preformatted(text: &Preformatted<'_>, out: &mut impl Write) -> fmt::Result {
    blocks::write_preformatted(text, out, Layout::Lines)
}
