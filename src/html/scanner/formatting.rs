//! Formatting elements that do not end where they should: what a pass of the scanner knows of them.
//!
//! The standard has two rules for them. Few posts need either, so the first pass is [`Strict`]: it declines
//! where one of the rules would apply, and pays for neither. [`Repairing`] passes follow them:
//!
//! - A formatting element that something else closes is
//!   [reconstructed](https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements): it
//!   opens again before the next text. `<p><b>1</p>2` is read as `<p><b>1</b></p><b>2</b>`.
//! - A block that begins in a formatting element and is open when that ends is taken out of it, and gets one
//!   of its own, by the [adoption
//!   agency](https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm):
//!   `<a>1<div>2</a>3</div>` is read as `<a>1</a><div><a>2</a>3</div>`. A link that begins in another ends
//!   that one, too. When this shows, the block has long been sent. So the pass notes the block (the
//!   standard's *furthest block*, and those around it), goes on to find others, and the scanner goes through
//!   the source once more: now it knows of each such block when it comes.

use super::stack::OpenElements;
use crate::engine::Decline;
use crate::html::left_out::copied_bytes;
use crate::html::tag::Tag;

/// How many blocks in each other the standard takes out of one element: eight rounds, the last of which ends
/// that.
const MOST_BLOCKS: usize = 7;

/// How many elements with the same name and attributes may be active: the standard's
/// [Noah's Ark clause](https://html.spec.whatwg.org/multipage/parsing.html#push-onto-the-list-of-active-formatting-elements).
/// Here it is asked of those with the same name.
const MOST_ALIKE: usize = 3;

/// How many bytes of source there are at least for each element that opens again: the reference refuses a
/// tree of more nodes than bytes.
pub(super) const BYTES_REOPENED: usize = 8;

/// What a pass does about formatting elements. Indices are those of open elements; starts are byte offsets of
/// start tags.
pub(super) trait Formatting {
    /// Whether the pass need not know where a start tag without attributes is.
    const IGNORES_STARTS: bool;

    /// A tag that starts there is about to be read.
    fn note_tag(&mut self, start: usize);

    /// The element of the tag that was read last is the current one now.
    fn note_open(&mut self, open: &OpenElements<'_>, tag: Tag);

    /// The elements from `index` on are about to be closed by something else. The formatting elements among
    /// them will open again.
    fn set_aside(&mut self, open: &OpenElements<'_>, index: usize) -> Result<(), Decline>;

    /// How many elements open again before the next text.
    fn pending_count(&self) -> usize;

    /// Takes an element out of those that open again, if one has this tag.
    fn remove_pending(&mut self, tag: Tag) -> bool;

    /// The end of a cell, in which other elements are pending than around it.
    fn clear_pending(&mut self);

    /// Takes the elements that open again now, the outermost first, in a body of `body_bytes`.
    fn take_pending(&mut self, body_bytes: usize) -> Result<Vec<Pending>, Decline>;

    /// An element has opened again by a tag of `bytes` bytes, in a body of `body_bytes`.
    fn note_copy(&mut self, bytes: usize, body_bytes: usize) -> Result<(), Decline>;

    /// The formatting element at `index` is about to end, and the `count` elements after it are blocks that
    /// stay open.
    fn note_furthest_blocks(
        &mut self,
        open: &OpenElements<'_>,
        index: usize,
        count: usize,
    ) -> Result<(), Decline>;

    /// The element at `index` is no longer open; those after it are.
    fn remove(&mut self, index: usize);

    /// Whether the element of the tag that was read last is to be taken out of the formatting element around
    /// it.
    fn is_furthest_block(&self) -> bool;

    /// The start of the formatting element at `index`, out of which the element of the tag read last is
    /// taken.
    fn take_furthest_block(&mut self, index: usize) -> Result<usize, Decline>;

    /// The start of the tag that was read last, if the pass knows it.
    fn tag_start(&self) -> usize;
}

/// A formatting element that opens again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pending {
    pub(super) tag: Tag,
    /// Where its start tag is.
    pub(super) start: usize,
}

/// A pass that declines where formatting elements do not end as they should.
pub(super) struct Strict;

impl Formatting for Strict {
    const IGNORES_STARTS: bool = true;

    fn note_tag(&mut self, _start: usize) {}

