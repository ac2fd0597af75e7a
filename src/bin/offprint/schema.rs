//! `offprint schema`.

use std::io::{self, Write};

use crate::Failure;
use crate::args::{SchemaFormat, SchemaOptions};
use crate::output::{Output, Sink, cannot_write};
use crate::table;

/// The JSON Schema of a line of JSON.
const JSON: &str = include_str!("schema.json");

/// Writes what the output of `offprint convert` looks like to standard output.
pub(crate) fn run(options: &SchemaOptions) -> Result<(), Failure> {
    if options.format != SchemaFormat::Json {
        table::Kind::Arrow.check()?;
    }
    let (sink, name) = Output::stdout().into_parts();
    let write = |mut sink: Sink, text: &str| sink.write_all(text.as_bytes()).and_then(|()| sink.finish());
    let written = match options.format {
        SchemaFormat::Json => write(sink, JSON),
        SchemaFormat::Text => write(sink, &text()),
        SchemaFormat::Arrow => {
            table::writer(table::Kind::Arrow, sink).and_then(table::Writer::finish).and_then(Sink::finish)
        }
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
