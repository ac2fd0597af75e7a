//! `offprint schema`.

use std::io::{self, Write};

use crate::Failure;
use crate::args::{SchemaFormat, SchemaOptions};
use crate::output::{Output, cannot_write};
use crate::table;

/// Writes the columns of the table to standard output.
pub(crate) fn run(options: &SchemaOptions) -> Result<(), Failure> {
    table::Kind::Arrow.check()?;
    let (mut sink, name) = Output::stdout().into_parts();
    let written = match options.format {
        SchemaFormat::Text => sink.write_all(text().as_bytes()).and_then(|()| sink.finish()),
        SchemaFormat::Arrow => table::writer(table::Kind::Arrow, sink)
            .and_then(table::Writer::finish)
            .and_then(crate::output::Sink::finish),
    };
    written.map_err(|error: io::Error| cannot_write(&name, &error))
}

/// A line for each column: its name, its type, whether it may be null, and what it is. The fields of a
/// structure stand below its column.
fn text() -> String {
    let rows = table::columns();
    let width = |cell: fn(&[String; 4]) -> &str| rows.iter().map(|row| cell(row).len()).max().unwrap_or(0);
    let (name, kind, null) = (width(|row| &row[0]), width(|row| &row[1]), width(|row| &row[2]));
    let mut text = String::new();
    for [column, column_type, nullable, doc] in &rows {
        let line = format!("{column:name$}  {column_type:kind$}  {nullable:null$}  {doc}");
        text.push_str(&line);
        text.push('\n');
    }
    text
}
