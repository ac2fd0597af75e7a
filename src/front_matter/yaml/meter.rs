//! A deserializer around another that holds a type to the limits of metadata, whatever the type asks for, and
//! that notes which value a type refuses.
//!
//! Each value costs [`VALUE_COST`], and its text costs its number of bytes; a text that an alias stands for
//! costs as much each time. Lists and maps that are inside more than [`MAX_DEPTH`] others are refused.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::node::VALUE_COST;
use crate::front_matter::entry::MAX_DEPTH;
use crate::limits::Limit;

/// A step from a collection to something in it. Indices count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// To an item of a list.
    Item(usize),
    /// To the key of an entry.
    Key(usize),
    /// To the value of an entry.
    Value(usize),
}

/// What is left of the limits, and the way to what was refused.
pub(super) struct Meter {
    left: Cell<usize>,
    breached: Cell<Option<Limit>>,
    /// The steps to what was refused last, the innermost first.
    steps: RefCell<Vec<Step>>,
}

impl Meter {
    /// A meter for what may cost as much as `budget`.
    pub(super) fn new(budget: usize) -> Self {
        Self { left: Cell::new(budget), breached: Cell::new(None), steps: RefCell::new(Vec::new()) }
    }

    /// Holds what a seed reads to the limits.
    pub(super) fn root<S>(&self, seed: S) -> Root<'_, S> {
        Root(Metered { inner: seed, meter: self, depth: 0 })
    }

    /// The steps from the root to what was refused; none if it is the root, or not known.
    pub(super) fn way(&self) -> Vec<Step> {
        self.steps.borrow().iter().rev().copied().collect()
    }

    /// The limit that was breached, if one was.
    pub(super) fn breached(&self) -> Option<Limit> {
        self.breached.get()
    }

    /// Notes that what was refused is below the step that is in progress, if one is.
    fn note(&self, progress: &Cell<Option<Step>>) {
        self.steps.borrow_mut().extend(progress.get());
    }

    /// Forgets what was refused: the type has gone on all the same.
    fn forget(&self) {
        self.steps.borrow_mut().clear();
    }

    fn breach<E: Error>(&self, limit: Limit) -> E {
        self.breached.set(Some(limit));
        E::custom(format_args!("too many {limit}"))
    }

    fn spend<E: Error>(&self, cost: usize) -> Result<(), E> {
        let left = self.left.get().checked_sub(cost).ok_or_else(|| self.breach(Limit::MetadataValues))?;
        self.left.set(left);
        Ok(())
    }
}

/// The seed of a whole block. The root costs nothing.
pub(super) struct Root<'m, S>(Metered<'m, S>);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Root<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let deserializer = self.0.around(deserializer);
        self.0.inner.deserialize(deserializer)
    }
}

/// A deserializer, a seed, a visitor or an access to a variant, and how many collections there are around it.
struct Metered<'m, T> {
    inner: T,
    meter: &'m Meter,
    depth: usize,
}

/// An access to the content of a collection.
struct Content<'m, A> {
    inner: Metered<'m, A>,
    /// How many items or entries have been begun.
    begun: usize,
    /// The step to what is being read.
    progress: &'m Cell<Option<Step>>,
}

impl<'m, A> Content<'m, A> {
    fn new(inner: Metered<'m, A>, progress: &'m Cell<Option<Step>>) -> Self {
        Self { inner, begun: 0, progress }
    }
}

impl<'m, T> Metered<'m, T> {
    /// The meter around something else at the same depth.
    fn around<U>(&self, inner: U) -> Metered<'m, U> {
        Metered { inner, meter: self.meter, depth: self.depth }
    }

    /// Parts the visitor of a collection from the access to the collection's content, which is one level
    /// deeper.
    fn collection<U, E: Error>(self, inner: U) -> Result<(T, Metered<'m, U>), E> {
        if self.depth > MAX_DEPTH {
            return Err(self.meter.breach(Limit::MetadataDepth));
        }
        Ok((self.inner, Metered { inner, meter: self.meter, depth: self.depth + 1 }))
    }
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            let visitor = self.around(visitor);
            self.inner.$method($($argument,)* visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Metered<'_, D> {
    type Error = D::Error;

    forward! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
    }

    /// Looks at what is ignored, which may be too deep or too much as well.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

macro_rules! visit_text {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, text: $type) -> Result<V::Value, E> {
            self.meter.spend(text.len())?;
            self.inner.$method(text)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Metered<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool);
        visit_i8(i8);
        visit_i16(i16);
        visit_i32(i32);
        visit_i64(i64);
        visit_i128(i128);
        visit_u8(u8);
        visit_u16(u16);
        visit_u32(u32);
        visit_u64(u64);
        visit_u128(u128);
        visit_f32(f32);
        visit_f64(f64);
        visit_char(char);
    }

    visit_text! {
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.visit_some(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.visit_newtype_struct(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        let meter = self.meter;
        let (visitor, list) = self.collection(list)?;
        let progress = Cell::new(None);
        visitor.visit_seq(Content::new(list, &progress)).inspect_err(|_| meter.note(&progress))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let meter = self.meter;
        let (visitor, map) = self.collection(map)?;
        let progress = Cell::new(None);
        visitor.visit_map(Content::new(map, &progress)).inspect_err(|_| meter.note(&progress))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<V::Value, A::Error> {
        let tagged = self.around(tagged);
        self.inner.visit_enum(tagged)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Metered<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.meter.spend(VALUE_COST)?;
        let deserializer = self.around(deserializer);
        self.inner.deserialize(deserializer)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Content<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.progress.set(Some(Step::Item(self.begun)));
        let seed = self.inner.around(seed);
        let item = self.inner.inner.next_element_seed(seed)?;
        self.begun += 1;
        self.progress.set(None);
        self.inner.meter.forget();
        Ok(item)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.inner.size_hint()
    }
}

/// An entry is in progress from its key to the next key: until then a type may complain about it.
impl<'de, A: MapAccess<'de>> MapAccess<'de> for Content<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.progress.set(Some(Step::Key(self.begun)));
        let seed = self.inner.around(seed);
        let key = self.inner.inner.next_key_seed(seed)?;
        if key.is_none() {
            self.progress.set(None);
        }
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.progress.set(Some(Step::Value(self.begun)));
        let seed = self.inner.around(seed);
        let value = self.inner.inner.next_value_seed(seed)?;
        self.begun += 1;
        self.inner.meter.forget();
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.inner.size_hint()
    }
}

impl<'de, 'm, A: EnumAccess<'de>> EnumAccess<'de> for Metered<'m, A> {
    type Error = A::Error;
    type Variant = Metered<'m, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let Self { inner, meter, depth } = self;
        let (name, variant) = inner.variant_seed(Metered { inner: seed, meter, depth })?;
        Ok((name, Metered { inner: variant, meter, depth }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.around(seed);
        self.inner.newtype_variant_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        let visitor = self.around(visitor);
        self.inner.tuple_variant(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let visitor = self.around(visitor);
        self.inner.struct_variant(fields, visitor)
    }
}
