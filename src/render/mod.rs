//! Posts as plain text, Markdown, HTML and JSON.
//!
//! What goes in is a [`Post`](crate::Post), walked by the traversal that is public
//! ([`Post::steps`](crate::Post::steps) and [`Text::events_of`](crate::Text::events_of)); what comes out is
//! text, written piece by piece.
//!
//! A renderer is a file or a folder here, with an adaptor that is [`Display`](std::fmt::Display) and a method
//! of `Post` that makes one. `element`, `escape`, `item_number`, `lines`, `shown` and `to_io` are what
//! renderers share.

mod element;
mod escape;
mod html;
mod item_number;
mod json;
mod lines;
mod markdown;
mod shown;
mod text;
mod to_io;

pub use html::AsHtml;
pub use json::AsJson;
pub use markdown::AsMarkdown;
pub use text::AsText;
