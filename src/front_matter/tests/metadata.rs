use super::*;
use crate::post::{Date, Map};

fn texts<'t>(list: &'t [std::borrow::Cow<'_, str>]) -> Vec<&'t str> {
    list.iter().map(|text| &**text).collect()
}

#[track_caller]
fn title(yaml: &str, expected: Option<&str>) {
    assert_eq!(meta(&fenced(&format!("title: {yaml}"))).title.as_deref(), expected, "{yaml}");
}

#[track_caller]
fn tags(yaml: &str, expected: &[&str]) {
    assert_eq!(texts(&meta(&fenced(yaml)).tags), expected, "{yaml}");
}

#[track_caller]
fn authors(yaml: &str, expected: &[&str]) {
    assert_eq!(texts(&meta(&fenced(yaml)).authors), expected, "{yaml}");
}

#[track_caller]
fn date(yaml: &str, expected: &str) {
    let source = fenced(&format!("date: {yaml}"));
    assert_eq!(meta(&source).date.map(|date| date.to_string()).as_deref(), Some(expected), "{yaml}");
}

/// Wants one diagnostic, and the value to be kept in `extra`.
#[track_caller]
fn is_unexpected(yaml: &str, key: &str, diagnostic: &str, kept: &Value<'_>) {
    let source = fenced(yaml);
    let (meta, diagnostics) = meta_and_diagnostics(&source);
    assert_eq!(diagnostics, [diagnostic]);
    assert_eq!(extra(&meta, key), kept);
}

fn string(text: &str) -> Value<'_> {
    Value::String(text.into())
}

#[test]
fn a_post_of_the_archive() {
    let source = "---\nlayout: post\ntitle: \"水平\"\ndate: 2022-04-25T15:41:15.000Z\nauthor: 城寨 Singjai\n\
        from: https://www.youtube.com/watch?v=BhQAf8HYPHs\ntags: [ 城寨 ]\ncomments: True\ncategories: [ 城寨 ]\n---\n";
    let meta = meta(source);
    assert_eq!(meta.layout.as_deref(), Some("post"));
    assert_eq!(meta.title.as_deref(), Some("水平"));
    assert_eq!(meta.date.unwrap().to_string(), "2022-04-25T15:41:15.000Z");
    assert_eq!(texts(&meta.authors), ["城寨 Singjai"]);
    assert_eq!(meta.from.as_deref(), Some("https://www.youtube.com/watch?v=BhQAf8HYPHs"));
    assert_eq!((texts(&meta.tags), texts(&meta.categories)), (vec!["城寨"], vec!["城寨"]));
    assert_eq!(meta.comments, Some(true));
    assert_eq!(meta.extra, Map::default());
}

#[test]
fn plain_text_is_borrowed() {
    let source = "---\ntitle: \"水平\"\nfrom: u\nauthor: 'a'\ntags: a b\nlayout: 12\nmood: zh\n---\n";
    let is_borrowed = |text: &std::borrow::Cow<'_, str>| matches!(text, std::borrow::Cow::Borrowed(_));
    let meta = meta(source);
    let fields = [meta.title, meta.from, meta.layout];
    assert!(fields.iter().flatten().chain(&meta.authors).chain(&meta.tags).all(is_borrowed));
    let Some(Value::String(mood)) = meta.extra.get("mood") else { panic!() };
    assert!(is_borrowed(mood));
}

#[test]
fn absent_and_blank_front_matter() {
    let read = |source: &'static str| {
        let front_matter = FrontMatter::split(source).unwrap();
        read(&front_matter, false, &Limits::default(), &mut Vec::new()).unwrap()
    };
    assert_eq!(read("B"), (Meta::default(), None));
    for source in
        ["---\n---\n", "---\n \n\t\n---\n", "---\n# a: b\n  # c\n---\n", "---\n~\n---\n", "---\nnull\n---\n"]
    {
        assert_eq!(read(source), (Meta::default(), Some(MetadataEngine::Yaml)), "{source:?}");
    }
}

#[test]
fn yaml_has_more_line_breaks_than_front_matter() {
    for line_break in ["\r", "\u{85}", "\u{2028}"] {
        let source = fenced(&format!("# comment{line_break}title: x"));
        assert_eq!(meta(&source).title.as_deref(), Some("x"), "{line_break:?}");
    }
}

