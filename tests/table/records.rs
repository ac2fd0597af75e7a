//! Records, written and read.

use std::fs::File;
use std::io::{self, ErrorKind, Seek, Write};
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, BinaryViewArray, Int64Array, LargeBinaryArray, LargeStringArray, RecordBatch,
    StringArray, StringViewArray,
};
use arrow_ipc::writer::StreamWriter;
use offprint::table::{Record, RecordWriter, Records};

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.into_inner().unwrap()
}

fn read(stream: &[u8]) -> io::Result<Vec<(String, Vec<u8>)>> {
    pairs(Records::arrow(io::Cursor::new(stream.to_vec()))?)
}

fn pairs(records: Records) -> io::Result<Vec<(String, Vec<u8>)>> {
    records.map(|record| record.map(|Record { path, source, .. }| (path, source))).collect()
}

fn pair(path: &str, source: &[u8]) -> (String, Vec<u8>) {
    (path.to_owned(), source.to_vec())
}

#[test]
fn columns_of_text_and_bytes_of_every_kind_are_read() {
    let paths: [ArrayRef; 3] = [
        Arc::new(StringArray::from(vec!["a.md", "茶.md"])),
        Arc::new(LargeStringArray::from(vec!["a.md", "茶.md"])),
        Arc::new(StringViewArray::from(vec!["a.md", "茶.md"])),
    ];
    let bytes: Vec<&[u8]> = vec![b"<p>a", "<p>a text that is longer than a view holds: 茶".as_bytes()];
    let texts: Vec<&str> = bytes.iter().map(|bytes| std::str::from_utf8(bytes).unwrap()).collect();
    let sources: [ArrayRef; 6] = [
        Arc::new(StringArray::from(texts.clone())),
        Arc::new(LargeStringArray::from(texts.clone())),
        Arc::new(StringViewArray::from(texts)),
        Arc::new(BinaryArray::from(bytes.clone())),
        Arc::new(LargeBinaryArray::from(bytes.clone())),
        Arc::new(BinaryViewArray::from(bytes.clone())),
    ];
    let other: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
    let expected = vec![pair("a.md", bytes[0]), pair("茶.md", bytes[1])];
    for path in &paths {
        for source in &sources {
            let batches = [batch(vec![
                ("source", Arc::clone(source)),
                ("other", Arc::clone(&other)),
                ("path", Arc::clone(path)),
            ])];
            assert_eq!(read(&stream(&batches)).unwrap(), expected);
        }
    }
}

#[test]
fn a_stream_that_is_cut_is_an_error_wherever_it_is_cut() {
    let one = batch(vec![
        ("path", Arc::new(StringArray::from(vec!["a"]))),
        // Its end looks like an end mark.
        ("source", Arc::new(BinaryArray::from(vec![&b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff"[..]]))),
    ]);
    let whole = stream(&[one.clone(), one]);
    assert_eq!(read(&whole).unwrap().len(), 2);
    for end in 0..whole.len() {
        let error = read(&whole[..end]).expect_err("it is cut");
        assert!(
            [ErrorKind::UnexpectedEof, ErrorKind::InvalidData].contains(&error.kind()),
            "{end}: {error:?}"
        );
    }
    let without_mark = &whole[..whole.len() - 8];
    assert_eq!(read(without_mark).unwrap_err().to_string(), "the Arrow stream is cut: it has no end mark");
    let records = Records::arrow(io::Cursor::new(without_mark.to_vec())).unwrap();
    assert_eq!(records.map(|record| record.is_ok()).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    let text: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), Some("b")]));
    let null: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None]));
    let number: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
    for (columns, message) in [
        (vec![("path", &text)], "there is no column `source`"),
        (vec![("source", &text)], "there is no column `path`"),
        (vec![("path", &number), ("source", &text)], "the column `path` is Int64, not text"),
        (vec![("path", &text), ("source", &number)], "the column `source` is Int64, not text or bytes"),
        (vec![("path", &text), ("source", &null)], "`source` of record 4 is null"),
        (vec![("path", &null), ("source", &text)], "`path` of record 4 is null"),
    ] {
        let columns: Vec<_> = columns.into_iter().map(|(name, column)| (name, Arc::clone(column))).collect();
        let mut batches = vec![batch(columns.clone())];
        if message.contains("record") {
            let first = columns.iter().map(|(name, _)| (*name, Arc::clone(&text))).collect();
            batches = vec![batch(columns)];
            let schema = batches[0].schema();
            let first: RecordBatch = batch(first);
            batches.insert(0, RecordBatch::try_new(schema, first.columns().to_vec()).unwrap());
        }
        let error = read(&stream(&batches)).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::InvalidData, message));
    }
}

