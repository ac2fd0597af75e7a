//! A sanitiser as the judge of HTML: there must be nothing in it to take out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What articles are made of.
const TAGS: &str = "a audio blockquote br caption code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr iframe img \
    input li mark ol p picture pre q rt ruby s samp small source span strong sub sup table tbody td th thead tr u ul video";

const ATTRIBUTES: [(&str, &str); 26] = [
    ("a", "href id title"),
    ("audio", "controls src"),
    ("code", "class"),
    ("dd", "id"),
    ("dt", "id"),
    ("figcaption", "data-credit"),
    ("figure", "id"),
    ("h1", "dir id"),
    ("h2", "dir id"),
    ("h3", "dir id"),
    ("h4", "dir id"),
    ("h5", "dir id"),
    ("h6", "dir id"),
    ("iframe", "height src title width"),
    ("img", "alt height src srcset title width"),
    ("input", "checked disabled type"),
    ("li", "id value"),
    ("ol", "start type"),
    ("p", "dir id"),
    ("pre", "class"),
    ("source", "media src srcset type"),
    ("span", "class dir id"),
    ("td", "colspan rowspan"),
    ("th", "colspan rowspan"),
    ("video", "controls height poster src width"),
    ("table", "id"),
];

/// Schemes that the sanitiser does not know: files and addresses, which run nothing. `data:` is looked into.
const SCHEMES: [&str; 7] = ["data", "ftps", "im", "matrix", "sftp", "urn", "webcal"];

static JUDGE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes = ATTRIBUTES.map(|(tag, names)| (tag, names.split_whitespace().collect::<HashSet<_>>()));
    let mut schemes = Builder::default().clone_url_schemes();
    schemes.extend(SCHEMES);
    builder
        .tags(TAGS.split_whitespace().collect())
        .tag_attributes(HashMap::from(attributes))
        .url_schemes(schemes)
        .url_relative(UrlRelative::PassThrough)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .link_rel(None)
        .attribute_filter(|tag, name, value| is_harmless(tag, name, value).then_some(Cow::Borrowed(value)));
    builder
});

/// Data is what the element shows or plays, and candidates are on the web.
fn is_harmless(tag: &str, name: &str, value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    if name == "srcset" {
        return value.split(", ").filter_map(scheme).all(|scheme| matches!(scheme, "http" | "https"));
    }
    let kinds: &[&str] = match (tag, name) {
        ("img", "src") | ("video", "poster") => &["image"],
        ("audio", "src") => &["audio"],
        ("video", "src") => &["video"],
        ("source", "src") => &["audio", "video"],
        _ => &[],
    };
    let data = value.strip_prefix("data:").filter(|_| matches!(name, "src" | "href" | "poster"));
    data.is_none_or(|data| kinds.iter().any(|kind| data.trim_start().starts_with(kind)))
}

/// The scheme that a URL in lower case begins with, as the URL standard has it.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.trim_start_matches(|c| c <= ' ').split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// Fails if the sanitiser changes anything.
pub(crate) fn finds_nothing(html: &str) {
    let (before, after) = (parts(html), parts(&JUDGE.clean(html).to_string()));
    let at = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    assert_eq!(before.get(at), after.get(at), "{html}");
}

fn is_of_the_web(value: &str) -> bool {
    ["http:", "https:", "ftp:"]
        .iter()
        .any(|scheme| value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The tags and the texts that a browser makes of HTML.
fn parts(html: &str) -> Vec<String> {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(html);
    let mut parts = Vec::new();
    let mut stack: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = stack.pop() {
        match &node.data {
            // What the sanitiser writes is read again: line feeds are not what they were.
            NodeData::Text { contents } => {
                let text = contents.borrow().replace(['\n', '\r'], "");
                parts.extend(Some(text).filter(|text| !text.is_empty()));
            }
            NodeData::Element { name, attrs, .. } => {
                let mut tag: Vec<String> = attrs
                    .borrow()
                    .iter()
                    // The sanitiser takes out what it cannot read, such as a host with an ideographic comma.
                    .filter(|attr| !is_of_the_web(&attr.value))
                    .map(|attr| format!("{}={:?}", attr.name.local, &*attr.value))
                    .collect();
                tag.sort();
                parts.push(format!("<{} {}>", name.local, tag.join(" ")));
            }
            _ => {}
        }
        stack.extend(node.children.borrow().iter().rev().cloned());
    }
    parts
}
