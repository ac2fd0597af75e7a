//! Where things stand: the lines of the block that hold its top-level keys.
//!
//! The YAML parser tells the place of an error and of nothing else. So the places of keys and values come from the
//! lines, and only when there is something to say about them.

use std::collections::HashMap;

use crate::error::Position;

/// A part of the front matter, and where it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) source: &'a str,
    /// Where the text starts, in bytes of the source.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Block<'_> {
    /// The place in the file of the byte at `offset` of the text.
    pub(super) fn position(&self, offset: usize) -> Position {
        Position::of(self.source, self.start + offset)
    }
}

/// A line that holds a top-level key. The offsets are bytes of the block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyLine<'a> {
    /// The key without its quotes, escapes left as they are.
    pub(super) key: &'a str,
    pub(super) key_at: usize,
    /// What stands behind the colon on this line, trimmed.
    pub(super) value: &'a str,
    pub(super) value_at: usize,
    /// Where the value starts if not on this line.
    below: Option<usize>,
}

impl KeyLine<'_> {
    /// Where the value starts, on this line or below.
    pub(super) fn value_start(&self) -> usize {
        self.below.unwrap_or(self.value_at)
    }
}

/// The lines of a block that hold top-level keys, in order.
pub(super) fn key_lines<'a>(block: &Block<'a>) -> impl Iterator<Item = KeyLine<'a>> {
    let text = block.text;
    let base = base_indent(text);
    lines(text).filter(move |(_, line)| indent(line) == base).filter_map(move |(at, line)| {
        let (key, value) = split_key(&line[base..])?;
        let value_at = at + line.len() - value.len();
        let below =
            if value.is_empty() || value.starts_with('#') { value_below(text, at, base) } else { None };
        Some(KeyLine { key, key_at: at + base, value, value_at, below })
    })
}

/// The lines of a text with their offsets, without line breaks and trailing blanks.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches([' ', '\t', '\r', '\n']))
    })
}

/// How many spaces and tabs a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The indentation of the first line that is neither blank nor a comment: that of the top-level keys.
pub(super) fn base_indent(text: &str) -> usize {
    content_start(text).map_or(0, |(_, line)| indent(line))
}

/// The first line that is neither blank nor a comment.
pub(super) fn content_start(text: &str) -> Option<(usize, &str)> {
    lines(text).find(|(_, line)| {
        !matches!(line.trim_start_matches([' ', '\t']).as_bytes().first(), None | Some(b'#'))
    })
}

/// A line without its indentation and its trailing blanks, split at the colon that ends its key. The value is the
/// end of the line.
pub(super) fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = match line.as_bytes().first()? {
        b'#' => return None,
        b'-' | b'?' if matches!(line.as_bytes().get(1), None | Some(b' ' | b'\t')) => return None,
        quote @ (b'"' | b'\'') => {
            let end = 1 + closing_quote(&line[1..], *quote)?;
            let rest = line[end + 1..].trim_start_matches([' ', '\t']).strip_prefix(':')?;
            if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
                return None;
            }
            (&line[1..end], rest)
        }
        _ => {
            let ends_key =
                |&colon: &usize| matches!(line.as_bytes().get(colon + 1), None | Some(b' ' | b'\t'));
            let colon = memchr::memchr_iter(b':', line.as_bytes()).find(ends_key)?;
            let key = &line[..colon];
            if key.contains(" #") {
                return None;
            }
            (key.trim_end_matches([' ', '\t']), &line[colon + 1..])
        }
    };
    Some((key, rest.trim_start_matches([' ', '\t'])))
}

/// Where a quoted scalar ends whose opening quote is taken off.
pub(super) fn closing_quote(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(quote, b'\\', &bytes[at..]) {
        at += found;
        let escape = match quote {
            b'"' => bytes[at] == b'\\',
            _ => bytes[at] == b'\\' || bytes.get(at + 1) == Some(&b'\''),
        };
        if !escape {
            return Some(at);
        }
        // A backslash is an ordinary character between single quotes.
        at += if quote == b'\'' && bytes[at] == b'\\' { 1 } else { 2 };
        if at >= bytes.len() {
            return None;
        }
    }
    None
}

/// Where the lines below the one at `key_at` go on with its value: indented, or a list right below its key.
fn value_below(text: &str, key_at: usize, base: usize) -> Option<usize> {
    let below = key_at + memchr::memchr(b'\n', &text.as_bytes()[key_at..])? + 1;
    let (at, line) = content_start(&text[below..])?;
    let indent = indent(line);
    let is_item = line[indent..] == *"-" || line[indent..].starts_with("- ");
    (indent > base || indent == base && is_item).then_some(below + at + indent)
}

