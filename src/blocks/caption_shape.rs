//! Captions by their place: a short text that stands alone with an image.

use std::borrow::Cow;
use std::mem::take;

use super::anchors::add_at_start;
use super::figure;
use crate::equal::begins_with;
use crate::post::{Block, Cell, Figure, Item, List, ListKind, MarkKind, Table, Text};

/// The longest text beside an image, in characters, that is its caption in a box for images.
pub(super) const MOST_IN_BOX: usize = 200;

/// The longest text beside an image that is its caption because others stand so too.
pub(super) const MOST_IN_ROW: usize = 80;

/// Whether blocks are an image and one text after it, in a box for images.
pub(super) fn is_pair_in_box(blocks: &[Block<'_>]) -> bool {
    match blocks {
        [Block::Figure(Figure { media, caption, .. }), Block::Paragraph(paragraph)] => {
            media.len() == 1
                && caption.as_ref().is_none_or(|caption| is_caption(caption, MOST_IN_BOX))
                && is_caption(&paragraph.text, MOST_IN_BOX)
        }
        _ => false,
    }
}

/// Whether blocks are one image without a caption and one short text after it.
pub(super) fn is_pair(blocks: &[Block<'_>]) -> bool {
    match blocks {
        [Block::Figure(Figure { media, caption: None, .. }), Block::Paragraph(paragraph)] => {
            media.len() == 1 && is_caption(&paragraph.text, MOST_IN_ROW)
        }
        _ => false,
    }
}

/// Whether blocks are such pairs, one after the other.
pub(super) fn are_pairs(blocks: &[Block<'_>]) -> bool {
    blocks.chunks(2).all(is_pair)
}

/// Whether a text can be a caption: it is short, and no link that leads to another article.
pub(super) fn is_caption(text: &Text<'_>, most: usize) -> bool {
    let is_whole_link = |kind: &MarkKind<'_>| kind.link_href().is_some();
    text.text.chars().nth(most).is_none()
        && !text
            .marks
            .iter()
            .any(|mark| mark.start == 0 && mark.end == text.text.len() && is_whole_link(&mark.kind))
}

/// Makes the last block, a text, the caption of the image before it, or adds it to its caption. Returns the
/// text if the caption says it already.
pub(super) fn join(blocks: &mut Vec<Block<'_>>) -> Option<String> {
    let Some(Block::Paragraph(mut paragraph)) = blocks.pop() else { return None };
    let mut doubles = Vec::new();
    let mut caption: Text<'_> = take(&mut paragraph.text);
    add_at_start(&mut caption, paragraph.id.take());
    figure::add_caption(blocks, caption, None, &mut doubles);
    figure::find_credit(blocks);
    doubles.pop()
}

/// Makes each text from this block on the caption of the image before it. The blocks are pairs.
pub(super) fn join_all(blocks: &mut Vec<Block<'_>>, first: usize) {
    let pairs = blocks.split_off(first);
    let mut pairs = pairs.into_iter();
    while let (Some(image), Some(text)) = (pairs.next(), pairs.next()) {
        blocks.push(image);
        blocks.push(text);
        join(blocks);
    }
}

/// Makes the texts of the items captions, if each item is an image and a short text.
pub(super) fn caption_items(list: &mut List<'_>) {
    let is_gallery = list.kind == ListKind::Unordered
        && list.items.len() >= 2
        && list.items.iter().all(|item| is_pair(&item.blocks));
    if is_gallery {
        list.items.iter_mut().for_each(|Item { blocks, .. }| {
            join(blocks);
        });
    }
}

/// Makes the texts of the cells captions, if each cell that is not empty is an image and a short text.
pub(super) fn caption_cells(table: &mut Table<'_>) {
    let filled = |table: &Table<'_>, test: fn(&[Block<'_>]) -> bool| {
        let mut cells = table.rows.iter().flatten().filter(|cell| !cell.blocks.is_empty());
        cells.all(|cell| test(&cell.blocks))
    };
    let first = table.rows.iter().flatten().find(|cell| !cell.blocks.is_empty());
    // Nearly all tables end here.
    if !first.is_some_and(|cell| is_pair(&cell.blocks)) || !filled(table, is_pair) {
        return;
    }
    let mut cells: Vec<&mut Cell<'_>> =
        table.rows.iter_mut().flatten().filter(|cell| !cell.blocks.is_empty()).collect();
    if cells.len() >= 2 {
        for cell in &mut cells {
            join(&mut cell.blocks);
        }
    }
}

/// A caption without its second half, if that says the same as the first: pages have a caption for small
/// screens and one for large ones. Returns the half that went.
pub(super) fn without_double(caption: Text<'_>) -> (Text<'_>, Option<String>) {
    /// The fewest bytes that are twice on one line for that reason. `Pago Pago` is a name.
    const FEWEST: usize = 16;
    let text = &*caption.text;
    let half = text.len() / 2;
    let is_double = |gap: &str, fewest: usize| {
        let half = (text.len() - gap.len().min(text.len())) / 2;
        half >= fewest
            && text.len() == 2 * half + gap.len()
            && begins_with(&text.as_bytes()[half + gap.len()..], &text.as_bytes()[..half])
            && text.get(half..).is_some_and(|rest| rest.starts_with(gap))
    };
    if !(is_double("\n", 1) || is_double(" ", FEWEST) || is_double("", FEWEST)) {
        return (caption, None);
    }
    let Text { text, mut marks } = caption;
    let double = text[text.len() - half..].to_owned();
    marks.retain_mut(|mark| {
        mark.end = mark.end.min(half);
        mark.start < half
    });
    let text = match text {
        Cow::Borrowed(text) => text[..half].into(),
        Cow::Owned(mut text) => {
            text.truncate(half);
            text.into()
        }
    };
    (Text { text, marks }, Some(double))
}
