//! The front matter: split off, then read as metadata.
//!
//! Splitting copies nothing and looks at nothing but line starts. Reading goes from the text of the block to
//! an ordered list of [`entry::Entry`]s and from there, by [`assemble`], to [`Meta`]. The first half has more
//! than one implementation: [`yaml`] defines the meaning, and [`plain`] gives the same or declines. The second is
//! shared, so that they cannot differ in it.

mod assemble;
mod date;
mod entry;
mod merge;
mod nesting;
mod place;
mod plain;
mod recover;
#[cfg(test)]
mod tests;
mod yaml;

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, line_ending, multispace0, space0};
use nom::combinator::{eof, peek, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Format, Limit, Position};
use crate::limits::Limits;
use crate::post::Meta;
use crate::report::{Diagnostic, DiagnosticKind, MetadataEngine};
use assemble::Assembly;
use place::{Block, Places};

/// A post cut into its front matter and its body, without a copy.
///
/// The rules are Jekyll's. The opener is a line `---` at the very start (after an optional byte order
/// mark), the closer a line `---` or `...`. Spaces and tabs may follow the three characters, and a line may
/// end with LF or CRLF; the last one may end with the file. `----`, `---x` and an indented `---` are neither. An opener
/// with nothing but white space behind it is no front matter.
///
/// [`bom`](Self::bom), [`opener`](Self::opener), [`yaml`](Self::yaml), [`closer`](Self::closer) and
/// [`body`](Self::body), one after the other, are the source.
///
/// ```
/// let source = "---\ntitle: Tea\n---\n<p>Boil water.</p>\n";
/// let front_matter = offprint::FrontMatter::split(source)?;
/// assert_eq!(front_matter.yaml(), Some("title: Tea\n"));
/// assert_eq!(front_matter.body(), "<p>Boil water.</p>\n");
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    source: &'a str,
    /// Where the opener starts.
    bom_end: usize,
    /// Where the YAML starts and ends.
    block: Option<(usize, usize)>,
    body_start: usize,
}

impl<'a> FrontMatter<'a> {
    /// Cuts a post into its front matter and its body.
    ///
    /// Fails if the front matter is [not closed](ErrorKind::UnclosedFrontMatter), or is TOML or JSON
    /// ([`ErrorKind::UnsupportedFormat`]): a first line `+++`, or a `{` that begins a JSON object. (Liquid's `{{` and `{%`
    /// begin a body.) The YAML itself is not looked at.
    pub fn split(source: &'a str) -> Result<Self, Error> {
        let text = source.strip_prefix('\u{feff}').unwrap_or(source);
        let bom_end = source.len() - text.len();
        let refuse = |kind| Err(Error::new(kind, Some(Position::of(source, bom_end))));
        if text.starts_with(['+', '{']) {
            if let Ok((_, format)) = foreign_format(text) {
                return refuse(ErrorKind::UnsupportedFormat(format));
            }
        }
        let absent = Self { source, bom_end, block: None, body_start: bom_end };
        let Ok((rest, ())) = opener(text) else {
            return Ok(absent);
        };
        match find_closer(rest) {
            Some((end, body)) => {
                let start = source.len() - rest.len();
                Ok(Self { block: Some((start, start + end)), body_start: start + body, ..absent })
            }
            None if rest.trim_ascii().is_empty() => Ok(absent),
            None => refuse(ErrorKind::UnclosedFrontMatter),
        }
    }

    /// The same, but what [`split`](Self::split) refuses becomes a diagnostic, and the post a body without
    /// front matter.
    pub(crate) fn split_or_body(source: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::split(source).unwrap_or_else(|error| {
            let kind = match error.kind() {
                ErrorKind::UnsupportedFormat(_) => DiagnosticKind::UnsupportedFormat,
                _ => DiagnosticKind::UnclosedFrontMatter,
            };
            diagnostics.push(Diagnostic {
                kind,
                message: error.kind().to_string(),
                position: error.position(),
            });
            let bom_end = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            Self { source, bom_end, block: None, body_start: bom_end }
        })
    }

    /// The byte order mark, or nothing.
    pub fn bom(&self) -> &'a str {
        &self.source[..self.bom_end]
    }

    /// The line that opens the front matter, with its line break; empty if there is no front matter.
    pub fn opener(&self) -> &'a str {
        self.block.map_or("", |(start, _)| &self.source[self.bom_end..start])
    }

    /// The YAML between opener and closer; `None` if there is no front matter.
    pub fn yaml(&self) -> Option<&'a str> {
        self.block.map(|(start, end)| &self.source[start..end])
    }

    /// The line that closes the front matter, with its line break; empty if there is no front matter.
    pub fn closer(&self) -> &'a str {
        self.block.map_or("", |(_, end)| &self.source[end..self.body_start])
    }

    /// Everything after the closer, untrimmed; without front matter, everything after the byte order mark.
    pub fn body(&self) -> &'a str {
        &self.source[self.body_start..]
    }

    /// Where the YAML starts, in bytes of the whole file.
    pub fn yaml_offset(&self) -> Option<usize> {
        self.block.map(|(start, _)| start)
    }

    /// Where the body starts, in bytes of the whole file.
    pub fn body_offset(&self) -> usize {
        self.body_start
    }

    /// Reads the YAML into a type of your own.
    ///
    /// Front matter that is absent, blank or nothing but comments counts as the empty mapping `{}`. Fails with
    /// [`ErrorKind::InvalidYaml`] if the block is not YAML, and with [`ErrorKind::Mismatch`] if it does not
    /// fit the type. Merge keys (`<<`) are keys like any other here; [`Meta`] applies them.
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
    pub fn deserialize<T: serde::Deserialize<'a>>(&self) -> Result<T, Error> {
        let block = self.text_block();
        yaml::deserialize(block.text).map_err(|refusal| refusal.into_error(&block))
    }

    /// The YAML and its place; an empty text if there is none.
    fn text_block(&self) -> Block<'a> {
        let (start, end) = self.block.unwrap_or((self.body_start, self.body_start));
        Block { source: self.source, start, text: &self.source[start..end] }
    }
}

