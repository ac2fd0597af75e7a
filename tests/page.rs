//! Whole pages of HTML, for browsers.

#[path = "support/files.rs"]
mod files;

use std::path::{Path, PathBuf};

use files::Failures;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use offprint::{Meta, Parser, Post};

const POST: &str = "\
---
title: Green <tea> & \"water\"
description: |
  How to boil
  water.
date: 2021-03-04T08:15:07.000+01:00
authors: [ A. Leaf, B. \"Bud\" ]
lang: en_GB.UTF-8
---
[Green tea](https://www.tea.example/green?a=1&b=2)
------

<h2>Water</h2><p>Boil <b>fresh</b> water.</p><script>x()</script>
";

#[test]
fn a_page_is_exactly_this() {
    let page = Post::parse(POST).unwrap().html().standalone(true).to_string();
    let style = include_str!("../src/render/html/page.css");
    let expected = format!(
        "\
<!doctype html>
<html lang=\"en-GB\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Green &lt;tea&gt; &amp; \"water\"</title>
<meta name=\"description\" content=\"How to boil water.\">
<meta name=\"author\" content=\"A. Leaf\">
<meta name=\"author\" content=\"B. &quot;Bud&quot;\">
<style>
{style}</style>
</head>
<body>
<header>
<h1>Green &lt;tea&gt; &amp; \"water\"</h1>
<p>
<time datetime=\"2021-03-04T08:15:07.000+01:00\">2021-03-04</time>
<bdi>A. Leaf</bdi>
<bdi>B. \"Bud\"</bdi>
<a href=\"https://www.tea.example/green?a=1&amp;b=2\">www.tea.example</a>
</p>
</header>
<main>
<h2>Water</h2>
<p>Boil <strong>fresh</strong> water.</p>
</main>
</body>
</html>
"
    );
    assert_eq!(page, expected);
    let one_line = Post::parse(POST).unwrap().html().one_line(true).standalone(true).to_string();
    assert_eq!(one_line, expected.replace('\n', ""));
}

#[test]
fn a_title_stands_above_the_article_once() {
    // The metadata, the body, the title of the page, and whether it stands above the article.
    for (meta, body, title, stands_above) in [
        ("title: Tea", "<p>x</p>", "Tea", true),
        ("title: Tea", "<h2>Tea!</h2><p>x</p>", "Tea", true),
        ("title: “Tea”", "<h2>\"Tea\"</h2><p>x</p>", "“Tea”", false),
        ("title: Tea", "<p>x</p><h1>Coffee</h1>", "Tea", false),
        ("title: Tea", "<p>x</p><h2>Tea</h2>", "Tea", true),
        ("title: '  '", "<p>x</p><h2> </h2><h3>A &lt; B</h3><h2>C</h2>", "A &lt; B", false),
        ("layout: post", "[Heading](https://tea.example/)\n---\n\n<h2>Tea</h2>", "Heading", true),
        ("layout: post", "<p>x</p>", "Untitled", false),
        ("title: \"two\\nlines\"", "<p>x</p>", "two lines", true),
    ] {
        let source = format!("---\n{meta}\n---\n{body}");
        let page = Post::parse(&source).unwrap().html().standalone(true).to_string();
        assert!(page.contains(&format!("<title>{title}</title>\n")), "{source}\n{page}");
        assert_eq!(page.contains(&format!("<header>\n<h1>{title}</h1>\n")), stands_above, "{source}\n{page}");
    }
}

#[test]
fn a_page_runs_as_its_language_or_its_text() {
    for (source, expected) in [
        ("---\nlang: fa\n---\nچای", "<html lang=\"fa\" dir=\"rtl\">"),
        ("שלום", "<html dir=\"rtl\">"),
        ("---\nlang: zh_TW\n---\n茶", "<html lang=\"zh-TW\">"),
        ("---\nlang: '\"><script>x()</script>'\n---\nTea", "<html>"),
    ] {
        let page = Post::parse(source).unwrap().html().standalone(true).to_string();
        assert_eq!(page.lines().nth(1), Some(expected), "{source}");
    }
}

#[test]
fn nothing_of_the_metadata_is_read_as_html() {
    let hostile =
        "</title></style></time><script>x()</script><!--\"'><img src=x onerror=x()>\u{0}\r\n&lt;&amp";
    for from in
        ["javascript:x()", "https://tea.example/\"><script>x()</script>", "data:text/html,x", "\"onclick=x"]
    {
        let mut meta = Meta::default();
        meta.title = Some(hostile.into());
        meta.description = Some(hostile.into());
        meta.lang = Some(hostile.into());
        meta.from = Some(from.into());
        meta.authors = vec![hostile.into(), "".into()];
        meta.date = Some("-000044-03-15".parse().unwrap());
        let page = Post::new(meta, Vec::new()).html().standalone(true).to_string();
        let dom = parse(&page).unwrap_or_else(|error| panic!("{error}\n{page}"));
        let mut names = Vec::new();
        each_element(&dom.document, &mut |name, attributes| {
            names.push(name.to_owned());
            let is_handler = |name: &String| name.starts_with("on");
            assert!(!attributes.iter().any(is_handler), "{name} {attributes:?}");
        });
        let link: &[&str] = if from.starts_with("https") { &["a"] } else { &[] };
        let before = [
            "html", "head", "meta", "meta", "title", "meta", "meta", "meta", "style", "body", "header", "h1",
            "p", "time", "bdi", "bdi",
        ];
        assert_eq!(names, [&before[..], link, &["main"]].concat(), "{page}");
        assert!(page.contains("<time>-000044-03-15</time>"), "{page}");
    }
}

#[test]
fn every_page_is_well_formed() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")];
    match std::env::var_os("OFFPRINT_CORPUS") {
        Some(corpus) => folders.push(corpus.into()),
        None => eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped, tests/data was read"),
    }
    let posts = folders.iter().flat_map(|folder| files::with_extension(folder, "md"));
    let pages = files::with_extension(&folders[0], "html");
    let mut failures = Failures::default();
    let mut checked = 0;
    for path in posts.chain(pages).collect::<Vec<PathBuf>>() {
        let source = files::read(&path);
        let Ok(post) = Parser::new().parse(&source) else { continue };
        checked += 1;
        for one_line in [false, true] {
            let page = post.html().standalone(true).one_line(one_line).to_string();
            let fragment = post.html().one_line(one_line).to_string();
            let metadata = serde_json::to_string(&post.meta).expect("metadata are JSON");
            if page.len() > fragment.len() + 3_000 + 10 * metadata.len() {
                failures.add(&path, format!("{} bytes around {}", page.len(), fragment.len()));
            }
            if let Err(error) = parse(&page) {
                failures.add(&path, error);
            }
        }
    }
    assert!(checked > 100, "{checked}");
    failures.finish();
}

/// A page as a browser reads it; an error if it breaks a rule of HTML.
fn parse(page: &str) -> Result<RcDom, String> {
    let tokenizer = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
    let dom = parse_document(RcDom::default(), ParseOpts { tokenizer, ..ParseOpts::default() }).one(page);
    // A control character that a post holds shows nothing, and breaks nothing.
    let is_broken = |error: &String| !error.starts_with("Bad character");
    let errors: Vec<String> = dom.errors.borrow().iter().map(ToString::to_string).filter(is_broken).collect();
    if errors.is_empty() { Ok(dom) } else { Err(errors.join("; ")) }
}

fn each_element(node: &Handle, visit: &mut impl FnMut(&str, &[String])) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes: Vec<_> =
            attrs.borrow().iter().map(|attribute| attribute.name.local.to_string()).collect();
        visit(&name.local, &attributes);
    }
    node.children.borrow().iter().for_each(|child| each_element(child, visit));
}
