//! What becomes of a template tag.

use std::borrow::Cow;

/// What a tag becomes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome<'a> {
    /// It is text.
    Text,
    /// It is text, since the end that it needs is missing.
    Unclosed,
    /// It is taken out, with all up to `end`.
    Removed { end: usize },
    /// It is a URL; in an attribute, a part of one.
    Url(Cow<'a, str>),
    /// It shows this source text.
    Source(Cow<'a, str>),
    /// It shows this literal text.
    Literal(String),
    /// It, and all up to `end`, is this HTML. In an attribute it is the URL, if there is one.
    Html { html: String, end: usize, url: Option<String> },
    /// It, and all up to `end`, is the code from `start` to `stop`, with HTML before it.
    Code { before: String, language: Option<String>, start: usize, stop: usize, end: usize, markup: Markup },
    /// What follows, up to `until`, is text even if it looks like a tag.
    Raw { until: usize },
    /// A quotation begins; it ends with this HTML.
    BeginQuotation { footer: String },
    /// A quotation ends.
    EndQuotation,
    /// A figure begins, and ends at `close`.
    BeginFigure { close: usize, caption_from: Option<usize>, caption: Option<String> },
}

/// How the code of a tag is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// As it is.
    Plain,
    /// In HTML: with references, and perhaps with the line breaks that an editor has put in.
    Html,
}
