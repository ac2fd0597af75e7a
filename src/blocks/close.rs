//! What becomes of the blocks of a frame when its element closes.

use super::frame::{Frame, FrameKind};
use super::gutter::Numbers;
use super::tight::push_tight;
use super::urls::Urls;
use super::{caption_shape, figure, gutter, list, preformatted, table};
use crate::html::event::Removed;
use crate::post::{Block, BlockQuote, Cell, Figure, Item, Text};

/// Closes a frame: the frame around it gets what the element comes to. `caption` is the text of an element
/// that [is a caption](FrameKind::is_caption). Returns the numbers of lines of code that have gone.
#[expect(clippy::inline_always, reason = "the end of each frame")]
#[inline(always)]
pub(super) fn close_into<'a>(
    mut frame: Frame<'a>,
    parent: &mut Frame<'a>,
    caption: Option<Text<'a>>,
    doubles: &mut Vec<String>,
    urls: &Urls<'_>,
) -> Option<Removed> {
    frame.find_credit();
    let Frame { kind, mut blocks, marked, .. } = frame;
    match kind {
        FrameKind::Root => parent.extend(blocks),
        FrameKind::Quote if blocks.is_empty() => {}
        FrameKind::Quote => parent.push(Block::BlockQuote(BlockQuote::new(blocks))),
        FrameKind::List(mut open) => {
            caption_shape::caption_items(&mut open.list);
            open.close().into_iter().for_each(|block| parent.push(block));
        }
        FrameKind::Table(mut open) => {
            caption_shape::caption_cells(&mut open.table);
            let (blocks, removed) = open.close();
            parent.extend(blocks);
            return removed;
        }
        FrameKind::Figure => close_figure(figure::group(blocks, doubles), parent),
        FrameKind::Caption => {
            parent.extend(blocks);
            if let Some(caption) = caption {
                parent.push(Block::Figure(figure::new(Vec::new(), Some(caption), marked)));
            }
        }
        FrameKind::CaptionBelow => {
            parent.extend(blocks);
            if let Some(text) = caption {
                parent.add_caption(text, marked, doubles);
            }
        }
        FrameKind::CaptionAbove => {
            parent.extend(blocks);
            if let Some(text) = caption {
                parent.add_caption_above(text);
            }
        }
        FrameKind::Pre { is_code, language, gutter: _ } => {
            preformatted::describe(&mut blocks, is_code, language.map(|language| language.name), urls);
            parent.extend(blocks);
        }
        FrameKind::Cell(cell, Some(numbers)) => close_gutter(cell, *numbers, blocks, parent),
        FrameKind::Row(cells, numbers) if !cells.is_empty() => {
            let FrameKind::Table(open) = &mut parent.kind else { return None };
            return open.add_row(cells, numbers);
        }
        FrameKind::Item(_) | FrameKind::Term | FrameKind::Description => {
            close_item(kind, blocks, caption, parent);
        }
        FrameKind::TableCaption | FrameKind::Row(..) | FrameKind::Cell(..) => {
            close_in_table(kind, blocks, caption, parent);
        }
    }
    None
}

/// Closes a cell with the class of a gutter. It goes with its row if it holds nothing but numbers.
fn close_gutter<'a>(cell: Cell<'a>, mut removed: Removed, blocks: Vec<Block<'a>>, parent: &mut Frame<'a>) {
    if let (Some(texts), FrameKind::Row(cells, numbers)) = (gutter::numbers_in(&blocks), &mut parent.kind) {
        for text in texts {
            gutter::add_text(&mut removed, text);
        }
        numbers.push(Numbers { index: cells.len(), removed });
    }
    close_in_table(FrameKind::Cell(cell, None), blocks, None, parent);
}

fn close_figure<'a>(mut blocks: Vec<Block<'a>>, parent: &mut Frame<'a>) {
    if let [Block::Figure(alone)] = &mut blocks[..] {
        let alone: Figure<'a> = std::mem::take(alone);
        if let Some(figure) = figure::adopt(parent.blocks.last_mut(), alone) {
            parent.push(Block::Figure(figure));
        }
    } else {
        // A caption among the blocks belongs to one of them, and not to the figure before them.
        for block in blocks {
            parent.push_apart(block);
        }
    }
}

/// Closes an item. Items are opened as children of lists only, and so close there.
fn close_item<'a>(
    kind: FrameKind<'a>,
    blocks: Vec<Block<'a>>,
    term: Option<Text<'a>>,
    parent: &mut Frame<'a>,
) {
    let FrameKind::List(open) = &mut parent.kind else { return parent.extend(blocks) };
    let list = &mut open.list;
    match kind {
        FrameKind::Term => list::add_term(list, term, blocks),
        FrameKind::Description => list::add_description(list, blocks),
        FrameKind::Item(item) => list::add_item(list, Item { blocks, ..item }),
        _ => parent.extend(blocks),
    }
}

/// Closes a caption or a cell. Captions are opened as children of tables only, cells as children of rows, and
/// so they close there.
fn close_in_table<'a>(
    kind: FrameKind<'a>,
    blocks: Vec<Block<'a>>,
    caption: Option<Text<'a>>,
    parent: &mut Frame<'a>,
) {
    match (kind, &mut parent.kind) {
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
        (FrameKind::Cell(cell, _), FrameKind::Row(cells, _)) => push_tight(cells, Cell { blocks, ..cell }),
        _ => parent.extend(blocks),
    }
}
