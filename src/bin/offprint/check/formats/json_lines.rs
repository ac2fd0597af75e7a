//! A line of JSON for each finding.

use offprint::Position;
use serde::Serialize;

use super::super::finding::Finding;

#[derive(Serialize)]
struct Line<'s> {
    path: &'s str,
    #[serde(flatten)]
    position: Option<Position>,
    level: &'static str,
    code: &'static str,
    message: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<&'s str>,
}

pub(super) fn write(out: &mut String, path: &str, finding: &Finding) {
    let line = Line {
        path,
        position: finding.position,
        level: finding.level.as_str(),
        code: finding.code.as_str(),
        message: &finding.message,
        other: finding.other.as_deref(),
    };
    // Texts and numbers are always JSON.
    out.extend(serde_json::to_string(&line));
    out.push('\n');
}
