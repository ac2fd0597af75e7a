use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::post::{
    Block, Cell, HeadingLevel, Item, List, MAX_CONTAINERS, Mark, MarkKind, Media, Post, Preformatted, Table,
};

const TOO_DEEP: &str = "blocks nest deeper than 20 lists, quotations and tables";

fn error<T: DeserializeOwned + std::fmt::Debug>(json: &Value) -> String {
    let message = serde_json::from_str::<T>(&json.to_string()).unwrap_err().to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// What is written again is the same JSON.
#[expect(clippy::needless_pass_by_value, reason = "the calls are easier to read")]
fn same<T: DeserializeOwned + serde::Serialize>(json: Value) {
    let read: T = serde_json::from_str(&json.to_string()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), json);
}

#[test]
fn each_type_is_read_from_what_is_written() {
    let text = json!({"type": "paragraph", "text": "Tea"});
    same::<Block<'_>>(text.clone());
    same::<Block<'_>>(json!({"type": "heading", "level": 2, "text": "Tea", "marks": [
        {"start": 0, "end": 3, "type": "link", "href": "/tea", "title": "Tea"},
        {"start": 1, "end": 2, "type": "strong"},
    ]}));
    same::<Block<'_>>(json!({"type": "figure", "caption": {"text": "Tea"}, "credit": "Ann", "media": [
        {"type": "image", "src": "a", "alt": "b", "title": "c", "width": 1, "height": 2, "link": "d", "sources": [
            {"url": "e", "descriptor": {"width": 3}, "media_type": "f", "media_query": "g"},
            {"url": "h", "descriptor": {"density": 1.5}},
        ]},
        {"type": "video", "src": "a", "poster": "b", "width": 1, "height": 2, "sources": [{"url": "c"}]},
        {"type": "audio", "src": "a", "sources": [{"url": "c"}]},
        {"type": "embed", "src": "a", "title": "b", "width": 1, "height": 2},
        {"type": "image", "src": ""}, {"type": "video"}, {"type": "audio"}, {"type": "embed", "src": ""},
    ]}));
    same::<Block<'_>>(
        json!({"type": "list", "kind": "ordered", "start": -3, "items": [{"blocks": [text]}, {"blocks": []}]}),
    );
    same::<Block<'_>>(json!({"type": "block_quote", "blocks": [text]}));
    same::<Block<'_>>(json!({"type": "table", "caption": {"text": "Tea"}, "rows": [
        [{"header": true, "colspan": 2, "rowspan": 0, "blocks": [text]}, {"header": false, "blocks": []}],
    ]}));
    same::<Block<'_>>(json!({"type": "preformatted", "text": "a", "language": "rust", "is_code": true}));
    same::<Block<'_>>(json!({"type": "thematic_break"}));

    same::<List<'_>>(json!({"kind": "description", "items": [{"blocks": [text]}]}));
    same::<Table<'_>>(json!({"rows": [[{"header": false, "blocks": [text]}]]}));
    same::<Cell<'_>>(json!({"header": false, "rowspan": 2, "blocks": [text]}));
    same::<Preformatted<'_>>(json!({"text": "a", "is_code": false}));
    for kind in [
        "strong",
        "emphasis",
        "code",
        "underline",
        "strikethrough",
        "subscript",
        "superscript",
        "highlight",
        "quotation",
        "small",
    ] {
        same::<MarkKind<'_>>(json!({"type": kind}));
        same::<Mark<'_>>(json!({"type": kind, "start": 1, "end": 2}));
    }
    same::<MarkKind<'_>>(json!({"type": "link", "href": "/tea"}));
}

#[test]
fn parts_that_later_versions_fill_are_read_and_written() {
    same::<Block<'_>>(json!({"type": "paragraph", "text": "Tea", "id": "a", "direction": "rtl"}));
    same::<Block<'_>>(json!({"type": "heading", "level": 6, "id": "a", "text": "Tea", "direction": "ltr"}));
    same::<Block<'_>>(json!({"type": "figure", "media": [], "id": "a"}));
    same::<Block<'_>>(json!({"type": "table", "id": "a", "rows": []}));
    same::<Block<'_>>(json!({"type": "list", "kind": "ordered", "numbering": "lower_roman", "items": [
        {"number": -2, "checked": false, "id": "a", "blocks": []},
    ]}));
    same::<Item<'_>>(json!({"checked": true, "blocks": [{"type": "thematic_break"}]}));
    for kind in [
        json!({"type": "ruby", "reading": "cha"}),
        json!({"type": "math", "display": true}),
        json!({"type": "anchor", "id": "a"}),
        json!({"type": "bidi", "direction": "rtl"}),
    ] {
        same::<MarkKind<'_>>(kind);
    }
    same::<Post<'_>>(json!({"meta": {}, "prelude": {"stamp_is_nan": true}, "blocks": []}));
    same::<Post<'_>>(
        json!({"meta": {}, "prelude": {"stamp": -5, "heading": {"text": "", "url": ""}}, "blocks": []}),
    );
    let both = json!({"meta": {}, "prelude": {"stamp": 1, "stamp_is_nan": true}, "blocks": []});
    assert_eq!(error::<Post<'_>>(&both), "`stamp` and `stamp_is_nan` exclude each other");
}

