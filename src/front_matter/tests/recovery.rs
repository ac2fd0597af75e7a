use super::*;

/// What recovery makes of a block: the metadata and the diagnostics.
#[track_caller]
pub(super) fn recovered(source: &str) -> (Meta<'_>, Vec<String>) {
    let (meta, diagnostics, engine) = recover(source);
    assert_eq!(engine, Some(MetadataEngine::Recovery));
    (meta, diagnostics)
}

#[track_caller]
pub(super) fn recover(source: &str) -> (Meta<'_>, Vec<String>, Option<MetadataEngine>) {
    let front_matter = FrontMatter::split(source).unwrap();
    let mut diagnostics = Vec::new();
    let (meta, engine) = read(&front_matter, true, &Limits::default(), &mut diagnostics).unwrap();
    for diagnostic in &diagnostics {
        let position = diagnostic.position.unwrap();
        assert_eq!(position, Position::of(source, position.offset), "{diagnostic}");
    }
    (meta, diagnostics.iter().map(shown).collect(), engine)
}

/// Wants a block of one key to be kept as this text, after the diagnostic of the block and its own.
#[track_caller]
fn keeps(value: &str, text: &str) {
    let source = fenced(&format!("layout: post\nkey: {value}\ntags: [a]"));
    let (meta, diagnostics) = recovered(&source);
    assert_eq!(extra(&meta, "key"), &Value::String(text.into()), "{value}");
    assert_eq!(meta.layout.as_deref(), Some("post"));
    assert_eq!(meta.tags, ["a"]);
    assert!(diagnostics[1].starts_with("RecoveredMetadata: the value of `key` is kept as it stands: "));
    assert!(diagnostics[1].ends_with("at line 3, column 6"), "{diagnostics:?}");
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
}

#[track_caller]
fn keeps_list(value: &str, items: &[&str]) {
    let source = fenced(&format!("tags: {value}\nbroken: @"));
    let (meta, _) = recovered(&source);
    assert_eq!(meta.tags, items, "{value}");
}

#[test]
fn the_one_broken_block_of_the_archive() {
    let source = "---\nlayout: post\ntitle: \"水平\\智力\\定中\"\ndate: 2022-04-25T15:41:15.000Z\nauthor: 城寨\n\
        from: https://a/b\ntags: [ 城寨 ]\ncomments: True\n---\n";
    let (meta, diagnostics) = recovered(source);
    assert_eq!(meta.title.as_deref(), Some("水平\\智力\\定中"));
    assert!(matches!(meta.title, Some(std::borrow::Cow::Borrowed(_))));
    assert_eq!(meta.date.unwrap().to_string(), "2022-04-25T15:41:15.000Z");
    assert_eq!((meta.layout.as_deref(), meta.from.as_deref()), (Some("post"), Some("https://a/b")));
    assert_eq!((meta.comments, meta.tags.len(), meta.extra.len()), (Some(true), 1, 0));
    assert_eq!(
        diagnostics,
        [
            "RecoveredMetadata: invalid YAML in the front matter: found unknown escape character, while parsing \
             a quoted scalar; read line by line at line 3, column 11",
            "RecoveredMetadata: the value of `title` is kept as it stands: found unknown escape character, while \
             parsing a quoted scalar at line 3, column 8",
        ]
    );
}

#[test]
fn good_front_matter_is_left_alone() {
    let (meta, diagnostics, engine) = recover("---\ntitle: \"x\"\n---\n");
    assert_eq!((meta.title.as_deref(), engine), (Some("x"), Some(MetadataEngine::Yaml)));
    assert_eq!(diagnostics, [] as [String; 0]);
}

