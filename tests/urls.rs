//! URLs of articles: resolved as browsers resolve them. `src/url/tests.rs` compares with the standard.

use offprint::{Engine, Parser};

/// The targets of the links of a post, and the URLs of its images.
#[track_caller]
fn assert_urls(from: &str, body: &str, expected: &[&str]) {
    let source = format!("---\nfrom: {from}\n---\n{body}");
    for engine in [Engine::Auto, Engine::Reference] {
        let post = Parser::new().engine(engine).parse(&source).expect("a body is no error");
        let links = post.links().map(str::to_owned);
        let images = post.images().map(|image| image.src.to_string());
        assert_eq!(links.chain(images).collect::<Vec<_>>(), expected, "{engine:?}: {body}");
    }
}

#[test]
fn a_base_element_counts_from_there_on() {
    let from = "https://tea.example/en/page.html";
    assert_urls(
        from,
        "<a href=a>x</a> <base href=/de/><base href=/fr/><a href=b>y</a><img src=c.jpg>",
        &["https://tea.example/en/a", "https://tea.example/de/b", "https://tea.example/de/c.jpg"],
    );
    assert_urls(
        from,
        "<base target=_blank><base href='//cup.example'><a href=a>x</a>",
        &["https://cup.example/a"],
    );
    // Only the URL of a page counts as a base.
    assert_urls(from, "<base href='javascript:x'><a href=a>x</a>", &["https://tea.example/en/a"]);
    assert_urls("tea.md", "<base href=https://cup.example/b/><a href=../a>x</a>", &["https://cup.example/a"]);
}

#[test]
fn backslashes_are_slashes_on_the_web() {
    let from = "https://tea.example/blog/post/";
    assert_urls(
        from,
        r"<a href='\img\x'>a</a><a href='..\c\S.html?a\b'>b</a><a href='\\cup.example\a'>c</a><a href='https:\\a.example\b'>d</a>",
        &[
            "https://tea.example/img/x",
            r"https://tea.example/blog/c/S.html?a\b",
            "https://cup.example/a",
            "https://a.example/b",
        ],
    );
    assert_urls(from, r"<a href='mailto:a\b@tea.example'>a</a>", &[r"mailto:a\b@tea.example"]);
}

#[test]
fn slashes_are_counted_freely() {
    assert_urls(
        "https://tea.example/a/b",
        "<a href='https:c'>a</a> <a href='https:/d'>b</a> <a href='http:cup.example/d'>c</a> <a href='///cup.example/e'>d</a>",
        &[
            "https://tea.example/a/c",
            "https://tea.example/d",
            "http://cup.example/d",
            "https://cup.example/e",
        ],
    );
    // Without a page there is nothing to be relative to.
    assert_urls("", "<a href='https:tea.example/c'>a</a><a href='c'>b</a>", &["https://tea.example/c", "c"]);
}

#[test]
fn what_runs_something_or_is_a_file_of_the_author_is_no_link() {
    assert_urls(
        "https://tea.example/",
        "<a href='file:///C:/tea.doc'>a</a><a href='JavaScript:tea()'>b</a><a href=' java\nscript:x'>c</a><a href='tel:1'>d</a>",
        &["tel:1"],
    );
}
