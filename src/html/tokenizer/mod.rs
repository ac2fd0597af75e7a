//! The [tokenizer] of the HTML standard, as far as the scanner and the reader ahead of the tree builder need
//! it: what a `<` begins, and the parts of a tag.
//!
//! [tokenizer]: https://html.spec.whatwg.org/multipage/parsing.html#tokenization

mod attribute;
mod markup;
mod names;
mod raw_text;
mod tag;

pub(super) use attribute::is_special;
pub(super) use markup::{Markup, bogus_comment_length};
pub(super) use raw_text::{holds_raw_text, length_of_raw_text};
pub(super) use tag::{SourceAttribute, SourceAttributes, SourceTag, SourceValue};
