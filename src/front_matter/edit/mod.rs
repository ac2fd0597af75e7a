//! Editing single keys: from the source of a post, a key and a value to the source with that one change.
//!
//! [`yaml_block`], [`toml_block`] and [`json_block`] find where the value of a key is, and propose what to
//! write there, the best way first. No proposal is trusted: the result is read again, and is given out only
//! if the key has the new value, all other keys have the values that they had, and the body is the same.

mod brackets;
mod json_block;
mod style;
#[cfg(test)]
mod tests;
#[cfg(all(test, feature = "toml", feature = "json"))]
mod tests_in_brackets;
mod toml_block;
mod yaml_block;
mod yaml_style;
mod yaml_text;

use std::ops::Range;

use super::entry::{Entry, Node};
use super::locator::Block;
use super::tree::{self, Pair};
use super::{FrontMatter, formats, merge, yaml};
use crate::error::{Error, ErrorKind, FrontMatterFormat, Position};
use crate::post::{MAX_DEPTH, Value};
use style::{Change, Refusal};

impl FrontMatter<'_> {
    /// Where the value of a top-level key is, in bytes of the whole file; `None` if there is no such key, or
    /// if the front matter is not valid.
    ///
    /// The range holds the value as it is written, with its quotes, brackets, indicators, anchor and tag, and
    /// without the white space and the comments around it. A value on the lines below its key begins on the
    /// first of them. A key without a value has the empty range after its colon. Of a key that comes twice,
    /// the last value counts.
    ///
    /// ```
    /// use offprint::FrontMatter;
    ///
    /// let source = "---\ntitle: \"Tea\" # green\ntags:\n  - hot\n  - drink\nmood:\n---\n";
    /// let front_matter = FrontMatter::split(source)?;
    /// let value = |key| front_matter.value_range(key).map(|range| &source[range]);
    /// assert_eq!(value("title"), Some("\"Tea\""));
    /// assert_eq!(value("tags"), Some("- hot\n  - drink"));
    /// assert_eq!(value("mood"), Some(""));
    /// assert_eq!(value("date"), None);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn value_range(&self, key: &str) -> Option<Range<usize>> {
        let start = self.text_offset()?;
        let range = Contents::of(self).ok()?.value_range(key)?;
        Some(start + range.start..start + range.end)
    }

    /// The whole file, with one change: a top-level key of the front matter has this value.
    ///
    /// Every byte stays that is not a part of the value: the order of the keys, comments, quotes, line ends.
    /// The new value is written in the style of the old one as far as possible: in the same quotes, in
    /// brackets or as a list with the same indentation; and in quotes where it would be read as something
    /// else otherwise. A value that is equal to the old one changes nothing, however it is written.
    ///
    /// A key that is not there is added at the end of the front matter; a key that a merge key (`<<`) brings
    /// in is overridden. Of a key that comes twice, the last value is changed, which is the one that counts.
    /// A post without front matter gets one, in YAML.
    ///
    /// The result is read again before it is given out: the key has the new value, and all other keys have
    /// the values that they had.
    ///
    /// ```
    /// use offprint::FrontMatter;
    ///
    /// let source = "---\ntitle:  'Tea'  # green\ntags: [hot]\n---\n<p>Boil water.</p>\n";
    /// let front_matter = FrontMatter::split(source)?;
    /// assert_eq!(
    ///     front_matter.with_value("title", &"Tea: a guide".into())?,
    ///     "---\ntitle:  'Tea: a guide'  # green\ntags: [hot]\n---\n<p>Boil water.</p>\n"
    /// );
    /// assert_eq!(
    ///     front_matter.with_value("tags", &vec!["hot", "yes"].into())?,
    ///     "---\ntitle:  'Tea'  # green\ntags: [hot, \"yes\"]\n---\n<p>Boil water.</p>\n"
    /// );
    /// assert_eq!(
    ///     front_matter.with_value("weight", &3.into())?,
    ///     "---\ntitle:  'Tea'  # green\ntags: [hot]\nweight: 3\n---\n<p>Boil water.</p>\n"
    /// );
    /// # Ok::<(), offprint::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the front matter is not valid, and with [`ErrorKind::CannotEdit`] if the change would change
    /// more than the key (the old value has an anchor that another value refers to; the keys are in braces,
    /// as in `{title: Tea}`), or if the format has no such value (an infinite number; null in TOML).
    pub fn with_value(&self, key: &str, value: &Value<'_>) -> Result<String, Error> {
        let before = Contents::of(self)?;
        let edit = Edit { front_matter: self, before: &before, key };
        if let Some(reason) = unwritable(value, MAX_DEPTH) {
            return Err(edit.refusal(reason));
        }
        if before.last(key).is_some_and(|old| is_equal(&old.clone().into_value(), value)) {
            return Ok(self.source.to_owned());
        }
        let changes = match before.format {
            Some(_) => before.changes(key, value).map(|changes| edit.in_file(changes)),
            None => Ok(yaml_block::new_block(self.source, self.body_start, key, value)),
        };
        changes
            .and_then(|changes| edit.first_that_holds(&changes, Some(value)))
            .map_err(|reason| edit.refusal(reason))
    }

    /// The whole file without a top-level key of the front matter: without its lines, the value and the
    /// comments in and after the value on these lines. All other bytes stay, also of comments above the key.
    /// Of a key that comes more than once, all are taken out. Without such a key, nothing changes.
    ///
    /// ```
    /// use offprint::FrontMatter;
    ///
    /// let source = "---\n# What:\ntitle: Tea\ntags:\n  - hot # very\n  - drink\nweight: 3\n---\n";
    /// let front_matter = FrontMatter::split(source)?;
    /// assert_eq!(front_matter.without("tags")?, "---\n# What:\ntitle: Tea\nweight: 3\n---\n");
    /// assert_eq!(front_matter.without("mood")?, source);
    /// # Ok::<(), offprint::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`with_value`](Self::with_value) does, and if a merge key (`<<`) brings the key in.
    pub fn without(&self, key: &str) -> Result<String, Error> {
        let before = Contents::of(self)?;
        // A merge key is not an entry.
        let may_be_merge = before.format == Some(FrontMatterFormat::Yaml) && key == merge::KEY;
        if before.last(key).is_none() && !may_be_merge {
            return Ok(self.source.to_owned());
        }
        let edit = Edit { front_matter: self, before: &before, key };
        let change = before.removal(key);
        change
            .and_then(|change| edit.first_that_holds(&edit.in_file(vec![change]), None))
            .map_err(|reason| edit.refusal(reason))
    }
}

