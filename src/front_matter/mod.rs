//! The front matter: from the source of a post to [`Meta`] and the body.
//!
//! [`fences`] finds where the block starts and ends; nothing is copied, and only the starts of lines are
//! looked at. Reading goes from the text of the block to an ordered list of [`entry::Entry`]s, and from
//! there, by [`assemble`], to [`Meta`]. The first half has more than one implementation: [`yaml`] defines the
//! meaning, and [`plain`] gives the same or declines. The second half is shared, so that the implementations
//! cannot differ in it.

mod assemble;
mod blanks;
mod edit;
mod entry;
mod fences;
mod fields;
mod file_name;
mod formats;
#[cfg(feature = "json")]
mod json;
mod known;
mod lines;
mod locator;
mod merge;
mod nesting;
mod plain;
mod recover;
mod refusal;
#[cfg(test)]
mod tests;
#[cfg(feature = "toml")]
mod toml;
#[cfg_attr(
    not(all(feature = "toml", feature = "json")),
    allow(dead_code, reason = "each format uses parts of the tree only")
)]
mod tree;
mod unclosed;
mod yaml;

use serde::Deserialize;

use crate::engine::{Decline, Engine};
use crate::error::{Error, ErrorKind, FrontMatterFormat, Position};
use crate::limits::{Limit, Limits};
use crate::post::Meta;
use crate::report::{Diagnostic, DiagnosticKind, MetadataEngine};
use assemble::Assembly;
use fences::Fences;
pub(crate) use file_name::FileName;
use locator::{Block, Locator};

/// A post cut into its front matter and its body, without a copy.
///
/// Front matter stands at the very start of a post, after an optional byte order mark. Its opener tells its
/// [format](FrontMatterFormat):
///
/// - YAML, by Jekyll's rules: the opener is a line `---`, the closer a line `---` or `...`.
/// - TOML, as Hugo and Zola have it: the opener and the closer are lines `+++`.
/// - JSON, as Hugo has it: an object, which is a `{` that white space and a `"` or `}` follow. (`{{` and `{%`
///   begin a body.) The front matter ends with the `}` that closes the `{`, and only white space may follow
///   the `}` on its line.
///
/// Spaces and tabs may follow the three characters of an opener or a closer, and a line may end with LF or
/// CRLF; the last line may end with the file. `----`, `---x` and an indented `---` are neither. An opener
/// that only white space follows is not front matter.
///
/// [`text`](Self::text) and [`body`](Self::body) are parts of the source, byte for byte. Before the text are
/// the byte order mark, if there is one, and the opener; between the text and the body is the closer, with
/// its line break; after the body is nothing. The text of JSON is the object with its braces.
///
/// ```
/// use offprint::{FrontMatter, FrontMatterFormat};
///
/// let source = "---\ntitle: Tea\n---\n<p>Boil water.</p>\n";
/// let front_matter = FrontMatter::split(source)?;
/// assert_eq!(front_matter.format(), Some(FrontMatterFormat::Yaml));
/// assert_eq!(front_matter.text(), Some("title: Tea\n"));
/// assert_eq!(front_matter.body(), "<p>Boil water.</p>\n");
/// assert_eq!(&source[front_matter.body_offset()..], front_matter.body());
/// assert_eq!(front_matter.meta()?.title.as_deref(), Some("Tea"));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    source: &'a str,
    format: Option<FrontMatterFormat>,
    /// Where the text starts and ends.
    text: Option<(usize, usize)>,
    body_start: usize,
}

impl<'a> FrontMatter<'a> {
    /// Cuts a post into its front matter and its body.
    ///
    /// The text of the front matter is not looked at, but for the braces and the quotes of JSON. All formats
    /// are cut off, whatever the features of the crate.
    ///
    /// # Errors
    ///
    /// Fails if the front matter is [not closed](ErrorKind::UnclosedFrontMatter), and if something other than
    /// white space follows a JSON object on the line that closes it ([`ErrorKind::InvalidJson`]).
    pub fn split(source: &'a str) -> Result<Self, Error> {
        match Self::cut(source) {
            Ok((front_matter, None)) => Ok(front_matter),
            Ok((_, Some(error))) | Err(error) => Err(error),
        }
    }

