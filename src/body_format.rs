//! What a body is written in.

use std::str::FromStr;

use crate::codes::codes;

codes! {
    /// What the body of a post is written in.
    ///
    /// ```
    /// use offprint::{BodyFormat, Parser};
    ///
    /// let source = "Boil *fresh* water:\n\n* for green tea\n* for white tea";
    /// let (post, report) = Parser::new().parse_with_report(source)?;
    /// assert_eq!(report.body_format, Some(BodyFormat::Markdown));
    /// assert_eq!(post.to_text(), "Boil fresh water:\n\n- for green tea\n- for white tea\n");
    ///
    /// let post = Parser::new().body_format(BodyFormat::Html).parse(source)?;
    /// assert_eq!(post.to_text(), "Boil *fresh* water:\n\n* for green tea * for white tea\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    #[derive(Default)]
    pub enum BodyFormat {
        /// HTML, unless text outside all elements holds Markdown, or an element asks for it by
        /// `markdown="1"`.
        #[default]
        Auto = "auto",
        /// HTML. A post that is Markdown all the same gets a
        /// [diagnostic](crate::DiagnosticKind::MarkdownAsHtml).
        Html = "html",
        /// Markdown: CommonMark with tables, footnotes, strikethrough, task lists, definition lists, heading
        /// attributes and math, and with the habits of kramdown. HTML is a part of it.
        Markdown = "markdown",
    }
}

/// A text that names no [`BodyFormat`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a format of bodies: expected `auto`, `html` or `markdown`")]
#[non_exhaustive]
pub struct BodyFormatParseError;

/// Reads the code: `auto`, `html` or `markdown`.
///
/// ```
/// use offprint::BodyFormat;
///
/// assert_eq!("markdown".parse(), Ok(BodyFormat::Markdown));
/// assert_eq!(
///     "rst".parse::<BodyFormat>().unwrap_err().to_string(),
///     "not a format of bodies: expected `auto`, `html` or `markdown`"
/// );
/// ```
impl FromStr for BodyFormat {
    type Err = BodyFormatParseError;

    fn from_str(text: &str) -> Result<Self, BodyFormatParseError> {
        [Self::Auto, Self::Html, Self::Markdown]
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or(BodyFormatParseError)
    }
}
