//! From Markdown to HTML.

use std::borrow::Cow;

use super::rewritten::Rewritten;
use crate::source_map::SourceMap;

/// The HTML of a Markdown text, with a map from the HTML to the text if one is wanted.
pub(super) fn to_html(text: &str, with_map: bool) -> Rewritten<'static> {
    let mut html = String::with_capacity(text.len() + text.len() / 2);
    let map = SourceMap::new(with_map);
    for event in pulldown_cmark::Parser::new(text) {
        if let pulldown_cmark::Event::Text(text) = event {
            html.push_str(&text);
        }
    }
    Rewritten { text: Cow::Owned(html), map }
}
