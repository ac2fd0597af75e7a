//! Markdown: `CommonMark`, with the tables and the strikethrough of GitHub's.

mod escape;
mod inline;
mod table;

use std::fmt::{self, Write};

use super::html::{shown_media, write_in_line, write_preformatted};
use super::lines::Lines;
use crate::post::{Block, Container, Figure, List, ListKind, Media, Post, Preformatted, Step, Steps, Text};

use inline::Place;

impl Post<'_> {
    /// The article as Markdown: `CommonMark` with GitHub's tables and strikethrough.
    ///
    /// A figure is a paragraph: its images, and the caption in the line below. What Markdown has no sign for is
    /// written as HTML: some marks (`<sup>`, `<u>`…), films, sounds, embedded pages, preformatted text with links
    /// in it, tables with more than text and images in their cells. A description list is a list.
    ///
    /// A link whose text is its URL stands in angle brackets. Only what would be taken for a sign is escaped. A sign
    /// could not be told between punctuation and a letter, as in `“强调”的话` with the first four characters strong:
    /// there the sign stands inside the punctuation (`“**强调**”的话`), and if that is no way out, the letter is
    /// written as a reference. URLs are those of [`to_html`](Self::to_html).
    ///
    /// Once lines are indented by more than 40 columns, a list or a quotation inside is written as HTML in one line, so that
    /// the Markdown is at most 64 times as long as the source of the post, whatever that is. As in
    /// [`to_text`](Self::to_text), an empty line stands above what would be taken for the beginning of front matter.
    ///
    /// ```
    /// let post = offprint::Post::parse("<h2>Tea</h2><p>5 * 2 <b>cups</b><br>1. *Boil* <a href=/w>water</a>")?;
    /// assert_eq!(post.to_markdown(), "## Tea\n\n5 * 2 **cups**\\\n1\\. \\*Boil\\* [water](/w)\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.write_markdown(&mut out);
        out
    }

    /// Writes what [`to_markdown`](Self::to_markdown) returns. Fails only if `out` does.
    pub fn write_markdown(&self, out: &mut impl Write) -> fmt::Result {
        let mut markdown = Markdown { lines: Lines::new(out), signs: Signs::default() };
        let mut walk = Steps::new(&self.blocks);
        while let Some(step) = walk.next() {
            match step {
                Step::Leaf(block) => markdown.leaf(block)?,
                Step::Start(Container::Table(table)) => {
                    markdown.table(table, walk.split_off())?;
                }
                Step::Start(container @ (Container::BlockQuote | Container::List(_)))
                    if markdown.lines.is_full() =>
                {
                    markdown.in_line(container, walk.split_off())?;
                }
                Step::Start(container) => markdown.open(container)?,
                Step::End(container) => markdown.close(container)?,
            }
        }
        markdown.lines.finish()
    }
}

struct Markdown<'w, W> {
    lines: Lines<'w, W>,
    signs: Signs,
}

/// The signs of lists. Of two lists that follow one another, each has its own, or they would be one.
#[derive(Default)]
struct Signs {
    /// Those of the lists that are open.
    open: Vec<Sign>,
    /// What stands just before.
    before: Before,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    Paragraph,
    List(Sign),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Dash,
    Plus,
    /// `1.`
    Point,
    /// `1)`
    Parenthesis,
}

