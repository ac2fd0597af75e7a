//! The law of the engines: whatever the input, the fast implementations give what the references give.
//!
//! `OFFPRINT_CORPUS` names a folder of posts, `OFFPRINT_YAML` one of the YAML test suite, and
//! `OFFPRINT_HTML5LIB` one of html5lib's tree construction tests; without them these tests read `tests/data`
//! alone.

#[path = "support/files.rs"]
mod files;
#[path = "support/fragments.rs"]
mod fragments;
#[path = "support/mutate.rs"]
mod mutate;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use files::Failures;
use mutate::Mutator;
use offprint::{Engine, Error, FrontMatter, HtmlEngine, Limits, MetadataEngine, Parser, Post, Report, Rules};

/// How many damaged blocks of front matter are read.
const METADATA_MUTATIONS: usize = 50_000;

/// How many damaged bodies are read.
const BODY_MUTATIONS: usize = 50_000;

/// How many bodies of misnested formatting elements are read.
const MISNESTED_BODIES: usize = 10_000;

/// How many bodies of one text are read.
const TEXTS: usize = 20_000;

/// The number of bodies of elements with the words of the source.
const KNOWN_ELEMENTS: usize = 15_000;

/// How many bodies are read within narrow limits.
const NARROW_BODIES: usize = 15_000;

/// The posts of `OFFPRINT_CORPUS` whose bodies need a tree: none.
const NEEDS_A_TREE: &[&str] = &[];

#[test]
fn engines_agree_on_the_fixtures() {
    let mut failures = Failures::default();
    for path in files::with_extension(&data(), "md") {
        check_file(&path, &files::read(&path), &mut failures);
    }
    failures.finish();
}

/// Front matter as importers and exporters of blogs write it, and people with their tools.
#[test]
fn the_fast_reader_takes_what_importers_write() {
    let mut failures = Failures::default();
    for path in files::with_extension(&importers(), "md") {
        for recover in [false, true] {
            match check(&files::read(&path), recover) {
                Ok(Some(MetadataEngine::Plain)) => {}
                Ok(engine) => failures.add(&path, format!("was read by {engine:?}")),
                Err(difference) => failures.add(&path, difference),
            }
        }
    }
    failures.finish();
}

#[test]
fn engines_agree_on_the_corpus() {
    let Some(folder) = folder("OFFPRINT_CORPUS") else {
        return;
    };
    let mut failures = Failures::default();
    for path in files::with_extension(&folder, "md") {
        check_file(&path, &files::read(&path), &mut failures);
    }
    failures.finish();
}

#[test]
fn engines_agree_on_the_yaml_test_suite() {
    let Some(folder) = folder("OFFPRINT_YAML") else {
        return;
    };
    let mut failures = Failures::default();
    for (path, document) in yaml_documents(&folder) {
        check_file(&path, &in_fences(&document), &mut failures);
    }
    failures.finish();
}

#[test]
fn engines_agree_on_damaged_front_matter() {
    let posts = [files::with_extension(&data(), "md"), files::with_extension(&importers(), "md")].concat();
    let mut blocks: Vec<String> = posts
        .iter()
        .filter_map(|path| {
            let source = files::read(path);
            FrontMatter::split(&source).ok()?.text().map(str::to_owned)
        })
        .collect();
    if let Some(folder) = folder("OFFPRINT_YAML") {
        blocks.extend(yaml_documents(&folder).into_iter().map(|(_, document)| document));
    }
    let mut mutator = Mutator::new(1, fragments::YAML);
    let mut taken = 0;
    for _ in 0..METADATA_MUTATIONS {
        taken += check_metadata(&mutator.mutate(&blocks));
    }
    // Else the damage is such that nothing is compared.
    assert!(taken > METADATA_MUTATIONS / 20, "{taken}");
}

#[test]
fn engines_agree_on_html5lib() {
    let Some(folder) = folder("OFFPRINT_HTML5LIB") else {
        return;
    };
    let mut failures = Failures::default();
    for (path, body) in html5lib_inputs(&folder) {
        if let Err(difference) = check_body(&body, &Limits::default()) {
            failures.add(&path, format!("{body:?}: {difference}"));
        }
    }
    failures.finish();
}

