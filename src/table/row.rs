//! One row, column by column.

use std::borrow::Cow;
use std::slice;

use jiff::civil::DateTime;
use serde::Serialize;

use super::article::{Article, BlockRange, FigureRange, LinkRange};
use super::buffer::ColumnBuffer;
use super::columns::{COLUMNS, Column, ColumnType};
use super::hash::{signed, text_hash};
use crate::body_format::BodyFormat;
use crate::engine::Decline;
use crate::error::Position;
use crate::fingerprint::Fingerprint;
use crate::post::{Date, Media, Meta, Post, Stamp};
use crate::report::{HtmlEngine, MetadataEngine, Report};
use crate::url::Base;

/// What a row is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum RowContent<'p, 'a> {
    Post {
        post: &'p Post<'a>,
        report: &'p Report,
        blocks_json: bool,
    },
    /// A post that could not be read.
    Error {
        message: &'p str,
        position: Option<Position>,
    },
}

/// Adds a row to the columns.
pub(super) fn fill(
    columns: &mut [ColumnBuffer],
    path: &str,
    source_bytes: usize,
    content: RowContent<'_, '_>,
) {
    let mut row = Row { columns: COLUMNS.iter(), values: columns.iter_mut() };
    row.text("path", Some(path));
    match content {
        RowContent::Error { message, position } => {
            row.text("error", Some(message));
            row.integer("error_line", position.map(|position| integer(position.line)));
            row.integer("error_column", position.map(|position| integer(position.column)));
            row.nothing_before("source_bytes");
            row.integer("source_bytes", Some(integer(source_bytes)));
            row.nothing_more();
        }
        RowContent::Post { post, report, blocks_json } => {
            row.nothing_before("layout");
            row.meta(post);
            row.prelude(post);
            let numbers = row.article(post);
            row.json("blocks_json", blocks_json.then_some(&post.blocks));
            row.report(report);
            row.integer("source_bytes", Some(integer(source_bytes)));
            row.integer("word_count", Some(integer(numbers.words)));
            row.integer("text_hash", Some(numbers.hash));
            row.integer("fingerprint", numbers.fingerprint.map(|fingerprint| signed(fingerprint.bits())));
        }
    }
    debug_assert_eq!(row.columns.as_slice(), [], "columns that are left");
}

/// What is to be said of a text.
#[derive(Default)]
struct TextNumbers {
    words: usize,
    hash: i64,
    fingerprint: Option<Fingerprint>,
}

impl TextNumbers {
    /// White space stands between the blocks, so that the words of the text are those of the post.
    fn of(text: &str) -> Self {
        let (fingerprint, words) = Fingerprint::with_word_count(text);
        Self { words, hash: text_hash(text), fingerprint }
    }
}

/// The columns that a row still lacks, or the fields that a structure does.
struct Row<'c> {
    columns: slice::Iter<'static, Column>,
    values: slice::IterMut<'c, ColumnBuffer>,
}

