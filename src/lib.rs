//! placeholder
// No input of this crate is trusted; the compiler vouches for its memory safety.
#![forbid(unsafe_code)]

mod error;
#[allow(dead_code)]
mod front_matter;
mod limits;
mod post;
#[allow(dead_code)]
mod prelude;
mod report;

pub use error::{Error, ErrorKind, Format, Limit, Position};
pub use front_matter::FrontMatter;
pub use limits::Limits;
pub use post::{
    Audio, Block, Cell, Date, DateParseError, Descriptor, Embed, Figure, Image, LinkHeading, List, ListKind,
    Map, Mark, MarkKind, Media, Meta, Post, Preformatted, Prelude, Source, Stamp, Table, Text, UtcOffset,
    Value, Video,
};
pub use report::{Diagnostic, DiagnosticKind, HtmlEngine, MetadataEngine, Removal, RemovalKind, Report};
