//! The columns as Arrow's schema.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef, TimeUnit};

use super::columns::{COLUMNS, Column, ColumnType, SCHEMA_VERSION};

/// The time zone of moments.
pub(super) const UTC: &str = "UTC";
/// The key of the schema's metadata that says what wrote it.
const METADATA: &str = "offprint";
/// The key of a field's metadata that says what it is, as Spark has it.
const COMMENT: &str = "comment";

/// The schema of the table.
pub(super) fn schema() -> SchemaRef {
    // A single key in each: a map of more has no order, and the same table would be written in other bytes.
    let version = format!("{{\"schema\":{SCHEMA_VERSION},\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION"));
    let metadata = HashMap::from([(METADATA.to_owned(), version)]);
    Arc::new(Schema::new_with_metadata(fields(COLUMNS), metadata))
}

/// Columns, or the fields of a structure, as Arrow's fields.
pub(super) fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(field).collect()
}

fn field(column: &Column) -> FieldRef {
    let metadata = HashMap::from([(COMMENT.to_owned(), column.doc.to_owned())]);
    let field = Field::new(column.name, data_type(column.column_type), column.is_nullable);
    Arc::new(field.with_metadata(metadata))
}

/// The items of a list.
pub(super) fn item(column_type: ColumnType) -> FieldRef {
    let data_type = match column_type {
        ColumnType::Structures(columns) => DataType::Struct(fields(columns)),
        _ => DataType::Utf8,
    };
    Arc::new(Field::new(Field::LIST_FIELD_DEFAULT_NAME, data_type, false))
}

fn data_type(column_type: ColumnType) -> DataType {
    match column_type {
        ColumnType::Text => DataType::Utf8,
        ColumnType::Integer => DataType::Int64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Moment => DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())),
        ColumnType::ClockTime => DataType::Timestamp(TimeUnit::Microsecond, None),
        ColumnType::Texts | ColumnType::Structures(_) => DataType::List(item(column_type)),
    }
}
