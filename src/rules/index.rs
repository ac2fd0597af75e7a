//! Rules by what is rarest among the conditions of each, so that an element meets few of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::syntax::{Condition, Selector, Test};
use super::words;
use crate::html::event::{Attrs, Element};

/// A rule and the line of the list that it stands in.
#[derive(Clone)]
pub(super) struct Rule {
    pub(super) text: String,
    pub(super) selector: Selector,
}

/// Rules, found by an element's id, else a class, else an attribute, else the name.
#[derive(Clone, Default)]
pub(super) struct Compiled {
    pub(super) rules: Vec<Rule>,
    by_id: Index,
    by_class: Index,
    by_name: Index,
    /// The rules whose rarest condition is on an attribute, by the attribute's name.
    by_attribute: Vec<(String, Vec<usize>)>,
}

impl Compiled {
    pub(super) fn add(&mut self, rule: Rule) {
        let index = self.rules.len();
        let Selector { name, id, classes, attributes } = &rule.selector;
        if let Some(id) = id {
            self.by_id.add(id, index);
        } else if let Some(class) = classes.first() {
            self.by_class.add(class, index);
        } else if let Some(condition) = attributes.first() {
            match self.by_attribute.iter_mut().find(|(name, _)| *name == condition.name) {
                Some((_, rules)) => rules.push(index),
                None => self.by_attribute.push((condition.name.clone(), vec![index])),
            }
        } else if let Some(name) = name {
            self.by_name.add(name, index);
        }
        self.rules.push(rule);
    }

    /// The text of the first rule of the list that matches.
    pub(super) fn find(&self, element: &Element<'_>) -> Option<&str> {
        let mut first = self.first_match(self.by_name.get(&element.name), element);
        if element.attrs.is_empty() {
            return first.map(|index| &*self.rules[index].text);
        }
        let mut consider = |places: &[usize]| {
            let matched = self.first_match(places, element);
            first = first.into_iter().chain(matched).min();
        };
        let [id, class] = element.attrs.get_both("id", "class");
        if let Some(id) = &id {
            consider(self.by_id.get(id));
        }
        if let Some(class) = &class {
            words(class).for_each(|word| consider(self.by_class.get(word)));
        }
        for (name, places) in &self.by_attribute {
            let other;
            let value = match &**name {
                "id" => &id,
                "class" => &class,
                _ => {
                    other = element.attrs.get(name);
                    &other
                }
            };
            let Some(value) = value else { continue };
            for &place in places {
                if self.rules[place].selector.attributes[0].test.holds(value) {
                    consider(&[place]);
                }
            }
        }
        first.map(|index| &*self.rules[index].text)
    }

    fn first_match(&self, places: &[usize], element: &Element<'_>) -> Option<usize> {
        places.iter().copied().find(|&index| self.rules[index].selector.matches(element))
    }
}

/// Rules by a name. Most names that are looked up are not in it, and most of these are known from a few bits.
#[derive(Clone, Default)]
struct Index {
    rules: HashMap<String, Vec<usize>, BuildHasherDefault<Fnv>>,
    /// A bit for each [`sketch`] of a name.
    sketches: [u64; 4],
}

impl Index {
    fn add(&mut self, name: &str, rule: usize) {
        let (word, bit) = sketch(name);
        self.sketches[word] |= bit;
        self.rules.entry(name.to_owned()).or_default().push(rule);
    }

    fn get(&self, name: &str) -> &[usize] {
        let (word, bit) = sketch(name);
        if self.sketches[word] & bit == 0 {
            return &[];
        }
        self.rules.get(name).map_or(&[], Vec::as_slice)
    }
}

/// One of 256 bits, from a name's length, its first and its last byte.
fn sketch(name: &str) -> (usize, u64) {
    let bytes = name.as_bytes();
    let (first, last) = (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
    let mix = first.wrapping_mul(7) ^ last.wrapping_mul(31) ^ bytes.len().to_le_bytes()[0].wrapping_mul(13);
    (usize::from(mix >> 6), 1 << (mix & 63))
}

/// The hash of Fowler, Noll and Vo (FNV-1a), for short names. The keys are the rules', not an attacker's.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

impl Selector {
    fn matches(&self, element: &Element<'_>) -> bool {
        let Self { name, id, classes, attributes } = self;
        let attrs = &element.attrs;
        name.as_ref().is_none_or(|name| *name == element.name)
            && id.as_ref().is_none_or(|id| attrs.get("id").is_some_and(|value| value == *id))
            && (classes.is_empty() || {
                let value = attrs.get("class").unwrap_or_default();
                classes.iter().all(|class| words(&value).any(|word| word == class))
            })
            && attributes.iter().all(|condition| condition.holds(attrs))
    }
}

impl Condition {
    fn holds(&self, attrs: &Attrs<'_>) -> bool {
        attrs.get(&self.name).is_some_and(|value| self.test.holds(&value))
    }
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Present => true,
            Self::Equals(wanted) => value == wanted,
            Self::StartsWith(wanted) => value.starts_with(wanted),
            Self::EndsWith(wanted) => value.ends_with(wanted),
            Self::Contains(wanted) => value.contains(wanted),
            Self::HasWord(wanted) => words(value).any(|word| word == wanted),
        }
    }
}