    /// Cuts a post as [`Parser::recover`](crate::Parser::recover) does, which nothing is refused by.
    ///
    /// The text of YAML or TOML that is not closed is the lines after the opener that look like metadata, up
    /// to the first line that is empty or looks like something else. Where the first line does not look like
    /// metadata, and of JSON that is not closed, the whole post is the body. A line like `----` after the
    /// metadata stands for the closer. A body may begin on the line that closes a JSON object.
    ///
    /// ```
    /// use offprint::FrontMatter;
    ///
    /// let source = "---\ntitle: Tea\ndate: 2020-01-01\n\n<p>Boil water.</p>\n";
    /// assert!(FrontMatter::split(source).is_err());
    /// let front_matter = FrontMatter::split_or_recover(source);
    /// assert_eq!(front_matter.text(), Some("title: Tea\ndate: 2020-01-01\n"));
    /// assert_eq!(front_matter.body(), "\n<p>Boil water.</p>\n");
    /// ```
    pub fn split_or_recover(source: &'a str) -> Self {
        Self::split_and_diagnose(source, &mut Vec::new())
    }

    /// The same. What [`split`](Self::split) refuses becomes a diagnostic.
    pub(crate) fn split_and_diagnose(source: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut diagnose = |kind, error: &Error| {
            diagnostics.push(Diagnostic::new(kind, error.kind().to_string(), error.position()));
        };
        match Self::cut(source) {
            Ok((front_matter, junk)) => {
                if let Some(error) = junk {
                    diagnose(DiagnosticKind::RecoveredMetadata, &error);
                }
                front_matter
            }
            Err(error) => {
                diagnose(DiagnosticKind::UnclosedFrontMatter, &error);
                let ErrorKind::UnclosedFrontMatter(format) = *error.kind() else {
                    return Self::all_body(source);
                };
                Self::unclosed(source, format).unwrap_or_else(|| Self::all_body(source))
            }
        }
    }

    fn all_body(source: &'a str) -> Self {
        Self { source, format: None, text: None, body_start: mark_length(source) }
    }

    /// Cuts a post whose front matter is not closed. `None` if nothing looks like metadata.
    fn unclosed(source: &'a str, format: FrontMatterFormat) -> Option<Self> {
        let start = memchr::memchr(b'\n', source.as_bytes())? + 1;
        let (text, body) = unclosed::find(format, &source[start..])?;
        let text = Some((start + text.start, start + text.end));
        Some(Self { source, format: Some(format), text, body_start: start + body })
    }

    /// Cuts a post. Beside what was cut is the error that there is if something follows a JSON object on the
    /// line that closes it.
    fn cut(source: &'a str) -> Result<(Self, Option<Error>), Error> {
        let start = mark_length(source);
        let refuse = |kind, at| Error::new(kind, Some(Position::of(source, start + at)));
        let fences = fences::find(&source[start..])
            .map_err(|format| refuse(ErrorKind::UnclosedFrontMatter(format), 0))?;
        let Some(Fences { format, text, body, junk }) = fences else {
            return Ok((Self { source, format: None, text: None, body_start: start }, None));
        };
        let text = Some((start + text.start, start + text.end));
        let front_matter = Self { source, format: Some(format), text, body_start: start + body };
        let junk = junk.map(|at| {
            let reason = "expected the end of the line after the `}` that closes the object".to_owned();
            refuse(ErrorKind::InvalidJson { reason }, at)
        });
        Ok((front_matter, junk))
    }

    /// The format of the front matter; `None` if there is no front matter.
    pub fn format(&self) -> Option<FrontMatterFormat> {
        self.format
    }

