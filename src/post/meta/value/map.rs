//! The entries of a [`Map`]: looking them up, changing them, and passing over them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Index;
use std::{slice, vec};

use super::model::{Map, Value};

type Pair<'a> = (Cow<'a, str>, Value<'a>);

impl<'a> Map<'a> {
    /// A map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.0.iter().find(|(other, _)| other == key).map(|(_, value)| value)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value<'a>> {
        self.0.iter_mut().find(|(other, _)| other == key).map(|(_, value)| value)
    }

    /// Whether there is an entry of `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of `key`, and gives the value before. A new key comes last; one that is there keeps its
    /// index.
    pub fn insert(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) -> Option<Value<'a>> {
        let (key, value) = (key.into(), value.into());
        if let Some(before) = self.get_mut(&key) {
            return Some(std::mem::replace(before, value));
        }
        self.push(key, value);
        None
    }

    /// Takes the entry of `key` out, and gives its value. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value<'a>> {
        let index = self.0.iter().position(|(other, _)| other == key)?;
        Some(self.0.remove(index).1)
    }

    /// Takes all entries out of which `keep` is not true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Value<'a>) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }

    /// The keys and their values, in order.
    pub fn iter(&self) -> MapIter<'_, 'a> {
        MapIter(self.0.iter())
    }

    /// The keys and their values, in order; the values can be changed.
    pub fn iter_mut(&mut self) -> MapIterMut<'_, 'a> {
        MapIterMut(self.0.iter_mut())
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value<'a>> + ExactSizeIterator {
        self.iter().map(|(_, value)| value)
    }

    /// Adds an entry at the end. The caller makes sure that no key comes twice.
    pub(crate) fn push(&mut self, key: Cow<'a, str>, value: Value<'a>) {
        self.0.push((key, value));
    }

    /// Adds an entry before the one at `index`. The caller makes sure that no key comes twice.
    pub(crate) fn insert_at(&mut self, index: usize, key: Cow<'a, str>, value: Value<'a>) {
        self.0.insert(index, (key, value));
    }
}

/// The entries of a [`Map`], from [`Map::iter`].
#[derive(Debug, Clone)]
pub struct MapIter<'m, 'a>(slice::Iter<'m, Pair<'a>>);

/// The entries of a [`Map`], from [`Map::iter_mut`].
#[derive(Debug)]
pub struct MapIterMut<'m, 'a>(slice::IterMut<'m, Pair<'a>>);

/// The entries of a [`Map`], from its `into_iter`.
#[derive(Debug, Clone)]
pub struct MapIntoIter<'a>(vec::IntoIter<Pair<'a>>);

macro_rules! iterator {
    ($name:ident<$($lifetime:lifetime),*>: $item:ty, $convert:expr) => {
        impl<$($lifetime),*> Iterator for $name<$($lifetime),*> {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                self.0.next().map($convert)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl<$($lifetime),*> DoubleEndedIterator for $name<$($lifetime),*> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().map($convert)
            }
        }

        impl<$($lifetime),*> ExactSizeIterator for $name<$($lifetime),*> {}
    };
}

iterator!(MapIter<'m, 'a>: (&'m str, &'m Value<'a>), |(key, value)| (&**key, value));
iterator!(MapIterMut<'m, 'a>: (&'m str, &'m mut Value<'a>), |(key, value)| (&**key, value));
iterator!(MapIntoIter<'a>: Pair<'a>, |entry| entry);

impl<'a> IntoIterator for Map<'a> {
    type Item = Pair<'a>;
    type IntoIter = MapIntoIter<'a>;

    fn into_iter(self) -> MapIntoIter<'a> {
        MapIntoIter(self.0.into_iter())
    }
}

impl<'m, 'a> IntoIterator for &'m Map<'a> {
    type Item = (&'m str, &'m Value<'a>);
    type IntoIter = MapIter<'m, 'a>;

    fn into_iter(self) -> MapIter<'m, 'a> {
        self.iter()
    }
}

impl<'m, 'a> IntoIterator for &'m mut Map<'a> {
    type Item = (&'m str, &'m mut Value<'a>);
    type IntoIter = MapIterMut<'m, 'a>;

    fn into_iter(self) -> MapIterMut<'m, 'a> {
        self.iter_mut()
    }
}

/// Adds entries as [`Map::insert`] does, in time in proportion to their number.
impl<'a, K: Into<Cow<'a, str>>, V: Into<Value<'a>>> Extend<(K, V)> for Map<'a> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let mut indices: HashMap<Cow<'a, str>, usize> =
            self.0.iter().enumerate().map(|(index, (key, _))| (key.clone(), index)).collect();
        for (key, value) in entries {
            match indices.entry(key.into()) {
                Entry::Occupied(index) => self.0[*index.get()].1 = value.into(),
                Entry::Vacant(index) => {
                    self.push(index.key().clone(), value.into());
                    index.insert(self.len() - 1);
                }
            }
        }
    }
}

/// Keeps the order, and of a key that comes twice the last value.
impl<'a, K: Into<Cow<'a, str>>, V: Into<Value<'a>>> FromIterator<(K, V)> for Map<'a> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

/// The value of a key.
///
/// # Panics
///
/// Panics if there is no such key. See [`Map::get`].
impl<'a> Index<&str> for Map<'a> {
    type Output = Value<'a>;

    fn index(&self, key: &str) -> &Value<'a> {
        self.get(key).unwrap_or_else(|| panic!("no key `{key}` in the map"))
    }
}
