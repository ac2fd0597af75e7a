//! Readers of HTML that leave it at a tree, or at being called.

use std::hint::black_box;

use html5ever::tendril::TendrilSink as _;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::RcDom;

pub(crate) fn html5ever(body: &str) -> bool {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let options = html5ever::ParseOpts::default();
    black_box(parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(body));
    true
}

pub(crate) fn lol_html_handlers(body: &str) -> bool {
    let mut elements = 0_usize;
    let mut text_bytes = 0_usize;
    let settings = lol_html::Settings::new()
        .append_element_content_handler(lol_html::element!("*", |_element| {
            elements += 1;
            Ok(())
        }))
        .append_document_content_handler(lol_html::doc_text!(|text| {
            text_bytes += text.as_str().len();
            Ok(())
        }));
    let done = rewrite(body, settings);
    black_box((elements, text_bytes));
    done
}

pub(crate) fn lol_html_text(body: &str) -> bool {
    let mut text_bytes = 0_usize;
    let handler = lol_html::doc_text!(|text| {
        text_bytes += text.as_str().len();
        Ok(())
    });
    let done = rewrite(body, lol_html::Settings::new().append_document_content_handler(handler));
    black_box(text_bytes);
    done
}

/// What is written is thrown away.
fn rewrite(body: &str, settings: lol_html::Settings<'_, '_>) -> bool {
    let mut rewriter = lol_html::HtmlRewriter::new(settings, |bytes: &[u8]| {
        black_box(bytes);
    });
    rewriter.write(body.as_bytes()).is_ok() && rewriter.end().is_ok()
}

pub(crate) fn tl(body: &str) -> bool {
    black_box(tl::parse(body, tl::ParserOptions::default())).is_ok()
}

pub(crate) fn astral_tl(body: &str) -> bool {
    black_box(astral_tl::parse(body, astral_tl::ParserOptions::default())).is_ok()
}
