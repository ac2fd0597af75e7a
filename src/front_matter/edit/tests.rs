//! Edits of YAML, by their exact results.

use super::*;
use crate::post::Map;

#[track_caller]
fn split(source: &str) -> FrontMatter<'_> {
    FrontMatter::split(source).unwrap()
}

/// A file with this text between its fences.
fn file(text: &str) -> String {
    format!("---\n{text}---\n<p>Tea\n---\n")
}

#[track_caller]
fn sets<'v>(text: &str, key: &str, value: impl Into<Value<'v>>, expected: &str) {
    let source = file(text);
    let edited =
        split(&source).with_value(key, &value.into()).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(edited, file(expected), "{text:?}");
}

#[track_caller]
fn removes(text: &str, key: &str, expected: &str) {
    let source = file(text);
    assert_eq!(split(&source).without(key).unwrap(), file(expected), "{text:?}");
}

#[track_caller]
fn cannot_set<'v>(text: &str, key: &str, value: impl Into<Value<'v>>, message: &str) {
    let source = file(text);
    let error = split(&source).with_value(key, &value.into()).unwrap_err();
    assert_eq!(error.to_string(), message, "{text:?}");
}

#[track_caller]
fn cannot_remove(text: &str, key: &str, message: &str) {
    let source = file(text);
    assert_eq!(split(&source).without(key).unwrap_err().to_string(), message, "{text:?}");
}

#[track_caller]
fn value_is(text: &str, key: &str, expected: Option<&str>) {
    let source = file(text);
    assert_eq!(split(&source).value_range(key).map(|range| &source[range]), expected, "{text:?}");
}

fn map<'v>(entries: impl IntoIterator<Item = (&'v str, Value<'v>)>) -> Value<'v> {
    let mut map = Map::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map.into()
}

#[test]
fn the_ranges_of_values() {
    for (text, expected) in [
        ("a: b\nk: c # d\n", Some("c")),
        ("k:   'b # c'   # d\n", Some("'b # c'")),
        ("k: \"b\n\n  c\"\nd: e\n", Some("\"b\n\n  c\"")),
        ("k: b\n  c\n\nd: e\n", Some("b\n  c")),
        ("k: |+ # b\n  c\n\n\nd: e\n", Some("|+ # b\n  c")),
        ("k: >\n  b: c\nd: e\n", Some(">\n  b: c")),
        ("k:\n- b\n- c # d\n# e\nf: g\n", Some("- b\n- c")),
        ("k: # b\n  # c\n  d:\n    e: f\n\n", Some("d:\n    e: f")),
        ("k: [b,\n  c] # d\n", Some("[b,\n  c]")),
        ("k: &b !c d\ne: *b\n", Some("&b !c d")),
        ("k: *b\n", None),
        ("k:\n", Some("")),
        ("k: # b\nc: d\n", Some("")),
        ("k: ''\n", Some("''")),
        ("k: b\nk: c\n", Some("c")),
        ("\"k\" : b\n", Some("b")),
        ("'k': b\n", Some("b")),
        ("\"\\x6b\": b\n", Some("b")),
        ("!!str k: b\n", Some("b")),
        ("? k\n: b\n", Some("b")),
        ("{a: b, k: [c, d], e: f}\n", Some("[c, d]")),
        ("  a: b\n  k: c\n", Some("c")),
        ("a:\n  k: b\n", None),
        ("a: |\n  k: b\n", None),
        ("# k: b\n", None),
        ("", None),
        ("k: 'b\n", None),
        ("- k: b\n", None),
    ] {
        value_is(text, "k", expected);
    }
    let source = "\u{feff}---\r\na: b\r\nk:  c\r\nd:\r\n---\r\n";
    assert_eq!(split(source).value_range("k").map(|range| &source[range]), Some("c"));
    assert_eq!(split(source).value_range("d"), Some(23..23));
    assert_eq!(split("k: b\n").value_range("k"), None);
}

