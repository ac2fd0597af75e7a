//! The vocabulary between the stages: elements open and close, and text stands between.
//!
//! Every `open` has its `close`, void elements too, and elements are closed in the order opposite to that
//! in which they were opened.

use std::borrow::Cow;
use std::rc::Rc;

use super::entity;
use super::tag::{SourceAttribute, SourceAttributes};

/// Receives the events of a body.
///
/// Text comes in pieces: that one text is one event is not promised.
pub(crate) trait EventSink<'a> {
    fn open(&mut self, element: &Element<'a>);
    fn close(&mut self, tag: Tag);
    fn text(&mut self, text: Cow<'a, str>);
    /// A text of nothing but spaces and line feeds: half of all texts, and mostly of no consequence.
    fn space(&mut self, space: &'a str) {
        self.text(Cow::Borrowed(space));
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
    tag: Tag,
    name: Cow<'a, str>,
    attrs: Option<Rc<[Attr<'a>]>>,
}

impl<'a> Element<'a> {
    pub(crate) fn keep(&self) -> KeptElement<'a> {
        let attrs = match &self.attrs.0 {
            Repr::None => None,
            Repr::List(attrs) => Some(Rc::clone(attrs)),
            Repr::Source(source) if source.len() == 0 => None,
            Repr::Source(source) => Some(
                source
                    .iter()
                    .map(|attr| Attr {
                        name: lower_case(attr.name()),
                        value: entity::decode_attribute(attr.value()),
                    })
                    .collect(),
            ),
        };
        KeptElement { tag: self.tag, name: self.name.clone(), attrs }
    }
}

impl<'a> KeptElement<'a> {
    pub(crate) fn element(self) -> Element<'a> {
        let Self { tag, name, attrs } = self;
        Element { tag, name, attrs: Attrs(attrs.map_or(Repr::None, Repr::List)) }
    }
}

/// An attribute's name in lower case.
pub(crate) fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

/// The attributes of a start tag.
#[derive(Debug, Clone)]
pub(crate) struct Attrs<'a>(Repr<'a>);

#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "a tag of the source is read in place, and kept in a smaller form"
)]
enum Repr<'a> {
    None,
    /// Those of a tree.
    List(Rc<[Attr<'a>]>),
    /// Those of a tag in the source, decoded on demand.
    Source(SourceAttributes<'a>),
}

/// One attribute: its name in lower case, and its value with the character references decoded.
#[derive(Debug, Clone)]
pub(crate) struct Attr<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: Cow<'a, str>,
}

/// An attribute as it is found, to be read on demand.
#[derive(Clone, Copy)]
pub(crate) struct RawAttr<'s, 'a>(RawRepr<'s, 'a>);

#[derive(Clone, Copy)]
enum RawRepr<'s, 'a> {
    Read(&'s Attr<'a>),
    Source(SourceAttribute<'a>),
}

impl<'s, 'a: 's> RawAttr<'s, 'a> {
    /// The name in any case.
    pub(crate) fn name(self) -> &'s str {
        match self.0 {
            RawRepr::Read(attr) => &attr.name,
            RawRepr::Source(attr) => attr.name(),
        }
    }

    /// The value with the character references decoded.
    pub(crate) fn value(self) -> Cow<'a, str> {
        match self.0 {
            RawRepr::Read(attr) => attr.value.clone(),
            RawRepr::Source(attr) => entity::decode_attribute(attr.value()),
        }
    }
}

impl<'a> Attrs<'a> {
    pub(crate) const NONE: Self = Self(Repr::None);

    /// Those of a tag in the source, which has none before it is read.
    pub(super) const SOURCE: Self = Self(Repr::Source(SourceAttributes::NONE));

