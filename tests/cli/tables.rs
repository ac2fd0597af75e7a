//! Tables of posts.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::archive::{Archive, ODD, Run, files_below, lines};
use crate::shards::{FAILED, archive, files, names, rows_of_file, rows_of_folder, rows_of_stream};

#[test]
fn each_post_is_a_row_and_one_that_fails_too() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("bad.md", "---\ntitle: x\n").add("odd.md", ODD);
    let reason = "front matter is not closed: found no line `---` or `...`";
    let message = format!("bad.md:1:1: {reason}\n");
    let run = archive.convert("a.md bad.md odd.md --format parquet --output out").expect(1, &message);
    assert_eq!(run.stdout, "");
    let out = archive.path().join("out");
    assert_eq!(names(&out), ["manifest.json", "posts-00001.parquet"]);
    let row = |path: &str, error: Option<&str>| (path.to_owned(), error.map(str::to_owned));
    let rows = [row("a.md", None), row("bad.md", Some(reason)), row("odd.md", None)];
    assert_eq!(rows_of_folder(&out), rows);

    let manifest: Value = serde_json::from_str(&archive.read("out/manifest.json")).unwrap();
    assert_eq!(manifest["complete"], true);
    let bytes = fs::metadata(out.join("posts-00001.parquet")).unwrap().len();
    let source_bytes = "<p>x</p>".len() + "---\ntitle: x\n".len() + ODD.len();
    let shard = json!({
        "file": "posts-00001.parquet", "rows": 3, "failed": 1, "diagnosed": 1,
        "source_bytes": source_bytes, "bytes": bytes,
    });
    assert_eq!(manifest["shards"], json!([shard]));

    archive.convert("a.md bad.md odd.md --format arrow --output stream").expect(1, &message);
    assert_eq!(rows_of_stream(File::open(archive.path().join("stream")).unwrap()), rows);
    let output = archive.command("a.md bad.md odd.md --format arrow").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, fs::read(archive.path().join("stream")).unwrap());
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let archive = archive();
    let of_one = |jobs: usize| {
        let run =
            archive.convert(&format!("in --jobs {jobs} --format parquet --shard-bytes 20K --output {jobs}"));
        assert_eq!((run.code, run.stderr.lines().count()), (Some(1), FAILED));
        archive.convert(&format!("in --jobs {jobs} --format arrow --output stream{jobs}"));
        (
            files(&archive.path().join(jobs.to_string())),
            fs::read(archive.path().join(format!("stream{jobs}"))).unwrap(),
        )
    };
    let (shards, stream) = of_one(1);
    assert!(shards.len() > 5, "{}", shards.len());
    for jobs in [2, 5] {
        assert!(of_one(jobs) == (shards.clone(), stream.clone()), "{jobs} jobs");
    }

    let rows = rows_of_folder(&archive.path().join("1"));
    assert_eq!(rows, rows_of_stream(&*stream));
    assert_eq!(rows.len(), 60);
    assert_eq!(rows.iter().filter(|(_, error)| error.is_some()).count(), FAILED);
}

#[test]
fn shards_end_before_they_have_too_many_bytes() {
    let archive = Archive::new();
    for (name, length) in [("a", 40), ("b", 60), ("c", 1), ("d", 0), ("e", 300), ("f", 99)] {
        archive.add(&format!("in/{name}.md"), "x".repeat(length));
    }
    archive.convert("in --format parquet --output out --shard-bytes 100").expect(0, "");
    let out = archive.path().join("out");
    let shards: Vec<Vec<String>> = (1..=4)
        .map(|number| rows_of_file(&out.join(format!("posts-0000{number}.parquet"))))
        .map(|rows| rows.into_iter().map(|(path, _)| path.replace("in/", "").replace(".md", "")).collect())
        .collect();
    assert_eq!(shards, [&["a", "b"][..], &["c", "d"], &["e"], &["f"]].map(<[&str]>::to_vec));
    let manifest: Value = serde_json::from_str(&archive.read("out/manifest.json")).unwrap();
    let bytes: Vec<_> =
        manifest["shards"].as_array().unwrap().iter().map(|shard| &shard["source_bytes"]).collect();
    assert_eq!(bytes, [100, 1, 300, 99]);
}

#[test]
fn no_post_is_a_table_too() {
    let archive = Archive::new();
    archive.add("in", "");
    archive.convert("in --input-format jsonl --format parquet --output out").expect(0, "");
    let out = archive.path().join("out");
    assert_eq!(names(&out), ["manifest.json", "posts-00001.parquet"]);
    assert_eq!(rows_of_folder(&out), []);
    let before = files(&out);
    archive.convert("in --input-format jsonl --format parquet --output out").expect(0, "");
    assert!(files(&out) == before);
    let output = archive.command("in --input-format jsonl --format arrow").output().unwrap();
    assert_eq!(rows_of_stream(&*output.stdout), []);
}

