//! TOML and JSON: what comes out of them, and that it is what YAML with the same content gives.

use super::*;

/// The same front matter in the three formats.
struct Same {
    yaml: &'static str,
    toml: &'static str,
    json: &'static str,
}

impl Same {
    fn sources(&self) -> [String; 3] {
        [
            format!("---\n{}\n---\nB", self.yaml),
            format!("+++\n{}\n+++\nB", self.toml),
            format!("{}\nB", self.json),
        ]
    }
}

#[track_caller]
fn read_any(source: &str) -> (Meta<'static>, Vec<Diagnostic>, MetadataEngine) {
    let front_matter = FrontMatter::split(source).unwrap();
    let mut diagnostics = Vec::new();
    let (meta, engine) = read(&front_matter, false, &Limits::default(), &mut diagnostics).unwrap();
    for diagnostic in &diagnostics {
        let position = diagnostic.position.unwrap();
        assert_eq!(position, Position::of(source, position.offset), "{diagnostic}");
    }
    (meta.into_owned(), diagnostics, engine.unwrap())
}

#[test]
fn the_same_content_gives_the_same_metadata() {
    for same in [
        Same {
            yaml: "title: \"Green \\u8336\"\ndate: 2006-04-06T01:02:03.5+08:00\nlayout: post\nauthor: [Ann, Bo]\n\
                from: https://example.org/a\ntags: [tea, 2024, 1.50, true]\ncategories: [a b]\ncomments: true\n\
                weight: 3\nratio: 0.5\nbig: 18446744073709551615\nhuge: 18446744073709551616\nminus: -2\n\
                nested: {a: [1, {b: c}], d: {}}\nempty: []",
            toml: "title = \"Green \\u8336\"\ndate = 2006-04-06T01:02:03.5+08:00\nlayout = 'post'\nauthor = [\n  'Ann', # one\n  'Bo',\n]\n\
                from = '''https://example.org/a'''\ntags = ['tea', 2024, 1.50, true]\ncategories = ['a b']\ncomments = true\n\
                weight = 3\nratio = 0.5\nbig = 18446744073709551615\nhuge = 18446744073709551616\nminus = -2\n\
                nested = {a = [1, {b = 'c'}], d = {}}\nempty = []",
            json: "{\"title\": \"Green \\u8336\", \"date\": \"2006-04-06T01:02:03.5+08:00\",\n\"layout\": \"post\", \"author\": [\"Ann\", \"Bo\"],\n\
                \"from\": \"https://example.org/a\", \"tags\": [\"tea\", 2024, 1.50, true], \"categories\": [\"a b\"], \"comments\": true,\n\
                \"weight\": 3, \"ratio\": 0.5, \"big\": 18446744073709551615, \"huge\": 18446744073709551616, \"minus\": -2,\n\
                \"nested\": {\"a\": [1, {\"b\": \"c\"}], \"d\": {}}, \"empty\": []}",
        },
        Same {
            yaml: "title: 2024\ntags: 7",
            toml: "title = 2024\ntags = 7",
            json: "{\"title\": 2024, \"tags\": 7}",
        },
        Same { yaml: "title: 1.50", toml: "title = 1.50", json: "{\"title\": 1.50}" },
        Same { yaml: "title: false", toml: "title = false", json: "{\"title\": false}" },
        Same { yaml: "", toml: "", json: "{}" },
        Same { yaml: "# nothing", toml: "# nothing", json: "{ \n }" },
        Same {
            yaml: "a: {b: 1}\nc: [{d: 2}, {d: 3}]",
            toml: "[a]\nb = 1\n[[c]]\nd = 2\n[[c]]\nd = 3",
            json: "{\"a\": {\"b\": 1}, \"c\": [{\"d\": 2}, {\"d\": 3}]}",
        },
        Same {
            yaml: "title: [a]\ncomments: 3\nauthor: {name: Ann}",
            toml: "title = ['a']\ncomments = 3\nauthor.name = 'Ann'",
            json: "{\"title\": [\"a\"], \"comments\": 3, \"author\": {\"name\": \"Ann\"}}",
        },
        Same { yaml: "date: soon", toml: "date = 'soon'", json: "{\"date\": \"soon\"}" },
    ] {
        let [yaml, toml, json] = same.sources();
        let (meta, diagnostics, engine) = read_any(&yaml);
        assert_eq!(engine, MetadataEngine::Yaml);
        let said = |diagnostics: &[Diagnostic]| -> Vec<_> {
            diagnostics.iter().map(|diagnostic| (diagnostic.kind, diagnostic.message.clone())).collect()
        };
        for (source, reader) in [(&toml, MetadataEngine::Toml), (&json, MetadataEngine::Json)] {
            let (other, others, engine) = read_any(source);
            assert_eq!(other, meta, "{source}");
            assert_eq!(said(&others), said(&diagnostics), "{source}");
            assert_eq!(engine, reader);
        }
    }
}

