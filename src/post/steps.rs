//! The blocks of an article as a sequence, with the beginnings and ends of what holds them. There is no
//! recursion: a model made by hand may be deep.

use std::slice::Iter;

use super::block::{Block, Cell, Item, List, ListKind, Table};
use super::leaf::Paragraph;

/// What comes next on the way: see [`Post::steps`](super::Post::steps).
#[derive(Debug, Clone, Copy)]
pub enum Step<'p, 'a> {
    /// A block that holds no others.
    Leaf(&'p Block<'a>),
    /// The beginning of something that holds blocks.
    Start(Container<'p, 'a>),
    /// The end of it.
    End(Container<'p, 'a>),
}

/// Something that holds blocks, or the parts of a list or a table.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Container<'p, 'a> {
    /// A quotation.
    BlockQuote,
    /// A list: its items follow.
    List(&'p List<'a>),
    /// An item of a list that is not a description list.
    #[non_exhaustive]
    Item {
        /// The list.
        list: &'p List<'a>,
        /// The item.
        item: &'p Item<'a>,
        /// Its number, as browsers count.
        number: i32,
    },
    /// An item of a description list: its term and its description follow, as far as it has them.
    DescriptionItem(&'p Item<'a>),
    /// The term of an item of a description list.
    Term(&'p [Block<'a>]),
    /// The description of an item of a description list.
    Description(&'p [Block<'a>]),
    /// A table: its rows follow.
    Table(&'p Table<'a>),
    /// A row of a table: its cells follow.
    #[non_exhaustive]
    Row {
        /// The table.
        table: &'p Table<'a>,
        /// The index of the row.
        index: usize,
    },
    /// A cell of a table.
    Cell(&'p Cell<'a>),
}

/// The steps through some blocks: see [`Post::steps`](super::Post::steps).
#[derive(Debug, Clone)]
pub struct Steps<'p, 'a> {
    /// The open containers, each with what is still to come of it. The outermost is the article itself.
    levels: Vec<(Option<Container<'p, 'a>>, Rest<'p, 'a>)>,
}

/// Blocks side by side, and how many of them have been passed.
type Blocks<'p, 'a> = (&'p [Block<'a>], usize);

/// What is left of a container.
#[derive(Debug, Clone)]
enum Rest<'p, 'a> {
    Blocks(Blocks<'p, 'a>),
    /// Items of a list, with the number of the next one unless it states another.
    Items(&'p List<'a>, Iter<'p, Item<'a>>, i32),
    /// A term and a description.
    Description(Option<&'p [Block<'a>]>, Option<&'p [Block<'a>]>),
    /// Rows of a table from this index on.
    Rows(&'p Table<'a>, usize),
    Cells(Iter<'p, Cell<'a>>),
}

