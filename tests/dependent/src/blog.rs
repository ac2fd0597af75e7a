//! Metadata of one's own, with the article, in one parse.

use offprint::{Date, Error, Parser, Post};
use serde::Deserialize;

/// What this blog's front matter holds.
#[derive(Debug, PartialEq, Deserialize)]
pub struct BlogMeta {
    pub title: String,
    pub date: Option<Date>,
    #[serde(default)]
    pub series: Vec<String>,
    pub rating: u8,
}

/// Reads a post of the blog.
pub fn read(source: &str) -> Result<(BlogMeta, Post<'_>), Error> {
    Parser::new().parse_as(source)
}
