//! Recovery of what stands below a key, and of escapes.

use serde_json::json;

use super::recovery::{recover, recovered};
use super::*;

#[track_caller]
fn keeps_json(yaml: &str, expected: &serde_json::Value, said: &[&str]) {
    let source = fenced(&format!("{yaml}\nbroken: @"));
    let (meta, diagnostics) = recovered(&source);
    let mut json = serde_json::to_value(&meta).unwrap();
    json["extra"].as_object_mut().unwrap().remove("broken");
    if json["extra"] == json!({}) {
        json.as_object_mut().unwrap().remove("extra");
    }
    assert_eq!(&json, expected, "{yaml}");
    let said_of_values = &diagnostics[1..diagnostics.len() - 1];
    let matches = said_of_values.len() == said.len()
        && said_of_values.iter().zip(said).all(|(said, expected)| said.contains(expected));
    assert!(matches, "{said_of_values:#?}");
}

#[test]
fn keys_below_a_key_stay_apart() {
    keeps_json(
        "m:\n  a: @x\n  b:\n    c: [1]\n    d: 'it's'\n   e: 2\n  # f: 3\n  g:\n  - 1\n  - @y",
        &json!({"extra": {"m": {"a": "@x", "b": {"c": [1], "d": "it's", "e": 2}, "g": [1, "@y"]}}}),
        &["value of `a` is kept", "value of `d` is kept", "value of `g` is kept"],
    );
    keeps_json(
        "author:\n  name: 2024\n  email: @x",
        &json!({"authors": ["2024"], "extra": {"author": {"name": 2024, "email": "@x"}}}),
        &["value of `email` is kept"],
    );
    keeps_json("title:\n  a: @b\n  c: d", &json!({"title": "a: @b\nc: d"}), &["value of `title` is kept"]);
    keeps_json("m:\n  a: @b\n  no key", &json!({"extra": {"m": "a: @b\nno key"}}), &["value of `m` is kept"]);
    keeps_json(
        "m: # c\n  a: @b\n  [c: d]",
        &json!({"extra": {"m": {"a": "@b", "[c": "d]"}}}),
        &["`a`", "`[c`"],
    );
}

#[test]
fn lists_of_mappings_are_read_item_by_item() {
    keeps_json(
        "l:\n  - a: 1\n    b: 2\n  - @x\n    y\n  -\n  - c: @d\n  - - 5\n    - no",
        &json!({"extra": {"l": [{"a": 1, "b": 2}, "@x y", null, "c: @d", [5, "no"]]}}),
        &["value of `l` is kept"],
    );
    keeps_json(
        "tags:\n- no\n- 012\n- @x",
        &json!({"tags": ["no", "012", "@x"]}),
        &["value of `tags` is kept"],
    );
}

#[test]
fn a_key_that_is_indented_like_the_list_above_is_a_key() {
    keeps_json(
        "a: 1\ncategories:\n    - apps\n    iframe: \"x\"\n    video:\n        url: \"u\"\n    z: @\nb: 2",
        &json!({
            "categories": ["apps"],
            "extra": {"a": 1, "iframe": "x", "video": {"url": "u"}, "z": "@", "b": 2},
        }),
        &[
            "`iframe` is indented like the list above: read as a key of its own at line 5, column 5",
            "`video` is indented like the list above: read as a key of its own at line 6, column 5",
            "`z` is indented like the list above: read as a key of its own at line 8, column 5",
            "the value of `z` is kept as it stands",
        ],
    );
    keeps_json(
        "title: T\ntags:\n  - a\n  - @b\n  c\n  title: U\n   V\n  lang: zh",
        &json!({
            "title": "T", "tags": ["a", "@b c"], "lang": "zh",
            "extra": {"unread_lines": ["title: U\n   V"]},
        }),
        &[
            "the value of `tags` is kept as it stands",
            "`title` is indented like the list above, and is a key besides: kept under `unread_lines` at line 7",
            "`lang` is indented like the list above: read as a key of its own",
        ],
    );
    keeps_json(
        "m:\n  l:\n  - a\n  n: 1\n  k:\n    - b\n    n: 2\n    o: 3",
        &json!({"extra": {"m": {"l": ["a"], "n": 1, "k": ["b"], "o": 3}, "unread_lines": ["n: 2"]}}),
        &["`n` is indented like", "`o` is indented like"],
    );
}

