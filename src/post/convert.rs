//! Each kind of block as a block.

use super::block::{Block, BlockQuote, List, Table};
use super::figure::Figure;
use super::leaf::{Heading, Paragraph, Preformatted, ThematicBreak};

impl<'a> From<Paragraph<'a>> for Block<'a> {
    fn from(paragraph: Paragraph<'a>) -> Self {
        Self::Paragraph(paragraph)
    }
}

impl<'a> From<Heading<'a>> for Block<'a> {
    fn from(heading: Heading<'a>) -> Self {
        Self::Heading(heading)
    }
}

impl<'a> From<Figure<'a>> for Block<'a> {
    fn from(figure: Figure<'a>) -> Self {
        Self::Figure(figure)
    }
}

impl<'a> From<List<'a>> for Block<'a> {
    fn from(list: List<'a>) -> Self {
        Self::List(list)
    }
}

impl<'a> From<BlockQuote<'a>> for Block<'a> {
    fn from(quote: BlockQuote<'a>) -> Self {
        Self::BlockQuote(quote)
    }
}

impl<'a> From<Table<'a>> for Block<'a> {
    fn from(table: Table<'a>) -> Self {
        Self::Table(table)
    }
}

impl<'a> From<Preformatted<'a>> for Block<'a> {
    fn from(preformatted: Preformatted<'a>) -> Self {
        Self::Preformatted(preformatted)
    }
}

impl From<ThematicBreak> for Block<'_> {
    fn from(thematic_break: ThematicBreak) -> Self {
        Self::ThematicBreak(thematic_break)
    }
}
