//! A post's HTML gives the same post, and its Markdown says the same.
//!
//! `OFFPRINT_CORPUS` names a folder of posts. Without it the same is checked on `tests/data` alone.

#[path = "support/files.rs"]
mod files;
#[path = "support/rendered.rs"]
mod rendered;

use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Parser, Post, Rules};

/// The folders with posts.
fn folders() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let corpus = std::env::var_os("OFFPRINT_CORPUS");
    if corpus.is_none() {
        eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped, tests/data was read");
    }
    corpus.into_iter().map(PathBuf::from).chain([data]).collect()
}

/// Calls `check` with every post that can be read.
fn check_all(mut check: impl FnMut(&Post<'_>) -> Result<(), String>) {
    let mut failures = Failures::default();
    let mut checked = 0;
    for path in folders().iter().flat_map(|folder| files::with_extension(folder, "md")) {
        let source = files::read(&path);
        let Ok(post) = Parser::new().rules(Rules::none()).recover(true).parse(&source) else { continue };
        checked += 1;
        if let Err(message) = check(&post) {
            failures.add(&path, message);
        }
    }
    assert!(checked > 30, "posts are missing");
    failures.finish();
}

#[test]
fn the_html_of_every_post_gives_its_blocks() {
    check_all(rendered::html_is_faithful);
}

#[test]
fn the_markdown_of_every_post_says_the_same() {
    check_all(rendered::markdown_says_the_same);
}
