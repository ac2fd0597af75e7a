//! A page for a browser around an article.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::direction::{is_right_to_left, language};
use super::writer::{Layout, Writer};
use crate::post::{Block, Direction, Heading, HeadingLevel, Post};
use crate::render::element::{write_attribute, write_direction, write_optional};
use crate::render::shown::shown_link;
use crate::same_title::is_same_title;
use crate::url;

/// How the page looks. No word of it depends on the post.
const STYLE: &str = include_str!("page.css");

/// Writes the page up to the article.
pub(super) fn write_start(post: &Post<'_>, out: &mut impl Write, layout: Layout) -> fmt::Result {
    let mut writer = Writer::new(out, layout);
    writer.line("<!doctype html>")?;
    let language = language(post);
    let runs_left = is_right_to_left(post, language.as_deref());
    writer.out.write_str("<html")?;
    write_optional(writer.out, " lang=\"", language.as_deref())?;
    write_direction(writer.out, runs_left.then_some(Direction::RightToLeft))?;
    writer.line(">")?;
    write_head(post, &mut writer)?;
    writer.line("<body>")?;
    write_header(post, &mut writer)?;
    writer.line("<main>")
}

/// Writes the page after the article.
pub(super) fn write_end(out: &mut impl Write, layout: Layout) -> fmt::Result {
    let mut writer = Writer::new(out, layout);
    ["</main>", "</body>", "</html>"].iter().try_for_each(|tag| writer.line(tag))
}

fn write_head(post: &Post<'_>, writer: &mut Writer<'_, impl Write>) -> fmt::Result {
    writer.line("<head>")?;
    writer.line("<meta charset=\"utf-8\">")?;
    writer.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writer.out.write_str("<title>")?;
    writer.plain(&page_title(post))?;
    writer.line("</title>")?;
    let description = post.meta.description.as_deref();
    let authors = post.meta.authors.iter().map(|author| ("author", author.as_ref()));
    for (name, content) in description.map(|text| ("description", text)).into_iter().chain(authors) {
        write!(writer.out, "<meta name=\"{name}\"")?;
        write_attribute(writer.out, " content=\"", &one_line(content))?;
        writer.line(">")?;
    }
    writer.line("<style>")?;
    STYLE.lines().try_for_each(|line| writer.line(line))?;
    writer.line("</style>")?;
    writer.line("</head>")
}

/// The title, if the article does not have it, and what else a reader wants to know: when, by whom, from
/// where.
fn write_header(post: &Post<'_>, writer: &mut Writer<'_, impl Write>) -> fmt::Result {
    let title = title(post).filter(|title| !has_title(post, title));
    let (meta, heading) = (&post.meta, post.prelude.heading.as_ref());
    let from = meta.from.as_deref().or(heading.map(|heading| heading.url.as_ref())).and_then(shown_link);
    let host = from.as_deref().and_then(|from| url::Base::new(from)?.host().map(Cow::into_owned));
    let source = from.zip(host);
    let is_bare = meta.date.is_none() && meta.authors.is_empty() && source.is_none();
    if title.is_none() && is_bare {
        return Ok(());
    }
    writer.line("<header>")?;
    if let Some(title) = title {
        writer.out.write_str("<h1>")?;
        writer.plain(&title)?;
        writer.line("</h1>")?;
    }
    if !is_bare {
        writer.line("<p>")?;
        if let Some(date) = meta.date {
            writer.out.write_str("<time")?;
            // The years of HTML begin with the year 1.
            let attribute = (date.day().year() > 0).then(|| date.to_string());
            write_optional(writer.out, " datetime=\"", attribute.as_deref())?;
            write!(writer.out, ">{}", date.day())?;
            writer.line("</time>")?;
        }
        for author in &meta.authors {
            writer.out.write_str("<bdi>")?;
            writer.plain(&one_line(author))?;
            writer.line("</bdi>")?;
        }
        if let Some((from, host)) = source {
            writer.out.write_str("<a")?;
            write_attribute(writer.out, " href=\"", &from)?;
            writer.out.write_char('>')?;
            writer.plain(&host)?;
            writer.line("</a>")?;
        }
        writer.line("</p>")?;
    }
    writer.line("</header>")
}

/// What the page is called in a list of pages, which must not be empty.
fn page_title(post: &Post<'_>) -> String {
    let heading = || {
        let headings = post.walk().filter_map(|(_, block)| heading(block));
        headings.map(|heading| one_line(&heading.text.text)).find(|text| !text.is_empty())
    };
    title(post).or_else(heading).unwrap_or_else(|| "Untitled".to_owned())
}

/// The title of the post, or the text of the link that stands before the article as its heading.
fn title(post: &Post<'_>) -> Option<String> {
    let heading = post.prelude.heading.as_ref().map(|heading| &heading.text);
    let mut titles = post.meta.title.iter().chain(heading).map(|title| one_line(title));
    titles.find(|title| !title.is_empty())
}

/// Whether the article has a heading of the first level, or begins with this title as a heading.
fn has_title(post: &Post<'_>, title: &str) -> bool {
    let is_first = |heading: &Heading<'_>| heading.level == HeadingLevel::H1;
    let begins = |heading: &Heading<'_>| is_same_title(&heading.text.text, title);
    post.walk().filter_map(|(_, block)| heading(block)).any(is_first)
        || post.blocks.first().and_then(heading).is_some_and(begins)
}

fn heading<'p, 'a>(block: &'p Block<'a>) -> Option<&'p Heading<'a>> {
    match block {
        Block::Heading(heading) => Some(heading),
        Block::Paragraph(_)
        | Block::Figure(_)
        | Block::List(_)
        | Block::BlockQuote(_)
        | Block::Table(_)
        | Block::Preformatted(_)
        | Block::ThematicBreak(_) => None,
    }
}

/// A text with its white space collapsed.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
