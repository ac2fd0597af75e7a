//! HTML gives the same post, Markdown says the same, and neither holds anything that runs.
//!
//! An input that is a post's JSON is written too: nothing has made sure that its marks and URLs are in order.

#![no_main]

#[path = "../support/judge.rs"]
mod judge;
#[path = "../../tests/support/rendered.rs"]
mod rendered;

use libfuzzer_sys::fuzz_target;
use offprint::{Limits, Parser, Post, Rules};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(post) = serde_json::from_slice::<Post<'_>>(bytes) {
        let _ = post.to_text();
        is_harmless(&post);
        return;
    }
    // Elements that a post does without are in its HTML.
    let parser = Parser::new().recover(true).rules(Rules::none()).limits(Limits::default().depth(100));
    let Ok(post) = parser.parse_bytes(bytes) else { return };
    is_harmless(&post);
    for check in [rendered::html_is_faithful, rendered::markdown_says_the_same] {
        if let Err(message) = check(&post) {
            panic!("{message}");
        }
    }
});

fn is_harmless(post: &Post<'_>) {
    judge::finds_nothing(&post.to_html());
    judge::finds_nothing(&rendered::shown(&post.to_markdown()));
}
