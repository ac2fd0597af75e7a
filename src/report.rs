//! What a reader of the archive, not of the article, wants to know about a post.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::body_format::BodyFormat;
use crate::codes::codes;
use crate::engine::Decline;
use crate::error::Position;

/// Everything that was noticed, repaired or taken out while a post was read.
///
/// Serde writes and reads a report; what is absent is left out.
///
/// ```
/// use offprint::{HtmlEngine, Parser, Report};
///
/// let source = "---\ntitle: Tea\ntitle: Green tea\n---\n<p>Boil water.</p>\n<div class=ads></div>";
/// let (_, report) = Parser::new().parse_with_report(source)?;
/// assert_eq!(report.diagnostics[0].to_string(), "the key `title` stands twice: its last value counts at line 3, column 1");
/// assert_eq!(report.removals[0].element, "div.ads");
/// assert_eq!(report.html_engine, Some(HtmlEngine::Scan));
///
/// let json = serde_json::to_string(&report)?;
/// assert_eq!(serde_json::from_str::<Report>(&json)?, report);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Report {
    /// What was odd: first what was found in the front matter, then in the prelude, then in the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// What was taken out of the article, in the order in which a reader would have met it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<Removal>,
    /// What read the front matter; `None` for a post without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_engine: Option<MetadataEngine>,
    /// Why the reader of plain lines left the front matter to the YAML parser; `None` if it did not, or was
    /// not asked ([`Engine::Reference`](crate::Engine::Reference)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_declined: Option<Decline>,
    /// What read the body; `None` if there is nothing to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_engine: Option<HtmlEngine>,
    /// Why the scanner left the body to the HTML parser; `None` if it did not, or was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_declined: Option<Decline>,
    /// What the body was read as: HTML or Markdown; `None` if there is nothing to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_format: Option<BodyFormat>,
}

codes! {
    /// The implementation that read the front matter.
    ///
    /// ```
    /// assert_eq!(offprint::MetadataEngine::Plain.as_str(), "plain");
    /// ```
    pub enum MetadataEngine {
        /// The reader of plain lines `key: value`.
        Plain = "plain",
        /// The YAML parser, which defines the meaning.
        Yaml = "yaml",
        /// The TOML parser.
        Toml = "toml",
        /// The JSON parser.
        Json = "json",
        /// The line reader for broken front matter, with [`Parser::recover`](crate::Parser::recover).
        Recovery = "recovery",
    }
}

codes! {
    /// The implementation that read the body.
    ///
    /// ```
    /// assert_eq!(offprint::HtmlEngine::Scan.to_string(), "scan");
    /// ```
    pub enum HtmlEngine {
        /// The scanner, which reads the source in one pass and builds no tree.
        Scan = "scan",
        /// The HTML parser and its tree, which define the meaning.
        Dom = "dom",
    }
}

/// Something odd about a post that did not keep the post from being read.
///
/// In JSON the position is three fields: `line`, `column` and `offset`.
///
/// ```
/// use offprint::{DiagnosticKind, Parser};
///
/// let (_, report) = Parser::new().recover(true).parse_with_report("---\ndate: soon\n---\n")?;
/// let diagnostic = &report.diagnostics[0];
/// assert_eq!(diagnostic.kind, DiagnosticKind::BadDate);
/// assert_eq!(diagnostic.position.map(|position| (position.line, position.column)), Some((2, 7)));
/// assert_eq!(diagnostic.to_string(), format!("{} at line 2, column 7", diagnostic.message));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of oddity.
    pub kind: DiagnosticKind,
    /// The oddity in words: lower case, without the position.
    pub message: String,
    /// Where in the whole file, as far as it is known.
    #[serde(flatten)]
    pub position: Option<Position>,
}

