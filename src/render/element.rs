//! HTML elements: those that marks are, for HTML and for Markdown that has no delimiter for them, and
//! attributes.

use std::fmt::{self, Write};

use super::shown::clean;
use crate::post::{Direction, MarkKind};

/// The element that a mark is.
pub(super) struct Element<'t> {
    /// The element's name.
    pub(super) name: &'static str,
    /// The text in the element before the marked text.
    pub(super) before: &'static str,
    /// The text in the element after the marked text.
    pub(super) after: &'static str,
    /// The content of an `<rt>` at the end of the element.
    pub(super) reading: Option<&'t str>,
}

impl<'t> Element<'t> {
    pub(super) fn of(kind: &'t MarkKind<'_>) -> Self {
        let element = |name| Self { name, before: "", after: "", reading: None };
        match kind {
            MarkKind::Strong => element("strong"),
            MarkKind::Emphasis => element("em"),
            MarkKind::Code => element("code"),
            MarkKind::Link { .. } | MarkKind::Anchor { .. } => element("a"),
            MarkKind::Underline => element("u"),
            MarkKind::Strikethrough => element("s"),
            MarkKind::Subscript => element("sub"),
            MarkKind::Superscript => element("sup"),
            MarkKind::Highlight => element("mark"),
            MarkKind::Quotation => element("q"),
            MarkKind::Small => element("small"),
            MarkKind::Ruby { reading } => Self { reading: Some(reading), ..element("ruby") },
            // The delimiters are those that MathJax and KaTeX look for.
            MarkKind::Math { display: false } => Self { before: "\\(", after: "\\)", ..element("span") },
            MarkKind::Math { display: true } => Self { before: "\\[", after: "\\]", ..element("span") },
            MarkKind::Bidi { .. } => element("span"),
        }
    }
}

/// Writes the start tag of a mark.
pub(super) fn write_start(out: &mut impl Write, kind: &MarkKind<'_>) -> fmt::Result {
    write!(out, "<{}", Element::of(kind).name)?;
    match kind {
        MarkKind::Link { href, title, .. } => {
            write_attribute(out, "href", &clean(href))?;
            write_optional(out, "title", title.as_deref())?;
        }
        MarkKind::Anchor { id } => write_attribute(out, "id", id)?,
        MarkKind::Bidi { direction } => write_direction(out, Some(*direction))?,
        MarkKind::Math { display: false } => out.write_str(" class=\"math inline\"")?,
        MarkKind::Math { display: true } => out.write_str(" class=\"math display\"")?,
        MarkKind::Strong
        | MarkKind::Emphasis
        | MarkKind::Code
        | MarkKind::Underline
        | MarkKind::Strikethrough
        | MarkKind::Subscript
        | MarkKind::Superscript
        | MarkKind::Highlight
        | MarkKind::Quotation
        | MarkKind::Small
        | MarkKind::Ruby { .. } => {}
    }
    out.write_char('>')
}

/// Writes the end tag of a mark.
pub(super) fn write_end(out: &mut impl Write, kind: &MarkKind<'_>) -> fmt::Result {
    write!(out, "</{}>", Element::of(kind).name)
}

/// Writes an element that links lead to: one without content. An `<a>` inside a link would end it.
pub(super) fn write_anchor(out: &mut impl Write, id: &str, is_in_link: bool) -> fmt::Result {
    let name = if is_in_link { "span" } else { "a" };
    write!(out, "<{name}")?;
    write_attribute(out, "id", id)?;
    write!(out, "></{name}>")
}

/// Writes where a text runs to, if that is known.
pub(super) fn write_direction(out: &mut impl Write, direction: Option<Direction>) -> fmt::Result {
    write_optional(out, "dir", direction.map(Direction::as_str))
}

/// Writes an attribute if it has a value.
pub(super) fn write_optional(out: &mut impl Write, name: &str, value: Option<&str>) -> fmt::Result {
    value.map_or(Ok(()), |value| write_attribute(out, name, value))
}

/// Writes an attribute, with a space before it.
pub(super) fn write_attribute(out: &mut impl Write, name: &str, value: &str) -> fmt::Result {
    write!(out, " {name}=\"")?;
    write_value(out, value)?;
    out.write_char('"')
}

/// Writes what stands between the quotation marks of an attribute. It is on one line.
pub(super) fn write_value(out: &mut impl Write, value: &str) -> fmt::Result {
    let mut from = 0;
    for (index, byte) in value.bytes().enumerate() {
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
        out.write_str(&value[from..index])?;
        out.write_str(escape)?;
        from = index + 1;
    }
    out.write_str(&value[from..])
}
