//! Edits of TOML and JSON, by their exact results.

use super::*;
use crate::post::Map;

/// A file with TOML.
fn in_plus_fences(text: &str) -> String {
    format!("+++\n{text}+++\n<p>Tea\n+++\n")
}

/// A file with JSON.
fn json(text: &str) -> String {
    format!("{text}\n<p>Tea\n")
}

#[track_caller]
fn sets<'v>(source: &str, key: &str, value: impl Into<Value<'v>>, expected: &str) {
    let front_matter = FrontMatter::split(source).unwrap();
    let edited =
        front_matter.with_value(key, &value.into()).unwrap_or_else(|error| panic!("{source}: {error}"));
    assert_eq!(edited, expected, "{source:?}");
}

#[track_caller]
fn removes(source: &str, key: &str, expected: &str) {
    assert_eq!(FrontMatter::split(source).unwrap().without(key).unwrap(), expected, "{source:?}");
}

#[track_caller]
fn cannot<'v>(source: &str, key: &str, value: impl Into<Value<'v>>, message: &str) {
    let front_matter = FrontMatter::split(source).unwrap();
    let message = format!("cannot edit `{key}` of the front matter: {message}");
    assert_eq!(front_matter.with_value(key, &value.into()).unwrap_err().to_string(), message, "{source:?}");
}

#[track_caller]
fn cannot_remove(source: &str, key: &str, message: &str) {
    let message = format!("cannot edit `{key}` of the front matter: {message}");
    let error = FrontMatter::split(source).unwrap().without(key).unwrap_err();
    assert_eq!(error.to_string(), message, "{source:?}");
}

#[track_caller]
fn value_is(source: &str, key: &str, expected: Option<&str>) {
    let range = FrontMatter::split(source).unwrap().value_range(key);
    assert_eq!(range.map(|range| &source[range]), expected, "{source:?}");
}

fn map<'v>(entries: impl IntoIterator<Item = (&'v str, Value<'v>)>) -> Value<'v> {
    let mut map = Map::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map.into()
}

const TOML: &str = "\
title = 'Tea' # green
date = 2024-01-02
tags = [
    \"hot\", # very
    \"drink\",
]
geo = { lat = 1.5 }
a.b = 1
\"the key\" = \"\"\"
[x]
\"\"\"

# Menus
[menu]
name = \"x\"
[[pages]]
n = 1
";

#[test]
fn the_ranges_of_values_in_toml() {
    let source = in_plus_fences(TOML);
    for (key, expected) in [
        ("title", Some("'Tea'")),
        ("date", Some("2024-01-02")),
        ("tags", Some("[\n    \"hot\", # very\n    \"drink\",\n]")),
        ("geo", Some("{ lat = 1.5 }")),
        ("the key", Some("\"\"\"\n[x]\n\"\"\"")),
        ("a", None),
        ("menu", None),
        ("pages", None),
        ("name", None),
        ("x", None),
    ] {
        value_is(&source, key, expected);
    }
}

#[test]
fn values_in_toml() {
    let edit = |old: &str, new: &str| in_plus_fences(&TOML.replace(old, new));
    let source = in_plus_fences(TOML);
    sets(&source, "title", "Rain", &edit("'Tea'", "'Rain'"));
    sets(&source, "title", "it's", &edit("'Tea'", "\"it's\""));
    sets(&source, "title", "a \"b\" \\\u{7f}\n", &edit("'Tea'", "\"a \\\"b\\\" \\\\\\u007F\\n\""));
    sets(&source, "title", 3, &edit("'Tea'", "3"));
    sets(&source, "title", 1e300, &edit("'Tea'", "1e300"));
    sets(&source, "title", vec!["a", "b"], &edit("'Tea'", "['a', 'b']"));
    sets(&source, "date", "2025-02-03", &edit("2024-01-02", "2025-02-03"));
    sets(&source, "date", "2025-02-03T04:05:06Z", &edit("2024-01-02", "2025-02-03T04:05:06Z"));
    sets(&source, "date", "2025-02-33", &edit("2024-01-02", "\"2025-02-33\""));
    sets(&source, "date", "2024-01-02", &source);
    sets(&source, "tags", vec!["cold"], &edit("    \"hot\", # very\n    \"drink\",\n", "    \"cold\",\n"));
    sets(&source, "tags", Vec::<&str>::new(), &edit("[\n    \"hot\", # very\n    \"drink\",\n]", "[]"));
    let value = map([("b c", 1.into()), ("d", map([("e", vec![true].into())]))]);
    sets(&source, "geo", value, &edit("{ lat = 1.5 }", "{ \"b c\" = 1, d = { e = [true] } }"));
    sets(&source, "the key", "one\ntwo\n", &edit("[x]\n", "one\ntwo\n"));
    sets(&source, "the key", "one", &edit("\"\"\"\n[x]\n\"\"\"", "\"one\""));
    sets(&source, "new", "x", &edit("\n\n# Menus", "\nnew = \"x\"\n\n# Menus"));
    sets(&source, "new key", "x", &edit("\n\n# Menus", "\n\"new key\" = \"x\"\n\n# Menus"));
    sets(&in_plus_fences(""), "k", 1, &in_plus_fences("k = 1\n"));
    sets(&in_plus_fences("a = 1\n# end\n"), "k", 1, &in_plus_fences("a = 1\n# end\nk = 1\n"));
    sets(&in_plus_fences("[a]\nb = 1\n"), "k", 1, &in_plus_fences("k = 1\n[a]\nb = 1\n"));
    sets("+++\r\na = 1\r\n+++\r\n", "k", 1, "+++\r\na = 1\r\nk = 1\r\n+++\r\n");
}

