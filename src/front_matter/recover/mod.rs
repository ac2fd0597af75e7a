//! Front matter that is not YAML, read line by line.
//!
//! The block is cut where top-level lines begin, so that indented lines and list items stay with the key
//! above them. Each piece that is YAML by itself keeps its meaning. What is left is repaired:
//!
//! - The value of a key is the rest of its line, unchanged. Outer quotes are taken off, and no escape is
//!   resolved: `"水平\智力"` keeps its backslash, `a: b: c` is `b: c` under `a`. Continuation lines are joined
//!   with spaces, or with line breaks under a `|`.
//! - `[a, b` and lines of `- a` are lists, and lines of `key: value` below a key are a mapping, of which each
//!   piece is read in the same way. A key that is indented like the list above it is one of the keys around.
//! - ` #` begins a comment after a value that is not in quotes, as in YAML.
//! - A value that nests too deep is its source text. If nothing else is wrong with a block, it is not cut.
//! - The bytes of UTF-8 that are escaped one by one are the characters that they encode, as in the
//!   `"\xC3\xB3"` that Ruby 1.8 wrote for `ó`. They are also in blocks with which nothing else is wrong. So
//!   are the units of UTF-16, as in the `"\ud83c\udf75"` that JSON has for `🍵`.
//! - A piece without a key is kept in a list under the key [`UNREAD`].

mod escapes;
pub(super) mod log;
mod pieces;
pub(super) mod texts;

use std::borrow::Cow;
use std::collections::HashSet;

use super::entry::{Entry, MAX_DEPTH, Node};
use super::known::{Field, KnownKey};
use super::lines::{base_indent, content_start, indent, key_lines, lines, split_key};
use super::locator::Locator;
use super::plain;
use super::yaml::{self, DeepValue, Refusal};
use crate::engine::{Decline, Engine};
use crate::error::ErrorKind;
use crate::report::{Diagnostic, DiagnosticKind, MetadataEngine};
use log::{Log, UNREAD, cut_value};
use pieces::{is_item, key_of, pieces, split_at_each};
use texts::{
    comment_start, content_lines, flow_items, is_block_header, is_list, join, texts_of_items, unquote,
};

/// Reads a block that was refused. If the only fault is that values nest too deep, they are kept as their
/// source text; otherwise the block is read line by line, and a diagnostic says why. A block that is valid
/// and too large stays refused.
pub(super) fn entries<'a>(
    refusal: Refusal,
    locator: &mut Locator<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Vec<Entry<'a>>, MetadataEngine), Refusal> {
    let text = locator.block.text;
    let refusal = if refusal.is_depth() {
        match yaml::entries_with_deep_values(text) {
            Ok((entries, deep)) => {
                report_deep_values(0, &deep, locator, diagnostics);
                return Ok((entries, MetadataEngine::Yaml));
            }
            Err(refusal) => refusal,
        }
    } else {
        refusal
    };
    if !(refusal.is_recoverable() || refusal.is_depth()) {
        return Err(refusal);
    }
    let mut log = Log::new(locator, diagnostics);
    log.report(refusal.at(), format!("{}; read line by line", refusal.kind()));
    let mut repair = Repair { log };
    let mut top = Level::new(text, 0, false);
    repair.level(&mut top, 0);
    Ok((repair.finish(top.entries), MetadataEngine::Recovery))
}

/// Reads a block in which the parts of characters are escaped one by one, with the engine, if it is YAML.
/// `None` for any other block.
pub(super) fn entries_with_escapes<'a>(
    engine: Engine,
    locator: &mut Locator<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Vec<Entry<'a>>, MetadataEngine, Option<Decline>)> {
    let mended = escapes::mended(locator.block.text)?;
    let (read, declined) = match engine {
        Engine::Auto => match plain::entries(&mended.text) {
            Ok(entries) => (Some((entries, MetadataEngine::Plain)), None),
            Err(decline) => (None, Some(decline)),
        },
        Engine::Reference => (None, None),
    };
    let (entries, engine) = match read {
        Some(read) => read,
        None => (yaml::entries(&mended.text).ok()?, MetadataEngine::Yaml),
    };
    report_escapes(0, &mended, locator, diagnostics);
    Some((owned(entries), engine, declined))
}

