//! What a user would put together: gray_matter for the metadata, and a reader of HTML for the decoded text of
//! each paragraph and the URL of each image.

use std::cell::RefCell;
use std::hint::black_box;
use std::sync::LazyLock;

use gray_matter::engine::YAML;
use gray_matter::{Matter, ParsedEntity};
use html_escape::decode_html_entities;
use html5ever::tendril::TendrilSink as _;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use scraper::Selector;

/// What is made of a body.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) paragraphs: Vec<String>,
    pub(crate) images: Vec<String>,
}

/// Reads the metadata, and lets a reader of HTML read the body.
pub(crate) fn with_metadata(post: &str, body: impl FnOnce(&str) -> Option<Found>) -> bool {
    let parsed: gray_matter::Result<ParsedEntity> = Matter::<YAML>::new().parse(post);
    let Ok(parsed) = black_box(parsed) else { return false };
    black_box(body(&parsed.content)).is_some()
}

pub(crate) fn metadata(head: &str) -> bool {
    let parsed: gray_matter::Result<ParsedEntity> = Matter::<YAML>::new().parse(head);
    black_box(parsed).is_ok()
}

/// `tl` and its fork have the same interface.
macro_rules! read_by_tl {
    ($tl:ident) => {
        |body: &str| {
            let tree = ::$tl::parse(body, ::$tl::ParserOptions::default()).ok()?;
            let parser = tree.parser();
            let mut found = Found::default();
            for tag in tree.nodes().iter().filter_map(|node| node.as_tag()) {
                match tag.name().as_bytes() {
                    b"p" => {
                        let text = tag.inner_text(parser);
                        found.paragraphs.push(decode_html_entities(&text).into_owned());
                    }
                    b"img" => {
                        if let Some(source) = tag.attributes().get("src").flatten() {
                            let source = source.as_utf8_str();
                            found.images.push(decode_html_entities(&source).into_owned());
                        }
                    }
                    _ => {}
                }
            }
            Some(found)
        }
    };
}

pub(crate) fn tl(post: &str) -> bool {
    with_metadata(post, read_by_tl!(tl))
}

pub(crate) fn astral_tl(post: &str) -> bool {
    with_metadata(post, read_by_tl!(astral_tl))
}

pub(crate) fn lol_html(post: &str) -> bool {
    with_metadata(post, |body| {
        let found = RefCell::new(Found::default());
        let settings = lol_html::Settings::new()
            .append_element_content_handler(lol_html::element!("p", |_paragraph| {
                found.borrow_mut().paragraphs.push(String::new());
                Ok(())
            }))
            .append_element_content_handler(lol_html::text!("p", |text| {
                if let Some(paragraph) = found.borrow_mut().paragraphs.last_mut() {
                    paragraph.push_str(&decode_html_entities(text.as_str()));
                }
                Ok(())
            }))
            .append_element_content_handler(lol_html::element!("img[src]", |image| {
                if let Some(source) = image.get_attribute("src") {
                    found.borrow_mut().images.push(decode_html_entities(&source).into_owned());
                }
                Ok(())
            }));
        let mut rewriter = lol_html::HtmlRewriter::new(settings, |bytes: &[u8]| {
            black_box(bytes);
        });
        rewriter.write(body.as_bytes()).ok()?;
        rewriter.end().ok()?;
        Some(found.take())
    })
}

pub(crate) fn scraper(post: &str) -> bool {
    with_metadata(post, |body| Some(read_by_scraper(body)))
}

pub(crate) fn read_by_scraper(body: &str) -> Found {
    static PARAGRAPH: LazyLock<Selector> = LazyLock::new(|| Selector::parse("p").expect("a selector"));
    static IMAGE: LazyLock<Selector> = LazyLock::new(|| Selector::parse("img[src]").expect("a selector"));
    let tree = scraper::Html::parse_fragment(body);
    Found {
        paragraphs: tree.select(&PARAGRAPH).map(|paragraph| paragraph.text().collect()).collect(),
        images: tree.select(&IMAGE).filter_map(|image| image.attr("src")).map(str::to_owned).collect(),
    }
}

pub(crate) fn dom_query(post: &str) -> bool {
    with_metadata(post, |body| {
        let tree = dom_query::Document::fragment(body);
        let (paragraphs, images) = (tree.select("p"), tree.select("img[src]"));
        let sources = images.nodes().iter().filter_map(|image| image.attr("src"));
        Some(Found {
            paragraphs: paragraphs.nodes().iter().map(|paragraph| paragraph.text().to_string()).collect(),
            images: sources.map(|source| source.to_string()).collect(),
        })
    })
}

pub(crate) fn html5ever(post: &str) -> bool {
    with_metadata(post, |body| {
        let context = QualName::new(None, ns!(html), local_name!("div"));
        let options = html5ever::ParseOpts::default();
        let tree = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(body);
        let mut found = Found::default();
        let mut open = vec![tree.document];
        while let Some(node) = open.pop() {
            if let NodeData::Element { name, attrs, .. } = &node.data {
                if name.local == local_name!("p") {
                    found.paragraphs.push(text_of(&node));
                } else if name.local == local_name!("img") {
                    let attrs = attrs.borrow();
                    let source = attrs.iter().find(|attr| attr.name.local == local_name!("src"));
                    found.images.extend(source.map(|source| source.value.to_string()));
                }
            }
            open.extend(node.children.borrow().iter().rev().cloned());
        }
        Some(found)
    })
}

fn text_of(node: &Handle) -> String {
    let mut text = String::new();
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}
