//! The JSON of every post is read back by plain `serde_json::from_str`, as the same post.
//!
//! `OFFPRINT_CORPUS` names a folder of posts to check besides `tests/data`.

#[path = "support/files.rs"]
mod files;

use std::path::Path;

use files::Failures;
use offprint::{Engine, Parser, Post, Report, Rules};
use serde::Serialize;

/// A line as the command writes it.
#[derive(Serialize)]
struct Line<'s> {
    path: &'s str,
    #[serde(flatten)]
    post: &'s Post<'s>,
    report: &'s Report,
}

/// Writes what a post is read as, in every way to write it, and reads it back.
fn check(parser: &Parser, source: &str) -> Result<(), String> {
    // A post that cannot be read is another test's.
    let Ok((post, report)) = parser.parse_with_report(source) else { return Ok(()) };
    let line = Line { path: "a.md", post: &post, report: &report };
    let texts = [
        serde_json::to_string(&post),
        serde_json::to_string_pretty(&post),
        serde_json::to_string(&line),
        serde_json::to_string_pretty(&line),
    ];
    let mut file = Vec::new();
    post.json().path("a.md").write_to(&mut file).map_err(|error| error.to_string())?;
    let of_ours = [
        (0, post.to_json()),
        (0, post.json().to_string()),
        (2, post.json().path("a.md").report(&report).to_string()),
    ];
    for (way, text) in texts.into_iter().enumerate() {
        let text = text.map_err(|error| format!("way {way} is not written: {error}"))?;
        if let Some((_, ours)) = of_ours.iter().find(|(of, ours)| *of == way && *ours != text) {
            return Err(format!("way {way} is written as {ours}"));
        }
        if way == 2 && !text.as_bytes().starts_with(file[..file.len() - 1].as_ref()) {
            return Err(format!("way {way} is written to files as {}", String::from_utf8_lossy(&file)));
        }
        let again: Post<'_> =
            serde_json::from_str(&text).map_err(|error| format!("way {way} is not read: {error}"))?;
        if again != post {
            return Err(format!("way {way} is read as another post"));
        }
        if way >= 2 {
            let line: serde_json::Value =
                serde_json::from_str(&text).map_err(|error| format!("way {way} is not read: {error}"))?;
            let again = serde_json::from_value::<Report>(line["report"].clone());
            if again.map_err(|error| format!("way {way}: the report is not read: {error}"))? != report {
                return Err(format!("way {way} is read as another report"));
            }
        }
    }
    Ok(())
}

fn parsers() -> [Parser; 3] {
    [
        Parser::new(),
        Parser::new().recover(true).rules(Rules::ads().and(Rules::furniture())),
        Parser::new().recover(true).rules(Rules::none()).engine(Engine::Reference),
    ]
}

fn check_folder(folder: &Path) {
    let mut failures = Failures::default();
    for path in files::with_extension(folder, "md") {
        let source = files::read(&path);
        for parser in parsers() {
            if let Err(message) = check(&parser, &source) {
                failures.add(&path, message);
            }
        }
    }
    failures.finish();
}

