//! The stack of open elements, with what the scanner asks of it most kept at hand.

use super::event::{Tag, TagSet};
use crate::bytes::{Head, Word};

/// An open element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'a> {
    pub(super) tag: Tag,
    name: Name<'a>,
    /// What was so around it.
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
    pub(super) head: Head,
}

impl<'a> Name<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, head: Head::of(text.as_bytes()) }
    }
}

/// What depends on the open elements.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    mode: Mode,
    /// Whether a paragraph is open in the scope of a button.
    paragraph: bool,
    /// Whether a link is open that was not left behind by a table's cell.
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
    Cell,
    Caption,
}

impl Mode {
    /// Whether this is in a table and in none of its cells.
    pub(super) fn is_between_cells(self) -> bool {
        matches!(self, Self::Table | Self::TableBody | Self::Row)
    }
}

/// The elements that are open, the innermost last.
#[derive(Debug)]
pub(super) struct OpenElements<'a> {
    stack: Vec<Open<'a>>,
    state: State,
}

impl<'a> OpenElements<'a> {
    /// None, and room for as many as are usual in a body of so many bytes.
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

    /// If `text`, which follows a `</`, is the plain end tag of the current element: the length up to the `>` and with it.
    pub(super) fn length_of_end_tag(&self, text: &[u8]) -> Option<usize> {
        let Name { text: name, head } = self.stack.last()?.name;
        let is_end = text.get(name.len()) == Some(&b'>')
            && Head::at(text, 0, name.len()) == head
            // A short name is all head.
            && (name.len() <= Word::SIZE || text.starts_with(name.as_bytes()));
        is_end.then_some(name.len() + 1)
    }

    pub(super) fn is_at(&self, place: usize, tag: Tag, name: &str) -> bool {
        self.stack[place].is(tag, name)
    }

    pub(super) fn tag_at(&self, place: usize) -> Tag {
        self.stack[place].tag
    }

    /// The tags from a place on.
    pub(super) fn tags_from(&self, place: usize) -> impl DoubleEndedIterator<Item = Tag> + ExactSizeIterator {
        self.stack[place..].iter().map(|open| open.tag)
    }

    pub(super) fn push(&mut self, tag: Tag, name: Name<'a>) {
        self.stack.push(Open { tag, name, outside: self.state });
        let state = &mut self.state;
        match tag {
            Tag::P => state.paragraph = true,
            Tag::A => state.link = true,
            Tag::Button => state.paragraph = false,
            Tag::Table => *state = State { mode: Mode::Table, paragraph: false, ..*state },
            Tag::Tbody | Tag::Thead | Tag::Tfoot => state.mode = Mode::TableBody,
            Tag::Tr => state.mode = Mode::Row,
            Tag::Td | Tag::Th => *state = State { mode: Mode::Cell, paragraph: false, link: false },
            Tag::Caption => *state = State { mode: Mode::Caption, paragraph: false, link: false },
            _ => {}
        }
    }

    /// The same for one that is not [`Start::Other`].
    pub(super) fn push_plain(&mut self, tag: Tag, name: Name<'a>) {
        self.stack.push(Open { tag, name, outside: self.state });
        self.state.paragraph |= tag == Tag::P;
    }

