//! The fast reader of front matter: from the text of a block to entries, if the block has nothing but lines
//! `key: value`, as in nearly all posts.
//!
//! A value is nothing, a scalar (plain, in double or in single quotes) or a list `[a, b]` of scalars, and it
//! ends on the line of its key. Empty lines and comments may come between the lines. Everything else is
//! [declined](Decline), and so is whatever the reference might read otherwise: the entries are exactly those
//! of [`yaml::entries`](super::yaml::entries), or there are none.
//!
//! The functions here parse a text at its start and give the rest of it. They decline with a reason instead
//! of failing, and then the whole block is left to the reference.

mod quoted;

use std::borrow::Cow;

use memchr::{memchr, memchr3_iter};

use super::entry::{Entries, Entry, KnownKey, Node};
use super::merge;
use crate::bytes::{Word, any, position};
use crate::engine::Decline;
use crate::post::Value;
use quoted::{double_quoted, single_quoted};

/// How long a key may be, in bytes with its quotes and the white space after it. YAML's limit is 1,024.
const MAX_KEY_BYTES: usize = 1000;

/// From here on a float may be an integer of many digits.
const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

/// How many digits always fit into an `i64`.
const SAFE_DIGITS: usize = 18;

/// Gives the top-level entries of a block to `entries` in order, until that refuses one. Tells whether it
/// took all of them.
///
/// If a line is declined, the entries that were given before it must be dropped.
pub(super) fn read<'a>(text: &'a str, entries: &mut impl Entries<'a>) -> Result<bool, Decline> {
    check_characters(text.as_bytes())?;
    let mut rest = text;
    while !rest.is_empty() {
        let (known, key, after) = if let Some((known, after)) = usual_key(rest) {
            (Some(known), Cow::Borrowed(known.name()), after)
        } else if let Some((key, after)) = key(rest)? {
            (KnownKey::of(&key), key, after)
        } else {
            rest = after_line(rest);
            continue;
        };
        let after = trim_start(after);
        let is_taken = if let Some((text, after)) = text_value(after)? {
            rest = next_line(after)?;
            match known {
                Some(known) => entries.take_text(known, text),
                None => entries.take(None, Entry { key, node: Node::Text(text) }),
            }
        } else {
            let (node, after) = value(after, known)?;
            rest = next_line(after)?;
            entries.take(known, Entry { key, node })
        };
        if !is_taken {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The top-level entries of a block in order.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, Decline> {
    let mut entries = Vec::new();
    read(text, &mut entries)?;
    Ok(entries)
}

/// Lets through the characters that mean the same to YAML as they do here.
fn check_characters(bytes: &[u8]) -> Result<(), Decline> {
    if any(bytes, |byte| byte < b' ' && byte != b'\n' || byte == 0x7f) {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' | b'\t' => {}
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
                b'\r' => return Err(Decline::LineBreak),
                ..b' ' | 0x7f => return Err(Decline::Control),
                _ => {}
            }
        }
    }
    for at in memchr3_iter(0xc2, 0xe2, 0xef, bytes) {
        match bytes[at..] {
            [0xc2, 0x85, ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..] => return Err(Decline::LineBreak),
            [0xc2, 0x80..=0x9f, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => return Err(Decline::Control),
            [0xef, 0xbb, 0xbf, ..] => return Err(Decline::ByteOrderMark),
            _ => {}
        }
    }
    Ok(())
}

/// The text from the next line on, after a value like the `Tea` of `Tea  # comment\n`.
///
/// Declines anything but white space and a comment.
fn next_line(rest: &str) -> Result<&str, Decline> {
    if let Some(next) = rest.strip_prefix('\n') {
        return Ok(next);
    }
    let after = trim_start(rest);
    match after.as_bytes() {
        [] | [b'\n' | b'\r', ..] => Ok(after_line(after)),
        [b'#', ..] if after.len() < rest.len() => Ok(after_line(after)),
        _ => Err(Decline::Trailing),
    }
}

/// The text after the line that begins here.
fn after_line(text: &str) -> &str {
    memchr(b'\n', text.as_bytes()).map_or("", |end| &text[end + 1..])
}

/// The key of a line like `title: Tea`, if it is one of the words that nearly all posts use, and whose end
/// need not be searched for. The rest begins after the space. `None` for any other line.
#[inline]
fn usual_key(text: &str) -> Option<(KnownKey, &str)> {
    let (known, value) = match text.as_bytes() {
        [b'l', ..] => (KnownKey::Layout, text.strip_prefix("layout: ")),
        [b't', b'i', ..] => (KnownKey::Title, text.strip_prefix("title: ")),
        [b'd', ..] => (KnownKey::Date, text.strip_prefix("date: ")),
        [b'a', ..] => (KnownKey::Author, text.strip_prefix("author: ")),
        [b'f', ..] => (KnownKey::From, text.strip_prefix("from: ")),
        [b't', ..] => (KnownKey::Tags, text.strip_prefix("tags: ")),
        [b'c', b'a', ..] => (KnownKey::Categories, text.strip_prefix("categories: ")),
        [b'c', ..] => (KnownKey::Comments, text.strip_prefix("comments: ")),
        _ => return None,
    };
    Some((known, value?))
}

/// The key of a line like `title: Tea` or `"title" : Tea`. The rest begins after the colon.
///
/// `None` if the line is empty or a comment. Declines a line without a key, or with one that may mean
/// something else.
fn key(text: &str) -> Result<Option<(Cow<'_, str>, &str)>, Decline> {
    let (key, rest) = match text.as_bytes() {
        [] | [b'#' | b'\n' | b'\r', ..] => return Ok(None),
        [b' ' | b'\t', ..] => {
            // A tab is not indentation, not even on an empty line.
            let content = text.trim_start_matches(' ');
            let is_empty = content.is_empty() || content.starts_with(['#', '\n', '\r']);
            return if is_empty { Ok(None) } else { Err(Decline::Indentation) };
        }
        [b'"', ..] => key_end(text, double_quoted(text)?)?,
        [b'\'', ..] => key_end(text, single_quoted(text)?)?,
        _ => plain_key(text)?,
    };
    if key == merge::KEY {
        return Err(Decline::MergeKey);
    }
    Ok(Some((key, rest)))
}

/// A key without quotes, like the `title` of `title: Tea`. The rest begins after the colon.
///
/// Declines a line that begins with an indicator, and one without a colon that white space follows.
fn plain_key(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let bytes = text.as_bytes();
    // `... :` would end the document.
    if !starts_plain(bytes) || matches!(bytes[0], b'-' | b'.') {
        return Err(Decline::Indicator);
    }
    let mut colon = 0;
    loop {
        colon += line_part(&bytes[colon..]);
        match bytes.get(colon) {
            Some(b':') if is_white_space_or_end(bytes.get(colon + 1)) => break,
            Some(b':') => colon += 1,
            Some(b'#') => return Err(Decline::HashInKey),
            _ => return Err(Decline::NoKey),
        }
    }
    if colon > MAX_KEY_BYTES {
        return Err(Decline::LongKey);
    }
    Ok((Cow::Borrowed(trim_end(&text[..colon])), &text[colon + 1..]))
}

/// Passes over the colon after a quoted key, as in ` : Tea`. The rest begins after the colon.
///
/// Declines any other character, and a colon that white space does not follow.
fn key_end<'a>(
    text: &'a str,
    (key, rest): (Cow<'a, str>, &'a str),
) -> Result<(Cow<'a, str>, &'a str), Decline> {
    let value = trim_start(rest).strip_prefix(':').ok_or(Decline::NoKey)?;
    if !is_white_space_or_end(value.as_bytes().first()) {
        return Err(Decline::NoKey);
    }
    if text.len() - value.len() > MAX_KEY_BYTES {
        return Err(Decline::LongKey);
    }
    Ok((key, value))
}

