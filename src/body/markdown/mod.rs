//! From Markdown to HTML.
//!
//! pulldown-cmark reads the Markdown; the HTML is written here, so that positions are kept and nothing is
//! lost.

mod attributes;
mod boxes;
mod fences;
mod footnotes;
mod hiding;
mod html_blocks;
mod indented;
mod info;
mod lines;
mod markers;
mod missing_cells;
mod names;
mod nesting;
mod output;
mod parts;
mod prose_tags;
mod raw;
mod rows;
mod source;
mod spans;
mod tags;
mod writer;

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser};

use super::rewritten::Rewritten;
use source::Source;
use writer::Writer;

/// The HTML of a Markdown text, with a map from the HTML to the text if one is wanted.
pub(super) fn to_html(text: &str, with_map: bool) -> Rewritten<'static> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let prepared = lines::prepare(text);
    let indented = &prepared.boxes;
    let mut writer = Writer::new(Source::new(text, &prepared), with_map);
    let events = Parser::new_ext(&prepared.text, options).into_offset_iter();
    if boxes::may_be_in(text) || !indented.markers.is_empty() {
        boxes::write(events, &mut writer, text, indented);
    } else {
        events.for_each(|(event, range)| writer.write(event, range));
    }
    let (html, map) = writer.finish().finish();
    Rewritten { text: Cow::Owned(html), map }
}
