//! Elements near an image or in a caption: which of them are captions, credits, or boxes for both.

use std::borrow::Cow;
use std::mem::take;

use super::builder::BlockBuilder;
use super::caption_state::{CreditSign, OpenBox};
use super::class_words::{self, Holds};
use super::effect::{Effect, Under};
use super::frame::FrameKind;
use super::{caption_shape, drop_cap};
use crate::chars::is_blank;
use crate::html::event::{Attributes, Element, Names, Removed, Tag, TagSet, trimmed};
use crate::post::{Block, Text};
use crate::references::decode_attribute;
use crate::report::{Removal, RemovalKind};

/// The elements that may be a caption or a credit by their class, beside `<figcaption>`.
const MAY_BE_CAPTION: TagSet = TagSet::of(&[
    Tag::Div,
    Tag::P,
    Tag::Span,
    Tag::Section,
    Tag::Aside,
    Tag::Footer,
    Tag::Center,
    Tag::Address,
    Tag::Td,
    Tag::Dd,
    Tag::H5,
    Tag::H6,
    Tag::Font,
    Tag::Small,
    Tag::Cite,
    Tag::Em,
    Tag::I,
    Tag::Unknown,
]);

/// The values of `itemprop` of those who made a picture.
const MAKERS: [&str; 6] =
    ["copyrightholder", "credittext", "copyrightnotice", "author", "creator", "contributor"];

impl<'a> BlockBuilder<'a, '_> {
    /// Opens an element near an image, or in a caption, if it is a caption or a credit. Returns whether it is
    /// one; any other element asks for what it asks for elsewhere.
    #[expect(clippy::inline_always, reason = "has one caller")]
    #[inline(always)]
    pub(super) fn open_near_figure(&mut self, element: &Element<'a>, keeps_id: bool) -> bool {
        if self.is_hidden() {
            return false;
        }
        let frame = self.frame();
        let is_in_figure = match frame.kind {
            FrameKind::Caption | FrameKind::CaptionBelow => return self.open_in_caption(element, keeps_id),
            FrameKind::Pre { .. } | FrameKind::TableCaption | FrameKind::Term => return false,
            FrameKind::Figure => true,
            _ => false,
        };
        let is_after = frame.is_after_figure();
        if !(is_in_figure || is_after) || !self.inline.is_empty() {
            self.captions.is_near = is_in_figure;
            return false;
        }
        let may_be = if element.tag == Tag::Figcaption {
            // The name says all in a figure.
            !is_in_figure
        } else {
            // Without a class, there is nothing else.
            MAY_BE_CAPTION.contains(element.tag) && !element.attrs.is_empty()
        };
        may_be && self.open_caption(element, is_in_figure, keeps_id)
    }

    /// Opens the element as a caption, if it is one by its name or its class.
    #[inline(never)]
    fn open_caption(&mut self, element: &Element<'a>, is_in_figure: bool, keeps_id: bool) -> bool {
        let is_figcaption = element.tag == Tag::Figcaption;
        let held = self.captions.held(&element.attrs, is_in_figure);
        let is_in_row = matches!(self.frame_kind(), FrameKind::Row(..) | FrameKind::List(_));
        if is_in_row || held.is_none() && !is_figcaption {
            return false;
        }
        // Two captions after one image: the second one is that of what follows.
        if held.is_none() && !self.frame().is_after_bare_figure() {
            return false;
        }
        if held == Some(Holds::Credit) {
            self.frame().take_credit();
        }
        let kind = if is_in_figure { FrameKind::Caption } else { FrameKind::CaptionBelow };
        let effect = self.open_frame(kind);
        self.captions.begin(None);
        if held == Some(Holds::Credit) {
            self.captions.open_part(CreditSign::Attribute, 0);
        }
        self.note_opened(element, effect, keeps_id)
    }

    /// Takes note of what a caption or a credit has done that is open now. Returns `true`.
    fn note_opened(&mut self, element: &Element<'a>, effect: Effect, keeps_id: bool) -> bool {
        if keeps_id {
            self.note_id(element, effect);
        }
        self.push_effect(effect);
        true
    }

    /// Opens the `<figcaption>` of a figure.
    pub(super) fn open_figcaption(&mut self, attrs: &Attributes<'a>) -> Effect {
        self.frame().has_figcaption = true;
        let effect = self.open_frame(FrameKind::Caption);
        let given = if attrs.is_empty() { None } else { attrs.get("data-credit").and_then(trimmed) };
        self.captions.begin(given);
        effect
    }

    /// Opens an element in a caption, if it may be the credit.
    #[inline(never)]
    fn open_in_caption(&mut self, element: &Element<'a>, keeps_id: bool) -> bool {
        let Some(sign) = credit_sign(element) else {
            self.inline.part_sentences();
            return false;
        };
        let effect = self.open_credit(element, sign);
        self.note_opened(element, effect, keeps_id)
    }

    #[cold]
    fn open_credit(&mut self, element: &Element<'a>, sign: CreditSign) -> Effect {
        let start = self.inline.so_far().len();
        // What is small may be the end of a word.
        if sign != CreditSign::Small || self.inline.ends_sentence() {
            self.inline.part_words();
        }
        let under = match self.enter(element) {
            Effect::Nothing => Under::Nothing,
            Effect::Boundary => Under::Boundary,
            Effect::Mark => Under::Mark,
            effect => return effect,
        };
        if self.captions.open_part(sign, start) {
            return Effect::Credit(under);
        }
        match under {
            Under::Nothing => Effect::Nothing,
            Under::Boundary => Effect::Boundary,
            Under::Mark => Effect::Mark,
        }
    }

    /// Opens an element that only groups others, and may be a box for an image and its caption.
    #[inline]
    pub(super) fn open_box(&mut self, class: &'a str) -> Effect {
        if self.is_in_one_text() {
            return Effect::Boundary;
        }
        let first = self.frame().blocks.len();
        self.captions.open_box(OpenBox { class, first, pairs: 0 });
        Effect::Box
    }

    /// Closes such an element.
    pub(super) fn close_box(&mut self) {
        self.boundary();
        let Some(closed) = self.captions.boxes.pop() else { return };
        // Most boxes hold one block, or many.
        if self.frame().blocks.len() >= closed.first + 2 {
            self.close_filled_box(closed);
        }
    }

    /// Does what a box that was just closed asks for if it holds several blocks.
    #[inline(never)]
    fn close_filled_box(&mut self, closed: OpenBox<'a>) {
        match self.frame().blocks.get(closed.first..) {
            Some([Block::Figure(_), ..]) => self.close_box_of_figure(closed),
            Some([.., Block::Figure(_)]) => self.captions.is_near |= self.frame().is_after_figure(),
            _ => {}
        }
    }

    fn close_box_of_figure(&mut self, OpenBox { class, first, pairs }: OpenBox<'a>) {
        let frame = self.frame();
        let held = &frame.blocks[first..];
        // The class is looked at last: few boxes hold an image and a text.
        if caption_shape::is_pair_in_box(held) && class_words::is_image_box(&decode_attribute(class)) {
            frame.find_credit();
            let double = caption_shape::join(&mut frame.blocks);
            self.captions.doubles.extend(double);
            self.remove_doubles();
        } else if caption_shape::is_pair(held) {
            if let Some(around) = self.captions.boxes.last_mut() {
                around.pairs += 1;
            }
        } else if pairs >= 2 && held.len() == 2 * pairs && caption_shape::are_pairs(held) {
            caption_shape::join_all(&mut frame.blocks, first);
        }
        self.captions.is_near |= self.frame().is_after_figure();
    }
}

