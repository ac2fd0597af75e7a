//! Broken TOML and JSON, read as far as they can be.

use super::*;

/// What recovery makes of a post: the metadata and the diagnostics.
#[track_caller]
fn recovered(source: &str) -> (Meta<'_>, Vec<String>) {
    let front_matter = FrontMatter::split(source).unwrap();
    let mut diagnostics = Vec::new();
    let (meta, engine) = read(&front_matter, true, &Limits::default(), &mut diagnostics).unwrap();
    assert_eq!(engine, Some(MetadataEngine::Recovery));
    for diagnostic in &diagnostics {
        let position = diagnostic.position.unwrap();
        assert_eq!(position, Position::of(source, position.offset), "{diagnostic}");
    }
    (meta, diagnostics.iter().map(shown).collect())
}

#[track_caller]
fn said(diagnostics: &[String], expected: &[&str]) {
    assert_eq!(diagnostics, expected, "{diagnostics:#?}");
}

#[test]
fn broken_toml_keeps_its_texts() {
    let source = "+++\ntitle = \"a \"b\" c\"\nfrom = \"https://example.org\ntags = [\"a\", b, 'c,d']\nlayout: post\n\
        weight = 3 # kept\nnote = Green tea # and a comment\nempty =\nlist = [\n  'x',\n  'y'\n\
        long = \"\"\"\nfoo = bar\n\"\"\"\n+++\n";
    let (meta, diagnostics) = recovered(source);
    assert_eq!(meta.title.as_deref(), Some("a \"b\" c"));
    assert!(matches!(meta.title, Some(std::borrow::Cow::Borrowed(_))));
    assert_eq!((meta.from.as_deref(), meta.layout.as_deref()), (Some("https://example.org"), Some("post")));
    assert_eq!(meta.tags, ["a", "b", "c,d"]);
    assert_eq!(*extra(&meta, "weight"), Value::Integer(3));
    assert_eq!(extra(&meta, "note").as_str(), Some("Green tea"));
    assert_eq!(*extra(&meta, "empty"), Value::Null);
    assert_eq!(
        *extra(&meta, "list"),
        Value::List(vec![Value::String("x".into()), Value::String("y".into())])
    );
    assert_eq!(extra(&meta, "long").as_str(), Some("foo = bar\n"));
    assert_eq!(meta.extra.len(), 5);
    said(
        &diagnostics,
        &[
            "RecoveredMetadata: invalid TOML in the front matter: unexpected key or value, expected newline, `#`; read \
             line by line at line 2, column 13",
            "RecoveredMetadata: the value of `title` is kept as it stands: unexpected key or value, expected newline, \
             `#` at line 2, column 9",
            "RecoveredMetadata: the value of `from` is kept as it stands: a string is not closed at line 3, column 8",
            "RecoveredMetadata: the value of `tags` is kept as it stands: a text must be in quotes at line 4, column 8",
            "RecoveredMetadata: expected a `=` after `layout`, as TOML has it at line 5, column 7",
            "RecoveredMetadata: the value of `layout` is kept as it stands: a text must be in quotes at line 5, column 9",
            "RecoveredMetadata: the value of `note` is kept as it stands: a text must be in quotes at line 7, column 8",
            "CutValue: ` #` begins a comment and cuts the value of `note` short at line 7, column 18",
            "RecoveredMetadata: the entry `empty` is kept as it stands: a value is missing at line 8, column 1",
            "RecoveredMetadata: the value of `list` is kept as it stands: a `[` is not closed at line 9, column 8",
        ],
    );
}

#[test]
fn pairs_of_escapes_in_toml_are_characters() {
    let source = "+++\ntitle = \"Tea \\uD83C\\uDF75\\ud83c\\udf75 \\\\ud83c\"\ntags = [\"a \\ud83c\\udf75\", 'b', \"c\"]\n\
        half = \"\\ud83c\"\nnote = \"\"\"\n\\ud83c\\udf75 \\u00e9\n\"\"\"\n[author]\nname = \"\\ud83c\\udf75\"\n+++\n";
    let (meta, diagnostics) = recovered(source);
    assert_eq!(meta.title.as_deref(), Some("Tea 🍵🍵 \\ud83c"));
    assert_eq!(meta.tags, ["a 🍵", "b", "c"]);
    assert_eq!(extra(&meta, "half").as_str(), Some("\\ud83c"));
    assert_eq!(extra(&meta, "note").as_str(), Some("🍵 é\n"));
    let pair = "are units of UTF-16: read as `🍵`";
    let escapes = |line: usize, column: usize| {
        format!("RecoveredMetadata: the escapes `\\ud83c\\udf75` {pair} at line {line}, column {column}")
    };
    said(
        &diagnostics,
        &[
            "RecoveredMetadata: invalid TOML in the front matter: an escape that stands for no character; read line by \
             line at line 2, column 14",
            &format!("RecoveredMetadata: the escapes `\\uD83C\\uDF75` {pair} at line 2, column 14"),
            &escapes(3, 12),
            "RecoveredMetadata: the value of `half` is kept as it stands: an escape that stands for no character at line \
             4, column 8",
            &escapes(6, 1),
            &escapes(9, 9),
        ],
    );
}

