//! Posts that are rows of a table, and `offprint pack`.

use std::fs::{self, File};
use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use arrow_ipc::writer::StreamWriter;

use crate::archive::{Archive, Run};
use crate::shards::{FAILED, archive, files};

/// A stream with the posts, in two batches.
fn stream(posts: &[(String, Vec<u8>)], as_text: bool) -> Vec<u8> {
    let batch = |posts: &[(String, Vec<u8>)]| {
        let sources = posts.iter().map(|(_, source)| source);
        let texts = || sources.clone().map(|source| String::from_utf8(source.clone()).unwrap());
        let source: ArrayRef = if as_text {
            Arc::new(StringArray::from_iter_values(texts()))
        } else {
            Arc::new(BinaryArray::from_iter_values(sources.clone()))
        };
        let path: ArrayRef = Arc::new(StringArray::from_iter_values(posts.iter().map(|(path, _)| path)));
        let other: ArrayRef = Arc::new(Int64Array::from_iter_values((0..).take(posts.len())));
        RecordBatch::try_from_iter([("other", other), ("source", source), ("path", path)]).unwrap()
    };
    let (first, second) = posts.split_at(posts.len() / 2);
    let first = batch(first);
    let mut writer = StreamWriter::try_new(Vec::new(), &first.schema()).unwrap();
    writer.write(&first).unwrap();
    writer.write(&batch(second)).unwrap();
    writer.finish().unwrap();
    writer.into_inner().unwrap()
}

fn pack(archive: &Archive, arguments: &str) -> Run {
    let arguments: Vec<&str> = std::iter::once("pack").chain(arguments.split(' ')).collect();
    Run::of(archive.offprint(&arguments).output().unwrap())
}

/// The posts of an archive with their paths.
fn posts(archive: &Archive) -> Vec<(String, Vec<u8>)> {
    let of_folder = files(&archive.path().join("in"));
    of_folder.into_iter().map(|(name, source)| (format!("in/{name}"), source)).collect()
}

#[test]
fn records_of_every_kind_are_the_same_posts() {
    let archive = archive();
    let posts = posts(&archive);
    archive.add("bytes.arrow", stream(&posts, false)).add("text.arrow", stream(&posts, true));
    let line = |(path, source): &(String, Vec<u8>)| {
        format!("{}\n", serde_json::json!({"path": path, "source": std::str::from_utf8(source).unwrap()}))
    };
    archive.add("posts.jsonl", posts.iter().map(line).collect::<String>());
    pack(&archive, "in -o posts.parquet").expect(0, "");

    let table = "--format parquet --shard-bytes 20K --output";
    let of_files = archive.convert(&format!("in {table} files"));
    assert_eq!(of_files.stderr.lines().count(), FAILED);
    let shards = |folder: &str| -> Vec<_> {
        let all = files(&archive.path().join(folder));
        all.into_iter().filter(|(name, _)| name.ends_with(".parquet")).collect()
    };
    let expected = shards("files");
    let lines = archive.convert("in").stdout;
    for (file, format) in [
        ("bytes.arrow", "arrow"),
        ("text.arrow", "arrow"),
        ("posts.jsonl", "jsonl"),
        ("posts.parquet", "parquet"),
    ] {
        let run = archive.convert(&format!("{file} --input-format {format} {table} {file}.out"));
        assert_eq!((run.code, &run.stderr), (Some(1), &of_files.stderr), "{file}");
        assert!(shards(&format!("{file}.out")) == expected, "{file}");
        assert!(archive.convert(&format!("{file} --input-format {format}")).stdout == lines, "{file}");
        let parts: String = (1..=3)
            .map(|number| {
                archive.convert(&format!("{file} --input-format {format} --part {number}/3")).stdout
            })
            .collect();
        assert!(parts == lines, "{file}");

        // Going on is as with files.
        fs::remove_file(archive.path().join(format!("{file}.out/posts-00003.parquet"))).unwrap();
        archive.convert(&format!("{file} --input-format {format} {table} {file}.out"));
        assert!(shards(&format!("{file}.out")) == expected, "{file}");
    }
}

#[test]
fn a_stream_is_read_from_standard_input() {
    let archive = archive();
    let mut child =
        archive.command("- --input-format arrow --format arrow").stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&stream(&posts(&archive), false)).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = archive.command("in --format arrow").output().unwrap();
    assert!(output.stdout == expected.stdout);
    assert!(output.stderr == expected.stderr);
    archive.refuses(
        "- --input-format parquet",
        "Parquet is not read from standard input: its end must be read first",
    );
}

#[test]
fn a_damaged_stream_is_told_in_one_line() {
    let archive = Archive::new();
    archive.add("in/a.md", "<p>a</p>");
    archive.convert("in --format arrow --output whole").expect(0, "");
    let whole = fs::read(archive.path().join("whole")).unwrap();
    for index in (8..whole.len()).step_by(whole.len() / 40) {
        let mut damaged = whole.clone();
        damaged[index] ^= 0x81;
        archive.add("damaged", damaged);
        let run = archive.convert("damaged --input-format arrow");
        // That table has no `source`, if nothing else is wrong with it.
        assert_eq!((run.code, run.stderr.lines().count()), (Some(2), 1), "{index}: {}", run.stderr);
        assert!(run.stderr.starts_with("offprint: cannot read damaged: "), "{}", run.stderr);
    }
}

