//! What is made of posts, a few at a time, by each thread.

use offprint::{Parser, Position, Post, Report};

use crate::article::{self, Kind};
use crate::folder::{self, Folder};
use crate::inputs::Item;
use crate::plan::Batch;
use crate::problem::{Problem, push_message};
use crate::room::{Room, Spare};
use crate::shards::Piece;
use crate::table::{self, Rows};
use crate::{Failure, jsonl};

/// What becomes of a post.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    /// An article, after its path if there may be others.
    Article {
        kind: Kind,
        with_path: bool,
    },
    /// An article with the front matter of the post, in a file of its own.
    File(Kind),
    /// A row of a table.
    Row {
        blocks_json: bool,
    },
}

/// Where reports go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reporting {
    None,
    /// Into the line of the post.
    Inline,
    /// Into lines of their own.
    File,
}

/// Converts posts.
pub(crate) struct Converter {
    pub(crate) parser: Parser,
    /// The most bytes of a post.
    pub(crate) input_bytes: usize,
    pub(crate) form: Form,
    pub(crate) reporting: Reporting,
    pub(crate) strict: bool,
    /// Whether a post that failed has a line in the output.
    pub(crate) error_rows: bool,
    /// Memory of posts that are done with.
    pub(crate) spare: Spare,
}

/// What came of a few posts, in their order.
#[derive(Default)]
pub(crate) struct Converted {
    /// The number of their shard.
    pub(crate) shard: u32,
    pub(crate) posts: Vec<u8>,
    /// If each post has a file of its own: which, and where its bytes end.
    files: Vec<folder::Entry>,
    /// If each post is a row of a table, and also if it has failed.
    rows: Option<Rows>,
    pub(crate) reports: Vec<u8>,
    /// Lines for standard error.
    pub(crate) messages: String,
    pub(crate) inputs: u64,
    pub(crate) failed: u64,
    /// The posts that were read but have diagnostics; counted if their reports are made.
    pub(crate) diagnosed: u64,
}

impl Converter {
    pub(crate) fn convert(&self, batch: &Batch) -> Converted {
        let posts = self.spare.take_output();
        let mut converted = Converted { shard: batch.shard, posts, ..Converted::default() };
        if let Form::Row { blocks_json } = self.form {
            converted.rows = table::rows(blocks_json);
        }
        let mut room = self.spare.take_room();
        for item in &batch.items {
            let path = item.path();
            converted.inputs += 1;
            if let Err(problem) = self.convert_one(item, &path, &mut room, &mut converted) {
                let bytes = room.bytes().len().max(usize::try_from(item.bytes).unwrap_or(usize::MAX));
                self.note_failure(&path, bytes, &problem, &mut converted);
            }
        }
        self.spare.give_room(room);
        converted
    }

    /// Adds a post. `room` is for its bytes.
    fn convert_one(
        &self,
        item: &Item,
        path: &str,
        room: &mut Room,
        converted: &mut Converted,
    ) -> Result<(), Problem> {
        let source = item.read(self.input_bytes, room)?;
        let name = item.name();
        let is_row = matches!(self.form, Form::Row { .. });
        if self.reporting == Reporting::None && !self.strict && !is_row {
            let post = match &name {
                None => self.parser.parse_bytes(source)?,
                Some(name) => self.parser.parse_named_bytes(name, source)?,
            };
            return self.write(item, path, source, &post, None, converted);
        }
        let (post, report) = match &name {
            None => self.parser.parse_bytes_with_report(source)?,
            Some(name) => self.parser.parse_named_bytes_with_report(name, source)?,
        };
        self.write(item, path, source, &post, Some(&report), converted)?;
        if self.reporting == Reporting::File {
            jsonl::write_report(&mut converted.reports, path, &report)?;
        }
        converted.diagnosed += u64::from(!report.diagnostics.is_empty());
        if self.strict {
            for diagnostic in &report.diagnostics {
                converted.message(path, diagnostic.position, &diagnostic.message);
            }
        }
        Ok(())
    }

    /// Adds what becomes of a post. Its report is there if it is wanted.
    fn write(
        &self,
        item: &Item,
        path: &str,
        source: &[u8],
        post: &Post<'_>,
        report: Option<&Report>,
        converted: &mut Converted,
    ) -> Result<(), Problem> {
        match self.form {
            Form::Json => {
                let inline = report.filter(|_| self.reporting == Reporting::Inline);
                jsonl::write_post(&mut converted.posts, path, post, inline);
            }
            Form::Article { kind, with_path } => {
                article::write(&mut converted.posts, kind, post, with_path.then_some(path));
            }
            Form::File(kind) => {
                let below = item.path_below()?;
                article::write_with_front_matter(&mut converted.posts, kind, post, source);
                converted.files.push(folder::Entry::new(path, below, kind, converted.posts.len()));
            }
            Form::Row { .. } => {
                if let Some((rows, report)) = converted.rows.as_mut().zip(report) {
                    rows.push_post(path, source.len(), post, report);
                }
            }
        }
        Ok(())
    }

    /// Adds what is told of a post that was not converted. If not all of it was read, it has the length that
    /// was seen before.
    fn note_failure(&self, path: &str, bytes: usize, problem: &Problem, converted: &mut Converted) {
        let Problem { message, position } = problem;
        converted.failed += 1;
        converted.message(path, *position, message);
        if let Some(rows) = &mut converted.rows {
            rows.push_error(path, bytes, message, *position);
        }
        // Writing texts and numbers to memory does not fail.
        if self.reporting == Reporting::File {
            let _ = jsonl::write_problem(&mut converted.reports, path, message, *position);
        }
        if self.error_rows {
            let _ = jsonl::write_problem(&mut converted.posts, path, message, *position);
        }
    }
}

impl Converted {
    /// Writes the files of the posts. One that cannot be written is a failed post.
    pub(crate) fn write_to(&mut self, folder: &mut Folder) -> Result<(), Failure> {
        let mut start = 0;
        for entry in std::mem::take(&mut self.files) {
            let bytes = &self.posts[start..entry.end];
            start = entry.end;
            if let Err(message) = folder.write(&entry, bytes)? {
                self.failed += 1;
                self.message(&entry.source, None, &message);
            }
        }
        Ok(())
    }

    /// Takes the rows out.
    pub(crate) fn piece(&mut self) -> Option<Piece> {
        let rows = self.rows.take()?;
        Some(Piece { rows, failed: self.failed, diagnosed: self.diagnosed })
    }

    /// A line for standard error.
    fn message(&mut self, path: &str, position: Option<Position>, message: &str) {
        push_message(&mut self.messages, path, position, message);
    }
}
