//! Plain text.

use std::fmt::{self, Write};
use std::slice::Iter;

use crate::post::{Block, Cell, List, ListKind, Post, Table, descendants};

impl Post<'_> {
    /// The article as plain text: a blank line between blocks, `- ` or a number before the items of a list,
    /// `> ` before the lines of a quotation, tabs between the cells of a table. Of figures, the captions.
    ///
    /// ```
    /// let post = offprint::Post::parse("<h2>Tea</h2><ul><li>green<li>black</ul><blockquote>Mm.</blockquote>")?;
    /// assert_eq!(post.to_text(), "Tea\n\n- green\n- black\n\n> Mm.\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.write_text(&mut out);
        out
    }

    /// Writes what [`to_text`](Self::to_text) returns. Fails only if `out` does.
    pub fn write_text(&self, out: &mut impl Write) -> fmt::Result {
        let mut writer = Writer { out, prefix: String::new(), lead: None, gap: Gap::None };
        let mut levels = vec![Level { rest: Rest::Blocks(self.blocks.iter()), outer_prefix: 0 }];
        // A stack, not recursion: the depth is the input's.
        while let Some(level) = levels.last_mut() {
            let next = match &mut level.rest {
                Rest::Blocks(blocks) | Rest::Item(blocks) => match blocks.next() {
                    Some(block) => Next::Inner(writer.block(block)?),
                    None => Next::End,
                },
                Rest::List(list) => writer.item(list)?,
            };
            match next {
                Next::Inner(inner) => levels.extend(inner),
                Next::End => {
                    writer.leave(level)?;
                    levels.pop();
                }
            }
        }
        writer.end()
    }
}

/// What is left of something that is being written.
struct Level<'p, 'a> {
    rest: Rest<'p, 'a>,
    /// The length of the prefix around it.
    outer_prefix: usize,
}

enum Next<'p, 'a> {
    /// Something was written, or begun with what is inside it.
    Inner(Option<Level<'p, 'a>>),
    End,
}

enum Rest<'p, 'a> {
    /// The article, or a quotation.
    Blocks(Iter<'p, Block<'a>>),
    Item(Iter<'p, Block<'a>>),
    List(OpenList<'p, 'a>),
}

struct OpenList<'p, 'a> {
    rest: Iter<'p, Vec<Block<'a>>>,
    kind: ListKind,
    number: i64,
}

/// What is left free before the next line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing has been written, or the line has begun.
    None,
    Line,
    BlankLine,
}

struct Writer<'w, W> {
    out: &'w mut W,
    /// What stands before each line.
    prefix: String,
    /// What stands before the next line instead: the prefix with the mark of an item.
    lead: Option<String>,
    gap: Gap,
}

