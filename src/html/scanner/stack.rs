//! The stack of open elements, with what the scanner asks of it most kept at hand.

use crate::bytes::Word;
use crate::equal::begins_with;
use crate::html::name_prefix::NamePrefix;
use crate::html::tag::{Tag, TagSet};

/// An open element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'a> {
    pub(super) tag: Tag,
    name: Name<'a>,
    /// What the state was before the element opened.
    outside: State,
}

impl Open<'_> {
    /// Whether the element has this name.
    pub(super) fn is(&self, tag: Tag, name: &str) -> bool {
        self.tag == tag && (tag != Tag::Unknown || self.name.text.eq_ignore_ascii_case(name))
    }
}

/// A name in the letters of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    /// What it begins with.
    pub(super) prefix: NamePrefix,
}

impl<'a> Name<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, prefix: NamePrefix::of(text.as_bytes()) }
    }
}

/// What depends on the open elements.
#[derive(Debug, Clone, Copy, Default)]
// It is copied with each element, as one number.
#[repr(align(4))]
struct State {
    mode: Mode,
    /// Whether a paragraph is open in the scope of a button.
    paragraph: bool,
    /// Whether a link is open, and no cell of a table or object in it.
    link: bool,
}

/// The insertion mode of the HTML standard, as far as the scanner goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mode {
    #[default]
    Body,
    Table,
    TableBody,
    Row,
    ColumnGroup,
    Cell,
    Caption,
}

impl Mode {
    /// Whether this is in a table and in none of its cells.
    pub(super) fn is_between_cells(self) -> bool {
        matches!(self, Self::Table | Self::TableBody | Self::Row | Self::ColumnGroup)
    }
}

/// The elements that are open, the innermost last.
#[derive(Debug)]
pub(super) struct OpenElements<'a> {
    stack: Vec<Open<'a>>,
    state: State,
}

impl<'a> OpenElements<'a> {
    /// No elements yet, and room for as many as are usual in a body of `body_bytes`.
    pub(super) fn new(body_bytes: usize) -> Self {
        Self { stack: Vec::with_capacity((body_bytes / 128).clamp(4, 16)), state: State::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn mode(&self) -> Mode {
        self.state.mode
    }

    pub(super) fn has_paragraph(&self) -> bool {
        self.state.paragraph
    }

    pub(super) fn has_link(&self) -> bool {
        self.state.link
    }

    /// The innermost element; around all of them is the fragment's root.
    pub(super) fn current(&self) -> Tag {
        self.stack.last().map_or(Tag::Html, |open| open.tag)
    }

    pub(super) fn current_is(&self, tag: Tag, name: &str) -> bool {
        self.stack.last().is_some_and(|open| open.is(tag, name))
    }

    /// Takes off the current element if `word`, which follows a `</`, is its plain end tag, as far as one
    /// look can tell. Returns its tag, and the length of its name.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn pop_at_end_tag(&mut self, word: Word) -> Option<(Tag, usize)> {
        let Open { tag, name: Name { text, prefix }, outside } = *self.stack.last()?;
        if !prefix.is_tag(word, text.len()) {
            return None;
        }
        self.stack.pop();
        self.state = outside;
        Some((tag, text.len()))
    }

    /// If `text`, which follows a `</`, is the plain end tag of the current element: the length up to the `>`
    /// and with it.
    pub(super) fn length_of_end_tag(&self, text: &[u8]) -> Option<usize> {
        let Name { text: name, prefix } = self.stack.last()?.name;
        let is_end = text.get(name.len()) == Some(&b'>')
            && NamePrefix::at(text, 0, name.len()) == prefix
            // A short name is its prefix.
            && (name.len() <= Word::SIZE || begins_with(text, name));
        is_end.then_some(name.len() + 1)
    }

    pub(super) fn is_at(&self, index: usize, tag: Tag, name: &str) -> bool {
        self.stack[index].is(tag, name)
    }

    pub(super) fn tag_at(&self, index: usize) -> Tag {
        self.stack[index].tag
    }

    /// The tags from `index` on.
    pub(super) fn tags_from(&self, index: usize) -> impl DoubleEndedIterator<Item = Tag> + ExactSizeIterator {
        self.stack[index..].iter().map(|open| open.tag)
    }

    #[expect(clippy::inline_always, reason = "called for each element with rules of its own")]
    #[inline(always)]
    pub(super) fn push(&mut self, tag: Tag, name: Name<'a>) {
        self.stack.push(Open { tag, name, outside: self.state });
        let state = &mut self.state;
        match tag {
            Tag::P => state.paragraph = true,
            Tag::A => state.link = true,
            Tag::Button | Tag::Select => state.paragraph = false,
            Tag::Applet | Tag::Marquee | Tag::Object => (state.paragraph, state.link) = (false, false),
            Tag::Table => *state = State { mode: Mode::Table, paragraph: false, ..*state },
            Tag::Tbody | Tag::Thead | Tag::Tfoot => state.mode = Mode::TableBody,
            Tag::Tr => state.mode = Mode::Row,
            Tag::Colgroup => state.mode = Mode::ColumnGroup,
            Tag::Td | Tag::Th => *state = State { mode: Mode::Cell, paragraph: false, link: false },
            Tag::Caption => *state = State { mode: Mode::Caption, paragraph: false, link: false },
            _ => {}
        }
    }

    /// The same for one that is not [`Start::Other`].
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn push_plain(&mut self, tag: Tag, name: Name<'a>) {
        self.stack.push(Open { tag, name, outside: self.state });
        self.state.paragraph |= tag == Tag::P;
    }

    pub(super) fn pop(&mut self) -> Option<Open<'a>> {
        let open = self.stack.pop()?;
        self.state = open.outside;
        Some(open)
    }

