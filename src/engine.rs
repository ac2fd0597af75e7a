//! The choice between the implementations of a stage.

/// Which implementations read a post.
///
/// Metadata and HTML have two implementations each. The reference defines the meaning: a YAML parser, and an HTML
/// parser with a tree. The fast one gives exactly what the reference gives, or declines before anything is to be
/// seen of it, and then the reference runs. So for every post both choices give equal posts and equal reports (but for
/// the fields that name the engines), or equal errors; they differ in speed only.
///
/// ```
/// use offprint::{Engine, HtmlEngine, Parser};
///
/// let source = "<p>Tea<table><tr><p>spills</table>";
/// let (post, report) = Parser::new().parse_with_report(source)?;
/// // The paragraph is moved out of the table, which takes a tree.
/// assert_eq!(report.html_engine, HtmlEngine::Dom);
/// assert_eq!(post, Parser::new().engine(Engine::Reference).parse(source)?);
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Engine {
    /// For each stage the fastest implementation that is sure about the input.
    #[default]
    Auto,
    /// For each stage the implementation that defines the meaning.
    Reference,
}