/// What is in front matter.
struct Contents<'a> {
    format: Option<FrontMatterFormat>,
    block: Block<'a>,
    entries: Vec<Entry<'a>>,
    /// The entries with their positions, in the formats whose readers tell them.
    pairs: Vec<Pair<'a>>,
}

impl<'a> Contents<'a> {
    fn of(front_matter: &FrontMatter<'a>) -> Result<Self, Error> {
        let block = front_matter.block();
        let mut contents =
            Self { format: front_matter.format(), block, entries: Vec::new(), pairs: Vec::new() };
        match contents.format {
            None => {}
            Some(FrontMatterFormat::Yaml) => {
                contents.entries = yaml::entries(block.text).map_err(|refusal| refusal.into_error(&block))?;
            }
            Some(format @ (FrontMatterFormat::Toml | FrontMatterFormat::Json)) => {
                let pairs = formats::top_level(format, block.text);
                contents.pairs = pairs.map_err(|refusal| refusal.into_error(&block))?;
                contents.entries = tree::entries(contents.pairs.clone(), block.text);
            }
        }
        Ok(contents)
    }

    /// The last value of a key, which is the one that counts.
    fn last(&self, key: &str) -> Option<&Node<'a>> {
        self.entries.iter().rfind(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The entries of all other keys.
    fn others(&self, key: &str) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(move |entry| entry.key != key)
    }

    /// Where the value of a key is in the block.
    fn value_range(&self, key: &str) -> Option<Range<usize>> {
        let Self { format, block: Block { text, .. }, entries, pairs } = self;
        match (*format)? {
            FrontMatterFormat::Yaml => yaml_block::value_range(text, entries, key),
            FrontMatterFormat::Toml => toml_block::value_range(text, pairs, key),
            FrontMatterFormat::Json => json_block::value_range(pairs, key),
        }
    }

    /// The ways to give a key a value, as changes to the block.
    fn changes(&self, key: &str, value: &Value<'_>) -> Result<Vec<Change>, Refusal> {
        let Self { format, block: Block { source, text, .. }, entries, pairs } = self;
        match format {
            None | Some(FrontMatterFormat::Yaml) => yaml_block::changes(source, text, entries, key, value),
            Some(FrontMatterFormat::Toml) => toml_block::changes(source, text, pairs, key, value),
            Some(FrontMatterFormat::Json) => json_block::changes(source, text, pairs, key, value),
        }
    }