    /// Takes out the formatting element at `index`, and leaves open what is inside.
    pub(super) fn remove_formatting(&mut self, index: usize) {
        let outside = self.stack.remove(index).outside;
        for open in &mut self.stack[index..] {
            open.outside.link = outside.link;
        }
        self.state.link = outside.link;
    }

    /// The index of the innermost element that is wanted.
    pub(super) fn rposition(&self, wanted: impl Fn(&Open<'a>) -> bool) -> Option<usize> {
        self.stack.iter().rposition(wanted)
    }

    /// The same, if that is [in
    /// scope](https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope).
    pub(super) fn find_in_scope(&self, wanted: impl Fn(&Open<'a>) -> bool) -> Option<usize> {
        self.find_before(wanted, Tag::is_scope)
    }

    /// The same in [list item
    /// scope](https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-list-item-scope).
    pub(super) fn find_in_list_scope(&self, wanted: impl Fn(&Open<'a>) -> bool) -> Option<usize> {
        self.find_before(wanted, |tag| tag.is_scope() || matches!(tag, Tag::Ol | Tag::Ul))
    }

    /// The index of a part of the innermost table, or of that table.
    pub(super) fn find_in_table(&self, tag: Tag) -> Option<usize> {
        self.find_before(|open| open.tag == tag, |tag| tag == Tag::Table)
    }

    /// The index of the innermost formatting element with this tag, if no [marker](Tag::is_marker) is open in
    /// it.
    pub(super) fn find_formatting(&self, tag: Tag) -> Option<usize> {
        self.find_before(|open| open.tag == tag, Tag::is_marker)
    }

    fn find_before(&self, wanted: impl Fn(&Open<'a>) -> bool, stops: impl Fn(Tag) -> bool) -> Option<usize> {
        let index = self.rposition(|open| wanted(open) || stops(open.tag))?;
        wanted(&self.stack[index]).then_some(index)
    }
}

/// What the start tag of an element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It opens.
    Inline,
    /// It ends an open paragraph, and opens.
    Block,
    /// It has no content.
    Void,
    /// It has rules of its own.
    Other,
}

/// Elements with rules of their own that hardly any article holds.
const RARE: TagSet = {
    use Tag as T;
    const DOCUMENT: TagSet = TagSet::of(&[T::Body, T::Frame, T::Frameset, T::Head, T::Html, T::Title]);
    const FORM: TagSet = TagSet::of(&[T::Form, T::Input, T::Optgroup, T::Option, T::Select, T::Textarea]);
    const TEXT: TagSet = TagSet::of(&[T::Noembed, T::Noframes, T::Plaintext, T::Script, T::Style, T::Xmp]);
    const OTHER: TagSet = TagSet::of(&[T::Col, T::Image, T::Math, T::Nobr, T::Svg, T::Template]);
    DOCUMENT.union(FORM).union(TEXT).union(OTHER)
};

/// Other elements with rules of their own.
const OWN_RULES: TagSet = {
    use Tag as T;
    const ITEM: TagSet = TagSet::of(&[T::Dd, T::Dt, T::Li, T::Rb, T::Rp, T::Rt, T::Rtc]);
    const MARKER: TagSet = TagSet::of(&[T::Applet, T::Marquee, T::Object]);
    TagSet::of(&[T::A, T::Button, T::Hr, T::Iframe]).union(ITEM).union(MARKER)
};

/// What the start tag of each element does: nearly all that are found in posts do one of the simple things.
const STARTS: [Start; Tag::ALL.len()] = {
    use Tag as T;
    let mut starts = [Start::Inline; Tag::ALL.len()];
    let mut index = 0;
    while index < Tag::ALL.len() {
        let tag = Tag::ALL[index];
        starts[index] = match tag {
            _ if RARE.contains(tag) || OWN_RULES.contains(tag) || tag.is_table_part() || tag.is_heading() => {
                Start::Other
            }
            // A table has a mode of its own, and a line feed after the others may be dropped.
            _ if matches!(tag, T::Table | T::Pre | T::Listing) => Start::Other,
            _ if tag.is_void() => Start::Void,
            _ if tag.closes_paragraph() => Start::Block,
            _ => Start::Inline,
        };
        index += 1;
    }
    starts
};

impl Tag {
    /// Whether the element has rules of its own, and hardly any article holds it.
    #[inline]
    pub(super) const fn is_rare(self) -> bool {
        RARE.contains(self)
    }

    #[inline]
    pub(super) fn start(self) -> Start {
        STARTS[self as usize]
    }
}
