//! Frames: the open elements that collect blocks.

use std::borrow::Cow;
use std::mem::{replace, take};

use super::gutter::Numbers;
use super::language::Language;
use super::list::OpenList;
use super::list_sign::{Place, make_item};
use super::table::OpenTable;
use super::tight::push_tight;
use super::{figure, list, table};
use crate::html::event::Removed;
use crate::post::{Block, Cell, Figure, Item, List, Paragraph, Text};
use crate::rarely::rarely;

/// An open element that collects blocks.
pub(super) struct Frame<'a> {
    pub(super) kind: FrameKind<'a>,
    pub(super) blocks: Vec<Block<'a>>,
    /// The number of blocks up to the last one that is a list of items that stand in no list, or a figure
    /// that its `<figcaption>` describes; 0 without one.
    noted_end: usize,
    /// Whether there was a `<figcaption>` in it.
    pub(super) has_figcaption: bool,
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
// Asked for at most tags: a tag of its own is told sooner than one inside a field.
#[repr(u8)]
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
    /// A `<figcaption>` that no image stands before.
    CaptionAbove,
    Pre {
        is_code: bool,
        language: Option<Language<'a>>,
        /// Where the text of the last `<code>` right inside it begins and ends.
        last_code: (usize, usize),
        /// The numbers of its lines.
        gutter: Option<Box<Removed>>,
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

    /// How many containers the element opens: elements that may hold blocks that hold blocks, and hand over
    /// all of them when they close.
    pub(super) fn containers(&self) -> usize {
        match self {
            Self::Quote | Self::Table(_) | Self::Figure => 1,
            Self::List(open) => open.depth(),
            _ => 0,
        }
    }

    /// Whether block boundaries inside are line breaks in one text.
    pub(super) fn is_one_text(&self) -> bool {
        self.is_caption() || matches!(self, Self::Pre { .. })
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(kind: FrameKind<'a>) -> Self {
        Self::with_room(kind, Vec::new())
    }

    /// A frame with an empty list for its blocks.
    #[inline]
    pub(super) fn with_room(kind: FrameKind<'a>, room: Vec<Block<'a>>) -> Self {
        Self { kind, blocks: room, noted_end: 0, has_figcaption: false, pending: Pending::Nothing }
    }

    /// The frame of the body, with room for `capacity` blocks.
    pub(super) fn root(capacity: usize) -> Self {
        Self::with_room(FrameKind::Root, Vec::with_capacity(capacity))
    }

    /// Adds a block that is a child of this element.
    pub(super) fn push(&mut self, mut block: Block<'a>) {
        if self.pending != Pending::Nothing {
            self.finish_last(&mut block);
        }
        match &mut self.kind {
            FrameKind::List(_) | FrameKind::Table(_) | FrameKind::Row(..) | FrameKind::Figure => {
                self.push_apart(block);
            }
            _ => figure::push_block(&mut self.blocks, block),
        }
    }

    /// Adds a paragraph that is a child of this element.
    #[inline]
    pub(super) fn push_paragraph(&mut self, paragraph: Paragraph<'a>) {
        let is_plain = !matches!(
            self.kind,
            FrameKind::List(_) | FrameKind::Table(_) | FrameKind::Row(..) | FrameKind::Figure
        );
        if is_plain && self.pending == Pending::Nothing {
            push_tight(&mut self.blocks, Block::Paragraph(paragraph));
        } else {
            self.push(Block::Paragraph(paragraph));
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

    /// Adds blocks that were in an element inside this one, and are its children now.
    #[inline]
    pub(super) fn take_over(&mut self, blocks: &mut Vec<Block<'a>>) {
        // Nearly all such elements hold a text alone.
        if !blocks.is_empty() {
            self.extend(take(blocks));
        }
    }

    /// Adds a text to the caption of the last block, if that is a figure without a `<figcaption>`; otherwise
    /// adds a paragraph. The credit is looked for once the caption cannot grow any more, unless it is
    /// `marked`.
    pub(super) fn add_caption(
        &mut self,
        text: Text<'a>,
        marked: Option<Cow<'a, str>>,
        doubles: &mut Vec<String>,
    ) {
        if self.is_after_described_figure() && !figure::ends_with(&self.blocks, &text) {
            self.push(Block::Paragraph(Paragraph::new(text)));
        } else if let Some(text) = figure::add_caption(&mut self.blocks, text, marked, doubles) {
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
    #[cold]
    fn finish_last(&mut self, next: &mut Block<'a>) {
        if let (Pending::CaptionAbove, Block::Figure(figure)) = (self.pending, next) {
            figure::take_caption(&mut self.blocks, figure);
        }
        self.find_credit();
    }

    /// Looks for the credit of the last block, if its caption has grown.
    #[inline]
    pub(super) fn find_credit(&mut self) {
        if replace(&mut self.pending, Pending::Nothing) == Pending::Credit {
            rarely();
            figure::find_credit(&mut self.blocks);
        }
    }

    /// The last block is a list of items that stand in no list, if it is a list at all.
    pub(super) fn note_lone_list(&mut self) {
        self.noted_end = self.blocks.len();
    }

    /// Takes the last block, if it is a list of items that stand in no list: what comes next is another item.
    pub(super) fn take_lone_list(&mut self) -> Option<List<'a>> {
        if self.noted_end != self.blocks.len() {
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

    /// Makes the blocks from index `first` on an item of a list, if they begin with its sign, which is
    /// returned. `level` says how many lists it stands in, and `is_told` whether its markup says that.
    pub(super) fn make_item(&mut self, first: usize, (level, is_told): (usize, bool)) -> Option<String> {
        self.find_credit();
        let place = Place { level, is_told, is_after_item: first > 0 && self.noted_end == first };
        let sign = make_item(&mut self.blocks, first, place)?;
        self.note_lone_list();
        Some(sign)
    }

    /// The last block is a figure that its `<figcaption>` describes.
    pub(super) fn note_described(&mut self) {
        self.noted_end = self.blocks.len();
    }

    /// What comes now may be a part of the caption of the last block all the same: its credit.
    pub(super) fn take_credit(&mut self) {
        if let Some(Block::Figure(Figure { credit: None, .. })) = self.blocks.last() {
            self.noted_end = 0;
        }
    }

    fn is_after_described_figure(&self) -> bool {
        self.noted_end == self.blocks.len() && matches!(self.blocks.last(), Some(Block::Figure(_)))
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
