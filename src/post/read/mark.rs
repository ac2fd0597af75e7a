//! Reading marks.

use serde::Deserializer;
use serde::de::{Deserialize, Error, MapAccess};

use super::{Fields, Object, needed, read};
use crate::post::mark::{Mark, MarkContent, MarkKind, MarkType};

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

/// What a mark of any type can have.
#[derive(Default)]
struct MarkFields {
    /// Whether this is a mark, not its kind alone.
    has_range: bool,
    start: Option<usize>,
    end: Option<usize>,
    of_type: Option<MarkType>,
    content: MarkContent,
}

impl Fields for MarkFields {
    type Key = Key;

    const NAME: &'static str = "a mark";

    fn has(&self, key: Key) -> bool {
        let of_type = match key {
            Key::Start | Key::End => return self.has_range,
            Key::Type => return true,
            Key::Href | Key::Title => MarkType::Link,
            Key::Reading => MarkType::Ruby,
            Key::Display => MarkType::Math,
            Key::Id => MarkType::Anchor,
            Key::Direction => MarkType::Bidi,
            Key::Other => return false,
        };
        self.of_type.is_none_or(|own| own == of_type)
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Start => read(&mut self.start, "start", map),
            Key::End => read(&mut self.end, "end", map),
            Key::Type => read(&mut self.of_type, "type", map),
            Key::Href => read(&mut self.content.href, "href", map),
            Key::Title => read(&mut self.content.title, "title", map),
            Key::Reading => read(&mut self.content.reading, "reading", map),
            Key::Display => read(&mut self.content.display, "display", map),
            Key::Id => read(&mut self.content.id, "id", map),
            Key::Direction => read(&mut self.content.direction, "direction", map),
            Key::Other => Ok(()),
        }
    }
}

impl MarkFields {
    fn kind<E: Error>(self) -> Result<MarkKind<'static>, E> {
        needed(self.of_type, "type")?.kind(self.content)
    }
}
