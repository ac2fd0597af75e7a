//! Posts that are written in Markdown.

use crate::pipelines::{read_by_scraper, with_metadata};

/// Markdown to HTML, and what scraper finds in that.
pub(crate) fn scraper(post: &str) -> bool {
    with_metadata(post, |body| {
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::all()),
        );
        Some(read_by_scraper(&html))
    })
}
