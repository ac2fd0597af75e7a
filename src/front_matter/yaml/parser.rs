//! The YAML parser: the only file that names `serde_yaml`, and that knows what its messages say and how it
//! counts.
//!
//! To use another parser, change this file. It must be a [`serde::Deserializer`] that gives a scalar as YAML
//! 1.2 resolves it to `deserialize_any` and its source text to `deserialize_str`, that expands aliases, and
//! that gives an unknown tag as an enum.

use serde::de::{DeserializeSeed, IgnoredAny};

use super::culprit::{Fault, culprit};
use super::text::BREAKS;
use crate::front_matter::lines::{content_start, indent, lines};
use crate::front_matter::refusal::first_content;

/// What the parser says if something comes after the document.
const MORE_THAN_ONE: &str = "deserializing from YAML containing more than one document is not supported";

/// What is true if no marker begins a second document.
const LESS_INDENTED: &str = "found a line that is indented less than the first key";

/// Why the parser stopped.
pub(super) struct Failure(serde_yaml::Error);

/// What is known about a [`Failure`].
pub(super) struct Explanation {
    pub(super) problem: Problem,
    /// What is to be mended, in bytes of the text.
    pub(super) at: usize,
    /// A second position, if one helps.
    pub(super) related: Option<usize>,
}

/// What stopped the parser. The reasons are in words, without positions.
pub(super) enum Problem {
    /// The text is not YAML.
    Syntax(String),
    /// The seed refused what is in the text.
    Content(String),
    TooDeep,
    /// The aliases stand for too much.
    TooManyValues,
}

/// Reads a text that holds one document.
pub(super) fn read<'a, S: DeserializeSeed<'a>>(text: &'a str, seed: S) -> Result<S::Value, Failure> {
    seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(Failure)
}

impl Failure {
    /// Where the parser stopped, in bytes of the text, if it says so. It does not count a byte order mark at
    /// the start of the text, so that this may be within a character.
    pub(super) fn at(&self) -> Option<usize> {
        self.0.location().map(|location| location.index())
    }

    /// Finds out what stopped the parser on this text, and where the fault is.
    pub(super) fn explain(&self, text: &str) -> Explanation {
        // The content is read before the rest of the syntax is known to be right, and the error does not
        // tell the two apart. Skipping the content does.
        if let Err(syntax) = read(text, std::marker::PhantomData::<IgnoredAny>) {
            return syntax.explain_syntax(text);
        }
        let message = self.0.to_string();
        let reason = without_mark(&message).0;
        let problem = match reason {
            "recursion limit exceeded" => Problem::TooDeep,
            "repetition limit exceeded" => Problem::TooManyValues,
            _ => Problem::Content(reason.to_owned()),
        };
        Explanation { problem, at: self.at().unwrap_or_else(|| first_content(text)), related: None }
    }

    fn explain_syntax(&self, text: &str) -> Explanation {
        let message = self.0.to_string();
        // As in "found unexpected end of stream at line 3 column 1, while scanning a quoted scalar at line 2
        // column 8".
        let (problem, context) = match message.split_once(", while ") {
            Some((problem, context)) => (problem, Some(without_mark(context))),
            None => (&*message, None),
        };
        let problem = match without_mark(problem).0 {
            // The parser takes what comes after the mapping for another document.
            MORE_THAN_ONE if self.at().is_none() && second_document(text).is_none() => LESS_INDENTED,
            problem => problem,
        };
        let reason = match context {
            Some((context, _)) => format!("{problem}, while {context}"),
            None => problem.to_owned(),
        };
        let stop = match self.at() {
            // The parser does not count the characters that it refuses.
            _ if problem == "control characters are not allowed" => {
                text.find(is_refused_control).unwrap_or(0)
            }
            Some(at) => (0..=at.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0),
            None => {
                second_document(text).or_else(|| less_indented(text)).unwrap_or_else(|| first_content(text))
            }
        };
        // The mark is left out at the start of the text.
        let start = context.and_then(|(_, mark)| mark).map_or(0, |(line, column)| offset(text, line, column));
        let fault = fault(problem, context.map_or("", |(context, _)| context));
        let (at, related) = culprit(text, fault, stop, start);
        Explanation { problem: Problem::Syntax(reason), at, related }
    }
}

