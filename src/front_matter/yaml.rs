//! The reference reader of front matter, which defines its meaning. The only file that names `serde_yaml`.
//!
//! `serde_yaml` resolves a scalar (`0x10` to 16) or gives its text, but does not do both, and it must be told which
//! beforehand. So the block is read once with every scalar resolved; and if there were any whose text
//! matters and is lost, it is read again, with the text of just these.

mod meter;
mod node;

use serde::de::{Deserialize, DeserializeSeed, IgnoredAny};

use super::entry::{Entry, MAX_DEPTH, Node};
use super::nesting;
use super::place::{Block, content_start, lines};
use crate::error::{Error, ErrorKind, Limit};
use meter::Meter;
pub(super) use node::DeepValue;
use node::Reader;

/// Why a block was refused, and where in its text. Not yet an [`Error`], whose position costs a look at
/// everything before it.
#[derive(Debug)]
pub(super) struct Refusal {
    kind: ErrorKind,
    at: usize,
    cause: Option<serde_yaml::Error>,
}

impl Refusal {
    pub(super) fn new(kind: ErrorKind, at: usize) -> Self {
        Self { kind, at, cause: None }
    }

    /// The breach of a limit, where the parser was.
    fn of_limit(limit: Limit, text: &str, cause: Option<serde_yaml::Error>) -> Self {
        let location = cause.as_ref().and_then(serde_yaml::Error::location);
        let at = location.map_or_else(|| first_content(text), |location| location.index());
        Self { kind: limit_exceeded(limit, text.len()), at, cause }
    }

    pub(super) fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Where in the text of the block.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether the text is at fault, and not its size.
    pub(super) fn is_recoverable(&self) -> bool {
        matches!(self.kind, ErrorKind::InvalidYaml { .. } | ErrorKind::NotAMapping { .. })
    }

    /// Whether collections nest too deep.
    pub(super) fn is_depth(&self) -> bool {
        matches!(self.kind, ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, .. })
    }

    pub(super) fn into_error(self, block: &Block<'_>) -> Error {
        let error = Error::new(self.kind, Some(block.position(self.at)));
        match self.cause {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }
}

/// The top-level entries of a block in order; none if it is blank, or nothing but comments.
///
/// A key is the source text of a scalar; a list or a mapping as a key is refused. Merge keys are applied, an unknown tag is
/// ignored, and an alias is what it stands for.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, Refusal> {
    if is_blank(text) {
        return Ok(Vec::new());
    }
    refuse_directives(text)?;
    if let Some(emptied) = nesting::emptied(text, MAX_DEPTH + 1) {
        return Err(refusal_of_depth(&emptied));
    }
    read_root(text, &mut Reader::new(value_budget(text.len()))).and_then(|root| top_level(root, text))
}

/// The same for a block in which values nest too deep: the node of such a value is its source text.
pub(super) fn entries_with_deep_values(text: &str) -> Result<(Vec<Entry<'_>>, Vec<DeepValue>), Refusal> {
    refuse_directives(text)?;
    let budget = value_budget(text.len());
    if let Some(emptied) = nesting::emptied(text, MAX_DEPTH + 1) {
        let mut reader = Reader::tolerant(budget, text, nesting::values(&emptied.text));
        let entries =
            read_root(&emptied.text, &mut reader).and_then(|root| top_level(root.into_owned(), text))?;
        return Ok((entries, reader.into_deep_values()));
    }
    let mut reader = Reader::tolerant(budget, text, nesting::values(text));
    let entries = read_root(text, &mut reader).and_then(|root| top_level(root, text))?;
    Ok((entries, reader.into_deep_values()))
}

