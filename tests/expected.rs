//! What a careful reader found in some posts of an archive.
//!
//! `OFFPRINT_CORPUS` names the archive, whose `expected.jsonl` has a line for each post that was read. Texts
//! are compared without white space and zero-width characters.

#[path = "support/files.rs"]
#[allow(dead_code, reason = "these files are named by a list")]
mod files;

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Block, Figure, Media, Parser, Post, Rules, Stamp};
use serde::Deserialize;

/// A line of `expected.jsonl`.
#[derive(Deserialize)]
struct Expected {
    file: String,
    title: Option<String>,
    date: Option<String>,
    author: Option<String>,
    from: Option<String>,
    tags: Vec<String>,
    heading_text: Option<String>,
    heading_url: Option<String>,
    stamp_raw: Option<String>,
    paragraph_count_min: usize,
    paragraph_count_max: usize,
    first_paragraph: Option<String>,
    last_paragraph: Option<String>,
    figures: Vec<ExpectedFigure>,
    must_not_contain: Vec<String>,
}

#[derive(Deserialize)]
struct ExpectedFigure {
    src: String,
    caption: Option<String>,
    credit: Option<String>,
}

/// What the list has wrong, and what it is.
///
/// The two images have their source below them, in an element of Drupal's field for it: `图：Jason Wong`,
/// `图：bfishadow`. The list knows it neither as a caption nor as a paragraph.
const MISREAD: [(&str, &str); 2] =
    [("pao-pao.net/2015-02-09-018.md", "figures"), ("pao-pao.net/2015-05-08-019.md", "figures")];

#[test]
fn posts_hold_what_a_reader_found_in_them() {
    let Some(folder) = std::env::var_os("OFFPRINT_CORPUS").map(PathBuf::from) else {
        eprintln!("OFFPRINT_CORPUS is not set: what readers found was not compared");
        return;
    };
    let list = folder.join("expected.jsonl");
    if !list.exists() {
        eprintln!("{}: not there, and not compared", list.display());
        return;
    }
    let mut failures = Failures::default();
    let parser = Parser::new().recover(true).rules(Rules::ads().and(Rules::furniture()));
    for line in files::read(&list).lines() {
        let expected: Expected = serde_json::from_str(line).expect("a line of the list");
        let path = folder.join(&expected.file);
        match parser.parse(&files::read(&path)) {
            Ok(post) => compare(&path, &expected, &post, &mut failures),
            Err(error) => failures.add(&path, error),
        }
    }
    failures.finish();
}

