//! Front matter in the formats whose parsers tell positions: TOML and JSON.
#![cfg_attr(
    not(any(feature = "toml", feature = "json")),
    allow(unused_variables, unreachable_code, reason = "without both features there is nothing to read")
)]

use std::borrow::Cow;

use super::assemble::Assembly;
use super::entry::{Entry, Node};
#[cfg(feature = "json")]
use super::json;
use super::locator::{Locator, Spot};
use super::recover::log::Log;
use super::recover::{report_deep_values, unused_key};
use super::refusal::Refusal;
#[cfg(feature = "toml")]
use super::toml;
use super::tree::mend::Recovered;
use super::tree::{self, DeepValue, Kind, Pair, Tree};
use crate::error::{ErrorKind, FrontMatterFormat};
use crate::post::Meta;
use crate::report::{Diagnostic, MetadataEngine};

/// Reads a block as metadata. With `recover`, a block that is broken is read as far as it can be; each repair
/// is a diagnostic.
pub(super) fn read<'a>(
    format: FrontMatterFormat,
    recover: bool,
    locator: &mut Locator<'a>,
    meta: &mut Meta<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<MetadataEngine, Refusal> {
    let text = locator.block.text;
    let (Recovered { pairs, unread }, engine) = match parse(format, text) {
        Ok(root) => (Recovered { pairs: pairs(root), unread: Vec::new() }, engine(format)),
        Err(refusal) if recover => mend(format, refusal, locator, diagnostics)?,
        Err(refusal) => return Err(refusal),
    };
    locator.set_spots(pairs.iter().map(|pair| (pair.key.clone(), pair.spot())));
    let mut entries = tree::entries(pairs, text);
    if !unread.is_empty() {
        let key = Cow::Owned(unused_key(&entries));
        entries.push(Entry { key, node: Node::list(unread) });
    }
    Assembly::new(locator, meta, diagnostics).take_all(entries);
    Ok(engine)
}

/// Reads a block into a type.
pub(super) fn deserialize<'a, T: serde::Deserialize<'a>>(
    format: FrontMatterFormat,
    text: &'a str,
) -> Result<T, Refusal> {
    tree::deserialize(parse(format, text)?, text)
}

/// The top-level entries of a block, with their positions.
pub(super) fn top_level(format: FrontMatterFormat, text: &str) -> Result<Vec<Pair<'_>>, Refusal> {
    parse(format, text).map(pairs)
}

/// Where the last entry of a top-level key is, if the block can be read.
pub(super) fn spot(format: FrontMatterFormat, locator: &mut Locator<'_>, key: &str) -> Option<Spot> {
    let text = locator.block.text;
    let pairs = match parse(format, text) {
        Ok(root) => pairs(root),
        Err(refusal) => mend(format, refusal, locator, &mut Vec::new()).ok()?.0.pairs,
    };
    pairs.iter().rfind(|pair| pair.key == key).map(Pair::spot)
}

fn parse(format: FrontMatterFormat, text: &str) -> Result<Tree<'_>, Refusal> {
    match format {
        #[cfg(feature = "toml")]
        FrontMatterFormat::Toml => toml::read(text),
        #[cfg(feature = "json")]
        FrontMatterFormat::Json => json::read(text),
        missing => Err(missing_feature(missing)),
    }
}

/// The same for a text in which values may nest too deep.
fn parse_deep(format: FrontMatterFormat, text: &str) -> Result<(Tree<'_>, Vec<DeepValue>), Refusal> {
    match format {
        #[cfg(feature = "toml")]
        FrontMatterFormat::Toml => toml::read_deep(text),
        #[cfg(feature = "json")]
        FrontMatterFormat::Json => json::read_deep(text),
        missing => Err(missing_feature(missing)),
    }
}

/// Reads a block that was refused. If the only fault is that values nest too deep, they are kept as their
/// source text; otherwise the block is read piece by piece.
fn mend<'a>(
    format: FrontMatterFormat,
    refusal: Refusal,
    locator: &mut Locator<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Recovered<'a>, MetadataEngine), Refusal> {
    let text = locator.block.text;
    let refusal = if refusal.is_depth() {
        match parse_deep(format, text) {
            Ok((root, deep)) => {
                report_deep_values(0, &deep, locator, diagnostics);
                let recovered = Recovered { pairs: pairs(root), unread: Vec::new() };
                return Ok((recovered, engine(format)));
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
    let recovered = match format {
        #[cfg(feature = "toml")]
        FrontMatterFormat::Toml => toml::recover(log),
        #[cfg(feature = "json")]
        FrontMatterFormat::Json => json::recover(log),
        missing => return Err(missing_feature(missing)),
    };
    Ok((recovered, MetadataEngine::Recovery))
}

/// What reads a format.
fn engine(format: FrontMatterFormat) -> MetadataEngine {
    if format == FrontMatterFormat::Json { MetadataEngine::Json } else { MetadataEngine::Toml }
}

/// The refusal of a format that this build of the crate cannot read.
fn missing_feature(format: FrontMatterFormat) -> Refusal {
    Refusal::new(ErrorKind::MissingFeature { feature: format.as_str() }, 0)
}

/// The entries of a root.
fn pairs(root: Tree<'_>) -> Vec<Pair<'_>> {
    match root.kind {
        Kind::Map(pairs) => pairs,
        _ => Vec::new(),
    }
}
