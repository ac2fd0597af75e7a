//! Reading a [`Tree`] into a type. Errors name the key of the value that does not fit, and know where it is.

use std::borrow::Cow;
use std::cell::Cell;
use std::{fmt, vec};

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::model::{Kind, Pair, Tree};

/// Why a type refuses a value.
#[derive(Debug)]
pub(super) struct Misfit {
    message: String,
    /// The way to the value, like `pages[1].n`.
    path: String,
    /// What is to be mended, and a second position that helps, in bytes of the text of the block.
    pub(super) at: Option<(usize, Option<usize>)>,
}

impl Misfit {
    /// What is wrong, after the way to the value.
    pub(super) fn reason(self) -> String {
        if self.path.is_empty() { self.message } else { format!("{}: {}", self.path, self.message) }
    }

    /// The same, seen from the collection that holds the value under this key.
    fn under(mut self, key: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{key}{dot}{}", self.path);
        self
    }

    fn or_at(mut self, at: usize, related: Option<usize>) -> Self {
        self.at.get_or_insert((at, related));
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), path: String::new(), at: None }
    }
}

/// Recursive: trees are no deeper than [`MAX_DEPTH`](crate::front_matter::entry::MAX_DEPTH).
pub(super) struct TreeDeserializer<'a> {
    pub(super) tree: Tree<'a>,
    /// The text of the block.
    pub(super) text: &'a str,
}

impl<'de> Deserializer<'de> for TreeDeserializer<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Self { tree, text } = self;
        match tree.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Integer(value) => match (i64::try_from(value), u64::try_from(value)) {
                (_, Ok(value)) => visitor.visit_u64(value),
                (Ok(value), _) => visitor.visit_i64(value),
                _ => visitor.visit_i128(value),
            },
            Kind::Float(value) => visitor.visit_f64(value),
            Kind::Text(Cow::Borrowed(text)) | Kind::Source(text) => visitor.visit_borrowed_str(text),
            Kind::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Kind::List(items) => visitor.visit_seq(ListAccess { items: items.into_iter(), text, index: 0 }),
            Kind::Map(pairs) => {
                let keys: Vec<(Cow<'de, str>, usize)> =
                    pairs.iter().map(|pair| (pair.key.clone(), pair.key_at)).collect();
                let open = Cell::new(None);
                let entries =
                    EntryAccess { pairs: pairs.into_iter(), value: None, text, index: 0, open: &open };
                visitor.visit_map(entries).map_err(|misfit| match open.get() {
                    // The type refused a key after it had read the key, as one that comes twice.
                    Some(index) => {
                        let (key, at) = &keys[index];
                        let first = keys[..index].iter().find(|(other, _)| other == key);
                        misfit.or_at(*at, first.map(|(_, at)| *at))
                    }
                    None => misfit,
                })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.tree.kind == Kind::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    /// A text is a variant without content; a map of one entry is a variant and its content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let Self { tree, text } = self;
        match tree.kind {
            Kind::Text(Cow::Borrowed(name)) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Kind::Text(Cow::Owned(name)) => visitor.visit_enum(StringDeserializer::new(name)),
            Kind::Map(mut pairs) if pairs.len() == 1 => match pairs.pop() {
                Some(pair) => visitor.visit_enum(Variant { pair, text }),
                None => Err(Misfit::custom("expected a variant")),
            },
            _ => Err(Misfit::custom("expected a variant: a text, or a map with one entry")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Reads a key, which borrows from the source if it can.
fn read_key<'de, S: DeserializeSeed<'de>>(key: Cow<'de, str>, seed: S) -> Result<S::Value, Misfit> {
    match key {
        Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
        Cow::Owned(key) => seed.deserialize(StringDeserializer::new(key)),
    }
}

struct ListAccess<'a> {
    items: vec::IntoIter<Tree<'a>>,
    text: &'a str,
    index: usize,
}

impl<'de> SeqAccess<'de> for ListAccess<'de> {
    type Error = Misfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misfit> {
        let Some(tree) = self.items.next() else { return Ok(None) };
        let (at, index) = (tree.span.start, self.index);
        self.index += 1;
        let value = seed.deserialize(TreeDeserializer { tree, text: self.text });
        value.map(Some).map_err(|misfit| misfit.or_at(at, None).under(&format!("[{index}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct EntryAccess<'c, 'a> {
    pairs: vec::IntoIter<Pair<'a>>,
    /// The entry whose key was read last, until its value is read.
    value: Option<Pair<'a>>,
    text: &'a str,
    /// How many keys were read.
    index: usize,
    /// The index of the entry whose key was read, and whose value was not.
    open: &'c Cell<Option<usize>>,
}

impl<'de> MapAccess<'de> for EntryAccess<'_, 'de> {
    type Error = Misfit;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misfit> {
        let Some(pair) = self.pairs.next() else {
            self.open.set(None);
            return Ok(None);
        };
        self.open.set(Some(self.index));
        self.index += 1;
        // An error of the value needs the key once more.
        let key = pair.key.clone();
        self.value = Some(pair);
        read_key(key, seed).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Misfit> {
        self.open.set(None);
        let Some(Pair { key, key_at, value: tree }) = self.value.take() else {
            return Err(Misfit::custom("a value was asked for before its key"));
        };
        let value_at = tree.span.start;
        let is_below = self.text.get(key_at..value_at).is_some_and(|between| between.contains('\n'));
        let (at, related) = if is_below { (key_at, Some(value_at)) } else { (value_at, None) };
        seed.deserialize(TreeDeserializer { tree, text: self.text })
            .map_err(|misfit| misfit.or_at(at, related).under(&key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.pairs.len())
    }
}

/// A variant with content.
struct Variant<'a> {
    pair: Pair<'a>,
    text: &'a str,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Misfit;
    type Variant = Content<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'de>), Misfit> {
        let Pair { key, key_at, value: tree } = self.pair;
        let name = read_key(key.clone(), seed);
        let content = Content { key, content: TreeDeserializer { tree, text: self.text } };
        name.map(|name| (name, content)).map_err(|misfit| misfit.or_at(key_at, None))
    }
}

/// The content of a variant.
struct Content<'a> {
    key: Cow<'a, str>,
    content: TreeDeserializer<'a>,
}

impl<'de> Content<'de> {
    fn read<T>(self, read: impl FnOnce(TreeDeserializer<'de>) -> Result<T, Misfit>) -> Result<T, Misfit> {
        let at = self.content.tree.span.start;
        read(self.content).map_err(|misfit| misfit.or_at(at, None).under(&self.key))
    }
}

impl<'de> VariantAccess<'de> for Content<'de> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        self.read(|content| match content.tree.kind {
            Kind::Null => Ok(()),
            _ => Err(Misfit::invalid_type(Unexpected::NewtypeVariant, &"unit variant")),
        })
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Misfit> {
        self.read(|content| seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.read(|content| content.deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.read(|content| content.deserialize_any(visitor))
    }
}
