//! Frames: the open elements that collect blocks.

use std::borrow::Cow;

use super::tight::push_tight;
use super::{figure, list, table};
use crate::post::{Block, Cell, List, Paragraph, Table, Text};

/// An open element that collects blocks.
pub(super) struct Frame<'a> {
    pub(super) kind: FrameKind<'a>,
    pub(super) blocks: Vec<Block<'a>>,
    /// The credit that the markup of the caption names, if this is one.
    pub(super) marked: Option<Cow<'a, str>>,
    pending: Pending,
}

/// What is to be done with the last block of a frame before another block comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    /// Its caption has grown since its credit was looked for.
    Credit,
    /// It is a `<figcaption>` outside a `<figure>`, and belongs to the image that may come now.
    CaptionAbove,
}

/// The elements that collect blocks, and what they collect beside blocks.
pub(super) enum FrameKind<'a> {
    /// The body.
    Root,
    Quote,
    List(List<'a>),
    Item,
    Term,
    Description,
    Table(Table<'a>),
    TableCaption,
    Row(Vec<Cell<'a>>),
    Cell(Cell<'a>),
    Figure,
    Caption,
    /// An element that its class makes the caption of the figure before it.
    CaptionBelow,
    /// A `<figcaption>` that no image stands before.
    CaptionAbove,
    Pre {
        is_code: bool,
        language: Option<Cow<'a, str>>,
    },
}

impl FrameKind<'_> {
    /// Whether the text inside becomes one text without blocks.
    pub(super) fn is_caption(&self) -> bool {
        matches!(
            self,
            Self::Term | Self::TableCaption | Self::Caption | Self::CaptionBelow | Self::CaptionAbove
        )
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
        Self { kind, blocks: Vec::with_capacity(usual), marked: None, pending: Pending::Nothing }
    }

    /// The frame of the body, with room for `capacity` blocks.
    pub(super) fn root(capacity: usize) -> Self {
        Self {
            kind: FrameKind::Root,
            blocks: Vec::with_capacity(capacity),
            marked: None,
            pending: Pending::Nothing,
        }
    }

    /// Adds a block that is a child of this element.
    #[inline]
    pub(super) fn push(&mut self, mut block: Block<'a>) {
        if self.pending != Pending::Nothing {
            self.finish_last(&mut block);
        }
        match &mut self.kind {
            FrameKind::List(_) | FrameKind::Table(_) | FrameKind::Row(_) | FrameKind::Figure => {
                self.push_apart(block);
            }
            _ => figure::push_block(&mut self.blocks, block),
        }
    }

    /// Adds a block that has nothing to do with the block before it.
    pub(super) fn push_apart(&mut self, block: Block<'a>) {
        match &mut self.kind {
            FrameKind::List(list) => list::add_stray(list, block),
            FrameKind::Table(table) => table::add_stray(&mut table.rows, block),
            FrameKind::Row(cells) => push_tight(cells, Cell { blocks: vec![block], ..Cell::default() }),
            _ => push_tight(&mut self.blocks, block),
        }
    }

    pub(super) fn extend(&mut self, blocks: Vec<Block<'a>>) {
        for block in blocks {
            self.push(block);
        }
    }

    /// Adds a text to the caption of the last block, if that is a figure; otherwise adds a paragraph. The
    /// credit is looked for once the caption cannot grow any more, unless it is `marked`.
    pub(super) fn add_caption(
        &mut self,
        text: Text<'a>,
        marked: Option<Cow<'a, str>>,
        doubles: &mut Vec<String>,
    ) {
        if let Some(text) = figure::add_caption(&mut self.blocks, text, marked, doubles) {
            self.push(Block::Paragraph(Paragraph::new(text)));
        } else {
            self.pending = Pending::Credit;
        }
    }

    /// Adds a text that is the caption of the image after it, if an image comes now.
    pub(super) fn add_caption_above(&mut self, text: Text<'a>) {
        self.push(Block::Paragraph(Paragraph::new(text)));
        self.pending = Pending::CaptionAbove;
    }

    /// Does what is to be done with the last block, before this block comes.
    #[inline(never)]
    fn finish_last(&mut self, next: &mut Block<'a>) {
        if let (Pending::CaptionAbove, Block::Figure(figure)) = (self.pending, next) {
            figure::take_caption(&mut self.blocks, figure);
        }
        self.find_credit();
    }

    /// Looks for the credit of the last block, if its caption has grown.
    pub(super) fn find_credit(&mut self) {
        if std::mem::replace(&mut self.pending, Pending::Nothing) == Pending::Credit {
            figure::find_credit(&mut self.blocks);
        }
    }

    /// Whether the last block is something to look at or to play.
    pub(super) fn is_after_figure(&self) -> bool {
        matches!(self.blocks.last(), Some(Block::Figure(figure)) if !figure.media.is_empty())
    }

    /// Whether the last block is such a thing, and has no caption.
    pub(super) fn is_after_bare_figure(&self) -> bool {
        matches!(self.blocks.last(), Some(Block::Figure(figure)) if figure.caption.is_none())
    }
}
