//! Where the top-level entries of a block are: from its tokens to the offsets of keys, colons and values.

use std::ops::Range;

use super::scanner::Scanner;

/// A top-level entry of a block. The offsets are bytes of the block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The key with its quotes, its anchor and its tag.
    pub(crate) key: Range<usize>,
    /// The position of the colon that ends the key.
    pub(crate) colon: usize,
    /// The value with its anchor and its tag, without the comments and the white space around it. If there is
    /// none, the empty range after the colon.
    pub(crate) value: Range<usize>,
    /// Whether a question mark is before the key.
    pub(crate) is_explicit: bool,
}

/// The outermost collection of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Root {
    /// The entries that have a colon, in order.
    pub(crate) slots: Vec<Slot>,
    /// Whether it is in braces.
    pub(crate) is_flow: bool,
    /// Whether a line `--- ` or `... ` of YAML is somewhere in the block.
    pub(crate) has_markers: bool,
}

/// The ranges of the values of the top-level keys, in order, without the comments and the white space around
/// them.
///
/// A key without a colon has no value here, so that there may be fewer values than entries.
pub(crate) fn values(text: &str) -> Vec<Range<usize>> {
    root(text).slots.into_iter().map(|slot| slot.value).collect()
}

/// Finds the top-level entries of a block.
pub(crate) fn root(text: &str) -> Root {
    let mut scanner = Scanner::new(text.as_bytes());
    let mut finder = Finder::default();
    let mut is_flow = None;
    let mut has_markers = false;
    while let Some(token) = scanner.next_token() {
        let range = token.start..scanner.token_end();
        let first = text.as_bytes()[range.start];
        has_markers |= matches!(&text[range.clone()], "---" | "...") && is_line_start(text, range.start);
        if is_flow.is_none() && !matches!(first, b'&' | b'!') {
            is_flow = Some(first == b'{');
        }
        let is_flow = is_flow == Some(true);
        let begins_value = match token.ends_key {
            Some(_) if is_flow => scanner.flow_depth() == 1 && !finder.in_value(),
            Some(_) => (scanner.block_depth(), scanner.flow_depth()) == (1, 0),
            None => false,
        };
        match token.ends_key {
            Some(key) if begins_value => finder.begin_value(text, key, range.start, is_flow),
            _ => match scanner.flow_depth() {
                0 if is_flow => finder.end(text),
                // A key with a question mark before it begins.
                0 if first == b'?' && scanner.block_depth() == 1 && range.len() == 1 => {
                    finder.end(text);
                    finder.is_explicit = true;
                }
                1 if is_flow && matches!(first, b',' | b'{') => finder.end(text),
                _ => finder.tokens.push(range),
            },
        }
    }
    finder.end(text);
    Root { slots: finder.slots, is_flow: is_flow == Some(true), has_markers }
}

/// Puts entries together from the tokens at the top of a block.
#[derive(Default)]
struct Finder {
    slots: Vec<Slot>,
    /// The tokens since the last boundary: those of a key before its colon, and of a value after.
    tokens: Vec<Range<usize>>,
    /// The entry whose value is being read, as yet without its value.
    open: Option<Slot>,
    is_explicit: bool,
}

impl Finder {
    fn in_value(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the value before, and begins that of the key at `key`.
    fn begin_value(&mut self, text: &str, key: usize, colon: usize, is_flow: bool) {
        let is_explicit = std::mem::take(&mut self.is_explicit);
        // The tokens of the key are not a part of the value before the key.
        let before =
            if is_flow || is_explicit { 0 } else { self.tokens.partition_point(|token| token.start < key) };
        let key = self.tokens.split_off(before);
        self.end(text);
        let key = span(text, &key).unwrap_or(colon..colon);
        self.open = Some(Slot { key, colon, value: colon + 1..colon + 1, is_explicit });
    }

    /// Ends the value that is being read, if one is.
    fn end(&mut self, text: &str) {
        let tokens = std::mem::take(&mut self.tokens);
        self.is_explicit = false;
        if let Some(mut slot) = self.open.take() {
            slot.value = span(text, &tokens).unwrap_or(slot.value);
            self.slots.push(slot);
        }
    }
}

/// The range from the first token to the last, without the white space that was skipped after the last.
fn span(text: &str, tokens: &[Range<usize>]) -> Option<Range<usize>> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let value = &text[first.start..last.end];
    Some(first.start..first.start + value.trim_end_matches([' ', '\t', '\r', '\n']).len())
}

fn is_line_start(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|char| matches!(char, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'))
}
