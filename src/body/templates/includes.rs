//! Includes of Jekyll that show what their arguments say: pictures, films and boxes of text.
//!
//! What an include does is known to its theme alone. The names of the files and of the arguments are those of
//! widely used themes (Minimal Mistakes, Feeling Responsive, the Documentation Theme) and their like.

use super::arguments::Arguments;
use super::content::{Picture, embed, has_image_ending, media, one_line, vimeo, youtube};
use super::outcome::Outcome;

/// Words in the names of files that show a picture.
const PICTURES: [&str; 5] = ["figure", "image", "img", "photo", "picture"];

/// Names of files that show a box of text.
const BOXES: [&str; 10] =
    ["admonition", "alert", "callout", "important", "info", "note", "notice", "tip", "warning", "danger"];

/// What the text of a box is called, after its title.
const TEXTS: [&str; 12] = [
    "title", "content", "text", "message", "body", "alert", "info", "success", "warning", "danger", "note",
    "terminal",
];

/// What `{% include file.html name="value" %}` shows, if it is known.
pub(super) fn shown<'a>(arguments: &str, end: usize) -> Option<Outcome<'a>> {
    let arguments = Arguments::parse(arguments);
    let file = &*arguments.positional().next()?.value;
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    let name = name.split_once('.').map_or(name, |(name, _)| name).to_ascii_lowercase();
    let given = |names: &[&str]| arguments.named(names).filter(|value| !value.trim_ascii().is_empty());
    if BOXES.contains(&&*name) {
        let texts = TEXTS.iter().filter_map(|text| given(&[text]));
        let texts: Vec<_> = texts.map(|text| format!("<p>{}</p>", one_line(text))).collect();
        let html = texts.concat();
        return (!html.is_empty()).then_some(Outcome::Html { html, end, url: None });
    }
    let src = given(&["image_path", "src", "url", "path", "file", "image", "img", "id"]);
    if PICTURES.iter().any(|word| name.contains(word)) {
        let src = src.filter(|src| has_image_ending(src))?;
        let picture = Picture {
            src,
            alt: arguments.named(&["alt"]),
            title: given(&["title"]),
            class: given(&["class"]),
            width: given(&["width"]),
            height: given(&["height"]),
            link: given(&["link", "href"]),
            caption: given(&["caption", "description"]).into_iter().collect(),
        };
        return Some(Outcome::Html { html: picture.to_html(), end, url: Some(src.to_owned()) });
    }
    let provider = given(&["provider"]).unwrap_or(&name);
    let video = src.or_else(|| arguments.positional().nth(1).map(|argument| &*argument.value));
    let html = if provider.contains("youtube") {
        embed(&youtube(video?), given(&["title"]))
    } else if provider.contains("vimeo") {
        embed(&vimeo(video?), given(&["title"]))
    } else if matches!(&*name, "video" | "audio") && video?.contains(['/', '.']) {
        media(&name, video?, given(&["poster"]))
    } else {
        return None;
    };
    Some(Outcome::Html { html, end, url: None })
}
