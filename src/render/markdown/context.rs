//! What is around inline content.

/// What a text is written for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The block that the text is the content of.
    pub(super) parent: Parent,
    /// Whether formulas stand between dollar signs.
    pub(super) dollar_math: bool,
    /// Whether each `$` that is text is escaped, because of what is around the text.
    pub(super) escapes_dollars: bool,
    /// The same for each `~`.
    pub(super) escapes_tildes: bool,
}

/// The blocks with inline content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    /// It may have many lines.
    Paragraph,
    Heading,
    /// A cell of a table.
    Cell,
}
