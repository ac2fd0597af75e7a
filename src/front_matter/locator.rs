//! Positions in the file of what stands in the front matter: from offsets in the block to lines and columns.

use std::borrow::Cow;
use std::collections::HashMap;

use super::lines::key_lines;
use crate::error::Position;

/// The text of the front matter, or of a part of it, and its offset in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) source: &'a str,
    /// Where the text starts, in bytes of the source.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Block<'_> {
    /// The position in the file of the byte at `offset` of the text.
    pub(super) fn position(&self, offset: usize) -> Position {
        Position::of(self.source, self.start + offset)
    }
}

/// How many bytes of the block lie between two known positions. Small enough that a walk from one to the next
/// takes a moment, large enough that the known positions take little memory.
const STRIDE: usize = 1024;

/// Where a top-level entry is, in bytes of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) key_at: usize,
    pub(super) value_at: usize,
}

/// Finds positions in the file: of offsets in the block, and of its top-level keys. Looks at the lines of
/// YAML when first asked for a key, and is [told](Self::set_spots) where the keys of other formats are.
pub(super) struct Locator<'a> {
    pub(super) block: Block<'a>,
    by_key: Option<HashMap<Cow<'a, str>, Vec<Spot>>>,
    /// The position asked for last: the next one mostly comes after it.
    last: Position,
    /// The positions of the first character of the block, and of the one at or before each further
    /// [`STRIDE`]. Empty until a position is asked for that comes before the last one.
    known: Vec<Position>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(block: Block<'a>) -> Self {
        Self { block, by_key: None, last: Position { line: 1, column: 1, offset: 0 }, known: Vec::new() }
    }

    /// Says where the top-level entries are. Those of one key must be in order.
    pub(super) fn set_spots(&mut self, spots: impl Iterator<Item = (Cow<'a, str>, Spot)>) {
        let mut by_key: HashMap<_, Vec<_>> = HashMap::new();
        for (key, spot) in spots {
            by_key.entry(key).or_default().push(spot);
        }
        self.by_key = Some(by_key);
    }

    /// The position of a key that comes for the `nth` time, counted from 0.
    pub(super) fn key(&mut self, key: &str, nth: usize) -> Option<Position> {
        let spot = self.spot(key, nth)?;
        Some(self.position(spot.key_at))
    }

    /// The position of the value of such a key.
    pub(super) fn value(&mut self, key: &str, nth: usize) -> Option<Position> {
        let spot = self.spot(key, nth)?;
        Some(self.position(spot.value_at))
    }

    /// The position in the file of the byte at `offset` of the block.
    ///
    /// All positions together take time in proportion to the block if the offsets ascend, and each position
    /// takes a bounded time if they do not.
    pub(super) fn position(&mut self, offset: usize) -> Position {
        let mut offset = (self.block.start + offset).min(self.block.source.len());
        while !self.block.source.is_char_boundary(offset) {
            offset -= 1;
        }
        if self.last.offset < self.block.start {
            self.last = Position::of(self.block.source, self.block.start);
        }
        if offset < self.last.offset || !self.known.is_empty() {
            self.start_near(offset);
        }
        self.last = advanced(self.block.source, self.last, offset);
        self.last
    }

    /// Replaces the last position by the known one before `offset`, unless the last one is nearer.
    fn start_near(&mut self, offset: usize) {
        if self.known.is_empty() {
            self.known = known_positions(&self.block);
        }
        let nearest = (offset - self.block.start) / STRIDE;
        let known = self.known[nearest.min(self.known.len() - 1)];
        if offset < self.last.offset || self.last.offset < known.offset {
            self.last = known;
        }
    }

    fn spot(&mut self, key: &str, nth: usize) -> Option<Spot> {
        if self.by_key.is_none() {
            let spots = key_lines(self.block.text).map(|line| {
                let spot = Spot { key_at: line.key_at, value_at: line.value_start() };
                (Cow::Borrowed(line.key), spot)
            });
            self.set_spots(spots);
        }
        self.by_key.as_ref()?.get(key)?.get(nth).copied()
    }
}

/// The positions in the file of the block's first character, and of the one at or before each further
/// [`STRIDE`].
fn known_positions(block: &Block<'_>) -> Vec<Position> {
    let mut position = block.position(0);
    let further = (STRIDE..=block.text.len()).step_by(STRIDE).map(|mut at| {
        while !block.text.is_char_boundary(at) {
            at -= 1;
        }
        position = advanced(block.source, position, block.start + at);
        position
    });
    std::iter::once(block.position(0)).chain(further).collect()
}

/// The position at `offset`, counted on from one before it.
fn advanced(source: &str, from: Position, offset: usize) -> Position {
    let between = &source[from.offset..offset];
    #[cfg(test)]
    tests::WALKED.set(tests::WALKED.get() + between.len());
    let (line, column, in_line) = match between.rfind('\n') {
        Some(newline) => {
            let lines = memchr::memchr_iter(b'\n', between.as_bytes()).count();
            (from.line + lines, 1, &between[newline + 1..])
        }
        None => (from.line, from.column, between),
    };
    Position { line, column: column + in_line.chars().count(), offset }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many bytes were walked over to find positions.
        pub(super) static WALKED: Cell<usize> = const { Cell::new(0) };
    }

    /// How many bytes are walked over for the positions of this many lines, in this order.
    fn walked(lines: usize, order: impl Fn(usize) -> usize) -> usize {
        let text = "key: \n".repeat(lines);
        let mut locator = Locator::new(Block { source: &text, start: 0, text: &text });
        WALKED.set(0);
        for number in 0..lines {
            let line = order(number);
            assert_eq!(locator.position(line * 6).line, 1 + line);
        }
        WALKED.get()
    }

    #[test]
    fn positions_in_any_order_take_linear_time() {
        let (small, large) = (1 << 12, 1 << 15);
        let at_random = |lines: usize| move |number: usize| (number * 1_103_515_245 + 12_345) % lines;
        let from_both_ends = |lines: usize| {
            move |number: usize| if number % 2 == 0 { number / 2 } else { lines - 1 - number / 2 }
        };
        for (least, most) in [
            (walked(small, |number| number), walked(large, |number| number)),
            (walked(small, |number| small - 1 - number), walked(large, |number| large - 1 - number)),
            (walked(small, at_random(small)), walked(large, at_random(large))),
            (walked(small, from_both_ends(small)), walked(large, from_both_ends(large))),
        ] {
            assert!(most <= least * 9, "{least} bytes, and {most} for eight times the lines");
        }
    }

    /// Positions asked for in any order are those that are counted from the top of the file.
    #[test]
    fn positions_in_any_order() {
        let text = "标题: 城寨 of a length\nk: \u{1f375}\r\n\n".repeat(200) + &"long ".repeat(1000);
        let source = format!("\u{feff}---\n{text}\n---\n");
        let start = source.find("标").unwrap();
        let block = Block { source: &source, start, text: &source[start..start + text.len()] };
        let mut locator = Locator::new(block);
        let mut state: usize = 1;
        for number in 0..5000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Mostly at random; now and then the ends, and right before the position asked for last.
            let offset = match number % 7 {
                0 => 0,
                1 => text.len(),
                2 => (locator.last.offset - start).saturating_sub(1),
                _ => (state >> 33) % text.len(),
            };
            assert_eq!(locator.position(offset), block.position(offset), "{offset}");
        }
        assert_eq!(locator.known.len(), 1 + text.len() / STRIDE);
    }
}
