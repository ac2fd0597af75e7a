//! Figures, and their media: what a reader looks at or plays.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::owned::{all_owned, owned};
use super::text::Text;

/// Images, videos, audio and embedded pages that belong together, with the words beneath them.
///
/// ```
/// let post = offprint::Post::parse("<figure><img src=https://a.example/tea.jpg><figcaption>Tea. Photo: Ann Lee</figure>")?;
/// let figure = post.figures().next().unwrap();
/// assert_eq!(figure.media[0].url(), Some("https://a.example/tea.jpg"));
/// assert_eq!(figure.caption.as_ref().unwrap().as_ref(), "Tea. Photo: Ann Lee");
/// assert_eq!(figure.credit.as_deref(), Some("Ann Lee"));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Figure<'a> {
    /// What is shown, in order. Empty if the source has a caption alone.
    pub media: Vec<Media<'a>>,
    /// The caption, whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text<'a>>,
    /// The agency or the photographer that the caption names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<Cow<'a, str>>,
    /// The element's `id`, which links in the post refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
}

impl<'a> Figure<'a> {
    /// A figure of these media, without a caption.
    pub fn new(media: Vec<Media<'a>>) -> Self {
        Self { media, ..Self::default() }
    }

    /// The figure without its tie to the source.
    pub fn into_owned(self) -> Figure<'static> {
        let Self { media, caption, credit, id } = self;
        Figure {
            media: all_owned(media, Media::into_owned),
            caption: caption.map(Text::into_owned),
            credit: credit.map(owned),
            id: id.map(owned),
        }
    }
}

/// One thing to look at or to play.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Media<'a> {
    /// An image.
    Image(Image<'a>),
    /// A video.
    Video(Video<'a>),
    /// An audio file.
    Audio(Audio<'a>),
    /// A page or a plug-in's object inside the page.
    Embed(Embed<'a>),
}

impl<'a> Media<'a> {
    /// The image, if the medium is one.
    pub fn image(&self) -> Option<&Image<'a>> {
        match self {
            Self::Image(image) => Some(image),
            Self::Video(_) | Self::Audio(_) | Self::Embed(_) => None,
        }
    }

    /// The video, if the medium is one.
    pub fn video(&self) -> Option<&Video<'a>> {
        match self {
            Self::Video(video) => Some(video),
            Self::Image(_) | Self::Audio(_) | Self::Embed(_) => None,
        }
    }

    /// The audio file, if the medium is one.
    pub fn audio(&self) -> Option<&Audio<'a>> {
        match self {
            Self::Audio(audio) => Some(audio),
            Self::Image(_) | Self::Video(_) | Self::Embed(_) => None,
        }
    }

    /// The embedded page or object, if the medium is one.
    pub fn embed(&self) -> Option<&Embed<'a>> {
        match self {
            Self::Embed(embed) => Some(embed),
            Self::Image(_) | Self::Video(_) | Self::Audio(_) => None,
        }
    }

    /// The URL of what is shown or played; `None` if the source names none.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Image(image) => Some(&image.src),
            Self::Video(video) => video.src.as_deref(),
            Self::Audio(audio) => audio.src.as_deref(),
            Self::Embed(embed) => Some(&embed.src),
        }
    }

    /// The medium without its tie to the source.
    pub fn into_owned(self) -> Media<'static> {
        match self {
            Self::Image(image) => Media::Image(image.into_owned()),
            Self::Video(video) => Media::Video(video.into_owned()),
            Self::Audio(audio) => Media::Audio(audio.into_owned()),
            Self::Embed(embed) => Media::Embed(embed.into_owned()),
        }
    }
}

/// An image.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Image<'a> {
    /// The URL of the real image, not of a placeholder that a script would replace. Of several copies in
    /// different sizes, that of the largest.
    pub src: Cow<'a, str>,
    /// The text that stands in for the image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<Cow<'a, str>>,
    /// The advisory title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'a, str>>,
    /// The width in CSS pixels, as the source states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The height in CSS pixels, as the source states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The same image in other sizes and formats: the candidates of its `srcset` and of the `<picture>`
    /// around it, URLs that waited for a script, and those of copies beside it. Placeholders and broken URLs
    /// are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<MediaSource<'a>>,
    /// Where a click on the image leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Cow<'a, str>>,
}

impl<'a> Image<'a> {
    /// The image at this URL.
    pub fn new(src: impl Into<Cow<'a, str>>) -> Self {
        Self { src: src.into(), ..Self::default() }
    }

