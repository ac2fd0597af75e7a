//! Tables, read back.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::StreamReader;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::archive::Archive;

/// A row: its path, and its error if it has one.
pub(crate) type Row = (String, Option<String>);

/// The rows of a Parquet file.
pub(crate) fn rows_of_file(path: &Path) -> Vec<Row> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    reader.build().unwrap().flat_map(|batch| rows(&batch.unwrap())).collect()
}

/// The rows of a stream that has its end mark.
pub(crate) fn rows_of_stream(stream: impl Read) -> Vec<Row> {
    StreamReader::try_new(stream, None).unwrap().flat_map(|batch| rows(&batch.unwrap())).collect()
}

fn rows(batch: &RecordBatch) -> Vec<Row> {
    let paths = batch.column_by_name("path").unwrap().as_string::<i32>();
    let errors = batch.column_by_name("error").unwrap().as_string::<i32>();
    let error = |row| errors.is_valid(row).then(|| errors.value(row).to_owned());
    (0..batch.num_rows()).map(|row| (paths.value(row).to_owned(), error(row))).collect()
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The files of a table: their names and contents.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

/// Every row in a folder, in the order of the files' names.
pub(crate) fn rows_of_folder(folder: &Path) -> Vec<Row> {
    let shards = names(folder).into_iter().filter(|name| name.ends_with(".parquet"));
    shards.flat_map(|name| rows_of_file(&folder.join(name))).collect()
}

/// An archive of posts of many lengths in `in`, of which every seventh cannot be read, and one is empty.
pub(crate) fn archive() -> Archive {
    let archive = Archive::new();
    for number in 0..60 {
        let text = format!("word{number} ").repeat(number * number % 97 * 5);
        let start = if number % 7 == 3 { "---\ntitle: x\n" } else { "" };
        archive.add(&format!("in/{number:02}.md"), format!("{start}<p>{text}</p>"));
    }
    archive.add("in/10.md", "");
    archive
}

/// How many posts of [`archive`] cannot be read.
pub(crate) const FAILED: usize = 8;
