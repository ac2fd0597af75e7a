//! Which posts are worked on together, and which are written together: decided by their order and by sizes
//! that are known beforehand, so that it is the same however fast the threads are.

use std::collections::HashSet;
use std::iter::Peekable;

use crate::Failure;
use crate::inputs::{Item, Items};
use crate::part::{Part, Place};

/// The most posts of a batch: enough that a hand-over costs little beside opening the files.
const MOST_POSTS: usize = 16;
/// Where a batch ends too, so that large posts do not wait in crowds.
const MOST_BYTES: u64 = 1 << 20;

/// Posts that are worked on by one thread, and that go to one shard.
pub(crate) struct Batch {
    /// The number of the shard, from 1 on.
    pub(crate) shard: u32,
    pub(crate) items: Vec<Item>,
}

/// What is made of the input.
pub(crate) struct Plan {
    /// The part that is wanted, and the bytes of the whole.
    part: Option<(Part, u64)>,
    /// The most bytes of posts in a shard that has more than one.
    shard_bytes: u64,
    /// The shards that are there already.
    whole: HashSet<u32>,
}

impl Plan {
    /// All posts of a part of an input of n bytes, or of the whole, in one shard.
    pub(crate) fn new(part: Option<(Part, u64)>) -> Self {
        Self { part, shard_bytes: u64::MAX, whole: HashSet::new() }
    }

    /// The posts in shards, of which some are whole already.
    pub(crate) fn in_shards(self, shard_bytes: u64, whole: HashSet<u32>) -> Self {
        Self { shard_bytes, whole, ..self }
    }

    /// Cuts posts into batches. No batch is in two shards.
    pub(crate) fn batches(self, items: Items) -> impl Iterator<Item = Result<Batch, Failure>> + Send {
        let Self { part, shard_bytes, whole } = self;
        let items = match part {
            Some((part, total)) => Box::new(slice(items, part, total)),
            None => items,
        };
        let items = numbered(items, shard_bytes);
        let wanted = items.filter(move |item| !matches!(item, Ok((shard, _)) if whole.contains(shard)));
        Batches { items: wanted.peekable() }
    }
}

/// The posts of a part.
fn slice(items: Items, part: Part, total: u64) -> impl Iterator<Item = Result<Item, Failure>> + Send {
    let mut before = 0;
    let placed = items.map(move |item| {
        let item = item?;
        let place = part.place(before, total);
        before += item.bytes;
        Ok((place, item))
    });
    placed
        .take_while(|item| !matches!(item, Ok((Place::After, _))))
        .filter(|item| !matches!(item, Ok((Place::Before, _))))
        .map(|item| item.map(|(_, item)| item))
}

/// Posts with the numbers of their shards. A shard ends before it would have more than `most` bytes.
fn numbered(items: Items, most: u64) -> impl Iterator<Item = Result<(u32, Item), Failure>> + Send {
    let (mut shard, mut posts, mut bytes) = (1, 0_u64, 0);
    items.map(move |item| {
        let item = item?;
        if posts > 0 && item.bytes.saturating_add(bytes) > most {
            (shard, posts, bytes) = (shard + 1, 0, 0);
        }
        posts += 1;
        bytes += item.bytes;
        Ok((shard, item))
    })
}

struct Batches<I: Iterator> {
    items: Peekable<I>,
}

impl<I: Iterator<Item = Result<(u32, Item), Failure>>> Iterator for Batches<I> {
    type Item = Result<Batch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let (shard, first) = match self.items.next()? {
            Ok(first) => first,
            Err(error) => return Some(Err(error)),
        };
        let mut bytes = first.bytes;
        let mut items = vec![first];
        while items.len() < MOST_POSTS {
            let belongs = |item: &I::Item| match item {
                Ok((of, item)) => *of == shard && item.bytes.saturating_add(bytes) <= MOST_BYTES,
                Err(_) => false,
            };
            let Some(Ok((_, item))) = self.items.next_if(belongs) else { break };
            bytes += item.bytes;
            items.push(item);
        }
        Some(Ok(Batch { shard, items }))
    }
}
