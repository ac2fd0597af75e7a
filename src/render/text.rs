//! From blocks to plain text.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::io;

use memchr::memchr2;

use super::element::Element;
use super::lines::{Lines, checkbox};
use super::shown::shown_link;
use crate::post::{
    Block, Cell, Container, Item, ListKind, MarkKind, Nesting, Post, Step, Table, Text, TextEvent, Walk,
};

impl<'a> Post<'a> {
    /// The article as plain text: a blank line between blocks, `- ` or a number before the items of a list
    /// (`2. `, or `b. `, `II. ` where the list says so), `[x] ` or `[ ] ` before what an item with a
    /// checkbox says, `> ` before the lines of a quotation, tabs between the cells of a table. Of figures,
    /// the captions, and nothing of an item or a quotation with nothing but images; of formulas, the TeX; the
    /// reading of a text in parentheses after the text.
    ///
    /// Once lines are indented by more than 40 columns, what begins inside has its list marker or `>` and is
    /// indented no further, so that the text is at most 64 times as long as the source of the post, whatever
    /// that is. An article whose first line would be taken for the beginning of front matter (`---`, `+++` or
    /// `{"`) stands below an empty line, so that a file with this text is read as a body.
    ///
    /// ```
    /// let post = offprint::Post::parse("<h2>Tea</h2><ul><li>green<li>black</ul><blockquote>Mm.</blockquote>")?;
    /// assert_eq!(post.text().to_string(), "Tea\n\n- green\n- black\n\n> Mm.\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn text(&self) -> AsText<'_, 'a> {
        AsText { post: self, words: Words { readings: true, link_urls: false } }
    }

    /// The article as [plain text](Self::text), in a string.
    pub fn to_text(&self) -> String {
        // The texts, with a blank line after each. Of those inside other blocks, nothing is known beforehand.
        let texts = self.blocks.iter().flat_map(Block::texts);
        let mut out = String::with_capacity(texts.map(|text| text.text.len() + 2).sum());
        // Writing to a string does not fail.
        let _ = self.text().write(&mut out);
        out
    }
}

/// A post that is displayed as plain text: see [`Post::text`].
///
/// ```
/// let post = offprint::Post::parse("<p>Boil <a href=https://a.example/water>water</a>.")?;
/// let text = post.text().link_urls(true);
/// assert_eq!(text.to_string(), "Boil water <https://a.example/water>.\n");
///
/// let mut file = Vec::new();
/// text.write_to(&mut file)?;
/// assert_eq!(file, text.to_string().as_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "it is only displayed or written when it is asked to"]
pub struct AsText<'p, 'a> {
    post: &'p Post<'a>,
    words: Words,
}

impl AsText<'_, '_> {
    /// Whether the reading of a text, as that of `<ruby>`, stands in parentheses after the text. It does by
    /// default.
    pub fn readings(mut self, readings: bool) -> Self {
        self.words.readings = readings;
        self
    }

    /// Whether the URL of a link stands in angle brackets after the link's text, if the text is not the URL.
    /// It does not by default.
    pub fn link_urls(mut self, link_urls: bool) -> Self {
        self.words.link_urls = link_urls;
        self
    }

    /// Writes the text piece by piece: a writer for which each call is expensive should be in a
    /// [`BufWriter`](io::BufWriter).
    ///
    /// # Errors
    ///
    /// The first error of the writer.
    pub fn write_to(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        write!(out, "{self}")
    }

    fn write(&self, out: &mut impl Write) -> fmt::Result {
        let mut lines = Lines::new(out);
        let mut steps = self.post.steps();
        while let Some(step) = steps.next() {
            match step {
                Step::Leaf(block) => self.words.write_leaf(&mut lines, block)?,
                Step::Start(Container::Table(table)) => {
                    self.words.write_table(&mut lines, table)?;
                    drop(steps.take_container());
                }
                Step::Start(container) => open(&mut lines, container),
                Step::End(container) => close(&mut lines, container)?,
            }
        }
        lines.finish()
    }
}

impl fmt::Display for AsText<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

