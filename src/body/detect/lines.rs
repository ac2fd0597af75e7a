//! The signs of Markdown that a line begins with.

use memchr::memchr;

/// The lines of a body.
#[derive(Clone, Copy)]
pub(super) struct Lines<'b> {
    body: &'b [u8],
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A blank line, or nothing.
    Blank,
    /// A line of text.
    Text,
    /// The end of an element.
    Block,
}

/// The fences whose end was looked for in vain: of back quotes, and of tildes. A line of tildes that nothing
/// ends is a rule between texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fences {
    /// From this length on, no fence ends.
    never_ends: [usize; 2],
}

impl Fences {
    /// A fence that is longer is taken to end with one of this length, so that few lengths are looked for.
    const LONGEST: usize = 16;

    pub(super) fn new() -> Self {
        Self { never_ends: [usize::MAX; 2] }
    }

    /// Whether a line after the offset `from` ends a fence of `length` signs.
    fn is_ended(&mut self, body: &[u8], from: usize, sign: u8, length: usize) -> bool {
        let length = length.min(Self::LONGEST);
        let never_ends = &mut self.never_ends[usize::from(sign == b'~')];
        if length >= *never_ends {
            return false;
        }
        let is_end = |feed: usize| {
            let rest = &body[from + feed + 1..];
            let margin = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
            let run = rest[margin..].iter().take_while(|byte| **byte == sign).count();
            let after = &rest[margin + run..];
            let next = after.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
            run >= length && next.is_none_or(|byte| *byte == b'\n')
        };
        let is_ended = memchr::memchr_iter(b'\n', &body[from..]).any(is_end);
        if !is_ended {
            *never_ends = length;
        }
        is_ended
    }
}

impl<'b> Lines<'b> {
    pub(super) fn new(body: &'b str) -> Self {
        Self { body: body.as_bytes() }
    }

    /// Where the blank lines end that begin at `start`.
    pub(super) fn blank_end(self, start: usize) -> usize {
        let rest = &self.body[start..];
        match rest.iter().position(|byte| !byte.is_ascii_whitespace()) {
            None => self.body.len(),
            Some(length) => memchr::memrchr(b'\n', &rest[..length]).map_or(start, |feed| start + feed + 1),
        }
    }

    /// Whether the line that begins at `start` is blank; there may be none.
    pub(super) fn is_blank(self, start: usize) -> bool {
        self.line(start).trim_ascii().is_empty()
    }

