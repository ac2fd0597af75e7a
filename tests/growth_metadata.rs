//! What front matter takes from the heap grows with its size and no faster, whatever it is read as.

#[path = "../benches/support/heap.rs"]
mod heap;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use heap::measure;
use offprint::{Engine, ErrorKind, FrontMatter, Limit, Map, Parser};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// The most bytes on the heap at one time for each byte of a post that is made to cost memory. A value has 24
/// to 72 bytes, in a vector that may have room for twice as many; and a byte of aliases may stand for two
/// values.
const MOST: usize = 256;

/// What the YAML parser takes for its buffers, whatever it reads.
const BUFFERS: usize = 256 << 10;

/// What a strict reader of its own would have.
#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and dropped")]
struct Page {
    a: IgnoredAny,
    b: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "it is read, and dropped")]
enum Any {
    Scalar(serde_json::Value),
    List(Vec<Any>),
}

fn fenced(yaml: &str) -> String {
    format!("---\n{yaml}\n---\n")
}

/// Lists of aliases of lists of aliases: `width` in each, `depth` levels deep.
fn laughs(levels: usize, width: usize) -> String {
    let mut yaml = format!("a0: &a0 [{}]\n", "ha, ".repeat(width));
    for level in 1..levels {
        let _ = writeln!(yaml, "a{level}: &a{level} [{}]", format!("*a{}, ", level - 1).repeat(width));
    }
    yaml
}

/// Reads front matter into a type: the most bytes on the heap, and what limit was breached.
fn read_as<T: DeserializeOwned>(yaml: &str) -> (usize, Option<Limit>) {
    let source = fenced(yaml);
    let front_matter = FrontMatter::split(&source).expect("front matter");
    let (result, heap) = measure(|| front_matter.deserialize::<T>());
    let breached = match result.err().map(|error| error.kind().clone()) {
        Some(ErrorKind::LimitExceeded { limit, .. }) => Some(limit),
        _ => None,
    };
    (heap.peak, breached)
}

/// Wants all that reads this to take no more than its share of the heap.
fn is_bounded(yaml: &str) {
    let most = yaml.len() * MOST + BUFFERS;
    for (name, (peak, _)) in [
        ("a map", read_as::<BTreeMap<String, serde_json::Value>>(yaml)),
        ("JSON", read_as::<serde_json::Value>(yaml)),
        ("a map of this crate", read_as::<Map<'static>>(yaml)),
        ("a struct", read_as::<Page>(yaml)),
        ("anything", read_as::<BTreeMap<String, Any>>(yaml)),
        ("nothing", read_as::<IgnoredAny>(yaml)),
    ] {
        assert!(peak <= most, "{yaml:.60} read as {name}: {peak} bytes for {}", yaml.len());
    }
    let source = fenced(yaml);
    for engine in [Engine::Auto, Engine::Reference] {
        for recover in [false, true] {
            let parser = Parser::new().engine(engine).recover(recover);
            let (_, heap) = measure(|| parser.parse(&source).map(drop));
            assert!(heap.peak <= most, "{yaml:.60}: {} bytes for {}", heap.peak, yaml.len());
        }
    }
}

/// How often the heap is asked for memory when a post is read in recovery.
fn allocations(yaml: &str) -> u64 {
    let source = fenced(yaml);
    let parser = Parser::new().recover(true);
    let (_, heap) = measure(|| parser.parse_with_report(&source).map(drop));
    heap.allocations
}

// One test, since all threads of a program share one heap.
#[test]
fn front_matter_takes_its_share_of_the_heap() {
    let long = "x".repeat(10_000);
    for yaml in [
        laughs(10, 9),
        laughs(4, 40),
        laughs(2, 300),
        format!("a: &a {long}\nb: [{}]", "*a, ".repeat(2_000)),
        // A number to those who want one, a text to those who want that.
        format!("a: &a 0.{}\nb: [{}]", "1".repeat(10_000), "*a, ".repeat(2_000)),
        format!("a: &a {{{}: 1}}\nb: [{}]", &long[..1_000], "*a, ".repeat(2_000)),
        format!("a: &a \"{long}\\n\"\nb: [{}]", "*a, ".repeat(2_000)),
        format!("a: &a !t {long}\nb: [{}]", "*a, ".repeat(2_000)),
    ] {
        is_bounded(&yaml);
        let (_, breached) = read_as::<BTreeMap<String, serde_json::Value>>(&yaml);
        // The number is one value to this type, and it knows no tags.
        let is_other = yaml.contains("0.1") || yaml.contains("!t");
        assert!(
            breached == Some(Limit::MetadataValues) || is_other,
            "{yaml:.60} of {} bytes: {breached:?}",
            yaml.len()
        );
    }
    let texts = format!("a: &a 0.{}\nb: [{}]", "1".repeat(10_000), "*a, ".repeat(2_000));
    assert_eq!(read_as::<Page>(&texts).1, Some(Limit::MetadataValues));
    is_bounded("a: &a [*a]\nb: [*a, *a]");
    is_bounded(&format!("k: {}", "[".repeat(20_000)));
    is_bounded(&format!("k: {}x{}", "[".repeat(20_000), "]".repeat(20_000)));

    // An alias is free to be used.
    let shared = format!("a: &a x\nb: [{}]", "*a, ".repeat(2_000));
    assert_eq!(read_as::<Page>(&shared).1, None);

    for (name, part) in [
        ("duplicates", &(|number| format!("\"\\x6b{number}\": \nk{number}: \n")) as &dyn Fn(usize) -> String),
        ("broken values", &|number| format!("k{number}: @\n")),
        ("deep values", &|number| format!("k{number}: {}{}\n", "[".repeat(30), "]".repeat(30))),
        ("broken deep values", &|number| format!("k{number}: {}@\n", "[".repeat(30))),
        ("lines without a key", &|_| "x\n".to_owned()),
    ] {
        let of = |count: usize| allocations(&(0..count).map(part).collect::<String>());
        let (small, large) = (of(500), of(4_000));
        assert!(large <= small * 10, "{name}: {small} allocations, and {large} for eight times as many");
    }
}
