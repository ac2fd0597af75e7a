//! Edits of single keys, tried on each key of every post of an archive.
//!
//! `OFFPRINT_CORPUS` and `OFFPRINT_ARCHIVES` name folders of posts. Without them the same is tried on
//! `tests/data`.

#[path = "support/edited.rs"]
mod edited;
#[path = "support/files.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use offprint::{FrontMatter, Map, Value};

fn folders() -> Vec<PathBuf> {
    let named = ["OFFPRINT_CORPUS", "OFFPRINT_ARCHIVES"].iter().filter_map(std::env::var_os);
    let named: Vec<PathBuf> = named.map(PathBuf::from).collect();
    if !named.is_empty() {
        return named;
    }
    eprintln!("neither OFFPRINT_CORPUS nor OFFPRINT_ARCHIVES is set: tests/data was read instead");
    vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")]
}

/// The most bytes of a body that are read: edits do not look at it.
const BODY_BYTES: usize = 200;

/// The posts whose front matter can be read, with the starts of their bodies.
fn posts() -> Vec<(PathBuf, String)> {
    let extensions = ["md", "markdown", "html"];
    let mut posts = Vec::new();
    for folder in folders() {
        for extension in extensions.iter().filter(|extension| has_any(&folder, extension)) {
            let paths = files::with_extension(&folder, extension);
            posts.extend(paths.into_iter().map(|path| {
                let source = files::read(&path);
                let source = with_short_body(&source).map_or(String::new(), str::to_owned);
                (path, source)
            }));
        }
    }
    posts.retain(|(_, source)| edited::keys(source).is_some_and(|keys| !keys.is_empty()));
    assert!(!posts.is_empty(), "no post could be read");
    posts
}

fn with_short_body(source: &str) -> Option<&str> {
    let end = FrontMatter::split(source).ok()?.body_offset() + BODY_BYTES;
    let end = (0..=end.min(source.len())).rfind(|&end| source.is_char_boundary(end))?;
    Some(&source[..end])
}

fn has_any(folder: &Path, extension: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        path.is_dir() && has_any(&path, extension) || path.extension().is_some_and(|found| found == extension)
    })
}

fn values() -> Vec<Value<'static>> {
    let mut map = Map::new();
    map.insert("name", "Tea: a guide");
    map.insert("sizes", vec![1, 2]);
    let people = Value::List(vec![map.clone().into(), "another".into()]);
    vec![
        "Tea".into(),
        "2024".into(),
        vec!["hot", "yes", "a, b", "c: d"].into(),
        Vec::<&str>::new().into(),
        map.into(),
        people,
        Value::Null,
        true.into(),
        (-7).into(),
        0.1.into(),
        "one\n\n  two\nthree\n".into(),
        "---\n---\n+++\n".into(),
        "it's \"so\" #1: \\ {a} [b] 🍵 城寨 \u{a0}".into(),
        " \u{feff}\u{85}\u{2028}\r\t\0 ".into(),
        "".into(),
    ]
}

/// What came of the edits: how many there were, and how many were refused for which reason.
#[derive(Default, Debug)]
struct Count {
    edited: usize,
    refused: BTreeMap<String, usize>,
}

impl Count {
    fn note(&mut self, path: &Path, outcome: Result<String, offprint::Error>) {
        match outcome {
            Ok(_) => self.edited += 1,
            Err(error) if edited::is_refusal(&error) => {
                let message = error.kind().to_string();
                let (_, reason) = message.split_once(": ").expect("a reason");
                *self.refused.entry(reason.to_owned()).or_default() += 1;
            }
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }

    /// Fails if more than one edit of a hundred was refused.
    #[track_caller]
    fn finish(&self) {
        let refused: usize = self.refused.values().sum();
        println!("{} edited, {refused} refused: {:?}", self.edited, self.refused);
        assert!(self.edited > 100 && refused * 100 <= self.edited, "{self:?}");
    }
}

/// Calls `edit` with each post and each of its keys, and one that it does not have.
fn for_each_key(mut edit: impl FnMut(&Path, &str, &str)) {
    for (path, source) in posts() {
        let keys = edited::keys(&source).unwrap_or_default();
        for key in keys.keys().chain(["a_new_key"]) {
            edit(&path, &source, key);
        }
    }
}

#[test]
fn each_key_takes_each_value() {
    let values = values();
    let mut count = Count::default();
    for_each_key(|path, source, key| {
        for value in &values {
            count.note(path, edited::check(source, key, Some(value)));
        }
    });
    count.finish();
}

#[test]
fn each_key_can_go() {
    let mut count = Count::default();
    for_each_key(|path, source, key| count.note(path, edited::check(source, key, None)));
    count.finish();
}

/// The value of each key goes to a post without front matter, and comes back.
#[test]
fn each_value_can_be_written_anew() {
    let mut count = Count::default();
    for (path, source) in posts() {
        for (key, value) in &edited::keys(&source).unwrap_or_default() {
            count.note(&path, edited::check("<p>Tea</p>\n", key, Some(value)));
        }
    }
    count.finish();
}