impl<W: Write> Markdown<'_, W> {
    fn leaf(&mut self, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(&paragraph.text),
            Block::Heading(heading) => {
                let mut line = "#".repeat(usize::from(u8::from(heading.level)));
                line.push(' ');
                inline::push(&mut line, &heading.text, Place::Heading);
                self.block(&line)
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Preformatted(text) => self.preformatted(text),
            Block::ThematicBreak(_) => self.block("* * *"),
            Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
        }
    }

    /// A block that holds others, as HTML.
    fn in_line(&mut self, block: Container<'_, '_>, inside: Steps<'_, '_>) -> fmt::Result {
        let mut html = String::new();
        write_in_line(block, inside, &mut html)?;
        self.block(&html)
    }

    fn block(&mut self, lines: &str) -> fmt::Result {
        self.signs.before = Before::Other;
        self.lines.block(lines)
    }

    fn paragraph(&mut self, text: &Text<'_>) -> fmt::Result {
        let mut lines = String::new();
        inline::push(&mut lines, text, Place::Block);
        if lines.is_empty() {
            return Ok(());
        }
        self.block(&lines)?;
        self.signs.before = Before::Paragraph;
        Ok(())
    }

    /// A paragraph of the media and the caption, but pages embedded have blocks of their own.
    fn figure(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let mut lines = String::new();
        for media in shown_media(figure) {
            if matches!(media, Media::Embed(_)) && !lines.is_empty() {
                self.block(&std::mem::take(&mut lines))?;
            }
            next_line(&mut lines);
            inline::push_media(&mut lines, media, Place::Block);
            if matches!(media, Media::Embed(_)) {
                self.block(&std::mem::take(&mut lines))?;
            }
        }
        if let Some(caption) = &figure.caption {
            next_line(&mut lines);
            inline::push(&mut lines, caption, Place::Block);
        }
        if lines.is_empty() { Ok(()) } else { self.block(&lines) }
    }

    fn preformatted(&mut self, preformatted: &Preformatted<'_>) -> fmt::Result {
        let Preformatted { text, language, is_code: _ } = preformatted;
        if text.links().next().is_some() {
            // No fence lets a link through.
            let mut html = String::new();
            write_preformatted(preformatted, &mut html)?;
            return self.block(html.trim_end_matches('\n'));
        }
        let fence = "`".repeat(3.max(1 + longest_run(&text.text, '`')));
        let is_plain = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c));
        self.lines.line(&format!("{fence}{}", language.as_deref().filter(is_plain).unwrap_or_default()))?;
        let content = text.text.trim_end_matches('\n');
        for line in content.split('\n').flat_map(|line| line.split('\r')).filter(|_| !content.is_empty()) {
            self.lines.line(line)?;
        }
        self.block(&fence)
    }

    fn open(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => self.lines.indent("> ", "> ")?,
            Container::List(list) => {
                // A list inside an item follows its text closely, if it is taken for a list there.
                if self.lines.is_in_item() && self.signs.before == Before::Paragraph && interrupts(list) {
                    self.lines.set_blank_line(false);
                }
                let sign = self.signs.choose(list.kind);
                self.signs.open.push(sign);
                return Ok(());
            }
            Container::Item { number, .. } => {
                let mark = match self.signs.open.last() {
                    Some(Sign::Point) => format!("{}. ", shown_number(number)),
                    Some(Sign::Parenthesis) => format!("{}) ", shown_number(number)),
                    Some(Sign::Plus) => "+ ".to_owned(),
                    Some(Sign::Dash) | None => "- ".to_owned(),
                };
                self.lines.indent(&" ".repeat(mark.len()), &mark)?;
            }
            Container::DescriptionItem(_) => {
                let is_plus = self.signs.open.last() == Some(&Sign::Plus);
                self.lines.indent("  ", if is_plus { "+ " } else { "- " })?;
            }
            Container::Term(_)
            | Container::Description(_)
            | Container::Table(_)
            | Container::Row { .. }
            | Container::Cell(_) => {
                return Ok(());
            }
        }
        self.signs.before = Before::Other;
        Ok(())
    }

    fn close(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => {
                self.lines.outdent()?;
                self.lines.set_blank_line(true);
                self.signs.before = Before::Other;
            }
            Container::List(_) => {
                self.lines.set_blank_line(true);
                self.signs.before = self.signs.open.pop().map_or(Before::Other, Before::List);
            }
            Container::Item { .. } | Container::DescriptionItem(_) => {
                self.lines.outdent()?;
                self.lines.set_blank_line(false);
            }
            Container::Term(_)
            | Container::Description(_)
            | Container::Table(_)
            | Container::Row { .. }
            | Container::Cell(_) => {}
        }
        Ok(())
    }
}

impl Signs {
    /// The sign of a list that begins here.
    fn choose(&self, kind: ListKind) -> Sign {
        let [usual, other] = match kind {
            ListKind::Ordered => [Sign::Point, Sign::Parenthesis],
            ListKind::Unordered | ListKind::Description => [Sign::Dash, Sign::Plus],
        };
        if self.before == Before::List(usual) { other } else { usual }
    }
}

/// Whether a list right after a line of text is one: its first item must hold text, and be the first in number.
fn interrupts(list: &List<'_>) -> bool {
    let starts_with_text = matches!(list.items.first().and_then(|item| item.blocks.first()), Some(Block::Paragraph(first)) if !first.text.text.is_empty());
    starts_with_text && (list.kind != ListKind::Ordered || list.numbers().next() == Some(1))
}

/// The number of an item, or the next that Markdown can write: it has nine digits at most.
fn shown_number(number: i32) -> i32 {
    number.clamp(0, 999_999_999)
}

/// Ends a line of a paragraph, if there is one.
fn next_line(lines: &mut String) {
    if !lines.is_empty() {
        lines.push_str("\\\n");
    }
}

/// The length of the longest run of a character.
fn longest_run(text: &str, char: char) -> usize {
    text.split(|c| c != char).map(str::len).max().unwrap_or_default()
}
