//! What filter lists and removals take from the heap grows as the lists and the posts do.
//!
//! Each case is made at two sizes, and may take at most a little more than twice as much at twice the size:
//! counts of bytes and of allocations, which are the same on every machine.

#[path = "../benches/support/heap.rs"]
mod heap;

use heap::{Heap, measure};
use offprint::{Engine, Parser, Report, Rules};

/// How many times as much may be taken at twice the size: buffers grow by doubling.
const MOST_GROWTH: f64 = 2.6;

/// The most bytes on the heap for each byte of a list and a post. A rule takes a few hundred, and
/// the shortest is four bytes long, but these are not that short.
const MOST_PER_BYTE: usize = 150;

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| line(number) + "\n").collect()
}

fn joined(count: usize, part: impl Fn(usize) -> String, between: &str) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(between)
}

/// Reads a list, and a post by its rules.
fn read(list: &str, post: &str, engine: Engine) -> Report {
    let (rules, unusable) = Rules::parse(list);
    assert_eq!(unusable, []);
    Parser::new().engine(engine).rules(rules).parse_with_report(post).expect("a post").1
}

/// What it takes, the least of several times: the test harness allocates in its own thread meanwhile.
fn least(mut work: impl FnMut()) -> Heap {
    let mut least = measure(&mut work).1;
    for _ in 0..2 {
        let heap = measure(&mut work).1;
        least.allocations = least.allocations.min(heap.allocations);
        least.peak = least.peak.min(heap.peak);
    }
    least
}

/// Lists and posts of some size.
type Case = (&'static str, fn(usize) -> (String, String));

const CASES: [Case; 15] = [
    ("exceptions from one selector", |n| {
        (lines(n, |i| format!("##.x:not(#y)\na{i}.com#@#.x:not(#y)")), "<p class=x>".repeat(n))
    }),
    ("exceptions from many selectors", |n| {
        let selectors = joined(n, |i| format!(".s{i}"), ",");
        (format!("##{selectors}\na.com,~b.a.com#@#{selectors}\nb.com#@#{selectors}"), String::new())
    }),
    ("domains and selectors", |n| {
        let selectors = joined(n, |i| format!(".s{i}"), ",");
        let domains = joined(n, |i| format!("a{i}.com"), ",");
        (format!("{domains}##{selectors}"), "---\nfrom: https://a1.com/\n---\n<p class=s1>".to_owned())
    }),
    ("domains and steps", |n| {
        let steps = joined(n, |i| format!(".s{i}"), " ");
        (format!("{}##{steps}", joined(n, |i| format!("a{i}.com"), ",")), String::new())
    }),
    ("one selector many times", |n| (lines(n, |_| "##.x".to_owned()), "<p class=x></p>".repeat(n))),
    ("one key of many rules", |n| {
        (lines(n, |i| format!("##.x:not(.n{i})")), format!("<p class='{}'>", "x ".repeat(n)))
    }),
    ("one piece of many rules", |n| {
        (lines(n, |i| format!("##[title*=aaaa]:not(.n{i})")), format!("<p title={}>", "a".repeat(n)))
    }),
    ("negations", |n| (format!("##.x{}", ":not(.y)".repeat(n)), "<p class=x></p>".repeat(n))),
    ("classes of one element", |n| {
        let classes = joined(n, |i| format!("c{i}"), " ");
        (lines(n, |i| format!("##.c{i}.d{i}")), format!("<p class='{classes}'></p>"))
    }),
    ("steps around an element", |n| {
        let (outer, inner) = (joined(n, |i| format!("a{i}"), " "), joined(n, |i| format!("b{i}"), " "));
        let post = format!("<div class='{outer}'><p class='{inner}'></p></div>");
        (lines(n, |i| format!("##.a{i} > .b{i}.c")), post)
    }),
    ("a long host", |n| {
        (
            lines(n, |i| format!("a{i}.com##.x")),
            format!("---\nfrom: https://{}com/\n---\n<p>", "a.".repeat(n)),
        )
    }),
    ("removals by a long rule", |n| (format!("##.y{}, .x", ", .z".repeat(n)), "<p class=x></p>".repeat(n))),
    ("removals by a rule for many sites", |n| {
        let domains = joined(n, |i| format!("a{i}.com"), ",");
        (
            format!("{domains}##.x"),
            format!("---\nfrom: https://a1.com/\n---\n{}", "<p class=x></p>".repeat(n)),
        )
    }),
    ("a long class that goes on", |n| {
        let class = joined(n, |i| format!("c{i}"), " ");
        ("##.x".to_owned(), format!("<p><b class='x {class}'></p>{}", "<p>Ad</p>".repeat(n)))
    }),
    ("slots in one another", |n| {
        let slots = "<div class=x>Ad <datalist>".repeat(100);
        ("##.x".to_owned(), format!("{slots}{}", "text ".repeat(n)))
    }),
];

#[test]
fn the_heap_grows_as_lists_and_posts_do() {
    read("##.x", "<p class=x>", Engine::Auto);
    let mut failures = Vec::new();
    for engine in [Engine::Auto, Engine::Reference] {
        for (name, make) in CASES {
            let cost = |size| {
                let (list, post) = make(size);
                let heap = least(|| drop(read(&list, &post, engine)));
                (heap, list.len() + post.len())
            };
            let ((once, _), (twice, bytes)) = (cost(400), cost(800));
            let (peaks, counts) = ((once.peak, twice.peak), (once.allocations, twice.allocations));
            #[allow(clippy::cast_precision_loss)] // A heap is far below 2^52 bytes.
            let growth = |once: usize, twice: usize| twice as f64 / once as f64;
            let counted = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            let (bytes_growth, count_growth) =
                (growth(peaks.0, peaks.1), growth(counted(counts.0), counted(counts.1)));
            println!("{engine:?} {name}: {bytes_growth:.2} {count_growth:.2} {} a byte", peaks.1 / bytes);
            if bytes_growth > MOST_GROWTH || count_growth > MOST_GROWTH || peaks.1 > bytes * MOST_PER_BYTE {
                failures
                    .push(format!("{engine:?}, {name}: {peaks:?} bytes, {counts:?} allocations, of {bytes}"));
            }
        }
    }
    let joined = |count: usize| {
        let one_by_one = |rules: Rules, number: usize| rules.and(Rules::parse(&format!("##.a{number}")).0);
        least(|| assert_eq!((0..count).fold(Rules::none(), one_by_one).len(), count)).allocations
    };
    let (once, twice) = (joined(500), joined(1000));
    if twice * 10 > once * 25 {
        failures.push(format!("lists joined one by one: {once} and {twice} allocations"));
    }
    assert!(failures.is_empty(), "more than twice as much at twice the size\n{}", failures.join("\n"));
}
