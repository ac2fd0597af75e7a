//! The fences of front matter: from the text of a post to where its block starts and ends.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, line_ending, multispace0, space0};
use nom::combinator::{eof, peek, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::error::FrontMatterFormat;

/// The line that opens front matter: `---\n`, with spaces and tabs after the dashes if there are any.
///
/// The rest begins after the line break. Fails on any other line, as `----` or ` ---`.
pub(super) fn opener(input: &str) -> IResult<&str, ()> {
    // As nearly all posts have it.
    if let Some(rest) = input.strip_prefix("---\n") {
        return Ok((rest, ()));
    }
    value((), (tag("---"), space0, line_end)).parse_complete(input)
}

/// The line that closes front matter: `---\n` or `...\n`, with spaces and tabs after the three characters if
/// there are any.
///
/// The rest begins after the line break. Fails on any other line.
fn closer(input: &str) -> IResult<&str, ()> {
    if let Some(rest) = input.strip_prefix("---\n") {
        return Ok((rest, ()));
    }
    value((), (alt((tag("---"), tag("..."))), space0, line_end)).parse_complete(input)
}

/// The end of a line, `\n` or `\r\n`, or of the file (which may have been cut within a CRLF).
///
/// The rest begins after the line break. Fails before any other character.
fn line_end(input: &str) -> IResult<&str, &str> {
    alt((line_ending, terminated(tag("\r"), eof), eof)).parse_complete(input)
}

/// The start of front matter in another format: a line `+++` of TOML, or a `{` of JSON that white space and a
/// `"` or `}` follow.
///
/// The rest begins after the line, or after the `{`. Fails on any other start, as `{{` or `{% raw %}` of a
/// Liquid template.
pub(super) fn foreign_format(input: &str) -> IResult<&str, FrontMatterFormat> {
    let toml = value(FrontMatterFormat::Toml, (tag("+++"), space0, line_end));
    let json_token = alt((tag("\""), tag("}"), eof));
    let json = value(FrontMatterFormat::Json, preceded(char('{'), peek(preceded(multispace0, json_token))));
    alt((toml, json)).parse_complete(input)
}

/// The first closer among the lines of a text like `title: Tea\n---\n<p>`: where that line starts, and where
/// it ends with its line break. `None` if no line is a closer.
pub(super) fn find_closer(text: &str) -> Option<(usize, usize)> {
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
        // Without a branch a byte, so that the compiler makes vector instructions of it. Of the bytes that
        // have the bits of a slash but for the last two, the others are rare at the start of a line.
        let both = these.iter().zip(next).map(|(&byte, &next)| (byte ^ b'\n') | (next | 3) ^ b'/');
        both.fold(0, |found, differs| found | u8::from(differs == 0)) > 0
    };
    let mut lanes = bytes.chunks_exact(LANES).zip(next.chunks_exact(LANES));
    let passed = lanes.position(may_begin).unwrap_or(next.len() / LANES) * LANES;
    let found = bytes[passed..].iter().zip(&next[passed..]).position(begins)?;
    Some(passed + found)
}
