//! What becomes of the blocks of a frame when its element closes.

use std::borrow::Cow;
use std::mem::take;

use super::frame::{Frame, FrameKind};
use super::gutter::Numbers;
use super::tight::push_tight;
use super::urls::Urls;
use super::{caption_shape, figure, gutter, list, preformatted, table};
use crate::html::event::Removed;
use crate::post::{Block, BlockQuote, Cell, Item, Text};

/// Closes a frame: the frame around it gets what the element comes to, and an empty frame is left. `caption`
/// is the text of an element that [is a caption](FrameKind::is_caption), and `marked` the credit that its
/// markup names. Returns the numbers of lines of code that have gone.
#[expect(clippy::inline_always, reason = "the end of each frame")]
#[inline(always)]
pub(super) fn close_into<'a>(
    frame: &mut Frame<'a>,
    parent: &mut Frame<'a>,
    (caption, marked): (Option<Text<'a>>, Option<Cow<'a, str>>),
    doubles: &mut Vec<String>,
    urls: &Urls<'_>,
) -> Option<Removed> {
    frame.find_credit();
    let Frame { kind, blocks, has_figcaption, .. } = frame;
    match kind {
        FrameKind::Figure => {
            figure::group(blocks, doubles);
            close_figure(blocks, parent, *has_figcaption);
        }
        FrameKind::Caption => {
            parent.take_over(blocks);
            if let Some(caption) = caption {
                parent.push(Block::Figure(figure::new(Vec::new(), Some(caption), marked)));
            }
        }
        FrameKind::List(open) => {
            caption_shape::caption_items(&mut open.list);
            if let Some(list) = list::close_into(open, &mut parent.blocks) {
                parent.push(Block::List(list));
            }
        }
        FrameKind::Quote if blocks.is_empty() => {}
        FrameKind::Quote => parent.push(Block::BlockQuote(BlockQuote::new(take(blocks)))),
        // An item in a list is closed by [`close_item`].
        FrameKind::Item(_) | FrameKind::Root => parent.take_over(blocks),
        FrameKind::Table(open) => {
            caption_shape::caption_cells(&mut open.table);
            let (blocks, removed) = take(&mut **open).close();
            parent.extend(blocks);
            return removed;
        }
        FrameKind::CaptionBelow => {
            parent.take_over(blocks);
            if let Some(text) = caption {
                parent.add_caption(text, marked, doubles);
            }
        }
        FrameKind::CaptionAbove => {
            parent.take_over(blocks);
            if let Some(text) = caption {
                parent.add_caption_above(text);
            }
        }
        FrameKind::Pre { is_code, language, last_code: _, gutter: _ } => {
            let language = language.take().map(|language| language.name);
            preformatted::describe(blocks, *is_code, language, urls);
            preformatted::join_listing(blocks, &mut parent.blocks);
            parent.take_over(blocks);
        }
        FrameKind::Row(cells, numbers) if !cells.is_empty() => {
            let FrameKind::Table(open) = &mut parent.kind else { return None };
            return open.add_row(take(cells), take(numbers));
        }
        FrameKind::Term | FrameKind::Description => close_description(frame, caption, parent),
        FrameKind::TableCaption | FrameKind::Row(..) | FrameKind::Cell(..) => {
            close_in_table(frame, caption, parent);
        }
    }
    None
}

/// Closes an item. Items are opened as children of lists only, and so close there.
pub(super) fn close_item<'a>(item: Item<'a>, parent: &mut Frame<'a>) {
    match &mut parent.kind {
        FrameKind::List(open) => list::add_item(&mut open.list, item),
        _ => parent.extend(item.blocks),
    }
}

/// Closes a figure, whose blocks are [grouped](figure::group).
fn close_figure<'a>(blocks: &mut Vec<Block<'a>>, parent: &mut Frame<'a>, has_figcaption: bool) {
    let is_alone = blocks.len() == 1;
    match blocks.pop() {
        Some(Block::Figure(figure)) if is_alone && figure.media.is_empty() => {
            if let Some(figure) = figure::adopt(parent.blocks.last_mut(), figure) {
                parent.push(Block::Figure(figure));
            }
        }
        Some(block @ Block::Figure(_)) if is_alone => parent.push(block),
        last => {
            // A caption among the blocks belongs to one of them, and not to the figure before them.
            for block in blocks.drain(..).chain(last) {
                parent.push_apart(block);
            }
        }
    }
    if has_figcaption && !parent.is_after_bare_figure() {
        parent.note_described();
    }
}

/// Closes a part of a description. Both are opened as children of lists only, and so close there.
#[cold]
fn close_description<'a>(frame: &mut Frame<'a>, term: Option<Text<'a>>, parent: &mut Frame<'a>) {
    let blocks = take(&mut frame.blocks);
    match (&frame.kind, &mut parent.kind) {
        (FrameKind::Term, FrameKind::List(open)) => list::add_term(&mut open.list, term, blocks),
        (_, FrameKind::List(open)) => list::add_description(&mut open.list, blocks),
        _ => parent.extend(blocks),
    }
}

/// Closes a caption or a cell. Captions are opened as children of tables only, cells as children of rows, and
/// so they close there.
#[cold]
fn close_in_table<'a>(frame: &mut Frame<'a>, caption: Option<Text<'a>>, parent: &mut Frame<'a>) {
    let blocks = take(&mut frame.blocks);
    match (&mut frame.kind, &mut parent.kind) {
        (FrameKind::TableCaption, FrameKind::Table(open)) => {
            let table = &mut open.table;
            for block in blocks {
                table::add_stray(&mut table.rows, block);
            }
            match &table.caption {
                None => table.caption = caption,
                // A table has one caption; a second one becomes a row.
                Some(_) => caption.into_iter().for_each(|text| {
                    let alone = figure::new(Vec::new(), Some(text), None);
                    table::add_stray(&mut table.rows, Block::Figure(alone));
                }),
            }
        }
        (FrameKind::Cell(cell, gutter), FrameKind::Row(cells, numbers)) => {
            // A gutter goes with its row if it holds nothing but numbers.
            if let (Some(mut removed), Some(texts)) = (gutter.take(), gutter::numbers_in(&blocks)) {
                for text in texts {
                    gutter::add_text(&mut removed, text);
                }
                numbers.push(Numbers { index: cells.len(), removed: *removed });
            }
            push_tight(cells, Cell { blocks, ..take(cell) });
        }
        _ => parent.extend(blocks),
    }
}
