//! A scan of lines for what kramdown reads and CommonMark does not.
//!
//! Fences and indented code are left alone; so is what stands in block quotes, but for attributes and spans.

use memchr::{memchr, memchr_iter, memmem};

use super::super::line_start::is_marker;
use super::attributes::{self, Attributes};
use super::fences::{self, Fence, inside_quotation};
use super::hiding::Hiding;
use super::html_blocks::{End, HtmlBlocks};
use super::indented::{self, Indented};
use super::markers::{is_no_definition, is_one_item, markers_length};
use super::names;
use super::nesting;
use super::parts::{BlockAttributes, Cover, Kind, Prepared};
use super::prose_tags::ProseTags;
use super::rows;
use super::spans::{self, Ends};
use super::tags;

/// Covers the parts of a text that are not CommonMark.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    let mut scan = Scan::new(text);
    scan.first_size = first_size(text);
    scan.boxes = indented::may_be_in(text).then(indented::Scan::default);
    if scan.first_size.is_some() || scan.boxes.is_some() || needs_scan(text) {
        scan.run();
    }
    let boxes = scan.boxes.map_or_else(Indented::default, indented::Scan::finish);
    scan.cover.finish(scan.attributes, boxes)
}

/// Where the first image may have a size after its address.
fn first_size(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr_iter(b'=', bytes).find(|at| spans::image_size(bytes, *at).is_some())
}

/// Whether there is anything else to look for. Most posts have nothing.
fn needs_scan(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut tags = LineStarts::new(bytes);
    let mut colons = LineStarts::new(bytes);
    memchr(b'$', bytes).is_some()
        || nesting::may_be_deep(text)
        || rows::may_hold_bars_in_code(bytes)
        || memchr_iter(b'{', bytes).any(|at| spans::may_begin_at(bytes, at))
        || memmem::find(bytes, b"\n^").is_some()
        || memchr_iter(b'<', bytes).any(|at| tags.are_before(at))
        || memchr_iter(b':', bytes)
            .any(|at| !matches!(bytes.get(at + 1), Some(b' ' | b'\t' | b'/')) && colons.are_before(at))
}

/// Tells of ascending offsets whether they begin a line, after the markers of lists, quotations, definitions
/// and footnotes that may stand there. Each byte is looked at once.
struct LineStarts<'s> {
    bytes: &'s [u8],
    /// The offset asked for last, and the answer.
    last: (usize, bool),
}

impl<'s> LineStarts<'s> {
    fn new(bytes: &'s [u8]) -> Self {
        Self { bytes, last: (0, true) }
    }

    fn are_before(&mut self, at: usize) -> bool {
        // A colon begins a definition.
        let is_text = |byte: &&u8| !is_marker(**byte) && **byte != b':';
        let (before, was_start) = self.last;
        let other = self.bytes[before..at].iter().rev().find(is_text);
        let is_start = other.map_or(was_start, |byte| matches!(byte, b'\n' | b']'));
        self.last = (at, is_start);
        is_start
    }
}

#[derive(Debug)]
struct Scan<'s> {
    text: &'s str,
    cover: Cover<'s>,
    attributes: Vec<BlockAttributes>,
    html: HtmlBlocks<'s>,
    fence: Option<Fence>,
    is_in_list: bool,
    is_after_blank: bool,
    /// Whether the last line that is not blank belongs to a list, a listing or a quotation.
    is_after_container: bool,
    /// The end of the quotation that was looked at last.
    quotation_end: usize,
    /// The start of the paragraph that the scan is in.
    paragraph: Option<usize>,
    hiding: Hiding<'s>,
    prose_tags: ProseTags<'s>,
    ends: Ends,
    first_size: Option<usize>,
    /// What looks for boxes whose content is indented, if there may be some.
    boxes: Option<indented::Scan>,
}

/// A line, in bytes of the text.
#[derive(Debug, Clone, Copy)]
struct Line<'s> {
    start: usize,
    /// Without the line feed.
    end: usize,
    /// Where the text begins, after indentation and the marks of quotations.
    content_start: usize,
    content: &'s str,
    indentation: usize,
    is_quoted: bool,
}

impl<'s> Line<'s> {
    fn at(text: &'s str, start: usize) -> Self {
        let end = tags::line_end(text, start);
        let line = &text[start..end];
        let (mut indentation, mut is_quoted, mut length) = (0, false, 0);
        for byte in line.bytes() {
            match byte {
                b' ' => indentation += 1,
                b'\t' => indentation += 4 - indentation % 4,
                b'>' if is_quoted || indentation < 4 => (is_quoted, indentation) = (true, 0),
                _ => break,
            }
            length += 1;
        }
        Self {
            start,
            end,
            content_start: start + length,
            content: line[length..].trim_ascii_end(),
            indentation,
            is_quoted,
        }
    }

