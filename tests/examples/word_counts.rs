//! How many posts, words and characters each folder holds, read on all cores.
//!
//! `cargo run --release --example word_counts -- PATH…`, where each PATH is a post or a folder of posts; without
//! a PATH, the posts of this crate's tests.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::Parser;
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    run(&paths, &mut io::stdout().lock())
}

#[derive(Default)]
struct Counts {
    posts: usize,
    failed: usize,
    words: usize,
    characters: usize,
}

pub(crate) fn run(paths: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // One parser serves all threads.
    let parser = Parser::new();
    let paths = posts(paths)?;
    // The results are in the order of the paths, whichever thread is done first.
    let counted: Vec<_> = paths.par_iter().map(|path| count(&parser, path)).collect();
    let mut folders: BTreeMap<&Path, Counts> = BTreeMap::new();
    for (path, counted) in paths.iter().zip(counted) {
        let counts = folders.entry(path.parent().unwrap_or(path)).or_default();
        match counted {
            Ok((words, characters)) => {
                counts.posts += 1;
                counts.words += words;
                counts.characters += characters;
            }
            Err(error) => {
                counts.failed += 1;
                eprintln!("{}: {error}", path.display());
            }
        }
    }
    writeln!(out, "{:>8} {:>8} {:>12} {:>12}  folder", "posts", "failed", "words", "characters")?;
    for (folder, Counts { posts, failed, words, characters }) in folders {
        writeln!(out, "{posts:>8} {failed:>8} {words:>12} {characters:>12}  {}", folder.display())?;
    }
    Ok(())
}

/// The words and the characters of a post. The post is dropped here: memory does not grow with the archive.
fn count(parser: &Parser, path: &Path) -> Result<(usize, usize), Box<dyn Error + Send + Sync>> {
    let source = fs::read(path)?;
    let post = parser.parse_named_bytes(&path.to_string_lossy(), &source)?;
    Ok((post.word_count(), post.text_len()))
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
