//! Through the blocks of an article, from one end to the other, without recursion: the depth is the input's.

use std::slice::Iter;

use crate::post::{Block, Cell, List, ListKind, Table};

/// What comes next on the way.
pub(super) enum Step<'p, 'a> {
    /// A block that holds no others.
    Leaf(&'p Block<'a>),
    Open(Part<'p, 'a>),
    Close(Part<'p, 'a>),
}

/// Something that holds blocks.
#[derive(Clone, Copy)]
pub(super) enum Part<'p, 'a> {
    Quote,
    List(&'p List<'a>),
    /// An item of a list that is no description list, with its index.
    Item(&'p List<'a>, usize),
    /// An item of a description list: a term or a description or both.
    Group,
    Term(&'p [Block<'a>]),
    Description(&'p [Block<'a>]),
    Table(&'p Table<'a>),
    /// A row, with its index.
    Row(&'p Table<'a>, usize),
    Cell(&'p Cell<'a>),
}

/// The way through some blocks.
pub(super) struct Walk<'p, 'a> {
    /// What is open, with what is left of it. The outermost is the article itself.
    levels: Vec<(Option<Part<'p, 'a>>, Rest<'p, 'a>)>,
}

/// Blocks that stand side by side, and how many of them have been passed.
type Blocks<'p, 'a> = (&'p [Block<'a>], usize);

enum Rest<'p, 'a> {
    Blocks(Blocks<'p, 'a>),
    Items(&'p List<'a>, usize),
    /// What is left of the item of a description list.
    Group(Option<&'p [Block<'a>]>, Option<&'p [Block<'a>]>),
    Rows(&'p Table<'a>, usize),
    Cells(Iter<'p, Cell<'a>>),
}

impl<'p, 'a> Walk<'p, 'a> {
    pub(super) fn new(blocks: &'p [Block<'a>]) -> Self {
        Self { levels: vec![(None, Rest::Blocks((blocks, 0)))] }
    }

    /// Leaves out the part that has just been opened, of which not even the end comes then. Returns the way through it.
    pub(super) fn split_off(&mut self) -> Self {
        Self { levels: self.levels.pop().into_iter().collect() }
    }

    /// How many parts are open.
    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// The block before the last leaf, and the block after it, if they stand side by side with it.
    pub(super) fn neighbours(&self) -> (Option<&'p Block<'a>>, Option<&'p Block<'a>>) {
        match self.levels.last() {
            Some((_, Rest::Blocks((blocks, next)))) => {
                (next.checked_sub(2).map(|before| &blocks[before]), blocks.get(*next))
            }
            _ => (None, None),
        }
    }

    fn open(&mut self, part: Part<'p, 'a>, rest: Rest<'p, 'a>) -> Step<'p, 'a> {
        self.levels.push((Some(part), rest));
        Step::Open(part)
    }

    fn block(&mut self, block: &'p Block<'a>) -> Step<'p, 'a> {
        match block {
            Block::BlockQuote(blocks) => self.open(Part::Quote, Rest::Blocks((blocks, 0))),
            Block::List(list) => self.open(Part::List(list), Rest::Items(list, 0)),
            Block::Table(table) => self.open(Part::Table(table), Rest::Rows(table, 0)),
            _ => Step::Leaf(block),
        }
    }

    fn item(&mut self, list: &'p List<'a>, index: usize) -> Step<'p, 'a> {
        let item = &list.items[index];
        if list.kind != ListKind::Description {
            return self.open(Part::Item(list, index), Rest::Blocks((item, 0)));
        }
        let (term, description) = match item.split_first() {
            // There is no term.
            Some((Block::Paragraph(term), description)) if term.text.is_empty() => (&[][..], description),
            Some((Block::Paragraph(_) | Block::Figure(_), _)) => item.split_at(1),
            // What is neither a text nor something to look at is no term.
            _ => item.split_at(0),
        };
        let shown = |blocks: &'p [Block<'a>]| (!blocks.is_empty()).then_some(blocks);
        self.open(Part::Group, Rest::Group(shown(term), shown(description)))
    }
}

impl<'p, 'a> Iterator for Walk<'p, 'a> {
    type Item = Step<'p, 'a>;

    fn next(&mut self) -> Option<Step<'p, 'a>> {
        let (_, rest) = self.levels.last_mut()?;
        match rest {
            Rest::Blocks((blocks, next)) => {
                let blocks: &'p [Block<'a>] = blocks;
                if let Some(block) = blocks.get(*next) {
                    *next += 1;
                    return Some(self.block(block));
                }
            }
            Rest::Items(list, next) if *next < list.items.len() => {
                let (list, index) = (*list, *next);
                *next += 1;
                return Some(self.item(list, index));
            }
            Rest::Group(term, description) => {
                if let Some(term) = term.take() {
                    return Some(self.open(Part::Term(term), Rest::Blocks((term, 0))));
                }
                if let Some(blocks) = description.take() {
                    return Some(self.open(Part::Description(blocks), Rest::Blocks((blocks, 0))));
                }
            }
            Rest::Rows(table, next) if *next < table.rows.len() => {
                let (table, index) = (*table, *next);
                *next += 1;
                let cells = table.rows[index].iter();
                return Some(self.open(Part::Row(table, index), Rest::Cells(cells)));
            }
            Rest::Cells(cells) => {
                if let Some(cell) = cells.next() {
                    return Some(self.open(Part::Cell(cell), Rest::Blocks((&cell.blocks, 0))));
                }
            }
            Rest::Items(..) | Rest::Rows(..) => {}
        }
        let (part, _) = self.levels.pop()?;
        part.map(Step::Close)
    }
}

/// The number of an item.
pub(super) fn number(list: &List<'_>, index: usize) -> i64 {
    i64::from(list.start.unwrap_or(1)).saturating_add(i64::try_from(index).unwrap_or(i64::MAX))
}
