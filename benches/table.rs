//! How fast posts become rows, and rows a table, in bytes of the posts a second.
//!
//! `cargo bench --features parquet --bench table`; `OFFPRINT_CORPUS=FOLDER` adds the posts in that folder.

mod support;

use std::hint::black_box;
use std::io;

use criterion::{BatchSize, Criterion, Throughput};
use offprint::table::{Rows, Writer};
use offprint::{Parser, Post, Report};

/// A post with its report, and the number of bytes that they were read from.
type Read<'a> = (Post<'a>, Report, usize);

fn benchmark(criterion: &mut Criterion) {
    let parser = Parser::new();
    for family in &support::families_and_corpus() {
        let posts: Vec<Read> = family
            .posts
            .iter()
            .filter_map(|source| Some((parser.parse_with_report(source).ok()?, source.len())))
            .map(|((post, report), bytes)| (post, report, bytes))
            .collect();
        let mut group = criterion.benchmark_group(format!("{}, as a table", family.name));
        group.throughput(Throughput::Bytes(family.bytes()));
        group.bench_function("rows", |bencher| bencher.iter(|| black_box(rows(&posts)).len()));
        group.bench_function("Arrow", |bencher| {
            bencher.iter_batched(
                || rows(&posts),
                |rows| written(Writer::arrow(Vec::new()), rows),
                BatchSize::LargeInput,
            );
        });
        group.bench_function("Parquet", |bencher| {
            bencher.iter_batched(
                || rows(&posts),
                |rows| written(Writer::parquet(Vec::new()), rows),
                BatchSize::LargeInput,
            );
        });
        group.finish();
    }
}

fn rows(posts: &[Read<'_>]) -> Rows {
    let mut rows = Rows::new();
    for (post, report, bytes) in posts {
        rows.push_post("tea.md", *bytes, post, report);
    }
    rows
}

fn written(writer: io::Result<Writer<Vec<u8>>>, rows: Rows) -> Vec<u8> {
    let mut writer = writer.expect("memory takes all");
    writer.write(rows).expect("memory takes all");
    writer.finish().expect("memory takes all")
}

mod harness {
    // The macro's function is public and cannot have documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
