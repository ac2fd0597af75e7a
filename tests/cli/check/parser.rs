//! What the parser says of a post: each of its codes.

use std::collections::BTreeSet;

use super::{HEAD, check, finds, finds_in_body, finds_with};
use crate::archive::Archive;

#[test]
fn a_post_that_cannot_be_read_is_an_error() {
    let error = |content: &[u8], expected: &str| finds_with("", content, 1, &[expected]);
    error(&[HEAD.as_bytes(), b"<p>Caf\xe9</p>\n"].concat(), ":5:7: error[invalid_utf8]: invalid UTF-8");
    error(
        b"---\ntitle: Tea\n\n<p>Boil water.</p>\n",
        ":1:1: error[unclosed_front_matter]: front matter is not closed: found no line `---` or `...`",
    );
    error(
        b"---\ntitle: \"Tea\ndate: 2021-03-04\n---\n<p>Boil water.</p>\n",
        ":2:8: error[invalid_yaml]: invalid YAML in the front matter: found unexpected end of stream, \
         while scanning a quoted scalar",
    );
    error(
        b"---\n- Tea\n---\n<p>Boil water.</p>\n",
        ":2:1: error[not_a_mapping]: front matter is a list: expected a mapping of keys to values",
    );
    let limit = "too many bytes of input: the limit is 50, raised by `Limits::input_bytes` or \
                 `--limit input_bytes=N`";
    let expected = format!(":5:15: error[limit_exceeded]: {limit}");
    finds_with("--limit input_bytes=50", [HEAD, "<p>Boil water.</p>\n"].concat(), 1, &[&expected]);
}

#[test]
#[cfg(feature = "toml")]
fn invalid_toml_is_an_error() {
    let expected = ":2:9: error[invalid_toml]: invalid TOML in the front matter: a text must be in quotes";
    finds_with("", "+++\ntitle = Tea\n+++\n<p>Boil water.</p>\n", 1, &[expected]);
}

#[test]
#[cfg(feature = "json")]
fn invalid_json_is_an_error() {
    let expected =
        ":1:11: error[invalid_json]: invalid JSON in the front matter: a text must be in double quotes";
    finds_with("", "{\"title\": Tea}\n<p>Boil water.</p>\n", 1, &[expected]);
}

