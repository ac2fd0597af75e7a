//! The reference reader of front matter, which defines its meaning. The only file that names `serde_yaml`.
//!
//! `serde_yaml` resolves a scalar (`0x10` to 16) or gives its text, but does not do both, and it must be told which
//! beforehand. So the block is read once with every scalar resolved; and if there were any whose text
//! matters and is lost, it is read again, with the text of just these.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::entry::{Entry, KnownKey, MAX_DEPTH, Node};
use super::place::{Block, content_start, lines};
use super::{merge, nesting};
use crate::error::{Error, ErrorKind, Limit};
use crate::post::Value;

/// Why a block was refused, and where in its text. Not yet an [`Error`], whose position costs a look at
/// everything before it.
#[derive(Debug)]
pub(super) struct Refusal {
    kind: ErrorKind,
    at: usize,
    cause: Option<serde_yaml::Error>,
}

impl Refusal {
    pub(super) fn new(kind: ErrorKind, at: usize) -> Self {
        Self { kind, at, cause: None }
    }

    pub(super) fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Where in the text of the block.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether the text is at fault, and not its size.
    pub(super) fn is_recoverable(&self) -> bool {
        matches!(self.kind, ErrorKind::InvalidYaml { .. } | ErrorKind::NotAMapping { .. })
    }

    pub(super) fn into_error(self, block: &Block<'_>) -> Error {
        let error = Error::new(self.kind, Some(block.position(self.at)));
        match self.cause {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }
}

/// The top-level entries of a block in order; none if it is blank, or nothing but comments.
///
/// A key is the source text of a scalar; a list or a mapping as a key is refused. Merge keys are applied, an unknown tag is
/// ignored, and an alias is what it stands for.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, Refusal> {
    if is_blank(text) {
        return Ok(Vec::new());
    }
    refuse_hostile(text)?;
    let root = read_root(text)?;
    let found = match root {
        Node::Map(entries) => {
            return Ok(entries.into_iter().map(|(key, node)| Entry { key, node }).collect());
        }
        Node::Null => return Ok(Vec::new()),
        Node::Texts(_) | Node::List(_) => "a list",
        Node::Text(_) | Node::Literal { .. } | Node::Resolved(_) => "a scalar",
    };
    Err(Refusal::new(ErrorKind::NotAMapping { found }, first_content(text)))
}

/// Reads the block into a type; a blank block is an empty mapping.
pub(super) fn deserialize<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Refusal> {
    if is_blank(text) {
        return parse("{}", |reason| ErrorKind::Mismatch { reason });
    }
    refuse_hostile(text)?;
    parse(text, |reason| ErrorKind::Mismatch { reason })
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str, misfit: fn(String) -> ErrorKind) -> Result<T, Refusal> {
    T::deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| refusal(text, error, misfit))
}

fn read_root(text: &str) -> Result<Node<'_>, Refusal> {
    let mut reader = Reader::new(text.len());
    let root = reader.pass(text)?;
    if reader.lost.is_empty() {
        return Ok(root);
    }
    reader.start_again();
    reader.pass(text)
}

/// Refuses, before it is parsed, what the YAML parser takes too long to refuse.
fn refuse_hostile(text: &str) -> Result<(), Refusal> {
    if let Some(at) = directive(text) {
        let reason = "found a directive, which front matter cannot have".to_owned();
        return Err(Refusal::new(ErrorKind::InvalidYaml { reason }, at));
    }
    match nesting::too_deep(text, MAX_DEPTH) {
        Some(at) => Err(Refusal::new(too_deep(), at)),
        None => Ok(()),
    }
}

fn too_deep() -> ErrorKind {
    ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, maximum: MAX_DEPTH }
}

/// The first line that is a `%TAG` or `%YAML` directive. A directive needs a `---` line behind it, and that closes
/// the front matter; so none is ever right.
fn directive(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'%', text.as_bytes()).find(|&at| {
        let name = &text[at + 1..];
        (name.starts_with("TAG") || name.starts_with("YAML"))
            && text[..at].chars().next_back().is_none_or(|char| BREAKS.contains(&char) || char == '\u{feff}')
    })
}

/// The line breaks of YAML, of which front matter knows but the first.
const BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether there is nothing but blank lines and comments.
fn is_blank(text: &str) -> bool {
    text.split(BREAKS)
        .all(|line| matches!(line.trim_start_matches([' ', '\t']).as_bytes().first(), None | Some(b'#')))
}

fn first_content(text: &str) -> usize {
    content_start(text).map_or(0, |(at, line)| at + super::place::indent(line))
}

