//! What is compared with what: each table holds crates that do the same job, or less than it.

use offprint::{BodyFormat, Parser};

use crate::parts::Part;
use crate::{articles, markdown, own, pipelines, trees, writers};

/// A crate, or some together, and what they are made to do with a post.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) part: Part,
    /// Does the work, and says whether it came to a result.
    pub(crate) work: fn(&str) -> bool,
}

/// Peers that are compared with the first of them.
pub(crate) struct Table {
    pub(crate) title: &'static str,
    pub(crate) peers: &'static [Peer],
    /// Whether a post is one of those that the table is about.
    pub(crate) takes: fn(&str) -> bool,
}

const fn whole(name: &'static str, work: fn(&str) -> bool) -> Peer {
    Peer { name, part: Part::Whole, work }
}

const fn body(name: &'static str, work: fn(&str) -> bool) -> Peer {
    Peer { name, part: Part::Body, work }
}

pub(crate) const TABLES: [Table; 7] = [
    Table {
        title: "Metadata, the decoded text of each paragraph, the URL of each image",
        peers: &[
            whole("offprint: `Post::parse`", own::parse),
            whole("gray_matter + tl", pipelines::tl),
            whole("gray_matter + astral-tl", pipelines::astral_tl),
            whole("gray_matter + lol_html", pipelines::lol_html),
            whole("gray_matter + scraper", pipelines::scraper),
            whole("gray_matter + dom_query", pipelines::dom_query),
            whole("gray_matter + html5ever (`RcDom`)", pipelines::html5ever),
            whole("offprint: `Engine::Reference`", own::reference),
            whole("offprint: 15,000 more rules", own::long_list),
        ],
        takes: any,
    },
    Table {
        title: "Bounds: a tree or a handler alone, with no metadata and nothing made of it",
        peers: &[
            whole("offprint: `Post::parse`", own::parse),
            body("tl: a tree", trees::tl),
            body("astral-tl: a tree", trees::astral_tl),
            body("lol_html: a text handler", trees::lol_html_text),
            body("lol_html: text and element handlers", trees::lol_html_handlers),
            body("html5ever: a tree (`RcDom`)", trees::html5ever),
        ],
        takes: any,
    },
    Table {
        title: "The article of a page",
        peers: &[
            whole("offprint: `Post::parse`, with furniture out", own::furniture),
            body("dom_smoothie", articles::dom_smoothie),
            body("legible", articles::legible),
            body("trafilatura", articles::trafilatura),
        ],
        takes: any,
    },
    Table {
        title: "HTML to Markdown",
        peers: &[
            whole("offprint: `Post::parse` and `to_markdown`", own::to_markdown),
            body("htmd", writers::htmd),
            body("html-to-markdown-rs", writers::html_to_markdown),
            body("fast_html2md", writers::fast_html2md),
        ],
        takes: any,
    },
    Table {
        title: "HTML to text",
        peers: &[
            whole("offprint: `Post::parse` and `to_text`", own::to_text),
            body("html2text, 80 columns", writers::html2text),
        ],
        takes: any,
    },
    Table {
        title: "Posts in Markdown: metadata, the text of each paragraph, the URL of each image",
        peers: &[
            whole("offprint: `Post::parse`", own::parse),
            whole("gray_matter + pulldown-cmark + scraper", markdown::scraper),
        ],
        takes: is_markdown,
    },
    Table {
        title: "Metadata alone",
        peers: &[
            Peer { name: "offprint: the front matter", part: Part::Head, work: own::parse },
            Peer { name: "serde_yaml: to a `Value`", part: Part::Yaml, work: serde_yaml_value },
            Peer { name: "gray_matter: to a `Pod`", part: Part::Head, work: pipelines::metadata },
        ],
        takes: any,
    },
];

fn any(_: &str) -> bool {
    true
}

fn is_markdown(post: &str) -> bool {
    Parser::new()
        .parse_with_report(post)
        .is_ok_and(|(_, report)| report.body_format == Some(BodyFormat::Markdown))
}

fn serde_yaml_value(yaml: &str) -> bool {
    std::hint::black_box(serde_yaml::from_str::<serde_yaml::Value>(yaml)).is_ok()
}
