//! Shortcodes of WordPress.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::arguments::Arguments;
use super::content::{self, embed, page, vimeo, youtube};
use super::ends::{Ends, Kind};
use super::figure_content::image_end;
use super::liquid::language;
use super::outcome::{Markup, Outcome};
use crate::word_list::words;

/// `[name arguments]`, `[/name]`, or with one more pair of brackets around it, which makes it text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shortcode<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) name: &'a str,
    pub(super) arguments: &'a str,
    pub(super) is_end: bool,
    pub(super) is_escaped: bool,
    what: &'static str,
}

/// The names that are shortcodes, with what they are. Others are text in brackets.
static KNOWN: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let entries = words!("shortcodes.txt", "");
    entries.iter().filter_map(|entry| entry.split_once(' ')).collect()
});

/// What the shortcodes of page builders begin with.
const PREFIXES: [&str; 6] = ["vc_", "et_pb_", "fusion_", "av_", "su_", "elementor-"];

fn what(name: &str) -> Option<&'static str> {
    if PREFIXES.iter().any(|prefix| name.starts_with(prefix) && name.len() > prefix.len()) {
        return Some("alone");
    }
    // CodeColorer has a name for each language too: `[cc_sql]`.
    let own = match name.split_once('_') {
        Some((own @ ("cc" | "cce" | "cci"), language)) if KNOWN.get(language) == Some(&"code") => own,
        _ => name,
    };
    KNOWN.get(own).copied()
}

/// The shortcode that begins with the bracket at `start`.
pub(super) fn shortcode(body: &str, start: usize) -> Option<Shortcode<'_>> {
    let rest = &body[start + 1..];
    let is_escaped = rest.starts_with('[');
    let rest = rest.strip_prefix('[').unwrap_or(rest);
    let (is_end, rest) = match rest.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(length);
    // `[audio:https://…|titles=…]` is what an old player took.
    let is_old_audio = name == "audio" && rest.starts_with(':');
    if !is_old_audio && !rest.starts_with([' ', '\t', '\n', '\r', ']', '/', '=', '\u{a0}']) {
        return None;
    }
    let what = what(name)?;
    let length = rest.find([']', '['])?;
    let after = rest[length..].strip_prefix(']')?;
    let (after, is_closed) = match after.strip_prefix(']') {
        Some(after) if is_escaped => (after, true),
        _ => (after, !is_escaped),
    };
    // `[video](url)`, `[video][1]` and `[video]: url` are Markdown.
    let is_markdown = length == 0 && after.starts_with(['(', '[', ':']) && !is_end && !is_escaped;
    if !is_closed || is_markdown || (is_end && length > 0) {
        return None;
    }
    let arguments = rest[..length].trim_ascii();
    let arguments = arguments.strip_suffix('/').unwrap_or(arguments);
    let end = body.len() - after.len();
    Some(Shortcode { start, end, name, arguments, is_end, is_escaped, what })
}

impl<'a> Shortcode<'a> {
    pub(super) fn is_caption(&self) -> bool {
        self.what == "caption" && !self.is_escaped
    }

    /// The shortcode as a report names it, like `[gallery]`.
    pub(super) fn element(&self) -> String {
        format!("[{}{}]", if self.is_end { "/" } else { "" }, super::tag::first_bytes(self.name))
    }