#[test]
fn engines_agree_on_damaged_bodies() {
    let mut bodies: Vec<String> = files::with_extension(&data(), "md")
        .iter()
        .filter_map(|path| Some(FrontMatter::split(&files::read(path)).ok()?.body().to_owned()))
        .collect();
    if let Some(folder) = folder("OFFPRINT_HTML5LIB") {
        bodies.extend(html5lib_inputs(&folder).into_iter().map(|(_, body)| body));
    }
    let mut mutator = Mutator::new(2, fragments::HTML);
    let mut taken = 0;
    for _ in 0..BODY_MUTATIONS {
        let body = mutator.mutate(&bodies);
        match check_body(&body, &Limits::default()) {
            Ok(engine) => taken += usize::from(engine == Some(HtmlEngine::Scan)),
            Err(difference) => panic!("{body:?}: {difference}"),
        }
    }
    // Else the damage is such that nothing is compared.
    assert!(taken > BODY_MUTATIONS / 4, "{taken}");
}

/// Links and other formatting among blocks, most of it ended by something else or by nothing.
#[test]
fn engines_agree_on_misnested_formatting() {
    let mut mutator = Mutator::new(3, fragments::MISNESTED);
    let mut taken = 0;
    for round in 0..MISNESTED_BODIES {
        let body: String = (0..3 + round % 30).map(|_| mutator.fragment()).collect();
        match check_body(&body, &Limits::default()) {
            Ok(engine) => taken += usize::from(engine == Some(HtmlEngine::Scan)),
            Err(difference) => panic!("{body:?}: {difference}"),
        }
    }
    assert!(taken > MISNESTED_BODIES / 2, "{taken}");
}

/// One `<div>` of text, which no stage but the last has to do with, and what almost is one.
#[test]
fn engines_agree_on_bodies_of_one_text() {
    let mut mutator = Mutator::new(6, fragments::TEXT);
    let mut taken = 0;
    for round in 0..TEXTS {
        let text: String = (0..round % 16).map(|_| mutator.fragment()).collect();
        let limits = Limits::default().depth(1 + round % 4);
        match check_body(&format!("\n<div>{text}</div>\n"), &limits) {
            Ok(engine) => taken += usize::from(engine == Some(HtmlEngine::Scan)),
            Err(difference) => panic!("{text:?} within {limits:?}: {difference}"),
        }
    }
    assert!(taken > TEXTS / 2, "{taken}");
}

/// Elements whose classes and attributes are words that the crate knows, in any order. Where the scanner
/// decides by the source of an attribute, the tree decides by its value, and both must come to the same.
#[test]
fn engines_agree_on_known_words() {
    let words = words_of_the_source();
    let mut mutator = Mutator::new(7, fragments::CONTENTS);
    let mut taken = 0;
    for round in 0..KNOWN_ELEMENTS {
        let element: String = (0..=round % 3).map(|_| element(&mut mutator, &words)).collect();
        match check_body(&element, &Limits::default()) {
            Ok(engine) => taken += usize::from(engine == Some(HtmlEngine::Scan)),
            Err(difference) => panic!("{element:?}: {difference}"),
        }
    }
    assert!(taken > KNOWN_ELEMENTS / 2, "{taken}");
}

/// Elements and attributes that exceed a limit, or nearly.
#[test]
fn engines_agree_within_narrow_limits() {
    let bodies: Vec<String> = files::with_extension(&data(), "md")
        .iter()
        .filter_map(|path| Some(FrontMatter::split(&files::read(path)).ok()?.body().to_owned()))
        .collect();
    let mut blocks = Mutator::new(4, fragments::HTML);
    let mut formatting = Mutator::new(5, fragments::MISNESTED);
    let mut taken = 0;
    for round in 0..NARROW_BODIES {
        let body = match round % 3 {
            0 => blocks.mutate(&bodies),
            1 => (0..3 + round % 30).map(|_| blocks.fragment()).collect(),
            _ => (0..3 + round % 30).map(|_| formatting.fragment()).collect(),
        };
        let limits = Limits::default().depth(1 + round % 11).attributes(round % 4);
        match check_body(&body, &limits) {
            Ok(engine) => taken += usize::from(engine == Some(HtmlEngine::Scan)),
            Err(difference) => panic!("{body:?} within {limits:?}: {difference}"),
        }
    }
    assert!(taken > NARROW_BODIES / 8, "{taken}");
}

#[test]
fn the_scanner_takes_the_bodies_of_the_corpus() {
    let Some(folder) = folder("OFFPRINT_CORPUS") else {
        return;
    };
    let mut failures = Failures::default();
    for path in files::with_extension(&folder, "md") {
        if let Ok((_, report)) = Parser::new().parse_with_report(&files::read(&path)) {
            let is_listed = NEEDS_A_TREE.iter().any(|listed| path.ends_with(listed));
            if (report.html_engine == Some(HtmlEngine::Dom)) != is_listed {
                failures.add(&path, format!("{:?} was declined", report.html_declined));
            }
        }
    }
    failures.finish();
}

