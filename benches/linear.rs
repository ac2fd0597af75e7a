//! Reads one invented post again and again, for `benches/linear.sh` to count the instructions of.

mod support;

use std::env;
use std::hint::black_box;
use std::process::ExitCode;

use offprint::{Parser, Post, Rules};
use support::hostile::{HOSTILE, HostileFamily};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let name = arguments.first().map_or("", |name| name);
    let numbers: Vec<usize> = arguments.iter().skip(1).filter_map(|number| number.parse().ok()).collect();
    let shape = support::SHAPES.iter().find(|shape| shape.name == name);
    let hostile = HOSTILE.iter().find(|family| family.name == name);
    match (shape, hostile, &numbers[..]) {
        (Some(shape), _, [times, runs]) => {
            let post = shape.post(0, *times);
            read(&post, *runs);
            println!("{}", post.len());
        }
        (_, Some(family), [bytes, runs]) => {
            println!("{}", attack(family, *bytes, *runs));
        }
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let shapes = support::SHAPES.map(|shape| shape.name).join("|");
    let families = HOSTILE.map(|family| family.name).join("|");
    eprintln!(
        "usage: linear {shapes} TIMES RUNS\n       linear {families} BYTES RUNS\n\n\
         reads a post of TIMES the usual length, or reads and writes one of BYTES, RUNS times"
    );
    ExitCode::from(2)
}

fn read(post: &str, runs: usize) {
    for _ in 0..runs {
        let result = Post::parse(black_box(post));
        assert!(black_box(&result).is_ok(), "an invented post can be read");
    }
}

/// Does all that can be done with a post: it is read by both ways of reading its front matter, and written in
/// each form. Returns the number of bytes of the post and its rules.
fn attack(family: &HostileFamily, bytes: usize, runs: usize) -> usize {
    let post = (family.post)(bytes);
    let list = family.rules.map(|rules| rules(bytes));
    for _ in 0..runs {
        let rules = list.as_deref().map_or_else(Rules::ads, |list| Rules::parse(black_box(list)).0);
        for recover in [false, true] {
            let parser = Parser::new().rules(rules.clone()).recover(recover);
            if let Ok((post, report)) = parser.parse_with_report(black_box(&post)) {
                black_box((post.to_text(), post.to_markdown(), post.to_html(), &report));
            }
        }
    }
    post.len() + list.map_or(0, |list| list.len())
}
