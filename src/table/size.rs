//! How much rows are.

/// A number of rows, and the bytes of the posts that they are of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    pub(super) rows: usize,
    pub(super) source_bytes: usize,
}

/// The most of a batch: small enough for a processor's cache, large enough for what a batch costs by itself.
pub(super) const BATCH: Size = Size { rows: 1000, source_bytes: 2 << 20 };

impl Size {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            rows: self.rows + other.rows,
            source_bytes: self.source_bytes.saturating_add(other.source_bytes),
        }
    }

    pub(super) fn fits(self, most: Self) -> bool {
        self.rows <= most.rows && self.source_bytes <= most.source_bytes
    }
}
