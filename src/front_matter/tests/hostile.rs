//! Blocks that are made to cost time, memory or stack. Each test would take minutes, or abort, if a guard
//! were missing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;
use crate::Parser;

#[track_caller]
fn is_too_deep(yaml: &str) {
    let source = fenced(yaml);
    let error = refusal(&source);
    let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, maximum: 20 };
    assert_eq!(error.kind(), &kind, "{yaml:.40}");
    assert!(error.position().is_some());
    let front_matter = FrontMatter::split(&source).unwrap();
    let error = front_matter.deserialize::<std::collections::HashMap<String, Value<'_>>>().unwrap_err();
    assert!(error.kind() == &kind || yaml.contains("!t"), "{error}");
    let error = front_matter.deserialize::<serde::de::IgnoredAny>().unwrap_err();
    assert_eq!(error.kind(), &kind, "{yaml:.40}");
}

/// Wants the block to be refused as not YAML, or as too deep.
#[track_caller]
fn is_refused(yaml: &str) {
    let source = fenced(yaml);
    let error = refusal(&source);
    assert!(
        matches!(error.kind(), ErrorKind::InvalidYaml { .. } | ErrorKind::LimitExceeded { .. }),
        "{yaml:.40}: {error}"
    );
}

#[test]
fn deep_nesting() {
    const DEPTH: usize = 100_000;
    for part in ["[", "{a: ", "[\n", "{a: \n", "[x, ", "[[], ", "!t [", "&a [", "[ # [\n"] {
        is_too_deep(&format!("a: {}", part.repeat(DEPTH)));
    }
    is_too_deep(&format!("a: {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)));
    is_too_deep(&format!("a:\n  {}x", "- ".repeat(DEPTH)));
    is_refused(&format!("a: {}", "{? ".repeat(DEPTH)));
    is_refused(&format!("a: {}x{}", "{? ".repeat(DEPTH), "}".repeat(DEPTH)));
    is_refused(&"? ".repeat(DEPTH));
    is_refused(&": ".repeat(DEPTH));
    is_refused(&"- ? ".repeat(DEPTH));
    let maps: Vec<_> = (0..1000).map(|depth| format!("{}a:", " ".repeat(depth))).collect();
    is_too_deep(&maps.join("\n"));
}

/// A key whose value nests that many collections, in each form that YAML has for them.
fn forms(key: &str, depth: usize) -> Vec<String> {
    let indented = |spaces: usize, line: &str| " ".repeat(spaces) + line + "\n";
    let maps: String = (1..depth).map(|level| indented(level, "b:")).collect();
    let lists_of_maps: String = (0..depth / 2).map(|level| indented(2 * level, "- b:")).collect();
    let odd = if depth % 2 == 1 { "- " } else { "" };
    vec![
        format!("{key}: {}x{}", "[".repeat(depth), "]".repeat(depth)),
        format!("{key}: {}x{}", "{b: ".repeat(depth), "}".repeat(depth)),
        format!("{key}: {}x: y{}", "[".repeat(depth - 1), "]".repeat(depth - 1)),
        format!("{key}: {}x{}", "[y, &a !t [".repeat(depth / 2), "]]".repeat(depth / 2))
            + if depth % 2 == 1 { "\n" } else { "" },
        format!("{key}:\n  {}x", "- ".repeat(depth)),
        format!("{key}:\n{maps}{}b: x", " ".repeat(depth)),
        format!("{key}:\n{lists_of_maps}{}{odd}x", " ".repeat(depth + 2)),
        format!("{key}:\n  ? b\n  : {}x", "- ".repeat(depth - 1)),
        format!("{key}: !t\n  - {}x{}", "[".repeat(depth - 1), "]".repeat(depth - 1)),
        format!("{{{key}: {}x{}}}", "[".repeat(depth), "]".repeat(depth)),
    ]
}

#[test]
fn depth_up_to_the_limit() {
    for form in forms("k", 20) {
        let source = fenced(&form);
        let meta = meta(&source);
        assert!(matches!(extra(&meta, "k"), Value::List(_) | Value::Map(_)), "{form}");
        let front_matter = FrontMatter::split(&source).unwrap();
        front_matter.deserialize::<serde::de::IgnoredAny>().unwrap();
        // Values know no tags.
        if !form.contains("!t") {
            assert_eq!(
                front_matter.deserialize::<crate::Map<'_>>().unwrap().get("k"),
                meta.extra.get("k"),
                "{form}"
            );
        }
    }
    for form in forms("k", 22) {
        is_too_deep(&form);
    }
    for (number, form) in forms("k", 21).into_iter().enumerate() {
        // This one has an even number of levels.
        if number != 3 {
            is_too_deep(&form);
        }
    }
}

#[test]
fn the_first_thing_that_is_too_deep_has_the_position() {
    let message = "too many levels of nesting in the front matter: the limit is 20";
    let flow = format!("{}x{}", "[".repeat(30), "]".repeat(30));
    refuses(&format!("a: b\nk: {flow}\nl: {flow}"), &format!("{message} at line 3, column 24"));
    refuses(&format!("{{k: {flow}}}"), &format!("{message} at line 2, column 25"));
    refuses(&format!("k: {{茶: {flow}}}"), &format!("{message} at line 2, column 27"));
    refuses(&format!("k:\n  {}x\nl: {flow}", "- ".repeat(30)), &format!("{message} at line 3, column 43"));
    refuses(&format!("k:\n  - {flow}"), &format!("{message} at line 3, column 24"));
    let below = format!("[{}x{}]", "[".repeat(9), "]".repeat(9));
    // Each of the two is shallow enough, but not one inside the other.
    let aliases = format!("k: &k {below}\nl: {}*k{}", "[".repeat(11), "]".repeat(11));
    let front_matter = fenced(&aliases);
    assert!(refusal(&front_matter).to_string().starts_with(message));
    assert_eq!(
        meta(&fenced(&format!("k: &k {below}\nl: {}*k{}", "[".repeat(10), "]".repeat(10)))).extra.len(),
        2
    );
}

#[test]
fn an_alias_in_what_it_stands_for_is_an_error_of_its_own() {
    let message = "invalid YAML in the front matter: found an alias in what it stands for";
    for (yaml, position) in [
        ("a: &x [*x]\nb: c", "line 2, column 8"),
        ("b: c\na: &x\n  k: *x", "line 4, column 6"),
        ("a: &x [*x, *x, *x]", "line 2, column 8"),
    ] {
        refuses(yaml, &format!("{message} at {position}"));
        let source = fenced(yaml);
        let front_matter = FrontMatter::split(&source).unwrap();
        let error = front_matter.deserialize::<BTreeMap<String, Value<'_>>>().unwrap_err();
        assert_eq!(error.to_string(), format!("{message} at {position}"));
        assert_eq!(error.related().map(|anchor| &source[anchor.offset..][..2]), Some("&x"));
    }
}

#[test]
fn texts_full_of_brackets_are_texts() {
    let brackets = "[{".repeat(100_000);
    for (yaml, expected) in [
        (format!("title: '{brackets}'"), brackets.clone()),
        (format!("title: \"{brackets}\""), brackets.clone()),
        (format!("title: x{brackets}"), format!("x{brackets}")),
        (format!("title: |-\n  {brackets}\n  {brackets}"), format!("{brackets}\n{brackets}")),
        (format!("title: x\n  {brackets}"), format!("x {brackets}")),
        (format!("title: x # {brackets}"), "x".to_owned()),
    ] {
        let source = fenced(&yaml);
        assert!(meta(&source).title.as_deref() == Some(&expected), "{yaml:.20}");
    }
}

#[test]
fn aliases_cannot_blow_up() {
    let mut laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..10 {
        let aliases = format!("*a{}, ", level - 1).repeat(9);
        writeln!(laughs, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    // Long texts, many times: few values, many bytes.
    let texts = format!("a: &a {}\nb: [{}]", "x".repeat(10_000), "*a, ".repeat(10_000));
    let keys = format!("a: &a {{{}: 1}}\nb: [{}]", "x".repeat(1000), "*a, ".repeat(10_000));
    for yaml in [laughs, texts, keys] {
        let source = fenced(&yaml);
        let error = refusal(&source);
        // The line break before the closer is a part of the block.
        let maximum = (yaml.len() + 1) * 10 + 1000;
        let kind = ErrorKind::LimitExceeded { limit: Limit::MetadataValues, maximum };
        assert_eq!(error.kind(), &kind);
    }
    let source = fenced("a: &a [*a]");
    assert!(matches!(refusal(&source).kind(), ErrorKind::InvalidYaml { .. }));
    let source = fenced(&format!("a: &a x\nb: [{}]", "*a, ".repeat(10_000)));
    assert!(matches!(extra(&meta(&source), "b"), Value::List(list) if list.len() == 10_000));
}

#[test]
fn directives_are_refused_first() {
    let reason = "invalid YAML in the front matter: found a directive, which front matter cannot have";
    refuses("%YAML 1.1", &format!("{reason} at line 2, column 1"));
    refuses("# x\n%TAG ! tag:a,2000:\na: b", &format!("{reason} at line 3, column 1"));
    refuses("a: b\r%TAG ! x", &format!("{reason} at line 2, column 6"));
    let many: Vec<_> = (0..200_000).map(|number| format!("%TAG !a{number}! b")).collect();
    refuses(&many.join("\n"), &format!("{reason} at line 2, column 1"));
    let source = fenced("title: 100%TAG\nfrom: a%YAML\nlayout: |\n  %TAG");
    assert_eq!(meta(&source).title.as_deref(), Some("100%TAG"));
}

#[test]
fn much_white_space_before_much_text() {
    let (blanks, lines) = (" ".repeat(1_000_000), "\n".repeat(1_000_000));
    let (words, tabs) = ("y ".repeat(500_000), "y\n  ".repeat(300_000));
    let reason =
        "invalid YAML in the front matter: found too much white space in a row, before too much text";
    for (yaml, position) in [
        (format!("a: b\ntitle: \"x{blanks}{words}\""), "line 3, column 10"),
        (format!("title: x\n{blanks}{words}"), "line 2, column 9"),
        (format!("title: 'x{lines}  {tabs}'"), "line 2, column 10"),
        (format!("étitle: \"a\\{}{}", blanks.replace(' ', "\t"), ": ".repeat(500_000)), "line 2, column 12"),
    ] {
        refuses(&yaml, &format!("{reason} at {position}"));
        let source = fenced(&yaml);
        let post = Parser::new().recover(true).parse(&source).unwrap();
        // All words are kept.
        assert!(post.to_json().matches(['y', ':']).count() >= 300_000, "{position}");
    }
}

#[test]
fn a_scalar_of_a_megabyte() {
    let long = "中".repeat(350_000);
    for yaml in [format!("title: {long}"), format!("title: \"{long}\""), format!("title: |-\n  {long}")] {
        let source = fenced(&yaml);
        assert!(meta(&source).title.as_deref() == Some(&long));
    }
}

#[test]
fn a_block_beyond_the_limit() {
    let front_matter = FrontMatter::split("---\ntitle: x\n---\n").unwrap();
    let read_within =
        |bytes| read(&front_matter, true, &Limits::default().metadata_bytes(bytes), &mut Vec::new());
    assert_eq!(read_within(9).unwrap().0.title.as_deref(), Some("x"));
    assert_eq!(
        read_within(8).unwrap_err().to_string(),
        "too many bytes of front matter: the limit is 8, raised by `Limits::metadata_bytes` or \
         `--limit metadata_bytes=N` at line 2, column 9"
    );
}

/// Whatever it is, it is read or refused at once, strictly and with recovery.
#[test]
fn long_blocks_take_linear_time() {
    for part in [
        "a: b\n",
        "a: @\n",
        "a:\n",
        "- a\n",
        "'",
        "\"",
        "x\n",
        "#\n",
        "\n",
        " ",
        "\t",
        "a: 'b\n",
        "a: \"b\n",
        "a: [\n",
        "a: [b, 'c\n",
        "? a\n",
        ": ",
        "&a ",
        "*a ",
        "!",
        "%",
        "|\n",
        "a: |\n",
        "a: b: c #d\n",
        "a",
        "---x\n",
        "\u{2028}",
        "\\",
        "[\"\\\", ",
        ", ",
        "title: x #\n",
        "<<: {a: b}\n",
        "\u{8}",
    ] {
        let source = fenced(&part.repeat(50_000 / part.len()));
        let front_matter = FrontMatter::split(&source).unwrap();
        for recover in [false, true] {
            let read = read(&front_matter, recover, &Limits::default(), &mut Vec::new());
            assert!(
                !recover
                    || read.is_ok()
                    || matches!(read.unwrap_err().kind(), ErrorKind::LimitExceeded { .. })
            );
        }
    }
    let distinct: Vec<_> = (0..10_000).map(|number| format!("k{number}: @\nk{number}: @ #")).collect();
    let source = fenced(&distinct.join("\n"));
    let front_matter = FrontMatter::split(&source).unwrap();
    let mut diagnostics = Vec::new();
    read(&front_matter, true, &Limits::default(), &mut diagnostics).unwrap();
    assert_eq!(diagnostics.len(), 1 + 20_000 + 10_000 + 10_000);
}

/// Random blocks: nothing panics, every position is right, and recovery fails only on limits.
#[test]
fn random_blocks() {
    const FRAGMENTS: [&str; 41] = [
        "\u{feff}",
        "title: ",
        "from: ",
        "tags: ",
        "author: ",
        "date: ",
        "k: ",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\n- ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        "\"",
        "\\",
        "|",
        ">",
        " #",
        "x",
        "标题",
        ":",
        " ",
        "\t",
        "&q ",
        "*q",
        "!t ",
        "? ",
        "<<: ",
        "\r\n",
        "\r",
        "@",
        "2020-01-01",
        "---",
        "\u{8}",
        "\u{2028}",
    ];
    let mut state: u64 = 7;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let (mut good, mut repaired, mut misfits) = (0, 0, 0);
    for _ in 0..20_000 {
        let yaml: String = (0..random(16)).map(|_| FRAGMENTS[random(FRAGMENTS.len())]).collect();
        let source = fenced(&yaml);
        let front_matter = FrontMatter::split(&source).unwrap();
        let mut diagnostics = Vec::new();
        let strict = read(&front_matter, false, &Limits::default(), &mut diagnostics);
        diagnostics.clear();
        let recovered = read(&front_matter, true, &Limits::default(), &mut diagnostics);
        let mut positions: Vec<_> = diagnostics.iter().filter_map(|diagnostic| diagnostic.position).collect();
        match (strict, recovered) {
            (Ok(strict), recovered) => {
                assert_eq!(strict, recovered.unwrap(), "{source:?}");
                good += 1;
            }
            (Err(error), Ok((_, engine))) => {
                positions.extend(error.position());
                positions.extend(error.related());
                // A block whose only fault is that it nests too deep, by an alias of itself, is still read as
                // YAML.
                let may_be_yaml = matches!(error.kind(), ErrorKind::LimitExceeded { .. });
                assert!(engine == Some(MetadataEngine::Recovery) || may_be_yaml, "{source:?}");
                repaired += 1;
            }
            (Err(_), Err(error)) => {
                assert!(matches!(error.kind(), ErrorKind::LimitExceeded { .. }), "{source:?}: {error}");
            }
        }
        if let Err(error) = front_matter.deserialize::<BTreeMap<String, (u16, Vec<bool>)>>() {
            positions.extend(error.position());
            positions.extend(error.related());
            misfits += usize::from(matches!(error.kind(), ErrorKind::Mismatch { .. }));
        }
        for position in positions {
            assert_eq!(position, Position::of(&source, position.offset), "{source:?}");
        }
    }
    assert!(good > 1000 && repaired > 1000 && misfits > 1000, "{good}, {repaired} and {misfits}");
}