/// All posts but those with broken YAML have plain lines only.
#[test]
fn the_fast_reader_takes_the_metadata_of_the_corpus() {
    let Some(folder) = folder("OFFPRINT_CORPUS") else {
        return;
    };
    let mut failures = Failures::default();
    for path in files::with_extension(&folder, "md") {
        if let Ok((_, report)) = Parser::new().parse_with_report(&files::read(&path)) {
            if report.metadata_engine == Some(MetadataEngine::Yaml) {
                failures.add(&path, "was left to the reference");
            }
        }
    }
    failures.finish();
}

#[test]
fn a_disagreement_is_found() {
    let read = |source: &'static str| Parser::new().parse_with_report(source);
    let agree = |left, right| compare(&read(left), &read(right)).is_ok();
    assert!(agree("---\na: b\n---\nc", "---\na: 'b'\n---\nc"));
    assert!(!agree("---\na: b\n---\nc", "---\na: c\n---\nc"), "another post");
    assert!(!agree("<p>c", "<p>c<script></script>"), "another report");
    assert!(!agree("---\na: b\n---\n", "---\na: *b\n---\n"), "an error");
    assert!(!agree("---\na: *b\n---\n", "---\nab: *b\n---\n"), "an error elsewhere");
    assert!(!agree("---\n{a\n---\n", "---\n*aa\n---\n"), "another error");
}

type Parsed<'a> = Result<(Post<'a>, Report), Error>;

fn check_file(path: &Path, source: &str, failures: &mut Failures) {
    for recover in [false, true] {
        if let Err(difference) = check(source, recover) {
            failures.add(path, format!("with recover({recover}): {difference}"));
        }
    }
}

/// Compares the engines on one post.
fn check(source: &str, recover: bool) -> Result<Option<MetadataEngine>, String> {
    let parser = Parser::new().recover(recover);
    let auto = read(&parser.clone().engine(Engine::Auto), source)?;
    compare(&auto, &read(&parser.engine(Engine::Reference), source)?)?;
    Ok(auto.ok().and_then(|(_, report)| report.metadata_engine))
}

/// Reads a post, which is the same if nobody wants the report.
fn read<'a>(parser: &Parser, source: &'a str) -> Result<Parsed<'a>, String> {
    let read = parser.parse_with_report(source);
    let alone = parser.parse(source);
    let same = match (&read, &alone) {
        (Ok((post, _)), Ok(alone)) => post == alone,
        (Err(error), Err(alone)) => error.to_string() == alone.to_string(),
        _ => false,
    };
    if same { Ok(read) } else { Err(format!("with a report {read:?}\nalone {alone:?}")) }
}

/// Compares what two engines made of a post: all but the names of the engines, and why one declined.
fn compare(auto: &Parsed<'_>, reference: &Parsed<'_>) -> Result<(), String> {
    let same = match (auto, reference) {
        (Ok((auto, auto_report)), Ok((reference, report))) => {
            // Not all that differs is unequal: -0.0 is 0.0.
            auto == reference
                && format!("{auto:?}") == format!("{reference:?}")
                && auto_report.diagnostics == report.diagnostics
                && auto_report.removals == report.removals
        }
        (Err(auto), Err(reference)) => {
            auto.kind() == reference.kind()
                && auto.position() == reference.position()
                && auto.to_string() == reference.to_string()
        }
        _ => false,
    };
    if same { Ok(()) } else { Err(format!("auto {auto:?}\nreference {reference:?}")) }
}

/// Compares the engines on one block; 1 if the fast reader took it.
fn check_metadata(block: &str) -> usize {
    let source = in_fences(block);
    let engine = [false, true].map(|recover| {
        check(&source, recover)
            .unwrap_or_else(|difference| panic!("{source:?}, recover({recover}): {difference}"))
    });
    usize::from(engine[0] == Some(MetadataEngine::Plain))
}

/// Compares the engines on one body, with rules and without.
fn check_body(body: &str, limits: &Limits) -> Result<Option<HtmlEngine>, String> {
    let mut engine = None;
    for rules in [Rules::none(), Rules::ads().and(every_form()), every_form().removing()] {
        let parser = Parser::new().recover(true).rules(rules).limits(limits.clone());
        let auto = read(&parser.clone().engine(Engine::Auto), body)?;
        compare(&auto, &read(&parser.engine(Engine::Reference), body)?)?;
        engine = auto.ok().and_then(|(_, report)| report.html_engine);
    }
    Ok(engine)
}

