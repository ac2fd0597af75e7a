//! Depth, editing and deserialising of values and maps.

use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};

use super::model::{MAX_DEPTH, Map, Value};

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

fn value(json: &str) -> Value<'static> {
    serde_json::from_str(json).unwrap()
}

#[test]
fn what_a_value_is() {
    let value = value(r#"{"a": [1, -2, 18446744073709551615, 0.5, "x", true, null]}"#);
    let list = value.as_map().and_then(|map| map.get("a")).and_then(Value::as_list).unwrap();
    assert_eq!(
        list.iter().map(Value::as_i64).collect::<Vec<_>>(),
        [Some(1), Some(-2), None, None, None, None, None]
    );
    assert_eq!(list.iter().filter_map(Value::as_u64).collect::<Vec<_>>(), [1, u64::MAX]);
    assert_eq!(
        list.iter().filter_map(Value::as_f64).collect::<Vec<_>>(),
        [1.0, -2.0, 18_446_744_073_709_551_616.0, 0.5]
    );
    assert_eq!(list.iter().filter_map(Value::as_str).collect::<Vec<_>>(), ["x"]);
    assert_eq!(list.iter().filter_map(Value::as_bool).collect::<Vec<_>>(), [true]);
    assert_eq!(
        list.iter().map(Value::is_null).collect::<Vec<_>>(),
        [false, false, false, false, false, false, true]
    );
    assert_eq!((value.as_list(), list[0].as_map()), (None, None));
}

#[test]
fn values_are_made_of_what_they_hold() {
    assert_eq!(Value::from(u64::MAX), Value::Unsigned(u64::MAX));
    assert_eq!(Value::from(3_u64), Value::Integer(3));
    assert_eq!(Value::from(vec!["a", "b"]), value(r#"["a", "b"]"#));
    assert_eq!(Value::from(None::<bool>), Value::Null);
    assert_eq!(Value::from(0.5), Value::Float(0.5));
    for (float, text) in [(f64::INFINITY, ".inf"), (f64::NEG_INFINITY, "-.inf"), (f64::NAN, ".nan")] {
        assert_eq!(Value::from(float), Value::from(text));
    }
}

#[test]
fn a_map_is_edited_in_order() {
    let mut map: Map<'_> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
    assert_eq!((map.len(), &map["a"]), (2, &Value::Integer(3)));
    assert_eq!(map.insert("c", "x"), None);
    assert_eq!(map.insert("b", true), Some(Value::Integer(2)));
    map.extend([("d", 4), ("a", 5)]);
    *map.get_mut("d").unwrap() = Value::Null;
    assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(map.values().rev().map(Value::is_null).collect::<Vec<_>>(), [true, false, false, false]);
    for (_, value) in &mut map {
        if value.is_null() {
            *value = "was null".into();
        }
    }
    assert_eq!(map.remove("a"), Some(Value::Integer(5)));
    assert_eq!(map.remove("a"), None);
    assert!(map.contains_key("d") && !map.contains_key("a"));
    map.retain(|key, _| key != "b");
    let entries: Vec<_> = (&map).into_iter().collect();
    assert_eq!(entries, [("c", &Value::from("x")), ("d", &Value::from("was null"))]);
    assert_eq!(map.iter().len(), 2);
    assert_eq!(map.into_iter().map(|(key, _)| key.into_owned()).collect::<Vec<_>>(), ["c", "d"]);
}

#[test]
#[should_panic = "no key `b` in the map"]
fn an_unknown_key_has_no_index() {
    let map: Map<'_> = [("a", 1)].into_iter().collect();
    let _ = &map["b"];
}

#[derive(Debug, PartialEq, serde::Deserialize)]
enum Shape<'a> {
    Unit,
    Newtype(u8),
    Tuple(i64, bool),
    Struct { name: &'a str, at: Option<(f64, f64)> },
}

/// Reads the value of `k`, borrowed and owned.
#[track_caller]
fn shape(value: &Value<'_>) -> Result<String, String> {
    let shown = |shape: Result<Shape<'_>, serde::de::value::Error>| match shape {
        Ok(shape) => Ok(format!("{shape:?}")),
        Err(error) => Err(error.to_string()),
    };
    let borrowed = shown(Shape::deserialize(value.into_deserializer()));
    // An owned text cannot be borrowed for longer than it is there.
    if !borrowed.as_ref().is_ok_and(|shape| shape.starts_with("Struct")) {
        assert_eq!(shown(Shape::deserialize(value.clone().into_deserializer())), borrowed);
    }
    borrowed
}

#[test]
fn a_type_is_read_from_a_value() {
    assert_eq!(shape(&value(r#""Unit""#)), Ok("Unit".to_owned()));
    assert_eq!(shape(&value(r#"{"Newtype": 7}"#)), Ok("Newtype(7)".to_owned()));
    assert_eq!(shape(&value(r#"{"Tuple": [7, true]}"#)), Ok("Tuple(7, true)".to_owned()));
    assert_eq!(
        shape(&value(r#"{"Struct": {"name": "a", "at": [1, 0.5]}}"#)),
        Ok("Struct { name: \"a\", at: Some((1.0, 0.5)) }".to_owned())
    );
    assert_eq!(
        shape(&value(r#"{"Struct": {"name": "a", "at": null}}"#)),
        Ok("Struct { name: \"a\", at: None }".to_owned())
    );
    for (json, message) in [
        ("1", "expected a text or a map, which names a variant"),
        (r#"{"Unit": null, "Newtype": 1}"#, "expected a map of one entry, which names a variant"),
        (r#"{"Newtype": 256}"#, "invalid value: integer `256`, expected u8"),
        (r#"{"Newtype": "x"}"#, "invalid type: string \"x\", expected u8"),
        (r#"{"Tuple": [7, true, 8]}"#, "a list has 1 items more than expected"),
        (r#"{"Struct": {"at": null}}"#, "missing field `name`"),
        (r#"{"Unit": 1}"#, "invalid type: integer `1`, expected unit"),
    ] {
        assert_eq!(shape(&value(json)), Err(message.to_owned()), "{json}");
    }
}

#[test]
fn a_value_reads_itself() {
    let value = value(r#"{"a": [1, -2, 18446744073709551615, 0.5, "x", true, null, {"b": {}}]}"#);
    assert_eq!(Value::deserialize((&value).into_deserializer()).as_ref(), Ok(&value));
    let map = value.as_map().unwrap();
    assert_eq!(Map::deserialize(map.into_deserializer()).as_ref(), Ok(map));
    assert_eq!(Map::deserialize(map.clone().into_deserializer()).as_ref(), Ok(map));
}

/// A value of text that is borrowed from its source can be read into a type that borrows, and outlive the
/// value.
#[test]
fn an_owned_value_hands_its_borrowed_text_on() {
    let source = String::from("tea");
    let text = <&str>::deserialize(Value::from(&*source).into_deserializer()).unwrap();
    assert_eq!(text, source);
}

#[test]
fn a_value_that_is_made_too_deep_is_an_error() {
    let nested = |depth| (0..depth).fold(Value::Null, |value, _| Value::List(vec![value]));
    let read = |value: &Value<'_>| serde::de::IgnoredAny::deserialize(value.into_deserializer());
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    let error = read(&nested(MAX_DEPTH + 1)).unwrap_err();
    assert_eq!(error.to_string(), "a value nests deeper than 20 lists and maps");
    let map: Map<'_> = [("a", nested(MAX_DEPTH))].into_iter().collect();
    assert!(Map::deserialize((&map).into_deserializer()).is_ok());
}
