//! What is odd about an article: images without a text, and links that lead nowhere in it.

use std::borrow::Cow;
use std::collections::HashSet;

use offprint::{Block, MarkKind, Media, Position, Post};

use super::codes::Code;
use super::finding::Findings;
use super::markup::{self, BareImages};
use super::metadata::Read;
use super::percent;

/// Looks for images that have no `alt` at all.
///
/// The article does not tell an empty `alt` from none, and the source does not tell which images are shown,
/// so that both are looked at.
pub(super) fn check_images(read: Read<'_>, findings: &mut Findings<'_>) {
    let images = read.post.images().filter(|image| image.alt.is_none());
    let urls: Vec<&str> = images.map(|image| &*image.src).collect();
    if urls.is_empty() {
        return;
    }
    let code: HashSet<&str> = codes(read.post).flat_map(markup::image_tags).collect();
    let mut bare = BareImages::of(read.front_matter.body(), &code);
    for url in urls {
        if let Some(at) = bare.next(url) {
            let position = Position::of(read.source, read.front_matter.body_offset() + at);
            findings.add(Code::ImageWithoutAlt, Some(position), "the image has no `alt`");
        }
    }
}

/// The pieces of code in an article.
fn codes<'p>(post: &'p Post<'_>) -> impl Iterator<Item = &'p str> {
    post.walk().flat_map(|(_, block)| {
        let is_block = matches!(block, Block::Preformatted(_));
        block.texts().flat_map(move |text| {
            let whole = Some(text.as_ref()).filter(|_| is_block);
            let marks = text.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Code));
            whole.into_iter().chain(marks.filter_map(|mark| text.text.get(mark.range())))
        })
    })
}

/// Looks for links to points of the article that it does not have. Of links to the same point, the first
/// counts.
///
/// `is_markdown` says whether the headings get ids from their texts.
pub(super) fn check_links(read: Read<'_>, is_markdown: bool, findings: &mut Findings<'_>) {
    let page = read.post.meta.from.as_deref().map(|from| without_scheme(page_of(from.trim())));
    let fragments = read.post.links().filter_map(|url| fragment(url, page)).filter(|it| is_of_the_author(it));
    let mut seen = HashSet::new();
    let mut broken: Vec<&str> = fragments.filter(|fragment| seen.insert(*fragment)).collect();
    if broken.is_empty() {
        return;
    }
    let body = read.front_matter.body();
    let mut ids = markup::ids(body);
    ids.extend(ids_of(read.post));
    let headings = if is_markdown { Headings::of(read.post) } else { Headings::default() };
    broken.retain(|fragment| {
        let decoded = percent::decoded(fragment);
        !(ids.contains(fragment) || ids.contains(&*decoded) || headings.have(&decoded))
    });
    if broken.is_empty() {
        return;
    }
    let places = markup::fragments(body);
    for fragment in broken {
        let at = places.get(fragment).or_else(|| places.get(&*percent::decoded(fragment)));
        let position = at.map(|at| Position::of(read.source, read.front_matter.body_offset() + at));
        findings.add(Code::BrokenFragment, position, format!("nothing in the post has the id `{fragment}`"));
    }
}

/// The fragment of a URL that leads to a point of the page. `page` is the URL of the page, if it is known.
fn fragment<'u>(url: &'u str, page: Option<&str>) -> Option<&'u str> {
    let fragment = match url.strip_prefix('#') {
        Some(fragment) => fragment,
        None => without_scheme(url).strip_prefix(page?)?.strip_prefix('#')?,
    };
    // The text after it is for the browser to search for.
    Some(fragment.split(":~:").next().unwrap_or_default())
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or_default()
}

/// A site moves from HTTP to HTTPS, and its pages stay the same.
fn without_scheme(url: &str) -> &str {
    url.strip_prefix("https:").or_else(|| url.strip_prefix("http:")).unwrap_or(url)
}

/// Whether a fragment is to lead to an id in the post: it is not the top of the page, which each has, nor a
/// route for a script, nor made by a template.
fn is_of_the_author(fragment: &str) -> bool {
    let is_top = fragment.is_empty() || fragment.eq_ignore_ascii_case("top");
    !(is_top || fragment.starts_with(['!', '/']) || fragment.contains("{{") || fragment.contains("{%"))
}

/// The ids that the article has kept: those that its links lead to.
fn ids_of<'p>(post: &'p Post<'_>) -> impl Iterator<Item = &'p str> {
    post.walk().flat_map(|(_, block)| {
        let own: Vec<&Option<Cow<'_, str>>> = match block {
            Block::Paragraph(paragraph) => vec![&paragraph.id],
            Block::Heading(heading) => vec![&heading.id],
            Block::Figure(figure) => vec![&figure.id],
            Block::Table(table) => vec![&table.id],
            Block::List(list) => list.items.iter().map(|item| &item.id).collect(),
            _ => Vec::new(),
        };
        let anchors = block.texts().flat_map(|text| &text.marks).filter_map(|mark| match &mark.kind {
            MarkKind::Anchor { id, .. } => Some(&**id),
            _ => None,
        });
        own.into_iter().filter_map(|id| id.as_deref()).chain(anchors)
    })
}

/// The headings of Markdown, which get ids from their texts. Each program makes them in its own way; all
/// leave the letters.
#[derive(Default)]
struct Headings(HashSet<String>);

impl Headings {
    fn of(post: &Post<'_>) -> Self {
        let mut headings = HashSet::new();
        for (_, block) in post.walk() {
            let Block::Heading(heading) = block else { continue };
            let text = letters(heading.text.as_ref(), |_| true);
            headings.insert(letters(heading.text.as_ref(), |c| c.is_ascii()));
            // kramdown leaves out what comes before the first letter.
            headings.insert(text.trim_start_matches(|c: char| c.is_numeric()).to_owned());
            headings.insert(text);
            // What kramdown calls a heading without a letter of ASCII.
            headings.insert("section".to_owned());
        }
        headings.remove("");
        Self(headings)
    }

    fn have(&self, fragment: &str) -> bool {
        // The second of two equal headings has a number.
        let first = fragment.trim_end_matches(|c: char| c.is_ascii_digit());
        let first = first.strip_suffix(['-', '_']).unwrap_or(fragment);
        [fragment, first].iter().any(|text| {
            self.0.contains(&letters(text, |_| true)) || self.0.contains(&letters(text, |c| c.is_ascii()))
        })
    }
}

/// The letters and the digits of a text that a test passes, in lower case.
fn letters(text: &str, passes: impl Fn(char) -> bool) -> String {
    text.chars().filter(|c| c.is_alphanumeric() && passes(*c)).flat_map(char::to_lowercase).collect()
}

/// The URLs of what the article shows.
pub(super) fn media_urls<'p>(post: &'p Post<'_>) -> impl Iterator<Item = &'p str> {
    post.figures().flat_map(|figure| &figure.media).filter_map(Media::url)
}
