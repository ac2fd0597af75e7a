//! Elements that some stage knows, and sets of them.

use super::name_prefix::NamePrefix;
use crate::bytes::Word;
use crate::equal::is_equal;

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
            pub(crate) const ALL: &[Self] = &[$(Self::$variant,)* Self::Unknown];

            /// How many there are.
            pub(crate) const COUNT: usize = Self::ALL.len();
        }

        /// The names of the elements that some stage knows.
        const KNOWN: &[Known] = &[$(Known::new($name, Tag::$variant),)*];
    };
}

struct Known {
    prefix: NamePrefix,
    name: &'static str,
    tag: Tag,
}

impl Known {
    const fn new(name: &'static str, tag: Tag) -> Self {
        Self { prefix: NamePrefix::of(name.as_bytes()), name, tag }
    }
}

/// For the [slot](slot_of) of each name, its index in [`KNOWN`]. A match on the name would be many times as
/// much code, on the way of every tag.
const SLOTS: [u8; 1 << SLOT_BITS] = {
    let mut slots = [NO_NAME; 1 << SLOT_BITS];
    let mut index = 0;
    while index < KNOWN.len() {
        let slot = slot_of(KNOWN[index].prefix);
        assert!(slots[slot] == NO_NAME, "two names in one slot: find another factor");
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer names than that")]
        let small = index as u8;
        slots[slot] = small;
        index += 1;
    }
    slots
};

const SLOT_BITS: u32 = 10;
const NO_NAME: u8 = u8::MAX;

/// The slot of a name with this prefix. The factor is such that every known name has a slot of its own.
#[inline]
const fn slot_of(prefix: NamePrefix) -> usize {
    prefix.hash(0x5d85_3f22_735c_ea67, SLOT_BITS)
}

impl Tag {
    /// The element with this name in lower case.
    pub(crate) fn of(name: &str) -> Self {
        Self::known(NamePrefix::of(name.as_bytes()), name.as_bytes()).map_or(Self::Unknown, |(tag, _)| tag)
    }

    /// The element with this name in lower case, which has this prefix, and the name as a `'static` text.
    #[inline]
    pub(super) fn known(prefix: NamePrefix, name: &[u8]) -> Option<(Self, &'static str)> {
        let known = KNOWN.get(usize::from(SLOTS[slot_of(prefix)]))?;
        let is_it = known.prefix == prefix && known.name.len() == name.len();
        // A short name is its prefix.
        (is_it && (name.len() <= Word::SIZE || is_equal(known.name, name))).then_some((known.tag, known.name))
    }

    /// The same for a name of `length` bytes, fewer than [`Word::SIZE`], which is its prefix.
    #[inline]
    pub(super) fn known_short(prefix: NamePrefix, length: usize) -> Option<(Self, &'static str)> {
        let known = KNOWN.get(usize::from(SLOTS[slot_of(prefix)]))?;
        (known.prefix == prefix && known.name.len() == length).then_some((known.tag, known.name))
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
    Meta "meta", Meter "meter", Nav "nav", Nobr "nobr", Noembed "noembed", Noframes "noframes", Noscript "noscript",
    Object "object", Ol "ol", Optgroup "optgroup", Option "option", P "p", Param "param", Picture "picture",
    Plaintext "plaintext", Pre "pre", Progress "progress", Q "q", Rb "rb", Rp "rp", Rt "rt", Rtc "rtc", Ruby "ruby", S "s",
    Samp "samp", Script "script", Search "search", Section "section", Select "select", Small "small",
    Source "source", Span "span", Strike "strike", Strong "strong", Style "style", Sub "sub",
    Summary "summary", Sup "sup", Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template",
    Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Title "title", Tr "tr", Track "track",
    Tt "tt", U "u", Ul "ul", Var "var", Video "video", Wbr "wbr", Xmp "xmp",
}

/// A set of elements: one bit for each, so that a question is one look and no branch.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TagSet([u64; Tag::ALL.len().div_ceil(64)]);

impl TagSet {
    pub(crate) const ALL: Self = Self([u64::MAX; Tag::ALL.len().div_ceil(64)]);

    pub(crate) const fn of(tags: &[Tag]) -> Self {
        let mut set = Self([0; Tag::ALL.len().div_ceil(64)]);
        let mut index = 0;
        while index < tags.len() {
            set.0[tags[index] as usize / 64] |= 1 << (tags[index] as usize % 64);
            index += 1;
        }
        set
    }

    /// The elements in this set or in the other.
    pub(crate) const fn union(mut self, other: Self) -> Self {
        let mut index = 0;
        while index < self.0.len() {
            self.0[index] |= other.0[index];
            index += 1;
        }
        self
    }

    /// The elements in this set that are not in the other.
    pub(crate) const fn without(mut self, other: Self) -> Self {
        let mut index = 0;
        while index < self.0.len() {
            self.0[index] &= !other.0[index];
            index += 1;
        }
        self
    }

    pub(crate) fn join(&mut self, other: Self) {
        *self = self.union(other);
    }

    #[inline]
    pub(crate) const fn contains(&self, tag: Tag) -> bool {
        self.0[tag as usize / 64] >> (tag as usize % 64) & 1 == 1
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
