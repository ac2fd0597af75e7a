//! What becomes of the blocks of a frame when its element closes.

use super::frame::{Frame, FrameKind};
use super::tight::push_tight;
use super::urls::Urls;
use super::{caption_shape, figure, list, preformatted, table};
use crate::post::{Block, BlockQuote, Cell, Figure, Text};

/// Closes a frame: the frame around it gets what the element comes to. `caption` is the text of an element
/// that [is a caption](FrameKind::is_caption).
pub(super) fn close_into<'a>(
    mut frame: Frame<'a>,
    parent: &mut Frame<'a>,
    caption: Option<Text<'a>>,
    doubles: &mut Vec<String>,
    urls: &Urls<'_>,
) {
    frame.find_credit();
    let Frame { kind, mut blocks, marked, .. } = frame;
    match kind {
        FrameKind::Root => parent.extend(blocks),
        FrameKind::Quote if blocks.is_empty() => {}
        FrameKind::Quote => parent.push(Block::BlockQuote(BlockQuote::new(blocks))),
        FrameKind::List(mut list) => {
            caption_shape::caption_items(&mut list);
            list::close(list).into_iter().for_each(|block| parent.push(block));
        }
        FrameKind::Table(mut table) => {
            caption_shape::caption_cells(&mut table);
            parent.extend(table::close(table));
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
        FrameKind::Pre { is_code, language } => {
            preformatted::describe(&mut blocks, is_code, language, urls);
            parent.extend(blocks);
        }
        FrameKind::Item | FrameKind::Term | FrameKind::Description => {
            close_item(&kind, blocks, caption, parent);
        }
        FrameKind::TableCaption | FrameKind::Row(_) | FrameKind::Cell(_) => {
            close_in_table(kind, blocks, caption, parent);
        }
    }
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
    kind: &FrameKind<'a>,
    blocks: Vec<Block<'a>>,
    term: Option<Text<'a>>,
    parent: &mut Frame<'a>,
) {
    let FrameKind::List(list) = &mut parent.kind else { return parent.extend(blocks) };
    match kind {
        FrameKind::Term => list::add_term(list, term, blocks),
        FrameKind::Description => list::add_description(list, blocks),
        _ => list::add_item(list, blocks),
    }
}

/// Closes a caption, a row or a cell. Captions and rows are opened as children of tables only, cells as
/// children of rows, and so they close there.
fn close_in_table<'a>(
    kind: FrameKind<'a>,
    blocks: Vec<Block<'a>>,
    caption: Option<Text<'a>>,
    parent: &mut Frame<'a>,
) {
    match (kind, &mut parent.kind) {
        (FrameKind::TableCaption, FrameKind::Table(table)) => {
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
        (FrameKind::Row(cells), FrameKind::Table(table)) if !cells.is_empty() => {
            push_tight(&mut table.rows, cells);
        }
        (FrameKind::Cell(cell), FrameKind::Row(cells)) => push_tight(cells, Cell { blocks, ..cell }),
        _ => parent.extend(blocks),
    }
}
