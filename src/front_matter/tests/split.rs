use super::*;

#[track_caller]
fn splits(source: &str, text: &str, body: &str) {
    let front_matter = FrontMatter::split(source).unwrap();
    assert_eq!((front_matter.text(), front_matter.body()), (Some(text), body), "{source:?}");
    let format = match without_bom(source).as_bytes()[0] {
        b'+' => FrontMatterFormat::Toml,
        b'{' => FrontMatterFormat::Json,
        _ => FrontMatterFormat::Yaml,
    };
    assert_eq!(front_matter.format(), Some(format));
    assert_adds_up(source, &front_matter);
}

#[track_caller]
fn has_none(source: &str) {
    let front_matter = FrontMatter::split(source).unwrap();
    assert_eq!((front_matter.text(), front_matter.body()), (None, source.trim_start_matches('\u{feff}')));
    assert_eq!((front_matter.format(), front_matter.text_offset()), (None, None));
    assert_eq!(front_matter.meta().unwrap(), Meta::default());
    assert_adds_up(source, &front_matter);
}

#[track_caller]
fn is_refused(source: &str, message: &str, offset: usize) {
    let error = FrontMatter::split(source).unwrap_err();
    assert_eq!(error.to_string(), message, "{source:?}");
    assert_eq!(error.position().unwrap().offset, offset);
}

#[track_caller]
fn assert_adds_up(source: &str, front_matter: &FrontMatter<'_>) {
    let (head, body) = source.split_at(front_matter.body_offset());
    assert_eq!(front_matter.body(), body);
    let Some(text) = front_matter.text() else {
        assert!(matches!(head, "" | "\u{feff}"), "{head:?} is lost");
        return;
    };
    let (opener, rest) = head.split_at(front_matter.text_offset().unwrap());
    let closer = rest.strip_prefix(text).expect("the text is where its offset says");
    match (front_matter.format().unwrap(), without_bom(opener).trim_end(), closer.trim_end()) {
        (FrontMatterFormat::Yaml, "---", "---" | "...") | (FrontMatterFormat::Toml, "+++", "+++") => {}
        (FrontMatterFormat::Json, "", "") => assert!(text.starts_with('{') && text.ends_with('}')),
        (format, opener, closer) => panic!("{format}: {opener:?} and {closer:?}"),
    }
}

#[test]
fn nothing_and_openers_alone_are_none() {
    for source in [
        "",
        "---",
        "---\n",
        "---\r\n",
        "---\r",
        "--- \t",
        "---\n\n",
        "---\n \t\r\n ",
        "\u{feff}",
        "\u{feff}---\n",
    ] {
        has_none(source);
    }
}

#[test]
fn present_and_empty_is_not_absent() {
    splits("---\n---\nB", "", "B");
    splits("---\n---", "", "");
    splits("---\n\n---\nB", "\n", "B");
    splits("---\n...\nB", "", "B");
}

#[test]
fn a_closer_may_end_with_the_file() {
    splits("---\na: b\n---", "a: b\n", "");
    splits("---\na: b\n--- ", "a: b\n", "");
    splits("---\na: b\n---\r", "a: b\n", "");
    splits("---\na: b\n...", "a: b\n", "");
}

#[test]
fn the_body_is_not_trimmed() {
    splits("---\na: b\n---\n\n  B \n", "a: b\n", "\n  B \n");
}

#[test]
fn a_byte_order_mark_is_no_part_of_anything_and_counts() {
    let front_matter = FrontMatter::split("\u{feff}---\na: b\n---\nB").unwrap();
    assert_eq!((front_matter.text(), front_matter.text_offset()), (Some("a: b\n"), Some(7)));
    assert_eq!((front_matter.body(), front_matter.body_offset()), ("B", 16));
    has_none("\u{feff}B");
    // Only one is a mark.
    has_none("\u{feff}\u{feff}---\na: b\n---\n".trim_start_matches('\u{feff}').replace("---", "x").as_str());
    assert_eq!(FrontMatter::split("\u{feff}\u{feff}---\n---\n").unwrap().text(), None);
}

