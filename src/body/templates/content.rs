//! The HTML of what template tags show.
//!
//! It goes to the reader of HTML as it is, or to that of Markdown. There it must not depend on the lines
//! around it: it has no line feed of its own, begins no HTML block, and no sign in it is Markdown.

use std::fmt::Write as _;

/// Keeps a line that begins with a block element from being an HTML block of Markdown, which would take the
/// lines after it as well.
pub(super) const NO_HTML_BLOCK: &str = "<span></span>";

/// Preformatted code, whose lines are these. If it is HTML, references in it stay references.
pub(super) fn code(language: Option<&str>, lines: &[&str], is_html: bool) -> String {
    format!("<pre>{}</pre>", code_element(language, lines, is_html))
}

/// Code in a line, which is HTML.
pub(super) fn inline_code(text: &str) -> String {
    code_element(None, &[&one_line(text)], true)
}

fn code_element(language: Option<&str>, lines: &[&str], is_html: bool) -> String {
    let mut html = "<code".to_owned();
    if let Some(language) = language {
        html.push_str(" class=\"language-");
        push_attribute(&mut html, language);
        html.push('"');
    }
    html.push('>');
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            html.push_str("&#10;");
        }
        let mut rest = *line;
        while is_html && !rest.is_empty() {
            let text = rest.find('&').unwrap_or(rest.len());
            push_literal(&mut html, &rest[..text]);
            let reference = reference_length(&rest[text..]);
            html.push_str(&rest[text..text + reference]);
            rest = &rest[text + reference..];
            if reference == 0 && !rest.is_empty() {
                html.push_str("&amp;");
                rest = &rest[1..];
            }
        }
        push_literal(&mut html, rest);
    }
    html.push_str("</code>");
    html
}

/// The length of the reference that the text begins with, like `&lt;`.
fn reference_length(text: &str) -> usize {
    let Some((name, _)) = text.get(1..).and_then(|rest| rest.split_once(';')) else { return 0 };
    let digits = name.strip_prefix('#').unwrap_or(name);
    let is_name =
        !digits.is_empty() && name.len() <= 32 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_name { name.len() + 2 } else { 0 }
}

/// Adds text that is neither HTML nor Markdown.
pub(super) fn push_literal(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\n' => html.push_str("&#10;"),
            '"' | '\'' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '^' | '{' | '}' | '|' | '!'
            | ':' => {
                // Writing to a string does not fail.
                let _ = write!(html, "&#{};", u32::from(c));
            }
            _ => html.push(c),
        }
    }
}

/// Adds a value between double quotes. References in it stay references, as in the output of a template.
pub(super) fn push_attribute(html: &mut String, value: &str) {
    push_quoted(html, value, b'"');
}

/// Adds a value between these quotes.
pub(super) fn push_quoted(html: &mut String, value: &str, quote: u8) {
    for c in value.chars() {
        match c {
            '"' if quote == b'"' => html.push_str("&quot;"),
            '\'' if quote == b'\'' => html.push_str("&#39;"),
            '\n' => html.push_str("&#10;"),
            _ => html.push(c),
        }
    }
}

/// A URL that stands in HTML or in the parentheses of a Markdown link.
pub(super) fn url(url: &str) -> String {
    let mut text = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' | '\t' | '\n' | '"' | '\'' | '<' | '>' | '(' | ')' | '\\' | '`' => {
                let _ = write!(text, "%{:02X}", u32::from(c));
            }
            _ => text.push(c),
        }
    }
    text
}

/// An element with the attributes that have values.
pub(super) fn element(name: &str, attributes: &[(&str, Option<&str>)]) -> String {
    let mut html = format!("<{name}");
    for (attribute, value) in attributes {
        if let Some(value) = value {
            let _ = write!(html, " {attribute}=\"");
            push_attribute(&mut html, value);
            html.push('"');
        }
    }
    html.push('>');
    html
}

/// A sound or a film.
pub(super) fn media(name: &str, src: &str, poster: Option<&str>) -> String {
    element(name, &[("src", Some(src)), ("poster", poster), ("controls", Some(""))]) + "</" + name + ">"
}

/// A player or a page inside the article.
pub(super) fn embed(src: &str, title: Option<&str>) -> String {
    element("iframe", &[("src", Some(src)), ("title", title)]) + "</iframe>"
}