#[test]
fn tables_of_broken_toml() {
    let source = "+++\na = 1\na = 2\n标题 = '城'\njunk here\n[params]\nkind = green\nb = 1\nb = 2\n标 = 1\n\
        [[item]]\nn = 1\n[[item]]\nn = 2\nm = oolong\n[bad header]\nz = 1\n[params]\ny = 1\n[last]\nx = [1]\n+++\n";
    let (meta, diagnostics) = recovered(source);
    let json = serde_json::to_string(&meta.extra).unwrap();
    assert_eq!(
        json,
        "{\"a\":2,\"标题\":\"城\",\"params\":{\"kind\":\"green\",\"b\":1},\"item\":[{\"n\":1},{\"n\":2,\"m\":\"oolong\"}],\
         \"last\":{\"x\":[1]},\"unread_lines\":[\"junk here\",\"标 = 1\",\"[bad header]\\nz = 1\",\"b = 2\",\
         \"[params]\\ny = 1\"]}"
    );
    said(
        &diagnostics,
        &[
            "RecoveredMetadata: invalid TOML in the front matter: key with no value, expected `=`; read line by line at \
             line 5, column 6",
            "RecoveredMetadata: the entry `标题` is kept as it stands: invalid unquoted key, expected letters, numbers, \
             `-`, `_` at line 4, column 1",
            "RecoveredMetadata: not a line `key = value`: kept under `unread_lines` at line 5, column 1",
            "RecoveredMetadata: the value of `kind` is kept as it stands: a text must be in quotes at line 7, column 8",
            "RecoveredMetadata: invalid unquoted key, expected letters, numbers, `-`, `_`: kept under `unread_lines` at \
             line 10, column 1",
            "RecoveredMetadata: the value of `m` is kept as it stands: a text must be in quotes at line 15, column 5",
            "RecoveredMetadata: unclosed table, expected `]`: kept under `unread_lines` at line 16, column 1",
            "RecoveredMetadata: duplicate key `b`: kept under `unread_lines` at line 9, column 1",
            "RecoveredMetadata: duplicate key `params`: kept under `unread_lines` at line 18, column 1",
            "DuplicateKey: the key `a` stands twice: its last value counts at line 3, column 1",
        ],
    );
}

#[test]
fn broken_json_keeps_its_texts() {
    let source = "{\"title\": \"a \"b\" c\",\n \"tags\": [\"a\", 'b', c],\n 'date': '2020-01-02'\n layout: post,\n \
        // note\n \"o\": {\"p\": 1, 'q': [1,],},\n \"from\": \"open,\n \"k\": ,\n \"ok\": {\"a\": [1, null]},\n \
        \"z\": [1, 2\n}\nB";
    let (meta, diagnostics) = recovered(source);
    assert_eq!(meta.title.as_deref(), Some("a \"b\" c"));
    assert_eq!((meta.from.as_deref(), meta.layout.as_deref()), (Some("open,"), Some("post")));
    assert_eq!(meta.tags, ["a", "b", "c"]);
    assert_eq!(meta.date.unwrap().to_string(), "2020-01-02");
    let json = serde_json::to_string(&meta.extra).unwrap();
    assert_eq!(
        json,
        "{\"o\":{\"p\":1,\"q\":[1]},\"k\":null,\"ok\":{\"a\":[1,null]},\"z\":[\"1\",\"2\"],\"unread_lines\":[\"// note\"]}"
    );
    said(
        &diagnostics,
        &[
            "RecoveredMetadata: invalid JSON in the front matter: expected `,` or `}`; read line by line at line 1, \
             column 15",
            "RecoveredMetadata: the value of `title` is kept as it stands: expected nothing after the value at line 1, \
             column 11",
            "RecoveredMetadata: the value of `tags` is kept as it stands: a text must be in double quotes at line 2, \
             column 16",
            "RecoveredMetadata: the value of `tags` is kept as it stands: a text must be in double quotes at line 2, \
             column 21",
            "RecoveredMetadata: expected the key `date` in double quotes at line 3, column 2",
            "RecoveredMetadata: the value of `date` is kept as it stands: a text must be in double quotes at line 3, \
             column 10",
            "RecoveredMetadata: expected a comma after the value of `date` at line 3, column 22",
            "RecoveredMetadata: expected the key `layout` in double quotes at line 4, column 2",
            "RecoveredMetadata: the value of `layout` is kept as it stands: a text must be in double quotes at line 4, \
             column 10",
            "RecoveredMetadata: not an entry `\"key\": value`: kept under `unread_lines` at line 5, column 2",
            "RecoveredMetadata: a comma too many is left out at line 6, column 26",
            "RecoveredMetadata: expected the key `q` in double quotes at line 6, column 16",
            "RecoveredMetadata: a comma too many is left out at line 6, column 24",
            "RecoveredMetadata: the value of `from` is kept as it stands: a string is not closed on its line at line 7, \
             column 10",
            "RecoveredMetadata: expected a comma after the value of `from` at line 7, column 16",
            "RecoveredMetadata: the value of `k` is kept as it stands: a value is missing at line 8, column 6",
            "RecoveredMetadata: the value of `z` is kept as it stands: a `[` is not closed at line 10, column 7",
        ],
    );
}

