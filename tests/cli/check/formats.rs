//! How findings are written.

use serde_json::{Value, json};

use super::{HEAD, check};
use crate::archive::Archive;

/// Three posts, with a name that every format has to escape, and characters of more than one byte.
fn posts() -> Archive {
    let archive = Archive::new();
    archive.add("a, b%.md", [HEAD, "<p>茶 <a href='#50%:x,'>y</a></p>\n"].concat());
    archive.add("b.md", "---\ndate: 2021-03-04\n---\n<p>Boil water.</p>\n");
    archive.add("c.md", "---\ndate: 2021-03-04\n---\n<p>Boil water.</p>\n");
    archive
}

const FINDINGS: u64 = 4;

#[test]
fn text_is_a_line_for_each() {
    let run = check(&posts(), ". -q --deny missing_title").expect(1, "");
    assert_eq!(
        run.stdout,
        "./a, b%.md:5:15: warning[broken_fragment]: nothing in the post has the id `50%:x,`\n\
         ./b.md: error[missing_title]: the post has no `title`\n\
         ./c.md: error[missing_title]: the post has no `title`\n\
         ./c.md:4:1: warning[duplicate_article]: the article is that of ./b.md\n"
    );
}

#[test]
#[cfg(unix)]
fn a_line_is_one_line_whatever_a_path_holds() {
    let archive = Archive::new();
    archive.add("a\nb.md", "---\ntitle: Tea\n---\n<p>Boil water.</p>\n");
    let run = check(&archive, ". -q").expect(0, "");
    assert_eq!(run.stdout, "./a b.md: warning[missing_date]: the post has no `date`\n");
    let run = check(&archive, ". -q --format github").expect(0, "");
    assert_eq!(run.stdout, "::warning file=./a%0Ab.md,title=missing_date::the post has no `date`\n");
}

#[test]
fn json_lines_have_all_fields() {
    let run = check(&posts(), ". -q --format jsonl --deny missing_title").expect(1, "");
    let message = "the post has no `title`";
    let title =
        |path: &str| json!({"path": path, "level": "error", "code": "missing_title", "message": message});
    let expected = [
        json!({
            "path": "./a, b%.md", "line": 5, "column": 15, "offset": 52,
            "level": "warning", "code": "broken_fragment",
            "message": "nothing in the post has the id `50%:x,`",
        }),
        title("./b.md"),
        title("./c.md"),
        json!({
            "path": "./c.md", "line": 4, "column": 1, "offset": 25,
            "level": "warning", "code": "duplicate_article",
            "message": "the article is that of ./b.md", "other": "./b.md",
        }),
    ];
    assert_eq!(run.lines(), expected);
    assert!(run.stdout.starts_with(r#"{"path":"./a, b%.md","line":5,"column":15,"offset":52,"level":"#));
}

#[test]
fn github_reads_commands() {
    let run = check(&posts(), ". -q --format github --deny missing_title").expect(1, "");
    assert_eq!(
        run.stdout,
        "::warning file=./a%2C b%25.md,line=5,col=15,title=broken_fragment::\
         nothing in the post has the id `50%25:x,`\n\
         ::error file=./b.md,title=missing_title::the post has no `title`\n\
         ::error file=./c.md,title=missing_title::the post has no `title`\n\
         ::warning file=./c.md,line=4,col=1,title=duplicate_article::the article is that of ./b.md\n"
    );
}

#[test]
fn sarif_is_one_document() {
    let run = check(&posts(), ". --format sarif --deny missing_title");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.ends_with("3 posts checked: 2 errors and 2 warnings in 3 of them\n"),
        "{}",
        run.stderr
    );
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    assert_eq!(document["$schema"], schema);
    let [run] = &document["runs"].as_array().unwrap()[..] else { panic!("{document}") };
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(
        (&driver["name"], &driver["version"]),
        (&json!("offprint"), &json!(env!("CARGO_PKG_VERSION")))
    );

    let rules = driver["rules"].as_array().unwrap();
    let list = check(&Archive::new(), "--list --deny missing_title").expect(0, "").stdout;
    assert_eq!(rules.len(), list.lines().count());
    for (rule, line) in rules.iter().zip(list.lines()) {
        let (code, rest) = line.split_once(' ').unwrap();
        let (level, meaning) = rest.trim_start().split_once(' ').unwrap();
        let configuration = match level {
            "off" => json!({"enabled": false}),
            level => json!({"enabled": true, "level": level}),
        };
        let expected = json!({
            "id": code,
            "shortDescription": {"text": meaning.trim_start()},
            "defaultConfiguration": configuration,
        });
        assert_eq!(*rule, expected);
    }

    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len() as u64, FINDINGS);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let without_index = |result: &Value| {
        let mut result = result.clone();
        result.as_object_mut().unwrap().remove("ruleIndex");
        result
    };
    let expected = json!({
        "ruleId": "broken_fragment",
        "level": "warning",
        "message": {"text": "nothing in the post has the id `50%:x,`"},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": "./a%2C%20b%25.md"},
            "region": {"startLine": 5, "startColumn": 15},
        }}],
    });
    assert_eq!(without_index(&results[0]), expected);
    let expected = json!({
        "ruleId": "missing_title",
        "level": "error",
        "message": {"text": "the post has no `title`"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "./b.md"}}}],
    });
    assert_eq!(without_index(&results[1]), expected);
    let expected = json!([{"physicalLocation": {"artifactLocation": {"uri": "./b.md"}}}]);
    assert_eq!(results[3]["relatedLocations"], expected);
}

#[test]
fn sarif_of_nothing_is_a_document_too() {
    let archive = Archive::new();
    archive.add("a.md", [HEAD, "<p>Boil water.</p>\n"].concat());
    let run = check(&archive, "a.md -q --format sarif").expect(0, "");
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["runs"][0]["results"], json!([]));
    for format in ["text", "jsonl", "github"] {
        assert_eq!(check(&archive, &format!("a.md -q --format {format}")).expect(0, "").stdout, "");
    }
}
