//! Figures: media and the caption that belongs to them.

use super::frame::add;
use crate::post::{Block, Figure, Media, Text};

/// A figure, with the credit that its caption names.
pub(super) fn new<'a>(media: Vec<Media<'a>>, caption: Option<Text<'a>>) -> Figure<'a> {
    let credit = caption.as_ref().and_then(super::credit::find);
    Figure { media, caption, credit }
}

/// The blocks inside a `<figure>` as what a reader takes them for: media and the caption that stands with
/// them are one figure, and what is neither stays a block of its own. The order of the text is kept.
pub(super) fn group(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut media = Vec::new();
    let mut caption: Option<Text<'_>> = None;
    for block in blocks {
        match block {
            // Only media: it joins the group.
            Block::Figure(figure) if figure.caption.is_none() => {
                figure.media.into_iter().for_each(|medium| add(&mut media, medium));
            }
            // Only a caption: a group has one.
            Block::Figure(figure) if figure.media.is_empty() => {
                if caption.is_some() {
                    close_group(&mut out, &mut media, &mut caption);
                }
                caption = figure.caption;
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
        out.push(Block::Figure(Box::new(new(std::mem::take(media), caption.take()))));
    }
}

/// Gives a caption that stands alone to the figure just before it, if that has none.
///
/// Returns the figure if there is no such place for it.
pub(super) fn adopt<'a>(before: Option<&mut Block<'a>>, mut alone: Figure<'a>) -> Option<Figure<'a>> {
    if let (Some(Block::Figure(shown)), true) = (before, alone.media.is_empty()) {
        if shown.caption.is_none() {
            **shown = new(std::mem::take(&mut shown.media), alone.caption.take());
            return None;
        }
    }
    Some(alone)
}