    /// Where to read the attributes of a tag in the source to, if that is what these are.
    pub(super) fn source_mut(&mut self) -> Option<&mut SourceAttributes<'a>> {
        match &mut self.0 {
            Repr::Source(source) => Some(source),
            Repr::None | Repr::List(_) => None,
        }
    }

    /// The value of the first attribute with this name, which is in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let [value] = self.get_all([name]);
        value
    }

    /// The values of several attributes, found in one pass.
    pub(crate) fn get_all<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let mut found = [const { None }; N];
        match &self.0 {
            Repr::None => {}
            Repr::List(attrs) => {
                for attr in attrs.iter() {
                    if let Some(place) = names.iter().position(|name| *name == attr.name) {
                        found[place].get_or_insert_with(|| attr.value.clone());
                    }
                }
            }
            Repr::Source(source) => {
                for attr in source.iter() {
                    if let Some(place) = names.iter().position(|name| attr.is_named(name)) {
                        found[place].get_or_insert_with(|| entity::decode_attribute(attr.value()));
                    }
                }
            }
        }
        found
    }

    /// The values of the attributes that most rules are about.
    #[inline]
    pub(crate) fn id_and_class(&self) -> [Option<Cow<'a, str>>; 2] {
        match &self.0 {
            Repr::None => [None, None],
            Repr::List(_) => self.get_all(["id", "class"]),
            Repr::Source(source) => {
                let [id, class] = source.id_and_class();
                [id.map(entity::decode_attribute), class.map(entity::decode_attribute)]
            }
        }
    }

    /// The source of the values of `id` and `class`, if the attributes are read from it. Equal sources have equal values.
    #[inline]
    pub(crate) fn source_of_id_and_class(&self) -> Option<[Option<&'a str>; 2]> {
        match &self.0 {
            Repr::Source(source) => Some(source.id_and_class()),
            Repr::None | Repr::List(_) => None,
        }
    }

    /// The values of two attributes, found in one pass.
    pub(crate) fn get_both(&self, one: &str, other: &str) -> [Option<Cow<'a, str>>; 2] {
        self.get_all([one, other])
    }

    /// All attributes, those too that have the name of an earlier one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = RawAttr<'_, 'a>> {
        let (read, source) = match &self.0 {
            Repr::None => (None, None),
            Repr::List(attrs) => (Some(attrs), None),
            Repr::Source(source) => (None, Some(source)),
        };
        let read = read.into_iter().flat_map(|attrs| attrs.iter()).map(RawRepr::Read);
        let source = source.into_iter().flat_map(SourceAttributes::iter).map(RawRepr::Source);
        read.chain(source).map(RawAttr)
    }

    /// The source of the attributes, if they are read from it. Equal sources have equal attributes.
    pub(crate) fn source(&self) -> Option<&'a str> {
        match &self.0 {
            Repr::Source(source) => Some(source.as_str()),
            Repr::None | Repr::List(_) => None,
        }
    }

    /// The text that an emoji or a smiley stands for, if these are the attributes of its image.
    pub(crate) fn emoji(&self) -> Option<Cow<'a, str>> {
        let [alt, class, src] = self.get_all(["alt", "class", "src"]);
        if is_emoji(class.as_deref(), src.as_deref()) { alt.and_then(trimmed) } else { None }
    }

    /// The value without white space at its edges, if it is not empty then. HTML's white space is that of ASCII.
    pub(crate) fn get_trimmed(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name).and_then(trimmed)
    }

    pub(crate) fn is_empty(&self) -> bool {
        match &self.0 {
            Repr::None => true,
            Repr::List(attrs) => attrs.is_empty(),
            Repr::Source(source) => source.len() == 0,
        }
    }
}

impl<'a> FromIterator<Attr<'a>> for Attrs<'a> {
    fn from_iter<I: IntoIterator<Item = Attr<'a>>>(attrs: I) -> Self {
        let mut attrs = attrs.into_iter().peekable();
        Self(if attrs.peek().is_some() { Repr::List(attrs.collect()) } else { Repr::None })
    }
}

/// Whether an image of this class and source is an emoji or a smiley, which stands for a text.
pub(crate) fn is_emoji(class: Option<&str>, src: Option<&str>) -> bool {
    let mut names = class.unwrap_or_default().split_ascii_whitespace();
    names.any(|name| matches!(name, "emoji" | "wp-smiley" | "smiley" | "emoticon" | "emote"))
        || src.is_some_and(|src| src.contains("/images/core/emoji/"))
}

/// An attribute's value without white space at its edges, if it is not empty then. HTML's white space is that of ASCII.
pub(crate) fn trimmed(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let trimmed = value.trim_ascii();
    match trimmed.len() {
        0 => None,
        length if length == value.len() => Some(value),
        _ => Some(match value {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim_ascii()),
            Cow::Owned(_) => Cow::Owned(trimmed.to_owned()),
        }),
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

        /// The names of the elements that some stage knows.
        const KNOWN: &[(&[u8], Tag)] = &[$(($name, Tag::$variant),)*];
    };
}

/// The places in [`KNOWN`] by the [`slot_of`] their names; what is taken is followed by the next slot. A match on the
/// name would be many times as much code, on the way of every tag.
const SLOTS: [u8; 512] = {
    let mut slots = [NO_NAME; 512];
    let mut place = 0;
    while place < KNOWN.len() {
        let mut slot = slot_of(KNOWN[place].0);
        while slots[slot] != NO_NAME {
            slot = (slot + 1) % slots.len();
        }
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer names than that")]
        let small = place as u8;
        slots[slot] = small;
        place += 1;
    }
    slots
};

const NO_NAME: u8 = u8::MAX;

/// Where to look for a name first. The factors are such that nearly all known names have a slot of their own.
const fn slot_of(name: &[u8]) -> usize {
    match *name {
        [] => 0,
        [first, ..] => {
            let (middle, last) = (name[name.len() / 2], name[name.len() - 1]);
            (113 * first as usize + 101 * last as usize + 52 * middle as usize + 5 * name.len()) % 512
        }
    }
}

