//! The vocabulary between the stages: elements open and close, and text stands between.
//!
//! Every `open` has its `close`, void elements too, and elements are closed in the order opposite to that
//! in which they were opened.

use std::borrow::Cow;
use std::rc::Rc;

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

/// The attributes of a start tag. A clone costs a counter, not a copy.
#[derive(Debug, Clone)]
pub(crate) struct Attrs<'a>(Option<Rc<[Attr<'a>]>>);

/// One attribute: its name in lower case, and its value with the character references decoded.
#[derive(Debug, Clone)]
pub(crate) struct Attr<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: Cow<'a, str>,
}

impl<'a> Attrs<'a> {
    pub(crate) const NONE: Self = Self(None);

    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.0.as_deref()?.iter().find(|attr| attr.name == name).map(|attr| attr.value.clone())
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
        self.0.is_none()
    }
}

impl<'a> FromIterator<Attr<'a>> for Attrs<'a> {
    fn from_iter<I: IntoIterator<Item = Attr<'a>>>(attrs: I) -> Self {
        let mut attrs = attrs.into_iter().peekable();
        Self(attrs.peek().is_some().then(|| attrs.collect()))
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
        }
    };
}

tags! {
    A "a", Address "address", Article "article", Aside "aside", Audio "audio", B "b", Blockquote "blockquote",
    Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption", Center "center", Cite "cite",
    Code "code", Datalist "datalist", Dd "dd", Del "del", Details "details", Dfn "dfn", Dialog "dialog",
    Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed", Fieldset "fieldset",
    Figcaption "figcaption", Figure "figure", Footer "footer", Form "form", H1 "h1", H2 "h2", H3 "h3",
    H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i",
    Iframe "iframe", Img "img", Input "input", Ins "ins", Kbd "kbd", Legend "legend", Li "li",
    Listing "listing", Main "main", Mark "mark", Menu "menu", Nav "nav", Noembed "noembed",
    Noframes "noframes", Noscript "noscript", Object "object", Ol "ol", Optgroup "optgroup",
    Option "option", P "p", Picture "picture", Plaintext "plaintext", Pre "pre", Q "q", Rt "rt",
    S "s", Samp "samp", Script "script", Search "search", Section "section", Select "select", Small "small",
    Source "source", Span "span", Strike "strike", Strong "strong", Style "style", Sub "sub",
    Summary "summary", Sup "sup", Table "table", Tbody "tbody", Td "td", Template "template",
    Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Title "title", Tr "tr", Tt "tt", U "u",
    Ul "ul", Var "var", Video "video", Xmp "xmp",
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
