//! What hostile bodies take from the heap, in proportion to their size.

#[path = "../benches/support/heap.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod heap;

use heap::measure;
use offprint::{Engine, Parser};

/// The most bytes on the heap at one time for each byte of a post, besides [`FREE`]. An element of three
/// letters is four bytes, and a block with a mark or two takes some hundred.
const PER_BYTE: usize = 160;

/// The same with a tree: a node of it takes about 200 bytes.
const PER_BYTE_WITH_TREE: usize = 256;

/// What any post may take: the budget for what is given out more than once is a megabyte for the shortest
/// body.
const FREE: usize = 4 << 20;

/// Bytes of each post.
const SIZE: usize = 100_000;

/// Posts that give out a part of the source again and again, or that make much of few bytes.
fn families() -> Vec<(&'static str, String)> {
    let based = |body: &str| {
        let path = "b/".repeat(2_000);
        format!("---\nfrom: http://a/{path}\n---\n{}", body.repeat(SIZE / body.len()))
    };
    let many = |text: &str| text.repeat(SIZE / text.len());
    let long = "a".repeat(SIZE / 2);
    let short = |text: &str| text.repeat(SIZE / 2 / text.len());
    let conditions =
        format!("<source type='{0}' media='{0}' srcset='{1}'>", "m".repeat(480), "a, ".repeat(160));
    vec![
        ("language", format!("<pre class='language-{long}'>{}", short("x<img src=a>"))),
        ("decoded language", format!("<pre class='language-&amp;{long}'>{}", short("x<img src=a>"))),
        ("language of code", format!("<pre><code class='lang-&amp;{long}'>{}", short("x<img src=a>"))),
        ("conditions", format!("<picture>{}<img src=x></picture>", many(&conditions))),
        ("link around images", format!("<a href='{long}'>{}</a>", short("<img src=a>"))),
        ("link around texts", format!("<a href='x' title='{long}'>{}</a>", short("<p>x"))),
        ("all marks", format!("<b><i><u><s><sub><sup><small><mark><q><code>{}", many("<p>x"))),
        ("short URLs", based("<img src=/>")),
        ("long URLs", based("<img src=c>")),
        ("dots", based("<img srcset='../.., ../.. 2x'>")),
        ("candidates", format!("<img srcset='{}'>", many("a,\n"))),
        ("captions", format!("<img src=a>{}", many("<p class=credit>x</p>"))),
        ("quotations", format!("{}{}", "<blockquote>".repeat(500), many("<p>x"))),
        ("figures", format!("{}{}", "<figure>".repeat(500), many("<p>x"))),
        ("tables", format!("{}{}", "<table><tr><td>".repeat(120), many("<p>x"))),
        ("rules", many("<hr>")),
        ("cells", format!("<table><tr>{}", many("<td>"))),
        ("items", format!("<ol>{}", many("<li>"))),
    ]
}

// One test, since all threads of a program share one heap.
#[test]
fn hostile_bodies_take_memory_in_proportion() {
    let mut failures = Vec::new();
    for (name, post) in families() {
        for (engine, per_byte) in [(Engine::Auto, PER_BYTE), (Engine::Reference, PER_BYTE_WITH_TREE)] {
            let parser = Parser::new().engine(engine);
            let (read, heap) = measure(|| parser.parse_with_report(&post));
            let (article, report) = read.expect("an article");
            let json = serde_json::to_string(&article).expect("JSON").len();
            if heap.peak > FREE + per_byte * post.len() || json > FREE + 64 * post.len() {
                let peak = heap.peak / post.len();
                let html_engine = report.html_engine;
                failures.push(format!("{name}, {html_engine:?}: {peak} bytes a byte, {json} bytes of JSON"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
