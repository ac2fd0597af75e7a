//! Crates at work on posts, and how long each takes.

use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};

use cpu_time::ThreadTime;

use crate::tables::Peer;

pub(crate) const ROUNDS: usize = 15;

/// A round takes the posts again and again until each crate has had this many bytes of what it reads of them,
/// since a clock that is read too often measures itself. Those that read only the front matter would
/// otherwise see each post once, and the first of them would fetch it from memory for the others.
const ROUND_BYTES: usize = 4_000_000;

/// A crate at work on the posts of a class.
pub(crate) struct Subject<'a> {
    peer: &'a Peer,
    parts: Vec<&'a str>,
    /// On how many posts it came to no result.
    pub(crate) failures: usize,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(peer: &'a Peer, posts: &[&'a str]) -> Self {
        let parts: Vec<_> = posts.iter().map(|post| peer.part.of(post)).collect();
        let failures = parts.iter().filter(|part| !attempt(peer, part)).count();
        Self { peer, parts, failures }
    }

    fn run(&self) {
        for part in &self.parts {
            black_box(attempt(self.peer, black_box(part)));
        }
    }

    /// How often a round takes the posts.
    fn passes(&self) -> usize {
        ROUND_BYTES.div_ceil(self.bytes().max(1))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }
}

/// Whether the crate comes to a result.
fn attempt(peer: &Peer, part: &str) -> bool {
    panic::catch_unwind(AssertUnwindSafe(|| (peer.work)(part))).unwrap_or(false)
}

/// The seconds that all posts took in each round, in the order of the subjects.
#[allow(clippy::cast_precision_loss)] // Counts of passes are far below 2^52.
pub(crate) fn time(subjects: &[Subject<'_>]) -> Vec<Vec<f64>> {
    let mut times = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    for _ in 0..ROUNDS {
        for (subject, times) in subjects.iter().zip(&mut times) {
            let start = ThreadTime::now();
            (0..subject.passes()).for_each(|_| subject.run());
            times.push(start.elapsed().as_secs_f64() / subject.passes() as f64);
        }
    }
    times
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