#[test]
fn a_report_is_as_for_other_formats() {
    let archive = Archive::new();
    archive.add("bad.md", "---\ntitle: x\n").add("odd.md", ODD);
    archive.convert("bad.md odd.md --report expected");
    archive.convert("bad.md odd.md --format parquet --output out --report report");
    assert_eq!(archive.read("report"), archive.read("expected"));
    assert_eq!(lines(&archive.read("report")).len(), 2);
    let strict = archive.convert("odd.md --format parquet --output strict --strict");
    assert_eq!((strict.code, strict.stderr), (Some(1), archive.convert("odd.md --strict").stderr));
}

#[test]
fn the_blocks_are_there_as_json_if_they_are_asked_for() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x <b>y</b></p>");
    for option in ["", " --blocks-json"] {
        let output = archive.command(&format!("a.md --format arrow{option}")).output().unwrap();
        let expected = br#""marks""#;
        let is_there = output.stdout.windows(expected.len()).any(|bytes| bytes == expected);
        assert_eq!(is_there, !option.is_empty());
    }
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("file", "");
    let folder = "the format parquet needs --output DIR, a folder for the files of the table";
    archive.refuses("a.md --format parquet", folder);
    archive.refuses("a.md --format parquet --output -", folder);
    archive.refuses("a.md --format parquet --output file", "cannot write file: not a directory");
    archive.refuses("a.md --format arrow --report -", "`--report -` is for the format jsonl");
    archive.refuses("a.md --blocks-json", "--blocks-json is for the formats arrow and parquet");
    archive.refuses("a.md --format arrow --shard-bytes 9", "--shard-bytes is for the format parquet");
    for usage in ["--shard-bytes 0", "--shard-bytes 1T", "--part 0/2", "--part 3/2", "--part 2"] {
        assert_eq!(
            archive.convert(&format!("a.md --format parquet --output o {usage}")).code,
            Some(2),
            "{usage}"
        );
    }
    assert_eq!(archive.names(), ["a.md", "file"]);
}

#[test]
fn no_shard_takes_the_place_of_what_is_read() {
    let archive = Archive::new();
    archive.add("in/a.md", "<p>x</p>").add("r.jsonl", "").add("out/r.jsonl", "");
    let apart = |output: &str, read: &str| {
        format!("cannot write to {output} what is read from {read}: one is inside the other")
    };
    archive.refuses("in --format parquet --output in", &apart("in", "in"));
    archive.refuses("in --format parquet --output in/new", &apart("in/new", "in"));
    archive.refuses("in --format parquet --output .", &apart(".", "in"));
    let records = "--input-format jsonl --format parquet --output";
    archive.refuses(&format!("out/r.jsonl {records} out"), &apart("out", "out/r.jsonl"));
    for report in ["out/manifest.json", "out/posts-00001.parquet", "./out/../out/manifest-1-of-2.json"] {
        archive.refuses(
            &format!("in --format parquet --output out --report {report}"),
            &format!("--report {report} has the name of a file of --output"),
        );
    }
    archive.refuses(
        "r.jsonl --input-format jsonl --output r.jsonl",
        "cannot write r.jsonl: it is the input r.jsonl",
    );
    let records = "r.jsonl --input-format jsonl --format arrow --output ./r.jsonl";
    archive.refuses(records, "cannot write ./r.jsonl: it is the input r.jsonl");
    archive.convert("in --format parquet --output out --report out/report").expect(0, "");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_does_not_lead_to_what_is_read() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("out/manifest.json", "");
    std::os::unix::fs::symlink("../a.md", archive.path().join("out/posts-00001.parquet")).unwrap();
    let message = "cannot write out/posts-00001.parquet: it is the input a.md";
    archive.refuses("a.md --format parquet --output out", message);
}

