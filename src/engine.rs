//! The choice between the implementations of a stage, and why a fast one declines.

use std::str::FromStr;

use crate::codes::codes;

codes! {
    /// Which implementations read a post.
    ///
    /// Metadata and HTML have two implementations each. The reference defines the meaning: a YAML parser, and
    /// an HTML parser with a tree. The fast one gives exactly what the reference gives, or declines before
    /// anything is to be seen of it, and then the reference runs. So for every post both choices give equal
    /// posts and equal reports (but for the fields that name the engines, and why one declined), or equal
    /// errors; they differ in speed only.
    ///
    /// ```
    /// use offprint::{Decline, Engine, HtmlEngine, Parser};
    ///
    /// let source = "<p>Tea<table><tr><p>spills</table>";
    /// let (post, report) = Parser::new().parse_with_report(source)?;
    /// // The paragraph is moved out of the table, which takes a tree.
    /// assert_eq!(report.html_engine, Some(HtmlEngine::Dom));
    /// assert_eq!(report.html_declined, Some(Decline::FosterParenting));
    /// assert_eq!(post, Parser::new().engine(Engine::Reference).parse(source)?);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    #[derive(Default)]
    pub enum Engine {
        /// For each stage the fastest implementation that is sure about the input.
        #[default]
        Auto = "auto",
        /// For each stage the implementation that defines the meaning.
        Reference = "reference",
    }
}

codes! {
    /// Why a fast implementation left its part of a post to the reference.
    ///
    /// ```
    /// use offprint::{Decline, HtmlEngine, Parser};
    ///
    /// let (_, report) = Parser::new().parse_with_report("<p>Tea</p><template>Cup</template>")?;
    /// assert_eq!(report.html_declined, Some(Decline::Template));
    /// assert_eq!(Decline::Template.as_str(), "template");
    /// assert_eq!(format!("the body holds {}", Decline::Template), "the body holds a `<template>`");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub enum Decline {
        // Of the reader of plain metadata.
        /// A control character, or another one that YAML does not allow.
        Control = "control": "a control character",
        /// A line break other than LF and CRLF: a lone CR, U+0085, U+2028 or U+2029.
        LineBreak = "line_break": "a line break other than LF and CRLF",
        /// A byte order mark, which YAML skips at the start of a line.
        ByteOrderMark = "byte_order_mark": "a byte order mark",
        /// A line that is indented in a way that the lines above do not explain, or by a tab.
        Indentation = "indentation": "a line with unexpected indentation",
        /// Much white space in a row before much text, which takes YAML too long.
        Blanks = "blanks": "too much white space in a row",
        /// Lists and mappings in each other, more than a few.
        Nesting = "nesting": "lists and mappings nested deep",
        /// A key or a value that begins with one of YAML's indicators: a mapping in braces, an anchor, an
        /// alias, a tag, a directive, the start or the end of a document, or an error.
        Indicator = "indicator": "an indicator of YAML at the start of a key or a value",
        /// A line in quotes or in brackets that is `---` or `...`, or begins with `%` as a directive does.
        DocumentMarker = "document_marker": "a document marker or a directive in a value",
        /// A line that has no colon that white space or the end of the line follows, or has it after a quoted
        /// scalar of several lines.
        NoKey = "no_key": "a line without a key",
        /// A `#` in a key, which may begin a comment.
        HashInKey = "hash_in_key": "a `#` in a key",
        /// A key longer than about 1,000 bytes, at which YAML sets a limit.
        LongKey = "long_key": "a key that may be too long",
        /// The key `<<`, which may merge mappings.
        MergeKey = "merge_key": "a merge key `<<`",
        /// A quoted scalar that does not end.
        OpenQuote = "open_quote": "a quoted scalar that does not end",
        /// An escape that YAML does not know, or that stands for no character.
        Escape = "escape": "an unknown escape",
        /// Something other than a comment after a quoted scalar, a list in brackets, or the header of a block
        /// scalar.
        Trailing = "trailing": "something other than a comment after a value",
        /// A colon that makes a mapping of a plain value, or an error.
        ColonInValue = "colon_in_value": "a colon in a plain value",
        /// A list in brackets that does not end.
        OpenList = "open_list": "a list in brackets that does not end",
        /// A list in brackets that holds something other than scalars, or a comment.
        ListItem = "list_item": "a list in brackets of something other than scalars",
        /// A number that is not decimal, or that has too many digits.
        Number = "number": "a number that is not decimal, or long",

        // Of the scanner of HTML.
        /// A NUL, which the HTML standard drops or replaces.
        Character = "character": "a NUL",
        /// Limits so narrow, or a body so large, that only the reference can tell whether the body is within
        /// the limits.
        Limits = "limits": "a size near the limits",
        /// A `<template>`.
        Template = "template": "a `<template>`",
        /// An `<svg>` with HTML in it.
        Svg = "svg": "an `<svg>` with HTML in it",
        /// A `<math>` with HTML in it.
        MathMl = "mathml": "a `<math>` with HTML in it",
        /// A `<form>` that ends while something in it is open, which then stays open.
        Form = "form": "a `<form>` that ends while something in it is open",
        /// A `<select>` in which a formatting element ends that begins outside.
        Select = "select": "a formatting element that ends in a `<select>`",
        /// An `<object>`, or an element of the same kind (`<applet>`, `<marquee>`), that ends with the cell
        /// around it.
        Object = "object": "an `<object>` that does not end in its cell",
        /// An obsolete element with rules of its own: `<nobr>` or `<plaintext>`.
        Obsolete = "obsolete": "an obsolete element",
        /// Formatting elements that overlap with others, or that stay open, in more than the simple ways.
        Formatting = "formatting": "formatting elements that are misnested",
        /// Content of a table outside its cells, which the HTML standard moves before the table:
        /// [foster parenting](https://html.spec.whatwg.org/multipage/parsing.html#foster-parent).
        FosterParenting = "foster_parenting": "content of a table outside its cells",
        /// A reference to a line feed right after `<pre>` or `<textarea>`: whether the line feed counts
        /// depends on its spelling.
        LineFeedReference = "line_feed_reference": "a reference to a line feed after `<pre>`",
    }
}

/// A text that names no [`Engine`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not an engine: expected `auto` or `reference`")]
#[non_exhaustive]
pub struct EngineParseError;

/// Reads the code: `auto` or `reference`.
///
/// ```
/// use offprint::Engine;
///
/// assert_eq!("reference".parse(), Ok(Engine::Reference));
/// assert_eq!(Engine::Auto.to_string(), "auto");
/// assert_eq!(
///     "fast".parse::<Engine>().unwrap_err().to_string(),
///     "not an engine: expected `auto` or `reference`"
/// );
/// ```
impl FromStr for Engine {
    type Err = EngineParseError;

    fn from_str(text: &str) -> Result<Self, EngineParseError> {
        [Self::Auto, Self::Reference]
            .into_iter()
            .find(|engine| engine.as_str() == text)
            .ok_or(EngineParseError)
    }
}
