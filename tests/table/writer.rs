//! What the writer writes.

use std::io::{self, ErrorKind, Write};

use arrow_ipc::reader::StreamReader;
use arrow_schema::{DataType, Schema};
use bytes::Bytes;
use offprint::Parser;
use offprint::table::{COLUMNS, ColumnType, Rows, Writer};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Value, json};

use crate::values::{parquet_rows, rows};

fn some_rows(count: usize, source_bytes: usize) -> Rows {
    let mut rows = Rows::new();
    let (post, report) = Parser::new().parse_with_report("---\ntitle: Tea\n---\n<p>Boil water.").unwrap();
    for number in 0..count {
        rows.push_post(&number.to_string(), source_bytes, &post, &report);
    }
    rows
}

fn parquet(pieces: impl IntoIterator<Item = Rows>) -> Vec<u8> {
    let mut writer = Writer::parquet(Vec::new()).unwrap();
    for rows in pieces {
        writer.write(rows).unwrap();
    }
    writer.finish().unwrap()
}

fn arrow(pieces: impl IntoIterator<Item = Rows>) -> Vec<u8> {
    let mut writer = Writer::arrow(Vec::new()).unwrap();
    for rows in pieces {
        writer.write(rows).unwrap();
    }
    writer.finish().unwrap()
}

/// The rows of each group.
fn groups(file: Vec<u8>) -> Vec<i64> {
    let reader = SerializedFileReader::new(Bytes::from(file)).unwrap();
    reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect()
}

#[test]
fn a_group_ends_before_it_would_be_too_large() {
    let pieces = |count, rows, bytes| (0..count).map(move |_| some_rows(rows, bytes));
    assert_eq!(groups(parquet(pieces(20, 1000, 1))), [10_000, 10_000]);
    assert_eq!(groups(parquet(pieces(5, 3000, 1))), [9000, 6000]);
    // A piece is of 9 MiB, and 32 MiB are enough.
    assert_eq!(groups(parquet(pieces(7, 9, 1 << 20))), [27, 27, 9]);
    assert_eq!(groups(parquet(pieces(2, 40, 1 << 20))), [40, 40]);
    assert_eq!(groups(parquet(pieces(0, 0, 0))), [] as [i64; 0]);
}

#[test]
fn a_batch_ends_before_it_would_be_too_large() {
    let batches = |count, rows, bytes| {
        let stream = arrow((0..count).map(|_| some_rows(rows, bytes)));
        let batches = StreamReader::try_new(&stream[..], None).unwrap();
        batches.map(|batch| batch.unwrap().num_rows()).collect::<Vec<_>>()
    };
    assert_eq!(batches(5, 300, 1), [900, 600]);
    assert_eq!(batches(2, 1500, 1), [1500, 1500]);
    // A piece is of 0.75 MiB, and 2 MiB are enough.
    assert_eq!(batches(5, 3, 1 << 18), [6, 6, 3]);
    assert_eq!(batches(0, 0, 0), [] as [usize; 0]);
}

#[test]
fn the_schema_has_no_type_that_an_engine_refuses() {
    let stream = arrow([]);
    let schema = StreamReader::try_new(&stream[..], None).unwrap().schema();
    let file = parquet([some_rows(1, 1)]);
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(file)).unwrap();
    assert_eq!(builder.schema(), &schema);
    check_types(&schema);
    let version = schema.metadata()["offprint"].clone();
    let version: Value = serde_json::from_str(&version).unwrap();
    assert_eq!(version, json!({"schema": 1, "version": env!("CARGO_PKG_VERSION")}));
}

