//! Reads one invented post again and again, for `benches/linear.sh` to count the instructions of.

mod support;

use std::env;
use std::hint::black_box;
use std::process::ExitCode;

use offprint::Post;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let numbers: Vec<usize> = arguments.iter().skip(1).filter_map(|number| number.parse().ok()).collect();
    let shape =
        support::SHAPES.iter().find(|shape| arguments.first().is_some_and(|name| *name == shape.name));
    let (Some(shape), [times, runs]) = (shape, &numbers[..]) else {
        let names = support::SHAPES.map(|shape| shape.name).join("|");
        eprintln!("usage: linear {names} TIMES RUNS\n\nreads a post of TIMES the usual length RUNS times");
        return ExitCode::from(2);
    };
    let post = shape.post(0, *times);
    for _ in 0..*runs {
        let result = Post::parse(black_box(&post));
        assert!(black_box(&result).is_ok(), "an invented post can be read");
    }
    println!("{}", post.len());
    ExitCode::SUCCESS
}