#[test]
fn scalars() {
    sets("a: b\nk: c # d\ne: f\n", "k", "g", "a: b\nk: g # d\ne: f\n");
    sets("k:\n", "k", "b", "k: b\n");
    sets("k:   # b\n", "k", "c", "k: c   # b\n");
    sets("k: b\n", "k", 3, "k: 3\n");
    sets("k: b\n", "k", true, "k: true\n");
    sets("k: b\n", "k", Value::Null, "k: null\n");
    sets("k: 1\n", "k", 1.5, "k: 1.5\n");
    sets("k: 1\n", "k", 1e300, "k: 1.0e+300\n");
    sets("k: 1\n", "k", 3.0, "k: 3.0\n");
    sets("k: 1\n", "k", -0.0, "k: -0.0\n");
    sets("k: 1\n", "k", u64::MAX, "k: 18446744073709551615\n");
    sets("k: 1\n", "k", i64::MIN, "k: -9223372036854775808\n");
    sets("k: 'b'\n", "k", "c", "k: 'c'\n");
    sets("k: 'b'\n", "k", "it's", "k: 'it''s'\n");
    sets("k: 'b'\n", "k", "c\td\u{7}", "k: \"c\\td\\x07\"\n");
    sets("k: \"b\"\n", "k", "say \"c\" \\", "k: \"say \\\"c\\\" \\\\\"\n");
    sets("k: b\n  c\nd: e\n", "k", "f", "k: f\nd: e\n");
    sets("k: \"b\n  c\" # d\n", "k", "f", "k: \"f\" # d\n");
    sets("k: &a !b c\n", "k", "d", "k: d\n");
    sets("a: &a c\nk: *a\n", "k", "d", "a: &a c\nk: d\n");
    sets("k: 茶\n", "k", "城寨 🍵", "k: 城寨 🍵\n");
    // What is equal stays as it is written.
    sets("k: 0x10\n", "k", 16, "k: 0x10\n");
    sets("k: !x 'a'\n", "k", "a", "k: !x 'a'\n");
    sets("title: 2024\n", "title", "2024", "title: \"2024\"\n");
    sets("title: 2024\n", "title", 2024, "title: 2024\n");
}

#[test]
fn texts_that_need_quotes() {
    for text in [
        "yes",
        "No",
        "null",
        "~",
        "true",
        "12",
        "0x1f",
        "1e3",
        "1_000",
        "12:30",
        "-",
        "- a",
        "[a",
        "{a",
        "# a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "a: b",
        "a:",
        "a #b",
        " a",
        "a ",
        "...",
        "=",
        "<<",
        ".inf",
        "?",
        "",
        "a\tb",
        "\u{feff}a",
    ] {
        let source = file("k: b\n");
        let edited = split(&source).with_value("k", &text.into()).unwrap();
        let line = edited.lines().nth(1).unwrap();
        assert!(line.starts_with("k: \""), "{line}");
    }
    for text in
        ["a", "a:b", "a#b", "2024-01-02", "2024-01-02 03:04:05 +0800", "https://a.example/?b#c", "a, [b]"]
    {
        sets("k: b\n", "k", text, &format!("k: {text}\n"));
    }
    sets("k: b\n", "k", "\"a\"", "k: '\"a\"'\n");
    sets("k: [b]\n", "k", vec!["c", "d, e", "a:b", "f"], "k: [c, \"d, e\", \"a:b\", f]\n");
}

#[test]
fn texts_of_several_lines() {
    sets("k: b\nc: d\n", "k", "e\n\n f\n", "k: |\n  e\n\n   f\nc: d\n");
    sets("k: b\nc: d\n", "k", "e\nf", "k: |-\n  e\n  f\nc: d\n");
    sets("k: b # c\n", "k", "e\nf", "k: \"e\\nf\" # c\n");
    sets("k: 'b'\n", "k", "e\nf", "k: \"e\\nf\"\n");
    sets("k: b\n", "k", " e\nf", "k: \" e\\nf\"\n");
    sets("k: b\n", "k", "e\nf\n\n", "k: \"e\\nf\\n\\n\"\n");
    sets("k: b\n", "k", "e\r\nf", "k: \"e\\r\\nf\"\n");
    sets("k: b\n", "k", "\n", "k: \"\\n\"\n");
    sets("k: |\n  b\n\nc: d\n", "k", "e\nf\n", "k: |\n  e\n  f\n\nc: d\n");
    sets("k: |+\n  b\n\nc: d\n", "k", "e", "k: |-\n  e\n\nc: d\n");
    sets("k: >\n  b\n  c\nc: d\n", "k", "e f", "k: >-\n  e f\nc: d\n");
    sets("k: >\n  b\n  c\nc: d\n", "k", "e\nf", "k: |-\n  e\n  f\nc: d\n");
    sets("k: |\n  b\nc: d\n", "k", 3, "k: 3\nc: d\n");
    sets("  k: b\n", "k", "---\n---", "  k: |-\n    ---\n    ---\n");
}

