//! Why a block was refused, before it is known where in the file the block is.

use super::entry::MAX_DEPTH;
use super::lines::{content_start, indent};
use super::locator::Block;
use crate::error::{Error, ErrorKind};
use crate::limits::Limit;

/// Why a block was refused, and where in its text. Not yet an [`Error`], because to find the line of a
/// position costs a look at everything before it.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) kind: ErrorKind,
    /// What is to be mended, in bytes of the text.
    pub(super) at: usize,
    /// A second position, if one helps.
    pub(super) related: Option<usize>,
}

impl Refusal {
    pub(super) fn new(kind: ErrorKind, at: usize) -> Self {
        Self { kind, at, related: None }
    }

    /// The breach of a limit by a block, `at` where the parser stopped if that is known.
    pub(super) fn of_limit(limit: Limit, text: &str, at: Option<usize>) -> Self {
        let maximum = if limit == Limit::MetadataDepth { MAX_DEPTH } else { value_budget(text.len()) };
        Self::new(ErrorKind::LimitExceeded { limit, maximum }, at.unwrap_or_else(|| first_content(text)))
    }

    pub(super) fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// What is wrong, without the name of the format.
    pub(super) fn reason(&self) -> String {
        match &self.kind {
            ErrorKind::InvalidYaml { reason }
            | ErrorKind::InvalidToml { reason }
            | ErrorKind::InvalidJson { reason } => reason.clone(),
            other => other.to_string(),
        }
    }

    /// What is to be mended, in bytes of the text.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether the text is at fault, and not its size.
    pub(super) fn is_recoverable(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::InvalidYaml { .. }
                | ErrorKind::InvalidToml { .. }
                | ErrorKind::InvalidJson { .. }
                | ErrorKind::NotAMapping { .. }
        )
    }

    /// Whether collections nest too deep.
    pub(super) fn is_depth(&self) -> bool {
        matches!(self.kind, ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, .. })
    }

    pub(super) fn into_error(self, block: &Block<'_>) -> Error {
        let related = self.related.map(|related| block.position(related));
        Error::new(self.kind, Some(block.position(self.at))).with_related(related)
    }
}

/// What the values of a block of this many bytes may cost, aliases expanded. Without aliases they cannot cost
/// as much.
pub(super) fn value_budget(bytes: usize) -> usize {
    bytes.saturating_mul(10).saturating_add(1000)
}

/// Where the content of a block starts, in bytes.
pub(super) fn first_content(text: &str) -> usize {
    content_start(text).map_or(0, |(at, line)| at + indent(line))
}