/// The entries of a block, of which this is the root.
fn top_level<'a>(root: Node<'a>, text: &str) -> Result<Vec<Entry<'a>>, Refusal> {
    let found = match root {
        Node::Map(entries) => {
            return Ok(entries.into_iter().map(|(key, node)| Entry { key, node }).collect());
        }
        Node::Null => return Ok(Vec::new()),
        Node::Texts(_) | Node::List(_) => "a list",
        Node::Text(_) | Node::Source(_) | Node::Literal { .. } | Node::Resolved(_) => "a scalar",
    };
    Err(Refusal::new(ErrorKind::NotAMapping { found }, first_content(text)))
}

/// Reads the block into a type; a blank block is an empty mapping.
///
/// What the type does not want is looked at all the same, so that the limits do not depend on it.
pub(super) fn deserialize<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Refusal> {
    let misfit = |reason| ErrorKind::Mismatch { reason };
    if is_blank(text) {
        let empty = T::deserialize(serde_yaml::Deserializer::from_str("{}"));
        return empty.map_err(|error| refusal("{}", error, misfit));
    }
    refuse_directives(text)?;
    if let Some(emptied) = nesting::emptied(text, MAX_DEPTH + 1) {
        return Err(refusal_of_depth(&emptied));
    }
    let meter = Meter::new(value_budget(text.len()));
    let read = T::deserialize(meter.metered(serde_yaml::Deserializer::from_str(text)));
    match (read, meter.breached()) {
        (Ok(value), None) => Ok(value),
        (Err(error), None) => Err(refusal(text, error, misfit)),
        (Err(error), Some(limit)) => Err(Refusal::of_limit(limit, text, Some(error))),
        // The type made something of what was refused.
        (Ok(_), Some(limit)) => Err(Refusal::of_limit(limit, text, None)),
    }
}

/// Reads all nodes of the block; a second time if it takes that to have all texts.
fn read_root<'a>(text: &'a str, reader: &mut Reader<'a>) -> Result<Node<'a>, Refusal> {
    let root = pass(text, reader)?;
    if !reader.has_lost() {
        return Ok(root);
    }
    reader.start_again();
    pass(text, reader)
}

fn pass<'a>(text: &'a str, reader: &mut Reader<'a>) -> Result<Node<'a>, Refusal> {
    let read = reader.root().deserialize(serde_yaml::Deserializer::from_str(text));
    read.map_err(|error| match reader.breached() {
        Some(limit) => Refusal::of_limit(limit, text, Some(error)),
        None => refusal(text, error, |reason| ErrorKind::InvalidYaml { reason }),
    })
}

/// Says where a block nests too deep whose flow collections do. It is read without what is too deep in them, because the
/// YAML parser takes too long otherwise, and there may be something before.
fn refusal_of_depth(emptied: &nesting::Emptied) -> Refusal {
    let text = &emptied.text;
    match read_root(text, &mut Reader::new(value_budget(text.len()))) {
        Err(refusal) => refusal,
        Ok(_) => Refusal::new(limit_exceeded(Limit::MetadataDepth, text.len()), emptied.at),
    }
}

/// Refuses, before it is parsed, what the YAML parser takes too long to refuse.
fn refuse_directives(text: &str) -> Result<(), Refusal> {
    let Some(at) = directive(text) else {
        return Ok(());
    };
    let reason = "found a directive, which front matter cannot have".to_owned();
    Err(Refusal::new(ErrorKind::InvalidYaml { reason }, at))
}

/// The first line that is a `%TAG` or `%YAML` directive. A directive needs a `---` line behind it, and that closes
/// the front matter; so none is ever right.
fn directive(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'%', text.as_bytes()).find(|&at| {
        let name = &text[at + 1..];
        (name.starts_with("TAG") || name.starts_with("YAML"))
            && text[..at].chars().next_back().is_none_or(|char| BREAKS.contains(&char) || char == '\u{feff}')
    })
}

/// The line breaks of YAML, of which front matter knows but the first.
const BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether there is nothing but blank lines and comments.
fn is_blank(text: &str) -> bool {
    text.split(BREAKS)
        .all(|line| matches!(line.trim_start_matches([' ', '\t']).as_bytes().first(), None | Some(b'#')))
}

