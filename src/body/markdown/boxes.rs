//! Boxes of text that Markdown does not know: callouts, which are quotations with a sign, and containers
//! between fences or below a sign. Their first lines are kept apart from what they hold.

use std::ops::Range;

use memchr::memchr2_iter;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::indented::Indented;
use super::writer::Writer;

/// Whether a text may hold the [fences of containers](ContainerFences), or [callouts](FirstLine).
pub(super) fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2_iter(b':', b'!', bytes).any(|at| match bytes[at] {
        b':' => bytes[at..].starts_with(b":::"),
        _ => bytes[..at].ends_with(b"["),
    })
}

/// Writes the events of a text that [may hold boxes](may_be_in).
#[cold]
pub(super) fn write<'s>(
    events: impl Iterator<Item = (Event<'s>, Range<usize>)>,
    writer: &mut Writer<'s>,
    text: &str,
    indented: &Indented,
) {
    let mut first_line = FirstLine::None;
    let mut fences = ContainerFences::default();
    let mut indented = OpenIndented { indented, open: Vec::new() };
    for (event, range) in events {
        let end = first_line.end_at(&event, &range, text);
        let end = fences.end_at(&event, &range, text).or(end);
        let is_parted = range.end < fences.end && indented.parts(&event, &range);
        match end.or_else(|| is_parted.then_some(fences.end)) {
            None if indented.write(&event, &range, text, writer) => {}
            None => writer.write(event, range),
            Some(end) => {
                writer.write(Event::End(TagEnd::Paragraph), range.clone());
                writer.write(Event::Start(Tag::Paragraph), range.end..end);
            }
        }
    }
}

/// The fences of containers, which are lines that begin with `:::`: Zenn, Docusaurus, `VuePress` and others
/// make boxes of what stands between two of them. Each is a paragraph of its own.
#[derive(Default)]
struct ContainerFences {
    /// The end of the open paragraph or item.
    end: usize,
    /// Whether the line is a fence.
    is_on_one: bool,
}

impl ContainerFences {
    /// Looks at the next event. If it is a line break beside a fence, gives the end of the paragraph.
    fn end_at(&mut self, event: &Event<'_>, range: &Range<usize>, text: &str) -> Option<usize> {
        match event {
            // An item may hold text without a paragraph.
            Event::Start(Tag::Paragraph | Tag::Item) => {
                *self = Self { end: range.end, is_on_one: is_container_fence(&text[range.start..]) };
                None
            }
            Event::SoftBreak if range.end < self.end => {
                let was_on_one = self.is_on_one;
                self.is_on_one = is_container_fence(&text[range.end..]);
                (was_on_one || self.is_on_one).then_some(self.end)
            }
            _ => None,
        }
    }
}

/// Whether a text begins with the fence of a container, after blanks and the marks of quotations: `:::`,
/// `:::note`, `::: {.note}`.
fn is_container_fence(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches([' ', '\t', '>']).strip_prefix(":::") else { return false };
    let rest = rest.trim_start_matches(':');
    rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic() || c == '{')
}

/// The [boxes whose content is indented](Indented): to pulldown-cmark, each is a list with one item.
struct OpenIndented<'i> {
    indented: &'i Indented,
    /// For each open list and item, whether it is such a box.
    open: Vec<bool>,
}

impl OpenIndented<'_> {
    /// Whether the event is a line break in a paragraph that ends there.
    fn parts(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        matches!(event, Event::SoftBreak) && self.indented.parted.binary_search(&range.end).is_ok()
    }

    /// Writes the event if it is the start or the end of a box.
    fn write<'s>(
        &mut self,
        event: &Event<'s>,
        range: &Range<usize>,
        text: &str,
        writer: &mut Writer<'s>,
    ) -> bool {
        match event {
            Event::Start(tag @ (Tag::List(_) | Tag::Item)) => {
                let is_box = self.is_marker(range.start, text);
                self.open.push(is_box);
                if is_box && *tag == Tag::Item {
                    writer.open_item("<section>", range);
                }
                is_box
            }
            Event::End(tag @ (TagEnd::List(_) | TagEnd::Item)) => {
                let is_box = self.open.pop() == Some(true);
                if is_box && *tag == TagEnd::Item {
                    writer.close_item("</section>");
                }
                is_box
            }
            _ => false,
        }
    }

    /// Whether a list or an item that starts at the offset, or after blanks there, has a marker that stands
    /// in place of an indentation.
    fn is_marker(&self, start: usize, text: &str) -> bool {
        let markers = &self.indented.markers;
        let next = markers.get(markers.partition_point(|marker| *marker < start));
        next.is_some_and(|marker| text[start..*marker].bytes().all(|byte| byte == b' '))
    }
}

/// The first line of a callout, which is a quotation that begins with a sign like `[!NOTE]`: an alert on
/// GitHub, and on Obsidian's pages, where a title may follow the sign. Both show the line as one of its own.
enum FirstLine {
    None,
    /// A quotation begins here.
    Quotation,
    /// The first line of a paragraph that ends at `end`, with n = `spans` spans open.
    Open {
        spans: usize,
        end: usize,
    },
}

impl FirstLine {
    /// Looks at the next event. If it is the line break after such a line, gives the end of the paragraph.
    fn end_at(&mut self, event: &Event<'_>, range: &Range<usize>, text: &str) -> Option<usize> {
        *self = match (&*self, event) {
            (_, Event::Start(Tag::BlockQuote(_))) => Self::Quotation,
            (Self::Quotation, Event::Start(Tag::Paragraph)) if begins_with_sign(&text[range.start..]) => {
                Self::Open { spans: 0, end: range.end }
            }
            // A backslash says that the paragraph goes on.
            (Self::Open { spans: 0, .. }, Event::HardBreak) if text[range.start..].starts_with('\\') => {
                Self::None
            }
            (Self::Open { spans: 0, end }, Event::SoftBreak | Event::HardBreak) => {
                let end = *end;
                *self = Self::None;
                return Some(end);
            }
            (Self::Open { .. }, Event::SoftBreak | Event::HardBreak)
            | (Self::Open { spans: 0, .. }, Event::End(_)) => Self::None,
            (Self::Open { spans, end }, Event::Start(_)) => Self::Open { spans: spans + 1, end: *end },
            (Self::Open { spans, end }, Event::End(_)) => Self::Open { spans: spans - 1, end: *end },
            (Self::Open { spans, end }, _) => Self::Open { spans: *spans, end: *end },
            _ => Self::None,
        };
        None
    }
}

/// Whether a text begins with the sign of a callout: `[!note]`, or `[!tip|wide]-`, and not with a link.
fn begins_with_sign(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("[!") else { return false };
    let is_in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' ');
    let after = rest.trim_start_matches(is_in_name);
    after.len() < rest.len()
        && after.strip_prefix(']').is_some_and(|after| {
            let after = after.strip_prefix(['+', '-']).unwrap_or(after);
            after.is_empty() || after.starts_with(char::is_whitespace)
        })
}
