//! The sets of elements that the HTML standard has rules for, and the questions that stages ask of an
//! element.
//!
//! Where a set has a definition in the standard, its doc links to it.

use super::tag::{Tag, TagSet};
use Tag as T;

/// [Void elements](https://html.spec.whatwg.org/multipage/syntax.html#void-elements), those that are no
/// longer valid among them: they have no content and no end tag.
const VOID: TagSet = TagSet::of(&[
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

/// [Headings](https://html.spec.whatwg.org/multipage/sections.html#the-h1,-h2,-h3,-h4,-h5,-and-h6-elements).
const HEADING: TagSet = TagSet::of(&[T::H1, T::H2, T::H3, T::H4, T::H5, T::H6]);

/// The parts of tables: their start tags are ignored outside a
/// [table](https://html.spec.whatwg.org/multipage/tables.html#the-table-element).
const TABLE_PART: TagSet =
    TagSet::of(&[T::Caption, T::Col, T::Colgroup, T::Tbody, T::Td, T::Tfoot, T::Th, T::Thead, T::Tr]);

/// Start tags that [close a `p`
/// element](https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody) in button scope, other
/// than headings and items.
const CLOSES_PARAGRAPH: TagSet = TagSet::of(&[
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

/// End tags that close their element wherever it is [in scope](SCOPE), and are ignored elsewhere.
const SCOPED_END: TagSet = CLOSES_PARAGRAPH.without(TagSet::of(&[T::P, T::Table])).union(TagSet::of(&[
    T::Button,
    T::Dd,
    T::Dt,
    T::Select,
]));

/// Elements for which [implied end
/// tags](https://html.spec.whatwg.org/multipage/parsing.html#generate-implied-end-tags) are generated.
const IMPLIED_END: TagSet =
    TagSet::of(&[T::Dd, T::Dt, T::Li, T::Optgroup, T::Option, T::P, T::Rb, T::Rp, T::Rt, T::Rtc]);

/// What ends a [scope](https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope).
const SCOPE: TagSet = TagSet::of(&[
    T::Applet,
    T::Caption,
    T::Html,
    T::Marquee,
    T::Object,
    T::Select,
    T::Table,
    T::Td,
    T::Template,
    T::Th,
]);

/// The [special](https://html.spec.whatwg.org/multipage/parsing.html#special) elements, as far as they can be
/// open in the scanner.
const SPECIAL: TagSet = SCOPE
    .union(HEADING)
    .union(CLOSES_PARAGRAPH.without(TagSet::of(&[T::Dialog, T::Search])))
    .union(TagSet::of(&[
        T::Button,
        T::Colgroup,
        T::Dd,
        T::Dt,
        T::Form,
        T::Isindex,
        T::Li,
        T::Noscript,
        T::Tbody,
        T::Tfoot,
        T::Thead,
        T::Tr,
    ]));

/// The [formatting](https://html.spec.whatwg.org/multipage/parsing.html#formatting) elements: they open again
/// when something else closes them.
const FORMATTING: TagSet = TagSet::of(&[
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

/// Inline and void elements whose start tags do not [reconstruct the active formatting
/// elements](https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements).
const NO_RECONSTRUCTION: TagSet =
    TagSet::of(&[T::Base, T::Basefont, T::Bgsound, T::Link, T::Meta, T::Param, T::Source, T::Track]);

/// Start tags that [end SVG and
/// MathML](https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign); a `<font>` does with
/// some attributes.
const ENDS_FOREIGN: TagSet = TagSet::of(&[
    T::B,
    T::Big,
    T::Blockquote,
    T::Body,
    T::Br,
    T::Center,
    T::Code,
    T::Dd,
    T::Div,
    T::Dl,
    T::Dt,
    T::Em,
    T::Embed,
    T::Font,
    T::H1,
    T::H2,
    T::H3,
    T::H4,
    T::H5,
    T::H6,
    T::Head,
    T::Hr,
    T::I,
    T::Img,
    T::Li,
    T::Listing,
    T::Menu,
    T::Meta,
    T::Nobr,
    T::Ol,
    T::P,
    T::Pre,
    T::Ruby,
    T::S,
    T::Small,
    T::Span,
    T::Strike,
    T::Strong,
    T::Sub,
    T::Sup,
    T::Table,
    T::Tt,
    T::U,
    T::Ul,
    T::Var,
]);

/// What browsers show on lines of its own: `display: block`, and the displays of tables and lists, in the
/// standard's chapter [Rendering](https://html.spec.whatwg.org/multipage/rendering.html).
const BLOCK: TagSet = CLOSES_PARAGRAPH.union(HEADING).union(TagSet::of(&[
    T::Body,
    T::Caption,
    T::Dd,
    T::Dt,
    T::Form,
    T::Hr,
    T::Html,
    T::Legend,
    T::Li,
    T::Optgroup,
    T::Option,
    T::Plaintext,
    T::Tbody,
    T::Td,
    T::Tfoot,
    T::Th,
    T::Thead,
    T::Tr,
    T::Xmp,
]));

/// Elements that show or play a file: [embedded
/// content](https://html.spec.whatwg.org/multipage/dom.html#embedded-content-2) other than drawings and
/// formulas.
const MEDIA: TagSet = TagSet::of(&[T::Audio, T::Embed, T::Iframe, T::Img, T::Object, T::Picture, T::Video]);

impl Tag {
    /// The elements inside which browsers never show text: it is data, or stands in for what a browser
    /// without support would miss.
    pub(crate) const HIDE_TEXT: TagSet = TagSet::of(&[
        T::Audio,
        T::Canvas,
        T::Head,
        T::Iframe,
        T::Meter,
        T::Noembed,
        T::Noframes,
        T::Object,
        T::Progress,
        // Parentheses for browsers that show no readings.
        T::Rp,
        T::Script,
        T::Style,
        T::Template,
        T::Title,
        T::Video,
    ]);

    /// Whether browsers never show the text inside the element.
    #[inline]
    pub(crate) fn hides_text(self) -> bool {
        Self::HIDE_TEXT.contains(self)
    }

    /// Whether browsers show the element on lines of its own.
    pub(crate) fn is_block(self) -> bool {
        BLOCK.contains(self)
    }

    /// Whether the element shows or plays something else than text.
    pub(crate) fn is_media(self) -> bool {
        MEDIA.contains(self)
    }

    /// Whether the element never has content.
    pub(crate) const fn is_void(self) -> bool {
        VOID.contains(self)
    }

    pub(crate) const fn is_heading(self) -> bool {
        HEADING.contains(self)
    }

    pub(super) fn is_cell_or_caption(self) -> bool {
        matches!(self, Self::Td | Self::Th | Self::Caption)
    }

    /// Whether formatting elements around the element end where it begins, until it ends: its start tag puts
    /// a [marker](https://html.spec.whatwg.org/multipage/parsing.html#concept-parser-marker) on the list of
    /// active formatting elements.
    pub(super) fn is_marker(self) -> bool {
        self.is_cell_or_caption() || self.is_object()
    }

    pub(super) fn is_object(self) -> bool {
        matches!(self, Self::Applet | Self::Marquee | Self::Object)
    }

    /// Whether the start tag means something in tables only.
    pub(super) const fn is_table_part(self) -> bool {
        TABLE_PART.contains(self)
    }

    /// Whether the start tag ends an open paragraph.
    pub(super) const fn closes_paragraph(self) -> bool {
        CLOSES_PARAGRAPH.contains(self)
    }

    /// Whether the end tag closes the element wherever it is open in scope, and is ignored elsewhere.
    pub(super) fn has_scoped_end(self) -> bool {
        SCOPED_END.contains(self)
    }

    /// Whether the end tag can be left out in running text.
    pub(super) fn has_implied_end(self) -> bool {
        IMPLIED_END.contains(self)
    }

    /// Whether the element ends a scope, in which open elements are looked for.
    pub(super) fn is_scope(self) -> bool {
        SCOPE.contains(self)
    }

    /// Whether the element is special.
    pub(super) fn is_special(self) -> bool {
        SPECIAL.contains(self)
    }

    /// Whether the element is a formatting element.
    pub(super) fn is_formatting(self) -> bool {
        FORMATTING.contains(self)
    }

    /// Whether the start tag of an inline or void element opens formatting elements again that something else
    /// has closed.
    pub(super) fn reconstructs(self) -> bool {
        !NO_RECONSTRUCTION.contains(self)
    }

    /// Whether the start tag may end the drawing or the formula that it stands in.
    pub(super) fn may_end_foreign(self) -> bool {
        ENDS_FOREIGN.contains(self)
    }

    /// The HTML element that stands for one of SVG or `MathML` with this name. Most are no more than their
    /// text.
    pub(super) fn of_foreign(name: &str) -> Self {
        match name {
            "a" => Self::A,
            "math" => Self::Math,
            // Descriptions and annotations are for machines.
            "annotation" | "annotation-xml" | "desc" | "metadata" | "title" => Self::Template,
            "script" => Self::Script,
            "style" => Self::Style,
            _ => Self::Unknown,
        }
    }
}
