//! placeholder
// No input of this crate is trusted; the compiler vouches for its memory safety.
#![forbid(unsafe_code)]

#[allow(dead_code)]
mod blocks;
mod chars;
mod error;
#[allow(dead_code)]
mod html;
mod limits;
mod post;
mod report;
#[allow(dead_code)]
mod rules;
mod url;

pub use error::{Error, ErrorKind, Format, Limit, Position};
pub use limits::Limits;
pub use post::{
    Audio, Block, Cell, Date, DateParseError, Descriptor, Embed, Figure, Image, LinkHeading, List, ListKind,
    Map, Mark, MarkKind, Media, Meta, Post, Preformatted, Prelude, Source, Stamp, Table, Text, UtcOffset,
    Value, Video,
};
pub use html::Engine;
pub use rules::{Rules, UnusableRule};
pub use report::{Diagnostic, DiagnosticKind, HtmlEngine, MetadataEngine, Removal, RemovalKind, Report};