    /// What the shortcode becomes.
    pub(super) fn outcome(&self, body: &'a str, ends: &mut Ends<'a>) -> Outcome<'a> {
        if self.is_escaped {
            return Outcome::Source(Cow::Borrowed(&body[self.start + 1..self.end - 1]));
        }
        let removed = Outcome::Removed { end: self.end };
        if self.is_end || self.what == "alone" {
            return removed;
        }
        let close = ends.next(Kind::WordPress(self.name), self.end);
        let has_names = self.arguments.contains('=');
        let unclosed = if has_names { Outcome::Unclosed } else { Outcome::Text };
        match (self.what, close) {
            ("caption", Some((stop, _))) => self.caption(body, stop),
            ("code", Some((stop, end))) => Outcome::Code {
                before: String::new(),
                language: self.language(),
                start: self.end,
                stop,
                end,
                markup: Markup::Html,
            },
            ("inline", Some((stop, end))) => {
                let html = content::inline_code(&body[self.end..stop]);
                Outcome::Html { html, end, url: None }
            }
            ("caption" | "code" | "inline", None) => unclosed,
            ("wrapper", None) if !has_names => Outcome::Text,
            ("wrapper", _) => removed,
            _ => self.media(body, close),
        }
    }

    /// Whether an argument without a name is a URL, or the identifier of what is to be shown.
    fn is_target(&self, value: &str) -> bool {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match self.what {
            "youtube" => value.contains('/') || (value.len() == 11 && value.bytes().all(is_part)),
            "vimeo" | "tweet" | "gist" => {
                value.contains('/') || value.bytes().all(|byte| byte.is_ascii_digit())
            }
            _ => value.contains('/'),
        }
    }

    fn language(&self) -> Option<String> {
        let arguments = Arguments::parse(self.arguments);
        let named = arguments.named(&["lang", "language"]);
        let is_general =
            matches!(self.name, "code" | "coolcode" | "crayon" | "geshi" | "source" | "sourcecode")
                || self.name.starts_with("cc");
        let own = (!is_general && !matches!(self.name, "plain" | "text")).then_some(self.name);
        let after_prefix = self.name.split_once('_').map(|(_, language)| language);
        language(named.or(own).or(after_prefix))
    }

    fn caption(&self, body: &'a str, close: usize) -> Outcome<'a> {
        let arguments = Arguments::parse(self.arguments);
        let caption = arguments.named(&["caption"]).filter(|caption| !caption.trim_ascii().is_empty());
        let image_end = image_end(&body[self.end..close]).map(|length| self.end + length);
        let has_text = |at: &usize| !body[*at..close].trim_ascii().is_empty();
        Outcome::BeginFigure {
            close,
            caption_from: image_end.filter(has_text),
            caption: caption.map(str::to_owned),
        }
    }

    /// What is played or shown from elsewhere, by a URL in the arguments or between the tags.
    fn media(&self, body: &str, close: Option<(usize, usize)>) -> Outcome<'a> {
        if let Some(files) = self.arguments.strip_prefix(':') {
            let files = files.split_once('|').map_or(files, |(files, _options)| files);
            // `[audio: the birds]` is prose.
            if !files.contains('.') || files.contains(|c: char| c.is_ascii_whitespace()) {
                return Outcome::Text;
            }
            let files = files.split(',').filter(|file| !file.is_empty());
            let html = files.map(|file| content::media("audio", file, None)).collect();
            return Outcome::Html { html, end: self.end, url: None };
        }
        let arguments = Arguments::parse(self.arguments.trim_start_matches('='));
        let names =
            ["src", "url", "id", "href", "mp4", "m4v", "webm", "ogv", "flv", "mp3", "m4a", "ogg", "wav"];
        let positional = arguments.positional().next().map(|argument| &*argument.value);
        let given = arguments.named(&names).or(positional.filter(|value| self.is_target(value)));
        let content = close.and_then(|(stop, end)| Some((link_target(&body[self.end..stop])?, end)));
        let (target, end) = match (given.filter(|target| !target.is_empty()), content) {
            (Some(target), _) => (target, self.end),
            (None, Some((target, end))) => (target, end),
            // `[video here]` is prose.
            (None, None) if close.is_none() && !self.arguments.contains('=') => return Outcome::Text,
            (None, None) => return Outcome::Removed { end: self.end },
        };
        let src = match self.what {
            "youtube" => youtube(target),
            "vimeo" => vimeo(target),
            "gist" => page("https://gist.github.com/", target),
            "tweet" => page("https://twitter.com/i/status/", target),
            "instagram" => page("https://www.instagram.com/p/", target),
            _ => target.to_owned(),
        };
        let html = match self.what {
            "audio" | "video" => content::media(self.what, &src, arguments.named(&["poster"])),
            "embed" if src.contains("youtu") => embed(&youtube(&src), None),
            "embed" if src.contains("vimeo.com/") => embed(&vimeo(&src), None),
            "page" if !src.contains('/') => return Outcome::Removed { end: self.end },
            _ => embed(&src, None),
        };
        Outcome::Html { html, end, url: None }
    }
}

/// The URL that stands between two tags, as text or as a link that shows it.
fn link_target(content: &str) -> Option<&str> {
    let content = content.trim_ascii();
    let url = match content.strip_prefix("<a href=\"").and_then(|rest| rest.split_once('"')) {
        Some((url, rest)) => {
            let text = rest.strip_suffix("</a>")?.split_once('>')?.1;
            (text.trim_ascii() == url).then_some(url)?
        }
        None => content,
    };
    let is_one =
        !url.is_empty() && !url.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '<' | '>' | '['));
    is_one.then_some(url)
}