fn open<W: Write>(lines: &mut Lines<'_, W>, container: Container<'_, '_>) {
    match container {
        Container::BlockQuote => lines.indent("> ", "> "),
        Container::List(_) => {
            // A list inside an item follows its text closely.
            if lines.is_in_item() {
                lines.set_blank_line(false);
            }
        }
        Container::Item { list, item, number } => match list.kind {
            ListKind::Ordered => {
                lines.indent_by_number(number, list.numbering, item.checked.map_or("", checkbox));
            }
            ListKind::Unordered | ListKind::Description => open_item(lines, item),
        },
        Container::DescriptionItem(item) => open_item(lines, item),
        // Terms are the first blocks of items. Tables are written whole.
        Container::Term(_)
        | Container::Description(_)
        | Container::Table(_)
        | Container::Row { .. }
        | Container::Cell(_) => {}
    }
}

/// The room, in bytes, that is made for the rows of a table.
const USUAL_ROW: usize = 128;

/// Begins an item without a number.
fn open_item<W: Write>(lines: &mut Lines<'_, W>, item: &Item<'_>) {
    let marker = match item.checked {
        None => "- ",
        Some(false) => "- [ ] ",
        Some(true) => "- [x] ",
    };
    lines.indent("  ", marker);
}

fn close<W: Write>(lines: &mut Lines<'_, W>, container: Container<'_, '_>) -> fmt::Result {
    match container {
        Container::BlockQuote => {
            if lines.outdent_without_trace() {
                lines.set_blank_line(true);
            }
        }
        Container::List(_) => lines.set_blank_line(true),
        // An empty item is shown as one. An item of images is not, where images are not shown.
        Container::Item { item, .. } | Container::DescriptionItem(item) if item.blocks.is_empty() => {
            lines.outdent()?;
            lines.set_blank_line(false);
        }
        Container::Item { .. } | Container::DescriptionItem(_) => {
            if lines.outdent_without_trace() {
                lines.set_blank_line(false);
            }
        }
        Container::Term(_)
        | Container::Description(_)
        | Container::Table(_)
        | Container::Row { .. }
        | Container::Cell(_) => {}
    }
    Ok(())
}

/// What stands in a text besides its own words.
#[derive(Debug, Clone, Copy)]
struct Words {
    readings: bool,
    link_urls: bool,
}

impl Words {
    fn of<'t>(self, text: &'t Text<'_>) -> Cow<'t, str> {
        let link = |kind: &'t MarkKind<'_>| kind.href().filter(|_| self.link_urls).and_then(shown_link);
        let reading = |kind: &'t MarkKind<'_>| Element::of(kind).reading.filter(|_| self.readings);
        let adds = |kind: &'t MarkKind<'_>| link(kind).is_some() || reading(kind).is_some();
        if !text.marks.iter().any(|mark| adds(&mark.kind)) {
            return Cow::Borrowed(&text.text);
        }
        let mut words = String::with_capacity(text.text.len());
        // Where the text of the link that is open begins.
        let mut link_start = 0;
        for event in text.events_of(Nesting::LinksOutside, |kind| {
            kind.href().is_some() || Element::of(kind).reading.is_some()
        }) {
            match event {
                TextEvent::Text(text) => words.push_str(text),
                TextEvent::Start(kind) => {
                    if kind.href().is_some() {
                        link_start = words.len();
                    }
                }
                TextEvent::End(kind) => {
                    if let Some(reading) = reading(kind) {
                        words.extend(["(", reading, ")"]);
                    }
                    if let Some(href) = link(kind).filter(|href| *href != words[link_start..]) {
                        words.extend([" <", &*href, ">"]);
                    }
                }
            }
        }
        Cow::Owned(words)
    }

