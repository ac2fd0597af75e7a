//! Pages in elements that are not made to embed one: players that a script turns into an `<iframe>`, and
//! scripts that write something to see.

use std::borrow::Cow;

use memchr::memchr;

use super::attributes::{Attribute, Attributes};
use super::element::Element;
use super::tag::Tag;
use super::words::trimmed;

/// An element of its own name: the attributes that lead to its page, and the URL up to the value of one.
struct Player {
    name: &'static str,
    attributes: &'static [&'static str],
    before: &'static str,
}

impl Player {
    const fn new(name: &'static str, attributes: &'static [&'static str], before: &'static str) -> Self {
        Self { name, attributes, before }
    }
}

const YOUTUBE: &str = "https://www.youtube.com/embed/";
const VIMEO: &str = "https://player.vimeo.com/video/";

const WECHAT_SOUND: &str = "https://res.wx.qq.com/voice/getvoice?mediaid=";

const PLAYERS: &[Player] = &[
    Player::new("lite-youtube", &["videoid", "video-id"], YOUTUBE),
    Player::new("lite-vimeo", &["videoid", "video-id"], VIMEO),
    Player::new("youtube-video", &["src"], ""),
    Player::new("vimeo-video", &["src"], ""),
    Player::new("oembed", &["url"], ""),
    Player::new("amp-iframe", &["src"], ""),
    Player::new("amp-youtube", &["data-videoid"], YOUTUBE),
    Player::new("amp-vimeo", &["data-videoid"], VIMEO),
    Player::new("amp-dailymotion", &["data-videoid"], "https://www.dailymotion.com/embed/video/"),
    Player::new("amp-instagram", &["data-shortcode"], "https://www.instagram.com/p/"),
    Player::new("amp-twitter", &["data-tweetid"], "https://twitter.com/i/status/"),
    Player::new("amp-gist", &["data-gistid"], "https://gist.github.com/"),
    Player::new("amp-facebook", &["data-href"], ""),
    Player::new("amp-pinterest", &["data-url"], ""),
    Player::new("amp-reddit", &["data-src"], ""),
    Player::new("amp-embedly-card", &["data-url"], ""),
    Player::new("amp-imgur", &["data-imgur-id"], "https://imgur.com/"),
    Player::new("amp-soundcloud", &["data-trackid"], "https://api.soundcloud.com/tracks/"),
    Player::new("amp-wistia-player", &["data-media-hashed-id"], "https://fast.wistia.net/embed/iframe/"),
    Player::new("amp-video-iframe", &["src"], ""),
    Player::new("amp-gfycat", &["data-gfyid"], "https://gfycat.com/ifr/"),
    Player::new("mpvoice", &["voice_encode_fileid"], WECHAT_SOUND),
    Player::new("mp-common-mpaudio", &["voice_encode_fileid"], WECHAT_SOUND),
    Player::new("qqmusic", &["audiourl"], ""),
];

/// A script that writes a page: what its URL holds after the scheme, before and after the name of the page,
/// and what stands there in the URL of the page.
struct Script {
    around: [&'static str; 2],
    page: [&'static str; 2],
}

const SCRIPTS: &[Script] = &[
    Script { around: ["//gist.github.com/", ".js"], page: ["https://gist.github.com/", ""] },
    Script { around: ["//gitlab.com/", ".js"], page: ["https://gitlab.com/", ""] },
    Script { around: ["//asciinema.org/a/", ".js"], page: ["https://asciinema.org/a/", ""] },
    Script { around: ["//pastebin.com/embed_js/", ""], page: ["https://pastebin.com/", ""] },
    Script {
        around: ["//fast.wistia.com/embed/medias/", ".jsonp"],
        page: ["https://fast.wistia.net/embed/iframe/", ""],
    },
    Script {
        around: ["//content.jwplatform.com/players/", ".js"],
        page: ["https://content.jwplatform.com/players/", ".html"],
    },
    Script { around: ["//www.buzzsprout.com/", ".js"], page: ["https://www.buzzsprout.com/", ""] },
];

impl<'a> Element<'a> {
    /// The URL of the page that a script shows in the element, or that the element, if it is a script,
    /// writes.
    pub(crate) fn scripted_page(&self) -> Option<Cow<'a, str>> {
        match self.tag {
            Tag::Script => script_page(&self.attrs).map(Cow::Owned),
            Tag::Unknown => {
                let Some(player) = PLAYERS.iter().find(|player| player.name == self.name) else {
                    return amp_page(&self.name, &self.attrs).map(Cow::Owned);
                };
                let value =
                    player.attributes.iter().find_map(|name| self.attrs.get(name).and_then(trimmed))?;
                Some(match player.before {
                    "" => value,
                    before => Cow::Owned([before, &value].concat()),
                })
            }
            _ => None,
        }
    }

    /// What the page that a script shows in the element is called.
    pub(crate) fn title_of_page(&self) -> Option<Cow<'a, str>> {
        let name = match &*self.name {
            "mpvoice" | "mp-common-mpaudio" => "name",
            "qqmusic" => "music_name",
            _ => "title",
        };
        self.attrs.get(name)
    }

