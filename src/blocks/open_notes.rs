//! The open notes, of those that stand in the text.

use super::inline::SavedText;
use crate::html::event::Removed;

/// The open notes, and the element in one that may repeat its sign.
#[derive(Default)]
pub(super) struct OpenNotes {
    pub(super) count: usize,
    pub(super) sign: Option<OpenSign>,
}

/// An element that repeats the sign of its note, if it holds what the text before it ends with.
pub(super) struct OpenSign {
    pub(super) before: SavedText,
    pub(super) removed: Removed,
}

impl OpenNotes {
    /// Whether no note is open.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }
}