/// How many bytes of the block lie between two of the known places. Small enough that a place is found in a moment, large
/// enough that the known places take little room.
const STRIDE: usize = 1024;

/// Finds the places of top-level keys in the file. Looks at the lines when first asked.
pub(super) struct Places<'a> {
    pub(super) block: Block<'a>,
    by_key: Option<HashMap<&'a str, Vec<KeyLine<'a>>>>,
    /// The place asked for last: the next one is mostly behind it.
    last: Position,
    /// The places of the first character of the block, and of the one at or before each further [`STRIDE`]. Empty until
    /// a place is asked for that stands before the last one.
    known: Vec<Position>,
}

impl<'a> Places<'a> {
    pub(super) fn new(block: Block<'a>) -> Self {
        Self { block, by_key: None, last: Position { line: 1, column: 1, offset: 0 }, known: Vec::new() }
    }

    /// The place of a key that comes for the `nth` time, counted from 0.
    pub(super) fn key(&mut self, key: &str, nth: usize) -> Option<Position> {
        let line = self.line(key, nth)?;
        Some(self.position(line.key_at))
    }

    /// The place of the value of such a key.
    pub(super) fn value(&mut self, key: &str, nth: usize) -> Option<Position> {
        let line = self.line(key, nth)?;
        Some(self.position(line.value_start()))
    }

    /// The place in the file of the byte at `offset` of the block.
    ///
    /// All together take time in proportion to the block if the places ascend, and each a bounded time if they do not.
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

    /// Moves the last place to the known one before `offset`, unless it is nearer.
    fn start_near(&mut self, offset: usize) {
        if self.known.is_empty() {
            self.known = known_places(&self.block);
        }
        let nearest = (offset - self.block.start) / STRIDE;
        let known = self.known[nearest.min(self.known.len() - 1)];
        if offset < self.last.offset || self.last.offset < known.offset {
            self.last = known;
        }
    }

    fn line(&mut self, key: &str, nth: usize) -> Option<KeyLine<'a>> {
        let block = self.block;
        let by_key = self.by_key.get_or_insert_with(|| {
            let mut by_key: HashMap<_, Vec<_>> = HashMap::new();
            for line in key_lines(&block) {
                by_key.entry(line.key).or_default().push(line);
            }
            by_key
        });
        by_key.get(key)?.get(nth).copied()
    }
}

/// The places in the file of the block's first character, and of the one at or before each further [`STRIDE`].
fn known_places(block: &Block<'_>) -> Vec<Position> {
    let mut place = block.position(0);
    let further = (STRIDE..=block.text.len()).step_by(STRIDE).map(|mut at| {
        while !block.text.is_char_boundary(at) {
            at -= 1;
        }
        place = advanced(block.source, place, block.start + at);
        place
    });
    std::iter::once(block.position(0)).chain(further).collect()
}

/// The place at `offset`, reached from one before it.
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
        /// How many bytes were walked over to find places.
        pub(super) static WALKED: Cell<usize> = const { Cell::new(0) };
    }

    /// How many bytes are walked over for the places of so many lines, in this order.
    fn walked(lines: usize, order: impl Fn(usize) -> usize) -> usize {
        let text = "key: \n".repeat(lines);
        let mut places = Places::new(Block { source: &text, start: 0, text: &text });
        WALKED.set(0);
        for number in 0..lines {
            let line = order(number);
            assert_eq!(places.position(line * 6).line, 1 + line);
        }
        WALKED.get()
    }

    #[test]
    fn places_in_any_order_take_linear_time() {
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

    /// Places asked for in any order are those that are counted from the top of the file.
    #[test]
    fn places_in_any_order() {
        let text = "标题: 城寨 of a length\nk: \u{1f375}\r\n\n".repeat(200) + &"long ".repeat(1000);
        let source = format!("\u{feff}---\n{text}\n---\n");
        let start = source.find("标").unwrap();
        let block = Block { source: &source, start, text: &source[start..start + text.len()] };
        let mut places = Places::new(block);
        let mut state: usize = 1;
        for number in 0..5000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Mostly at random; now and then the ends, and right before the place asked for last.
            let offset = match number % 7 {
                0 => 0,
                1 => text.len(),
                2 => (places.last.offset - start).saturating_sub(1),
                _ => (state >> 33) % text.len(),
            };
            assert_eq!(places.position(offset), block.position(offset), "{offset}");
        }
        assert_eq!(places.known.len(), 1 + text.len() / STRIDE);
    }
}
