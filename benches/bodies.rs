//! How fast posts are read whose bodies are not HTML: Markdown, and Markdown with template tags, in bytes of
//! the posts a second.
//!
//! `cargo bench --bench bodies`. The posts are the invented ones, written as Markdown, and those of the folder
//! `OFFPRINT_CORPUS` too, if that is set.

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use offprint::{BodyFormat, FrontMatter, Parser, Post, TemplateSyntaxes};

/// What follows the first, the second and each other paragraph, in turn.
const TAGS: [&str; 4] = [
    "{% include note.html %}",
    "{{< figure src=\"/tea.jpg\" alt=\"A cup\" caption=\"A cup of tea\" >}}",
    "[caption id=\"tea\" width=\"300\"]<img src=\"/tea.jpg\"> A pot[/caption]",
    "{% highlight sh %}\nmake tea\n{% endhighlight %}",
];

fn benchmark(criterion: &mut Criterion) {
    let html = Parser::new();
    let markdown = Parser::new().body_format(BodyFormat::Markdown);
    let templates = markdown.clone().templates(TemplateSyntaxes::ALL);
    for family in &support::families_and_corpus() {
        let plain: Vec<String> = family.posts.iter().filter_map(|post| as_markdown(post)).collect();
        let tagged: Vec<String> = plain.iter().map(|post| with_tags(post)).collect();
        let mut group = criterion.benchmark_group(format!("{}, as Markdown", family.name));
        let mut bench = |name: &str, parser: &Parser, posts: &[String]| {
            group.throughput(Throughput::Bytes(posts.iter().map(|post| post.len() as u64).sum()));
            group.bench_function(name, |bencher| {
                bencher.iter(|| posts.iter().for_each(|post| drop(black_box(parser.parse(black_box(post))))));
            });
        };
        bench("read as Markdown", &markdown, &plain);
        bench("read as found out", &html, &plain);
        bench("with template tags", &templates, &tagged);
        group.finish();
    }
}

/// A post with its body written as Markdown; `None` for one that cannot be read.
fn as_markdown(post: &str) -> Option<String> {
    let body = FrontMatter::split(post).ok()?.body_offset();
    let markdown = Post::parse(post).ok()?.to_markdown();
    let article = FrontMatter::split(&markdown).ok()?.body();
    Some([&post[..body], article].concat())
}

/// A post with a template tag after each paragraph.
fn with_tags(post: &str) -> String {
    let body = FrontMatter::split(post).map_or(0, |front_matter| front_matter.body_offset());
    let mut tagged = post[..body].to_owned();
    for (paragraph, tag) in post[body..].split("\n\n").zip(TAGS.iter().cycle()) {
        tagged.push_str(paragraph);
        tagged.push_str("\n\n");
        tagged.push_str(tag);
        tagged.push_str("\n\n");
    }
    tagged
}

mod harness {
    // The macro's function is public and cannot have documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
