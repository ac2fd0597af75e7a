//! Figures: media, and the caption and the credit that belong to them.

use std::borrow::Cow;
use std::mem::take;

use super::credit;
use super::tight::push_tight;
use crate::html::event::Attributes;
use crate::post::{Block, Figure, Mark, Media, Text};
use crate::word_list::words;

/// Classes of elements that hold the caption or the credit of the image before them, and nothing else.
const CAPTIONS: &[&str] = words!("captions.txt", "classes");

/// Whether the class of an element makes it the caption of the figure before it.
pub(super) fn is_caption(attrs: &Attributes<'_>) -> bool {
    let class = attrs.get("class").unwrap_or_default();
    class.split_ascii_whitespace().any(|name| CAPTIONS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// A figure with the credit that its caption names.
pub(super) fn new<'a>(media: Vec<Media<'a>>, caption: Option<Text<'a>>) -> Figure<'a> {
    let credit = caption.as_ref().and_then(credit::find);
    Figure { media, caption, credit, id: None }
}

/// Adds a text to the caption of the last block, if that is a figure with media; otherwise returns the text.
///
/// The credit is not looked for, since the caption may grow further: [`find_credit`] does that.
pub(super) fn add_caption<'a>(blocks: &mut [Block<'a>], text: Text<'a>) -> Option<Text<'a>> {
    let Some(Block::Figure(figure)) = blocks.last_mut() else { return Some(text) };
    if figure.media.is_empty() {
        return Some(text);
    }
    figure.caption = Some(match figure.caption.take() {
        Some(before) => two_lines(before, text),
        None => text,
    });
    None
}

/// Looks for the credit of the last block, if that is a figure.
pub(super) fn find_credit(blocks: &mut [Block<'_>]) {
    if let Some(Block::Figure(figure)) = blocks.last_mut() {
        figure.credit = figure.caption.as_ref().and_then(credit::find);
    }
}

/// Two texts as the two lines of one.
fn two_lines<'a>(first: Text<'a>, second: Text<'a>) -> Text<'a> {
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

/// Groups the blocks of a `<figure>` as a reader does: media and the caption among them are one figure, any
/// other block stays a block of its own. The texts keep their order.
pub(super) fn group(mut blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    // Nearly all figures are one picture, most with a caption after it.
    match &mut blocks[..] {
        [Block::Figure(_)] => return blocks,
        [Block::Figure(shown), Block::Figure(alone)]
            if shown.caption.is_none() && !shown.media.is_empty() && alone.media.is_empty() =>
        {
            let id = shown.id.take().or(alone.id.take());
            *shown = Figure { media: take(&mut shown.media), id, ..take(alone) };
            blocks.truncate(1);
            return blocks;
        }
        _ => {}
    }
    let mut grouped = Vec::with_capacity(blocks.len());
    let mut group = Group::default();
    for block in blocks {
        match block {
            Block::Figure(Figure { media, caption: None, id, .. }) => {
                group.id = group.id.take().or(id);
                group.add_media(media);
            }
            Block::Figure(Figure { media, caption: Some(caption), .. }) if media.is_empty() => {
                // A group has one caption.
                if group.caption.is_some() {
                    group.close_into(&mut grouped);
                }
                group.caption = Some(caption);
            }
            block @ (Block::Figure(_)
            | Block::Paragraph(_)
            | Block::Heading(_)
            | Block::List(_)
            | Block::BlockQuote(_)
            | Block::Table(_)
            | Block::Preformatted(_)
            | Block::ThematicBreak(_)) => {
                group.close_into(&mut grouped);
                grouped.push(block);
            }
        }
    }
    group.close_into(&mut grouped);
    grouped
}

/// Media and the caption that stands with them.
#[derive(Default)]
struct Group<'a> {
    media: Vec<Media<'a>>,
    caption: Option<Text<'a>>,
    id: Option<Cow<'a, str>>,
}

impl<'a> Group<'a> {
    fn add_media(&mut self, media: Vec<Media<'a>>) {
        for medium in media {
            push_tight(&mut self.media, medium);
        }
    }

    /// Makes a figure of the group, unless it is empty, and begins the next group.
    fn close_into(&mut self, blocks: &mut Vec<Block<'a>>) {
        let Self { media, caption, id } = take(self);
        if !media.is_empty() || caption.is_some() {
            blocks.push(Block::Figure(Figure { id, ..new(media, caption) }));
        }
    }
}

/// Adds a block to a list of blocks. A caption that stands alone goes to the figure just before it.
#[inline]
pub(super) fn push_block<'a>(blocks: &mut Vec<Block<'a>>, block: Block<'a>) {
    match block {
        Block::Figure(figure) if figure.media.is_empty() => {
            if let Some(figure) = adopt(blocks.last_mut(), figure) {
                push_tight(blocks, Block::Figure(figure));
            }
        }
        block => push_tight(blocks, block),
    }
}

/// Gives a caption that stands alone to the block just before it, if that is a figure without a caption;
/// otherwise returns the figure.
pub(super) fn adopt<'a>(before: Option<&mut Block<'a>>, mut figure: Figure<'a>) -> Option<Figure<'a>> {
    if let (Some(Block::Figure(shown)), true) = (before, figure.media.is_empty()) {
        if shown.caption.is_none() {
            let id = shown.id.take();
            *shown = Figure { id, ..new(take(&mut shown.media), figure.caption.take()) };
            return None;
        }
    }
    Some(figure)
}
