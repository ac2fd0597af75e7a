//! The tokens of TOML, cut as the TOML parser cuts them, and what they say about a text before it is parsed
//! or after it was refused: how deep it nests, and what is not closed.

use std::ops::Range;

use crate::error::ErrorKind;
use crate::front_matter::entry::MAX_DEPTH;
use crate::front_matter::refusal::Refusal;
use crate::limits::Limit;

/// The most tables that a text may ask for. The TOML parser takes more than a kilobyte for each, and a table
/// may be written with two bytes.
const MOST_TABLES: usize = 50_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Dot,
    Equals,
    Comma,
    /// `[` or `{`.
    Open(u8),
    /// `]` or `}`.
    Close(u8),
    Newline,
    /// White space or a comment.
    Blank,
    /// A string that is closed.
    Text,
    /// A string that ends without its closing quote, with its line or with the text.
    OpenText,
    /// Anything else, up to the next of the others.
    Atom,
}

/// The tokens of a text, and where they are.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (Token, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let (token, length) = next(&text[start..])?;
        at += length;
        Some((token, start..at))
    })
}

/// The first token of a text, and its length in bytes.
fn next(text: &str) -> Option<(Token, usize)> {
    let bytes = text.as_bytes();
    let single = |token| Some((token, 1));
    match *bytes.first()? {
        b'.' => single(Token::Dot),
        b'=' => single(Token::Equals),
        b',' => single(Token::Comma),
        byte @ (b'[' | b'{') => single(Token::Open(byte)),
        byte @ (b']' | b'}') => single(Token::Close(byte)),
        b'\n' => single(Token::Newline),
        b'\r' => Some((Token::Newline, if bytes.get(1) == Some(&b'\n') { 2 } else { 1 })),
        b' ' | b'\t' => Some((Token::Blank, 1)),
        b'#' => Some((Token::Blank, memchr::memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len()))),
        quote @ (b'"' | b'\'') if bytes.starts_with(&[quote; 3]) => Some(long_string(bytes, quote)),
        quote @ (b'"' | b'\'') => Some(string(bytes, quote)),
        _ => {
            let ends = |byte: &u8| b".=,[]{} \t\r\n#".contains(byte);
            Some((Token::Atom, bytes.iter().position(ends).unwrap_or(bytes.len())))
        }
    }
}

fn string(bytes: &[u8], quote: u8) -> (Token, usize) {
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(quote, b'\\', b'\n', rest)) {
        at += found;
        match bytes[at] {
            b'\n' => return (Token::OpenText, at),
            b'\\' if quote == b'"' && bytes.get(at + 1) != Some(&b'\n') => at += 2,
            b'\\' => at += 1,
            _ => return (Token::Text, at + 1),
        }
    }
    (Token::OpenText, bytes.len())
}

/// A string between three quotes each.
fn long_string(bytes: &[u8], quote: u8) -> (Token, usize) {
    let mut at = 3;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(quote, b'\\', rest)) {
        at += found;
        if bytes[at] == b'\\' {
            at += if quote == b'"' { 2 } else { 1 };
        } else if bytes[at..].starts_with(&[quote; 3]) {
            // Up to two quotes more are content.
            let more = bytes[at + 3..].iter().take(2).take_while(|&&byte| byte == quote).count();
            return (Token::Text, at + 3 + more);
        } else {
            at += 1;
        }
    }
    (Token::OpenText, bytes.len())
}

/// A collection that is open, or a line outside all brackets.
struct Level {
    open: u8,
    /// The dots in the key that is being read or was read last.
    dots: usize,
    in_key: bool,
}

/// Where a text first nests too deep, or asks for too many tables: the TOML parser takes time and memory for
/// both.
pub(super) fn breach(text: &str) -> Option<Refusal> {
    let line = || Level { open: b'\n', dots: 0, in_key: true };
    let mut levels = vec![line()];
    // The depth of the tables in which the lines are, and of the collections in each other.
    let (mut header, mut depth) = (0, 0);
    let mut tables = 0;
    let mut is_header = false;
    let mut at_line_start = true;
    for (token, range) in tokens(text) {
        let at = range.start;
        let Some(level) = levels.last_mut() else { break };
        match token {
            Token::Newline if level.open == b'\n' || is_header => {
                levels.truncate(1);
                levels[0] = line();
                depth = 0;
                (is_header, at_line_start) = (false, true);
                continue;
            }
            Token::Blank | Token::Newline => continue,
            Token::Open(b'[') if at_line_start && level.open == b'\n' => {
                is_header = true;
                header = 1 + usize::from(text[at + 1..].starts_with('['));
                tables += 1;
            }
            Token::Open(open) if !is_header => {
                depth += 1;
                tables += usize::from(open == b'{');
                levels.push(Level { open, dots: 0, in_key: open == b'{' });
            }
            Token::Close(close) if level.open == close - 2 => {
                depth -= 1 + level.dots;
                levels.pop();
            }
            Token::Dot if is_header => {
                header += 1;
                tables += 1;
            }
            Token::Dot if level.in_key => {
                level.dots += 1;
                depth += 1;
                tables += 1;
            }
            Token::Equals => level.in_key = false,
            Token::Comma if level.open == b'{' => {
                depth -= level.dots;
                (level.dots, level.in_key) = (0, true);
            }
            _ => {}
        }
        at_line_start = false;
        if header + depth > MAX_DEPTH {
            return Some(Refusal::of_limit(Limit::MetadataDepth, text, Some(at)));
        }
        if tables > MOST_TABLES {
            let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataValues, maximum: MOST_TABLES };
            return Some(Refusal::new(kind, at));
        }
    }
    None
}

/// The string or the innermost bracket that is open at a position.
pub(super) fn open_before(text: &str, stop: usize) -> Option<usize> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (token, range) in tokens(text) {
        match token {
            Token::OpenText if range.contains(&stop) || range.end == stop => return Some(range.start),
            _ if range.start >= stop => break,
            Token::Open(byte) => open.push((byte, range.start)),
            Token::Close(byte) if open.last().is_some_and(|(open, _)| *open == byte - 2) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.last().map(|(_, at)| *at)
}