#[test]
fn keys_that_go_from_toml() {
    let source = in_plus_fences(TOML);
    removes(&source, "title", &in_plus_fences(&TOML.replace("title = 'Tea' # green\n", "")));
    let tags = "tags = [\n    \"hot\", # very\n    \"drink\",\n]\n";
    removes(&source, "tags", &in_plus_fences(&TOML.replace(tags, "")));
    removes(&source, "none", &source);
}

#[test]
fn what_cannot_be_edited_in_toml() {
    let source = in_plus_fences(TOML);
    let table = "it is a table that headers or keys with dots make at line 2, column 1";
    for key in ["a", "menu", "pages"] {
        cannot(&source, key, "x", table);
        cannot_remove(&source, key, table);
    }
    cannot(&source, "title", Value::Null, "TOML has no null at line 2, column 9");
    cannot(&source, "title", u64::MAX, "TOML has no integer that is so great at line 2, column 9");
}

const JSON: &str = r#"{
  "title" : "Tea",
  "tags": [
    "hot",
    "drink"
  ],
  "geo": { "lat": 1.5 },
  "n": 1, "n": 2
}"#;

#[test]
fn values_in_json() {
    let source = json(JSON);
    let edit = |old: &str, new: &str| json(&JSON.replace(old, new));
    for (key, expected) in [
        ("title", Some("\"Tea\"")),
        ("tags", Some("[\n    \"hot\",\n    \"drink\"\n  ]")),
        ("n", Some("2")),
        ("lat", None),
    ] {
        value_is(&source, key, expected);
    }
    sets(&source, "title", "a \"b\" \\\n\u{1}茶", &edit("\"Tea\"", r#""a \"b\" \\\n\u0001茶""#));
    sets(&source, "title", Value::Null, &edit("\"Tea\"", "null"));
    sets(&source, "title", u64::MAX, &edit("\"Tea\"", "18446744073709551615"));
    sets(&source, "title", -0.5, &edit("\"Tea\"", "-0.5"));
    sets(&source, "tags", vec!["a"], &edit("    \"hot\",\n    \"drink\"\n", "    \"a\"\n"));
    sets(&source, "tags", "a", &edit("[\n    \"hot\",\n    \"drink\"\n  ]", "\"a\""));
    let value = map([("b", vec![1, 2].into()), ("c", Vec::<&str>::new().into())]);
    sets(&source, "geo", value, &edit("{ \"lat\": 1.5 }", "{ \"b\" : [ 1, 2 ], \"c\" : [] }"));
    sets(&source, "n", 3, &edit("\"n\": 2", "\"n\": 3"));
    sets(&source, "k", "x", &edit("\"n\": 2", "\"n\": 2,\n  \"k\" : \"x\""));
    sets(&json("{\"a\":1}"), "k", 2, &json("{\"a\":1, \"k\":2}"));
    sets(&json("{ \"a\": 1 }"), "k", 2, &json("{ \"a\": 1, \"k\": 2 }"));
    sets(&json("{}"), "k", 2, &json("{\"k\": 2}"));
    sets(&json("{\n}"), "k", 2, &json("{\n  \"k\": 2\n}"));
    sets("{\r\n\t\"a\": 1\r\n}\r\n", "k", 2, "{\r\n\t\"a\": 1,\r\n\t\"k\": 2\r\n}\r\n");
}

#[test]
fn keys_that_go_from_json() {
    let source = json(JSON);
    let edit = |old: &str, new: &str| json(&JSON.replace(old, new));
    removes(&source, "title", &edit("\"title\" : \"Tea\",\n  ", ""));
    removes(&source, "n", &edit(",\n  \"n\": 1, \"n\": 2", ""));
    removes(&source, "geo", &edit("\"geo\": { \"lat\": 1.5 },\n  ", ""));
    removes(&source, "none", &source);
    removes(&json("{\"n\": 1, \"a\": 2, \"n\": 3}"), "n", &json("{\"a\": 2}"));
    removes(&json("{\n  \"n\": 1\n}"), "n", &json("{\n}"));
    removes(&json("{\"n\": 1}"), "n", &json("{}"));
}