impl<'p, 'a> Steps<'p, 'a> {
    /// The steps through these blocks.
    pub fn new(blocks: &'p [Block<'a>]) -> Self {
        Self { levels: vec![(None, Rest::Blocks((blocks, 0)))] }
    }

    /// Takes what is left of the innermost container that is open, with its end, out of these steps, and
    /// returns it as steps of its own. With no container open, that is all that is left.
    ///
    /// So a renderer writes a container that has just begun in a way of its own, or leaves it out:
    ///
    /// ```
    /// use offprint::{Container, Step};
    ///
    /// let post = offprint::Post::parse("<p>a<table><tr><th>b<th>c<tr><td>d<td>e</table><p>f")?;
    /// let mut steps = post.steps();
    /// let mut leaves = 0;
    /// while let Some(step) = steps.next() {
    ///     match step {
    ///         Step::Start(Container::Table(_)) => drop(steps.take_container()),
    ///         Step::Leaf(_) => leaves += 1,
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(leaves, 2);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn take_container(&mut self) -> Self {
        Self { levels: self.levels.pop().into_iter().collect() }
    }

    /// How many containers are open, the article counted as one.
    pub fn depth(&self) -> usize {
        self.levels.len()
    }

    /// The blocks before and after the block that the last step was or ended, among the blocks of the same
    /// container.
    pub fn neighbours(&self) -> (Option<&'p Block<'a>>, Option<&'p Block<'a>>) {
        match self.levels.last() {
            Some((_, Rest::Blocks((blocks, next)))) => {
                (next.checked_sub(2).map(|before| &blocks[before]), blocks.get(*next))
            }
            Some((_, Rest::Items(..) | Rest::Description(..) | Rest::Rows(..) | Rest::Cells(_))) | None => {
                (None, None)
            }
        }
    }

    fn start(&mut self, container: Container<'p, 'a>, rest: Rest<'p, 'a>) -> Step<'p, 'a> {
        self.levels.push((Some(container), rest));
        Step::Start(container)
    }

    fn block(&mut self, block: &'p Block<'a>) -> Step<'p, 'a> {
        match block {
            Block::BlockQuote(quote) => self.start(Container::BlockQuote, Rest::Blocks((&quote.blocks, 0))),
            Block::List(list) => {
                let rest = Rest::Items(list, list.items.iter(), list.first_number());
                self.start(Container::List(list), rest)
            }
            Block::Table(table) => self.start(Container::Table(table), Rest::Rows(table, 0)),
            Block::Paragraph(_)
            | Block::Heading(_)
            | Block::Figure(_)
            | Block::Preformatted(_)
            | Block::ThematicBreak(_) => Step::Leaf(block),
        }
    }

    fn description_item(&mut self, item: &'p Item<'a>) -> Step<'p, 'a> {
        let blocks = &item.blocks[..];
        let (term, description) = match blocks.split_first() {
            // There is no term.
            Some((Block::Paragraph(term), description)) if *term == Paragraph::default() => {
                (&[][..], description)
            }
            Some((Block::Paragraph(_) | Block::Figure(_), _)) => blocks.split_at(1),
            // Only a text or something to look at can be a term.
            Some((
                Block::Heading(_)
                | Block::List(_)
                | Block::BlockQuote(_)
                | Block::Table(_)
                | Block::Preformatted(_)
                | Block::ThematicBreak(_),
                _,
            ))
            | None => blocks.split_at(0),
        };
        let shown = |blocks: &'p [Block<'a>]| (!blocks.is_empty()).then_some(blocks);
        self.start(Container::DescriptionItem(item), Rest::Description(shown(term), shown(description)))
    }
}

impl<'p, 'a> Iterator for Steps<'p, 'a> {
    type Item = Step<'p, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Step<'p, 'a>> {
        // Most steps are a leaf after a leaf.
        if let Some((_, Rest::Blocks((blocks, next)))) = self.levels.last_mut() {
            if let Some(block) = blocks.get(*next).filter(|block| !block.holds_blocks()) {
                *next += 1;
                return Some(Step::Leaf(block));
            }
        }
        self.next_part()
    }
}

impl<'p, 'a> Steps<'p, 'a> {
    /// The next step, whatever it is.
    #[inline(never)]
    fn next_part(&mut self) -> Option<Step<'p, 'a>> {
        let (_, rest) = self.levels.last_mut()?;
        match rest {
            Rest::Blocks((blocks, next)) => {
                let blocks: &'p [Block<'a>] = blocks;
                if let Some(block) = blocks.get(*next) {
                    *next += 1;
                    return Some(self.block(block));
                }
            }
            Rest::Items(list, items, next) => {
                if let Some(item) = items.next() {
                    let list: &'p List<'a> = list;
                    let number = item.count(next);
                    if list.kind == ListKind::Description {
                        return Some(self.description_item(item));
                    }
                    let rest = Rest::Blocks((&item.blocks, 0));
                    return Some(self.start(Container::Item { list, item, number }, rest));
                }
            }
            Rest::Description(term, description) => {
                if let Some(term) = term.take() {
                    return Some(self.start(Container::Term(term), Rest::Blocks((term, 0))));
                }
                if let Some(blocks) = description.take() {
                    return Some(self.start(Container::Description(blocks), Rest::Blocks((blocks, 0))));
                }
            }
            Rest::Rows(table, next) => {
                let table: &'p Table<'a> = table;
                if let Some(row) = table.rows.get(*next) {
                    let index = *next;
                    *next += 1;
                    return Some(self.start(Container::Row { table, index }, Rest::Cells(row.iter())));
                }
            }
            Rest::Cells(cells) => {
                if let Some(cell) = cells.next() {
                    return Some(self.start(Container::Cell(cell), Rest::Blocks((&cell.blocks, 0))));
                }
            }
        }
        let (container, _) = self.levels.pop()?;
        container.map(Step::End)
    }
}
