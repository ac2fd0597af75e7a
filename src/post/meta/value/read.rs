//! Reading a value or a map by serde, from JSON for example.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::model::{MAX_DEPTH, Map, TooDeep, Value};

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

/// Reads a value that nests at most this many levels.
#[derive(Clone, Copy)]
struct ValueSeed(usize);

impl ValueSeed {
    /// The seed of the values one level deeper.
    fn below<E: Error>(self) -> Result<Self, E> {
        let left = self.0.checked_sub(1).map(Self);
        left.ok_or_else(|| E::custom(TooDeep))
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
