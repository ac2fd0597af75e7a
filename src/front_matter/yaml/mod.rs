//! The reference reader of front matter, which defines its meaning: from the text of a block to entries, or
//! to a type.
//!
//! The [`parser`] resolves a scalar (`0x10` to 16) or gives its text, but does not do both, and it must be
//! told which beforehand. So the block is read once with every scalar resolved; and if there were any whose
//! text matters and is lost, the block is read again, with the text of just these.

mod culprit;
mod meter;
mod node;
mod parser;
mod probe;
mod text;

use std::marker::PhantomData;

use serde::de::Deserialize;

use super::blanks;
use super::entry::{Entry, MAX_DEPTH, Node};
use super::nesting::{self, Cycle};
pub(super) use super::refusal::Refusal;
use super::refusal::{first_content, value_budget};
use crate::error::ErrorKind;
use crate::limits::Limit;
use meter::{Meter, Step};
pub(super) use node::DeepValue;
use node::Reader;
use parser::{Failure, Problem};
use text::{directive, is_empty};

/// The top-level entries of a block in order; none if it has no content.
///
/// A key is the source text of a scalar; a list or a mapping as a key is refused. Merge keys are applied, an
/// unknown tag is ignored, and aliases are expanded.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, Refusal> {
    if is_empty(text) {
        return Ok(Vec::new());
    }
    refuse_unread(text)?;
    if let Some(emptied) = nesting::emptied(text, MAX_DEPTH + 1) {
        return Err(refusal_of_depth(&emptied));
    }
    read_root(text, &mut Reader::new(value_budget(text.len()))).and_then(|root| top_level(root, text))
}

/// The same for a block in which values nest too deep: the node of such a value is its source text.
pub(super) fn entries_with_deep_values(text: &str) -> Result<(Vec<Entry<'_>>, Vec<DeepValue>), Refusal> {
    refuse_unread(text)?;
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

/// The node of a text that is a value inside `depth` collections, and of which `holds_text` tells whether the
/// source text of its scalars matters.
pub(super) fn node(text: &str, depth: usize, holds_text: bool) -> Result<Node<'_>, Refusal> {
    refuse_unread(text)?;
    if let Some(emptied) = nesting::emptied(text, (MAX_DEPTH + 1).saturating_sub(depth)) {
        return Err(refusal_of_depth(&emptied));
    }
    read_root(text, &mut Reader::below(value_budget(text.len()), depth, holds_text))
}

/// The entries of a mapping that is a value: see [`node()`].
pub(super) fn entries_below(text: &str, depth: usize, holds_text: bool) -> Result<Vec<Entry<'_>>, Refusal> {
    top_level(node(text, depth, holds_text)?, text)
}

/// The entries of a block, by its root.
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

/// Reads the block into a type; a block without content is an empty mapping.
///
/// Values that the type ignores are read all the same, so that the limits do not depend on the type.
pub(super) fn deserialize<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Refusal> {
    if is_empty(text) {
        return parser::read("{}", PhantomData::<T>).map_err(|failure| mismatch("{}", &failure, &[]));
    }
    refuse_unread(text)?;
    if let Some(emptied) = nesting::emptied(text, MAX_DEPTH + 1) {
        return Err(refusal_of_depth(&emptied));
    }
    let meter = Meter::new(value_budget(text.len()));
    match (parser::read(text, meter.root(PhantomData::<T>)), meter.breached()) {
        (Ok(value), None) => Ok(value),
        (Err(failure), None) => Err(mismatch(text, &failure, &meter.way())),
        (Err(failure), Some(limit)) => Err(breach(limit, text, failure.at())),
        // The type made something of what was refused.
        (Ok(_), Some(limit)) => Err(breach(limit, text, None)),
    }
}

/// The refusal of a text by a type, or by the parser. `way` leads to the value that the type refused.
fn mismatch(text: &str, failure: &Failure, way: &[Step]) -> Refusal {
    let mut refusal = refusal(text, failure, |reason| ErrorKind::Mismatch { reason });
    let ErrorKind::Mismatch { reason } = &mut refusal.kind else {
        return refusal;
    };
    let Some(found) = probe::find(text, way, value_budget(text.len())) else {
        return refusal;
    };
    let message = parser::without_path(reason, &found.paths);
    *reason = match found.paths.last() {
        Some(path) => format!("{path}: {message}"),
        None => message.to_owned(),
    };
    refusal.at = found.at;
    refusal.related = found.related;
    refusal
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
    parser::read(text, reader.root()).map_err(|failure| match reader.breached() {
        Some(limit) => breach(limit, text, failure.at()),
        None => refusal(text, &failure, |reason| ErrorKind::InvalidYaml { reason }),
    })
}

/// Says where a block nests too deep whose flow collections do. The block is read without what is too deep in
/// them, because the YAML parser takes too long otherwise, and there may be another error before.
fn refusal_of_depth(emptied: &nesting::Emptied) -> Refusal {
    let text = &emptied.text;
    match read_root(text, &mut Reader::new(value_budget(text.len()))) {
        Err(refusal) => refusal,
        Ok(_) => Refusal::of_limit(Limit::MetadataDepth, text, Some(emptied.at)),
    }
}

/// The breach of a limit: by an alias that stands for what it is in, if there is one, which has no end.
#[cold]
fn breach(limit: Limit, text: &str, at: Option<usize>) -> Refusal {
    let Some(Cycle { alias, anchor }) = nesting::cycle(text) else {
        return Refusal::of_limit(limit, text, at);
    };
    let reason = "found an alias in what it stands for".to_owned();
    Refusal { related: Some(anchor), ..Refusal::new(ErrorKind::InvalidYaml { reason }, alias) }
}

/// Refuses, before it is parsed, what the YAML parser takes too long to refuse, or to read.
fn refuse_unread(text: &str) -> Result<(), Refusal> {
    let (reason, at) = if let Some(at) = directive(text) {
        ("found a directive, which front matter cannot have", at)
    } else if let Some(at) = blanks::too_long(text) {
        ("found too much white space in a row, before too much text", at)
    } else {
        return Ok(());
    };
    Err(Refusal::new(ErrorKind::InvalidYaml { reason: reason.to_owned() }, at))
}

/// What the parser says about a text, in our terms. `misfit` makes an error of what is not one of syntax.
fn refusal(text: &str, failure: &Failure, misfit: fn(String) -> ErrorKind) -> Refusal {
    let explanation = failure.explain(text);
    let kind = match explanation.problem {
        Problem::Syntax(reason) => ErrorKind::InvalidYaml { reason },
        Problem::Content(reason) => misfit(reason),
        Problem::TooDeep => return breach(Limit::MetadataDepth, text, Some(explanation.at)),
        Problem::TooManyValues => return breach(Limit::MetadataValues, text, Some(explanation.at)),
    };
    Refusal { kind, at: explanation.at, related: explanation.related }
}
