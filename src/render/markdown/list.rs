//! List markers.

use std::borrow::Cow;

use crate::post::ListKind;

/// The markers of the lists that are open. Of two lists that follow one another, each has its own, or they
/// would be one.
#[derive(Default)]
pub(super) struct ListMarkers {
    /// The lists that are open, the innermost last.
    open: Vec<OpenList>,
    /// What stands just before.
    pub(super) before: Before,
}

struct OpenList {
    marker: ListMarker,
    /// The number of the next item as readers count; `None` before the first item.
    next: Option<i32>,
}

/// What stands before a block.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Before {
    #[default]
    Other,
    Paragraph,
    List(ListMarker),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListMarker {
    /// `-`
    Dash,
    /// `+`
    Plus,
    /// `1.`
    Period,
    /// `1)`
    Parenthesis,
}

impl ListMarker {
    /// The marker that makes another list of what follows.
    fn other(self) -> Self {
        match self {
            Self::Dash => Self::Plus,
            Self::Plus => Self::Dash,
            Self::Period => Self::Parenthesis,
            Self::Parenthesis => Self::Period,
        }
    }

    /// The marker before an item, with a space.
    fn text(self, number: i32) -> Cow<'static, str> {
        // The next number that Markdown can write: it has nine digits at most.
        let number = number.clamp(0, 999_999_999);
        match self {
            Self::Dash => "- ".into(),
            Self::Plus => "+ ".into(),
            Self::Period => format!("{number}. ").into(),
            Self::Parenthesis => format!("{number}) ").into(),
        }
    }
}

impl ListMarkers {
    /// Begins a list.
    pub(super) fn begin(&mut self, kind: ListKind) {
        let usual = match kind {
            ListKind::Ordered => ListMarker::Period,
            ListKind::Unordered | ListKind::Description => ListMarker::Dash,
        };
        let marker = if self.before == Before::List(usual) { usual.other() } else { usual };
        self.open.push(OpenList { marker, next: None });
    }

    /// Ends the innermost list.
    pub(super) fn end(&mut self) {
        self.before = self.open.pop().map_or(Before::Other, |list| Before::List(list.marker));
    }

    /// The marker of the next item of the innermost list, and whether the item begins another list to readers
    /// of Markdown: they heed the number of the first item of a list alone.
    pub(super) fn item(&mut self, number: Option<i32>) -> (Cow<'static, str>, bool) {
        let Some(list) = self.open.last_mut() else { return ("- ".into(), false) };
        let is_numbered = matches!(list.marker, ListMarker::Period | ListMarker::Parenthesis);
        let is_new = is_numbered && list.next.is_some() && list.next != number;
        if is_new {
            list.marker = list.marker.other();
        }
        list.next = number.map(|number| number.saturating_add(1));
        (list.marker.text(number.unwrap_or_default()), is_new)
    }
}
