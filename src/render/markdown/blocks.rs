//! Blocks as lines.

use std::fmt::{self, Write};

use super::code::fence;
use super::context::{Context, Parent, Style};
use super::inline;
use super::list::{Before, ListMarkers};
use super::mark::is_lost_in_code_block;
use super::table::PipeTable;
use crate::post::{
    Block, Container, Direction, Figure, Heading, Item, List, ListKind, Media, Paragraph, Preformatted, Step,
    Steps, Table, Text,
};
use crate::render::html::{write_in_line, write_preformatted};
use crate::render::lines::{Lines, checkbox};
use crate::render::shown::shown_media;

/// Writes all that these steps come to.
pub(super) fn write_blocks(mut steps: Steps<'_, '_>, out: &mut impl Write, style: Style) -> fmt::Result {
    let mut markdown =
        Markdown { lines: Lines::new(out), markers: ListMarkers::default(), lead: String::new(), style };
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
    /// What stands before the next text: the checkbox and the anchor of an item that has begun.
    lead: String,
    style: Style,
}

impl<W: Write> Markdown<'_, W> {
    fn leaf(&mut self, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Paragraph(paragraph) => {
                let Paragraph { text, id, direction } = paragraph;
                self.paragraph(text, id.as_deref(), *direction)
            }
            Block::Heading(heading) => {
                let Heading { level, id, text, direction } = heading;
                let mut line = "#".repeat(usize::from(u8::from(*level)));
                line.push(' ');
                line.push_str(&self.take_lead(id.as_deref()));
                inline::push_directed(&mut line, text, *direction, self.context(Parent::Heading));
                self.block(&line)
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Preformatted(text) => {
                self.write_lead()?;
                self.preformatted(text)
            }
            Block::ThematicBreak(_) => {
                self.write_lead()?;
                self.block("* * *")
            }
            // They come as containers.
            Block::List(_) | Block::BlockQuote(_) | Block::Table(_) => Ok(()),
        }
    }

    fn context(&self, parent: Parent) -> Context {
        Context { parent, style: self.style }
    }

    /// What stands before a text with this id.
    fn take_lead(&mut self, id: Option<&str>) -> String {
        let mut lead = std::mem::take(&mut self.lead);
        lead.push_str(&inline::anchor(id, Parent::Paragraph));
        lead
    }

    /// Writes what stands before the next text on a line alone: what comes next is not a text.
    fn write_lead(&mut self) -> fmt::Result {
        let lead = std::mem::take(&mut self.lead);
        if lead.is_empty() { Ok(()) } else { self.block(lead.trim_end_matches(' ')) }
    }

    /// A block that holds others, as HTML.
    fn in_line(&mut self, block: Container<'_, '_>, inside: Steps<'_, '_>) -> fmt::Result {
        self.write_lead()?;
        let mut html = String::new();
        write_in_line(block, inside, &mut html)?;
        self.block(&html)
    }

    fn block(&mut self, lines: &str) -> fmt::Result {
        self.markers.before = Before::Other;
        self.lines.block(lines)
    }

    fn paragraph(&mut self, text: &Text<'_>, id: Option<&str>, direction: Option<Direction>) -> fmt::Result {
        let mut lines = self.take_lead(id);
        let start = lines.len();
        inline::push_directed(&mut lines, text, direction, self.context(Parent::Paragraph));
        if lines.is_empty() {
            return Ok(());
        }
        self.block(if lines.len() == start { lines.trim_end_matches(' ') } else { &lines })?;
        self.markers.before = Before::Paragraph;
        Ok(())
    }

    /// A paragraph of the media and the caption, but pages embedded have blocks of their own.
    fn figure(&mut self, figure: &Figure<'_>) -> fmt::Result {
        let context = self.context(Parent::Paragraph);
        self.lead = self.take_lead(figure.id.as_deref());
        let mut lines = String::new();
        for media in shown_media(figure) {
            let is_block = matches!(media, Media::Embed(_));
            if is_block {
                self.write_lead()?;
            }
            if is_block && !lines.is_empty() {
                self.block(&std::mem::take(&mut lines))?;
            }
            self.next_line(&mut lines);
            inline::push_media(&mut lines, media, context.parent);
            if is_block {
                self.block(&std::mem::take(&mut lines))?;
            }
        }
        if let Some(caption) = &figure.caption {
            let mut text = String::new();
            inline::push(&mut text, caption, context);
            // A hard line break before nothing would be a backslash.
            if !text.is_empty() {
                self.next_line(&mut lines);
                lines.push_str(&text);
            }
        }
        if lines.is_empty() { self.write_lead() } else { self.block(&lines) }
    }

    /// Begins a line of a paragraph.
    fn next_line(&mut self, lines: &mut String) {
        if lines.is_empty() {
            lines.push_str(&std::mem::take(&mut self.lead));
        } else {
            lines.push_str("\\\n");
        }
    }

    fn preformatted(&mut self, preformatted: &Preformatted<'_>) -> fmt::Result {
        let Preformatted { text, language, is_code: _ } = preformatted;
        if text.marks.iter().any(|mark| is_lost_in_code_block(&mark.kind)) {
            let mut html = String::new();
            write_preformatted(preformatted, &mut html)?;
            return self.block(html.trim_end_matches('\n'));
        }
        let fence = fence(&text.text, 3);
        let is_plain = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c));
        let info_string = language.as_deref().filter(is_plain).unwrap_or_default();
        self.lines.line(&format!("{fence}{info_string}"))?;
        let content = text.text.trim_end_matches('\n');
        for line in content.split('\n').flat_map(|line| line.split('\r')).filter(|_| !content.is_empty()) {
            self.lines.line(line)?;
        }
        self.block(&fence)
    }

    fn table(&mut self, table: &Table<'_>, inside: Steps<'_, '_>) -> fmt::Result {
        let Some(pipe_table) = PipeTable::of(table) else {
            return self.in_line(Container::Table(table), inside);
        };
        if let Some(caption) = &table.caption {
            self.paragraph(caption, table.id.as_deref(), None)?;
        } else {
            self.lead = self.take_lead(table.id.as_deref());
            self.write_lead()?;
        }
        if !table.rows.is_empty() {
            pipe_table.write(&mut self.lines, self.style)?;
            self.markers.before = Before::Other;
        }
        Ok(())
    }

    fn open(&mut self, part: Container<'_, '_>) -> fmt::Result {
        match part {
            Container::BlockQuote => {
                self.write_lead()?;
                self.markers.before = Before::Other;
                self.lines.indent("> ", "> ")
            }
            Container::List(list) => {
                self.write_lead()?;
                // A list inside an item follows its text closely, if it is taken for a list there.
                if self.lines.is_in_item() && self.markers.before == Before::Paragraph && interrupts(list) {
                    self.lines.set_blank_line(false);
                }
                self.markers.begin(list.kind);
                Ok(())
            }
            Container::Item { item, number, .. } => self.item(item, Some(number)),
            Container::DescriptionItem(item) => self.item(item, None),
            // Terms are the first blocks of items. Tables are written whole.
            Container::Term(_)
            | Container::Description(_)
            | Container::Table(_)
            | Container::Row { .. }
            | Container::Cell(_) => Ok(()),
        }
    }

    fn item(&mut self, item: &Item<'_>, number: Option<i32>) -> fmt::Result {
        let (marker, begins_list) = self.markers.item(number);
        if begins_list {
            self.lines.set_blank_line(true);
        }
        self.lines.indent(&" ".repeat(marker.len()), &marker)?;
        self.lead = item.checked.map_or("", checkbox).to_owned()
            + &inline::anchor(item.id.as_deref(), Parent::Paragraph);
        self.markers.before = Before::Other;
        Ok(())
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

/// Whether a list right after a line of text is one: its first item must hold text, and be the first in
/// number.
fn interrupts(list: &List<'_>) -> bool {
    let first = list.items.first().and_then(|item| item.blocks.first());
    let starts_with_text = matches!(first, Some(Block::Paragraph(first)) if !first.text.text.is_empty());
    starts_with_text && (list.kind != ListKind::Ordered || list.numbers().next() == Some(1))
}
