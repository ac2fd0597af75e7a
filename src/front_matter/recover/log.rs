//! The repairs of a block of front matter that is broken, each of which is a diagnostic.

use std::borrow::Cow;

use crate::error::Position;
use crate::front_matter::entry::Node;
use crate::front_matter::locator::Locator;
use crate::report::{Diagnostic, DiagnosticKind};

/// The key of the pieces that have no key. Underscores make it longer if the post has that key itself.
pub(super) const UNREAD: &str = "unread_lines";

/// Notes the repairs of a block. Positions are bytes of the text of the block.
pub(crate) struct Log<'s, 'a> {
    pub(crate) locator: &'s mut Locator<'a>,
    pub(crate) diagnostics: &'s mut Vec<Diagnostic>,
    /// The pieces without a key.
    pub(crate) unread: Vec<Node<'a>>,
}

impl<'s, 'a> Log<'s, 'a> {
    pub(crate) fn new(locator: &'s mut Locator<'a>, diagnostics: &'s mut Vec<Diagnostic>) -> Self {
        Self { locator, diagnostics, unread: Vec::new() }
    }

    /// Notes a repair.
    pub(crate) fn report(&mut self, at: usize, message: String) {
        let position = Some(self.locator.position(at));
        self.diagnostics.push(Diagnostic { kind: DiagnosticKind::RecoveredMetadata, message, position });
    }

    /// Notes that escapes which stand for parts of a character are read as the character.
    pub(crate) fn report_escapes(&mut self, at: usize, escapes: &str, parts: &str, char: char) {
        self.report(at, format!("the escapes `{escapes}` are {parts}: read as `{char}`"));
    }

    /// Notes that a comment cuts the value of a key short.
    pub(crate) fn report_cut(&mut self, key: &str, at: usize) {
        self.diagnostics.push(cut_value(key, self.locator.position(at)));
    }

    /// Keeps a piece that has no key; `what` says why it has none.
    pub(crate) fn keep_unread(&mut self, at: usize, piece: &'a str, what: &str) {
        self.report(at, format!("{what}: kept under `{UNREAD}`"));
        self.unread.push(Node::Text(Cow::Borrowed(piece.trim())));
    }
}

pub(super) fn cut_value(key: &str, position: Position) -> Diagnostic {
    Diagnostic {
        kind: DiagnosticKind::CutValue,
        message: format!("` #` begins a comment and cuts the value of `{key}` short"),
        position: Some(position),
    }
}
