//! Front matter in TOML: from the text between two lines `+++` to a [`Tree`].

mod lexer;
mod parser;
mod recover;
mod statement;

use super::refusal::Refusal;
use super::tree::{DeepValue, Tree};
pub(super) use recover::recover;

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Tree<'_>, Refusal> {
    refuse_breach(text)?;
    parser::parse(text)
}

/// The same for a text in which values may nest too deep: such a value is its source text. Brackets that nest
/// too deep by themselves are refused all the same.
pub(super) fn read_deep(text: &str) -> Result<(Tree<'_>, Vec<DeepValue>), Refusal> {
    refuse_breach(text)?;
    parser::parse_deep(text)
}

fn refuse_breach(text: &str) -> Result<(), Refusal> {
    match lexer::breach(text) {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}
