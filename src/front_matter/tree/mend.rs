//! What the line readers of broken TOML and JSON share: they keep the texts of broken values, and of what has
//! no key, and each repair is a diagnostic.

use std::borrow::Cow;

use super::model::{Kind, Pair, Tree};
use crate::front_matter::entry::Node;
use crate::front_matter::recover::log::Log;
use crate::front_matter::recover::texts::{comment_start, flow_items, is_list, unquote};
use crate::front_matter::refusal::Refusal;

/// What was read of a broken block.
#[derive(Default)]
pub(crate) struct Recovered<'a> {
    /// The top-level entries in order.
    pub(crate) pairs: Vec<Pair<'a>>,
    /// The texts without a key.
    pub(crate) unread: Vec<Node<'a>>,
}

impl<'a> Log<'_, 'a> {
    /// Notes that the value of a key is kept as its source text, because of what a parser says about it.
    pub(crate) fn report_value(&mut self, key: &str, at: usize, refusal: &Refusal) {
        let reason = refusal.reason();
        self.report(at, format!("the value of `{key}` is kept as it stands: {reason}"));
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
}
