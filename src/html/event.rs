//! The vocabulary between the stages: elements open and close, and text stands between.
//!
//! Every `open` has its `close`, void elements too, and elements are closed in the order opposite to that
//! in which they were opened.

use std::borrow::Cow;

use super::attrs::KeptAttrs;
pub(crate) use super::attrs::{Attr, Attrs, Names, RawAttr, emoji, lower_case, trimmed};
use crate::bytes::{Head, Word};

/// Receives the events of a body.
///
/// Text comes in pieces: that one text is one event is not promised.
pub(crate) trait EventSink<'a> {
    fn open(&mut self, element: &Element<'a>);
    fn close(&mut self, tag: Tag);
    /// A text of the source.
    fn text(&mut self, text: &'a str);
    /// A text that does not stand in the source: what a reference stands for, or a text of a tree.
    fn other_text(&mut self, text: &str);
    /// A text of the source that is nothing but spaces and line feeds: half of all texts, and mostly of no consequence.
    fn space(&mut self, space: &'a str) {
        self.text(space);
    }
}

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct Element<'a> {
    pub(crate) tag: Tag,
    /// The name in lower case.
    pub(crate) name: Cow<'a, str>,
    pub(crate) attrs: Attrs<'a>,
}

/// A start tag that is kept for later, in less room.
#[derive(Debug)]
pub(crate) struct KeptElement<'a> {
    pub(crate) tag: Tag,
    name: Cow<'a, str>,
    attrs: KeptAttrs<'a>,
}

impl<'a> Element<'a> {
    pub(crate) fn keep(&self) -> KeptElement<'a> {
        KeptElement { tag: self.tag, name: self.name.clone(), attrs: self.attrs.keep() }
    }
}

impl<'a> KeptElement<'a> {
    pub(crate) fn element(&self) -> Element<'a> {
        Element { tag: self.tag, name: self.name.clone(), attrs: Attrs::kept(&self.attrs) }
    }
}

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// The elements that some stage knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Tag {
            $($variant,)*
            /// Any other element.
            Unknown,
        }

        impl Tag {
            /// All of them, in order.
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)* Self::Unknown];
        }

        /// The names of the elements that some stage knows.
        const KNOWN: &[Known] = &[$(Known::new($name, Tag::$variant),)*];
    };
}

struct Known {
    head: Head,
    name: &'static str,
    tag: Tag,
}

impl Known {
    const fn new(name: &'static str, tag: Tag) -> Self {
        Self { head: Head::of(name.as_bytes()), name, tag }
    }
}

/// The places in [`KNOWN`] by the [`slot_of`] the heads of their names. A match on the name would be many times as much
/// code, on the way of every tag.
const SLOTS: [u8; 1 << SLOT_BITS] = {
    let mut slots = [NO_NAME; 1 << SLOT_BITS];
    let mut place = 0;
    while place < KNOWN.len() {
        let slot = slot_of(KNOWN[place].head);
        assert!(slots[slot] == NO_NAME, "two names in one slot: find another factor");
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer names than that")]
        let small = place as u8;
        slots[slot] = small;
        place += 1;
    }
    slots
};

const SLOT_BITS: u32 = 10;
const NO_NAME: u8 = u8::MAX;

/// The slot of a name that begins so. The factor is such that every known name has a slot of its own.
#[inline]
const fn slot_of(head: Head) -> usize {
    head.spread(0x5d85_3f22_735c_ea67, SLOT_BITS)
}

impl Tag {
    /// The element with this name in lower case.
    pub(crate) fn of(name: &str) -> Self {
        Self::known(Head::of(name.as_bytes()), name.as_bytes()).map_or(Self::Unknown, |(tag, _)| tag)
    }

    /// The element with this name in lower case, which begins so, and the name as it is kept for good.
    #[inline]
    pub(super) fn known(head: Head, name: &[u8]) -> Option<(Self, &'static str)> {
        let known = KNOWN.get(usize::from(SLOTS[slot_of(head)]))?;
        let is_it = known.head == head && known.name.len() == name.len();
        // A short name is all head.
        (is_it && (name.len() <= Word::SIZE || known.name.as_bytes() == name))
            .then_some((known.tag, known.name))
    }
}

