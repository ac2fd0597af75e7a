//! The options that say how much is told.

use clap::Args;

use crate::progress::Progress;

/// How much is told on standard error.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Noise {
    /// Leave out the line at the end that counts the posts, and the progress on a terminal.
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// Tell each file that is written.
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

impl Noise {
    /// The progress, if it is to be shown.
    pub(crate) fn progress(self, posts_go_to_stdout: bool) -> Progress {
        if self.quiet { Progress::hidden() } else { Progress::new(posts_go_to_stdout) }
    }

    /// Tells which files have been written, if that is to be told.
    pub(crate) fn tell_written(self, progress: &Progress, files: &[String]) {
        if self.verbose && !files.is_empty() {
            let lines: Vec<String> = files.iter().map(|file| format!("wrote {file}")).collect();
            progress.warn(&lines.join("\n"));
        }
    }
}
