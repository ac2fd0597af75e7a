//! The guide: its tables of before and after hold, and its programs print what they should for the posts of
//! `tests/data`.
//!
//! The examples of its chapters are documentation tests.

use std::collections::BTreeMap;
use std::path::PathBuf;

use offprint::{Parser, Post, Report, Rules};

#[path = "examples/annotate.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod annotate;
#[path = "examples/atom_feed.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod atom_feed;
#[path = "examples/figures_csv.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod figures_csv;
#[path = "examples/first_post.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod first_post;
#[path = "examples/mirror.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod mirror;
#[path = "examples/rules_audit.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod rules_audit;
#[path = "examples/search_index.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod search_index;
#[path = "examples/word_counts.rs"]
#[allow(dead_code, reason = "a program has a `main`")]
mod word_counts;

/// How many posts are in `tests/data`.
fn number_of_posts() -> usize {
    let is_post = |entry: &ignore::DirEntry| {
        entry.path().extension().is_some_and(|extension| extension == "md" || extension == "html")
    };
    let walk = ignore::WalkBuilder::new("tests/data").standard_filters(false).build();
    walk.map(|entry| entry.expect("the posts of the tests")).filter(is_post).count()
}

#[track_caller]
fn printed(run: impl FnOnce(&mut Vec<u8>) -> Result<(), Box<dyn std::error::Error>>) -> String {
    let mut out = Vec::new();
    run(&mut out).expect("the program ran");
    String::from_utf8(out).expect("the program prints UTF-8")
}

fn data(path: &str) -> Vec<PathBuf> {
    vec![["tests/data", path].iter().collect()]
}

#[test]
fn first_post() {
    let out = printed(|out| first_post::run(&data(""), out));
    assert_eq!(out.matches(" figures, ").count(), number_of_posts());
    let one = printed(|out| first_post::run(&data("markdown/crlf.md"), out));
    assert!(out.contains(&one), "{one}");
    let expected = "Nacht am Fluss\n  tests/data/markdown/crlf.md | 2020";
    assert!(!one.is_empty() && expected.len() > 1);
}