#[test]
fn the_four_kinds_of_dates_of_toml() {
    for (date, shown) in [
        ("2006-04-06T01:02:03Z", "2006-04-06T01:02:03Z"),
        ("2006-04-06 01:02:03.250-07:00", "2006-04-06T01:02:03.250-07:00"),
        ("2006-04-06t01:02:03z", "2006-04-06T01:02:03Z"),
        ("2006-04-06T01:02:03", "2006-04-06T01:02:03"),
        ("2006-04-06 01:02", "2006-04-06T01:02:00"),
        ("2006-04-06", "2006-04-06"),
    ] {
        let source = format!("+++\ndate = {date}\nbegun = {date}\n+++\n");
        let (meta, diagnostics, _) = read_any(&source);
        assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some(shown), "{date}");
        assert_eq!(extra(&meta, "begun").as_str(), Some(date));
        assert_eq!(diagnostics, []);
    }
    let (meta, diagnostics, _) = read_any("+++\ndate = 01:02:03\ntitle = 01:02:03\nat = 01:02:03.5\n+++\n");
    assert_eq!((meta.date, meta.title.as_deref()), (None, Some("01:02:03")));
    assert_eq!(extra(&meta, "date").as_str(), Some("01:02:03"));
    assert_eq!(extra(&meta, "at").as_str(), Some("01:02:03.5"));
    assert_eq!(diagnostics.iter().map(shown_briefly).collect::<Vec<_>>(), ["BadDate 2:8"]);
}

fn shown_briefly(diagnostic: &Diagnostic) -> String {
    let position = diagnostic.position.unwrap();
    format!("{:?} {}:{}", diagnostic.kind, position.line, position.column)
}

#[test]
fn positions_of_values() {
    for (source, expected) in [
        ("\u{feff}+++\r\n标题 = 1\r\n+++\r\n", vec![]),
        (
            "\u{feff}+++\r\ntitle =  [1]\r\n  date = 'x'\r\n+++\r\n",
            vec!["UnexpectedValue 2:10", "BadDate 3:10"],
        ),
        ("+++\n[title]\na = 1\n[date]\n+++\n", vec!["UnexpectedValue 2:1", "UnexpectedValue 4:1"]),
        (
            "\u{feff}{\"标\": 1, \"title\": [1],\n \"date\": \"x\"}\n",
            vec!["UnexpectedValue 1:19", "BadDate 2:10"],
        ),
        (
            "{\"title\": \"a\", \"b\": 1,\n \"title\": [1]}\n",
            vec!["DuplicateKey 2:2", "UnexpectedValue 2:11"],
        ),
        ("{\"d\\u0061te\": \"x\",\n \"date\": \"y\"}", vec!["DuplicateKey 2:2", "BadDate 2:10"]),
    ] {
        let front_matter = FrontMatter::split(source).unwrap();
        if expected.is_empty() {
            assert!(front_matter.meta().is_err());
            continue;
        }
        let (_, diagnostics, _) = read_any(source);
        assert_eq!(diagnostics.iter().map(shown_briefly).collect::<Vec<_>>(), expected, "{source}");
    }
    let at = |source, key| {
        let position = value_position(&FrontMatter::split(source).unwrap(), key);
        position.map(|position| (position.line, position.column))
    };
    assert_eq!(at("+++\na = 1\ntitle = 'x'\n+++\n", "title"), Some((3, 9)));
    assert_eq!(at("{\"title\": 1,\n\"title\": 2}\n", "title"), Some((2, 10)));
    assert_eq!(at("{\"title\": 1,\n\"date\": 2,,}\n", "date"), Some((2, 9)));
    assert_eq!(at("{}", "title"), None);
}

/// Wants a block to be refused for this reason, with the positions of what is after `«` (to be mended) and of
/// what is after `‹` (related to it).
#[track_caller]
fn points_at(marked: &str, reason: &str) {
    let source: String = marked.chars().filter(|char| !"«‹".contains(*char)).collect();
    let position_of = |mark: char| {
        let before: String =
            marked[..marked.find(mark)?].chars().filter(|char| !"«‹".contains(*char)).collect();
        Some(Position::of(&source, before.len()))
    };
    let error = refusal(&source);
    let format = if source.starts_with('{') { "JSON" } else { "TOML" };
    let position = position_of('«').expect("a mark");
    assert_eq!(
        error.to_string(),
        format!("invalid {format} in the front matter: {reason} at {position}"),
        "{source}"
    );
    assert_eq!(error.related(), position_of('‹'), "{source}");
    let unit = FrontMatter::split(&source).unwrap().deserialize::<Value>().unwrap_err();
    assert_eq!(unit, error);
}

