//! Frames: the open elements that collect blocks.

use super::gutter::Numbers;
use super::language::Language;
use super::list::OpenList;
use super::table::OpenTable;
use super::tight::push_tight;
use super::{figure, list, table};
use crate::html::event::Removed;
use crate::post::{Block, Cell, Item, List, Paragraph, Text};

/// An open element that collects blocks.
pub(super) struct Frame<'a> {
    pub(super) kind: FrameKind<'a>,
    pub(super) blocks: Vec<Block<'a>>,
    /// Whether the caption of the last block has grown since its credit was looked for.
    has_grown_caption: bool,
    /// The number of blocks up to a list of items that stand in no list; 0 if there is no such list.
    lone_list_end: usize,
}

/// The elements that collect blocks, and what they collect beside blocks.
pub(super) enum FrameKind<'a> {
    /// The body.
    Root,
    Quote,
    List(OpenList<'a>),
    Item(Item<'a>),
    Term,
    Description,
    Table(Box<OpenTable<'a>>),
    TableCaption,
    /// A row, and which of its cells may be the numbers of lines of code.
    Row(Vec<Cell<'a>>, Vec<Numbers>),
    /// A cell, and what goes of it if it holds nothing but the numbers of lines.
    Cell(Cell<'a>, Option<Box<Removed>>),
    Figure,
    Caption,
    /// An element that its class makes the caption of the figure before it.
    CaptionBelow,
    Pre {
        is_code: bool,
        language: Option<Language<'a>>,
        /// The numbers of its lines.
        gutter: Option<Box<Removed>>,
    },
}

impl FrameKind<'_> {
    /// Whether the text inside becomes one text without blocks.
    pub(super) fn is_caption(&self) -> bool {
        matches!(self, Self::Term | Self::TableCaption | Self::Caption | Self::CaptionBelow)
    }

    /// Whether the element may hold blocks that hold blocks, and hands over all of them when it closes.
    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::Quote | Self::List(_) | Self::Table(_) | Self::Figure)
    }

    /// Whether block boundaries inside are line breaks in one text.
    pub(super) fn is_one_text(&self) -> bool {
        self.is_caption() || matches!(self, Self::Pre { .. })
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(kind: FrameKind<'a>) -> Self {
        // Nearly all figures are a picture and a caption.
        let usual = if matches!(kind, FrameKind::Figure) { 2 } else { 0 };
        Self { kind, blocks: Vec::with_capacity(usual), has_grown_caption: false, lone_list_end: 0 }
    }

    /// The frame of the body, with room for `capacity` blocks.
    pub(super) fn root(capacity: usize) -> Self {
        let blocks = Vec::with_capacity(capacity);
        Self { kind: FrameKind::Root, blocks, has_grown_caption: false, lone_list_end: 0 }
    }

    /// Adds a block that is a child of this element.
    #[inline]
    pub(super) fn push(&mut self, block: Block<'a>) {
        self.find_credit();
        match &mut self.kind {
            FrameKind::List(_) | FrameKind::Table(_) | FrameKind::Row(..) | FrameKind::Figure => {
                self.push_apart(block);
            }
            _ => figure::push_block(&mut self.blocks, block),
        }
    }

    /// Adds a block that has nothing to do with the block before it.
    pub(super) fn push_apart(&mut self, block: Block<'a>) {
        match &mut self.kind {
            FrameKind::List(open) => list::add_stray(&mut open.list, block),
            FrameKind::Table(open) => table::add_stray(&mut open.table.rows, block),
            FrameKind::Row(cells, _) => push_tight(cells, Cell { blocks: vec![block], ..Cell::default() }),
            _ => push_tight(&mut self.blocks, block),
        }
    }

    pub(super) fn extend(&mut self, blocks: Vec<Block<'a>>) {
        for block in blocks {
            self.push(block);
        }
    }

    /// Adds a text to the caption of the last block, if that is a figure; otherwise adds a paragraph. The
    /// credit is looked for once the caption cannot grow any more.
    pub(super) fn add_caption(&mut self, text: Text<'a>) {
        if let Some(text) = figure::add_caption(&mut self.blocks, text) {
            self.push(Block::Paragraph(Paragraph::new(text)));
        } else {
            self.has_grown_caption = true;
        }
    }

    /// Looks for the credit of the last block, if its caption has grown.
    pub(super) fn find_credit(&mut self) {
        if self.has_grown_caption {
            self.has_grown_caption = false;
            figure::find_credit(&mut self.blocks);
        }
    }

    /// The last block is a list of items that stand in no list, if it is a list at all.
    pub(super) fn note_lone_list(&mut self) {
        self.lone_list_end = self.blocks.len();
    }

    /// Takes the last block, if it is a list of items that stand in no list: what comes next is another item.
    pub(super) fn take_lone_list(&mut self) -> Option<List<'a>> {
        if self.lone_list_end != self.blocks.len() {
            return None;
        }
        match self.blocks.pop() {
            Some(Block::List(list)) => Some(list),
            other => {
                self.blocks.extend(other);
                None
            }
        }
    }

    /// Whether the last block is something to look at or to play.
    pub(super) fn is_after_figure(&self) -> bool {
        matches!(self.blocks.last(), Some(Block::Figure(figure)) if !figure.media.is_empty())
    }
}
