//! How far a run is, for a user who looks on.

use std::fmt::Write;
use std::io::{IsTerminal, stderr, stdout};
use std::thread;
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use crate::warn;

/// Posts are converted while the folders are walked: how many there are is not known at first, if ever.
const WITHOUT_TOTAL: &str = "{spinner} {human_pos} posts in {elapsed}{rate}";
const WITH_TOTAL: &str = "{spinner} {human_pos} of {human_len} posts in {elapsed}{rate}{left}";

/// The line at the foot of the terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Visible on a terminal that the posts are not written to.
    pub(crate) fn new(posts_go_to_stdout: bool) -> Self {
        if !stderr().is_terminal() || (posts_go_to_stdout && stdout().is_terminal()) {
            return Self::hidden();
        }
        let bar = ProgressBar::new_spinner();
        set_style(&bar, WITHOUT_TOTAL);
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    pub(crate) fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Shows what is left, too, as soon as `count` has found out how many posts there are. That is asked only
    /// if someone looks on, and beside the run.
    pub(crate) fn count(&self, count: impl FnOnce() -> Option<u64> + Send + 'static) {
        if self.0.is_hidden() {
            return;
        }
        let bar = self.0.clone();
        // Without a thread there is no total: nothing else depends on it.
        let _ = thread::Builder::new().name("count".to_owned()).spawn(move || {
            if let Some(total) = count() {
                set_style(&bar, WITH_TOTAL);
                bar.set_length(total);
            }
        });
    }

    pub(crate) fn advance(&self, posts: u64) {
        self.0.inc(posts);
    }

    /// Writes a message above the line.
    pub(crate) fn warn(&self, message: &str) {
        self.0.suspend(|| warn(message));
    }
}

fn set_style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", write_rate).with_key("left", write_left));
    }
}

// Before the first posts are done nothing is known. Writing to memory does not fail.

fn write_rate(state: &ProgressState, out: &mut dyn Write) {
    if state.pos() > 0 {
        let _ = write!(out, ", {:.0} a second", state.per_sec());
    }
}

fn write_left(state: &ProgressState, out: &mut dyn Write) {
    if state.pos() > 0 {
        let _ = write!(out, ", {:#} left", HumanDuration(state.eta()));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
