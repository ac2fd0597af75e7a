//! The place of a value that did not fit its type: from the way to the value to its name and its position.
//!
//! A parser that deserialises tells no positions but those of errors. So the block is read again along the
//! way, and the value is refused there: the position of that error is the position of the value.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::meter::{Meter, Step};
use super::parser;

/// A value that did not fit its type.
pub(super) struct Found {
    /// The keys and indices on the way to the value, like `pages`, `pages[0]`, `pages[0].title`, from the
    /// root on. Without the last key if that key itself is at fault: the message names it.
    pub(super) paths: Vec<String>,
    /// What is to be mended, in bytes of the text.
    pub(super) at: usize,
    /// A second position, if one helps.
    pub(super) related: Option<usize>,
}

/// Finds the value to which a way leads. Reading it may cost as much as `budget`.
pub(super) fn find(text: &str, way: &[Step], budget: usize) -> Option<Found> {
    let (last, parents) = way.split_last()?;
    let visit = |step: Step| {
        let mut way = parents.to_vec();
        way.push(step);
        let mut log = Log::default();
        let meter = Meter::new(budget);
        let failure = parser::read(text, meter.root(Walk { way: &way, log: &mut log })).err()?;
        Some((failure.at()?, log))
    };
    match *last {
        Step::Item(_) => {
            let (at, log) = visit(*last)?;
            Some(Found { paths: log.paths, at, related: None })
        }
        Step::Value(index) => {
            let (value, log) = visit(*last)?;
            let key = visit(Step::Key(index)).map(|(key, _)| key);
            let (at, related) = match key {
                Some(key) if text.get(key..value).is_some_and(|between| between.contains('\n')) => {
                    (key, Some(value))
                }
                _ => (value, None),
            };
            Some(Found { paths: log.paths, at, related })
        }
        Step::Key(index) => {
            let (at, _) = visit(*last)?;
            let (_, mut log) = visit(Step::Value(index))?;
            log.paths.pop();
            let first = log.first.and_then(|first| visit(Step::Key(first)));
            Some(Found { paths: log.paths, at, related: first.map(|(first, _)| first) })
        }
    }
}

/// What a walk meets.
#[derive(Default)]
struct Log {
    paths: Vec<String>,
    /// The index of the first entry, in the last mapping, that has the same key as the one on the way.
    first: Option<usize>,
}

/// Walks the way, and refuses what is at its end.
struct Walk<'w> {
    way: &'w [Step],
    log: &'w mut Log,
}

impl Walk<'_> {
    fn enter_item(&mut self, index: usize) {
        let parent = self.log.paths.last().map_or(".", |path| path);
        self.log.paths.push(format!("{parent}[{index}]"));
    }

    fn enter_entry(&mut self, keys: &[String]) {
        let Some((key, before)) = keys.split_last() else { return };
        self.log.first = before.iter().position(|other| other == key);
        let path = self.log.paths.last().map_or_else(|| key.clone(), |parent| format!("{parent}.{key}"));
        self.log.paths.push(path);
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value on the way")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let Some((&Step::Item(index), way)) = self.way.split_first() else {
            return Err(A::Error::custom("the end of the way"));
        };
        for _ in 0..index {
            list.next_element::<IgnoredAny>()?;
        }
        self.enter_item(index);
        list.next_element_seed(Walk { way, log: self.log })?;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let Some((&step, way)) = self.way.split_first() else {
            return Err(A::Error::custom("the end of the way"));
        };
        let (Step::Key(index) | Step::Value(index) | Step::Item(index)) = step;
        let mut keys = Vec::new();
        for _ in 0..index {
            keys.extend(map.next_entry::<String, IgnoredAny>()?.map(|(key, _)| key));
        }
        if let Step::Key(_) = step {
            map.next_key_seed(Walk { way, log: self.log })?;
            return Ok(());
        }
        keys.extend(map.next_key::<String>()?);
        self.enter_entry(&keys);
        map.next_value_seed(Walk { way, log: self.log })
    }

    /// A value with a tag.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<(), A::Error> {
        if self.way.is_empty() {
            return Err(A::Error::custom("the end of the way"));
        }
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }
}
