//! Text with its marks, and attributes.

use std::fmt::{self, Write};

use super::{Html, Layout};
use crate::post::{MarkKind, Nesting, Text, TextEvent};
use crate::url;

/// What becomes of line feeds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineFeed {
    Break,
    Kept,
}

impl<W: Write> Html<'_, W> {
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
        for event in text.events_of(Nesting::AsListed, is_shown) {
            match event {
                TextEvent::Text(text) => self.escaped(text, line_feed)?,
                // In `<pre>`, a `<code>` is all of it.
                TextEvent::Start(MarkKind::Code) if line_feed == LineFeed::Kept => {
                    self.out.write_str("<samp>")?;
                }
                TextEvent::End(MarkKind::Code) if line_feed == LineFeed::Kept => {
                    self.out.write_str("</samp>")?;
                }
                TextEvent::Start(kind) => write_start(self.out, kind)?,
                TextEvent::End(kind) => write_end(self.out, kind)?,
            }
        }
        Ok(())
    }

    fn escaped(&mut self, text: &str, line_feed: LineFeed) -> fmt::Result {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'\n' if line_feed == LineFeed::Break && self.layout == Layout::Lines => "<br>\n",
                b'\n' if line_feed == LineFeed::Break => "<br>",
                b'\n' if self.layout == Layout::OneLine => "&#10;",
                b'\r' => "&#13;",
                b'\0' => "\u{fffd}",
                _ => continue,
            };
            self.out.write_str(&text[from..at])?;
            self.out.write_str(escape)?;
            from = at + 1;
        }
        self.out.write_str(&text[from..])
    }
}

/// Whether a mark is written: a link must be one that runs nothing.
pub(in crate::render) fn is_shown(kind: &MarkKind<'_>) -> bool {
    match kind {
        MarkKind::Link { href, .. } => is_link_shown(href),
        _ => true,
    }
}

/// Whether a link to this URL is written.
pub(in crate::render) fn is_link_shown(href: &str) -> bool {
    url::is_safe_link(&url::clean(href.into()))
}

/// The element that a mark is.
pub(in crate::render) fn name(kind: &MarkKind<'_>) -> &'static str {
    match kind {
        MarkKind::Strong => "strong",
        MarkKind::Emphasis => "em",
        MarkKind::Code => "code",
        MarkKind::Link { .. } => "a",
        MarkKind::Underline => "u",
        MarkKind::Strikethrough => "s",
        MarkKind::Subscript => "sub",
        MarkKind::Superscript => "sup",
        MarkKind::Highlight => "mark",
        MarkKind::Quotation => "q",
        MarkKind::Small => "small",
        MarkKind::Ruby { .. } => "ruby",
        MarkKind::Math { .. } | MarkKind::Anchor { .. } | MarkKind::Bidi { .. } => "span",
    }
}

pub(in crate::render) fn write_end(out: &mut impl Write, kind: &MarkKind<'_>) -> fmt::Result {
    if let MarkKind::Ruby { reading } = kind {
        out.write_str("<rt>")?;
        write_value(out, reading)?;
        out.write_str("</rt>")?;
    }
    write!(out, "</{}>", name(kind))
}

pub(in crate::render) fn write_start(out: &mut impl Write, kind: &MarkKind<'_>) -> fmt::Result {
    write!(out, "<{}", name(kind))?;
    if let MarkKind::Link { href, title, .. } = kind {
        write_attribute(out, "href", &url::clean(href.as_ref().into()))?;
        write_optional(out, "title", title.as_deref())?;
    }
    out.write_char('>')
}

pub(super) fn write_attribute(out: &mut impl Write, name: &str, value: &str) -> fmt::Result {
    write!(out, " {name}=\"")?;
    write_value(out, value)?;
    out.write_char('"')
}

pub(super) fn write_optional(out: &mut impl Write, name: &str, value: Option<&str>) -> fmt::Result {
    value.map_or(Ok(()), |value| write_attribute(out, name, value))
}

/// Writes what stands between the quotation marks of an attribute. It is in one line.
pub(super) fn write_value(out: &mut impl Write, value: &str) -> fmt::Result {
    let mut from = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            b'\0' => "\u{fffd}",
            _ => continue,
        };
        out.write_str(&value[from..at])?;
        out.write_str(escape)?;
        from = at + 1;
    }
    out.write_str(&value[from..])
}