/// A value that is a text: `Tea`, `"Tea"` or `'Tea'`. The rest begins after the text or its closing quote.
///
/// `None` if the value is something else. Declines a quote that is not closed on its line, and a colon that
/// makes a mapping.
#[inline]
fn text_value(text: &str) -> Result<Option<(Cow<'_, str>, &str)>, Decline> {
    Ok(Some(match text.as_bytes() {
        [b'"', ..] => double_quoted(text)?,
        [b'\'', ..] => single_quoted(text)?,
        bytes if starts_plain(bytes) => {
            let (value, rest) = text.split_at(plain_value_length(text)?);
            if resolved(value)?.is_some() {
                return Ok(None);
            }
            (Cow::Borrowed(value), rest)
        }
        _ => return Ok(None),
    }))
}

/// A value that is not a text: nothing, `null`, `true`, `3` or `[a, b]`. The rest begins after the value.
///
/// Declines a value that begins with an indicator.
fn value(text: &str, known: Option<KnownKey>) -> Result<(Node<'_>, &str), Decline> {
    Ok(match text.as_bytes() {
        [] | [b'\n' | b'\r', ..] => (Node::Null, text),
        // Only the end of the line can follow a comment.
        [b'#', ..] => (Node::Null, &text[memchr(b'\n', text.as_bytes()).unwrap_or(text.len())..]),
        [b'[', ..] => list(&text[1..], known)?,
        bytes if !starts_plain(bytes) => return Err(Decline::Indicator),
        _ => {
            let (value, rest) = text.split_at(plain_value_length(text)?);
            (plain_scalar(value, known)?, rest)
        }
    })
}

