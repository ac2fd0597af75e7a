//! Inline content: texts with their marks, and media.

use std::borrow::Cow;

use super::context::{Context, Parent};
use super::drawn_in::drawn_in;
use super::escape::{Edges, push_text};
use super::flanking::DelimiterRuns;
use super::flat::push_flat;
use super::target::{may_be_changed, push_target};
use super::token::{Token, tokens};
use super::whole::Whole;
use crate::bytes::ends_in_escape;
use crate::post::{Direction, Image, MarkKind, Media, Text};
use crate::render::element::{write_anchor, write_end, write_start};
use crate::render::html::write_media;
use crate::render::shown::{clean, shown_link};

/// Adds a text with its marks.
pub(super) fn push(out: &mut String, text: &Text<'_>, context: Context) {
    if text.marks.is_empty() {
        // As of two texts in three.
        push_unmarked(out, &text.text, context);
    } else if !push_flat(out, text, context) {
        push_marked(out, text, context);
    }
    if context.parent == Parent::Heading && out.ends_with(['#', '}']) {
        close_heading(out);
    }
}

/// Adds a text without marks.
#[inline]
fn push_unmarked(out: &mut String, text: &str, context: Context) {
    let start = out.len();
    let edges = Edges { is_first: true, is_last: true, ..Edges::default() };
    let whole = Whole::of(text, context);
    push_text(out, text, &whole, context.parent, edges);
    if whole.makes_formula(&out[start..]) {
        out.truncate(start);
        push_text(out, text, &Whole::new(text).with_formula(true), context.parent, edges);
    }
}

/// Escapes what the text of a heading ends in, if it would be no text there.
#[cold]
fn close_heading(out: &mut String) {
    if out.ends_with('#') {
        // It would close the heading.
        out.insert(out.len() - 1, '\\');
    } else if let Some(brace) = heading_attributes(out) {
        out.insert(brace, '\\');
    }
}

/// The brace at which a backslash keeps what a heading ends in, as in `Svelte: {#if}`, from being its id and
/// its classes, or a list of them in which nothing is markup. `None` if there is no need.
fn heading_attributes(heading: &str) -> Option<usize> {
    let last = heading.len() - 1;
    let start = heading[..last].rfind(['{', '}', '<', '>', '\\', '\n'])?;
    let inner = heading[start..last].strip_prefix('{')?;
    if ends_in_escape(&heading[..start]) {
        return None;
    }
    // The first brace may be in code or in a formula, where a backslash is no escape.
    if inner.contains(['`', '$', '*']) || ["~~", "](", "&#"].iter().any(|markup| inner.contains(markup)) {
        return Some(last);
    }
    let is_attribute = |word: &str| word.len() > 1 && word.starts_with(['#', '.']);
    inner.split_ascii_whitespace().any(is_attribute).then_some(start)
}

/// Adds a text with marks, whatever they are.
#[cold]
pub(super) fn push_marked(out: &mut String, text: &Text<'_>, context: Context) {
    let text = &drawn_in(text);
    let tokens = tokens(text, context);
    let mut whole = Whole::of(&text.text, context);
    if tokens.len() > 1 {
        whole = whole.with_tildes_outside();
    }
    if tokens.iter().any(|token| matches!(token, Token::Math(_))) {
        whole = whole.with_formula(true);
    }
    let start = out.len();
    push_tokens(out, &tokens, &whole, context);
    if whole.makes_formula(&out[start..]) {
        out.truncate(start);
        push_tokens(out, &tokens, &whole.with_formula(true), context);
    }
}

