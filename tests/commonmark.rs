//! The examples of the CommonMark specification.
//!
//! Each is read twice: the Markdown as Markdown, and the HTML that the specification gives for it as HTML.
//! The blocks must be the same. The examples are read where cargo keeps the dev-dependency pulldown-cmark,
//! whose own tests hold them.
#![cfg(feature = "markdown")]

use std::path::PathBuf;
use std::process::Command;

use offprint::{Block, BodyFormat, Parser, Rules};

/// The number of examples in version 0.31.2 of the specification.
const EXAMPLES: usize = 652;

/// The examples that are read another way, by number, each with the reason.
const EXCEPTIONS: [(usize, &str); 10] = [
    (148, "as in kramdown, a table goes on to its end tag, and a `pre` in it too"),
    (161, "as in kramdown, HTML ends with its element, and a fence can follow on the next line"),
    (162, "as in kramdown, an `a` whose tag is alone on a line is a part of a paragraph"),
    (173, "a `style` that is never closed would hide the rest of the post, so its tag is text"),
    (186, "as in kramdown, HTML ends with its element, and a paragraph can follow on the next line"),
    (191, "as in kramdown, a table goes on to its end tag, and holds no indented code"),
    (201, "a tag that HTML does not know, without attributes and end tag, is text, as in `List<Cup>`"),
    (613, "the same"),
    (614, "the same"),
    (623, "an end tag that HTML does not know, without a start tag, is text too"),
];

/// An example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn examples_of_the_specification_give_the_blocks_of_their_html() {
    let examples = examples();
    assert_eq!(examples.len(), EXAMPLES);
    let mut differing = Vec::new();
    for example in &examples {
        let ours = blocks(&example.markdown, BodyFormat::Markdown);
        let theirs = blocks(&example.html, BodyFormat::Html);
        if ours != theirs {
            differing.push(example.number);
            if !EXCEPTIONS.iter().any(|(number, _)| *number == example.number) {
                eprintln!("example {}: {:?}", example.number, example.markdown);
                eprintln!("  specification: {:?}", example.html);
                eprintln!("  its blocks: {}", json(&theirs));
                eprintln!("  our blocks: {}", json(&ours));
            }
        }
    }
    assert_eq!(differing, EXCEPTIONS.map(|(number, _)| number));
}

/// The blocks of a body after an empty front matter.
fn blocks(body: &str, format: BodyFormat) -> Vec<Block<'static>> {
    let source = format!("---\n---\n{body}");
    let parser = Parser::new().rules(Rules::none()).body_format(format);
    parser.parse(&source).expect("a body is no error").into_owned().blocks
}

fn json(blocks: &[Block<'_>]) -> String {
    serde_json::to_string(blocks).expect("blocks are JSON")
}

/// The examples in the file that pulldown-cmark's build makes of the specification: functions that each hold
/// two raw strings, what is written and what is expected.
fn examples() -> Vec<Example> {
    let path = folder_of("pulldown-cmark").join("tests/suite/spec.rs");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("the examples are not in {}: {error}", path.display()));
    let functions = text.split("fn spec_test_").skip(1);
    functions
        .map(|function| {
            let (number, rest) = function.split_once('(').expect("a function has parameters");
            let mut strings = rest
                .split("r##\"")
                .skip(1)
                .map(|string| string.split_once("\"##").expect("a raw string ends").0.to_owned());
            Example {
                number: number.parse().expect("an example has a number"),
                markdown: strings.next().expect("an example has Markdown"),
                html: strings.next().expect("an example has HTML"),
            }
        })
        .collect()
}

/// What cargo prints.
fn cargo(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO")).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Where cargo keeps the source of a dependency.
fn folder_of(package: &str) -> PathBuf {
    let version = String::from_utf8(cargo(&["-vV"])).expect("the version is a text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names the host");
    // Only what is needed here has been fetched.
    let (manifest, here) = (concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), ["--filter-platform", host]);
    let all = ["metadata", "--format-version", "1", "--offline", "--manifest-path", manifest];
    let metadata = cargo(&[&all[..], &here].concat());
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("metadata is JSON");
    let packages = metadata["packages"].as_array().expect("metadata names packages");
    let found = packages.iter().find(|found| found["name"] == package).expect("the package is a dependency");
    let manifest = found["manifest_path"].as_str().expect("a package has a manifest");
    PathBuf::from(manifest).parent().expect("a manifest is in a folder").to_owned()
}
