//! The points of an article that links of the article lead to: which ids are kept, and where.
//!
//! Most posts have ids, and few have links to them. An id may stand before the link to it, so the ids are
//! known to be needed only once the whole body has been read. A body that has such links is read a second
//! time, with the fragments of the links known from the start, and all other bodies pay nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem::{replace, take};

use memchr::{memchr, memmem};

use super::inline::SavedText;
use super::marks::{TagPosition, in_order};
use crate::html::event::Removed;
use crate::post::{Block, Mark, MarkKind, Text};
use crate::url::percent_decoded;

/// The links to points of the article, in the first reading of a body, and these points, in the second.
#[derive(Default)]
pub(super) struct Anchors<'a> {
    /// The fragments of the links in the body, as far as they have been read.
    fragments: Vec<String>,
    /// In the second reading: the ids that links lead to, and whether an element with the id has been met.
    /// The first such element is the one that the links lead to.
    wanted: Option<HashMap<String, bool>>,
    /// The ids that wait for the text or the figure that they stand at.
    pending: Vec<Pending<'a>>,
    /// The id of the medium at hand.
    medium: Option<Cow<'a, str>>,
}

struct Pending<'a> {
    id: Cow<'a, str>,
    /// Where the start tag of the element stands in the text that is being collected.
    position: TagPosition,
    /// Whether the element is a paragraph or a heading, which may be a block with an id.
    is_block: bool,
}

/// An open link to a point of the article.
pub(super) struct FragmentLink {
    pub(super) fragment: String,
    /// The text before the link.
    pub(super) before: SavedText,
    /// Whether the tag says that the link is a permalink.
    pub(super) is_marked: bool,
    /// What goes into the report if the link goes.
    pub(super) removed: Removed,
}

impl<'a> Anchors<'a> {
    /// Forgets what has been read of the body, but not what links there are in it.
    pub(super) fn start_anew(&mut self) -> Self {
        let mut wanted = take(&mut self.wanted);
        wanted.iter_mut().flatten().for_each(|(_, is_met)| *is_met = false);
        Self { wanted, ..Self::default() }
    }

    /// A link leads to this point of the article.
    pub(super) fn refer(&mut self, fragment: String) {
        if self.wanted.is_none() {
            self.fragments.push(fragment);
        }
    }

    /// Whether the body, which is this HTML, is to be read a second time, since there are links to points of
    /// it. The next reading keeps the ids of these points.
    pub(super) fn begin_second_reading(&mut self, html: &str) -> bool {
        if self.wanted.is_some() || self.fragments.is_empty() {
            return false;
        }
        let mut wanted = HashMap::new();
        for fragment in take(&mut self.fragments) {
            // An id may hold percent signs itself.
            wanted.extend(decoded(&fragment).map(|id| (id, false)));
            wanted.insert(fragment, false);
        }
        if wanted.len() <= MOST_SEARCHED && !wanted.keys().any(|fragment| may_be_id(fragment, html)) {
            return false;
        }
        self.wanted = Some(wanted);
        true
    }

    /// Whether ids are looked for.
    #[inline]
    pub(super) fn is_second_reading(&self) -> bool {
        self.wanted.is_some()
    }

    /// Whether links lead to the first element with this id, and this is that element.
    pub(super) fn meet(&mut self, id: &str) -> bool {
        let is_met = self.wanted.as_mut().and_then(|wanted| wanted.get_mut(id));
        is_met.is_some_and(|is_met| !replace(is_met, true))
    }

    /// An element with this id begins at a position in the text.
    pub(super) fn add(&mut self, id: Cow<'a, str>, position: TagPosition, is_block: bool) {
        self.pending.push(Pending { id, position, is_block });
    }

    /// The medium at hand has this id.
    pub(super) fn set_medium(&mut self, id: Option<Cow<'a, str>>) {
        self.medium = id;
    }