fn push_tokens(out: &mut String, tokens: &[Token<'_>], whole: &Whole<'_>, context: Context) {
    let runs = DelimiterRuns::of(tokens);
    let mut links = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) | Token::Tex(text) => {
                let decided = runs.decided(index);
                let edges = Edges {
                    is_first: index == 0,
                    encode_first: decided.encodes_first,
                    encode_last: decided.encodes_last,
                    before_bracket: matches!(tokens.get(index + 1), Some(Token::LinkStart)),
                    is_last: index + 1 == tokens.len(),
                    in_link: links > 0,
                    in_formula: matches!(token, Token::Tex(_)),
                };
                push_text(out, text, whole, context.parent, edges);
            }
            Token::Markup(markup) | Token::Math(markup) => out.push_str(markup),
            Token::LinkStart => {
                links += 1;
                out.push('[');
            }
            Token::LinkEnd { href, title } => {
                links -= 1;
                out.push(']');
                push_cleaned(out, href, *title);
            }
            Token::Delimiter { delimiter, .. } if runs.decided(index).is_run => out.push_str(delimiter.run),
            Token::Delimiter { delimiter, opens, .. } => {
                out.push_str(if *opens { delimiter.start } else { delimiter.end });
            }
        }
    }
}

/// Adds a text that may run in another direction than what is around it.
#[inline]
pub(super) fn push_directed(
    out: &mut String,
    text: &Text<'_>,
    direction: Option<Direction>,
    context: Context,
) {
    match direction {
        None => push(out, text, context),
        Some(direction) => push_bidi(out, text, direction, context),
    }
}

/// Adds a text that runs in this direction.
#[cold]
fn push_bidi(out: &mut String, text: &Text<'_>, direction: Direction, context: Context) {
    let bidi = MarkKind::bidi(direction);
    // Writing to a string does not fail.
    let _ = write_start(out, &bidi);
    push(out, text, context);
    let _ = write_end(out, &bidi);
}

/// Adds what links with this fragment lead to, if there is one.
#[inline]
pub(super) fn push_anchor(out: &mut String, id: Option<&str>, parent: Parent) {
    if let Some(id) = id {
        push_id(out, id, parent);
    }
}

/// Adds what links with this fragment lead to.
#[cold]
fn push_id(out: &mut String, id: &str, parent: Parent) {
    let start = out.len();
    // Writing to a string does not fail.
    let _ = write_anchor(out, id, false);
    keep_in_cell(out, start, parent);
}

/// Replaces each `|` that has been added from this index on, if it would end the cell.
fn keep_in_cell(out: &mut String, start: usize, parent: Parent) {
    if parent == Parent::Cell && out[start..].contains('|') {
        let replaced = out[start..].replace('|', "&#124;");
        out.replace_range(start.., &replaced);
    }
}

/// Adds something to look at or to play, on one line.
pub(super) fn push_media(out: &mut String, media: &Media<'_>, context: Context) {
    match media {
        Media::Image(image) => push_image(out, image, context),
        Media::Video(_) | Media::Audio(_) | Media::Embed(_) => {
            let start = out.len();
            // Writing to a string does not fail.
            let _ = write_media(out, media);
            keep_in_cell(out, start, context.parent);
        }
    }
}

fn push_image(out: &mut String, image: &Image<'_>, context: Context) {
    let Image { src, alt, title, link, .. } = image;
    let link = link.as_deref().and_then(shown_link);
    if link.is_some() {
        out.push('[');
    }
    out.push_str("![");
    if let Some(alt) = alt {
        let is_on_one_line = !alt.contains(['\n', '\r']);
        let alt = if is_on_one_line { Cow::Borrowed(&**alt) } else { alt.replace(['\n', '\r'], " ").into() };
        let edges = Edges { in_link: true, is_last: true, ..Edges::default() };
        let whole = Whole::new(&alt).with_tildes_outside().with_formula(context.escapes_dollars);
        push_text(out, &alt, &whole, context.parent, edges);
    }
    out.push(']');
    push_cleaned(out, src, title.as_deref());
    if let Some(link) = link {
        out.push(']');
        push_target(out, &link, may_be_changed(&link), None);
    }
}

/// Adds what stands in parentheses after the text of a link to any URL.
fn push_cleaned(out: &mut String, url: &str, title: Option<&str>) {
    let url = clean(url);
    push_target(out, &url, may_be_changed(&url), title);
}
