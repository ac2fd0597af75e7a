//! Reading blocks, and the parts of blocks that hold blocks.

use std::borrow::Cow;

use serde::Deserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, MapAccess};

use super::{Each, Fields, Object, needed, read, read_seed};
use crate::post::block::{Block, BlockQuote, Cell, Item, List, ListKind, MAX_CONTAINERS, Numbering, Table};
use crate::post::figure::{Figure, Media};
use crate::post::leaf::{Heading, HeadingLevel, Paragraph, Preformatted, ThematicBreak};
use crate::post::mark::{Direction, Mark};
use crate::post::text::Text;

/// Fails if the block nests deeper than 20 lists, quotations and tables.
impl<'de> Deserialize<'de> for Block<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Levels(MAX_CONTAINERS).block().deserialize(deserializer)
    }
}

/// Fails if the list nests deeper than 20 lists, quotations and tables, itself included.
impl<'de> Deserialize<'de> for List<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = BlockFields::of(Type::List);
        deserializer.deserialize_struct("List", &["kind", "start", "items"], Object(&mut fields))?;
        fields.list()
    }
}

/// Fails if the table nests deeper than 20 lists, quotations and tables, itself included.
impl<'de> Deserialize<'de> for Table<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = BlockFields::of(Type::Table);
        deserializer.deserialize_struct("Table", &["caption", "rows"], Object(&mut fields))?;
        Ok(fields.table())
    }
}

/// Fails if what the cell holds nests deeper than 20 lists, quotations and tables.
impl<'de> Deserialize<'de> for Cell<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Levels(MAX_CONTAINERS).cell().deserialize(deserializer)
    }
}

/// Fails if what the item holds nests deeper than 20 lists, quotations and tables.
impl<'de> Deserialize<'de> for Item<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Levels(MAX_CONTAINERS).item().deserialize(deserializer)
    }
}

/// Fails if the quotation nests deeper than 20 lists, quotations and tables, itself included.
impl<'de> Deserialize<'de> for BlockQuote<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = BlockFields::of(Type::BlockQuote);
        deserializer.deserialize_struct("BlockQuote", &["blocks"], Object(&mut fields))?;
        fields.quote()
    }
}

impl<'de> Deserialize<'de> for Paragraph<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = BlockFields::of(Type::Paragraph);
        deserializer.deserialize_map(Object(&mut fields))?;
        fields.paragraph()
    }
}

impl<'de> Deserialize<'de> for Heading<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = BlockFields::of(Type::Heading);
        deserializer.deserialize_map(Object(&mut fields))?;
        fields.heading()
    }
}

impl<'de> Deserialize<'de> for Preformatted<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = BlockFields::of(Type::Preformatted);
        deserializer.deserialize_map(Object(&mut fields))?;
        fields.preformatted()
    }
}

impl<'de> Deserialize<'de> for ThematicBreak {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(
            "ThematicBreak",
            &[],
            Object(&mut BlockFields::of(Type::ThematicBreak)),
        )?;
        Ok(Self::new())
    }
}

/// How many more lists, quotations and tables may nest.
#[derive(Clone, Copy)]
struct Levels(usize);

impl Levels {
    /// What is left inside one of them.
    fn inside<E: Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| {
            E::custom(format_args!("blocks nest deeper than {MAX_CONTAINERS} lists, quotations and tables"))
        })
    }

    fn block(self) -> BlockSeed {
        BlockSeed(self)
    }

    fn item(self) -> ItemSeed {
        ItemSeed(self)
    }

    fn cell(self) -> CellSeed {
        CellSeed(self)
    }
}

/// Reads a block.
#[derive(Clone, Copy)]
struct BlockSeed(Levels);

impl<'de> DeserializeSeed<'de> for BlockSeed {
    type Value = Block<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let mut fields = BlockFields { levels: self.0, ..BlockFields::default() };
        deserializer.deserialize_any(Object(&mut fields))?;
        fields.block()
    }
}

/// Reads an item of a list that has been counted.
#[derive(Clone, Copy)]
struct ItemSeed(Levels);

impl<'de> DeserializeSeed<'de> for ItemSeed {
    type Value = Item<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let mut fields = BlockFields { levels: self.0, ..BlockFields::of(Type::Item) };
        let keys = &["number", "checked", "id", "blocks"];
        deserializer.deserialize_struct("Item", keys, Object(&mut fields))?;
        fields.item()
    }
}

/// Reads a cell of a table that has been counted.
#[derive(Clone, Copy)]
struct CellSeed(Levels);

