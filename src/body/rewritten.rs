//! A text that a stage of the body may have changed.

use std::borrow::Cow;

use crate::source_map::SourceMap;

/// A text, and where its bytes come from.
#[derive(Debug, Clone)]
pub(super) struct Rewritten<'a> {
    /// Borrowed if it is the text that the stage was given.
    pub(super) text: Cow<'a, str>,
    /// From offsets in this text to offsets in the one that the stage was given; without runs if that is the
    /// same, or if nobody wants to know.
    pub(super) map: SourceMap,
}
