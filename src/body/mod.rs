//! The body: from what it is written in to the HTML that its site would have served.
//!
//! Template tags are taken out or made into HTML first ([`templates`]); C1 controls are read as what they
//! were meant to be ([`c1`]); the result is looked at ([`detect`]);
//! Markdown becomes HTML ([`markdown`]). One reader of HTML does the rest. A body that is HTML without
//! template tags passes through here as it is.

mod c1;
mod detect;
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
    /// From the text without template tags to the body.
    template_map: SourceMap,
    /// From the Markdown to the text without template tags.
    c1_map: SourceMap,
    /// From the HTML to the Markdown.
    markdown_map: SourceMap,
}

/// The body is written in a format that needs a feature that this build lacks: the name of the feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MissingFeature(pub(crate) &'static str);

impl Html<'_> {
    /// The byte offset in the body of what stands at `offset` in the HTML.
    pub(crate) fn origin(&self, offset: usize) -> usize {
        self.template_map.origin(self.c1_map.origin(self.markdown_map.origin(offset)))
    }
}

/// Makes HTML of a body. Template tags that are no content are removals; all positions are offsets in the
/// body.
pub(crate) fn to_html<'a>(
    body: &'a str,
    format: BodyFormat,
    syntaxes: TemplateSyntaxes,
    recorder: &mut Recorder,
) -> Result<Html<'a>, MissingFeature> {
    let signs = Signs::of(body);
    let Rewritten { text, map } = templates::expand(body, signs.has_tag, format, syntaxes, recorder);
    let unchanged = Rewritten { text, map: SourceMap::default() };
    let Rewritten { text, map: c1_map } =
        if signs.has_c1 { c1::decode(unchanged.text, recorder.is_on()) } else { unchanged };
    let is_markdown = match format {
        BodyFormat::Markdown => true,
        BodyFormat::Auto => detect::markdown(&text).is_some(),
        BodyFormat::Html => {
            if recorder.is_on() {
                if let Some(at) = detect::markdown(&text) {
                    let message = || "the body holds Markdown, and is read as HTML".to_owned();
                    recorder.diagnose(
                        DiagnosticKind::MarkdownAsHtml,
                        Some(map.origin(c1_map.origin(at))),
                        message,
                    );
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
            c1_map,
            markdown_map: SourceMap::default(),
        });
    }
    let html = from_markdown(&text, recorder.is_on())?;
    Ok(Html {
        text: Cow::Owned(html.text.into_owned()),
        format: BodyFormat::Markdown,
        template_map: map,
        c1_map,
        markdown_map: html.map,
    })
}

/// What the bytes of a body tell, found in one pass.
struct Signs {
    /// Whether there may be a template tag in braces.
    has_tag: bool,
    /// Whether there are C1 controls.
    has_c1: bool,
}

impl Signs {
    fn of(body: &str) -> Self {
        let bytes = body.as_bytes();
        let mut signs = Self { has_tag: false, has_c1: false };
        for at in memchr::memchr2_iter(b'{', c1::FIRST, bytes) {
            match (bytes[at], bytes.get(at + 1)) {
                (b'{', Some(b'{' | b'%')) => signs.has_tag = true,
                (c1::FIRST, Some(second)) if c1::is_second(*second) => signs.has_c1 = true,
                _ => {}
            }
        }
        signs
    }
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
