//! Front-matter posts in, articles out.
//!
//! A post is a file as Jekyll, Hugo and Zola have it: front matter in YAML, TOML or JSON, then an article, in
//! HTML that was scraped from a news site, a blog or a video page, or in Markdown as its author wrote it.
//! This crate gives back the article: typed metadata, paragraphs, figures, lists and tables as plain data
//! that borrows from the source, the empty slots of advertisements taken out, and no word lost.
//!
//! ```
//! use offprint::{Block, Parser};
//!
//! let source = "\
//! ---
//! title: Green tea
//! date: 2021-03-04 08:15 +0100
//! ---
//! <!--1614845700000-->
//! [Green tea](https://example.org/tea)
//! ------
//! <p>Boil <b>fresh</b> water.</p><div id=dfp-ad-imu1></div>";
//!
//! let (post, report) = Parser::new().parse_with_report(source)?;
//!
//! // The front matter, in types.
//! assert_eq!(post.meta.title.as_deref(), Some("Green tea"));
//! assert_eq!(post.meta.date.unwrap().to_string(), "2021-03-04T08:15:00+01:00");
//!
//! // What the scraper put before the article.
//! assert_eq!(post.prelude.heading.as_ref().unwrap().url, "https://example.org/tea");
//!
//! // The article: one paragraph, in which a word is strong.
//! let Block::Paragraph(paragraph) = &post.blocks[0] else { panic!("it is a paragraph") };
//! assert_eq!(paragraph.text.as_ref(), "Boil fresh water.");
//! assert_eq!(paragraph.text.marks[0].range(), 5..10);
//! assert_eq!(post.to_markdown(), "Boil **fresh** water.\n");
//!
//! // What was taken out of it.
//! assert_eq!(report.removals[0].element, "div#dfp-ad-imu1");
//! # Ok::<(), offprint::Error>(())
//! ```
//!
//! The [`guide`] goes on from here, with a chapter for each task: metadata of your own, figures to CSV,
//! feeds, folders on all cores, how a post is read, what other tools do better.
//!
//! # Types
//!
//! *To read posts:*
//!
//! - [`Post::parse`] reads a post with the default options, [`Parser`] with others, from text or bytes, with
//!   or without a [`Report`], and with metadata of your own ([`Parser::parse_as`]).
//! - [`FrontMatter`] cuts a post in two without reading the article, and edits single keys.
//! - Options: [`Rules`], [`BodyFormat`], [`TemplateSyntaxes`], [`Limits`], [`Engine`].
//!
//! *The model:*
//!
//! - [`Post`] is [`Meta`], [`Prelude`] and [`Block`]s.
//! - Metadata: [`Date`] and its [`UtcOffset`]; [`Value`] and [`Map`] for other keys.
//! - Before the article: [`Stamp`], [`LinkHeading`].
//! - Blocks: [`Paragraph`], [`Heading`], [`Figure`], [`List`] of [`Item`]s, [`BlockQuote`], [`Table`] of
//!   [`Cell`]s, [`Preformatted`], [`ThematicBreak`].
//! - In paragraphs: [`Text`] and its [`Mark`]s, each of a [`MarkKind`].
//! - In figures: [`Media`], which is an [`Image`], a [`Video`], an [`Audio`] or an [`Embed`], with its other
//!   files ([`MediaSource`]).
//!
//! *What went on:*
//!
//! - [`Error`], of an [`ErrorKind`], at a [`Position`]: why a post was refused.
//! - [`Report`]: the [`Diagnostic`]s (what was odd), the [`Removal`]s (what was taken out), and which
//!   implementation read what ([`MetadataEngine`], [`HtmlEngine`], and the [`Decline`] of a fast one).
//!
//! *Rules:*
//!
//! - [`Rules`] are lists of cosmetic filters: [`Rules::ads`], [`Rules::furniture`], [`Rules::none`], or yours
//!   by [`Rules::parse`]. A [`Rule`] has a [`RuleEffect`]; an [`UnusableRule`] has an [`UnusableReason`].
//!
//! *To go through posts, and to write them:*
//!
//! - [`Post::walk`] and [`Post::steps`] go through the blocks, [`Text::events`] and [`Text::pieces`] through
//!   the marks of a text.
//! - [`AsText`], [`AsMarkdown`], [`AsHtml`] and [`AsJson`] write a post, with options.
//!
//! *For archives:*
//!
//! - [`table`], with the feature `arrow`, writes posts as rows for SQL, and reads records.
//! - [`Fingerprint`] tells near-duplicates.
//!
//! # Features
//!
//! A feature never changes a result. A post that needs one that is missing is an error that names it.
//!
//! | feature | default | adds |
//! |---|---|---|
//! | `toml` | yes | front matter in TOML |
//! | `json` | yes | front matter in JSON |
//! | `markdown` | yes | bodies in Markdown |
//! | `arrow` | no | the module [`table`]: posts as rows of a table, and records to read, as Arrow streams |
//! | `parquet` | no | the same as Parquet; brings `arrow` |
//! | `cli` | no | the command `offprint` |
//! | `full` | no | the command with all that it can do: `cli` and `parquet` |
//!
//! Front matter in YAML and bodies in HTML are always read. The minimum Rust version is 1.85.
//!
//! # The stages
//!
//! In the order in which a post goes through them:
//!
//! 1. [`FrontMatter`] splits the post, without copying it, and the YAML, TOML or JSON becomes [`Meta`].
//! 2. What scrapers put before the article becomes the [`Prelude`]: a stamp and a heading that is a link.
//! 3. The body becomes the HTML that its site would have served: template tags are made into what they stand
//!    for, or taken out ([`TemplateSyntaxes`]), and Markdown becomes HTML ([`BodyFormat`]). A body that is
//!    HTML already is left as it is, and borrowed.
//! 4. The HTML is parsed (a fragment, with scripting off) into events: tags and text.
//! 5. What no browser shows goes, and of the copies of one formula all but one.
//! 6. [`Rules`] take ad slots, and furniture if asked to, out of the events. The [`Report`] has all that has
//!    gone.
//! 7. The events become [`Block`]s: paragraphs, headings, figures, lists, quotations, tables.
//! 8. [`Post::text`], [`Post::markdown`] and [`Post::html`] write them; [`Post::json`] and serde write the
//!    whole [`Post`], and serde reads it.
//!
//! The second half of stage 1 (for YAML) and stage 4 have two implementations with one meaning: see
//! [`Engine`].
//!
//! # What it promises
//!
//! - *Nothing is lost.* With [`Rules::none`], all text that a browser would show is in the blocks, in order;
//!   with rules, in the blocks or in the report's removals.
//!   What no browser shows is in the removals too. A few texts are changed: see [below](#changed-texts).
//! - *No input is trusted.* No post makes it panic, overflow the stack, or take more than linear time;
//!   [`Limits`] bound the memory. A post is refused only if nothing useful can be given; what a limit leaves
//!   out otherwise is a [`Diagnostic`].
//! - *Positions are those of the file.* Errors and diagnostics say line, column and byte offset in the whole
//!   post.
//! - *It is deterministic.* The same post gives the same result on every machine, with every set of features;
//!   or an error that names the feature that is missing.
//!
//! # Changed texts
//!
#![doc = include_str!("changed_texts.md")]
//!
#![cfg_attr(feature = "arrow", doc = "[`table`]: crate::table")]
#![cfg_attr(not(feature = "arrow"), doc = "[`table`]: #features")]
// No input of this crate is trusted, and the compiler can vouch for its memory safety.
#![forbid(unsafe_code)]

