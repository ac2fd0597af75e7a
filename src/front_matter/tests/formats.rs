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

/// As in YAML, a post means the same whatever its line ends.
#[test]
fn lines_of_texts_in_toml_end_with_line_feeds() {
    let source = "+++\na = \"\"\"\nx\ny\"\"\"\nb = '''x\n\n\\r\n'''\nc = \"\"\"x\\r\\n\n  y\\\n z\"\"\"\nd = [\"\"\"x\ny\"\"\"]\n\
        e = \"\\r\\n\"\n+++\n";
    let expected = FrontMatter::split(source).unwrap().meta().unwrap();
    let texts = ["a", "b", "c", "e"].map(|key| extra(&expected, key).as_str().unwrap());
    assert_eq!(texts, ["x\ny", "x\n\n\\r\n", "x\r\n\n  yz", "\r\n"]);
    let with_crlf = source.replace('\n', "\r\n");
    let read = FrontMatter::split(&with_crlf).unwrap().meta().unwrap();
    assert_eq!(read.extra, expected.extra);
}
