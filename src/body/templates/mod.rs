//! Template tags: those that are content become it, the others are taken out.
//!
//! One pass goes through the body ([`expander`]). It knows where code stands ([`code_ranges`]), and which
//! tags stand in a start tag of HTML ([`html_tag`]). What it writes is HTML that a reader of Markdown passes
//! on ([`content`]), so that nobody needs to know yet which of them the body is.

mod arguments;
mod attributes;
mod code_ranges;
mod code_text;
mod content;
mod ends;
mod expander;
mod figure_content;
mod figures;
mod html_tag;
mod hugo;
mod includes;
mod indented;
mod liquid;
mod notes;
mod outcome;
mod output;
mod tag;
mod wordpress;

use std::borrow::Cow;

use super::rewritten::Rewritten;
use crate::body_format::BodyFormat;
use crate::recorder::Recorder;
use crate::source_map::SourceMap;
use crate::template_syntaxes::TemplateSyntaxes;
use expander::Expander;

/// Deals with the tags of the given syntaxes in a body. Those of other syntaxes stay text, and are counted in
/// a diagnostic.
pub(super) fn expand<'a>(
    body: &'a str,
    format: BodyFormat,
    syntaxes: TemplateSyntaxes,
    recorder: &mut Recorder,
) -> Rewritten<'a> {
    if has_tags(body, syntaxes, recorder.is_on()) {
        return Expander::new(body, format, syntaxes, recorder).run();
    }
    Rewritten { text: Cow::Borrowed(body), map: SourceMap::default() }
}

/// Whether there may be a tag in the body. Hardly any body has one.
pub(super) fn has_tags(body: &str, syntaxes: TemplateSyntaxes, with_report: bool) -> bool {
    let bytes = body.as_bytes();
    let follows = |at: usize, signs: &[u8]| bytes.get(at + 1).is_some_and(|next| signs.contains(next));
    if memchr::memchr_iter(b'{', bytes).any(|at| follows(at, b"{%")) {
        return true;
    }
    // Shortcodes that stay text are only counted. Without the syntax, their ends tell them from prose.
    let has_shortcodes = syntaxes.contains(TemplateSyntaxes::WORDPRESS);
    (has_shortcodes || with_report)
        && memchr::memchr_iter(b'[', bytes).any(|at| has_shortcodes || follows(at, b"/"))
}