#[test]
fn the_level_of_a_heading_is_one_of_six_numbers() {
    for level in [0, 7] {
        let heading = json!({"type": "heading", "level": level, "text": "Tea"});
        let expected = format!("{level} is not the level of a heading, which is 1 to 6");
        assert_eq!(error::<Block<'_>>(&heading), expected);
    }
    assert_eq!(error::<HeadingLevel>(&json!("2")), "invalid type: string \"2\", expected u8");
}

#[test]
fn what_may_be_missing_may_be_missing() {
    let read = |json: Value| serde_json::from_value::<Block<'_>>(json).unwrap();
    assert!(matches!(read(json!({"type": "figure"})), Block::Figure(figure) if figure.media.is_empty()));
    assert!(matches!(read(json!({"type": "table"})), Block::Table(table) if table.rows.is_empty()));
    assert_eq!(serde_json::from_str::<Cell<'_>>("{}").unwrap(), Cell::default());
    let null = json!({"type": "list", "kind": "unordered", "start": null, "items": []});
    assert!(matches!(read(null), Block::List(list) if list.start.is_none()));
}

#[test]
fn what_must_be_there_is_named() {
    assert_eq!(error::<Block<'_>>(&json!({"text": "Tea"})), "missing field `type`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "paragraph"})), "missing field `text`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "heading", "text": "Tea"})), "missing field `level`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "heading", "level": 1})), "missing field `text`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "list", "items": []})), "missing field `kind`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "list", "kind": "ordered"})), "missing field `items`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "block_quote"})), "missing field `blocks`");
    assert_eq!(error::<Block<'_>>(&json!({"type": "preformatted", "text": ""})), "missing field `is_code`");
    assert_eq!(error::<List<'_>>(&json!({"type": "list", "items": []})), "missing field `kind`");
    assert_eq!(error::<Media<'_>>(&json!({"src": "a"})), "missing field `type`");
    assert_eq!(error::<Mark<'_>>(&json!({"type": "code", "end": 1})), "missing field `start`");
    assert_eq!(error::<Mark<'_>>(&json!({"type": "code", "start": 1})), "missing field `end`");
    assert_eq!(error::<Mark<'_>>(&json!({"start": 1, "end": 2})), "missing field `type`");
    assert_eq!(error::<MarkKind<'_>>(&json!({"type": "link"})), "missing field `href`");
}

#[test]
fn what_has_the_wrong_form_is_an_error() {
    let unknown = error::<Block<'_>>(&json!({"type": "cell", "blocks": []}));
    assert!(
        unknown.starts_with("unknown variant `cell`, expected one of `paragraph`, `heading`"),
        "{unknown}"
    );
    assert_eq!(error::<Block<'_>>(&json!([])), "invalid type: sequence, expected a block");
    assert_eq!(error::<Media<'_>>(&json!("image")), "invalid type: string \"image\", expected a medium");
    assert_eq!(error::<Mark<'_>>(&json!(1)), "invalid type: integer `1`, expected a mark");
    let null = json!({"type": "image", "src": null});
    assert_eq!(error::<Media<'_>>(&null), "invalid type: null, expected a string");
    let far = json!({"kind": "ordered", "start": 2_147_483_648_u32, "items": []});
    assert_eq!(error::<List<'_>>(&far), "invalid value: integer `2147483648`, expected i32");
    for (twice, key) in [
        (r#"{"type": "paragraph", "text": "", "text": ""}"#, "text"),
        (r#"{"type": "paragraph", "type": "paragraph", "text": ""}"#, "type"),
        (r#"{"type": "block_quote", "blocks": [], "blocks": []}"#, "blocks"),
    ] {
        let message = serde_json::from_str::<Block<'_>>(twice).unwrap_err().to_string();
        assert!(message.starts_with(&format!("duplicate field `{key}`")), "{message}");
    }
}

#[test]
fn keys_that_the_type_does_not_have_are_passed_over() {
    let read = |json: &str| serde_json::from_str::<Block<'_>>(json).unwrap();
    let plain = read(r#"{"type": "paragraph", "text": "Tea"}"#);
    assert_eq!(read(r#"{"new": [{}], "type": "paragraph", "rows": 1, "header": "x", "text": "Tea"}"#), plain);
    assert_eq!(read(r#"{"items": [], "blocks": [], "text": "Tea", "level": 1, "type": "paragraph"}"#), plain);
    let mark = r#"{"href": "x", "start": 1, "type": "code", "title": 5, "end": 2, "new": null}"#;
    assert_eq!(
        serde_json::from_str::<Mark<'_>>(mark).unwrap(),
        Mark { start: 1, end: 2, kind: MarkKind::Code }
    );
    let kind = r#"{"start": "x", "end": [], "type": "code"}"#;
    assert_eq!(serde_json::from_str::<MarkKind<'_>>(kind).unwrap(), MarkKind::Code);
    let audio = r#"{"poster": "x", "type": "audio", "width": "wide", "new": 1, "src": "a"}"#;
    let plain_audio = r#"{"type": "audio", "src": "a"}"#;
    assert_eq!(
        serde_json::from_str::<Media<'_>>(audio).unwrap(),
        serde_json::from_str::<Media<'_>>(plain_audio).unwrap()
    );
    // The types that are known without a `"type"` have no such key.
    let list = r#"{"type": 5, "kind": "ordered", "items": []}"#;
    assert!(serde_json::from_str::<List<'_>>(list).unwrap().items.is_empty());
}

#[test]
fn blocks_are_read_up_to_their_limit_of_levels() {
    let leaf = || json!({"type": "thematic_break"});
    let quote = |inner: Value| json!({"type": "block_quote", "blocks": [inner]});
    let list = |inner: Value| json!({"type": "list", "kind": "ordered", "items": [{"blocks": []}, {"blocks": [inner]}]});
    let table = |inner: Value| json!({"type": "table", "rows": [[], [{"header": false, "blocks": [inner]}]]});
    let kinds: [&dyn Fn(Value) -> Value; 3] = [&quote, &list, &table];
    for first in 0..3 {
        for step in 0..3 {
            let deep = |levels: usize| {
                (0..levels).fold(leaf(), |inner, level| kinds[(first + level * step) % 3](inner))
            };
            let (inside, deepest, deeper) =
                (deep(MAX_CONTAINERS - 1), deep(MAX_CONTAINERS), deep(MAX_CONTAINERS + 1));
            same::<Block<'_>>(deepest.clone());
            assert_eq!(error::<Block<'_>>(&deeper), TOO_DEEP);
            let untyped = |of_type: &str, inner: Value| match of_type {
                "list" => json!({"kind": "ordered", "items": [{"blocks": [inner]}]}),
                "table" => json!({"rows": [[{"header": false, "blocks": [inner]}]]}),
                "cell" => json!({"header": false, "blocks": [inner]}),
                _ => json!({"meta": {}, "blocks": [leaf(), inner]}),
            };
            same::<List<'_>>(untyped("list", inside.clone()));
            same::<Table<'_>>(untyped("table", inside));
            same::<Cell<'_>>(untyped("cell", deepest.clone()));
            same::<Post<'_>>(untyped("post", deepest.clone()));
            assert_eq!(error::<List<'_>>(&untyped("list", deepest.clone())), TOO_DEEP);
            assert_eq!(error::<Table<'_>>(&untyped("table", deepest)), TOO_DEEP);
            assert_eq!(error::<Cell<'_>>(&untyped("cell", deeper.clone())), TOO_DEEP);
            assert_eq!(error::<Post<'_>>(&untyped("post", deeper)), TOO_DEEP);
        }
    }
}

/// A format without limits: an object whose one key holds the same object, in as many lists as are asked for,
/// without end.
#[derive(Clone, Copy)]
struct Endless(&'static str);

impl<'de> Deserializer<'de> for Endless {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Endless {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        seed.deserialize(StrDeserializer::new(self.0)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        // Items and cells have another key than their list or table.
        seed.deserialize(Self(if matches!(self.0, "rows" | "items") { "blocks" } else { self.0 }))
    }
}

impl<'de> SeqAccess<'de> for Endless {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        seed.deserialize(*self).map(Some)
    }
}

#[test]
fn blocks_in_blocks_end_in_any_format() {
    for key in ["items", "blocks", "rows"] {
        assert_eq!(Block::deserialize(Endless(key)).unwrap_err().to_string(), TOO_DEEP);
    }
    assert_eq!(List::deserialize(Endless("items")).unwrap_err().to_string(), TOO_DEEP);
    assert_eq!(Table::deserialize(Endless("rows")).unwrap_err().to_string(), TOO_DEEP);
    assert_eq!(Cell::deserialize(Endless("blocks")).unwrap_err().to_string(), TOO_DEEP);
    assert_eq!(Post::deserialize(Endless("blocks")).unwrap_err().to_string(), TOO_DEEP);
}
