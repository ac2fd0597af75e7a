//! HTML elements: those that marks are, for HTML and for Markdown that has no delimiter for them, and
//! attributes.

use std::fmt::{self, Write};
use std::str::from_utf8;

use super::escape::{markup_or_quotes, write_replaced};
use super::shown::clean;
use crate::post::{Direction, MarkKind};

/// The element that a mark is.
pub(super) struct Element<'t> {
    /// The element's start tag. If the mark has something that is an attribute, the tag up to there.
    start: &'static str,
    /// The element's end tag.
    end: &'static str,
    /// The text in the element before the marked text.
    pub(super) before: &'static str,
    /// The text in the element after the marked text.
    pub(super) after: &'static str,
    /// The content of an `<rt>` at the end of the element.
    pub(super) reading: Option<&'t str>,
}

impl<'t> Element<'t> {
    #[inline]
    pub(super) fn of(kind: &'t MarkKind<'_>) -> Self {
        let element = |start, end| Self { start, end, before: "", after: "", reading: None };
        match kind {
            MarkKind::Strong => element("<strong>", "</strong>"),
            MarkKind::Emphasis => element("<em>", "</em>"),
            MarkKind::Code => element("<code>", "</code>"),
            MarkKind::Link { .. } => element("<a href=\"", "</a>"),
            MarkKind::Anchor { .. } => element("<a id=\"", "</a>"),
            MarkKind::Underline => element("<u>", "</u>"),
            MarkKind::Strikethrough => element("<s>", "</s>"),
            MarkKind::Subscript => element("<sub>", "</sub>"),
            MarkKind::Superscript => element("<sup>", "</sup>"),
            MarkKind::Highlight => element("<mark>", "</mark>"),
            MarkKind::Quotation => element("<q>", "</q>"),
            MarkKind::Small => element("<small>", "</small>"),
            MarkKind::Ruby { reading } => Self { reading: Some(reading), ..element("<ruby>", "</ruby>") },
            // The delimiters are those that MathJax and KaTeX look for.
            MarkKind::Math { display: false } => {
                let span = element("<span class=\"math inline\">", "</span>");
                Self { before: "\\(", after: "\\)", ..span }
            }
            MarkKind::Math { display: true } => {
                let span = element("<span class=\"math display\">", "</span>");
                Self { before: "\\[", after: "\\]", ..span }
            }
            MarkKind::Bidi { .. } => element("<span dir=\"", "</span>"),
        }
    }
}

/// Writes the start tag of a mark.
pub(super) fn write_start(out: &mut impl Write, kind: &MarkKind<'_>) -> fmt::Result {
    let start = Element::of(kind).start;
    match kind {
        MarkKind::Link { href, title, .. } => {
            write_attribute(out, start, &clean(href))?;
            write_optional(out, " title=\"", title.as_deref())?;
        }
        MarkKind::Anchor { id } => write_attribute(out, start, id)?,
        MarkKind::Bidi { direction } => write_attribute(out, start, direction.as_str())?,
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
        | MarkKind::Ruby { .. }
        | MarkKind::Math { .. } => return out.write_str(start),
    }
    out.write_char('>')
}

/// Writes the end tag of a mark.
pub(super) fn write_end(out: &mut impl Write, kind: &MarkKind<'_>) -> fmt::Result {
    out.write_str(Element::of(kind).end)
}

/// Writes an element that links lead to: one without content. An `<a>` inside a link would end it.
pub(super) fn write_anchor(out: &mut impl Write, id: &str, is_in_link: bool) -> fmt::Result {
    let (start, end) = if is_in_link { ("<span id=\"", "></span>") } else { ("<a id=\"", "></a>") };
    write_attribute(out, start, id)?;
    out.write_str(end)
}

/// Writes where a text runs to, if that is known.
pub(super) fn write_direction(out: &mut impl Write, direction: Option<Direction>) -> fmt::Result {
    write_optional(out, " dir=\"", direction.map(Direction::as_str))
}

/// Writes an attribute if it has a value.
pub(super) fn write_optional(out: &mut impl Write, start: &str, value: Option<&str>) -> fmt::Result {
    value.map_or(Ok(()), |value| write_attribute(out, start, value))
}

/// Writes an attribute. `start` is what stands before its value: a space, its name, `=` and a quotation mark.
pub(super) fn write_attribute(out: &mut impl Write, start: &str, value: &str) -> fmt::Result {
    out.write_str(start)?;
    write_value(out, value)?;
    out.write_char('"')
}

/// Writes what stands between the quotation marks of an attribute. It is on one line.
pub(super) fn write_value(out: &mut impl Write, value: &str) -> fmt::Result {
    write_replaced(out, value, markup_or_quotes, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\n' => Some("&#10;"),
        b'\r' => Some("&#13;"),
        b'\0' => Some("\u{fffd}"),
        _ => None,
    })
}

/// Writes a number in decimal digits, without what [`write!`] does for each call.
pub(super) fn write_number(out: &mut impl Write, number: u32) -> fmt::Result {
    // As many as the largest has.
    let mut digits = [0; 10];
    let mut first = digits.len();
    let mut rest = number;
    while rest > 0 || first == digits.len() {
        first -= 1;
        digits[first] = b"0123456789"[(rest % 10) as usize];
        rest /= 10;
    }
    out.write_str(from_utf8(&digits[first..]).unwrap_or_default())
}