/// Checks posts that are made here, all of which can be read with `recover`.
#[track_caller]
fn check_made(sources: &[String]) {
    let mut failures = Vec::new();
    for source in sources {
        for parser in parsers() {
            if let Err(error) = parser.clone().recover(true).parse(source) {
                failures.push(format!("{source:.60}: {error}"));
            }
            if let Err(message) = check(&parser, source) {
                failures.push(format!("{source:.60}: {message}"));
            }
        }
    }
    // All parsers may fall short alike.
    failures.dedup();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn posts_of_the_tests() {
    check_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"));
}

#[test]
fn posts_of_the_corpus() {
    match std::env::var_os("OFFPRINT_CORPUS") {
        Some(folder) => check_folder(Path::new(&folder)),
        None => eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped"),
    }
}

fn post_of(yaml: &str) -> String {
    format!("---\ntitle: Tea\n{yaml}\n---\n<p>Boil <b>water</b>.</p>\n")
}

#[test]
fn metadata_that_nest_deep() {
    let mut sources = Vec::new();
    for depth in [1, 10, 18, 19, 20, 21, 60, 125, 126, 127, 128, 500] {
        for (open, close) in
            [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("[a: ", "]"), ("{[", "]: x}"), ("!t [", "]")]
        {
            sources.push(post_of(&format!("k: {}x{}", open.repeat(depth), close.repeat(depth))));
            // What is not closed is broken.
            sources.push(post_of(&format!("k: {}", open.repeat(depth))));
        }
        for line in ["a:", "- a:"] {
            let step = line.len();
            let lines: Vec<_> = (1..=depth).map(|level| " ".repeat(level * step) + line).collect();
            sources.push(post_of(&format!("k:\n{}\n{}x", lines.join("\n"), " ".repeat((depth + 1) * step))));
        }
        sources.push(post_of(&format!("k:\n  {}x", "- ".repeat(depth))));
        sources.push(post_of(&format!("tags:\n  {}x", "- ".repeat(depth))));
        sources.push(post_of(&format!("title: {}x{}", "[".repeat(depth), "]".repeat(depth))));
    }
    check_made(&sources);
}

#[test]
fn numbers_dates_and_signs() {
    let values = [
        "0.1",
        "1e300",
        "5e-324",
        "2.2250738585072011e-308",
        "1.7976931348623157e308",
        "123456789.12345679",
        "0.30000000000000004",
        "-0.0",
        "1e23",
        "9007199254740993",
        "-9223372036854775808",
        "9223372036854775807",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999",
        ".inf",
        "-.inf",
        ".nan",
        "~",
        "true",
        "0x7fffffffffffffff",
        "0o17",
        "\"\\u0000\\u001f\\x7f\\uFEFF\\u2028\"",
        "'\u{10ffff}'",
        "2019-01-02",
    ];
    let mut sources: Vec<String> = values.iter().map(|value| post_of(&format!("k: {value}"))).collect();
    for date in
        ["2019-01-02", "2019-01-02 03:04:05.123456789 -0330", "2019-01-02T03:04:05Z", "2019-01-02 03:04"]
    {
        sources.push(post_of(&format!("date: {date}")));
    }
    for stamp in ["NaN", "0", "-1", "1732994521000", "9223372036854775807", "-9223372036854775808"] {
        sources.push(format!("<!--{stamp}-->\n[a\"\\b](https://a.example)\n---\n<p>x"));
    }
    for density in ["0.1x", "1e300x", "5e-324x", "0.30000000000000004x", "1e-400x", "4294967295w"] {
        sources.push(format!("<img src=a srcset='b {density}, c 2x'>"));
    }
    for start in
        ["2147483647", "2147483648", "-2147483648", "-2147483649", "9223372036854775807", "+7", "1.9"]
    {
        sources.push(format!("<ol start={start}><li>x<li>y</ol>"));
    }
    check_made(&sources);
}

#[test]
fn blocks_that_nest_deep() {
    let mut sources = Vec::new();
    for (open, close, depth) in [
        ("<blockquote>", "</blockquote>", 500),
        ("<blockquote>x", "y</blockquote>", 500),
        ("<ul><li>", "</ul>", 250),
        ("<ol start=-9223372036854775808><li>x", "</ol>", 250),
        ("<dl><dt>x<dd>", "</dl>", 250),
        ("<table><tr><td>", "</table>", 120),
        ("<table><caption>x</caption><tr><th colspan=2>y<td>", "</table>", 120),
        ("<figure>", "<figcaption>x</figcaption></figure>", 500),
        (
            "<blockquote><figure><img src=a srcset='b 2x'>",
            "<figcaption>x</figcaption></figure></blockquote>",
            250,
        ),
        ("<blockquote><ul><li><table><tr><td>", "</table></ul></blockquote>", 60),
        ("<details><summary>x</summary>", "</details>", 500),
    ] {
        for depth in [1, 19, 20, 21, 22, 42, 63, depth] {
            let middle = "<p>a <a href=/b title=c>d<b>e</b></a></p><img src=f srcset='g 1.5x'>";
            sources.push(format!("{}{middle}{}", open.repeat(depth), close.repeat(depth)));
            sources.push(open.repeat(depth) + middle);
        }
    }
    check_made(&sources);
}
