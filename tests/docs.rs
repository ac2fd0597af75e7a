//! The documentation of the types that a user holds: each has an example that runs.
//!
//! That every public item has documentation at all is the compiler's to check (`missing_docs`), and that the
//! examples hold is that of `cargo test --doc`.

use std::path::Path;

/// The types that a user holds.
const TYPES: [&str; 16] = [
    "Post",
    "Block",
    "Figure",
    "Text",
    "Mark",
    "Meta",
    "Value",
    "Date",
    "Report",
    "Diagnostic",
    "Removal",
    "Rules",
    "Parser",
    "FrontMatter",
    "Limits",
    "Error",
];

#[test]
fn each_type_that_a_user_holds_has_an_example() {
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let without: Vec<&str> =
        TYPES.into_iter().filter(|name| !files.iter().any(|file| has_example(file, name))).collect();
    assert_eq!(without, Vec::<&str>::new(), "types without an example");
}

#[test]
fn a_type_without_an_example_is_found() {
    let with = "/// A cup.\n///\n/// ```\n/// brew();\n/// ```\n#[derive(Debug)]\npub struct Cup<'a> {\n";
    assert!(has_example(with, "Cup"));
    assert!(!has_example(with, "Cu"));
    for other in ["```ignore", "```text", "``` no_run", "```compile_fail"] {
        assert!(!has_example(&with.replacen("```", other, 1), "Cup"), "{other}");
    }
    assert!(!has_example(&with.replace("/// ```\n", ""), "Cup"));
    assert!(!has_example(&with.replace("#[derive(Debug)]", "fn brew() {}"), "Cup"));
}

/// What the README shows of other languages is run by `tests/readers/run`.
#[test]
fn the_readme_shows_what_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    for (path, language) in
        [("tests/readers/questions.sql", "sql"), ("tests/readers/spark_table.py", "python")]
    {
        let file = std::fs::read_to_string(root.join(path)).expect("a readable file");
        let shown = format!("<!-- {path} -->\n```{language}\n{file}```\n");
        assert!(readme.contains(&shown), "the README shows another text than {path}");
        assert_ne!(file, "");
    }
}

/// Whether a file defines the type, and an example that runs stands above it.
fn has_example(file: &str, name: &str) -> bool {
    let lines: Vec<&str> = file.lines().collect();
    let defines = |line: &str| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
        let after = rest.and_then(|rest| rest.strip_prefix(name));
        after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let Some(index) = lines.iter().position(|line| defines(line)) else { return false };
    let is_above = |line: &&&str| line.starts_with("///") || line.starts_with("#[");
    let fences: Vec<&str> = lines[..index]
        .iter()
        .rev()
        .take_while(is_above)
        .filter_map(|line| line.trim_start_matches("/// ").strip_prefix("```"))
        .map(str::trim)
        .collect();
    // A fence with a word after it may be one of an example that does not run.
    fences.len() >= 2 && fences.iter().all(|word| word.is_empty())
}

fn sources(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(std::fs::read_to_string(&path).expect("a readable file"));
        }
    }
    files
}
