//! The engines agree: the fast implementations give what the reference gives, or leave the post to it.

#[path = "support/files.rs"]
mod files;
#[path = "support/mutate.rs"]
mod mutate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mutate::Mutator;
use offprint::{Engine, HtmlEngine, Parser, Rules};

fn agree(parsers: &[Parser], source: &str) -> Result<HtmlEngine, String> {
    let mut engine = HtmlEngine::Dom;
    for parser in parsers {
        let auto = parser.clone().engine(Engine::Auto).parse_with_report(source);
        let reference = parser.clone().engine(Engine::Reference).parse_with_report(source);
        match (auto, reference) {
            (Ok((post, report)), Ok((expected, expected_report))) => {
                if post != expected {
                    return Err(format!("{source:?}\n{:?}\n{:?}", post.blocks, expected.blocks));
                }
                if report.removals != expected_report.removals
                    || report.diagnostics != expected_report.diagnostics
                {
                    return Err(format!("{source:?}\n{report:?}\n{expected_report:?}"));
                }
                engine = report.html_engine;
            }
            (Err(error), Err(expected)) => {
                if (error.kind(), error.position()) != (expected.kind(), expected.position()) {
                    return Err(format!("{source:?}\n{error}\n{expected}"));
                }
            }
            (auto, reference) => return Err(format!("{source:?}\n{auto:?}\n{reference:?}")),
        }
    }
    Ok(engine)
}

fn sources() -> Vec<String> {
    let mut all = Vec::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut folders: Vec<PathBuf> = vec![data];
    folders.extend(std::env::var_os("OFFPRINT_CORPUS").map(PathBuf::from));
    for folder in folders {
        for path in files::with_extension(&folder, "md") {
            all.push(files::read(&path));
        }
    }
    all
}

fn html5lib() -> Vec<String> {
    let mut all = Vec::new();
    if let Some(folder) = std::env::var_os("OFFPRINT_HTML5LIB") {
        for path in files::with_extension(Path::new(&folder), "dat") {
            let text = files::read(&path);
            for part in text.split("#data\n").skip(1) {
                all.push(part.split("\n#errors").next().unwrap().to_owned());
            }
        }
    }
    all
}

#[test]
fn the_engines_agree() {
    let parsers = [Parser::new(), Parser::new().rules(Rules::none())];
    let mut failures = Vec::new();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources().iter().chain(&html5lib()) {
        match agree(&parsers, source) {
            Ok(engine) => *count.entry(format!("{engine:?}")).or_default() += 1,
            Err(failure) => failures.push(failure),
        }
    }
    println!("{count:?}");
    assert!(failures.is_empty(), "{} {}", failures.len(), failures[..failures.len().min(5)].join("\n\n"));
}

#[test]
fn the_engines_agree_on_mutations() {
    let parsers = [Parser::new(), Parser::new().rules(Rules::none())];
    let mut seeds: Vec<String> = html5lib();
    seeds.extend(
        sources()
            .into_iter()
            .filter(|source| source.len() < 6000)
            .map(|source| source.rsplit_once("------\n").map_or(source.clone(), |(_, body)| body.to_owned())),
    );
    let mut mutator = Mutator::new(std::env::var("SEED").map_or(1, |seed| seed.parse().unwrap()));
    let rounds = std::env::var("ROUNDS").map_or(20_000, |rounds| rounds.parse().unwrap());
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for _ in 0..rounds {
        let source = mutator.mutate(&seeds);
        match agree(&parsers, &source) {
            Ok(engine) => *count.entry(format!("{engine:?}")).or_default() += 1,
            Err(failure) => failures.push(failure),
        }
    }
    println!("{count:?}");
    failures.sort_by_key(String::len);
    assert!(failures.is_empty(), "{} {}", failures.len(), failures[..failures.len().min(5)].join("\n\n"));
}
