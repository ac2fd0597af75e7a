//! The vocabulary between the stages: elements open and close, and text stands between.
//!
//! Every `open` has its `close`, void elements too, and elements are closed in the order opposite to that
//! in which they were opened.

pub(crate) use super::attributes::{Attribute, Attributes, Names, RawAttribute, RawValue, lower_case};
pub(crate) use super::collapsed_text::{CollapsedText, Edge, Space};
pub(crate) use super::element::{Element, KeptElement, Style};
pub(crate) use super::emoji::{emoji, is_small_emoji};
pub(crate) use super::inline_style::{BoxKind, Float, InlineStyle, Visibility, WhiteSpace};
pub(crate) use super::name_prefix::{NamePrefix, PrefixSet};
pub(crate) use super::nesting::Nesting;
pub(crate) use super::pixels::pixels;
pub(crate) use super::players::first_link;
pub(crate) use super::set_off::is_taken_back;
pub(crate) use super::shown::{Shown, Trace, describe};
pub(crate) use super::tag::{Tag, TagSet};
pub(crate) use super::words::{beginning, trimmed, words};
use crate::report::Removal;

/// Receives the events of a body.
///
/// Text comes in pieces: that one text is one event is not promised.
pub(crate) trait EventSink<'a> {
    fn open(&mut self, element: &Element<'a>);
    /// The same for an element without attributes: half of all have none, and there is less to ask of them.
    #[inline]
    fn open_plain(&mut self, element: &Element<'a>) {
        self.open(element);
    }
    fn close(&mut self, tag: Tag);
    /// A text of the source.
    fn text(&mut self, text: &'a str);
    /// The same for a text of the source whose white space is known: nearly all texts are sent like this.
    #[inline]
    fn collapsed_text(&mut self, text: &CollapsedText<'a>) {
        self.text(text.source);
    }
    /// A text that does not stand in the source: what a reference stands for, or a text of a tree.
    fn other_text(&mut self, text: &str);
    /// A text of the source that is nothing but spaces and line feeds: half of all texts, and mostly of no
    /// consequence.
    fn space(&mut self, space: Space<'a>) {
        self.text(space.source);
    }
    /// How something that stands here is shown. A stage passes it on; who counts or matches need not know.
    fn styled(&mut self, style: Style) {
        let _ = style;
    }
    /// Something that stood here has gone, and is to be in the report.
    fn removed(&mut self, removed: Removed);
    /// Forgets all events: the producer has given up, and reads the body again. A sink is large, so it is
    /// the caller's, and stays where it is.
    fn restart(&mut self);
}

/// Something that a stage has taken out, on its way to the report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Removed {
    pub(crate) removal: Removal,
    /// See [`Element::start`].
    pub(crate) start: Option<usize>,
}
