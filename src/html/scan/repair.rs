//! Formatting elements that do not end where they should.
//!
//! The standard has two rules for them, and both are kept in passes of their own, since few posts need them.
//!
//! - One that is closed by something else opens again before the next text (*reconstruction*): `<p><b>1</p>2` is read as
//!   `<p><b>1</b></p><b>2</b>`.
//! - A block that begins in one and is open when that ends is taken out of it, and gets one of its own (the *adoption
//!   agency*): `<a>1<div>2</a>3</div>` is read as `<a>1</a><div><a>2</a>3</div>`. A link that begins in another ends that
//!   one, too. When this shows, the block has long been sent. So the scanner takes note of it, goes on to find the
//!   others, and then goes through the source once more: now it knows of each such block when it comes.

use super::{Bail, Scanner};
use crate::html::event::{EventSink, Tag};

/// What repairs have to know. The places are those of start tags in the source.
#[derive(Default)]
pub(super) struct Repairs {
    /// The tag that was read last.
    pub(super) tag_start: usize,
    /// The open elements; what goes beyond their number has been closed.
    starts: Vec<usize>,
    /// The blocks to be taken out of formatting elements, as the pass before has found them.
    known: Partings,
    /// Those that this pass finds.
    found: Partings,
    /// The formatting elements that open again before the next text, the outermost first.
    pending: Vec<Pending>,
    /// How many have been opened again.
    reopened: usize,
    /// Whether more elements of a kind were open at one time than the standard opens again.
    is_crowded: bool,
}

/// Blocks to be taken out of the formatting elements that they begin in, in the order of the source.
#[derive(Default)]
pub(super) struct Partings {
    list: Vec<Parting>,
    /// How many have been carried out.
    done: usize,
}

#[derive(Clone, Copy)]
struct Parting {
    block: usize,
    formatting: usize,
}

#[derive(Clone, Copy)]
struct Pending {
    tag: Tag,
    start: usize,
}

/// How many blocks in each other the standard takes out of one element. It goes on for one more round, to end that.
const MOST_BLOCKS: usize = 7;

/// How many elements of a kind the standard opens again, if they have the same attributes.
const MOST_ALIKE: usize = 3;

/// How many bytes of source there are for each element that opens again: a tree has fewer nodes than bytes at any rate,
/// or the reference refuses it.
const BYTES_REOPENED: usize = 8;

impl Partings {
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn next(&self) -> Option<Parting> {
        self.list.get(self.done).copied()
    }
}

impl Repairs {
    pub(super) fn new(known: Partings) -> Self {
        Self { known, ..Self::default() }
    }

    pub(super) fn take_found(&mut self) -> Partings {
        std::mem::take(&mut self.found)
    }

    /// How many elements open again before the next text.
    pub(super) fn pending_count(&self) -> usize {
        self.pending.len()
    }

    /// The end of a cell, in which other elements are pending than around it.
    pub(super) fn forget_pending(&mut self) {
        self.pending.clear();
    }

    /// Whether an element was pending, and now is not.
    pub(super) fn remove_pending(&mut self, tag: Tag) -> bool {
        let place = self.pending.iter().rposition(|pending| pending.tag == tag);
        place.map(|place| self.pending.remove(place)).is_some()
    }

    /// Whether the block whose start tag was read last is to be taken out of a formatting element.
    fn is_apart(&self) -> bool {
        self.known.next().is_some_and(|next| next.block == self.tag_start)
    }
}

impl<'a, S: EventSink<'a>, const REPAIRS: bool> Scanner<'a, '_, S, REPAIRS> {
    #[inline]
    pub(super) fn has_pending(&self) -> bool {
        REPAIRS && !self.repairs.pending.is_empty()
    }

    #[inline]
    pub(super) fn is_apart(&self) -> bool {
        REPAIRS && self.repairs.is_apart()
    }

    /// Takes note of the element that was opened last.
    #[inline]
    pub(super) fn note_open(&mut self, tag: Tag) {
        if REPAIRS {
            let place = self.open.len() - 1;
            self.repairs.starts.truncate(place);
            self.repairs.starts.push(self.repairs.tag_start);
            if tag.is_formatting() {
                let alike = self.open.tags_from(0).filter(|other| *other == tag).count();
                self.repairs.is_crowded |= alike > MOST_ALIKE;
            }
        }
    }