#[test]
fn line_breaks_may_be_mixed() {
    splits("---\r\na: b\r\n---\r\nB\r\n", "a: b\r\n", "B\r\n");
    splits("---\na: b\r\n---\nB", "a: b\r\n", "B");
    splits("---\r\na: b\n---\r\nB", "a: b\n", "B");
    // A carriage return alone is not a line break.
    has_none("---\ra: b\r---\r");
    is_refused("---\na: b\r---\rB", UNCLOSED, 0);
}

#[test]
fn what_is_a_fence() {
    splits("--- \t\na: b\n---\t \nB", "a: b\n", "B");
    splits("---\na: b\n... \nB", "a: b\n", "B");
    has_none("----\na: b\n---\n");
    has_none("---foo\n---\n");
    has_none(" ---\na: b\n---\n");
    has_none("\n---\na: b\n---\n");
    has_none("...\na: b\n...\n");
    for line in ["----", "---foo", " ---", "....", "...x", "--", "..", "-- -", "--- x", "---\u{3000}"] {
        is_refused(&format!("---\na: b\n{line}\n"), UNCLOSED, 0);
        splits(&format!("---\n{line}\n---\nB"), &format!("{line}\n"), "B");
    }
}

#[test]
fn dashes_in_data_and_in_the_body_are_left_alone() {
    splits("---\na: |\n  ---\n  ...\n---\nB", "a: |\n  ---\n  ...\n", "B");
    splits("---\ntitle: a---\n---\nB", "title: a---\n", "B");
    splits("---\ntitle: a\n---\nB\n---\nC\n------\n", "title: a\n", "B\n---\nC\n------\n");
}

const UNCLOSED: &str = "front matter is not closed: found no line `---` or `...` at line 1, column 1";

#[test]
fn an_opener_without_a_closer() {
    is_refused("---\na: b\n", UNCLOSED, 0);
    is_refused("---\r\nx", UNCLOSED, 0);
    is_refused("---\n\u{3000}", UNCLOSED, 0);
    is_refused("\u{feff}---\na: b\n", UNCLOSED, 3);
}

const UNCLOSED_TOML: &str = "front matter is not closed: found no line `+++` at line 1, column 1";
const UNCLOSED_JSON: &str =
    "front matter is not closed: found no `}` that closes the `{` at line 1, column 1";

#[test]
fn toml_stands_between_lines_of_plus_signs() {
    splits("+++\na = 1\n+++\nB", "a = 1\n", "B");
    splits("+++ \t\r\na = 1\r\n+++\t \r\n\r\nB", "a = 1\r\n", "\r\nB");
    splits("\u{feff}+++\n+++\nB", "", "B");
    splits("+++\n+++", "", "");
    splits("+++\na = 1\n+++\r", "a = 1\n", "");
    splits("+++\n---\n...\n+++\nB\n+++\n", "---\n...\n", "B\n+++\n");
    splits("+++\n ++\n ++++\n+++x\n++++\n +++\n+++\n", " ++\n ++++\n+++x\n++++\n +++\n", "");
    for source in ["+++", "+++\n", "+++ \t\r\n\n ", "++++\n", "+++x\n", " +++\n", "++\n", "+++\ra = 1\r+++\r"]
    {
        has_none(source);
    }
    is_refused("+++\na = 1\n---\n", UNCLOSED_TOML, 0);
    is_refused("\u{feff}+++\na = 1\r+++\r", UNCLOSED_TOML, 3);
}

