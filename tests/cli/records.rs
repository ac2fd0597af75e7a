//! Posts that are records.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use crate::archive::{Archive, Run};

/// A line of JSON for each post.
fn jsonl(posts: &[(&str, &str)]) -> String {
    let line = |(path, source): &(&str, &str)| json!({"path": path, "source": source}).to_string() + "\n";
    posts.iter().map(line).collect()
}

fn convert_from_stdin(archive: &Archive, arguments: &str, input: &[u8]) -> Run {
    let mut child = archive.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    Run::of(child.wait_with_output().unwrap())
}

#[test]
fn a_record_is_a_post_with_its_path() {
    let archive = Archive::new();
    let posts = [
        ("in/2024-03-04-green-tea.html", "<p>x</p>"),
        ("in/bad.md", "---\ntitle: x\n"),
        ("in/caf\u{e9}.md", "---\ntitle: x\n---\n* y\n"),
    ];
    for (path, source) in posts {
        archive.add(path, source);
    }
    archive.add("posts.jsonl", jsonl(&posts));
    let of_files = archive.convert("in");
    let of_records = archive.convert("posts.jsonl --input-format jsonl");
    assert_eq!(
        (of_records.code, &of_records.stdout, &of_records.stderr),
        (Some(1), &of_files.stdout, &of_files.stderr)
    );
    assert_eq!(of_records.lines()[0]["meta"]["slug"], "green-tea");
    let run = convert_from_stdin(&archive, "- --input-format jsonl", jsonl(&posts).as_bytes());
    assert_eq!((run.stdout, run.stderr), (of_files.stdout, of_files.stderr));
    let articles = archive.convert("posts.jsonl --input-format jsonl --format text");
    assert_eq!(articles.stdout, archive.convert("in --format text").stdout);
}

#[test]
fn the_rest_of_a_record_is_passed_over() {
    let archive = Archive::new();
    archive.add(
        "posts.jsonl",
        "{\"id\":[1,{}],\"source\":\"<p>a</p>\",\"path\":\"a\\\\xE9.md\"}\r\n\n  \n{\"path\":\"b\",\"source\":\"\",\"x\":null}",
    );
    let run = archive.convert("posts.jsonl --input-format jsonl").expect(0, "");
    assert_eq!(run.paths(), ["a\\xE9.md", "b"], "a path of a record is left as it is");
}

#[test]
fn records_come_in_the_order_of_their_files() {
    let archive = Archive::new();
    archive.add("b", jsonl(&[("2.md", ""), ("1.md", "")])).add("a", jsonl(&[("3.md", "")])).add("empty", "");
    let run = archive.convert("b empty a b --input-format jsonl").expect(0, "");
    assert_eq!(run.paths(), ["2.md", "1.md", "3.md", "2.md", "1.md"]);
}

#[test]
fn bytes_that_are_no_text_are_for_the_post() {
    let archive = Archive::new();
    archive.add("r", b"{\"path\":\"a\",\"source\":\"x\xff\"}\n{\"path\":\"b\",\"source\":\"x\\ud800\"}\n{\"path\":\"c\",\"source\":\"c\"}\n");
    let message = "a:1:2: invalid UTF-8\nb:1:2: invalid UTF-8\n";
    assert_eq!(archive.convert("r --input-format jsonl").expect(1, message).paths(), ["c"]);
    let run = archive.convert("r --input-format jsonl --recover").expect(0, "");
    assert_eq!(run.paths(), ["a", "b", "c"]);
}

#[test]
fn what_is_no_record_ends_the_run() {
    for (line, column, reason) in [
        ("{\"path\":\"b\"}", 12, "missing field `source`"),
        ("{\"path\":\"b\",\"source\":[1]}", 22, "invalid type: sequence, expected a string"),
        ("{\"path\":7,\"source\":\"\"}", 9, "invalid type: integer `7`, expected a string"),
        ("\"x\"", 3, "invalid type: string \"x\", expected struct Record"),
        ("{\"path\":\"b\",\"source\":\"", 22, "EOF while parsing a string"),
        ("{\"path\":\"b\",\"source\":\"\"} x", 26, "trailing characters"),
    ] {
        let archive = Archive::new();
        archive.add("r", format!("{}\n{line}\n", jsonl(&[("a.md", "<p>x</p>")]))).add("o", "old\n");
        let message = format!("offprint: cannot read r:3:{column}: not a record: {reason}\n");
        // What came before it is written.
        let run = archive.convert("r --input-format jsonl").expect(2, &message);
        assert_eq!(run.paths(), ["a.md"]);
        archive.convert("r --input-format jsonl --output o --report report").expect(2, &message);
        assert_eq!(archive.names(), ["o", "r"]);
        assert_eq!(archive.read("o"), "old\n");
    }
}

#[test]
fn files_of_records_are_looked_at_first() {
    let archive = Archive::new();
    archive.add("r", "").add("folder/x", "");
    let gone = "No such file or directory (os error 2)";
    let message = format!("cannot read x: {gone}\noffprint: cannot read folder: is a directory");
    archive.refuses("x r folder --input-format jsonl --output o", &message);
    archive.refuses("- r - --input-format jsonl", "standard input is named twice");
}

#[test]
fn records_become_files_in_the_folder_and_nowhere_else() {
    let archive = Archive::new();
    let posts = [("a/b.md", "<p>b</p>"), ("/c.html", "<p>c</p>"), ("../d.md", "<p>d</p>"), ("", "<p>e</p>")];
    archive.add("r.jsonl", jsonl(&posts));
    let message = "../d.md: not written: its path may lead out of the folder\n\
        : not written: its path names no file\n";
    archive.convert("r.jsonl --input-format jsonl --format text --output out").expect(1, message);
    assert_eq!(
        (archive.read("out/a/b.txt"), archive.read("out/c.txt")),
        ("b\n".to_owned(), "c\n".to_owned())
    );
    assert_eq!(archive.names(), ["out", "r.jsonl"]);

    archive.add("r.txt", jsonl(&[("r.md", "<p>x</p>")])).add("rules.html", "##.x\n");
    let message = "r.md: cannot write r.txt: it is an input\n";
    archive.convert("r.txt --input-format jsonl --format text --output .").expect(1, message);
    archive.add("r", jsonl(&[("rules.md", "<p>x</p>")]));
    let message = "rules.md: cannot write rules.html: it is an input\n";
    archive.convert("r --input-format jsonl --rules rules.html --format html --output .").expect(1, message);
}

#[cfg(not(feature = "arrow"))]
#[test]
fn a_build_without_arrow_says_so() {
    let archive = Archive::new();
    archive.add("a", "");
    let lacks = |format: &str| {
        format!("the format {format} needs the feature `{format}`, which this build of offprint lacks")
    };
    archive.refuses("a --format arrow", &lacks("arrow"));
    archive.refuses("a --format parquet --output out", &lacks("parquet"));
    archive.refuses("a --input-format arrow", &lacks("arrow"));
    archive.refuses("a --input-format parquet", &lacks("parquet"));
    let pack = ["pack", "a", "-o", "o"];
    let schema = ["schema", "--format", "arrow"];
    for (command, format) in [(&pack[..], "parquet"), (&schema, "arrow")] {
        let run = Run::of(archive.offprint(command).output().unwrap());
        run.expect(2, &format!("offprint: {}\n", lacks(format)));
    }
}
