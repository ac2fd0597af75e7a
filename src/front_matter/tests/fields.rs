//! The fields that have several names, and the values that are more than a text.

use serde_json::json;

use super::*;

/// The metadata as JSON, without what they have no value for.
#[track_caller]
fn json(yaml: &str) -> serde_json::Value {
    serde_json::to_value(meta(&fenced(yaml))).unwrap()
}

#[track_caller]
fn reads(yaml: &str, expected: &serde_json::Value) {
    assert_eq!(&json(yaml), expected, "{yaml}");
}

#[test]
fn each_name_fills_its_field() {
    for (name, field) in [
        ("layout", "layout"),
        ("title", "title"),
        ("slug", "slug"),
        ("permalink", "permalink"),
        ("description", "description"),
        ("excerpt", "description"),
        ("summary", "description"),
        ("from", "from"),
        ("image", "image"),
        ("thumbnail", "image"),
        ("cover", "image"),
        ("featured_image", "image"),
        ("lang", "lang"),
        ("language", "lang"),
        ("locale", "lang"),
    ] {
        for text in ["no", "2024", "a b, c", "'0x10'", "é"] {
            reads(&format!("{name}: {text}"), &json!({field: text.trim_matches('\'')}));
        }
        for nothing in ["", "~", "''"] {
            reads(&format!("{name}: {nothing}"), &json!({}));
        }
    }
    for name in ["modified", "last_modified_at", "lastmod", "updated", "modified_time"] {
        reads(&format!("{name}: 2020-01-02"), &json!({"modified": "2020-01-02"}));
        let source = fenced(&format!("{name}: soon"));
        let (meta, diagnostics) = meta_and_diagnostics(&source);
        let column = name.len() + 3;
        assert_eq!(diagnostics, [format!("BadDate: not a date: `soon` at line 2, column {column}")]);
        assert_eq!((meta.modified, extra(&meta, name)), (None, &Value::String("soon".into())));
    }
}

#[test]
fn of_several_names_the_first_in_the_table_fills_the_field() {
    reads(
        "summary: S\na: 1\nexcerpt: 2024\nb: 2\ndescription: D\nc: 3",
        &json!({"description": "D", "extra": {"summary": "S", "a": 1, "excerpt": 2024, "b": 2, "c": 3}}),
    );
    let source = fenced("summary: S\na: 1\nexcerpt: E\nb: 2\nupdated: 2020-01-02\nlastmod: 2020-01-03\nc: 3");
    let meta = meta(&source);
    assert_eq!(meta.description.as_deref(), Some("E"));
    assert_eq!(meta.modified.unwrap().to_string(), "2020-01-03");
    assert_eq!(meta.extra.keys().collect::<Vec<_>>(), ["summary", "a", "b", "updated", "c"]);

    reads("description:\nexcerpt: ''\nsummary: S", &json!({"description": "S"}));
    reads(
        "image: {alt: a}\ncover: c.jpg\nthumbnail: {width: 3}",
        &json!({"image": "c.jpg", "extra": {"image": {"alt": "a"}, "thumbnail": {"width": 3}}}),
    );
    // A value that is not one for the field does not fill it.
    let source = fenced("modified: soon\nupdated: 2020-01-02\ndraft: maybe\npublished: false");
    let (meta, diagnostics) = meta_and_diagnostics(&source);
    assert_eq!((meta.modified.unwrap().to_string().as_str(), meta.draft), ("2020-01-02", Some(true)));
    assert_eq!(
        diagnostics,
        [
            "BadDate: not a date: `soon` at line 2, column 11",
            "UnexpectedValue: `draft` holds a text: expected true or false at line 4, column 8",
        ]
    );
    assert_eq!(meta.extra.keys().collect::<Vec<_>>(), ["modified", "draft"]);
}

#[test]
fn an_alternative_name_may_mean_something_else() {
    reads("published: 2020-01-02", &json!({"extra": {"published": "2020-01-02"}}));
    reads("summary: [a, 1]", &json!({"extra": {"summary": ["a", 1]}}));
    reads("language: {name: Go}", &json!({"extra": {"language": {"name": "Go"}}}));
    reads("updated: {by: me}", &json!({"extra": {"updated": {"by": "me"}}}));
}

