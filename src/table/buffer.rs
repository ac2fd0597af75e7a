//! The values of one column, while rows are gathered.

use std::mem;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{
    ArrayRef, BooleanArray, Int64Array, ListArray, StringArray, StructArray, TimestampMicrosecondArray,
};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::ArrowError;
use serde::Serialize;

use super::columns::{Column, ColumnType};
use super::schema::{self, UTC};

/// The values of a column or of a field.
#[derive(Debug)]
pub(super) struct ColumnBuffer {
    column_type: ColumnType,
    /// Which values are there, in a column that may lack some.
    validity: Option<NullBufferBuilder>,
    values: Values,
}

#[derive(Debug)]
enum Values {
    /// Integers and times.
    Integers(Vec<i64>),
    Booleans(BooleanBufferBuilder),
    Texts {
        ends: Ends,
        texts: String,
    },
    Lists {
        ends: Ends,
        /// The one column of the items, or one for each field.
        items: Vec<ColumnBuffer>,
    },
}

/// Where values end in what they share.
#[derive(Debug, Default)]
struct Ends(Vec<i32>);

impl Ends {
    /// Notes an end. One that does not fit into an offset is as far as can be: whoever gathers rows looks
    /// at the length of a buffer before it is used.
    fn push(&mut self, end: usize) {
        self.0.push(i32::try_from(end).unwrap_or(i32::MAX));
    }

    /// Where the first values end together.
    fn end_of_first(&self, count: usize) -> usize {
        let last = count.checked_sub(1).and_then(|last| self.0.get(last));
        last.map_or(0, |&end| usize::try_from(end).unwrap_or(0))
    }

    /// Adds the ends of what is put behind `before` others.
    fn append(&mut self, others: &Self, before: usize) {
        self.0.reserve(others.0.len());
        for &end in &others.0 {
            self.push(before + usize::try_from(end).unwrap_or(0));
        }
    }

    /// As Arrow has them: with the start of the first value.
    fn finish(self) -> OffsetBuffer<i32> {
        let mut offsets = Vec::with_capacity(self.0.len() + 1);
        offsets.push(0);
        offsets.extend(self.0);
        OffsetBuffer::new(offsets.into())
    }
}

impl ColumnBuffer {
    pub(super) fn new(column: &Column) -> Self {
        Self::of(column.column_type, column.is_nullable)
    }

    fn of(column_type: ColumnType, is_nullable: bool) -> Self {
        let list = |items| Values::Lists { ends: Ends::default(), items };
        let values = match column_type {
            ColumnType::Text => Values::Texts { ends: Ends::default(), texts: String::new() },
            ColumnType::Boolean => Values::Booleans(BooleanBufferBuilder::new(0)),
            ColumnType::Integer | ColumnType::Moment | ColumnType::ClockTime => Values::Integers(Vec::new()),
            ColumnType::Texts => list(vec![Self::of(ColumnType::Text, false)]),
            ColumnType::Structures(fields) => list(fields.iter().map(Self::new).collect()),
        };
        Self { column_type, validity: is_nullable.then(|| NullBufferBuilder::new(0)), values }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        match &self.values {
            Values::Integers(integers) => integers.len(),
            Values::Booleans(booleans) => booleans.len(),
            Values::Texts { ends, .. } | Values::Lists { ends, .. } => ends.0.len(),
        }
    }

    /// The most bytes or items that values of this column, or of its fields, share.
    pub(super) fn longest(&self) -> usize {
        match &self.values {
            Values::Integers(_) | Values::Booleans(_) => 0,
            Values::Texts { texts, .. } => texts.len(),
            Values::Lists { items, .. } => {
                let lengths = items.iter().map(|items| items.len().max(items.longest()));
                lengths.max().unwrap_or(0)
            }
        }
    }

    fn push_validity(&mut self, is_there: bool) {
        match &mut self.validity {
            Some(validity) => validity.append(is_there),
            None => debug_assert!(is_there, "a value is missing in a column that always has one"),
        }
    }

    pub(super) fn push_integer(&mut self, integer: Option<i64>) {
        self.push_validity(integer.is_some());
        match &mut self.values {
            Values::Integers(integers) => integers.push(integer.unwrap_or(0)),
            _ => debug_assert!(false, "no column of integers"),
        }
    }

    pub(super) fn push_boolean(&mut self, boolean: Option<bool>) {
        self.push_validity(boolean.is_some());
        match &mut self.values {
            Values::Booleans(booleans) => booleans.append(boolean.unwrap_or(false)),
            _ => debug_assert!(false, "no column of booleans"),
        }
    }

    pub(super) fn push_text(&mut self, text: Option<&str>) {
        self.push_validity(text.is_some());
        self.write_text(|texts| texts.push_str(text.unwrap_or("")));
    }

    /// Adds the text that is put behind the other texts of the column.
    pub(super) fn push_text_with<R>(&mut self, write: impl FnOnce(&mut String) -> R) -> Option<R> {
        self.push_validity(true);
        self.write_text(write)
    }

    fn write_text<R>(&mut self, write: impl FnOnce(&mut String) -> R) -> Option<R> {
        let Values::Texts { ends, texts } = &mut self.values else {
            debug_assert!(false, "no column of texts");
            return None;
        };
        let result = write(texts);
        ends.push(texts.len());
        Some(result)
    }