/// A reason like ``pages[0]: missing field `title` `` without the path at its start, if that is one of these.
/// The parser names the collection in which it noticed an error, if that is not the root.
pub(super) fn without_path<'r>(reason: &'r str, paths: &[String]) -> &'r str {
    let without = paths.iter().rev().find_map(|path| reason.strip_prefix(path.as_str())?.strip_prefix(": "));
    without.unwrap_or(reason)
}

/// The kind of fault, by what the parser says about it.
fn fault(problem: &str, context: &str) -> Fault {
    match (problem, context) {
        (_, "scanning a quoted scalar") => Fault::OpenQuote,
        (
            "found unknown escape character"
            | "did not find expected hexadecimal number"
            | "found invalid Unicode character escape code",
            _,
        ) => Fault::Escape,
        ("did not find expected ',' or ']'" | "did not find expected ',' or '}'", _) => Fault::Flow,
        ("did not find expected node content", _) => Fault::MissingNode,
        ("did not find expected key" | "did not find expected '-' indicator", _) => Fault::AfterValue,
        ("mapping values are not allowed in this context", _) => Fault::Colon,
        (
            _,
            "scanning a simple key"
            | "scanning an alias"
            | "scanning an anchor"
            | "scanning a tag"
            | "parsing a tag",
        ) => Fault::AtStart,
        _ => Fault::Here,
    }
}

/// A message without the mark at its end, and the line and the column of the mark: from "unknown anchor at
/// line 2 column 3" to "unknown anchor" and 2 and 3. At the start of the text the mark is missing, or " at
/// position 0".
fn without_mark(message: &str) -> (&str, Option<(usize, usize)>) {
    let position = |(before, mark): (&'_ str, &str)| mark.parse::<usize>().ok().map(|_| before.len());
    if let Some(end) = message.rsplit_once(" at position ").and_then(position) {
        return (&message[..end], None);
    }
    let Some((before, mark)) = message.rsplit_once(" at line ") else {
        return (message, None);
    };
    let numbers =
        mark.split_once(" column ").and_then(|(line, column)| line.parse().ok().zip(column.parse().ok()));
    if numbers.is_some() { (before, numbers) } else { (message, None) }
}

/// The offset in bytes of a line and a column, both counted from 1, columns in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut rest = text;
    for _ in 1..line {
        let Some(end) = rest.find(BREAKS) else { break };
        let line_break = &rest[end..];
        let length = if line_break.starts_with("\r\n") {
            2
        } else {
            line_break.chars().next().map_or(0, char::len_utf8)
        };
        rest = &line_break[length..];
    }
    let within = rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at);
    text.len() - rest.len() + within
}

/// The characters that YAML does not allow anywhere.
fn is_refused_control(char: char) -> bool {
    match char {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => char.is_control(),
    }
}

/// The line that ends the first document of a stream or starts the second.
fn second_document(text: &str) -> Option<usize> {
    let (first, _) = content_start(text)?;
    let is_marker = |line: &str| {
        (line.starts_with("---") || line.starts_with("...")) && line[3..].starts_with([' ', '\t'])
    };
    lines(text).find(|&(at, line)| at > first && is_marker(line)).map(|(at, _)| at)
}

/// The content of the first line that is indented less than the first line with content.
fn less_indented(text: &str) -> Option<usize> {
    let (first, line) = content_start(text)?;
    let least = indent(line);
    let has_content = |line: &str| !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
    let line = lines(text).find(|&(at, line)| at > first && has_content(line) && indent(line) < least);
    line.map(|(at, line)| at + indent(line))
}
