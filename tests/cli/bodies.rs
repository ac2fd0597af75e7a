//! What bodies are written in.

use serde_json::Value;

use crate::archive::Archive;

/// The texts of the top-level blocks of each post, without the structure of what holds others.
fn texts(archive: &Archive, arguments: &str) -> Vec<String> {
    let run = archive.convert(arguments).expect(0, "");
    let text = |block: &Value| block["text"].as_str().unwrap_or("list").to_owned();
    run.lines()
        .iter()
        .map(|post| post["blocks"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn each_body_is_looked_at_unless_its_name_or_the_user_says_what_it_is() {
    let archive = Archive::new();
    let body = "# Tea\n\n* Boil *fresh* water.";
    archive.add("a.md", body).add("b.html", body).add("c.HTM", body).add("d.md", "<p># Tea</p>");
    let html = "# Tea|* Boil *fresh* water.";
    assert_eq!(texts(&archive, "."), ["Tea|list", html, html, "# Tea"]);
    assert_eq!(texts(&archive, ". --body html"), [html, html, html, "# Tea"]);
    let markdown = "Tea|list";
    assert_eq!(texts(&archive, ". --body markdown"), [markdown, markdown, markdown, "# Tea"]);
    assert_eq!(texts(&archive, ". --body auto"), texts(&archive, "."));

    let run = archive.convert(". --report -").expect(0, "");
    let formats = run.lines().iter().map(|post| post["report"]["body_format"].clone()).collect::<Vec<_>>();
    assert_eq!(formats, ["markdown", "html", "html", "html"]);
}

#[test]
fn markdown_that_is_read_as_html_is_told() {
    let archive = Archive::new();
    archive.add("a.html", "---\ntitle: x\n---\n<p>One</p>\n\n## Two\n");
    archive
        .convert("a.html --strict")
        .expect(1, "a.html:6:1: the body holds Markdown, and is read as HTML\n");
    archive.convert("a.html --strict --body markdown").expect(0, "");
}

#[test]
fn template_tags_are_text_unless_the_user_names_their_syntax() {
    let archive = Archive::new();
    archive.add("a.md", "<p>{% include x %}Tea</p>\n<p>[gallery ids=\"1\"]Cup</p>");
    assert_eq!(texts(&archive, "a.md"), ["{% include x %}Tea|[gallery ids=\"1\"]Cup"]);
    assert_eq!(texts(&archive, "a.md --templates liquid"), ["Tea|[gallery ids=\"1\"]Cup"]);
    assert_eq!(texts(&archive, "a.md --templates liquid,wordpress"), ["Tea|Cup"]);
    let run = archive.convert("a.md --templates jinja");
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("not a template syntax: expected `liquid`, `hugo`, `wordpress`"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_day_and_the_slug_are_in_the_name_of_the_file() {
    let archive = Archive::new();
    archive
        .add("posts/2020-01-02-green-tea.md", "Tea")
        .add("posts/2020-01-03-x.md", "---\ndate: 2019-05-06\n---\n");
    let run = archive.convert("posts --strict --report -");
    let lines = run.lines();
    let meta = lines
        .iter()
        .map(|post| (post["meta"]["date"].as_str().unwrap(), post["meta"]["slug"].as_str().unwrap()));
    assert_eq!(meta.collect::<Vec<_>>(), [("2020-01-02", "green-tea"), ("2019-05-06", "x")]);
}