#[test]
fn a_stream_that_is_cut_ends_the_run() {
    let archive = archive();
    let whole = stream(&posts(&archive), false);
    archive.add("old.arrow", "old");
    // Without the end mark, and in the middle of a batch.
    for length in [whole.len() - 8, whole.len() - 1000, whole.len() / 3] {
        archive.add("cut", &whole[..length]);
        for arguments in
            ["--format arrow --output old.arrow", "--output new", "--format parquet --output out"]
        {
            let run = archive.convert(&format!("cut --input-format arrow {arguments}"));
            assert_eq!(run.code, Some(2), "{length}, {arguments}");
            let last = run.stderr.lines().last().unwrap();
            assert!(last.starts_with("offprint: cannot read cut: "), "{last}");
        }
        assert_eq!(archive.read("old.arrow"), "old");
        assert_eq!(archive.names(), ["cut", "in", "old.arrow", "out"]);
        assert_eq!(crate::shards::names(&archive.path().join("out")), ["manifest.json"]);
        assert!(archive.read("out/manifest.json").contains("\"complete\": false"));
        fs::remove_dir_all(archive.path().join("out")).unwrap();

        let output = archive.command("cut --input-format arrow --format arrow").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let is_whole = output.stdout.ends_with(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
        assert!(!is_whole, "a stream without an end mark is written as one");
    }
}

#[test]
fn shards_that_are_whole_before_a_break_stay() {
    let archive = Archive::new();
    let record = |number: usize| format!("{{\"path\":\"{number}\",\"source\":\"{}\"}}\n", "x".repeat(99));
    archive.add("r", (0..50).map(record).collect::<String>() + "{\n");
    let arguments = "r --input-format jsonl --format parquet --shard-bytes 1000 --output out";
    let message = "offprint: cannot read r:51:1: not a record: EOF while parsing an object\n";
    archive.convert(arguments).expect(2, message);
    let out = archive.path().join("out");
    assert_eq!(
        crate::shards::names(&out),
        [
            "manifest.json",
            "posts-00001.parquet",
            "posts-00002.parquet",
            "posts-00003.parquet",
            "posts-00004.parquet",
        ]
    );
    let rows = crate::shards::rows_of_folder(&out);
    assert_eq!(
        rows.iter().map(|(path, _)| path.parse().unwrap()).collect::<Vec<usize>>(),
        (0..40).collect::<Vec<_>>()
    );
    assert!(archive.read("out/manifest.json").contains("\"complete\": false"));
}

#[test]
fn what_is_no_table_is_told() {
    let archive = Archive::new();
    archive.add("r", "{}\n");
    for format in ["arrow", "parquet"] {
        let run = archive.convert(&format!("r --input-format {format} --output o"));
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.starts_with("offprint: cannot read r: "), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
    assert_eq!(archive.names(), ["r"]);
}

#[test]
fn all_bytes_of_a_post_are_packed() {
    let archive = Archive::new();
    archive.add("in/a.md", b"x\xff\0").add("in/deep/b.html", "").add("in/no-post.txt", "").add("c", "y");
    pack(&archive, "in c -o o.parquet").expect(0, "");
    let records: Vec<_> =
        offprint::table::Records::parquet(File::open(archive.path().join("o.parquet")).unwrap())
            .unwrap()
            .map(|record| record.map(|record| (record.path, record.source)).unwrap())
            .collect();
    let record = |path: &str, source: &[u8]| (path.to_owned(), source.to_owned());
    assert_eq!(records, [record("c", b"y"), record("in/a.md", b"x\xff\0"), record("in/deep/b.html", b"")]);
}

#[cfg(unix)]
#[test]
fn a_post_that_cannot_be_packed_is_a_message() {
    let archive = Archive::new();
    archive.add("in/a.md", "x");
    std::os::unix::fs::symlink("gone", archive.path().join("in/dead.md")).unwrap();
    let message = "in/dead.md: No such file or directory (os error 2)\n";
    pack(&archive, "in -o o.parquet").expect(1, message);
    assert_eq!(archive.convert("o.parquet --input-format parquet").expect(0, "").paths(), ["in/a.md"]);
}

#[test]
fn pack_refuses_before_it_writes() {
    let archive = Archive::new();
    archive.add("in/a.md", "x").add("o", "old");
    let refused = |arguments: &str, message: &str| {
        let before = archive.contents();
        pack(&archive, arguments).expect(2, &format!("offprint: {message}\n"));
        assert_eq!(archive.contents(), before);
    };
    refused("in -o in/../in/a.md", "cannot write in/../in/a.md: it is the input in/a.md");
    refused("in -o in", "cannot write in: is a directory");
    refused("in - -o o", "standard input is not packed: it has no path");
    refused("gone -o o", "cannot read gone: No such file or directory (os error 2)");
    #[cfg(target_os = "linux")]
    refused("in -o /dev/full", "cannot write /dev/full: No space left on device (os error 28)");
    pack(&archive, "in -o o").expect(0, "");
    assert_ne!(fs::read(archive.path().join("o")).unwrap(), b"old");
}
