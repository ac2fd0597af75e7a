//! `offprint check`.

mod articles;
mod formats;
mod levels;
mod parser;
mod two_posts;

use crate::archive::{Archive, Run};

/// Front matter of which nothing is said.
const HEAD: &str = "---\ntitle: Tea\ndate: 2021-03-04\n---\n";

/// Runs `offprint check`. Arguments are split at spaces.
fn check(archive: &Archive, arguments: &str) -> Run {
    let arguments: Vec<&str> = std::iter::once("check").chain(arguments.split(' ')).collect();
    Run::of(archive.offprint(&arguments).output().unwrap())
}

/// Checks a post `tea.md`, in which just this must be found: lines without the path. `code` is the exit
/// status.
#[track_caller]
fn finds_with(options: &str, content: impl AsRef<[u8]>, code: i32, expected: &[&str]) {
    let archive = Archive::new();
    archive.add("tea.md", content);
    let run = check(&archive, format!("tea.md --quiet {options}").trim_end()).expect(code, "");
    let expected: String = expected.iter().map(|line| ["tea.md", line, "\n"].concat()).collect();
    assert_eq!(run.stdout, expected);
}

#[track_caller]
fn finds(content: impl AsRef<[u8]>, expected: &[&str]) {
    finds_with("", content, 0, expected);
}

/// The same for a body below front matter of which nothing is said, which ends with line 4.
#[track_caller]
fn finds_in_body(body: &str, expected: &[&str]) {
    finds([HEAD, body].concat(), expected);
}
