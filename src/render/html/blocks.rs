//! From blocks to elements of HTML.

use std::fmt::{self, Write};

use super::media::write_media;
use super::writer::{Layout, Writer};
use crate::post::{
    Block, Cell, Container, Figure, Heading, HeadingLevel, Item, List, ListKind, Numbering, Paragraph,
    Preformatted, Step, Steps, Table,
};
use crate::render::element::{write_anchor, write_direction, write_optional, write_value};
use crate::render::shown::shown_media;

/// Writes all that these steps come to.
pub(super) fn write_blocks(steps: Steps<'_, '_>, out: &mut impl Write, layout: Layout) -> fmt::Result {
    write_steps(steps, Html::new(out, layout))
}

/// Writes a container that has just begun, and the steps inside it up to its end.
pub(super) fn write_container(
    container: Container<'_, '_>,
    inside: Steps<'_, '_>,
    out: &mut impl Write,
    layout: Layout,
) -> fmt::Result {
    let mut html = Html::new(out, layout);
    html.open(container)?;
    write_steps(inside, html)
}

/// Writes text whose white space counts.
pub(super) fn write_preformatted(
    text: &Preformatted<'_>,
    out: &mut impl Write,
    layout: Layout,
) -> fmt::Result {
    Html::new(out, layout).preformatted(text)
}

struct Html<'w, 'p, 'a, W> {
    writer: Writer<'w, W>,
    /// Of the tables that are open, how many rows at the top are headers.
    heads: Vec<usize>,
    /// The item of a description list that has begun, until an element of it has: the item has no element
    /// itself.
    item: Option<&'p Item<'a>>,
}

fn write_steps<'p, 'a, W: Write>(mut steps: Steps<'p, 'a>, mut html: Html<'_, 'p, 'a, W>) -> fmt::Result {
    // Whether the next paragraph is all that its item or cell says, and needs no element of its own.
    let mut is_bare = false;
    // The depths of blocks that share a `<figure>` with the caption before them.
    let mut shared: Vec<usize> = Vec::new();
    while let Some(step) = steps.next() {
        match step {
            Step::Leaf(Block::Paragraph(paragraph)) if std::mem::take(&mut is_bare) => {
                html.writer.text(&paragraph.text)?;
            }
            Step::Leaf(Block::Figure(figure)) if is_apart(figure, &steps) => {
                html.figure_tag(figure)?;
                html.caption(figure)?;
                shared.push(steps.depth());
                continue;
            }
            Step::Leaf(block) => html.leaf(block)?,
            Step::Start(container) => is_bare = html.open(container)?,
            Step::End(container) => html.close(container)?,
        }
        while !matches!(step, Step::Start(_)) && shared.last() == Some(&steps.depth()) {
            html.writer.line("</figure>")?;
            shared.pop();
        }
    }
    Ok(())
}

/// Whether a caption alone is that of what comes next. In a `<figure>` of its own it would go to the figure
/// before.
fn is_apart(figure: &Figure<'_>, steps: &Steps<'_, '_>) -> bool {
    if figure.caption.is_none() {
        return false;
    }
    let is_alone = |figure: &Figure<'_>| shown_media(figure).next().is_none();
    let (before, after) = steps.neighbours();
    let is_bare =
        matches!(before, Some(Block::Figure(before)) if before.caption.is_none() && !is_alone(before));
    is_bare && after.is_some() && is_alone(figure)
}

impl<'w, 'p, 'a, W: Write> Html<'w, 'p, 'a, W> {
    fn new(out: &'w mut W, layout: Layout) -> Self {
        Self { writer: Writer::new(out, layout), heads: Vec::new(), item: None }
    }

    fn leaf(&mut self, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Paragraph(paragraph) => {
                let Paragraph { text, id, direction } = paragraph;
                if id.is_none() && direction.is_none() {
                    self.writer.out.write_str("<p>")?;
                } else {
                    self.writer.out.write_str("<p")?;
                    write_optional(self.writer.out, " id=\"", id.as_deref())?;
                    write_direction(self.writer.out, *direction)?;
                    self.writer.out.write_char('>')?;
                }
                self.writer.text(text)?;
                self.writer.line("</p>")
            }
            Block::Heading(heading) => {
                let Heading { level, id, text, direction } = heading;
                let (start, end) = heading_tags(*level);
                self.writer.out.write_str(start)?;
                write_optional(self.writer.out, " id=\"", id.as_deref())?;
                write_direction(self.writer.out, *direction)?;
                self.writer.out.write_char('>')?;
                self.writer.text(text)?;
                self.writer.line(end)
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Preformatted(text) => self.preformatted(text),
            Block::ThematicBreak(_) => self.writer.line("<hr>"),
            // They come as containers.
            Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
        }
    }

