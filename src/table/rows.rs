//! Posts, and what could not be read, as rows.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};

use super::buffer::ColumnBuffer;
use super::columns::COLUMNS;
use super::row::{RowContent, fill};
use super::size::Size;
use crate::error::Position;
use crate::post::Post;
use crate::report::Report;

/// The most bytes that the texts of a column, and the most items that the lists of one, have together: what
/// an offset of 32 bits with a sign can say.
const MOST: usize = i32::MAX as usize;

/// Rows that are gathered before a [`Writer`](super::Writer) takes them.
///
/// They hold nothing of the posts that they were made of. Threads that parse posts can gather rows, and one
/// that has the writer takes them in turn.
///
/// ```
/// use offprint::{Parser, table::{Rows, Writer}};
///
/// let mut rows = Rows::new();
/// for (path, source) in [("tea.md", "---\ntitle: Tea\n---\n<p>Boil water."), ("bad.md", "---\ntitle: [")]
/// {     match Parser::new().parse_with_report(source) {         Ok((post, report)) => rows.push_post(path,
/// source.len(), &post, &report),         Err(error) => rows.push_error(path, source.len(),
/// &error.kind().to_string(), error.position()),     } } assert_eq!(rows.len(), 2);
///
/// let mut writer = Writer::arrow(Vec::new())?;
/// writer.write(rows)?;
/// let stream: Vec<u8> = writer.finish()?;
/// # assert!(stream.len() > 1000);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Rows {
    columns: Vec<ColumnBuffer>,
    source_bytes: usize,
    blocks_json: bool,
    /// [`MOST`], or less in tests.
    most: usize,
}

impl Default for Rows {
    fn default() -> Self {
        Self::new()
    }
}

impl Rows {
    /// No rows.
    pub fn new() -> Self {
        let columns = COLUMNS.iter().map(ColumnBuffer::new).collect();
        Self { columns, source_bytes: 0, blocks_json: false, most: MOST }
    }

    /// Whether rows have the column `blocks_json`, in which the text is a second time. By default they have
    /// not, and it is null.
    pub fn blocks_json(mut self, wanted: bool) -> Self {
        self.blocks_json = wanted;
        self
    }

    /// Adds a post that was read from a source of some bytes.
    ///
    /// A post whose texts or lists are too large for Arrow's 32-bit offsets (2 GiB) becomes a row that says
    /// so in `error`.
    pub fn push_post(&mut self, path: &str, source_bytes: usize, post: &Post<'_>, report: &Report) {
        let blocks_json = self.blocks_json;
        self.push(path, source_bytes, RowContent::Post { post, report, blocks_json });
    }

    /// Adds a post that could not be read: why, and where the thing to mend is.
    pub fn push_error(&mut self, path: &str, source_bytes: usize, message: &str, position: Option<Position>) {
        self.push(path, source_bytes, RowContent::Error { message, position });
    }

    fn push(&mut self, path: &str, source_bytes: usize, content: RowContent<'_, '_>) {
        let rows = self.len();
        fill(&mut self.columns, path, source_bytes, content);
        if self.longest() > self.most {
            self.columns.iter_mut().for_each(|column| column.truncate(rows));
            let message = "too large for a row of the table: its texts have over 2 GiB";
            let content = RowContent::Error { message, position: None };
            fill(&mut self.columns, path, source_bytes, content);
        }
        self.source_bytes = self.source_bytes.saturating_add(source_bytes);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, ColumnBuffer::len)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The length of all sources together, in bytes.
    pub fn source_bytes(&self) -> usize {
        self.source_bytes
    }

    pub(super) fn size(&self) -> Size {
        Size { rows: self.len(), source_bytes: self.source_bytes }
    }

    fn longest(&self) -> usize {
        self.columns.iter().map(ColumnBuffer::longest).max().unwrap_or(0)
    }

    /// Whether others fit behind these, so that all offsets stay in their range.
    pub(super) fn has_room_for(&self, others: &Self) -> bool {
        self.columns
            .iter()
            .zip(&others.columns)
            .all(|(column, others)| column.longest() + others.longest() <= self.most)
    }

    /// Puts others behind these.
    pub(super) fn append(&mut self, others: Self) {
        self.source_bytes = self.source_bytes.saturating_add(others.source_bytes);
        self.columns.iter_mut().zip(others.columns).for_each(|(column, others)| column.append(others));
    }

    /// The rows as a batch of Arrow's. None is left.
    pub(super) fn take(&mut self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        self.source_bytes = 0;
        let columns = COLUMNS.iter().zip(&mut self.columns).map(|(column, values)| values.take(column));
        RecordBatch::try_new(Arc::clone(schema), columns.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Parser;
    use crate::table::schema::schema;

    #[test]
    fn a_post_that_is_too_large_is_a_row_that_says_so() {
        let mut rows = Rows { most: 2000, ..Rows::new() };
        let long = format!("---\ntitle: Long\n---\n<p><a href=/a>{}</a>", "tea ".repeat(600));
        for (path, source) in [("a", "<p>a <a href=/>b</a>"), ("b", long.as_str()), ("c", "<p>c")] {
            let (post, report) = Parser::new().parse_with_report(source).unwrap();
            rows.push_post(path, source.len(), &post, &report);
        }
        assert_eq!(rows.len(), 3);
        let batch = rows.take(&schema()).unwrap();
        let texts = |name| {
            let column = batch.column_by_name(name).unwrap().as_any();
            let texts = column.downcast_ref::<arrow_array::StringArray>().unwrap();
            texts.iter().map(|text| text.unwrap_or("-").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(texts("path"), ["a", "b", "c"]);
        assert_eq!(texts("error"), ["-", "too large for a row of the table: its texts have over 2 GiB", "-"]);
        assert_eq!(texts("title"), ["-", "-", "-"]);
        assert_eq!(texts("text"), ["a b", "-", "c"]);
        assert!(rows.is_empty());
    }

    #[test]
    fn rows_put_together_are_the_rows_of_all() {
        let posts = [
            "---\ntags: [a, b]\ndraft: true\n---\n<p>a <a href=/>茶</a>",
            "<h2>b</h2>",
            "",
            "<img src=/a alt=A>",
        ];
        let add = |rows: &mut Rows, source: &str| {
            let (post, report) = Parser::new().parse_with_report(source).unwrap();
            rows.push_post(source, source.len(), &post, &report);
            rows.push_error("bad", 3, "no", Some(Position { line: 1, column: 2, offset: 1 }));
        };
        let mut all = Rows::new();
        for post in posts {
            add(&mut all, post);
        }
        let mut joined = Rows::new();
        for post in posts {
            let mut rows = Rows::new();
            add(&mut rows, post);
            assert!(joined.has_room_for(&rows));
            joined.append(rows);
        }
        assert_eq!((joined.len(), joined.source_bytes()), (8, all.source_bytes()));
        assert_eq!(joined.take(&schema()).unwrap(), all.take(&schema()).unwrap());
    }
}