/// Notes each name under which the post is not what was expected.
fn compare(path: &Path, expected: &Expected, post: &Post<'_>, failures: &mut Failures) {
    let mut misread: Vec<_> =
        MISREAD.iter().filter(|(file, _)| *file == expected.file).map(|(_, name)| *name).collect();
    let mut note = |name: &str, expected: &dyn Debug, actual: &dyn Debug| {
        if let Some(index) = misread.iter().position(|misread| *misread == name) {
            misread.remove(index);
            return;
        }
        failures.add(path, format!("{name}\n  expected {expected:?}\n  actual   {actual:?}"));
    };
    let meta = &post.meta;
    let heading = post.prelude.heading.as_ref();
    let stamp = post.prelude.stamp.map(|stamp| match stamp {
        Stamp::Millis(millis) => millis.to_string(),
        Stamp::NaN => "NaN".to_owned(),
    });
    // A blank line ends a paragraph here, and not in what was found.
    let first =
        expected.first_paragraph.as_ref().and_then(|text| text.split("\n\n").next().map(str::to_owned));
    let last =
        expected.last_paragraph.as_ref().and_then(|text| text.rsplit("\n\n").next().map(str::to_owned));
    // Those outside of quotations, lists and tables.
    let paragraphs: Vec<_> = post
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(squeeze(&paragraph.text.text)),
            _ => None,
        })
        .collect();
    for (name, expected, actual) in [
        ("title", &expected.title, meta.title.as_deref().map(str::to_owned)),
        ("date", &expected.date, meta.date.map(|date| date.to_string())),
        ("from", &expected.from, meta.from.as_deref().map(str::to_owned)),
        ("heading", &expected.heading_text, heading.map(|heading| heading.text.to_string())),
        ("URL of the heading", &expected.heading_url, heading.map(|heading| heading.url.to_string())),
        ("stamp", &expected.stamp_raw, stamp),
        ("first paragraph", &first, paragraphs.first().cloned()),
        ("last paragraph", &last, paragraphs.last().cloned()),
    ] {
        if expected.as_deref().map(squeeze) != actual.as_deref().map(squeeze) {
            note(name, expected, &actual);
        }
    }
    if !meta.authors.iter().eq(&expected.author) {
        note("authors", &expected.author, &meta.authors);
    }
    if meta.tags != expected.tags {
        note("tags", &expected.tags, &meta.tags);
    }
    let range = expected.paragraph_count_min..=expected.paragraph_count_max;
    let all = post.paragraphs().count();
    if !range.contains(&all) {
        note("paragraphs", &range, &all);
    }
    let images: Vec<_> = images(post).collect();
    let is_same = |(expected, actual): (&ExpectedFigure, &(String, String))| is_figure(expected, actual);
    if images.len() != expected.figures.len() || !expected.figures.iter().zip(&images).all(is_same) {
        let figures: Vec<_> = expected
            .figures
            .iter()
            .map(|ExpectedFigure { src, caption, credit }| (src, caption, credit))
            .collect();
        note("figures", &figures, &images);
    }
    let text = squeeze(&post.to_text());
    for furniture in expected.must_not_contain.iter().filter(|furniture| text.contains(&squeeze(furniture))) {
        note("furniture", &"nothing of it", furniture);
    }
    for name in misread {
        failures.add(path, format!("{name} are as in the list, and said to be misread there"));
    }
}

/// The images of a post, with the captions below them.
fn images(post: &Post<'_>) -> impl Iterator<Item = (String, String)> {
    post.figures().flat_map(|Figure { media, caption, .. }| {
        let caption = caption.as_ref().map(|caption| squeeze(&caption.text)).unwrap_or_default();
        media.iter().filter_map(move |media| match media {
            Media::Image(image) => Some((image.src.to_string(), caption.clone())),
            _ => None,
        })
    })
}

/// Whether an image has the URL, and its caption is the caption and the credit in either order.
fn is_figure(expected: &ExpectedFigure, (src, caption): &(String, String)) -> bool {
    let is_src = *src == expected.src || expected.src.starts_with("//") && src.ends_with(&expected.src);
    let [words, credit] =
        [&expected.caption, &expected.credit].map(|text| squeeze(text.as_deref().unwrap_or_default()));
    is_src && (*caption == format!("{words}{credit}") || *caption == format!("{credit}{words}"))
}

/// A text without white space and zero-width characters.
fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).collect()
}

#[test]
fn a_caption_may_hold_the_credit() {
    let figure = |caption: Option<&str>, credit: Option<&str>| ExpectedFigure {
        src: "//a.example/b".to_owned(),
        caption: caption.map(str::to_owned),
        credit: credit.map(str::to_owned),
    };
    let is_figure =
        |expected, src: &str, caption: &str| is_figure(&expected, &(src.to_owned(), caption.to_owned()));
    assert!(is_figure(figure(None, None), "https://a.example/b", ""));
    assert!(is_figure(figure(Some("c d"), Some("e")), "//a.example/b", "cde"));
    assert!(is_figure(figure(Some("c d"), Some("e")), "//a.example/b", "ecd"));
    assert!(!is_figure(figure(Some("c d"), Some("e")), "//a.example/b", "cd"));
    assert!(!is_figure(figure(Some("c"), None), "//a.example/b", ""));
    assert!(!is_figure(figure(None, None), "https://a.example/c", ""));
}
