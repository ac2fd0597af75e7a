//! placeholder

// No input of this crate is trusted, and the compiler can vouch for its memory safety.
#![forbid(unsafe_code)]

mod blocks;
mod chars;
mod error;
mod front_matter;
mod html;
mod limits;
mod parse;
mod post;
mod prelude;
mod render;
mod report;
mod rules;
mod url;

pub use error::{Error, ErrorKind, Format, Limit, Position};
pub use front_matter::FrontMatter;
pub use html::Engine;
pub use limits::Limits;
pub use parse::Parser;
pub use post::{
    Audio, Block, Cell, Date, DateParseError, Descriptor, Embed, Figure, Image, LinkHeading, List, ListKind,
    Map, Mark, MarkKind, Media, Meta, Post, Preformatted, Prelude, Source, Stamp, Table, Text, UtcOffset,
    Value, Video,
};
pub use report::{Diagnostic, DiagnosticKind, HtmlEngine, MetadataEngine, Removal, RemovalKind, Report};
pub use rules::{Rules, UnusableRule};
