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

/// Finds the places of top-level keys in the file. Looks at the lines when first asked.
pub(super) struct Places<'a> {
    pub(super) block: Block<'a>,
    by_key: Option<HashMap<&'a str, Vec<KeyLine<'a>>>>,
    /// The place asked for last: the next one is mostly behind it.
    last: Position,
}

impl<'a> Places<'a> {
    pub(super) fn new(block: Block<'a>) -> Self {
        Self { block, by_key: None, last: Position { line: 1, column: 1, offset: 0 } }
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

    /// The place in the file of the byte at `offset` of the block, in constant time per byte if the places
    /// asked for ascend.
    pub(super) fn position(&mut self, offset: usize) -> Position {
        let offset = self.block.start + offset;
        if self.last.offset < self.block.start || offset < self.last.offset {
            self.last = Position::of(self.block.source, offset);
            return self.last;
        }
        let between = &self.block.source[self.last.offset..offset];
        let in_line = match between.rfind('\n') {
            Some(newline) => {
                self.last.line += memchr::memchr_iter(b'\n', between.as_bytes()).count();
                self.last.column = 1;
                &between[newline + 1..]
            }
            None => between,
        };
        self.last.column += in_line.chars().count();
        self.last.offset = offset;
        self.last
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
