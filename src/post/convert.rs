//! Each kind of block as a block, and each kind of medium as a medium.

use super::block::{Block, BlockQuote, List, Table};
use super::figure::{Audio, Embed, Figure, Image, Media, Video};
use super::leaf::{Heading, Paragraph, Preformatted, ThematicBreak};

/// Makes the whole from each of its kinds, which are variants of the same names.
macro_rules! from_kinds {
    ($whole:ident: $($kind:ident),+) => {
        $(impl<'a> From<$kind<'a>> for $whole<'a> {
            fn from(kind: $kind<'a>) -> Self {
                Self::$kind(kind)
            }
        })+
    };
}

from_kinds!(Block: Paragraph, Heading, Figure, List, BlockQuote, Table, Preformatted);
from_kinds!(Media: Image, Video, Audio, Embed);

impl From<ThematicBreak> for Block<'_> {
    fn from(thematic_break: ThematicBreak) -> Self {
        Self::ThematicBreak(thematic_break)
    }
}