/// Rules with every form of condition, on what the inputs are full of.
fn every_form() -> Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let (rules, unusable) = Rules::parse(
            "##.x, b:not([id])\n##div > p > i\n##td p\n##a[href^=x]\n##[class*='d']:not(.ad)\n###imu\n\
             ##[id$='1']\n##x-y\n##li li\n##svg *\n##[foo]\n##table [a~=b]\n#@#td p",
        );
        assert_eq!(unusable, []);
        rules
    });
    RULES.clone()
}

/// The words in texts of the library's source that may be the names of classes or attributes.
fn words_of_the_source() -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_name = |word: &&str| {
        (2..40).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let mut words = Vec::new();
    for room in ["blocks", "display", "html", "rules"] {
        for path in files::with_extension(&source.join(room), "rs") {
            let code = files::read(&path);
            // Every second piece between quotation marks is a text.
            let texts = code.split('"').skip(1).step_by(2);
            words.extend(texts.flat_map(str::split_ascii_whitespace).filter(is_name).map(str::to_owned));
        }
    }
    for path in files::with_extension(&source, "txt") {
        words.extend(files::read(&path).split_ascii_whitespace().filter(is_name).map(str::to_owned));
    }
    words.sort();
    words.dedup();
    assert!(words.len() > 1000, "{} words", words.len());
    words
}

/// An element with such words as classes and attributes, around some content.
fn element(mutator: &mut Mutator, words: &[String]) -> String {
    const TAGS: &[&str] = &[
        "div",
        "div",
        "div",
        "span",
        "span",
        "p",
        "section",
        "figure",
        "td",
        "a",
        "ul",
        "li",
        "pre",
        "code",
        "table",
        "blockquote",
        "h2",
        "aside",
        "i",
        "img",
        "svg",
        "math",
        "button",
        "x-y",
    ];
    const BEFORE_CLASS: &[&str] = &["", "", " ", "&#32;", "x ", "\n"];
    let tag = *mutator.choose(TAGS);
    let mut attributes = Vec::new();
    if mutator.random(8) > 0 {
        let names: Vec<&str> = (0..=mutator.random(3)).map(|_| &**mutator.choose(words)).collect();
        attributes.push(format!(" class=\"{}{}\"", mutator.choose(BEFORE_CLASS), names.join(" ")));
    }
    for _ in 0..mutator.random(3) {
        attributes.push(format!(" {}=\"{}\"", mutator.choose(words), mutator.choose(words)));
    }
    format!("<{tag}{}>{}{}</{tag}>", attributes.concat(), mutator.fragment(), mutator.fragment())
}

/// The inputs of html5lib's tree construction tests.
fn html5lib_inputs(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut inputs = Vec::new();
    for path in files::with_extension(folder, "dat") {
        let text = files::read(&path);
        let tests = text.split("#data\n").skip(1);
        inputs.extend(
            tests.filter_map(|test| Some((path.clone(), test.split_once("\n#errors")?.0.to_owned()))),
        );
    }
    assert!(inputs.len() > 100, "{}: {} inputs", folder.display(), inputs.len());
    inputs
}

fn in_fences(yaml: &str) -> String {
    let newline = if yaml.is_empty() || yaml.ends_with('\n') { "" } else { "\n" };
    format!("---\n{yaml}{newline}---\n<p>body</p>\n")
}

/// The documents of the YAML test suite, which are texts within YAML.
fn yaml_documents(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut documents = Vec::new();
    for path in files::with_extension(folder, "yaml") {
        let suite: serde_yaml::Value = serde_yaml::from_str(&files::read(&path))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let suite = suite.as_sequence().cloned().unwrap_or_default();
        let texts = suite.iter().filter_map(|test| test.get("yaml")?.as_str());
        documents.extend(texts.map(|text| (path.clone(), unveiled(text))));
    }
    assert!(documents.len() > 100, "{}: {} documents", folder.display(), documents.len());
    documents
}

/// A text in which the suite shows white space by signs, with the white space itself.
fn unveiled(text: &str) -> String {
    let mut text = text.replace('␣', " ").replace('—', "").replace('»', "\t").replace('↵', "");
    text = text.replace('←', "\r").replace('⇔', "\u{feff}");
    match text.find('∎') {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn importers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers")
}

fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        eprintln!("{variable} is not set: what it names was not read");
    }
    folder
}