    /// The change to the block that takes a key out.
    fn removal(&self, key: &str) -> Result<Change, Refusal> {
        let Self { format, block: Block { text, .. }, entries, pairs } = self;
        match format {
            None | Some(FrontMatterFormat::Yaml) => yaml_block::removal(text, entries, key),
            Some(FrontMatterFormat::Toml) => toml_block::removal(text, pairs, key),
            Some(FrontMatterFormat::Json) => Ok(json_block::removal(pairs, key)),
        }
    }
}

/// A key that is to be changed or taken out.
struct Edit<'e, 'a> {
    front_matter: &'e FrontMatter<'a>,
    before: &'e Contents<'a>,
    key: &'e str,
}

impl Edit<'_, '_> {
    /// Changes to the text of the front matter, as changes to the file.
    fn in_file(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let start = self.before.block.start;
        for (range, _) in changes.iter_mut().flat_map(|change| &mut change.pieces) {
            *range = start + range.start..start + range.end;
        }
        changes
    }

    /// The source with the first of the changes after which the key has the value and nothing else differs.
    /// No value stands for no key.
    fn first_that_holds(&self, changes: &[Change], value: Option<&Value<'_>>) -> Result<String, Refusal> {
        let results = changes.iter().map(|change| change.apply(self.front_matter.source));
        let mut held = results.filter(|result| self.holds(result, value));
        held.next()
            .ok_or_else(|| changes.last().map_or("there is no way to write the value", |last| last.risk))
    }

    /// Whether an edited source has the value under the key, and nothing else differs.
    fn holds(&self, edited: &str, value: Option<&Value<'_>>) -> bool {
        let Ok(after) = FrontMatter::split(edited) else { return false };
        let format = self.front_matter.format().unwrap_or(FrontMatterFormat::Yaml);
        if after.format() != Some(format) || after.body() != self.front_matter.body() {
            return false;
        }
        let Ok(after) = Contents::of(&after) else { return false };
        let others_are_equal = after.others(self.key).eq(self.before.others(self.key));
        let last = after.last(self.key).cloned();
        others_are_equal
            && match (last.map(Node::into_value), value) {
                (Some(last), Some(value)) => is_equal(&last, value),
                (None, None) => true,
                _ => false,
            }
    }

    /// Where the value is, or else the front matter.
    fn refusal(&self, reason: Refusal) -> Error {
        let block = self.before.block;
        let at = self.before.value_range(self.key).map_or(0, |range| range.start);
        let position = match self.front_matter.format() {
            Some(_) => block.position(at),
            None => Position::of(self.front_matter.source, self.front_matter.body_start),
        };
        let kind = ErrorKind::CannotEdit { key: self.key.to_owned(), reason };
        Error::new(kind, Some(position))
    }
}

/// Whether two values are the same to a reader. An integer may be kept in two ways.
fn is_equal(value: &Value<'_>, other: &Value<'_>) -> bool {
    match (value, other) {
        (Value::Integer(_) | Value::Unsigned(_), Value::Integer(_) | Value::Unsigned(_)) => {
            (value.as_i64(), value.as_u64()) == (other.as_i64(), other.as_u64())
        }
        (Value::Float(value), Value::Float(other)) => value.to_bits() == other.to_bits(),
        (Value::List(values), Value::List(others)) => {
            values.len() == others.len()
                && values.iter().zip(others).all(|(value, other)| is_equal(value, other))
        }
        (Value::Map(values), Value::Map(others)) => {
            values.len() == others.len()
                && values
                    .iter()
                    .zip(others)
                    .all(|((key, value), (other_key, other))| key == other_key && is_equal(value, other))
        }
        _ => value == other,
    }
}

/// Why no format can hold a value that may nest `levels` deep, if none can.
fn unwritable(value: &Value<'_>, levels: usize) -> Option<Refusal> {
    const TOO_DEEP: Refusal = "the value nests deeper than 20 lists and maps";
    match value {
        Value::Float(float) if !float.is_finite() => Some("the value is not a finite number"),
        Value::List(_) | Value::Map(_) if levels == 0 => Some(TOO_DEEP),
        Value::List(values) => values.iter().find_map(|value| unwritable(value, levels - 1)),
        Value::Map(map) => map.values().find_map(|value| unwritable(value, levels - 1)),
        _ => None,
    }
}
