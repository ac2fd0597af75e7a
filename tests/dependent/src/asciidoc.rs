//! AsciiDoc: a renderer that the crate does not have.

use std::fmt::{self, Write};

use offprint::{Block, Container, Figure, ListKind, MarkKind, Media, Post, Step, Text, TextEvent};

/// The article as AsciiDoc.
pub fn asciidoc(post: &Post<'_>) -> String {
    let mut writer = Writer { out: String::new(), markers: Vec::new(), is_bare: false };
    // Writing to a string does not fail.
    let _ = post.steps().try_for_each(|step| writer.step(step));
    writer.out
}

struct Writer {
    out: String,
    /// The list markers of the open lists: `*`, `..`, one sign for each level.
    markers: Vec<String>,
    /// Whether the next block goes on in the line of its list marker.
    is_bare: bool,
}

impl Writer {
    fn step(&mut self, step: Step<'_, '_>) -> fmt::Result {
        match step {
            Step::Leaf(block) => self.leaf(block),
            Step::Start(container) => self.start(container),
            Step::End(Container::List(_)) => {
                self.markers.pop();
                Ok(())
            }
            Step::End(Container::BlockQuote) => self.line("____"),
            Step::End(Container::Table(_)) => self.line("|==="),
            Step::End(_) => Ok(()),
        }
    }

    fn start(&mut self, container: Container<'_, '_>) -> fmt::Result {
        match container {
            Container::BlockQuote => self.line("____"),
            Container::List(list) => {
                let sign = if list.kind == ListKind::Ordered { "." } else { "*" };
                self.markers.push(sign.repeat(self.markers.len() + 1));
                Ok(())
            }
            Container::Item { .. } | Container::DescriptionItem(_) => {
                let marker = self.markers.last().map_or("*", String::as_str);
                write!(self.out, "{marker} ")?;
                self.is_bare = true;
                Ok(())
            }
            Container::Table(_) => self.line("|==="),
            Container::Cell(_) => {
                self.is_bare = true;
                self.out.write_char('|')
            }
            // Rows and the two halves of a description need nothing of their own.
            _ => Ok(()),
        }
    }

    fn leaf(&mut self, block: &Block<'_>) -> fmt::Result {
        if !std::mem::take(&mut self.is_bare) && !self.markers.is_empty() {
            // A further block of an item is attached to it.
            self.line("+")?;
        }
        match block {
            Block::Paragraph(paragraph) => self.text(&paragraph.text)?,
            Block::Heading(heading) => {
                write!(self.out, "{} ", "=".repeat(usize::from(u8::from(heading.level)) + 1))?;
                self.text(&heading.text)?;
            }
            Block::Figure(figure) => self.figure(figure)?,
            Block::Preformatted(code) => {
                if let Some(language) = &code.language {
                    writeln!(self.out, "[source,{language}]")?;
                }
                write!(self.out, "----\n{}\n----", code.text.as_ref().trim_end_matches('\n'))?;
            }
            Block::ThematicBreak(_) => self.out.write_str("'''")?,
            // A block of a later version is its texts at least.
            other => other.texts().try_for_each(|text| self.text(text))?,
        }
        self.out.write_str(if self.markers.is_empty() { "\n\n" } else { "\n" })
    }

    fn figure(&mut self, figure: &Figure<'_>) -> fmt::Result {
        if let Some(caption) = &figure.caption {
            self.out.write_char('.')?;
            self.text(caption)?;
            self.out.write_char('\n')?;
        }
        for media in &figure.media {
            let url = media.url().unwrap_or_default();
            match media {
                Media::Image(image) => {
                    write!(self.out, "image::{url}[{}]", image.alt.as_deref().unwrap_or(""))?
                }
                Media::Video(_) => write!(self.out, "video::{url}[]")?,
                Media::Audio(_) => write!(self.out, "audio::{url}[]")?,
                _ => write!(self.out, "link:{url}[]")?,
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &Text<'_>) -> fmt::Result {
        for event in text.events() {
            match event {
                TextEvent::Text(text) => self.out.write_str(&text.replace('\n', " +\n"))?,
                TextEvent::Start(MarkKind::Link { href, .. }) => write!(self.out, "link:{href}[")?,
                TextEvent::End(MarkKind::Link { .. }) => self.out.write_char(']')?,
                TextEvent::End(MarkKind::Ruby { reading, .. }) => write!(self.out, "({reading})")?,
                TextEvent::Start(MarkKind::Anchor { id, .. }) => write!(self.out, "[[{id}]]")?,
                TextEvent::Start(kind) | TextEvent::End(kind) => self.out.write_str(sign(kind))?,
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> fmt::Result {
        writeln!(self.out, "{line}")
    }
}

/// What stands at both ends of a mark.
fn sign(kind: &MarkKind<'_>) -> &'static str {
    match kind {
        MarkKind::Strong => "**",
        MarkKind::Emphasis => "__",
        MarkKind::Code => "``",
        MarkKind::Superscript => "^",
        MarkKind::Subscript => "~",
        MarkKind::Highlight => "##",
        MarkKind::Quotation => "\"",
        _ => "",
    }
}
