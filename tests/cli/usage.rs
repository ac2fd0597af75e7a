//! How the command is called.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::archive::{Archive, Run};

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
fn the_readme_shows_what_comes_out() {
    let readme = include_str!("../../README.md");
    let (_, example) = readme.split_once("<!-- tests/cli/usage.rs converts this -->").unwrap();
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

#[test]
fn the_readme_shows_what_an_article_comes_to() {
    let readme = include_str!("../../README.md");
    let (_, example) = readme.split_once("<!-- tests/cli/usage.rs makes an article of this -->\n").unwrap();
    let block = |language: &str| {
        let (_, rest) = example.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```\n").unwrap().0
    };
    let archive = Archive::new();
    archive.add("tea.md", block("html"));
    let run = archive.convert("tea.md --format markdown").expect(0, "");
    assert_eq!(run.stdout, block("markdown"));
}