/// What `serde_yaml` says about a text, in our terms. `misfit` makes an error of what is not one of syntax.
fn refusal(text: &str, error: serde_yaml::Error, misfit: fn(String) -> ErrorKind) -> Refusal {
    // The content is read before the rest of the syntax is known to be right, and the error does not
    // tell the two apart. Skipping the content does.
    if let Err(syntax) = serde_yaml::from_str::<IgnoredAny>(text) {
        let reason = without_places(&syntax.to_string());
        let at = syntax_error_at(text, &syntax, &reason);
        return Refusal { kind: ErrorKind::InvalidYaml { reason }, at, cause: Some(syntax) };
    }
    let mut reason = error.to_string();
    let mut at = first_content(text);
    if let Some(location) = error.location() {
        at = location.index();
        let suffix = format!(" at line {} column {}", location.line(), location.column());
        if reason.ends_with(&suffix) {
            reason.truncate(reason.len() - suffix.len());
        }
    }
    let kind = match reason.as_str() {
        "recursion limit exceeded" => too_deep(),
        "repetition limit exceeded" => too_many_values(text.len()),
        _ => misfit(reason),
    };
    Refusal { kind, at, cause: Some(error) }
}

/// Where a syntax error is, in bytes of the text.
fn syntax_error_at(text: &str, error: &serde_yaml::Error, reason: &str) -> usize {
    // These two come without a place.
    if reason.starts_with("control characters") {
        return text.find(is_refused_control).unwrap_or(0);
    }
    match error.location() {
        Some(location) => location.index(),
        None => second_document(text).unwrap_or_else(|| first_content(text)),
    }
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

/// A message of the YAML parser without its " at line 2 column 3", which count from the start of the block.
fn without_places(message: &str) -> String {
    let mut kept = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(" at ") {
        kept.push_str(&rest[..at]);
        let place = &rest[at..];
        rest = place_end(place).unwrap_or_else(|| {
            kept.push_str(" at ");
            &place[" at ".len()..]
        });
    }
    kept + rest
}

/// What comes after " at line 2 column 3" or " at position 4".
fn place_end(text: &str) -> Option<&str> {
    let after_number =
        |text: &'_ str| text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    if let Some(rest) = text.strip_prefix(" at position ") {
        return Some(&rest[after_number(rest)..]);
    }
    let rest = text.strip_prefix(" at line ")?;
    let rest = rest[after_number(rest)..].strip_prefix(" column ")?;
    Some(&rest[after_number(rest)..])
}

fn too_many_values(bytes: usize) -> ErrorKind {
    ErrorKind::LimitExceeded { limit: Limit::MetadataValues, maximum: value_budget(bytes) }
}

/// How many values, and bytes of text in them, a block of so many bytes may stand for. Without aliases it cannot reach
/// as many.
fn value_budget(bytes: usize) -> usize {
    bytes.saturating_mul(10).saturating_add(1000)
}

/// Which nodes need their source text.
#[derive(Clone, Copy)]
enum Want {
    /// Those under keys with text in them: the node is the root, or is merged into it.
    ByKey,
    Text,
    Resolved,
}

impl Want {
    fn under(self, key: &str) -> Self {
        match self {
            Self::ByKey if key == merge::KEY => Self::ByKey,
            Self::ByKey if KnownKey::of(key).is_some_and(KnownKey::holds_text) => Self::Text,
            Self::ByKey => Self::Resolved,
            inherited => inherited,
        }
    }
}

/// What a scalar is whose text the first pass could not see.
#[derive(Clone)]
enum Resolution {
    Value(Value<'static>),
    /// Something that stays the text that it is.
    Text,
}

/// What is known across the nodes of a block, which are numbered in the order in which they are read.
struct Reader {
    bytes: usize,
    /// How many more values and bytes of text there may be.
    budget: usize,
    exhausted: bool,
    number: usize,
    /// The numbers of the scalars whose text is lost, and what they resolve to.
    lost: Vec<(usize, Resolution)>,
    /// How many of the lost ones the second pass has read; `None` in the first.
    regained: Option<usize>,
}

impl Reader {
    fn new(bytes: usize) -> Self {
        let budget = value_budget(bytes);
        Self { bytes, budget, exhausted: false, number: 0, lost: Vec::new(), regained: None }
    }

    fn start_again(&mut self) {
        self.number = 0;
        self.budget = value_budget(self.bytes);
        self.regained = Some(0);
    }

