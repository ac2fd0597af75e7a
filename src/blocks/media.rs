//! Images, films, sounds and embedded pages, as the attributes of their elements describe them.

use std::borrow::Cow;

use super::srcset::add_srcset;
use super::urls::{Urls, is_data, is_file, is_link};
use crate::chars::is_blank;
use crate::html::event::{Attributes, Names, emoji, trimmed};
use crate::post::{Audio, Embed, Image, MediaSource, Video};
use crate::word_list::words;

/// The attributes in which lazy loaders keep the URL that a script would put into `src`, best first.
const LAZY: &[&str] = words!("placeholders.txt", "attributes with the URL");

/// The other attributes of an `<img>` that matter.
const OWN: [&str; 8] = ["src", "alt", "title", "width", "height", "class", "srcset", "data-srcset"];

/// All attributes of an `<img>` that matter.
const IMAGE: [&str; OWN.len() + LAZY.len()] = {
    let mut names = [""; OWN.len() + LAZY.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = if index < OWN.len() { OWN[index] } else { LAZY[index - OWN.len()] };
        index += 1;
    }
    names
};

/// The attributes of an `<img>` that matter, found in one pass: an image has many attributes, and most of
/// them matter.
pub(super) struct ImageAttrs<'a> {
    src: Option<Cow<'a, str>>,
    lazy: [Option<Cow<'a, str>>; LAZY.len()],
    srcsets: [Option<Cow<'a, str>>; 2],
    alt: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    width: Option<Cow<'a, str>>,
    height: Option<Cow<'a, str>>,
    class: Option<Cow<'a, str>>,
}

impl<'a> ImageAttrs<'a> {
    pub(super) fn of(attrs: &Attributes<'a>) -> Self {
        const NAMES: Names<'_, { IMAGE.len() }> = Names::new(IMAGE);
        let [src, alt, title, width, height, class, srcset, data_srcset, lazy @ ..] = attrs.get_all(&NAMES);
        Self { src, lazy, srcsets: [srcset, data_srcset], alt, title, width, height, class }
    }

    /// The image, or `None` if it has no URL. `sources` are those of the `<picture>` around it.
    pub(super) fn image(
        self,
        mut sources: Vec<MediaSource<'a>>,
        link: Option<Cow<'a, str>>,
        urls: &Urls<'_>,
    ) -> Option<Image<'a>> {
        for list in self.srcsets.into_iter().flatten() {
            add_srcset(&list, urls, &mut sources);
        }
        let own = self.src.and_then(|src| file(src, urls));
        let is_real = |url: &Cow<'a, str>| !is_data(url);
        let mut lazy = self.lazy.into_iter().flatten();
        let mut real_lazy = || lazy.find_map(|value| file(value, urls).filter(is_real));
        let (own, data) = if own.as_ref().is_some_and(is_real) { (own, None) } else { (None, own) };
        let src = own
            .or_else(&mut real_lazy)
            .or_else(|| sources.first().map(|source| source.url.clone()))
            // A `data:` URL is a placeholder beside any other URL, and the image if it stands alone.
            .or(data)?;
        clear_if_known(&mut sources, &src);
        Some(Image {
            src,
            alt: self.alt.and_then(shown_text),
            title: self.title.and_then(shown_text),
            width: self.width.as_deref().and_then(pixels),
            height: self.height.as_deref().and_then(pixels),
            sources,
            link,
        })
    }

    /// The text that an emoji or a smiley stands for, if the image is one.
    pub(super) fn emoji(&self) -> Option<Cow<'a, str>> {
        emoji(self.alt.as_ref(), self.class.as_deref(), self.src.as_deref())
    }
}

/// Empties a list of candidates that are all the URL `src` and tell nothing else.
pub(super) fn clear_if_known(sources: &mut Vec<MediaSource<'_>>, src: &str) {
    if sources
        .iter()
        .all(|source| source.url == src && source.descriptor.is_none() && source.media_query.is_none())
    {
        *sources = Vec::new();
    }
}

/// The candidates of a `<source>` in a `<picture>`.
pub(super) fn picture_sources<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Vec<MediaSource<'a>> {
    let media_type = attrs.get_trimmed("type");
    let media = attrs.get_trimmed("media");
    let list = attrs.get("srcset").or_else(|| attrs.get("data-srcset")).unwrap_or_default();
    let mut candidates = Vec::new();
    add_srcset(&list, urls, &mut candidates);
    let Some((first, others)) = candidates.split_first_mut() else { return candidates };
    for source in others {
        source.media_type = media_type.as_ref().and_then(|text| urls.copy(text));
        source.media_query = media.as_ref().and_then(|text| urls.copy(text));
    }
    (first.media_type, first.media_query) = (media_type, media);
    candidates
}

/// The file of a `<source>` in a `<video>` or an `<audio>`.
pub(super) fn player_source<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Option<MediaSource<'a>> {
    Some(MediaSource {
        url: file_of(attrs, "src", urls).or_else(|| file_of(attrs, "data-src", urls))?,
        descriptor: None,
        media_type: attrs.get_trimmed("type"),
        media_query: attrs.get_trimmed("media"),
    })
}

/// A film, as far as its start tag tells.
pub(super) fn video<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Video<'a> {
    Video {
        src: file_of(attrs, "src", urls).or_else(|| file_of(attrs, "data-src", urls)),
        poster: file_of(attrs, "poster", urls),
        width: pixels_of(attrs, "width"),
        height: pixels_of(attrs, "height"),
        sources: Vec::new(),
    }
}

/// A sound, as far as its start tag tells.
pub(super) fn audio<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Audio<'a> {
    Audio {
        src: file_of(attrs, "src", urls).or_else(|| file_of(attrs, "data-src", urls)),
        sources: Vec::new(),
    }
}

/// The page or object that an `<iframe>`, `<embed>` or `<object>` embeds: the first usable URL in the
/// attributes `names`.
pub(super) fn embed<'a>(attrs: &Attributes<'a>, names: &[&str], urls: &Urls<'_>) -> Option<Embed<'a>> {
    let is_page = |url: &Cow<'a, str>| !url.eq_ignore_ascii_case("about:blank") && is_link(url);
    let url_in = |name: &&str| attrs.get(name).and_then(|value| urls.resolve(value)).filter(is_page);
    Some(Embed { src: names.iter().find_map(url_in)?, ..embed_without_address(attrs) })
}

/// What the attributes of an element tell of the page that it embeds, other than its address.
pub(super) fn embed_without_address<'a>(attrs: &Attributes<'a>) -> Embed<'a> {
    Embed {
        src: Cow::Borrowed(""),
        title: attrs.get("title").and_then(shown_text),
        width: pixels_of(attrs, "width"),
        height: pixels_of(attrs, "height"),
    }
}

/// The URL of a file to look at or to play, unless it runs something.
fn file<'a>(value: Cow<'a, str>, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    urls.resolve(value).filter(|url| is_file(url))
}

fn file_of<'a>(attrs: &Attributes<'a>, name: &str, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    attrs.get(name).and_then(|value| file(value, urls))
}

/// The text of an attribute, if a reader would see something of it.
fn shown_text(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    trimmed(value).filter(|text| !text.chars().all(is_blank))
}

fn pixels_of(attrs: &Attributes<'_>, name: &str) -> Option<u32> {
    attrs.get(name).as_deref().and_then(pixels)
}

/// A length in pixels: `640`, `640.5` or `640px`. `None` for a percentage.
fn pixels(value: &str) -> Option<u32> {
    let value = value.trim_ascii();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    (unit.is_empty() || unit.eq_ignore_ascii_case("px")).then(|| number.parse().ok()).flatten()
}
