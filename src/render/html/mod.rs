//! HTML.

mod blocks;
mod direction;
mod media;
mod page;
mod writer;

use std::fmt::{self, Write};
use std::io;

use crate::post::{Block, Container, Post, Preformatted, Steps, Text};
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
        AsHtml { post: self, layout: Layout::Lines, standalone: false }
    }

    /// The article as [HTML](Self::html), in a string.
    pub fn to_html(&self) -> String {
        let mut out = String::with_capacity(self.blocks.iter().map(usual_size).sum());
        // Writing to a string does not fail.
        let _ = self.html().write(&mut out);
        out
    }
}

/// How many bytes the HTML of a block often takes, but for what blocks inside it add.
fn usual_size(block: &Block<'_>) -> usize {
    // Tags, with the URL of a link or an image.
    const PARAGRAPH: usize = 8;
    const MARK: usize = 80;
    const MEDIUM: usize = 240;
    let texts: usize = block
        .texts()
        .map(|Text { text, marks, .. }| PARAGRAPH + text.len() + text.len() / 32 + MARK * marks.len())
        .sum();
    texts + block.figure().map_or(0, |figure| MEDIUM * figure.media.len())
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
    standalone: bool,
}

impl AsHtml<'_, '_> {
    /// Whether all is on one line, without a line feed even at the end. If not, which is the default, each
    /// block is on lines of its own.
    pub fn one_line(self, one_line: bool) -> Self {
        Self { layout: if one_line { Layout::OneLine } else { Layout::Lines }, ..self }
    }

    /// Whether it is a whole page, for a browser. If not, which is the default, it is a fragment.
    ///
    /// The page says its character set, its title (that of the metadata, or of the heading before the
    /// article, else the first heading), its language if the metadata have it as a tag like `pt-BR`, and that
    /// it runs from right to left if its language does, or most of its letters do. It has a style sheet of
    /// about 1.5 kB, for light and dark screens, and above the article a header: the title, if the article
    /// has neither it nor another heading of the first level, the day, the authors, and a link to the page
    /// that the post is from. The metadata are text: nothing of them is read as HTML. All this is at most 3
    /// kB and ten times the metadata.
    ///
    /// ```
    /// let source = "---\ntitle: Tea & <b>\nlang: en\ndate: 2021-03-04 08:15\n---\n<p>Boil water.</p>";
    /// let page = offprint::Post::parse(source)?.html().standalone(true).to_string();
    /// assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">\n<head>\n"));
    /// assert!(page.contains("<title>Tea &amp; &lt;b&gt;</title>\n"));
    /// assert!(page.contains("<time datetime=\"2021-03-04T08:15:00\">2021-03-04</time>\n"));
    /// assert!(page.ends_with("<main>\n<p>Boil water.</p>\n</main>\n</body>\n</html>\n"));
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn standalone(self, standalone: bool) -> Self {
        Self { standalone, ..self }
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
        let Self { post, layout, standalone } = *self;
        if standalone {
            page::write_start(post, out, layout)?;
        }
        blocks::write_blocks(post.steps(), out, layout)?;
        if standalone { page::write_end(out, layout) } else { Ok(()) }
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
