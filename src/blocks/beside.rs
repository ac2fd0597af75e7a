//! Media that stand in the middle of a line of text, and do not cut it: they are shown beside the paragraph.

use crate::html::event::{Attributes, Float, InlineStyle, Names};
use crate::post::Media;

/// Where a medium in the middle of a line is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Before the text: it floats, and its top is where the line is.
    Before,
    After,
}

/// The media in the text that is being collected, which wait for it to end.
#[derive(Default)]
pub(super) struct MediaBeside<'a>(Vec<Beside<'a>>);

struct Beside<'a> {
    media: Media<'a>,
    side: Side,
    /// The length of the text before the medium.
    length: usize,
}

impl<'a> MediaBeside<'a> {
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a medium after `length` bytes of the text.
    pub(super) fn push(&mut self, media: Media<'a>, side: Side, length: usize) {
        self.0.push(Beside { media, side, length });
    }

    /// The last medium, if the text has not grown since, and has this length.
    pub(super) fn last_at(&mut self, length: usize) -> Option<&mut Media<'a>> {
        self.0.last_mut().filter(|last| last.length == length).map(|last| &mut last.media)
    }

    /// Takes out all media, now that the text ends and has this length: those that are shown before it, and
    /// those that are shown after it. What stands at the end of the text is not in the middle of a line.
    pub(super) fn take(&mut self, length: usize) -> [Vec<Media<'a>>; 2] {
        let (before, after): (Vec<_>, Vec<_>) =
            self.0.drain(..).partition(|one| one.side == Side::Before && one.length < length);
        [before, after].map(|all| all.into_iter().map(|one| one.media).collect())
    }
}

/// The side at which an image is shown, as far as its attributes tell.
pub(super) fn side_of(attrs: &Attributes<'_>) -> Side {
    const NAMES: Names<'_, 3> = Names::new(["class", "style", "align"]);
    let [class, style, align] = attrs.get_all(&NAMES);
    let float = style.and_then(|style| InlineStyle::parse(&style).float);
    let floats = align.is_some_and(|align| matches!(&*align.trim().to_ascii_lowercase(), "left" | "right"))
        || matches!(float, Some(Float::Left | Float::Right))
        || class.is_some_and(|class| class.split_ascii_whitespace().any(is_class_of_side));
    if floats { Side::Before } else { Side::After }
}

/// Whether a class says that the element floats: `alignleft`, `float-right`, `pull-left`, `fl`, `right`…
fn is_class_of_side(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let side = name.strip_suffix("left").or_else(|| name.strip_suffix("right"));
    let before = side.map(|before| before.trim_end_matches(['-', '_']));
    let known = [
        "", "align", "float", "floated", "pull", "img", "image", "photo", "pic", "is-align", "f", "u-float",
        "float-md", "float-sm", "float-lg",
    ];
    before.is_some_and(|before| known.contains(&before))
        || matches!(&*name, "float-start" | "float-end" | "fl" | "fr" | "floatleft" | "floatright")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_elements_that_float() {
        for name in
            ["alignleft", "alignright", "float-left", "left", "Right", "pull-right", "imgleft", "float-end"]
        {
            assert!(is_class_of_side(name), "{name}");
        }
        for name in ["aligncenter", "alignnone", "copyright", "cleft", "lefty", "center", "", "bright"] {
            assert!(!is_class_of_side(name), "{name}");
        }
    }
}
