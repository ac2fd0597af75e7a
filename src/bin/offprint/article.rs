//! Posts as articles: text, Markdown, HTML.

use offprint::{FrontMatter, Post};

/// What an article is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Markdown,
    Html,
}

impl Kind {
    /// What the files of such articles end with.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
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
        Kind::Markdown | Kind::Html => format!("<!-- {} -->\n\n", path.replace("--", "- -")),
    };
    out.extend([heading.as_str(), &article(kind, post), "\n"].into_iter().flat_map(str::bytes));
}

/// Appends a post: its front matter, byte by byte, and the article.
pub(crate) fn write_with_front_matter(out: &mut Vec<u8>, kind: Kind, post: &Post<'_>, source: &[u8]) {
    let front_matter = front_matter(source);
    let article = article(kind, post);
    out.extend(front_matter);
    if !front_matter.is_empty() && !article.is_empty() {
        out.extend(if front_matter.ends_with(b"\n") { "\n" } else { "\n\n" }.bytes());
    }
    out.extend(article.bytes());
}

/// The front matter of a post, with its lines `---`.
fn front_matter(source: &[u8]) -> &[u8] {
    // As the library reads what is not UTF-8.
    let text = String::from_utf8_lossy(source);
    // If there is no telling where it ends, the post was read without one.
    let in_text = FrontMatter::split(&text).map_or(0, |split| split.body_offset());
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