    /// Whether nothing but tags and white space may stand before `at` in its line.
    pub(super) fn is_first(self, at: usize) -> bool {
        let before = self.body[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        before.is_none_or(|byte| matches!(byte, b'\n' | b'>'))
    }

    /// The line that begins at `start`, without what ends it.
    fn line(self, start: usize) -> &'b [u8] {
        let rest = &self.body[start.min(self.body.len())..];
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// The offset of the sign that the line at `start`, which is not blank, begins with, and what the line is
    /// to the one after it.
    pub(super) fn sign(self, start: usize, before: Before, fences: &mut Fences) -> (Option<usize>, Before) {
        let line = self.line(start);
        let text = line.trim_ascii_start();
        let at = start + line.len() - text.len();
        // What is indented further may be code, or the layout of a source. The prompt of a session tells.
        let is_sign = (at - start <= 3 && self.is_sign(text, start + line.len(), before, fences))
            || (before == Before::Blank && is_session(text) && is_indented(&line[..at - start]));
        let kind = if text.first() == Some(&b'<') { before } else { Before::Text };
        (is_sign.then_some(at), kind)
    }

    fn is_sign(self, text: &[u8], end: usize, before: Before, fences: &mut Fences) -> bool {
        let next =
            || self.line(memchr(b'\n', &self.body[end..]).map_or(self.body.len(), |feed| end + feed + 1));
        match text {
            [b'#', ..] => is_atx_heading(text),
            [sign @ (b'`' | b'~'), ..] => {
                fence_length(text, *sign).is_some_and(|length| fences.is_ended(self.body, end, *sign, length))
            }
            [b'>', rest @ ..] => {
                !rest.trim_ascii().is_empty()
                    && (before != Before::Text || next().trim_ascii_start().starts_with(b">"))
            }
            [b'[', ..] => is_definition(text),
            [b'{', b':', rest @ ..] => is_attribute_list(rest),
            [b'|' | b':', ..] => is_delimiter_row(text) && before == Before::Text,
            [b'=', ..] => before == Before::Text && is_rule(text, b'=', 2),
            [b'-' | b'*' | b'_' | b'+' | b'0'..=b'9', ..] => {
                let is_bare = |sign| is_rule(text, sign, 3);
                if is_bare(b'-') && before == Before::Text {
                    return true;
                }
                if is_thematic_break(text) {
                    return before == Before::Blank && next().trim_ascii().is_empty();
                }
                if is_delimiter_row(text) && before == Before::Text || is_abbreviation(text) {
                    return true;
                }
                let Some(marker) = list_marker(text) else { return false };
                !ends_with_break(text)
                    && (before != Before::Text
                        || list_marker(next().trim_ascii_start()).is_some_and(|other| other == marker))
            }
            _ => false,
        }
    }
}

fn is_atx_heading(text: &[u8]) -> bool {
    let level = text.iter().take_while(|byte| **byte == b'#').count();
    let rest = &text[level..];
    level <= 6 && matches!(rest.first(), Some(b' ' | b'\t')) && !rest.trim_ascii().is_empty()
}

/// The length of the fence that a line opens: the line of one of backticks holds no others.
fn fence_length(text: &[u8], sign: u8) -> Option<usize> {
    let length = text.iter().take_while(|byte| **byte == sign).count();
    (length >= 3 && (sign != b'`' || !text[length..].contains(&b'`'))).then_some(length)
}

/// Whether this white space before a line makes code of it.
fn is_indented(indentation: &[u8]) -> bool {
    indentation.len() >= 4 || indentation.contains(&b'\t')
}

/// Whether a line shows what was typed after the prompt of Python, or of a shell.
fn is_session(text: &[u8]) -> bool {
    match text {
        [b'>', b'>', b'>', b' ', rest @ ..] => !rest.trim_ascii().is_empty(),
        [b'$', b' ', rest @ ..] => {
            rest.first().is_some_and(|byte| byte.is_ascii_lowercase() || b"./~".contains(byte))
        }
        _ => false,
    }
}

/// `[label]: …`, the definition of a reference or a footnote.
fn is_definition(text: &[u8]) -> bool {
    let Some(end) = memchr(b']', text) else { return false };
    let label = &text[1..end];
    let (is_after, rest) = match &text[end + 1..] {
        [b':', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    is_after && !label.trim_ascii().is_empty() && !label.contains(&b'[') && {
        let destination = rest.trim_ascii_start();
        let is_footnote = label.starts_with(b"^");
        let is_url = !destination.is_empty() && destination.iter().any(|byte| b"/.#:<{%@?".contains(byte));
        is_footnote || is_url
    }
}

/// `{: .class #id key="value"}`, after its `{:`.
fn is_attribute_list(rest: &[u8]) -> bool {
    memchr(b'}', rest).is_some()
        && matches!(rest.first(), Some(b' ' | b'.' | b'#' | b':' | b'/' | b'a'..=b'z' | b'A'..=b'Z'))
}

/// `|---|:-:|`, the line below the head of a table.
fn is_delimiter_row(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    text.contains(&b'|')
        && text.contains(&b'-')
        && text.iter().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t'))
        && text.split(|byte| *byte == b'|').any(|cell| cell.contains(&b'-'))
}

/// Whether a line is only this sign, at least `least` times.
fn is_rule(text: &[u8], sign: u8, least: usize) -> bool {
    let text = text.trim_ascii_end();
    text.len() >= least && text.iter().all(|byte| *byte == sign)
}

/// Three or more of one sign, with white space between them or not.
fn is_thematic_break(text: &[u8]) -> bool {
    let sign = text[0];
    matches!(sign, b'-' | b'*' | b'_')
        && text.iter().all(|byte| *byte == sign || matches!(byte, b' ' | b'\t' | b'\r'))
        && memchr::memchr_iter(sign, text).count() >= 3
}

/// kramdown's `*[HTML]: Hypertext Markup Language`.
fn is_abbreviation(text: &[u8]) -> bool {
    text.strip_prefix(b"*[").is_some_and(|rest| memchr::memmem::find(rest, b"]:").is_some_and(|end| end > 0))
}

/// The sign of the list marker that a line begins with: `-`, `+`, `*`, or what follows the number.
fn list_marker(text: &[u8]) -> Option<u8> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (sign, rest) = text[digits..].split_first()?;
    let is_marker = if digits == 0 {
        matches!(sign, b'-' | b'+' | b'*')
    } else {
        digits <= 9 && matches!(sign, b'.' | b')')
    };
    let has_text = matches!(rest.first(), Some(b' ' | b'\t')) && !rest.trim_ascii().is_empty();
    (is_marker && has_text).then_some(*sign)
}

/// Whether a line ends with a `<br>`: that is how those who write HTML make lists of lines.
fn ends_with_break(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let last = memchr::memrchr(b'<', text).map_or(&[][..], |start| &text[start..]);
    last.len() >= 4 && last[1..3].eq_ignore_ascii_case(b"br") && last.ends_with(b">")
}
