//! Values of keys that the model does not know.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::post::owned::{all_owned, owned};

/// A value of the front matter, as YAML resolves it.
///
/// Infinities and "not a number" stay the text that they are in the source (`.inf`, `.nan`), and so do
/// integers that fit neither `i64` nor `u64`: JSON has no such numbers.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `null`, `~` or nothing.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// An integer that is greater than the greatest `i64`.
    Unsigned(u64),
    /// A finite number that is not an integer.
    Float(f64),
    /// A text.
    String(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// A mapping.
    Map(Map<'a>),
}

impl Value<'_> {
    /// The value without its tie to the source.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Unsigned(value) => Value::Unsigned(value),
            Self::Float(value) => Value::Float(value),
            Self::String(text) => Value::String(owned(text)),
            Self::List(values) => Value::List(all_owned(values, Value::into_owned)),
            Self::Map(map) => Value::Map(map.into_owned()),
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Keys and their values, in the order of the source.
///
/// ```
/// let post = offprint::Post::parse("---\nlang: zh\npermalink: /tea\n---\n")?;
/// assert_eq!(post.meta.extra.get("permalink").and_then(|value| value.as_str()), Some("/tea"));
/// assert_eq!(post.meta.extra.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["lang", "permalink"]);
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Map<'a> {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.iter().find(|(other, _)| *other == key).map(|(_, value)| value)
    }

    /// The keys and their values, in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value<'a>)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The map without its tie to the source.
    pub fn into_owned(self) -> Map<'static> {
        let Self(entries) = self;
        Map(all_owned(entries, |(key, value)| (owned(key), value.into_owned())))
    }

    /// Adds an entry at the end. The caller sees to it that no key stands twice.
    pub(crate) fn push(&mut self, key: Cow<'a, str>, value: Value<'a>) {
        self.0.push((key, value));
    }
}

/// Keeps the order, and of a key that comes twice the last value.
impl<'a> FromIterator<(Cow<'a, str>, Value<'a>)> for Map<'a> {
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Value<'a>)>>(entries: I) -> Self {
        let mut places: HashMap<Cow<'a, str>, usize> = HashMap::new();
        let mut map = Self::default();
        for (key, value) in entries {
            match places.entry(key) {
                Entry::Occupied(place) => map.0[*place.get()].1 = value,
                Entry::Vacant(place) => {
                    map.push(place.key().clone(), value);
                    place.insert(map.len() - 1);
                }
            }
        }
        map
    }
}

impl<'a> IntoIterator for Map<'a> {
    type Item = (Cow<'a, str>, Value<'a>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Serialize for Map<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::String(text) => serializer.serialize_str(text),
            Self::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(value)?;
                }
                list.end()
            }
            Self::Map(map) => map.serialize(serializer),
        }
    }
}

/// How many lists and maps the value of a key nests in each other at most. Whatever reads metadata keeps to it, so that all
/// that is done with a value, of which nearly all recurses, takes little stack.
pub(crate) const MAX_DEPTH: usize = 20;

/// Fails if a value nests deeper than 20 lists and maps.
impl<'de> Deserialize<'de> for Map<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The map is around the values that are counted.
        match ValueSeed(MAX_DEPTH + 1).deserialize(deserializer)? {
            Value::Map(map) => Ok(map),
            _ => Err(D::Error::custom("expected a map")),
        }
    }
}

/// Fails if the value nests deeper than 20 lists and maps.
impl<'de> Deserialize<'de> for Value<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ValueSeed(MAX_DEPTH).deserialize(deserializer)
    }
}

/// Reads a value that nests no more than so many levels.
#[derive(Clone, Copy)]
struct ValueSeed(usize);

impl ValueSeed {
    /// What reads the values one level deeper.
    fn below<E: Error>(self) -> Result<Self, E> {
        let left = self.0.checked_sub(1).map(Self);
        left.ok_or_else(|| E::custom(format_args!("a value nests deeper than {MAX_DEPTH} lists and maps")))
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Value<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // A format may nest these without end.
        deserializer.deserialize_any(self.below()?)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Value::Unsigned(value), Value::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let item = self.below()?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(item)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let value = self.below()?;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            entries.push((Cow::Owned(key), map.next_value_seed(value)?));
        }
        Ok(Value::Map(entries.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize, open: &str, close: &str) -> String {
        format!("{}1{}", open.repeat(depth), close.repeat(depth))
    }

    #[test]
    fn a_value_is_read_up_to_its_limit_of_levels() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deepest = nested(MAX_DEPTH, open, close);
            let value: Value<'_> = serde_json::from_str(&deepest).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), deepest);
            let map: Map<'_> = serde_json::from_str(&format!("{{\"k\":{deepest}}}")).unwrap();
            assert_eq!(map.get("k"), Some(&value));

            let deeper = nested(MAX_DEPTH + 1, open, close);
            let message = "a value nests deeper than 20 lists and maps at line 1 column";
            let error = serde_json::from_str::<Value<'_>>(&deeper).unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
            let error = serde_json::from_str::<Map<'_>>(&format!("{{\"k\":{deeper}}}")).unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
            let meta = format!("{{\"title\":\"Tea\",\"extra\":{{\"k\":{deeper}}}}}");
            let error = serde_json::from_str::<crate::Meta<'_>>(&meta).unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
        }
    }

    /// A format whose values are options in options without end.
    #[test]
    fn options_in_options_end() {
        struct Endless;

        impl<'de> Deserializer<'de> for Endless {
            type Error = serde::de::value::Error;

            fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
                visitor.visit_some(self)
            }

            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
                unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
            }
        }

        let error = Value::deserialize(Endless).unwrap_err();
        assert_eq!(error.to_string(), "a value nests deeper than 20 lists and maps");
    }
}
