//! Every field of a post is found again in its row.

use std::path::PathBuf;

use offprint::jiff::tz::Offset;
use offprint::jiff::{Timestamp, Unit};
use offprint::table::{Rows, Writer, text_hash};
use offprint::{Block, Date, Fingerprint, MarkKind, Parser, Post, Report, Rules, jiff};
use serde_json::{Map, Value, json};

use crate::files;
use crate::values::parquet_rows;

type Row = Map<String, Value>;

/// The posts of the project's fixtures and, where it is there, of the corpus.
fn posts() -> Vec<PathBuf> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths = [files::with_extension(&data, "md"), files::with_extension(&data, "html")].concat();
    match std::env::var_os("OFFPRINT_CORPUS") {
        Some(corpus) => paths.extend(files::with_extension(&PathBuf::from(corpus), "md")),
        None => eprintln!("OFFPRINT_CORPUS is not set: only the fixtures were tried"),
    }
    paths
}

#[test]
fn every_field_of_a_post_is_found_again() {
    let parser = Parser::new().recover(true).rules(Rules::ads().and(Rules::furniture()));
    let paths = posts();
    assert!(paths.len() > 40, "the fixtures were not found");
    let sources: Vec<String> = paths.iter().map(|path| files::read(path)).collect();
    let parsed: Vec<_> =
        sources.iter().map(|source| parser.parse_with_report(source).expect("a post that is read")).collect();
    let mut rows = Rows::new().blocks_json(true);
    for ((path, source), (post, report)) in paths.iter().zip(&sources).zip(&parsed) {
        rows.push_post(&path.to_string_lossy(), source.len(), post, report);
    }
    let mut writer = Writer::parquet(Vec::new()).unwrap();
    writer.write(rows).unwrap();
    let rows = parquet_rows(writer.finish().unwrap());
    assert_eq!(rows.len(), parsed.len());
    for (((row, path), source), (post, report)) in rows.iter().zip(&paths).zip(&sources).zip(&parsed) {
        let path = path.to_string_lossy();
        assert_eq!(row["path"], *path);
        assert_eq!(row["source_bytes"], source.len(), "{path}");
        assert_eq!(row["error"], Value::Null, "{path}");
        assert_eq!(post_of(row), *post, "{path}");
        assert_eq!(report_of(row), *report, "{path}");
        check_dates(row, post);
        check_texts(row, post);
        check_media(row, post);
    }
}

/// The values that are there, under the names that JSON has for them.
fn present(row: &Row, names: &[(&str, &str)]) -> Value {
    let is_there = |value: &Value| !value.is_null() && *value != json!([]);
    let values = names.iter().map(|(column, name)| ((*name).to_owned(), row[*column].clone()));
    values.filter(|(_, value)| is_there(value)).collect::<Row>().into()
}

/// The post that a row is of.
fn post_of(row: &Row) -> Post<'static> {
    let same = [
        "layout",
        "title",
        "slug",
        "permalink",
        "description",
        "draft",
        "authors",
        "from",
        "image",
        "lang",
        "tags",
        "categories",
        "comments",
    ];
    let mut names: Vec<_> = same.iter().map(|name| (*name, *name)).collect();
    names.extend([("date_text", "date"), ("modified_text", "modified")]);
    let meta = present(row, &names);
    let mut prelude = present(row, &[("stamp", "stamp")]);
    prelude["stamp_is_nan"] = row["stamp_is_nan"].clone();
    if !row["heading_url"].is_null() {
        prelude["heading"] = present(row, &[("heading_text", "text"), ("heading_url", "url")]);
    }
    let post = json!({"meta": meta, "prelude": prelude, "blocks": []}).to_string();
    let mut post = serde_json::from_str::<Post<'_>>(&post).expect("a post").into_owned();
    // Not by way of a value, which would lose the order of the keys.
    let blocks: Vec<Block<'_>> =
        serde_json::from_str(row["blocks_json"].as_str().expect("blocks")).expect("blocks");
    post.blocks = blocks.into_iter().map(Block::into_owned).collect();
    if let Some(extra) = row["extra"].as_str() {
        post.meta.extra = serde_json::from_str::<offprint::Map<'_>>(extra).expect("a map").into_owned();
    }
    post
}

/// The report that a row is of.
fn report_of(row: &Row) -> Report {
    let without_nulls = |list: &Value| -> Value {
        let items = list.as_array().expect("a list").iter().map(|item| {
            let fields = item.as_object().expect("a structure").iter().filter(|(_, value)| !value.is_null());
            fields.map(|(name, value)| (name.clone(), value.clone())).collect::<Row>()
        });
        items.collect()
    };
    let names = ["metadata_engine", "metadata_declined", "html_engine", "html_declined", "body_format"]
        .map(|name| (name, name));
    let mut report = present(row, &names);
    report["diagnostics"] = without_nulls(&row["diagnostics"]);
    report["removals"] = without_nulls(&row["removals"]);
    serde_json::from_value(report).expect("a report")
}