/// Reports the escapes that have been mended in a text that starts at `at` in the block.
fn report_escapes(
    at: usize,
    mended: &escapes::Mended<'_>,
    locator: &mut Locator<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut log = Log::new(locator, diagnostics);
    for first in &mended.first_of_each_text {
        log.report_escapes(at + first.at, first.escapes, first.parts, first.char);
    }
}

fn owned<'a>(entries: Vec<Entry<'_>>) -> Vec<Entry<'a>> {
    let owned =
        |Entry { key, node }| Entry { key: Cow::Owned(Cow::into_owned(key)), node: Node::into_owned(node) };
    entries.into_iter().map(owned).collect()
}

/// Reports the values that were too deep in a text that starts at `at` in the block.
pub(super) fn report_deep_values(
    at: usize,
    deep: &[DeepValue],
    locator: &mut Locator<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for value in deep {
        diagnostics.push(Diagnostic {
            kind: DiagnosticKind::DeepMetadata,
            message: format!(
                "the value of `{}` nests deeper than {MAX_DEPTH} lists and maps: kept as its source text",
                value.key
            ),
            position: Some(locator.position(at + value.at)),
        });
    }
}

/// Reports where ` #` cuts the text of a known key short on its line.
pub(super) fn report_cut_values(locator: &mut Locator<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if memchr::memchr(b'#', locator.block.text.as_bytes()).is_none() {
        return;
    }
    for line in key_lines(locator.block.text) {
        let is_plain = !line.value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
        if is_plain && KnownKey::of(line.key).is_some_and(KnownKey::holds_text) {
            // A comment beside a key is no part of the value below.
            let cut = comment_start(line.value).filter(|cut| *cut > 0 || !line.has_value_below());
            if let Some(cut) = cut {
                let position = locator.position(line.value_at + cut);
                diagnostics.push(cut_value(line.key, position));
            }
        }
    }
}

/// Reads a block piece by piece.
struct Repair<'s, 'a> {
    log: Log<'s, 'a>,
}

/// What is said of a value that could not be read, and where in the block the value is.
type Message<'m> = (usize, &'m str);

/// The keys of a block, or those below a key.
struct Level<'a> {
    text: &'a str,
    /// How many collections there are around the values of its keys, but for the mapping of the keys.
    depth: usize,
    /// Whether the source text of the scalars matters; at the top, the keys tell.
    holds_text: bool,
    entries: Vec<Entry<'a>>,
    /// All keys of the text, once they have been asked for.
    keys: Option<HashSet<&'a str>>,
}

impl<'a> Level<'a> {
    fn new(text: &'a str, depth: usize, holds_text: bool) -> Self {
        Self { text, depth, holds_text, entries: Vec::new(), keys: None }
    }

    fn has_key(&mut self, key: &str) -> bool {
        let text = self.text;
        self.keys.get_or_insert_with(|| key_lines(text).map(|line| line.key).collect()).contains(key)
    }

    /// What YAML makes of a piece, if it is YAML by itself.
    fn read(&self, piece: &'a str) -> Result<Vec<Entry<'a>>, Refusal> {
        match self.depth {
            0 => yaml::entries(piece),
            depth => yaml::entries_below(piece, depth, self.holds_text),
        }
    }
}

impl<'a> Repair<'_, 'a> {
    /// Reads all pieces of a level, whose text starts at `at` in the block.
    fn level(&mut self, level: &mut Level<'a>, at: usize) {
        for (start, piece) in pieces(level.text) {
            self.piece(level, at + start, piece);
        }
    }