fn first_content(text: &str) -> usize {
    content_start(text).map_or(0, |(at, line)| at + super::place::indent(line))
}

/// What `serde_yaml` says about a text, in our terms. `misfit` makes an error of what is not one of syntax.
fn refusal(text: &str, error: serde_yaml::Error, misfit: fn(String) -> ErrorKind) -> Refusal {
    // The content is read before the rest of the syntax is known to be right, and the error does not
    // tell the two apart. Skipping the content does.
    if let Err(syntax) = serde_yaml::from_str::<IgnoredAny>(text) {
        let reason = without_places(&syntax.to_string());
        let at = syntax_error_at(text, &syntax, &reason);
        return Refusal { kind: ErrorKind::InvalidYaml { reason }, at, cause: Some(syntax) };
    }
    let mut reason = error.to_string();
    let mut at = first_content(text);
    if let Some(location) = error.location() {
        at = location.index();
        let suffix = format!(" at line {} column {}", location.line(), location.column());
        if reason.ends_with(&suffix) {
            reason.truncate(reason.len() - suffix.len());
        }
    }
    let kind = match reason.as_str() {
        "recursion limit exceeded" => limit_exceeded(Limit::MetadataDepth, text.len()),
        "repetition limit exceeded" => limit_exceeded(Limit::MetadataValues, text.len()),
        _ => misfit(reason),
    };
    Refusal { kind, at, cause: Some(error) }
}

/// Where a syntax error is, in bytes of the text.
fn syntax_error_at(text: &str, error: &serde_yaml::Error, reason: &str) -> usize {
    // These two come without a place.
    if reason.starts_with("control characters") {
        return text.find(is_refused_control).unwrap_or(0);
    }
    match error.location() {
        Some(location) => location.index(),
        None => second_document(text).unwrap_or_else(|| first_content(text)),
    }
}

/// The characters that YAML does not allow anywhere.
fn is_refused_control(char: char) -> bool {
    match char {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => char.is_control(),
    }
}

/// The line that ends the first document of a stream or starts the second.
fn second_document(text: &str) -> Option<usize> {
    let (first, _) = content_start(text)?;
    let is_marker = |line: &str| {
        (line.starts_with("---") || line.starts_with("...")) && line[3..].starts_with([' ', '\t'])
    };
    lines(text).find(|&(at, line)| at > first && is_marker(line)).map(|(at, _)| at)
}

/// A message of the YAML parser without its " at line 2 column 3", which count from the start of the block.
fn without_places(message: &str) -> String {
    let mut kept = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(" at ") {
        kept.push_str(&rest[..at]);
        let place = &rest[at..];
        rest = place_end(place).unwrap_or_else(|| {
            kept.push_str(" at ");
            &place[" at ".len()..]
        });
    }
    kept + rest
}

/// What comes after " at line 2 column 3" or " at position 4".
fn place_end(text: &str) -> Option<&str> {
    let after_number =
        |text: &'_ str| text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    if let Some(rest) = text.strip_prefix(" at position ") {
        return Some(&rest[after_number(rest)..]);
    }
    let rest = text.strip_prefix(" at line ")?;
    let rest = rest[after_number(rest)..].strip_prefix(" column ")?;
    Some(&rest[after_number(rest)..])
}

/// The breach of a limit that a block of so many bytes cannot keep to.
fn limit_exceeded(limit: Limit, bytes: usize) -> ErrorKind {
    let maximum = if limit == Limit::MetadataDepth { MAX_DEPTH } else { value_budget(bytes) };
    ErrorKind::LimitExceeded { limit, maximum }
}

/// What the values of a block of so many bytes may cost, aliases replaced by what they stand for. Without aliases they cannot
/// cost as much.
fn value_budget(bytes: usize) -> usize {
    bytes.saturating_mul(10).saturating_add(1000)
}
