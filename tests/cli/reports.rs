//! What is told of posts, and what rules do.

use serde_json::json;

use crate::archive::{Archive, ODD, lines};

#[test]
fn a_bad_post_is_a_message_and_the_rest_goes_on() {
    let archive = Archive::new();
    archive
        .add("1.md", "<p>one</p>")
        .add("2.md", "---\ntitle: x\n")
        .add("3.md", b"<p>\xe8\x8c\xb6\n\xe8\x8c\xb6\xff</p>")
        .add("4.md", "<p>four</p>");
    let message = "\
2.md:1:1: front matter is not closed: found no line `---` or `...`
3.md:2:2: invalid UTF-8
";
    let run = archive.convert("1.md 2.md 3.md 4.md").expect(1, message);
    assert_eq!(run.paths(), ["1.md", "4.md"]);

    let run = archive.convert("1.md 2.md 3.md 4.md --recover").expect(0, "");
    assert_eq!(run.paths(), ["1.md", "2.md", "3.md", "4.md"]);
}

#[test]
fn diagnostics_are_silent_unless_strict() {
    let archive = Archive::new();
    archive.add("good.md", "<p>x</p>").add("odd.md", ODD);
    let run = archive.convert("good.md odd.md").expect(0, "");
    let strict = archive.convert("good.md odd.md --strict");
    assert_eq!(strict.code, Some(1));
    assert!(strict.stderr.starts_with("odd.md:"), "{}", strict.stderr);
    assert_eq!(strict.stderr.lines().count(), 1);
    assert_eq!(strict.stdout, run.stdout);
    archive.convert("good.md --strict").expect(0, "");
}

#[test]
fn a_report_is_inline_or_in_a_file() {
    let archive = Archive::new();
    archive.add("bad.md", "---\ntitle: x\n").add("odd.md", ODD);
    let inline = archive.convert("odd.md --report -").expect(0, "");
    let report = inline.lines()[0]["report"].clone();
    assert_eq!(report["diagnostics"][0]["kind"], "title_heading_mismatch");
    assert_eq!(report["removals"].as_array().unwrap().len(), 1);
    assert_eq!(report["removals"][0]["kind"], "placeholder");

    let run = archive.convert("bad.md odd.md --report report.jsonl");
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout, archive.convert("odd.md").stdout, "the posts are as without a report");
    let error = json!({
        "message": "front matter is not closed: found no line `---` or `...`",
        "line": 1,
        "column": 1,
    });
    assert_eq!(
        lines(&archive.read("report.jsonl")),
        [json!({"path": "bad.md", "error": error}), json!({"path": "odd.md", "report": report})]
    );
}

#[test]
fn rules_can_be_added_and_left_out() {
    let archive = Archive::new();
    archive
        .add("a.md", "<p>x</p><div class=\"promo\"></div><div id=\"dfp-ad-imu1\"></div>")
        .add("my.txt", "! my rules\n##.promo\n##.x:has-text(y)\n");
    let removals = |arguments: &str| {
        let run = archive.convert(&format!("a.md --report - {arguments}"));
        assert_eq!(run.code, Some(0));
        let removals = run.lines()[0]["report"]["removals"].as_array().map_or(0, Vec::len);
        (removals, run.stderr)
    };
    assert_eq!(removals("--no-ads"), (0, String::new()));
    assert_eq!(removals("--engine auto"), (1, String::new()));
    let (removed, warning) = removals("--rules my.txt");
    assert_eq!(removed, 2);
    assert!(
        warning.starts_with("my.txt:3: the rule `##.x:has-text(y)` cannot be used and is left out: "),
        "{warning}"
    );
    assert_eq!(warning.lines().count(), 1);
    assert_eq!(removals("--no-ads --rules my.txt").0, 1);
}

#[test]
fn lines_that_block_requests_are_told_in_one_message() {
    let archive = Archive::new();
    archive
        .add("a.md", "<p>x</p>")
        .add("list.txt", "! a list\n||ads.example^\n##.promo\n/ads/*\n##:x\n&ad=\n");
    let run = archive.convert("a.md --rules list.txt");
    let expected = "\
list.txt:2: 3 lines of this list block requests and cannot be used: no page is loaded here
list.txt:5: the rule `##:x` cannot be used and is left out: unsupported pseudo-class
";
    run.expect(0, expected);
}

#[test]
fn furniture_goes_if_it_is_asked_for() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p><div class=sharedaddy>Share</div><div class=ad></div>");
    for (arguments, paragraphs, kinds) in [
        ("", 2, &["placeholder"][..]),
        ("--furniture", 1, &["rule", "placeholder"]),
        ("--furniture --no-ads", 1, &["rule"]),
    ] {
        let run = archive.convert(format!("a.md --report - {arguments}").trim_end()).expect(0, "");
        let line = &run.lines()[0];
        assert_eq!(line["blocks"].as_array().map(Vec::len), Some(paragraphs), "{arguments}");
        let removals = line["report"]["removals"].as_array().expect("removals");
        let found: Vec<_> = removals.iter().map(|removal| removal["kind"].as_str().unwrap_or("")).collect();
        assert_eq!(found, kinds, "{arguments}");
    }
}

#[test]
fn both_engines_write_the_same() {
    let archive = Archive::new();
    archive.add("odd.md", ODD);
    let auto = archive.convert("odd.md --engine auto").expect(0, "");
    assert_eq!(auto.stdout, archive.convert("odd.md --engine reference").expect(0, "").stdout);
}
