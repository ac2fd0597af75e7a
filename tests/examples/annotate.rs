//! Errors and oddities, each with the line that it is about, as a compiler shows them.
//!
//! `cargo run --example annotate -- PATH…`, where each PATH is a post or a folder of posts; without a PATH, the
//! posts of this crate's tests.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::{Parser, Position};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    run(&paths, &mut io::stdout().lock())
}

pub(crate) fn run(paths: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let parser = Parser::new();
    for path in posts(paths)? {
        let bytes = fs::read(&path)?;
        let name = path.to_string_lossy();
        let source = String::from_utf8_lossy(&bytes);
        match parser.parse_named_bytes_with_report(&name, &bytes) {
            Ok((_, report)) => {
                for diagnostic in &report.diagnostics {
                    let kind = diagnostic.kind.as_str();
                    writeln!(out, "warning[{kind}]: {}", diagnostic.message)?;
                    snippet(out, &name, &source, diagnostic.position)?;
                }
            }
            Err(error) => {
                // The kind is the message without the position.
                writeln!(out, "error: {}", error.kind())?;
                snippet(out, &name, &source, error.position())?;
            }
        }
    }
    Ok(())
}

/// The line at this position, with a caret below it.
fn snippet(out: &mut impl Write, name: &str, source: &str, at: Option<Position>) -> io::Result<()> {
    let Some(Position { line, column, .. }) = at else { return writeln!(out, " --> {name}\n") };
    let text = source.trim_start_matches('\u{feff}').lines().nth(line - 1).unwrap_or_default();
    // The whole article may be one line: some characters before the position, and some after it.
    let skipped = (column - 1).saturating_sub(30);
    let shown: String = text.chars().skip(skipped).take(70).collect();
    // Below a character of two columns is a space of two columns.
    let space = |c: char| if c == '\t' { c } else { ['\u{3000}', ' '][usize::from(c < '\u{1100}')] };
    let indent: String = shown.chars().take(column - 1 - skipped).map(space).collect();
    let margin = " ".repeat(line.to_string().len());
    writeln!(out, "{margin}--> {name}:{line}:{column}")?;
    writeln!(out, "{margin} |\n{line} | {shown}\n{margin} | {indent}^\n")
}

/// The posts below these paths, in the order of their names.
fn posts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ignore::Error> {
    let mut posts = Vec::new();
    for path in paths {
        for entry in WalkBuilder::new(path).standard_filters(false).sort_by_file_name(Ord::cmp).build() {
            let path = entry?.into_path();
            if path.extension().is_some_and(|extension| extension == "md" || extension == "html") {
                posts.push(path);
            }
        }
    }
    Ok(posts)
}
