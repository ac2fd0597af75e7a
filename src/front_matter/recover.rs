//! Front matter that is not YAML, read line by line.
//!
//! The block is cut where top-level lines begin, so that indented lines and list items stay with the key
//! above them. Each piece that is YAML by itself keeps its meaning. What is left is repaired:
//!
//! - The value of a key is the rest of its line, unchanged. Outer quotes are taken off, and no escape is
//!   resolved: `"水平\智力"` keeps its backslash, `a: b: c` is `b: c` under `a`. Continuation lines are joined
//!   with spaces, or with line breaks under a `|`.
//! - `[a, b` and lines of `- a` are lists.
//! - ` #` begins a comment after a value that is not in quotes, as in YAML.
//! - A value that nests too deep is its source text. If nothing else is wrong with a block, it is not cut.
//! - A piece without a key is kept in a list under the key [`UNREAD`].

use std::borrow::Cow;
use std::collections::HashSet;

use super::entry::{Entry, KnownKey, MAX_DEPTH, Node};
use super::lines::{base_indent, closing_quote, content_start, indent, key_lines, lines, split_key};
use super::locator::Locator;
use super::yaml::{self, DeepValue, Refusal};
use crate::error::{ErrorKind, Position};
use crate::report::{Diagnostic, DiagnosticKind, MetadataEngine};

/// The key of the pieces that have no key. Underscores make it longer if the post has that key itself.
pub(super) const UNREAD: &str = "unread_lines";

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
    diagnostics.push(Diagnostic {
        kind: DiagnosticKind::RecoveredMetadata,
        message: format!("{}; read line by line", refusal.kind()),
        position: Some(locator.position(refusal.at())),
    });
    let mut repair = Repair { locator, diagnostics, entries: Vec::new(), unread: Vec::new() };
    for (at, piece) in pieces(text) {
        repair.piece(at, piece);
    }
    Ok((repair.finish(), MetadataEngine::Recovery))
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
            if let Some(cut) = comment_start(line.value) {
                let position = locator.position(line.value_at + cut);
                diagnostics.push(cut_value(line.key, position));
            }
        }
    }
}

/// Where the comment after a plain scalar starts.
pub(super) fn comment_start(value: &str) -> Option<usize> {
    memchr::memchr_iter(b'#', value.as_bytes())
        .find(|&at| at == 0 || matches!(value.as_bytes()[at - 1], b' ' | b'\t'))
}

/// Cuts a block before each of its top-level lines. Empty lines and comments go with the piece before.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let first = content_start(text).map(|(at, _)| at);
    let base = base_indent(text);
    let starts = lines(text).filter(move |&(at, line)| Some(at) == first || is_top_level(line, base));
    let mut starts = starts.map(|(at, _)| at).peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        let end = starts.peek().copied().unwrap_or(text.len());
        Some((start, &text[start..end]))
    })
}

fn is_top_level(line: &str, base: usize) -> bool {
    let indent = indent(line);
    let content = &line[indent..];
    !(content.is_empty() || content.starts_with('#') || indent > base || is_item(content))
}

/// Whether a line without its indentation is an item of a list.
fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

struct Repair<'s, 'a> {
    locator: &'s mut Locator<'a>,
    diagnostics: &'s mut Vec<Diagnostic>,
    entries: Vec<Entry<'a>>,
    unread: Vec<Node<'a>>,
}

