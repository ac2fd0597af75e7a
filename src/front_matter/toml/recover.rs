//! Front matter that is not TOML, read statement by statement.
//!
//! Each line `key = value`, with the lines that its value takes, and each header is a statement. What is TOML
//! by itself keeps its meaning. In a copy of the text, each broken value is replaced by one of the same
//! length, and what cannot be kept is blanked; so the TOML parser tells which key is in which table, and all
//! positions stay. The broken values then are their source texts, without the quotes around them:
//!
//! - `title: "Tea"`, as YAML has it, is `title = "Tea"`.
//! - Characters that are escaped as the two units of UTF-16 that JSON has for them are read.
//! - A key that stands twice at the top level is left to the assembler, which takes the last value.
//! - A header that is broken takes its whole table to the texts without a key; so do lines that have none.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use super::lexer::{Token, breach, tokens};
use super::parser::{parse, parse_mended};
use super::statement::{is_header, key};
use crate::front_matter::recover::log::Log;
use crate::front_matter::recover::report_deep_values;
use crate::front_matter::refusal::Refusal;
use crate::front_matter::tree::mend::Recovered;
use crate::front_matter::tree::{DeepValue, Kind, Pair, Tree};
use crate::utf16_escapes::{PAIR_BYTES, escaped_pair};

/// How many values that do not end are searched for their end to the end of the text: enough for what people
/// write, and few enough for the time to stay linear.
const MOST_SEARCHES: usize = 8;

/// How often the copy is parsed. What is blanked after the first time cannot make a new error.
const MOST_PASSES: usize = 3;

/// Reads a text that was refused.
pub(crate) fn recover<'a>(mut log: Log<'_, 'a>) -> Recovered<'a> {
    let text = log.locator.block.text;
    let statements = statements(text);
    let copy = text.as_bytes().to_vec();
    let mut repair =
        Repair { text, copy, log: &mut log, replaced: HashMap::new(), separate: Vec::new(), statements };
    repair.mend();
    let root = repair.parse();
    let Repair { replaced, separate, .. } = repair;
    let mut pairs = match root.kind {
        Kind::Map(pairs) => pairs,
        _ => Vec::new(),
    };
    pairs.extend(separate);
    pairs.sort_by_key(|pair| pair.key_at);
    let pairs =
        pairs.into_iter().map(|pair| Pair { value: put_back(pair.value, &replaced), ..pair }).collect();
    Recovered { pairs, unread: log.unread }
}

struct Statement {
    range: Range<usize>,
    what: What,
    /// Whether the statement is under a header.
    in_table: bool,
    /// Whether the statement is in the copy.
    is_kept: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Header,
    Entry,
    Other,
}

/// Cuts a text into its statements, without empty lines and comments between them.
fn statements(text: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut searches = 0;
    let mut in_table = false;
    let mut start = 0;
    while start < text.len() {
        let line_end = end_of_line(text, start);
        let line = &text[start..line_end];
        if matches!(line.trim_ascii_start().as_bytes().first(), None | Some(b'#')) {
            start = line_end;
            continue;
        }
        let (what, end) = match key(line) {
            _ if is_header(line) => (What::Header, line_end),
            Some(key) => {
                let end = value_end(text, start + key.value_at, &mut searches);
                (What::Entry, end.unwrap_or_else(|| before_next_statement(text, line_end)))
            }
            None => (What::Other, before_next_statement(text, line_end)),
        };
        in_table |= what == What::Header;
        let length = text[start..end].trim_ascii_end().len();
        statements.push(Statement { range: start..start + length, what, in_table, is_kept: true });
        start = end;
    }
    statements
}

fn end_of_line(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |newline| start + newline + 1)
}

/// Where the next statement begins, or the text ends.
fn before_next_statement(text: &str, mut start: usize) -> usize {
    while start < text.len() {
        let end = end_of_line(text, start);
        let line = &text[start..end];
        if is_header(line) || key(line).is_some() {
            break;
        }
        start = end;
    }
    start
}

/// The end of the line with the end of a value, which may go over many lines. `None` if something in the
/// value is not closed.
fn value_end(text: &str, start: usize, searches: &mut usize) -> Option<usize> {
    let mut open = Vec::new();
    for (token, range) in tokens(&text[start..]) {
        let end = start + range.end;
        match token {
            Token::OpenText => {
                *searches += usize::from(end == text.len());
                return None;
            }
            Token::Text if *searches >= MOST_SEARCHES && text[start..][range].contains('\n') => return None,
            Token::Open(byte) => open.push(byte),
            Token::Close(byte) if open.last() == Some(&(byte - 2)) => {
                open.pop();
            }
            Token::Newline if open.is_empty() => return Some(end),
            // An entry cannot stand in a list.
            Token::Newline
                if *searches >= MOST_SEARCHES
                    || open.last() == Some(&b'[') && key(&text[end..end_of_line(text, end)]).is_some() =>
            {
                return None;
            }
            _ => {}
        }
    }
    *searches += usize::from(!open.is_empty());
    open.is_empty().then_some(text.len())
}

