//! Every case of the front matter and the metadata, and what must come out.

mod errors;
mod fields;
#[cfg(all(feature = "toml", feature = "json"))]
mod format_errors;
#[cfg(all(feature = "toml", feature = "json"))]
mod format_limits;
#[cfg(all(feature = "toml", feature = "json"))]
mod format_recovery;
#[cfg(all(feature = "toml", feature = "json"))]
mod formats;
mod hostile;
mod metadata;
mod plain;
mod plain_agreement;
mod plain_blocks;
mod plain_usual;
mod recovery;
mod recovery_below;
mod split;

use super::*;
use crate::post::Value;

/// Reads the front matter with the reference engine, and wants the other one to read the same.
#[track_caller]
fn read<'a>(
    front_matter: &FrontMatter<'a>,
    recover: bool,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Meta<'a>, Option<MetadataEngine>), Error> {
    let mut auto_diagnostics = diagnostics.clone();
    let auto = read_with(front_matter, Engine::Auto, recover, limits, &mut auto_diagnostics);
    let reference = read_with(front_matter, Engine::Reference, recover, limits, diagnostics);
    match (&auto, &reference) {
        (Ok((auto, _)), Ok((reference, _))) => assert_eq!(auto, reference),
        (Err(auto), Err(reference)) => {
            assert_eq!(auto, reference);
        }
        _ => panic!("one engine fails: {auto:?}, {reference:?}"),
    }
    assert_eq!(auto_diagnostics, *diagnostics);
    reference
}

fn read_with<'a>(
    front_matter: &FrontMatter<'a>,
    engine: Engine,
    recover: bool,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Meta<'a>, Option<MetadataEngine>), Error> {
    let mut meta = Meta::default();
    let reading = super::read(front_matter, engine, recover, limits, &mut meta, diagnostics)?;
    Ok((meta, reading.engine))
}

/// Reads a whole post strictly and wants nothing to be said about it.
#[track_caller]
fn meta(source: &str) -> Meta<'_> {
    let (meta, diagnostics) = meta_and_diagnostics(source);
    assert_eq!(diagnostics, [] as [String; 0]);
    meta
}

/// Reads a whole post strictly.
#[track_caller]
fn meta_and_diagnostics(source: &str) -> (Meta<'_>, Vec<String>) {
    let front_matter = FrontMatter::split(source).unwrap();
    let mut diagnostics = Vec::new();
    let (meta, engine) = read(&front_matter, false, &Limits::default(), &mut diagnostics).unwrap();
    assert_eq!(engine, Some(MetadataEngine::Yaml));
    (meta, diagnostics.iter().map(shown).collect())
}

/// The error of a post whose front matter is cut off, but not read.
#[track_caller]
fn refusal(source: &str) -> Error {
    let front_matter = FrontMatter::split(source).unwrap();
    read(&front_matter, false, &Limits::default(), &mut Vec::new()).unwrap_err()
}

/// Wants the front matter between two fences to be refused with this message.
#[track_caller]
fn refuses(yaml: &str, message: &str) {
    let source = format!("---\n{yaml}\n---\n");
    let error = refusal(&source);
    assert_eq!(error.to_string(), message);
    let position = error.position().unwrap();
    assert_eq!(position, Position::of(&source, position.offset), "line and column of the offset");
}

/// The block between two fences.
fn fenced(yaml: &str) -> String {
    format!("---\n{yaml}\n---\n")
}

/// The value that a key unknown to the model has.
#[track_caller]
fn extra<'m>(meta: &'m Meta<'_>, key: &str) -> &'m Value<'m> {
    meta.extra.get(key).unwrap_or_else(|| panic!("no key {key} in {meta:?}"))
}

fn shown(diagnostic: &Diagnostic) -> String {
    format!("{:?}: {diagnostic}", diagnostic.kind)
}
