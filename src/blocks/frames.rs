//! How frames open and close.

use std::borrow::Cow;
use std::mem::take;

use super::builder::BlockBuilder;
use super::close::{close_into, close_item};
use super::effect::Effect;
use super::frame::{Frame, FrameKind};
use crate::post::{Item, MAX_CONTAINERS, Text};

impl<'a> BlockBuilder<'a, '_> {
    /// Whether no container can be opened here, since as many as may nest are open.
    pub(super) fn is_full(&self) -> bool {
        self.containers == MAX_CONTAINERS
    }

    /// Opens a frame. A container that nests too deep opens none, and only groups what it holds.
    #[expect(clippy::inline_always, reason = "the start of each frame")]
    #[inline(always)]
    pub(super) fn open_frame(&mut self, kind: FrameKind<'a>) -> Effect {
        self.end_text();
        let containers = kind.containers();
        if containers > 0 {
            if self.containers + containers > MAX_CONTAINERS {
                if !matches!(kind, FrameKind::Figure) {
                    self.first_dissolved = self.first_dissolved.or_else(|| self.urls.element_start());
                    self.dissolved += 1;
                }
                return Effect::Boundary;
            }
            self.containers += containers;
        }
        self.inline.set_preserve(matches!(kind, FrameKind::Pre { .. }));
        self.is_in_one_text = kind.is_one_text();
        self.frames.push(match kind {
            FrameKind::Figure => Frame::with_room(kind, take(&mut self.spare_room)),
            _ => Frame::new(kind),
        });
        Effect::Frame
    }

    /// Ends the text of a caption, as a text with a direction. Returns the credit that its markup names, too.
    #[inline(never)]
    fn finish_directed_caption(&mut self) -> (Option<Text<'a>>, Option<Cow<'a, str>>) {
        let (caption, marked) = self.finish_caption();
        (caption.map(|text| self.directed(text)), marked)
    }

    pub(super) fn close_frame(&mut self) {
        if let FrameKind::Item(_) = self.frame_kind() {
            return self.close_item();
        }
        let caption = if self.is_in_one_text && self.frame_kind().is_caption() {
            self.finish_directed_caption()
        } else {
            self.end_text();
            (None, None)
        };
        let Some((frame, around)) = self.frames.split_last_mut() else { return };
        let parent = around.last_mut().unwrap_or(&mut self.root);
        self.containers -= frame.kind.containers();
        self.inline.set_preserve(false);
        self.is_in_one_text = parent.kind.is_one_text();
        let is_empty = frame.blocks.is_empty();
        let numbers_in_pre = match &mut frame.kind {
            FrameKind::Pre { gutter, .. } => gutter.take(),
            _ => None,
        };
        let numbers = close_into(frame, parent, caption, &mut self.captions.doubles, &self.urls);
        self.captions.is_near |= parent.is_after_figure();
        if let FrameKind::Figure = frame.kind {
            self.spare_room = take(&mut frame.blocks);
        }
        // It is dropped where it stands.
        self.frames.truncate(self.frames.len() - 1);
        if let Some(numbers) = numbers {
            self.remove_gutter(numbers, true);
        }
        if let Some(numbers) = numbers_in_pre {
            self.remove_gutter(*numbers, is_empty);
        }
        if !self.captions.doubles.is_empty() {
            self.remove_doubles();
        }
    }

    /// Closes an item that stands in no list, and the list that was opened for it. An empty item makes no
    /// list.
    #[cold]
    pub(super) fn close_lone_item(&mut self) {
        self.close_frame();
        let around = self.frames.len().checked_sub(2).map_or(&self.root, |index| &self.frames[index]);
        let blocks = around.blocks.len();
        self.close_frame();
        if self.frame().blocks.len() > blocks {
            self.frame().note_lone_list();
        }
    }

    /// Closes an item. The list around it is not a text, and shows nothing itself.
    fn close_item(&mut self) {
        self.end_text();
        self.frame().find_credit();
        if let Some(Frame { kind: FrameKind::Item(item), blocks, .. }) = self.frames.pop() {
            close_item(Item { blocks, ..item }, self.frame());
        }
    }
}