impl Tag {
    /// The element with this name in lower case.
    pub(crate) fn of(name: &str) -> Self {
        let mut slot = slot_of(name.as_bytes());
        while let Some((known, tag)) = KNOWN.get(usize::from(SLOTS[slot])) {
            if *known == name.as_bytes() {
                return *tag;
            }
            slot = (slot + 1) % SLOTS.len();
        }
        Self::Unknown
    }
}

tags! {
    A b"a", Address b"address", Applet b"applet", Area b"area", Article b"article", Aside b"aside", Audio b"audio",
    B b"b", Base b"base", Basefont b"basefont", Bgsound b"bgsound", Big b"big", Blockquote b"blockquote",
    Body b"body", Br b"br", Button b"button", Canvas b"canvas", Caption b"caption", Center b"center", Cite b"cite",
    Code b"code", Col b"col", Colgroup b"colgroup", Datalist b"datalist", Dd b"dd", Del b"del", Details b"details",
    Dfn b"dfn", Dialog b"dialog", Dir b"dir", Div b"div", Dl b"dl", Dt b"dt", Em b"em", Embed b"embed",
    Fieldset b"fieldset", Figcaption b"figcaption", Figure b"figure", Font b"font", Footer b"footer", Form b"form",
    Frame b"frame", Frameset b"frameset", H1 b"h1", H2 b"h2", H3 b"h3", H4 b"h4", H5 b"h5", H6 b"h6", Head b"head",
    Header b"header", Hgroup b"hgroup", Hr b"hr", Html b"html", I b"i", Iframe b"iframe", Image b"image", Img b"img",
    Input b"input", Ins b"ins", Isindex b"isindex", Kbd b"kbd", Keygen b"keygen", Legend b"legend", Li b"li",
    Link b"link", Listing b"listing", Main b"main", Mark b"mark", Marquee b"marquee", Math b"math", Menu b"menu",
    Meta b"meta", Nav b"nav", Nobr b"nobr", Noembed b"noembed", Noframes b"noframes", Noscript b"noscript",
    Object b"object", Ol b"ol", Optgroup b"optgroup", Option b"option", P b"p", Param b"param", Picture b"picture",
    Plaintext b"plaintext", Pre b"pre", Q b"q", Rb b"rb", Rp b"rp", Rt b"rt", Rtc b"rtc", Ruby b"ruby", S b"s",
    Samp b"samp", Script b"script", Search b"search", Section b"section", Select b"select", Small b"small",
    Source b"source", Span b"span", Strike b"strike", Strong b"strong", Style b"style", Sub b"sub",
    Summary b"summary", Sup b"sup", Svg b"svg", Table b"table", Tbody b"tbody", Td b"td", Template b"template",
    Textarea b"textarea", Tfoot b"tfoot", Th b"th", Thead b"thead", Title b"title", Tr b"tr", Track b"track",
    Tt b"tt", U b"u", Ul b"ul", Var b"var", Video b"video", Wbr b"wbr", Xmp b"xmp",
}

impl Tag {
    /// Whether browsers show the element on lines of its own.
    ///
    /// The rule is the list of `display: block` and the table and list displays in the HTML standard's
    /// chapter "Rendering".
    pub(crate) fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Body
                | Self::Caption
                | Self::Center
                | Self::Dd
                | Self::Details
                | Self::Dialog
                | Self::Dir
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Html
                | Self::Legend
                | Self::Li
                | Self::Listing
                | Self::Main
                | Self::Menu
                | Self::Nav
                | Self::Ol
                | Self::Optgroup
                | Self::Option
                | Self::P
                | Self::Plaintext
                | Self::Pre
                | Self::Search
                | Self::Section
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Tr
                | Self::Ul
                | Self::Xmp
        )
    }

    /// Whether browsers never show the text inside the element: it is data, or stands in for what a
    /// browser without support would miss.
    pub(crate) fn hides_text(self) -> bool {
        matches!(
            self,
            Self::Audio
                | Self::Canvas
                | Self::Head
                | Self::Iframe
                | Self::Noembed
                | Self::Noframes
                | Self::Object
                | Self::Script
                | Self::Style
                | Self::Template
                | Self::Title
                | Self::Video
        )
    }

    /// Whether the element shows or plays something else than text.
    pub(crate) fn is_media(self) -> bool {
        matches!(
            self,
            Self::Audio | Self::Embed | Self::Iframe | Self::Img | Self::Object | Self::Picture | Self::Video
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_their_names() {
        for (name, tag) in KNOWN {
            let name = std::str::from_utf8(name).unwrap();
            assert_eq!(Tag::of(name), *tag, "{name}");
            for other in [&name[1..], &format!("{name}x"), &name.to_ascii_uppercase()] {
                let is_known = KNOWN.iter().any(|(name, _)| *name == other.as_bytes());
                assert_eq!(Tag::of(other) != Tag::Unknown, is_known, "{other}");
            }
        }
        assert_eq!(Tag::of(""), Tag::Unknown);
    }
}