    /// The id of the medium at hand, if no figure has taken it.
    pub(super) fn take_medium(&mut self) -> Option<Cow<'a, str>> {
        self.medium.take()
    }

    /// The id for a figure or a table that begins now, where no text has been collected: its own, or that of
    /// the nearest element that has begun before it.
    pub(super) fn take_for_block(&mut self) -> Option<Cow<'a, str>> {
        self.medium.take().or_else(|| self.pending.pop().map(|pending| pending.id))
    }

    /// The id for a paragraph or a heading of the text that was collected: that of its own element.
    pub(super) fn take_for_text(&mut self) -> Option<Cow<'a, str>> {
        let own = self.pending.iter().position(|pending| pending.is_block && pending.position.0 == 0)?;
        Some(self.pending.remove(own).id)
    }

    /// The text that was collected showed nothing: what stands in it stands before the next.
    pub(super) fn wait(&mut self) {
        for pending in &mut self.pending {
            pending.position = TagPosition::default();
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// Marks the points in a text that was collected, of which the first `cut` bytes were left out.
    pub(super) fn mark(&mut self, text: &mut Text<'a>, cut: usize) {
        for Pending { id, position: (length, has_space), .. } in self.pending.drain(..) {
            let mut at = length.saturating_sub(cut).min(text.text.len());
            while !text.text.is_char_boundary(at) {
                at -= 1;
            }
            // White space is written before what follows it.
            at += usize::from(has_space && text.text[at..].starts_with([' ', '\n']));
            text.marks.push(Mark { start: at, end: at, kind: MarkKind::Anchor { id } });
        }
        in_order(&mut text.marks);
    }

    /// Marks the points after the last text at its end.
    pub(super) fn finish(&mut self, blocks: &mut [Block<'a>]) {
        if let Some(text) = blocks.last_mut().and_then(|block| block.texts_mut().last()) {
            let end = text.text.len();
            for pending in &mut self.pending {
                pending.position = (end, false);
            }
            self.mark(text, 0);
        }
    }
}

/// The most fragments that are searched for before a body is read a second time.
const MOST_SEARCHED: usize = 8;

/// Whether an attribute of this HTML may have the fragment of a link for its value. Many links of a page lead
/// to a form or to comments that are no part of the article.
fn may_be_id(fragment: &str, html: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    // Others may be written in many ways.
    if !fragment.bytes().all(is_plain) {
        return true;
    }
    memmem::find_iter(html.as_bytes(), fragment).any(|at| {
        let (before, after) = (&html[..at], &html[at + fragment.len()..]);
        // The whole value, in quotes or without.
        match before.as_bytes().last() {
            Some(quote @ (b'"' | b'\'')) => after.as_bytes().first() == Some(quote),
            Some(byte) if *byte == b'=' || byte.is_ascii_whitespace() => {
                before.trim_ascii_end().ends_with('=')
                    && after.bytes().next().is_none_or(|byte| byte == b'>' || byte.is_ascii_whitespace())
            }
            _ => false,
        }
    })
}

/// Gives an id to the first of the blocks: as its own, or as that of the point where its text begins.
pub(super) fn give_id<'a>(blocks: &mut [Block<'a>], id: Option<Cow<'a, str>>) {
    let (Some(id), Some(mut block)) = (id, blocks.first_mut()) else { return };
    while let Block::BlockQuote(quote) = block {
        let Some(first) = quote.blocks.first_mut() else { return };
        block = first;
    }
    let own = match block {
        Block::Paragraph(paragraph) => Some(&mut paragraph.id),
        Block::Heading(heading) => Some(&mut heading.id),
        Block::Figure(figure) => Some(&mut figure.id),
        Block::Table(table) => Some(&mut table.id),
        Block::List(list) => list.items.first_mut().map(|item| &mut item.id),
        Block::Preformatted(_) | Block::ThematicBreak(_) | Block::BlockQuote(_) => None,
    };
    if let Some(own @ None) = own {
        *own = Some(id);
    } else if let Some(text) = block.texts_mut().next() {
        add_at_start(text, Some(id));
    }
}