    /// The image without its tie to the source.
    pub fn into_owned(self) -> Image<'static> {
        let Self { src, alt, title, width, height, sources, link } = self;
        Image {
            src: owned(src),
            alt: alt.map(owned),
            title: title.map(owned),
            width,
            height,
            sources: all_owned(sources, MediaSource::into_owned),
            link: link.map(owned),
        }
    }
}

/// One of several files with the same content: a candidate of a `srcset`, or a `<source>`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct MediaSource<'a> {
    /// The file's URL.
    pub url: Cow<'a, str>,
    /// For which screen it is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub descriptor: Option<Descriptor>,
    /// The file's media type, like `image/webp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Cow<'a, str>>,
    /// The media query under which it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_query: Option<Cow<'a, str>>,
}

impl<'a> MediaSource<'a> {
    /// The file at this URL.
    pub fn new(url: impl Into<Cow<'a, str>>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// The source without its tie to the post.
    pub fn into_owned(self) -> MediaSource<'static> {
        let Self { url, descriptor, media_type, media_query } = self;
        MediaSource {
            url: owned(url),
            descriptor,
            media_type: media_type.map(owned),
            media_query: media_query.map(owned),
        }
    }
}

/// The descriptor of a `srcset` candidate. `Deserialize` fails on a density that is negative or not finite.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "AnyDescriptor")]
#[non_exhaustive]
pub enum Descriptor {
    /// The file's width in pixels: `640w`.
    Width(u32),
    /// The pixel density of the screen: `2x`. Finite and not negative.
    Density(f64),
}

/// A [`Descriptor`] as it is read, with any number as its density.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnyDescriptor {
    Width(u32),
    Density(f64),
}

impl TryFrom<AnyDescriptor> for Descriptor {
    type Error = &'static str;

    fn try_from(descriptor: AnyDescriptor) -> Result<Self, Self::Error> {
        match descriptor {
            AnyDescriptor::Width(width) => Ok(Self::Width(width)),
            AnyDescriptor::Density(density) if density.is_finite() && density >= 0.0 => {
                Ok(Self::Density(density))
            }
            AnyDescriptor::Density(_) => Err("a density is finite and not negative"),
        }
    }
}

/// A video.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Video<'a> {
    /// The video's URL: its own, or that of the first of its sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub src: Option<Cow<'a, str>>,
    /// The URL of the image that is shown before it plays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Cow<'a, str>>,
    /// The width in CSS pixels, as the source states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The height in CSS pixels, as the source states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The same video in other formats.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<MediaSource<'a>>,
}

impl<'a> Video<'a> {
    /// The video at this URL.
    pub fn new(src: impl Into<Cow<'a, str>>) -> Self {
        Self { src: Some(src.into()), ..Self::default() }
    }

    /// The video without its tie to the source.
    pub fn into_owned(self) -> Video<'static> {
        let Self { src, poster, width, height, sources } = self;
        Video {
            src: src.map(owned),
            poster: poster.map(owned),
            width,
            height,
            sources: all_owned(sources, MediaSource::into_owned),
        }
    }
}

/// An audio file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Audio<'a> {
    /// The audio file's URL: its own, or that of the first of its sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub src: Option<Cow<'a, str>>,
    /// The same audio in other formats.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<MediaSource<'a>>,
}

impl<'a> Audio<'a> {
    /// The audio file at this URL.
    pub fn new(src: impl Into<Cow<'a, str>>) -> Self {
        Self { src: Some(src.into()), ..Self::default() }
    }

    /// The audio without its tie to the source.
    pub fn into_owned(self) -> Audio<'static> {
        let Self { src, sources } = self;
        Audio { src: src.map(owned), sources: all_owned(sources, MediaSource::into_owned) }
    }
}

/// A page or an object inside the page: `<iframe>`, `<object>`, `<embed>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Embed<'a> {
    /// The URL of what is embedded.
    pub src: Cow<'a, str>,
    /// What it is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'a, str>>,
    /// The width in CSS pixels, as the source states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The height in CSS pixels, as the source states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

impl<'a> Embed<'a> {
    /// The page or object at this URL.
    pub fn new(src: impl Into<Cow<'a, str>>) -> Self {
        Self { src: src.into(), ..Self::default() }
    }

    /// The embed without its tie to the source.
    pub fn into_owned(self) -> Embed<'static> {
        let Self { src, title, width, height } = self;
        Embed { src: owned(src), title: title.map(owned), width, height }
    }
}