struct Repair<'l, 's, 'a> {
    text: &'a str,
    /// A copy of the text that the parser takes.
    copy: Vec<u8>,
    log: &'l mut Log<'s, 'a>,
    /// The broken values that were replaced, by their position.
    replaced: HashMap<usize, Kind<'a>>,
    /// The entries that are not in the copy.
    separate: Vec<Pair<'a>>,
    statements: Vec<Statement>,
}

impl<'a> Repair<'_, '_, 'a> {
    /// Mends the statements in the copy that are broken by themselves.
    fn mend(&mut self) {
        let mut index = 0;
        while index < self.statements.len() {
            let Statement { range, what, .. } = &self.statements[index];
            let (start, source) = (range.start, &self.text[range.clone()]);
            match what {
                What::Other => {
                    self.blank(index);
                    self.log.keep_unread(start + indent(source), source, "not a line `key = value`");
                }
                What::Header => {
                    if let Err(refusal) = read(source) {
                        self.drop_table(index, &refusal.reason());
                    }
                }
                What::Entry => {
                    if let Err(refusal) =
                        read(source).or_else(|refusal| self.mend_pairs(index).ok_or(refusal))
                    {
                        self.mend_entry(index, &refusal);
                    }
                }
            }
            // The statements of a table that was dropped are done.
            index += 1 + self.statements[index + 1..].iter().take_while(|next| !next.is_kept).count();
        }
    }

    /// Mends an entry in whose strings characters are escaped as pairs, if nothing else is wrong with it. The
    /// strings are shorter then: blanks after each keep what follows where it is.
    fn mend_pairs(&mut self, index: usize) -> Option<()> {
        let range = self.statements[index].range.clone();
        let source = &self.text[range.clone()];
        let (mut mended, mut first_of_each_text) = (String::new(), Vec::new());
        for (token, place) in tokens(source) {
            let text = &source[place.clone()];
            let length = mended.len() + text.len();
            if token == Token::Text && text.starts_with('"') {
                let first = write_pairs(text, &mut mended);
                first_of_each_text.extend(first.map(|(at, char)| (place.start + at, char)));
            } else {
                mended.push_str(text);
            }
            mended.extend(std::iter::repeat_n(' ', length - mended.len()));
        }
        if first_of_each_text.is_empty() || read(&mended).is_err() {
            return None;
        }
        for (at, char) in first_of_each_text {
            let escapes = &source[at..at + PAIR_BYTES];
            self.log.report_escapes(range.start + at, escapes, "units of UTF-16", char);
        }
        self.copy[range].copy_from_slice(mended.as_bytes());
        Some(())
    }

    /// Mends an entry that is refused.
    fn mend_entry(&mut self, index: usize, refusal: &Refusal) {
        let range = self.statements[index].range.clone();
        let source = &self.text[range.clone()];
        let Some(key) = key(source) else { return };
        let (sign_at, value_at) = (range.start + key.sign_at, range.start + key.value_at);
        let value = source.get(key.value_at..).unwrap_or_default();
        let mut mended = source.to_owned();
        mended.replace_range(key.sign_at..=key.sign_at, "=");
        let refusal = if source[key.sign_at..].starts_with(':') {
            self.log.report(sign_at, format!("expected a `=` after `{}`, as TOML has it", key.text));
            self.copy[sign_at] = b'=';
            match read(&mended) {
                Ok(()) => return,
                Err(refusal) => refusal,
            }
        } else {
            refusal.clone()
        };
        let name_is_right = read(&format!("{} = 0", key.text)).is_ok();
        if name_is_right && refusal.is_depth() {
            let deep = DeepValue { key: key.text.to_owned(), at: value_at };
            report_deep_values(0, &[deep], self.log.locator, self.log.diagnostics);
            self.replace(index, value_at, Kind::Source(value));
        } else if name_is_right && !value.is_empty() {
            self.log.report_value(key.text, value_at, &refusal);
            let kind = self.log.value(key.text, value, value_at, true);
            self.replace(index, value_at, kind);
        } else if !self.statements[index].in_table {
            self.blank(index);
            let at = range.start + key.at;
            let name = key.text.trim_matches(['"', '\'']);
            self.log.report(at, format!("the entry `{name}` is kept as it stands: {}", refusal.reason()));
            // With a key that is right in place of the other one.
            let name_length = key.sign_at - key.at;
            mended.replace_range(key.at..key.sign_at, &("x".to_owned() + &" ".repeat(name_length - 1)));
            let value = match entries_alone(&mended, source).and_then(|mut pairs| pairs.pop()) {
                Some(pair) => pair.value.moved(range.start),
                None => Tree {
                    kind: self.log.value(name, value, value_at, true),
                    span: value_at..value_at + value.len(),
                },
            };
            self.separate.push(Pair { key: Cow::Borrowed(name), key_at: at, value });
        } else {
            self.blank(index);
            self.log.keep_unread(range.start + key.at, source, &refusal.reason());
        }
    }

