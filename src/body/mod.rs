//! The body: from what it is written in to the HTML that its site would have served.
//!
//! Template tags are taken out or made into HTML first ([`templates`]); the result is looked at ([`detect`]);
//! Markdown becomes HTML ([`markdown`]). One reader of HTML does the rest. A body that is HTML without
//! template tags passes through here as it is.

mod c1;
mod detect;
mod line_breaks;
mod line_start;
#[cfg(feature = "markdown")]
mod markdown;
mod rewritten;
mod templates;

use std::borrow::Cow;

use crate::body_format::BodyFormat;
use crate::recorder::Recorder;
use crate::report::DiagnosticKind;
use crate::source_map::SourceMap;
use crate::template_syntaxes::TemplateSyntaxes;
use rewritten::Rewritten;

/// The HTML of a body.
#[derive(Debug)]
pub(crate) struct Html<'a> {
    /// The HTML; borrowed if it is the body itself.
    pub(crate) text: Cow<'a, str>,
    /// What the body is written in, never [`BodyFormat::Auto`].
    pub(crate) format: BodyFormat,
    /// From the Markdown to the body.
    template_map: SourceMap,
    /// From the HTML to the Markdown.
    markdown_map: SourceMap,
    /// From the HTML without carriage returns to the HTML.
    line_map: SourceMap,
    /// From the HTML without C1 controls to that.
    c1_map: SourceMap,
}

/// The body is written in a format that needs a feature that this build lacks: the name of the feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MissingFeature(pub(crate) &'static str);

impl Html<'_> {
    /// The byte offset in the body of what stands at `offset` in the HTML.
    pub(crate) fn origin(&self, offset: usize) -> usize {
        let offset = self.line_map.origin(self.c1_map.origin(offset));
        self.template_map.origin(self.markdown_map.origin(offset))
    }

    /// The HTML with line feeds in place of its carriage returns.
    pub(crate) fn without_carriage_returns(self, with_map: bool) -> Self {
        let Rewritten { text, map } = line_breaks::normalize(self.text, with_map);
        Self { text, line_map: map, ..self }
    }

    /// The HTML with the characters that its C1 controls were meant to be.
    pub(crate) fn without_c1(self, with_map: bool) -> Self {
        let Rewritten { text, map } = c1::decode(self.text, with_map);
        Self { text, c1_map: map, ..self }
    }
}

/// Whether a body may hold template tags, or what a report counts as such.
pub(crate) fn has_template_tags(body: &str, syntaxes: TemplateSyntaxes, with_report: bool) -> bool {
    templates::has_tags(body, syntaxes, with_report)
}

/// Makes HTML of a body. Template tags that are no content are removals; all positions are offsets in the
/// body.
pub(crate) fn to_html<'a>(
    body: &'a str,
    format: BodyFormat,
    syntaxes: TemplateSyntaxes,
    recorder: &mut Recorder,
) -> Result<Html<'a>, MissingFeature> {
    let Rewritten { text, map } = templates::expand(body, format, syntaxes, recorder);
    let is_markdown = match format {
        BodyFormat::Markdown => true,
        BodyFormat::Auto => detect::markdown(&text).is_some(),
        BodyFormat::Html => {
            if recorder.is_on() {
                if let Some(at) = detect::markdown(&text) {
                    let message = || "the body holds Markdown, and is read as HTML".to_owned();
                    recorder.diagnose(DiagnosticKind::MarkdownAsHtml, Some(map.origin(at)), message);
                }
            }
            false
        }
    };
    if !is_markdown {
        return Ok(Html {
            text,
            format: BodyFormat::Html,
            template_map: map,
            markdown_map: SourceMap::default(),
            line_map: SourceMap::default(),
            c1_map: SourceMap::default(),
        });
    }
    let html = from_markdown(&text, recorder.is_on())?;
    Ok(Html {
        text: Cow::Owned(html.text.into_owned()),
        format: BodyFormat::Markdown,
        template_map: map,
        markdown_map: html.map,
        line_map: SourceMap::default(),
        c1_map: SourceMap::default(),
    })
}

#[cfg(feature = "markdown")]
#[expect(clippy::unnecessary_wraps, reason = "the other one fails")]
fn from_markdown(text: &str, with_map: bool) -> Result<Rewritten<'static>, MissingFeature> {
    Ok(markdown::to_html(text, with_map))
}

#[cfg(not(feature = "markdown"))]
fn from_markdown(_: &str, _: bool) -> Result<Rewritten<'static>, MissingFeature> {
    Err(MissingFeature("markdown"))
}