    pub(super) fn pop(&mut self) -> Option<Open<'a>> {
        let open = self.stack.pop()?;
        self.state = open.outside;
        Some(open)
    }

    /// Takes out the formatting element at a place, and leaves open what is inside.
    pub(super) fn remove_formatting(&mut self, place: usize) {
        let outside = self.stack.remove(place).outside;
        for open in &mut self.stack[place..] {
            open.outside.link = outside.link;
        }
        self.state.link = outside.link;
    }

    /// The place of the innermost element that is wanted.
    pub(super) fn rposition(&self, wanted: impl Fn(&Open<'a>) -> bool) -> Option<usize> {
        self.stack.iter().rposition(wanted)
    }

    /// The same, unless there is an element in between that is a scope.
    pub(super) fn find_in_scope(&self, wanted: impl Fn(&Open<'a>) -> bool) -> Option<usize> {
        self.find_before(wanted, Tag::is_scope)
    }

    pub(super) fn find_in_list_scope(&self, wanted: impl Fn(&Open<'a>) -> bool) -> Option<usize> {
        self.find_before(wanted, |tag| tag.is_scope() || matches!(tag, Tag::Ol | Tag::Ul))
    }

    /// The place of a part of the innermost table, or of the table.
    pub(super) fn find_in_table(&self, tag: Tag) -> Option<usize> {
        self.find_before(|open| open.tag == tag, |tag| tag == Tag::Table)
    }

    /// The place of a formatting element that was not left behind by a table's cell.
    pub(super) fn find_formatting(&self, tag: Tag) -> Option<usize> {
        self.find_before(|open| open.tag == tag, Tag::is_cell_or_caption)
    }

    fn find_before(&self, wanted: impl Fn(&Open<'a>) -> bool, stops: impl Fn(Tag) -> bool) -> Option<usize> {
        let place = self.rposition(|open| wanted(open) || stops(open.tag))?;
        wanted(&self.stack[place]).then_some(place)
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

/// What the start tag of each element does: nearly all that are found in posts do one of the simple things.
const STARTS: [Start; Tag::ALL.len()] = {
    use Tag as T;
    let mut starts = [Start::Inline; Tag::ALL.len()];
    let mut place = 0;
    while place < Tag::ALL.len() {
        let tag = Tag::ALL[place];
        starts[place] = match tag {
            T::A | T::Button | T::Hr | T::Iframe | T::Li | T::Dd | T::Dt | T::Rt | T::Rp => Start::Other,
            _ if tag.needs_reference() || tag.is_table_part() || tag.is_heading() => Start::Other,
            // A table has a mode of its own, and a line feed behind the others may be dropped.
            _ if matches!(tag, T::Table | T::Pre | T::Listing) => Start::Other,
            _ if tag.is_void() => Start::Void,
            _ if tag.closes_paragraph() => Start::Block,
            _ => Start::Inline,
        };
        place += 1;
    }
    starts
};

impl Tag {
    #[inline]
    pub(super) fn start(self) -> Start {
        STARTS[self as usize]
    }

    /// Whether the element never has content.
    pub(super) const fn is_void(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::Area,
            T::Base,
            T::Basefont,
            T::Bgsound,
            T::Br,
            T::Embed,
            T::Hr,
            T::Img,
            T::Input,
            T::Keygen,
            T::Link,
            T::Meta,
            T::Param,
            T::Source,
            T::Track,
            T::Wbr,
        ]);
        TAGS.contains(self)
    }

    /// Whether the element has rules that only the reference follows.
    pub(super) const fn needs_reference(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::Applet,
            T::Body,
            T::Col,
            T::Colgroup,
            T::Form,
            T::Frame,
            T::Frameset,
            T::Head,
            T::Html,
            T::Image,
            T::Isindex,
            T::Marquee,
            T::Math,
            T::Nobr,
            T::Noembed,
            T::Noframes,
            T::Object,
            T::Optgroup,
            T::Option,
            T::Plaintext,
            T::Rb,
            T::Rtc,
            T::Script,
            T::Select,
            T::Style,
            T::Svg,
            T::Template,
            T::Textarea,
            T::Title,
            T::Xmp,
        ]);
        TAGS.contains(self)
    }

    /// Whether the start tag of an element that is [inline](Start::Inline) or [void](Start::Void) opens formatting elements
    /// again that were closed by something else.
    pub(super) fn reconstructs(self) -> bool {
        use Tag as T;
        const NOT: TagSet =
            TagSet::of(&[T::Base, T::Basefont, T::Bgsound, T::Link, T::Meta, T::Param, T::Source, T::Track]);
        !NOT.contains(self)
    }

    /// The formatting elements of the standard, which open again when something else closes them.
    pub(super) fn is_formatting(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::A,
            T::B,
            T::Big,
            T::Code,
            T::Em,
            T::Font,
            T::I,
            T::Nobr,
            T::S,
            T::Small,
            T::Strike,
            T::Strong,
            T::Tt,
            T::U,
        ]);
        TAGS.contains(self)
    }

    pub(super) const fn is_heading(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[T::H1, T::H2, T::H3, T::H4, T::H5, T::H6]);
        TAGS.contains(self)
    }

    pub(super) fn is_cell_or_caption(self) -> bool {
        matches!(self, Self::Td | Self::Th | Self::Caption)
    }

    /// Whether the start tag means something in tables only.
    pub(super) const fn is_table_part(self) -> bool {
        use Tag as T;
        const TAGS: TagSet =
            TagSet::of(&[T::Caption, T::Col, T::Colgroup, T::Tbody, T::Td, T::Tfoot, T::Th, T::Thead, T::Tr]);
        TAGS.contains(self)
    }

    /// Whether the start tag ends an open paragraph.
    pub(super) const fn closes_paragraph(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::Address,
            T::Article,
            T::Aside,
            T::Blockquote,
            T::Center,
            T::Details,
            T::Dialog,
            T::Dir,
            T::Div,
            T::Dl,
            T::Fieldset,
            T::Figcaption,
            T::Figure,
            T::Footer,
            T::Header,
            T::Hgroup,
            T::Listing,
            T::Main,
            T::Menu,
            T::Nav,
            T::Ol,
            T::P,
            T::Pre,
            T::Search,
            T::Section,
            T::Summary,
            T::Table,
            T::Ul,
        ]);
        TAGS.contains(self)
    }

    /// Whether the end tag closes the element wherever it is open in scope, and is nothing elsewhere.
    pub(super) fn has_scoped_end(self) -> bool {
        matches!(self, Self::Button | Self::Dd | Self::Dt)
            || self.closes_paragraph() && !matches!(self, Self::P | Self::Table)
    }

    /// Whether the end tag can be left out in running text.
    pub(super) fn has_implied_end(self) -> bool {
        use Tag as T;
        const TAGS: TagSet =
            TagSet::of(&[T::Dd, T::Dt, T::Li, T::Optgroup, T::Option, T::P, T::Rb, T::Rp, T::Rt, T::Rtc]);
        TAGS.contains(self)
    }

    /// Whether the element is a border for most questions about open elements.
    pub(super) fn is_scope(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::Applet,
            T::Caption,
            T::Html,
            T::Marquee,
            T::Object,
            T::Select,
            T::Table,
            T::Td,
            T::Th,
            T::Template,
        ]);
        TAGS.contains(self)
    }

    /// The "special" elements of the standard, as far as they can be open here.
    pub(super) fn is_special(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::Address,
            T::Article,
            T::Aside,
            T::Blockquote,
            T::Button,
            T::Center,
            T::Dd,
            T::Details,
            T::Dir,
            T::Div,
            T::Dl,
            T::Dt,
            T::Fieldset,
            T::Figcaption,
            T::Figure,
            T::Footer,
            T::Header,
            T::Hgroup,
            T::Li,
            T::Listing,
            T::Main,
            T::Menu,
            T::Nav,
            T::Noscript,
            T::Ol,
            T::P,
            T::Pre,
            T::Section,
            T::Summary,
            T::Tbody,
            T::Tfoot,
            T::Thead,
            T::Tr,
            T::Ul,
        ]);
        self.is_scope() || self.is_heading() || TAGS.contains(self)
    }
}