#[test]
fn a_quote_or_a_line_break_in_a_text_of_json() {
    let source = "{\n\"a\": \"5\" tall\",\n\"b\": \"x\ny\" ,\r\n\"c\": \",\n\"e\": 1\n}\n";
    let (meta, diagnostics) = recovered(source);
    let json = serde_json::to_string(&meta.extra).unwrap();
    assert_eq!(json, r#"{"a":"5\" tall","b":"x\ny","c":",","e":1}"#);
    said(
        &diagnostics,
        &[
            "RecoveredMetadata: invalid JSON in the front matter: expected `,` or `}`; read line by line at line 2, \
             column 10",
            "RecoveredMetadata: the value of `a` is kept as it stands: expected nothing after the value at line 2, \
             column 6",
            "RecoveredMetadata: the value of `b` is kept as it stands: a string is not closed on its line at line 3, \
             column 6",
            "RecoveredMetadata: the value of `c` is kept as it stands: a string is not closed on its line at line 5, \
             column 6",
            "RecoveredMetadata: expected a comma after the value of `c` at line 5, column 8",
        ],
    );
}

/// Every word of a broken block is in what is read of it, or in a diagnostic.
#[test]
fn nothing_is_lost() {
    const FRAGMENTS: [&str; 30] = [
        "\n",
        "\n",
        "\n",
        "key = ",
        "key: ",
        "\"key\": ",
        "'key': ",
        "[",
        "]",
        "[[",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "\"\"\"",
        "word",
        "two words",
        "3",
        "1.5",
        "true",
        "\\",
        " ",
        "# ",
        "标",
        ".",
        "=",
        ":",
        "[word]\n",
        "key.word = ",
    ];
    let mut state: u64 = 0x5DEE_CE66;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut broken = 0;
    for number in 0..20_000 {
        let mut words = 0;
        let mut block = String::new();
        for _ in 0..random(14) {
            let fragment = FRAGMENTS[random(FRAGMENTS.len())];
            // Each word is one of its own.
            block.push_str(
                &fragment.replace("word", &format!("word{words}x")).replace("key", &format!("key{words}x")),
            );
            words += usize::from(fragment.contains("word") || fragment.contains("key"));
        }
        let source =
            if number % 2 == 0 { format!("+++\n{block}\n+++\n") } else { format!("{{\"a\":{block}}}\n") };
        let Ok(front_matter) = FrontMatter::split(&source) else { continue };
        let strict = front_matter.meta();
        let mut diagnostics = Vec::new();
        let (meta, _) = read(&front_matter, true, &Limits::default(), &mut diagnostics).unwrap();
        if let Ok(strict) = strict {
            assert_eq!(strict, meta);
            continue;
        }
        broken += 1;
        let out = serde_json::to_string(&meta).unwrap();
        let comments: String =
            block.lines().filter_map(|line| line.split_once('#')).map(|(_, rest)| rest).collect();
        for word in (0..words).flat_map(|word| [format!("word{word}x"), format!("key{word}x")]) {
            let is_there = !front_matter.text().unwrap().contains(&word)
                || out.contains(&word)
                || comments.contains(&word)
                || diagnostics.iter().any(|diagnostic| diagnostic.message.contains(&word));
            assert!(is_there, "{word} of {source:?} is lost: {out}\n{diagnostics:#?}");
        }
    }
    assert!(broken > 5000, "{broken}");
}
