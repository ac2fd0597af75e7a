//! Elements that collect blocks, and what becomes of the blocks when they close.

use std::borrow::Cow;

use crate::html::event::Attributes;
use crate::post::{Block, BlockQuote, Cell, Figure, List, Paragraph, Table, Text};

use super::text::part_of;
use super::urls::Urls;
use super::{figure, list, table};

/// An open element that collects blocks.
pub(super) struct Frame<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) blocks: Vec<Block<'a>>,
    /// Whether the caption of the last block has grown since its credit was looked for.
    has_new_caption: bool,
}

pub(super) enum Kind<'a> {
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
    /// An element that its class makes the caption of the figure before.
    CaptionBelow,
    Pre {
        is_code: bool,
        language: Option<Cow<'a, str>>,
    },
}

impl Kind<'_> {
    /// Whether the text inside becomes one text without borders.
    pub(super) fn is_caption(&self) -> bool {
        matches!(self, Self::Term | Self::TableCaption | Self::Caption | Self::CaptionBelow)
    }

    /// Whether it may hold blocks that hold blocks, and hands over all that it holds when it closes.
    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::Quote | Self::List(_) | Self::Table(_) | Self::Figure)
    }

    /// Whether the borders of blocks inside are line breaks in one text.
    pub(super) fn is_one_text(&self) -> bool {
        self.is_caption() || matches!(self, Self::Pre { .. })
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(kind: Kind<'a>) -> Self {
        // Nearly all figures are a picture and a caption.
        let usual = if matches!(kind, Kind::Figure) { 2 } else { 0 };
        Self { kind, blocks: Vec::with_capacity(usual), has_new_caption: false }
    }

    /// That of the body, with room for so many blocks.
    pub(super) fn root(blocks: usize) -> Self {
        Self { kind: Kind::Root, blocks: Vec::with_capacity(blocks), has_new_caption: false }
    }

    /// Adds a block that stands right in this element.
    pub(super) fn push(&mut self, block: Block<'a>) {
        self.find_credit();
        match &mut self.kind {
            Kind::List(_) | Kind::Table(_) | Kind::Row(_) | Kind::Figure => self.push_apart(block),
            _ => figure::place(&mut self.blocks, block),
        }
    }

    /// Adds a block that has nothing to do with the one before.
    fn push_apart(&mut self, block: Block<'a>) {
        match &mut self.kind {
            Kind::List(list) => list::add_stray(list, block),
            Kind::Table(table) => table::add_stray(&mut table.rows, block),
            Kind::Row(cells) => add(cells, Cell { blocks: vec![block], ..Cell::default() }),
            _ => add(&mut self.blocks, block),
        }
    }

    /// Adds a text to the caption of the figure that comes last, if one does. Its credit is looked for once no more can come.
    fn add_caption(&mut self, text: Text<'a>) {
        if let Some(text) = figure::add_caption(&mut self.blocks, text) {
            self.push(Block::Paragraph(Paragraph::new(text)));
        } else {
            self.has_new_caption = true;
        }
    }

    /// Looks for the credit of the last figure, if its caption has grown.
    pub(super) fn find_credit(&mut self) {
        if self.has_new_caption {
            self.has_new_caption = false;
            figure::find_credit(&mut self.blocks);
        }
    }

    /// Whether the last thing in this element is something to look at or to play.
    pub(super) fn is_after_figure(&self) -> bool {
        matches!(self.blocks.last(), Some(Block::Figure(figure)) if !figure.media.is_empty())
    }

    fn extend(&mut self, blocks: Vec<Block<'a>>) {
        for block in blocks {
            self.push(block);
        }
    }

    /// Hands over what this element comes to. `caption` is the text of one that is a caption.
    pub(super) fn close_into(mut self, parent: &mut Self, caption: Option<Text<'a>>, urls: &Urls<'_>) {
        self.find_credit();
        let Self { kind, mut blocks, has_new_caption: _ } = self;
        match kind {
            Kind::Root => parent.extend(blocks),
            Kind::Quote if blocks.is_empty() => {}
            Kind::Quote => parent.push(Block::BlockQuote(BlockQuote::new(blocks))),
            Kind::List(list) => list::close(list).into_iter().for_each(|block| parent.push(block)),
            Kind::Table(table) => parent.extend(table::close(table)),
            Kind::Figure => close_figure(figure::group(blocks), parent),
            Kind::Caption => {
                parent.extend(blocks);
                if let Some(caption) = caption {
                    parent.push(Block::Figure(figure::new(Vec::new(), Some(caption))));
                }
            }
            Kind::CaptionBelow => {
                parent.extend(blocks);
                if let Some(text) = caption {
                    parent.add_caption(text);
                }
            }
            Kind::Pre { is_code, language } => {
                describe(&mut blocks, is_code, language, urls);
                parent.extend(blocks);
            }
            Kind::Item | Kind::Term | Kind::Description => close_item(&kind, blocks, caption, parent),
            Kind::TableCaption | Kind::Row(_) | Kind::Cell(_) => {
                close_in_table(kind, blocks, caption, parent);
            }
        }
    }
}