    /// Replaces the value of an entry in the copy.
    fn replace(&mut self, index: usize, value_at: usize, kind: Kind<'a>) {
        let end = self.statements[index].range.end;
        let value = &mut self.copy[value_at..end];
        value.fill(b' ');
        match value {
            [single] => *single = b'0',
            [first, .., last] => (*first, *last) = (b'\'', b'\''),
            [] => {}
        }
        self.replaced.insert(value_at, kind);
    }

    /// Takes a statement out of the copy.
    fn blank(&mut self, index: usize) {
        let statement = &mut self.statements[index];
        statement.is_kept = false;
        for byte in &mut self.copy[statement.range.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    /// Takes a header and the statements under it out of the copy.
    fn drop_table(&mut self, header: usize, reason: &str) {
        let below = self.statements[header + 1..].iter().take_while(|next| next.what != What::Header).count();
        for index in header..=header + below {
            self.blank(index);
        }
        let (start, end) = (self.statements[header].range.start, self.statements[header + below].range.end);
        self.log.keep_unread(start + indent(&self.text[start..end]), &self.text[start..end], reason);
    }

    /// Parses the copy. What does not fit into the tables around it is taken out.
    fn parse(&mut self) -> Tree<'a> {
        for _ in 0..MOST_PASSES {
            let copy = String::from_utf8_lossy(&self.copy).into_owned();
            let (root, deep, errors) = parse_mended(&copy, self.text);
            if errors.is_empty() {
                report_deep_values(0, &deep, self.log.locator, self.log.diagnostics);
                return root;
            }
            for refusal in errors {
                self.take_out(&refusal);
            }
        }
        // What is left would be a fault of this reader. Nothing is lost.
        let left = (0..self.statements.len()).filter(|&index| self.statements[index].is_kept);
        for index in left.collect::<Vec<_>>() {
            let range = self.statements[index].range.clone();
            self.blank(index);
            self.log.keep_unread(range.start, &self.text[range], "not TOML");
        }
        parse_mended("", self.text).0
    }

    /// Takes the statement of an error out of the copy.
    fn take_out(&mut self, refusal: &Refusal) {
        let after = self.statements.partition_point(|statement| statement.range.start <= refusal.at());
        let Some(index) = after.checked_sub(1).filter(|&index| self.statements[index].is_kept) else {
            return;
        };
        let Statement { range, what, in_table, .. } = &self.statements[index];
        let (source, start) = (&self.text[range.clone()], range.start);
        if *what == What::Header {
            return self.drop_table(index, &refusal.reason());
        }
        let copy = String::from_utf8_lossy(&self.copy[range.clone()]);
        let alone = if *in_table { None } else { entries_alone(&copy, source) };
        self.blank(index);
        match alone {
            Some(pairs) => self.separate.extend(pairs.into_iter().map(|pair| pair.moved(start))),
            None => self.log.keep_unread(start, source, &refusal.reason()),
        }
    }
}

/// Refuses a text that is not TOML by itself.
fn read(text: &str) -> Result<(), Refusal> {
    match breach(text) {
        Some(refusal) => Err(refusal),
        None => parse(text).map(drop),
    }
}

/// Writes a string in which the pairs of escapes of UTF-16 are one escape each, and gives the position and
/// the character of the first one.
fn write_pairs(string: &str, out: &mut String) -> Option<(usize, char)> {
    let (mut first, mut copied, mut at) = (None, 0, 0);
    while let Some(found) = string.as_bytes().get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        let Some(char) = escaped_pair(&string.as_bytes()[at..]) else {
            // The backslash and what it escapes, which may be a backslash.
            at += 2;
            continue;
        };
        out.push_str(&string[copied..at]);
        let _ = write!(out, "\\U{:08X}", u32::from(char));
        first = first.or(Some((at, char)));
        at += PAIR_BYTES;
        copied = at;
    }
    out.push_str(&string[copied..]);
    first
}

/// The entries of a statement, of which `mended` is a copy of the same length.
fn entries_alone<'a>(mended: &str, source: &'a str) -> Option<Vec<Pair<'a>>> {
    if breach(mended).is_some() {
        return None;
    }
    let (root, _, errors) = parse_mended(mended, source);
    match root.kind {
        Kind::Map(pairs) if errors.is_empty() => Some(pairs),
        _ => None,
    }
}

/// Puts the broken values back in place of what replaced them. Recursive, as trees are no deeper than
/// [`MAX_DEPTH`](crate::front_matter::entry::MAX_DEPTH).
fn put_back<'a>(mut tree: Tree<'a>, replaced: &HashMap<usize, Kind<'a>>) -> Tree<'a> {
    tree.kind = match tree.kind {
        Kind::Map(pairs) => {
            let pairs = pairs.into_iter().map(|pair| Pair { value: put_back(pair.value, replaced), ..pair });
            Kind::Map(pairs.collect())
        }
        Kind::List(items) => Kind::List(items.into_iter().map(|item| put_back(item, replaced)).collect()),
        kind => replaced.get(&tree.span.start).cloned().unwrap_or(kind),
    };
    tree
}

fn indent(source: &str) -> usize {
    source.len() - source.trim_start_matches([' ', '\t']).len()
}
