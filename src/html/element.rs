//! Elements as they open, and as they are kept for later.

use std::borrow::Cow;
use std::num::NonZeroU32;

use super::attributes::{Attributes, KeptAttributes};
use super::tag::Tag;
use crate::post::Direction;

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct Element<'a> {
    pub(crate) tag: Tag,
    /// The name in lower case.
    pub(crate) name: Cow<'a, str>,
    pub(crate) attrs: Attributes<'a>,
    /// The byte offset in the body at which the tag begins; `None` for an element without a tag of its own:
    /// one that HTML implies or opens again.
    pub(crate) start: Option<usize>,
}

/// A start tag that is kept for later, in less room.
#[derive(Debug)]
pub(crate) struct KeptElement<'a> {
    pub(crate) tag: Tag,
    /// The [start](Element::start), counted from 1, in four bytes: what is held back takes little room. What
    /// begins after 4 GB has none.
    start: Option<NonZeroU32>,
    name: Cow<'a, str>,
    attrs: KeptAttributes<'a>,
}

impl<'a> Element<'a> {
    /// An element that has no tag in the source.
    pub(crate) const fn implied(tag: Tag, name: &'static str) -> Self {
        Self { tag, name: Cow::Borrowed(name), attrs: Attributes::none(), start: None }
    }

    pub(crate) fn keep(&self) -> KeptElement<'a> {
        let start = self.start.and_then(|start| NonZeroU32::new(u32::try_from(start + 1).ok()?));
        KeptElement { tag: self.tag, start, name: self.name.clone(), attrs: self.attrs.keep() }
    }
}

impl<'a> KeptElement<'a> {
    /// What stands for a cell that has gone, so that the cells after it stay in their columns: the cell, with
    /// what says how many columns and rows it takes; `None` for other elements.
    pub(crate) fn empty_cell(&self) -> Option<Element<'a>> {
        matches!(self.tag, Tag::Td | Tag::Th).then(|| {
            let element = self.element();
            Element { attrs: element.attrs.spans(), ..element }
        })
    }

    pub(crate) fn element(&self) -> Element<'a> {
        let attrs = Attributes::kept(&self.attrs);
        Element { tag: self.tag, name: self.name.clone(), attrs, start: self.start() }
    }

    /// See [`Element::start`].
    pub(crate) fn start(&self) -> Option<usize> {
        self.start.map(|start| start.get() as usize - 1)
    }
}

/// How something is shown, where its tag does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// What comes now begins on a line of its own.
    Line,
    /// Something that stood here in the line has gone: the words around it are two.
    Gap,
    /// The element that was opened last says where its text runs to; `None` if its text is to tell.
    Direction(Option<Direction>),
}
