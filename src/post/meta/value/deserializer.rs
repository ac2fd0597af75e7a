//! Deserialising from a [`Value`] or a [`Map`], into any type.

use std::borrow::Cow;
use std::{slice, vec};

use serde::de::value::{CowStrDeserializer, Error};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::map::{MapIntoIter, MapIter};
use super::model::{MAX_DEPTH, Map, TooDeep, Value};

/// A [`Deserializer`] of a [`Value`] or a [`Map`]. Text that the value borrows is borrowed from the value's
/// source.
///
/// A value that nests deeper than 20 lists and maps, which no reader of this crate makes, is an error.
#[derive(Debug)]
pub struct ValueDeserializer<'de> {
    content: Content<'de>,
    /// How many more levels of lists and maps may come.
    levels: usize,
}

/// A value, taken apart as far as its first level.
#[derive(Debug)]
enum Content<'de> {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text(Cow<'de, str>),
    List(Items<'de>),
    Map(Entries<'de>),
}

#[derive(Debug)]
enum Items<'de> {
    Owned(vec::IntoIter<Value<'de>>),
    Borrowed(slice::Iter<'de, Value<'de>>),
}

#[derive(Debug)]
enum Entries<'de> {
    Owned(MapIntoIter<'de>),
    Borrowed(MapIter<'de, 'de>),
}

impl<'de> From<Value<'de>> for Content<'de> {
    fn from(value: Value<'de>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Integer(value) => Self::Integer(value),
            Value::Unsigned(value) => Self::Unsigned(value),
            Value::Float(value) => Self::Float(value),
            Value::String(text) => Self::Text(text),
            Value::List(values) => Self::List(Items::Owned(values.into_iter())),
            Value::Map(map) => Self::Map(Entries::Owned(map.into_iter())),
        }
    }
}

impl<'de> From<&'de Value<'de>> for Content<'de> {
    fn from(value: &'de Value<'de>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Integer(value) => Self::Integer(*value),
            Value::Unsigned(value) => Self::Unsigned(*value),
            Value::Float(value) => Self::Float(*value),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::List(values) => Self::List(Items::Borrowed(values.iter())),
            Value::Map(map) => Self::Map(Entries::Borrowed(map.iter())),
        }
    }
}

impl<'de> IntoDeserializer<'de> for Value<'de> {
    type Deserializer = ValueDeserializer<'de>;

    fn into_deserializer(self) -> ValueDeserializer<'de> {
        ValueDeserializer { content: self.into(), levels: MAX_DEPTH }
    }
}

impl<'de> IntoDeserializer<'de> for &'de Value<'de> {
    type Deserializer = ValueDeserializer<'de>;

    fn into_deserializer(self) -> ValueDeserializer<'de> {
        ValueDeserializer { content: self.into(), levels: MAX_DEPTH }
    }
}

impl<'de> IntoDeserializer<'de> for Map<'de> {
    type Deserializer = ValueDeserializer<'de>;

    fn into_deserializer(self) -> ValueDeserializer<'de> {
        // The map is around the values that are counted.
        ValueDeserializer { content: Content::Map(Entries::Owned(self.into_iter())), levels: MAX_DEPTH + 1 }
    }
}

impl<'de> IntoDeserializer<'de> for &'de Map<'de> {
    type Deserializer = ValueDeserializer<'de>;

    fn into_deserializer(self) -> ValueDeserializer<'de> {
        ValueDeserializer { content: Content::Map(Entries::Borrowed(self.iter())), levels: MAX_DEPTH + 1 }
    }
}

impl<'de> Deserializer<'de> for ValueDeserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let below = || self.levels.checked_sub(1).ok_or_else(|| Error::custom(TooDeep));
        match self.content {
            Content::Null => visitor.visit_unit(),
            Content::Bool(value) => visitor.visit_bool(value),
            Content::Integer(value) => visitor.visit_i64(value),
            Content::Unsigned(value) => visitor.visit_u64(value),
            Content::Float(value) => visitor.visit_f64(value),
            Content::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Content::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Content::List(items) => {
                let mut list = List { items, levels: below()? };
                let value = visitor.visit_seq(&mut list)?;
                match list.len() {
                    0 => Ok(value),
                    left => Err(Error::custom(format_args!("a list has {left} items more than expected"))),
                }
            }
            Content::Map(entries) => visitor.visit_map(Mapping { entries, value: None, levels: below()? }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.content {
            Content::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A text is a variant without content; a map of one entry is a variant and its content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct List<'de> {
    items: Items<'de>,
    levels: usize,
}

impl List<'_> {
    fn len(&self) -> usize {
        match &self.items {
            Items::Owned(items) => items.len(),
            Items::Borrowed(items) => items.len(),
        }
    }
}

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let content = match &mut self.items {
            Items::Owned(items) => items.next().map(Content::from),
            Items::Borrowed(items) => items.next().map(Content::from),
        };
        let levels = self.levels;
        content.map(|content| seed.deserialize(ValueDeserializer { content, levels })).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.len())
    }
}

struct Mapping<'de> {
    entries: Entries<'de>,
    /// The value of the key that was read last.
    value: Option<Content<'de>>,
    levels: usize,
}

impl<'de> Mapping<'de> {
    fn next(&mut self) -> Option<(Cow<'de, str>, Content<'de>)> {
        match &mut self.entries {
            Entries::Owned(entries) => entries.next().map(|(key, value)| (key, value.into())),
            Entries::Borrowed(entries) => {
                entries.next().map(|(key, value)| (Cow::Borrowed(key), value.into()))
            }
        }
    }

    fn len(&self) -> usize {
        match &self.entries {
            Entries::Owned(entries) => entries.len(),
            Entries::Borrowed(entries) => entries.len(),
        }
    }
}

impl<'de> MapAccess<'de> for Mapping<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((key, value)) = self.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(CowStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let content =
            self.value.take().ok_or_else(|| Error::custom("a value was asked for before its key"))?;
        seed.deserialize(ValueDeserializer { content, levels: self.levels })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<'de> EnumAccess<'de> for ValueDeserializer<'de> {
    type Error = Error;
    type Variant = Variant<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Variant<'de>), Error> {
        let (name, content) = match self.content {
            Content::Text(name) => (name, Content::Null),
            Content::Map(entries) => {
                let mut map = Mapping { entries, value: None, levels: self.levels };
                match (map.next(), map.len()) {
                    (Some(entry), 0) => entry,
                    _ => return Err(Error::custom("expected a map of one entry, which names a variant")),
                }
            }
            _ => return Err(Error::custom("expected a text or a map, which names a variant")),
        };
        let levels = self.levels.checked_sub(1).ok_or_else(|| Error::custom(TooDeep))?;
        let variant = seed.deserialize(CowStrDeserializer::<Error>::new(name))?;
        Ok((variant, Variant(ValueDeserializer { content, levels })))
    }
}

/// The content of a variant.
#[derive(Debug)]
pub struct Variant<'de>(ValueDeserializer<'de>);

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        serde::Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_any(visitor)
    }
}
