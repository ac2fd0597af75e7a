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
    let source = String::from_utf8_lossy(source);
    // If there is no telling where it ends, the post was read without one.
    let length = FrontMatter::split(&source).map_or(0, |split| split.body_offset());
    let front_matter = &source[..length];
    let article = article(kind, post);
    out.extend(front_matter.bytes());
    if !front_matter.is_empty() && !article.is_empty() {
        out.extend(if front_matter.ends_with('\n') { "\n" } else { "\n\n" }.bytes());
    }
    out.extend(article.bytes());
}

fn article(kind: Kind, post: &Post<'_>) -> String {
    match kind {
        Kind::Text => post.to_text(),
        Kind::Markdown => post.to_markdown(),
        Kind::Html => post.to_html(),
    }
}