#[test]
#[cfg(not(feature = "toml"))]
fn a_format_that_the_build_lacks_is_an_error() {
    let expected =
        ":1:1: error[missing_feature]: the post needs the feature `toml`, which this build of offprint lacks";
    finds_with("", "+++\ntitle = 'Tea'\n+++\n<p>Boil water.</p>\n", 1, &[expected]);
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read_is_an_error() {
    let archive = Archive::new();
    archive.add("posts/tea.md", [HEAD, "<p>Boil water.</p>\n"].concat());
    std::os::unix::fs::symlink("gone", archive.path().join("posts/cup.md")).unwrap();
    let run = check(&archive, "posts --quiet").expect(1, "");
    assert_eq!(run.stdout, "posts/cup.md: error[unreadable]: No such file or directory (os error 2)\n");
}

/// It is read once more with repairs, and what these say of the same line is not said twice.
#[test]
fn an_error_does_not_hide_the_rest() {
    let content = "---\ntitle: \"Tea\\q\"\ndate: soon\nmood: [calm\ntags: hot\n---\n<p>Boil</p><script>x\n";
    finds_with(
        "",
        content,
        1,
        &[
            ":2:12: error[invalid_yaml]: invalid YAML in the front matter: found unknown escape character, \
             while parsing a quoted scalar",
            ":3:7: warning[bad_date]: not a date: `soon`",
            ":4:7: warning[recovered_metadata]: the value of `mood` is kept as it stands: did not find \
             expected ',' or ']', while parsing a flow sequence",
            ":7:12: warning[unclosed_element]: `<script>` is never closed and hides 1 byte",
        ],
    );
    // What is missing may be in what was not read.
    finds_with(
        "--require from",
        "---\n- Tea\n---\n<p>Boil water.</p>\n",
        1,
        &[":2:1: error[not_a_mapping]: front matter is a list: expected a mapping of keys to values"],
    );
}

#[test]
fn what_is_odd_in_front_matter_is_found() {
    let finds = |front_matter: &str, expected: &[&str]| {
        finds(format!("---\n{front_matter}\n---\n<p>Boil water.</p>\n"), expected);
    };
    finds(
        "title: \"Caf\\xC3\\xA9\"\ndate: 2021-03-04",
        &[":2:12: warning[recovered_metadata]: the escapes `\\xC3\\xA9` are bytes of UTF-8: read as `é`"],
    );
    finds(
        "title: Tea\ndate: 2021-03-04\ntitle: Green tea",
        &[":4:1: warning[duplicate_key]: the key `title` stands twice: its last value counts"],
    );
    finds(
        "title: [Tea]\ndate: 2021-03-04",
        &[":2:8: warning[unexpected_value]: `title` holds a list: expected a text"],
    );
    finds(
        "title: Tea #1\ndate: 2021-03-04",
        &[":2:12: warning[cut_value]: ` #` begins a comment and cuts the value of `title` short"],
    );
    finds("title: Tea\ndate: soon", &[":3:7: warning[bad_date]: not a date: `soon`"]);
}

#[test]
fn front_matter_that_is_too_deep_is_an_error() {
    let deep = format!("{}{}", "[".repeat(21), "]".repeat(21));
    finds_with(
        "",
        format!("---\ntitle: Tea\ndate: 2021-03-04\nmood: {deep}\ncup: {deep}\n---\n<p>Boil water.</p>\n"),
        1,
        &[
            ":4:27: error[limit_exceeded]: too many levels of nesting in the front matter: the limit is 20",
            ":5:6: warning[deep_metadata]: the value of `cup` nests deeper than 20 lists and maps: kept as \
             its source text",
        ],
    );
}

#[test]
fn what_contradicts_the_front_matter_is_found() {
    let head = "---\ntitle: Tea\ndate: 2021-03-04T08:15:00Z\nfrom: https://example.org/tea\n---\n";
    let prelude = "<!--1614845700001-->\n[Coffee](https://example.org/coffee)\n------\n\n";
    finds(
        [head, prelude, "<p>Boil water.</p>\n"].concat(),
        &[
            ":2:8: warning[title_heading_mismatch]: title differs from the link heading: `Coffee`",
            ":3:7: warning[date_stamp_mismatch]: date differs from the stamp: `1614845700001`",
            ":4:7: warning[from_heading_mismatch]: from differs from the link heading's URL: \
             `https://example.org/coffee`",
        ],
    );
}

#[test]
fn what_is_odd_in_a_body_is_found() {
    finds_in_body("<div></div>\n", &[":5:1: warning[empty_article]: the article holds nothing"]);
    let text = "Boil the water. ".repeat(30);
    finds_in_body(
        &format!("<div style='display:none'><p>{text}</p></div>\n"),
        &[":5:1: warning[hidden_article]: an element that hides most of the article was kept: `div`"],
    );
    finds_in_body(
        "<p>Boil water.</p>\n{% include cup.html %}\n",
        &[":6:1: warning[template_tags]: template tags left as text: 1"],
    );
    finds_in_body(
        "<p>Boil water.</p>\n<script>\n<p>Wait.</p>\n",
        &[":6:1: warning[unclosed_element]: `<script>` is never closed and hides 12 bytes"],
    );
    finds_in_body(
        "<p>Boil water.</p>\n<!-- cups\n<p>Wait.</p>\n",
        &[":6:1: warning[unclosed_comment]: the comment `<!--` is never closed and hides 17 bytes"],
    );
    let [open, close] = ["<blockquote>", "</blockquote>"].map(|tag| tag.repeat(21));
    finds_in_body(
        &format!("{open}Boil water.{close}\n"),
        &[":5:241: warning[deep_blocks]: lists, quotations and tables dissolved, deeper than 20 levels: 1"],
    );
    let url = format!("https://example.org/{}", "x".repeat(5000));
    finds_in_body(
        &format!("<a href='{url}'>{}</a>\n", "<p>t</p>".repeat(400)),
        &[":5:6896: warning[repeated_text]: copies of links, titles, marks and base URLs left out: 167"],
    );
}

#[test]
fn what_options_say_of_a_body_is_heeded() {
    let finds = |options: &str, body: &str, expected: &[&str]| {
        finds_with(options, [HEAD, body].concat(), 0, expected);
    };
    finds(
        "--body html",
        "# Tea\n\nBoil **water**.\n",
        &[":5:1: warning[markdown_as_html]: the body holds Markdown, and is read as HTML"],
    );
    finds(
        "--templates liquid",
        "<p>Boil water.</p>\n{% include cup.html %}\n{% raw %}\nWait.\n",
        &[":7:1: warning[unclosed_template]: the template tag `raw` is never closed"],
    );
    let [open, close] = ["<div>", "</div>"].map(|tag| tag.repeat(20));
    finds(
        "--limit depth=15",
        &format!("{open}Boil water.{close}\n"),
        &[":5:76: warning[deep_elements]: elements dissolved, deeper than 15 levels: 5"],
    );
    finds(
        "--limit attributes=2",
        "<p a b c>Boil water.</p>\n",
        &[":5:8: warning[many_attributes]: attributes left out, beyond 2 in one tag: 1"],
    );
}

/// A new kind of diagnostic needs a line in the list of codes.
#[test]
fn each_diagnostic_has_a_code() {
    let source = include_str!("../../../src/report.rs");
    let (_, kinds) = source.split_once("pub enum DiagnosticKind {").unwrap();
    let (kinds, _) = kinds.split_once("\n    }\n").unwrap();
    let kinds: BTreeSet<&str> = kinds.lines().filter_map(|line| line.trim().split('"').nth(1)).collect();
    assert!(kinds.contains("recovered_metadata") && kinds.contains("unclosed_template"), "{kinds:?}");

    let list = check(&Archive::new(), "--list").expect(0, "").stdout;
    let codes: BTreeSet<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(kinds.difference(&codes).collect::<Vec<_>>(), [&""; 0]);
    assert_eq!(codes.len(), list.lines().count(), "no code stands twice");
}