/// A class that says the same about boxes and drop capitals as that of an element without a source.
#[cold]
pub(super) fn answers_as_source(attrs: &Attributes<'_>) -> &'static str {
    let is_box = attrs.class().is_some_and(|class| class_words::is_image_box(&class));
    match (is_box, drop_cap::has_class(attrs)) {
        (false, false) => "",
        (false, true) => "drop-cap",
        (true, false) => "image",
        (true, true) => "image drop-cap",
    }
}

impl<'a> BlockBuilder<'a, '_> {
    /// Ends the text of a caption. Returns it, and the credit that its markup names.
    pub(super) fn finish_caption(&mut self) -> (Option<Text<'a>>, Option<Cow<'a, str>>) {
        let text = self.inline.so_far();
        let lead = text.len() - text.trim_start_matches(is_blank).len();
        let Some(caption) = self.finish_text() else { return (None, None) };
        if !matches!(self.frame_kind(), FrameKind::Caption | FrameKind::CaptionBelow) {
            return (Some(caption), None);
        }
        let (caption, double) = caption_shape::without_double(caption);
        self.captions.doubles.extend(double);
        let marked = self.captions.credit(&caption, lead);
        (Some(caption), marked)
    }

    /// Reports the texts of captions that the caption before says too.
    pub(super) fn remove_doubles(&mut self) {
        let start = self.urls.element_start();
        for text in take(&mut self.captions.doubles) {
            let removal = Removal::new(RemovalKind::Duplicate, "figcaption", text);
            self.removals.push(Removed { removal, start });
        }
    }
}

/// Why an element in a caption may be the credit.
fn credit_sign(element: &Element<'_>) -> Option<CreditSign> {
    const NAMES: Names<'_, 2> = Names::new(["class", "itemprop"]);
    if !element.attrs.is_empty() {
        let [class, property] = element.attrs.get_all(&NAMES);
        let is_maker = |property: &str| {
            property
                .split_ascii_whitespace()
                .any(|p| MAKERS.iter().any(|maker| maker.eq_ignore_ascii_case(p)))
        };
        if class.is_some_and(|class| class_words::is_credit(&class)) || property.is_some_and(|p| is_maker(&p))
        {
            return Some(CreditSign::Attribute);
        }
    }
    match element.tag {
        Tag::Cite => Some(CreditSign::Cite),
        Tag::Small => Some(CreditSign::Small),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::event::Attribute;

    #[test]
    fn a_class_without_a_source_is_answered_as_one() {
        for class in ["tea", "drop-cap", "dropcap tea", "image", "wp-block-image", "image dropcap"] {
            let attr = Attribute { name: "class".into(), value: class.into() };
            let source = answers_as_source(&[attr].into_iter().collect());
            let answers = |class| (class_words::is_image_box(class), drop_cap::is_source_of_class(class));
            assert_eq!(answers(source), answers(class), "{class}");
        }
    }
}
