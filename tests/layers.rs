//! The rooms of the house: who may import whom.
//!
//! A room is a top-level module. Imports point down the table below; stages know nothing of each other; each
//! foreign parser is named in its one file. Test modules are exempt from the order, not from the rest.

#[path = "support/rust_source.rs"]
mod rust_source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rust_source::{Source, tokens, without_tests};

/// What a room is to the others.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// May be imported by every room above it.
    Base,
    /// May be imported by those that know all stages.
    Stage,
    /// Knows all stages.
    Top,
}

/// The rooms, from bottom to top.
const ROOMS: [(&str, Kind); 37] = [
    ("rarely", Kind::Base),
    ("codes", Kind::Base),
    ("engine", Kind::Base),
    ("body_format", Kind::Base),
    ("template_syntaxes", Kind::Base),
    ("source_map", Kind::Base),
    ("limits", Kind::Base),
    ("error", Kind::Base),
    ("report", Kind::Base),
    ("recorder", Kind::Base),
    ("equal", Kind::Base),
    ("group", Kind::Base),
    ("bytes", Kind::Base),
    ("utf16_escapes", Kind::Base),
    ("chars", Kind::Base),
    ("collapse", Kind::Base),
    ("words", Kind::Base),
    ("fingerprint", Kind::Base),
    ("references", Kind::Base),
    ("same_title", Kind::Base),
    ("dollar_math", Kind::Base),
    ("url", Kind::Base),
    ("word_list", Kind::Base),
    ("post", Kind::Base),
    ("front_matter", Kind::Stage),
    ("prelude", Kind::Stage),
    ("html", Kind::Stage),
    ("body", Kind::Stage),
    ("display", Kind::Stage),
    ("rules", Kind::Stage),
    ("blocks", Kind::Stage),
    ("render", Kind::Stage),
    ("table", Kind::Stage),
    ("parse", Kind::Top),
    ("stages", Kind::Top),
    ("guide", Kind::Top),
    ("lib", Kind::Top),
];

/// The stages that speak another stage's vocabulary, and the module that holds it.
const VOCABULARY: [(&str, &[&str]); 4] = [
    ("body", &["html", "event"]),
    ("display", &["html", "event"]),
    ("rules", &["html", "event"]),
    ("blocks", &["html", "event"]),
];

/// The room of html5ever's tree, and the table of named references.
const DOM: &[&str] = &["html/dom/mod.rs", "html/dom/depth.rs", "html/dom/tree.rs", "references.rs"];

/// The room of the Markdown reader.
const MARKDOWN: &[&str] = &["body/markdown/boxes.rs", "body/markdown/mod.rs", "body/markdown/writer.rs"];

/// Foreign crates, and the only files that may name them.
const FOREIGN: [(&str, &[&str]); 7] = [
    ("pulldown_cmark", MARKDOWN),
    ("serde_yaml", &["front_matter/yaml/parser.rs"]),
    // Beside the files that name the module of this name.
    ("toml", &["front_matter/toml/parser.rs", "front_matter/mod.rs", "front_matter/formats.rs"]),
    ("html5ever", DOM),
    ("markup5ever", DOM),
    ("markup5ever_rcdom", DOM),
    ("tendril", DOM),
];

const MOST_LINES: usize = 500;

/// The widest line, in characters, as in `rustfmt.toml`.
const WIDEST: usize = 110;

#[test]
fn imports_point_down() {
    let sources = sources();
    assert!(sources.len() > 10, "the sources were not found");
    assert_eq!(upward_imports(&sources), Vec::<String>::new());
}

#[test]
fn no_room_imports_itself_through_others() {
    assert_eq!(rooms_in_cycles(&sources()), BTreeSet::new());
}

#[test]
fn no_file_imports_itself_through_others() {
    assert_eq!(files_in_cycles(&sources()), BTreeSet::new());
}

#[test]
fn foreign_parsers_stay_in_their_files() {
    assert_eq!(foreign_names(&sources()), Vec::<String>::new());
}

#[test]
fn files_are_short() {
    assert_eq!(long_files(&sources()), Vec::<String>::new());
}

#[test]
fn lines_are_short() {
    assert_eq!(wide_lines(&sources()), Vec::<String>::new());
}

#[test]
fn the_command_uses_the_public_interface() {
    let sources = sources();
    assert!(sources.iter().any(Source::is_command), "the command was not found");
    assert_eq!(private_uses(&sources), Vec::<String>::new());
}

