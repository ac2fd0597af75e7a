//! Images, films, sounds and embedded pages.

use std::fmt::{self, Write};

use crate::post::{Audio, Descriptor, Embed, Image, Media, MediaSource, Video};
use crate::render::element::{write_attribute, write_optional};
use crate::render::shown::{clean, is_data, shown_file, shown_link, shown_sources};

/// Writes a medium that [is shown](crate::render::shown::shown_media), on one line.
pub(crate) fn write_media(out: &mut impl Write, media: &Media<'_>) -> fmt::Result {
    match media {
        Media::Image(image) => write_linked_image(out, image),
        Media::Video(Video { src, poster, width, height, sources }) => {
            out.write_str("<video controls")?;
            write_optional(
                out,
                "poster",
                poster.as_deref().and_then(|poster| shown_file(poster, "image")).as_deref(),
            )?;
            write_size(out, *width, *height)?;
            write_files(out, src.as_deref(), sources, "video")
        }
        Media::Audio(Audio { src, sources }) => {
            out.write_str("<audio controls")?;
            write_files(out, src.as_deref(), sources, "audio")
        }
        Media::Embed(Embed { src, title, width, height }) => {
            out.write_str("<iframe")?;
            write_attribute(out, "src", &clean(src))?;
            write_optional(out, "title", title.as_deref())?;
            write_size(out, *width, *height)?;
            out.write_str("></iframe>")
        }
    }
}

fn write_size(out: &mut impl Write, width: Option<u32>, height: Option<u32>) -> fmt::Result {
    for (name, length) in [("width", width), ("height", height)] {
        if let Some(length) = length {
            write!(out, " {name}=\"{length}\"")?;
        }
    }
    Ok(())
}

/// Writes the rest of a player's start tag, its files and its end tag.
fn write_files(
    out: &mut impl Write,
    src: Option<&str>,
    sources: &[MediaSource<'_>],
    kind: &str,
) -> fmt::Result {
    // A player without a URL of its own plays the first of its files.
    let own = src.filter(|src| sources.first().is_none_or(|source| source.url != *src));
    write_optional(out, "src", own.and_then(|src| shown_file(src, kind)).as_deref())?;
    out.write_char('>')?;
    for (source, url) in shown_sources(sources, kind) {
        out.write_str("<source")?;
        write_attribute(out, "src", &url)?;
        write_conditions(out, source)?;
        out.write_char('>')?;
    }
    write!(out, "</{kind}>")
}

fn write_conditions(out: &mut impl Write, source: &MediaSource<'_>) -> fmt::Result {
    write_optional(out, "type", source.media_type.as_deref())?;
    write_optional(out, "media", source.media_query.as_deref())
}

fn write_linked_image(out: &mut impl Write, image: &Image<'_>) -> fmt::Result {
    let link = image.link.as_deref().and_then(shown_link);
    if let Some(link) = &link {
        out.write_str("<a")?;
        write_attribute(out, "href", link)?;
        out.write_char('>')?;
    }
    write_image(out, image)?;
    if link.is_some() { out.write_str("</a>") } else { Ok(()) }
}

fn write_image(out: &mut impl Write, image: &Image<'_>) -> fmt::Result {
    let Image { src, alt, title, width, height, sources, link: _ } = image;
    // The sources after the last one with a condition are candidates of the `<img>` itself.
    let own = sources.iter().rposition(has_condition).map_or(0, |last| last + 1);
    let (conditional, own) = sources.split_at(own);
    if !conditional.is_empty() {
        out.write_str("<picture>")?;
        for sources in conditional.chunk_by(|one, other| {
            (&one.media_type, &one.media_query) == (&other.media_type, &other.media_query)
        }) {
            out.write_str("<source")?;
            write_srcset(out, sources)?;
            write_conditions(out, &sources[0])?;
            out.write_char('>')?;
        }
    }
    out.write_str("<img")?;
    write_attribute(out, "src", &clean(src))?;
    write_srcset(out, own)?;
    write_attribute(out, "alt", alt.as_deref().unwrap_or_default())?;
    write_optional(out, "title", title.as_deref())?;
    write_size(out, *width, *height)?;
    out.write_char('>')?;
    if conditional.is_empty() { Ok(()) } else { out.write_str("</picture>") }
}

fn has_condition(source: &MediaSource<'_>) -> bool {
    source.media_type.is_some() || source.media_query.is_some()
}

/// Writes the candidates of an image as an attribute, if there are any.
fn write_srcset(out: &mut impl Write, sources: &[MediaSource<'_>]) -> fmt::Result {
    let mut list = String::new();
    for (source, url) in shown_sources(sources, "image").filter(|(_, url)| !is_data(url)) {
        if !list.is_empty() {
            list.push_str(", ");
        }
        push_candidate(&mut list, &url);
        match source.descriptor {
            Some(Descriptor::Width(width)) => write!(list, " {width}w")?,
            Some(Descriptor::Density(density)) if density.is_finite() => write!(list, " {density}x")?,
            Some(Descriptor::Density(_)) | None => {}
        }
    }
    if list.is_empty() { Ok(()) } else { write_attribute(out, "srcset", &list) }
}

/// Adds the URL of a candidate. White space in it, or a comma at its edges, would end it.
fn push_candidate(list: &mut String, url: &str) {
    let inner = url.trim_matches(',');
    let start = url.len() - url.trim_start_matches(',').len();
    let edges = |list: &mut String, count| list.extend(std::iter::repeat_n("%2C", count));
    edges(list, start);
    for c in inner.chars() {
        match c {
            ' ' => list.push_str("%20"),
            '\u{c}' => list.push_str("%0C"),
            _ => list.push(c),
        }
    }
    edges(list, url.len() - start - inner.len());
}