fn text_node<'a>((text, rest): (Cow<'a, str>, &'a str)) -> (Node<'a>, &'a str) {
    (Node::Text(text), rest)
}

/// The length of a plain value like the `Tea` of `Tea  # comment`, without the white space and the comment
/// after it.
///
/// Declines a colon that white space follows.
fn plain_value_length(text: &str) -> Result<usize, Decline> {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        end += line_part(&bytes[end..]);
        match bytes.get(end) {
            Some(b':') if is_white_space_or_end(bytes.get(end + 1)) => return Err(Decline::ColonInValue),
            // A plain scalar does not begin with `#`, so that there is a byte before.
            Some(b'#') if is_white_space_or_end(bytes.get(end - 1)) => break,
            Some(b':' | b'#') => end += 1,
            _ => break,
        }
    }
    Ok(trim_end(&text[..end]).len())
}

/// The number of bytes before the next colon, `#` or line feed.
#[inline]
fn line_part(bytes: &[u8]) -> usize {
    let in_word = |word: Word| word.equal(b':').or(word.equal(b'#')).or(word.equal(b'\n'));
    position(bytes, in_word, |byte| matches!(byte, b':' | b'#' | b'\n')).unwrap_or(bytes.len())
}

/// A list like `a, b]`, which begins after its opening bracket. The rest begins after the closing bracket.
///
/// Declines a list that does not end on its line, or that holds something other than scalars.
fn list(text: &str, known: Option<KnownKey>) -> Result<(Node<'_>, &str), Decline> {
    let mut texts = Vec::new();
    // All items so far, once one of them is not a text.
    let mut nodes = Vec::new();
    let mut rest = trim_start(text);
    loop {
        if let Some(rest) = rest.strip_prefix(']') {
            let node = if texts.is_empty() { Node::List(nodes) } else { Node::Texts(texts) };
            return Ok((node, rest));
        }
        let (node, after) = match rest.as_bytes() {
            [] | [b'\n' | b'\r', ..] => return Err(Decline::OpenList),
            [b'"', ..] => text_node(double_quoted(rest)?),
            [b'\'', ..] => text_node(single_quoted(rest)?),
            bytes if !starts_plain(bytes) => return Err(Decline::ListItem),
            _ => {
                let (item, after) = rest.split_at(plain_item_end(rest.as_bytes())?);
                (plain_scalar(trim_end(item), known)?, after)
            }
        };
        rest = trim_start(after);
        match node {
            Node::Text(text) if nodes.is_empty() => {
                // Most lists have one item, and need no room for more.
                if texts.is_empty() && rest.starts_with(']') {
                    texts.reserve_exact(1);
                }
                texts.push(text);
            }
            node => {
                nodes.extend(texts.drain(..).map(Node::Text));
                nodes.push(node);
            }
        }
        match rest.as_bytes() {
            [b',', ..] => rest = trim_start(&rest[1..]),
            [b']', ..] => {}
            [] | [b'\n' | b'\r', ..] => return Err(Decline::OpenList),
            _ => return Err(Decline::ListItem),
        }
    }
}

