//! How fast each stage is on its own, in bytes a second of what it is given.
//!
//! `cargo bench --features bench-stages --bench stages`; `OFFPRINT_CORPUS=FOLDER` adds the posts in that
//! folder.

mod support;

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use offprint::{Engine, FrontMatter, Rules, stages};

const ENGINES: [(&str, Engine); 2] = [("auto", Engine::Auto), ("reference", Engine::Reference)];

/// A post, cut where the stages are.
struct Cut<'a> {
    front_matter: FrontMatter<'a>,
    html: &'a str,
}

impl<'a> Cut<'a> {
    /// `None` for a post that cannot be read: an error would be quicker than an article.
    fn new(post: &'a str) -> Option<Self> {
        let front_matter = FrontMatter::split(post).ok()?;
        stages::metadata(&front_matter, Engine::Auto).ok()?;
        let (_, length) = stages::prelude(front_matter.body());
        let html = &front_matter.body()[length..];
        stages::events(html, Engine::Auto).ok()?;
        Some(Self { front_matter, html })
    }

    fn yaml(&self) -> &'a str {
        self.front_matter.text().unwrap_or_default()
    }

    fn prelude(&self) -> &'a str {
        let body = self.front_matter.body();
        &body[..body.len() - self.html.len()]
    }
}

/// Sums up how many bytes of each post a stage is given.
fn bytes_of<'a>(posts: &[Cut<'a>], part: impl Fn(&Cut<'a>) -> &'a str) -> Throughput {
    Throughput::Bytes(posts.iter().map(|post| part(post).len() as u64).sum())
}

fn benchmark(criterion: &mut Criterion) {
    for family in &support::families_and_corpus() {
        let posts: Vec<Cut> = family.posts.iter().filter_map(|post| Cut::new(post)).collect();
        let mut group = criterion.benchmark_group(format!("{}, by stage", family.name));
        front_matter(&mut group, &posts);
        html(&mut group, &posts);
        group.finish();
    }
}

fn front_matter(group: &mut BenchmarkGroup<'_, WallTime>, posts: &[Cut<'_>]) {
    group.throughput(bytes_of(posts, Cut::yaml));
    for (name, engine) in ENGINES {
        group.bench_function(format!("metadata, {name}"), |bencher| {
            bencher.iter(|| {
                for post in posts {
                    drop(black_box(stages::metadata(black_box(&post.front_matter), engine)));
                }
            });
        });
    }
    group.throughput(bytes_of(posts, Cut::prelude));
    group.bench_function("prelude", |bencher| {
        bencher.iter(|| {
            for post in posts {
                drop(black_box(stages::prelude(black_box(post.front_matter.body()))));
            }
        });
    });
}

fn html(group: &mut BenchmarkGroup<'_, WallTime>, posts: &[Cut<'_>]) {
    let rules = Rules::ads();
    group.throughput(bytes_of(posts, |post| post.html));
    for (name, engine) in ENGINES {
        group.bench_function(format!("events, {name}"), |bencher| {
            bencher.iter(|| {
                for post in posts {
                    drop(black_box(stages::events(black_box(post.html), engine)));
                }
            });
        });
        group.bench_function(format!("events and rules, {name}"), |bencher| {
            bencher.iter(|| {
                for post in posts {
                    drop(black_box(stages::filtered_events(black_box(post.html), engine, &rules)));
                }
            });
        });
        group.bench_function(format!("events, rules and blocks, {name}"), |bencher| {
            bencher.iter(|| {
                for post in posts {
                    drop(black_box(stages::blocks(black_box(post.html), engine, &rules)));
                }
            });
        });
    }
}

mod harness {
    // The macro's function is public and cannot have documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
