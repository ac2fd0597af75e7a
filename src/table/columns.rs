//! The columns of the table, in their order: names, types and what they hold.

use ColumnType::{Boolean, ClockTime, Integer, Moment, Structures, Text, Texts};

/// The version of the columns below. A table says which it has in its schema's metadata.
pub const SCHEMA_VERSION: u32 = 1;

/// What a column, or a field of a structure, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnType {
    /// A text in UTF-8.
    Text,
    /// A signed integer of 64 bits.
    Integer,
    /// True or false.
    Boolean,
    /// Microseconds since 1970-01-01T00:00:00Z: a moment.
    Moment,
    /// Microseconds since 1970-01-01T00:00:00 on some clock: a date and time without an offset from UTC.
    ClockTime,
    /// A list of texts. It is never null, but may be empty.
    Texts,
    /// A list of structures with these fields. It is never null, but may be empty.
    Structures(&'static [Column]),
}

/// A column of the table, or a field of a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub column_type: ColumnType,
    /// Whether a value may be missing. That of every other column is there in every row.
    pub is_nullable: bool,
    /// What it is, in a line.
    pub doc: &'static str,
}

/// A column whose values are always there.
const fn always(name: &'static str, column_type: ColumnType, doc: &'static str) -> Column {
    Column { name, column_type, is_nullable: false, doc }
}

/// A column whose values may be missing.
const fn maybe(name: &'static str, column_type: ColumnType, doc: &'static str) -> Column {
    Column { name, column_type, is_nullable: true, doc }
}

/// All columns of the table, in their order.
pub const COLUMNS: &[Column] = &[
    always("path", Text, "where the post is from: its path, or the `path` of its record"),
    maybe("error", Text, "why the post could not be read; all that its article would fill is empty then"),
    maybe("error_line", Integer, "the line of what is to be mended, counted from 1"),
    maybe("error_column", Integer, "its column, in characters, counted from 1"),
    maybe("layout", Text, "`layout` of the front matter"),
    maybe("title", Text, "`title` of the front matter"),
    maybe("slug", Text, "`slug` of the front matter, or that of the file's name"),
    maybe("permalink", Text, "`permalink` of the front matter"),
    maybe("description", Text, "`description` of the front matter"),
    maybe("date", Moment, "when the post was published, if the offset from UTC is known"),
    maybe("date_local", ClockTime, "the same on the writer's clock; at midnight if only the day is known"),
    maybe("date_offset_s", Integer, "the offset of that clock from UTC, in seconds"),
    maybe(
        "date_text",
        Text,
        "the date in full, as in JSON: with the fraction and the offset that the post gives",
    ),
    maybe("modified", Moment, "when the post was changed, if the offset from UTC is known"),
    maybe(
        "modified_local",
        ClockTime,
        "the same on the writer's clock; at midnight if only the day is known",
    ),
    maybe("modified_offset_s", Integer, "the offset of that clock from UTC, in seconds"),
    maybe("modified_text", Text, "the date of the change in full, as in JSON"),
    maybe("draft", Boolean, "whether the post is a draft"),
    always("authors", Texts, "the authors"),
    maybe("from", Text, "the URL of the page that the post was made from"),
    maybe("host", Text, "the host of `from`, or else of `heading_url`, in lower case"),
    maybe("image", Text, "the image that stands for the post"),
    maybe("lang", Text, "the language"),
    always("tags", Texts, "the tags"),
    always("categories", Texts, "the categories"),
    maybe("comments", Boolean, "whether comments are open"),
    maybe("extra", Text, "all other front matter, as a JSON object"),
    maybe("stamp", Integer, "the stamp before the article, in milliseconds since 1970-01-01T00:00:00Z"),
    always("stamp_is_nan", Boolean, "whether the stamp is `NaN`"),
    maybe("heading_text", Text, "the text of the heading before the article that is a link"),
    maybe("heading_url", Text, "the URL of that heading"),
    maybe(
        "text",
        Text,
        "the text of the article: a blank line between blocks, a tab between cells, a line break between rows and items",
    ),
    always("blocks", Structures(BLOCK), "the blocks, those inside others too, in the order of the article"),
    always(
        "figures",
        Structures(FIGURE),
        "what a reader looks at or plays: each image, video, sound and embedded page",
    ),
    always("links", Structures(LINK), "the links in the text"),
    maybe("blocks_json", Text, "the blocks as in JSON lines, with all marks; only if asked for"),
    always("removals", Structures(REMOVAL), "what was taken out of the article"),
    always("diagnostics", Structures(DIAGNOSTIC), "what was noticed and repaired"),
    maybe("metadata_engine", Text, "which reader took the front matter"),
    maybe("metadata_declined", Text, "why the fast reader did not"),
    maybe("html_engine", Text, "which reader took the body"),
    maybe("html_declined", Text, "why the fast reader did not"),
    maybe("body_format", Text, "what the body is written in: `html` or `markdown`"),
    always("source_bytes", Integer, "the length of the post in bytes"),
    maybe(
        "word_count",
        Integer,
        "the words of the text; a Chinese, Japanese or Korean character that is not Hangul is a word",
    ),
    maybe("text_hash", Integer, "XXH64 of the text in UTF-8 with seed 42: equal for equal texts"),
    maybe(
        "fingerprint",
        Integer,
        "64 bits of which nearly all are equal in nearly equal texts; null below 50 words",
    ),
];