#[test]
fn errors_in_toml() {
    for t in [
        "title = \"a\nb = 1",
        "标题 = '城寨",
        "tags = [\"a\", \"b\"\ndate = 1",
        "tags = [\"a\", \"b",
        "tags = [1, 2",
        "tags = {a = 1",
        "tags = {a = 1\nb = 2\nc=3",
        "title = Tea",
        "title = true story",
        "title = \"a \"b\" c\"",
        "title = \"水平\\智力\"",
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = ",
        "a =\nb = 2",
        "a",
        "= 1",
        "my key = 2",
        "date = 2020-13-01",
        "date = 2020/01/02",
        "date=2020-1-2",
        "a: 1",
        "[a\nb=1",
        "a=1\n[a.b]",
        "a = 01",
        "a = \"\u{1}\"",
        "a = \"\\ud800\"",
        "a = [1 2]",
        "a = {b=1, b=2}",
        "a = [}",
        "a = ]",
        "a = \"\"\"x\nb = 1",
        "a=1\rb=2",
        "tags = [a, b]",
        "title = it's",
        "a = [1,, 2]",
        "a = 'x' 'y'",
        "a = [\n'x'\n'y'\n]",
    ] {
        let source = format!("+++\n{t}\n+++\n");
        let error = refusal(&source);
        println!(
            "{t:?} {} | {:?}",
            error.to_string().trim_start_matches("invalid TOML in the front matter: "),
            error.related().map(|p| p.to_string())
        );
    }
    for t in [
        "{\"a\": \"b\n}",
        "{\"a\": [1, 2}",
        "{\"a\": 1,}",
        "{\"\": 1, 'a': 1}",
        "{\"a\" 1}",
        "{\"a\": Tea}",
        "{\"a\": true story}",
        "{\"a\": 1 \"b\": 2}",
        "{\"a\": 1\n \"b\": 2}",
        "{\"a\": \"\\x\"}",
        "{\"a\": \"\\ud800\"}",
        "{\"a\": 01}",
        "{\"a\": .5}",
        "{\"a\": 1e999}",
        "{\"a\":\"\t\"}",
        "{\n \"a\": 'x'\n}",
        "{\"标\": 标}",
        "{\"a\": [1,]}",
        "{\"a\": }",
        "{\"a\": tru}",
        "{\"a\": tru\n}",
        "{\"a\": [1 2]}",
        "{\"a\": \"\\u12\"}",
        "{\"a\": \"x\ny\"}",
        "{\"a\": 1,, \"b\": 2}",
        "{\"a\": [\"b\n]}",
        "{\"a\"}",
        "{\"a\": -}",
        "{\"a\": 1]}",
        "{\"a\": \"b\", // c\n}",
    ] {
        match FrontMatter::split(t).and_then(|f| f.meta()) {
            Ok(meta) => println!("{t:?} OK {meta:?}"),
            Err(error) => println!(
                "{t:?} {} | {:?}",
                error.to_string().trim_start_matches("invalid JSON in the front matter: "),
                error.related().map(|p| p.to_string())
            ),
        }
    }
    for t in [
        "+++\ntitle = \"a \"b\" c\"\ntags = [\"a\", b, 'c']\n标题 = \"城\"\nx: 5\ntitle: Tea # c\ndate = 2020/01/02\nkey =\nname = Ann Lee # so\njunk\nlist = [\n 'a',\n 'b'\n[params]\nkind = green\n标 = 1\n[bad header x]\nz = 1\n[params]\ny = 1\n+++\nB",
        "+++\na = 1\na = 2\n[t]\nb = 1\nb = 2\n+++\n",
        "{\"title\": \"a \"b\" c\",\n \"tags\": [\"a\", 'b', c],\n 'date': '2020-01-02'\n layout: post,\n // note\n \"o\": {\"p\": 1, 'q': [1,],},\n \"t\": \"open,\n \"k\": ,\n \"z\": [1, 2\n}\nB",
        "{\"a\": 1, \"b\": 'x',}",
        "{\"a\"}",
    ] {
        let (report, post) = (|| {
            let p = crate::Parser::new().recover(true);
            let (a, b) = p.parse_with_report(t).unwrap();
            (b, a)
        })();
        println!("=== {t}\n{:#?}", post.meta);
        for d in &report.diagnostics {
            println!("{:?} {d}", d.kind);
        }
        println!("{:?}", report.metadata_engine);
    }
}
