//! Tags of Liquid, as Jekyll, its plugins, and Octopress have them.

use std::borrow::Cow;

use super::arguments::Arguments;
use super::content::{
    self, Picture, element, embed, has_image_ending, is_url, media, one_line, page, vimeo, youtube,
};
use super::ends::{Ends, Kind};
use super::includes;
use super::outcome::{Markup, Outcome};
use super::tag::{Form, Tag};

/// What a tag becomes.
pub(super) fn outcome<'a>(tag: &Tag<'a>, ends: &mut Ends<'a>) -> Outcome<'a> {
    let removed = Outcome::Removed { end: tag.end };
    if tag.form != Form::Block {
        return literal(tag.arguments).map_or(removed, Outcome::Source);
    }
    match tag.name {
        "raw" | "comment" | "highlight" | "codeblock" | "blockquote" => {
            let Some((stop, end)) = ends.next(Kind::Liquid(tag.name), tag.end) else {
                return Outcome::Unclosed;
            };
            paired(tag, stop, end)
        }
        "endblockquote" => Outcome::EndQuotation,
        "link" | "post_url" => {
            let target = tag.arguments.trim_matches(['"', '\'']);
            if target.is_empty() { removed } else { Outcome::Url(Cow::Borrowed(target)) }
        }
        "include" | "include_cached" => includes::shown(tag.arguments, tag.end).unwrap_or(removed),
        _ => shown(tag).unwrap_or(removed),
    }
}

/// What a tag becomes whose end goes from `stop` to `end`.
fn paired<'a>(tag: &Tag<'a>, stop: usize, end: usize) -> Outcome<'a> {
    let arguments = tag.arguments;
    let code = |before, language| Outcome::Code {
        before,
        language,
        start: tag.end,
        stop,
        end,
        markup: Markup::Plain,
    };
    match tag.name {
        "raw" => Outcome::Raw { until: stop },
        "comment" => Outcome::Removed { end },
        "highlight" => code(String::new(), language(arguments.split_ascii_whitespace().next())),
        "codeblock" => {
            let parsed = Arguments::parse(arguments);
            code(code_title(&parsed), language(parsed.named(&["lang"])))
        }
        _ => Outcome::BeginQuotation { footer: citation(arguments) },
    }
}

/// The language of this name; `None` for an empty name and for `none`.
pub(super) fn language(name: Option<&str>) -> Option<String> {
    let name = name?.trim_matches(['"', '\'']).to_ascii_lowercase();
    (!name.is_empty() && name != "none").then_some(name)
}

/// The heading of a block of code: `{% codeblock Title of it lang:ruby https://… text of the link %}`.
fn code_title(arguments: &Arguments<'_>) -> String {
    let mut words = arguments.positional().map(|argument| &*argument.value);
    let mut title = Vec::new();
    let mut url = None;
    for word in words.by_ref() {
        if is_url(word) || word.starts_with('/') {
            url = Some(word);
            break;
        }
        title.push(word);
    }
    let text = words.collect::<Vec<_>>().join(" ");
    let title = title.join(" ");
    let link = url.map(|url| {
        let text = if text.is_empty() { "link" } else { &text };
        format!("{}{text}</a>", element("a", &[("href", Some(url))]))
    });
    match (title.is_empty(), link) {
        (true, None) => String::new(),
        (_, link) => format!("<span>{title} {}</span>", link.unwrap_or_default()),
    }
}

/// The source of a quotation: `{% blockquote Author, Work https://… Title %}`.
fn citation(arguments: &str) -> String {
    let arguments = arguments.trim_ascii();
    if arguments.is_empty() {
        return String::new();
    }
    let at = ["http://", "https://"].iter().filter_map(|scheme| arguments.find(scheme)).min();
    let (author, link) = arguments.split_at(at.unwrap_or(arguments.len()));
    let (url, title) = link.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((link, ""));
    let mut footer = format!("<p>{}", one_line(author));
    if !url.is_empty() {
        let title = if title.trim_ascii().is_empty() { url } else { title.trim_ascii() };
        footer = format!("{footer} {}{}</a>", element("a", &[("href", Some(url))]), one_line(title));
    }
    footer + "</p>"
}

/// What a tag without an end shows.
fn shown<'a>(tag: &Tag<'a>) -> Option<Outcome<'a>> {
    let arguments = Arguments::parse(tag.arguments);
    let first = arguments.named_or_first(&["id", "url", "src"]).filter(|first| !first.is_empty());
    let src = match tag.name {
        "video" | "audio" if !first?.contains("youtu") => return film(tag, &arguments),
        "video" | "youtube" => youtube(first?),
        "vimeo" => vimeo(first?),
        "gist" => {
            let file = arguments.named(&["file", "filename"]);
            let is_named = arguments.named(&["id", "url", "src"]).is_some();
            let second = arguments.positional().nth(usize::from(!is_named)).map(|file| &*file.value);
            content::gist(first?, file.or(second))
        }
        "tweet" | "twitter" | "x" => page("https://twitter.com/i/status/", tweet(&arguments)?),
        "instagram" => page("https://www.instagram.com/p/", first?),
        "img" | "image" | "figure" | "picture" | "asset" => return picture(tag, &arguments),
        _ => return None,
    };
    Some(Outcome::Html { html: embed(&src, None), end: tag.end, url: Some(src) })
}

