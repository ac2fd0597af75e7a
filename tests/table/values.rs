//! Arrow's values as JSON, to look at.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value};

/// The rows of a Parquet file, as objects.
pub(crate) fn parquet_rows(file: Vec<u8>) -> Vec<Map<String, Value>> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(file)).unwrap().build().unwrap();
    reader.flat_map(|batch| rows(&batch.unwrap())).collect()
}

/// The rows of a batch, as objects.
pub(crate) fn rows(batch: &RecordBatch) -> Vec<Map<String, Value>> {
    let table = StructArray::from(batch.clone());
    (0..batch.num_rows()).map(|row| structure(&table, row)).collect()
}

fn structure(structures: &StructArray, row: usize) -> Map<String, Value> {
    let fields = structures.fields().iter().zip(structures.columns());
    fields.map(|(field, column)| (field.name().clone(), value(column, row))).collect()
}

fn value(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Timestamp(..) => column.as_primitive::<TimestampMicrosecondType>().value(row).into(),
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            (0..items.len()).map(|item| value(&items, item)).collect()
        }
        DataType::Struct(_) => structure(column.as_struct(), row).into(),
        other => panic!("a column of {other}"),
    }
}
