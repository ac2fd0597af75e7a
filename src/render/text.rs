//! Plain text.

use std::fmt::{self, Write};

use super::lines::Lines;
use crate::post::{Block, Cell, Container, Figure, ListKind, Post, Step, Steps, Table, Walk};

impl Post<'_> {
    /// The article as plain text: a blank line between blocks, `- ` or a number before the items of a list,
    /// `> ` before the lines of a quotation, tabs between the cells of a table. Of figures, the captions.
    ///
    /// Once lines are indented by more than 40 columns, what begins inside has its sign and is indented no further, so that
    /// the text is at most 64 times as long as the source of the post, whatever that is. An article whose first line would
    /// be taken for the beginning of front matter (`---`, `+++` or `{"`) stands below an empty line, so that a file with
    /// this text is read as a body.
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
        let mut lines = Lines::new(out);
        let mut walk = Steps::new(&self.blocks);
        while let Some(step) = walk.next() {
            match step {
                Step::Leaf(block) => write_leaf(&mut lines, block)?,
                Step::Start(Container::BlockQuote) => lines.indent("> ", "> ")?,
                Step::Start(Container::List(_)) => {
                    // A list inside an item follows its text closely.
                    if lines.is_in_item() {
                        lines.set_blank_line(false);
                    }
                }
                Step::Start(Container::Item { list, number, .. }) => {
                    let mark = match list.kind {
                        ListKind::Ordered => format!("{number}. "),
                        ListKind::Unordered | ListKind::Description => "- ".to_owned(),
                    };
                    lines.indent(&" ".repeat(mark.len()), &mark)?;
                }
                Step::Start(Container::DescriptionItem(_)) => lines.indent("  ", "- ")?,
                Step::Start(Container::Table(table)) => {
                    write_table(&mut lines, table)?;
                    let _ = walk.split_off();
                }
                Step::End(Container::BlockQuote) => {
                    lines.outdent()?;
                    lines.set_blank_line(true);
                }
                Step::End(Container::List(_)) => lines.set_blank_line(true),
                Step::End(Container::Item { .. } | Container::DescriptionItem(_)) => {
                    lines.outdent()?;
                    lines.set_blank_line(false);
                }
                Step::Start(_) | Step::End(_) => {}
            }
        }
        lines.finish()
    }
}

fn write_leaf<W: Write>(lines: &mut Lines<'_, W>, block: &Block<'_>) -> fmt::Result {
    match block {
        Block::Paragraph(paragraph) => lines.block(&paragraph.text.text),
        Block::Heading(heading) => lines.block(&heading.text.text),
        Block::Figure(Figure { caption: Some(caption), .. }) => lines.block(&caption.text),
        Block::Preformatted(text) => lines.block(text.text.text.trim_end_matches('\n')),
        Block::ThematicBreak(_) => lines.block("* * *"),
        Block::Figure(_) | Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
    }
}

fn write_table<W: Write>(lines: &mut Lines<'_, W>, table: &Table<'_>) -> fmt::Result {
    if let Some(caption) = &table.caption {
        lines.block(&caption.text)?;
        lines.set_blank_line(false);
    }
    for row in &table.rows {
        let mut line = String::new();
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                line.push('\t');
            }
            push_cell(&mut line, cell);
        }
        lines.line(&line)?;
    }
    lines.set_blank_line(true);
    Ok(())
}

/// The texts in a cell, in one line.
fn push_cell(line: &mut String, cell: &Cell<'_>) {
    let start = line.len();
    for (_, block) in Walk::new(&cell.blocks) {
        for word in block.texts().flat_map(|text| text.text.split(['\n', '\t'])) {
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
