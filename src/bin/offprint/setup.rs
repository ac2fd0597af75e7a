//! What a run works with: the parser that the user asks for, and the threads.

use std::fs;
use std::path::PathBuf;

use offprint::{Limits, Parser, Rules, UnusableRule};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::args::ConvertOptions;
use crate::summary::grouped;
use crate::{Failure, color, names, warn};

/// The most bytes of a post, unless the user says more; no more of a file is read into memory.
pub(crate) const INPUT_BYTES: usize = 64 << 20;
/// Posts may nest as deep as the default limits allow, and are written and dropped recursively. Threads have
/// 2 MiB otherwise, which builds without optimisation can outgrow.
const STACK_BYTES: usize = 8 << 20;

/// The limits that the user asks for.
pub(crate) fn limits(options: &ConvertOptions) -> Limits {
    let limits = Limits::default().input_bytes(INPUT_BYTES);
    options.limits.iter().fold(limits, |limits, limit| limit.apply(limits))
}

/// The parser, and the texts of the files of rules that it has been given.
pub(crate) fn parser(options: &ConvertOptions) -> Result<(Parser, Vec<String>), Failure> {
    let mut rules = if options.no_ads { Rules::none() } else { Rules::ads() };
    if options.furniture {
        rules = rules.and(Rules::furniture());
    }
    let mut lists = Vec::new();
    for path in &options.rules {
        let list = read(path)?;
        rules = rules.and(usable_rules(&names::text(path), &list));
        lists.push(list);
    }
    let parser = Parser::new()
        .engine(options.engine)
        .recover(options.recover)
        .rules(rules)
        .body_format(options.body)
        .templates(options.templates)
        .limits(limits(options));
    Ok((parser, lists))
}

fn read(path: &PathBuf) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|error| Failure::Message(format!("offprint: cannot read {}: {error}", names::text(path))))
}

/// The rules of a filter list. Lines that cannot be used are warned about; those that block requests, which
/// are most of many lists and no mistake, all in one.
fn usable_rules(name: &str, list: &str) -> Rules {
    let (rules, unusable) = Rules::parse(list);
    let (network, unusable): (Vec<_>, Vec<_>) = unusable.into_iter().partition(UnusableRule::is_network_rule);
    if let [first, ..] = &network[..] {
        let (lines, block) = if network.len() == 1 { ("line", "blocks") } else { ("lines", "block") };
        let number = grouped(network.len() as u64);
        warn(&format!(
            "{} {number} {lines} of this list {block} requests and cannot be used: no page is loaded here",
            color::place(&format!("{name}:{}:", first.line))
        ));
    }
    for rule in unusable {
        let place = color::place(&format!("{name}:{}:", rule.line));
        warn(&format!("{place} the rule `{}` cannot be used and is left out: {}", rule.rule, rule.reason));
    }
    rules
}

pub(crate) fn thread_pool(jobs: Option<u16>) -> Result<ThreadPool, Failure> {
    ThreadPoolBuilder::new()
        // 0 is one thread for each core.
        .num_threads(jobs.map_or(0, usize::from))
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| Failure::Message(format!("offprint: cannot start the threads: {error}")))
}
