//! Reading marks.

use serde::Deserializer;
use serde::de::{Deserialize, Error, MapAccess};

use super::{Fields, Object, needed, read};
use crate::post::mark::{Direction, Mark, MarkKind};

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
    Reading,
    Display,
    Id,
    Direction,
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, PartialEq, serde::Deserialize)]
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
    Math,
    Anchor,
    Bidi,
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
    reading: Option<String>,
    display: Option<bool>,
    id: Option<String>,
    direction: Option<Direction>,
}

impl Fields for MarkFields {
    type Key = Key;

    const NAME: &'static str = "a mark";

    fn has(&self, key: Key) -> bool {
        let of_type = match key {
            Key::Start | Key::End => return self.has_range,
            Key::Type => return true,
            Key::Href | Key::Title => Type::Link,
            Key::Reading => Type::Ruby,
            Key::Display => Type::Math,
            Key::Id => Type::Anchor,
            Key::Direction => Type::Bidi,
            Key::Other => return false,
        };
        self.of_type.is_none_or(|own| own == of_type)
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Start => read(&mut self.start, "start", map),
            Key::End => read(&mut self.end, "end", map),
            Key::Type => read(&mut self.of_type, "type", map),
            Key::Href => read(&mut self.href, "href", map),
            Key::Title => read(&mut self.title, "title", map),
            Key::Reading => read(&mut self.reading, "reading", map),
            Key::Display => read(&mut self.display, "display", map),
            Key::Id => read(&mut self.id, "id", map),
            Key::Direction => read(&mut self.direction, "direction", map),
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
            Type::Ruby => MarkKind::Ruby { reading: needed(self.reading, "reading")?.into() },
            Type::Math => MarkKind::Math { display: needed(self.display, "display")? },
            Type::Anchor => MarkKind::Anchor { id: needed(self.id, "id")?.into() },
            Type::Bidi => MarkKind::Bidi { direction: needed(self.direction, "direction")? },
        })
    }
}
