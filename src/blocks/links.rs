//! Links, above all those to points of the article, and the ids that these lead to.

use std::borrow::Cow;

use super::anchors::{FragmentLink, is_permalink_class, is_permalink_sign, is_permalink_word};
use super::builder::BlockBuilder;
use super::effect::Effect;
use super::fallback::{hidden_address, may_hide_address};
use super::frame::FrameKind;
use super::urls::is_whole;
use crate::html::event::{Attributes, Element, Names, Removed, Tag, describe, trimmed};
use crate::post::{MarkKind, Text};
use crate::report::{Removal, RemovalKind};

/// How a report names the shape that a permalink has.
const PERMALINK: &str = "shape: heading permalink";

impl<'a> BlockBuilder<'a, '_> {
    #[expect(clippy::inline_always, reason = "the one step that most links take")]
    #[inline(always)]
    pub(super) fn open_link(&mut self, element: &Element<'a>) -> Effect {
        let attrs = &element.attrs;
        match attrs.lone_href() {
            // Nearly all links lead to other pages, by their whole URLs.
            Some(href)
                if is_whole(href)
                    && !attrs.may_be_special()
                    && !may_hide_address(href)
                    && !self.is_hidden()
                    && self.page.fragment(href).is_none() =>
            {
                self.open_mark(MarkKind::Link { href: href.into(), title: None })
            }
            _ => self.open_any_link(element),
        }
    }

    /// [`open_link`](Self::open_link) for a link of any kind.
    #[inline(never)]
    fn open_any_link(&mut self, element: &Element<'a>) -> Effect {
        let may_be_special = element.attrs.may_be_special();
        if may_be_special {
            if let Some(effect) = self.open_address(element) {
                return effect;
            }
        }
        let [href, title] = element.attrs.href_and_title();
        let href = match href.as_deref().and_then(hidden_address) {
            Some(address) => Some(Cow::Owned(["mailto:", &address].concat())),
            None => href.and_then(|href| self.urls.link(href)),
        };
        let Some(href) = href else { return Effect::Nothing };
        self.leave_reading();
        if may_be_special {
            self.part_download(&element.attrs, &href);
            self.show_background(&element.attrs);
        }
        if self.inline.touches_element() && !self.inline.is_empty() && is_tag(&element.attrs) {
            self.inline.leave_gap();
        }
        let fragment = self.page.fragment(&href).map(str::to_owned);
        let link = MarkKind::Link { href, title: title.and_then(trimmed) };
        match fragment {
            Some(fragment) => self.open_fragment_link(element, fragment, link),
            None => self.open_mark(link),
        }
    }

    /// Parts a link from the one before it if both lead to one file: the first is its name, and the second
    /// looks like a button, as in WordPress's block of a file. Two other such links may be one word.
    #[cold]
    fn part_download(&mut self, attrs: &Attributes<'a>, href: &str) {
        if attrs.get("download").is_some() && self.inline.touches_link_to(href) {
            self.inline.leave_gap();
        }
    }

    /// Opens a link to a point of the article.
    fn open_fragment_link(&mut self, element: &Element<'a>, fragment: String, link: MarkKind<'a>) -> Effect {
        let before = self.inline.saved();
        if !self.inline.open_mark(link) {
            return Effect::Nothing;
        }
        let removal = Removal {
            rule: Some(PERMALINK.to_owned()),
            ..Removal::new(RemovalKind::Shape, describe(element), "")
        };
        let removed = Removed { removal, start: element.start };
        let is_marked = says_permalink(&element.attrs);
        self.fragment_link = Some(FragmentLink { fragment, before, is_marked, removed });
        Effect::FragmentLink
    }

    /// Closes a link to a point of the article. What shows nothing leads nowhere, and the permalink of a
    /// heading, or of a comment, is not a reason to keep its id.
    pub(super) fn close_fragment_link(&mut self) {
        self.inline.close_mark();
        // A link with blocks or images in it is no permalink.
        let Some(link) = self.fragment_link.take() else { return };
        let text = self.inline.text_since(link.before);
        let is_empty = text.trim().is_empty();
        let own_id = self.heading_id.as_deref() == Some(&link.fragment);
        let in_heading = self.heading.is_some();
        let is_sign = is_permalink_sign(text) || (own_id || link.is_marked) && is_permalink_word(text);
        let is_furniture = is_sign && (in_heading || link.is_marked);
        if self.removes_permalinks && is_furniture && !self.inline.is_in_ruby() {
            let FragmentLink { before, mut removed, .. } = link;
            text.trim().clone_into(&mut removed.removal.text);
            self.inline.restore(before);
            self.removals.push(removed);
        } else if !(is_empty || is_sign || own_id) {
            self.anchors.refer(link.fragment);
        }
    }

    /// A link holds more than a text.
    pub(super) fn end_fragment_link(&mut self) {
        if let Some(link) = self.fragment_link.take() {
            self.anchors.refer(link.fragment);
        }
    }

    /// Ends the text that was collected, and marks the points in it that links lead to.
    #[inline(never)]
    pub(super) fn finish_text(&mut self) -> Option<Text<'a>> {
        if self.is_linked_text() { self.finish_linked_text() } else { self.inline.finish(&self.urls) }
    }

    /// Whether links may lead to points in the text, or it may be the text of a permalink or of a gutter.
    #[inline]
    pub(super) fn is_linked_text(&self) -> bool {
        self.fragment_link.is_some() || self.open_gutter.is_some() || !self.anchors.is_empty()
    }

    /// [`finish_text`](Self::finish_text), where there is more to do.
    #[cold]
    fn finish_linked_text(&mut self) -> Option<Text<'a>> {
        self.end_fragment_link();
        self.open_gutter = None;
        let mut text = self.inline.finish(&self.urls);
        if !self.anchors.is_empty() {
            match &mut text {
                Some(text) => self.anchors.mark(text, self.inline.cut()),
                None => self.anchors.wait(),
            }
        }
        text
    }

    /// Whether the body, which is this HTML, is to be read a second time: see
    /// [`Anchors`](super::anchors::Anchors).
    pub(crate) fn begin_second_reading(&mut self, html: &str) -> bool {
        self.anchors.begin_second_reading(html)
    }

    /// Keeps the id of a medium that is about to open, if links lead to it.
    pub(super) fn note_medium_id(&mut self, element: &Element<'a>) {
        if element.tag.is_media() {
            let id = self.met_id(element);
            self.anchors.set_medium(id);
        }
    }

    /// Keeps the id of an element that has opened, if links lead to it.
    #[cold]
    pub(super) fn note_id(&mut self, element: &Element<'a>, effect: Effect) {
        let position = self.inline.tag_position();
        if element.tag.is_media() {
            // It is shown later, or not at all.
            if let (false, Some(id)) = (matches!(effect, Effect::Player), self.anchors.take_medium()) {
                self.anchors.add(id, position, false);
            }
            return;
        }
        let Some(id) = self.met_id(element) else { return };
        if let Effect::Frame | Effect::LoneItem = effect {
            let own = match &mut self.frame().kind {
                FrameKind::Item(item) => &mut item.id,
                FrameKind::Table(open) => &mut open.table.id,
                _ => &mut None,
            };
            if matches!(element.tag, Tag::Li | Tag::Table) {
                own.get_or_insert(id);
                return;
            }
        }
        let is_block = element.tag == Tag::P || matches!(effect, Effect::Heading(_));
        self.anchors.add(id, position, is_block);
    }

    /// The id of an element, if links lead to it. An `<a>` may have a name instead.
    fn met_id(&mut self, element: &Element<'a>) -> Option<Cow<'a, str>> {
        let [id, name] = element.attrs.get_all(&const { Names::new(["id", "name"]) });
        let name = name.filter(|_| element.tag == Tag::A);
        let mut met = id.filter(|id| self.anchors.meet(id));
        if let Some(name) = name.filter(|name| self.anchors.meet(name)) {
            // Links lead to both.
            if let Some(id) = met.replace(name) {
                let position = self.inline.tag_position();
                self.anchors.add(id, position, false);
            }
        }
        met
    }
}

/// Whether a link leads to all posts with a tag: one that touches another has a box of its own.
#[cold]
fn is_tag(attrs: &Attributes<'_>) -> bool {
    let has = |name, is_tag: fn(&str) -> bool| {
        attrs.get(name).is_some_and(|value| value.split_ascii_whitespace().any(is_tag))
    };
    has("rel", |name| name.eq_ignore_ascii_case("tag"))
        || has("class", |name| name == "tag" || name.ends_with("-tag"))
}

/// Whether the tag of a link says that it is a permalink.
fn says_permalink(attrs: &Attributes<'_>) -> bool {
    let [class, title, label] = attrs.get_all(&const { Names::new(["class", "title", "aria-label"]) });
    let has_class = class.is_some_and(|class| class.split_ascii_whitespace().any(is_permalink_class));
    let says_so = |text: Option<Cow<'_, str>>| {
        text.is_some_and(|text| {
            let text = text.to_lowercase();
            ["permalink", "permanent link", "link to this", "direct link to", "anchor"]
                .iter()
                .any(|words| text.contains(words))
        })
    };
    has_class || says_so(title) || says_so(label)
}
