//! Which elements may be slots, and which room they take.

use crate::html::event::{Element, Tag, TagSet, words};

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

/// What the classes of texts for screen readers hold. A test holds them against those of `furniture.txt`.
pub(super) const UNSEEN: [&str; 9] = [
    "sr-only",
    "screen-reader",
    "screenreader",
    "visually-hidden",
    "visuallyhidden",
    "a11y-hidden",
    "a11y-only",
    "assistive-text",
    "element-invisible",
];

/// Whether the class of an element is one of those with which a text takes no room on the page.
pub(super) fn is_unseen(element: &Element<'_>) -> bool {
    let class = element.attrs.get("class").unwrap_or_default();
    words(&class).any(|word| UNSEEN.iter().any(|part| word.contains(part)))
}
