//! What must be true of a post's HTML and Markdown.

use offprint::{Limits, Media, MediaSource, Parser, Post, Rules};

/// Reads HTML as what it is: nothing is taken out of it, and it may nest as deep as anything.
fn parser() -> Parser {
    Parser::new().rules(Rules::none()).limits(Limits::default().depth(1024))
}

fn parse(html: &str) -> Result<Post<'_>, String> {
    parse_with(&parser(), html)
}

fn parse_with<'a>(parser: &Parser, html: &'a str) -> Result<Post<'a>, String> {
    parser.parse(html).map_err(|error| format!("{error}: {html}"))
}

/// The HTML of a post that was read without rules gives the same blocks, on the same page: links to points of
/// the page keep their ids.
pub(crate) fn html_is_faithful(post: &Post<'_>) -> Result<(), String> {
    let html = post.to_html();
    let parser = parser();
    let on_page = post.meta.from.as_deref().and_then(|from| parser.clone().base_url(from).ok());
    let again = parse_with(&on_page.unwrap_or(parser), &html)?;
    if again.blocks == post.blocks || !has_safe_urls(post) {
        return Ok(());
    }
    let first = post.blocks.iter().zip(&again.blocks).position(|(one, other)| one != other);
    let index = first.unwrap_or_else(|| post.blocks.len().min(again.blocks.len()));
    Err(format!(
        "the HTML is another article from block {index} on\n  expected {:?}\n  actual   {:?}\n{html}",
        post.blocks.get(index),
        again.blocks.get(index)
    ))
}

/// The Markdown of a post says what its HTML says, in the same order: lines of text, links, media.
pub(crate) fn markdown_says_the_same(post: &Post<'_>) -> Result<(), String> {
    let markdown = post.to_markdown();
    let shown = shown(&markdown);
    let html = post.to_html();
    let (expected, actual) = (parse(&html)?, parse(&shown)?);
    let checks = [
        ("text", lines(&expected), lines(&actual)),
        ("links", links(&expected), links(&actual)),
        ("media", media(&expected), media(&actual)),
    ];
    for (what, expected, actual) in checks {
        if expected == actual {
            continue;
        }
        let index = expected.iter().zip(&actual).take_while(|(one, other)| one == other).count();
        return Err(format!(
            "the Markdown has other {what}\n  expected {:?}\n  actual   {:?}\n{markdown}",
            expected.get(index),
            actual.get(index)
        ));
    }
    Ok(())
}

/// What a reader of Markdown makes of it.
pub(crate) fn shown(markdown: &str) -> String {
    use pulldown_cmark::Options;

    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(markdown, options));
    html
}

/// The lines of all texts, white space collapsed.
fn lines(post: &Post<'_>) -> Vec<String> {
    let texts = post.walk().flat_map(|(_, block)| block.texts()).map(|text| &text.text);
    let is_blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    texts
        .flat_map(|text| text.split(['\n', '\r']))
        .map(|line| {
            line.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .map(|line| line.trim_matches(is_blank).to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Where the links lead. One that goes on after a blank line in a caption is two, where the caption is a
/// paragraph.
fn links(post: &Post<'_>) -> Vec<String> {
    let mut links: Vec<_> = post.links().map(decoded).collect();
    links.dedup();
    links
}

/// What there is to look at and to play, in words.
fn media(post: &Post<'_>) -> Vec<String> {
    let all = post.figures().flat_map(|figure| &figure.media);
    all.map(|media| match media {
        Media::Image(image) => {
            let words: Vec<_> = image.alt.iter().flat_map(|alt| alt.split_whitespace()).collect();
            format!("image {} {}", decoded(&image.src), words.join(" "))
        }
        other => format!("{other:?}"),
    })
    .collect()
}

/// A URL whose characters are written as themselves: a reader of Markdown encodes some of them.
fn decoded(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = url.get(url.len() - tail.len()..url.len() - tail.len() + 2);
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether every URL is relative, of the web, a common link, or data of the kind that belongs there.
fn has_safe_urls(post: &Post<'_>) -> bool {
    post.links().all(is_safe_link)
        && post.figures().flat_map(|figure| &figure.media).all(|media| match media {
            Media::Image(image) => {
                // The image of an emoji whose script did not run is not read as an image.
                let is_emoji = image.alt.is_some() && image.src.contains("/images/core/emoji/");
                !is_emoji && is_safe(&image.src, "data:image/") && are_safe(&image.sources, "data:image/")
            }
            Media::Video(video) => {
                video.src.iter().all(|src| is_safe(src, "data:video/"))
                    && video.poster.iter().all(|src| is_safe(src, "data:image/"))
                    && are_safe(&video.sources, "data:video/")
            }
            Media::Audio(audio) => {
                audio.src.iter().all(|src| is_safe(src, "data:audio/"))
                    && are_safe(&audio.sources, "data:audio/")
            }
            Media::Embed(embed) => is_safe(&embed.src, "https:"),
            other => panic!("a medium that this test does not know: {other:?}"),
        })
}

fn are_safe(sources: &[MediaSource<'_>], data: &str) -> bool {
    sources.iter().all(|source| is_safe(&source.url, data))
}

fn is_safe_link(url: &str) -> bool {
    is_safe(url, "mailto:") || is_safe(url, "tel:") || is_safe(url, "ftp:")
}

/// Whether a URL has no scheme, or that of the web, or begins like `also`.
fn is_safe(url: &str, also: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    scheme.is_none() || ["http:", "https:", also].iter().any(|start| url.starts_with(start))
}