    /// The `<iframe>` that a script shows in the element, whose HTML stands in an attribute of it, as with
    /// Squarespace's players.
    pub(crate) fn player_in_attribute(&self) -> Option<Element<'a>> {
        const KEPT: [&str; 4] = ["src", "title", "width", "height"];
        let html = self.attrs.get("data-html").filter(|_| self.tag == Tag::Div)?;
        let start = html.find("<iframe")? + "<iframe".len();
        let attrs = Attributes::of_tag(&html[start..]);
        let kept = KEPT.iter().filter_map(|name| {
            Some(Attribute { name: Cow::Borrowed(*name), value: Cow::Owned(attrs.get(name)?.into_owned()) })
        });
        Some(Element { attrs: kept.collect(), ..Element::implied(Tag::Iframe, "iframe") })
    }

    /// Whether the element shows or plays something else than text.
    pub(crate) fn is_media(&self) -> bool {
        self.tag.is_media() || self.scripted_page().is_some()
    }
}

/// The page of a player of AMP whose address is made of several attributes, or may be the whole of one.
fn amp_page(name: &str, attrs: &Attributes<'_>) -> Option<String> {
    let value = |name| attrs.get(name).and_then(trimmed);
    let or_default = |name| value(name).unwrap_or(Cow::Borrowed("default"));
    match name {
        "amp-brightcove" => {
            let [account, video] = ["data-account", "data-video-id"].map(value);
            let [player, embed] = ["data-player", "data-embed"].map(or_default);
            let [account, video] = [account?, video?];
            Some(format!(
                "https://players.brightcove.net/{account}/{player}_{embed}/index.html?videoId={video}"
            ))
        }
        // The number of the film, or its address.
        "amp-tiktok" => {
            let film = value("data-src")?;
            let before = if film.contains("//") { "" } else { "https://www.tiktok.com/embed/v2/" };
            Some([before, &film].concat())
        }
        "amp-jwplayer" => {
            let media = value("data-media-id").or_else(|| value("data-playlist-id"))?;
            let player = value("data-player-id")?;
            Some(format!("https://content.jwplatform.com/players/{media}-{player}.html"))
        }
        _ => None,
    }
}

/// The page that the blogs of Naver show where a script without a file stands, which holds the HTML for it.
fn page_in_module(attrs: &Attributes<'_>) -> Option<String> {
    let names = ["data-module", "data-module-v2"];
    let is_module = attrs.class().is_some_and(|class| class.trim_ascii() == "__se_module_data");
    let module = names.iter().find_map(|name| attrs.get(name).filter(|_| is_module))?;
    let html = module[module.find("<iframe")?..].replace("\\\"", "\"").replace("\\/", "/");
    Attributes::of_tag(&html["<iframe".len()..]).get_trimmed("src").map(Cow::into_owned)
}

fn script_page(attrs: &Attributes<'_>) -> Option<String> {
    let Some(src) = attrs.get("src") else { return page_in_module(attrs) };
    let url = src.trim_ascii();
    let url = ["https:", "http:"].iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or(url);
    if url == "//speakerdeck.com/assets/embed.js" {
        let id = attrs.get("data-id").and_then(trimmed)?;
        return Some(["https://speakerdeck.com/player/", &id].concat());
    }
    if url.starts_with("//telegram.org/js/telegram-widget.js") {
        let post = attrs.get("data-telegram-post").and_then(trimmed)?;
        return Some(["https://t.me/", &post, "?embed=1"].concat());
    }
    SCRIPTS.iter().find_map(|Script { around: [before, after], page }| {
        let rest = url.strip_prefix(before)?;
        let (path, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
        let name = path.strip_suffix(after).filter(|name| !name.is_empty())?;
        Some([page[0], name, page[1], query].concat())
    })
}

/// The target of the first link in HTML that was not read as HTML: what stands in an `<iframe>`.
pub(crate) fn first_link(html: &str) -> Option<Cow<'_, str>> {
    let mut at = 0;
    while let Some(start) = memchr(b'<', &html.as_bytes()[at..]) {
        at += start + 1;
        if let [b'a' | b'A', b' ' | b'\t' | b'\n' | b'\x0c' | b'/', ..] = html.as_bytes()[at..] {
            return Attributes::of_tag(&html[at + 1..]).get("href").and_then(trimmed);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_link_of_a_fallback() {
        for (html, expected) in [
            (
                "<p>See <a class=x href=' https://tea.example/a?b&amp;c '>x</a>",
                Some("https://tea.example/a?b&c"),
            ),
            ("<abbr href=x>", None),
            ("<A\nHREF=x>y</A><a href=z>", Some("x")),
            ("<a name=x>", None),
            ("<a href", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(first_link(html).as_deref(), expected, "{html}");
        }
    }
}
