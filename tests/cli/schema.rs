//! The JSON Schema that `offprint schema` prints, and the lines of JSON.

#[path = "../support/files.rs"]
mod files;
#[path = "../support/json_schema.rs"]
mod json_schema;

use std::path::{Path, PathBuf};

use offprint::{
    Block, Decline, DiagnosticKind, Direction, HtmlEngine, ListKind, Mark, Media, MetadataEngine, Numbering,
    RemovalKind,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::archive::{Archive, ODD, Run, lines};
use json_schema::{Misfit, Schema};

const SCHEMA: &str = include_str!("../../src/bin/offprint/schema.json");

fn schema() -> Schema {
    Schema::parse(SCHEMA)
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// The lines of a run with these options on all posts of a folder.
fn converted(folder: &Path, options: &[&str]) -> Vec<Value> {
    let archive = Archive::new();
    let mut arguments = vec!["convert", folder.to_str().unwrap()];
    arguments.extend(options);
    let run = Run::of(archive.offprint(&arguments).output().unwrap());
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    run.lines()
}

/// The golden files as lines of the command. Their reports are shortened, and left out.
fn golden() -> Vec<(PathBuf, Value)> {
    let line = |path: PathBuf| {
        let mut line: Value = serde_json::from_str(&files::read(&path)).unwrap();
        line.as_object_mut().unwrap().remove("report");
        line["path"] = path.to_str().into();
        (path, line)
    };
    files::with_extension(&data(), "json").into_iter().map(line).collect()
}

#[test]
fn the_command_prints_the_schema() {
    let archive = Archive::new();
    for arguments in [&["schema"][..], &["schema", "--format", "json"]] {
        let run = Run::of(archive.offprint(arguments).output().unwrap()).expect(0, "");
        assert_eq!(run.stdout, SCHEMA);
    }
    assert_eq!(schema().at(&["$schema"]), "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn every_golden_file_fits() {
    let schema = schema();
    let mut failures = files::Failures::default();
    for (path, line) in golden() {
        if let Err(misfit) = schema.check(&line).and_then(|()| schema.check_as("post_line", &line)) {
            failures.add(&path, misfit);
        }
    }
    failures.finish();
}

#[test]
fn every_line_fits_with_and_without_its_report() {
    let schema = schema();
    let mut folders = vec![data()];
    match std::env::var_os("OFFPRINT_CORPUS") {
        Some(corpus) => folders.push(corpus.into()),
        None => eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped, tests/data was read"),
    }
    let mut misfits = Vec::new();
    for folder in &folders {
        for options in [
            &[][..],
            &["--report", "-"],
            &["--report", "-", "--furniture", "--recover", "--templates", "liquid,hugo,wordpress"],
            &["--report", "-", "--engine", "reference", "--body", "markdown"],
        ] {
            let lines = converted(folder, options);
            assert!(lines.len() > 50, "{}: {} lines", folder.display(), lines.len());
            for line in lines {
                assert_eq!(line.get("report").is_some(), !options.is_empty(), "{}", line["path"]);
                if let Err(misfit) = schema.check_as("post_line", &line) {
                    misfits.push(format!("{} {options:?}: {misfit}", line["path"]));
                }
            }
        }
    }
    assert!(misfits.is_empty(), "{} misfits\n{}", misfits.len(), misfits.join("\n"));
}

#[test]
fn the_lines_of_a_report_fit() {
    let archive = Archive::new();
    archive.add("bad.md", "---\ntitle: x\n").add("bytes.md", b"\xff").add("odd.md", ODD);
    archive.convert("bad.md bytes.md odd.md --report report.jsonl");
    let [bad, bytes, odd] = &lines(&archive.read("report.jsonl"))[..] else { panic!("three lines") };
    let schema = schema();
    for (definition, line) in [("failed_line", bad), ("failed_line", bytes), ("report_line", odd)] {
        assert_eq!(schema.check_as(definition, line), Ok(()), "{line}");
        assert_eq!(schema.check(line), Ok(()), "{line}");
    }
    let without_position = json!({"path": "a", "error": {"message": "too large"}});
    assert_eq!(schema.check(&without_position), Ok(()));
}

/// Every object of a golden file with a key too many, and every value of another type, is found.
#[test]
fn what_does_not_fit_is_found() {
    let schema = schema();
    let mut count = 0;
    for (path, line) in golden() {
        let pointers = pointers(&line);
        for pointer in pointers {
            let mut changed = line.clone();
            let value = changed.pointer_mut(&pointer).unwrap();
            *value = match value.take() {
                Value::Object(mut object) => {
                    object.insert("unknown".to_owned(), json!(1));
                    object.into()
                }
                Value::Array(_) => json!({}),
                Value::String(_) | Value::Bool(_) => json!(1.5),
                Value::Number(_) | Value::Null => json!("1"),
            };
            assert!(schema.check(&changed).is_err(), "{}: {pointer}", path.display());
            count += 1;
        }
    }
    assert!(count > 3_000, "{count}");
}

/// The pointers to all values but those of `extra`, which may be anything.
fn pointers(value: &Value) -> Vec<String> {
    let mut pointers = vec![String::new()];
    let mut push = |key: &str, inner: &Value| {
        pointers.extend(self::pointers(inner).into_iter().map(|inner| format!("/{key}{inner}")));
    };
    match value {
        Value::Object(object) => {
            object.iter().filter(|(key, _)| *key != "extra").for_each(|(key, inner)| push(key, inner));
        }
        Value::Array(array) => {
            array.iter().enumerate().for_each(|(index, inner)| push(&index.to_string(), inner));
        }
        _ => {}
    }
    pointers
}

#[test]
fn a_misfit_says_where() {
    let misfit = |line: Value| schema().check(&line).unwrap_err().to_string();
    let line = |block: Value| json!({"path": "a", "meta": {}, "blocks": [block]});
    for (block, expected) in [
        (json!({"type": "paragraph"}), "$.blocks[0]: \"text\" is missing"),
        (json!({"type": "thematic_break", "text": ""}), "$.blocks[0]: the key \"text\" is unknown"),
        (
            json!({"type": "paragraph", "text": "a", "marks": [{"start": -1, "end": 1, "type": "code"}]}),
            "$.blocks[0].marks[0].start: -1 is beyond the minimum of 0",
        ),
    ] {
        assert_eq!(misfit(line(block.clone())), expected, "{block}");
    }
    let prelude = |prelude: Value| json!({"path": "a", "meta": {}, "prelude": prelude, "blocks": []});
    assert!(misfit(prelude(json!({}))).ends_with("is empty"));
    assert!(misfit(prelude(json!({"stamp": 1.0}))).starts_with("$.prelude.stamp: 1.0 is no \"integer\""));
    assert!(misfit(prelude(json!({"stamp": 1, "stamp_is_nan": true}))).contains("fits"));
    assert_eq!(schema().check(&prelude(json!({"stamp": i64::MIN}))), Ok(()));
    assert_eq!(schema().check(&prelude(json!({"stamp_is_nan": true}))), Ok(()));
}

#[test]
fn dates_fit_as_they_are_written() {
    let schema = schema();
    let check = |date: &str| schema.check(&json!({"path": "a", "meta": {"date": date}, "blocks": []}));
    for source in [
        "2020-02-29",
        "-000044-03-15",
        "0000-01-01T00:00",
        "9999-12-31T23:59:59.123456789",
        "2019-01-02 03:04:05.5 +0800",
        "2019-01-02 03:04 -23:59",
        "2019-01-02T03:04:05Z",
        "Tue, 29 Sep 2020 01:02:03 PDT",
    ] {
        let date: offprint::Date = source.parse().unwrap();
        assert_eq!(check(&date.to_string()), Ok(()), "{source}");
    }
    for date in ["2020-13-01", "2020-1-1", "20200101", "2020-01-01T00:00", "2020-01-01 00:00:00", "soon", ""]
    {
        assert!(check(date).is_err(), "{date}");
    }
}

/// The codes that the library reads: serde names them where it refuses another.
fn codes<'de, T: Deserialize<'de> + std::fmt::Debug>(unknown: &'de str) -> Vec<String> {
    let message = serde_json::from_str::<T>(unknown).unwrap_err().to_string();
    let (_, expected) = message.split_once("expected").unwrap_or_else(|| panic!("{message}"));
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_codes_are_those_of_the_library() {
    let schema = schema();
    let listed = |keys: &[&str]| -> Vec<String> {
        let path: Vec<_> = std::iter::once("$defs").chain(keys.iter().copied()).collect();
        serde_json::from_value(schema.at(&path).clone()).unwrap_or_else(|error| panic!("{keys:?}: {error}"))
    };
    let property = |object: &str, name: &str| listed(&[object, "properties", name, "enum"]);
    assert_eq!(property("diagnostic", "kind"), codes::<DiagnosticKind>("\"?\""));
    assert_eq!(property("removal", "kind"), codes::<RemovalKind>("\"?\""));
    assert_eq!(property("report", "metadata_engine"), codes::<MetadataEngine>("\"?\""));
    assert_eq!(property("report", "html_engine"), codes::<HtmlEngine>("\"?\""));
    assert_eq!(listed(&["decline", "enum"]), codes::<Decline>("\"?\""));
    assert_eq!(property("list", "kind"), codes::<ListKind>("\"?\""));
    assert_eq!(listed(&["direction", "enum"]), codes::<Direction>("\"?\""));
    let numberings = codes::<Numbering>("\"?\"");
    assert_eq!(property("list", "numbering"), numberings[1..], "decimal is left out");
    assert_eq!(numberings[0], "decimal");

    let types = |alternatives: &[&str]| {
        let path: Vec<_> = alternatives.iter().chain(&["oneOf"]).copied().collect();
        let mut types = Vec::new();
        for alternative in schema.at(&path).as_array().unwrap() {
            let resolved = match alternative.get("$ref") {
                Some(name) => schema.at(&["$defs", name.as_str().unwrap().rsplit('/').next().unwrap()]),
                None => alternative,
            };
            let of_type = &resolved["properties"]["type"];
            types.extend(
                of_type["enum"].as_array().cloned().unwrap_or_else(|| vec![of_type["const"].clone()]),
            );
        }
        let mut types: Vec<_> = types.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        types.sort();
        types
    };
    let sorted = |mut codes: Vec<String>| {
        codes.sort();
        codes
    };
    assert_eq!(types(&["$defs", "block"]), sorted(codes::<Block<'_>>(r#"{"type": "?"}"#)));
    assert_eq!(types(&["$defs", "media"]), sorted(codes::<Media<'_>>(r#"{"type": "?"}"#)));
    let marks = codes::<Mark<'_>>(r#"{"start": 0, "end": 1, "type": "?"}"#);
    assert_eq!(types(&["$defs", "mark"]), sorted(marks));
}

#[test]
fn the_validator_does_not_pass_over_a_keyword() {
    let schema = Schema::parse(r#"{"$defs": {}, "format": "date"}"#);
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| schema.check(&json!(1))));
    assert!(checked.is_err());
    let schema = Schema::parse(r#"{"oneOf": [{"type": "number"}, {"type": "integer"}]}"#);
    let Err(Misfit { path, .. }) = schema.check(&json!(1)) else { panic!("fits both") };
    assert_eq!(path, "$");
    assert_eq!(schema.check(&json!(1.5)), Ok(()));
}
