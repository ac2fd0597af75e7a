//! What is timed: one piece of work on one post each.

use std::hint::black_box;
use std::sync::LazyLock;

use gray_matter::{Matter, ParsedEntity, engine::YAML};
use html5ever::tendril::TendrilSink as _;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::RcDom;
use offprint::{Engine, FrontMatter, Parser, Post, Rules};
use scraper::Selector;

use crate::support::filter_list;

/// The part of a post that is handed to a peer.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Whole,
    /// What follows the front matter.
    Body,
    /// The front matter with its fences.
    Head,
    /// The text between the fences.
    Yaml,
}

impl Part {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "post",
            Self::Body => "body",
            Self::Head => "front matter",
            Self::Yaml => "YAML",
        }
    }

    /// That part of a post; all of a post that cannot be split.
    pub(crate) fn of(self, post: &str) -> &str {
        let Ok(front_matter) = FrontMatter::split(post) else { return post };
        match self {
            Self::Whole => post,
            Self::Body => front_matter.body(),
            Self::Head => &post[..front_matter.body_offset()],
            Self::Yaml => front_matter.text().unwrap_or_default(),
        }
    }
}

/// A crate, and what it is made to do with a post.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) part: Part,
    /// Does the work, and says whether it came to a result.
    pub(crate) work: fn(&str) -> bool,
}

/// The work that all the others are compared to.
pub(crate) const WHOLE: usize = 0;

/// The work that the other readers of metadata are compared to.
pub(crate) const METADATA: usize = 11;

/// All of them.
pub(crate) const PEERS: [Peer; 14] = [
    Peer { name: "offprint: `Post::parse`", part: Part::Whole, work: offprint_auto },
    Peer { name: "offprint: `Engine::Reference`", part: Part::Whole, work: offprint_reference },
    Peer { name: "offprint: 15,000 more rules", part: Part::Whole, work: offprint_long_list },
    Peer { name: "html5ever: to a tree (`RcDom`)", part: Part::Body, work: html5ever_tree },
    Peer { name: "scraper: text of each `<p>`", part: Part::Body, work: scraper_text },
    Peer { name: "dom_query: text of each `<p>`", part: Part::Body, work: dom_query_text },
    Peer { name: "lol_html: text and element handlers", part: Part::Body, work: lol_html_handlers },
    Peer { name: "lol_html: text handler", part: Part::Body, work: lol_html_text },
    Peer { name: "tl: to a tree", part: Part::Body, work: tl_tree },
    Peer { name: "astral-tl: to a tree", part: Part::Body, work: astral_tl_tree },
    Peer { name: "dom_smoothie: article", part: Part::Body, work: dom_smoothie_article },
    Peer { name: "offprint: metadata alone", part: Part::Head, work: offprint_auto },
    Peer { name: "serde_yaml: to a `Value`", part: Part::Yaml, work: serde_yaml_value },
    Peer { name: "gray_matter: to a `Pod`", part: Part::Head, work: gray_matter_pod },
];

fn offprint_auto(source: &str) -> bool {
    black_box(Post::parse(source)).is_ok()
}

fn offprint_reference(source: &str) -> bool {
    static REFERENCE: LazyLock<Parser> = LazyLock::new(|| Parser::new().engine(Engine::Reference));
    black_box(REFERENCE.parse(source)).is_ok()
}

fn offprint_long_list(source: &str) -> bool {
    static LONG: LazyLock<Parser> = LazyLock::new(|| {
        let (generic, _) = Rules::parse(&filter_list::generic());
        Parser::new().rules(Rules::ads().and(generic))
    });
    black_box(LONG.parse(source)).is_ok()
}

fn html5ever_tree(body: &str) -> bool {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let parser =
        parse_fragment(RcDom::default(), html5ever::ParseOpts::default(), context, Vec::new(), false);
    black_box(parser.one(body));
    true
}

fn scraper_text(body: &str) -> bool {
    static PARAGRAPH: LazyLock<Selector> = LazyLock::new(|| Selector::parse("p").expect("a selector"));
    let tree = scraper::Html::parse_fragment(body);
    for paragraph in tree.select(&PARAGRAPH) {
        black_box(paragraph.text().collect::<String>());
    }
    true
}

fn dom_query_text(body: &str) -> bool {
    let tree = dom_query::Document::fragment(body);
    for paragraph in tree.select("p").nodes() {
        black_box(paragraph.text());
    }
    true
}

fn lol_html_handlers(body: &str) -> bool {
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

fn lol_html_text(body: &str) -> bool {
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

fn tl_tree(body: &str) -> bool {
    black_box(tl::parse(body, tl::ParserOptions::default())).is_ok()
}

fn astral_tl_tree(body: &str) -> bool {
    black_box(astral_tl::parse(body, astral_tl::ParserOptions::default())).is_ok()
}

fn dom_smoothie_article(body: &str) -> bool {
    dom_smoothie::Readability::new(body, None, None)
        .and_then(|mut readability| readability.parse())
        .is_ok_and(|article| !black_box(article).text_content.is_empty())
}

fn serde_yaml_value(yaml: &str) -> bool {
    black_box(serde_yaml::from_str::<serde_yaml::Value>(yaml)).is_ok()
}

fn gray_matter_pod(head: &str) -> bool {
    let parsed: gray_matter::Result<ParsedEntity> = Matter::<YAML>::new().parse(head);
    black_box(parsed).is_ok()
}
