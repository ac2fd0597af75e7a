//! From Markdown to HTML.
//!
//! pulldown-cmark reads the Markdown; the HTML is written here, so that positions are kept and nothing is
//! lost.

mod attributes;
mod fences;
mod footnotes;
mod hiding;
mod html_blocks;
mod info;
mod lines;
mod missing_cells;
mod names;
mod output;
mod parts;
mod prose_tags;
mod raw;
mod source;
mod spans;
mod tags;
mod writer;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

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
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let prepared = lines::prepare(text);
    let mut writer = Writer::new(Source::new(text, &prepared), with_map);
    for (event, range) in Parser::new_ext(&prepared.text, options).into_offset_iter() {
        let sign = sign_of_alert(&event, &range, &prepared.text);
        writer.write(event, range);
        if let Some((events, range)) = sign {
            for event in events {
                writer.write(event, range.clone());
            }
        }
    }
    let (html, map) = writer.finish().finish();
    Rewritten { text: Cow::Owned(html), map }
}

/// The events of the sign of an alert of GitHub, like `[!NOTE]`, and where it stands in the text, if a
/// quotation begins with this event whose first line is one. The sign is a paragraph, as the title is that
/// GitHub shows in its place.
fn sign_of_alert<'s>(
    event: &Event<'_>,
    range: &Range<usize>,
    text: &'s str,
) -> Option<([Event<'s>; 3], Range<usize>)> {
    let Event::Start(Tag::BlockQuote(Some(_))) = event else { return None };
    let start = range.start + text.get(range.clone())?.find('[')?;
    let end = start + text[start..].find(']')? + 1;
    let sign = Event::Text(text[start..end].into());
    Some(([Event::Start(Tag::Paragraph), sign, Event::End(TagEnd::Paragraph)], start..end))
}
