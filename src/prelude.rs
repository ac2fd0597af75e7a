//! What stands between the front matter and the article: a stamp and a heading that is a link.
//!
//! ```text
//! <!--1732994521000-->
//! [The title of the article](https://example.org/a)
//! ------
//! ```

use std::borrow::Cow;

use memchr::{memchr, memrchr_iter};
use nom::branch::alt;
use nom::bytes::complete::{is_a, tag};
use nom::character::complete::{char, i64, line_ending, multispace0, space0};
use nom::combinator::{eof, fail, map_opt, opt, peek, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::post::{LinkHeading, Prelude, Stamp};

/// Reads the prelude at the start of a body. Returns it, and its length in bytes, which is 0 without a
/// prelude.
///
/// The prelude ends after the line of the heading's underline; without a heading, right after the stamp.
pub(crate) fn parse(body: &str) -> (Prelude<'_>, usize) {
    let first = body.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    if !matches!(first, Some(b'<' | b'[')) {
        return (Prelude::default(), 0);
    }
    let (rest, stamp) = match usual_stamp(body) {
        Some((stamp, rest)) => (rest, Some(stamp)),
        None => optional(preceded(multispace0, stamp), body),
    };
    let (rest, heading) = match usual_heading(rest) {
        Some((heading, rest)) => (rest, Some(heading)),
        None => optional(preceded(multispace0, link_heading), rest),
    };
    (Prelude { stamp, heading }, body.len() - rest.len())
}

/// What a parser finds, or nothing, and then the input is untouched.
fn optional<'a, T>(
    parser: impl Parser<&'a str, Output = T, Error = nom::error::Error<&'a str>>,
    input: &'a str,
) -> (&'a str, Option<T>) {
    match opt(parser).parse_complete(input) {
        Ok((rest, found)) => (rest, found),
        Err(_) => (input, None),
    }
}

/// The stamp that nearly all posts have: a moment of this century's first decades, and no blanks.
fn usual_stamp(body: &str) -> Option<(Stamp, &str)> {
    let number = body.strip_prefix("<!--")?;
    let digits = number.as_bytes().first_chunk::<{ "1732994521000".len() }>()?;
    // Without a branch for each.
    if !digits.iter().fold(true, |all, digit| all & digit.is_ascii_digit()) {
        return None;
    }
    let millis = digits.iter().fold(0, |millis, digit| millis * 10 + i64::from(digit - b'0'));
    Some((Stamp::Millis(millis), number[digits.len()..].strip_prefix("-->")?))
}

/// The heading that nearly all posts have: on the line after the stamp, with six dashes below it.
fn usual_heading(after_stamp: &str) -> Option<(LinkHeading<'_>, &str)> {
    let line = after_stamp.strip_prefix('\n').filter(|line| line.starts_with('['))?;
    let end = memchr(b'\n', line.as_bytes())?;
    let rest = line[end..].strip_prefix("\n------\n")?;
    Some((link(&line[..end])?, rest))
}

/// A comment that holds `NaN` or an integer, and blanks around it. One that is too great for its type is
/// an ordinary comment.
fn stamp(input: &str) -> IResult<&str, Stamp> {
    let content = alt((value(Stamp::NaN, tag("NaN")), i64.map(Stamp::Millis)));
    delimited((tag("<!--"), space0), content, (space0, tag("-->"))).parse_complete(input)
}

/// A line `[text](url)`, and a line of dashes or of equals signs below it.
fn link_heading(input: &str) -> IResult<&str, LinkHeading<'_>> {
    let link = map_opt(preceded(peek(char('[')), line), link);
    terminated(link, (char('\n'), underline)).parse_complete(input)
}

/// A line of dashes or of equals signs.
fn underline(input: &str) -> IResult<&str, ()> {
    value((), (alt((is_a("-"), is_a("="))), space0, alt((line_ending, eof)))).parse_complete(input)
}

/// A line that another one follows, without its line feed.
fn line(input: &str) -> IResult<&str, &str> {
    match memchr(b'\n', input.as_bytes()) {
        Some(end) => Ok((&input[end..], &input[..end])),
        None => fail().parse_complete(input),
    }
}

