//! What a post costs on the heap: how many allocations, and how much memory at most, beside the post itself.
//!
//! `OFFPRINT_CORPUS=FOLDER cargo bench --bench heap` also reads the posts in that folder.

#[path = "support/balance.rs"]
mod balance;
#[path = "support/heap.rs"]
mod heap;
mod support;

use offprint::{HtmlEngine, MetadataEngine, Parser};

use heap::{Heap, measure};
use support::corpus;

/// What a post took, and how large it is.
struct Cost {
    heap: Heap,
    /// What its result takes by itself, with no room to spare; the peak cannot be less.
    result: usize,
    bytes: usize,
}

impl Cost {
    fn peak_ratio(&self) -> f64 {
        ratio(self.heap.peak, self.bytes)
    }

    fn result_ratio(&self) -> f64 {
        ratio(self.result, self.bytes)
    }
}

#[allow(clippy::cast_precision_loss)] // Sizes of posts are far below 2^52.
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Posts that are reported together.
#[derive(Default)]
struct Group {
    name: String,
    costs: Vec<Cost>,
}

fn main() {
    let parser = Parser::new();
    // What is made once for all posts is no post's.
    let warm = parser.parse("---\ntitle: Tea\n---\n<p>Tea</p>").is_ok();
    assert!(warm, "a plain post can be read");

    println!(
        "| posts | | allocations: median | 99 % | most | peak / size: median | 99 % | most | result / size: median | 99 % | most |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for family in support::families() {
        let costs = family.posts.iter().map(|post| cost(&parser, post).0).collect();
        print(Group { name: family.name.to_owned(), costs });
    }
    if let Some(family) = corpus::from_env() {
        let mut groups: Vec<Group> = Vec::new();
        for post in &family.posts {
            let (cost, name) = cost(&parser, post);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.costs.push(cost),
                None => groups.push(Group { name: name.to_owned(), costs: vec![cost] }),
            }
        }
        groups.sort_by(|a, b| a.name.cmp(&b.name));
        groups.into_iter().for_each(print);
    }
}

/// What a post costs, and which posts of a folder it is like.
fn cost(parser: &Parser, post: &str) -> (Cost, &'static str) {
    let (result, heap) = measure(|| parser.parse_with_report(post));
    let copied = result.as_ref().map_or(0, |(post, _)| measure(|| post.clone()).1.peak);
    let name = match result {
        Err(_) => "corpus, errors",
        Ok((_, report)) if report.html_engine == Some(HtmlEngine::Dom) => "corpus, body by the reference",
        Ok((_, report)) if report.metadata_engine == Some(MetadataEngine::Yaml) => {
            "corpus, metadata by the reference"
        }
        Ok(_) if balance::is_balanced(support::body(post)) => "corpus, balanced",
        Ok(_) => "corpus, other",
    };
    (Cost { heap, result: copied, bytes: post.len() }, name)
}

fn print(mut group: Group) {
    let peaks = sorted(group.costs.iter().map(Cost::peak_ratio));
    let results = sorted(group.costs.iter().map(Cost::result_ratio));
    group.costs.sort_by_key(|cost| cost.heap.allocations);
    let allocations = |percent| at(&group.costs, percent).heap.allocations;
    println!(
        "| {} | {} | {} | {} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
        group.name,
        group.costs.len(),
        allocations(50),
        allocations(99),
        allocations(100),
        at(&peaks, 50),
        at(&peaks, 99),
        at(&peaks, 100),
        at(&results, 50),
        at(&results, 99),
        at(&results, 100),
    );
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The value that this percentage of the sorted values does not exceed.
fn at<T>(sorted: &[T], percent: usize) -> &T {
    &sorted[(sorted.len() * percent).div_ceil(100).max(1) - 1]
}