impl Row<'_> {
    fn meta(&mut self, post: &Post<'_>) {
        let Meta { date, modified, .. } = &post.meta;
        let meta = &post.meta;
        self.text("layout", meta.layout.as_deref());
        self.text("title", meta.title.as_deref());
        self.text("slug", meta.slug.as_deref());
        self.text("permalink", meta.permalink.as_deref());
        self.text("description", meta.description.as_deref());
        self.date(["date", "date_local", "date_offset_s", "date_text"], date.as_ref());
        self.date(["modified", "modified_local", "modified_offset_s", "modified_text"], modified.as_ref());
        self.boolean("draft", meta.draft);
        self.texts("authors", &meta.authors);
        self.text("from", meta.from.as_deref());
        let heading = post.prelude.heading.as_ref();
        let host = |url: &str| Base::new(url).and_then(|url| url.host().map(Cow::into_owned));
        let host =
            meta.from.as_deref().and_then(host).or_else(|| heading.and_then(|heading| host(&heading.url)));
        self.text("host", host.as_deref());
        self.text("image", meta.image.as_deref());
        self.text("lang", meta.lang.as_deref());
        self.texts("tags", &meta.tags);
        self.texts("categories", &meta.categories);
        self.boolean("comments", meta.comments);
        self.json("extra", (!meta.extra.is_empty()).then_some(&meta.extra));
    }

    fn prelude(&mut self, post: &Post<'_>) {
        let stamp = post.prelude.stamp;
        let millis = match stamp {
            Some(Stamp::Millis(millis)) => Some(millis),
            Some(Stamp::NaN) | None => None,
        };
        self.integer("stamp", millis);
        self.boolean("stamp_is_nan", Some(stamp == Some(Stamp::NaN)));
        let heading = post.prelude.heading.as_ref();
        self.text("heading_text", heading.map(|heading| heading.text.as_ref()));
        self.text("heading_url", heading.map(|heading| heading.url.as_ref()));
    }

    /// A date in four columns: the moment, the time on its clock, the clock's offset, all of it.
    fn date(&mut self, [moment, local, offset, text]: [&'static str; 4], date: Option<&Date>) {
        let clock = date.map(|date| date.datetime().unwrap_or_else(|| date.day().at(0, 0, 0, 0)));
        let clock = clock.map(microseconds);
        let seconds = date.and_then(Date::offset).map(|offset| i64::from(offset.seconds()));
        self.integer(moment, clock.zip(seconds).map(|(clock, seconds)| clock - seconds * 1_000_000));
        self.integer(local, clock);
        self.integer(offset, seconds);
        self.text(text, date.map(Date::to_string).as_deref());
    }

    /// The text and what is in it. Returns what is to be said of the text.
    fn article(&mut self, post: &Post<'_>) -> TextNumbers {
        let write = |texts: &mut String| {
            let start = texts.len();
            let article = Article::write(&post.blocks, texts);
            (article, TextNumbers::of(&texts[start..]))
        };
        let (article, numbers) =
            self.next("text", |_, column| column.push_text_with(write)).flatten().unwrap_or_default();
        self.structures("blocks", &article.blocks, |row, block: &BlockRange| {
            row.text("type", Some(block.block_type));
            row.integer("level", block.level.map(i64::from));
            row.integer("depth", Some(integer(block.depth)));
            row.integer("start", Some(integer(block.start)));
            row.integer("end", Some(integer(block.end)));
        });
        self.structures("figures", &article.figures, |row, figure| row.figure(figure));
        self.structures("links", &article.links, |row, link: &LinkRange<'_>| {
            row.text("url", Some(link.url));
            row.text("title", link.title);
            row.integer("start", Some(integer(link.start)));
            row.integer("end", Some(integer(link.end)));
        });
        numbers
    }

    fn figure(&mut self, figure: &FigureRange<'_, '_>) {
        let medium = figure.medium;
        let image = medium.image();
        let (media_type, title, width, height) = match medium {
            Media::Image(image) => ("image", image.title.as_deref(), image.width, image.height),
            Media::Video(video) => ("video", None, video.width, video.height),
            Media::Audio(_) => ("audio", None, None, None),
            Media::Embed(embed) => ("embed", embed.title.as_deref(), embed.width, embed.height),
        };
        self.integer("block", Some(integer(figure.block)));
        self.text("type", Some(media_type));
        self.text("url", medium.url());
        self.text("alt", image.and_then(|image| image.alt.as_deref()));
        self.text("title", title);
        self.integer("width", width.map(i64::from));
        self.integer("height", height.map(i64::from));
        self.text("link", image.and_then(|image| image.link.as_deref()));
        self.text("poster", medium.video().and_then(|video| video.poster.as_deref()));
        self.text("credit", figure.credit);
        self.integer("start", figure.caption.map(|(start, _)| integer(start)));
        self.integer("end", figure.caption.map(|(_, end)| integer(end)));
    }

    fn report(&mut self, report: &Report) {
        self.structures("removals", &report.removals, |row, removal| {
            row.text("rule", removal.rule.as_deref());
            row.text("element", Some(&removal.element));
            row.text("kind", Some(removal.kind.as_str()));
            row.text("text", Some(&removal.text));
            row.position(removal.position);
        });
        self.structures("diagnostics", &report.diagnostics, |row, diagnostic| {
            row.text("kind", Some(diagnostic.kind.as_str()));
            row.text("message", Some(&diagnostic.message));
            row.position(diagnostic.position);
        });
        self.text("metadata_engine", report.metadata_engine.map(MetadataEngine::as_str));
        self.text("metadata_declined", report.metadata_declined.map(Decline::as_str));
        self.text("html_engine", report.html_engine.map(HtmlEngine::as_str));
        self.text("html_declined", report.html_declined.map(Decline::as_str));
        self.text("body_format", report.body_format.map(BodyFormat::as_str));
    }

    fn position(&mut self, position: Option<Position>) {
        self.integer("line", position.map(|position| integer(position.line)));
        self.integer("column", position.map(|position| integer(position.column)));
        self.integer("offset", position.map(|position| integer(position.offset)));
    }
}

