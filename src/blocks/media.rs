//! Films, sounds, embedded pages and the candidates of a picture, as the attributes of their elements
//! describe them.

use std::borrow::Cow;

use super::placeholder::{Worth, worth};
use super::srcset::{add_srcset, drop_doubtful};
use super::urls::{Urls, is_whole};
use crate::chars::is_blank;
use crate::html::event::{Attributes, Names, RawValue, lower_case, pixels, trimmed};
use crate::post::{Audio, Embed, MediaSource, Video};
use crate::url::percent_decoded;

/// The candidates of a `<source>` in a `<picture>`.
pub(super) fn picture_sources<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Vec<MediaSource<'a>> {
    // `src` is for players, and yet some pages have it here.
    const NAMES: Names<'_, 7> =
        Names::new(["type", "media", "srcset", "data-srcset", "data-lazy-srcset", "data-src", "src"]);
    let [media_type, media, lists @ ..] = attrs.get_all_raw(&NAMES);
    let text = |value: Option<RawValue<'a>>| value.map(RawValue::decode).and_then(trimmed);
    let (media_type, media) = (text(media_type), text(media));
    let mut candidates = Vec::new();
    for list in lists.into_iter().flatten() {
        add_srcset(list, urls, &mut candidates);
        drop_doubtful(&mut candidates, Some(""));
        if !candidates.is_empty() {
            break;
        }
    }
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
        // A spacer is shown where a stylesheet draws the poster.
        poster: file_of(attrs, "poster", urls).filter(|poster| worth(poster) != Worth::Doubtful),
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
    let src = names.iter().find_map(|name| page_in(attrs, name, urls))?;
    Some(Embed { src, ..embed_without_address(attrs) })
}

fn page_in<'a>(attrs: &Attributes<'a>, name: &str, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    attrs.get(name).and_then(|value| urls.link(value)).filter(|url| !url.eq_ignore_ascii_case("about:blank"))
}

/// The page of an `<iframe>` that a script loads once the page is scrolled to it, or once cookies are
/// allowed: it waits in an attribute such as `data-litespeed-src` or `data-cookieblock-src`.
#[cold]
pub(super) fn waiting_embed<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Option<Embed<'a>> {
    let mut src = None;
    attrs.for_each(|attr| {
        let name = lower_case(attr.name());
        let is_lazy = name.starts_with("data-") && name.ends_with("src");
        // Of two attributes with one name, the first one counts.
        if is_lazy && src.is_none() && attrs.get(&name).is_some_and(|value| value.contains('/')) {
            src = page_in(attrs, &name, urls);
        }
    });
    Some(Embed { src: src?, ..embed_without_address(attrs) })
}

/// The page that an `<iframe>` shows a card of, where the address is that of the card: Zenn and Qiita write
/// the URL of the page into another attribute.
#[cold]
pub(super) fn page_of_card<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    let page = percent_decoded(&attrs.get("data-content")?).collect();
    let page = String::from_utf8(page).ok().filter(|page| is_whole(page))?;
    urls.link(Cow::Owned(page))
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

fn file_of<'a>(attrs: &Attributes<'a>, name: &str, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    attrs.get(name).and_then(|value| urls.file(value))
}

/// The text of an attribute, if a reader would see something of it.
pub(super) fn shown_text(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    trimmed(value).filter(|text| !text.chars().all(is_blank))
}

pub(super) fn pixels_of(attrs: &Attributes<'_>, name: &str) -> Option<u32> {
    attrs.get(name).as_deref().and_then(pixels)
}