    /// Adds a value as JSON. One that cannot be written is missing.
    pub(super) fn push_json(&mut self, value: &impl Serialize) {
        self.push_text(serde_json::to_string(value).ok().as_deref());
    }

    /// The columns of the items that the next list will hold: those that are added until it ends.
    pub(super) fn items(&mut self) -> &mut [Self] {
        match &mut self.values {
            Values::Lists { items, .. } => items,
            _ => &mut [],
        }
    }

    /// Ends a list.
    pub(super) fn end_list(&mut self) {
        self.push_validity(true);
        match &mut self.values {
            Values::Lists { ends, items } => ends.push(items.first().map_or(0, Self::len)),
            _ => debug_assert!(false, "no column of lists"),
        }
    }

    /// Adds what stands for nothing: a missing value if the column can have one, else an empty list or
    /// `false`.
    pub(super) fn push_nothing(&mut self) {
        match self.column_type {
            ColumnType::Text => self.push_text(None),
            ColumnType::Integer | ColumnType::Moment | ColumnType::ClockTime => self.push_integer(None),
            ColumnType::Boolean if self.validity.is_none() => self.push_boolean(Some(false)),
            ColumnType::Boolean => self.push_boolean(None),
            ColumnType::Texts | ColumnType::Structures(_) => self.end_list(),
        }
    }

    /// Takes out all values but the first.
    pub(super) fn truncate(&mut self, count: usize) {
        if let Some(validity) = &mut self.validity {
            validity.truncate(count);
        }
        match &mut self.values {
            Values::Integers(integers) => integers.truncate(count),
            Values::Booleans(booleans) => booleans.truncate(count),
            Values::Texts { ends, texts } => {
                ends.0.truncate(count);
                texts.truncate(ends.end_of_first(count));
            }
            Values::Lists { ends, items } => {
                ends.0.truncate(count);
                let end = ends.end_of_first(count);
                for items in items {
                    items.truncate(end);
                }
            }
        }
    }

    /// Puts the values of another buffer of the same column behind these.
    pub(super) fn append(&mut self, other: Self) {
        if let (Some(validity), Some(others)) = (&mut self.validity, other.validity) {
            let count = others.len();
            match others.build() {
                Some(others) => validity.append_buffer(&others),
                None => validity.append_n_non_nulls(count),
            }
        }
        match (&mut self.values, other.values) {
            (Values::Integers(integers), Values::Integers(others)) => integers.extend(others),
            (Values::Booleans(booleans), Values::Booleans(others)) => booleans.append_buffer(&others.build()),
            (Values::Texts { ends, texts }, Values::Texts { ends: other_ends, texts: others }) => {
                ends.append(&other_ends, texts.len());
                texts.push_str(&others);
            }
            (Values::Lists { ends, items }, Values::Lists { ends: other_ends, items: others }) => {
                ends.append(&other_ends, items.first().map_or(0, Self::len));
                items.iter_mut().zip(others).for_each(|(items, others)| items.append(others));
            }
            _ => debug_assert!(false, "two columns"),
        }
    }

    /// The values as an array, which leaves none behind.
    pub(super) fn take(&mut self, column: &Column) -> Result<ArrayRef, ArrowError> {
        let buffer = mem::replace(self, Self::new(column));
        buffer.into_array()
    }

    fn into_array(self) -> Result<ArrayRef, ArrowError> {
        let nulls = self.validity.and_then(NullBufferBuilder::build);
        Ok(match (self.values, self.column_type) {
            (Values::Integers(integers), column_type) => {
                let integers: ScalarBuffer<i64> = integers.into();
                match column_type {
                    ColumnType::Moment => {
                        Arc::new(TimestampMicrosecondArray::try_new(integers, nulls)?.with_timezone(UTC))
                    }
                    ColumnType::ClockTime => Arc::new(TimestampMicrosecondArray::try_new(integers, nulls)?),
                    _ => Arc::new(Int64Array::try_new(integers, nulls)?),
                }
            }
            (Values::Booleans(booleans), _) => Arc::new(BooleanArray::new(booleans.build(), nulls)),
            (Values::Texts { ends, texts }, _) => Arc::new(text_array(&ends, &texts, nulls.as_ref())),
            (Values::Lists { ends, items }, column_type) => {
                let arrays = items.into_iter().map(Self::into_array).collect::<Result<Vec<_>, _>>()?;
                let items: Option<ArrayRef> = match column_type {
                    ColumnType::Structures(fields) => {
                        Some(Arc::new(StructArray::try_new(schema::fields(fields), arrays, None)?))
                    }
                    _ => arrays.into_iter().next(),
                };
                let items =
                    items.ok_or_else(|| ArrowError::SchemaError("a list without items".to_owned()))?;
                Arc::new(ListArray::try_new(schema::item(column_type), ends.finish(), items, nulls)?)
            }
        })
    }
}

/// Texts as an array. They are copied: Arrow would look whether bytes are UTF-8, which takes longer.
fn text_array(ends: &Ends, texts: &str, nulls: Option<&NullBuffer>) -> StringArray {
    let mut builder = StringBuilder::with_capacity(ends.0.len(), texts.len());
    let mut start = 0;
    for (index, &end) in ends.0.iter().enumerate() {
        let end = usize::try_from(end).unwrap_or(0);
        if nulls.is_some_and(|nulls| nulls.is_null(index)) {
            builder.append_null();
        } else {
            builder.append_value(&texts[start..end]);
        }
        start = end;
    }
    builder.finish()
}
