//! The Markdown, and what is read instead of parts of it.

use std::ops::Range;

use super::attributes::Attributes;
use super::parts::{BlockAttributes, Kind, Part, Prepared};

/// The Markdown beside what pulldown-cmark is given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) text: &'s str,
    read: &'s str,
    parts: &'s [Part],
    attributes: &'s [BlockAttributes],
}

/// A stretch of the Markdown that lies in a part, or in none.
#[derive(Debug, Clone)]
pub(super) struct Piece<'s> {
    pub(super) range: Range<usize>,
    pub(super) kind: Option<&'s Kind>,
}

impl<'s> Source<'s> {
    pub(super) fn new(text: &'s str, prepared: &'s Prepared<'s>) -> Self {
        let Prepared { text: read, parts, attributes, boxes: _ } = prepared;
        Self { text, read, parts, attributes }
    }

    /// Where a text that may be a slice of what is read stands, if it is one.
    pub(super) fn offset(&self, text: &str) -> Option<usize> {
        let offset = (text.as_ptr() as usize).checked_sub(self.read.as_ptr() as usize)?;
        (offset + text.len() <= self.read.len()).then_some(offset)
    }

    /// The text that a slice of what is read stands for.
    pub(super) fn original<'t>(&self, text: &'t str) -> &'t str
    where
        's: 't,
    {
        let range = self.offset(text).map(|start| start..start + text.len());
        range.filter(|range| self.has_part(range)).map_or(text, |range| &self.text[range])
    }

    /// Whether a part begins at the offset.
    pub(super) fn part_at(&self, offset: usize) -> Option<&'s Part> {
        if self.parts.is_empty() {
            return None;
        }
        let index = self.parts.partition_point(|part| part.range.start < offset);
        self.parts.get(index).filter(|part| part.range.start == offset)
    }

    /// Whether a stretch of what is read holds a part.
    pub(super) fn has_part(&self, range: &Range<usize>) -> bool {
        if self.parts.is_empty() {
            return false;
        }
        let index = self.parts.partition_point(|part| part.range.end <= range.start);
        self.parts.get(index).is_some_and(|part| part.range.start < range.end)
    }

    /// Cuts a stretch of the Markdown at the edges of parts.
    pub(super) fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = Piece<'s>> + use<'s> {
        let parts = self.parts;
        let mut index = parts.partition_point(|part| part.range.end <= range.start);
        let mut at = range.start;
        std::iter::from_fn(move || {
            if at >= range.end {
                return None;
            }
            let start = at;
            let (end, kind) = match parts.get(index).filter(|part| part.range.start < range.end) {
                Some(part) if part.range.start <= at => {
                    index += 1;
                    (part.range.end, Some(&part.kind))
                }
                Some(part) => (part.range.start, None),
                None => (range.end, None),
            };
            at = end.min(range.end);
            Some(Piece { range: start..at, kind })
        })
    }

    /// The attributes after an inline element that ends at the offset.
    pub(super) fn span_attributes(&self, end: usize) -> Option<Attributes<'s>> {
        match &self.part_at(end)?.kind {
            Kind::Attributes(inner) => Attributes::parse(&self.text[inner.clone()]),
            _ => None,
        }
    }

    /// The attributes on a line of their own, before or after a block, and their index. Those before the
    /// index `from` belong to other blocks already.
    pub(super) fn block_attributes(
        &self,
        range: &Range<usize>,
        from: usize,
    ) -> Option<(Attributes<'s>, usize)> {
        let attributes = self.attributes.get(from..)?;
        let belongs = |list: &BlockAttributes| match list.follows {
            Some(end) => range.start < end && end <= range.end && range.end <= list.precedes,
            None => list.inner.end <= range.start && self.is_blank(list.inner.end + 1..range.start),
        };
        let next = attributes.partition_point(|list| list.inner.start < range.start);
        let candidates = [next.checked_sub(1), Some(next)];
        let index =
            candidates.into_iter().flatten().find(|&index| attributes.get(index).is_some_and(belongs))?;
        let inner = attributes[index].inner.clone();
        Some((Attributes::parse(&self.text[inner])?, from + index + 1))
    }

    fn is_blank(&self, range: Range<usize>) -> bool {
        let is_mark = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
        self.text.as_bytes().get(range).is_none_or(|bytes| bytes.iter().all(is_mark))
    }
}