#[test]
fn lists_and_maps() {
    sets("k: [b, c]\n", "k", vec!["d"], "k: [d]\n");
    sets("k: [ 'b', c ] # d\n", "k", vec!["e", "f"], "k: [ 'e', 'f' ] # d\n");
    sets("k: [b,\n  c]\n", "k", vec!["d"], "k: [d]\n");
    sets("k: b\n", "k", vec!["d", "e"], "k: [d, e]\n");
    sets("k: b\n", "k", Vec::<&str>::new(), "k: []\n");
    sets("k:\n- b\n- c\nd: e\n", "k", vec!["f", "g: h"], "k:\n- f\n- \"g: h\"\nd: e\n");
    sets("k:\n  - b # c\n  - c # d\nd: e\n", "k", vec!["f", "g"], "k:\n  - f\n  - g # d\nd: e\n");
    sets("k:\n  - \"b\"\nd: e\n", "k", vec!["f", "g"], "k:\n  - \"f\"\n  - \"g\"\nd: e\n");
    sets("k: # b\n  - c\nd: e\n", "k", "f", "k: f # b\nd: e\n");
    sets("k:\n- c\nd: e\n", "k", "f", "k: f\nd: e\n");
    sets("k:\n\n  # b\n  - c\nd: e\n", "k", "f", "k: f\n\n  # b\nd: e\n");
    sets("k:\n- c\nd: e\n", "k", Vec::<&str>::new(), "k: []\nd: e\n");
    sets("k:\n  b: c\nd: e\n", "k", vec!["f"], "k:\n  - f\nd: e\n");
    sets("k:\n  b\nd: e\n", "k", "f", "k: f\nd: e\n");
    sets("k:\n", "k", vec!["f"], "k: [f]\n");
    sets("k:\na:\n- b\n", "k", vec!["f", "g"], "k:\n- f\n- g\na:\n- b\n");
    sets("k: # c\na:\n- b\n", "k", vec!["f", "g"], "k: # c\n- f\n- g\na:\n- b\n");
    sets("a:\n    - b\n", "k", vec!["f", "g"], "a:\n    - b\nk:\n    - f\n    - g\n");
    let value = map([("c", 1.into()), ("d e", vec!["f", "g"].into()), ("h", map([("i", Value::Null)]))]);
    sets("k: b\n", "k", value.clone(), "k: {c: 1, d e: [f, g], h: {i: null}}\n");
    sets("k:\n  b: c\n", "k", value.clone(), "k:\n  c: 1\n  d e:\n    - f\n    - g\n  h:\n    i: null\n");
    sets("k:\n- b\n", "k", value.clone(), "k:\n  c: 1\n  d e:\n    - f\n    - g\n  h:\n    i: null\n");
    let list = Value::List(vec![value, "x".into(), vec![vec!["y"]].into()]);
    sets(
        "k:\n- b\nl: m\n",
        "k",
        list,
        "k:\n- c: 1\n  d e:\n    - f\n    - g\n  h:\n    i: null\n- x\n- [[\"y\"]]\nl: m\n",
    );
}

#[test]
fn keys_that_are_new() {
    sets("", "k", "b", "k: b\n");
    sets("# a\n", "k", "b", "# a\nk: b\n");
    sets("a: b\n# c\n\n", "k", "d", "a: b\n# c\n\nk: d\n");
    sets("  a: b\n", "k", "d", "  a: b\n  k: d\n");
    sets("a: |+\n  b\n\n", "k", "d", "a: |+\n  b\n\nk: d\n");
    sets("a: b\n", "true", "d", "a: b\n\"true\": d\n");
    sets("a: b\n", "c: d", "d", "a: b\n\"c: d\": d\n");
    sets("a: b\n", "", "d", "a: b\n\"\": d\n");
    sets("a: b\n", "c\nd", "d", "a: b\n\"c\\nd\": d\n");
    sets("a: b\n", "k", "c\nd\n", "a: b\nk: |\n  c\n  d\n");
    sets("d: &d {k: a, b: c}\n<<: *d\n", "k", "e", "d: &d {k: a, b: c}\n<<: *d\nk: e\n");
    sets("k: a\nk: b\n", "k", "c", "k: a\nk: c\n");
    for (source, expected) in [
        ("", "---\nk: b\n---\n"),
        ("<p>Tea\r\n", "---\r\nk: b\r\n---\r\n<p>Tea\r\n"),
        ("\u{feff}<p>", "\u{feff}---\nk: b\n---\n<p>"),
        ("---\n", "---\nk: b\n---\n---\n"),
        ("---\n---", "---\nk: b\n---"),
        ("---\r\n---\r\n", "---\r\nk: b\r\n---\r\n"),
        ("---\r\na: b\r\n---\r\n", "---\r\na: b\r\nk: b\r\n---\r\n"),
    ] {
        assert_eq!(split(source).with_value("k", &"b".into()).unwrap(), expected, "{source:?}");
    }
    let source = "---\r\nk: b\r\n---\r\n";
    let edited = split(source).with_value("k", &"c\nd".into()).unwrap();
    assert_eq!(edited, "---\r\nk: |-\r\n  c\r\n  d\r\n---\r\n");
}