#[test]
fn packed_posts_are_read_back() {
    let long = vec![b'x'; 40 << 20];
    let posts: Vec<(String, Vec<u8>)> =
        [("a.md", &b"<p>a"[..]), ("", b""), ("b", b"\xff\0"), ("c", &long), ("d", b"d")]
            .map(|(path, source)| pair(path, source))
            .into();
    let mut file = tempfile::tempfile().unwrap();
    let mut writer = RecordWriter::parquet(Vec::new()).unwrap();
    for (path, source) in &posts {
        writer.push(path, source).unwrap();
    }
    file.write_all(&writer.finish().unwrap()).unwrap();
    file.rewind().unwrap();
    assert_eq!(pairs(Records::parquet(file).unwrap()).unwrap(), posts);
}

#[test]
fn what_is_no_table_is_an_error() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"<p>no table").unwrap();
    let file: File = file;
    assert_eq!(Records::parquet(file).unwrap_err().kind(), ErrorKind::InvalidData);
    for (input, message) in [
        (&b"<p>no table at all"[..], "it is no Arrow stream"),
        (b"", "it is empty, and an Arrow stream is expected"),
        (b"ARROW1\0\0\xff\xff\xff\xff", "it is an Arrow file, and a stream is expected"),
    ] {
        assert_eq!(read(input).unwrap_err().to_string(), message);
    }
}

/// Two posts in two batches.
fn small_stream() -> Vec<u8> {
    let one = batch(vec![
        ("path", Arc::new(StringArray::from(vec!["a.md"]))),
        ("source", Arc::new(BinaryArray::from(vec![&b"<p>a"[..]]))),
    ]);
    stream(&[one.clone(), one])
}

#[test]
fn a_damaged_stream_is_an_error_or_is_read() {
    let whole = small_stream();
    let mut errors = 0;
    for index in 0..whole.len() {
        for bits in [0xff, 0x80, 0x01] {
            let mut damaged = whole.clone();
            damaged[index] ^= bits;
            // What it must not do is panic, or take memory for a length that is not true.
            errors += usize::from(read(&damaged).is_err());
        }
    }
    assert!(errors > whole.len() / 2, "only {errors} of {} are errors", 3 * whole.len());
}

#[test]
fn a_damaged_file_is_an_error_or_is_read() {
    let mut writer = RecordWriter::parquet(Vec::new()).unwrap();
    for number in 0..30 {
        writer.push(&format!("{number}.md"), format!("<p>{number}").as_bytes()).unwrap();
    }
    let whole = writer.finish().unwrap();
    let mut errors = 0;
    for index in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[index] ^= 0xff;
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&damaged).unwrap();
        file.rewind().unwrap();
        errors += usize::from(Records::parquet(file).and_then(pairs).is_err());
    }
    assert!(errors > whole.len() / 10, "only {errors} of {} are errors", whole.len());
}

#[test]
fn a_length_that_is_not_true_takes_no_memory() {
    let whole = small_stream();
    for length in [i32::MAX, 1 << 30] {
        let mut lying = whole.clone();
        lying[4..8].copy_from_slice(&length.to_le_bytes());
        assert_eq!(read(&lying).unwrap_err().to_string(), "the Arrow stream is cut: it has no end mark");
    }
}

#[test]
fn bytes_after_the_end_mark_are_an_error() {
    let twice = small_stream().repeat(2);
    assert_eq!(read(&twice).unwrap_err().to_string(), "the Arrow stream has bytes after its end mark");
    let records = Records::arrow(io::Cursor::new(twice)).unwrap();
    assert_eq!(records.map(|record| record.is_ok()).collect::<Vec<_>>(), [true, true, false]);
}
