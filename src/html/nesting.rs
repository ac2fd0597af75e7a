//! The elements that are open, for those who look at tags alone.

use super::tag::Tag;

/// How many open elements are kept without an allocation.
const KEPT: usize = 24;

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Tag,
    /// Where its start tag begins.
    start: usize,
}

/// The open elements, each in the one before.
///
/// An end tag closes the innermost element of its name with all that is in it, and no start tag closes
/// anything. The time is in proportion to the number of tags, whatever they are.
pub(crate) struct Nesting {
    kept: [Open; KEPT],
    /// Those inside the ones that are kept above.
    more: Vec<Open>,
    count: usize,
    /// How many are open of each tag.
    counts: [u32; Tag::COUNT],
}

impl Default for Nesting {
    fn default() -> Self {
        let nothing = Open { tag: Tag::Unknown, start: 0 };
        Self { kept: [nothing; KEPT], more: Vec::new(), count: 0, counts: [0; Tag::COUNT] }
    }
}

impl Nesting {
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn open(&mut self, tag: Tag, start: usize) {
        let open = Open { tag, start };
        match self.kept.get_mut(self.count) {
            Some(kept) => *kept = open,
            None => self.more.push(open),
        }
        self.count += 1;
        self.counts[tag as usize] += 1;
    }

    /// Closes the innermost element of this name with all that is in it. Does nothing without one.
    pub(crate) fn close(&mut self, tag: Tag) {
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

    pub(crate) fn innermost(&self) -> Option<Tag> {
        let open = self.more.last().or_else(|| self.kept[..self.count.min(KEPT)].last());
        open.map(|open| open.tag)
    }

    /// All that are open, from the outermost on, with the offsets of their start tags.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Tag, usize)> {
        let kept = &self.kept[..self.count.min(KEPT)];
        kept.iter().chain(&self.more).map(|open| (open.tag, open.start))
    }
}