impl<'a> Repair<'_, 'a> {
    fn piece(&mut self, at: usize, piece: &'a str) {
        let mut read = yaml::entries(piece).map(|entries| (entries, Vec::new()));
        let is_deep = read.as_ref().is_err_and(Refusal::is_depth);
        if is_deep {
            read = yaml::entries_with_deep_values(piece);
        }
        let refusal = match read {
            Ok((entries, deep)) => {
                self.entries.extend(entries);
                report_deep_values(at, &deep, self.locator, self.diagnostics);
                return;
            }
            Err(refusal) => refusal,
        };
        let mut lines = lines(piece);
        let (_, first) = lines.next().unwrap_or((0, ""));
        let indent = indent(first);
        let Some((key, value)) = split_key(&first[indent..]) else {
            let text = piece.trim();
            self.report(at + indent, format!("not a line `key: value`: kept under `{UNREAD}`"));
            self.unread.push(Node::Text(Cow::Borrowed(text)));
            return;
        };
        if is_deep {
            let value_at = at + first.len() - value.len();
            let value = piece[value_at - at..].trim();
            let deep = DeepValue { key: key.to_owned(), at: value_at };
            report_deep_values(0, &[deep], self.locator, self.diagnostics);
            self.entries.push(Entry { key: Cow::Borrowed(key), node: Node::Source(Cow::Borrowed(value)) });
            return;
        }
        let below: Vec<&'a str> = lines.map(|(_, line)| line).collect();
        let value_at = at + first.len() - value.len();
        let reason = match refusal.kind() {
            ErrorKind::InvalidYaml { reason } => reason.clone(),
            other => other.to_string(),
        };
        self.report(value_at, format!("the value of `{key}` is kept as it stands: {reason}"));
        let node = self.value(key, value, value_at, &below);
        self.entries.push(Entry { key: Cow::Borrowed(key), node });
    }

    fn report(&mut self, at: usize, message: String) {
        let position = Some(self.locator.position(at));
        self.diagnostics.push(Diagnostic { kind: DiagnosticKind::RecoveredMetadata, message, position });
    }

    /// The value of a key: `value` is on the line of the key, and `below` are the lines that follow.
    fn value(&mut self, key: &str, value: &'a str, value_at: usize, below: &[&'a str]) -> Node<'a> {
        if is_block_header(value) {
            let separator = if value.starts_with('|') { "\n" } else { " " };
            return Node::Text(join("", below, separator));
        }
        let lines: Vec<&'a str> =
            below.iter().map(|line| line.trim()).filter(|line| !is_empty_or_comment(line)).collect();
        if value.is_empty() || value.starts_with('#') {
            return under_bare_key(&lines);
        }
        if value.starts_with(['"', '\'']) {
            return Node::Text(match join(value, &lines, " ") {
                Cow::Borrowed(text) => {
                    let (text, comment) = unquote(text);
                    if let Some(comment) = comment {
                        self.report_cut(key, value_at + value.len() - comment.len());
                    }
                    Cow::Borrowed(text)
                }
                Cow::Owned(text) => Cow::Owned(unquote(&text).0.to_owned()),
            });
        }
        let (value, comment) = value.split_at(comment_start(value).unwrap_or(value.len()));
        // `report_cut_values` reports the known keys.
        if !comment.is_empty() && !KnownKey::of(key).is_some_and(KnownKey::holds_text) {
            self.report_cut(key, value_at + value.len());
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

    fn report_cut(&mut self, key: &str, at: usize) {
        self.diagnostics.push(cut_value(key, self.locator.position(at)));
    }

    fn finish(self) -> Vec<Entry<'a>> {
        let Self { mut entries, unread, .. } = self;
        if !unread.is_empty() {
            let key = unused_key(&entries);
            entries.push(Entry { key: Cow::Owned(key), node: Node::list(unread) });
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

pub(super) fn cut_value(key: &str, position: Position) -> Diagnostic {
    Diagnostic {
        kind: DiagnosticKind::CutValue,
        message: format!("` #` begins a comment and cuts the value of `{key}` short"),
        position: Some(position),
    }
}

/// Whether a value is the first line of a block scalar: `|` or `>` with its indicators.
fn is_block_header(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else {
        return false;
    };
    let rest = rest.trim_start_matches(|char: char| matches!(char, '+' | '-') || char.is_ascii_digit());
    rest.is_empty() || rest.trim_start().starts_with('#')
}

fn is_empty_or_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

/// A value with its continuation lines, borrowed if it has none.
fn join<'a>(value: &'a str, below: &[&'a str], separator: &str) -> Cow<'a, str> {
    match (value, below) {
        (value, []) => Cow::Borrowed(value),
        ("", [line]) => Cow::Borrowed(line.trim()),
        _ => {
            let indent = below.first().map_or(0, |line| indent(line));
            let lines = below.iter().map(|line| line[indent.min(self::indent(line))..].trim_end());
            let first = Some(value).filter(|value| !value.is_empty());
            let joined = first.into_iter().chain(lines).collect::<Vec<_>>().join(separator);
            Cow::Owned(joined.trim_end().to_owned())
        }
    }
}

/// The lines under a key whose own line has no value: the items of a list, or else a text.
fn under_bare_key<'a>(lines: &[&'a str]) -> Node<'a> {
    match lines.first() {
        None => Node::Null,
        Some(first) if is_item(first) => {
            // A line that does not begin an item continues the item above.
            let items = lines.chunk_by(|_, next| !is_item(next)).map(|item| {
                let first = item[0][1..].trim_start();
                match join(first, &item[1..], " ") {
                    Cow::Borrowed(text) => Node::Text(Cow::Borrowed(unquote(text).0)),
                    Cow::Owned(text) => Node::Text(Cow::Owned(unquote(&text).0.to_owned())),
                }
            });
            Node::list(items.collect())
        }
        Some(_) => Node::Text(join("", lines, "\n")),
    }
}

/// A text without the quotes around it, and the comment after it. A quote that nothing closes is taken off,
/// too.
pub(super) fn unquote(text: &str) -> (&str, Option<&str>) {
    let Some(quote) = text.chars().next().filter(|char| matches!(char, '"' | '\'')) else {
        return (text, None);
    };
    let inner = &text[1..];
    let Some(end) = inner.rfind(quote) else {
        return (inner, None);
    };
    let rest = &inner[end + 1..];
    let comment = rest.trim_start();
    if rest.is_empty() {
        (&inner[..end], None)
    } else if comment.starts_with('#') && comment.len() < rest.len() {
        (&inner[..end], Some(comment))
    } else {
        (text, None)
    }
}

/// Whether a value is a list in brackets, of which the closing one may be missing. A title like `[1] Tea` is
/// not a list.
pub(super) fn is_list(key: &str, value: &str) -> bool {
    let may_be_list = !KnownKey::of(key).is_some_and(KnownKey::is_single_text);
    may_be_list && value.starts_with('[') && (value.ends_with(']') || !value.contains(']'))
}

/// The items of a list in brackets, of which the closing one may be missing.
pub(super) fn flow_items(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('[').unwrap_or(text);
    let mut rest = text.strip_suffix(']').unwrap_or(text);
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return None;
        }
        let quoted = quoted_item_end(rest);
        let end = quoted.or_else(|| memchr::memchr(b',', rest.as_bytes())).unwrap_or(rest.len());
        let (item, after) = rest.split_at(end);
        rest = after;
        Some(unquote(item.trim_end()).0)
    })
}

/// Where an item ends that is in quotes and may have commas in it.
fn quoted_item_end(text: &str) -> Option<usize> {
    let quote = *text.as_bytes().first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let end = 1 + closing_quote(&text[1..], quote)? + 1;
    let after = text[end..].trim_start_matches([' ', '\t']);
    (after.is_empty() || after.starts_with(',')).then_some(end)
}
