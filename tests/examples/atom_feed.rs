//! The latest posts as an Atom feed (RFC 4287).
//!
//! `cargo run --example atom_feed -- PATH… >feed.xml`, where each PATH is a post or a folder of posts; without
//! a PATH, the posts of this crate's tests.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::jiff::{civil::Time, tz::Offset};
use offprint::{Date, Parser, Post, Rules};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    run(&paths, &mut io::stdout().lock())
}

pub(crate) fn run(paths: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let parser = Parser::new().rules(Rules::ads().and(Rules::furniture()));
    // Each with its date in UTC, so that dates sort as texts.
    let mut entries = Vec::new();
    for path in posts(paths)? {
        let source = fs::read(&path)?;
        match parser.parse_named_bytes(&path.to_string_lossy(), &source) {
            Ok(post) => entries.extend(entry(&post)),
            Err(error) => eprintln!("{}: {error}", path.display()),
        }
    }
    entries.sort_by(|(one, _), (other, _)| other.cmp(one));
    let newest = entries.first().map_or("1970-01-01T00:00:00Z", |(date, _)| date);
    writeln!(out, "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>")?;
    writeln!(out, "<title>Offprints</title>\n<id>https://example.org/feed.xml</id>")?;
    writeln!(out, "<updated>{newest}</updated>")?;
    entries.iter().take(20).try_for_each(|(_, entry)| out.write_all(entry.as_bytes()))?;
    Ok(writeln!(out, "</feed>")?)
}

/// The date and the entry of a post; none if the post has no address or no date.
fn entry(post: &Post<'_>) -> Option<(String, String)> {
    let url = escaped(post.meta.from.as_deref()?);
    let date = moment(post.meta.modified.or(post.meta.date)?)?;
    let title = escaped(post.meta.title.as_deref().unwrap_or("Untitled"));
    let author = escaped(post.meta.authors.first().map_or("Unknown", AsRef::as_ref));
    let content = escaped(&post.to_html());
    let entry = format!(
        "<entry>\n<title>{title}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>\n<updated>{date}</updated>\n\
         <author><name>{author}</name></author>\n<content type=\"html\">{content}</content>\n</entry>\n"
    );
    Some((date, entry))
}

/// A date as Atom has it. Where the post names no zone, this feed takes UTC, and midnight for a day.
fn moment(date: Date) -> Option<String> {
    let local = date.datetime().unwrap_or_else(|| date.day().to_datetime(Time::MIN));
    date.timestamp().or_else(|| Offset::UTC.to_timestamp(local).ok()).map(|moment| moment.to_string())
}

/// Text as XML has it, without the characters that XML cannot have.
fn escaped(text: &str) -> String {
    let text = text.replace(|c| matches!(c, '\0'..'\t' | '\u{b}'..' ' | '\u{fffe}' | '\u{ffff}'), "");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
