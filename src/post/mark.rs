//! What marks out a range of a text.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::Error;
use serde::{Deserialize, Serialize};

use super::owned::owned;

/// A range of a text that stands out, or a point of a text that links lead to.
///
/// ```
/// use offprint::{Mark, MarkKind, Text};
///
/// let text = Text::new("Boil fresh water.", vec![Mark::new(5..10, MarkKind::Strong)]);
/// assert_eq!(&text.text[text.marks[0].range()], "fresh");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Mark<'a> {
    /// Where the mark begins, in bytes of the text.
    pub start: usize,
    /// Where the mark ends, in bytes of the text. Greater than `start`, but for an
    /// [anchor](MarkKind::Anchor).
    pub end: usize,
    /// How the range stands out.
    #[serde(flatten)]
    pub kind: MarkKind<'a>,
}

impl<'a> Mark<'a> {
    /// A mark over a range of bytes.
    pub fn new(range: Range<usize>, kind: MarkKind<'a>) -> Self {
        Self { start: range.start, end: range.end, kind }
    }

    /// The bytes of the text that are marked.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The URL of a link; `None` for another mark.
    pub fn href(&self) -> Option<&str> {
        self.kind.href()
    }

    /// The mark without its tie to the source.
    pub fn into_owned(self) -> Mark<'static> {
        let Self { start, end, kind } = self;
        Mark { start, end, kind: kind.into_owned() }
    }
}

/// How a range of a text stands out.
///
/// Kinds that hold something have a constructor, so that they can hold more in a later version:
///
/// ```
/// use offprint::MarkKind;
///
/// let link = MarkKind::link("https://example.org/tea");
/// assert!(matches!(&link, MarkKind::Link { href, title: None, .. } if href == "https://example.org/tea"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MarkKind<'a> {
    /// Importance: `<strong>`, `<b>`.
    Strong,
    /// Stress, or another voice: `<em>`, `<i>`, `<cite>`, `<dfn>`, `<var>`.
    Emphasis,
    /// Code, and what a machine says or is told: `<code>`, `<kbd>`, `<samp>`, `<tt>`.
    Code,
    /// A link.
    #[non_exhaustive]
    Link {
        /// The URL, resolved if there is a base to resolve it against.
        href: Cow<'a, str>,
        /// The advisory title.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Cow<'a, str>>,
    },
    /// `<u>`, `<ins>`.
    Underline,
    /// `<s>`, `<del>`, `<strike>`.
    Strikethrough,
    /// `<sub>`.
    Subscript,
    /// `<sup>`.
    Superscript,
    /// `<mark>`.
    Highlight,
    /// `<q>`, which browsers show between quotation marks.
    Quotation,
    /// `<small>`.
    Small,
    /// A base text with its reading: `<ruby>`.
    #[non_exhaustive]
    Ruby {
        /// The text of `<rt>`, which stands beside the base and is not in the text.
        reading: Cow<'a, str>,
    },
    /// A formula. The marked text is its TeX.
    #[non_exhaustive]
    Math {
        /// Whether the formula stands on a line of its own.
        display: bool,
    },
    /// A point that links in the post refer to; may be empty.
    #[non_exhaustive]
    Anchor {
        /// The fragment of those links.
        id: Cow<'a, str>,
    },
    /// Text in another direction than the text around it. Not read from HTML yet.
    #[non_exhaustive]
    Bidi {
        /// The direction of the marked text.
        direction: Direction,
    },
}

impl<'a> MarkKind<'a> {
    /// A link without a title.
    pub fn link(href: impl Into<Cow<'a, str>>) -> Self {
        Self::Link { href: href.into(), title: None }
    }

    /// A link with an advisory title.
    pub fn link_with_title(href: impl Into<Cow<'a, str>>, title: impl Into<Cow<'a, str>>) -> Self {
        Self::Link { href: href.into(), title: Some(title.into()) }
    }

    /// A base text with this reading.
    pub fn ruby(reading: impl Into<Cow<'a, str>>) -> Self {
        Self::Ruby { reading: reading.into() }
    }

    /// A formula, on a line of its own (`display`) or in one with text.
    pub fn math(display: bool) -> Self {
        Self::Math { display }
    }

    /// A point that links with the fragment `id` lead to.
    pub fn anchor(id: impl Into<Cow<'a, str>>) -> Self {
        Self::Anchor { id: id.into() }
    }

