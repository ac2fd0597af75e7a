//! How findings are written.

mod github;
mod json_lines;
mod sarif;
mod text;

use super::args::CheckFormat;
use super::finding::Finding;
use super::levels::Levels;

/// Writes findings, of one post after another.
pub(super) struct Writer {
    format: CheckFormat,
    /// Whether a finding has been written.
    has_begun: bool,
}

impl Writer {
    pub(super) fn new(format: CheckFormat) -> Self {
        Self { format, has_begun: false }
    }

    /// What stands before all findings.
    pub(super) fn begin(&self, levels: &Levels) -> String {
        match self.format {
            CheckFormat::Sarif => sarif::begin(levels),
            CheckFormat::Text | CheckFormat::Jsonl | CheckFormat::Github => String::new(),
        }
    }

    /// Appends the findings of a post.
    pub(super) fn write(&mut self, out: &mut String, path: &str, findings: &[Finding]) {
        for finding in findings {
            match self.format {
                CheckFormat::Text => text::write(out, path, finding),
                CheckFormat::Jsonl => json_lines::write(out, path, finding),
                CheckFormat::Sarif => sarif::write(out, path, finding, !self.has_begun),
                CheckFormat::Github => github::write(out, path, finding),
            }
            self.has_begun = true;
        }
    }

    /// What stands after all findings.
    pub(super) fn end(&self) -> &'static str {
        match self.format {
            CheckFormat::Sarif => sarif::END,
            CheckFormat::Text | CheckFormat::Jsonl | CheckFormat::Github => "",
        }
    }
}
