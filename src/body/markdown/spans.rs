//! What stands inside a paragraph and is not CommonMark's: formulas, attributes of what comes before them, and
//! kramdown's extensions.

use std::ops::Range;

use memchr::memmem;

use super::attributes::{self, Attributes};
use super::parts::{Cover, Kind};

/// Covers the spans of a paragraph, or of whatever else stands between two block boundaries.
pub(super) fn cover(text: &str, paragraph: Range<usize>, out: &mut Cover<'_>) {
    let bytes = &text.as_bytes()[..paragraph.end];
    let has_one = memchr::memchr(b'$', &bytes[paragraph.start..]).is_some()
        || memmem::find(&bytes[paragraph.start..], b"{:").is_some();
    if !has_one {
        return;
    }
    let mut code = CodeSpans::default();
    let mut at = paragraph.start;
    while at < paragraph.end {
        at = match bytes[at] {
            b'\\' => at + 2,
            b'`' => code.skip(bytes, at),
            b'$' => formula(text, paragraph.clone(), at, out),
            b'{' if bytes.get(at + 1) == Some(&b':') => braces(text, paragraph.clone(), at, out),
            _ => at + 1,
        };
    }
}

/// Code spans, in which nothing has a meaning.
#[derive(Debug, Default)]
struct CodeSpans {
    /// The lengths of runs of backticks that no other run of the paragraph has: nothing ends the span.
    without_end: Vec<usize>,
}

impl CodeSpans {
    /// The offset after the code span that begins at `start`, or after the backticks if there is none.
    fn skip(&mut self, bytes: &[u8], start: usize) -> usize {
        let run = |from: usize| bytes[from..].iter().take_while(|byte| **byte == b'`').count();
        let length = run(start);
        let content = start + length;
        if self.without_end.contains(&length) {
            return content;
        }
        let mut at = content;
        while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
            let end = run(at + found);
            at += found + end;
            if end == length {
                return at;
            }
        }
        self.without_end.push(length);
        content
    }
}

/// Covers the formula that begins at `start`, and gives the offset after it, or after the dollar signs if there is
/// none.
///
/// Between `$$` stands a formula. Between single ones stands one only if it looks like TeX: prices are text.
fn formula(text: &str, paragraph: Range<usize>, start: usize, out: &mut Cover<'_>) -> usize {
    let rest = &text[start..paragraph.end];
    let is_double = rest.starts_with("$$");
    let length = if is_double { double(rest) } else { single(rest, &text[..start]) };
    let delimiter = 1 + usize::from(is_double);
    let Some(length) = length else { return start + delimiter };
    let range = start..start + length;
    // A code span must not touch another one.
    let touches = text[..start].ends_with('`') || text[range.end..].starts_with('`');
    if !touches {
        out.code(range.clone(), Kind::Text);
    }
    range.end
}

/// The length of the formula between `$$` at the start of the text.
fn double(text: &str) -> Option<usize> {
    let inner = &text[2..];
    let length = inner.find("$$")?;
    let formula = &inner[..length];
    let is_quoted = formula.split('\n').skip(1).any(|line| line.trim_start().starts_with('>'));
    (!formula.trim().is_empty() && !is_quoted).then_some(length + 4)
}

/// The length of the formula between `$` at the start of the text.
fn single(text: &str, before: &str) -> Option<usize> {
    if before.ends_with(|c: char| c.is_alphanumeric() || c == '$') {
        return None;
    }
    let inner = &text[1..];
    let line = &inner[..inner.find('\n').unwrap_or(inner.len())];
    let formula = &line[..line.find('$')?];
    let after = &line[formula.len() + 1..];
    let touches = |edge: Option<char>| edge.is_some_and(|c| !c.is_whitespace());
    let is_formula = touches(formula.chars().next())
        && touches(formula.chars().next_back())
        && formula.contains(['\\', '^', '_'])
        && !formula.contains('`')
        && !after.starts_with(|c: char| c.is_alphanumeric() || c == '$');
    is_formula.then_some(formula.len() + 2)
}

/// Covers the attributes or the extension that begin at `start` with `{:`, and gives the offset after them.
fn braces(text: &str, paragraph: Range<usize>, start: usize, out: &mut Cover<'_>) -> usize {
    if let Some((range, kind)) = extension(&text[..paragraph.end], start) {
        let end = range.end;
        out.code(range, kind);
        return end;
    }
    let before = &text[paragraph.start..start];
    let is_after_span = before.ends_with(['*', '_', ')', ']', '~', '"', '`', '>', '$']);
    let is_in_item = is_list_marker(before.rsplit('\n').next().unwrap_or(before));
    let found = attributes::braces(&text[..paragraph.end], start)
        .filter(|_| is_after_span || is_in_item)
        .filter(|(inner, _)| Attributes::parse(&text[inner.clone()]).is_some());
    let Some((inner, end)) = found else { return start + 2 };
    // At the start of an item, a declaration would begin a block.
    if is_in_item {
        out.code(start..end, Kind::Nothing);
    } else {
        out.inline(start..end, Kind::Attributes(inner));
    }
    end
}

/// The extension that begins at `start`: `{::comment}…{:/}`, `{::nomarkdown}…{:/nomarkdown}`, `{::options … /}`.
pub(super) fn extension(text: &str, start: usize) -> Option<(Range<usize>, Kind)> {
    let rest = text[start..].strip_prefix("{::")?;
    let name = ["comment", "nomarkdown", "options"].into_iter().find(|name| rest.starts_with(name))?;
    let (tag, end) = attributes::braces(text, start)?;
    if text[tag.clone()].trim_ascii_end().ends_with('/') {
        return Some((start..end, Kind::Nothing));
    }
    if name == "options" {
        return None;
    }
    let named = format!("{{:/{name}}}");
    let close = |tag: &str| text[end..].find(tag).map(|at| (end + at, end + at + tag.len()));
    let (inner_end, end_of_all) = [close(&named), close("{:/}")].into_iter().flatten().min()?;
    let kind = if name == "comment" { Kind::Nothing } else { Kind::Inner(end..inner_end) };
    Some((start..end_of_all, kind))
}

/// Whether the line up to here is a list marker, and white space.
fn is_list_marker(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    marker_length(line).is_some_and(|length| line[length..].trim_ascii().is_empty())
}

/// The length of the list marker at the start of the line, without the white space after it.
pub(super) fn marker_length(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let length = match (digits, line.as_bytes().get(digits)?) {
        (0, b'*' | b'-' | b'+') => 1,
        (1..=9, b'.' | b')') => digits + 1,
        _ => return None,
    };
    line.as_bytes().get(length).is_none_or(|byte| matches!(byte, b' ' | b'\t')).then_some(length)
}
