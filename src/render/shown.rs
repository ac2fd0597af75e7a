//! What of a post is written: URLs that run something are not.

use std::borrow::Cow;

use crate::post::{Audio, Figure, MarkKind, Media, MediaSource, Video};
use crate::url;

/// Whether a mark is written. A link is if it runs nothing; its text is written in any case.
pub(super) fn is_mark_shown(kind: &MarkKind<'_>) -> bool {
    kind.href().is_none_or(|href| shown_link(href).is_some())
}

/// The URL of a link as it is written; `None` if it might run something.
pub(super) fn shown_link(href: &str) -> Option<Cow<'_, str>> {
    Some(clean(href)).filter(|href| url::is_safe_link(href))
}

/// The media of a figure that are written: their URLs run nothing.
pub(super) fn shown_media<'p, 'a>(figure: &'p Figure<'a>) -> impl Iterator<Item = &'p Media<'a>> {
    figure.media.iter().filter(|media| is_media_shown(media))
}

fn is_media_shown(media: &Media<'_>) -> bool {
    match media {
        Media::Image(image) => shown_file(&image.src, "image").is_some(),
        Media::Video(Video { src, sources, .. }) => has_file(src.as_deref(), sources, "video"),
        Media::Audio(Audio { src, sources }) => has_file(src.as_deref(), sources, "audio"),
        Media::Embed(embed) => url::is_safe_page(&clean(&embed.src)),
    }
}

fn has_file(src: Option<&str>, sources: &[MediaSource<'_>], kind: &str) -> bool {
    src.and_then(|src| shown_file(src, kind)).is_some() || shown_sources(sources, kind).next().is_some()
}

/// A URL as it is written in an attribute: without the white space that HTML takes out of it.
pub(super) fn clean(url: &str) -> Cow<'_, str> {
    url::clean(url.into())
}

/// The URL of a file as it is written; `None` if it might be something else than a file of this kind.
pub(super) fn shown_file<'u>(url: &'u str, kind: &str) -> Option<Cow<'u, str>> {
    Some(clean(url)).filter(|url| url::is_safe_media(url, kind))
}

/// The sources whose files are written, each with its URL.
pub(super) fn shown_sources<'p, 'a>(
    sources: &'p [MediaSource<'a>],
    kind: &str,
) -> impl Iterator<Item = (&'p MediaSource<'a>, Cow<'p, str>)> {
    sources.iter().filter_map(move |source| Some((source, shown_file(&source.url, kind)?)))
}
