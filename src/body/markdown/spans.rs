//! What stands inside a paragraph and is not CommonMark's: formulas, attributes of what comes before them,
//! kramdown's extensions, and code that holds a `|` in a table.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use super::super::line_start::is_marker;
use super::attributes::{self, Attributes};
use super::parts::{Cover, Kind};
use super::rows::{self, Rows};
use crate::dollar_math::single;

/// Covers the spans of a paragraph, or of whatever else stands between two block boundaries.
pub(super) fn cover(text: &str, paragraph: Range<usize>, ends: &mut Ends, out: &mut Cover<'_>) {
    let bytes = &text.as_bytes()[..paragraph.end];
    let begins_span = |at: usize| bytes[at] == b'$' || may_begin_at(bytes, at);
    if memchr2_iter(b'$', b'{', &bytes[paragraph.start..]).any(|found| begins_span(paragraph.start + found))
        || rows::may_hold_bars_in_code(&bytes[paragraph.start..])
    {
        cover_sizes(text, paragraph, ends, out);
    }
}

/// The same where images may have sizes, too.
pub(super) fn cover_sizes(text: &str, paragraph: Range<usize>, ends: &mut Ends, out: &mut Cover<'_>) {
    let bytes = &text.as_bytes()[..paragraph.end];
    let mut code = CodeSpans::default();
    let mut rows = Rows::new(text, paragraph.clone());
    let mut destination = paragraph.start;
    let mut at = paragraph.start;
    while at < paragraph.end {
        at = match bytes[at] {
            b'\\' => at + 2,
            b'`' => {
                let end = code.skip(bytes, at);
                rows.cover_bars(at..end, out);
                end
            }
            b'$' => formula(text, paragraph.clone(), at, &rows, out),
            b'=' => match image_size(&bytes[paragraph.start..], at - paragraph.start) {
                Some(length) => {
                    out.blank(at..at + length);
                    at + length
                }
                None => at + 1,
            },
            b'{' if bytes.get(at + 1) == Some(&b':') => braces(text, paragraph.clone(), at, ends, out),
            b'{' if matches!(bytes.get(at + 1), Some(b'{' | b'%')) => {
                let end = template_tag(&text[..paragraph.end], at);
                if end.is_some_and(|end| is_in_destination(&text[..paragraph.end], destination, at..end)) {
                    destination = end.unwrap_or(at);
                    out.word(at..destination, Kind::Text);
                }
                end.unwrap_or(at + 2)
            }
            b'{' if ends_span(&bytes[paragraph.start..at]) => pandoc_braces(text, paragraph.end, at, out),
            _ => at + 1,
        };
    }
}

/// Whether the `{` at an offset may begin what [`cover`] looks for: attributes, an extension, a template tag.
#[inline]
pub(super) fn may_begin_at(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1), Some(b':' | b'{' | b'%')) || matches!(bytes[..at], [.., b')' | b'`'])
}

/// Whether a text ends with code, a link or an image, right after which Pandoc has attributes.
fn ends_span(before: &[u8]) -> bool {
    match before {
        [.., b'`'] => true,
        [rest @ .., b')'] => {
            let near = &rest[rest.len().saturating_sub(LONGEST)..];
            memmem::rfind(near, b"](").is_some_and(|at| is_target(&near[at + "](".len()..]))
        }
        _ => false,
    }
}

/// Whether a text can stand between the parentheses of a link or an image.
fn is_target(text: &[u8]) -> bool {
    let mut depth = 0_usize;
    text.iter().all(|byte| match byte {
        b'(' => {
            depth += 1;
            true
        }
        b')' if depth > 0 => {
            depth -= 1;
            true
        }
        b')' | b'\n' => false,
        _ => true,
    })
}

/// Covers the attributes that begin at `start` with `{`, and gives the offset after them.
fn pandoc_braces(text: &str, limit: usize, start: usize, out: &mut Cover<'_>) -> usize {
    let are_plain =
        |inner: &Range<usize>| Attributes::parse(&text[inner.clone()]).is_some_and(|list| list.are_plain());
    let found = attributes::braces_around(&text[..limit], start + "{".len());
    let Some((inner, end)) = found.filter(|(inner, _)| are_plain(inner)) else { return start + 1 };
    out.inline(start..end, Kind::Attributes(inner));
    end
}

