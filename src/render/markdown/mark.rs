//! What each kind of mark is in Markdown.

use crate::post::MarkKind;

/// A delimiter run around a text, and the tags that mean the same.
#[derive(Debug, PartialEq)]
pub(super) struct Delimiter {
    pub(super) run: &'static str,
    pub(super) start: &'static str,
    pub(super) end: &'static str,
}

pub(super) const STRONG: Delimiter = Delimiter { run: "**", start: "<strong>", end: "</strong>" };
pub(super) const EMPHASIS: Delimiter = Delimiter { run: "*", start: "<em>", end: "</em>" };
pub(super) const BOTH: Delimiter = Delimiter { run: "***", start: "<strong><em>", end: "</em></strong>" };
pub(super) const STRIKETHROUGH: Delimiter = Delimiter { run: "~~", start: "<s>", end: "</s>" };

/// What a mark is in Markdown.
pub(super) enum Form<'t> {
    /// A delimiter run on each side, where there can be one.
    Delimited(&'static Delimiter),
    CodeSpan,
    Link {
        href: &'t str,
        title: Option<&'t str>,
    },
    Formula {
        display: bool,
    },
    /// An element without content, which links lead to.
    Anchor {
        id: &'t str,
    },
    /// The element that the mark is in HTML.
    Element,
}

impl<'t> Form<'t> {
    pub(super) fn of(kind: &'t MarkKind<'_>) -> Self {
        match kind {
            MarkKind::Strong => Self::Delimited(&STRONG),
            MarkKind::Emphasis => Self::Delimited(&EMPHASIS),
            MarkKind::Strikethrough => Self::Delimited(&STRIKETHROUGH),
            MarkKind::Code => Self::CodeSpan,
            MarkKind::Link { href, title } => Self::Link { href, title: title.as_deref() },
            MarkKind::Math { display } => Self::Formula { display: *display },
            MarkKind::Anchor { id } => Self::Anchor { id },
            MarkKind::Underline
            | MarkKind::Subscript
            | MarkKind::Superscript
            | MarkKind::Highlight
            | MarkKind::Quotation
            | MarkKind::Small
            | MarkKind::Ruby { .. }
            | MarkKind::Bidi { .. } => Self::Element,
        }
    }

    /// The delimiter, if the mark has one.
    pub(super) fn delimiter(&self) -> Option<&'static Delimiter> {
        match self {
            Self::Delimited(delimiter) => Some(delimiter),
            Self::CodeSpan
            | Self::Link { .. }
            | Self::Formula { .. }
            | Self::Anchor { .. }
            | Self::Element => None,
        }
    }
}

/// Whether a mark says something that a code block, in which all is text, would leave out.
pub(super) fn is_lost_in_code_block(kind: &MarkKind<'_>) -> bool {
    match kind {
        MarkKind::Link { .. } | MarkKind::Ruby { .. } | MarkKind::Anchor { .. } | MarkKind::Bidi { .. } => {
            true
        }
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
        | MarkKind::Math { .. } => false,
    }
}
