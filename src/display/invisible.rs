//! Texts that are not visible, though their elements take room, and may hold texts that are.

use crate::chars::is_blank;
use crate::html::event::{Element, EventSink, KeptElement, Removed, Shown, Space, Tag, Trace, describe};
use crate::report::{Removal, RemovalKind};

/// The open elements in which texts are invisible, and the texts.
///
/// An element is passed on once something in it is to be seen, and not before.
#[derive(Default)]
pub(super) struct Invisible<'a> {
    /// The open elements that say so, the outermost first. Between two of them, one says the opposite.
    hiders: Vec<KeptElement<'a>>,
    /// The innermost open elements, as far as they have not been passed on, the outermost first.
    waiting: Vec<KeptElement<'a>>,
    /// What has come since the last thing that is to be seen.
    shown: Option<Shown>,
}

impl<'a> Invisible<'a> {
    /// From here on texts are invisible, since this element says so.
    pub(super) fn enter(&mut self, element: &Element<'a>) {
        self.hiders.push(element.keep());
    }

    /// The element that has said so last closes. The texts in it have [ended](Self::end).
    pub(super) fn leave(&mut self) {
        self.hiders.pop();
    }

    pub(super) fn open(&mut self, element: &Element<'a>, keeps_report: bool) {
        let element = element.keep();
        self.shown(keeps_report).open(&element);
        self.waiting.push(element);
    }

    /// An element closes. Returns it if it has not been passed on.
    pub(super) fn close(&mut self, tag: Tag) -> Option<KeptElement<'a>> {
        let element = self.waiting.pop()?;
        if let Some(shown) = &mut self.shown {
            shown.close(tag);
        }
        Some(element)
    }

    /// Returns whether a reader would see the text if it were visible.
    pub(super) fn text(&mut self, text: &str, keeps_report: bool) -> bool {
        let shown = self.shown(keeps_report);
        shown.text(text);
        !shown.hides_text() && !text.chars().all(is_blank)
    }

    /// Something that stood here has gone.
    pub(super) fn removed(&mut self, text: String, keeps_report: bool) {
        self.shown(keeps_report).removed(text);
    }

    fn shown(&mut self, keeps_report: bool) -> &mut Shown {
        self.shown.get_or_insert_with(|| Shown::new(keeps_report.then(String::new)))
    }

    /// Takes out the texts up to here, and leaves the room that they took.
    pub(super) fn end(&mut self, sink: &mut impl EventSink<'a>) {
        let (Some(shown), Some(hider)) = (self.shown.take(), self.hiders.last()) else { return };
        let (text, trace) = shown.finish();
        if !text.is_empty() {
            let removal = Removal::new(RemovalKind::Hidden, describe(&hider.element()), text);
            sink.removed(Removed { removal, start: hider.start() });
        }
        match trace {
            Trace::Nothing => {}
            Trace::Space => sink.space(Space::ONE),
            Trace::Block => {
                sink.open(&Element::implied(Tag::Div, "div"));
                sink.close(Tag::Div);
            }
        }
    }

    /// Passes on the open elements: something in them is to be seen.
    pub(super) fn pass(&mut self, sink: &mut impl EventSink<'a>) {
        for element in self.waiting.drain(..) {
            sink.open(&element.element());
        }
    }

    /// Leaves an empty cell in place of one that has closed, unless the row has gone with it: the cells after
    /// it stay in their columns.
    pub(super) fn leave_cell(&self, cell: &KeptElement<'a>, sink: &mut impl EventSink<'a>) {
        if let Some(cell) = cell.empty_cell().filter(|_| self.waiting.is_empty()) {
            sink.open(&cell);
            sink.close(cell.tag);
        }
    }
}
