//! The table of the columns in the documentation.
//!
//! `OFFPRINT_BLESS=1 cargo test --all-features --test table` writes it anew.

use std::fmt::Write;
use std::path::PathBuf;

use offprint::table::{COLUMNS, Column, ColumnType};

use crate::files;

#[test]
fn the_documentation_has_each_column() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/table/columns.md");
    let expected = documentation();
    if std::env::var_os("OFFPRINT_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &expected).expect("a writable folder");
    }
    assert_eq!(files::read(&path), expected);
}

fn documentation() -> String {
    let mut text = "| column | type | |\n|---|---|---|\n".to_owned();
    for column in COLUMNS {
        push(&mut text, "", column);
        if let ColumnType::Structures(fields) = column.column_type {
            for field in fields {
                push(&mut text, "… ", field);
            }
        }
    }
    text
}

fn push(text: &mut String, indent: &str, column: &Column) {
    let name = match column.column_type {
        ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Boolean => "boolean",
        ColumnType::Moment => "timestamp in UTC",
        ColumnType::ClockTime => "timestamp without zone",
        ColumnType::Texts => "list of texts",
        ColumnType::Structures(_) => "list of structures",
        other => panic!("a column of {other:?}"),
    };
    let or_null = if column.is_nullable { " or null" } else { "" };
    writeln!(text, "| {indent}`{}` | {name}{or_null} | {} |", column.name, column.doc).expect("a string");
}