/// Reads the front matter as metadata, and says what read it (`None` if there is no front matter).
///
/// With `recover`, a block that is not YAML, or not a mapping, is read line by line; each repair is a
/// diagnostic. A breach of a limit is an error all the same.
pub(crate) fn read<'a>(
    front_matter: &FrontMatter<'a>,
    engine: Engine,
    recover: bool,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Meta<'a>, Option<MetadataEngine>), Error> {
    if front_matter.block.is_none() {
        return Ok((Meta::default(), None));
    }
    let block = front_matter.text_block();
    let maximum = limits.max_metadata_bytes();
    if block.text.len() > maximum {
        let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataBytes, maximum };
        return Err(Error::new(kind, Some(block.position(0))));
    }
    let mut places = Places::new(block);
    if engine == Engine::Auto {
        let mut notes = Vec::new();
        if let Ok(meta) = read_plain(block.text, &mut places, &mut notes) {
            if recover {
                recover::report_cut_values(&mut places, diagnostics);
            }
            diagnostics.append(&mut notes);
            return Ok((meta, Some(MetadataEngine::Plain)));
        }
    }
    let (entries, engine) = match yaml::entries(block.text) {
        Ok(entries) => (entries, MetadataEngine::Yaml),
        Err(refusal) if recover && refusal.is_recoverable() => {
            (recover::entries(&refusal, &mut places, diagnostics), MetadataEngine::Recovery)
        }
        Err(refusal) => return Err(refusal.into_error(&block)),
    };
    if recover {
        recover::report_cut_values(&mut places, diagnostics);
    }
    Ok((assemble::meta(entries, &mut places, diagnostics), Some(engine)))
}

/// Reads the block by [`plain`], if that takes it.
fn read_plain<'a>(
    text: &'a str,
    places: &mut Places<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Meta<'a>, plain::Decline> {
    let mut assembly = Assembly::new(places, diagnostics);
    if plain::for_each(text, |known, entry| assembly.take_new(known, entry))? {
        return Ok(assembly.meta);
    }
    diagnostics.clear();
    Ok(assemble::meta(plain::entries(text)?, places, diagnostics))
}

/// Where in the file the value of a top-level key begins; of a key that stands twice, the last value.
///
/// Found by looking at the lines of the block, so that nothing is found in a mapping in braces.
pub(crate) fn value_position(front_matter: &FrontMatter<'_>, key: &str) -> Option<Position> {
    let block = front_matter.text_block();
    let line = place::key_lines(&block).filter(|line| line.key == key).last()?;
    Some(block.position(line.value_start()))
}

/// The opener, at the start of the input.
fn opener(input: &str) -> IResult<&str, ()> {
    // As nearly all posts have it.
    if let Some(rest) = input.strip_prefix("---\n") {
        return Ok((rest, ()));
    }
    value((), (tag("---"), space0, line_end)).parse_complete(input)
}

/// A closer, at the start of a line.
fn closer(input: &str) -> IResult<&str, ()> {
    if let Some(rest) = input.strip_prefix("---\n") {
        return Ok((rest, ()));
    }
    value((), (alt((tag("---"), tag("..."))), space0, line_end)).parse_complete(input)
}

/// The end of a line, or of the file (which may have been cut within a CRLF).
fn line_end(input: &str) -> IResult<&str, &str> {
    alt((line_ending, terminated(tag("\r"), eof), eof)).parse_complete(input)
}

/// The front matter of another format, at the start of the input.
fn foreign_format(input: &str) -> IResult<&str, Format> {
    let toml = value(Format::Toml, (tag("+++"), space0, line_end));
    let json_token = alt((tag("\""), tag("}"), eof));
    let json = value(Format::Json, preceded(char('{'), peek(preceded(multispace0, json_token))));
    alt((toml, json)).parse_complete(input)
}

/// The first closer among the lines of `text`: where it starts, and where it ends.
fn find_closer(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        if matches!(bytes.get(start), Some(b'-' | b'.')) {
            if let Ok((rest, ())) = closer(&text[start..]) {
                // By its length: nom's rest need not point to the end of the input when nothing is left.
                return Some((start, text.len() - rest.len()));
            }
        }
        start += memchr::memchr(b'\n', &bytes[start..])? + 1;
    }
}