#[test]
fn a_pipe_that_nobody_reads_ends_the_table_quietly() {
    let archive = Archive::new();
    for number in 0..400 {
        archive.add(&format!("{number}.md"), format!("<p>{}</p>", "word ".repeat(20_000)));
    }
    let mut child = archive.command(". --format arrow").spawn().unwrap();
    let mut start = [0; 4];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    assert_eq!(start, [0xff; 4]);
    Run::of(child.wait_with_output().unwrap()).expect(0, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let archive = archive();
    let full = "No space left on device (os error 28)";
    let run = archive.convert("in/00.md --format arrow --output /dev/full");
    run.expect(2, &format!("offprint: cannot write /dev/full: {full}\n"));
    let mut command = archive.command("in/00.md --format arrow");
    command.stdout(File::options().write(true).open("/dev/full").unwrap());
    let run = Run::of(command.output().unwrap());
    run.expect(2, &format!("offprint: cannot write standard output: {full}\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_shard_that_cannot_be_written_is_not_there() {
    let archive = archive();
    let mut command =
        archive.command("in/00.md in/01.md in/04.md in --format parquet --output out --shard-bytes 20K");
    // No file may have more than 8 KiB, as if the disk were full.
    let offprint =
        format!("trap '' XFSZ; ulimit -f 16; exec {} \"$@\"", command.get_program().to_str().unwrap());
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", &offprint, "sh"]).args(command.get_args()).current_dir(archive.path());
    command = limited;
    let run = Run::of(command.stdin(Stdio::null()).output().unwrap());
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let last = run.stderr.lines().last().unwrap();
    let (shard, reason) = last.strip_prefix("offprint: cannot write out/").unwrap().split_once(": ").unwrap();
    assert_eq!(reason, "File too large (os error 27)");
    let manifest: Value = serde_json::from_str(&archive.read("out/manifest.json")).unwrap();
    assert_eq!(manifest["complete"], false);
    let whole: Vec<_> =
        manifest["shards"].as_array().unwrap().iter().map(|shard| shard["file"].as_str().unwrap()).collect();
    assert!(!whole.contains(&shard));
    assert_eq!(names(&archive.path().join("out")), [&["manifest.json"], &whole[..]].concat());

    archive.convert("in --format parquet --output out --shard-bytes 20K");
    archive.convert("in --format parquet --output plain --shard-bytes 20K");
    assert!(files(&archive.path().join("out")) == files(&archive.path().join("plain")));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>");
    let gone = "No such file or directory (os error 2)";
    // Nobody may write there, not even root.
    let run = archive.convert("a.md --format parquet --output /proc");
    run.expect(2, &format!("offprint: cannot write /proc/manifest.json: {gone}\n"));
    let run = archive.convert("a.md --format parquet --output /proc/new");
    run.expect(2, &format!("offprint: cannot write /proc/new: {gone}\n"));
    let run = archive.convert("a.md --format arrow --output /proc/new");
    run.expect(2, &format!("offprint: cannot write /proc/new: {gone}\n"));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>");
    let out = archive.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.join("x"), "").is_ok() {
        eprintln!("not tested: root may write to any folder");
        return;
    }
    let denied = "Permission denied (os error 13)";
    archive
        .refuses("a.md --format parquet --output out", &format!("cannot write out/manifest.json: {denied}"));
    archive.refuses("a.md --format parquet --output out/new", &format!("cannot write out/new: {denied}"));
}

#[test]
fn the_columns_are_told() {
    let archive = Archive::new();
    let run = Run::of(archive.offprint(&["schema", "--format", "text"]).output().unwrap()).expect(0, "");
    let lines: Vec<&str> = run.stdout.lines().collect();
    let docs: Vec<usize> = offprint::table::COLUMNS
        .iter()
        .map(|column| {
            let line = lines.iter().find(|line| line.split(' ').next() == Some(column.name)).unwrap();
            assert!(line.ends_with(column.doc), "{line}");
            line.len() - column.doc.len()
        })
        .collect();
    assert!(docs.iter().all(|start| *start == docs[0]), "the columns are aligned: {docs:?}");
    assert!(run.stdout.contains("\n  level "), "fields are below their column");

    let output = archive.offprint(&["schema", "--format", "arrow"]).output().unwrap();
    let stream = arrow_ipc::reader::StreamReader::try_new(&*output.stdout, None).unwrap();
    let names: Vec<_> = stream.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, offprint::table::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>());
    assert_eq!(stream.count(), 0);
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_a_table_that_can_be_gone_on_with() {
    let archive = Archive::new();
    for number in 0..3000 {
        archive.add(&format!("in/{number:04}.md"), format!("<p>{}</p>", "word ".repeat(400)));
    }
    let arguments = "in --format parquet --shard-bytes 100K --output";
    let mut child = archive.command(&format!("{arguments} out")).spawn().unwrap();
    let out = archive.path().join("out");
    while !out.join("posts-00002.parquet").is_file() {
        assert_eq!(child.try_wait().unwrap(), None, "the run is not at its end");
        std::thread::yield_now();
    }
    let sent =
        std::process::Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(Run::of(child.wait_with_output().unwrap()).code, Some(143));
    assert!(files_below(&out).iter().all(|name| !Path::new(name).starts_with(".offprint")));
    let whole = names(&out).len();
    assert!((3..60).contains(&whole), "{whole}");
    archive.convert(&format!("{arguments} out")).expect(0, "");
    archive.convert(&format!("{arguments} plain")).expect(0, "");
    assert!(files(&out) == files(&archive.path().join("plain")));
}
