//! How fast posts are written: as Markdown, HTML, text and JSON, in bytes of the posts a second.
//!
//! Each form is written as a string of its own, and again by its `Display` adaptor into a string that has
//! room; JSON has no adaptor, and is written again by `serde_json`. `OFFPRINT_CORPUS=FOLDER cargo bench --bench
//! write` also writes the posts in that folder.

mod support;

use std::fmt::{Display, Write as _};
use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use offprint::Post;

fn benchmark(criterion: &mut Criterion) {
    for family in &support::families_and_corpus() {
        let posts: Vec<Post> = family.posts.iter().filter_map(|post| Post::parse(post).ok()).collect();
        let mut group = criterion.benchmark_group(format!("{}, written", family.name));
        group.throughput(Throughput::Bytes(family.bytes()));
        both(&mut group, "Markdown", &posts, Post::to_markdown, |post| post.markdown());
        both(&mut group, "HTML", &posts, Post::to_html, |post| post.html());
        both(&mut group, "text", &posts, Post::to_text, |post| post.text());
        string(&mut group, "JSON", &posts, Post::to_json);
        string(&mut group, "JSON, by serde_json", &posts, by_serde_json);
        group.finish();
    }
}

fn by_serde_json(post: &Post<'_>) -> String {
    serde_json::to_string(post).expect("a post has no map whose keys are not texts")
}

/// Times one form of the posts, as a string.
fn string<'a>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    form: &str,
    posts: &[Post<'a>],
    to_string: fn(&Post<'a>) -> String,
) {
    group.bench_function(form, |bencher| {
        bencher.iter(|| posts.iter().for_each(|post| drop(black_box(to_string(black_box(post))))));
    });
}

/// Times one form of the posts, as a string and by its adaptor.
fn both<'p, 'a, D: Display>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    form: &str,
    posts: &'p [Post<'a>],
    to_string: fn(&Post<'a>) -> String,
    adaptor: fn(&'p Post<'a>) -> D,
) {
    string(group, form, posts, to_string);
    let mut out = String::new();
    group.bench_function(format!("{form}, by its adaptor"), |bencher| {
        bencher.iter(|| {
            for post in posts {
                out.clear();
                write!(out, "{}", adaptor(black_box(post))).expect("a string takes all");
                black_box(&out);
            }
        });
    });
}

mod harness {
    // The macro's function is public and cannot have documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
