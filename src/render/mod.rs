//! Posts as text, Markdown and HTML.

mod html;
mod lines;
mod markdown;
mod text;
