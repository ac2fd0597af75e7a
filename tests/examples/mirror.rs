//! Articles as HTML with images of their own: each image points to a file in `images`, and a list tells which
//! file to fetch from where.
//!
//! `cargo run --example mirror -- PATH… >articles.html 2>images.tsv`, where each PATH is a post or a folder of
//! posts; without a PATH, the posts of this crate's tests.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::{Parser, Post, UrlRole};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    run(&paths, &mut io::stdout().lock(), &mut io::stderr().lock())
}

pub(crate) fn run(
    paths: &[PathBuf],
    out: &mut impl Write,
    list: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let parser = Parser::new();
    let mut files = BTreeMap::new();
    for path in posts(paths)? {
        let source = fs::read(&path)?;
        match parser.parse_named_bytes(&path.to_string_lossy(), &source) {
            Ok(mut post) => {
                rewrite(&mut post, &mut files);
                writeln!(out, "<article>")?;
                // Straight into the writer: no article is in memory twice.
                post.html().write_to(out)?;
                writeln!(out, "</article>")?;
            }
            Err(error) => eprintln!("{}: {error}", path.display()),
        }
    }
    for (url, file) in files {
        writeln!(list, "{file}\t{url}")?;
    }
    Ok(())
}

/// Points the images of a post to files. Two posts with the same image share its file.
fn rewrite(post: &mut Post<'_>, files: &mut BTreeMap<String, String>) {
    post.for_each_url_mut(|role, url| {
        // What is not on the web (a picture in the URL itself, a relative URL) stays.
        if role == UrlRole::Image && (url.starts_with("https://") || url.starts_with("http://")) {
            let number = files.len();
            let file = files.entry(url.to_string()).or_insert_with(|| {
                let name = url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next());
                let is_plain = |c: &char| c.is_ascii_alphanumeric() || ".-_".contains(*c);
                let name: String = name.unwrap_or_default().chars().filter(is_plain).collect();
                format!("images/{number:05}-{name}")
            });
            *url = file.clone().into();
        }
    });
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