    fn piece(&mut self, level: &mut Level<'a>, at: usize, piece: &'a str) {
        if level.depth == 0 && self.piece_with_escapes(level, at, piece) {
            return;
        }
        let mut read = level.read(piece).map(|entries| (entries, Vec::new()));
        let is_deep = level.depth == 0 && read.as_ref().is_err_and(Refusal::is_depth);
        if is_deep {
            read = yaml::entries_with_deep_values(piece);
        }
        let refusal = match read {
            Ok((entries, deep)) => {
                level.entries.extend(entries);
                report_deep_values(at, &deep, self.log.locator, self.log.diagnostics);
                return;
            }
            Err(refusal) => refusal,
        };
        let first = lines(piece).next().map_or("", |(_, line)| line);
        let indent = indent(first);
        let Some((key, value)) = split_key(&first[indent..]) else {
            return self.log.keep_unread(at + indent, piece, "not a line `key: value`");
        };
        let value_at = at + first.len() - value.len();
        if is_deep {
            let value = piece[value_at - at..].trim();
            let deep = DeepValue { key: key.to_owned(), at: value_at };
            report_deep_values(0, &[deep], self.log.locator, self.log.diagnostics);
            level.entries.push(Entry { key: Cow::Borrowed(key), node: Node::Source(Cow::Borrowed(value)) });
            return;
        }
        let below = memchr::memchr(b'\n', piece.as_bytes()).map_or("", |end| &piece[end + 1..]);
        let below_at = at + piece.len() - below.len();
        let reason = match refusal.kind() {
            ErrorKind::InvalidYaml { reason } => reason.clone(),
            other => other.to_string(),
        };
        let message = format!("the value of `{key}` is kept as it stands: {reason}");
        let is_bare = value.is_empty() || value.starts_with('#');
        if is_bare && self.below(level, key, (value_at, &message), below_at, below) {
            return;
        }
        self.log.report(value_at, message);
        let node = self.value(key, value, value_at, below);
        level.entries.push(Entry { key: Cow::Borrowed(key), node });
    }

    /// Reads a piece in which the parts of characters are escaped one by one. `false` for any other piece.
    fn piece_with_escapes(&mut self, level: &mut Level<'a>, at: usize, piece: &str) -> bool {
        let Some(mended) = escapes::mended(piece) else {
            return false;
        };
        let Ok(entries) = yaml::entries(&mended.text) else {
            return false;
        };
        level.entries.extend(owned(entries));
        report_escapes(at, &mended, self.log.locator, self.log.diagnostics);
        true
    }

    /// Reads the lines below a key that has no value on its own line: a list, maybe with keys after it, or a
    /// mapping. `false` if they are neither.
    fn below(
        &mut self,
        level: &mut Level<'a>,
        key: &'a str,
        message: Message<'_>,
        at: usize,
        below: &'a str,
    ) -> bool {
        let known = if level.depth == 0 { KnownKey::of(key) } else { None };
        let holds_text = level.holds_text || known.is_some_and(KnownKey::holds_text);
        let mut inner = Level::new(below, level.depth + 1, holds_text);
        let Some((_, first)) = content_start(below).filter(|_| inner.depth <= MAX_DEPTH) else {
            return false;
        };
        let key = Cow::Borrowed(key);
        if is_item(first.trim_start()) {
            let keys: Vec<_> = pieces(below).filter_map(|(at, piece)| Some((at, key_of(piece)?))).collect();
            let (list, _) = below.split_at(keys.first().map_or(below.len(), |(at, _)| *at));
            let node = self.list(list, &inner, message);
            level.entries.push(Entry { key, node });
            let ends = keys.iter().skip(1).map(|(at, _)| *at).chain([below.len()]);
            for (&(start, key), end) in keys.iter().zip(ends) {
                self.stray_key(level, key, at + start, &below[start..end]);
            }
            return true;
        }
        let is_text = known.is_some_and(|known| known.is_single_text() && known.field() != Field::Image);
        if is_text || !pieces(below).all(|(_, piece)| key_of(piece).is_some()) {
            return false;
        }
        self.level(&mut inner, at);
        let pairs = inner.entries.into_iter().map(|Entry { key, node }| (key, node));
        level.entries.push(Entry { key, node: Node::Map(pairs.collect()) });
        true
    }

    /// Reads a key that is indented like the items of the list above it. As a list has no keys, it is one of
    /// the keys around the list, unless there is such a key.
    fn stray_key(&mut self, level: &mut Level<'a>, key: &str, at: usize, piece: &'a str) {
        let key_at = at + indent(piece);
        if level.has_key(key) {
            let what = format!("`{key}` is indented like the list above, and is a key besides");
            return self.log.keep_unread(key_at, piece, &what);
        }
        self.log.report(key_at, format!("`{key}` is indented like the list above: read as a key of its own"));
        self.piece(level, at, piece);
    }