#[test]
fn an_upward_import_is_found() {
    let found = |path: &str, text: &str| upward_imports(&[source(path, text)]);
    for (path, text) in [
        ("post/mod.rs", "use crate::html::event::Tag;"),
        ("error.rs", "use crate::post::Post;"),
        ("report.rs", "fn f() -> crate::parse::Parser {}"),
        ("blocks/mod.rs", "use crate::rules::Rules;"),
        ("blocks/mod.rs", "use crate::{error::Error, html::{event::Tag, dom}};"),
        ("blocks/mod.rs", "use crate::html;"),
        ("html/mod.rs", "use super::blocks::BlockBuilder;"),
        ("html/dom/mod.rs", "use super::super::prelude;"),
        ("html/dom/mod.rs", "mod inner { use super::super::super::prelude; }"),
        ("render/text.rs", "pub(crate) use crate::blocks::text as words;"),
        ("front_matter/yaml.rs", "use crate::Error;"),
        ("front_matter/yaml.rs", "use crate::*;"),
        ("front_matter/yaml.rs", "#[cfg(not(test))] use crate::prelude::x;"),
        ("parse.rs", "use crate::Post;"),
        ("cellar.rs", "fn f() {}"),
        ("post/mod.rs", "use crate::cellar::wine;"),
    ] {
        assert_eq!(found(path, text).len(), 1, "{path}: {text}: {:?}", found(path, text));
    }
    for (path, text) in [
        ("post/mod.rs", "use crate::error::Position; use super::post::Text; use self::text::Text;"),
        ("post/block.rs", "use super::{Figure, Text}; mod quote { use super::super::Text; }"),
        ("prelude.rs", "mod inner { use super::Thing; }"),
        ("blocks/mod.rs", "use crate::html::event::{Attributes, EventSink}; use crate::post::Block;"),
        ("rules/mod.rs", "/// See [`Post`](crate::Post).\nuse crate::html::event; // crate::blocks::x"),
        ("parse.rs", "use crate::{blocks, front_matter::{self, FrontMatter}, rules::Rules};"),
        ("lib.rs", "mod cellar_door; pub use parse::Parser;"),
        ("html/scanner/mod.rs", "#[cfg(test)]\nmod tests { use crate::blocks::BlockBuilder; fn f() { {} } }"),
        ("html/tests.rs", "use crate::Parser;"),
        (
            "html/dom/mod.rs",
            "const S: &str = \"crate::blocks::x\"; const C: char = '\"'; pub(crate) fn f<'a>() {}",
        ),
    ] {
        assert_eq!(found(path, text), Vec::<String>::new(), "{path}: {text}");
    }
    assert_eq!(
        found("post/mod.rs", "\nuse crate::html::event::Tag;"),
        ["src/post/mod.rs:2: `post` imports `html::event::Tag`, which is above it"]
    );
    assert_eq!(
        found("blocks/mod.rs", "use crate::html::dom;"),
        ["src/blocks/mod.rs:1: the stage `blocks` imports `html::dom` of the stage `html`"]
    );
}

#[test]
fn a_cycle_is_found() {
    let sources = [
        source("error.rs", "use crate::report::Report;"),
        source("report.rs", "use crate::post::Post;"),
        source("post/mod.rs", "use crate::error::Error;"),
        source("parse.rs", "use crate::post::Post;"),
    ];
    assert_eq!(rooms_in_cycles(&sources), ["error", "post", "report"].map(str::to_owned).into());
    assert_eq!(rooms_in_cycles(&sources[1..]), BTreeSet::new());
}

#[test]
fn a_cycle_of_files_is_found() {
    let found = |sources: &[(&str, &str)]| {
        files_in_cycles(&sources.iter().map(|(path, text)| source(path, text)).collect::<Vec<_>>())
    };
    let both = ["blocks/list.rs", "blocks/mod.rs"].map(str::to_owned).into();
    for parent in ["mod list; use list::List;", "mod list; fn f() { list::add() }", "use self::list::List;"] {
        assert_eq!(found(&[("blocks/mod.rs", parent), ("blocks/list.rs", "use super::Builder;")]), both);
    }
    let siblings = [
        ("blocks/mod.rs", "mod list; mod table; use list::List;"),
        ("blocks/list.rs", "use super::table::{Cell, Table};"),
        ("blocks/table.rs", "use crate::blocks::list;"),
    ];
    assert_eq!(found(&siblings), ["blocks/list.rs", "blocks/table.rs"].map(str::to_owned).into());
    assert_eq!(found(&[siblings[0], siblings[1], ("blocks/table.rs", "")]), BTreeSet::new());
    // Methods of the parent's type, and tests, are not imported by the parent.
    assert_eq!(
        found(&[
            ("blocks/mod.rs", "mod list; fn f() { other::list::add() }"),
            ("blocks/list.rs", "use super::Builder; impl Builder {}"),
        ]),
        BTreeSet::new()
    );
    assert_eq!(
        found(&[
            ("blocks/mod.rs", "mod tests; use tests::X; #[cfg(test)] mod inner { use super::y; }"),
            ("blocks/tests.rs", "use super::Builder;"),
        ]),
        BTreeSet::new()
    );
}

