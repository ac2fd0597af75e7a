//! What a reader of the archive, not of the article, wants to know about a post.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::engine::Decline;
use crate::error::Position;

/// Everything that was noticed, repaired or taken out while a post was read.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// What was odd, in the order in which it was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// What was taken out of the article, in the order of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<Removal>,
    /// What read the front matter; `None` if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_engine: Option<MetadataEngine>,
    /// Why the reader of plain metadata left the front matter to the reference; `None` if it did not, or was not asked
    /// ([`Engine::Reference`](crate::Engine::Reference)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_declined: Option<Decline>,
    /// What read the body; `None` if the body is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_engine: Option<HtmlEngine>,
    /// Why the scanner left the body to the reference; `None` if it did not, or was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_declined: Option<Decline>,
}

/// The implementation that read the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MetadataEngine {
    /// The reader of plain lines `key: value`.
    Plain,
    /// The YAML parser, which defines the meaning.
    Yaml,
    /// The line reader for broken YAML, with [`Parser::recover`](crate::Parser::recover).
    Recovery,
}

/// The implementation that read the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HtmlEngine {
    /// The scanner, which reads the source in one pass and builds no tree.
    Scan,
    /// The HTML parser and its tree, which define the meaning.
    Dom,
}

/// Something odd about a post that did not keep it from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of oddity.
    pub kind: DiagnosticKind,
    /// The oddity in words: lower case, without the position.
    pub message: String,
    /// Where in the whole file, as far as it is known.
    pub position: Option<Position>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(f, "{} at {position}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Written as `kind`, `message`, `line` and `column`.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = if self.position.is_some() { 4 } else { 2 };
        let mut object = serializer.serialize_struct("Diagnostic", fields)?;
        object.serialize_field("kind", &self.kind)?;
        object.serialize_field("message", &self.message)?;
        if let Some(position) = self.position {
            object.serialize_field("line", &position.line)?;
            object.serialize_field("column", &position.column)?;
        }
        object.end()
    }
}

/// The kinds of [`Diagnostic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// Broken front matter was read line by line.
    RecoveredMetadata,
    /// The front matter was never closed, and the whole post was taken as the body.
    UnclosedFrontMatter,
    /// Front matter in another format was taken as a part of the body.
    UnsupportedFormat,
    /// Bytes that are not UTF-8 were replaced by U+FFFD.
    InvalidUtf8,
    /// A key stands twice; the last one counts.
    DuplicateKey,
    /// A known key holds something of another shape; it is kept in [`Meta::extra`](crate::Meta::extra).
    UnexpectedValue,
    /// ` #` cuts a value short, as YAML has it.
    CutValue,
    /// The date is not one; its text is kept in [`Meta::extra`](crate::Meta::extra).
    BadDate,
    /// Date and stamp are different moments.
    DateStampMismatch,
    /// Title and link heading are different texts.
    TitleHeadingMismatch,
    /// `from` and the link heading's URL differ.
    FromHeadingMismatch,
    /// A value of the front matter nests too deep, and is kept as its source text.
    DeepMetadata,
    /// Elements nest deeper than [`Limits::depth`](crate::Limits::depth): the tags of the deeper ones were left out, their
    /// content was not.
    DeepElements,
    /// Lists, quotations and tables nest too deep: the deeper ones were dissolved into the blocks that they hold.
    DeepBlocks,
    /// A tag has more attributes than [`Limits::attributes`](crate::Limits::attributes): the others were left out.
    ManyAttributes,
    /// A link, a title or a resolved URL would have been given out so often that the article would be many times as large
    /// as its source; from some place on it was left out, or left as it stands in the source.
    RepeatedText,
}

/// Something that was taken out of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Removal {
    /// The rule that matched, as its list has it. Of a rule of more than 256 bytes, a `…` stands for the domains, and for
    /// what comes after 256 bytes of the selectors.
    pub rule: String,
    /// The element, like `div#dfp-ad-imu1.ad`; of more than 256 bytes the first, and a `…`.
    pub element: String,
    /// Why it could go.
    pub kind: RemovalKind,
    /// The text that went with it, white space collapsed.
    pub text: String,
}

/// Why something could be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RemovalKind {
    /// An advertisement's slot, with nothing in it that a reader would miss.
    Placeholder,
    /// What a rule takes out whatever it holds: see [`Rules::removing`](crate::Rules::removing).
    Removed,
    /// A form control, such as a button.
    Control,
    /// An image that nobody sees and that counts its readers.
    Pixel,
    /// A script.
    Script,
}
