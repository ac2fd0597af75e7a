//! What users of other commands expect of this one.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use crate::archive::{Archive, ODD, Run};

#[test]
fn a_line_at_the_end_counts_the_posts() {
    let archive = Archive::new();
    archive.add("in/a.md", "<p>x</p>").add("in/bad.md", "---\ntitle: x\n").add("in/odd.md", ODD);
    let run = archive.convert("in");
    assert_eq!((run.code, run.summary.as_deref()), (Some(1), Some("3 posts, 1 failed")));
    assert_eq!(run.stderr.lines().count(), 1);
    let strict = archive.convert("in --strict");
    assert_eq!(strict.summary.as_deref(), Some("3 posts, 2 failed"), "{}", strict.stderr);
    for arguments in ["in --recover --output o.jsonl", "in --recover --format text --output out"] {
        let run = archive.convert(arguments).expect(0, "");
        assert_eq!(run.summary.as_deref(), Some("3 posts, 0 failed"), "{arguments}");
    }
    for quiet in ["in -q", "in --quiet"] {
        let quiet = archive.convert(quiet);
        assert_eq!((quiet.code, quiet.summary), (Some(1), None));
        assert_eq!((quiet.stdout, quiet.stderr), (run.stdout.clone(), run.stderr.clone()));
    }
    // One post needs no count.
    assert_eq!(archive.convert("in/a.md").expect(0, "").summary, None);
    assert_eq!(archive.convert("in/a.md in/a.md").expect(0, "").summary.as_deref(), Some("1 post, 0 failed"));
    // A run that does not come to its end has none.
    assert_eq!(archive.convert("in gone").summary, None);
}

#[cfg(feature = "parquet")]
#[test]
fn packing_is_counted_and_so_is_what_an_earlier_run_has_done() {
    let archive = Archive::new();
    archive.add("in/a.md", "<p>x</p>").add("in/b.md", ODD);
    let pack = |arguments: &[&str]| Run::of(archive.offprint(arguments).output().unwrap()).expect(0, "");
    assert_eq!(pack(&["pack", "in", "-o", "p"]).summary.as_deref(), Some("2 posts, 0 failed"));
    assert_eq!(pack(&["pack", "in", "-o", "p", "--quiet"]).summary, None);
    let verbose = Run::of(archive.offprint(&["pack", "in", "-o", "p", "-v"]).output().unwrap());
    verbose.expect(0, "wrote p\n");

    let arguments = "in --format parquet --output table --shard-bytes 10 --verbose";
    let run = archive
        .convert(arguments)
        .expect(0, "wrote table/posts-00001.parquet\nwrote table/posts-00002.parquet\n");
    assert_eq!(run.summary.as_deref(), Some("2 posts, 0 failed"));
    std::fs::remove_file(archive.path().join("table/posts-00002.parquet")).unwrap();
    let again = archive.convert(arguments).expect(0, "wrote table/posts-00002.parquet\n");
    assert_eq!(again.summary.as_deref(), Some("2 posts (1 of them by an earlier run), 0 failed"));
}

#[test]
fn files_that_are_written_are_told_on_demand() {
    let archive = Archive::new();
    archive.add("in/a.md", "<p>x</p>").add("in/b/c.md", ODD);
    let told = "wrote out/a.txt\nwrote out/b/c.txt\nwrote r\n";
    archive.convert("in --format text --output out --report r -v").expect(0, told);
    archive.convert("in --output o --verbose").expect(0, "wrote o\n");
    archive.convert("in --verbose").expect(0, "");
    assert_eq!(archive.convert("in --verbose --quiet").code, Some(2));

    let set = |arguments: &[&str]| Run::of(archive.offprint(arguments).output().unwrap());
    let counts = "1 post changed, 1 unchanged, 0 failed\n";
    set(&["set", "title", "Tea", "in", "-v"]).expect(0, &format!("wrote in/a.md\n{counts}"));
    set(&["set", "title", "Tea", "in", "-q"]).expect(0, "");
}

#[test]
fn that_there_is_no_post_is_said() {
    let archive = Archive::new();
    archive.add("a/x.txt", "").add("b/.hidden.md", "").add("c/x.md", "<p>x</p>");
    archive.refuses("a", "no posts found in a");
    archive.refuses("a b --output o", "no posts found in a, b");
    archive.refuses("a --part 1/2", "no posts found in a");
    assert_eq!(archive.convert("a c").expect(0, "").paths(), ["c/x.md"]);
    // A part may be empty.
    assert_eq!(archive.convert("c --part 2/2").expect(0, "").stdout, "");
    archive.add("empty.jsonl", "");
    assert_eq!(archive.convert("empty.jsonl --input-format jsonl").expect(0, "").stdout, "");
    for arguments in [&["set", "a", "b", "a"][..], &["pack", "a", "-o", "p"]] {
        if cfg!(feature = "parquet") || arguments[0] == "set" {
            let run = Run::of(archive.offprint(arguments).output().unwrap());
            run.expect(2, "offprint: no posts found in a\n");
        }
    }
}