impl<W: Write> Writer<'_, W> {
    /// Writes a block that is text, or begins one that holds others.
    fn block<'p, 'a>(&mut self, block: &'p Block<'a>) -> Result<Option<Level<'p, 'a>>, fmt::Error> {
        let outer_prefix = self.prefix.len();
        match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => self.lines(&text.text)?,
            Block::Figure(figure) => {
                if let Some(caption) = &figure.caption {
                    self.lines(&caption.text)?;
                }
            }
            Block::Preformatted(text) => self.lines(text.text.text.trim_end_matches('\n'))?,
            Block::ThematicBreak => self.lines("* * *")?,
            Block::Table(table) => self.table(table)?,
            Block::BlockQuote(blocks) => {
                self.indent("> ", "> ")?;
                return Ok(Some(Level { rest: Rest::Blocks(blocks.iter()), outer_prefix }));
            }
            Block::List(List { kind, start, items }) => {
                // A list inside an item follows its text closely.
                if self.prefix.ends_with("  ") && self.gap == Gap::BlankLine {
                    self.gap = Gap::Line;
                }
                let list = OpenList { rest: items.iter(), kind: *kind, number: start.unwrap_or(1) };
                return Ok(Some(Level { rest: Rest::List(list), outer_prefix }));
            }
        }
        Ok(None)
    }

    /// Begins the next item.
    fn item<'p, 'a>(&mut self, list: &mut OpenList<'p, 'a>) -> Result<Next<'p, 'a>, fmt::Error> {
        let Some(item) = list.rest.next() else { return Ok(Next::End) };
        let mark = match list.kind {
            ListKind::Ordered => format!("{}. ", list.number),
            ListKind::Unordered | ListKind::Description => "- ".to_owned(),
        };
        list.number = list.number.saturating_add(1);
        let outer_prefix = self.prefix.len();
        self.indent(&" ".repeat(mark.len()), &mark)?;
        Ok(Next::Inner(Some(Level { rest: Rest::Item(item.iter()), outer_prefix })))
    }

    /// Ends a list, an item or a quotation.
    fn leave(&mut self, level: &Level<'_, '_>) -> fmt::Result {
        if matches!(level.rest, Rest::Item(_)) && self.lead.is_some() {
            // Nothing stood in the item: its mark stands alone.
            self.line("")?;
        }
        self.prefix.truncate(level.outer_prefix);
        self.gap = match level.rest {
            _ if self.gap == Gap::None => Gap::None,
            Rest::Item(_) => Gap::Line,
            Rest::Blocks(_) | Rest::List(_) => Gap::BlankLine,
        };
        Ok(())
    }

    /// Begins something whose lines stand behind `prefix`, the first one behind `mark`.
    fn indent(&mut self, prefix: &str, mark: &str) -> fmt::Result {
        self.close_gap()?;
        let mut lead = self.lead.take().unwrap_or_else(|| self.prefix.clone());
        lead.push_str(mark);
        self.lead = Some(lead);
        self.prefix.push_str(prefix);
        Ok(())
    }

    fn table(&mut self, table: &Table<'_>) -> fmt::Result {
        if let Some(caption) = &table.caption {
            self.lines(&caption.text)?;
            self.gap = Gap::Line;
        }
        for row in &table.rows {
            let mut line = String::new();
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    line.push('\t');
                }
                push_cell(&mut line, cell);
            }
            self.line(&line)?;
            self.gap = Gap::Line;
        }
        self.gap = Gap::BlankLine;
        Ok(())
    }

    fn lines(&mut self, text: &str) -> fmt::Result {
        for line in text.split('\n') {
            self.line(line)?;
            self.gap = Gap::Line;
        }
        self.gap = Gap::BlankLine;
        Ok(())
    }

    fn line(&mut self, line: &str) -> fmt::Result {
        self.close_gap()?;
        let lead = self.lead.take();
        let before = lead.as_deref().unwrap_or(&self.prefix);
        self.out.write_str(if line.is_empty() { before.trim_end() } else { before })?;
        self.out.write_str(line)?;
        self.gap = Gap::Line;
        Ok(())
    }

    fn close_gap(&mut self) -> fmt::Result {
        match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::None => Ok(()),
            Gap::Line => self.out.write_char('\n'),
            Gap::BlankLine => {
                self.out.write_char('\n')?;
                self.out.write_str(self.prefix.trim_end())?;
                self.out.write_char('\n')
            }
        }
    }

    fn end(&mut self) -> fmt::Result {
        match self.gap {
            Gap::None => Ok(()),
            Gap::Line | Gap::BlankLine => self.out.write_char('\n'),
        }
    }
}

/// The texts in a cell, in one line.
fn push_cell(line: &mut String, cell: &Cell<'_>) {
    let start = line.len();
    for block in descendants(&cell.blocks) {
        let text = match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => Some(text),
            Block::Preformatted(text) => Some(&text.text),
            Block::Figure(figure) => figure.caption.as_ref(),
            Block::Table(table) => table.caption.as_ref(),
            Block::List(_) | Block::BlockQuote(_) | Block::ThematicBreak => None,
        };
        for word in text.iter().flat_map(|text| text.text.split(['\n', '\t'])) {
            if line.len() > start {
                line.push(' ');
            }
            line.push_str(word);
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
    fn tables_captions_and_code() {
        assert_text(
            "<table><caption>T</caption><tr><th>a<th>b<tr><td>c<p>d<td></table><hr><pre>x\n y\n</pre>",
            "T\na\tb\nc d\t\n\n* * *\n\nx\n y\n",
        );
        assert_text("<figure><img src=a><figcaption>C</figcaption></figure>", "C\n");
    }
}