    fn write_leaf<W: Write>(self, lines: &mut Lines<'_, W>, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Paragraph(paragraph) => lines.block(&self.of(&paragraph.text)),
            Block::Heading(heading) => lines.block(&self.of(&heading.text)),
            Block::Figure(figure) => {
                figure.caption.as_ref().map_or(Ok(()), |caption| lines.block(&self.of(caption)))
            }
            Block::Preformatted(text) => lines.block(self.of(&text.text).trim_end_matches('\n')),
            Block::ThematicBreak(_) => lines.block("* * *"),
            // They come as containers.
            Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
        }
    }

    fn write_table<W: Write>(self, lines: &mut Lines<'_, W>, table: &Table<'_>) -> fmt::Result {
        if let Some(caption) = &table.caption {
            lines.block(&self.of(caption))?;
            lines.set_blank_line(false);
        }
        let mut line = String::with_capacity(USUAL_ROW);
        for row in &table.rows {
            line.clear();
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    line.push('\t');
                }
                self.push_cell(&mut line, cell);
            }
            lines.line(&line)?;
        }
        lines.set_blank_line(true);
        Ok(())
    }

    /// The texts in a cell, on one line.
    fn push_cell(self, line: &mut String, cell: &Cell<'_>) {
        let start = line.len();
        for text in Walk::new(&cell.blocks).flat_map(|(_, block)| block.texts()) {
            let words = self.of(text);
            let mut rest = &*words;
            loop {
                if line.len() > start {
                    line.push(' ');
                }
                let end = memchr2(b'\n', b'\t', rest.as_bytes());
                line.push_str(&rest[..end.unwrap_or(rest.len())]);
                let Some(end) = end else { break };
                rest = &rest[end + 1..];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Post;

    #[track_caller]
    fn assert_text(html: &str, text: &str) {
        assert_eq!(Post::parse(html).unwrap().to_text(), text, "{html}");
    }

    #[test]
    fn nothing_is_nothing() {
        assert_text("", "");
        assert_text("<img src=a>", "");
    }

    #[test]
    fn lists_and_quotations_inside_one_another() {
        assert_text(
            "<ol start=9><li>a<ul><li>b<li><blockquote>c<p>d</blockquote></ul><li><li>e<p>f</ol><p>g",
            "9. a\n   - b\n   - > c\n     >\n     > d\n10.\n11. e\n\n    f\n\ng\n",
        );
        assert_text("<blockquote><ul><li>a<br>b</ul>c</blockquote>", "> - a\n>   b\n>\n> c\n");
    }

    #[test]
    fn what_shows_nothing_but_images_leaves_no_trace() {
        assert_text("<ul><li><img src=a><li>b<li><ul><li><img src=c></ul></ul>", "- b\n");
        assert_text("<p>a<blockquote><img src=b></blockquote><p>c", "a\n\nc\n");
        assert_text("<ul><li><ul><li><img src=a></ul>b</ul>", "- b\n");
        assert_text("<ol><li>a<li><img src=b><li>c</ol>", "1. a\n3. c\n");
        assert_text("<p>a<ul><li><input type=checkbox checked><img src=b></ul><p>c", "a\n\nc\n");
        assert_text("<ul><li><input type=checkbox>a<ul><li><img src=b></ul></ul><p>c", "- [ ] a\n\nc\n");
        assert_text("<ul><li>a<blockquote><img src=b></blockquote>c<li>d</ul>", "- a\n\n  c\n- d\n");
    }

    #[test]
    fn items_have_the_numbers_that_browsers_show() {
        assert_text(
            "<ol><li value=100>a<li>b<li value=7>c<li value=x>d</ol>",
            "100. a\n101. b\n7. c\n8. d\n",
        );
        assert_text("<ol reversed><li>a<li>b<li value=9>c<li>d</ol>", "4. a\n3. b\n9. c\n8. d\n");
        assert_text("<ol reversed start=2><li>a<li>b<li>c</ol>", "2. a\n1. b\n0. c\n");
        assert_text("<ol type=I start=4><li>a<li value=-1>b</ol>", "IV. a\n-1. b\n");
        assert_text(
            "<ol type=a><li>a<ol type=i><li>b<li>c<p>d</ol></ol>",
            "a. a\n   i. b\n   ii. c\n\n       d\n",
        );
        // Of what Word writes before its items, the numbering is all that is kept.
        assert_text(
            "<p class=MsoListParagraph><span>iv)&nbsp;&nbsp; </span>a\
             <p class=MsoListParagraph><span>v)&nbsp;&nbsp; </span>b",
            "iv. a\nv. b\n",
        );
    }

    #[test]
    fn tables_captions_and_code() {
        assert_text(
            "<table><caption>T</caption><tr><th>a<th>b<tr><td>c<p>d<td></table><hr><pre>x\n y\n</pre>",
            "T\na\tb\nc d\t\n\n* * *\n\nx\n y\n",
        );
        assert_text("<figure><img src=a><figcaption>C</figcaption></figure>", "C\n");
    }
}
