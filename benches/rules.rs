//! What a long filter list costs: posts read with the built-in rules, and with 15,000 generic rules besides.
//!
//! `OFFPRINT_CORPUS=FOLDER cargo bench --bench rules` also reads the posts in that folder.

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use offprint::{Parser, Rules};

use support::filter_list;

fn benchmark(criterion: &mut Criterion) {
    let list = filter_list::generic();
    let (generic, unusable) = Rules::parse(&list);
    assert_eq!((generic.len(), unusable), (filter_list::RULES, Vec::new()), "an invented rule is unusable");
    let lists = [
        ("none", Rules::none()),
        ("ads", Rules::ads()),
        ("ads and 15,000 generic ones", Rules::ads().and(generic)),
    ];
    for family in &support::families_and_corpus() {
        let mut group = criterion.benchmark_group(format!("{}, by rules", family.name));
        group.throughput(Throughput::Bytes(family.bytes()));
        for (name, rules) in &lists {
            let parser = Parser::new().rules(rules.clone());
            group.bench_function(*name, |bencher| {
                bencher.iter(|| family.for_each(|post| drop(black_box(parser.parse(post)))));
            });
        }
        group.finish();
    }
    let mut group = criterion.benchmark_group("15,000 generic rules");
    group.throughput(Throughput::Bytes(list.len() as u64));
    group.bench_function("Rules::parse", |bencher| {
        bencher.iter(|| black_box(Rules::parse(black_box(&list))));
    });
    group.finish();
}

mod harness {
    // The macro's function is public and cannot have documentation.
    #![allow(missing_docs)]

    criterion::criterion_group!(benches, super::benchmark);
}

criterion::criterion_main!(harness::benches);