#[test]
fn keys_that_go() {
    removes("a: b\nk: c # d\ne: f\n", "k", "a: b\ne: f\n");
    removes("k: c\n", "k", "");
    removes("a: b\n# c\nk:\n- d\n- e # f\n# g\nh: i\n", "k", "a: b\n# c\n# g\nh: i\n");
    removes("k: |\n  a\n\n  b\n\nc: d\n", "k", "\nc: d\n");
    removes("k: \"a\n  b\"\nc: d\n", "k", "c: d\n");
    removes("k: a\nb: c\nk: d\n", "k", "b: c\n");
    removes("'k': a\nb: c\n", "k", "b: c\n");
    removes("a: b\n", "k", "a: b\n");
    removes("<<: {}\na: b\n", "<<", "a: b\n");
    removes("k:\na: b\n", "k", "a: b\n");
    assert_eq!(split("<p>").without("k").unwrap(), "<p>");
    // What is left is empty to every reader.
    removes("\u{feff} \nk: b\n", "k", "\u{feff} \n");
    let left = file("\u{feff} \n");
    assert!(split(&left).deserialize::<Map<'_>>().unwrap().is_empty());
}

#[test]
fn what_cannot_be_edited() {
    let anchor = "it holds an anchor (`&`) that another value refers to";
    cannot_set(
        "k: &a b\nc: *a\n",
        "k",
        "d",
        &format!("cannot edit `k` of the front matter: {anchor} at line 2, column 4"),
    );
    cannot_remove(
        "k: &a b\nc: *a\n",
        "k",
        &format!("cannot edit `k` of the front matter: {anchor} at line 2, column 4"),
    );
    let braces =
        "cannot edit `k` of the front matter: the keys are in braces, as in `{title: Tea}` at line 2";
    cannot_set("{a: b, k: c}\n", "k", "d", &format!("{braces}, column 11"));
    cannot_set("{a: b}\n", "k", "d", &format!("{braces}, column 1"));
    cannot_remove("{a: b, k: c}\n", "k", &format!("{braces}, column 11"));
    cannot_remove(
        "a: &a {k: b}\n<<: *a\n",
        "k",
        "cannot edit `k` of the front matter: a merge key (`<<`) brings it in at line 2, column 1",
    );
    cannot_remove(
        "? k\n: b\n",
        "k",
        "cannot edit `k` of the front matter: a question mark is before it at line 3, column 3",
    );
    cannot_set(
        "k: b\n",
        "k",
        Value::Float(f64::NAN),
        "cannot edit `k` of the front matter: the value is not a finite number at line 2, column 4",
    );
    let deep = (0..30).fold(Value::Null, |value, _| Value::List(vec![value]));
    cannot_set(
        "k: b\n",
        "k",
        deep,
        "cannot edit `k` of the front matter: the value nests deeper than 20 lists and maps at line 2, column 4",
    );
    cannot_set(
        "a: &a {k: b}\n<<: *a\n",
        "<<",
        "x",
        "cannot edit `<<` of the front matter: the change would change more than this key at line 3, column 5",
    );
    cannot_remove(
        "a: &a {k: b}\n<<: *a\n",
        "<<",
        "cannot edit `<<` of the front matter: the change would change more than this key at line 3, column 5",
    );
    cannot_remove(
        "a: &a {k: b}\n? c\n<<: *a\n",
        "<<",
        "cannot edit `<<` of the front matter: the positions of the keys are not known at line 2, column 1",
    );
    removes("a: <<\n", "<<", "a: <<\n");
    let source = file("k: 'b\n");
    assert_eq!(
        split(&source).without("k").unwrap_err(),
        split(&source).with_value("k", &Value::Null).unwrap_err()
    );
}
