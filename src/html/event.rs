//! The vocabulary between the stages: elements open and close, and text stands between.
//!
//! Every `open` has its `close`, void elements too, and elements are closed in the order opposite to that
//! in which they were opened.

use std::borrow::Cow;
use std::rc::Rc;

use super::{entity, tag};

/// Receives the events of a body.
///
/// Text comes in pieces: that one text is one event is not promised.
pub(crate) trait EventSink<'a> {
    fn open(&mut self, element: &Element<'a>);
    fn close(&mut self, tag: Tag);
    fn text(&mut self, text: Cow<'a, str>);
}

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct Element<'a> {
    pub(crate) tag: Tag,
    /// The name in lower case.
    pub(crate) name: Cow<'a, str>,
    pub(crate) attrs: Attrs<'a>,
}

/// The attributes of a start tag. A clone costs a counter at most, not a copy.
#[derive(Debug, Clone)]
pub(crate) struct Attrs<'a>(Repr<'a>);

#[derive(Debug, Clone)]
enum Repr<'a> {
    None,
    /// Those of a tree.
    List(Rc<[Attr<'a>]>),
    /// The source between the tag's name and its end, to be read on demand.
    Source(&'a str),
}

/// One attribute: its name in lower case, and its value with the character references decoded.
#[derive(Debug, Clone)]
pub(crate) struct Attr<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: Cow<'a, str>,
}

impl<'a> Attrs<'a> {
    pub(crate) const NONE: Self = Self(Repr::None);

    /// The attributes in the source between a tag's name and its end.
    pub(super) fn from_source(source: &'a str) -> Self {
        // The shortest attribute is a separator and a letter.
        Self(if source.len() < 2 { Repr::None } else { Repr::Source(source) })
    }

    /// The value of the first attribute with this name, which is in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        match &self.0 {
            Repr::None => None,
            Repr::List(attrs) => attrs.iter().find(|attr| attr.name == name).map(|attr| attr.value.clone()),
            Repr::Source(source) => tag::attributes(source)
                .find(|attr| attr.name.eq_ignore_ascii_case(name))
                .map(|attr| entity::decode_attribute(attr.value)),
        }
    }

    /// The values of two attributes, found in one pass.
    pub(crate) fn get_both(&self, one: &str, other: &str) -> [Option<Cow<'a, str>>; 2] {
        let Repr::Source(source) = &self.0 else { return [self.get(one), self.get(other)] };
        let mut found = [None, None];
        for attr in tag::attributes(source) {
            let place = match attr.name {
                name if name.eq_ignore_ascii_case(one) => 0,
                name if name.eq_ignore_ascii_case(other) => 1,
                _ => continue,
            };
            found[place].get_or_insert_with(|| entity::decode_attribute(attr.value));
        }
        found
    }

    /// The value without white space at its edges, if it is not empty then.
    pub(crate) fn get_trimmed(&self, name: &str) -> Option<Cow<'a, str>> {
        let value = self.get(name)?;
        let trimmed = trim_html_space(&value);
        match trimmed.len() {
            0 => None,
            length if length == value.len() => Some(value),
            _ => Some(match value {
                Cow::Borrowed(value) => Cow::Borrowed(trim_html_space(value)),
                Cow::Owned(_) => Cow::Owned(trimmed.to_owned()),
            }),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.0, Repr::None)
    }
}

impl<'a> FromIterator<Attr<'a>> for Attrs<'a> {
    fn from_iter<I: IntoIterator<Item = Attr<'a>>>(attrs: I) -> Self {
        let mut attrs = attrs.into_iter().peekable();
        Self(if attrs.peek().is_some() { Repr::List(attrs.collect()) } else { Repr::None })
    }
}

/// The text without the white space at its edges, as HTML has it: not all that Unicode counts.
pub(crate) fn trim_html_space(text: &str) -> &str {
    text.trim_matches(is_html_space)
}

/// Whether HTML counts the character as white space: space, tab, line feed, form feed, carriage return.
pub(crate) fn is_html_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0c' | '\r')
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
            /// The element with this name in lower case.
            pub(crate) fn of(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    _ => Self::Unknown,
                }
            }

            /// The element with this name, whatever its case.
            pub(super) fn of_source(name: &str) -> Self {
                if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
                    Self::of(&name.to_ascii_lowercase())
                } else {
                    Self::of(name)
                }
            }
        }
    };
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
