//! Times offprint and other crates on the same posts, side by side in one run, and prints a table.
//!
//! Each round lets each of them do all of the posts once, so that noise hits all alike. Times are those of
//! the thread's processor, medians over the rounds; a ratio is the median of the rounds' ratios. What is made
//! of a post is also dropped in that time. A post on which a crate fails or panics counts as it is, and is
//! counted.

mod peers;
#[path = "../../support/mod.rs"]
mod support;

use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;

use cpu_time::ThreadTime;

use peers::{METADATA, PEERS, Peer, WHOLE};
use support::Family;

const ROUNDS: usize = 15;

/// A round takes the posts again and again until each crate has had this many bytes of what it reads of them,
/// since a clock that is read too often measures itself. Those that read only the front matter would
/// otherwise see each post once, and the first of them would fetch it from memory for the others.
const ROUND_BYTES: usize = 4_000_000;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let family = match &arguments[..] {
        [] => support::archive(),
        [folder] if !folder.to_string_lossy().starts_with('-') => {
            support::corpus::in_folder("folder", Path::new(folder))
        }
        _ => {
            eprintln!("usage: offprint-peers [FOLDER]\n\ntimes the posts in FOLDER, or invented ones");
            return ExitCode::from(2);
        }
    };
    panic::set_hook(Box::new(|_| {}));
    let subjects: Vec<Subject> = PEERS.iter().map(|peer| Subject::new(peer, &family)).collect();
    let times = time(&subjects);
    println!("{} posts, {} bytes, medians of {ROUNDS} rounds", family.posts.len(), family.bytes());
    println!();
    print(&subjects, &times);
    ExitCode::SUCCESS
}

/// A crate at work on the posts.
struct Subject<'a> {
    peer: &'a Peer,
    parts: Vec<&'a str>,
    /// On how many posts it came to no result.
    failures: usize,
}

impl<'a> Subject<'a> {
    fn new(peer: &'a Peer, family: &'a Family) -> Self {
        let parts: Vec<_> = family.posts.iter().map(|post| peer.part.of(post)).collect();
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

    fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }
}

/// Whether the crate comes to a result.
fn attempt(peer: &Peer, part: &str) -> bool {
    panic::catch_unwind(AssertUnwindSafe(|| (peer.work)(part))).unwrap_or(false)
}

/// The seconds that all posts took in each round, in the order of the subjects.
#[allow(clippy::cast_precision_loss)] // Counts of passes are far below 2^52.
fn time(subjects: &[Subject<'_>]) -> Vec<Vec<f64>> {
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

#[allow(clippy::cast_precision_loss)] // Counts of bytes and of posts are far below 2^52.
fn print(subjects: &[Subject<'_>], times: &[Vec<f64>]) {
    println!("| | reads | µs a post | MB/s | times as long | failures |");
    println!("|---|---|--:|--:|--:|--:|");
    for (index, (subject, own)) in subjects.iter().zip(times).enumerate() {
        let seconds = median(own.iter().copied());
        let base = if index < METADATA { WHOLE } else { METADATA };
        let ratio = median(own.iter().zip(&times[base]).map(|(time, base)| time / base));
        println!(
            "| {} | {} | {:.2} | {:.0} | {ratio:.2} | {} |",
            subject.peer.name,
            subject.peer.part.name(),
            seconds * 1e6 / subject.parts.len() as f64,
            subject.bytes() as f64 / seconds / 1e6,
            subject.failures,
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
