//! The command, run as its users run it.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A post whose title and link heading differ, and which holds an advertisement's slot.
const ODD: &str = "\
---
title: Tea
from: https://example.org/tea
---
[Coffee](https://example.org/tea)
------

<div><p>Boil the water.</p><div id=\"dfp-ad-imu1\"></div><p>Wait.</p></div>
";

/// An archive of posts in a folder of its own.
struct Archive(TempDir);

impl Archive {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn add(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The names in the archive's own folder, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// `offprint convert` with its working directory here. Arguments are split at spaces.
    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command.arg("convert").args(arguments.split(' ')).current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn convert(&self, arguments: &str) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }
}

/// What a run left behind.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn expect(self, code: i32, stderr: &str) -> Self {
        assert_eq!((self.code, self.stderr.as_str()), (Some(code), stderr));
        self
    }

    fn lines(&self) -> Vec<Value> {
        lines(&self.stdout)
    }

    fn paths(&self) -> Vec<String> {
        self.lines().iter().map(|line| line["path"].as_str().unwrap().to_owned()).collect()
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_post_is_one_line() {
    let archive = Archive::new();
    archive.add("posts/tea.md", ODD);
    let run = archive.convert("posts/tea.md").expect(0, "");
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stdout.ends_with('\n'));
    assert!(run.stdout.starts_with(r#"{"path":"posts/tea.md","meta":{"title":"Tea","#), "{}", run.stdout);
    let expected = json!({
        "path": "posts/tea.md",
        "meta": {"title": "Tea", "from": "https://example.org/tea"},
        "prelude": {"heading": {"text": "Coffee", "url": "https://example.org/tea"}},
        "blocks": [{"type": "paragraph", "text": "Boil the water."}, {"type": "paragraph", "text": "Wait."}],
    });
    assert_eq!(run.lines(), [expected]);
}

#[test]
fn lines_are_in_the_order_of_the_paths_whatever_the_number_of_jobs() {
    let archive = Archive::new();
    for number in (0..700).rev() {
        // Long and short posts, so that they end in another order than they began.
        let text = "word ".repeat(1 + (number % 7) * (number % 5) * 300);
        archive.add(&format!("{}/{number:03}.md", number % 3), format!("<p>{number} {text}</p>"));
        if number % 50 == 0 {
            archive.add(&format!("{}/{number:03}-bad.md", number % 3), "---\nno end\n");
        }
    }
    let one = archive.convert(". --jobs 1 --report reports-1.jsonl");
    assert_eq!(one.code, Some(1));
    assert_eq!((one.lines().len(), one.stderr.lines().count()), (700, 14));
    let mut sorted = one.paths();
    sorted.sort();
    assert_eq!(one.paths(), sorted);
    for jobs in [2, 8] {
        let many = archive.convert(&format!(". --jobs {jobs} --report reports.jsonl"));
        assert!(many.stdout == one.stdout, "{jobs} jobs");
        assert_eq!(many.stderr, one.stderr, "{jobs} jobs");
        assert!(archive.read("reports.jsonl") == archive.read("reports-1.jsonl"), "{jobs} jobs");
    }
}

#[test]
fn folders_are_walked_for_posts() {
    let archive = Archive::new();
    for path in [
        "b.md",
        "a/z.markdown",
        "a/y.HTML",
        "a/b/c/x.htm",
        "a.html",
        "a/note.txt",
        "a/md",
        ".git/h.md",
        "a/.i.md",
    ] {
        archive.add(path, "<p>x</p>");
    }
    let run = archive.convert(".").expect(0, "");
    assert_eq!(run.paths(), ["./a/b/c/x.htm", "./a/y.HTML", "./a/z.markdown", "./a.html", "./b.md"]);
    let named = archive.convert("a/note.txt a/.i.md .git").expect(0, "");
    assert_eq!(named.paths(), [".git/h.md", "a/.i.md", "a/note.txt"]);
}

#[test]
fn a_post_that_is_named_twice_is_converted_once() {
    let archive = Archive::new();
    archive
        .add("a/1.md", "<p>1</p>")
        .add("a/2.md", "<p>2</p>")
        .add("a/2.txt", "<p>t</p>")
        .add("b.md", "<p>b</p>");
    let run = archive.convert("b.md a/2.md a a/2.txt ./a/1.md a b.md a/2.md").expect(0, "");
    assert_eq!(run.lines().len(), 4);
    let texts: Vec<_> = run.lines().iter().map(|line| line["blocks"][0]["text"].clone()).collect();
    assert_eq!(texts, ["1", "2", "t", "b"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_end() {
    use std::os::unix::fs::symlink;

    let archive = Archive::new();
    archive.add("a/1.md", "<p>1</p>").add("elsewhere/2.md", "<p>2</p>");
    symlink("..", archive.path().join("a/up")).unwrap();
    symlink(".", archive.path().join("a/here")).unwrap();
    symlink("../elsewhere", archive.path().join("a/there")).unwrap();
    symlink("gone.txt", archive.path().join("a/dead")).unwrap();
    let run = archive.convert(".").expect(0, "");
    assert_eq!(run.paths(), ["./a/1.md", "./a/there/2.md", "./elsewhere/2.md"]);

    symlink("gone.md", archive.path().join("a/dead.md")).unwrap();
    let run = archive.convert(".").expect(1, "./a/dead.md: No such file or directory (os error 2)\n");
    assert_eq!(run.lines().len(), 3);
}

#[test]
fn standard_input_is_a_post() {
    let archive = Archive::new();
    archive.add("a.md", "<p>a</p>");
    let mut child = archive.command("a.md - -").stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"---\ntitle: Tea\n---\n<p>b</p>").unwrap();
    let run = Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert_eq!(run.paths(), ["-", "a.md"]);
    assert_eq!(run.lines()[0]["meta"], json!({"title": "Tea"}));
}

#[test]
fn a_bad_post_is_a_message_and_the_rest_goes_on() {
    let archive = Archive::new();
    archive
        .add("1.md", "<p>one</p>")
        .add("2.md", "---\ntitle: x\n")
        .add("3.md", b"<p>\xe8\x8c\xb6\n\xe8\x8c\xb6\xff</p>")
        .add("4.md", "<p>four</p>");
    let message = "\
2.md:1:1: front matter is not closed: found no line `---` or `...`
3.md:2:2: invalid UTF-8
";
    let run = archive.convert("1.md 2.md 3.md 4.md").expect(1, message);
    assert_eq!(run.paths(), ["1.md", "4.md"]);

    let run = archive.convert("1.md 2.md 3.md 4.md --recover").expect(0, "");
    assert_eq!(run.paths(), ["1.md", "2.md", "3.md", "4.md"]);
}

#[test]
fn diagnostics_are_silent_unless_strict() {
    let archive = Archive::new();
    archive.add("good.md", "<p>x</p>").add("odd.md", ODD);
    let run = archive.convert("good.md odd.md").expect(0, "");
    let strict = archive.convert("good.md odd.md --strict");
    assert_eq!(strict.code, Some(1));
    assert!(strict.stderr.starts_with("odd.md:"), "{}", strict.stderr);
    assert_eq!(strict.stderr.lines().count(), 1);
    assert_eq!(strict.stdout, run.stdout);
    archive.convert("good.md --strict").expect(0, "");
}

#[test]
fn a_report_is_inline_or_in_a_file() {
    let archive = Archive::new();
    archive.add("bad.md", "---\ntitle: x\n").add("odd.md", ODD);
    let inline = archive.convert("odd.md --report -").expect(0, "");
    let report = inline.lines()[0]["report"].clone();
    assert_eq!(report["diagnostics"][0]["kind"], "title_heading_mismatch");
    assert_eq!(report["removals"].as_array().unwrap().len(), 1);
    assert_eq!(report["removals"][0]["kind"], "placeholder");

    let run = archive.convert("bad.md odd.md --report report.jsonl");
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout, archive.convert("odd.md").stdout, "the posts are as without a report");
    let error = json!({
        "message": "front matter is not closed: found no line `---` or `...`",
        "line": 1,
        "column": 1,
    });
    assert_eq!(
        lines(&archive.read("report.jsonl")),
        [json!({"path": "bad.md", "error": error}), json!({"path": "odd.md", "report": report})]
    );
}

#[test]
fn rules_can_be_added_and_left_out() {
    let archive = Archive::new();
    archive
        .add("a.md", "<p>x</p><div class=\"promo\"></div><div id=\"dfp-ad-imu1\"></div>")
        .add("my.txt", "! my rules\n##.promo\n##.x:has-text(y)\n");
    let removals = |arguments: &str| {
        let run = archive.convert(&format!("a.md --report - {arguments}"));
        assert_eq!(run.code, Some(0));
        let removals = run.lines()[0]["report"]["removals"].as_array().map_or(0, Vec::len);
        (removals, run.stderr)
    };
    assert_eq!(removals("--no-ads"), (0, String::new()));
    assert_eq!(removals("--engine auto"), (1, String::new()));
    let (removed, warning) = removals("--rules my.txt");
    assert_eq!(removed, 2);
    assert!(warning.starts_with("my.txt:3: unusable rule `##.x:has-text(y)`: "), "{warning}");
    assert_eq!(warning.lines().count(), 1);
    assert_eq!(removals("--no-ads --rules my.txt").0, 1);
}

#[test]
fn lines_that_block_requests_are_told_in_one_message() {
    let archive = Archive::new();
    archive
        .add("a.md", "<p>x</p>")
        .add("list.txt", "! a list\n||ads.example^\n##.promo\n/ads/*\n##:x\n&ad=\n");
    let run = archive.convert("a.md --rules list.txt");
    let expected = "list.txt:2: not a cosmetic rule, as 3 lines are\n\
        list.txt:5: unusable rule `##:x`: unsupported pseudo-class\n";
    run.expect(0, expected);
}

#[test]
fn furniture_goes_if_it_is_asked_for() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p><div class=sharedaddy>Share</div><div class=ad></div>");
    for (arguments, paragraphs, kinds) in [
        ("", 2, &["placeholder"][..]),
        ("--furniture", 1, &["removed", "placeholder"]),
        ("--furniture --no-ads", 1, &["removed"]),
    ] {
        let run = archive.convert(format!("a.md --report - {arguments}").trim_end()).expect(0, "");
        let line = &run.lines()[0];
        assert_eq!(line["blocks"].as_array().map(Vec::len), Some(paragraphs), "{arguments}");
        let removals = line["report"]["removals"].as_array().expect("removals");
        let found: Vec<_> = removals.iter().map(|removal| removal["kind"].as_str().unwrap_or("")).collect();
        assert_eq!(found, kinds, "{arguments}");
    }
}

#[test]
fn both_engines_write_the_same() {
    let archive = Archive::new();
    archive.add("odd.md", ODD);
    let auto = archive.convert("odd.md --engine auto").expect(0, "");
    assert_eq!(auto.stdout, archive.convert("odd.md --engine reference").expect(0, "").stdout);
}

#[test]
fn bad_usage_is_told_before_any_work() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("out.jsonl", "old\n");
    let gone = "No such file or directory (os error 2)";
    let message = format!("offprint: cannot read x.md: {gone}\noffprint: cannot read y: {gone}\n");
    let run = archive.convert("x.md a.md y --output out.jsonl").expect(2, &message);
    assert_eq!(run.stdout, "");
    let message = format!("offprint: cannot read rules.txt: {gone}\n");
    archive.convert("a.md --rules rules.txt --output out.jsonl").expect(2, &message);
    assert_eq!(archive.read("out.jsonl"), "old\n");
    assert_eq!(archive.names(), ["a.md", "out.jsonl"]);

    archive.convert("a.md --output .").expect(2, "offprint: cannot write .: is a directory\n");
    archive
        .convert("a.md --output o --report ./o")
        .expect(2, "offprint: --output and --report name the same file\n");
    for usage in ["--strict", "a.md --jobs 0", "a.md --engine fast", "a.md --format xml"] {
        assert_eq!(archive.convert(usage).code, Some(2), "{usage}");
    }
}

#[test]
fn an_article_is_text_or_markdown_or_html() {
    let archive = Archive::new();
    archive.add("a.md", "---\ntitle: A\n---\n<h2>Tea</h2><p>5 * <b>6</b>").add("b/b.html", "<p>b");
    for (format, article) in [
        ("text", "Tea\n\n5 * 6\n"),
        ("markdown", "## Tea\n\n5 * **6**\n"),
        ("html", "<h2>Tea</h2>\n<p>5 * <strong>6</strong></p>\n"),
    ] {
        let run = archive.convert(&format!("a.md --format {format}")).expect(0, "");
        assert_eq!(run.stdout, article);
    }
    let run = archive.convert("a.md b/b.html --format text").expect(0, "");
    assert_eq!(run.stdout, "==> a.md <==\n\nTea\n\n5 * 6\n\n==> b/b.html <==\n\nb\n\n");
    let run = archive.convert("b --format markdown").expect(0, "");
    assert_eq!(run.stdout, "<!-- b/b.html -->\n\nb\n\n");
    archive.add("-->.md", "x");
    let run = archive.convert("-- ./-->.md b").expect(0, "");
    assert_eq!(run.lines().len(), 2);
    let run = archive.convert("--format=html -- ./-->.md b").expect(0, "");
    assert!(run.stdout.starts_with("<!-- ./- ->.md -->\n\n<p>x</p>\n\n<!--"), "{}", run.stdout);
    let message = "offprint: `--report -` is for the format jsonl\n";
    archive.convert("a.md --format text --report -").expect(2, message);
}

#[test]
fn a_folder_of_articles_keeps_names_and_front_matter() {
    let front_matter = "\u{feff}---\r\ntitle:   \"A\"  # as it is\r\ntags: [ x ]\r\n---\t\r\n";
    let archive = Archive::new();
    archive
        .add("in/a.md", format!("{front_matter}<p>a</p>"))
        .add("in/x/y/b.c.HTML", "<p>b</p>")
        .add("in/x/end.markdown", "---\ntitle: E\n...")
        .add("in/x/bad.md", "---\ntitle: x\n")
        .add("note.v1", "<p>n</p>");
    let bad = "in/x/bad.md:1:1: front matter is not closed: found no line `---` or `...`\n";
    for jobs in [1, 4] {
        let run = archive
            .convert(&format!("in note.v1 --format markdown --output out{jobs} --jobs {jobs} --report r"));
        let run = run.expect(1, bad);
        assert_eq!(run.stdout, "");
        assert_eq!(lines(&archive.read("r")).len(), 5);
        let read = |path: &str| archive.read(&format!("out{jobs}/{path}"));
        assert_eq!(read("a.md"), format!("{front_matter}\na\n"));
        assert_eq!(read("x/y/b.c.md"), "b\n");
        assert_eq!(read("x/end.md"), "---\ntitle: E\n...");
        assert_eq!(read("note.v1.md"), "n\n");
        let mut names = files_below(&archive.path().join(format!("out{jobs}")));
        names.sort();
        assert_eq!(names, ["a.md", "note.v1.md", "x/end.md", "x/y/b.c.md"]);
    }
    archive.convert("in/a.md --format html --output out1").expect(0, "");
    assert_eq!(archive.read("out1/a.html"), format!("{front_matter}\n<p>a</p>\n"));
    archive.convert("in/a.md --format text --output out1/deep/er").expect(0, "");
    assert_eq!(archive.read("out1/deep/er/a.txt"), format!("{front_matter}\na\n"));

    // The HTML is a post again.
    let again = archive.convert("out1/a.html").expect(0, "").lines().remove(0);
    let before = archive.convert("in/a.md").expect(0, "").lines().remove(0);
    assert_eq!((&again["meta"], &again["blocks"]), (&before["meta"], &before["blocks"]));
}

#[test]
fn no_article_takes_the_place_of_another_or_of_a_post() {
    let archive = Archive::new();
    archive.add("a/1.html", "<p>html</p>").add("a/1.md", "<p>md</p>").add("b/1.md", "<p>b</p>");
    let message = "a/1.md: not written: 1.md in the output is another post's\n\
        b/1.md: not written: 1.md in the output is another post's\n";
    archive.convert("a b --format markdown --output out").expect(1, message);
    assert_eq!(archive.read("out/1.md"), "html\n");

    archive
        .convert("a/1.md --format markdown --output a")
        .expect(1, "a/1.md: not written: it would take its own place\n");
    assert_eq!(archive.read("a/1.md"), "<p>md</p>");
    archive.convert("b/1.md --format text --output b").expect(0, "");
    assert_eq!(archive.read("b/1.txt"), "b\n");
    for output in ["a", "a/out", "."] {
        let message =
            format!("offprint: cannot write to {output} what is read from a: one is inside the other\n");
        archive.convert(&format!("a --format text --output {output}")).expect(2, &message);
    }
    archive.add("file", "");
    let run = archive.convert("a --format text --output file");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("offprint: cannot write file: "), "{}", run.stderr);
}