/// A video of YouTube, by its URL or its identifier.
pub(super) fn youtube(video: &str) -> String {
    let id = ["youtu.be/", "watch?v=", "&v=", "&amp;v=", "/embed/", "/v/", "/shorts/"]
        .iter()
        .find_map(|before| video.split_once(before).map(|(_, id)| id));
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    match id {
        Some(id) => {
            let end = id.find(|c| !is_part(c)).unwrap_or(id.len());
            format!("https://www.youtube.com/embed/{}", &id[..end])
        }
        None if is_url(video) => video.to_owned(),
        None => format!("https://www.youtube.com/embed/{video}"),
    }
}

/// A video of Vimeo, by its URL or its number.
pub(super) fn vimeo(video: &str) -> String {
    let number = video.trim_end_matches('/').rsplit('/').next().unwrap_or(video);
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("https://player.vimeo.com/video/{number}");
    }
    if is_url(video) { video.to_owned() } else { format!("https://player.vimeo.com/video/{video}") }
}

/// A gist of GitHub, by its URL or by its user and number; of one of its files, if that is given.
pub(super) fn gist(gist: &str, file: Option<&str>) -> String {
    let gist = page("https://gist.github.com/", gist);
    match file.map(str::trim_ascii).filter(|file| !file.is_empty()) {
        // The name of a file is a part of the query, which ends at these.
        Some(file) => {
            let file = url(file).replace('#', "%23").replace('&', "%26").replace('+', "%2B");
            let sign = if gist.contains('?') { '&' } else { '?' };
            format!("{gist}{sign}file={file}")
        }
        None => gist,
    }
}

/// A page of a service, by its URL or by what follows `base`.
pub(super) fn page(base: &str, page: &str) -> String {
    if is_url(page) { page.to_owned() } else { format!("{base}{page}") }
}

pub(super) fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("//")
}

/// Whether a path names an image.
pub(super) fn has_image_ending(path: &str) -> bool {
    const ENDINGS: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp"];
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// What a figure is made of.
#[derive(Debug, Default)]
pub(super) struct Picture<'t> {
    pub(super) src: &'t str,
    pub(super) alt: Option<&'t str>,
    pub(super) title: Option<&'t str>,
    pub(super) class: Option<&'t str>,
    pub(super) width: Option<&'t str>,
    pub(super) height: Option<&'t str>,
    pub(super) link: Option<&'t str>,
    /// The parts of the caption, which may hold HTML and Markdown.
    pub(super) caption: Vec<&'t str>,
}

impl Picture<'_> {
    pub(super) fn to_html(&self) -> String {
        let attributes = [
            ("src", Some(self.src)),
            ("alt", self.alt),
            ("title", self.title),
            ("class", self.class),
            ("width", self.width),
            ("height", self.height),
        ];
        let mut html = element("img", &attributes);
        if self.link.is_some() {
            html = element("a", &[("href", self.link)]) + &html + "</a>";
        }
        if self.caption.is_empty() {
            return html;
        }
        format!("<figure>{html}<figcaption>{}</figcaption></figure>", one_line(&self.caption.join(" ")))
    }
}

/// A text without line feeds.
pub(super) fn one_line(text: &str) -> String {
    text.lines().map(str::trim_ascii).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_one_line_without_signs() {
        assert_eq!(
            code(Some("c"), &["a<b", "", "  *p"], false),
            "<pre><code class=\"language-c\">a&lt;b&#10;&#10;  &#42;p</code></pre>"
        );
    }

    #[test]
    fn videos_are_known_by_url_and_identifier() {
        for video in [
            "a_B-1",
            "https://youtu.be/a_B-1?t=3",
            "https://www.youtube.com/watch?v=a_B-1&t=3",
            "//youtube.com/embed/a_B-1",
        ] {
            assert_eq!(youtube(video), "https://www.youtube.com/embed/a_B-1");
        }
        assert_eq!(
            youtube("https://www.youtube.com/playlist?list=x"),
            "https://www.youtube.com/playlist?list=x"
        );
        for video in ["12", "https://vimeo.com/12", "https://player.vimeo.com/video/12/"] {
            assert_eq!(vimeo(video), "https://player.vimeo.com/video/12");
        }
    }

    #[test]
    fn urls_can_stand_in_parentheses() {
        assert_eq!(url("/a b(c).html?x=1&y"), "/a%20b%28c%29.html?x=1&y");
    }
}