/// The length of the size of an image that begins with the `=` at `start`, as Zenn and others write it after
/// the address: `![](/pot.png =250x)`. To CommonMark, nothing of that is an image.
#[inline]
pub(super) fn image_size(bytes: &[u8], start: usize) -> Option<usize> {
    let is_after_blank = start > 0 && bytes[start - 1] == b' ';
    if is_after_blank && matches!(bytes.get(start + 1), Some(b'0'..=b'9' | b'x')) {
        image_size_after(&bytes[..start], &bytes[start + 1..])
    } else {
        None
    }
}

#[cold]
fn image_size_after(before: &[u8], rest: &[u8]) -> Option<usize> {
    /// No image has more pixels in a row.
    const MOST_DIGITS: usize = 5;
    let digits = |bytes: &[u8]| bytes.iter().take(MOST_DIGITS).take_while(|b| b.is_ascii_digit()).count();
    let width = digits(rest);
    let height = digits(rest[width..].strip_prefix(b"x")?);
    let length = width + 1 + height;
    if width + height == 0 || rest.get(length) != Some(&b')') {
        return None;
    }
    // `![text](address `
    let before = before.trim_ascii_end();
    let is_in_address = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(byte, b'(' | b')' | b'<');
    let address = before.iter().rev().take(LONGEST).take_while(is_in_address).count();
    let text = before[..before.len() - address].strip_suffix(b"](").filter(|_| address > 0)?;
    let text = &text[text.len().saturating_sub(LONGEST)..];
    let start_of_text = memchr::memrchr(b'[', text)?;
    text[..start_of_text].ends_with(b"!").then_some(1 + length)
}

/// Code spans, in which nothing has a meaning.
#[derive(Debug, Default)]
struct CodeSpans {
    /// The lengths of runs of backticks that no other run of the paragraph has: nothing ends the span.
    without_end: Vec<usize>,
}

