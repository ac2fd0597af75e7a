//! Inline content: texts with their marks, and media.

use super::context::{Context, Parent};
use super::drawn_in::drawn_in;
use super::escape::{Edges, push_destination, push_text, push_title};
use super::flanking::DelimiterRuns;
use super::token::{Token, tokens};
use crate::dollar_math::holds_formula;
use crate::post::{Direction, Image, MarkKind, Media, Text};
use crate::render::element::{write_anchor, write_end, write_start};
use crate::render::html::write_media;
use crate::render::shown::{clean, shown_link};

/// Adds a text with its marks.
pub(super) fn push(out: &mut String, text: &Text<'_>, context: Context) {
    let text = &*drawn_in(text);
    let tokens = tokens(text, context);
    let escapes_tildes = tokens.len() > 1 || text.text.matches('~').nth(1).is_some();
    let escapes_dollars =
        tokens.iter().any(|token| matches!(token, Token::Math(_))) || holds_formula(&text.text);
    let runs = DelimiterRuns::of(&tokens);
    let mut links = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) | Token::Tex(text) => {
                let edges = Edges {
                    is_first: index == 0,
                    encode_first: runs.encodes_first[index],
                    encode_last: runs.encodes_last[index],
                    before_bracket: matches!(tokens.get(index + 1), Some(Token::LinkStart)),
                    is_last: index + 1 == tokens.len(),
                    in_link: links > 0,
                    escapes_tildes,
                    escapes_dollars,
                    in_formula: matches!(token, Token::Tex(_)),
                };
                push_text(out, text, context.parent, edges);
            }
            Token::Markup(markup) | Token::Math(markup) => out.push_str(markup),
            Token::LinkStart => {
                links += 1;
                out.push('[');
            }
            Token::LinkEnd { href, title } => {
                links -= 1;
                out.push(']');
                push_target(out, href, title.as_deref());
            }
            Token::Delimiter { delimiter, .. } if runs.is_run[index] => out.push_str(delimiter.run),
            Token::Delimiter { delimiter, opens, .. } => {
                out.push_str(if *opens { delimiter.start } else { delimiter.end });
            }
        }
    }
    if context.parent == Parent::Heading && out.ends_with('#') {
        // It would close the heading.
        out.insert(out.len() - 1, '\\');
    }
}

/// Adds a text that may run in another direction than what is around it.
pub(super) fn push_directed(
    out: &mut String,
    text: &Text<'_>,
    direction: Option<Direction>,
    context: Context,
) {
    let Some(direction) = direction else { return push(out, text, context) };
    let bidi = MarkKind::bidi(direction);
    // Writing to a string does not fail.
    let _ = write_start(out, &bidi);
    push(out, text, context);
    let _ = write_end(out, &bidi);
}

/// What links with this fragment lead to, if there is one.
pub(super) fn anchor(id: Option<&str>, parent: Parent) -> String {
    let mut anchor = String::new();
    if let Some(id) = id {
        // Writing to a string does not fail.
        let _ = write_anchor(&mut anchor, id, false);
    }
    // A `|` would end the cell.
    if parent == Parent::Cell { anchor.replace('|', "&#124;") } else { anchor }
}

/// Adds something to look at or to play, on one line.
pub(super) fn push_media(out: &mut String, media: &Media<'_>, parent: Parent) {
    match media {
        Media::Image(image) => push_image(out, image, parent),
        Media::Video(_) | Media::Audio(_) | Media::Embed(_) => {
            let mut html = String::new();
            // Writing to a string does not fail.
            let _ = write_media(&mut html, media);
            // A `|` would end the cell.
            out.push_str(&if parent == Parent::Cell { html.replace('|', "&#124;") } else { html });
        }
    }
}

fn push_image(out: &mut String, image: &Image<'_>, parent: Parent) {
    let Image { src, alt, title, link, .. } = image;
    let link = link.as_deref().and_then(shown_link);
    if link.is_some() {
        out.push('[');
    }
    out.push_str("![");
    let alt = alt.as_deref().unwrap_or_default().replace(['\n', '\r'], " ");
    let edges = Edges { in_link: true, is_last: true, escapes_tildes: alt.contains('~'), ..Edges::default() };
    push_text(out, &alt, parent, edges);
    out.push(']');
    push_target(out, src, title.as_deref());
    if let Some(link) = link {
        out.push(']');
        push_target(out, &link, None);
    }
}

/// Adds what stands in parentheses after the text of a link.
fn push_target(out: &mut String, href: &str, title: Option<&str>) {
    out.push('(');
    push_destination(out, &clean(href));
    if let Some(title) = title {
        out.push(' ');
        push_title(out, title);
    }
    out.push(')');
}
