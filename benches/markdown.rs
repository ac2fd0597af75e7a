//! Reads the Markdown posts of a folder, for `benches/markdown.sh` to count the instructions of.
//!
//! `ours` reads them as they are. `theirs` makes HTML of their bodies with pulldown-cmark's own writer, and
//! reads that: what is the least that it could cost.

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

use offprint::{BodyFormat, FrontMatter, Parser};
use pulldown_cmark::Options;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [way, folder, runs] = &arguments[..] else { return usage() };
    let (Ok(runs), Some(read)) = (runs.parse::<usize>(), reader(way)) else { return usage() };
    let posts = posts(Path::new(folder));
    for _ in 0..runs {
        for post in &posts {
            read(black_box(post));
        }
    }
    println!("{}", posts.len());
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: markdown ours|theirs FOLDER RUNS\n\nreads the `*.md` files below FOLDER, RUNS times");
    ExitCode::from(2)
}

fn reader(way: &str) -> Option<fn(&str)> {
    match way {
        "ours" => Some(ours),
        "theirs" => Some(theirs),
        _ => None,
    }
}

/// All the Markdown posts below a folder that can be read.
fn posts(folder: &Path) -> Vec<String> {
    let mut posts = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                posts.extend(fs::read_to_string(&path).ok().filter(|post| is_good(post)));
            }
        }
    }
    posts.sort();
    posts
}

fn is_good(post: &str) -> bool {
    Parser::new().body_format(BodyFormat::Markdown).parse(post).is_ok()
}

fn ours(post: &str) {
    let post = Parser::new().body_format(BodyFormat::Markdown).parse(post);
    assert!(black_box(&post).is_ok(), "the post was read before");
}

fn theirs(post: &str) {
    let front_matter = FrontMatter::split(post).expect("the post was read before");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let body = pulldown_cmark::Parser::new_ext(front_matter.body(), options);
    let mut html = post[..front_matter.body_offset()].to_owned();
    pulldown_cmark::html::push_html(&mut html, body);
    let post = Parser::new().body_format(BodyFormat::Html).parse(&html);
    assert!(black_box(&post).is_ok(), "the post was read before");
}
