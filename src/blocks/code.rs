//! Preformatted text while it is open: its language, and the numbers of its lines.

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::frame::FrameKind;
use super::gutter;
use super::gutter::OpenGutter;
use super::inline::InlineBuilder;
use super::language::{self, Language};
use super::table::{self, OpenTable};
use crate::html::event::{Attributes, Element, Removed, Tag};
use crate::post::{Block, MarkKind};

impl<'a> BlockBuilder<'a, '_> {
    pub(super) fn open_pre(&mut self, attrs: &Attributes<'a>, is_code: bool) -> Effect {
        let language = language::of_code(attrs).or_else(|| {
            let name = self.code_languages.last().and_then(|around| self.urls.copy(around))?;
            Some(Language { name, is_stated: false })
        });
        self.open_frame(FrameKind::Pre { is_code, language, last_code: (0, 0), gutter: None })
    }

    pub(super) fn open_code(&mut self, element: &Element<'a>) -> Effect {
        // The element that was opened last is the one of the frame.
        let is_right_inside = matches!(self.effects.last(), Some(Effect::Frame));
        let FrameKind::Pre { is_code, language, .. } = &mut self.frame().kind else {
            return self.open_mark(MarkKind::Code);
        };
        let is_first = !std::mem::replace(is_code, true);
        if is_first && language.as_ref().is_none_or(|language| !language.is_stated) {
            if let Some(named) = language::of_code(&element.attrs) {
                *language = Some(named);
            }
        }
        if is_right_inside { self.open_code_in_pre() } else { Effect::Nothing }
    }

    /// Opens a `<code>` right inside a `<pre>`. Several of them with nothing between are lines, of which
    /// stylesheets make blocks.
    fn open_code_in_pre(&mut self) -> Effect {
        let text = self.inline.so_far();
        let (length, ends_line) = (text.len(), text.ends_with('\n'));
        if let FrameKind::Pre { last_code: (start, end), .. } = self.frame_kind() {
            if length > 0 && *end == length && !(ends_line && start < end) {
                self.add_text("\n", InlineBuilder::push_copy);
            }
        }
        let start = self.inline.len();
        if let FrameKind::Pre { last_code, .. } = &mut self.frame().kind {
            *last_code = (start, 0);
        }
        Effect::CodeInPre
    }

    pub(super) fn close_code_in_pre(&mut self) {
        let length = self.inline.len();
        if let FrameKind::Pre { last_code: (_, end), .. } = &mut self.frame().kind {
            *end = length;
        }
        self.inline.end_element();
    }

    /// Takes note of the language that an element names for the code in it, if its class does.
    #[inline(never)]
    pub(super) fn note_code_language(&mut self, attrs: &Attributes<'a>) -> bool {
        let by_class = self.no_languages.look(attrs, language::of_wrapper);
        let language = by_class.or_else(|| language::of_frame(attrs));
        let names_one = language.is_some();
        self.code_languages.extend(language);
        names_one
    }

    /// An element with this effect names the language of the code in it.
    pub(super) fn around_code(effect: Effect) -> Effect {
        Effect::AroundCode { has_frame: matches!(effect, Effect::Frame) }
    }

    /// The innermost table around the text.
    pub(super) fn table(&mut self) -> Option<&mut OpenTable<'a>> {
        self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            FrameKind::Table(table) => Some(&mut **table),
            _ => None,
        })
    }

    /// Opens an element in preformatted text.
    #[cold]
    pub(super) fn open_in_pre(&mut self, element: &Element<'a>) -> Effect {
        let is_block = element.tag.is_block();
        if is_block {
            self.inline.boundary();
        }
        let in_pre = self.open_gutter.is_none() && matches!(self.frame_kind(), FrameKind::Pre { .. });
        if in_pre && gutter::is_gutter(&element.attrs) {
            let before = self.inline.saved();
            self.open_gutter = Some(OpenGutter { before, removed: gutter::removed(element), is_block });
            return Effect::Gutter;
        }
        if is_block { Effect::Boundary } else { Effect::Nothing }
    }

    /// Whether code stands right before what comes now.
    pub(super) fn is_after_code(&mut self) -> bool {
        let is_between = self.inline.is_empty() && !self.is_in_one_text();
        is_between && matches!(self.frame().blocks.last(), Some(Block::Preformatted(_)))
    }

    /// Opens an element with the numbers of the lines of the code before it.
    #[cold]
    pub(super) fn open_numbers(&mut self, element: &Element<'a>) -> Effect {
        self.open_pre(&Attributes::NONE, true);
        let (before, removed) = (self.inline.saved(), gutter::removed(element));
        self.open_gutter = Some(OpenGutter { before, removed, is_block: true });
        Effect::Numbers
    }

    pub(super) fn close_gutter(&mut self) {
        let Some(OpenGutter { before, mut removed, is_block }) = self.open_gutter.take() else { return };
        let text = self.inline.text_since(before);
        if !gutter::is_numbers(text) {
            if is_block {
                self.inline.boundary();
            }
            return;
        }
        let text = text.to_owned();
        self.inline.restore(before);
        if let FrameKind::Pre { gutter: all, .. } = &mut self.frame().kind {
            if let Some(all) = all {
                gutter::add_text(all, &text);
            } else {
                gutter::add_text(&mut removed, &text);
                *all = Some(Box::new(removed));
            }
        }
    }

    /// Opens a cell of a table.
    #[expect(clippy::inline_always, reason = "has one caller")]
    #[inline(always)]
    pub(super) fn open_cell(&mut self, element: &Element<'a>) -> Effect {
        let attrs = &element.attrs;
        let numbers = gutter::is_gutter(attrs).then(|| Box::new(gutter::removed(element)));
        self.has_numbers |= numbers.is_some();
        let is_line = numbers.is_none() && gutter::is_line(attrs);
        let cell = table::cell(attrs, element.tag == Tag::Th);
        let effect = self.open_frame(FrameKind::Cell(cell, numbers));
        if let Some(table) = self.table() {
            table.first_cell = table.first_cell.or(element.start);
        }
        if !is_line {
            return effect;
        }
        if let Some(table) = self.table() {
            table.is_code = true;
        }
        self.open_pre(&Attributes::NONE, true);
        Effect::CodeCell
    }

    /// Whether an element holds the code beside a gutter.
    pub(super) fn is_code_beside_gutter(&self, attrs: &Attributes<'a>) -> bool {
        let [.., row, cell] = &self.frames[..] else { return false };
        let is_beside = match (&row.kind, &cell.kind) {
            (FrameKind::Row(_, numbers), FrameKind::Cell(..)) => !numbers.is_empty(),
            _ => false,
        };
        is_beside && gutter::is_code(attrs)
    }

    /// A gutter has gone. If it was all that its cell held, the table is one of code.
    pub(super) fn remove_gutter(&mut self, removed: Removed, is_all: bool) {
        if let (true, Some(table)) = (is_all, self.table()) {
            table.is_code = true;
        }
        if !removed.removal.text.is_empty() {
            self.removals.push(removed);
        }
    }
}
