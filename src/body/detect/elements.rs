//! The elements that are open.

use crate::html::event::Tag;

/// How many open elements are kept without an allocation.
const KEPT: usize = 24;

/// How an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// With its start tag.
    Void,
    /// With its end tag.
    Tag,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) tag: Tag,
    /// Where its start tag begins.
    pub(super) start: usize,
}

/// The open elements, each in the one before.
pub(super) struct Elements {
    kept: [Open; KEPT],
    /// Those inside the ones that are kept above.
    more: Vec<Open>,
    count: usize,
    /// How many are open of each tag.
    counts: [u32; Tag::COUNT],
}

impl Default for Elements {
    fn default() -> Self {
        let nothing = Open { tag: Tag::Unknown, start: 0 };
        Self { kept: [nothing; KEPT], more: Vec::new(), count: 0, counts: [0; Tag::COUNT] }
    }
}

impl Elements {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn outermost(&self) -> Option<Open> {
        (self.count > 0).then_some(self.kept[0])
    }

    pub(super) fn open(&mut self, tag: Tag, start: usize) {
        let open = Open { tag, start };
        match self.kept.get_mut(self.count) {
            Some(kept) => *kept = open,
            None => self.more.push(open),
        }
        self.count += 1;
        self.counts[tag as usize] += 1;
    }

    /// Closes the innermost element of this name with all that is in it; nothing, if there is none.
    pub(super) fn close(&mut self, tag: Tag) {
        if self.counts[tag as usize] == 0 {
            return;
        }
        // Each element is passed once, because it is closed.
        while let Some(closed) = self.pop() {
            if closed == tag {
                break;
            }
        }
    }

    fn pop(&mut self) -> Option<Tag> {
        self.count = self.count.checked_sub(1)?;
        let open = self.more.pop().unwrap_or_else(|| self.kept[self.count.min(KEPT - 1)]);
        self.counts[open.tag as usize] -= 1;
        Some(open.tag)
    }

    /// Where the start tags of all that are open begin, in order.
    pub(super) fn starts(&self) -> Vec<usize> {
        let kept = &self.kept[..self.count.min(KEPT)];
        kept.iter().chain(&self.more).map(|open| open.start).collect()
    }
}
