//! TOML and JSON that nobody writes by accident: they end in time, and the limits hold.

use super::*;

fn fenced(toml: &str) -> String {
    format!("+++\n{toml}\n+++\n")
}

#[track_caller]
fn breaches(source: &str, limit: Limit, maximum: usize, offset: usize) {
    let error = refusal(source);
    assert_eq!(*error.kind(), ErrorKind::LimitExceeded { limit, maximum }, "{error}");
    assert_eq!(error.position(), Some(Position::of(source, offset)));
    let typed = FrontMatter::split(source).unwrap().deserialize::<serde::de::IgnoredAny>().unwrap_err();
    assert_eq!(typed.kind(), error.kind());
}

/// Values that nest exactly so deep in lists, in maps, by the dots of a key, and by a header and a list.
fn nested(depth: usize) -> [String; 5] {
    let list = |depth| "[".repeat(depth) + &"]".repeat(depth);
    [
        fenced(&format!("a = {}", list(depth))),
        fenced(&format!("a = {}0{}", "{a=".repeat(depth), "}".repeat(depth))),
        fenced(&format!("a{} = 0", ".a".repeat(depth))),
        fenced(&format!("[a{}]\nb = {}", ".a".repeat(depth - 11), list(10))),
        format!("{{\"a\": {}}}", list(depth)),
    ]
}

#[test]
fn values_nest_twenty_deep() {
    for source in nested(20) {
        let front_matter = FrontMatter::split(&source).unwrap();
        assert_eq!(front_matter.meta().unwrap().extra.len(), 1, "{source}");
        front_matter.deserialize::<Value<'_>>().unwrap_err();
        front_matter.deserialize::<serde::de::IgnoredAny>().unwrap();
    }
    for source in nested(21) {
        let error = refusal(&source);
        let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, maximum: 20 };
        assert_eq!(*error.kind(), kind, "{source}");
    }
    let deep = "[".repeat(21) + &"]".repeat(21);
    breaches(&fenced(&format!("a = {deep}")), Limit::MetadataDepth, 20, 4 + 4 + 20);
    breaches(&format!("{{\"标\": 1, \"a\": {deep}}}"), Limit::MetadataDepth, 20, 16 + 20);
    breaches(&fenced(&format!("a{} = 1", ".b".repeat(21))), Limit::MetadataDepth, 20, 4 + 1 + 40);
    // Arrays of tables nest two levels at each name; a dot in a number is not a level.
    let tables: Vec<String> = (0..11).map(|depth| format!("[[a{}]]", ".a".repeat(depth))).collect();
    assert!(matches!(refusal(&fenced(&tables.join("\n"))).kind(), ErrorKind::LimitExceeded { .. }));
    let numbers = fenced(&format!("a = [{}]", "1.5,".repeat(100)));
    assert_eq!(FrontMatter::split(&numbers).unwrap().meta().unwrap().extra.len(), 1);
}

/// With `recover`, a value that nests too deep is its source text, and the others are what they are.
#[test]
fn what_is_too_deep_is_kept_on_recovery() {
    let deep = "[".repeat(21) + &"]".repeat(21);
    let (header, list) = (".e".repeat(10), "[".repeat(11) + &"]".repeat(11));
    let dots = format!("x{}", ".b".repeat(21));
    for (source, key, text, said) in [
        (fenced(&format!("a = 1\nb = {deep} # c\nc = 2")), "b", format!("{deep} # c"), 2),
        (fenced(&format!("a = 1\n[b{header}]\nd = {list}\n[c]")), "b", format!("[b{header}]\nd = {list}"), 2),
        (format!("{{\"a\": 1, \"b\": {deep}, \"c\": 2}}"), "b", deep.clone(), 1),
        (format!("{{\"a\": 1, \"b\": {deep}, 'c': 2}}"), "b", deep.clone(), 3),
        (fenced(&format!("a = 1\nc = 2\n{dots} = 'y'")), &*dots, "y".to_owned(), 2),
    ] {
        let front_matter = FrontMatter::split(&source).unwrap();
        let mut diagnostics = Vec::new();
        let (meta, _) = read(&front_matter, true, &Limits::default(), &mut diagnostics).unwrap();
        let shown: Vec<String> = diagnostics.iter().map(shown).collect();
        assert_eq!(shown.len(), said, "{shown:#?}");
        assert_eq!(extra(&meta, key).as_str(), Some(text.as_str()), "{source}\n{shown:#?}");
        assert_eq!(*extra(&meta, "a"), Value::Integer(1));
        assert!(meta.extra.get("c").is_some());
    }
}