    /// Reads a list item by item. Those that are not YAML are texts, and then the message is reported.
    fn list(&mut self, list: &'a str, level: &Level<'a>, (message_at, message): Message<'_>) -> Node<'a> {
        let read = |text: &'a str| match yaml::node(text, level.depth, level.holds_text) {
            Ok(Node::Texts(texts)) => Some(texts.into_iter().map(Node::Text).collect()),
            Ok(Node::List(nodes)) => Some(nodes),
            _ => None,
        };
        if let Some(nodes) = read(list) {
            return Node::list(nodes);
        }
        let base = base_indent(list);
        let starts = lines(list).filter(|(_, line)| indent(line) <= base && is_item(line.trim_start()));
        let mut nodes = Vec::new();
        let mut is_whole = true;
        for (_, item) in split_at_each(list, starts.map(|(at, _)| at)) {
            let read = read(item);
            is_whole &= read.is_some();
            nodes.extend(read.unwrap_or_else(|| texts_of_items(item)));
        }
        if !is_whole {
            self.log.report(message_at, message.to_owned());
        }
        Node::list(nodes)
    }

    /// The value of a key: `value` is on the line of the key, and `below` is the text after that line.
    fn value(&mut self, key: &str, value: &'a str, value_at: usize, below: &'a str) -> Node<'a> {
        if is_block_header(value) {
            let separator = if value.starts_with('|') { "\n" } else { " " };
            let below: Vec<&'a str> = lines(below).map(|(_, line)| line).collect();
            return Node::Text(join("", &below, separator));
        }
        let lines = content_lines(below);
        if value.is_empty() || value.starts_with('#') {
            return if lines.is_empty() { Node::Null } else { Node::Text(join("", &lines, "\n")) };
        }
        if value.starts_with(['"', '\'']) {
            return Node::Text(match join(value, &lines, " ") {
                Cow::Borrowed(text) => {
                    let (text, comment) = unquote(text);
                    if let Some(comment) = comment {
                        self.log.report_cut(key, value_at + value.len() - comment.len());
                    }
                    Cow::Borrowed(text)
                }
                Cow::Owned(text) => Cow::Owned(unquote(&text).0.to_owned()),
            });
        }
        let (value, comment) = value.split_at(comment_start(value).unwrap_or(value.len()));
        // `report_cut_values` reports the known keys.
        if !comment.is_empty() && !KnownKey::of(key).is_some_and(KnownKey::holds_text) {
            self.log.report_cut(key, value_at + value.len());
        }
        match join(value.trim_end(), &lines, " ") {
            text if !is_list(key, &text) => Node::Text(text),
            Cow::Borrowed(text) => {
                Node::list(flow_items(text).map(|item| Node::Text(Cow::Borrowed(item))).collect())
            }
            Cow::Owned(text) => {
                Node::list(flow_items(&text).map(|item| Node::Text(Cow::Owned(item.to_owned()))).collect())
            }
        }
    }

    fn finish(self, mut entries: Vec<Entry<'a>>) -> Vec<Entry<'a>> {
        if !self.log.unread.is_empty() {
            let key = unused_key(&entries);
            entries.push(Entry { key: Cow::Owned(key), node: Node::list(self.log.unread) });
        }
        entries
    }
}

/// [`UNREAD`], followed by as many underscores as it takes to differ from all keys.
pub(super) fn unused_key(entries: &[Entry<'_>]) -> String {
    let underscores = |entry: &Entry<'_>| {
        let suffix = entry.key.strip_prefix(UNREAD)?;
        suffix.bytes().all(|byte| byte == b'_').then_some(suffix.len())
    };
    let taken: HashSet<usize> = entries.iter().filter_map(underscores).collect();
    // One of these lengths is free, since there is one more of them than are taken.
    let free = (0..=taken.len()).find(|count| !taken.contains(count)).unwrap_or_default();
    UNREAD.to_owned() + &"_".repeat(free)
}
