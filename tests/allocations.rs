//! What a post may take from the heap: counts, which are the same on every machine.

#[path = "../benches/support/heap.rs"]
mod heap;
#[path = "../benches/support/mod.rs"]
mod support;

use std::fmt::Write as _;

use heap::{Heap, measure};
use offprint::{Block, Parser};

/// How many allocations a video post of one paragraph may take: three for the lists of its metadata, one for
/// its blocks, two for its text, which has references and line breaks, and so is copied, into a buffer that then
/// is made as small as the text.
const ALLOCATIONS: u64 = 6;

/// The most bytes on the heap at one time, in hundredths of the size of the post. The aim is 100 for all.
///
/// - `video`: one text, and the open elements.
/// - `news`, `magazine`: images with their files, marks, and texts that are copied because they are indented.
/// - `balanced`: hardly any text, so that the blocks and the lists around them are larger than their tags. An
///   item takes 64 bytes and a block 120, a third of them for ids and numbers that few posts have.
const PEAKS: [(&str, usize); 4] = [("video", 101), ("news", 125), ("magazine", 147), ("balanced", 288)];

/// The blocks of a post, and what it takes to read it.
///
/// Each time it is the same; but what the test harness allocates meanwhile in its own thread counts as well,
/// so that the least of several times is the post's.
fn measured<'a>(parser: &Parser, post: &'a str) -> (Vec<Block<'a>>, Heap) {
    let (result, mut least) = measure(|| parser.parse(post));
    for _ in 0..3 {
        let (_, heap) = measure(|| parser.parse(post));
        least.allocations = least.allocations.min(heap.allocations);
        least.peak = least.peak.min(heap.peak);
    }
    (result.expect("an invented post can be read").blocks, least)
}

// One test, since all threads of a program share one heap.
#[test]
fn posts_take_little_from_the_heap() {
    let parser = Parser::new();
    // What is made once for all posts is no post's.
    parser.parse("<p class=tea>Tea</p>").expect("a post");

    let mut failures = String::new();
    for family in support::families() {
        for (number, post) in family.posts.iter().enumerate() {
            let (blocks, heap) = measured(&parser, post);
            let name = family.name;
            let (_, percent) =
                PEAKS.iter().find(|(other, _)| *other == name).expect("each family has a bound");
            if heap.peak * 100 > post.len() * percent {
                let (peak, bytes) = (heap.peak, post.len());
                let _ = writeln!(failures, "{name} {number}: {peak} bytes for a post of {bytes}");
            }
            if name != "video" {
                continue;
            }
            assert!(
                matches!(&blocks[..], [Block::Paragraph(_)]),
                "a video post is one paragraph: {blocks:?}"
            );
            if heap.allocations > ALLOCATIONS {
                let _ = writeln!(failures, "{name} {number}: {} allocations", heap.allocations);
            }
        }
    }
    assert!(failures.is_empty(), "more than a post may take\n{failures}");
}
