//! The Markdown of a post, read again, is the same article.
//!
//! `OFFPRINT_CORPUS` and `OFFPRINT_ARCHIVES` name folders of posts. Without them the same is checked on
//! `tests/data` alone. `OFFPRINT_AGAIN=1` prints what differs.

#[path = "support/files.rs"]
mod files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use offprint::{Block, BodyFormat, Parser, Post, Rules};

/// The folders with posts, and how many of the posts in each may come back as another article: what
/// Markdown has no way to say.
fn folders() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    ["OFFPRINT_CORPUS", "OFFPRINT_ARCHIVES"]
        .into_iter()
        .filter_map(std::env::var_os)
        .map(PathBuf::from)
        .chain([data])
        .collect()
}

fn parse(source: &str) -> Option<(Post<'static>, Option<BodyFormat>)> {
    let parser = Parser::new().rules(Rules::none()).recover(true);
    let (post, report) = parser.parse_with_report(source).ok()?;
    Some((post.into_owned(), report.body_format))
}

/// What a block is, in a word.
fn kind(block: Option<&Block<'_>>) -> &'static str {
    match block {
        None => "nothing",
        Some(Block::Paragraph(_)) => "paragraph",
        Some(Block::Heading(_)) => "heading",
        Some(Block::Figure(_)) => "figure",
        Some(Block::Preformatted(_)) => "preformatted",
        Some(Block::List(_)) => "list",
        Some(Block::BlockQuote(_)) => "block_quote",
        Some(Block::Table(_)) => "table",
        Some(Block::ThematicBreak(_)) => "thematic_break",
    }
}

#[test]
fn markdown_read_again_is_the_same_article() {
    let prints = std::env::var_os("OFFPRINT_AGAIN").is_some();
    for folder in folders() {
        let mut differences: BTreeMap<String, usize> = BTreeMap::new();
        let (mut checked, mut same) = (0, 0);
        for path in ["md", "html", "markdown"].iter().flat_map(|end| files::with_extension(&folder, end)) {
            let source = files::read(&path);
            let Some((post, _)) = parse(&source) else { continue };
            let markdown = post.to_markdown();
            let Some((again, format)) = parse(&markdown) else {
                *differences.entry("no post".to_owned()).or_default() += 1;
                continue;
            };
            checked += 1;
            if again.blocks == post.blocks {
                same += 1;
                continue;
            }
            let first = post.blocks.iter().zip(&again.blocks).position(|(one, other)| one != other);
            let index = first.unwrap_or_else(|| post.blocks.len().min(again.blocks.len()));
            let (one, other) = (post.blocks.get(index), again.blocks.get(index));
            let read_as = if format == Some(BodyFormat::Markdown) { "" } else { ", read as HTML" };
            let difference = format!("{} as {}{read_as}", kind(one), kind(other));
            if prints {
                println!("{}: {difference}\n  {one:?}\n  {other:?}", path.display());
            }
            *differences.entry(difference).or_default() += 1;
        }
        println!("{}: {same} of {checked} the same; {differences:?}", folder.display());
        assert!(checked > 30, "posts are missing");
    }
}
