//! What each rule takes out of an archive: how many elements, how much text, and an example of it.
//!
//! `cargo run --example rules_audit -- [RULES.txt] PATH…`, where RULES.txt is a list of cosmetic rules and each
//! PATH is a post or a folder of posts; without a PATH, the posts of this crate's tests.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use ignore::WalkBuilder;
use offprint::{Parser, Rules};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = env::args_os().skip(1).map(PathBuf::from);
    let (lists, mut paths): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.partition(|path| path.extension().is_some_and(|extension| extension == "txt"));
    if paths.is_empty() {
        paths.push("tests/data".into());
    }
    let mut rules = Rules::ads().and(Rules::furniture());
    for list in lists {
        let (more, unusable) = Rules::parse(&fs::read_to_string(&list)?);
        for rule in unusable {
            eprintln!("{}: {rule}", list.display());
        }
        rules = rules.and(more);
    }
    run(rules, &paths, &mut io::stdout().lock())
}

pub(crate) fn run(rules: Rules, paths: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let parser = Parser::new().rules(rules);
    // Of each rule: how many elements, how many characters, the first text.
    let mut taken: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
    for path in posts(paths)? {
        let source = fs::read(&path)?;
        match parser.parse_named_bytes_with_report(&path.to_string_lossy(), &source) {
            Ok((_, report)) => {
                for removal in report.removals {
                    // Scripts, pixels, what is hidden: no rule was needed.
                    let Some(rule) = removal.rule else { continue };
                    let (elements, characters, example) = taken.entry(rule).or_default();
                    *elements += 1;
                    *characters += removal.text.chars().count();
                    if example.is_empty() {
                        *example = removal.text.chars().take(40).collect();
                    }
                }
            }
            Err(error) => eprintln!("{}: {error}", path.display()),
        }
    }
    let mut rows: Vec<_> = taken.into_iter().collect();
    rows.sort_by_key(|(_, (_, characters, _))| std::cmp::Reverse(*characters));
    writeln!(out, "elements  characters  rule")?;
    for (rule, (elements, characters, example)) in rows {
        writeln!(out, "{elements:>8}  {characters:>10}  {rule:<44}  {}", example.replace('\n', " "))?;
    }
    Ok(())
}

/// The posts below these paths, in the order of their names.
fn posts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ignore::Error> {
    let mut posts = Vec::new();
    for path in paths {
        for entry in WalkBuilder::new(path).standard_filters(false).sort_by_file_name(Ord::cmp).build() {
            let path = entry?.into_path();
            if path.extension().is_some_and(|extension| extension == "md" || extension == "html") {
                posts.push(path);
            }
        }
    }
    Ok(posts)
}
