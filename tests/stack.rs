//! That 128 kB of stack are enough for all that can be done with any post, in a release build:
//!
//! ```text
//! cargo test --release --test stack
//! ```
//!
//! Debug builds take several times as much for the same calls, and get it. A breach is no failed test but an
//! abort of the program, which says so.

use std::collections::BTreeMap;

use offprint::{Date, Engine, ErrorKind, FrontMatter, Map, Meta, Parser, Post, Value};
use serde::de::{DeserializeOwned, IgnoredAny};

/// The stack that is enough.
const STACK: usize = if cfg!(debug_assertions) { 2 << 20 } else { 128 << 10 };

/// Does some work on a small stack.
fn in_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    match thread.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// How deep metadata may nest.
const METADATA_DEPTH: usize = 20;

/// The YAML of a key that nests so deep, in each form that YAML has for it. Some are no YAML that a post can
/// have.
fn nested_yaml(depth: usize) -> Vec<String> {
    let around = |open: &str, close: &str| format!("k: {}x{}", open.repeat(depth), close.repeat(depth));
    let below = |line: &str| {
        let step = line.find('b').unwrap_or(1).max(1);
        // Indentation grows with the depth, and the text with its square.
        let levels = depth.min(2_000);
        let lines: Vec<_> = (1..=levels).map(|level| " ".repeat(level * step) + line).collect();
        format!("k:\n{}\n{}x", lines.join("\n"), " ".repeat((levels + 1) * step))
    };
    let mut forms = vec![
        format!("k:\n  {}x", "- ".repeat(depth)),
        format!("k:\n  {}x", "- !t ".repeat(depth)),
        format!("k:\n  {}x: y", "- &a ".repeat(depth)),
        format!("{}x", "- ".repeat(depth)),
        format!("k:\n  {}x", "? ".repeat(depth)),
        format!("{}x", "? ".repeat(depth)),
        format!("{}x", "? - ".repeat(depth)),
        below("b:"),
        below("- b:"),
        below("!t b:"),
        below("? b\n"),
        around("? [", "]"),
        format!("{{{}}}", around("[", "]")),
        // A list that is in itself, and aliases that make it so deep.
        "k: &k [*k]".to_owned(),
        "k: &k {a: [*k]}".to_owned(),
        (1..depth.min(1_000)).fold("k0: &k0 x".to_owned(), |text, level| {
            format!("{text}\nk{level}: &k{level} [*k{}]", level - 1)
        }),
    ];
    for (open, close) in [
        ("[", "]"),
        ("{b: ", "}"),
        ("[{b: ", "}]"),
        ("[b: ", "]"),
        ("{? ", "}"),
        ("{[", "]: x}"),
        ("[y, ", "]"),
        ("!t [", "]"),
        ("&a [", "]"),
        ("&a !t {b: ", "}"),
        ("!!map {b: ", "}"),
        ("[\n", "]"),
        ("[\n", "\n]"),
    ] {
        forms.push(around(open, close));
        forms.push(format!("k: {}", open.repeat(depth)));
        forms.push(around(open, close) + "\nl: @");
    }
    forms
}

fn post_of(yaml: &str) -> String {
    format!("---\ntitle: Tea\n{yaml}\n---\n<p>Boil water.</p>\n")
}

/// Does with metadata all that can be done with them.
fn use_up(meta: &Meta<'_>) {
    assert!(!format!("{meta:#?}{meta:?}").is_empty());
    let json = serde_json::to_string(meta).expect("JSON");
    let again: Meta<'_> = serde_json::from_str(&json).expect("what was written");
    assert!(again == *meta);
    let owned = meta.clone().into_owned();
    assert!(owned == again);
    drop((owned, again, serde_json::to_value(meta).expect("JSON"), serde_json::to_vec_pretty(meta)));
}

/// Reads the front matter into a type, which may go well or not.
fn read_as<T: DeserializeOwned>(source: &str) {
    if let Ok(front_matter) = FrontMatter::split(source) {
        let _ = front_matter.deserialize::<T>().map(drop);
    }
}

