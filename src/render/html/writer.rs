//! Lines of HTML, and text with its marks.

use std::fmt::{self, Write};

use crate::post::{MarkKind, Nesting, Text, TextEvent};
use crate::render::element::{Element, write_anchor, write_end, write_start};
use crate::render::escape::{markup, write_replaced};
use crate::render::shown::is_mark_shown;

/// Whether there are line feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each block is on lines of its own.
    Lines,
    /// All is on one line.
    OneLine,
}

/// What becomes of the line feeds of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineFeed {
    Break,
    Kept,
}

/// Writes HTML.
pub(super) struct Writer<'w, W> {
    pub(super) out: &'w mut W,
    layout: Layout,
}

impl<'w, W: Write> Writer<'w, W> {
    pub(super) fn new(out: &'w mut W, layout: Layout) -> Self {
        Self { out, layout }
    }

    /// Ends a line, if there are lines.
    pub(super) fn line_feed(&mut self) -> fmt::Result {
        match self.layout {
            Layout::Lines => self.out.write_char('\n'),
            Layout::OneLine => Ok(()),
        }
    }

    /// Writes tags, and ends the line.
    pub(super) fn line(&mut self, tags: &str) -> fmt::Result {
        self.out.write_str(tags)?;
        self.line_feed()
    }

    /// Writes a line feed that counts, inside `<pre>`.
    pub(super) fn pre_line_feed(&mut self) -> fmt::Result {
        self.out.write_str(match self.layout {
            Layout::Lines => "\n",
            Layout::OneLine => "&#10;",
        })
    }

    /// Writes a text without marks.
    pub(super) fn plain(&mut self, text: &str) -> fmt::Result {
        self.escaped(text, LineFeed::Kept)
    }

    /// Writes a text with its marks. Line feeds are line breaks.
    pub(super) fn text(&mut self, text: &Text<'_>) -> fmt::Result {
        self.marked(text, LineFeed::Break)
    }

    /// Writes a text whose white space counts.
    pub(super) fn pre_text(&mut self, text: &Text<'_>) -> fmt::Result {
        self.marked(text, LineFeed::Kept)
    }

    fn marked(&mut self, text: &Text<'_>, line_feed: LineFeed) -> fmt::Result {
        if text.marks.is_empty() {
            return self.escaped(&text.text, line_feed);
        }
        if is_flat(text) {
            return self.flat(text, line_feed);
        }
        self.nested(text, line_feed)
    }

    /// Writes a [flat](is_flat) text, straight from its marks.
    fn flat(&mut self, text: &Text<'_>, line_feed: LineFeed) -> fmt::Result {
        let Text { text, marks } = text;
        let mut written = 0;
        for mark in marks {
            self.escaped(&text[written..mark.start], line_feed)?;
            write_start(self.out, &mark.kind)?;
            self.escaped(&text[mark.range()], line_feed)?;
            write_end(self.out, &mark.kind)?;
            written = mark.end;
        }
        self.escaped(&text[written..], line_feed)
    }

    /// Writes a text with marks, whatever they are.
    #[cold]
    fn nested(&mut self, text: &Text<'_>, line_feed: LineFeed) -> fmt::Result {
        let mut is_in_link = false;
        let mut is_in_formula = false;
        for event in text.events_of(Nesting::AsListed, is_mark_shown) {
            match event {
                // An element would cut the TeX of a formula in two.
                TextEvent::Text(tex) if is_in_formula => self.escaped(tex, LineFeed::Kept)?,
                TextEvent::Text(text) => self.escaped(text, line_feed)?,
                // In `<pre>`, a `<code>` is all of it.
                TextEvent::Start(MarkKind::Code) if line_feed == LineFeed::Kept => {
                    self.out.write_str("<samp>")?;
                }
                TextEvent::End(MarkKind::Code) if line_feed == LineFeed::Kept => {
                    self.out.write_str("</samp>")?;
                }
                TextEvent::Start(MarkKind::Anchor { id, .. }) => write_anchor(self.out, id, is_in_link)?,
                TextEvent::End(MarkKind::Anchor { .. }) => {}
                TextEvent::Start(kind) => {
                    write_start(self.out, kind)?;
                    is_in_link |= kind.href().is_some();
                    is_in_formula |= matches!(kind, MarkKind::Math { .. });
                    self.out.write_str(Element::of(kind).before)?;
                }
                TextEvent::End(kind) => {
                    is_in_link &= kind.href().is_none();
                    is_in_formula &= !matches!(kind, MarkKind::Math { .. });
                    let Element { after, reading, .. } = Element::of(kind);
                    self.out.write_str(after)?;
                    if let Some(reading) = reading {
                        self.out.write_str("<rt>")?;
                        self.escaped(reading, LineFeed::Kept)?;
                        self.out.write_str("</rt>")?;
                    }
                    write_end(self.out, kind)?;
                }
            }
        }
        Ok(())
    }

    fn escaped(&mut self, text: &str, line_feed: LineFeed) -> fmt::Result {
        let break_or_reference = match (line_feed, self.layout) {
            (LineFeed::Break, Layout::Lines) => Some("<br>\n"),
            (LineFeed::Break, Layout::OneLine) => Some("<br>"),
            (LineFeed::Kept, Layout::Lines) => None,
            (LineFeed::Kept, Layout::OneLine) => Some("&#10;"),
        };
        write_replaced(self.out, text, markup, |byte| match byte {
            b'&' => Some("&amp;"),
            b'<' => Some("&lt;"),
            b'>' => Some("&gt;"),
            b'\n' => break_or_reference,
            b'\r' => Some("&#13;"),
            b'\0' => Some("\u{fffd}"),
            _ => None,
        })
    }
}

/// Whether the marks of a text stand side by side, and are elements with nothing but marked text in them: so
/// are 16 texts with marks of 17.
fn is_flat(text: &Text<'_>) -> bool {
    let mut end = 0;
    text.marks.iter().all(|mark| {
        let is_apart = end <= mark.start;
        end = mark.end;
        let inside = text.text.get(mark.range()).unwrap_or_default();
        is_apart && !inside.is_empty() && is_plain_element(&mark.kind)
    })
}

/// Whether a mark is written, and is the same element wherever it stands, with nothing added inside.
fn is_plain_element(kind: &MarkKind<'_>) -> bool {
    match kind {
        MarkKind::Link { .. } => is_mark_shown(kind),
        MarkKind::Strong
        | MarkKind::Emphasis
        | MarkKind::Underline
        | MarkKind::Strikethrough
        | MarkKind::Subscript
        | MarkKind::Superscript
        | MarkKind::Highlight
        | MarkKind::Quotation
        | MarkKind::Small
        | MarkKind::Bidi { .. } => true,
        MarkKind::Code | MarkKind::Ruby { .. } | MarkKind::Math { .. } | MarkKind::Anchor { .. } => false,
    }
}
