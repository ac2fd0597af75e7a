//! Blocks of HTML, as kramdown has them: an element goes on to its end tag, whatever blank lines it holds.
//!
//! Two things end the HTML, and the reading of Markdown begins, though elements are open: `markdown="1"` in a
//! start tag, and a blank line that Markdown follows, i.e. text that neither begins with a tag nor is
//! indented like code. The first is kramdown's, the second CommonMark's; sites that are made by Hugo, Zola or
//! GitHub rely on it.
//!
//! An element that is never closed is left to CommonMark's rule: its HTML ends at a blank line.

use std::collections::HashSet;

use memchr::memmem;

use super::names;
use super::tags::{self, RawTag};

/// Elements that are open.
#[derive(Debug, Default)]
pub(super) struct HtmlBlocks<'s> {
    open: Vec<Open<'s>>,
    /// The start tags that have no end.
    unclosed: HashSet<usize>,
    /// How many bytes were read in vain.
    wasted: usize,
}

#[derive(Debug)]
struct Open<'s> {
    name: &'s str,
    start: usize,
    reads_markdown: bool,
}

/// Where a block of HTML ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At the end of a line.
    Line(usize),
    /// After a start tag, inside which Markdown is read, and on whose line more follows.
    Tag(usize),
}

/// What the HTML at an offset is.
enum Step {
    Goes(usize),
    Ends(End),
    /// An element has no end, as reading up to an offset has shown.
    IsUnclosed(usize),
}

impl<'s> HtmlBlocks<'s> {
    /// Whether a block begins with the tag.
    pub(super) fn begins(&self, tag: &RawTag<'_>) -> bool {
        if tag.is_end {
            return self.is_open(tag.name);
        }
        names::is_block(tag.name) || tag.reads_markdown()
    }

    fn is_open(&self, name: &str) -> bool {
        // No author nests deeper.
        self.open.iter().rev().take(100).any(|open| open.name.eq_ignore_ascii_case(name))
    }

    /// Reads the block that begins at `start`. `None` if an element of it has no end.
    pub(super) fn read(&mut self, text: &'s str, start: usize) -> Option<End> {
        if self.unclosed.contains(&start) || self.wasted > 8 * text.len() {
            return None;
        }
        let depth = self.open.len();
        let mut at = start;
        loop {
            match self.step(text, at) {
                Step::Goes(next) => at = next,
                Step::Ends(end) => return Some(end),
                Step::IsUnclosed(end) => {
                    self.wasted += end - start;
                    let new = self.open.drain(depth.min(self.open.len())..);
                    self.unclosed.extend(new.map(|open| open.start));
                    self.unclosed.insert(start);
                    return None;
                }
            }
        }
    }

    /// Notes the tags between two offsets, where Markdown is read.
    pub(super) fn pass(&mut self, text: &'s str, mut at: usize, end: usize) {
        while let Some(stop) = tags::next_stop(text, at).filter(|stop| *stop < end) {
            let tag = tags::tag(text, stop);
            at = tag.map_or(stop + 1, |tag| tag.end);
            match tag {
                Some(tag) if tag.is_end => self.close(tag.name),
                Some(tag) if names::is_block(tag.name) && !names::is_void(tag.name) => {
                    self.open.push(Open { name: tag.name, start: stop, reads_markdown: true });
                }
                _ => {}
            }
        }
    }

    /// Goes on from `at` to the next tag or the next line.
    fn step(&mut self, text: &'s str, at: usize) -> Step {
        let Some(stop) = tags::next_stop(text, at) else {
            return if self.is_in_html() {
                Step::IsUnclosed(text.len())
            } else {
                Step::Ends(End::Line(text.len()))
            };
        };
        if text.as_bytes()[stop] == b'\n' {
            return self.line(text, stop);
        }
        if text[stop..].starts_with("<!--") {
            let end = memmem::find(&text.as_bytes()[stop..], b"-->");
            return end
                .map_or(Step::IsUnclosed(text.len()), |length| Step::Goes(stop + length + "-->".len()));
        }
        match tags::tag(text, stop) {
            Some(tag) if tag.is_end => {
                self.close(tag.name);
                Step::Goes(tag.end)
            }
            Some(tag) => self.start_tag(text, stop, &tag),
            None => Step::Goes(stop + 1),
        }
    }

    /// Whether the innermost open element is one in which Markdown is not read.
    fn is_in_html(&self) -> bool {
        self.open.last().is_some_and(|open| !open.reads_markdown)
    }

    /// The line feed at `at` ends the block, if no element is open or Markdown begins after a blank line.
    fn line(&mut self, text: &str, at: usize) -> Step {
        if !self.is_in_html() {
            return Step::Ends(End::Line(at));
        }
        let rest = &text[at + 1..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let Some(last) = rest[..blank].rfind('\n') else { return Step::Goes(at + 1) };
        let indentation = blank - (last + 1);
        let is_tab = rest[last + 1..blank].contains('\t');
        let next = at + 1 + blank;
        let is_paragraph = self.open.last().is_some_and(|open| open.name.eq_ignore_ascii_case("p"));
        let is_code = indentation >= 4 || is_tab;
        let is_markdown = !text[next..].starts_with('<') && next < text.len();
        // A paragraph of HTML holds no code.
        if is_code || !is_markdown && !is_paragraph {
            return Step::Goes(next);
        }
        for open in self.open.iter_mut().rev().take_while(|open| !open.reads_markdown) {
            open.reads_markdown = true;
        }
        Step::Ends(End::Line(at))
    }

    fn start_tag(&mut self, text: &'s str, start: usize, tag: &RawTag<'s>) -> Step {
        if self.unclosed.contains(&start) {
            return Step::IsUnclosed(start);
        }
        if names::is_void(tag.name) {
            return Step::Goes(tag.end);
        }
        let reads_markdown = tag.reads_markdown();
        if !reads_markdown {
            if let Some(name) = names::raw(tag.name) {
                return tags::end_tag(text, tag.end, name).map_or(Step::IsUnclosed(text.len()), Step::Goes);
            }
        }
        if reads_markdown || names::is_block(tag.name) {
            self.open.push(Open { name: tag.name, start, reads_markdown });
        }
        if !reads_markdown {
            return Step::Goes(tag.end);
        }
        let line_end = tags::line_end(text, tag.end);
        let is_alone = text[tag.end..line_end].trim_ascii().is_empty();
        Step::Ends(if is_alone { End::Line(line_end) } else { End::Tag(tag.end) })
    }

    /// Closes the innermost element of this name, with all in it.
    fn close(&mut self, name: &str) {
        let found = self.open.iter().rev().take(100).position(|open| open.name.eq_ignore_ascii_case(name));
        if let Some(above) = found {
            self.open.truncate(self.open.len() - above - 1);
        }
    }
}