tags! {
    A "a", Address "address", Applet "applet", Area "area", Article "article", Aside "aside", Audio "audio",
    B "b", Base "base", Basefont "basefont", Bgsound "bgsound", Big "big", Blockquote "blockquote",
    Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption", Center "center", Cite "cite",
    Code "code", Col "col", Colgroup "colgroup", Datalist "datalist", Dd "dd", Del "del", Details "details",
    Dfn "dfn", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed",
    Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer", Form "form",
    Frame "frame", Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head",
    Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe", Image "image", Img "img",
    Input "input", Ins "ins", Isindex "isindex", Kbd "kbd", Keygen "keygen", Legend "legend", Li "li",
    Link "link", Listing "listing", Main "main", Mark "mark", Marquee "marquee", Math "math", Menu "menu",
    Meta "meta", Nav "nav", Nobr "nobr", Noembed "noembed", Noframes "noframes", Noscript "noscript",
    Object "object", Ol "ol", Optgroup "optgroup", Option "option", P "p", Param "param", Picture "picture",
    Plaintext "plaintext", Pre "pre", Q "q", Rb "rb", Rp "rp", Rt "rt", Rtc "rtc", Ruby "ruby", S "s",
    Samp "samp", Script "script", Search "search", Section "section", Select "select", Small "small",
    Source "source", Span "span", Strike "strike", Strong "strong", Style "style", Sub "sub",
    Summary "summary", Sup "sup", Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template",
    Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Title "title", Tr "tr", Track "track",
    Tt "tt", U "u", Ul "ul", Var "var", Video "video", Wbr "wbr", Xmp "xmp",
}

/// A set of elements, to be asked without a branch an element.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TagSet([u64; Tag::ALL.len().div_ceil(64)]);

impl TagSet {
    pub(crate) const ALL: Self = Self([u64::MAX; Tag::ALL.len().div_ceil(64)]);

    pub(crate) const fn of(tags: &[Tag]) -> Self {
        let mut set = Self([0; Tag::ALL.len().div_ceil(64)]);
        let mut place = 0;
        while place < tags.len() {
            set.0[tags[place] as usize / 64] |= 1 << (tags[place] as usize % 64);
            place += 1;
        }
        set
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, more)| *word |= more);
    }

    #[inline]
    pub(crate) const fn contains(self, tag: Tag) -> bool {
        self.0[tag as usize / 64] >> (tag as usize % 64) & 1 == 1
    }
}

impl Tag {
    /// Whether browsers show the element on lines of its own.
    ///
    /// The rule is the list of `display: block` and the table and list displays in the HTML standard's
    /// chapter "Rendering".
    pub(crate) fn is_block(self) -> bool {
        use Tag as T;
        const TAGS: TagSet = TagSet::of(&[
            T::Address,
            T::Article,
            T::Aside,
            T::Blockquote,
            T::Body,
            T::Caption,
            T::Center,
            T::Dd,
            T::Details,
            T::Dialog,
            T::Dir,
            T::Div,
            T::Dl,
            T::Dt,
            T::Fieldset,
            T::Figcaption,
            T::Figure,
            T::Footer,
            T::Form,
            T::H1,
            T::H2,
            T::H3,
            T::H4,
            T::H5,
            T::H6,
            T::Header,
            T::Hgroup,
            T::Hr,
            T::Html,
            T::Legend,
            T::Li,
            T::Listing,
            T::Main,
            T::Menu,
            T::Nav,
            T::Ol,
            T::Optgroup,
            T::Option,
            T::P,
            T::Plaintext,
            T::Pre,
            T::Search,
            T::Section,
            T::Summary,
            T::Table,
            T::Tbody,
            T::Td,
            T::Tfoot,
            T::Th,
            T::Thead,
            T::Tr,
            T::Ul,
            T::Xmp,
        ]);
        TAGS.contains(self)
    }

    /// The elements inside which browsers never show text: it is data, or stands in for what a browser without support
    /// would miss.
    pub(crate) const HIDE_TEXT: TagSet = {
        use Tag as T;
        TagSet::of(&[
            T::Audio,
            T::Canvas,
            T::Head,
            T::Iframe,
            T::Noembed,
            T::Noframes,
            T::Object,
            T::Script,
            T::Style,
            T::Template,
            T::Title,
            T::Video,
        ])
    };

    /// Whether browsers never show the text inside the element.
    #[inline]
    pub(crate) fn hides_text(self) -> bool {
        Self::HIDE_TEXT.contains(self)
    }

    /// Whether the element shows or plays something else than text.
    pub(crate) fn is_media(self) -> bool {
        use Tag as T;
        const TAGS: TagSet =
            TagSet::of(&[T::Audio, T::Embed, T::Iframe, T::Img, T::Object, T::Picture, T::Video]);
        TAGS.contains(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_their_names() {
        for Known { name, tag, .. } in KNOWN {
            assert_eq!(Tag::of(name), *tag, "{name}");
            for other in [&name[1..], &format!("{name}x"), &name.to_ascii_uppercase()] {
                let is_known = KNOWN.iter().any(|known| *known.name == *other);
                assert_eq!(Tag::of(other) != Tag::Unknown, is_known, "{other}");
            }
        }
        assert_eq!(Tag::of(""), Tag::Unknown);
    }
}