    fn of_boxes(self, text: &'s str, is_after_blank: bool) -> indented::Line<'s> {
        let whole = &text[self.start..self.end];
        indented::Line { start: self.start, whole, indentation: self.indentation, is_after_blank }
    }
}

impl<'s> Scan<'s> {
    fn new(text: &'s str) -> Self {
        Self {
            text,
            cover: Cover::new(text),
            attributes: Vec::new(),
            html: HtmlBlocks::default(),
            fence: None,
            is_in_list: false,
            is_after_blank: true,
            is_after_container: false,
            quotation_end: 0,
            paragraph: None,
            hiding: Hiding::new(text),
            prose_tags: ProseTags::new(text),
            ends: Ends::default(),
            first_size: None,
            boxes: None,
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let line = Line::at(self.text, at);
            at = self.line(line).max(line.end + 1);
        }
        self.end_paragraph(self.text.len());
    }

    /// Looks at a line, and gives the offset where the scan goes on, if that is further than the next line.
    fn line(&mut self, line: Line<'s>) -> usize {
        if let Some(fence) = self.fence {
            let is_in_quotation = line.is_quoted || line.content.starts_with('>');
            if is_in_quotation || !fence.is_quoted {
                if fence.is_closed_by(line.content) {
                    self.fence = None;
                    (self.is_after_blank, self.is_after_container) = (false, true);
                }
                return 0;
            }
            // The fence ends with the quotation.
            self.fence = None;
            (self.is_after_blank, self.is_after_container) = (false, true);
        }
        if let Some(surplus) = nesting::surplus(&self.text[line.start..line.end]) {
            let range = line.start + surplus.start..line.start + surplus.end;
            self.covered(line, range.start, range.end);
            self.cover.code(range, Kind::Nothing);
            self.is_after_blank = false;
            return 0;
        }
        if line.content.is_empty() {
            self.end_paragraph(line.start);
            self.is_after_blank = true;
            return 0;
        }
        self.begin_content_of_box(line);
        let is_code = line.indentation >= 4 && self.is_after_blank && !self.is_in_list && !line.is_quoted;
        if is_code {
            self.is_after_container = true;
            return 0;
        }
        let end = self.block(line);
        if end.is_none() {
            self.paragraph_line(line);
            self.tag_after_markers(line);
            if let Some(boxes) = self.boxes.as_mut().filter(|_| !line.is_quoted) {
                boxes.note(line.of_boxes(self.text, self.is_after_blank));
            }
        }
        self.is_after_blank = false;
        end.unwrap_or(0)
    }

    /// Covers the indentation of a line with which the content of a box begins.
    fn begin_content_of_box(&mut self, line: Line<'s>) {
        let Some(boxes) = &mut self.boxes else { return };
        if let Some(marker) = boxes.marker(line.of_boxes(self.text, self.is_after_blank)) {
            self.end_paragraph(line.start);
            self.cover.marker(marker);
            self.is_in_list = true;
        }
    }

    /// Looks at a line that may begin something else than a paragraph. `None` if it does not.
    fn block(&mut self, line: Line<'s>) -> Option<usize> {
        if let Some(fence) = fences::opened_by(line.content) {
            self.end_paragraph(line.start);
            self.list_line(line);
            self.fence = Some(fence);
            return Some(0);
        }
        let end = match line.content.as_bytes()[0] {
            b'{' => self.extension(line),
            b'<' if !line.is_quoted && (line.indentation < 4 || self.is_in_list) => self.html(line),
            b'$' if !line.is_quoted => self.formula(line),
            b'^' if line.content == "^" && self.is_after_container => {
                self.end_paragraph(line.start);
                self.cover.separator(line.content_start);
                Some(0)
            }
            b':' if is_no_definition(line.content) => {
                self.text_sign(line, line.content_start);
                Some(0)
            }
            // Marks of a quotation that stand far inside a list.
            b'>' if is_no_definition(inside_quotation(line.content)) => {
                let inside = inside_quotation(line.content);
                self.text_sign(line, line.content_start + line.content.len() - inside.len());
                Some(0)
            }
            _ => None,
        };
        if end.is_some() {
            self.is_after_container = false;
        }
        end
    }