/// Where a plain scalar in a list ends, like the `a ` of `a , b]`, with the white space after it.
///
/// Declines a scalar that does not end on its line, or that begins a mapping or a comment.
fn plain_item_end(bytes: &[u8]) -> Result<usize, Decline> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|&byte| ENDS_ITEM[usize::from(byte)]).ok_or(Decline::OpenList)?;
        let next = bytes.get(at + 1);
        match bytes[at] {
            b',' | b']' => return Ok(at),
            b'\n' => return Err(Decline::OpenList),
            b':' if !is_white_space_or_end(next)
                && !matches!(next, Some(b',' | b'?' | b'[' | b']' | b'{' | b'}')) => {}
            // A plain scalar does not begin with `#`, so that there is a byte before.
            b'#' if !is_white_space_or_end(bytes.get(at - 1)) => {}
            _ => return Err(Decline::ListItem),
        }
        at += 1;
    }
}

/// The bytes that may end a plain scalar in a list.
const ENDS_ITEM: [bool; 256] = table_of(b",[]{}:#\n");

/// A table of which bytes are in a list.
const fn table_of(mut bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    while let [byte, others @ ..] = bytes {
        table[*byte as usize] = true;
        bytes = others;
    }
    table
}

/// A plain scalar, resolved as the reference does it.
fn plain_scalar(text: &str, known: Option<KnownKey>) -> Result<Node<'_>, Decline> {
    let value = resolved(text)?;
    let text = Cow::Borrowed(text);
    Ok(match value {
        None => Node::Text(text),
        Some(Value::Null) => Node::Null,
        Some(value) if known.is_some_and(KnownKey::holds_text) => Node::Literal { text, value },
        Some(value) => Node::Resolved(value),
    })
}

/// What a plain scalar resolves to, if that is not a text.
///
/// Declines a number that only the reference can read.
#[inline]
fn resolved(text: &str) -> Result<Option<Value<'static>>, Decline> {
    Ok(match text.as_bytes() {
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => number(text)?,
        [b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F', ..] => match text {
            "~" | "null" | "Null" | "NULL" => Some(Value::Null),
            "true" | "True" | "TRUE" => Some(Value::Bool(true)),
            "false" | "False" | "FALSE" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    })
}

/// The number that a plain scalar stands for. `None` for anything else, and for infinity and "not a number",
/// which are texts to the reference.
///
/// Declines a number that is not decimal or has too many digits.
fn number(text: &str) -> Result<Option<Value<'static>>, Decline> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text).as_bytes();
    if let [b'0', b'x' | b'o' | b'b', ..] = unsigned {
        return Err(Decline::Number);
    }
    let digits = unsigned.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match unsigned.get(digits) {
        // YAML 1.1 had octal numbers with leading zeros; 1.2 makes them texts.
        None if digits > 1 && unsigned[0] == b'0' => return Ok(None),
        None if digits > SAFE_DIGITS => return Err(Decline::Number),
        None => return Ok(text.parse().ok().map(Value::Integer)),
        Some(b'.' | b'e' | b'E') => {}
        // A date, for one. Rust would read `-inf` and `+nan`, and `-5` in `+-5`.
        Some(_) => return Ok(None),
    }
    let unpositive = text.strip_prefix('+').unwrap_or(text);
    match unpositive.parse::<f64>() {
        Ok(float) if !float.is_finite() => Ok(None),
        Ok(float) if float.abs() >= TWO_TO_THE_63 => Err(Decline::Number),
        Ok(float) => Ok(Some(Value::Float(float))),
        Err(_) => Ok(None),
    }
}

/// Whether a plain scalar can begin with these bytes, in a list or outside.
fn starts_plain(bytes: &[u8]) -> bool {
    match bytes {
        [b'-', next, ..] => next.is_ascii_alphanumeric() || *next == b'.',
        [first, ..] => !INDICATORS[usize::from(*first)],
        [] => false,
    }
}

/// The bytes that a plain scalar cannot begin with.
const INDICATORS: [bool; 256] = table_of(b"-?:,[]{}#&*!|>'\"%@` \t\r\n");

fn is_white_space_or_end(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

fn trim_start(text: &str) -> &str {
    let is_white_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    if !text.as_bytes().first().is_some_and(is_white_space) {
        return text;
    }
    &text[text.bytes().take_while(is_white_space).count()..]
}

fn trim_end(mut text: &str) -> &str {
    while let [before @ .., b' ' | b'\t' | b'\r'] = text.as_bytes() {
        text = &text[..before.len()];
    }
    text
}
