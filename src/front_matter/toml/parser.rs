//! The TOML parser: the only file that names the crate `toml`, and that knows what its messages say.
//!
//! To use another parser, change this file. The parser must say where keys and values are.

use std::borrow::Cow;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

use super::lexer::{Token, open_before, tokens};
use crate::error::ErrorKind;
use crate::front_matter::entry::MAX_DEPTH;
use crate::front_matter::refusal::{Refusal, first_content};
use crate::front_matter::tree::{DeepValue, Kind, Pair, Tree};
use crate::limits::Limit;

/// Reads a text that breaches no limit of the [`lexer`](super::lexer).
pub(super) fn parse(text: &str) -> Result<Tree<'_>, Refusal> {
    let table = DeTable::parse(text).map_err(|error| refusal(&error, text))?;
    let mut builder = Builder { text, own: |text| text, deep: None };
    builder.root(table.into_inner())
}

/// Reads a text in which values may nest too deep.
pub(super) fn parse_deep(text: &str) -> Result<(Tree<'_>, Vec<DeepValue>), Refusal> {
    let table = DeTable::parse(text).map_err(|error| refusal(&error, text))?;
    let mut builder = Builder { text, own: |text| text, deep: Some(Vec::new()) };
    let root = builder.root(table.into_inner())?;
    Ok((root, builder.deep.unwrap_or_default()))
}

/// Reads a text in which broken values were replaced. `text` is the text before that, with everything else at
/// the same positions. The errors are those that are left.
pub(super) fn parse_mended<'a>(mended: &str, text: &'a str) -> (Tree<'a>, Vec<DeepValue>, Vec<Refusal>) {
    let (table, errors) = DeTable::parse_recoverable(mended);
    let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    let mut builder = Builder { text, own, deep: Some(Vec::new()) };
    let errors = errors.iter().map(|error| refusal(error, mended)).collect();
    match builder.root(table.into_inner()) {
        Ok(root) => (root, builder.deep.unwrap_or_default(), errors),
        Err(refusal) => (builder.empty(), Vec::new(), vec![refusal]),
    }
}

/// Makes a tree of what the parser found.
struct Builder<'a, O> {
    /// The text that the positions are in.
    text: &'a str,
    /// Unties a string from the text that was parsed.
    own: O,
    /// The values that nest too deep; `None` if they are refused.
    deep: Option<Vec<DeepValue>>,
}

/// The content of a string on many lines whose lines end with CRLF: with line feeds, as YAML has it, so that
/// a post means the same whatever its line ends. CRLF that escapes make stays. `None` for any other string.
fn with_line_feeds<'a>(source: &str) -> Option<Cow<'a, str>> {
    if !source.starts_with(['"', '\'']) || !source.contains("\r\n") {
        return None;
    }
    let mut statement = String::from("v=");
    statement.extend(source.split("\r\n").flat_map(|line| [line, "\n"]));
    statement.pop();
    match DeTable::parse(&statement).ok()?.into_inner().remove("v")?.into_inner() {
        DeValue::String(text) => Some(Cow::Owned(text.into_owned())),
        _ => None,
    }
}

/// What is known of a value that was built.
struct Built<'a> {
    tree: Tree<'a>,
    /// Where the value starts and ends, with everything in it.
    extent: Range<usize>,
    is_too_deep: bool,
}

impl<'a, 'p, O: Fn(Cow<'p, str>) -> Cow<'a, str>> Builder<'a, O> {
    fn empty(&self) -> Tree<'a> {
        let start = first_content(self.text);
        Tree { kind: Kind::Map(Vec::new()), span: start..start }
    }

    fn root(&mut self, table: DeTable<'p>) -> Result<Tree<'a>, Refusal> {
        let mut pairs = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_at = key.span().start;
            let key = (self.own)(key.into_inner());
            let Built { mut tree, extent, is_too_deep } = self.value(value, 1)?;
            if let Some(deep) = self.deep.as_mut().filter(|_| is_too_deep) {
                deep.push(DeepValue { key: key.clone().into_owned(), at: extent.start });
                tree = Tree { kind: Kind::Source(&self.text[extent.clone()]), span: extent };
            }
            pairs.push(Pair { key, key_at, value: tree });
        }
        pairs.sort_by_key(|pair| pair.key_at);
        Ok(Tree { kind: Kind::Map(pairs), ..self.empty() })
    }

    /// Builds a value that is inside `depth` collections. Recursive: neither brackets nor keys with dots nest
    /// deeper than [`MAX_DEPTH`], which the [`lexer`](super::lexer) has seen to.
    fn value(&mut self, value: Spanned<DeValue<'p>>, depth: usize) -> Result<Built<'a>, Refusal> {
        let span = value.span();
        let value = value.into_inner();
        let is_too_deep = depth > MAX_DEPTH && matches!(value, DeValue::Array(_) | DeValue::Table(_));
        if is_too_deep && self.deep.is_none() {
            return Err(Refusal::of_limit(Limit::MetadataDepth, self.text, Some(span.start)));
        }
        let mut built =
            Built { tree: Tree { kind: Kind::Null, span: span.clone() }, extent: span, is_too_deep };
        let source = &self.text[built.tree.span.clone()];
        built.tree.kind = match value {
            DeValue::String(text) => Kind::Text(with_line_feeds(source).unwrap_or_else(|| (self.own)(text))),
            DeValue::Boolean(value) => Kind::Bool(value),
            DeValue::Datetime(_) => Kind::Text(Cow::Borrowed(source)),
            DeValue::Float(value) => {
                value.as_str().parse().map_or(Kind::Text(Cow::Borrowed(source)), Kind::Float)
            }
            DeValue::Integer(value) => match i128::from_str_radix(value.as_str(), value.radix()) {
                Ok(value) => Kind::Integer(value),
                Err(_) => value.as_str().parse().map_or(Kind::Text(Cow::Borrowed(source)), Kind::Float),
            },
            DeValue::Array(items) => {
                let mut trees = Vec::with_capacity(items.len());
                for item in items {
                    let item = self.value(item, depth + 1)?;
                    trees.push(built.include(item));
                }
                Kind::List(trees)
            }
            DeValue::Table(table) => {
                let mut pairs = Vec::with_capacity(table.len());
                for (key, value) in table {
                    let key_at = key.span().start;
                    let key = (self.own)(key.into_inner());
                    let value = self.value(value, depth + 1)?;
                    built.extent.start = built.extent.start.min(key_at);
                    pairs.push(Pair { key, key_at, value: built.include(value) });
                }
                // The parser gives them by their names.
                pairs.sort_by_key(|pair| pair.key_at);
                Kind::Map(pairs)
            }
        };
        Ok(built)
    }
}