/// Each level is read again by itself, so that there must be an end of levels; and JSON must read the values.
#[test]
fn broken_values_nest_no_deeper_than_others() {
    let lines: Vec<String> = (1..100).map(|depth| format!("{}k{depth}:", " ".repeat(depth))).collect();
    let source = fenced(&format!("m:\n b: @\n{} @x\nn: 1", lines.join("\n")));
    let (meta, _) = recovered(&source);
    let json = serde_json::to_string(&meta).unwrap();
    assert!(json.contains(r#""k19":{"k20":"k21:"#), "{json}");
    assert_eq!(serde_json::from_str::<Meta<'_>>(&json).unwrap(), meta);
    assert!(json.contains("k99: @x"), "{json}");
}

/// Ruby 1.8 wrote the bytes of UTF-8 as if they were characters.
#[test]
fn escaped_bytes_are_characters() {
    let yaml = "title: \"teor\\xC3\\xADa\"\ntags: [\"\\xE2\\x80\\x99\", '\\xC3\\xAD']\nx: \"caf\\xe9\"";
    let source = fenced(yaml);
    let (meta, diagnostics, engine) = recover(&source);
    assert_eq!((meta.title.as_deref(), engine), (Some("teor\u{ed}a"), Some(MetadataEngine::Yaml)));
    assert_eq!(meta.tags, ["’", "\\xC3\\xAD"]);
    assert_eq!(extra(&meta, "x"), &Value::String("café".into()));
    assert_eq!(
        diagnostics,
        [
            "RecoveredMetadata: the escapes `\\xC3\\xAD` are bytes of UTF-8: read as `\u{ed}` at line 2, column 13",
            "RecoveredMetadata: the escapes `\\xE2\\x80\\x99` are bytes of UTF-8: read as `’` at line 3, column 9",
        ]
    );
    // What is valid is not changed without `recover`.
    assert_eq!(super::meta(&source).title.as_deref(), Some("teor\u{c3}\u{ad}a"));

    let source = fenced("title: \"\\xC3\\xB3\"\nfrom: @u\nl:\n- \"\\xC3\\xA1\"");
    let (meta, diagnostics) = recovered(&source);
    assert_eq!((meta.title.as_deref(), meta.from.as_deref()), (Some("ó"), Some("@u")));
    assert_eq!(extra(&meta, "l"), &Value::List(vec![Value::String("á".into())]));
    assert!(diagnostics[1].ends_with("read as `ó` at line 2, column 9"), "{diagnostics:?}");
    assert!(diagnostics[3].ends_with("read as `á` at line 5, column 4"), "{diagnostics:?}");
}

/// Scripts write texts into YAML as JSON has them.
#[test]
fn escaped_units_of_utf16_are_characters() {
    let source = fenced("title: \"Tea \\ud83c\\udf75\"\ntags: [\"\\ud83d\\ude00\", b]\nx: \"\\ud83d\"");
    let (meta, diagnostics) = recovered(&source);
    assert_eq!(meta.title.as_deref(), Some("Tea 🍵"));
    assert_eq!(meta.tags, ["😀", "b"]);
    assert_eq!(extra(&meta, "x"), &Value::String("\\ud83d".into()));
    let expected = "RecoveredMetadata: the escapes `\\ud83c\\udf75` are units of UTF-16: read as `🍵` at line 2, column 13";
    assert!(diagnostics.iter().any(|diagnostic| diagnostic == expected), "{diagnostics:?}");

    let source = fenced("title: \"Tea \\ud83c\\udf75\"");
    let (meta, diagnostics, _) = recover(&source);
    assert_eq!((meta.title.as_deref(), diagnostics.len()), (Some("Tea 🍵"), 1), "{diagnostics:?}");
}

#[test]
fn a_comment_beside_a_key_cuts_nothing() {
    let (meta, diagnostics, _) = recover("---\ntags: # mine\n- a\nauthor: #\n  b\n---\n");
    assert_eq!((meta.tags.len(), meta.authors.len(), diagnostics.len()), (1, 1, 0), "{diagnostics:?}");
}
