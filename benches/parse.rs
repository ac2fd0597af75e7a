//! How fast posts are read, in bytes a second.
//!
//! `OFFPRINT_CORPUS=FOLDER cargo bench` also reads the posts in that folder.

mod support;

use std::hint::black_box;
use std::path::Path;
use std::{env, fs, io};

use criterion::{Criterion, Throughput};
use offprint::{Engine, FrontMatter, Parser, Post};

use support::Family;

fn benchmark(criterion: &mut Criterion) {
    let mut families = Vec::from(support::families());
    for post in families.iter().flat_map(|family| &family.posts) {
        // An error would be quicker than an article.
        assert!(Post::parse(post).is_ok(), "every invented post can be read");
    }
    if let Some(folder) = env::var_os("OFFPRINT_CORPUS") {
        families.push(corpus(Path::new(&folder)));
    }
    let reference = Parser::new().engine(Engine::Reference);
    for family in &families {
        let mut group = criterion.benchmark_group(family.name);
        group.throughput(Throughput::Bytes(family.bytes()));
        group.bench_function("parse", |bencher| {
            bencher.iter(|| for_each(family, |post| drop(black_box(Post::parse(post)))));
        });
        group.bench_function("parse, reference engine", |bencher| {
            bencher.iter(|| for_each(family, |post| drop(black_box(reference.parse(post)))));
        });
        group.bench_function("split", |bencher| {
            bencher.iter(|| for_each(family, |post| drop(black_box(FrontMatter::split(post)))));
        });
        group.finish();
    }
}

fn for_each<'a>(family: &'a Family, mut work: impl FnMut(&'a str)) {
    family.posts.iter().for_each(|post| work(black_box(post)));
}

/// The posts in a folder and below it.
fn corpus(folder: &Path) -> Family {
    let mut posts = Vec::new();
    if let Err(error) = read_posts(folder, &mut posts) {
        panic!("cannot read OFFPRINT_CORPUS={}: {error}", folder.display());
    }
    // The file system's order is not the same everywhere.
    posts.sort();
    assert!(!posts.is_empty(), "no posts in OFFPRINT_CORPUS={}", folder.display());
    Family { name: "corpus", posts }
}

fn read_posts(folder: &Path, posts: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_posts(&path, posts)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            // As text whatever it holds: `Post::parse` takes a `&str`.
            posts.push(String::from_utf8_lossy(&fs::read(path)?).into_owned());
        }
    }
    Ok(())
}

mod harness {
    // The macro's function is public and has no place for documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
