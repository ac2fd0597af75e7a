//! The JSON parser: what knows what the messages of `serde_json` say.
//!
//! The parser reads one collection at a time, and leaves the values in it raw: so it tells where they are.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::ErrorKind;
use crate::front_matter::entry::MAX_DEPTH;
use crate::front_matter::refusal::Refusal;
use crate::front_matter::tree::{DeepValue, Kind, Pair, Tree};
use crate::limits::Limit;

/// Reads the text of an object.
pub(crate) fn read(text: &str) -> Result<Tree<'_>, Refusal> {
    Reader { text, deep: None }.value(text, 0)
}

/// The same for a text in which values may nest too deep: such a value is its source text.
pub(crate) fn read_deep(text: &str) -> Result<(Tree<'_>, Vec<DeepValue>), Refusal> {
    let mut reader = Reader { text, deep: Some(Vec::new()) };
    let root = reader.value(text, 0)?;
    Ok((root, reader.deep.unwrap_or_default()))
}

/// Reads the text of a value that is inside `depth` collections.
pub(super) fn read_value(text: &str, depth: usize) -> Result<Tree<'_>, Refusal> {
    Reader { text, deep: None }.value(text, depth)
}

/// Reads a string in its quotes.
pub(super) fn read_string(raw: &str) -> Result<Cow<'_, str>, Refusal> {
    Reader { text: raw, deep: None }.string(raw)
}

struct Reader<'a> {
    /// The text that the positions are in.
    text: &'a str,
    /// The values that nest too deep; `None` if they are refused.
    deep: Option<Vec<DeepValue>>,
}

/// The values of a list, raw.
struct Items<'a>(Vec<&'a RawValue>);

/// The keys and values of an object, raw.
struct Entries<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'a> Reader<'a> {
    /// Reads a value that is inside `depth` collections. Recursive, but no deeper than [`MAX_DEPTH`].
    fn value(&mut self, raw: &'a str, depth: usize) -> Result<Tree<'a>, Refusal> {
        let at = self.offset(raw);
        let kind = match raw.as_bytes().first() {
            Some(b'[' | b'{') if depth > MAX_DEPTH => {
                return Err(Refusal::of_limit(Limit::MetadataDepth, self.text, Some(at)));
            }
            Some(b'[') => {
                let Items(items) = self.parse(raw)?;
                let items = items.into_iter().map(|item| self.value(item.get(), depth + 1));
                Kind::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let Entries(entries) = self.parse(raw)?;
                let pairs = entries.into_iter().map(|(key, value)| self.pair(key.get(), value.get(), depth));
                Kind::Map(pairs.collect::<Result<_, _>>()?)
            }
            Some(b'"') => Kind::Text(self.string(raw)?),
            Some(b't' | b'f') => Kind::Bool(self.parse(raw)?),
            Some(b'n') => {
                self.parse::<()>(raw)?;
                Kind::Null
            }
            _ => {
                let raw = self.parse::<&RawValue>(raw)?.get();
                number(raw)
            }
        };
        Ok(Tree { kind, span: at..at + raw.len() })
    }

    fn pair(&mut self, key: &'a str, value: &'a str, depth: usize) -> Result<Pair<'a>, Refusal> {
        let key_at = self.offset(key);
        let key = self.string(key)?;
        let tree = match self.value(value, depth + 1) {
            Err(refusal) if depth == 0 && refusal.is_depth() => {
                let at = self.offset(value);
                let Some(deep) = &mut self.deep else { return Err(refusal) };
                deep.push(DeepValue { key: key.clone().into_owned(), at });
                Tree { kind: Kind::Source(value), span: at..at + value.len() }
            }
            tree => tree?,
        };
        Ok(Pair { key, key_at, value: tree })
    }

    /// A string, which borrows if no escape is in it.
    fn string(&self, raw: &'a str) -> Result<Cow<'a, str>, Refusal> {
        if memchr::memchr(b'\\', raw.as_bytes()).is_some() {
            return self.parse(raw).map(Cow::Owned);
        }
        self.parse(raw).map(Cow::Borrowed)
    }

    fn parse<T: Deserialize<'a>>(&self, raw: &'a str) -> Result<T, Refusal> {
        serde_json::from_str(raw).map_err(|error| refusal(&error, raw, self.text, self.offset(raw)))
    }

    /// Where a part of the text is in the text.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }
}

fn number(text: &str) -> Kind<'_> {
    if !text.contains(['.', 'e', 'E']) {
        if let Ok(value) = text.parse() {
            return Kind::Integer(value);
        }
    }
    text.parse().map_or(Kind::Text(Cow::Borrowed(text)), Kind::Float)
}