#[test]
fn drafts() {
    for (yaml, draft) in [
        ("draft: true", Some(true)),
        ("draft: Yes", Some(true)),
        ("draft: false", Some(false)),
        ("published: false", Some(true)),
        ("published: 'no'", Some(true)),
        ("published: true", Some(false)),
        ("draft:", None),
    ] {
        assert_eq!(meta(&fenced(yaml)).draft, draft, "{yaml}");
    }
    reads("published: true\ndraft: true", &json!({"draft": true, "extra": {"published": true}}));
}

#[test]
fn an_image_may_be_a_mapping_or_a_list() {
    reads(
        "image: {height: 3, url: u, path: p}",
        &json!({"image": "p", "extra": {"image": {"height": 3, "url": "u", "path": "p"}}}),
    );
    reads(
        "cover:\n  image: 7\n  alt: a",
        &json!({"image": "7", "extra": {"cover": {"image": 7, "alt": "a"}}}),
    );
    reads("image: {path: '', src: s}", &json!({"image": "s", "extra": {"image": {"path": "", "src": "s"}}}));
    reads("image: [a.jpg, b.jpg]", &json!({"image": "a.jpg", "extra": {"image": ["a.jpg", "b.jpg"]}}));
    reads(
        "image:\n- caption: c\n- url: u",
        &json!({"image": "u", "extra": {"image": [{"caption": "c"}, {"url": "u"}]}}),
    );
    reads("image: false", &json!({"extra": {"image": false}}));
    reads("image: {feature: f.jpg}", &json!({"extra": {"image": {"feature": "f.jpg"}}}));
    reads("image: https://e.org/?a=1&amp;b=2", &json!({"image": "https://e.org/?a=1&amp;b=2"}));
}

#[test]
fn lists_in_one_text() {
    for (yaml, tags) in [
        ("tags: piano, music", &["piano", "music"][..]),
        ("tags: \"green tea,, black tea ,\"", &["green tea", "black tea"]),
        ("tags: 茶，水、杯", &["茶", "水", "杯"]),
        ("tags: ،شاي ،ماء", &["شاي", "ماء"]),
        ("tags: green tea", &["green", "tea"]),
        ("tag: green tea", &["green tea"]),
        ("tag: green tea, water", &["green tea", "water"]),
        ("tags: ','", &[]),
        ("tags: [\"a, b\", c]", &["a, b", "c"]),
        ("tags: \"a \\x41,b\"", &["a A", "b"]),
        ("tag: a\ntags: b, a", &["a", "b"]),
    ] {
        assert_eq!(json(yaml), if tags.is_empty() { json!({}) } else { json!({"tags": tags}) }, "{yaml}");
        let categories = yaml.replace("tags:", "categories:").replace("tag:", "category:");
        let found = meta(&fenced(&categories)).categories.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(found, tags, "{categories}");
    }
    reads("author: Leaf, Mei", &json!({"authors": ["Leaf, Mei"]}));
}

#[test]
fn references_are_decoded_in_words_and_not_in_addresses() {
    reads(
        "title: \"Tea &amp; water\"\ndescription: '&#x26; &hellip;'\nauthor: A. Leaf &#38; B. Tea\n\
         tags: [a&amp;b, \"&amp;lt;\", A&P]\ncategory: x&nbsp;y, z\nslug: a&amp;b\npermalink: /a&amp;b\n\
         from: https://e.org/?a&amp;b&copy;\nmood: a&amp;b",
        &json!({
            "title": "Tea & water",
            "description": "& …",
            "authors": ["A. Leaf & B. Tea"],
            "tags": ["a&b", "&lt;", "A&P"],
            "categories": ["x\u{a0}y", "z"],
            "slug": "a&amp;b",
            "permalink": "/a&amp;b",
            "from": "https://e.org/?a&amp;b&copy;",
            "extra": {"mood": "a&amp;b"},
        }),
    );
    reads("title: Q&A &copy 2&notit;", &json!({"title": "Q&A &copy 2&notit;"}));
    reads("tags: [a&amp;b]\ntag: a&b", &json!({"tags": ["a&b"]}));
    reads(
        "author: {name: A &amp; B}",
        &json!({"authors": ["A & B"], "extra": {"author": {"name": "A &amp; B"}}}),
    );
}

