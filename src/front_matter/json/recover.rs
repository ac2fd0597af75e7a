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
use crate::front_matter::recover::report_deep_values;
use crate::front_matter::refusal::Refusal;
use crate::front_matter::tree::mend::{Log, Recovered};
use crate::front_matter::tree::{DeepValue, Kind, Pair, Tree};

/// Reads a text that was refused.
pub(in crate::front_matter) fn recover<'a>(mut log: Log<'_, 'a>) -> Recovered<'a> {
    let text = log.locator.block.text;
    let pairs = Repair { text, log: &mut log }.object(text, 0);
    Recovered { pairs, unread: log.unread }
}

/// A part of an object: an entry, or what stands in the stead of one.
struct Piece<'a> {
    text: &'a str,
    has_comma: bool,
    is_last: bool,
}

/// Cuts the text of an object at the commas that are in no other collection, and before lines with a key.
fn pieces(object: &str) -> Vec<Piece<'_>> {
    let inner = object.strip_prefix('{').unwrap_or(object);
    let inner = inner.strip_suffix('}').unwrap_or(inner);
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
                if !inner[start..at].trim_ascii().is_empty() {
                    push(start, at, false);
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
        let pieces = pieces(object);
        let is_empty = pieces.iter().all(|piece| piece.text.trim_ascii().is_empty());
        for Piece { text, has_comma, is_last } in pieces {
            let text = text.trim_ascii();
            let at = self.offset(text);
            if text.is_empty() {
                if has_comma || !is_empty {
                    self.log.report(at, "a comma without an entry is left out".to_owned());
                }
                continue;
            }
            let Some((key, value)) = key(text) else {
                self.log.keep_unread(at, text, "not an entry `\"key\": value`");
                continue;
            };
            let pair = self.pair(key, value, depth);
            if !(has_comma || is_last) {
                let message = format!("expected a comma after the value of `{}`", pair.key);
                self.log.report(at + text.len(), message);
            }
            pairs.push(pair);
        }
        pairs
    }

    fn pair(&mut self, raw_key: &'a str, value: &'a str, depth: usize) -> Pair<'a> {
        let key_at = self.offset(raw_key);
        let key = read_string(raw_key).unwrap_or_else(|_| {
            let key =
                raw_key.trim_matches(raw_key.chars().next().filter(|c| "\"'".contains(*c)).unwrap_or('"'));
            self.log.report(key_at, format!("expected the key `{key}` in double quotes"));
            Cow::Borrowed(key)
        });
        let at = self.offset(value);
        let kind = match read_value(value) {
            Ok(tree) if depth == 0 => tree.moved(at).kind,
            result => self.value(&key, value, depth, result.err().as_ref()),
        };
        Pair { key, key_at, value: Tree { kind, span: at..at + value.len() } }
    }

    /// The value of a key, which is refused.
    fn value(&mut self, key: &str, value: &'a str, depth: usize, refusal: Option<&Refusal>) -> Kind<'a> {
        let at = self.offset(value);
        if depth >= MAX_DEPTH || refusal.is_some_and(Refusal::is_depth) {
            let deep = DeepValue { key: key.to_owned(), at };
            report_deep_values(0, &[deep], self.log.locator, self.log.diagnostics);
            return Kind::Source(value);
        }
        if value.starts_with('{') && value.ends_with('}') {
            return Kind::Map(self.object(value, depth + 1));
        }
        if let Some(refusal) = refusal {
            self.log.report_value(key, at, refusal);
        }
        self.log.value(key, value, at, false)
    }

    /// Where a part of the text is in the text.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }
}