impl<'de> DeserializeSeed<'de> for CellSeed {
    type Value = Cell<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let mut fields = BlockFields { levels: self.0, ..BlockFields::of(Type::Cell) };
        let keys = &["header", "colspan", "rowspan", "blocks"];
        deserializer.deserialize_struct("Cell", keys, Object(&mut fields))?;
        Ok(fields.cell())
    }
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Type,
    Text,
    Marks,
    Level,
    Id,
    Direction,
    Media,
    Caption,
    Credit,
    Kind,
    Numbering,
    Start,
    Number,
    Checked,
    Items,
    Blocks,
    Rows,
    Language,
    IsCode,
    Header,
    Colspan,
    Rowspan,
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Type {
    Paragraph,
    Heading,
    Figure,
    List,
    BlockQuote,
    Table,
    Preformatted,
    ThematicBreak,
    /// Not a block, and without a `"type"`: what is known to be an item of a list.
    #[serde(skip_deserializing)]
    Item,
    /// Not a block, and without a `"type"`: what is known to be a cell of a table.
    #[serde(skip_deserializing)]
    Cell,
}

/// What a block of any type, an item or a cell can have. An `Option<Option<_>>` is `Some(None)` where the key
/// is `null`.
struct BlockFields {
    levels: Levels,
    /// Whether the type is known without a `"type"`.
    is_typed: bool,
    of_type: Option<Type>,
    text: Option<Cow<'static, str>>,
    marks: Option<Vec<Mark<'static>>>,
    level: Option<HeadingLevel>,
    id: Option<Option<Cow<'static, str>>>,
    direction: Option<Option<Direction>>,
    media: Option<Vec<Media<'static>>>,
    caption: Option<Option<Text<'static>>>,
    credit: Option<Option<Cow<'static, str>>>,
    kind: Option<ListKind>,
    numbering: Option<Numbering>,
    start: Option<Option<i32>>,
    number: Option<Option<i32>>,
    checked: Option<Option<bool>>,
    items: Option<Vec<Item<'static>>>,
    blocks: Option<Vec<Block<'static>>>,
    rows: Option<Vec<Vec<Cell<'static>>>>,
    language: Option<Option<Cow<'static, str>>>,
    is_code: Option<bool>,
    header: Option<bool>,
    colspan: Option<u32>,
    rowspan: Option<u32>,
}

impl Default for BlockFields {
    fn default() -> Self {
        Self {
            levels: Levels(MAX_CONTAINERS),
            is_typed: false,
            of_type: None,
            text: None,
            marks: None,
            level: None,
            id: None,
            direction: None,
            media: None,
            caption: None,
            credit: None,
            kind: None,
            numbering: None,
            start: None,
            number: None,
            checked: None,
            items: None,
            blocks: None,
            rows: None,
            language: None,
            is_code: None,
            header: None,
            colspan: None,
            rowspan: None,
        }
    }
}

impl Fields for BlockFields {
    type Key = Key;

    const NAME: &'static str = "a block";

    fn has(&self, key: Key) -> bool {
        let types: &[Type] = match key {
            Key::Type => return !self.is_typed,
            Key::Text | Key::Marks => &[Type::Paragraph, Type::Heading, Type::Preformatted],
            Key::Level => &[Type::Heading],
            Key::Direction => &[Type::Paragraph, Type::Heading],
            Key::Id => &[Type::Paragraph, Type::Heading, Type::Figure, Type::Table, Type::Item],
            Key::Media | Key::Credit => &[Type::Figure],
            Key::Caption => &[Type::Figure, Type::Table],
            Key::Kind | Key::Numbering | Key::Start | Key::Items => &[Type::List],
            Key::Blocks => &[Type::BlockQuote, Type::Item, Type::Cell],
            Key::Rows => &[Type::Table],
            Key::Language | Key::IsCode => &[Type::Preformatted],
            // What is an item or a cell is known from the start.
            Key::Number | Key::Checked => return self.of_type == Some(Type::Item),
            Key::Header | Key::Colspan | Key::Rowspan => return self.of_type == Some(Type::Cell),
            Key::Other => return false,
        };
        self.of_type.is_none_or(|of_type| types.contains(&of_type))
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Items => {
                let item = self.levels.inside()?.item();
                read_seed(&mut self.items, "items", map, Each(item))
            }
            Key::Rows => {
                let row = Each(self.levels.inside()?.cell());
                read_seed(&mut self.rows, "rows", map, Each(row))
            }
            Key::Blocks => {
                let is_counted = matches!(self.of_type, Some(Type::Item | Type::Cell));
                let inside = if is_counted { self.levels } else { self.levels.inside()? };
                read_seed(&mut self.blocks, "blocks", map, Each(inside.block()))
            }
            _ => self.read_own(key, map),
        }
    }
}

impl BlockFields {
    /// Of a type that is known without a `"type"`.
    fn of(of_type: Type) -> Self {
        Self { is_typed: true, of_type: Some(of_type), ..Self::default() }
    }