/// A block.
const BLOCK: &[Column] = &[
    always(
        "type",
        Text,
        "`paragraph`, `heading`, `figure`, `list`, `block_quote`, `table`, `preformatted` or `thematic_break`",
    ),
    maybe("level", Integer, "the level of a heading, from 1 to 6"),
    always("depth", Integer, "how many blocks it stands in"),
    always("start", Integer, "where its text begins in `text`: the number of characters before it"),
    always("end", Integer, "where its text ends; that of a block without text is its start"),
];

/// A medium. Those of one figure follow one another and have the same block.
const FIGURE: &[Column] = &[
    always("block", Integer, "the index of its block in `blocks`, counted from 0"),
    always("type", Text, "`image`, `video`, `audio` or `embed`"),
    maybe("url", Text, "where it is"),
    maybe("alt", Text, "the text of an image for who cannot see it"),
    maybe("title", Text, "the title of an image or of an embedded page"),
    maybe("width", Integer, "the width in pixels that the page gives it"),
    maybe("height", Integer, "the height in pixels that the page gives it"),
    maybe("link", Text, "where an image leads to"),
    maybe("poster", Text, "the image that stands for a video"),
    maybe("credit", Text, "the agency or photographer that the figure names"),
    maybe("start", Integer, "where the figure's caption begins in `text`, in characters"),
    maybe("end", Integer, "where the caption ends"),
];

/// A link.
const LINK: &[Column] = &[
    always("url", Text, "where it leads to"),
    maybe("title", Text, "its title"),
    always("start", Integer, "where its text begins in `text`, in characters"),
    always("end", Integer, "where its text ends"),
];

/// A removal.
const REMOVAL: &[Column] = &[
    maybe("rule", Text, "the rule that took it, if one of a list did"),
    always("element", Text, "what it was, as in `div#dfp-ad-imu1.ad`"),
    always("kind", Text, "the kind of removal, as in JSON"),
    always("text", Text, "the text that went with it"),
    maybe("line", Integer, "the line where it stood in the post, counted from 1"),
    maybe("column", Integer, "its column, in characters, counted from 1"),
    maybe("offset", Integer, "the bytes of the post before it"),
];

/// A diagnostic.
const DIAGNOSTIC: &[Column] = &[
    always("kind", Text, "the kind of diagnostic, as in JSON"),
    always("message", Text, "what was noticed"),
    maybe("line", Integer, "the line of what is to be mended, counted from 1"),
    maybe("column", Integer, "its column, in characters, counted from 1"),
    maybe("offset", Integer, "the bytes of the post before it"),
];
