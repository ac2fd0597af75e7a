//! Reading marks.

use serde::Deserializer;
use serde::de::{Deserialize, Error, MapAccess};

use super::{Fields, Object, needed, read};
use crate::post::{Mark, MarkKind};

impl<'de> Deserialize<'de> for Mark<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = MarkFields { has_range: true, ..MarkFields::default() };
        deserializer.deserialize_map(Object(&mut fields))?;
        let start = needed(fields.start.take(), "start")?;
        let end = needed(fields.end.take(), "end")?;
        Ok(Mark { start, end, kind: fields.kind()? })
    }
}

impl<'de> Deserialize<'de> for MarkKind<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = MarkFields::default();
        deserializer.deserialize_any(Object(&mut fields))?;
        fields.kind()
    }
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Start,
    End,
    Type,
    Href,
    Title,
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Type {
    Strong,
    Emphasis,
    Code,
    Link,
    Underline,
    Strikethrough,
    Subscript,
    Superscript,
    Highlight,
    Quotation,
    Small,
    Ruby,
}

/// What a mark of any type can have.
#[derive(Default)]
struct MarkFields {
    /// Whether this is a mark, not its kind alone.
    has_range: bool,
    start: Option<usize>,
    end: Option<usize>,
    of_type: Option<Type>,
    href: Option<String>,
    title: Option<Option<String>>,
}

impl Fields for MarkFields {
    type Key = Key;

    const NAME: &'static str = "a mark";

    fn has(&self, key: Key) -> bool {
        match key {
            Key::Start | Key::End => self.has_range,
            Key::Type => true,
            Key::Href | Key::Title => matches!(self.of_type, None | Some(Type::Link)),
            Key::Other => false,
        }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Start => read(&mut self.start, "start", map),
            Key::End => read(&mut self.end, "end", map),
            Key::Type => read(&mut self.of_type, "type", map),
            Key::Href => read(&mut self.href, "href", map),
            Key::Title => read(&mut self.title, "title", map),
            Key::Other => Ok(()),
        }
    }
}

impl MarkFields {
    fn kind<E: Error>(self) -> Result<MarkKind<'static>, E> {
        Ok(match needed(self.of_type, "type")? {
            Type::Strong => MarkKind::Strong,
            Type::Emphasis => MarkKind::Emphasis,
            Type::Code => MarkKind::Code,
            Type::Link => MarkKind::Link {
                href: needed(self.href, "href")?.into(),
                title: self.title.flatten().map(Into::into),
            },
            Type::Underline => MarkKind::Underline,
            Type::Strikethrough => MarkKind::Strikethrough,
            Type::Subscript => MarkKind::Subscript,
            Type::Superscript => MarkKind::Superscript,
            Type::Highlight => MarkKind::Highlight,
            Type::Quotation => MarkKind::Quotation,
            Type::Small => MarkKind::Small,
            Type::Ruby => MarkKind::Ruby,
        })
    }
}