impl CodeSpans {
    /// The offset after the code span that begins at `start`, or after the backticks if they begin no span.
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

/// Covers the formula that begins at `start`, and gives the offset after it, or after the dollar signs if
/// they begin no formula.
///
/// Between `$$` stands a formula. Between single ones stands one only if it looks like TeX: prices are text.
fn formula(text: &str, paragraph: Range<usize>, start: usize, rows: &Rows<'_>, out: &mut Cover<'_>) -> usize {
    let rest = &text[start..paragraph.end];
    let is_double = rest.starts_with("$$");
    let length = if is_double {
        double(rest)
    } else {
        let is_cut = |tex: &str| rows::holds_cell_end(tex) && rows.hold(start);
        single(rest, &text[..start]).filter(|tex| !is_cut(tex)).map(|tex| tex.len() + 2)
    };
    let delimiter = 1 + usize::from(is_double);
    let Some(length) = length else { return start + delimiter };
    let range = start..start + length;
    // A code span must not touch another one.
    let touches = text[..start].ends_with('`') || text[range.end..].starts_with('`');
    if !touches {
        let is_display = is_double && is_alone(text, &paragraph, &range);
        let tex = range.start + delimiter..range.end - delimiter;
        out.code(range.clone(), Kind::Formula { tex, is_display });
    }
    range.end
}

/// Whether nothing but the markers of lists and quotations stands beside a formula on its lines. In a
/// sentence, kramdown takes a formula between `$$` for a part of the line.
fn is_alone(text: &str, paragraph: &Range<usize>, formula: &Range<usize>) -> bool {
    // From the formula outwards, and no further than to the next character that tells: a line of many
    // formulas is not read again for each.
    let is_marker = |c: char| u8::try_from(c).is_ok_and(is_marker);
    let before = text[..formula.start].trim_end_matches(is_marker);
    let is_blank = |c: char| c != '\n' && c.is_whitespace();
    let after = text[formula.end..paragraph.end].trim_start_matches(is_blank);
    (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
}

/// The length of the formula between `$$` at the start of the text.
fn double(text: &str) -> Option<usize> {
    let inner = &text[2..];
    let length = inner.find("$$")?;
    let formula = &inner[..length];
    let is_quoted = formula.split('\n').skip(1).any(|line| line.trim_start().starts_with('>'));
    (!formula.trim().is_empty() && !is_quoted).then_some(length + 4)
}

/// Covers the attributes or the extension that begin at `start` with `{:`, and gives the offset after them.
fn braces(text: &str, paragraph: Range<usize>, start: usize, ends: &mut Ends, out: &mut Cover<'_>) -> usize {
    if let Some((range, kind)) = extension(text, paragraph.end, start, ends) {
        let end = range.end;
        out.code(range, kind);
        return end;
    }
    let before = &text[paragraph.start..start];
    let is_after_span = before.ends_with(['*', '_', ')', ']', '~', '"', '`', '>', '$']);
    let is_in_item = is_list_marker(before);
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

/// The longest template tag or destination of a link, in bytes, so that many without an end cost little.
const LONGEST: usize = 1000;

/// The offset after the template tag that begins at `start`: `{{ … }}` or `{% … %}` on one line.
fn template_tag(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let sign = if bytes[start + 1] == b'{' { b'}' } else { b'%' };
    let from = start + 2;
    let line = bytes[from..].iter().take(LONGEST).take_while(|byte| **byte != b'\n').count();
    memmem::find(&bytes[from..from + line], &[sign, b'}']).map(|at| from + at + 2)
}

/// Whether a template tag stands in the destination of a link or a definition: `[text]({{ site.url }}/a)`,
/// where its white space would end the destination. The last tag in a destination ends at `last`.
fn is_in_destination(text: &str, last: usize, tag: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'(' | b')' | b'<' | b'>');
    let mut from = last.max(tag.start.saturating_sub(LONGEST));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = bytes[from..tag.start].iter().rev().take_while(|byte| !is_edge(byte)).count();
    let start = tag.start - before;
    let rest = bytes[tag.end..].iter().take(LONGEST).take_while(|byte| !is_edge(byte)).count();
    // What is escaped would not be a slice of the text.
    if bytes[start..tag.start]
        .iter()
        .chain(&bytes[tag.end..tag.end + rest])
        .any(|b| matches!(b, b'\\' | b'&'))
    {
        return false;
    }
    let opening = text[..start].trim_end_matches([' ', '\t']);
    let goes_on = start == last && last > 0 && text[..last].ends_with('}');
    goes_on || text[..start].ends_with("](") || opening.len() < start && opening.ends_with("]:")
}

/// The extension that begins at `start` and ends before `limit`: `{::comment}…{:/}`,
/// `{::nomarkdown}…{:/nomarkdown}`, `{::options … /}`.
pub(super) fn extension(
    text: &str,
    limit: usize,
    start: usize,
    ends: &mut Ends,
) -> Option<(Range<usize>, Kind)> {
    let rest = text[start..limit].strip_prefix("{::")?;
    let name = ["comment", "nomarkdown", "options"].into_iter().find(|name| rest.starts_with(name))?;
    let (tag, end) = attributes::braces(&text[..limit], start)?;
    if text[tag.clone()].trim_ascii_end().ends_with('/') {
        return Some((start..end, Kind::Nothing));
    }
    if name == "options" {
        return None;
    }
    let close = ends.next(text, end, name).filter(|close| close.end <= limit)?;
    let kind = if name == "comment" { Kind::Nothing } else { Kind::Inner(end..close.start) };
    Some((start..close.end, kind))
}

/// The positions of the tags that end extensions. Each search begins at or after the one before, so what was
/// found stays the next one until a search begins after it.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// For `{:/}`, `{:/comment}` and `{:/nomarkdown}`: where the next one begins. `None` before the first
    /// search.
    next: [Option<usize>; 3],
}

impl Ends {
    const TAGS: [&str; 3] = ["{:/}", "{:/comment}", "{:/nomarkdown}"];

    /// The next tag that ends an extension of this name, at `from` or after.
    fn next(&mut self, text: &str, from: usize, name: &str) -> Option<Range<usize>> {
        let fits = |tag: &str| tag.len() == Self::TAGS[0].len() || tag.contains(name);
        let tags = Self::TAGS.into_iter().zip(&mut self.next).filter(|(tag, _)| fits(tag));
        let found = tags.filter_map(|(tag, next)| {
            let is_known = next.is_some_and(|next| next >= from);
            if !is_known {
                *next = Some(text[from..].find(tag).map_or(usize::MAX, |at| from + at));
            }
            next.filter(|next| *next != usize::MAX).map(|next| next..next + tag.len())
        });
        found.min_by_key(|tag| tag.start)
    }
}

/// Whether the last line is a list marker and white space. A line longer than any that people write is not
/// one.
fn is_list_marker(text: &str) -> bool {
    const FURTHEST: usize = 64;
    let bytes = text.as_bytes();
    let from = bytes.len().saturating_sub(FURTHEST);
    let start = match memchr::memrchr(b'\n', &bytes[from..]) {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return false,
    };
    let line = text[start..].trim_start_matches([' ', '\t', '>']);
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