    /// Text that runs in this direction.
    pub fn bidi(direction: Direction) -> Self {
        Self::Bidi { direction }
    }

    /// The URL of a link; `None` for another mark.
    pub fn href(&self) -> Option<&str> {
        self.link_href().map(AsRef::as_ref)
    }

    /// The same with its tie to the source.
    pub(crate) fn link_href(&self) -> Option<&Cow<'a, str>> {
        match self {
            Self::Link { href, title: _ } => Some(href),
            Self::Strong
            | Self::Emphasis
            | Self::Code
            | Self::Underline
            | Self::Strikethrough
            | Self::Subscript
            | Self::Superscript
            | Self::Highlight
            | Self::Quotation
            | Self::Small
            | Self::Ruby { .. }
            | Self::Math { .. }
            | Self::Anchor { .. }
            | Self::Bidi { .. } => None,
        }
    }

    /// The kind without its tie to the source.
    pub fn into_owned(self) -> MarkKind<'static> {
        match self {
            Self::Strong => MarkKind::Strong,
            Self::Emphasis => MarkKind::Emphasis,
            Self::Code => MarkKind::Code,
            Self::Link { href, title } => MarkKind::Link { href: owned(href), title: title.map(owned) },
            Self::Underline => MarkKind::Underline,
            Self::Strikethrough => MarkKind::Strikethrough,
            Self::Subscript => MarkKind::Subscript,
            Self::Superscript => MarkKind::Superscript,
            Self::Highlight => MarkKind::Highlight,
            Self::Quotation => MarkKind::Quotation,
            Self::Small => MarkKind::Small,
            Self::Ruby { reading } => MarkKind::Ruby { reading: owned(reading) },
            Self::Math { display } => MarkKind::Math { display },
            Self::Anchor { id } => MarkKind::Anchor { id: owned(id) },
            Self::Bidi { direction } => MarkKind::Bidi { direction },
        }
    }
}

/// The types of marks by their names in JSON: the kinds, without what they hold.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MarkType {
    Strong,
    Emphasis,
    Code,
    Link,
    Underline,
    Strikethrough,
    Subscript,
    Superscript,
    Highlight,
    Quotation,
    Small,
    Ruby,
    Math,
    Anchor,
    Bidi,
}

/// What has been read of a mark, whatever its type.
#[derive(Default)]
#[expect(
    clippy::option_option,
    reason = "a title that is missing is not one that is null: only the first may come again"
)]
pub(super) struct MarkContent {
    pub(super) href: Option<String>,
    pub(super) title: Option<Option<String>>,
    pub(super) reading: Option<String>,
    pub(super) display: Option<bool>,
    pub(super) id: Option<String>,
    pub(super) direction: Option<Direction>,
}

impl MarkType {
    /// The kind of this type that holds what it needs of this content. An error names what is missing.
    pub(super) fn kind<E: Error>(self, content: MarkContent) -> Result<MarkKind<'static>, E> {
        let MarkContent { href, title, reading, display, id, direction } = content;
        let missing = E::missing_field;
        Ok(match self {
            Self::Strong => MarkKind::Strong,
            Self::Emphasis => MarkKind::Emphasis,
            Self::Code => MarkKind::Code,
            Self::Link => MarkKind::Link {
                href: href.ok_or_else(|| missing("href"))?.into(),
                title: title.flatten().map(Into::into),
            },
            Self::Underline => MarkKind::Underline,
            Self::Strikethrough => MarkKind::Strikethrough,
            Self::Subscript => MarkKind::Subscript,
            Self::Superscript => MarkKind::Superscript,
            Self::Highlight => MarkKind::Highlight,
            Self::Quotation => MarkKind::Quotation,
            Self::Small => MarkKind::Small,
            Self::Ruby => MarkKind::ruby(reading.ok_or_else(|| missing("reading"))?),
            Self::Math => MarkKind::math(display.ok_or_else(|| missing("display"))?),
            Self::Anchor => MarkKind::anchor(id.ok_or_else(|| missing("id"))?),
            Self::Bidi => MarkKind::bidi(direction.ok_or_else(|| missing("direction"))?),
        })
    }
}

/// Where text runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// From left to right, as Latin and Chinese do.
    #[serde(rename = "ltr")]
    LeftToRight,
    /// From right to left, as Arabic and Hebrew do.
    #[serde(rename = "rtl")]
    RightToLeft,
}

impl Direction {
    /// The value of HTML's attribute `dir`: `"ltr"` or `"rtl"`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}