    fn pass<'a>(&mut self, text: &'a str) -> Result<Node<'a>, Refusal> {
        let seed = NodeSeed { reader: self, want: Want::ByKey };
        seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
            if self.exhausted {
                let at = error.location().map_or(0, |location| location.index());
                return Refusal { kind: too_many_values(text.len()), at, cause: Some(error) };
            }
            refusal(text, error, |reason| ErrorKind::InvalidYaml { reason })
        })
    }

    fn spend<E: serde::de::Error>(&mut self, values: usize) -> Result<(), E> {
        let Some(left) = self.budget.checked_sub(values) else {
            self.exhausted = true;
            return Err(E::custom("too many values"));
        };
        self.budget = left;
        Ok(())
    }

    /// Numbers a node. In the second pass, gives what it resolves to if it is one whose text was lost.
    fn next(&mut self) -> Option<Resolution> {
        let number = self.number;
        self.number += 1;
        let next = self.regained.as_mut()?;
        let (_, resolution) = self.lost.get(*next).filter(|(lost, _)| *lost == number)?;
        *next += 1;
        Some(resolution.clone())
    }

    /// Notes that the text of the node just numbered is lost. What the first pass makes of it does not
    /// matter, because there will be a second.
    fn lose<'a>(&mut self, resolution: Resolution) -> Node<'a> {
        self.lost.push((self.number - 1, resolution));
        Node::Null
    }
}

/// Reads one node with all that is in it. Recursive: `serde_yaml` stops at [`MAX_DEPTH`].
struct NodeSeed<'r> {
    reader: &'r mut Reader,
    want: Want,
}

impl<'a> DeserializeSeed<'a> for NodeSeed<'_> {
    type Value = Node<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Node<'a>, D::Error> {
        self.reader.spend(1)?;
        let Some(resolution) = self.reader.next() else {
            return deserializer.deserialize_any(NodeVisitor(self));
        };
        let text = deserializer.deserialize_str(TextVisitor)?;
        self.reader.spend(text.len())?;
        Ok(match resolution {
            // Had it been shorter, YAML would have resolved it to an integer.
            Resolution::Value(Value::Float(_)) if is_integer(&text) => Node::Text(text),
            Resolution::Value(value) => Node::Literal { text, value },
            Resolution::Text => Node::Text(text),
        })
    }
}

const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

/// Whether a number has nothing but digits and a sign.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

struct NodeVisitor<'r>(NodeSeed<'r>);

impl NodeVisitor<'_> {
    fn scalar<'a>(self, value: Value<'static>) -> Node<'a> {
        match self.0.want {
            Want::Text => self.0.reader.lose(Resolution::Value(value)),
            Want::ByKey | Want::Resolved => Node::Resolved(value),
        }
    }

    fn text<E: serde::de::Error>(self, text: Cow<'_, str>) -> Result<Node<'_>, E> {
        self.0.reader.spend(text.len())?;
        Ok(Node::Text(text))
    }
}

impl<'a> Visitor<'a> for NodeVisitor<'_> {
    type Value = Node<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'a>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node<'a>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'a>, E> {
        Ok(self.scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'a>, E> {
        Ok(self.scalar(Value::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'a>, E> {
        Ok(self.scalar(i64::try_from(value).map_or(Value::Unsigned(value), Value::Integer)))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node<'a>, E> {
        Ok(self.0.reader.lose(Resolution::Text))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node<'a>, E> {
        Ok(self.0.reader.lose(Resolution::Text))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'a>, E> {
        Ok(if !value.is_finite() {
            self.0.reader.lose(Resolution::Text)
        } else if value.abs() >= TWO_TO_THE_63 {
            // Perhaps an integer of many digits: its text will tell.
            self.0.reader.lose(Resolution::Value(Value::Float(value)))
        } else {
            self.scalar(Value::Float(value))
        })
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'a str) -> Result<Node<'a>, E> {
        self.text(Cow::Borrowed(text))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Node<'a>, E> {
        self.text(Cow::Owned(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Node<'a>, A::Error> {
        let NodeSeed { reader, want } = self.0;
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(NodeSeed { reader, want })? {
            nodes.push(node);
        }
        Ok(Node::list(nodes))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Node<'a>, A::Error> {
        let NodeSeed { reader, want } = self.0;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(TextVisitor)? {
            reader.spend(key.len())?;
            let node = map.next_value_seed(NodeSeed { reader, want: want.under(&key) })?;
            entries.push((key, node));
        }
        Ok(Node::Map(merge::apply(entries)))
    }

    /// An unknown tag: the value under it, as if it were not there.
    fn visit_enum<A: EnumAccess<'a>>(self, tagged: A) -> Result<Node<'a>, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(Untagged(self))
    }
}

/// Reads the node that has just been numbered.
struct Untagged<'r>(NodeVisitor<'r>);

impl<'a> DeserializeSeed<'a> for Untagged<'_> {
    type Value = Node<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Node<'a>, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

/// Reads the source text of a scalar.
struct TextVisitor;

impl<'a> DeserializeSeed<'a> for TextVisitor {
    type Value = Cow<'a, str>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Cow<'a, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for TextVisitor {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a scalar")
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