#[test]
fn json_is_an_object() {
    splits("{}", "{}", "");
    splits("\u{feff}{ \t\r\n}\r\nB", "{ \t\r\n}", "B");
    splits("{\"a\": 1} \t\n\n B", "{\"a\": 1}", "\n B");
    splits("{\n  \"a\": {\"b\": [{}]}\n}\n{}\n", "{\n  \"a\": {\"b\": [{}]}\n}", "{}\n");
    splits("{\"a\": 1}\r", "{\"a\": 1}", "");
    splits(r#"{"a}": "}\"}\\", "b": 1}"#, r#"{"a}": "}\"}\\", "b": 1}"#, "");
    for source in ["{", "{\n", "{ \t", "{{ page.title }}", "{% if %}", "{a}", " {}", "{'a': 1}", "[1]"] {
        has_none(source);
    }
    is_refused("{\"a\": 1", UNCLOSED_JSON, 0);
    is_refused("\u{feff}{\"", UNCLOSED_JSON, 3);
    is_refused("{\"a\": {}\nB", UNCLOSED_JSON, 0);
    is_refused("{\"a\": \"\\", UNCLOSED_JSON, 0);
}

/// A line break ends a string without its closing quote, and a bracket does not hide the end.
#[test]
fn broken_json_ends_all_the_same() {
    splits("{\n\"a\": \"b,\n\"c\": [1\n}\nB", "{\n\"a\": \"b,\n\"c\": [1\n}", "B");
    splits("{\n\"a\": \"b\\\n}\nB", "{\n\"a\": \"b\\\n}", "B");
    splits("{\"a\": \"b\nc\"}\nB\n", "{\"a\": \"b\nc\"}", "B\n");
}

const JUNK: &str =
    "invalid JSON in the front matter: expected the end of the line after the `}` that closes the object";

#[test]
fn nothing_may_follow_an_object_on_its_line() {
    is_refused("{\"a\": 1} B", &format!("{JUNK} at line 1, column 10"), 9);
    is_refused("{\n}}\n", &format!("{JUNK} at line 2, column 2"), 3);
    is_refused("{}\rB", &format!("{JUNK} at line 1, column 3"), 2);
    is_refused("{}\u{a0}\nB", &format!("{JUNK} at line 1, column 3"), 2);
}

#[test]
fn what_is_refused_becomes_the_body_on_recovery() {
    for (source, kind, text, body) in [
        ("\u{feff}---\na: b\n", DiagnosticKind::UnclosedFrontMatter, Some("a: b\n"), ""),
        ("\u{feff}---\n<p>\n", DiagnosticKind::UnclosedFrontMatter, None, "---\n<p>\n"),
        ("\u{feff}+++\na = 1\n", DiagnosticKind::UnclosedFrontMatter, Some("a = 1\n"), ""),
        ("+++\n\na = 1\n", DiagnosticKind::UnclosedFrontMatter, None, "+++\n\na = 1\n"),
        ("{\"a\":\n", DiagnosticKind::UnclosedFrontMatter, None, "{\"a\":\n"),
        ("{\"a\": 1} B\n", DiagnosticKind::RecoveredMetadata, Some("{\"a\": 1}"), " B\n"),
    ] {
        let mut diagnostics = Vec::new();
        let front_matter = FrontMatter::split_and_diagnose(source, &mut diagnostics);
        assert_eq!((front_matter.text(), front_matter.body()), (text, body));
        assert_eq!(front_matter.format().is_some(), text.is_some());
        let error = FrontMatter::split(source).unwrap_err();
        let [diagnostic] = &diagnostics[..] else { panic!("{diagnostics:?}") };
        assert_eq!(diagnostic.kind, kind);
        assert_eq!(diagnostic.to_string(), error.to_string());
    }
    let mut diagnostics = Vec::new();
    for source in ["---\na: b\n---\n", "+++\na: b\n+++\n"] {
        assert_eq!(FrontMatter::split_and_diagnose(source, &mut diagnostics).text(), Some("a: b\n"));
    }
    assert_eq!(diagnostics, []);
}

/// Front matter that is not closed goes up to the first line that does not look like metadata.
#[test]
fn what_looks_like_metadata_is_the_text_on_recovery() {
    for (source, text, body) in [
        ("---\na: b\n\n<p>c: d</p>\n", "a: b\n", "\n<p>c: d</p>\n"),
        ("---\na: b\n<p>c</p>\n", "a: b\n", "<p>c</p>\n"),
        ("---\r\na: b\r\nc:\r\n\r\nB", "a: b\r\nc:\r\n", "\r\nB"),
        ("---\n# c\na: b\n# c\nd: e # f\n# B\n\nB", "# c\na: b\n# c\nd: e # f\n", "# B\n\nB"),
        ("---\na:\n- b\n- c\nd:\n  - e\n  f\n- B\n", "a:\n- b\n- c\nd:\n  - e\n  f\n- B\n", ""),
        ("---\na: b\n- B\n", "a: b\n", "- B\n"),
        ("---\na: b\n  c\n\td\nB", "a: b\n  c\n\td\n", "B"),
        ("---\n'a <b>': c\nthe key: d\n标题: 城", "'a <b>': c\nthe key: d\n标题: 城", ""),
        ("---\na: b\nBoil water, then: wait\n", "a: b\n", "Boil water, then: wait\n"),
        ("---\na: b\nhttps://example.org\n", "a: b\n", "https://example.org\n"),
        ("---\na: b\n----\nB\n", "a: b\n", "B\n"),
        ("---\na: b\n --- \r\nB\n", "a: b\n", "B\n"),
        ("---\na: b\n--", "a: b\n", ""),
        (
            "+++\na = 1\nb.c = [\n  2,\n]\n[d]\n\"e f\" = 3\n[[g]]# h\n\nB = 4\n",
            "a = 1\nb.c = [\n  2,\n]\n[d]\n\"e f\" = 3\n[[g]]# h\n",
            "\nB = 4\n",
        ),
        ("+++\na: b\n[Tea](x)\n", "a: b\n", "[Tea](x)\n"),
        ("+++\na = 1\n++++\nB", "a = 1\n", "B"),
        ("+++\na = 1\n---\nB", "a = 1\n", "B"),
    ] {
        let front_matter = FrontMatter::split_or_recover(source);
        assert_eq!((front_matter.text(), front_matter.body()), (Some(text), body), "{source:?}");
        let offset = front_matter.text_offset().unwrap();
        assert_eq!(&source[offset..offset + text.len()], text);
        let mut diagnostics = Vec::new();
        read(&front_matter, true, &Limits::default(), &mut diagnostics).unwrap();
    }
    for source in [
        "---\n\na: b\n",
        "---\n----\na: b",
        "---\n# a\n\nB",
        "---\n- a\n",
        "---\n<p>a: b</p>\n",
        "+++\n# a\n",
        "+++\n]\n",
        "+++\n  \n= 1\n",
        "{\"a\": 1\n",
        "---\n  b",
    ] {
        let front_matter = FrontMatter::split_or_recover(source);
        assert_eq!((front_matter.text(), front_matter.body()), (None, source), "{source:?}");
    }
}

/// Random posts made of what matters to the splitter: whatever comes out adds up, and follows the definition.
#[test]
fn the_parts_always_add_up() {
    const FRAGMENTS: [&str; 22] = [
        "---", "---", "\n", "\n", "\r\n", "\r", " ", "\t", "...", "....", "----", "\u{feff}", "a: b", "+++",
        "{", "\"", "}", "标题", "\u{a0}", "-", "++++", "\\",
    ];
    let mut state: u64 = 0x5DEE_CE66;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let (mut present, mut refused) = (0, 0);
    for _ in 0..30_000 {
        let source: String = (0..random(12)).map(|_| FRAGMENTS[random(FRAGMENTS.len())]).collect();
        let opener = ["", "", "", "---\n", "---\n", "+++\n", "{\"", "{}"][random(8)];
        let source = format!("{opener}{source}");
        match FrontMatter::split(&source) {
            Ok(front_matter) => {
                assert_adds_up(&source, &front_matter);
                assert_eq!(front_matter.text(), text_by_definition(&source), "{source:?}");
                present += usize::from(front_matter.text().is_some());
            }
            Err(error) => {
                let front_matter = FrontMatter::split_or_recover(&source);
                let (head, body) = source.split_at(front_matter.body_offset());
                assert_eq!(front_matter.body(), body);
                if let Some((start, text)) = front_matter.text_offset().zip(front_matter.text()) {
                    let closer = head[start..].strip_prefix(text).expect("the text is where its offset says");
                    assert!(closer.chars().all(|c| "-+ \t\r\n".contains(c)), "{source:?}");
                }
                assert_eq!(
                    object_by_definition(without_bom(&source), true).and_then(Result::ok),
                    None,
                    "{source:?}"
                );
                if matches!(error.kind(), ErrorKind::UnclosedFrontMatter(_)) {
                    assert_eq!(error.position().unwrap().offset, source.len() - without_bom(&source).len());
                }
                refused += 1;
            }
        }
    }
    assert!(present > 1000 && refused > 1000, "{present} and {refused}");
}

fn without_bom(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

/// The rule again, written as slowly and as plainly as can be.
fn text_by_definition(source: &str) -> Option<&str> {
    let text = without_bom(source);
    if let Some(object) = object_by_definition(text, true) {
        return object.ok();
    }
    let fence = |line: &str, marks: &[&str]| {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        marks.contains(&line.trim_end_matches([' ', '\t']))
    };
    let mut lines = text.split_inclusive('\n');
    let opener = lines.next().filter(|line| fence(line, &["---", "+++"]))?;
    let closers: &[&str] = if opener.starts_with('-') { &["---", "..."] } else { &["+++"] };
    let mut end = opener.len();
    for line in lines {
        if fence(line, closers) {
            return Some(&text[opener.len()..end]);
        }
        end += line.len();
    }
    None
}

/// The same for JSON: `None` if no object begins the text, and an error if the object is refused.
fn object_by_definition(text: &str, lines_end_strings: bool) -> Option<Result<&str, ()>> {
    let content = text.strip_prefix('{')?.trim_start_matches([' ', '\t', '\r', '\n']);
    if !content.starts_with(['"', '}']) {
        return None;
    }
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (at, char) in text.char_indices() {
        match (in_string, char) {
            (true, '\n') => in_string = !lines_end_strings,
            (true, _) if escaped => {
                escaped = false;
                continue;
            }
            (true, '\\') => {
                escaped = true;
                continue;
            }
            (_, '"') => in_string = !in_string,
            (false, '{') => depth += 1,
            (false, '}') if depth > 1 => depth -= 1,
            (false, '}') => {
                let after = text[at + 1..].trim_start_matches([' ', '\t']);
                let ends =
                    after.is_empty() || after == "\r" || after.starts_with("\r\n") || after.starts_with('\n');
                return Some(if ends { Ok(&text[..=at]) } else { Err(()) });
            }
            _ => {}
        }
        escaped = false;
    }
    if lines_end_strings { object_by_definition(text, false) } else { Some(Err(())) }
}

#[test]
fn a_type_of_ones_own() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Page<'a> {
        #[serde(borrow, default)]
        title: Option<&'a str>,
        #[serde(default)]
        weight: u32,
    }
    let page = |source: &'static str| FrontMatter::split(source).unwrap().deserialize::<Page<'_>>();

    assert_eq!(page("---\ntitle: Tea\nweight: 3\n---\n").unwrap(), Page { title: Some("Tea"), weight: 3 });
    for blank in ["", "B", "---\n---\n", "---\n\n \t\r\n---\n", "---\n# only\n  # comments\n---\n"] {
        assert_eq!(page(blank).unwrap(), Page { title: None, weight: 0 }, "{blank:?}");
    }
}