/// A link that takes a whole line. Headings hold brackets of their own, so it is split at the last `](`, and
/// no brackets are matched.
fn link(line: &str) -> Option<LinkHeading<'_>> {
    let after_bracket = line.strip_prefix('[')?;
    let inside = if let Some(inside) = after_bracket.strip_suffix(')') {
        inside
    } else {
        let line = after_bracket.strip_suffix('\r').unwrap_or(after_bracket);
        line.trim_end_matches([' ', '\t']).strip_suffix(')')?
    };
    let bytes = inside.as_bytes();
    let split = memrchr_iter(b']', bytes).find(|at| bytes.get(at + 1) == Some(&b'('))?;
    let (text, url) = (&inside[..split], &inside[split + "](".len()..]);
    Some(LinkHeading { text: Cow::Borrowed(text), url: Cow::Borrowed(url) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wants a prelude that ends where `rest` starts.
    #[track_caller]
    fn reads(body: &str, stamp: Option<Stamp>, heading: Option<(&str, &str)>, rest: &str) {
        let heading = heading.map(|(text, url)| LinkHeading { text: text.into(), url: url.into() });
        let (prelude, taken) = parse(body);
        assert_eq!(prelude, Prelude { stamp, heading }, "{body:?}");
        assert_eq!(&body[taken..], rest, "{body:?}");
    }

    #[track_caller]
    fn is_all_body(body: &str) {
        reads(body, None, None, body);
    }

    #[track_caller]
    fn reads_heading(body: &str, text: &str, url: &str) {
        reads(body, None, Some((text, url)), "");
    }

    const STAMP: Option<Stamp> = Some(Stamp::Millis(1_732_994_521_000));

    #[test]
    fn stamp_and_heading() {
        reads("<!--1732994521000-->\n[T](u)\n------\n\n<p>B", STAMP, Some(("T", "u")), "\n<p>B");
        reads("\r\n <!--NaN-->\r\n\r\n[T](u)\r\n------\r\nB", Some(Stamp::NaN), Some(("T", "u")), "B");
        reads("<!--1732994521000--> [T](u)\n-", STAMP, Some(("T", "u")), "");
    }

    #[test]
    fn either_may_be_missing() {
        reads("<!--1732994521000-->\n\nB", STAMP, None, "\n\nB");
        reads("<!--1732994521000-->", STAMP, None, "");
        reads("\n[T](u)\n---\nB", None, Some(("T", "u")), "B");
    }

    #[test]
    fn no_prelude() {
        is_all_body("");
        is_all_body(" \n\t");
        is_all_body("<div>B</div>");
        is_all_body("\n<div>[T](u)\n---\n");
    }

    #[test]
    fn a_stamp_is_an_integer_with_blanks_around_it() {
        reads("<!-- 1732994521000 -->", STAMP, None, "");
        reads("<!--\t-5\t-->x", Some(Stamp::Millis(-5)), None, "x");
        reads("<!--1732994521-->", Some(Stamp::Millis(1_732_994_521)), None, "");
        reads("<!--9223372036854775807-->", Some(Stamp::Millis(i64::MAX)), None, "");
        reads("<!---9223372036854775808-->", Some(Stamp::Millis(i64::MIN)), None, "");
        is_all_body("<!--9223372036854775808-->");
        is_all_body("<!---9223372036854775809-->");
        is_all_body(&format!("<!--1{}-->\n[T](u)\n---\n", "0".repeat(30)));
        is_all_body("<!--1732994521000");
        is_all_body("<!--1732994521000--");
        is_all_body("<!-- an ordinary comment -->\n[T](u)\n---\n");
        is_all_body("<!---->");
        is_all_body("<!--1 2-->");
        is_all_body("<!--1.5-->");
        is_all_body("<!--0x10-->");
        is_all_body("<!--nan-->");
        is_all_body("<!--NaN NaN-->");
    }

    #[test]
    fn a_heading_is_split_at_the_last_bracket() {
        reads_heading("[a [Eng Sub]](u)\n---", "a [Eng Sub]", "u");
        reads_heading("[a] b](u)\n---", "a] b", "u");
        reads_heading("[【罗宾VLOG](u)\n---", "【罗宾VLOG", "u");
        reads_heading("[a](b](u)\n---", "a](b", "u");
        reads_heading("[a](b)(u)\n---", "a", "b)(u");
    }

    #[test]
    fn text_and_url_are_literal_and_may_be_empty() {
        reads_heading("[](u)\n---", "", "u");
        reads_heading("[a]()\n---", "a", "");
        reads_heading("[]()\n---", "", "");
        reads_heading("[ a\\]&amp; ](u \"t\")\n---", " a\\]&amp; ", "u \"t\"");
        reads_heading("[a](u v)\n---", "a", "u v");
        is_all_body("[a] (u)\n---");
        is_all_body("[a](u) b\n---");
        is_all_body("![a](u)\n---");
        is_all_body("[a\n](u)\n---");
        is_all_body("[(\n---");
        is_all_body("[)\n---");
    }

    #[test]
    fn an_underline_is_a_line_of_dashes_or_of_equals_signs() {
        reads_heading("[a](u)\n=", "a", "u");
        reads_heading("[a](u) \t\n==== \t\n", "a", "u");
        reads_heading("[a](u)\r\n-\r\n", "a", "u");
        is_all_body("[a](u)");
        is_all_body("[a](u)\n");
        is_all_body("[a](u)\n\n---\n");
        is_all_body("[a](u)\n--=\n");
        is_all_body("[a](u)\n--- -\n");
        is_all_body("[a](u)\n ---\n");
        is_all_body("[a](u)\n---x");
        let further_down = format!("[a](u)\ntext\n{}\n", "-".repeat(50));
        is_all_body(&further_down);
        let stamped = format!("<!--1732994521000-->\n{further_down}");
        reads(&stamped, STAMP, None, &format!("\n{further_down}"));
    }

    /// Each would take minutes if any part of it were read again for each byte.
    #[test]
    fn long_inputs_take_linear_time() {
        for part in [" ", "\n", "[", "](", "[](", "-", "<!--", "<!-- ", "1", "[a](u)\n", "[a](u)\n-", "=\n"] {
            let body = part.repeat(1 << 20);
            let (_, taken) = parse(&body);
            assert!(taken <= body.len());
        }
        let brackets = format!("[{}](u)\n---\nB", "](".repeat(1 << 20));
        reads(&brackets, None, Some((&"](".repeat(1 << 20), "u")), "B");
    }
}
