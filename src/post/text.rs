//! A run of text with its marks.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{all_owned, owned};

/// The text of a paragraph, a heading or a caption: one string, and marks over ranges of it.
///
/// A line break (`<br>`) is `'\n'`. White space is collapsed as in CSS, and the edges are trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The marks: by their start, and of two that start together the longer first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark<'a>>,
}

impl<'a> Text<'a> {
    /// A text without marks.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), marks: Vec::new() }
    }

    /// The text without its tie to the source.
    pub fn into_owned(self) -> Text<'static> {
        let Self { text, marks } = self;
        Text { text: owned(text), marks: all_owned(marks, Mark::into_owned) }
    }

    /// The URLs of the links in this text, in order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(Mark::href)
    }
}

/// A range of a text that stands out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark<'a> {
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends, in bytes of the text. Greater than `start`.
    pub end: usize,
    /// How it stands out.
    #[serde(flatten)]
    pub kind: MarkKind<'a>,
}

impl Mark<'_> {
    /// The bytes of the text that are marked.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Where it leads, if it is a link.
    pub fn href(&self) -> Option<&str> {
        match &self.kind {
            MarkKind::Link { href, .. } => Some(href),
            _ => None,
        }
    }

    /// The mark without its tie to the source.
    pub fn into_owned(self) -> Mark<'static> {
        let Self { start, end, kind } = self;
        Mark { start, end, kind: kind.into_owned() }
    }
}

/// How a range of a text stands out.
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
    /// The reading of the text before it: `<rt>`.
    Ruby,
}

impl MarkKind<'_> {
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
            Self::Ruby => MarkKind::Ruby,
        }
    }
}
