//! How fast posts are read and written as text, whole, in bytes of the posts a second.
//!
//! `OFFPRINT_CORPUS=FOLDER cargo bench --bench parse` also reads the posts in that folder.

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use offprint::{Engine, FrontMatter, Parser, Post};

fn benchmark(criterion: &mut Criterion) {
    let reference = Parser::new().engine(Engine::Reference);
    let mut families = support::families_and_corpus();
    families.insert(0, support::archive());
    for family in &families {
        let posts: Vec<Post> = family.posts.iter().filter_map(|post| Post::parse(post).ok()).collect();
        // An error would be quicker than an article; a corpus may hold some.
        assert!(
            family.name == "corpus" || posts.len() == family.posts.len(),
            "an invented post cannot be read"
        );
        let mut group = criterion.benchmark_group(family.name);
        group.throughput(Throughput::Bytes(family.bytes()));
        group.bench_function("parse", |bencher| {
            bencher.iter(|| family.for_each(|post| drop(black_box(Post::parse(post)))));
        });
        group.bench_function("parse, reference engine", |bencher| {
            bencher.iter(|| family.for_each(|post| drop(black_box(reference.parse(post)))));
        });
        group.bench_function("split", |bencher| {
            bencher.iter(|| family.for_each(|post| drop(black_box(FrontMatter::split(post)))));
        });
        group.bench_function("to_text", |bencher| {
            bencher.iter(|| posts.iter().for_each(|post| drop(black_box(black_box(post).to_text()))));
        });
        group.finish();
    }
}

mod harness {
    // The macro's function is public and cannot have documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