#[test]
fn titles_are_source_text() {
    for text in [
        "2024",
        "1e3",
        "012",
        "0x10",
        "0o7",
        "true",
        "No",
        "12:30:45",
        ".inf",
        "-0.0",
        "1_000",
        "【x】：y",
        "a---",
    ] {
        title(text, Some(text));
    }
    let long = "9".repeat(50);
    title(&long, Some(&long));
    title("340282366920938463463374607431768211455", Some("340282366920938463463374607431768211455"));
    title("\"a: b\"", Some("a: b"));
    title("\"2024\"", Some("2024"));
}

#[test]
fn nothing_is_none() {
    for nothing in ["", "~", "null", "Null", "NULL", "\"\"", "''", "# comment"] {
        title(nothing, None);
    }
    title("\"~\"", Some("~"));
    title("'null'", Some("null"));
    title("nUll", Some("nUll"));
}

#[test]
fn escapes_and_quotes() {
    title(r#""a \"b\" c""#, Some("a \"b\" c"));
    title(r#""a\\b\/c""#, Some("a\\b/c"));
    title(r#""\u4e2d\U0001F600\x41\t""#, Some("中😀A\t"));
    title("'it''s'", Some("it's"));
    title(r"'a\nb'", Some(r"a\nb"));
    title("\"a\n  b\n\n  c \\\n  d\"", Some("a b\nc d"));
    title("a\n  b\n\n  c", Some("a b\nc"));
    title("|\n  a\n   b\n", Some("a\n b\n"));
    title(">-\n  a\n  b", Some("a b"));
}

#[test]
fn tags_of_yaml_run_nothing() {
    title("!!str 12", Some("12"));
    title("!!int 12", Some("12"));
    title("!!float 12", Some("12"));
    title("!ruby/object:Foo 12", Some("12"));
    title("!ruby/object:Foo bar", Some("bar"));
    title("! 12", Some("12"));
    title("!!binary aGk=", Some("aGk="));
    let source =
        fenced("a: !ruby/object:OpenStruct\n  b: !c [1, !d x]\ntags: !set {a, b}\nc: !!str 12\nd: !x 12");
    let (meta, _) = meta_and_diagnostics(&source);
    let Value::Map(map) = extra(&meta, "a") else { panic!() };
    assert_eq!(map.get("b"), Some(&Value::List(vec![Value::Integer(1), string("x")])));
    assert_eq!(extra(&meta, "c"), &string("12"));
    assert_eq!(extra(&meta, "d"), &Value::Integer(12));
    refuses(
        "count: !!int abc",
        "invalid YAML in the front matter: count: invalid value: string \"abc\", expected an integer \
         at line 2, column 8",
    );
}

#[test]
fn a_from_is_an_url_whatever_is_in_it() {
    for url in [
        "https://example.org/a?b=c&d=e",
        "https://example.org/a#b",
        "https://example.org/%E5%9F%8E",
        "https://example.org/城寨",
        "https://example.org/a_(b)",
        "https://example.org/a,b;c!d*e'f@g[h]",
    ] {
        let source = fenced(&format!("from: {url}"));
        assert_eq!(meta(&source).from.as_deref(), Some(url));
    }
    assert_eq!(meta(&fenced("from: https://a #b")).from.as_deref(), Some("https://a"), "as YAML has it");
}

#[test]
fn authors_are_never_split_nor_resolved() {
    authors("author: A, B and C", &["A, B and C"]);
    authors("author: 2024", &["2024"]);
    authors("authors: [no, on, Y, 1.0, ~, '', 'a b']", &["no", "on", "Y", "1.0", "a b"]);
    authors("authors:\n- a\n- b", &["a", "b"]);
    authors("author:", &[]);
    authors("author: [[a], [b, [c]]]", &["a", "b", "c"]);
    authors("author: b\nauthors: [a, b]", &["b", "a"]);
    authors("authors: [a, b]\nauthor: c", &["a", "b", "c"]);
    authors("authors: [a, a]", &["a", "a"]);
}

#[test]
fn a_list_of_tags_in_all_its_forms() {
    tags("tags: [ x ]", &["x"]);
    tags("tags: [  x ]", &["x"]);
    tags("tags: [ ]", &[]);
    tags("tags: []", &[]);
    tags("tags: [a, \"b, c\"]", &["a", "b, c"]);
    tags("tags: [ inner space , b ]", &["inner space", "b"]);
    tags("tags:\n  - a\n  - b c", &["a", "b c"]);
    tags("tags: a b", &["a", "b"]);
    tags("tags: \"a  b\\tc\"", &["a", "b", "c"]);
    tags("tags: 2024", &["2024"]);
    tags("tags: 1 2", &["1", "2"]);
    tags("tag: a b", &["a b"]);
    tags("tag: [a, b]", &["a", "b"]);
    tags("tags:", &[]);
    tags("tags: ~", &[]);
    tags("tags: [~, a, null, 12, no, [b, [c d]], '']", &["a", "12", "no", "b", "c d"]);
    tags("tag: b\ntags: a b c", &["b", "a", "c"]);
    let both = fenced("categories: a b\ncategory: b c");
    assert_eq!(texts(&meta(&both).categories), ["a", "b", "b c"]);
}

#[test]
fn comments_are_a_flag() {
    for (text, expected) in [
        ("True", Some(true)),
        ("true", Some(true)),
        ("yes", Some(true)),
        ("ON", Some(true)),
        ("\"true\"", Some(true)),
        ("False", Some(false)),
        ("No", Some(false)),
        ("off", Some(false)),
        ("~", None),
        ("", None),
        ("''", None),
    ] {
        assert_eq!(meta(&fenced(&format!("comments: {text}"))).comments, expected, "{text}");
    }
    is_unexpected(
        "comments: 1",
        "comments",
        "UnexpectedValue: `comments` holds a number: expected true or false at line 2, column 11",
        &Value::Integer(1),
    );
    is_unexpected(
        "comments: maybe",
        "comments",
        "UnexpectedValue: `comments` holds a text: expected true or false at line 2, column 11",
        &string("maybe"),
    );
}

#[test]
fn dates() {
    date("2022-04-25T15:41:15.000Z", "2022-04-25T15:41:15.000Z");
    date("'2007-05-22T21:24:00.001+08:00'", "2007-05-22T21:24:00.001+08:00");
    date("\"2019-01-02 03:04:05 +0800\"", "2019-01-02T03:04:05+08:00");
    date("2018-11-20 16:33 +0100", "2018-11-20T16:33:00+01:00");
    date("2019-1-2 3:04:05", "2019-01-02T03:04:05");
    date("2020-07-17", "2020-07-17");
    date("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
    date("0000-01-01", "0000-01-01");
    assert!(matches!(meta(&fenced("date: 2020-07-17 1:00")).date, Some(Date::Local { .. })));
    assert_eq!(meta(&fenced("date:")).date, None);
}

#[test]
fn a_bad_date_is_kept() {
    for text in ["tuesday", "2023-01-010", "2023-01-01 24:00", "2024", "0000-00-00", "1e3"] {
        is_unexpected(
            &format!("title: x\ndate: \"{text}\""),
            "date",
            &format!("BadDate: not a date: `{text}` at line 3, column 7"),
            &string(text),
        );
    }
    is_unexpected("date:  2024", "date", "BadDate: not a date: `2024` at line 2, column 8", &string("2024"));
}

#[test]
fn values_of_an_unexpected_shape_are_kept() {
    is_unexpected(
        "layout: x\ntitle: [a]",
        "title",
        "UnexpectedValue: `title` holds a list: expected a text at line 3, column 8",
        &Value::List(vec![string("a")]),
    );
    let map: Map<'_> = [("year", Value::Integer(2024))].into_iter().collect();
    is_unexpected(
        "date:\n\n  # when\n  year: 2024",
        "date",
        "UnexpectedValue: `date` holds a mapping: expected a text at line 5, column 3",
        &Value::Map(map.clone()),
    );
    is_unexpected(
        "tags: [a, {year: 2024}]",
        "tags",
        "UnexpectedValue: `tags` holds a list: expected a text or a list of texts at line 2, column 7",
        &Value::List(vec![string("a"), Value::Map(map)]),
    );
    tags("tags: [a, b]", &["a", "b"]);
}

#[test]
fn an_author_may_be_a_mapping() {
    let source =
        fenced("author:\n  login: l\n  name: 2024\n  display_name: D\nauthors: [{name: N}, E, {login: L}]");
    let meta = meta(&source);
    assert_eq!(texts(&meta.authors), ["D", "N", "E", "L"]);
    let Value::Map(map) = extra(&meta, "author") else { panic!() };
    assert_eq!(map.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["login", "name", "display_name"]);
    assert_eq!(map.get("name"), Some(&Value::Integer(2024)));
    assert!(matches!(extra(&meta, "authors"), Value::List(list) if list.len() == 3));

    let map: Map<'_> = [("email", string("e"))].into_iter().collect();
    is_unexpected(
        "author: {email: e}",
        "author",
        "UnexpectedValue: `author` holds a mapping: expected a text or a list of texts at line 2, column 9",
        &Value::Map(map),
    );
}

#[test]
fn other_keys_keep_their_order_and_what_yaml_makes_of_them() {
    let source = fenced(
        "z: 0x10\ny: 1.5\nx: true\nw: ~\nv: 012\nu: 18446744073709551615\nt: -9223372036854775808\ns: [1, a]\n\
         r: {b: 1, a: 2}\nq: .inf\np: -.INF\no: .nan\nn: 18446744073709551616\nm: -9223372036854775809\n\
         l: 1e300\nk: 100000000000000000000000000000000000000000\nj: '1'\ni: 1e3\nh: 0o17\ng: yes",
    );
    let meta = meta(&source);
    let found: Vec<_> = meta.extra.iter().map(|(key, value)| (key, value.clone())).collect();
    let list = Value::List(vec![Value::Integer(1), string("a")]);
    let map: Map<'_> = [("b", 1), ("a", 2)].into_iter().collect();
    let expected = [
        ("z", Value::Integer(16)),
        ("y", Value::Float(1.5)),
        ("x", Value::Bool(true)),
        ("w", Value::Null),
        ("v", string("012")),
        ("u", Value::Unsigned(u64::MAX)),
        ("t", Value::Integer(i64::MIN)),
        ("s", list),
        ("r", Value::Map(map)),
        ("q", string(".inf")),
        ("p", string("-.INF")),
        ("o", string(".nan")),
        ("n", string("18446744073709551616")),
        ("m", string("-9223372036854775809")),
        ("l", Value::Float(1e300)),
        ("k", string("100000000000000000000000000000000000000000")),
        ("j", string("1")),
        ("i", Value::Float(1000.0)),
        ("h", Value::Integer(15)),
        ("g", string("yes")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn keys_are_source_text() {
    let source = fenced("2024: a\ntrue: b\n~: c\n0x10: d\n'q k': e\n!x t: f\n? g\n: h\nn: {1.0: x, no: y}");
    let meta = meta(&source);
    let keys: Vec<_> = meta.extra.iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["2024", "true", "~", "0x10", "q k", "t", "g", "n"]);
    let Value::Map(map) = extra(&meta, "n") else { panic!() };
    assert_eq!(map.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["1.0", "no"]);
    refuses(
        "a: b\n? [x]\n: y",
        "invalid YAML in the front matter: invalid type: sequence, expected a key that is a scalar at line 3, column 3",
    );
    refuses(
        "a: {{x: y}: z}",
        "invalid YAML in the front matter: a: invalid type: map, expected a key that is a scalar at line 2, column 5",
    );
}

#[test]
fn many_keys_are_all_kept_in_order() {
    let lines: Vec<String> = (0..100).map(|number| format!("k{number}: {number}\n")).collect();
    let source = fenced(&format!("date: x\n{}k7: last\ntitle: T", lines.concat()));
    let (meta, diagnostics) = meta_and_diagnostics(&source);
    assert_eq!(meta.extra.len(), 101);
    assert_eq!(extra(&meta, "k7"), &string("last"));
    assert_eq!(meta.extra.iter().nth(8).map(|(key, _)| key), Some("k7"));
    assert_eq!(
        diagnostics,
        [
            "DuplicateKey: the key `k7` stands twice: its last value counts at line 103, column 1",
            "BadDate: not a date: `x` at line 2, column 7",
        ]
    );
}

#[test]
fn of_a_key_that_stands_twice_the_last_value_counts() {
    let source =
        fenced("title: a\nx: 1\n\"title\": b\n x: no key\nx: 2".replace("\n x: no key", "").as_str());
    let (meta, diagnostics) = meta_and_diagnostics(&source);
    assert_eq!(meta.title.as_deref(), Some("b"));
    assert_eq!(extra(&meta, "x"), &Value::Integer(2));
    assert_eq!(
        diagnostics,
        [
            "DuplicateKey: the key `title` stands twice: its last value counts at line 4, column 1",
            "DuplicateKey: the key `x` stands twice: its last value counts at line 5, column 1",
        ]
    );
    let source = fenced("date: x\ndate: y\ndate:   z");
    let (meta, diagnostics) = meta_and_diagnostics(&source);
    assert_eq!(extra(&meta, "date"), &string("z"));
    assert_eq!(
        diagnostics,
        [
            "DuplicateKey: the key `date` stands twice: its last value counts at line 3, column 1",
            "BadDate: not a date: `z` at line 4, column 9",
        ]
    );
    // Further in, nothing is said.
    let source = fenced("a: {b: 1, c: 2, b: 3}");
    let (nested, diagnostics) = meta_and_diagnostics(&source);
    let map: Map<'_> = [("b", 3), ("c", 2)].into_iter().collect();
    assert_eq!((extra(&nested, "a"), diagnostics.len()), (&Value::Map(map), 0));
}

#[test]
fn anchors_and_merge_keys() {
    let source = fenced(
        "base: &base {author: 2024, title: base, x: 1}\nmore: &more {x: 2, y: 0x10, title: more}\n<<: [*base, *more]\n\
         title: own\ntags: &t [a, 1]\ncategories: *t\nnested:\n  <<: *more\n  y: 3",
    );
    let meta = meta(&source);
    assert_eq!(meta.title.as_deref(), Some("own"));
    assert_eq!(texts(&meta.authors), ["2024"]);
    assert_eq!((texts(&meta.tags), texts(&meta.categories)), (vec!["a", "1"], vec!["a", "1"]));
    assert_eq!(extra(&meta, "x"), &Value::Integer(1));
    assert_eq!(extra(&meta, "y"), &Value::Integer(16));
    let Value::Map(nested) = extra(&meta, "nested") else { panic!() };
    assert_eq!((nested.get("x"), nested.get("y")), (Some(&Value::Integer(2)), Some(&Value::Integer(3))));
    assert_eq!(nested.get("<<"), None);

    let source = fenced("<<: x");
    assert_eq!(extra(&super::meta(&source), "<<"), &string("x"), "nothing to merge");
}

#[test]
fn imports_from_blogger_and_wordpress() {
    let source = fenced(
        "layout: post\ntitle: 'Title: one'\ndate: '2007-05-22T21:24:00.001+08:00'\nauthor: Ann\ntags:\n- a\n- b\n\
         modified_time: '2007-05-22T21:25:00.001+08:00'\nmeta:\n  _edit_last: '1'\n  deep:\n    er: [1]\n\
         status: publish\npublished: true",
    );
    let meta = meta(&source);
    assert_eq!(meta.title.as_deref(), Some("Title: one"));
    assert_eq!(meta.date.unwrap().to_string(), "2007-05-22T21:24:00.001+08:00");
    assert_eq!(texts(&meta.tags), ["a", "b"]);
    let Value::Map(map) = extra(&meta, "meta") else { panic!() };
    assert_eq!(map.get("_edit_last"), Some(&string("1")));
    let Some(Value::Map(deep)) = map.get("deep") else { panic!() };
    assert_eq!(deep.get("er"), Some(&Value::List(vec![Value::Integer(1)])));
    assert_eq!(meta.modified.unwrap().to_string(), "2007-05-22T21:25:00.001+08:00");
    assert_eq!((meta.draft, extra(&meta, "status")), (Some(false), &string("publish")));
}

#[test]
fn indicators_that_are_no_part_of_the_value() {
    title("&a b", Some("b"));
    title("!a b", Some("b"));
    title("#a b", None);
    title("\"@a\"", Some("@a"));
}