    /// Opens what is pending, before a text.
    #[inline]
    pub(super) fn reconstruct(&mut self) -> Result<(), Bail> {
        // White space between the cells of a table opens nothing, and other text cannot be there.
        if self.has_pending() && !self.open.mode().is_between_cells() { self.reopen() } else { Ok(()) }
    }

    /// Opens what is pending, before the element of the start tag that was read last.
    pub(super) fn reconstruct_before_tag(&mut self) -> Result<(), Bail> {
        if self.has_pending() {
            let start = self.repairs.tag_start;
            self.reopen()?;
            self.at = start;
            self.read_tag(1);
        }
        Ok(())
    }

    #[cold]
    fn reopen(&mut self) -> Result<(), Bail> {
        let pending = std::mem::take(&mut self.repairs.pending);
        self.repairs.reopened += pending.len();
        if self.repairs.reopened > self.html.len() / BYTES_REOPENED {
            return Err(Bail::Formatting);
        }
        for Pending { tag, start } in pending {
            self.open_again(tag, start);
        }
        Ok(())
    }

    /// Opens an element whose start tag has been read before.
    fn open_again(&mut self, tag: Tag, start: usize) {
        let behind = std::mem::replace(&mut self.at, start);
        self.read_tag(1);
        self.at = behind;
        self.open_element(tag);
    }

    /// The formatting elements from a place on are about to be closed by something else.
    pub(super) fn set_aside(&mut self, place: usize) -> Result<(), Bail> {
        let starts = &self.repairs.starts[place..];
        let formatting = self.open.tags_from(place).zip(starts).filter(|(tag, _)| tag.is_formatting());
        let pending: Vec<Pending> = formatting.map(|(tag, &start)| Pending { tag, start }).collect();
        if pending.is_empty() {
            return Ok(());
        }
        self.repairs.pending.splice(..0, pending);
        let pending = &self.repairs.pending;
        let alike = |one: &Pending| pending.iter().filter(|other| other.tag == one.tag).count();
        if self.repairs.is_crowded || pending.iter().any(|one| alike(one) > MOST_ALIKE) {
            return Err(Bail::Formatting);
        }
        Ok(())
    }

    /// The end of the formatting element at a place, in which so many blocks are open, each in the one before.
    pub(super) fn take_out_blocks(&mut self, place: usize, count: usize) -> Result<(), Bail> {
        if !REPAIRS {
            return Err(Bail::Formatting);
        }
        self.note_partings(place, count)?;
        self.pop_to(place + 1 + count)?;
        // As far as the rest of this pass goes, the blocks are outside already.
        self.sink.close(self.open.tag_at(place));
        self.open.remove_formatting(place);
        self.repairs.starts.remove(place);
        Ok(())
    }

    /// Takes note of the blocks in the formatting element at a place.
    fn note_partings(&mut self, place: usize, count: usize) -> Result<(), Bail> {
        // A line feed behind `<pre>` would have to be looked for behind the formatting element.
        let is_block = |tag: Tag| tag.is_special() && !matches!(tag, Tag::Pre | Tag::Listing);
        let are_blocks = self.open.tags_from(place + 1).take(count).all(is_block);
        let Repairs { starts, found, is_crowded, .. } = &mut self.repairs;
        let (formatting, blocks) = (starts[place], &starts[place + 1..][..count]);
        let are_new = found.list.last().is_none_or(|last| last.block < blocks[0]);
        if *is_crowded || count > MOST_BLOCKS || !are_blocks || !are_new {
            return Err(Bail::Formatting);
        }
        found.list.extend(blocks.iter().map(|&block| Parting { block, formatting }));
        Ok(())
    }

    /// Opens the element of the start tag that was read last outside the formatting element that it stands in, and that
    /// again inside.
    #[cold]
    pub(super) fn open_apart(&mut self, tag: Tag) -> Result<(), Bail> {
        let place = self.open.len() - 1;
        let formatting = self.open.current();
        let start = self.repairs.starts[place];
        if self.repairs.known.next().is_none_or(|next| next.formatting != start) {
            return Err(Bail::Formatting);
        }
        self.repairs.known.done += 1;
        self.close_current();
        self.open_element(tag);
        self.open_again(formatting, start);
        Ok(())
    }
}
