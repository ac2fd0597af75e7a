//! What a run has found, in numbers.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write;

use super::codes::{Code, Level};
use super::finding::Finding;
use crate::summary::{counted, grouped, posts};

#[derive(Default)]
pub(super) struct Summary {
    posts: u64,
    /// The posts in which something was found.
    odd: u64,
    warnings: u64,
    pub(super) errors: u64,
    counts: HashMap<Code, u64>,
}

impl Summary {
    /// Counts a post.
    pub(super) fn add(&mut self, findings: &[Finding]) {
        self.posts += 1;
        self.odd += u64::from(!findings.is_empty());
        for finding in findings {
            let is_error = finding.level == Level::Error;
            *if is_error { &mut self.errors } else { &mut self.warnings } += 1;
            *self.counts.entry(finding.code).or_default() += 1;
        }
    }

    /// A line for each code, the most frequent first, and one for all.
    pub(super) fn text(&self) -> String {
        let mut counts: Vec<_> = self.counts.iter().map(|(code, count)| (*count, code.as_str())).collect();
        counts.sort_by_key(|(count, code)| (Reverse(*count), *code));
        let width = counts.first().map_or(0, |(count, _)| count.to_string().len());
        let mut text = String::new();
        for (count, code) in counts {
            // Writing to memory does not fail.
            let _ = writeln!(text, "{count:>width$} {code}");
        }
        let checked = format!("{} checked", posts(self.posts));
        if self.odd == 0 {
            return format!("{checked}, nothing found");
        }
        let (errors, warnings) = (counted(self.errors, "error"), counted(self.warnings, "warning"));
        text + &format!("{checked}: {errors} and {warnings} in {} of them", grouped(self.odd))
    }
}
