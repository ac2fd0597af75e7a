//! HTML.

mod inline;
mod media;

use std::fmt::{self, Write};

use crate::post::{Block, Cell, Container, Figure, List, ListKind, Post, Preformatted, Step, Steps, Table};

pub(super) use inline::{is_link_shown, is_shown, name, write_end};
pub(super) use media::{shown_media, write_media};

impl Post<'_> {
    /// The article as HTML: a fragment, without front matter, in which every element is closed and says what it
    /// is (`<figure>`, `<blockquote>`, `<strong>`…).
    ///
    /// Text and attributes are escaped. There is no script, no style and no handler in it, and URLs are relative
    /// or have a scheme that leads to another page: links with other schemes (`javascript:`, `file:`…) are text,
    /// and media with other schemes are left out. Pictures inside the page (`data:image/…`) stay.
    ///
    /// The HTML is at most 64 times as long as the source of the post, whatever that is, and no beginning of front matter.
    ///
    /// What was read without [`Rules`](crate::Rules) and has no such URLs gives the same blocks when its HTML is read.
    ///
    /// ```
    /// let post = offprint::Post::parse("<div>A <b>&lt;tea&gt;</b>, <a href='javascript:x'>hot<br>or not</a>")?;
    /// assert_eq!(post.to_html(), "<p>A <strong>&lt;tea&gt;</strong>, hot<br>\nor not</p>\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.write_html(&mut out);
        out
    }

    /// Writes what [`to_html`](Self::to_html) returns. Fails only if `out` does.
    pub fn write_html(&self, out: &mut impl Write) -> fmt::Result {
        write_steps(Steps::new(&self.blocks), Html::new(out, Layout::Lines))
    }
}

/// Writes a block that holds others as HTML without a line feed in it.
pub(super) fn write_in_line(
    block: Container<'_, '_>,
    inside: Steps<'_, '_>,
    out: &mut impl Write,
) -> fmt::Result {
    let mut html = Html::new(out, Layout::OneLine);
    html.open(block)?;
    write_steps(inside, html)
}

/// Writes text whose white space counts.
pub(super) fn write_preformatted(text: &Preformatted<'_>, out: &mut impl Write) -> fmt::Result {
    Html::new(out, Layout::Lines).preformatted(text)
}

/// Whether there are line feeds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    OneLine,
}

struct Html<'w, W> {
    out: &'w mut W,
    layout: Layout,
    /// Of the tables that are open, how many rows at the top are headers.
    heads: Vec<usize>,
}

fn write_steps<W: Write>(mut walk: Steps<'_, '_>, mut html: Html<'_, W>) -> fmt::Result {
    // Whether the next paragraph is all that its item or cell says, and needs no element of its own.
    let mut is_bare = false;
    // The depths of blocks that share a `<figure>` with the caption before them.
    let mut shared: Vec<usize> = Vec::new();
    while let Some(step) = walk.next() {
        match step {
            Step::Leaf(Block::Paragraph(paragraph)) if std::mem::take(&mut is_bare) => {
                html.text(&paragraph.text)?;
            }
            Step::Leaf(Block::Figure(figure)) if is_apart(figure, &walk) => {
                html.line("<figure>")?;
                html.caption(figure)?;
                shared.push(walk.depth());
                continue;
            }
            Step::Leaf(block) => html.leaf(block)?,
            Step::Start(container) => is_bare = html.open(container)?,
            Step::End(container) => html.close(container)?,
        }
        while !matches!(step, Step::Start(_)) && shared.last() == Some(&walk.depth()) {
            html.line("</figure>")?;
            shared.pop();
        }
    }
    Ok(())
}

/// Whether a caption alone is that of what comes next. In a `<figure>` of its own it would go to the figure before.
fn is_apart(figure: &Figure<'_>, walk: &Steps<'_, '_>) -> bool {
    let is_alone = |figure: &Figure<'_>| shown_media(figure).next().is_none();
    let (before, after) = walk.neighbours();
    let is_bare =
        matches!(before, Some(Block::Figure(before)) if before.caption.is_none() && !is_alone(before));
    figure.caption.is_some() && is_alone(figure) && is_bare && after.is_some()
}

impl<'w, W: Write> Html<'w, W> {
    fn new(out: &'w mut W, layout: Layout) -> Self {
        Self { out, layout, heads: Vec::new() }
    }

    fn line_feed(&mut self) -> fmt::Result {
        if self.layout == Layout::Lines { self.out.write_char('\n') } else { Ok(()) }
    }

    fn line(&mut self, tag: &str) -> fmt::Result {
        self.out.write_str(tag)?;
        self.line_feed()
    }

    fn leaf(&mut self, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Paragraph(paragraph) => {
                self.out.write_str("<p>")?;
                self.text(&paragraph.text)?;
                self.line("</p>")
            }
            Block::Heading(heading) => {
                let level = heading.level;
                write!(self.out, "<h{level}>")?;
                self.text(&heading.text)?;
                write!(self.out, "</h{level}>")?;
                self.line_feed()
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Preformatted(text) => self.preformatted(text),
            Block::ThematicBreak(_) => self.line("<hr>"),
            Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
        }
    }