#[test]
fn one_post_goes_to_one_file() {
    let archive = Archive::new();
    archive.add("a.md", ODD).add("bad.md", "---\nx: 1\n");
    for (format, extensions) in
        [("html", &["html", "htm"][..]), ("markdown", &["md", "markdown", "MD"]), ("text", &["txt"])]
    {
        archive.convert(&format!("a.md --format {format} --output out")).expect(0, "");
        let expected = archive.read(&format!("out/a.{}", extensions[0]));
        assert!(expected.starts_with("---\ntitle: Tea\n"), "{expected}");
        for extension in extensions {
            let path = format!("x.{extension}");
            archive.convert(&format!("a.md -o {path}")).expect(0, "");
            assert_eq!(archive.read(&path), expected, "{path}");
            archive.add(&path, "old").convert(&format!("a.md -f {format} -o {path}")).expect(0, "");
            assert_eq!(archive.read(&path), expected, "{path}");
        }
    }
    let mut child = archive.command("- -o from-stdin.txt").stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ODD.as_bytes()).unwrap();
    Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert_eq!(archive.read("from-stdin.txt"), archive.read("x.txt"));

    // What is asked for counts more than the name, and a folder is a folder.
    archive.convert("a.md -f text -o y.html").expect(0, "");
    assert_eq!(archive.read("y.html"), archive.read("x.txt"));
    archive.convert("a.md -f text -o z.html/").expect(0, "");
    assert_eq!(archive.read("z.html/a.txt"), archive.read("x.txt"));
    archive.convert("a.md -f text -o z.html").expect(0, "");

    let old = archive.read("x.html");
    let error = "bad.md:1:1: front matter is not closed: found no line `---` or `...`\n";
    archive.convert("bad.md -o x.html").expect(1, error);
    archive.convert("bad.md -o new.html").expect(1, error);
    assert_eq!(archive.read("x.html"), old, "it stays");
    assert!(!archive.names().iter().any(|name| name == "new.html" || name.starts_with('.')));
    archive.refuses("a.md -o a.md", "cannot write a.md: it is the input a.md");
    archive.refuses(
        "a.md bad.md -o all.html",
        "--output all.html is one file, and there may be more than one post: \
        with --format, --output may be a folder",
    );
}

#[test]
fn the_name_of_the_output_says_the_format() {
    let archive = Archive::new();
    archive.add("a.md", ODD);
    let json = archive.convert("a.md").expect(0, "").stdout;
    for path in ["o.jsonl", "o.json", "o.ndjson", "o", "o.xyz"] {
        archive.convert(&format!("a.md --output {path}")).expect(0, "");
        assert_eq!(archive.read(path), json, "{path}");
    }
    if cfg!(feature = "arrow") {
        archive.convert("a.md --output o.arrow").expect(0, "");
        archive.convert("a.md --format arrow --output expected").expect(0, "");
        let read = |path: &str| std::fs::read(archive.path().join(path)).unwrap();
        assert!(read("o.arrow") == read("expected"));
    }
    if cfg!(feature = "parquet") {
        archive.refuses("a.md -o o.parquet", "Parquet goes to a folder: --format parquet --output DIR");
    }
}

#[test]
fn formats_and_options_have_the_names_that_others_have() {
    let archive = Archive::new();
    archive.add("a.md", ODD);
    for (name, format) in [("md", "markdown"), ("txt", "text"), ("json", "jsonl")] {
        let expected = archive.convert(&format!("a.md --format {format}")).expect(0, "").stdout;
        for option in ["-f", "-t", "--to", "--format"] {
            let run = archive.convert(&format!("a.md {option} {name}")).expect(0, "");
            assert_eq!(run.stdout, expected, "{option} {name}");
        }
    }
}

#[test]
fn posts_that_failed_can_have_lines() {
    let archive = Archive::new();
    archive.add("1.md", "<p>1</p>").add("2.md", "---\ntitle: x\n").add("3.md", "<p>3</p>");
    std::fs::create_dir(archive.path().join("4.md")).unwrap();
    let message = "front matter is not closed: found no line `---` or `...`";
    let run = archive.convert("1.md 2.md 3.md --error-rows").expect(1, &format!("2.md:1:1: {message}\n"));
    assert_eq!(run.paths(), ["1.md", "2.md", "3.md"]);
    let error = json!({"message": message, "line": 1, "column": 1});
    assert_eq!(run.lines()[1], json!({"path": "2.md", "error": error}));
    let usage = "--error-rows is for the format jsonl: a table has such rows always";
    archive.refuses("1.md --format text --error-rows", usage);
}

#[test]
fn colours_are_for_those_who_want_them() {
    let archive = Archive::new();
    archive.add("bad.md", "---\ntitle: x\n");
    let plain = "bad.md:1:1: front matter is not closed: found no line `---` or `...`\n";
    let colored = plain.replace("bad.md:1:1:", "\x1b[1mbad.md:1:1:\x1b[0m");
    // Standard error is no terminal here.
    for arguments in ["bad.md", "bad.md --color auto", "bad.md --color never"] {
        archive.convert(arguments).expect(1, plain);
    }
    archive.convert("bad.md --color always").expect(1, &colored);
    archive.convert("--color=always bad.md").expect(1, &colored);
    let gone = "No such file or directory (os error 2)\n";
    let run = archive.convert("x --color=always");
    run.expect(2, &format!("\x1b[1;31moffprint:\x1b[0m cannot read x: {gone}"));
    let help =
        |arguments: &[&str]| Run::of(archive.offprint(arguments).output().unwrap()).expect(0, "").stdout;
    assert!(help(&["convert", "--help", "--color", "always"]).contains("\x1b["));
    for arguments in [&["--color=never", "--help"][..], &["set", "--help"]] {
        assert!(!help(arguments).contains('\x1b'));
    }
    assert_eq!(archive.convert("bad.md --color red").code, Some(2));
}
