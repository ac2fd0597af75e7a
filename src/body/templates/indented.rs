//! Lines of code that Markdown knows by their indentation.

use memchr::{memchr, memchr_iter, memmem};

use super::super::detect;
use crate::body_format::BodyFormat;
use crate::html::event::{Nesting, Tag};

/// Finds indented code, line by line.
///
/// Indentation is the layout of the source in HTML, inside elements, in the items of lists and between
/// template tags that belong together: what may be that is no code, so that no tag that was meant shows.
pub(super) struct IndentedCode<'a> {
    body: &'a str,
    /// Whether the body is Markdown, once that is known.
    is_markdown: Option<bool>,
    /// The line that was read last, and whether it is code.
    start: usize,
    end: usize,
    is_code: bool,
    follows_blank: bool,
    /// Whether a list item, a footnote or a definition may go on.
    is_in_item: bool,
    elements: Nesting,
    /// How many blocks of Liquid are open.
    open_blocks: usize,
    /// Where the last end tag of a shortcode stands, once it was looked for.
    last_end: Option<usize>,
}

impl<'a> IndentedCode<'a> {
    pub(super) fn new(body: &'a str, format: BodyFormat) -> Self {
        let is_markdown = match format {
            BodyFormat::Markdown => Some(true),
            BodyFormat::Html => Some(false),
            BodyFormat::Auto => None,
        };
        Self {
            body,
            is_markdown,
            start: 0,
            end: 0,
            is_code: false,
            follows_blank: true,
            is_in_item: false,
            elements: Nesting::default(),
            open_blocks: 0,
            last_end: None,
        }
    }

    /// The end of the line that holds `at`, if it is code. Offsets are asked for in ascending order.
    pub(super) fn line_end(&mut self, at: usize) -> Option<usize> {
        if self.is_markdown == Some(false) {
            return None;
        }
        while self.end <= at && self.end < self.body.len() {
            self.read_line();
        }
        if !self.is_code || at < self.start || self.is_between_shortcodes(at) {
            return None;
        }
        let body = self.body;
        let is_markdown = *self.is_markdown.get_or_insert_with(|| detect::markdown(body).is_some());
        is_markdown.then_some(self.end)
    }

    fn read_line(&mut self) {
        let bytes = self.body.as_bytes();
        self.start = self.end;
        self.end = memchr(b'\n', &bytes[self.start..]).map_or(bytes.len(), |feed| self.start + feed + 1);
        let line = &bytes[self.start..self.end];
        let text = line.trim_ascii_start();
        if text.is_empty() {
            self.follows_blank = true;
            return;
        }
        let indentation = &line[..line.len() - text.len()];
        let is_indented = indentation.len() >= 4 || indentation.contains(&b'\t');
        self.is_code = is_indented
            && (self.follows_blank || self.is_code)
            && !self.is_in_item
            && self.open_blocks == 0
            && self.elements.is_empty();
        if begins_item(text) && !self.is_code {
            self.is_in_item = true;
        } else if indentation.is_empty() && self.follows_blank {
            self.is_in_item = false;
        }
        self.follows_blank = false;
        if !self.is_code {
            self.read_tags(line);
        }
    }

    /// Counts what a line opens and closes.
    fn read_tags(&mut self, line: &[u8]) {
        for at in memchr_iter(b'<', line) {
            let rest = &line[at + 1..];
            let (is_end, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
            let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).take(16).count();
            let name = String::from_utf8_lossy(&rest[..length]).to_ascii_lowercase();
            let tag = Tag::of(&name);
            if !tag.is_block() || tag.is_void() {
                continue;
            }
            if is_end { self.elements.close(tag) } else { self.elements.open(tag, self.start + at) }
        }
        for at in memmem::find_iter(line, b"{%") {
            let rest = line[at + 2..].trim_ascii_start();
            let name = rest.strip_prefix(b"-").unwrap_or(rest).trim_ascii_start();
            let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            match &name[..length] {
                b"if" | b"unless" | b"for" | b"case" | b"tablerow" | b"capture" => self.open_blocks += 1,
                name if name.starts_with(b"end") => self.open_blocks = self.open_blocks.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// Whether an end tag of a shortcode follows, so that `at` may stand between two that belong together.
    fn is_between_shortcodes(&mut self, at: usize) -> bool {
        let bytes = self.body.as_bytes();
        let last = self.last_end.get_or_insert_with(|| {
            let is_end = |start: &usize| {
                let rest = bytes.get(start + 3..).unwrap_or_default().trim_ascii_start();
                matches!(bytes.get(start + 2), Some(b'<' | b'%'))
                    && rest.first() == Some(&b'/')
                    && rest.get(1) != Some(&b'*')
            };
            memmem::rfind_iter(bytes, b"{{").find(is_end).unwrap_or(0)
        });
        at < *last
    }
}

/// Whether a line begins an item of a list, a footnote or a definition.
fn begins_item(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match &text[digits..] {
        [b'-' | b'+' | b'*' | b':', next, ..] if digits == 0 => next.is_ascii_whitespace(),
        [b'.' | b')', next, ..] => digits > 0 && next.is_ascii_whitespace(),
        rest => digits == 0 && rest.starts_with(b"[^"),
    }
}
