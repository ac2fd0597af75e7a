//! From blocks to lines of Markdown.

use std::fmt;

use super::code::fence;
use super::context::{Context, Parent};
use super::inline;
use super::list::{Before, ListMarkers};
use super::mark::is_lost_in_code_block;
use super::table::PipeTable;
use crate::post::{
    Block, Container, Direction, Figure, Heading, Item, List, ListKind, Media, Paragraph, Preformatted, Step,
    Steps, Table, Text,
};
use crate::render::html::{write_in_line, write_preformatted};
use crate::render::lines::{Lines, SPACES, Sink, checkbox};
use crate::render::shown::shown_media;

/// Writes all that these steps come to.
pub(super) fn write_blocks(mut steps: Steps<'_, '_>, out: &mut impl Sink, dollar_math: bool) -> fmt::Result {
    let mut markdown = Markdown {
        lines: Lines::new(out),
        markers: ListMarkers::default(),
        text: String::new(),
        dollar_math,
    };
    while let Some(step) = steps.next() {
        match step {
            Step::Leaf(block) => markdown.leaf(block)?,
            Step::Start(Container::Table(table)) => markdown.table(table, steps.take_container())?,
            Step::Start(container @ (Container::BlockQuote | Container::List(_)))
                if markdown.lines.is_full() =>
            {
                markdown.in_line(container, steps.take_container())?;
            }
            Step::Start(container) => markdown.open(container)?,
            Step::End(container) => markdown.close(container)?,
        }
    }
    markdown.lines.finish()
}

struct Markdown<'w, W> {
    lines: Lines<'w, W>,
    markers: ListMarkers,
    /// What there is of the next block: its lead, which is the checkbox and the anchor of an item that has
    /// begun, and what has been made of its content. One string is used for all blocks.
    text: String,
    dollar_math: bool,
}

