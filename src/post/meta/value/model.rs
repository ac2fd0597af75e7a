//! Values of keys that the model does not know, and maps of them.

use std::borrow::Cow;
use std::fmt;

use crate::post::owned::{all_owned, owned};

/// A value of the front matter, as YAML resolves it.
///
/// Infinities and "not a number" stay the text that they are in the source (`.inf`, `.nan`), and so do
/// integers that fit neither `i64` nor `u64`: JSON has no such numbers.
///
/// A value can be deserialised from, into a type of your own: see
/// [`IntoDeserializer`](serde::de::IntoDeserializer). It is not `Eq` and `Hash`, since it may hold a float.
///
/// ```
/// use offprint::Value;
/// use serde::Deserialize;
/// use serde::de::IntoDeserializer;
///
/// #[derive(Debug, PartialEq, Deserialize)]
/// struct Geo {
///     lat: f64,
///     name: String,
/// }
///
/// let post = offprint::Post::parse("---\ngeo: {lat: 48.2, name: Vienna}\nweight: 3\n---\n")?;
/// assert_eq!(post.meta.extra["weight"].as_i64(), Some(3));
/// let geo = &post.meta.extra["geo"];
/// assert_eq!(geo.as_map().unwrap()["lat"], Value::Float(48.2));
/// let geo = Geo::deserialize(geo.into_deserializer()).unwrap();
/// assert_eq!(geo, Geo { lat: 48.2, name: "Vienna".into() });
/// # Ok::<(), offprint::Error>(())
/// ```
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

/// How many lists and maps the value of a key nests in each other at most. All readers of metadata keep to
/// it, because nearly all functions of a value recurse, and must take little stack.
pub(crate) const MAX_DEPTH: usize = 20;

/// The message about a value that nests deeper than [`MAX_DEPTH`].
pub(super) struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value nests deeper than {MAX_DEPTH} lists and maps")
    }
}

impl<'a> Value<'a> {
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

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if this is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            Self::Unsigned(value) => i64::try_from(*value).ok(),
            _ => None,
        }
    }

    /// The integer, if this is one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Integer(value) => u64::try_from(*value).ok(),
            Self::Unsigned(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is one. An integer of more than 53 bits is rounded.
    #[expect(clippy::cast_precision_loss, reason = "the documentation says so")]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Unsigned(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Value<'a>]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list_mut(&mut self) -> Option<&mut Vec<Value<'a>>> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    /// The map, if this is one.
    pub fn as_map(&self) -> Option<&Map<'a>> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map, if this is one.
    pub fn as_map_mut(&mut self) -> Option<&mut Map<'a>> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<i32> for Value<'_> {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

/// [`Value::Unsigned`] only for what is greater than the greatest `i64`.
impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        i64::try_from(value).map_or(Self::Unsigned(value), Self::Integer)
    }
}

/// A number that is not finite becomes the text that YAML has for it: `.inf`, `-.inf` or `.nan`.
impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        match value {
            value if value.is_finite() => Self::Float(value),
            value if value.is_nan() => ".nan".into(),
            value if value < 0.0 => "-.inf".into(),
            _ => ".inf".into(),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::String(text)
    }
}

impl<'a, T: Into<Value<'a>>> From<Vec<T>> for Value<'a> {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl<'a> From<Map<'a>> for Value<'a> {
    fn from(map: Map<'a>) -> Self {
        Self::Map(map)
    }
}

/// `None` becomes null.
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Keys and their values, in the order of the source. No key comes twice.
///
/// Two maps are equal if they have the same entries in the same order. A look-up compares the keys one after
/// the other: maps of front matter are short. Like [`Value`], a map is not `Eq` and `Hash`.
///
/// ```
/// let mut post = offprint::Post::parse("---\nmood: calm\nsection: /tea\n---\n")?;
/// let extra = &mut post.meta.extra;
/// assert_eq!(extra["section"].as_str(), Some("/tea"));
/// assert_eq!(extra.keys().collect::<Vec<_>>(), ["mood", "section"]);
///
/// extra.insert("weight", 3);
/// extra.insert("mood", "glad");
/// extra.remove("section");
/// let entries: Vec<_> = extra.iter().map(|(key, value)| format!("{key}: {value:?}")).collect();
/// assert_eq!(entries, ["mood: String(\"glad\")", "weight: Integer(3)"]);
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map<'a>(pub(super) Vec<(Cow<'a, str>, Value<'a>)>);

impl Map<'_> {
    /// The map without its tie to the source.
    pub fn into_owned(self) -> Map<'static> {
        let Self(entries) = self;
        Map(all_owned(entries, |(key, value)| (owned(key), value.into_owned())))
    }
}
