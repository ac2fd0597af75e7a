//! Crates that write HTML as Markdown or text.

use std::hint::black_box;

pub(crate) fn htmd(body: &str) -> bool {
    black_box(htmd::convert(body)).is_ok()
}

pub(crate) fn html_to_markdown(body: &str) -> bool {
    black_box(html_to_markdown_rs::convert(body, None)).is_ok()
}

pub(crate) fn fast_html2md(body: &str) -> bool {
    black_box(html2md::rewrite_html(body, true));
    true
}

pub(crate) fn html2text(body: &str) -> bool {
    black_box(html2text::from_read(body.as_bytes(), 80)).is_ok()
}
