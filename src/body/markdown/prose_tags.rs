//! Tags in running text that are meant as text: `Use <T> for generics`, `put it into a <script> block`.

use std::collections::HashSet;

use memchr::memmem;

use super::names;
use super::tags::{self, RawTag};

/// Tells tags that are text from those that are HTML.
#[derive(Debug)]
pub(super) struct ProseTags<'s> {
    text: &'s str,
    /// The names of all end tags, in lower case; made when first asked for.
    ended: Option<HashSet<String>>,
    /// The unknown elements that were begun.
    begun: HashSet<String>,
    /// The end of the paragraph.
    block_end: usize,
    /// The end tags that were looked for in the paragraph: the name in lower case, and the offset if there is
    /// one.
    found: Vec<(String, Option<usize>)>,
}

impl<'s> ProseTags<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self { text, ended: None, begun: HashSet::new(), block_end: 0, found: Vec::new() }
    }

    /// A paragraph, or something like it, that ends at the offset begins.
    pub(super) fn begin_block(&mut self, end: usize) {
        self.block_end = end;
        self.found.clear();
    }

    /// Whether the inline HTML that ends at the offset is no tag of HTML, or would hide what follows.
    pub(super) fn is_text(&mut self, html: &str, end: usize) -> bool {
        let Some(tag) = tags::tag(html, 0) else { return false };
        if names::hiding(tag.name).is_some() {
            return !tag.is_end && !self.ends_in_block(tag.name, end);
        }
        self.is_placeholder(&tag)
    }

    /// Whether HTML does not know the tag, and it stands for something else, as in `ls <folder>`.
    pub(super) fn is_placeholder(&mut self, tag: &RawTag<'_>) -> bool {
        !names::is_known(tag.name) && self.is_stray(tag)
    }

    /// Whether an element that nobody knows has no value of an attribute, and no other tag.
    fn is_stray(&mut self, tag: &RawTag<'_>) -> bool {
        let name = tag.name.to_ascii_lowercase();
        if tag.is_end {
            return !self.begun.contains(&name);
        }
        let text = self.text;
        let ended = self.ended.get_or_insert_with(|| end_tags(text));
        let is_bare = !tag.attributes.contains(['=', '\n']);
        let is_stray = is_bare && !ended.contains(&name);
        if !is_stray {
            self.begun.insert(name);
        }
        is_stray
    }

    fn ends_in_block(&mut self, name: &str, start: usize) -> bool {
        let known = self.found.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let block = &self.text[..self.block_end.max(start)];
        let look = || tags::end_tag(block, start, name);
        match known {
            Some((_, None)) => false,
            Some((_, Some(at))) if *at >= start => true,
            Some((_, found)) => {
                *found = look();
                found.is_some()
            }
            None => {
                let found = look();
                self.found.push((name.to_ascii_lowercase(), found));
                found.is_some()
            }
        }
    }
}

fn end_tags(text: &str) -> HashSet<String> {
    let found = memmem::find_iter(text.as_bytes(), b"</").filter_map(|at| tags::tag(text, at));
    found.map(|tag| tag.name.to_ascii_lowercase()).collect()
}
