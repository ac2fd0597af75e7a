//! Links that end in a block that began in them.
//!
//! The standard's adoption agency takes such a block out of the link, and gives what is in it a link of its own:
//! `<a>1<div>2</a>3</div>` is read as `<a>1</a><div><a>2</a>3</div>`, and so is one link that begins in another. When
//! that shows, the block has long been sent. So the scanner takes note of it, goes on to find the others, and then goes
//! through the source a second time: now it knows of each such block when it comes.

use super::{Bail, Scanner};
use crate::html::event::{EventSink, Tag};

/// Blocks to be taken out of the links that they begin in, in the order of the source.
#[derive(Default)]
pub(super) struct Partings {
    list: Vec<Parting>,
    /// How many have been carried out.
    done: usize,
}

#[derive(Clone, Copy)]
struct Parting {
    /// Where the start tag of the block stands.
    block: usize,
    /// And that of the link.
    link: usize,
}

/// How many blocks in each other the standard takes out of one link. It goes on for one more round, to end the link.
const MOST_BLOCKS: usize = 7;

impl Partings {
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether the next block has its start tag at this place.
    #[inline]
    pub(super) fn is_next(&self, start: usize) -> bool {
        self.list.get(self.done).is_some_and(|next| next.block == start)
    }
}

impl<'a, S: EventSink<'a>> Scanner<'a, '_, S> {
    /// The end of the innermost link, by its end tag or by another link.
    pub(super) fn end_of_link(&mut self) -> Result<(), Bail> {
        let Some(place) = self.open.find_formatting(Tag::A) else { return Ok(()) };
        let inside = self.open.above(place);
        let simple = inside.iter().rev().take_while(|open| open.tag.is_simple()).count();
        let blocks = inside.len() - simple;
        self.note_partings(place, blocks)?;
        while self.open.len() > place + 1 + blocks {
            self.close_current();
        }
        if blocks == 0 {
            self.close_current();
        } else {
            // As far as the rest of this pass goes, the blocks are outside already.
            self.sink.close(Tag::A);
            self.open.remove_link(place);
        }
        Ok(())
    }

    /// Takes note of so many blocks that begin in the link at a place, each in the one before.
    fn note_partings(&mut self, place: usize, count: usize) -> Result<(), Bail> {
        let link = self.open.start_at(place);
        let blocks = &self.open.above(place)[..count];
        // A line feed behind `<pre>` would have to be looked for behind the link.
        let is_block = |tag: Tag| tag.is_special() && !matches!(tag, Tag::Pre | Tag::Listing);
        let last = self.found.list.last();
        let are_new = blocks.first().is_none_or(|first| last.is_none_or(|last| last.block < first.start));
        if count > MOST_BLOCKS || !are_new || !blocks.iter().all(|open| is_block(open.tag)) {
            return Err(Bail::Formatting);
        }
        self.found.list.extend(blocks.iter().map(|open| Parting { block: open.start, link }));
        Ok(())
    }

    /// Opens the element of the start tag that was read last outside the link that is open, and the link again inside.
    #[cold]
    pub(super) fn open_apart(&mut self, tag: Tag) -> Result<(), Bail> {
        let Some(Parting { link, .. }) = self.known.list.get(self.known.done).copied() else { return Ok(()) };
        self.known.done += 1;
        if self.open.current() != Tag::A {
            return Err(Bail::Formatting);
        }
        self.close_current();
        self.sink.open(&self.element);
        self.open.push(tag, self.name, self.tag_start);
        let behind = std::mem::replace(&mut self.at, link);
        self.read_tag(1)?;
        self.at = behind;
        self.sink.open(&self.element);
        self.open.push(Tag::A, self.name, link);
        Ok(())
    }
}