    fn note_open(&mut self, _open: &OpenElements<'_>, _tag: Tag) {}

    fn set_aside(&mut self, open: &OpenElements<'_>, index: usize) -> Result<(), Decline> {
        if open.tags_from(index).any(Tag::is_formatting) { Err(Decline::Formatting) } else { Ok(()) }
    }

    fn pending_count(&self) -> usize {
        0
    }

    fn remove_pending(&mut self, _tag: Tag) -> bool {
        false
    }

    fn clear_pending(&mut self) {}

    fn take_pending(&mut self, _body_bytes: usize) -> Result<Vec<Pending>, Decline> {
        Ok(Vec::new())
    }

    fn note_copy(&mut self, _bytes: usize, _body_bytes: usize) -> Result<(), Decline> {
        Ok(())
    }

    fn note_furthest_blocks(
        &mut self,
        _open: &OpenElements<'_>,
        _index: usize,
        _count: usize,
    ) -> Result<(), Decline> {
        Err(Decline::Formatting)
    }

    fn remove(&mut self, _index: usize) {}

    fn is_furthest_block(&self) -> bool {
        false
    }

    fn take_furthest_block(&mut self, _index: usize) -> Result<usize, Decline> {
        Err(Decline::Formatting)
    }

    fn tag_start(&self) -> usize {
        0
    }
}

/// Blocks to be taken out of the formatting elements that they begin in, in the order of the source.
#[derive(Debug, Default)]
pub(super) struct FurthestBlocks {
    list: Vec<FurthestBlock>,
    /// How many have been taken out.
    done: usize,
}

/// Where a block and the formatting element around it start.
#[derive(Debug, Clone, Copy)]
struct FurthestBlock {
    block: usize,
    formatting: usize,
}

impl FurthestBlocks {
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn next(&self) -> Option<FurthestBlock> {
        self.list.get(self.done).copied()
    }
}

/// A pass that follows the standard's rules for formatting elements.
#[derive(Debug, Default)]
pub(super) struct Repairing {
    /// Where the tag that was read last starts.
    tag_start: usize,
    /// Where the open elements start; entries beyond their number are of elements that have been closed.
    starts: Vec<usize>,
    /// The blocks to be taken out, as the pass before has found them.
    known: FurthestBlocks,
    /// Those that this pass finds.
    found: FurthestBlocks,
    /// The formatting elements that open again before the next text, the outermost first.
    pending: Vec<Pending>,
    /// How many have been opened again, and how many bytes their tags have.
    reopened: usize,
    copied_bytes: usize,
    /// Whether the Noah's Ark clause may have dropped an element.
    exceeds_noahs_ark: bool,
}

impl Repairing {
    /// A pass that knows of these blocks.
    pub(super) fn new(known: FurthestBlocks) -> Self {
        Self { known, ..Self::default() }
    }

    /// The blocks that the next pass has to know.
    pub(super) fn into_found(self) -> FurthestBlocks {
        self.found
    }
}

impl Formatting for Repairing {
    const IGNORES_STARTS: bool = false;

    fn note_tag(&mut self, start: usize) {
        self.tag_start = start;
    }

    fn note_open(&mut self, open: &OpenElements<'_>, tag: Tag) {
        self.starts.truncate(open.len() - 1);
        self.starts.push(self.tag_start);
        if tag.is_formatting() {
            let alike = open.tags_from(0).filter(|other| *other == tag).count();
            self.exceeds_noahs_ark |= alike > MOST_ALIKE;
        }
    }

    fn set_aside(&mut self, open: &OpenElements<'_>, index: usize) -> Result<(), Decline> {
        let elements = open.tags_from(index).zip(&self.starts[index..]);
        let formatting = elements.filter(|(tag, _)| tag.is_formatting());
        let pending: Vec<Pending> = formatting.map(|(tag, &start)| Pending { tag, start }).collect();
        if pending.is_empty() {
            return Ok(());
        }
        self.pending.splice(..0, pending);
        // Pending elements were all open at once, so there are no more alike among them than were counted
        // then.
        if self.exceeds_noahs_ark { Err(Decline::Formatting) } else { Ok(()) }
    }

    fn pending_count(&self) -> usize {
        self.pending.len()
    }

    fn remove_pending(&mut self, tag: Tag) -> bool {
        let index = self.pending.iter().rposition(|pending| pending.tag == tag);
        index.map(|index| self.pending.remove(index)).is_some()
    }

    fn clear_pending(&mut self) {
        self.pending.clear();
    }

    fn take_pending(&mut self, body_bytes: usize) -> Result<Vec<Pending>, Decline> {
        let pending = std::mem::take(&mut self.pending);
        self.reopened += pending.len();
        if self.reopened > body_bytes / BYTES_REOPENED { Err(Decline::Formatting) } else { Ok(pending) }
    }

    fn note_copy(&mut self, bytes: usize, body_bytes: usize) -> Result<(), Decline> {
        self.copied_bytes += bytes;
        // The reference counts the values alone, decoded: that is never twice as much.
        if self.copied_bytes > copied_bytes(body_bytes) / 2 { Err(Decline::Formatting) } else { Ok(()) }
    }

    fn note_furthest_blocks(
        &mut self,
        open: &OpenElements<'_>,
        index: usize,
        count: usize,
    ) -> Result<(), Decline> {
        // A line feed after `<pre>` would have to be looked for after the formatting element.
        let is_block = |tag: Tag| tag.is_special() && !matches!(tag, Tag::Pre | Tag::Listing);
        let are_blocks = open.tags_from(index + 1).take(count).all(is_block);
        let (formatting, blocks) = (self.starts[index], &self.starts[index + 1..][..count]);
        let are_new = self.found.list.last().is_none_or(|last| last.block < blocks[0]);
        if self.exceeds_noahs_ark || count > MOST_BLOCKS || !are_blocks || !are_new {
            return Err(Decline::Formatting);
        }
        self.found.list.extend(blocks.iter().map(|&block| FurthestBlock { block, formatting }));
        Ok(())
    }

    fn remove(&mut self, index: usize) {
        self.starts.remove(index);
    }

    fn is_furthest_block(&self) -> bool {
        self.known.next().is_some_and(|next| next.block == self.tag_start)
    }

    fn take_furthest_block(&mut self, index: usize) -> Result<usize, Decline> {
        let start = self.starts[index];
        if self.known.next().is_none_or(|next| next.formatting != start) {
            return Err(Decline::Formatting);
        }
        self.known.done += 1;
        Ok(start)
    }

    fn tag_start(&self) -> usize {
        self.tag_start
    }
}