#[test]
fn a_type_that_does_not_fit() {
    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Page {
        title: String,
        size: Size,
    }
    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Size {
        width: u32,
    }
    #[track_caller]
    fn fails(yaml: &str, message: &str) {
        let source = format!("\u{feff}---\r\n{yaml}\r\n---\r\n");
        let error = FrontMatter::split(&source).unwrap().deserialize::<Page>().unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(std::error::Error::source(&error).is_none());
        assert_eq!(format!("{error:?}"), message);
    }
    fails(
        "title: 标题\r\nsize: {width: 标}",
        "front matter does not fit its type: size.width: invalid type: string \"标\", expected u32 \
         at line 3, column 15",
    );
    fails("title: x", "front matter does not fit its type: missing field `size` at line 2, column 1");
    fails(
        "title: x\r\nsize: {width: ' at line 1 column 2'}",
        "front matter does not fit its type: size.width: invalid type: string \" at line 1 column 2\", \
         expected u32 at line 3, column 15",
    );
    // Syntax comes before content.
    fails(
        "size: 1\r\ntitle: [",
        "invalid YAML in the front matter: did not find expected node content, while parsing a flow node \
         at line 3, column 8",
    );
    fails("# nothing", "front matter does not fit its type: missing field `title` at line 2, column 1");
}