impl Diagnostic {
    /// A diagnostic with this message, of something at this position.
    pub fn new(kind: DiagnosticKind, message: impl Into<String>, position: Option<Position>) -> Self {
        Self { kind, message: message.into(), position }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(f, "{} at {position}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

codes! {
    /// The kinds of [`Diagnostic`].
    ///
    /// ```
    /// assert_eq!(offprint::DiagnosticKind::BadDate.as_str(), "bad_date");
    /// ```
    pub enum DiagnosticKind {
        /// Broken front matter was read line by line.
        RecoveredMetadata = "recovered_metadata",
        /// The front matter was never closed. It ends before the first line that does not look like metadata,
        /// which may be the first of all.
        UnclosedFrontMatter = "unclosed_front_matter",
        /// Bytes that are not UTF-8 were replaced by U+FFFD.
        InvalidUtf8 = "invalid_utf8",
        /// A top-level key of the front matter occurs twice; the last one counts.
        DuplicateKey = "duplicate_key",
        /// A known key holds something of another shape; it is kept in [`Meta::extra`](crate::Meta::extra).
        UnexpectedValue = "unexpected_value",
        /// ` #` cuts a value short, as YAML has it.
        CutValue = "cut_value",
        /// The date is not one; its text is kept in [`Meta::extra`](crate::Meta::extra).
        BadDate = "bad_date",
        /// Date and stamp are different moments.
        DateStampMismatch = "date_stamp_mismatch",
        /// Title and link heading differ in more than white space and the forms of punctuation.
        TitleHeadingMismatch = "title_heading_mismatch",
        /// `from` and the link heading's URL differ.
        FromHeadingMismatch = "from_heading_mismatch",
        /// A value of the front matter nests too deep, and is kept as its source text.
        DeepMetadata = "deep_metadata",
        /// Elements nest deeper than [`Limits::depth`](crate::Limits::depth): the tags of the deeper ones
        /// were left out, their content was not. The position is that of the first such tag.
        DeepElements = "deep_elements",
        /// Lists, quotations and tables nest too deep: the deeper ones were dissolved into the blocks that
        /// they hold. The position is that of the first one.
        DeepBlocks = "deep_blocks",
        /// A tag has more attributes than [`Limits::attributes`](crate::Limits::attributes): the others were
        /// left out. The position is that of the first attribute that was.
        ManyAttributes = "many_attributes",
        /// A link, a title or a resolved URL would have been given out so often that the article would be
        /// many times as large as its source: from the position on such a text was left out, or left as it
        /// stands in the source.
        RepeatedText = "repeated_text",
        /// The body holds Markdown, and [`BodyFormat::Html`] was asked for.
        MarkdownAsHtml = "markdown_as_html",
        /// An element whose content is no text, like `<script>`, is never closed, and hides the rest of the
        /// body.
        UnclosedElement = "unclosed_element",
        /// A comment is never closed, and hides the rest of the body.
        UnclosedComment = "unclosed_comment",
        /// The article holds nothing.
        EmptyArticle = "empty_article",
        /// An element that hides most of the article, until a script shows it, was kept.
        HiddenArticle = "hidden_article",
        /// Template tags were left as text: see [`Parser::templates`](crate::Parser::templates).
        TemplateTags = "template_tags",
        /// A template tag that needs an end is never closed. It is kept as text.
        UnclosedTemplate = "unclosed_template",
    }
}

/// Something that was taken out of the article.
///
/// In JSON the position is three fields: `line`, `column` and `offset`.
///
/// ```
/// use offprint::{Parser, RemovalKind};
///
/// let source = "<p>Tea</p>\n<div class='box ads'>AD</div>\n<script>x()</script>";
/// let (_, report) = Parser::new().parse_with_report(source)?;
/// let [ad, script] = &report.removals[..] else { panic!("there are two") };
/// assert_eq!((ad.kind, ad.element.as_str(), ad.text.as_str()), (RemovalKind::Placeholder, "div.box.ads", "AD"));
/// assert_eq!(ad.rule.as_deref(), Some("##.ads"));
/// assert_eq!(ad.position.map(|position| (position.line, position.offset)), Some((2, 11)));
/// assert_eq!((script.kind, &script.rule), (RemovalKind::Script, &None));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Removal {
    /// The rule that matched, as its list has it; `None` if no rule of a list was needed. Of a rule of more
    /// than 256 bytes, a `…` stands for the domains, and for what comes after 256 bytes of the selectors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The element, like `div#dfp-ad-imu1.ad`; of more than 256 bytes the first, and a `…`.
    pub element: String,
    /// Why the element could go.
    pub kind: RemovalKind,
    /// The text of the element, white space collapsed.
    pub text: String,
    /// Where the start tag of the element begins in the whole file; `None` for an element that has no start
    /// tag of its own there: one that HTML implies, such as a `<tbody>`, or opens again, such as a `<b>` that
    /// was open at the end of a paragraph.
    #[serde(flatten)]
    pub position: Option<Position>,
}

impl Removal {
    /// A removal of an element like `div.ad`, with its text.
    pub fn new(kind: RemovalKind, element: impl Into<String>, text: impl Into<String>) -> Self {
        Self { rule: None, element: element.into(), kind, text: text.into(), position: None }
    }
}

codes! {
    /// Why something could be taken out.
    ///
    /// ```
    /// assert_eq!(offprint::RemovalKind::Placeholder.as_str(), "placeholder");
    /// ```
    pub enum RemovalKind {
        /// An advertisement's slot, with nothing in it that a reader would miss.
        Placeholder = "placeholder",
        /// What a rule takes out whatever it holds: see [`Rules::removing`](crate::Rules::removing).
        Rule = "rule",
        /// A form control, such as a button.
        Control = "control",
        /// An image that nobody sees and that counts its readers.
        Pixel = "pixel",
        /// A script.
        Script = "script",
        /// Furniture that is known by its shape: see [`Rules::furniture`](crate::Rules::furniture). The rule
        /// names the shape.
        Shape = "shape",
        /// What no browser shows, such as an element with `display: none`.
        Hidden = "hidden",
        /// A copy of something that the article holds: the same formula in another form, or the sign or
        /// number of an item of a list.
        Duplicate = "duplicate",
        /// The numbers of the lines of code.
        Gutter = "gutter",
        /// A template tag that is no content of the article: see
        /// [`Parser::templates`](crate::Parser::templates). The text is the tag as it stands in the source.
        Template = "template",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_read_back_as_it_was_written() {
        let position = Position::of("a\nbc", 3);
        let mut removal = Removal::new(RemovalKind::Rule, "div.ad", "Ad");
        removal.rule = Some("##.ad".to_owned());
        removal.position = Some(position);
        let report = Report {
            diagnostics: vec![
                Diagnostic::new(DiagnosticKind::BadDate, "a", Some(position)),
                Diagnostic::new(DiagnosticKind::DeepBlocks, "b", None),
            ],
            removals: vec![removal, Removal::new(RemovalKind::Pixel, "img", "")],
            metadata_engine: Some(MetadataEngine::Yaml),
            metadata_declined: Some(Decline::Indicator),
            html_engine: Some(HtmlEngine::Dom),
            html_declined: Some(Decline::MathMl),
            body_format: Some(BodyFormat::Markdown),
        };
        let json = json!({
            "diagnostics": [
                {"kind": "bad_date", "message": "a", "line": 2, "column": 2, "offset": 3},
                {"kind": "deep_blocks", "message": "b"},
            ],
            "removals": [
                {
                    "rule": "##.ad", "element": "div.ad", "kind": "rule", "text": "Ad",
                    "line": 2, "column": 2, "offset": 3,
                },
                {"element": "img", "kind": "pixel", "text": ""},
            ],
            "metadata_engine": "yaml",
            "metadata_declined": "indicator",
            "html_engine": "dom",
            "html_declined": "mathml",
            "body_format": "markdown",
        });
        assert_eq!(serde_json::to_value(&report).unwrap(), json);
        assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
        assert_eq!(serde_json::from_value::<Report>(json!({})).unwrap(), Report::default());
    }
}
