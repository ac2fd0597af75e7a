//! Front matter that nothing closes: from its lines to where they end to look like metadata.

use std::ops::Range;

use super::lines::{closing_quote, indent, line_end, lines, split_key};
use crate::error::FrontMatterFormat;

/// How many words a key may have. A line of prose may have a colon, too.
const MOST_WORDS: usize = 3;

/// The text of front matter that nothing closes, in bytes of what follows the opener, and where the body
/// starts. `None` if the first line does not look like metadata.
///
/// The text ends before the first line that is empty or looks like something else. Comments at its end are
/// not part of it: a Markdown heading looks like one. A line like `----` was meant to be the closer, and is
/// neither text nor body.
pub(super) fn find(format: FrontMatterFormat, rest: &str) -> Option<(Range<usize>, usize)> {
    let mut kept = None;
    let mut above = Above::Nothing;
    for (at, line) in lines(rest) {
        if kept.is_some() && is_like_closer(format, line) {
            return Some((0..at, line_end(rest, at)));
        }
        if line.starts_with('#') {
            continue;
        }
        let seen = match format {
            FrontMatterFormat::Yaml => yaml_line(line, above),
            FrontMatterFormat::Toml => toml_line(line, above),
            FrontMatterFormat::Json => None,
        };
        let Some(seen) = seen else { break };
        above = seen;
        kept = Some(line_end(rest, at));
    }
    kept.map(|end| (0..end, end))
}

/// The last line that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    /// A key at this indentation with a value.
    Value(usize),
    /// A key at this indentation without a value on its line, or a line of such a value.
    Open(usize),
}

/// What a line is in YAML, if it looks like metadata.
fn yaml_line(line: &str, above: Above) -> Option<Above> {
    let indent = indent(line);
    let content = &line[indent..];
    let is_item = content == "-" || content.starts_with("- ");
    match above {
        _ if content.is_empty() => None,
        Above::Value(key) | Above::Open(key) if indent > key => Some(above),
        Above::Open(key) if indent == key && is_item => Some(above),
        _ => {
            let (key, value) = split_key(content)?;
            if !(content.starts_with(['"', '\'']) || is_key(key)) {
                return None;
            }
            let is_open = value.is_empty() || value.starts_with('#');
            Some(if is_open { Above::Open(indent) } else { Above::Value(indent) })
        }
    }
}

/// What a line is in TOML, if it looks like metadata.
fn toml_line(line: &str, above: Above) -> Option<Above> {
    let content = line.trim_ascii_start();
    if content.is_empty() {
        return None;
    }
    // The value of a key goes on.
    let is_inner = content.len() < line.len() || matches!(content.trim_end_matches(','), "]" | "}");
    if above != Above::Nothing && is_inner {
        return Some(above);
    }
    let header = content.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    if let Some((name, after)) = header {
        let name = name.trim_start_matches('[');
        let after = after.trim_start_matches(']').trim_ascii_start();
        return (is_key(name) && (after.is_empty() || after.starts_with('#'))).then_some(Above::Value(0));
    }
    let end = match content.as_bytes()[0] {
        quote @ (b'"' | b'\'') => closing_quote(&content[1..], quote)? + 2,
        _ => 0,
    };
    // With a colon it is broken, and is read line by line.
    let key_end = end + content[end..].find(['=', ':'])?;
    is_key(&content[..key_end]).then_some(Above::Value(0))
}

/// Whether a text looks like a key: a few words, or anything in quotes.
fn is_key(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t']);
    let is_word_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
    let is_quoted = text.len() > 1 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']);
    let words = text.split(' ').count();
    is_quoted || !text.is_empty() && words <= MOST_WORDS && text.chars().all(is_word_part)
}

/// Whether a line was meant to close the block: dashes, or the signs of its fences.
fn is_like_closer(format: FrontMatterFormat, line: &str) -> bool {
    let content = line.trim_ascii();
    let is_all = |sign: u8| content.len() > 1 && content.bytes().all(|byte| byte == sign);
    is_all(b'-') || format == FrontMatterFormat::Toml && is_all(b'+')
}