    /// Writes start tags. Returns whether a paragraph that comes next is bare.
    fn open(&mut self, part: Container<'p, 'a>) -> Result<bool, fmt::Error> {
        match part {
            Container::BlockQuote => self.writer.line("<blockquote>")?,
            Container::List(list) => self.list(list)?,
            Container::Item { list, item, .. } => {
                self.writer.out.write_str("<li")?;
                if let (ListKind::Ordered, Some(number)) = (list.kind, item.number) {
                    write!(self.writer.out, " value=\"{number}\"")?;
                }
                return self.item(item, &item.blocks);
            }
            Container::DescriptionItem(item) => self.item = Some(item),
            Container::Term(blocks) => return self.described("<dt", blocks),
            Container::Description(blocks) => return self.described("<dd", blocks),
            Container::Table(table) => self.table(table)?,
            Container::Row { index, .. } => {
                if index == self.head_rows() {
                    self.writer.line("<tbody>")?;
                } else if index == 0 {
                    self.writer.line("<thead>")?;
                }
                self.writer.line("<tr>")?;
            }
            Container::Cell(cell) => return self.cell(cell),
        }
        Ok(false)
    }

    fn close(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => self.writer.line("</blockquote>"),
            Container::List(list) => self.writer.line(list_tags(list.kind).1),
            Container::Item { .. } => self.writer.line("</li>"),
            Container::DescriptionItem(_) => match &self.item {
                // No element of the item has its id and its checkbox.
                Some(item) if item.id.is_some() || item.checked.is_some() => {
                    self.described("<dt", &[])?;
                    self.writer.line("</dt>")
                }
                Some(_) | None => {
                    self.item = None;
                    Ok(())
                }
            },
            Container::Term(_) => self.writer.line("</dt>"),
            Container::Description(_) => self.writer.line("</dd>"),
            Container::Table(_) => {
                self.heads.pop();
                self.writer.line("</table>")
            }
            Container::Row { table, index } => {
                self.writer.line("</tr>")?;
                if index + 1 == table.rows.len() && index >= self.head_rows() {
                    self.writer.line("</tbody>")?;
                } else if index + 1 == self.head_rows() {
                    self.writer.line("</thead>")?;
                }
                Ok(())
            }
            Container::Cell(cell) => self.writer.line(if cell.header { "</th>" } else { "</td>" }),
        }
    }

    fn list(&mut self, list: &List<'_>) -> fmt::Result {
        self.writer.out.write_str(list_tags(list.kind).0)?;
        if list.kind == ListKind::Ordered {
            if let Some(start) = list.start {
                write!(self.writer.out, " start=\"{start}\"")?;
            }
            write_optional(self.writer.out, " type=\"", numbering_type(list.numbering))?;
        }
        self.writer.line(">")
    }

    /// Writes the rest of the start tag of an item, and the item's checkbox.
    fn item(&mut self, item: &Item<'_>, blocks: &[Block<'_>]) -> Result<bool, fmt::Error> {
        write_optional(self.writer.out, " id=\"", item.id.as_deref())?;
        self.writer.out.write_str(match item.checked {
            None => ">",
            Some(false) => "><input type=\"checkbox\" disabled> ",
            Some(true) => "><input type=\"checkbox\" checked disabled> ",
        })?;
        self.begin_blocks(blocks)
    }

    /// The start tag of a term or a description.
    fn described(&mut self, tag: &str, blocks: &[Block<'_>]) -> Result<bool, fmt::Error> {
        self.writer.out.write_str(tag)?;
        if let Some(item) = self.item.take() {
            return self.item(item, blocks);
        }
        self.writer.out.write_char('>')?;
        self.begin_blocks(blocks)
    }

    /// Ends the line of a start tag, unless a paragraph that needs no element of its own follows. Returns
    /// whether one does.
    fn begin_blocks(&mut self, blocks: &[Block<'_>]) -> Result<bool, fmt::Error> {
        let is_bare = match blocks {
            [] => return Ok(false),
            [Block::Paragraph(Paragraph { id: None, direction: None, .. }), rest @ ..] => {
                rest.iter().all(|block| matches!(block, Block::List(_)))
            }
            [_, ..] => false,
        };
        if !is_bare {
            self.writer.line_feed()?;
        }
        Ok(is_bare)
    }

    /// Of the innermost table, how many rows at the top are headers.
    fn head_rows(&self) -> usize {
        self.heads.last().copied().unwrap_or_default()
    }

    fn table(&mut self, table: &Table<'_>) -> fmt::Result {
        self.heads.push(head_rows(table));
        self.writer.out.write_str("<table")?;
        write_optional(self.writer.out, " id=\"", table.id.as_deref())?;
        self.writer.line(">")?;
        if let Some(caption) = &table.caption {
            self.writer.out.write_str("<caption>")?;
            self.writer.text(caption)?;
            self.writer.line("</caption>")?;
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell<'_>) -> Result<bool, fmt::Error> {
        let Cell { header, colspan, rowspan, blocks } = cell;
        self.writer.out.write_str(if *header { "<th" } else { "<td" })?;
        for (name, span) in [("colspan", colspan), ("rowspan", rowspan)] {
            if *span != 1 {
                write!(self.writer.out, " {name}=\"{span}\"")?;
            }
        }
        self.writer.out.write_char('>')?;
        self.begin_blocks(blocks)
    }

    fn figure(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let mut media = shown_media(figure).peekable();
        if figure.caption.is_none() && media.peek().is_none() {
            // Links may lead to it all the same.
            let Some(id) = &figure.id else { return Ok(()) };
            write_anchor(self.writer.out, id, false)?;
            return self.writer.line_feed();
        }
        self.figure_tag(figure)?;
        for media in media {
            write_media(self.writer.out, media)?;
            self.writer.line_feed()?;
        }
        self.caption(figure)?;
        self.writer.line("</figure>")
    }

    fn figure_tag(&mut self, figure: &Figure<'_>) -> fmt::Result {
        self.writer.out.write_str("<figure")?;
        write_optional(self.writer.out, " id=\"", figure.id.as_deref())?;
        self.writer.line(">")
    }

    fn caption(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let Some(caption) = &figure.caption else { return Ok(()) };
        self.writer.out.write_str("<figcaption")?;
        write_optional(self.writer.out, " data-credit=\"", figure.credit.as_deref())?;
        self.writer.out.write_char('>')?;
        self.writer.text(caption)?;
        self.writer.line("</figcaption>")
    }

    fn preformatted(&mut self, preformatted: &Preformatted<'_>) -> fmt::Result {
        let Preformatted { text, language, is_code, .. } = preformatted;
        // One word of a class. HTML's white space is that of ASCII.
        let is_space = |c: char| c.is_ascii_whitespace();
        let language = language.as_deref().filter(|name| !name.is_empty() && !name.contains(is_space));
        self.writer.out.write_str("<pre")?;
        if *is_code {
            self.writer.out.write_str("><code")?;
        }
        if let Some(language) = language {
            self.writer.out.write_str(" class=\"language-")?;
            write_value(self.writer.out, language)?;
            self.writer.out.write_char('"')?;
        }
        self.writer.out.write_char('>')?;
        // The first line feed after `<pre>` does not count.
        if !is_code && text.text.starts_with('\n') {
            self.writer.pre_line_feed()?;
        }
        self.writer.pre_text(text)?;
        self.writer.line(if *is_code { "</code></pre>" } else { "</pre>" })
    }
}

/// The beginning of a start tag, and the end tag.
fn heading_tags(level: HeadingLevel) -> (&'static str, &'static str) {
    match level {
        HeadingLevel::H1 => ("<h1", "</h1>"),
        HeadingLevel::H2 => ("<h2", "</h2>"),
        HeadingLevel::H3 => ("<h3", "</h3>"),
        HeadingLevel::H4 => ("<h4", "</h4>"),
        HeadingLevel::H5 => ("<h5", "</h5>"),
        HeadingLevel::H6 => ("<h6", "</h6>"),
    }
}

/// The beginning of a start tag, and the end tag.
fn list_tags(kind: ListKind) -> (&'static str, &'static str) {
    match kind {
        ListKind::Unordered => ("<ul", "</ul>"),
        ListKind::Ordered => ("<ol", "</ol>"),
        ListKind::Description => ("<dl", "</dl>"),
    }
}

/// The value of the attribute `type` of `<ol>`, where it is not the usual one.
fn numbering_type(numbering: Numbering) -> Option<&'static str> {
    match numbering {
        Numbering::Decimal => None,
        Numbering::LowerAlpha => Some("a"),
        Numbering::UpperAlpha => Some("A"),
        Numbering::LowerRoman => Some("i"),
        Numbering::UpperRoman => Some("I"),
    }
}

/// How many rows at the top are headers, and nothing else.
fn head_rows(table: &Table<'_>) -> usize {
    let is_head = |cell: &Cell<'_>| cell.header && cell.rowspan == 1;
    table.rows.iter().take_while(|row| !row.is_empty() && row.iter().all(is_head)).count()
}