fn check_dates(row: &Row, post: &Post<'_>) {
    for (name, date) in [("date", &post.meta.date), ("modified", &post.meta.modified)] {
        let column = |suffix: &str| &row[&format!("{name}{suffix}")];
        let moment = date.as_ref().and_then(Date::timestamp).map(Timestamp::as_microsecond);
        assert_eq!(*column(""), json!(moment));
        let offset = date.as_ref().and_then(Date::offset).map(Offset::seconds);
        assert_eq!(*column("_offset_s"), json!(offset));
        let (Some(date), Some(local)) = (date, column("_local").as_i64()) else {
            assert_eq!((date, column("_local")), (&None, &Value::Null));
            continue;
        };
        let clock = Timestamp::from_microsecond(local).unwrap();
        let clock = Offset::UTC.to_datetime(clock);
        assert_eq!(clock.date(), date.day());
        let time = date.datetime().map(jiff::civil::DateTime::time).unwrap_or_default();
        assert_eq!(clock.time().round(Unit::Microsecond).ok(), time.round(Unit::Microsecond).ok());
    }
}

/// The part of the text between two columns of a structure.
fn part(text: &[char], range: &Value) -> String {
    let at =
        |name: &str| usize::try_from(range[name].as_i64().expect("a position")).expect("no negative one");
    text[at("start")..at("end")].iter().collect()
}

fn check_texts(row: &Row, post: &Post<'_>) {
    let text = row["text"].as_str().expect("a text");
    assert_eq!(row["text_hash"], text_hash(text));
    assert_eq!(row["word_count"], post.word_count());
    let fingerprint =
        Fingerprint::of(text).map(|fingerprint| i64::from_ne_bytes(fingerprint.bits().to_ne_bytes()));
    assert_eq!(row["fingerprint"], json!(fingerprint));
    let text: Vec<char> = text.chars().collect();

    let blocks = row["blocks"].as_array().expect("a list");
    let walked: Vec<_> = post.walk().collect();
    assert_eq!(blocks.len(), walked.len());
    let mut words = Vec::new();
    for (range, (depth, block)) in blocks.iter().zip(walked) {
        let json = serde_json::to_value(block).unwrap();
        assert_eq!((&range["type"], &range["depth"]), (&json["type"], &json!(depth)));
        assert_eq!(range["level"], json["level"]);
        let texts: Vec<_> = block.texts().map(AsRef::as_ref).collect();
        words.extend(texts.iter().map(|text| (*text).to_owned()));
        match block.children().next() {
            None => assert_eq!(part(&text, range), texts.concat()),
            // Its own text, if it has one, is a caption, and before all others.
            Some(_) => assert!(part(&text, range).starts_with(&texts.concat())),
        }
    }
    for (index, range) in blocks.iter().enumerate() {
        let inside = blocks[index + 1..]
            .iter()
            .take_while(|inside| inside["depth"].as_i64() > range["depth"].as_i64());
        for inside in inside {
            let contains = |outer: &Value, inner: &Value| {
                outer["start"].as_i64() <= inner["start"].as_i64()
                    && inner["end"].as_i64() <= outer["end"].as_i64()
            };
            assert!(contains(range, inside), "{inside} is not in {range}");
        }
    }
    // All words of the blocks, and no others.
    let without_space = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(without_space(&text.iter().collect::<String>()), without_space(&words.concat()));

    let links: Vec<(String, String)> =
        row["links"].as_array().expect("a list").iter().map(link(&text)).collect();
    let in_blocks = post.walk().flat_map(|(_, block)| block.texts()).flat_map(|text| {
        text.marks.iter().filter_map(move |mark| match &mark.kind {
            MarkKind::Link { href, .. } => Some((href.to_string(), text.as_ref()[mark.range()].to_owned())),
            _ => None,
        })
    });
    assert_eq!(links, in_blocks.collect::<Vec<_>>());
}

fn link(text: &[char]) -> impl Fn(&Value) -> (String, String) {
    |link| (link["url"].as_str().expect("a URL").to_owned(), part(text, link))
}

fn check_media(row: &Row, post: &Post<'_>) {
    let text: Vec<char> = row["text"].as_str().expect("a text").chars().collect();
    let mut media = row["figures"].as_array().expect("a list").iter();
    for (index, (_, block)) in post.walk().enumerate() {
        let Some(figure) = block.figure() else { continue };
        for medium in &figure.media {
            let found = media.next().expect("a medium");
            let json = serde_json::to_value(medium).unwrap();
            assert_eq!(found["block"], index);
            for name in ["type", "alt", "title", "width", "height", "link", "poster"] {
                assert_eq!(found[name], json[name], "{name}");
            }
            assert_eq!(found["url"], json!(medium.url()));
            assert_eq!(found["credit"], json!(figure.credit));
            let caption = (!found["start"].is_null()).then(|| part(&text, found));
            let words = figure.caption.as_ref().map(AsRef::as_ref).filter(|words: &&str| !words.is_empty());
            assert_eq!(caption.as_deref(), words);
        }
    }
    assert_eq!(media.next(), None);
}