    /// Looks whether a line begins an item or ends the list.
    fn list_line(&mut self, line: Line<'s>) {
        let is_item = spans::marker_length(line.content).is_some();
        let is_definition = line.content.starts_with("[^") || line.content.starts_with(": ");
        if is_item || is_definition {
            self.is_in_list = true;
        } else if self.is_after_blank && line.indentation == 0 {
            self.is_in_list = false;
        }
    }

    fn paragraph_line(&mut self, line: Line<'s>) {
        self.list_line(line);
        self.is_after_container = self.is_in_list || line.is_quoted;
        self.paragraph.get_or_insert(line.start);
    }

    fn end_paragraph(&mut self, end: usize) {
        if let Some(start) = self.paragraph.take() {
            if self.first_size.is_some_and(|at| at < end) {
                spans::cover_sizes(self.text, start..end, &mut self.ends, &mut self.cover);
            } else {
                spans::cover(self.text, start..end, &mut self.ends, &mut self.cover);
            }
        }
    }

    /// A line that is an attribute list, or begins an extension.
    fn extension(&mut self, line: Line<'s>) -> Option<usize> {
        let start = line.content_start;
        if let Some((range, kind)) = spans::extension(self.text, self.text.len(), start, &mut self.ends) {
            let end = tags::line_end(self.text, range.end);
            let is_alone = self.text[range.end..end].trim_ascii().is_empty();
            if !is_alone {
                return None;
            }
            self.end_paragraph(line.start);
            self.cover.block(range, kind);
            return Some(end + 1);
        }
        let (inner, end) = attributes::braces(self.text, start).filter(|_| line.content.starts_with("{:"))?;
        let attributes = Attributes::parse(&self.text[inner.clone()])?;
        if end - start != line.content.len() {
            return None;
        }
        let is_contents = attributes.references.contains(&"toc");
        let list = self.paragraph.filter(|_| is_contents && !self.is_after_blank);
        let before = list.filter(|start| is_one_item(&self.text[*start..line.start]));
        if let Some(list) = before {
            // A table of contents stands in place of the list.
            self.paragraph = None;
            self.cover.blank(list..end);
            return Some(0);
        }
        self.end_paragraph(line.start);
        self.cover.blank(start..end);
        let before = self.text[..line.start].trim_ascii_end().len();
        let is_next = memchr_iter(b'\n', &self.text.as_bytes()[before..line.start]).count() == 1;
        let follows = is_next.then_some(before);
        let rest = &self.text[end..];
        let precedes = end + rest.len() - rest.trim_ascii_start().len();
        self.attributes.push(BlockAttributes { inner, follows, precedes });
        Some(0)
    }

    /// A line that begins with `<`.
    fn html(&mut self, line: Line<'s>) -> Option<usize> {
        let start = line.content_start;
        if let Some(end) = self.declaration(line) {
            return Some(end);
        }
        if self.inline_tag(line, start, self.text.len()) {
            return Some(0);
        }
        let tag = tags::tag(self.text, start)?;
        let name = names::raw(tag.name).filter(|name| {
            // `iframe` belongs to what else stands in the block.
            !tag.is_end && !tag.reads_markdown() && *name != "iframe"
        });
        if let Some(name) = name {
            return self.raw_element(line, name, tag.end);
        }
        let line_end = tags::line_end(self.text, tag.end);
        let is_alone = self.text[tag.end..line_end].trim_ascii().is_empty();
        // `<small markdown="1">text</small>` is inline content, in which Markdown is read anyway.
        if !self.html.begins(&tag) || !(tag.is_end || is_alone || names::is_block(tag.name)) {
            return None;
        }
        self.end_paragraph(line.start);
        let Some(end) = self.html.read(self.text, start) else {
            return Some(self.blank_line_after(line.end));
        };
        Some(match end {
            End::Line(end) => {
                let trimmed = start + self.text[start..end].trim_ascii_end().len();
                self.cover.block(start..trimmed, Kind::Html);
                end + 1
            }
            End::Tag(end) => {
                self.cover.block_and_line(start..end, Kind::Html);
                // The rest of the line is read as Markdown.
                self.paragraph = Some(end);
                let line_end = tags::line_end(self.text, end);
                self.html.pass(self.text, end, line_end);
                line_end + 1
            }
        })
    }

    /// `pre`, `script` and their like go on to their end tag.
    fn raw_element(&mut self, line: Line<'s>, name: &'static str, from: usize) -> Option<usize> {
        let end = self.hiding.next_end(name, from)?;
        self.end_paragraph(line.start);
        let end = tags::line_end(self.text, end);
        let trimmed = line.content_start + self.text[line.content_start..end].trim_ascii_end().len();
        self.cover.block(line.content_start..trimmed, Kind::Html);
        Some(end + 1)
    }

