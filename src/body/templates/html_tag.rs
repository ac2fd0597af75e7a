//! Start tags of HTML with template tags in them.

use super::tag::{Lexer, Tag};

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HtmlTag<'a> {
    pub(super) name: &'a str,
    /// The byte offset after the `>`.
    pub(super) end: usize,
    /// The parts that hold template tags, in order.
    pub(super) parts: Vec<Part<'a>>,
}

/// A part of a start tag that holds template tags.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A value of an attribute with its quotes.
    Value { start: usize, end: usize, quote: Option<u8>, tags: Vec<Tag<'a>> },
    /// A template tag between attributes, or in the name of one.
    Loose(Tag<'a>),
}

/// Reads the start tag at `start`, where a `<` and a letter stand. A template tag in it is one piece,
/// whatever quotes and brackets it holds. `None` if the tag is never closed.
///
/// This follows the [tokenizer] of the HTML standard.
///
/// [tokenizer]: https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state
pub(super) fn read<'a>(body: &'a str, start: usize, lexer: &mut Lexer<'a>) -> Option<HtmlTag<'a>> {
    let bytes = body.as_bytes();
    let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'{');
    let name_end = start + 1 + bytes[start + 1..].iter().position(|byte| !is_name(byte))?;
    let mut tag = HtmlTag { name: &body[start + 1..name_end], end: name_end, parts: Vec::new() };
    let mut at = name_end;
    // Whether the next `=` follows the name of an attribute.
    let mut has_name = false;
    loop {
        match bytes.get(at)? {
            b'>' => {
                tag.end = at + 1;
                return Some(tag);
            }
            b'{' => {
                let template = lexer.tag(at);
                at = template.map_or(at + 1, |template| template.end);
                tag.parts.extend(template.map(Part::Loose));
                has_name = true;
            }
            b'=' if has_name => {
                at = value(body, at + 1, lexer, &mut tag.parts)?;
                has_name = false;
            }
            b'/' => (at, has_name) = (at + 1, false),
            // White space may stand between a name and its `=`.
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => (at, has_name) = (at + 1, true),
        }
    }
}

/// Reads the value after a `=`. Returns where it ends.
fn value<'a>(body: &'a str, from: usize, lexer: &mut Lexer<'a>, parts: &mut Vec<Part<'a>>) -> Option<usize> {
    let bytes = body.as_bytes();
    let start = from + bytes[from..].iter().position(|byte| !byte.is_ascii_whitespace())?;
    let quote = Some(bytes[start]).filter(|byte| matches!(byte, b'"' | b'\''));
    let mut at = if quote.is_some() { start + 1 } else { start };
    let mut tags = Vec::new();
    let end = loop {
        let byte = *bytes.get(at)?;
        match quote {
            Some(quote) if byte == quote => break at + 1,
            None if byte == b'>' || byte.is_ascii_whitespace() => break at,
            _ if byte == b'{' => {
                let template = lexer.tag(at).filter(|tag| is_piece(body, tag, quote));
                at = template.map_or(at + 1, |template| template.end);
                tags.extend(template);
            }
            _ => at += 1,
        }
    };
    if !tags.is_empty() {
        parts.push(Part::Value { start, end, quote, tags });
    }
    Some(end)
}

/// Whether what looks like a template tag is one in a value with these quotes: it is on one line, and each
/// quote in it has another. In `a="{{" b="}}"` none is.
fn is_piece(body: &str, tag: &Tag<'_>, quote: Option<u8>) -> bool {
    let source = &body[tag.start..tag.end];
    let Some(quote) = quote.map(char::from) else { return !source.contains('\n') };
    let between_attributes =
        |text: &str| text.starts_with(|c: char| c.is_ascii_whitespace()) && text.ends_with('=');
    let quotes = source.matches(quote).count();
    quotes % 2 == 0
        && !source.contains('\n')
        && !source.split(quote).skip(1).step_by(2).any(between_attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_parts(body: &str, expected: &[&str]) {
        let tag = read(body, 0, &mut Lexer::new(body)).unwrap();
        let parts = tag.parts.iter().map(|part| match part {
            Part::Value { start, end, .. } => &body[*start..*end],
            Part::Loose(tag) => &body[tag.start..tag.end],
        });
        assert_eq!(parts.collect::<Vec<_>>(), expected, "{body}");
        assert_eq!(&body[tag.end..], " rest", "{body}");
    }

    #[test]
    fn a_template_tag_is_one_piece_of_a_value() {
        assert_parts("<a href=\"{{ \"x>\" | y }}\"> rest", &["\"{{ \"x>\" | y }}\""]);
        assert_parts("<a b='{{ 'x' }}{% z %}/c' d> rest", &["'{{ 'x' }}{% z %}/c'"]);
        assert_parts("<img src={% asset \"a b.png\" %}/> rest", &["{% asset \"a b.png\" %}/"]);
        assert_parts("<a b = {{ x }}c d=\"{{\" e='}}'> rest", &["{{ x }}c"]);
        assert_parts("<a {% if b > c %}class=\"d\"{% endif %}> rest", &["{% if b > c %}", "{% endif %}"]);
        assert_parts("<a href=\"x\" b=c> rest", &[]);
    }

    #[test]
    fn a_tag_that_is_not_closed_is_none() {
        for body in ["<a", "<a b", "<a b=", "<a b=\"c>", "<a {{ b > }}"] {
            assert_eq!(read(body, 0, &mut Lexer::new(body)), None, "{body}");
        }
    }
}
