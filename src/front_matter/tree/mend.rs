//! What the line readers of broken TOML and JSON share: they keep the texts of broken values, and of what has
//! no key, and each repair is a diagnostic.

use std::borrow::Cow;

use super::model::{Kind, Pair, Tree};
use crate::front_matter::entry::Node;
use crate::front_matter::locator::Locator;
use crate::front_matter::recover::texts::{comment_start, flow_items, is_list, unquote};
use crate::front_matter::recover::{UNREAD, cut_value};
use crate::front_matter::refusal::Refusal;
use crate::report::{Diagnostic, DiagnosticKind};

/// What was read of a broken block.
#[derive(Default)]
pub(crate) struct Recovered<'a> {
    /// The top-level entries in order.
    pub(crate) pairs: Vec<Pair<'a>>,
    /// The texts without a key.
    pub(crate) unread: Vec<Node<'a>>,
}

/// Notes the repairs of a block.
pub(crate) struct Log<'s, 'a> {
    pub(crate) locator: &'s mut Locator<'a>,
    pub(crate) diagnostics: &'s mut Vec<Diagnostic>,
    pub(crate) unread: Vec<Node<'a>>,
}

impl<'a> Log<'_, 'a> {
    /// Notes a repair. Positions are bytes of the text of the block.
    pub(crate) fn report(&mut self, at: usize, message: String) {
        let position = Some(self.locator.position(at));
        self.diagnostics.push(Diagnostic { kind: DiagnosticKind::RecoveredMetadata, message, position });
    }

    /// Notes that the value of a key is kept as its source text, because of what a parser says about it.
    pub(crate) fn report_value(&mut self, key: &str, at: usize, refusal: &Refusal) {
        let reason = refusal.reason();
        self.report(at, format!("the value of `{key}` is kept as it stands: {reason}"));
    }

    /// Keeps a text that has no key.
    pub(crate) fn keep_unread(&mut self, at: usize, text: &'a str, what: &str) {
        self.report(at, format!("{what}: kept under `{UNREAD}`"));
        self.unread.push(Node::Text(Cow::Borrowed(text.trim())));
    }

    /// The value that a broken text under a key most likely stands for: a text without the quotes around it,
    /// or a list of such texts.
    pub(crate) fn value(&mut self, key: &str, text: &'a str, at: usize, comments: bool) -> Kind<'a> {
        let long = [r#"""""#, "'''"].into_iter().find(|quotes| text.starts_with(quotes));
        if let Some(quotes) = long {
            let inner = &text[quotes.len()..];
            let inner = inner.strip_suffix(quotes).unwrap_or(inner);
            return Kind::Text(Cow::Borrowed(inner.trim_start_matches(['\r', '\n'])));
        }
        if text.starts_with(['"', '\'']) {
            let (inner, comment) = unquote(text);
            if let Some(comment) = comment {
                self.report_cut(key, at + text.len() - comment.len());
            }
            return Kind::Text(Cow::Borrowed(inner));
        }
        let end = if comments { comment_start(text).unwrap_or(text.len()) } else { text.len() };
        if end < text.len() {
            self.report_cut(key, at + end);
        }
        let text = text[..end].trim_end();
        if text.is_empty() {
            Kind::Null
        } else if is_list(key, text) {
            let item = |text| Tree { kind: Kind::Text(Cow::Borrowed(text)), span: at..at };
            Kind::List(text.lines().flat_map(|line| flow_items(line.trim())).map(item).collect())
        } else {
            Kind::Text(Cow::Borrowed(text))
        }
    }

    fn report_cut(&mut self, key: &str, at: usize) {
        self.diagnostics.push(cut_value(key, self.locator.position(at)));
    }
}
