//! The fences of front matter: from the text of a post to where its block starts and ends.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, line_ending, multispace0, one_of, space0};
use nom::combinator::{eof, peek, value};
use nom::sequence::terminated;
use nom::{IResult, Parser};

use crate::bytes::position;
use crate::error::FrontMatterFormat;

/// Where front matter is, in bytes of the post without its byte order mark.
pub(super) struct Fences {
    pub(super) format: FrontMatterFormat,
    /// The text between opener and closer; of JSON, the whole object.
    pub(super) text: Range<usize>,
    /// Where the body starts.
    pub(super) body: usize,
    /// Where something other than white space follows a JSON object on the line that closes it. The body then
    /// starts right after the object, and not on the next line.
    pub(super) junk: Option<usize>,
}

/// Finds the front matter of a post without its byte order mark; `None` if the post is all body. An opener
/// that only white space follows is a body, too.
///
/// The error is the format of front matter that is not closed.
pub(super) fn find(input: &str) -> Result<Option<Fences>, FrontMatterFormat> {
    let (format, rest, closer) = match input.as_bytes().first() {
        Some(b'-') => match opener(input) {
            Ok((rest, ())) => (FrontMatterFormat::Yaml, rest, find_closer(rest)),
            Err(_) => return Ok(None),
        },
        Some(b'+') => match plus_fence(input) {
            Ok((rest, ())) => (FrontMatterFormat::Toml, rest, find_plus_fence(rest)),
            Err(_) => return Ok(None),
        },
        Some(b'{') if object_start(input).is_ok() => {
            return find_object(input).map(Some).ok_or(FrontMatterFormat::Json);
        }
        _ => return Ok(None),
    };
    let start = input.len() - rest.len();
    match closer {
        Some((end, body)) => {
            Ok(Some(Fences { format, text: start..start + end, body: start + body, junk: None }))
        }
        None if rest.trim_ascii().is_empty() => Ok(None),
        None => Err(format),
    }
}

/// The line that opens front matter: `---\n`, with spaces and tabs after the dashes if there are any.
///
/// The rest begins after the line break. Fails on any other line, as `----` or ` ---`.
fn opener(input: &str) -> IResult<&str, ()> {
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

/// The line that opens and closes TOML, with the spaces and tabs after the three characters if there are any.
///
/// The rest begins after the line break. Fails on any other line, as `++++`.
fn plus_fence(input: &str) -> IResult<&str, ()> {
    value((), (tag("+++"), space0, line_end)).parse_complete(input)
}

/// The start of a JSON object: a `{` that white space and a `"` or `}` follow.
///
/// The rest begins after the white space. Fails on any other start, as `{{` or `{% raw %}` of a Liquid
/// template.
fn object_start(input: &str) -> IResult<&str, ()> {
    value((), (char('{'), multispace0, peek(one_of("\"}")))).parse_complete(input)
}

/// The JSON object that a post begins with. `None` if it does not end.
fn find_object(input: &str) -> Option<Fences> {
    // A text in which a string goes over many lines has no end by the first rule.
    let end = object_end(input, true).or_else(|| object_end(input, false))?;
    let after = input[end..].trim_start_matches([' ', '\t']);
    let (body, junk) = match line_end(after) {
        Ok((rest, _)) => (input.len() - rest.len(), None),
        Err(_) => (end, Some(input.len() - after.len())),
    };
    Some(Fences { format: FrontMatterFormat::Json, text: 0..end, body, junk })
}

/// The end of the object that a text like `{"title": "Tea"}\n<p>` begins with: the byte after the `}` that
/// closes its `{`. Braces in strings do not count.
///
/// If `lines_end_strings`, a line break ends a string that is not closed, so that a missing quote does not
/// hide the end of the object: no string of JSON has a line break in it. For the same reason brackets are not
/// counted.
fn object_end(text: &str, lines_end_strings: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth: usize = 0;
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'{', b'}', b'"', &bytes[at..])?;
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {
                at = string_end(bytes, at + 1, lines_end_strings)?;
                continue;
            }
        }
        at += 1;
    }
}

/// The end of a string of JSON whose content starts at `at`: after its closing quote, or at the end of the
/// line if that ends strings.
fn string_end(bytes: &[u8], mut at: usize, lines_end_strings: bool) -> Option<usize> {
    loop {
        at += memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
        match bytes[at] {
            b'"' => return Some(at + 1),
            b'\n' if lines_end_strings => return Some(at),
            b'\n' => at += 1,
            _ if bytes.get(at + 1) == Some(&b'\n') => at += 1,
            _ => at += 2,
        }
    }
}

/// The first closer among the lines of a text like `title: Tea\n---\n<p>`: where that line starts, and where
/// it ends with its line break. `None` if no line is a closer.
fn find_closer(text: &str) -> Option<(usize, usize)> {
    let ends_at = |start: usize| {
        let (rest, ()) = closer(&text[start..]).ok()?;
        // By its length: nom's rest need not point to the end of the input when nothing is left.
        Some((start, text.len() - rest.len()))
    };
    if let Some(b'-' | b'.') = text.as_bytes().first() {
        if let Some(found) = ends_at(0) {
            return Some(found);
        }
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

/// The same for a closer of TOML.
fn find_plus_fence(text: &str) -> Option<(usize, usize)> {
    let line_starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1);
    std::iter::once(0).chain(line_starts).find_map(|start| {
        let (rest, ()) = plus_fence(&text[start..]).ok()?;
        Some((start, text.len() - rest.len()))
    })
}

/// The first line feed that a dash or a dot follows.
///
/// Many bytes at a time, and not line by line: most lines are too short for a search to pay.
fn find_line_of_dashes_or_dots(bytes: &[u8]) -> Option<usize> {
    const LANES: usize = 32;
    let next = bytes.get(1..)?;
    let may_begin = |(these, next): (&[u8], &[u8])| {
        // Without a branch a byte, so that the compiler makes vector instructions of it. Of the bytes that
        // have the bits of a slash but for the last two, the others are rare at the start of a line.
        let both = these.iter().zip(next).map(|(&byte, &next)| (byte ^ b'\n') | (next | 3) ^ b'/');
        both.fold(0, |found, differs| found | u8::from(differs == 0)) > 0
    };
    let mut lanes = bytes.chunks_exact(LANES).zip(next.chunks_exact(LANES));
    let passed = lanes.position(may_begin).unwrap_or(next.len() / LANES) * LANES;
    let mut at = passed;
    loop {
        at += position(&bytes[at..], |word| word.equal(b'\n'), |byte| byte == b'\n')?;
        if matches!(bytes.get(at + 1)?, b'-' | b'.') {
            return Some(at);
        }
        at += 1;
    }
}
