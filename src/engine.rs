//! The choice between the implementations of a stage.

/// Which implementations read a post.
///
/// Where a stage has two implementations, both give the same post. They differ in speed only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Engine {
    /// For each stage the fastest implementation that is sure about the input.
    #[default]
    Auto,
    /// For each stage the implementation that defines the meaning.
    Reference,
}