#[test]
fn a_foreign_name_is_found() {
    let found = |path: &str, text: &str| foreign_names(&[source(path, text)]);
    assert_eq!(
        found("parse.rs", "fn f(e: serde_yaml::Error) {}"),
        ["src/parse.rs:1: names `serde_yaml`, which is front_matter/yaml/parser.rs's"]
    );
    assert_eq!(
        found("html/scanner/mod.rs", "#[cfg(test)] mod tests { use html5ever::tendril::X; }").len(),
        2
    );
    assert_eq!(
        found("html/scanner/mod.rs", "/// Like html5ever, `serde_yaml`.\nfn f() {}"),
        Vec::<String>::new()
    );
    assert_eq!(
        found("html/dom/mod.rs", "use html5ever::tendril::X; use markup5ever_rcdom::RcDom;"),
        Vec::<String>::new()
    );
    assert_eq!(found("references.rs", "use html5ever::data::NAMED_ENTITIES;"), Vec::<String>::new());
}

#[test]
fn a_long_file_is_found() {
    let lines = |count| long_files(&[source("parse.rs", &"\n".repeat(count))]);
    assert_eq!(lines(500), Vec::<String>::new());
    assert_eq!(lines(501), ["src/parse.rs: 501 lines, and 500 are enough"]);
}

#[test]
fn a_wide_line_is_found() {
    let found = |line: String| wide_lines(&[source("parse.rs", &format!("fn f() {{}}\n{line}\n"))]);
    assert_eq!(found("茶".repeat(110)), Vec::<String>::new());
    assert_eq!(found("// ".to_owned() + &"a".repeat(108)), ["src/parse.rs:2: more than 110 characters"]);
    assert_eq!(found(format!("/// https://{}", "a".repeat(108))), Vec::<String>::new());
}

#[test]
fn a_private_use_is_found() {
    let lib =
        source("lib.rs", "mod a; pub use a::{B, c::D as E}; #[doc(hidden)] pub use a::Hidden; pub use f::G;");
    let found = |text: &str| private_uses(&[lib.clone(), source("bin/offprint/main.rs", text)]);
    assert_eq!(found("use offprint::{B, E}; fn f() { offprint::G::new(); }"), Vec::<String>::new());
    for text in [
        "use offprint::D;",
        "use offprint::a::B;",
        "use offprint::Hidden;",
        "#[path = \"../../parse.rs\"] mod parse;",
        "include!(\"../../parse.rs\");",
    ] {
        assert_eq!(found(text).len(), 1, "{text}");
    }
}

/// All files in `src`.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a readable file");
        let name: Vec<_> = path
            .strip_prefix(&root)
            .expect("a file in src")
            .iter()
            .map(|part| part.to_string_lossy())
            .collect();
        source(&name.join("/"), &text)
    };
    files.iter().map(read).collect()
}

fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

fn upward_imports(sources: &[Source]) -> Vec<String> {
    let mut failures = Vec::new();
    for source in sources.iter().filter(|source| !source.is_command() && !source.is_test()) {
        let from = source.room();
        let Some(rank) = rank(&from) else {
            failures.push(format!("src/{}: the room `{from}` is not in the table", source.path));
            continue;
        };
        if from == "lib" {
            continue;
        }
        for import in source.imports() {
            let to = import.room();
            let position = format!("src/{}:{}", source.path, import.line);
            let path = import.path.join("::");
            let Some(rank_below) = crate::rank(&to) else {
                failures.push(format!("{position}: `{from}` imports `{path}` through the root of the crate"));
                continue;
            };
            let speaks = |(stage, module): &(&str, &[&str])| {
                *stage == from
                    && import.path.iter().map(String::as_str).take(module.len()).eq(module.iter().copied())
            };
            if to == from {
                continue;
            }
            if rank_below >= rank {
                failures.push(format!("{position}: `{from}` imports `{path}`, which is above it"));
            } else if ROOMS[rank].1 == Kind::Stage
                && ROOMS[rank_below].1 == Kind::Stage
                && !VOCABULARY.iter().any(speaks)
            {
                failures.push(format!("{position}: the stage `{from}` imports `{path}` of the stage `{to}`"));
            }
        }
    }
    failures
}

