//! How far a run is, for a user who looks on.

use std::io::{IsTerminal, stderr, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::warn;

/// The line at the foot of the terminal. It has no total: posts are converted while the folders are walked.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Visible on a terminal that the posts are not written to.
    pub(crate) fn new(posts_go_to_stdout: bool) -> Self {
        if !stderr().is_terminal() || (posts_go_to_stdout && stdout().is_terminal()) {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {human_pos} posts in {elapsed} ({per_sec})")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    pub(crate) fn advance(&self, posts: u64) {
        self.0.inc(posts);
    }

    /// Writes a message above the line.
    pub(crate) fn warn(&self, message: &str) {
        self.0.suspend(|| warn(message));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