/// What the parser says about the part of a text that starts at `start`, in our terms.
fn refusal(error: &serde_json::Error, part: &str, text: &str, start: usize) -> Refusal {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
    let stop = start + offset(part, error.line(), error.column());
    let refuse = |reason: &str, at, related| Refusal {
        kind: ErrorKind::InvalidJson { reason: reason.to_owned() },
        at,
        related,
    };
    let is_control = message.starts_with("control character");
    // The parser stops right before a control character.
    let controls = text.as_bytes()[stop..].iter().take_while(|byte| !is_control || **byte >= b' ').count();
    let stop = if is_control { stop + controls } else { stop };
    let byte = text.as_bytes().get(stop);
    let open = Open::before(text, stop);
    match message {
        _ if is_control => match open.quote {
            Some(quote) if matches!(byte, Some(b'\n' | b'\r')) => {
                refuse("a string is not closed on its line", quote, Some(stop))
            }
            _ => refuse("a control character in a string must be an escape", stop, None),
        },
        "EOF while parsing a string" => {
            refuse("a string is not closed on its line", open.quote.unwrap_or(stop), Some(stop))
        }
        "expected `,` or `]`" if byte == Some(&b'}') => {
            refuse("a `[` is not closed", open.bracket.unwrap_or(stop), Some(stop))
        }
        "trailing comma" | "expected value" if byte.is_some_and(|byte| b"}]".contains(byte)) => {
            let before = text[..stop].trim_ascii_end();
            match before.strip_suffix(',') {
                Some(before) => refuse("a comma after the last value", before.len(), None),
                None => refuse("a value is missing", stop, None),
            }
        }
        "EOF while parsing a list" => refuse("a `[` is not closed", open.bracket.unwrap_or(stop), Some(stop)),
        "EOF while parsing an object" => {
            refuse("a `{` is not closed", open.bracket.unwrap_or(stop), Some(stop))
        }
        "EOF while parsing a value" => refuse("a value is missing", stop, None),
        "trailing characters" => refuse("expected nothing after the value", stop, None),
        "invalid escape" => {
            let escape = text[..stop].rfind('\\').unwrap_or(stop);
            refuse("unknown escape in a string", escape, None)
        }
        "unexpected end of hex escape"
        | "lone leading surrogate in hex escape"
        | "invalid unicode code point" => {
            let escape = text[..stop].rfind("\\u").unwrap_or(stop);
            refuse("an escape that stands for no character", escape, None)
        }
        "expected value" if byte.is_some_and(|byte| *byte == b'\'' || *byte > b'@') => {
            refuse("a text must be in double quotes", stop, None)
        }
        "key must be a string" => refuse("a key must be a string in double quotes", stop, None),
        "expected ident" => {
            // The parser stops within a word that begins like `true`, `false` or `null`.
            let word = text[..stop].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
            refuse("a text must be in double quotes", word, None)
        }
        message => refuse(message, stop, None),
    }
}

/// What is open at a position.
#[derive(Default)]
struct Open {
    quote: Option<usize>,
    bracket: Option<usize>,
}

impl Open {
    fn before(text: &str, stop: usize) -> Self {
        let bytes = text.as_bytes();
        let mut brackets = Vec::new();
        let mut at = 0;
        while at < stop {
            match bytes[at] {
                b'[' | b'{' => brackets.push(at),
                b']' | b'}' => {
                    brackets.pop();
                }
                b'"' => {
                    let quote = at;
                    at = string_end(bytes, at);
                    if at > stop || at == stop && bytes[at - 1] != b'"' {
                        return Self { quote: Some(quote), bracket: brackets.pop() };
                    }
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        Self { quote: None, bracket: brackets.pop() }
    }
}

/// The end of the string that begins with a quote: after its closing quote, or at the end of its line.
pub(super) fn string_end(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(bytes[quote], b'\\', b'\n', rest))
    {
        at += found;
        match bytes[at] {
            b'\n' => return at,
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            b'\\' => at += 1,
            _ => return at + 1,
        }
    }
    bytes.len()
}

/// The offset in bytes of a line, counted from 1, and a column, which the parser counts in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1);
    let start = match line.checked_sub(2) {
        Some(nth) => { lines }.nth(nth).unwrap_or(0),
        None => 0,
    };
    let at = if column == 0 { start.saturating_sub(1) } else { start + column - 1 };
    (0..=at.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Items)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Vec<(&'de RawValue, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(EntriesVisitor).map(Entries)
    }
}