    /// The sign at `start` is text.
    fn text_sign(&mut self, line: Line<'s>, start: usize) {
        self.covered(line, start, start + 1);
        self.cover.word(start..start + 1, Kind::Text);
    }

    /// What stands between two offsets in a paragraph is about to be covered.
    fn covered(&mut self, line: Line<'s>, start: usize, end: usize) {
        self.paragraph_line(line);
        self.end_paragraph(start);
        self.paragraph = Some(end);
    }

    /// A comment, a processing instruction or the like.
    fn declaration(&mut self, line: Line<'s>) -> Option<usize> {
        let start = line.content_start;
        let end = self.hiding.declaration_end(start)?;
        self.end_paragraph(line.start);
        Some(tags::line_end(self.text, end) + 1)
    }

    /// A tag after the markers of a list, a quotation, a definition or a footnote.
    fn tag_after_markers(&mut self, line: Line<'s>) {
        let markers = markers_length(line.content);
        let start = line.content_start + markers;
        if self.text[start..].starts_with('<') && (markers > 0 || line.is_quoted) {
            let end = self.container_end(line, markers > 0);
            self.inline_tag(line, start, end);
        }
    }

    /// Covers a tag at the start of a line that CommonMark wrongly takes for the start of a block of
    /// HTML: the tag is text if it would hide the rest of what it stands in, which ends at `limit`, or if
    /// HTML does not know it. It is inline HTML if the next line is a part of the same paragraph.
    fn inline_tag(&mut self, line: Line<'s>, start: usize, limit: usize) -> bool {
        if self.hiding.hides(start, limit) {
            self.text_sign(line, start);
            return true;
        }
        let Some(tag) = tags::tag(self.text, start) else { return false };
        let is_alone = tag.end <= line.end && self.text[tag.end..line.end].trim_ascii().is_empty();
        // `<my url>` may be the destination of a link that is defined.
        let is_destination = self.text[..line.start].trim_ascii_end().ends_with("]:");
        if !is_alone || is_destination || tag.reads_markdown() {
            return false;
        }
        if !tag.is_end && self.prose_tags.is_placeholder(&tag) {
            self.text_sign(line, start);
            return true;
        }
        let goes_on = || {
            let next = (line.end + 1).min(self.text.len());
            !Line::at(self.text, next).content.is_empty()
        };
        let is_inline = names::is_span(tag.name) && goes_on();
        if is_inline {
            self.covered(line, start, tag.end);
            self.cover.code(start..tag.end, Kind::Html);
        }
        is_inline
    }

    /// The end of the item or the quotation that the line begins or belongs to.
    fn container_end(&mut self, line: Line<'s>, is_item: bool) -> usize {
        if !is_item && line.start < self.quotation_end {
            return self.quotation_end;
        }
        let mut end = line.end;
        while end < self.text.len() {
            let next = Line::at(self.text, end + 1);
            let is_in_item = !is_item || next.content.is_empty() || next.indentation > line.indentation;
            if !is_in_item || line.is_quoted && !next.is_quoted {
                break;
            }
            end = next.end;
        }
        if !is_item {
            self.quotation_end = end;
        }
        end
    }

    /// A formula that is a block: `$$…$$`, whatever blank lines it holds.
    fn formula(&mut self, line: Line<'s>) -> Option<usize> {
        let start = line.content_start;
        if !line.content.starts_with("$$") {
            return None;
        }
        let end = self.hiding.next_end("$$", start + 2)? + 2;
        let line_end = tags::line_end(self.text, end);
        let is_alone = self.text[end..line_end].trim_ascii().is_empty();
        let inner = &self.text[start + 2..end - 2];
        let holds_blank_line = inner.lines().skip(1).any(|line| line.trim_ascii().is_empty());
        if !is_alone || inner.trim_ascii().is_empty() || holds_blank_line && line.content != "$$" {
            return None;
        }
        self.end_paragraph(line.start);
        self.cover.block(start..end, Kind::FormulaBlock(start + 2..end - 2));
        Some(line_end + 1)
    }

    /// The start of the next blank line.
    fn blank_line_after(&self, mut at: usize) -> usize {
        while at < self.text.len() {
            let next = at + 1;
            let end = if next < self.text.len() { tags::line_end(self.text, next) } else { self.text.len() };
            if self.text.get(next..end).is_none_or(|line| line.trim_ascii().is_empty()) {
                return next;
            }
            at = end;
        }
        at
    }
}
