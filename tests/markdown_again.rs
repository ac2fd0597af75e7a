//! The Markdown of a post, read again, is the same article.
//!
//! `OFFPRINT_CORPUS` and `OFFPRINT_ARCHIVES` name folders of posts. Without them the same is checked on
//! `tests/data` alone. `OFFPRINT_AGAIN=1` prints what differs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use offprint::{Block, BodyFormat, Parser, Post, Rules};
use serde_json::Value;

/// The folders with posts, and how many of a hundred must come back as the same article. The others hold what
/// Markdown has no way to say.
fn folders() -> Vec<(PathBuf, usize)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let archive = |name| std::env::var_os(name).map(PathBuf::from);
    [(archive("OFFPRINT_CORPUS"), 99), (archive("OFFPRINT_ARCHIVES"), 96), (Some(data), 97)]
        .into_iter()
        .filter_map(|(folder, least)| Some((folder?, least)))
        .collect()
}

fn parse(source: &str) -> Option<(Post<'static>, Option<BodyFormat>)> {
    let parser = Parser::new().rules(Rules::none()).recover(true);
    let (post, report) = parser.parse_with_report(source).ok()?;
    Some((post.into_owned(), report.body_format))
}

/// The blocks as far as Markdown has words for them: a caption is a paragraph of its own, a figure shows one
/// thing, a description list is a list; ids, sizes, other files of an image and directions are left out.
fn said(blocks: &[Block<'_>]) -> Vec<Value> {
    let Ok(Value::Array(blocks)) = serde_json::to_value(blocks) else { unreachable!("blocks are an array") };
    blocks.into_iter().flat_map(plain_block).collect()
}

fn plain_blocks(blocks: Option<Value>) -> Value {
    let Some(Value::Array(blocks)) = blocks else { return Value::Array(Vec::new()) };
    blocks.into_iter().flat_map(plain_block).collect()
}

fn plain_block(mut block: Value) -> Vec<Value> {
    let Some(fields) = block.as_object_mut() else { return vec![block] };
    for key in ["id", "direction", "credit", "is_code"] {
        fields.remove(key);
    }
    let text = fields.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    if fields["type"] == "preformatted" {
        // A fence ends its last line, and there are no marks in it.
        fields.insert("text".to_owned(), text.trim_end_matches('\n').into());
        fields.remove("marks");
    }
    if let Some(Value::Array(marks)) = fields.remove("marks") {
        let mut marks: Vec<Value> = marks.into_iter().filter_map(|mark| plain_mark(mark, &text)).collect();
        marks.sort_by_key(Value::to_string);
        if !marks.is_empty() {
            fields.insert("marks".to_owned(), marks.into());
        }
    }
    let caption = fields.remove("caption").map(|mut caption| {
        caption["type"] = "paragraph".into();
        caption
    });
    match fields.get("type").and_then(Value::as_str) {
        Some("figure") => {
            let Some(Value::Array(media)) = fields.remove("media") else { return Vec::new() };
            let plain = media.into_iter().map(|mut media| {
                if let Some(fields) = media.as_object_mut() {
                    for key in ["width", "height", "sources"] {
                        fields.remove(key);
                    }
                    fields.retain(|_, value| value != "");
                    fields.iter_mut().for_each(|(_, value)| decode(value));
                }
                media
            });
            plain.chain(caption).collect()
        }
        Some("list") => {
            if fields["kind"] == "description" {
                fields["kind"] = "unordered".into();
            }
            for item in fields.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten() {
                let blocks = plain_blocks(item.as_object_mut().and_then(|item| item.remove("blocks")));
                *item = serde_json::json!({ "checked": item.get("checked"), "blocks": blocks });
            }
            vec![block]
        }
        Some("table") => {
            let rows = fields.get_mut("rows").and_then(Value::as_array_mut).into_iter().flatten();
            for cell in rows.filter_map(Value::as_array_mut).flatten() {
                let blocks = plain_blocks(cell.as_object_mut().and_then(|cell| cell.remove("blocks")));
                cell["blocks"] = blocks;
            }
            // A table of Markdown has a head, which may be empty.
            let is_empty = |row: &Value| {
                row.as_array()
                    .is_some_and(|row| row.iter().all(|cell| cell["blocks"] == Value::Array(Vec::new())))
            };
            if let Some(Value::Array(rows)) = fields.get_mut("rows") {
                rows.retain(|row| !is_empty(row));
            }
            caption.into_iter().chain([block]).collect()
        }
        Some("block_quote") => {
            let blocks = plain_blocks(fields.remove("blocks"));
            fields.insert("blocks".to_owned(), blocks);
            vec![block]
        }
        _ => vec![block],
    }
}

/// A mark, without the punctuation at its edges: delimiters stand between letters. `None` if Markdown has no
/// word for the mark.
fn plain_mark(mut mark: Value, text: &str) -> Option<Value> {
    let kind = mark["type"].as_str()?;
    if matches!(kind, "anchor" | "bidi") {
        return None;
    }
    if matches!(kind, "strong" | "emphasis" | "strikethrough") {
        let offset = |value: &Value| value.as_u64().and_then(|value| usize::try_from(value).ok());
        let (start, end) = (offset(&mark["start"])?, offset(&mark["end"])?);
        let inside = text.get(start..end)?;
        let is_edge = |c: char| !c.is_alphanumeric();
        let trimmed = inside.trim_start_matches(is_edge);
        let start = end - trimmed.len();
        mark["start"] = start.into();
        mark["end"] = (start + trimmed.trim_end_matches(is_edge).len()).into();
        if trimmed.is_empty() {
            return None;
        }
    }
    if let Some(href) = mark.get_mut("href") {
        decode(href);
    }
    Some(mark)
}

/// Writes the characters of a URL as themselves: some are encoded in Markdown.
fn decode(url: &mut Value) {
    let Some(text) = url.as_str() else { return };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%');
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    *url = String::from_utf8_lossy(&bytes).split_whitespace().collect::<Vec<_>>().join(" ").into();
}

/// Where posts of an archive are: their names do not all end in `.md`.
fn posts(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder that can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| ["md", "html", "markdown"].iter().any(|e| end == *e))
            {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

#[test]
fn markdown_read_again_is_the_same_article() {
    let prints = std::env::var_os("OFFPRINT_AGAIN").is_some();
    for (folder, least) in folders() {
        let mut differences: BTreeMap<String, usize> = BTreeMap::new();
        let (mut checked, mut same) = (0, 0);
        for path in posts(&folder) {
            let Ok(source) = std::fs::read_to_string(&path) else { continue };
            let Some((post, _)) = parse(&source) else { continue };
            let (again, format) =
                parse(&post.to_markdown()).expect("an article without front matter is read");
            checked += 1;
            let (one, other) = (said(&post.blocks), said(&again.blocks));
            if one == other {
                same += 1;
                continue;
            }
            let first = one.iter().zip(&other).position(|(one, other)| one != other);
            let index = first.unwrap_or_else(|| one.len().min(other.len()));
            let kind = |block: Option<&Value>| {
                block.map_or("nothing", |block| block["type"].as_str().unwrap_or("?")).to_owned()
            };
            let read_as = if format == Some(BodyFormat::Markdown) { "" } else { ", read as HTML" };
            let difference = format!("{} as {}{read_as}", kind(one.get(index)), kind(other.get(index)));
            if prints {
                let show = |block: Option<&Value>| block.map_or(String::new(), Value::to_string);
                println!(
                    "{}: {difference}\n  {}\n  {}",
                    path.display(),
                    show(one.get(index)),
                    show(other.get(index))
                );
            }
            *differences.entry(difference).or_default() += 1;
        }
        println!("{}: {same} of {checked} the same; {differences:?}", folder.display());
        assert!(checked > 30, "posts are missing");
        assert!(
            same * 100 >= checked * least,
            "{same} of {checked} in {}: {differences:?}",
            folder.display()
        );
    }
}
