//! The usual elements: boxes, links, and text that is set off.

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::frame::FrameKind;
use super::laid_out::may_be_icon;
use super::list_paragraphs::may_be_of_word;
use super::{div_classes, drop_cap, near_figure, set_apart};
use crate::html::event::{Attributes, Element, Tag, is_taken_back};
use crate::post::{ListKind, MarkKind};

impl<'a> BlockBuilder<'a, '_> {
    /// Does what the start tag of an element asks for.
    #[inline(never)]
    pub(super) fn enter(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::P | Tag::Section | Tag::Article | Tag::Header | Tag::Footer => self.open_group(element),
            Tag::Div => self.open_div(element),
            Tag::Span => self.open_span(element),
            Tag::A => self.open_link(element),
            _ => self.enter_less_usual(element),
        }
    }

    /// The same for an element with attributes, whose effect is kept. A usual element takes one call, after
    /// which nothing is left to do.
    #[expect(clippy::inline_always, reason = "the one step that each element takes")]
    #[inline(always)]
    pub(super) fn enter_and_push(&mut self, element: &Element<'a>) {
        match element.tag {
            Tag::P | Tag::Section | Tag::Article | Tag::Header | Tag::Footer => {
                self.push_by(element, Self::open_group);
            }
            Tag::Div => self.push_by(element, Self::open_div),
            Tag::Span => self.push_by(element, Self::open_span),
            Tag::A => self.push_by(element, Self::open_link),
            _ => self.push_by(element, Self::enter_less_usual),
        }
    }

    /// Keeps the effect of an element that `open` opens. It is compiled once for each `open`.
    #[inline(never)]
    fn push_by(&mut self, element: &Element<'a>, open: impl FnOnce(&mut Self, &Element<'a>) -> Effect) {
        let effect = open(self, element);
        self.push_effect(effect);
    }

    /// [`enter`](Self::enter) for an element without attributes.
    #[inline]
    pub(super) fn enter_plain(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::P | Tag::Section | Tag::Article | Tag::Header | Tag::Footer => {
                self.boundary();
                Effect::Boundary
            }
            Tag::B | Tag::Strong => self.open_strong(),
            Tag::Em | Tag::I => self.open_emphasis(),
            Tag::Br => self.line_break(),
            Tag::Li => self.open_li(element),
            Tag::Div | Tag::Span | Tag::A => self.enter(element),
            _ => self.enter_other(element),
        }
    }

    #[expect(clippy::inline_always, reason = "has two callers")]
    #[inline(always)]
    fn enter_less_usual(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::B | Tag::Strong | Tag::Em | Tag::I => self.open_stress(element),
            Tag::Br => self.line_break(),
            Tag::Li => self.open_li(element),
            _ => self.enter_other(element),
        }
    }

    #[expect(clippy::inline_always, reason = "the one step that each of them takes")]
    #[inline(always)]
    fn open_div(&mut self, element: &Element<'a>) -> Effect {
        let attrs = &element.attrs;
        let class = attrs.source_of_class().unwrap_or_else(|| near_figure::answers_as_source(attrs));
        if div_classes::may_be_known(attrs) {
            if let Some(effect) = self.open_known_div(element) {
                return effect;
            }
            if self.note_code_language(attrs) {
                return Self::around_code(self.open_box_of_div(class));
            }
        }
        if self.inline.preserves() || self.has_numbers {
            if let Some(effect) = self.open_div_of_code(element) {
                return effect;
            }
        }
        self.open_box_of_div(class)
    }

    #[inline]
    fn open_box_of_div(&mut self, class: &'a str) -> Effect {
        self.boundary();
        self.note_div(class);
        self.open_box(class)
    }

    /// Opens a `<div>` of code, whose stylesheet keeps its lines, as on Naver's blogs, one in which a
    /// script shows something, or one that numbers the lines of the code before it, as in `VitePress`. Takes
    /// note of what a table lays out.
    #[cold]
    fn open_known_div(&mut self, element: &Element<'a>) -> Option<Effect> {
        let attrs = &element.attrs;
        self.note_laid_out(attrs);
        if let Some(effect) = self.open_scripted(attrs) {
            return Some(effect);
        }
        if attrs.has_class("line-numbers-wrapper") && self.is_after_code() {
            return Some(self.open_numbers(element));
        }
        let is_code = attrs.has_class("__se_code_view") && !self.is_in_one_text();
        is_code.then(|| self.open_pre(attrs, true))
    }

    /// Opens a `<div>` in preformatted text or beside a gutter, if it says something there.
    #[cold]
    fn open_div_of_code(&mut self, element: &Element<'a>) -> Option<Effect> {
        if self.inline.preserves() && matches!(self.frame_kind(), FrameKind::Pre { .. }) {
            return Some(self.open_in_pre(element));
        }
        let is_code = self.has_numbers && self.is_code_beside_gutter(&element.attrs);
        is_code.then(|| self.open_pre(&Attributes::NONE, true))
    }

    /// Opens a block that only groups others, and is no `<div>`.
    #[expect(clippy::inline_always, reason = "the one step that most of them take")]
    #[inline(always)]
    fn open_group(&mut self, element: &Element<'a>) -> Effect {
        self.boundary();
        let attrs = &element.attrs;
        if attrs.is_empty() {
            return Effect::Boundary;
        }
        let class = attrs.source_of_class();
        if class.is_none_or(may_be_of_word) {
            if let Some(effect) = self.open_list_paragraph(element) {
                return effect;
            }
        }
        self.open_box(class.unwrap_or_else(|| near_figure::answers_as_source(attrs)))
    }

    /// Opens a block with a rare name that only groups others.
    #[inline(never)]
    pub(super) fn open_rare_group(&mut self, element: &Element<'a>) -> Effect {
        self.open_group(element)
    }

    /// Opens an `<li>`.
    #[inline(never)]
    fn open_li(&mut self, element: &Element<'a>) -> Effect {
        match &mut self.frame().kind {
            FrameKind::List(open) if open.list.kind != ListKind::Description => {
                let item = open.item(&element.attrs);
                self.open_frame(FrameKind::Item(item))
            }
            _ => self.enter_other(element),
        }
    }

    #[expect(clippy::inline_always, reason = "the one step that each of them takes")]
    #[inline(always)]
    fn open_span(&mut self, element: &Element<'a>) -> Effect {
        if element.attrs.may_be_special() {
            if let Some(effect) = self.open_address(element) {
                return effect;
            }
        }
        if self.inline.preserves() {
            return self.open_in_pre(element);
        }
        if self.is_set_apart(element) {
            return self.open_set_apart(element);
        }
        self.open_plain_inline(element)
    }

    #[inline]
    pub(super) fn is_set_apart(&mut self, element: &Element<'a>) -> bool {
        !element.attrs.is_empty()
            && set_apart::is_one(&element.attrs, &mut self.none_apart)
            && !self.inline.is_in_code()
    }

    /// Opens an inline element that says nothing, unless it holds a drop capital.
    #[inline]
    pub(super) fn open_plain_inline(&mut self, element: &Element<'a>) -> Effect {
        if self.may_hold_drop_cap(element) {
            return self.open_first(element);
        }
        self.inline.begin_element();
        Effect::Nothing
    }

    /// Opens an element that is bold or in italics.
    #[inline(never)]
    fn open_stress(&mut self, element: &Element<'a>) -> Effect {
        if is_taken_back(element.tag, &element.attrs) {
            return self.open_plain_inline(element);
        }
        let is_first = self.may_hold_drop_cap(element);
        if is_first
            && element.attrs.source_of_class().is_none_or(may_be_icon)
            && self.show_icon(&element.attrs)
        {
            self.inline.begin_element();
            return Effect::Nothing;
        }
        let is_apart = self.is_set_apart(element);
        if is_apart {
            self.inline.leave_gap();
        }
        let effect = match element.tag {
            Tag::B | Tag::Strong => self.open_strong(),
            _ => self.open_emphasis(),
        };
        match effect {
            Effect::Mark if is_apart => Effect::MarkApart,
            effect if is_first => self.open_first_mark(element, effect),
            effect => effect,
        }
    }

    /// Opens an element that makes a mark.
    pub(super) fn open_marked(&mut self, element: &Element<'a>, mark: MarkKind<'a>) -> Effect {
        if is_taken_back(element.tag, &element.attrs) {
            return self.open_plain_inline(element);
        }
        if element.tag == Tag::Cite && matches!(self.frame_kind(), FrameKind::Quote) {
            if self.inline.is_empty() {
                let effect = self.open_mark(mark);
                return if matches!(effect, Effect::Mark) { Effect::LeadingCite } else { effect };
            }
            // The one who says it, not the next word.
            self.inline.part_words();
        }
        if !self.notes.is_empty() {
            if let Some(effect) = self.open_sign_of_note(element, Some(mark.clone())) {
                return effect;
            }
        }
        let is_first = self.may_hold_drop_cap(element);
        let effect = self.open_mark(mark);
        if is_first { self.open_first_mark(element, effect) } else { effect }
    }

    #[inline]
    fn may_hold_drop_cap(&self, element: &Element<'a>) -> bool {
        self.inline.is_empty() && !element.attrs.is_empty()
    }

    /// Opens an inline element with which a text begins.
    #[inline(never)]
    fn open_first(&mut self, element: &Element<'a>) -> Effect {
        if matches!(self.frame_kind(), FrameKind::Item(_)) {
            self.note_drawn_checkbox(element);
        }
        let plain = &mut self.no_drop_caps;
        if drop_cap::is_inline(element.tag, &element.attrs, plain) {
            Effect::DropCap
        } else {
            Effect::Nothing
        }
    }

    /// The effect of an element with which a text begins, and which has opened a mark, or has not.
    fn open_first_mark(&mut self, element: &Element<'a>, effect: Effect) -> Effect {
        match (effect, self.open_first(element)) {
            (Effect::Mark, Effect::DropCap) => Effect::DropCapMark,
            (Effect::Mark, _) => Effect::Mark,
            (_, effect) => effect,
        }
    }

    /// [`open_mark`](Self::open_mark) for a mark that needs no more than its name.
    #[inline(never)]
    fn open_strong(&mut self) -> Effect {
        if self.inline.open_mark(MarkKind::Strong) { Effect::Mark } else { Effect::Nothing }
    }

    /// The same for the other mark that is in most texts.
    #[inline(never)]
    fn open_emphasis(&mut self) -> Effect {
        if self.inline.open_mark(MarkKind::Emphasis) { Effect::Mark } else { Effect::Nothing }
    }
}
