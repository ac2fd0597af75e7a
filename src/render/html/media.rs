//! Images, films, sounds and embedded pages.

use std::fmt::{self, Write};

use crate::bytes::has_space_or_control;
use crate::post::{Audio, Descriptor, Embed, Image, Media, MediaSource, Video};
use crate::render::element::{write_attribute, write_number, write_optional, write_value};
use crate::render::shown::{clean, shown_file, shown_link, shown_sources};
use crate::url::is_data;

/// Writes a medium that [is shown](crate::render::shown::shown_media), on one line.
pub(crate) fn write_media(out: &mut impl Write, media: &Media<'_>) -> fmt::Result {
    match media {
        Media::Image(image) => write_linked_image(out, image),
        Media::Video(Video { src, poster, width, height, sources }) => {
            out.write_str("<video controls")?;
            write_optional(
                out,
                " poster=\"",
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
            write_attribute(out, " src=\"", &clean(src))?;
            write_optional(out, " title=\"", title.as_deref())?;
            write_size(out, *width, *height)?;
            out.write_str("></iframe>")
        }
    }
}

fn write_size(out: &mut impl Write, width: Option<u32>, height: Option<u32>) -> fmt::Result {
    for (start, length) in [(" width=\"", width), (" height=\"", height)] {
        if let Some(length) = length {
            out.write_str(start)?;
            write_number(out, length)?;
            out.write_char('"')?;
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
    write_optional(out, " src=\"", own.and_then(|src| shown_file(src, kind)).as_deref())?;
    out.write_char('>')?;
    for (source, url) in shown_sources(sources, kind) {
        out.write_str("<source")?;
        write_attribute(out, " src=\"", &url)?;
        write_conditions(out, source)?;
        out.write_char('>')?;
    }
    write!(out, "</{kind}>")
}

fn write_conditions(out: &mut impl Write, source: &MediaSource<'_>) -> fmt::Result {
    write_optional(out, " type=\"", source.media_type.as_deref())?;
    write_optional(out, " media=\"", source.media_query.as_deref())
}

fn write_linked_image(out: &mut impl Write, image: &Image<'_>) -> fmt::Result {
    let link = image.link.as_deref().and_then(shown_link);
    if let Some(link) = &link {
        out.write_str("<a")?;
        write_attribute(out, " href=\"", link)?;
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
    write_attribute(out, " src=\"", &clean(src))?;
    write_srcset(out, own)?;
    write_attribute(out, " alt=\"", alt.as_deref().unwrap_or_default())?;
    write_optional(out, " title=\"", title.as_deref())?;
    write_size(out, *width, *height)?;
    out.write_char('>')?;
    if conditional.is_empty() { Ok(()) } else { out.write_str("</picture>") }
}

fn has_condition(source: &MediaSource<'_>) -> bool {
    source.media_type.is_some() || source.media_query.is_some()
}

/// Writes the candidates of an image as an attribute, if there are any.
fn write_srcset(out: &mut impl Write, sources: &[MediaSource<'_>]) -> fmt::Result {
    let mut before = " srcset=\"";
    for (source, url) in shown_sources(sources, "image").filter(|(_, url)| !is_data(url)) {
        out.write_str(before)?;
        before = ", ";
        write_candidate(out, &url)?;
        match source.descriptor {
            Some(Descriptor::Width(width)) => {
                out.write_char(' ')?;
                write_number(out, width)?;
                out.write_char('w')?;
            }
            Some(Descriptor::Density(density)) if density.is_finite() => write!(out, " {density}x")?,
            Some(Descriptor::Density(_)) | None => {}
        }
    }
    if before == ", " { out.write_char('"') } else { Ok(()) }
}

/// Writes the URL of a candidate. White space in it, or a comma at its edges, would end it.
fn write_candidate(out: &mut impl Write, url: &str) -> fmt::Result {
    if !(has_space_or_control(url.as_bytes()) || url.starts_with(',') || url.ends_with(',')) {
        return write_value(out, url);
    }
    let inner = url.trim_matches(',');
    let start = url.len() - url.trim_start_matches(',').len();
    let end = url.len() - start - inner.len();
    (0..start).try_for_each(|_| out.write_str("%2C"))?;
    write_value(out, &inner.replace(' ', "%20").replace('\u{c}', "%0C"))?;
    (0..end).try_for_each(|_| out.write_str("%2C"))
}
