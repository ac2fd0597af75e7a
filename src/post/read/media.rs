//! Reading what is shown and played.

use std::borrow::Cow;

use serde::Deserializer;
use serde::de::{Deserialize, Error, MapAccess, Unexpected};

use super::{Fields, Object, needed, read};
use crate::post::figure::{Audio, Embed, Image, Media, MediaSource, Video};

impl<'de> Deserialize<'de> for Media<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = MediaFields::default();
        deserializer.deserialize_any(Object(&mut fields))?;
        fields.media()
    }
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Type,
    Src,
    Alt,
    Title,
    Width,
    Height,
    Sources,
    Link,
    Poster,
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Type {
    Image,
    Video,
    Audio,
    Embed,
}

/// What a medium of any type can have. An `Option<Option<_>>` is `Some(None)` where the key is `null`.
#[derive(Default)]
struct MediaFields {
    of_type: Option<Type>,
    src: Option<Option<Cow<'static, str>>>,
    alt: Option<Option<Cow<'static, str>>>,
    title: Option<Option<Cow<'static, str>>>,
    width: Option<Option<u32>>,
    height: Option<Option<u32>>,
    sources: Option<Vec<MediaSource<'static>>>,
    link: Option<Option<Cow<'static, str>>>,
    poster: Option<Option<Cow<'static, str>>>,
}

impl Fields for MediaFields {
    type Key = Key;

    const NAME: &'static str = "a medium";

    fn has(&self, key: Key) -> bool {
        let types: &[Type] = match key {
            Key::Type | Key::Src => return true,
            Key::Alt | Key::Link => &[Type::Image],
            Key::Title => &[Type::Image, Type::Embed],
            Key::Width | Key::Height => &[Type::Image, Type::Video, Type::Embed],
            Key::Sources => &[Type::Image, Type::Video, Type::Audio],
            Key::Poster => &[Type::Video],
            Key::Other => return false,
        };
        self.of_type.is_none_or(|of_type| types.contains(&of_type))
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Type => read(&mut self.of_type, "type", map),
            Key::Src => read(&mut self.src, "src", map),
            Key::Alt => read(&mut self.alt, "alt", map),
            Key::Title => read(&mut self.title, "title", map),
            Key::Width => read(&mut self.width, "width", map),
            Key::Height => read(&mut self.height, "height", map),
            Key::Sources => read(&mut self.sources, "sources", map),
            Key::Link => read(&mut self.link, "link", map),
            Key::Poster => read(&mut self.poster, "poster", map),
            Key::Other => Ok(()),
        }
    }
}

impl MediaFields {
    fn media<E: Error>(self) -> Result<Media<'static>, E> {
        let Self { of_type, src, alt, title, width, height, sources, link, poster } = self;
        let (title, width, height) = (title.flatten(), width.flatten(), height.flatten());
        let sources = sources.unwrap_or_default();
        Ok(match needed(of_type, "type")? {
            Type::Image => Media::Image(Image {
                src: text(src)?,
                alt: alt.flatten(),
                title,
                width,
                height,
                sources,
                link: link.flatten(),
            }),
            Type::Video => {
                Media::Video(Video { src: src.flatten(), poster: poster.flatten(), width, height, sources })
            }
            Type::Audio => Media::Audio(Audio { src: src.flatten(), sources }),
            Type::Embed => Media::Embed(Embed { src: text(src)?, title, width, height }),
        })
    }
}

/// A text that may be missing, but not be null.
fn text<E: Error>(field: Option<Option<Cow<'static, str>>>) -> Result<Cow<'static, str>, E> {
    match field {
        None => Ok(Cow::default()),
        Some(text) => text.ok_or_else(|| E::invalid_type(Unexpected::Unit, &"a string")),
    }
}