/// The paths of all files in a folder and below.
fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(open) = folders.pop() {
        for entry in fs::read_dir(open).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files
}

#[test]
fn a_file_takes_its_name_when_it_is_whole() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("bad.md", "---\ntitle: x\n").add("out.jsonl", "old\n");

    // Standard input stays open, and so the run cannot end.
    let mut child = archive.command("a.md - --output out.jsonl").stdin(Stdio::piped()).spawn().unwrap();
    while !archive.names().iter().any(|name| name.starts_with(".offprint-")) {
        assert_eq!(child.try_wait().unwrap(), None, "the run goes on until its input ends");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(archive.read("out.jsonl"), "old\n");

    let run = archive.convert("a.md bad.md --output out.jsonl");
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(archive.read("out.jsonl"), archive.convert("a.md").stdout);
    archive.convert("a.md --output new.jsonl").expect(0, "");
    assert_eq!(archive.read("new.jsonl"), archive.read("out.jsonl"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let archive = Archive::new();
    for number in 0..500 {
        archive.add(&format!("{number}.md"), format!("<p>{}</p>", "word ".repeat(2000)));
    }
    let mut child = archive.command(".").spawn().unwrap();
    let mut start = [0; 8];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    assert_eq!(&start, br#"{"path":"#);
    Run::of(child.wait_with_output().unwrap()).expect(0, "");
}

#[test]
fn the_readme_shows_what_comes_out() {
    let readme = include_str!("../README.md");
    let (_, example) = readme.split_once("<!-- tests/cli.rs converts this -->").unwrap();
    let block = |language: &str| {
        let (_, rest) = example.split_once(&format!("\n```{language}\n")).unwrap();
        rest.split_once("```\n").unwrap().0
    };
    let archive = Archive::new();
    let mut child = archive.command("- --strict").stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(block("html").as_bytes()).unwrap();
    let run = Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert_eq!(run.lines(), [serde_json::from_str::<Value>(block("json")).unwrap()]);
}
