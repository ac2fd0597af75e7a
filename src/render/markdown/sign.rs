//! What tells Markdown from HTML.

use crate::post::{Block, MarkKind, Paragraph, Text};
use crate::render::shown::{is_mark_shown, shown_media};

/// Whether the Markdown of these blocks is sure to have markup in it that no reader of HTML takes for text.
pub(super) fn has_sign(blocks: &[Block<'_>]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading(heading) => heading.direction.is_none() && !is_blank(&heading.text),
        Block::Paragraph(paragraph) => paragraph.direction.is_none() && has_link(&paragraph.text),
        Block::Figure(figure) => shown_media(figure).any(|media| media.image().is_some()),
        Block::List(list) => list.items.first().is_some_and(|item| begins_with_text(&item.blocks)),
        Block::BlockQuote(quote) => begins_with_text(&quote.blocks),
        Block::Preformatted(preformatted) => preformatted.text.marks.is_empty(),
        Block::ThematicBreak(_) => true,
        Block::Table(_) => false,
    })
}

fn begins_with_text(blocks: &[Block<'_>]) -> bool {
    matches!(blocks.first(), Some(Block::Paragraph(Paragraph { text, .. })) if !is_blank(text))
}

fn is_blank(text: &Text<'_>) -> bool {
    text.text.trim().is_empty()
}

/// Whether there is a link with a text.
fn has_link(text: &Text<'_>) -> bool {
    text.marks.iter().any(|mark| {
        let content = text.text.get(mark.range()).unwrap_or_default();
        matches!(mark.kind, MarkKind::Link { .. }) && is_mark_shown(&mark.kind) && !content.trim().is_empty()
    })
}