fn check_types(schema: &Schema) {
    let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>());
    for (field, column) in schema.fields().iter().zip(COLUMNS) {
        assert_eq!(field.is_nullable(), column.is_nullable, "{}", column.name);
        assert_eq!(field.metadata()["comment"], column.doc);
        let data_type = match column.column_type {
            ColumnType::Text => "Utf8",
            ColumnType::Integer => "Int64",
            ColumnType::Boolean => "Boolean",
            ColumnType::Moment => "Timestamp(µs, \"UTC\")",
            ColumnType::ClockTime => "Timestamp(µs)",
            ColumnType::Texts => "List(non-null Utf8)",
            ColumnType::Structures(_) => {
                let DataType::List(item) = field.data_type() else { panic!("{} is no list", column.name) };
                let DataType::Struct(fields) = item.data_type() else {
                    panic!("{} has no fields", column.name)
                };
                let plain = [DataType::Utf8, DataType::Int64];
                assert!(fields.iter().all(|field| plain.contains(field.data_type())), "{fields:?}");
                continue;
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(field.data_type().to_string(), data_type, "{}", column.name);
    }
}

#[test]
fn a_post_that_failed_is_a_row_with_its_error() {
    let source = "---\ntitle: a\n---\n<p>b";
    let bad = "---\ntitle: [\n---\n";
    let error = Parser::new().parse(bad).unwrap_err();
    let mut all = Rows::new();
    all.push_error("bad.md", bad.len(), &error.kind().to_string(), error.position());
    all.push_error("gone.md", 0, "no such file", None);
    let (post, report) = Parser::new().parse_with_report(source).unwrap();
    all.push_post("good.md", source.len(), &post, &report);
    assert_eq!(all.source_bytes(), bad.len() + source.len());
    let rows = parquet_rows(parquet([all]));
    let filled = |row: usize| -> Vec<&str> {
        let is_filled = |value: &&Value| ![Value::Null, json!([]), json!(false)].contains(value);
        rows[row].iter().filter(|(_, value)| is_filled(value)).map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(filled(0), ["error", "error_column", "error_line", "path", "source_bytes"]);
    assert_eq!(filled(1), ["error", "path", "source_bytes"]);
    let position = error.position().unwrap();
    assert_eq!(rows[0]["error"], error.kind().to_string());
    assert_eq!(
        (&rows[0]["error_line"], &rows[0]["error_column"]),
        (&json!(position.line), &json!(position.column))
    );
    assert_eq!(
        (&rows[2]["title"], &rows[2]["text"], &rows[2]["error"]),
        (&json!("a"), &json!("b"), &Value::Null)
    );
}

#[test]
fn dates_at_the_ends_of_the_calendar_have_their_columns() {
    let columns = |date: &str| {
        let source = format!("---\ndate: {date}\n---\n");
        let (post, report) = Parser::new().parse_with_report(&source).unwrap();
        let mut rows = Rows::new();
        rows.push_post("a", source.len(), &post, &report);
        let rows = parquet_rows(parquet([rows]));
        ["date", "date_local", "date_offset_s"].map(|name| rows[0][name].as_i64())
    };
    let day = 86_400_000_000;
    assert_eq!(columns("9999-12-31"), [None, Some(2_932_896 * day), None]);
    assert_eq!(
        columns("9999-12-31T23:59:59Z"),
        [Some(2_932_897 * day - 1_000_000), Some(2_932_897 * day - 1_000_000), Some(0)]
    );
    assert_eq!(columns("0000-01-01"), [None, Some(-719_528 * day), None]);
    // What is shorter than a microsecond is cut off, before 1970 too.
    assert_eq!(columns("1969-12-31T23:59:59.9999999Z"), [Some(-1), Some(-1), Some(0)]);
    assert_eq!(columns("1970-01-01T00:00:00.0000019Z"), [Some(1), Some(1), Some(0)]);
    assert_eq!(columns("1970-01-01T00:00:00+01:00"), [Some(-3_600_000_000), Some(0), Some(3600)]);
}

#[test]
fn a_stream_and_a_file_hold_the_same() {
    let pieces = || [some_rows(3, 1), some_rows(2, 9)];
    let stream = arrow(pieces());
    let batches: Vec<_> = StreamReader::try_new(&stream[..], None).unwrap().map(Result::unwrap).collect();
    let from_stream: Vec<_> = batches.iter().flat_map(rows).collect();
    assert_eq!(from_stream, parquet_rows(parquet(pieces())));
    assert_eq!(from_stream.len(), 5);
    assert_eq!(arrow(pieces()), stream, "the same rows make the same bytes");
    assert_eq!(parquet(pieces()), parquet(pieces()));
}

/// Has room for some bytes.
struct Full(usize, ErrorKind);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(self.1.into());
        }
        let count = bytes.len().min(self.0);
        self.0 -= count;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_error_of_the_output_keeps_its_kind() {
    for kind in [ErrorKind::StorageFull, ErrorKind::BrokenPipe] {
        for room in [0, 2, 100, 20_000] {
            let write = |writer: io::Result<Writer<Full>>| -> io::Result<()> {
                let mut writer = writer?;
                (0..30).try_for_each(|_| writer.write(some_rows(1000, 1)))?;
                writer.finish().map(drop)
            };
            assert_eq!(write(Writer::arrow(Full(room, kind))).unwrap_err().kind(), kind, "{room}");
            assert_eq!(write(Writer::parquet(Full(room, kind))).unwrap_err().kind(), kind, "{room}");
        }
    }
}
