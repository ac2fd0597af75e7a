//! Where texts run to: from left to right, or from right to left.

use super::builder::BlockBuilder;
use super::effect::{Directed, Effect};
use super::marks::leave_to_block;
use crate::post::{Direction, Mark, MarkKind, Text};

impl<'a> BlockBuilder<'a, '_> {
    /// Makes texts run where the element says that was opened last; `None` if that is for each text to tell.
    ///
    /// Texts run from left to right if nothing is said, so that this is not worth a word.
    pub(super) fn set_direction(&mut self, said: Option<Direction>) {
        let around = self.direction;
        let direction = said.filter(|said| *said == Direction::RightToLeft || around.is_some());
        let (false, true, Some(effect)) = (self.is_hidden(), direction != around, self.effects.last_mut())
        else {
            return;
        };
        let effect = std::mem::replace(effect, Effect::Directed);
        let is_inline = matches!(effect, Effect::Nothing | Effect::Mark);
        let mark = direction.filter(|_| is_inline).map(MarkKind::bidi);
        let has_mark = mark.is_some_and(|mark| self.inline.open_mark(mark));
        self.direction = direction;
        self.directed.push(Directed { effect, around, has_mark });
    }

    /// What a block says of its direction. Nothing is around it in the model, and it runs from left to right
    /// if it says nothing.
    fn block_direction(&self) -> Option<Direction> {
        self.direction.filter(|direction| *direction == Direction::RightToLeft)
    }

    /// The direction that the block of a text says, or a mark around the text. The text does not say it too.
    #[inline]
    pub(super) fn direction_beside(&self, text: &mut Text<'a>) -> Option<Direction> {
        let direction = self.block_direction()?;
        leave_to_block(text, direction);
        Some(direction)
    }

    pub(super) fn leave_direction(&mut self) {
        let Some(Directed { effect, around, has_mark }) = self.directed.pop() else { return };
        if has_mark {
            self.inline.close_mark();
        }
        self.undo(effect);
        self.direction = around;
    }

    /// A text that has no place for its direction but a mark.
    pub(super) fn directed(&self, mut text: Text<'a>) -> Text<'a> {
        if let Some(direction) = self.direction_beside(&mut text) {
            text.marks.insert(0, Mark { start: 0, end: text.text.len(), kind: MarkKind::bidi(direction) });
        }
        text
    }
}