/// Adds something to a list that stays in the post.
///
/// `Vec::push` makes room for four, then for twice as many. Most lists of a post have one or two entries, and a post
/// has many of them: here they have room for a quarter more at most, or for two of the small ones.
pub(super) fn add<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        let least = if size_of::<T>() < size_of::<Block<'_>>() / 2 { 2 } else { 1 };
        list.reserve_exact(least.max(list.len() / 4));
    }
    list.push(item);
}

/// Says of the texts of a `<pre>`, which images may have cut into several, what its tags say.
fn describe<'a>(blocks: &mut [Block<'a>], is_code: bool, language: Option<Cow<'a, str>>, urls: &Urls<'_>) {
    let mut texts = blocks.iter_mut().filter_map(|block| match block {
        Block::Preformatted(text) => Some(text),
        _ => None,
    });
    let first = texts.next();
    for text in texts {
        text.is_code = is_code;
        text.language = language.as_ref().and_then(|language| urls.copy(language));
    }
    if let Some(text) = first {
        text.is_code = is_code;
        text.language = language;
    }
}

fn close_figure<'a>(mut blocks: Vec<Block<'a>>, parent: &mut Frame<'a>) {
    if let [Block::Figure(alone)] = &mut blocks[..] {
        let alone: Figure<'a> = std::mem::take(alone);
        if let Some(figure) = figure::adopt(parent.blocks.last_mut(), alone) {
            parent.push(Block::Figure(figure));
        }
    } else {
        // A caption among them is that of something here.
        for block in blocks {
            parent.push_apart(block);
        }
    }
}

/// Items are opened right in lists only, and so close there.
fn close_item<'a>(kind: &Kind<'a>, blocks: Vec<Block<'a>>, term: Option<Text<'a>>, parent: &mut Frame<'a>) {
    let Kind::List(list) = &mut parent.kind else { return parent.extend(blocks) };
    match kind {
        Kind::Term => list::add_term(list, term, blocks),
        Kind::Description => list::add_description(list, blocks),
        _ => list::add_item(list, blocks),
    }
}

/// Captions and rows are opened right in tables only, cells right in rows, and so they close there.
fn close_in_table<'a>(
    kind: Kind<'a>,
    blocks: Vec<Block<'a>>,
    caption: Option<Text<'a>>,
    parent: &mut Frame<'a>,
) {
    match (kind, &mut parent.kind) {
        (Kind::TableCaption, Kind::Table(table)) => {
            for block in blocks {
                table::add_stray(&mut table.rows, block);
            }
            match &table.caption {
                None => table.caption = caption,
                // A second caption is one of something else.
                Some(_) => caption.into_iter().for_each(|text| {
                    let alone = figure::new(Vec::new(), Some(text));
                    table::add_stray(&mut table.rows, Block::Figure(alone));
                }),
            }
        }
        (Kind::Row(cells), Kind::Table(table)) if !cells.is_empty() => add(&mut table.rows, cells),
        (Kind::Cell(cell), Kind::Row(cells)) => add(cells, Cell { blocks, ..cell }),
        _ => parent.extend(blocks),
    }
}

/// The language that a class such as `language-rust` or `lang-rust` names.
pub(super) fn language<'a>(attrs: &Attributes<'a>) -> Option<Cow<'a, str>> {
    let class = attrs.get("class")?;
    let name = class
        .split_ascii_whitespace()
        .find_map(|name| name.strip_prefix("language-").or_else(|| name.strip_prefix("lang-")))
        .filter(|name| !name.is_empty())?;
    Some(part_of(&class, name))
}
