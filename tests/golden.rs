//! Each post in `tests/data` gives the JSON beside it.
//!
//! `OFFPRINT_BLESS=1 cargo test --test golden` writes the JSON anew; read the difference before you commit
//! it. What each file stresses stands in `tests/data.md`.

#[path = "support/files.rs"]
mod files;

use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Diagnostic, Parser, Post, Removal, Report};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A golden file: what `offprint convert` prints, without the path.
#[derive(Serialize)]
struct Golden<'a> {
    #[serde(flatten)]
    post: &'a Post<'a>,
    report: GoldenReport,
}

/// The part of a report that does not depend on how the post was read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldenReport {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<GoldenDiagnostic>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    removals: Vec<GoldenRemoval>,
}

/// A diagnostic without its message: messages are asserted where they are made.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldenDiagnostic {
    kind: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// A removal without its rule: the lists of rules grow.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldenRemoval {
    element: String,
    kind: Value,
    text: String,
}

#[test]
fn every_post_gives_the_json_beside_it() {
    let bless = std::env::var_os("OFFPRINT_BLESS").is_some_and(|value| value == "1");
    let mut failures = Failures::default();
    for path in files::with_extension(&data(), "md") {
        let source = files::read(&path);
        let actual = match Parser::new().parse_with_report(&source) {
            Ok((post, report)) => pretty(&post, golden_report(&report)),
            Err(error) => {
                failures.add(&path, error);
                continue;
            }
        };
        let golden = path.with_extension("json");
        if bless {
            std::fs::write(&golden, actual).expect("a writable folder");
            continue;
        }
        if !golden.exists() {
            failures.add(&path, "has no JSON beside it");
        } else if let Some(difference) = text_difference(&files::read(&golden), &actual) {
            failures.add(&path, difference);
        }
    }
    failures.finish();
}

#[test]
fn every_json_has_its_post() {
    let mut failures = Failures::default();
    for path in files::with_extension(&data(), "json") {
        if !path.with_extension("md").exists() {
            failures.add(&path, "has no post beside it");
        }
    }
    failures.finish();
}

#[test]
fn every_json_is_a_post_and_is_written_as_it_was_read() {
    #[derive(Deserialize)]
    struct WithReport {
        report: GoldenReport,
    }

    let mut failures = Failures::default();
    for path in files::with_extension(&data(), "json") {
        let json = files::read(&path);
        let read = serde_json::from_str::<Post<'_>>(&json)
            .and_then(|post| serde_json::from_str::<WithReport>(&json).map(|with| (post, with.report)));
        match read {
            Err(error) => failures.add(&path, error),
            Ok((post, report)) => {
                if let Some(difference) = text_difference(&json, &pretty(&post, report)) {
                    failures.add(&path, difference);
                }
            }
        }
    }
    failures.finish();
}

#[test]
fn every_post_is_named_in_the_readme() {
    let readme = files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data.md"));
    let mut failures = Failures::default();
    for path in files::with_extension(&data(), "md") {
        let name = path.strip_prefix(data()).expect("a file of the folder").with_extension("");
        if !readme.contains(&format!("`{}`", name.display())) {
            failures.add(&path, "is not in tests/data.md");
        }
    }
    failures.finish();
}

#[test]
fn a_difference_is_shown_with_its_path() {
    let difference = |expected: &str, actual: &str| text_difference(expected, actual);
    assert_eq!(difference(r#"{"a": [1, 2]}"#, r#"{"a": [1, 2]}"#), None);
    assert_eq!(
        difference(r#"{"a": [1, {"b": "x"}]}"#, r#"{"a": [1, {"b": "y"}]}"#).unwrap(),
        "$.a[1].b\n  expected \"x\"\n  actual   \"y\""
    );
    assert_eq!(difference("[1]", "[1, 2]").unwrap(), "$[1]\n  expected nothing\n  actual   2");
    assert_eq!(difference(r#"{"a": 1}"#, "{}").unwrap(), "$.a\n  expected 1\n  actual   nothing");
    assert_eq!(
        difference("{\"a\": 1,\n\"b\": 2}", "{\"b\": 2,\n\"a\": 1}").unwrap(),
        "the same values, written differently from line 1\n  expected {\"a\": 1,\n  actual   {\"b\": 2,"
    );
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn pretty(post: &Post<'_>, report: GoldenReport) -> String {
    let mut json = serde_json::to_string_pretty(&Golden { post, report }).expect("a post is valid JSON");
    json.push('\n');
    json
}

fn golden_report(report: &Report) -> GoldenReport {
    GoldenReport {
        diagnostics: report.diagnostics.iter().map(golden_diagnostic).collect(),
        removals: report.removals.iter().map(golden_removal).collect(),
    }
}

fn golden_diagnostic(diagnostic: &Diagnostic) -> GoldenDiagnostic {
    let Diagnostic { kind, message: _, position, .. } = diagnostic;
    GoldenDiagnostic {
        kind: serde_json::to_value(kind).expect("a name"),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

fn golden_removal(removal: &Removal) -> GoldenRemoval {
    GoldenRemoval {
        element: removal.element.clone(),
        kind: serde_json::to_value(removal.kind).expect("a name"),
        text: removal.text.clone(),
    }
}

/// Where two JSON texts differ, first by their values, then by how they are written.
fn text_difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let value =
        |json: &str| serde_json::from_str::<Value>(json).unwrap_or_else(|error| error.to_string().into());
    difference("$", Some(&value(expected)), Some(&value(actual))).or_else(|| {
        let mut lines = expected.lines().zip(actual.lines()).enumerate();
        let (line, (expected, actual)) = lines.find(|(_, (expected, actual))| expected != actual)?;
        let line = line + 1;
        Some(format!(
            "the same values, written differently from line {line}\n  expected {expected}\n  actual   {actual}"
        ))
    })
}

/// The path of the first value that differs, and both values.
fn difference(path: &str, expected: Option<&Value>, actual: Option<&Value>) -> Option<String> {
    match (expected, actual) {
        (Some(Value::Object(expected)), Some(Value::Object(actual))) => {
            let mut keys: Vec<_> = expected.keys().chain(actual.keys()).collect();
            keys.sort();
            keys.dedup();
            keys.iter()
                .find_map(|&key| difference(&format!("{path}.{key}"), expected.get(key), actual.get(key)))
        }
        (Some(Value::Array(expected)), Some(Value::Array(actual))) => (0..expected.len().max(actual.len()))
            .find_map(|index| {
                difference(&format!("{path}[{index}]"), expected.get(index), actual.get(index))
            }),
        _ if expected == actual => None,
        _ => {
            let show = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            Some(format!("{path}\n  expected {}\n  actual   {}", show(expected), show(actual)))
        }
    }
}