    /// Reads the value of a key that holds no blocks. It is a function of its own, so that its variables take
    /// no stack in the recursion.
    #[inline(never)]
    fn read_own<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Type => read(&mut self.of_type, "type", map),
            Key::Text => read(&mut self.text, "text", map),
            Key::Marks => read(&mut self.marks, "marks", map),
            Key::Level => read(&mut self.level, "level", map),
            Key::Id => read(&mut self.id, "id", map),
            Key::Direction => read(&mut self.direction, "direction", map),
            Key::Media => read(&mut self.media, "media", map),
            Key::Caption => read(&mut self.caption, "caption", map),
            Key::Credit => read(&mut self.credit, "credit", map),
            Key::Kind => read(&mut self.kind, "kind", map),
            Key::Numbering => read(&mut self.numbering, "numbering", map),
            Key::Start => read(&mut self.start, "start", map),
            Key::Number => read(&mut self.number, "number", map),
            Key::Checked => read(&mut self.checked, "checked", map),
            Key::Language => read(&mut self.language, "language", map),
            Key::IsCode => read(&mut self.is_code, "is_code", map),
            Key::Header => read(&mut self.header, "header", map),
            Key::Colspan => read(&mut self.colspan, "colspan", map),
            Key::Rowspan => read(&mut self.rowspan, "rowspan", map),
            Key::Items | Key::Blocks | Key::Rows | Key::Other => Ok(()),
        }
    }

    fn block<E: Error>(self) -> Result<Block<'static>, E> {
        Ok(match needed(self.of_type, "type")? {
            Type::Paragraph => Block::Paragraph(self.paragraph()?),
            Type::Heading => Block::Heading(self.heading()?),
            Type::Figure => Block::Figure(Figure {
                media: self.media.unwrap_or_default(),
                caption: self.caption.flatten(),
                credit: self.credit.flatten(),
                id: self.id.flatten(),
            }),
            Type::List => Block::List(self.list()?),
            Type::BlockQuote => Block::BlockQuote(self.quote()?),
            Type::Table => Block::Table(self.table()),
            Type::Preformatted => Block::Preformatted(self.preformatted()?),
            Type::ThematicBreak => Block::ThematicBreak(ThematicBreak::new()),
            Type::Item | Type::Cell => return Err(E::custom("a part of a list or a table is not a block")),
        })
    }

    fn take_text<E: Error>(&mut self) -> Result<Text<'static>, E> {
        let text = needed(self.text.take(), "text")?;
        Ok(Text { text, marks: self.marks.take().unwrap_or_default() })
    }

    fn paragraph<E: Error>(mut self) -> Result<Paragraph<'static>, E> {
        let text = self.take_text()?;
        Ok(Paragraph { text, id: self.id.flatten(), direction: self.direction.flatten() })
    }

    fn heading<E: Error>(mut self) -> Result<Heading<'static>, E> {
        let level = needed(self.level, "level")?;
        let text = self.take_text()?;
        Ok(Heading { level, id: self.id.flatten(), text, direction: self.direction.flatten() })
    }

    fn quote<E: Error>(self) -> Result<BlockQuote<'static>, E> {
        Ok(BlockQuote { blocks: needed(self.blocks, "blocks")? })
    }

    fn list<E: Error>(self) -> Result<List<'static>, E> {
        Ok(List {
            kind: needed(self.kind, "kind")?,
            numbering: self.numbering.unwrap_or_default(),
            start: self.start.flatten(),
            items: needed(self.items, "items")?,
        })
    }

    fn item<E: Error>(self) -> Result<Item<'static>, E> {
        Ok(Item {
            number: self.number.flatten(),
            checked: self.checked.flatten(),
            id: self.id.flatten(),
            blocks: needed(self.blocks, "blocks")?,
        })
    }

    fn table(self) -> Table<'static> {
        Table { caption: self.caption.flatten(), id: self.id.flatten(), rows: self.rows.unwrap_or_default() }
    }

    fn preformatted<E: Error>(mut self) -> Result<Preformatted<'static>, E> {
        let text = self.take_text()?;
        Ok(Preformatted {
            text,
            language: self.language.flatten(),
            is_code: needed(self.is_code, "is_code")?,
        })
    }

    fn cell(self) -> Cell<'static> {
        let empty = Cell::default();
        Cell {
            header: self.header.unwrap_or(empty.header),
            // As browsers read them.
            colspan: self.colspan.map_or(empty.colspan, |span| span.clamp(1, 1_000)),
            rowspan: self.rowspan.map_or(empty.rowspan, |span| span.min(65_534)),
            blocks: self.blocks.unwrap_or_default(),
        }
    }
}
