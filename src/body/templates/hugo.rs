//! Shortcodes of Hugo and Zola.

use std::borrow::Cow;

use super::arguments::Arguments;
use super::content::{
    self, Picture, element, embed, has_image_ending, media, one_line, page, vimeo, youtube,
};
use super::ends::{Ends, Kind};
use super::liquid::language;
use super::outcome::{Markup, Outcome};
use super::tag::{Form, Tag};

/// What a shortcode becomes.
pub(super) fn outcome<'a>(tag: &Tag<'a>, ends: &mut Ends<'a>) -> Outcome<'a> {
    match tag.form {
        Form::EscapedAngle | Form::EscapedPercent => return Outcome::Literal(escaped(tag)),
        Form::Comment | Form::AngleEnd | Form::PercentEnd => return Outcome::Removed { end: tag.end },
        Form::Angle | Form::Percent | Form::OutputCall | Form::BlockCall | Form::Block | Form::Output => {}
    }
    if tag.name == "highlight" && matches!(tag.form, Form::Angle | Form::Percent) {
        let Some((stop, end)) = ends.next(Kind::Hugo(tag.name), tag.end) else { return Outcome::Unclosed };
        let language = language(Arguments::parse(tag.arguments).named_or_first(&["lang", "type"]));
        return Outcome::Code {
            before: String::new(),
            language,
            start: tag.end,
            stop,
            end,
            markup: Markup::Plain,
        };
    }
    shown(tag).unwrap_or(Outcome::Removed { end: tag.end })
}

/// What an escaped shortcode shows: the shortcode.
pub(super) fn escaped(tag: &Tag<'_>) -> String {
    match tag.form {
        Form::EscapedPercent => format!("{{{{%{}%}}}}", tag.arguments),
        _ => format!("{{{{<{}>}}}}", tag.arguments),
    }
}

fn shown<'a>(tag: &Tag<'a>) -> Option<Outcome<'a>> {
    let arguments = Arguments::parse(tag.arguments);
    if arguments.is_empty() {
        return None;
    }
    let first = arguments.named_or_first(&["id", "url", "src"]).filter(|first| !first.is_empty());
    let src = match tag.name {
        "ref" | "relref" => {
            let path = arguments.named_or_first(&["path"]).filter(|path| !path.is_empty())?;
            return Some(Outcome::Url(Cow::Owned(path.to_owned())));
        }
        "figure" | "image" | "img" | "picture" => return figure(tag, &arguments),
        "video" | "audio" => return film(tag, &arguments, first?),
        _ if HEADED.contains(&tag.name) => return heading(tag, &arguments),
        "youtube" => youtube(first?),
        "vimeo" => vimeo(first?),
        "gist" => gist(&arguments)?,
        "tweet" | "twitter" | "x" => {
            let status = arguments.named(&["id"]).or_else(|| {
                let is_number = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
                arguments.positional().map(|argument| &*argument.value).find(is_number)
            });
            page("https://twitter.com/i/status/", status.filter(|status| !status.is_empty()).or(first)?)
        }
        "instagram" => page("https://www.instagram.com/p/", first?),
        _ => return None,
    };
    let title = arguments.named(&["title"]);
    Some(Outcome::Html { html: embed(&src, title), end: tag.end, url: Some(src) })
}

/// `{{< gist user 123 [file] >}}`, `{{ gist(url="https://…") }}`.
fn gist(arguments: &Arguments<'_>) -> Option<String> {
    let file = arguments.named(&["file"]);
    if let Some(url) = arguments.named(&["url"]) {
        return Some(content::gist(url, file));
    }
    let mut words = arguments.positional().map(|argument| &*argument.value);
    let first = words.next()?;
    let gist = words.next().map_or_else(|| first.to_owned(), |id| format!("{first}/{id}"));
    Some(content::gist(&gist, file.or_else(|| words.next())))
}

/// Shortcodes of widely used themes whose content has a heading of its own, and Hugo's `details`.
const HEADED: [&str; 12] = [
    "accordion",
    "admonition",
    "alert",
    "callout",
    "collapse",
    "details",
    "expand",
    "hint",
    "note",
    "notice",
    "spoiler",
    "tip",
];

/// What stands above the content: `{{< details summary="Sugar?" >}}`.
fn heading<'a>(tag: &Tag<'a>, arguments: &Arguments<'_>) -> Option<Outcome<'a>> {
    let heading = arguments.named(&["summary", "title"]).filter(|text| !text.trim_ascii().is_empty())?;
    Some(Outcome::Html { html: format!("<p>{}</p>", one_line(heading)), end: tag.end, url: None })
}

/// `{{< video src="a.mp4" >}}`
fn film<'a>(tag: &Tag<'a>, arguments: &Arguments<'_>, src: &str) -> Option<Outcome<'a>> {
    if !src.contains('.') {
        return None;
    }
    let html = media(tag.name, src, arguments.named(&["poster"]));
    Some(Outcome::Html { html, end: tag.end, url: Some(src.to_owned()) })
}

fn figure<'a>(tag: &Tag<'a>, arguments: &Arguments<'a>) -> Option<Outcome<'a>> {
    let names = ["src", "path", "url", "file"];
    let src = arguments.named_or_first(&names).filter(|src| !src.is_empty())?;
    if tag.name != "figure" && !has_image_ending(src) {
        return None;
    }
    let attribution = arguments.named(&["attr"]).map(|attribution| match arguments.named(&["attrlink"]) {
        Some(link) => element("a", &[("href", Some(link))]) + attribution + "</a>",
        None => attribution.to_owned(),
    });
    let parts = [arguments.named(&["title"]), arguments.named(&["caption"]), attribution.as_deref()];
    let picture = Picture {
        src,
        alt: arguments.named(&["alt"]),
        class: arguments.named(&["class"]),
        width: arguments.named(&["width"]),
        height: arguments.named(&["height"]),
        link: arguments.named(&["link"]),
        caption: parts.into_iter().flatten().filter(|part| !part.trim_ascii().is_empty()).collect(),
        ..Picture::default()
    };
    let html = picture.to_html();
    // With or without a caption, it is a block.
    let html = if picture.caption.is_empty() { format!("<figure>{html}</figure>") } else { html };
    Some(Outcome::Html { html, end: tag.end, url: Some(src.to_owned()) })
}