/// Posts in TOML and JSON with a key that nests so deep.
fn nested_posts(depth: usize) -> Vec<String> {
    let toml = |toml: String| format!("+++\ntitle = 'Tea'\n{toml}\n+++\n<p>Boil water.</p>\n");
    let dots = ".k".repeat(depth.saturating_sub(1));
    let mut posts = vec![
        toml(format!("k.k{dots} = 1")),
        toml(format!("[k{dots}]")),
        toml(format!("[[k{dots}]]\nk.k{dots} = {{k{dots} = [1]}}")),
        toml(format!("[k{dots}]\nk = 1\n[k]\nj = @")),
    ];
    for (open, close) in
        [("[", "]"), ("{k = ", "}"), ("[{k.k.k.k.k.k = ", "}]"), ("[\n", "\n]"), ("[}", "{]")]
    {
        let (open, close) = (open.repeat(depth), close.repeat(depth));
        posts.extend(
            [format!("k = {open}1{close}"), format!("k = {open}"), format!("k = {open}1{close}\nl = @")]
                .map(toml),
        );
    }
    for (open, close) in
        [("[", "]"), ("{\"k\": ", "}"), ("[{\"k\": ", "}]"), ("{'k': ", "}"), ("['k', ", "]")]
    {
        let (open, close) = (open.repeat(depth), close.repeat(depth));
        posts.push(format!("{{\"title\": \"Tea\", \"k\": {open}1{close}}}\n<p>Boil water.</p>\n"));
        posts
            .push(format!("{{\"title\": \"Tea\",\n\"k\": {open}1{close},\n\"l\": @}}\n<p>Boil water.</p>\n"));
        posts.push(format!("{{\"title\": \"Tea\",\n\"k\": {open},\n\"l\": 1}}\n<p>Boil water.</p>\n"));
    }
    posts
}

/// Reads a post in every way there is.
fn read(yaml: &str) {
    read_post(&post_of(yaml));
}

fn read_post(source: &str) {
    for engine in [Engine::Auto, Engine::Reference] {
        for recover in [false, true] {
            let parser = Parser::new().engine(engine).recover(recover);
            match parser.parse_with_report(source) {
                Ok((post, report)) => {
                    use_up(&post.meta);
                    assert!(!format!("{report:#?}").is_empty());
                    let json = serde_json::to_string(&post).expect("JSON");
                    assert!(serde_json::from_str::<Post<'_>>(&json).expect("what was written") == post);
                    drop(post.into_owned());
                }
                Err(error) => assert!(
                    matches!(error.kind(), ErrorKind::LimitExceeded { .. }) || !recover,
                    "{source:.80}: {error}"
                ),
            }
        }
    }
    read_as::<IgnoredAny>(source);
    read_as::<Map<'static>>(source);
    read_as::<Value<'static>>(source);
    read_as::<Meta<'static>>(source);
    read_as::<serde_json::Value>(source);
    read_as::<BTreeMap<String, serde_json::Value>>(source);
    read_as::<BTreeMap<String, Vec<IgnoredAny>>>(source);
    read_as::<Nested>(source);
}

/// A type that takes any depth, and boxes each level.
#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "it is read, and dropped")]
enum Nested {
    Text(String),
    List(Vec<Nested>),
    Map(BTreeMap<String, Nested>),
}

#[test]
fn the_deepest_metadata_that_are_read() {
    in_small_stack(|| {
        for depth in [METADATA_DEPTH - 1, METADATA_DEPTH] {
            for yaml in nested_yaml(depth) {
                read(&yaml);
            }
            for post in &nested_posts(depth) {
                read_post(post);
            }
        }
    });
}

#[test]
fn metadata_that_are_too_deep() {
    for depth in [METADATA_DEPTH + 1, 126, 127, 128, 129, 1_000, 20_000] {
        in_small_stack(move || nested_yaml(depth).iter().for_each(|yaml| read(yaml)));
        in_small_stack(move || nested_posts(depth).iter().for_each(|post| read_post(post)));
    }
}

#[test]
fn json_that_is_too_deep() {
    in_small_stack(|| {
        for depth in [METADATA_DEPTH, METADATA_DEPTH + 1, 100, 127, 128, 10_000] {
            for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
                let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                let in_map = format!("{{\"k\":{value}}}");
                let meta = format!("{{\"extra\":{in_map}}}");
                let is_shallow = depth * (open.len() - open.replace(['[', '{'], "").len()) <= METADATA_DEPTH;
                assert_eq!(serde_json::from_str::<Value<'_>>(&value).is_ok(), is_shallow, "{depth} {open}");
                assert_eq!(serde_json::from_str::<Map<'_>>(&in_map).is_ok(), is_shallow, "{depth} {open}");
                assert_eq!(serde_json::from_str::<Meta<'_>>(&meta).is_ok(), is_shallow, "{depth} {open}");
            }
        }
    });
}

#[test]
fn long_dates_take_no_stack() {
    in_small_stack(|| {
        for text in ["2019-01-02T03:04:05+", "+", "2019-", "T", "2019-01-02T03:04:05."] {
            let long = text.to_owned() + &"9".repeat(1_000_000);
            // Only the digits of a fraction may be any number.
            assert_eq!(long.parse::<Date>().is_ok(), text.ends_with('.'));
            read(&format!("date: {long}"));
        }
    });
}
