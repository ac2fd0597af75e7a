//! What the start tag of an element says of how the element is shown.

use crate::html::event::{
    Attributes, BoxKind, Element, InlineStyle, NamePrefix, Tag, Visibility, WhiteSpace,
};
use crate::post::Direction;

/// What a start tag says of how its element is shown: by its inline style, and by the attributes and the
/// elements that browsers have rules for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// Whether no browser shows the element.
    pub(super) is_gone: bool,
    /// Whether texts in it are visible; `None` if they are as around it.
    pub(super) visibility: Option<Visibility>,
    /// What it keeps of white space; `None` if that is as around it.
    pub(super) white_space: Option<WhiteSpace>,
    /// Whether it stands on lines of its own where elements of its name do not.
    pub(super) has_own_lines: bool,
    /// Where texts in it run to, if it says so: `Some(None)` leaves that to each text.
    #[expect(clippy::option_option, reason = "to say nothing and to leave it to the text are two things")]
    pub(super) direction: Option<Option<Direction>>,
    /// Whether a script may show a player or a formula in it, which stands in an attribute.
    pub(super) may_play: bool,
}

impl Look {
    /// What nearly all elements say: nothing.
    pub(super) const PLAIN: Self = Self {
        is_gone: false,
        visibility: None,
        white_space: None,
        has_own_lines: false,
        direction: None,
        may_play: false,
    };

    #[inline]
    pub(super) fn of(element: &Element<'_>) -> Self {
        if element.attrs.may_be_special() || element.tag == Tag::Dialog {
            Self::of_special(element)
        } else {
            Self::PLAIN
        }
    }

    #[inline(never)]
    fn of_special(element: &Element<'_>) -> Self {
        const STYLE: NamePrefix = NamePrefix::of(b"style");
        const HIDDEN: NamePrefix = NamePrefix::of(b"hidden");
        const POPOVER: NamePrefix = NamePrefix::of(b"popover");
        const OPEN: NamePrefix = NamePrefix::of(b"open");
        const DIR: NamePrefix = NamePrefix::of(b"dir");
        const PLAYER: NamePrefix = NamePrefix::of(b"data-html");
        const WRITTEN: NamePrefix = NamePrefix::of(b"data-attrs");
        let [mut style, mut hidden, mut popover, mut open, mut dir] = [const { None }; 5];
        let mut may_play = false;
        // The names but the last are shorter than a prefix, and so are told by it. Of two attributes with one
        // name, the first one counts.
        element.attrs.for_each(|attr| {
            let value = match attr.prefix() {
                STYLE => &mut style,
                HIDDEN => &mut hidden,
                POPOVER => &mut popover,
                OPEN => &mut open,
                DIR => &mut dir,
                PLAYER | WRITTEN => {
                    may_play = true;
                    return;
                }
                _ => return,
            };
            value.get_or_insert_with(|| attr.value());
        });
        let style = style.as_deref().map(InlineStyle::parse).unwrap_or_default();
        let is_open_dialog = element.tag == Tag::Dialog && open.is_some();
        let is_hidden = hidden.is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
            || popover.is_some() && !is_open_dialog
            || element.tag == Tag::Dialog && !is_open_dialog;
        let dir = dir.and_then(|dir| match &*dir.to_ascii_lowercase() {
            "rtl" => Some(Some(Direction::RightToLeft)),
            "ltr" => Some(Some(Direction::LeftToRight)),
            "auto" => Some(None),
            _ => None,
        });
        // A line break is one wherever it stands.
        let is_inline = !element.tag.is_block() && !matches!(element.tag, Tag::Br | Tag::Wbr);
        let is_gone = style.display.map_or(is_hidden, |display| display == BoxKind::None);
        Self {
            is_gone: is_gone && !is_tab_panel(&element.attrs),
            visibility: style.visibility,
            white_space: style.white_space,
            has_own_lines: style.display == Some(BoxKind::Block) && is_inline,
            direction: style.direction.map(Some).or(dir),
            may_play,
        }
    }

    /// Whether it hides the element, or the texts in it.
    pub(super) fn hides(self) -> bool {
        self.is_gone || self.visibility == Some(Visibility::Hidden)
    }
}

/// Whether these are the attributes of a panel that a tab shows: to be read, as what a closed `<details>`
/// holds.
#[cold]
fn is_tab_panel(attrs: &Attributes<'_>) -> bool {
    attrs.get("role").is_some_and(|role| role.eq_ignore_ascii_case("tabpanel"))
}

/// Whether an element shows or plays a file that somebody is to see or hear.
pub(super) fn is_seen(element: &Element<'_>) -> bool {
    let attrs = &element.attrs;
    match element.tag {
        Tag::Picture => true,
        tag => tag.is_media() && !attrs.is_pixel() && (tag != Tag::Img || attrs.emoji().is_none()),
    }
}

/// Whether an element shows or plays a file once a script has run: a player, for which scripts draw their own
/// controls, or a file whose address stands where only a script looks for it.
pub(super) fn waits_for_script(element: &Element<'_>) -> bool {
    match element.tag {
        Tag::Video | Tag::Audio => true,
        _ => is_seen(element) && is_lazy(&element.attrs),
    }
}

/// Whether attributes or classes are those of something that a script loads.
fn is_lazy(attrs: &Attributes<'_>) -> bool {
    let mut found = false;
    attrs.for_each(|attr| {
        let name = attr.name().to_ascii_lowercase();
        let Some(rest) = name.strip_prefix("data-") else { return };
        found |= rest.contains("src")
            || rest.contains("lazy")
            || matches!(rest, "original" | "url" | "echo" | "image" | "img" | "full-url" | "hi-res");
    });
    found || attrs.get("class").is_some_and(|class| class.to_ascii_lowercase().contains("lazy"))
}
