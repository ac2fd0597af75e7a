//! Figures: media and the caption that belongs to them.

use super::frame::add;
use crate::html::event::Attributes;
use crate::post::{Block, Figure, Mark, Media, Text};

/// Classes of elements that hold the caption or the credit of the image before them, and nothing else.
const CAPTIONS: [&str; 24] = [
    "caption",
    "caption-text",
    "credit",
    "field-name-field-caption",
    "field-name-field-image-caption",
    "field-name-field-image-credit",
    "field-name-field-image-source",
    "figcaption",
    "figure-caption",
    "gallery-caption",
    "image-caption",
    "image-credit",
    "image_caption",
    "img-caption",
    "img-credit",
    "img_caption",
    "media-caption",
    "photo-caption",
    "photo-credit",
    "photo_caption",
    "photocaption",
    "pic-caption",
    "video-caption",
    "wp-caption-text",
];

/// Whether its class says that an element is the caption of the figure before it.
pub(super) fn is_caption(attrs: &Attributes<'_>) -> bool {
    let class = attrs.get("class").unwrap_or_default();
    class.split_ascii_whitespace().any(|name| CAPTIONS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// Adds a text to the caption of the figure that comes last, or returns it if none does. The credit is the caller's to
/// [find](find_credit), since more may follow.
pub(super) fn add_caption<'a>(blocks: &mut [Block<'a>], text: Text<'a>) -> Option<Text<'a>> {
    match blocks.last_mut() {
        Some(Block::Figure(figure)) if !figure.media.is_empty() => {
            figure.caption = Some(match figure.caption.take() {
                Some(before) => joined(before, text),
                None => text,
            });
            None
        }
        _ => Some(text),
    }
}

/// Looks for the credit of the figure that comes last.
pub(super) fn find_credit(blocks: &mut [Block<'_>]) {
    if let Some(Block::Figure(figure)) = blocks.last_mut() {
        figure.credit = figure.caption.as_ref().and_then(super::credit::find);
    }
}

/// Two texts as two lines.
fn joined<'a>(first: Text<'a>, second: Text<'a>) -> Text<'a> {
    let Text { text, mut marks } = first;
    let mut text = text.into_owned();
    text.push('\n');
    let shift = text.len();
    text.push_str(&second.text);
    marks.extend(second.marks.into_iter().map(|mark| Mark {
        start: mark.start + shift,
        end: mark.end + shift,
        kind: mark.kind,
    }));
    Text { text: text.into(), marks }
}

/// A figure, with the credit that its caption names.
pub(super) fn new<'a>(media: Vec<Media<'a>>, caption: Option<Text<'a>>) -> Figure<'a> {
    let credit = caption.as_ref().and_then(super::credit::find);
    Figure { media, caption, credit, id: None }
}

/// The blocks inside a `<figure>` as what a reader takes them for: media and the caption that stands with
/// them are one figure, and what is neither stays a block of its own. The order of the text is kept.
pub(super) fn group(mut blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    // As nearly all figures are: one picture, and mostly a caption behind it.
    match &mut blocks[..] {
        [Block::Figure(_)] => return blocks,
        [Block::Figure(shown), Block::Figure(alone)]
            if shown.caption.is_none() && !shown.media.is_empty() && alone.media.is_empty() =>
        {
            *shown = Figure { media: std::mem::take(&mut shown.media), ..std::mem::take(alone) };
            blocks.truncate(1);
            return blocks;
        }
        _ => {}
    }
    let mut out = Vec::with_capacity(blocks.len());
    let mut media = Vec::new();
    let mut caption: Option<Text<'_>> = None;
    for block in blocks {
        match block {
            // Only media: it joins the group.
            Block::Figure(Figure { media: more, caption: None, .. }) => {
                for medium in more {
                    add(&mut media, medium);
                }
            }
            // Only a caption: a group has one.
            Block::Figure(Figure { media: none, caption: Some(text), .. }) if none.is_empty() => {
                if caption.is_some() {
                    close_group(&mut out, &mut media, &mut caption);
                }
                caption = Some(text);
            }
            other => {
                close_group(&mut out, &mut media, &mut caption);
                out.push(other);
            }
        }
    }
    close_group(&mut out, &mut media, &mut caption);
    out
}

fn close_group<'a>(out: &mut Vec<Block<'a>>, media: &mut Vec<Media<'a>>, caption: &mut Option<Text<'a>>) {
    if !media.is_empty() || caption.is_some() {
        out.push(Block::Figure(new(std::mem::take(media), caption.take())));
    }
}

/// Adds a block to others. A caption that stands alone goes to the figure just before it.
pub(super) fn place<'a>(blocks: &mut Vec<Block<'a>>, block: Block<'a>) {
    let block = match block {
        Block::Figure(figure) => match adopt(blocks.last_mut(), figure) {
            Some(figure) => Block::Figure(figure),
            None => return,
        },
        other => other,
    };
    add(blocks, block);
}

/// Gives a caption that stands alone to the figure just before it, if that has none.
///
/// Returns the figure if there is no such place for it.
pub(super) fn adopt<'a>(before: Option<&mut Block<'a>>, mut alone: Figure<'a>) -> Option<Figure<'a>> {
    if let (Some(Block::Figure(shown)), true) = (before, alone.media.is_empty()) {
        if shown.caption.is_none() {
            *shown = new(std::mem::take(&mut shown.media), alone.caption.take());
            return None;
        }
    }
    Some(alone)
}
