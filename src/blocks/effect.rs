//! What start tags have done, to be undone when their elements close.

use crate::post::{Direction, HeadingLevel};

/// What the start tag of an open element has done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effect {
    Nothing,
    /// The texts before and after the element are kept apart.
    Boundary,
    /// The innermost open mark is the element's.
    Mark,
    /// A boundary, and the innermost open box is the element's.
    Box,
    /// The element is a part of a caption that may be the credit.
    Credit(Under),
    /// The element may hold a drop capital. The effect that it has otherwise is that of the name.
    DropCap,
    DropCapMark,
    /// The words in the element are not those around it.
    SetApart,
    /// The same of an element whose mark is the innermost open one.
    MarkApart,
    /// The innermost open mark is that of a `<cite>` with which a quotation begins.
    LeadingCite,
    /// The element is the innermost open note, and [set apart](Self::SetApart).
    Note,
    /// The element may repeat the sign of the note around it. The innermost mark may be the element's.
    SignOfNote {
        has_mark: bool,
    },
    /// The innermost frame is the element's.
    Frame,
    /// The element is a cell of an item that may hold its number.
    ItemNumber,
    /// The element is the open paragraph that may be an item of a list.
    ListParagraph,
    /// The innermost frame is the element's, and the frame around that is the list that it stands for.
    LoneItem,
    /// The innermost frame is the element's, and the frame inside that which was opened for its code.
    CodeCell,
    /// The innermost language of code is the element's.
    AroundCode {
        has_frame: bool,
    },
    /// The element is a `<code>` right inside a `<pre>`.
    CodeInPre,
    /// The element may be a gutter of code.
    Gutter,
    /// The same of an element after the code. The innermost frame is the element's.
    Numbers,
    /// The innermost open mark is the element's: a link to a point of the article.
    FragmentLink,
    /// The element is a heading. The heading around it has this level.
    Heading(Option<HeadingLevel>),
    /// The text of the element is not shown.
    Hidden,
    /// The element is the open player. Its text is not shown.
    Player,
    /// The element is the open `<iframe>` without an address.
    Fallback,
    /// The element shows an e-mail address, and hides its own text. The innermost mark may be the link to it.
    Address {
        has_mark: bool,
    },
    /// A script may show something in the element. The innermost frame may be the element's.
    Scripted {
        has_frame: bool,
    },
    /// The element is the open `<picture>`.
    Picture,
    Noscript,
    Ruby,
    /// The element is an `<rb>`.
    RubyBase,
    /// The element holds a reading, or several.
    Reading,
    /// The element holds one of the readings of the element around it.
    OneReading,
    /// The element is the innermost one that has changed the direction of texts.
    Directed,
}

/// An element that has changed the direction of texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directed {
    /// What its start tag has done else.
    pub(super) effect: Effect,
    pub(super) around: Option<Direction>,
    /// Whether it has opened a mark.
    pub(super) has_mark: bool,
}

/// What an element that may be a credit has done besides.
#[derive(Debug, Clone, Copy)]
pub(super) enum Under {
    Nothing,
    Boundary,
    Mark,
}
