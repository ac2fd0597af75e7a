//! Documents for a full-text search engine: a line of JSON for each post.
//!
//! `cargo run --example search_index -- PATH… >documents.jsonl`, where each PATH is a post or a folder of posts;
//! without a PATH, the posts of this crate's tests.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::{Block, Parser};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    run(&paths, &mut io::stdout().lock())
}

pub(crate) fn run(paths: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let parser = Parser::new();
    for path in posts(paths)? {
        let source = fs::read(&path)?;
        let name = path.to_string_lossy();
        let post = match parser.parse_named_bytes(&name, &source) {
            Ok(post) => post,
            Err(error) => {
                eprintln!("{name}: {error}");
                continue;
            }
        };
        // Headings weigh more than other text, so they have a field of their own.
        let headings: Vec<&str> = post
            .walk()
            .filter_map(|(_, block)| match block {
                Block::Heading(heading) => Some(heading.text.as_ref()),
                _ => None,
            })
            .collect();
        // Nobody searches for "煮水(zhǔshuǐ)" as one word.
        let text = post.text().readings(false).to_string();
        let document = json!({
            "id": name,
            "url": post.meta.from,
            "title": post.meta.title,
            // As text: a day stays a day. Search engines read ISO 8601.
            "date": post.meta.date,
            "tags": post.meta.tags,
            "headings": headings,
            "text": text,
            "images": post.images().map(|image| &image.src).collect::<Vec<_>>(),
        });
        writeln!(out, "{document}")?;
    }
    Ok(())
}

/// The posts below these paths, in the order of their names.
fn posts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ignore::Error> {
    let mut posts = Vec::new();
    for path in paths {
        for entry in WalkBuilder::new(path).standard_filters(false).sort_by_file_name(Ord::cmp).build() {
            let path = entry?.into_path();
            if path.extension().is_some_and(|extension| extension == "md" || extension == "html") {
                posts.push(path);
            }
        }
    }
    Ok(posts)
}
