//! What was found in a post.

use offprint::Position;

use super::codes::{Code, Level};
use super::levels::Levels;

/// Something that was found in a post.
pub(super) struct Finding {
    pub(super) code: Code,
    pub(super) level: Level,
    /// The position of what is to be mended, as far as there is one.
    pub(super) position: Option<Position>,
    pub(super) message: String,
    /// The path of another post that the message is about too.
    pub(super) other: Option<String>,
}

/// What has been found in a post, without what the user does not want to know.
pub(super) struct Findings<'l> {
    levels: &'l Levels,
    list: Vec<Finding>,
}

impl<'l> Findings<'l> {
    pub(super) fn new(levels: &'l Levels) -> Self {
        Self { levels, list: Vec::new() }
    }

    /// Whether the user wants to know of this.
    pub(super) fn wants(&self, code: Code) -> bool {
        self.levels.is_on(code)
    }

    pub(super) fn add(&mut self, code: Code, position: Option<Position>, message: impl Into<String>) {
        self.add_with_other(code, position, message, None);
    }

    /// Adds a finding about a post and another one.
    pub(super) fn add_with_other(
        &mut self,
        code: Code,
        position: Option<Position>,
        message: impl Into<String>,
        other: Option<String>,
    ) {
        if self.wants(code) {
            let level = self.levels.get(code);
            self.list.push(Finding { code, level, position, message: message.into(), other });
        }
    }

    pub(super) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}
