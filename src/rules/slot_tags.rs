//! Which elements may be slots, and where a slot stands.

use crate::html::event::{Element, Tag, TagSet};

/// The elements that may go without a rule.
pub(super) const ALWAYS_INSPECTED: TagSet = TagSet::of(&[
    Tag::Script,
    Tag::Button,
    Tag::Datalist,
    Tag::Select,
    Tag::Textarea,
    Tag::Img,
    Tag::Picture,
    Tag::Video,
    Tag::Audio,
]);

/// The elements that a rule makes no slots: an author writes them. Markdown makes
/// `<h2 id="ads">` of a heading "Ads", and a cell that goes takes those after it to other columns.
pub(super) const NEVER_SLOTS: TagSet = TagSet::of(&[
    Tag::H1,
    Tag::H2,
    Tag::H3,
    Tag::H4,
    Tag::H5,
    Tag::H6,
    Tag::Td,
    Tag::Th,
    Tag::Caption,
    Tag::Li,
    Tag::Dt,
    Tag::Dd,
    Tag::Pre,
    Tag::Listing,
    Tag::Xmp,
    Tag::Figcaption,
    Tag::Summary,
    Tag::Legend,
]);

/// Whether browsers show the element in a line of text. Custom elements, such as `amp-ad`, are boxes.
pub(super) fn is_inline(element: &Element<'_>) -> bool {
    let is_custom = element.tag == Tag::Unknown && element.name.contains('-');
    !(element.tag.is_block() || is_custom)
}
