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

use crate::engine::{Decline, Engine};
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
/// The metadata come empty, and are the caller's because they are large, and would be moved from hand to hand. With
/// `recover`, a block that is not YAML, or not a mapping, is read line by line; each repair is a diagnostic. A breach of a
/// limit is an error all the same.
pub(crate) fn read<'a>(
    front_matter: &FrontMatter<'a>,
    engine: Engine,
    recover: bool,
    limits: &Limits,
    meta: &mut Meta<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<MetadataEngine>, Error> {
    if front_matter.block.is_none() {
        return Ok(None);
    }
    let block = front_matter.text_block();
    let maximum = limits.max_metadata_bytes();
    if block.text.len() > maximum {
        let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataBytes, maximum };
        return Err(Error::new(kind, Some(block.position(maximum))));
    }
    let mut places = Places::new(block);
    if engine == Engine::Auto {
        let mut notes = Vec::new();
        if read_plain(block.text, &mut places, meta, &mut notes).is_ok() {
            if recover {
                recover::report_cut_values(&mut places, diagnostics);
            }
            diagnostics.append(&mut notes);
            return Ok(Some(MetadataEngine::Plain));
        }
        *meta = Meta::default();
    }
    let (entries, engine) = match yaml::entries(block.text) {
        Ok(entries) => (entries, MetadataEngine::Yaml),
        Err(refusal) if recover => recover::entries(refusal, &mut places, diagnostics)
            .map_err(|refusal| refusal.into_error(&block))?,
        Err(refusal) => return Err(refusal.into_error(&block)),
    };
    if recover {
        recover::report_cut_values(&mut places, diagnostics);
    }
    Assembly::new(&mut places, meta, diagnostics).take_all(entries);
    Ok(Some(engine))
}

/// Reads the block by [`plain`], if that takes it.
fn read_plain<'a>(
    text: &'a str,
    places: &mut Places<'a>,
    meta: &mut Meta<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Decline> {
    if !plain::read(text, &mut Assembly::new(places, meta, diagnostics))? {
        // The entries have to be seen all at once.
        *meta = Meta::default();
        diagnostics.clear();
        Assembly::new(places, meta, diagnostics).take_all(plain::entries(text)?);
    }
    Ok(())
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
    let ends_at = |start: usize| {
        let (rest, ()) = closer(&text[start..]).ok()?;
        // By its length: nom's rest need not point to the end of the input when nothing is left.
        Some((start, text.len() - rest.len()))
    };
    if let Some(found) = ends_at(0) {
        return Some(found);
    }
    let mut from = 0;
    loop {
        let start = from + find_line_of_dashes_or_dots(&text.as_bytes()[from..])? + 1;
        if let Some(found) = ends_at(start) {
            return Some(found);
        }
        from = start;
    }
}

/// The first line feed that a dash or a dot follows.
///
/// Many bytes at a time, and not line by line: most lines are too short for a search to pay.
fn find_line_of_dashes_or_dots(bytes: &[u8]) -> Option<usize> {
    const LANES: usize = 32;
    let next = bytes.get(1..)?;
    let begins = |(&byte, &next): (&u8, &u8)| byte == b'\n' && matches!(next, b'-' | b'.');
    let may_begin = |(these, next): (&[u8], &[u8])| {
        // Without a branch a byte, so that the compiler makes vector instructions of it. Of the bytes that have the bits
        // of a slash but for the last two, the others are rare at the start of a line.
        let both = these.iter().zip(next).map(|(&byte, &next)| (byte ^ b'\n') | (next | 3) ^ b'/');
        both.fold(0, |found, differs| found | u8::from(differs == 0)) > 0
    };
    let mut lanes = bytes.chunks_exact(LANES).zip(next.chunks_exact(LANES));
    let passed = lanes.position(may_begin).unwrap_or(next.len() / LANES) * LANES;
    let found = bytes[passed..].iter().zip(&next[passed..]).position(begins)?;
    Some(passed + found)
}