#[test]
fn comments_may_be_the_comments_themselves() {
    let yaml = "comments:\n- id: 7\n  author: A. Leaf\n  content: Nice.";
    reads(yaml, &json!({"extra": {"comments": [{"id": 7, "author": "A. Leaf", "content": "Nice."}]}}));
    reads("comments: []", &json!({"extra": {"comments": []}}));
    reads("comments: [a]", &json!({"extra": {"comments": ["a"]}}));
    reads("comments: {host: h, id: 3}", &json!({"extra": {"comments": {"host": "h", "id": 3}}}));
}

#[test]
fn taxonomies_are_the_posts_own() {
    reads(
        "taxonomies:\n  tags: [a, 2024, no]\n  categories: x, y z\n  authors: [Mei]",
        &json!({"tags": ["a", "2024", "no"], "categories": ["x", "y z"], "authors": ["Mei"]}),
    );
    reads(
        "a: 1\ntaxonomies: {series: [s], tags: [b, a]}\ntags: [a]\nb: 2",
        &json!({"tags": ["a", "b"], "extra": {"a": 1, "taxonomies": {"series": ["s"]}, "b": 2}}),
    );
    reads(
        "taxonomies: {title: T, tags: [a]}",
        &json!({"tags": ["a"], "extra": {"taxonomies": {"title": "T"}}}),
    );
    reads(
        "taxonomies: {tags: [a, {b: c}]}",
        &json!({"tags": ["a"], "extra": {"taxonomies": {"tags": ["a", {"b": "c"}]}}}),
    );
    reads(
        "taxonomies: {tags: [a], tags: [b], x: 1, x: 2}",
        &json!({"tags": ["b"], "extra": {"taxonomies": {"x": 2}}}),
    );
    reads("taxonomies: [a]", &json!({"extra": {"taxonomies": ["a"]}}));
    reads("taxonomies: {}", &json!({"extra": {"taxonomies": {}}}));
}

#[test]
fn nested_keys_fill_what_nothing_else_fills() {
    reads(
        "params: {author: Mei, title: P, x: 1, lastmod: 2020-01-02, description: no}\ntitle: T",
        &json!({
            "title": "T", "description": "no", "authors": ["Mei"], "modified": "2020-01-02",
            "extra": {"params":
                {"author": "Mei", "title": "P", "x": 1, "lastmod": "2020-01-02", "description": "no"}},
        }),
    );
    reads(
        "extra: {summary: 7, excerpt: E, date: soon, comments: true, image: {path: i}}\nupdated: 2020-01-02",
        &json!({
            "description": "E", "modified": "2020-01-02", "comments": true, "image": "i",
            "extra": {"extra":
                {"summary": 7, "excerpt": "E", "date": "soon", "comments": true, "image": {"path": "i"}}},
        }),
    );
    reads(
        "extra: {tags: [a]}\nparams: {tags: [b], lang: zh}",
        &json!({
            "tags": ["a"], "lang": "zh",
            "extra": {"extra": {"tags": ["a"]}, "params": {"tags": ["b"], "lang": "zh"}},
        }),
    );
    reads("extra: x", &json!({"extra": {"extra": "x"}}));
    reads("params: {params: {title: T}}", &json!({"extra": {"params": {"params": {"title": "T"}}}}));
}

#[test]
fn of_a_waiting_key_that_comes_twice_the_last_value_counts() {
    let source = fenced("updated: x\na: 1\nupdated: soon");
    let (meta, diagnostics) = meta_and_diagnostics(&source);
    assert_eq!(
        diagnostics,
        [
            "DuplicateKey: the key `updated` stands twice: its last value counts at line 4, column 1",
            "BadDate: not a date: `soon` at line 4, column 10",
        ]
    );
    assert_eq!(meta.extra.keys().collect::<Vec<_>>(), ["updated", "a"]);
}