    /// Writes start tags. Returns whether a paragraph that comes next is bare.
    fn open(&mut self, part: Container<'_, '_>) -> Result<bool, fmt::Error> {
        match part {
            Container::BlockQuote => self.line("<blockquote>")?,
            Container::List(List { kind: ListKind::Ordered, start: Some(start), .. }) => {
                write!(self.out, "<ol start=\"{start}\">")?;
                self.line_feed()?;
            }
            Container::List(List { kind: ListKind::Ordered, .. }) => self.line("<ol>")?,
            Container::List(List { kind: ListKind::Unordered, .. }) => self.line("<ul>")?,
            Container::List(List { kind: ListKind::Description, .. }) => self.line("<dl>")?,
            Container::Item { item, .. } => return self.container("<li>", &item.blocks),
            Container::DescriptionItem(_) => {}
            Container::Term(blocks) => return self.container("<dt>", blocks),
            Container::Description(blocks) => return self.container("<dd>", blocks),
            Container::Table(table) => self.table(table)?,
            Container::Row { index, .. } => {
                if index == self.head_rows() {
                    self.line("<tbody>")?;
                } else if index == 0 {
                    self.line("<thead>")?;
                }
                self.line("<tr>")?;
            }
            Container::Cell(cell) => return self.cell(cell),
        }
        Ok(false)
    }

    fn close(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => self.line("</blockquote>"),
            Container::List(List { kind: ListKind::Ordered, .. }) => self.line("</ol>"),
            Container::List(List { kind: ListKind::Unordered, .. }) => self.line("</ul>"),
            Container::List(List { kind: ListKind::Description, .. }) => self.line("</dl>"),
            Container::Item { .. } => self.line("</li>"),
            Container::DescriptionItem(_) => Ok(()),
            Container::Term(_) => self.line("</dt>"),
            Container::Description(_) => self.line("</dd>"),
            Container::Table(_) => {
                self.heads.pop();
                self.line("</table>")
            }
            Container::Row { table, index } => {
                self.line("</tr>")?;
                if index + 1 == table.rows.len() && index >= self.head_rows() {
                    self.line("</tbody>")?;
                } else if index + 1 == self.head_rows() {
                    self.line("</thead>")?;
                }
                Ok(())
            }
            Container::Cell(Cell { header: true, .. }) => self.line("</th>"),
            Container::Cell(_) => self.line("</td>"),
        }
    }

    /// The start tag of an element with blocks in it. Returns whether the first of them is a bare paragraph.
    fn container(&mut self, tag: &str, blocks: &[Block<'_>]) -> Result<bool, fmt::Error> {
        self.out.write_str(tag)?;
        let is_bare = match blocks {
            [] => return Ok(false),
            [Block::Paragraph(_), rest @ ..] => rest.iter().all(|block| matches!(block, Block::List(_))),
            _ => false,
        };
        if !is_bare {
            self.line_feed()?;
        }
        Ok(is_bare)
    }

    /// Of the innermost table, how many rows at the top are headers.
    fn head_rows(&self) -> usize {
        self.heads.last().copied().unwrap_or_default()
    }

    fn table(&mut self, table: &Table<'_>) -> fmt::Result {
        self.heads.push(head_rows(table));
        self.line("<table>")?;
        if let Some(caption) = &table.caption {
            self.out.write_str("<caption>")?;
            self.text(caption)?;
            self.line("</caption>")?;
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell<'_>) -> Result<bool, fmt::Error> {
        let Cell { header, colspan, rowspan, blocks } = cell;
        self.out.write_str(if *header { "<th" } else { "<td" })?;
        for (name, span) in [("colspan", colspan), ("rowspan", rowspan)] {
            if *span != 1 {
                write!(self.out, " {name}=\"{span}\"")?;
            }
        }
        self.container(">", blocks)
    }

    fn figure(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let is_empty = figure.caption.is_none() && shown_media(figure).next().is_none();
        if is_empty {
            return Ok(());
        }
        self.line("<figure>")?;
        for media in shown_media(figure) {
            write_media(self.out, media)?;
            self.line_feed()?;
        }
        self.caption(figure)?;
        self.line("</figure>")
    }

    fn caption(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let Some(caption) = &figure.caption else { return Ok(()) };
        self.out.write_str("<figcaption>")?;
        self.text(caption)?;
        self.line("</figcaption>")
    }

    fn preformatted(&mut self, preformatted: &Preformatted<'_>) -> fmt::Result {
        let Preformatted { text, language, is_code, .. } = preformatted;
        // One word of a class. HTML's white space is that of ASCII.
        let is_space = |c: char| c.is_ascii_whitespace();
        let language = language.as_deref().filter(|name| !name.is_empty() && !name.contains(is_space));
        self.out.write_str("<pre")?;
        if *is_code {
            self.out.write_str("><code")?;
        }
        if let Some(language) = language {
            self.out.write_str(" class=\"language-")?;
            inline::write_value(self.out, language)?;
            self.out.write_char('"')?;
        }
        self.out.write_char('>')?;
        // The first line feed after `<pre>` is none.
        if !is_code && text.text.starts_with('\n') {
            self.line_break_in_pre()?;
        }
        self.pre_text(text)?;
        self.line(if *is_code { "</code></pre>" } else { "</pre>" })
    }

    fn line_break_in_pre(&mut self) -> fmt::Result {
        self.out.write_str(if self.layout == Layout::Lines { "\n" } else { "&#10;" })
    }
}

/// How many rows at the top are headers, and nothing else.
fn head_rows(table: &Table<'_>) -> usize {
    let is_head = |cell: &Cell<'_>| cell.header && cell.rowspan == 1;
    table.rows.iter().take_while(|row| !row.is_empty() && row.iter().all(is_head)).count()
}