impl<W: Sink> Markdown<'_, W> {
    fn leaf(&mut self, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Paragraph(paragraph) => {
                let Paragraph { text, id, direction } = paragraph;
                self.paragraph(text, id.as_deref(), *direction)
            }
            Block::Heading(heading) => {
                let Heading { level, id, text, direction } = heading;
                let context = self.context(Parent::Heading);
                let signs = &"###### "[6 - usize::from(u8::from(*level))..];
                if self.text.starts_with('[') {
                    // Between the signs and the text, a checkbox would be text.
                    self.write_lead()?;
                }
                if let Some(out) = self.begin_block(b'#') {
                    out.push_str(signs);
                    push_text(out, id.as_deref(), text, *direction, context);
                    self.markers.before = Before::Other;
                    return Ok(());
                }
                self.text.insert_str(0, signs);
                push_text(&mut self.text, id.as_deref(), text, *direction, context);
                self.write_text()
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Preformatted(text) => {
                self.write_lead()?;
                self.preformatted(text)
            }
            Block::ThematicBreak(_) => {
                self.write_lead()?;
                self.text.push_str("* * *");
                self.write_text()
            }
            // They come as containers.
            Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
        }
    }

    fn context(&self, parent: Parent) -> Context {
        Context { parent, dollar_math: self.dollar_math, escapes_dollars: false, escapes_tildes: false }
    }

    /// Begins a block, as [`Lines::begin_block`] does, unless it has a lead.
    #[inline]
    fn begin_block(&mut self, first: u8) -> Option<&mut String> {
        if self.text.is_empty() { self.lines.begin_block(first) } else { None }
    }

    /// Writes the lead as a block of its own, if there is one: what comes next is not a text.
    fn write_lead(&mut self) -> fmt::Result {
        if self.text.is_empty() {
            return Ok(());
        }
        let is_checkbox = self.text.ends_with("] ");
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.write_text()?;
        if is_checkbox {
            // A blank line would end the item.
            self.lines.set_blank_line(false);
        }
        Ok(())
    }

    /// Writes the next block, of which all has been made.
    fn write_text(&mut self) -> fmt::Result {
        self.markers.before = Before::Other;
        self.lines.block(&self.text)?;
        self.text.clear();
        Ok(())
    }

    /// A block that holds others, as HTML.
    fn in_line(&mut self, block: Container<'_, '_>, inside: Steps<'_, '_>) -> fmt::Result {
        self.write_lead()?;
        write_in_line(block, inside, &mut self.text)?;
        self.write_text()
    }

    fn paragraph(&mut self, text: &Text<'_>, id: Option<&str>, direction: Option<Direction>) -> fmt::Result {
        let context = self.context(Parent::Paragraph);
        // Of line feeds alone, nothing would be left.
        let first = text.text.bytes().next().filter(|first| *first != b'\n');
        if let Some(out) = first.and_then(|first| self.begin_block(first)) {
            push_text(out, id, text, direction, context);
            self.markers.before = Before::Paragraph;
            return Ok(());
        }
        inline::push_anchor(&mut self.text, id, Parent::Paragraph);
        let lead = self.text.len();
        inline::push_directed(&mut self.text, text, direction, context);
        if self.text.is_empty() {
            return Ok(());
        }
        self.write_lines(self.text.len() > lead)?;
        self.markers.before = Before::Paragraph;
        Ok(())
    }

    /// A paragraph of the media and the caption, but pages embedded have blocks of their own.
    fn figure(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let context = self.context(Parent::Paragraph);
        inline::push_anchor(&mut self.text, figure.id.as_deref(), Parent::Paragraph);
        let mut has_line = false;
        for media in shown_media(figure) {
            let is_block = matches!(media, Media::Embed(_));
            if is_block {
                self.write_lines(has_line)?;
                has_line = false;
            }
            self.next_line(has_line);
            inline::push_media(&mut self.text, media, context);
            if is_block {
                self.write_text()?;
            }
            has_line = !is_block;
        }
        if let Some(caption) = &figure.caption {
            let before = self.text.len();
            self.next_line(has_line);
            let line = self.text.len();
            inline::push(&mut self.text, caption, context);
            if self.text.len() > line {
                has_line = true;
            } else {
                // A hard line break before nothing would be a backslash.
                self.text.truncate(before);
            }
        }
        self.write_lines(has_line)
    }

    /// Writes the lines of a paragraph, or the lead alone if it has no line.
    fn write_lines(&mut self, has_line: bool) -> fmt::Result {
        if has_line { self.write_text() } else { self.write_lead() }
    }

    /// Begins a line of a paragraph, which has other lines or not.
    fn next_line(&mut self, has_line: bool) {
        if has_line {
            self.text.push_str("\\\n");
        }
    }

    fn preformatted(&mut self, preformatted: &Preformatted<'_>) -> fmt::Result {
        let Preformatted { text, language, is_code: _ } = preformatted;
        if text.marks.iter().any(|mark| is_lost_in_code_block(&mark.kind)) {
            write_preformatted(preformatted, &mut self.text)?;
            self.text.truncate(self.text.trim_end_matches('\n').len());
            return self.write_text();
        }
        let fence = fence(&text.text, 3);
        let is_plain = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c));
        let info_string = language.as_deref().filter(is_plain).unwrap_or_default();
        self.lines.line(&format!("{fence}{info_string}"))?;
        let content = text.text.trim_end_matches('\n');
        for line in content.split('\n').flat_map(|line| line.split('\r')).filter(|_| !content.is_empty()) {
            self.lines.line(line)?;
        }
        self.text.push_str(&fence);
        self.write_text()
    }

    fn table(&mut self, table: &Table<'_>, inside: Steps<'_, '_>) -> fmt::Result {
        let Some(pipe_table) = PipeTable::of(table) else {
            return self.in_line(Container::Table(table), inside);
        };
        if let Some(caption) = &table.caption {
            self.paragraph(caption, table.id.as_deref(), None)?;
        } else {
            inline::push_anchor(&mut self.text, table.id.as_deref(), Parent::Paragraph);
            self.write_lead()?;
        }
        if !table.rows.is_empty() {
            pipe_table.write(&mut self.lines, self.dollar_math)?;
            self.markers.before = Before::Other;
        }
        Ok(())
    }

    fn open(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => {
                self.write_lead()?;
                self.markers.before = Before::Other;
                self.lines.indent("> ", "> ");
            }
            Container::List(list) => {
                self.write_lead()?;
                // A list inside an item follows its text closely, if it is taken for a list there.
                if self.lines.is_in_item() && self.markers.before == Before::Paragraph && interrupts(list) {
                    self.lines.set_blank_line(false);
                }
                self.markers.begin(list.kind);
            }
            Container::Item { item, number, .. } => self.item(item, Some(number)),
            Container::DescriptionItem(item) => self.item(item, None),
            // Terms are the first blocks of items. Tables are written whole.
            Container::Term(_)
            | Container::Description(_)
            | Container::Table(_)
            | Container::Row { .. }
            | Container::Cell(_) => {}
        }
        Ok(())
    }

    fn item(&mut self, item: &Item<'_>, number: Option<i32>) {
        let (marker, begins_list) = self.markers.item(number);
        if begins_list {
            self.lines.set_blank_line(true);
        }
        self.lines.indent(&SPACES[..marker.len()], &marker);
        self.text.push_str(item.checked.map_or("", checkbox));
        inline::push_anchor(&mut self.text, item.id.as_deref(), Parent::Paragraph);
        self.markers.before = Before::Other;
    }

    fn close(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => {
                self.lines.outdent()?;
                self.lines.set_blank_line(true);
                self.markers.before = Before::Other;
            }
            Container::List(_) => {
                self.lines.set_blank_line(true);
                self.markers.end();
            }
            Container::Item { .. } | Container::DescriptionItem(_) => {
                self.write_lead()?;
                if self.lines.is_empty_in_quotation() {
                    // Some readers end the outer item at the blank line after a last item without text.
                    self.text.push_str("&#32;");
                    self.write_text()?;
                }
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

/// Adds a text after what links lead to.
fn push_text(
    out: &mut String,
    id: Option<&str>,
    text: &Text<'_>,
    direction: Option<Direction>,
    context: Context,
) {
    inline::push_anchor(out, id, Parent::Paragraph);
    inline::push_directed(out, text, direction, context);
}

/// Whether a list right after a line of text is one: its first item must hold text, and be the first in
/// number.
fn interrupts(list: &List<'_>) -> bool {
    let first = list.items.first().and_then(|item| item.blocks.first());
    let starts_with_text = matches!(first, Some(Block::Paragraph(first)) if !first.text.text.is_empty());
    starts_with_text && (list.kind != ListKind::Ordered || list.numbers().next() == Some(1))
}
