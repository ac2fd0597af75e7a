//! Times offprint and other crates on the same posts, side by side in one run, and prints tables.
//!
//! Each round lets each of them do all of the posts once, so that noise hits all alike. Times are those of
//! the thread's processor, medians over the rounds; a ratio is the median of the rounds' ratios. What is made
//! of a post is also dropped in that time. A post on which a crate fails or panics counts as it is, and is
//! counted.

mod articles;
mod markdown;
mod own;
mod parts;
mod pipelines;
#[path = "../../support/mod.rs"]
mod support;
mod tables;
mod timing;
mod trees;
mod writers;

use std::panic;
use std::path::Path;
use std::process::ExitCode;

use tables::{TABLES, Table};
use timing::{ROUNDS, Subject, median, time};

/// Posts that are told apart in a table; the first class holds all.
struct Class {
    name: &'static str,
    posts: Vec<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let classes = match &arguments[..] {
        [] => invented(),
        [folder] if !folder.to_string_lossy().starts_with('-') => by_size(Path::new(folder)),
        _ => {
            eprintln!("usage: offprint-peers [FOLDER]\n\ntimes the posts in FOLDER, or invented ones");
            return ExitCode::from(2);
        }
    };
    panic::set_hook(Box::new(|_| {}));
    for Class { name, posts } in &classes {
        let bytes: usize = posts.iter().map(String::len).sum();
        println!("{name}: {} posts, {bytes} bytes", posts.len());
    }
    println!("medians of {ROUNDS} rounds");
    for table in &TABLES {
        print(table, &classes);
    }
    ExitCode::SUCCESS
}

/// The families of invented posts.
fn invented() -> Vec<Class> {
    let mut families = vec![support::archive()];
    families.extend(support::families());
    families.into_iter().map(|family| Class { name: family.name, posts: family.posts }).collect()
}

/// The posts of a folder, all and by their sizes in bytes.
fn by_size(folder: &Path) -> Vec<Class> {
    let all = support::corpus::in_folder("all", folder).posts;
    let class = |name, least: usize, most: usize| Class {
        name,
        posts: all.iter().filter(|post| (least..=most).contains(&post.len())).cloned().collect(),
    };
    vec![
        class("all", 0, usize::MAX),
        class("≤ 1.5 kB", 0, 1500),
        class("1.5–8 kB", 1501, 8000),
        class("> 8 kB", 8001, usize::MAX),
    ]
}

/// Prints how many times as long as the first peer each takes, by class. The time of a post and the failures
/// are those of all posts.
#[allow(clippy::cast_precision_loss)] // Counts of bytes and of posts are far below 2^52.
fn print(table: &Table, classes: &[Class]) {
    let classes: Vec<(&str, Vec<&str>)> = classes
        .iter()
        .map(|class| (class.name, class.posts.iter().map(String::as_str)))
        .map(|(name, posts)| (name, posts.filter(|post| (table.takes)(post)).collect()))
        .filter(|(_, posts): &(_, Vec<_>)| !posts.is_empty())
        .collect();
    let Some((_, all)) = classes.first() else { return };
    println!("\n## {} ({} posts)\n", table.title, all.len());
    let names: Vec<&str> = classes.iter().map(|(name, _)| *name).collect();
    println!("| | reads | µs a post | MB/s | {} | failures |", names.join(" | "));
    println!("|---|---|--:|--:|{}--:|", "--:|".repeat(names.len()));

    let measured: Vec<(Vec<Subject>, Vec<Vec<f64>>)> = classes
        .iter()
        .map(|(_, posts)| {
            let subjects: Vec<_> = table.peers.iter().map(|peer| Subject::new(peer, posts)).collect();
            let times = time(&subjects);
            (subjects, times)
        })
        .collect();
    for (index, peer) in table.peers.iter().enumerate() {
        let (subjects, times) = &measured[0];
        let seconds = median(times[index].iter().copied());
        let ratios: Vec<String> = measured
            .iter()
            .map(|(_, times)| median(times[index].iter().zip(&times[0]).map(|(time, own)| time / own)))
            .map(|ratio| format!("{ratio:.2}"))
            .collect();
        println!(
            "| {} | {} | {:.2} | {:.0} | {} | {} |",
            peer.name,
            peer.part.name(),
            seconds * 1e6 / all.len() as f64,
            subjects[index].bytes() as f64 / seconds / 1e6,
            ratios.join(" | "),
            subjects[index].failures,
        );
    }
}