/// The columns one at a time, in their order: each is named, so that the wrong one is seen at once in
/// tests.
impl Row<'_> {
    fn next<R>(
        &mut self,
        name: &'static str,
        fill: impl FnOnce(ColumnType, &mut ColumnBuffer) -> R,
    ) -> Option<R> {
        let (column, values) = self.columns.next().zip(self.values.next())?;
        debug_assert_eq!(column.name, name, "the columns are filled in another order");
        Some(fill(column.column_type, values))
    }

    fn text(&mut self, name: &'static str, text: Option<&str>) {
        self.next(name, |_, column| column.push_text(text));
    }

    fn integer(&mut self, name: &'static str, integer: Option<i64>) {
        self.next(name, |_, column| column.push_integer(integer));
    }

    fn boolean(&mut self, name: &'static str, boolean: Option<bool>) {
        self.next(name, |_, column| column.push_boolean(boolean));
    }

    fn json(&mut self, name: &'static str, value: Option<&impl Serialize>) {
        self.next(name, |_, column| match value {
            Some(value) => column.push_json(value),
            None => column.push_nothing(),
        });
    }

    fn texts(&mut self, name: &'static str, texts: &[impl AsRef<str>]) {
        self.next(name, |_, column| {
            if let [items] = column.items() {
                for text in texts {
                    items.push_text(Some(text.as_ref()));
                }
            }
            column.end_list();
        });
    }

    fn structures<T>(&mut self, name: &'static str, items: &[T], fill: impl Fn(&mut Row<'_>, &T)) {
        self.next(name, |column_type, column| {
            if let ColumnType::Structures(fields) = column_type {
                for item in items {
                    let mut row = Row { columns: fields.iter(), values: column.items().iter_mut() };
                    fill(&mut row, item);
                    debug_assert_eq!(row.columns.as_slice(), [], "fields of `{name}` that are left");
                }
            }
            column.end_list();
        });
    }

    /// Leaves the columns before one without a value.
    fn nothing_before(&mut self, name: &str) {
        while self.columns.as_slice().first().is_some_and(|column| column.name != name) {
            self.nothing();
        }
    }

    fn nothing_more(&mut self) {
        while !self.columns.as_slice().is_empty() {
            self.nothing();
        }
    }

    fn nothing(&mut self) {
        self.columns.next();
        if let Some(values) = self.values.next() {
            values.push_nothing();
        }
    }
}

/// A number of things.
fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The microseconds from 1970 to a time on the same clock. What is shorter than one is cut off.
fn microseconds(clock: DateTime) -> i64 {
    let since = clock.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    let (seconds, nanoseconds) = (since.as_secs(), i64::from(since.subsec_nanos()));
    // Both are negative before 1970.
    seconds * 1_000_000 + nanoseconds.div_euclid(1000)
}
