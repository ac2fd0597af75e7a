//! JSON lines: one object for each post, and one for each report.

use offprint::{Position, Post, Report};
use serde::Serialize;

/// Appends the line of a post.
pub(crate) fn write_post(out: &mut Vec<u8>, path: &str, post: &Post<'_>, report: Option<&Report>) {
    let mut line = post.json().path(path);
    if let Some(report) = report {
        line = line.report(report);
    }
    // Writing to memory does not fail.
    let _ = line.write_to(out);
    out.push(b'\n');
}

/// Appends the line of a report.
pub(crate) fn write_report(out: &mut Vec<u8>, path: &str, report: &Report) -> serde_json::Result<()> {
    #[derive(Serialize)]
    struct Line<'s> {
        path: &'s str,
        report: &'s Report,
    }

    write_line(out, &Line { path, report })
}

/// Appends the line that stands in for a post that could not be read, or for its report.
pub(crate) fn write_problem(
    out: &mut Vec<u8>,
    path: &str,
    message: &str,
    position: Option<Position>,
) -> serde_json::Result<()> {
    /// Like a diagnostic.
    #[derive(Serialize)]
    struct Problem<'s> {
        message: &'s str,
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<usize>,
    }

    #[derive(Serialize)]
    struct Line<'s> {
        path: &'s str,
        error: Problem<'s>,
    }

    let (line, column) = position.map(|position| (position.line, position.column)).unzip();
    write_line(out, &Line { path, error: Problem { message, line, column } })
}

/// Appends a whole line or nothing.
fn write_line(out: &mut Vec<u8>, line: &impl Serialize) -> serde_json::Result<()> {
    let start = out.len();
    let written = serde_json::to_writer(&mut *out, line);
    match written {
        Ok(()) => out.push(b'\n'),
        Err(_) => out.truncate(start),
    }
    written
}