/// The status of `{% twitter https://twitter.com/a/status/1 %}`, or of `{% twitter oembed https://… %}`.
fn tweet<'t>(arguments: &'t Arguments<'_>) -> Option<&'t str> {
    let is_it = |text: &&str| is_url(text) || text.bytes().all(|byte| byte.is_ascii_digit());
    arguments.positional().map(|argument| &*argument.value).find(is_it).filter(|text| !text.is_empty())
}

/// `{% video /a.mp4 [width height] [/poster.jpg] %}`
fn film<'a>(tag: &Tag<'a>, arguments: &Arguments<'_>) -> Option<Outcome<'a>> {
    let src =
        arguments.named_or_first(&["url", "src"]).filter(|src| looks_like_path(src) || src.contains('.'))?;
    let image = || arguments.positional().map(|argument| &*argument.value).find(|it| has_image_ending(it));
    let poster = arguments.named(&["poster"]).or_else(image);
    Some(Outcome::Html { html: media(tag.name, src, poster), end: tag.end, url: Some(src.to_owned()) })
}

/// `{% img [class] /a.jpg [width [height]] [title [alt]] %}`, or the same with named arguments.
fn picture<'a>(tag: &Tag<'a>, arguments: &Arguments<'a>) -> Option<Outcome<'a>> {
    let mut class = Vec::new();
    let mut sizes = Vec::new();
    let mut texts = Vec::new();
    let mut src = arguments.named(&["src", "url", "path", "image"]);
    for argument in arguments.positional() {
        let value = &*argument.value;
        if src.is_none() && looks_like_path(value) {
            src = Some(value);
        } else if src.is_none() {
            class.push(value);
        } else if texts.is_empty() && sizes.len() < 2 && value.bytes().all(|byte| byte.is_ascii_digit()) {
            sizes.push(value);
        } else if !value.is_empty() {
            texts.push(argument);
        }
    }
    let src = src?;
    if tag.name == "asset" && !has_image_ending(src) {
        return Some(Outcome::Url(Cow::Owned(src.to_owned())));
    }
    // A title and an alternative text are quoted both; a text without quotes is all title.
    let (title, alt) = match &texts[..] {
        [title, alt] if title.is_quoted && alt.is_quoted => (title.value.to_string(), alt.value.to_string()),
        texts => {
            let text = texts.iter().map(|text| &*text.value).collect::<Vec<_>>().join(" ");
            (text.clone(), text)
        }
    };
    let is_figure = tag.name == "figure" && arguments.named(&["caption"]).is_none();
    let class = class.join(" ");
    let mut caption: Vec<&str> = arguments.named(&["caption"]).into_iter().collect();
    caption.extend((is_figure && !title.is_empty()).then_some(&*title));
    let picture = Picture {
        src,
        alt: arguments.named(&["alt"]).or((!alt.is_empty()).then_some(&*alt)),
        title: arguments.named(&["title"]).or((!is_figure && !title.is_empty()).then_some(&*title)),
        class: arguments.named(&["class"]).or((!class.is_empty()).then_some(&*class)),
        width: arguments.named(&["width"]).or(sizes.first().copied()),
        height: arguments.named(&["height"]).or(sizes.get(1).copied()),
        link: arguments.named(&["link"]),
        caption,
    };
    Some(Outcome::Html { html: picture.to_html(), end: tag.end, url: Some(src.to_owned()) })
}

fn looks_like_path(text: &str) -> bool {
    text.contains('/') || has_image_ending(text)
}

/// The text of an output that begins with a string, if its filters leave it as it is: `{{ "/a" | relative_url
/// }}`.
fn literal(output: &str) -> Option<Cow<'_, str>> {
    let (text, rest) = string(output)?;
    let filters = rest.trim_ascii();
    let leaves = |filter: &str| {
        let name = filter.trim_ascii().split([':', ' ']).next().unwrap_or_default();
        FILTERS.contains(&name)
    };
    let filters =
        filters.strip_prefix('|').map_or(filters.is_empty(), |filters| filters.split('|').all(leaves));
    filters.then_some(Cow::Borrowed(text))
}

/// The text of an output that is a string and nothing else.
pub(super) fn only_string<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let (text, rest) = string(tag.arguments)?;
    (tag.form == Form::Output && rest.trim_ascii().is_empty()).then_some(text)
}

fn string(output: &str) -> Option<(&str, &str)> {
    let quote = output.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    output[1..].split_once(quote)
}

/// The filters after which a text is still that text, but for what they put before or after it.
const FILTERS: [&str; 14] = [
    "absolute_url",
    "append",
    "asset_path",
    "asset_url",
    "escape",
    "escape_once",
    "localize_url",
    "markdownify",
    "prepend",
    "relative_url",
    "strip",
    "uri_escape",
    "url",
    "xml_escape",
];
