//! What each post holds: its title, its date, how much of what, and how it begins.
//!
//! `cargo run --example first_post -- PATH…`, where each PATH is a post or a folder of posts; without a PATH,
//! the posts of this crate's tests.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::Parser;

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
        let post = match parser.parse_named_bytes(&path.to_string_lossy(), &source) {
            Ok(post) => post,
            // One bad post is no reason to stop.
            Err(error) => {
                writeln!(out, "{}: {error}\n", path.display())?;
                continue;
            }
        };
        let date = post.meta.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        writeln!(out, "{}", post.meta.title.as_deref().unwrap_or("(no title)"))?;
        writeln!(out, "  {} | {date}", path.display())?;
        let (paragraphs, figures) = (post.paragraphs().count(), post.figures().count());
        writeln!(out, "  paragraphs: {paragraphs}, figures: {figures}, words: {}", post.word_count())?;
        if let Some(first) = post.paragraphs().next() {
            let beginning: String = first.text.chars().take(60).collect();
            writeln!(out, "  {}", beginning.replace('\n', " "))?;
        }
        writeln!(out)?;
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