mod blocks;
mod body;
mod body_format;
mod bytes;
mod chars;
mod codes;
mod collapse;
mod display;
mod dollar_math;
mod engine;
mod equal;
mod error;
mod fingerprint;
mod front_matter;
mod group;
mod html;
mod limits;
mod parse;
mod post;
mod prelude;
mod rarely;
mod recorder;
mod references;
mod render;
mod report;
mod rules;
mod same_title;
mod source_map;
mod template_syntaxes;
mod url;
mod utf16_escapes;
mod word_list;
mod words;

// For readers alone: a program that depends on the crate does not build it.
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "bench-stages")]
#[doc(hidden)]
pub mod stages;
#[cfg(feature = "arrow")]
pub mod table;

/// The types of dates are this crate's.
pub use jiff;

pub use body_format::{BodyFormat, BodyFormatParseError};
pub use engine::{Decline, Engine, EngineParseError};
pub use error::{Error, ErrorKind, FrontMatterFormat, Position};
pub use fingerprint::Fingerprint;
pub use front_matter::FrontMatter;
pub use limits::{Limit, Limits};
pub use parse::Parser;
pub use post::{
    Audio, Block, BlockQuote, Cell, Children, Container, Date, DateParseError, Descriptor, Direction, Embed,
    Figure, Heading, HeadingLevel, HeadingLevelError, Image, Item, LinkHeading, List, ListKind, Map,
    MapIntoIter, MapIter, MapIterMut, Mark, MarkKind, Media, MediaSource, Meta, Nesting, Numbering,
    Paragraph, Piece, Post, Preformatted, Prelude, Stamp, Step, Steps, Table, Text, TextEvent, ThematicBreak,
    UrlRole, UtcOffset, Value, ValueDeserializer, Video, Walk,
};
// By name in `render`, so that a renderer is added there alone.
pub use render::*;
pub use report::{Diagnostic, DiagnosticKind, HtmlEngine, MetadataEngine, Removal, RemovalKind, Report};
pub use rules::{Rule, RuleEffect, Rules, UnusableReason, UnusableRule};
pub use template_syntaxes::{TemplateSyntaxes, TemplateSyntaxesParseError};

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