impl<'a> Built<'a> {
    /// Makes room for a value that is in this one.
    fn include(&mut self, inner: Self) -> Tree<'a> {
        self.extent = self.extent.start.min(inner.extent.start)..self.extent.end.max(inner.extent.end);
        self.is_too_deep |= inner.is_too_deep;
        inner.tree
    }
}

/// What the parser says about a text, in our terms.
fn refusal(error: &Error, text: &str) -> Refusal {
    let message = error.message();
    let Some(span) = error.span() else {
        // Of keys with many dots the parser tells no position.
        return Refusal::of_limit(Limit::MetadataDepth, text, None);
    };
    let (stop, end) = (span.start.min(text.len()), span.end.min(text.len()));
    if message.contains("recursion") {
        return Refusal::of_limit(Limit::MetadataDepth, text, Some(stop));
    }
    let found = text.get(stop..end).unwrap_or_default();
    let begins_with = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    let refuse = |reason: &str, at, related| Refusal {
        kind: ErrorKind::InvalidToml { reason: reason.to_owned() },
        at,
        related,
    };
    let is_open_string = OPEN_STRING.contains(&message);
    if is_open_string || begins_with(&["missing comma", "unclosed"]) {
        let open = open_before(text, stop);
        // A header with a space in its name is closed, and refused with the same words.
        let is_closed = text[stop..line_end(text, stop)].contains([']', '}']);
        let is_open = is_open_string || message.starts_with("unclosed") && !is_closed;
        return match open.filter(|&open| is_open || is_entry_below(text, open, stop)) {
            Some(open) => {
                let reason = match text.as_bytes()[open] {
                    b'[' => "a `[` is not closed",
                    b'{' => "a `{` is not closed",
                    _ => "a string is not closed",
                };
                refuse(reason, open, Some(line_end(text, open)))
            }
            None => refuse(message, stop, open),
        };
    }
    if begins_with(&["missing escaped value", "invalid value, expected unicode"]) {
        let known = message.starts_with("invalid value");
        let reason =
            if known { "an escape that stands for no character" } else { "unknown escape in a string" };
        return refuse(reason, text[..stop].rfind('\\').unwrap_or(stop), None);
    }
    if message.starts_with("key with no value") {
        return match open_above(text, stop) {
            Some(open) => refuse("a string is not closed", open, Some(line_end(text, open))),
            None => refuse(message, colon_before(text, stop).unwrap_or(stop), None),
        };
    }
    match message {
        "duplicate key" => refuse(&format!("duplicate key `{found}`"), stop, None),
        "string values must be quoted, expected literal string" if found.is_empty() => {
            refuse("a value is missing", stop, None)
        }
        "string values must be quoted, expected literal string" => {
            refuse("a text must be in quotes", stop, None)
        }
        // The parser goes by the first letter.
        _ if begins_with(&["invalid boolean", "invalid float", "invalid integer"]) && is_word(found) => {
            refuse("a text must be in quotes", stop, None)
        }
        message => refuse(message, stop, None),
    }
}

/// What the parser says where a string ends without its closing quote.
const OPEN_STRING: [&str; 4] = [
    "invalid basic string, expected `\"`",
    "invalid literal string, expected `'`",
    "invalid multi-line basic string, expected `\"`",
    "invalid multi-line literal string, expected `'`",
];

/// Whether a value that is refused looks like a text without quotes.
fn is_word(found: &str) -> bool {
    let names = ["true", "false", "inf", "nan"];
    found.starts_with(|c: char| c.is_alphabetic()) && !names.contains(&&*found.to_ascii_lowercase())
}

/// The end of the line of a position, without white space before it.
fn line_end(text: &str, at: usize) -> usize {
    let line = text[at..].lines().next().unwrap_or_default();
    at + line.trim_ascii_end().len()
}

/// The start of a string that ends with the line above, if that is because of a backslash at the end: the
/// parser takes the next line for another entry.
fn open_above(text: &str, at: usize) -> Option<usize> {
    let end = text[..at].rfind('\n')?;
    let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
    if !text[start..end].trim_ascii_end().ends_with('\\') {
        return None;
    }
    let open = tokens(&text[start..=end]).find(|(token, _)| *token == Token::OpenText);
    open.map(|(_, range)| start + range.start)
}

/// Where the `:` is that stands for the `=` of a key, on the line of the position.
fn colon_before(text: &str, at: usize) -> Option<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let sign_at = start + super::statement::key(text[start..].lines().next()?)?.sign_at;
    (sign_at < at && text[sign_at..].starts_with(':')).then_some(sign_at)
}

/// Whether a line below an open bracket begins at `stop`, and looks like the next entry.
fn is_entry_below(text: &str, bracket: usize, stop: usize) -> bool {
    let start = text[..stop].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    bracket < start && super::statement::key(line).is_some()
}
