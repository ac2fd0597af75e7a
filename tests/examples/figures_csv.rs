//! All figures as a table in CSV: where, what, whose.
//!
//! `cargo run --example figures_csv -- PATH… >figures.csv`, where each PATH is a post or a folder of posts;
//! without a PATH, the posts of this crate's tests.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::{Media, Parser};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    run(&paths, &mut io::stdout().lock())
}

pub(crate) fn run(paths: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let parser = Parser::new();
    // The crate `csv` puts quotes around commas, quotes and line breaks.
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["path", "figure", "kind", "url", "alt", "caption", "credit"])?;
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
        for (index, figure) in post.figures().enumerate() {
            let number = (index + 1).to_string();
            let caption = figure.caption.as_ref().map_or("", AsRef::as_ref);
            let credit = figure.credit.as_deref().unwrap_or_default();
            for media in &figure.media {
                let kind = match media {
                    Media::Image(_) => "image",
                    Media::Video(_) => "video",
                    Media::Audio(_) => "audio",
                    Media::Embed(_) => "embed",
                    // A later version may know more kinds.
                    _ => "other",
                };
                let url = media.url().unwrap_or_default();
                let alt = media.image().and_then(|image| image.alt.as_deref()).unwrap_or_default();
                table.write_record([&name, number.as_str(), kind, url, alt, caption, credit])?;
            }
        }
    }
    table.flush()?;
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
