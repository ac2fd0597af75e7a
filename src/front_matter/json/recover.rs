//! Front matter that is not JSON, read entry by entry.
//!
//! An entry ends with its comma, or before a line that begins with a key. Entries that are JSON keep their
//! meaning. What is left is repaired:
//!
//! - A comma too many or too few is one, and so is a key in single quotes or without quotes.
//! - An object in an object is read in the same way.
//! - Any other value is its source text, without the quotes around it; `['a', b]` is a list.
//! - A piece without a key is kept as a text.

use std::borrow::Cow;

use super::parser::{read_string, read_value, string_end};
use crate::front_matter::entry::MAX_DEPTH;
use crate::front_matter::recover::log::Log;
use crate::front_matter::recover::report_deep_values;
use crate::front_matter::recover::texts::is_list;
use crate::front_matter::refusal::Refusal;
use crate::front_matter::tree::mend::Recovered;
use crate::front_matter::tree::{DeepValue, Kind, Pair, Tree};

/// Reads a text that was refused.
pub(crate) fn recover<'a>(mut log: Log<'_, 'a>) -> Recovered<'a> {
    let text = log.locator.block.text;
    let pairs = Repair { text, log: &mut log }.object(text, 0);
    Recovered { pairs, unread: log.unread }
}

/// A part of an object or a list: an entry or an item, or what stands in place of one.
struct Piece<'a> {
    text: &'a str,
    has_comma: bool,
    is_last: bool,
}

/// Cuts the text of an object or a list at the commas that are in no other collection, and before lines with
/// a key.
fn pieces(collection: &str) -> Vec<Piece<'_>> {
    let inner = collection.strip_prefix(['{', '[']).unwrap_or(collection);
    let inner = inner.strip_suffix(['}', ']']).unwrap_or(inner);
    let bytes = inner.as_bytes();
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut push = |start: usize, end: usize, has_comma| {
        pieces.push(Piece { text: &inner[start..end], has_comma, is_last: false });
    };
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = string_end(bytes, at);
                continue;
            }
            byte @ (b'[' | b'{') => open.push(byte),
            byte @ (b']' | b'}') if open.last() == Some(&(byte - 2)) => {
                open.pop();
            }
            b',' if open.is_empty() => {
                push(start, at, true);
                start = at + 1;
            }
            // An entry cannot stand in a list.
            b'\n' if open.last() != Some(&b'{') && key(&inner[at + 1..]).is_some() => {
                let piece = &inner[start..at];
                match comma_in_quotes(piece) {
                    Some(comma) => push(start, start + comma, true),
                    None if piece.trim_ascii().is_empty() => {}
                    None => push(start, at, false),
                }
                open.clear();
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    push(start, bytes.len(), false);
    if let Some(last) = pieces.last_mut() {
        last.is_last = true;
    }
    pieces
}

/// The comma that ends an entry like `"size": "5" tall",`, if it seems to be in a string because of a quote
/// or a line break in the text: after a quote that is not the first of the value.
fn comma_in_quotes(entry: &str) -> Option<usize> {
    let before = entry.trim_ascii_end().strip_suffix(',')?;
    let (_, value) = key(before.trim_ascii_start())?;
    let value = value.trim_ascii_end();
    (value.len() > 1 && value.starts_with('"') && value.ends_with('"')).then_some(before.len())
}

/// The key of a text like `"title": "Tea"`, and its value after white space. The text may go on after the
/// line; the key and its colon may not.
fn key(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches([' ', '\t']);
    let end = match text.as_bytes().first()? {
        b'"' | b'\'' => string_end(text.as_bytes(), 0),
        _ => text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.')))?,
    };
    let (key, rest) = text.split_at(end);
    let value = rest.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    (!key.is_empty()).then(|| (key, value.trim_ascii_start()))
}

struct Repair<'l, 's, 'a> {
    text: &'a str,
    log: &'l mut Log<'s, 'a>,
}

impl<'a> Repair<'_, '_, 'a> {
    /// Reads an object that is inside `depth` collections. Recursive, but no deeper than [`MAX_DEPTH`].
    fn object(&mut self, object: &'a str, depth: usize) -> Vec<Pair<'a>> {
        let mut pairs = Vec::new();
        for Piece { text, has_comma, is_last } in self.filled(object) {
            let at = self.offset(text);
            let Some((key, value)) = key(text) else {
                self.log.keep_unread(at, text, "not an entry `\"key\": value`");
                continue;
            };
            let key_at = self.offset(key);
            let key = self.key(key, key_at);
            let value = self.value(&key, value, depth + 1);
            if !(has_comma || is_last) {
                let message = format!("expected a comma after the value of `{key}`");
                self.log.report(at + text.len(), message);
            }
            pairs.push(Pair { key, key_at, value });
        }
        pairs
    }

    /// The pieces of a collection that are not empty.
    fn filled(&mut self, collection: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = pieces(collection);
        let are_empty = pieces.iter().all(|piece| piece.text.trim_ascii().is_empty());
        pieces.retain_mut(|piece| {
            piece.text = piece.text.trim_ascii();
            if piece.text.is_empty() && (piece.has_comma || !are_empty) {
                self.log.report(self.offset(piece.text), "a comma too many is left out".to_owned());
            }
            !piece.text.is_empty()
        });
        pieces
    }

    fn key(&mut self, raw: &'a str, at: usize) -> Cow<'a, str> {
        read_string(raw).unwrap_or_else(|_| {
            let quote = raw.chars().next().filter(|char| matches!(char, '"' | '\''));
            let key = quote.map_or(raw, |quote| raw.trim_matches(quote));
            self.log.report(at, format!("expected the key `{key}` in double quotes"));
            Cow::Borrowed(key)
        })
    }

    /// Reads a value under a key that is inside `depth` collections.
    fn value(&mut self, key: &str, value: &'a str, depth: usize) -> Tree<'a> {
        let at = self.offset(value);
        let kind = match read_value(value, depth) {
            Ok(tree) => tree.moved(at).kind,
            Err(refusal) => self.broken_value(key, value, depth, &refusal),
        };
        Tree { kind, span: at..at + value.len() }
    }

    fn broken_value(&mut self, key: &str, value: &'a str, depth: usize, refusal: &Refusal) -> Kind<'a> {
        let at = self.offset(value);
        if depth > MAX_DEPTH || refusal.is_depth() {
            let deep = DeepValue { key: key.to_owned(), at };
            report_deep_values(0, &[deep], self.log.locator, self.log.diagnostics);
            return Kind::Source(value);
        }
        if value.starts_with('{') && value.ends_with('}') {
            return Kind::Map(self.object(value, depth));
        }
        if value.ends_with(']') && is_list(key, value) {
            let items = self.filled(value).into_iter().map(|item| self.value(key, item.text, depth + 1));
            return Kind::List(items.collect());
        }
        self.log.report_value(key, at, refusal);
        self.log.value(key, value, at, false)
    }

    /// Where a part of the text is in the text.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }
}
