//! Elements near an image or in a caption: which of them are captions, credits, or boxes for both.

use std::borrow::Cow;
use std::mem::take;

use super::builder::BlockBuilder;
use super::caption_shape;
use super::caption_state::{CreditSign, OpenBox};
use super::class_words::{self, Holds};
use super::effect::{Effect, Under};
use super::frame::FrameKind;
use crate::chars::is_blank;
use crate::html::event::{Attributes, Element, Names, Removed, Tag, TagSet, trimmed};
use crate::post::Text;
use crate::report::{Removal, RemovalKind};

/// The elements that may be a caption or a credit by their class.
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
    Tag::Figcaption,
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
    /// Does what the start tag of an element near an image, or in a caption, asks for.
    #[inline(never)]
    pub(super) fn enter_near_figure(&mut self, element: &Element<'a>) -> Effect {
        match self.frame_kind() {
            FrameKind::Caption | FrameKind::CaptionBelow => return self.enter_in_caption(element),
            FrameKind::Pre { .. } | FrameKind::TableCaption | FrameKind::Term => return self.enter(element),
            _ => {}
        }
        let is_in_figure = matches!(self.frame_kind(), FrameKind::Figure);
        let is_after = self.frame().is_after_figure();
        if self.inline.is_empty() && (is_after || is_in_figure) {
            if let Some(effect) = self.open_caption(element, is_in_figure) {
                return effect;
            }
        } else if !is_in_figure {
            self.captions.is_near = false;
        }
        self.enter(element)
    }

    /// Opens the element as a caption, if it is one by its name or its class.
    fn open_caption(&mut self, element: &Element<'a>, is_in_figure: bool) -> Option<Effect> {
        let is_figcaption = element.tag == Tag::Figcaption;
        // The name says all in a figure, and without a class there is nothing else.
        if !MAY_BE_CAPTION.contains(element.tag)
            || is_figcaption && is_in_figure
            || element.attrs.is_empty() && !is_figcaption
        {
            return None;
        }
        let [_, class] = element.attrs.id_and_class();
        let held = class.as_deref().and_then(class_words::held);
        let is_in_row = matches!(self.frame_kind(), FrameKind::Row(..) | FrameKind::List(_));
        if is_in_row || held.is_none() && !is_figcaption {
            return None;
        }
        // Two captions after one image: the second one is that of what follows.
        if held.is_none() && !self.frame().is_after_bare_figure() {
            return None;
        }
        let kind = if is_in_figure { FrameKind::Caption } else { FrameKind::CaptionBelow };
        let effect = self.open_frame(kind);
        self.captions.begin(None);
        if held == Some(Holds::Credit) {
            self.captions.open_part(CreditSign::Attribute, 0);
        }
        Some(effect)
    }

    /// Opens the `<figcaption>` of a figure.
    pub(super) fn open_figcaption(&mut self, attrs: &Attributes<'a>) -> Effect {
        let effect = self.open_frame(FrameKind::Caption);
        let given = if attrs.is_empty() { None } else { attrs.get("data-credit").and_then(trimmed) };
        self.captions.begin(given);
        effect
    }

    fn enter_in_caption(&mut self, element: &Element<'a>) -> Effect {
        let Some(sign) = credit_sign(element) else { return self.enter(element) };
        let start = self.inline.so_far().len();
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
    pub(super) fn open_box(&mut self, element: &Element<'a>) -> Effect {
        if self.is_in_one_text() {
            return Effect::Boundary;
        }
        let [_, class] = element.attrs.id_and_class();
        let first = self.frame().blocks.len();
        self.captions.boxes.push(OpenBox { class, first, pairs: 0 });
        Effect::Box
    }

    /// Closes such an element.
    pub(super) fn close_box(&mut self) {
        self.boundary();
        let Some(closed) = self.captions.boxes.pop() else { return };
        // Most boxes hold one block, or many.
        if self.frame().blocks.len() >= closed.first + 2 {
            self.close_filled_box(&closed);
        }
    }

    #[inline(never)]
    fn close_filled_box(&mut self, closed: &OpenBox<'a>) {
        // The class is looked at last: few boxes hold an image and a text.
        let is_of_images = || closed.class.as_deref().is_some_and(class_words::is_image_box);
        let pairs = closed.pairs;
        let frame = self.frame();
        let Some(held) = frame.blocks.get_mut(closed.first..) else { return };
        let doubles = if caption_shape::is_pair_in_box(held) && is_of_images() {
            frame.find_credit();
            caption_shape::join(&mut frame.blocks)
        } else {
            if caption_shape::is_pair(held) {
                if let Some(around) = self.captions.boxes.last_mut() {
                    around.pairs += 1;
                }
            } else if pairs >= 2 && held.len() == 2 * pairs && caption_shape::are_pairs(held) {
                caption_shape::join_all(&mut frame.blocks, closed.first);
            }
            None
        };
        self.captions.is_near |= self.frame().is_after_figure();
        self.captions.doubles.extend(doubles);
        if !self.captions.doubles.is_empty() {
            self.remove_doubles();
        }
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
