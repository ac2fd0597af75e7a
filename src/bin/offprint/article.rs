//! Posts as articles: text, Markdown, HTML.

use std::borrow::Cow;

use offprint::{ErrorKind, FrontMatter, FrontMatterFormat, Post};

/// What an article is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Markdown,
    Html,
    /// A whole page of HTML.
    Page,
}

impl Kind {
    /// What the files of such articles end with.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html | Self::Page => "html",
        }
    }
}

/// Appends an article. If it is one of several, its path stands above it and an empty line below.
pub(crate) fn write(out: &mut Vec<u8>, kind: Kind, post: &Post<'_>, path: Option<&str>) {
    let Some(path) = path else {
        out.extend(article(kind, post).bytes());
        return;
    };
    let path: String = path.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let heading = match kind {
        Kind::Text => format!("==> {path} <==\n\n"),
        // Two hyphens might end a comment.
        Kind::Markdown | Kind::Html | Kind::Page => format!("<!-- {} -->\n\n", path.replace("--", "- -")),
    };
    out.extend([heading.as_str(), &article(kind, post), "\n"].into_iter().flat_map(str::bytes));
}

/// Appends a post: its front matter, byte by byte, and the article. A page has its metadata in a header.
pub(crate) fn write_with_front_matter(out: &mut Vec<u8>, kind: Kind, post: &Post<'_>, source: &[u8]) {
    let article = article(kind, post);
    if kind == Kind::Page {
        out.extend(article.bytes());
        return;
    }
    let front_matter = front_matter(source);
    out.extend(&*front_matter);
    if !front_matter.is_empty() && !article.is_empty() {
        out.extend(if front_matter.ends_with(b"\n") { "\n" } else { "\n\n" }.bytes());
    }
    out.extend(article.bytes());
}

/// The front matter of a post with its fences. One that is not closed gets its closer.
fn front_matter(source: &[u8]) -> Cow<'_, [u8]> {
    // As the library reads what is not UTF-8.
    let text =
        simdutf8::basic::from_utf8(source).map_or_else(|_| String::from_utf8_lossy(source), Cow::Borrowed);
    let error = match FrontMatter::split(&text) {
        Ok(split) => return Cow::Borrowed(start(source, split.body_offset())),
        Err(error) => error,
    };
    let split = FrontMatter::split_or_recover(&text);
    let closer = match error.kind() {
        ErrorKind::UnclosedFrontMatter(FrontMatterFormat::Yaml) => "---\n",
        ErrorKind::UnclosedFrontMatter(FrontMatterFormat::Toml) => "+++\n",
        _ => return Cow::Borrowed(start(source, split.body_offset())),
    };
    let Some(end) = split.text_offset().zip(split.text()).map(|(offset, text)| offset + text.len()) else {
        // The post was read without one.
        return Cow::Borrowed(&[]);
    };
    let text = start(source, end);
    let line_break: &[u8] = if text.ends_with(b"\n") { b"" } else { b"\n" };
    Cow::Owned([text, line_break, closer.as_bytes()].concat())
}

/// The start of a post that comes to `in_text` bytes of the text that the library makes of the post.
fn start(source: &[u8], in_text: usize) -> &[u8] {
    let mut end = 0;
    let mut end_in_text = 0;
    for chunk in source.utf8_chunks() {
        let valid = chunk.valid().len().min(in_text - end_in_text);
        end += valid;
        end_in_text += valid;
        if end_in_text == in_text {
            break;
        }
        end += chunk.invalid().len();
        end_in_text += char::REPLACEMENT_CHARACTER.len_utf8();
    }
    &source[..end]
}

fn article(kind: Kind, post: &Post<'_>) -> String {
    match kind {
        Kind::Text => text(post),
        Kind::Markdown => post.to_markdown(),
        Kind::Html => post.to_html(),
        Kind::Page => post.html().standalone(true).to_string(),
    }
}

/// The text of a post. If it begins with what reads as front matter, which it is not, it begins with an empty
/// line: front matter begins in the first.
fn text(post: &Post<'_>) -> String {
    let mut text = post.to_text();
    if FrontMatter::split(&text).map_or(true, |split| split.body_offset() > 0) {
        text.insert(0, '\n');
    }
    text
}