/// The rooms that import each other, and those between two such.
fn rooms_in_cycles(sources: &[Source]) -> BTreeSet<String> {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_command() && !source.is_test()) {
        let from = source.room();
        let rooms = source.imports().into_iter().map(|import| import.room()).filter(|to| *to != from);
        imports.entry(from.clone()).or_default().extend(rooms);
    }
    in_cycles(imports)
}

/// The files that import each other, and those between two such. A path leads to the file of the longest
/// module that it begins with; that a module has a child is not an import.
fn files_in_cycles(sources: &[Source]) -> BTreeSet<String> {
    let is_library = |source: &&Source| !source.is_command() && !source.is_test();
    let files: BTreeMap<Vec<String>, &str> =
        sources.iter().filter(is_library).map(|source| (source.module(), source.path.as_str())).collect();
    let file_of = |path: &[String]| (0..=path.len()).rev().find_map(|length| files.get(&path[..length]));
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(is_library) {
        let targets = source.imports().into_iter().filter_map(|import| file_of(&import.path).copied());
        let others = targets.filter(|target| *target != source.path).map(str::to_owned);
        imports.entry(source.path.clone()).or_default().extend(others);
    }
    in_cycles(imports)
}

fn in_cycles(mut imports: BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    // What imports nothing is in no cycle, and neither is what nothing imports.
    loop {
        let before = imports.len();
        let importing: BTreeSet<String> = imports.keys().cloned().collect();
        for targets in imports.values_mut() {
            targets.retain(|target| importing.contains(target));
        }
        let imported: BTreeSet<String> = imports.values().flatten().cloned().collect();
        imports.retain(|name, targets| !targets.is_empty() && imported.contains(name));
        if imports.len() == before {
            return imports.into_keys().collect();
        }
    }
}

fn foreign_names(sources: &[Source]) -> Vec<String> {
    let mut failures = Vec::new();
    for source in sources {
        let tokens = tokens(&source.text);
        for (index, token) in tokens.iter().enumerate() {
            let text_at = |index: usize| tokens.get(index).map(|token| token.text.as_str());
            // A variable may have the name of a crate.
            let is_in_path = text_at(index + 1) == Some("::")
                || index
                    .checked_sub(1)
                    .and_then(text_at)
                    .is_some_and(|before| ["::", "use", "crate"].contains(&before));
            let foreign = FOREIGN.iter().find(|(name, _)| is_in_path && *name == token.text);
            if let Some((name, files)) = foreign.filter(|(_, files)| !files.contains(&source.path.as_str())) {
                let owners = files.join(" and ");
                failures
                    .push(format!("src/{}:{}: names `{name}`, which is {owners}'s", source.path, token.line));
            }
        }
    }
    failures
}

fn long_files(sources: &[Source]) -> Vec<String> {
    let lines = sources.iter().map(|source| (&source.path, source.text.lines().count()));
    lines
        .filter(|(_, count)| *count > MOST_LINES)
        .map(|(path, count)| format!("src/{path}: {count} lines, and {MOST_LINES} are enough"))
        .collect()
}

/// Lines that are too wide. A string or an address that does not fit is left alone, as `rustfmt` leaves it.
fn wide_lines(sources: &[Source]) -> Vec<String> {
    let cannot_be_cut = |line: &str| ["\"", "://", "\\"].iter().any(|part| line.contains(part));
    let mut wide = Vec::new();
    for source in sources {
        for (index, line) in source.text.lines().enumerate() {
            if line.chars().count() > WIDEST && !cannot_be_cut(line) {
                wide.push(format!("src/{}:{}: more than {WIDEST} characters", source.path, index + 1));
            }
        }
    }
    wide
}

/// What the command reaches for that is not public, or that the documentation hides.
fn private_uses(sources: &[Source]) -> Vec<String> {
    let public: BTreeSet<String> =
        sources.iter().filter(|source| source.path == "lib.rs").flat_map(Source::public_names).collect();
    let mut failures = Vec::new();
    for source in sources.iter().filter(|source| source.is_command()) {
        let tokens = without_tests(&tokens(&source.text));
        for (index, token) in tokens.iter().enumerate() {
            let is_attribute = index > 0 && tokens[index - 1].text == "[" && token.text == "path";
            if is_attribute || token.text == "include" {
                failures
                    .push(format!("src/{}:{}: takes in a file by `{}`", source.path, token.line, token.text));
            }
        }
        for import in source.paths_from("offprint") {
            let name = import.path.first().map_or("", String::as_str);
            if !public.contains(name) && name != "*" && name != "self" {
                failures.push(format!("src/{}:{}: `{name}` is not public", source.path, import.line));
            }
        }
    }
    failures
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|(name, _)| *name == room)
}