    /// The text between opener and closer, or the object of JSON with its braces; `None` if there is no front
    /// matter. Front matter may be there and be empty.
    pub fn text(&self) -> Option<&'a str> {
        self.text.map(|(start, end)| &self.source[start..end])
    }

    /// Where the text starts, in bytes of the whole file; `None` if there is no front matter.
    pub fn text_offset(&self) -> Option<usize> {
        self.text.map(|(start, _)| start)
    }

    /// Everything after the closer, untrimmed; without front matter, everything after the byte order mark.
    pub fn body(&self) -> &'a str {
        &self.source[self.body_start..]
    }

    /// Where the body starts, in bytes of the whole file.
    pub fn body_offset(&self) -> usize {
        self.body_start
    }

    /// Reads the front matter as [`Parser::new`](crate::Parser::new) does, without the article. Without front
    /// matter, the metadata are empty.
    ///
    /// # Errors
    ///
    /// Fails if the front matter is not valid, is not a mapping, or is larger than the default [`Limits`].
    pub fn meta(&self) -> Result<Meta<'a>, Error> {
        let mut meta = Meta::default();
        read(self, Engine::Auto, false, &Limits::default(), &mut meta, &mut Vec::new())?;
        Ok(meta)
    }

    /// Reads the front matter into a type of your own.
    ///
    /// Front matter that is absent, empty or nothing but comments counts as the empty mapping `{}`. Merge
    /// keys (`<<`) are keys like any other here; [`Meta`] applies them. To read the article too, see
    /// [`Parser::parse_as`](crate::Parser::parse_as).
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Page<'a> {
    ///     title: &'a str,
    ///     weight: Option<u32>,
    /// }
    ///
    /// let front_matter = offprint::FrontMatter::split("---\ntitle: Tea\nweight: 3\n---\n")?;
    /// let page: Page = front_matter.deserialize()?;
    /// assert_eq!((page.title, page.weight), ("Tea", Some(3)));
    ///
    /// let front_matter = offprint::FrontMatter::split("---\ntitle: Tea\nweight: heavy\n---\n")?;
    /// let error = front_matter.deserialize::<Page>().map(|_| ()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "front matter does not fit its type: weight: invalid type: string \"heavy\", expected u32 \
    ///      at line 3, column 9"
    /// );
    /// # Ok::<(), offprint::Error>(())
    /// ```
    ///
    /// Values of TOML and JSON are what their formats say: a number does not fit a `String`. Dates of TOML
    /// are texts, as TOML writes them, which fit a [`Date`](crate::Date). Text borrows from the source where
    /// no escape is in it.
    ///
    /// An enum with data is a tagged value in YAML: `drink: !tea {leaves: 3}`. (A [`Value`](crate::Value),
    /// which has no tags, is read into such an enum from a map with one key, as TOML and JSON are.)
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::InvalidYaml`], [`ErrorKind::InvalidToml`] or [`ErrorKind::InvalidJson`] if the
    /// text is not what it should be, and with [`ErrorKind::Mismatch`] if the values do not fit the type. A
    /// mismatch names the key and has the position of its value (of the key, if the value begins on a line
    /// below), also where an implementation of `Deserialize` makes the error. The exceptions are errors that
    /// a type makes after it has seen the whole mapping (a missing field; a field in a struct that is
    /// `flatten`ed or in an enum that is `untagged`): the position of such an error is that of the mapping.
    pub fn deserialize<T: Deserialize<'a>>(&self) -> Result<T, Error> {
        let block = self.block();
        let read = match self.other_format() {
            Some(format) => formats::deserialize(format, block.text),
            None => yaml::deserialize(block.text),
        };
        read.map_err(|refusal| refusal.into_error(&block))
    }

    /// The format, if it is not YAML.
    fn other_format(&self) -> Option<FrontMatterFormat> {
        self.format.filter(|format| *format != FrontMatterFormat::Yaml)
    }

    /// The text and its offset; an empty text if there is no front matter.
    fn block(&self) -> Block<'a> {
        let (start, end) = self.text.unwrap_or((self.body_start, self.body_start));
        Block { source: self.source, start, text: &self.source[start..end] }
    }
}

/// The bytes of the byte order mark at the start of a post.
fn mark_length(source: &str) -> usize {
    if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// What read the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Reading {
    /// The implementation; `None` if there is no front matter.
    pub(crate) engine: Option<MetadataEngine>,
    /// Why the reader of plain metadata declined, if it was asked.
    pub(crate) declined: Option<Decline>,
}

/// Reads the front matter as metadata, and says what read it.
///
/// The metadata come empty. The caller owns them because they are large, and would otherwise be moved from
/// function to function. With `recover`, a block that is not YAML, or not a mapping, is read line by line;
/// each repair is a diagnostic. A breach of a limit is an error all the same.
pub(crate) fn read<'a>(
    front_matter: &FrontMatter<'a>,
    engine: Engine,
    recover: bool,
    limits: &Limits,
    meta: &mut Meta<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Reading, Error> {
    if front_matter.text.is_none() {
        return Ok(Reading::default());
    }
    let block = front_matter.block();
    let maximum = limits.max_metadata_bytes();
    if block.text.len() > maximum {
        let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataBytes, maximum };
        return Err(Error::new(kind, Some(block.position(maximum))));
    }
    let mut locator = Locator::new(block);
    if let Some(format) = front_matter.other_format() {
        let engine = formats::read(format, recover, &mut locator, meta, diagnostics)
            .map_err(|refusal| refusal.into_error(&block))?;
        return Ok(Reading { engine: Some(engine), declined: None });
    }
    read_yaml(&mut locator, engine, recover, meta, diagnostics)
}

/// The same for YAML, whose length is within the limit.
fn read_yaml<'a>(
    locator: &mut Locator<'a>,
    engine: Engine,
    recover: bool,
    meta: &mut Meta<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Reading, Error> {
    let block = locator.block;
    if recover {
        if let Some(read) = recover::entries_with_escapes(engine, locator, diagnostics) {
            let (entries, engine, declined) = read;
            recover::report_cut_values(locator, diagnostics);
            Assembly::new(locator, meta, diagnostics).take_all(entries);
            return Ok(Reading { engine: Some(engine), declined });
        }
    }
    let mut declined = None;
    if engine == Engine::Auto {
        let mut notes = Vec::new();
        match read_plain(block.text, locator, meta, &mut notes) {
            Ok(()) => {
                if recover {
                    recover::report_cut_values(locator, diagnostics);
                }
                diagnostics.append(&mut notes);
                return Ok(Reading { engine: Some(MetadataEngine::Plain), declined: None });
            }
            Err(decline) => declined = Some(decline),
        }
        *meta = Meta::default();
    }
    let (entries, engine) = match yaml::entries(block.text) {
        Ok(entries) => (entries, MetadataEngine::Yaml),
        Err(refusal) if recover => {
            recover::entries(refusal, locator, diagnostics).map_err(|refusal| refusal.into_error(&block))?
        }
        Err(refusal) => return Err(refusal.into_error(&block)),
    };
    if recover {
        recover::report_cut_values(locator, diagnostics);
    }
    Assembly::new(locator, meta, diagnostics).take_all(entries);
    Ok(Reading { engine: Some(engine), declined })
}

/// Reads the block by [`plain`], if that takes it.
fn read_plain<'a>(
    text: &'a str,
    locator: &mut Locator<'a>,
    meta: &mut Meta<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Decline> {
    let mut assembly = Assembly::new(locator, meta, diagnostics);
    if plain::read(text, &mut assembly)? {
        assembly.finish();
    } else {
        // The entries have to be seen all at once.
        *meta = Meta::default();
        diagnostics.clear();
        Assembly::new(locator, meta, diagnostics).take_all(plain::entries(text)?);
    }
    Ok(())
}

/// The position in the file of the value of a top-level key; of a key that comes twice, of the last value.
///
/// Looks at the lines of YAML, so that a key in a mapping in braces is not found.
pub(crate) fn value_position(front_matter: &FrontMatter<'_>, key: &str) -> Option<Position> {
    let block = front_matter.block();
    if let Some(format) = front_matter.other_format() {
        let spot = formats::spot(format, &mut Locator::new(block), key)?;
        return Some(block.position(spot.value_at));
    }
    let line = lines::key_lines(block.text).filter(|line| line.key == key).last()?;
    Some(block.position(line.value_start()))
}