#[test]
fn quotes_go_and_escapes_stay() {
    keeps(r#""a "b" c""#, r#"a "b" c"#);
    keeps(r#""水平\智力""#, r"水平\智力");
    keeps(r#""a \"b\" \c""#, r#"a \"b\" \c"#);
    keeps("'it's'", "it's");
    keeps("\"not closed", "not closed");
    keeps("\"a\" b", "\"a\" b");
    keeps("\"", "");
}

#[test]
fn values_yaml_cannot_read_are_kept_whole() {
    keeps("a: b: c", "a: b: c");
    keeps("b: c", "b: c");
    keeps("@a", "@a");
    keeps("`a`", "`a`");
    keeps("%a", "%a");
    keeps("*a", "*a");
    keeps("{a", "{a");
    keeps("[a] b", "[a] b");
    keeps("a\u{8}b", "a\u{8}b");
}

#[test]
fn a_colon_in_a_value_keeps_what_follows_it() {
    let (meta, diagnostics) = recovered("---\na: b: c\n---\n");
    assert_eq!(extra(&meta, "a"), &Value::String("b: c".into()));
    assert_eq!(
        diagnostics,
        [
            "RecoveredMetadata: invalid YAML in the front matter: mapping values are not allowed in this context; \
             read line by line at line 2, column 5",
            "RecoveredMetadata: the value of `a` is kept as it stands: mapping values are not allowed in this \
             context at line 2, column 4",
        ]
    );
}

#[test]
fn lists_are_split() {
    keeps_list("[a, b]", &["a", "b"]);
    keeps_list("[a, b", &["a", "b"]);
    keeps_list("[a, \"b, c\", 'd' , , @e", &["a", "b, c", "d", "@e"]);
    keeps_list("[\"a \"b\" c\", d]", &["a \"b\" c", "d"]);
    keeps_list("[a,\n  @b]", &["a", "@b"]);
    keeps_list("[]", &[]);
    keeps_list("[", &[]);
    keeps_list("\n- a\n- @b\n  c\n-\n- \"d\\q\"\n- \"\\x41\"", &["a", "@b c", "d\\q", "A"]);
    keeps_list("\n  - a\n  # c\n\n  - @b", &["a", "@b"]);
}

#[test]
fn brackets_at_the_start_of_a_text() {
    let source = fenced("title: [Eng Sub] Tea\nfrom: [a\nauthor: [A] B, C");
    let (meta, _) = recovered(&source);
    assert_eq!((meta.title.as_deref(), meta.from.as_deref()), (Some("[Eng Sub] Tea"), Some("[a")));
    assert_eq!(meta.authors, ["[A] B, C"]);
}

#[test]
fn lines_below_belong_to_the_key_above() {
    let source = fenced(
        "title: @a\n  b\n\n  c\nnote: |\n  one\n   two\n\tthree\nmeta:\n  x: @y\n  z: 1\nfine:\n  a: [1]",
    );
    let (meta, _) = recovered(&source);
    assert_eq!(meta.title.as_deref(), Some("@a b c"));
    let map = [("x", Value::String("@y".into())), ("z", Value::Integer(1))];
    assert_eq!(extra(&meta, "meta"), &Value::Map(map.into_iter().collect()));
    assert!(matches!(extra(&meta, "fine"), Value::Map(_)), "a piece that is YAML keeps its meaning");
    let source = fenced("key: |9x\n  a\n  b\nother: @");
    assert_eq!(extra(&recovered(&source).0, "key"), &Value::String("|9x a b".into()));
    let source = fenced("key: |\n  a\n   \u{8}b\n\n c\nother: @");
    assert_eq!(extra(&recovered(&source).0, "key"), &Value::String("a\n \u{8}b\n\nc".into()));
}

#[test]
fn what_has_no_key_is_kept() {
    let source = "---\ntitle: x\njust text\n  and more\nfrom: @u\n]\n---\n";
    let (meta, diagnostics) = recovered(source);
    assert_eq!((meta.title.as_deref(), meta.from.as_deref()), (Some("x"), Some("@u")));
    let unread = ["just text\n  and more", "]"].map(|text| Value::String(text.into()));
    assert_eq!(extra(&meta, "unread_lines"), &Value::List(unread.to_vec()));
    assert_eq!(
        diagnostics[1..3],
        [
            "RecoveredMetadata: not a line `key: value`: kept under `unread_lines` at line 3, column 1",
            "RecoveredMetadata: the value of `from` is kept as it stands: found character that cannot start any \
             token, while scanning for the next token at line 5, column 7",
        ]
    );
    let source = fenced("unread_lines: mine\ntext");
    let (meta, _) = recovered(&source);
    assert_eq!(extra(&meta, "unread_lines"), &Value::String("mine".into()));
    assert_eq!(extra(&meta, "unread_lines_"), &Value::List(vec![Value::String("text".into())]));
}

#[test]
fn a_list_or_a_scalar_is_kept() {
    for (yaml, kept) in
        [("- a\n- b", "- a\n- b"), ("just text", "just text"), ("# c\n  [a,\n   b]", "[a,\n   b]")]
    {
        let source = fenced(yaml);
        let (meta, diagnostics) = recovered(&source);
        assert_eq!(extra(&meta, "unread_lines"), &Value::List(vec![Value::String(kept.into())]));
        assert!(diagnostics[0].starts_with("RecoveredMetadata: front matter is a "), "{diagnostics:?}");
    }
}

#[test]
fn indented_keys_are_keys() {
    let source = fenced("  title: x\n  from: @u\n  tags:\n  - a\n    b\n  - @c");
    let (meta, _) = recovered(&source);
    assert_eq!((meta.title.as_deref(), meta.from.as_deref()), (Some("x"), Some("@u")));
    assert_eq!(meta.tags, ["a b", "@c"]);
}

#[test]
fn a_cut_value_is_reported() {
    let cut = "begins a comment and cuts the value of";
    let source = "---\nfrom: https://a/b #c\ntitle: \"a #b\"\nlayout: a#b # c\nauthor: #x\nother: a #b\ntags: [a] # b\n---\n";
    let (meta, diagnostics, engine) = recover(source);
    assert_eq!(engine, Some(MetadataEngine::Yaml));
    assert_eq!((meta.from.as_deref(), meta.title.as_deref()), (Some("https://a/b"), Some("a #b")));
    assert_eq!(
        diagnostics,
        [
            format!("CutValue: ` #` {cut} `from` short at line 2, column 19"),
            format!("CutValue: ` #` {cut} `layout` short at line 4, column 13"),
            format!("CutValue: ` #` {cut} `author` short at line 5, column 9"),
        ]
    );
    let (meta, diagnostics) = recovered("---\nfrom: @a #b\nkey: @a #b\nquoted: \"\\a\" b\" #c\n---\n");
    assert_eq!(meta.from.as_deref(), Some("@a"));
    assert_eq!(extra(&meta, "key"), &Value::String("@a".into()));
    assert_eq!(extra(&meta, "quoted"), &Value::String("\\a\" b".into()));
    let cuts: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.starts_with("CutValue")).collect();
    assert_eq!(
        cuts,
        [
            &format!("CutValue: ` #` {cut} `key` short at line 3, column 9"),
            &format!("CutValue: ` #` {cut} `quoted` short at line 4, column 17"),
            &format!("CutValue: ` #` {cut} `from` short at line 2, column 10"),
        ]
    );
}

#[test]
fn repaired_values_have_the_usual_meaning() {
    let source = fenced("title: @x\ntitle: @y\ndate: 2020-01-01: no\ncomments: @");
    let (meta, diagnostics) = recovered(&source);
    assert_eq!(meta.title.as_deref(), Some("@y"));
    assert_eq!(extra(&meta, "date"), &Value::String("2020-01-01: no".into()));
    let after_repairs = &diagnostics[5..];
    assert_eq!(
        after_repairs,
        [
            "DuplicateKey: the key `title` stands twice: its last value counts at line 3, column 1",
            "BadDate: not a date: `2020-01-01: no` at line 4, column 7",
            "UnexpectedValue: `comments` holds a text: expected true or false at line 5, column 11",
        ]
    );
}

#[test]
fn limits_hold_on_recovery_too() {
    let source = fenced(&format!("a: &a {}\nb: [{}]", "x".repeat(1000), "*a, ".repeat(1000)));
    let front_matter = FrontMatter::split(&source).unwrap();
    let error = read(&front_matter, true, &Limits::default(), &mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string().split(": ").next().unwrap(),
        "too many values in the front matter with its aliases expanded",
        "{error}"
    );
}

/// Wants the value of `k` to be kept as this text, and all around it to be read as ever.
#[track_caller]
fn keeps_deep(value: &str, text: &str, position: &str) {
    let source = fenced(&format!("title: 0x10\nd: &d [1, {{a: 2}}]\nk: {value}\nuse: *d\ntags: [a, b]"));
    let (meta, diagnostics, engine) = recover(&source);
    assert_eq!(engine, Some(MetadataEngine::Yaml), "{value}");
    assert_eq!(extra(&meta, "k"), &Value::String(text.into()), "{value}");
    assert_eq!(meta.title.as_deref(), Some("0x10"));
    assert!(matches!(extra(&meta, "use"), Value::List(list) if list.len() == 2));
    assert_eq!(extra(&meta, "use"), extra(&meta, "d"));
    assert_eq!(meta.tags, ["a", "b"]);
    let said = format!(
        "DeepMetadata: the value of `k` nests deeper than 20 lists and maps: kept as its source text at {position}"
    );
    assert_eq!(diagnostics, [said], "{value}");
}

#[test]
fn a_value_that_is_too_deep_is_kept_as_its_source() {
    for depth in [21, 22, 23, 100, 100_000] {
        for (open, close) in [("[", "]"), ("{b: ", "}"), ("[x, ", "]"), ("[\n", "]"), ("[a: ", "]")] {
            let value = format!("{}茶{}", open.repeat(depth), close.repeat(depth));
            keeps_deep(&value, &value, "line 4, column 4");
            keeps_deep(&format!("  {value}  # c"), &value, "line 4, column 6");
            keeps_deep(&format!("&k !t {value}\n# c\n"), &format!("&k !t {value}"), "line 4, column 4");
            keeps_deep(&format!("\n  {value}"), &value, "line 5, column 3");
        }
    }
    for depth in [21, 100, 1000] {
        let lists = format!("{}x", "- ".repeat(depth));
        keeps_deep(&format!("\n{lists}\n- y"), &format!("{lists}\n- y"), "line 5, column 1");
        let maps: Vec<_> = (1..=depth).map(|level| format!("{}b:", " ".repeat(level))).collect();
        let maps = maps.join("\n");
        keeps_deep(&format!("\n{maps}"), &maps[1..], "line 5, column 2");
    }
}

#[test]
fn what_is_known_and_too_deep_is_kept_whole_too() {
    let deep = format!("{}a b, c{}", "[".repeat(30), "]".repeat(30));
    let keys = [
        "layout",
        "title",
        "date",
        "author",
        "authors",
        "from",
        "tags",
        "tag",
        "categories",
        "category",
        "comments",
    ];
    for key in keys {
        let source = fenced(&format!("x: 1\n{key}: {deep}\ny: 2"));
        let (meta, diagnostics, _) = recover(&source);
        assert_eq!(extra(&meta, key), &Value::String(deep.as_str().into()), "{key}");
        assert_eq!((meta.extra.len(), diagnostics.len()), (3, 1), "{key}: {diagnostics:?}");
        let Meta { layout, title, date, authors, from, tags, categories, comments, .. } = meta;
        assert_eq!((layout, title, date, from, comments), (None, None, None, None, None), "{key}");
        assert_eq!((authors.len(), tags.len(), categories.len()), (0, 0, 0), "{key}");
    }
}

#[test]
fn many_values_that_are_too_deep() {
    let deep = format!("{}x{}", "[".repeat(30), "]".repeat(30));
    let keys: Vec<_> = (0..100).map(|number| format!("k{number}: {deep}\nn{number}: {number}\n")).collect();
    let source = fenced(&keys.join(""));
    let (meta, diagnostics, _) = recover(&source);
    assert_eq!((meta.extra.len(), diagnostics.len()), (200, 100));
    assert_eq!(extra(&meta, "k99"), &Value::String(deep.as_str().into()));
    assert_eq!(extra(&meta, "n99"), &Value::Integer(99));

    // In braces, and what stands in place of an alias.
    let source = fenced(&format!("{{a: 1, k: {deep}, l: &l {{b: 2}}, 'm': *l , n: {deep}}}"));
    let (meta, diagnostics, engine) = recover(&source);
    assert_eq!(
        (extra(&meta, "k"), extra(&meta, "n")),
        (&Value::String(deep.as_str().into()), extra(&meta, "k"))
    );
    assert_eq!((extra(&meta, "m"), engine), (extra(&meta, "l"), Some(MetadataEngine::Yaml)));
    assert_eq!(diagnostics.len(), 2);

    let half = format!("{}x{}", "[".repeat(11), "]".repeat(11));
    let source = fenced(&format!("a: &a {half}\nb: {}*a{}\nc: *a", "[".repeat(11), "]".repeat(11)));
    let (meta, diagnostics, _) = recover(&source);
    let text = format!("{}*a{}", "[".repeat(11), "]".repeat(11));
    assert_eq!(extra(&meta, "b"), &Value::String(text.into()));
    assert_eq!((extra(&meta, "c"), diagnostics.len()), (extra(&meta, "a"), 1));
    // A value that holds itself is as deep as can be.
    let source = fenced("a: &a [*a]\nb: 1");
    let (meta, _, _) = recover(&source);
    assert_eq!(
        (extra(&meta, "a"), extra(&meta, "b")),
        (&Value::String("&a [*a]".into()), &Value::Integer(1))
    );

    // With aliases enough for each to be read by itself.
    let keys: Vec<_> = (0..100).map(|number| format!("k{number}: &k {deep}\nn{number}: *k\n")).collect();
    let source = fenced(&keys.join(""));
    let (meta, _) = recovered(&source);
    assert_eq!(extra(&meta, "k99"), &Value::String(format!("&k {deep}").into()));
    assert_eq!(extra(&meta, "n99"), &Value::String("*k".into()));
}

#[test]
fn what_is_too_deep_and_broken_is_kept_too() {
    let deep = format!("{}x{}", "[".repeat(30), "]".repeat(30));
    let open = "[".repeat(1000);
    let source = fenced(&format!("a: {open}\nb: {deep}\nc: @x\nd: [1]\n- {deep}"));
    let (meta, diagnostics) = recovered(&source);
    assert_eq!(extra(&meta, "a"), &Value::String(open.into()));
    assert_eq!(extra(&meta, "c"), &Value::String("@x".into()));
    let kept = extra(&meta, "d");
    assert!(matches!(kept, Value::String(_) | Value::List(_)), "{kept:?}");
    assert_eq!(extra(&meta, "b"), &Value::String(deep.clone().into()));
    let is_deep = |text: &&String| text.starts_with("DeepMetadata: ");
    assert!(diagnostics.iter().filter(is_deep).count() >= 2, "{diagnostics:?}");

    let source = fenced(&format!("- {deep}\n- a"));
    let (meta, _) = recovered(&source);
    assert_eq!(
        extra(&meta, "unread_lines"),
        &Value::List(vec![Value::String(format!("- {deep}\n- a").into())])
    );
}
