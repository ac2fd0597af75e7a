//! Markdown: `CommonMark`, with the tables, the strikethrough, the task lists and the formulas of GitHub's.

mod blocks;
mod code;
mod context;
mod drawn_in;
mod escape;
mod flanking;
mod flat;
mod inline;
mod line_start;
mod list;
mod mark;
mod punctuation;
mod signs;
mod table;
mod target;
mod token;
mod whole;

use std::borrow::Cow;
use std::fmt;
use std::io;

use super::lines::Sink;
use crate::post::{Block, Figure, Image, Mark, Media, Post, Text};

impl<'a> Post<'a> {
    /// The article as Markdown: `CommonMark` with GitHub's tables, strikethrough, task lists and formulas.
    ///
    /// A figure is a paragraph: its images, and the caption in the line below. What Markdown has no markup
    /// for is written as HTML: some marks (`<sup>`, `<u>`, `<ruby>`…), what links lead to, films, sounds,
    /// embedded pages, preformatted text with links in it, tables with more than paragraphs and images in
    /// their cells. A description list is a list. Where the numbers of a list do not follow one another,
    /// another list begins, as `1.` and `1)` are markers of two lists. Numbers are clamped to
    /// 0..=999,999,999, as Markdown can write no others.
    ///
    /// To [`BodyFormat::Auto`](crate::BodyFormat::Auto), an article is HTML if its only signs of Markdown are
    /// emphasis or formulas, or stand inside elements such as `<u>`, since one asterisk or `$` does not tell
    /// Markdown from other text. To read such Markdown again, ask for
    /// [`BodyFormat::Markdown`](crate::BodyFormat::Markdown).
    ///
    /// A link whose text is its URL stands in angle brackets. Only what would be taken for markup is escaped.
    /// A `$` in a text with formulas is escaped; that of a text without a formula stays as it is.
    /// Delimiters between punctuation and a letter would not be taken for delimiters, as in `“强调”的话` with the
    /// first four characters strong: there the delimiters stand inside the punctuation (`“**强调**”的话`), and if
    /// that does not help, the letter is written as a reference. URLs are those of [`html`](Self::html).
    ///
    /// Once lines are indented by more than 40 columns, a list or a quotation inside is written as HTML on
    /// one line, so that the Markdown is at most 64 times as long as the source of the post, whatever that
    /// is. As in [`text`](Self::text), an empty line stands above what would be taken for the beginning of
    /// front matter.
    ///
    /// ```
    /// let post = offprint::Post::parse("<h2>Tea</h2><p>5 * 2 <b>cups</b><br>1. *Boil* <a href=/w>water</a>")?;
    /// assert_eq!(post.markdown().to_string(), "## Tea\n\n5 * 2 **cups**\\\n1\\. \\*Boil\\* [water](/w)\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn markdown(&self) -> AsMarkdown<'_, 'a> {
        AsMarkdown { post: self, dollar_math: true }
    }

    /// The article as [Markdown](Self::markdown), in a string.
    pub fn to_markdown(&self) -> String {
        let mut out = String::with_capacity(self.blocks.iter().map(length).sum());
        // Writing to a string does not fail.
        let _ = self.markdown().write(&mut out);
        out
    }
}

/// About as long as the Markdown of a block is, with the blocks right inside it. What is longer grows the
/// string.
fn length(block: &Block<'_>) -> usize {
    let holds_texts = matches!(block, Block::List(_) | Block::BlockQuote(_));
    own_length(block) + if holds_texts { block.children().map(own_length).sum() } else { 0 }
}

/// About as long as the Markdown of the texts, links and images of a block itself is.
fn own_length(block: &Block<'_>) -> usize {
    let of_mark = |mark: &Mark<'_>| 4 + mark.href().map_or(0, str::len);
    let of_text = |text: &Text<'_>| {
        let length = text.text.len();
        4 + length + length / 32 + text.marks.iter().map(of_mark).sum::<usize>()
    };
    let of_image = |image: &Image<'_>| {
        let length = |text: &Option<Cow<'_, str>>| text.as_deref().map_or(0, str::len);
        12 + length(&image.alt) + length(&image.link)
    };
    let of_media = |media: &Media<'_>| media.url().map_or(0, str::len) + media.image().map_or(64, of_image);
    let of_figure = |figure: &Figure<'_>| figure.media.iter().map(of_media).sum();
    block.texts().map(of_text).sum::<usize>() + block.figure().map_or(0, of_figure)
}

/// A post that is displayed as Markdown: see [`Post::markdown`].
///
/// ```
/// use offprint::{Block, Mark, MarkKind, Meta, Paragraph, Post, Text};
///
/// let text = Text::new("It is e^x.", vec![Mark::new(6..9, MarkKind::math(false))]);
/// let post = Post::new(Meta::default(), vec![Block::Paragraph(Paragraph::new(text))]);
/// assert_eq!(post.markdown().to_string(), "It is $e^x$.\n");
///
/// let markdown = post.markdown().dollar_math(false);
/// let mut file = Vec::new();
/// markdown.write_to(&mut file)?;
/// assert_eq!(file, b"It is <span class=\"math inline\">\\\\(e^x\\\\)</span>.\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "it is only displayed or written when it is asked to"]
pub struct AsMarkdown<'p, 'a> {
    post: &'p Post<'a>,
    dollar_math: bool,
}

impl AsMarkdown<'_, '_> {
    /// Whether formulas stand between dollar signs, as GitHub and many others have them, where they can. They
    /// do by default. If not, they are written as in HTML.
    pub fn dollar_math(self, dollar_math: bool) -> Self {
        Self { dollar_math, ..self }
    }

    /// Writes the Markdown piece by piece: a writer for which each call is expensive should be in a
    /// [`BufWriter`](io::BufWriter).
    ///
    /// # Errors
    ///
    /// The first error of the writer.
    pub fn write_to(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        write!(out, "{self}")
    }

    fn write(&self, out: &mut impl Sink) -> fmt::Result {
        blocks::write_blocks(self.post.steps(), out, self.dollar_math)
    }
}

impl fmt::Display for AsMarkdown<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

#[cfg(test)]
mod tests {
    use crate::post::{Block, Meta, Paragraph, Post};

    #[track_caller]
    fn check(post: &Post<'_>) {
        assert_eq!(post.to_markdown(), post.markdown().to_string());
    }

    /// In a string, blocks are made where they stay.
    #[test]
    fn a_string_is_what_is_written_piece_by_piece() {
        for html in [
            "",
            "<p>---",
            "<p>{<p>{",
            "<p>+++<p>+++",
            "<p>{\"a\":<br>b",
            "<p>\u{feff}---<p>a",
            "<h2 id=a>#</h2><h2>b</h2>",
            "<hr><p id=a>b<p dir=rtl>c",
            "<ul><li>a<p>b<li><h2>c</h2></ul><p>d",
            "<blockquote><p>a<h2>b</h2></blockquote><p>c<ul><li>d</ul>",
            "<p>a<img src=b><p>c<figure><img src=d><figcaption>e</figcaption></figure><h2>f</h2>",
            "<table><caption>a<tr><td>b</table><p>c<pre>d\n\ne</pre><p>f",
        ] {
            check(&Post::parse(html).unwrap());
        }
        for texts in [["\n", "a"], ["a", "\n\n"], ["", ""], ["\na\n", "---"], ["---\na", "\0"]] {
            let blocks = texts.map(|text| Block::Paragraph(Paragraph::new(text)));
            check(&Post::new(Meta::default(), blocks.to_vec()));
        }
    }
}
