//! Reading the parts of the model that have a `"type"` from JSON, or from another format of serde.
//!
//! What serde derives for an object whose `"type"` says what else is in it first copies the whole object, at
//! each level that it nests: n levels take n times the memory, and a stack that nothing bounds. Here an
//! object is read in one pass into one struct that has the fields of all types. As serde has it, keys that
//! the type does not have are passed over. A key that only other types have must have a value that they take,
//! if it stands before the `"type"`.

#![expect(
    clippy::option_option,
    reason = "a key that is missing is not one that holds null: only the first may come again"
)]

mod block;
mod mark;
mod media;
#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What has been read of an object.
trait Fields {
    /// The object's keys, and one for all others.
    type Key: for<'de> Deserialize<'de>;

    /// What the object is, for messages.
    const NAME: &'static str;

    /// Whether the object has this key, as far as its type is known.
    fn has(&self, key: Self::Key) -> bool;

    /// Reads the value of a key that the object has.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: Self::Key, map: &mut A) -> Result<(), A::Error>;
}

/// Reads all keys of an object into its fields.
///
/// It borrows the fields, as this is a part of the recursion: they stand on the stack once for each level.
struct Object<'f, F>(&'f mut F);

impl<'de, F: Fields<Key: Copy>> Visitor<'de> for Object<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(F::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<F::Key>()? {
            if self.0.has(key) {
                self.0.read(key, &mut map)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Reads the value of a key, which may come once.
fn read<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    read_seed(field, name, map, PhantomData)
}

/// Reads the value of a key, which may come once, in this way.
fn read_seed<'de, S: DeserializeSeed<'de>, A: MapAccess<'de>>(
    field: &mut Option<S::Value>,
    name: &'static str,
    map: &mut A,
    seed: S,
) -> Result<(), A::Error> {
    if field.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *field = Some(map.next_value_seed(seed)?);
    Ok(())
}

/// The value of a key that must be there.
fn needed<T, E: Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
    field.ok_or_else(|| E::missing_field(name))
}

/// Reads a list, and each of its elements in this way.
#[derive(Clone, Copy)]
struct Each<S>(S);

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for Each<S> {
    type Value = Vec<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for Each<S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element_seed(self.0)? {
            elements.push(element);
        }
        Ok(elements)
    }
}
