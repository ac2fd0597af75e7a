//! The serializer: JSON without white space.
//!
//! It writes what the model holds. A map has texts as keys, and so has all of the model.

use std::fmt::{self, Display, Write};
use std::mem::replace;

use serde::Serialize;
use serde::ser::{
    self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::escape::{write_escaped, write_string};
use super::number::{write_float, write_integer};

/// Writes values, one after the other.
pub(super) struct Writer<'w, W> {
    pub(super) out: &'w mut W,
}

/// What was to be written to has failed.
#[derive(Debug)]
pub(super) struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a post cannot be written")
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: Display>(_message: T) -> Self {
        Self
    }
}

impl From<fmt::Error> for Error {
    fn from(_: fmt::Error) -> Self {
        Self
    }
}

impl<'w, W: Write> Writer<'w, W> {
    pub(super) fn new(out: &'w mut W) -> Self {
        Self { out }
    }

    /// Begins an object or an array.
    #[inline]
    pub(super) fn open(&mut self, opener: &str, closer: &'static str) -> Result<Open<'_, 'w, W>, Error> {
        self.out.write_str(opener)?;
        Ok(Open { writer: self, is_first: true, closer })
    }

    /// Begins an object whose only field, with the name of a variant, is an object or an array.
    fn open_variant(
        &mut self,
        variant: &str,
        opener: &str,
        closer: &'static str,
    ) -> Result<Open<'_, 'w, W>, Error> {
        self.out.write_str("{")?;
        write_string(self.out, variant)?;
        self.out.write_str(":")?;
        self.open(opener, closer)
    }
}

/// An object or an array that is being written.
pub(super) struct Open<'s, 'w, W> {
    writer: &'s mut Writer<'w, W>,
    is_first: bool,
    /// What ends it.
    closer: &'static str,
}

impl<'w, W: Write> Open<'_, 'w, W> {
    #[inline]
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        if !replace(&mut self.is_first, false) {
            self.writer.out.write_str(",")?;
        }
        value.serialize(&mut *self.writer)
    }

    /// Writes a field whose name has nothing to be escaped, as names in Rust have not.
    #[inline]
    pub(super) fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        value.serialize(self.name(name)?)
    }

    /// Writes the name of a field, in which nothing must be escaped. Returns the writer for its value.
    #[inline]
    pub(super) fn name(&mut self, name: &str) -> Result<&mut Writer<'w, W>, Error> {
        let out = &mut *self.writer.out;
        out.write_str(if replace(&mut self.is_first, false) { "\"" } else { ",\"" })?;
        out.write_str(name)?;
        out.write_str("\":")?;
        Ok(self.writer)
    }

    #[inline]
    pub(super) fn close(self) -> Result<(), Error> {
        Ok(self.writer.out.write_str(self.closer)?)
    }
}

impl<'s, 'w, W: Write> Serializer for &'s mut Writer<'w, W> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'s, 'w, W>;
    type SerializeTuple = Open<'s, 'w, W>;
    type SerializeTupleStruct = Open<'s, 'w, W>;
    type SerializeTupleVariant = Open<'s, 'w, W>;
    type SerializeMap = Open<'s, 'w, W>;
    type SerializeStruct = Open<'s, 'w, W>;
    type SerializeStructVariant = Open<'s, 'w, W>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        Ok(self.out.write_str(if value { "true" } else { "false" })?)
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        if value < 0 {
            self.out.write_str("-")?;
        }
        self.serialize_u64(value.unsigned_abs())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        Ok(write_integer(self.out, value)?)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        Ok(write_float(self.out, value)?)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        Ok(write_string(self.out, value)?)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Ok(self.out.write_str("null")?)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut object = self.open("{", "}")?;
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'s, 'w, W>, Error> {
        self.open("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'s, 'w, W>, Error> {
        self.open("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'s, 'w, W>, Error> {
        self.open("[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'s, 'w, W>, Error> {
        self.open_variant(variant, "[", "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'s, 'w, W>, Error> {
        self.open("{", "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'s, 'w, W>, Error> {
        self.open("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'s, 'w, W>, Error> {
        self.open_variant(variant, "{", "}}")
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.out.write_str("\"")?;
        write!(Escaping(self.out), "{value}")?;
        Ok(self.out.write_str("\"")?)
    }
}

/// Escapes what is written.
struct Escaping<'w, W>(&'w mut W);

impl<W: Write> Write for Escaping<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write_escaped(self.0, text)
    }
}

/// Implements the traits of `serde` for what is written as an array, each with its function for an element.
macro_rules! arrays {
    ($($trait:ident::$element:ident),* $(,)?) => {
        $(impl<W: Write> $trait for Open<'_, '_, W> {
            type Ok = ();
            type Error = Error;

            fn $element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.element(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        })*
    };
}

arrays! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

/// The same for what is written as an object and has fields.
macro_rules! objects {
    ($($trait:ident),*) => {
        $(impl<W: Write> $trait for Open<'_, '_, W> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        })*
    };
}

objects!(SerializeStruct, SerializeStructVariant);

impl<W: Write> SerializeMap for Open<'_, '_, W> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.writer.out.write_str(":")?;
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[track_caller]
    fn check(value: &(impl Serialize + ?Sized)) {
        let mut out = String::new();
        value.serialize(&mut Writer::new(&mut out)).unwrap();
        assert_eq!(out, serde_json::to_string(value).unwrap());
    }

    #[derive(Serialize)]
    enum Shape {
        Nothing,
        One(u8),
        Pair(i8, char),
        Named { a: Option<bool>, b: () },
    }

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Pair(i64, u64);

    #[derive(Serialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Tagged {
        Nothing,
        Named { text: &'static str },
        Other(BTreeMap<&'static str, f64>),
    }

    #[derive(Serialize)]
    struct Outer {
        first: Vec<Shape>,
        #[serde(flatten)]
        tagged: Tagged,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u8>,
        last: (),
    }

    #[test]
    fn all_that_serde_knows_is_written_as_serde_json_writes_it() {
        check(&Vec::<u8>::new());
        check(&BTreeMap::<String, u8>::new());
        check(&(Unit, Pair(i64::MIN, u64::MAX), (), [1_i16, -2], [1_u16, 2], [1_i32, -2], [1_u32, 2]));
        check(&(1.5_f32, 0.25_f64, "\"a\n", 'b', '"', Some(true), None::<u8>));
        check(&BTreeMap::from([("a\"b", vec!["x"]), ("", Vec::new())]));
        for tagged in [Tagged::Nothing, Tagged::Named { text: "\\" }, Tagged::Other([("a", 1e20)].into())] {
            let first = vec![
                Shape::Nothing,
                Shape::One(1),
                Shape::Pair(-1, '\t'),
                Shape::Named { a: Some(false), b: () },
            ];
            check(&Outer { first, tagged, left_out: None, last: () });
        }
    }

    #[test]
    fn what_displays_itself_is_escaped_piece_by_piece() {
        struct Pieces;

        impl Serialize for Pieces {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&format_args!("a{}\"{:?}", '\n', "b"))
            }
        }

        check(&Pieces);
    }

    #[test]
    fn an_error_of_what_is_written_to_ends_it() {
        struct Full;

        impl Write for Full {
            fn write_str(&mut self, _: &str) -> fmt::Result {
                Err(fmt::Error)
            }
        }

        assert!([1].serialize(&mut Writer::new(&mut Full)).is_err());
    }
}
