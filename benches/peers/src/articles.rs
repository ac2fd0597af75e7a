//! Crates that look for the article in a page.

use std::hint::black_box;

pub(crate) fn dom_smoothie(body: &str) -> bool {
    dom_smoothie::Readability::new(body, None, None)
        .and_then(|mut readability| readability.parse())
        .is_ok_and(|article| !black_box(article).text_content.is_empty())
}

pub(crate) fn legible(body: &str) -> bool {
    black_box(legible::parse(body, None, None)).is_ok()
}

pub(crate) fn trafilatura(body: &str) -> bool {
    black_box(trafilatura::extract(body, &trafilatura::Options::default())).is_ok()
}