#[test]
fn the_limit_of_bytes_holds() {
    for source in [fenced("title = 'Tea'\nweight = 3"), "{\"title\": \"Tea\", \"weight\": 3}".to_owned()] {
        let parser = crate::Parser::new().limits(Limits::default().metadata_bytes(20)).recover(true);
        let error = parser.parse(&source).unwrap_err();
        let front_matter = FrontMatter::split(&source).unwrap();
        assert_eq!(error.position().unwrap().offset, front_matter.text_offset().unwrap() + 20);
        assert!(error.to_string().starts_with(
            "too many bytes of front matter: the limit is 20, raised by `Limits::metadata_bytes` or \
             `--limit metadata_bytes=N` at line "
        ));
    }
}

/// Each of these ends with an error or with metadata, strictly and with `recover`, in a small stack.
#[test]
fn hostile_blocks_end() {
    let many = 100_000;
    let entry = |key| format!("k{key}.a = {key}\nx{key} = \"a \"b\"");
    let entries: Vec<String> = (0..many / 10).map(entry).collect();
    let blocks = [
        fenced(&format!("a = {}", "[".repeat(many))),
        fenced(&format!("a = {}", "{a=".repeat(many))),
        fenced(&format!("a = {}", "[}".repeat(many))),
        fenced(&format!("a = {}", "{a.a.a.a.a.a.a=[}".repeat(many / 10))),
        fenced(&format!("a{} = 1", ".a".repeat(many))),
        fenced(&format!("[a{}]", ".a".repeat(many))),
        fenced(&format!("[a{}]\n", ".a".repeat(15)).repeat(2000)),
        fenced(&"[".repeat(many)),
        fenced(&"[\n".repeat(many)),
        fenced(&"a = [\n".repeat(many / 4)),
        fenced(&"a = {\n".repeat(many / 4)),
        fenced(&"a = \"\"\"\n".repeat(many / 4)),
        fenced(&"a = '''\n".repeat(many / 4)),
        fenced(&"a = \"\n".repeat(many / 4)),
        fenced(&"a: b\n".repeat(many / 4)),
        fenced(&"a = 1\n".repeat(many / 4)),
        fenced(&"[[a]]\nb = 1\n".repeat(many / 4)),
        fenced(&"junk\n".repeat(many / 4)),
        fenced(&"a.b.c.d.e = 1\n".repeat(many / 10)),
        fenced(&entries.join("\n")),
        format!("{{\"a\": {}}}", "[".repeat(many)),
        format!("{{\"a\": {}{}}}", "[".repeat(many), "]".repeat(many)),
        "{\"a\":".repeat(many) + &"}".repeat(many),
        format!("{{{}}}", "\"a\": 1, ".repeat(many / 4)),
        format!("{{{}}}", "\"a\": ,\n".repeat(many / 4)),
        format!("{{\"a\" {}}}", "'a': [\n".repeat(many / 4)),
        format!("{{\"a\" {}}}", "\"a\n".repeat(many / 4)),
        format!("{{\"{}\": 1}}", "\\u0061".repeat(many)),
        format!("{{\"a\": [{}1]}}", "1, ".repeat(many)),
        "{\"a\": {'b':".repeat(many / 10) + &"}}".repeat(many / 10),
        "{\"a\"".repeat(many),
    ];
    for source in blocks {
        let work = move || {
            for recover in [false, true] {
                let parser = crate::Parser::new().recover(recover);
                if let Err(error) = parser.parse(&source) {
                    let position = error.position().unwrap();
                    assert_eq!(position, Position::of(&source, position.offset));
                    assert!(!recover || matches!(error.kind(), ErrorKind::LimitExceeded { .. }), "{error}");
                }
            }
        };
        std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap().join().unwrap();
    }
}

/// A table is written with two bytes, and takes a thousand of memory.
#[test]
fn tables_are_counted() {
    let tables = |count: usize| fenced(&format!("a = [{}]", "{b=1},".repeat(count)));
    assert!(FrontMatter::split(&tables(50_000)).unwrap().meta().is_ok());
    breaches(&tables(50_001), Limit::MetadataValues, 50_000, 4 + 5 + 6 * 50_000);
    let source = tables(50_001);
    let error = crate::Parser::new().recover(true).parse(&source).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::LimitExceeded { limit: Limit::MetadataValues, .. }));
}
