//! The credits that the markup of real captions names, held against the credits of the figures.
//!
//! `OFFPRINT_CORPUS` names a folder of posts. Without it, only the posts in `tests/data` are read.

#[path = "support/files.rs"]
mod files;

use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Parser, Post, Rules};

/// Classes of elements that hold a credit, and classes that say that it is a caption and no more.
const CLASSES: [(&str, &str); 3] =
    [("aesop-cap-cred", "aesop-cap-text"), ("photo-credit", "photo-caption"), ("img-credit", "img-caption")];

/// What stands before the name in such elements.
const ANNOUNCING: [&str; 5] = ["Photograph by ", "Photo by ", "Photo: ", "图：", "Illustration: "];

fn folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("OFFPRINT_CORPUS") {
        return folder.into();
    }
    eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped, tests/data was read instead");
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// The texts of the elements of these classes in a post, and the names in them.
fn marked(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (class, _) in CLASSES {
        for (at, _) in source.match_indices(&format!("class=\"{class}\"")) {
            let Some(start) = source[at..].find('>').map(|end| at + end + 1) else { continue };
            let end = source[start..].find("</").map_or(source.len(), |end| start + end);
            let text = source[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
            // Elements in such an element are few, and no test of it.
            if text.is_empty() || text.contains(['<', '&']) {
                continue;
            }
            found.push((text.clone(), name(&text).to_owned()));
        }
    }
    found
}

/// The name in the text of a credit.
fn name(text: &str) -> &str {
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    if let Some((_, name)) = text.split_once("Courtesy of ") {
        return name.trim_end_matches('.');
    }
    ANNOUNCING.iter().find_map(|words| text.strip_prefix(words)).unwrap_or(text)
}

/// How many of the names are credits of the figures that hold their texts, and what was found in place of the
/// others.
#[derive(Default)]
struct Score {
    exact: usize,
    wrong: Vec<(PathBuf, String)>,
    missed: Vec<(PathBuf, String)>,
}

fn score(read: impl Fn(&str) -> String) -> Score {
    let mut score = Score::default();
    for path in files::with_extension(&folder(), "md") {
        let source = files::read(&path);
        let names = marked(&source);
        if names.is_empty() {
            continue;
        }
        let source = read(&source);
        let post = Parser::new().rules(Rules::none()).parse(&source);
        let Ok(post): Result<Post<'_>, _> = post else { continue };
        for (text, name) in names {
            let captioned = post.figures().filter(|figure| {
                figure.caption.as_ref().is_some_and(|caption| caption.text.lines().any(|line| line == text))
            });
            let credits: Vec<_> = captioned.map(|figure| figure.credit.as_deref()).collect();
            let place = (path.clone(), format!("{text:?}: {credits:?}"));
            if credits.contains(&Some(&*name)) {
                score.exact += 1;
            } else if credits.iter().all(Option::is_none) {
                score.missed.push(place);
            } else {
                score.wrong.push(place);
            }
        }
    }
    score
}

#[test]
fn every_credit_that_markup_names_is_the_credit_of_its_figure() {
    let Score { exact, wrong, missed } = score(str::to_owned);
    eprintln!("by markup: {exact} exact, {} wrong, {} missed", wrong.len(), missed.len());
    report(wrong.into_iter().chain(missed));
}

#[test]
fn words_alone_name_nearly_all_of_them() {
    let Score { exact, wrong, missed } = score(|source| {
        CLASSES.iter().fold(source.to_owned(), |source, (class, other)| source.replace(class, other))
    });
    let all = exact + wrong.len() + missed.len();
    eprintln!("by words: {exact} of {all} exact, {} wrong, {} missed", wrong.len(), missed.len());
    // A line that is the name of a person alone says in no word that it is a credit.
    if missed.len() * 50 > all {
        report(missed);
    }
    report(wrong);
}

/// Fails if there is anything to report.
fn report(places: impl IntoIterator<Item = (PathBuf, String)>) {
    let mut failures = Failures::default();
    for (path, message) in places {
        failures.add(&path, message);
    }
    failures.finish();
}
