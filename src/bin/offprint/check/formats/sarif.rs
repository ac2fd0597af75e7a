//! SARIF 2.1.0, the format of the Static Analysis Results Interchange: one document, a line for each finding.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use serde_json::{Value, json};

use super::super::codes::{Code, Level};
use super::super::finding::Finding;
use super::super::levels::Levels;
use super::super::percent::url_of_path;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands after the results.
pub(super) const END: &str = "\n]}]}\n";

/// What stands before the results: the tool, and its rules.
pub(super) fn begin(levels: &Levels) -> String {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code, levels.get(*code))).collect();
    let driver = json!({"name": "offprint", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},\
         \"columnKind\":\"unicodeCodePoints\",\"results\":[",
        json!({"driver": driver})
    )
}

fn rule(code: Code, level: Level) -> Value {
    let mut configuration = json!({"enabled": level != Level::Off});
    if level != Level::Off {
        configuration["level"] = level.as_str().into();
    }
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.meaning()},
        "defaultConfiguration": configuration,
    })
}

/// Appends a result.
pub(super) fn write(out: &mut String, path: &str, finding: &Finding, is_first: bool) {
    let mut location = physical_location(path);
    if let Some(position) = finding.position {
        location["region"] = json!({"startLine": position.line, "startColumn": position.column});
    }
    let mut result = json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": finding.code as usize,
        "level": finding.level.as_str(),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
    });
    if let Some(other) = &finding.other {
        result["relatedLocations"] = json!([{"physicalLocation": physical_location(other)}]);
    }
    out.push_str(if is_first { "\n" } else { ",\n" });
    out.push_str(&result.to_string());
}

fn physical_location(path: &str) -> Value {
    json!({"artifactLocation": {"uri": url_of_path(path)}})
}