/// Marks the beginning of a text.
pub(super) fn add_at_start<'a>(text: &mut Text<'a>, id: Option<Cow<'a, str>>) {
    if let Some(id) = id {
        text.marks.push(Mark { start: 0, end: 0, kind: MarkKind::Anchor { id } });
        in_order(&mut text.marks);
    }
}

/// The text that a percent-encoded fragment stands for, if that is another text.
fn decoded(fragment: &str) -> Option<String> {
    if !fragment.contains('%') {
        return None;
    }
    String::from_utf8(percent_decoded(fragment).collect()).ok()
}

/// The page that a post is, for links to points of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'b>(Option<&'b str>);

impl<'b> Page<'b> {
    /// The page with this URL, if that is known.
    pub(super) fn new(url: Option<&'b str>) -> Self {
        let url = url.map(str::trim_ascii);
        let page = url.map(|url| memchr(b'#', url.as_bytes()).map_or(url, |end| &url[..end]));
        Self(page.filter(|page| !page.is_empty()).map(without_scheme))
    }

    /// The fragment of a resolved URL that leads to a point of the page.
    #[inline]
    pub(super) fn fragment(self, url: &str) -> Option<&str> {
        let fragment = if let Some(fragment) = url.strip_prefix('#') {
            fragment
        } else {
            let (page, url) = (self.0?, without_scheme(url));
            // Nearly all links lead elsewhere, and are known by one byte.
            if url.as_bytes().get(page.len()) != Some(&b'#') {
                return None;
            }
            url.strip_prefix(page)?.strip_prefix('#')?
        };
        Some(fragment).filter(|fragment| !fragment.is_empty())
    }

    /// Whether a resolved URL leads to the top of the page, as that of a link for a script does.
    pub(super) fn is_top(self, url: &str) -> bool {
        url.strip_suffix('#').is_some_and(|url| url.is_empty() || self.0 == Some(without_scheme(url)))
    }
}

/// A site moves from HTTP to HTTPS, and its pages stay the same.
#[inline]
fn without_scheme(url: &str) -> &str {
    url.strip_prefix("https:").or_else(|| url.strip_prefix("http:")).unwrap_or(url)
}

/// Whether a link with this text, in a heading, is nothing but the heading's permalink: a sign for a link.
pub(super) fn is_permalink_sign(text: &str) -> bool {
    let is_edge =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}');
    let text = text.trim_matches(is_edge);
    let text = text.strip_prefix(['[', '(']).and_then(|rest| rest.strip_suffix([']', ')'])).unwrap_or(text);
    // Fonts of icons have theirs among the characters for private use.
    matches!(text, "#" | "##" | "¶" | "§" | "🔗" | "⚓" | "∞" | "⛓" | "🔖" | "※")
        || text.chars().all(|c| matches!(c, '\u{e000}'..='\u{f8ff}')) && !text.is_empty()
}

/// Words that stand for a permalink, where the tag says that the link is one.
pub(super) fn is_permalink_word(text: &str) -> bool {
    let text = text.trim().trim_matches(['[', ']', '(', ')']);
    [
        "link",
        "permalink",
        "anchor",
        "permanent link",
        "anchor link",
        "copy link",
        "永久链接",
        "永久連結",
        "固定链接",
    ]
    .iter()
    .any(|word| text.eq_ignore_ascii_case(word))
}

/// Classes of permalinks.
pub(super) fn is_permalink_class(name: &str) -> bool {
    [
        "headerlink",
        "header-link",
        "header-anchor",
        "headinganchor",
        "heading-anchor",
        "heading-link",
        "anchor",
        "anchor-link",
        "anchorlink",
        "anchorjs-link",
        "hash-link",
        "hashlink",
        "permalink",
        "section-anchor",
        "section-link",
        "toc-anchor",
        "direct-link",
        "docs-heading-anchor-permalink",
    ]
    .iter()
    .any(|known| name.eq_ignore_ascii_case(known))
}
