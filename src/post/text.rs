//! A text with its marks.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::mark::{Mark, MarkKind};
use super::nesting::{self, Nesting, TextEvent};
use super::owned::{all_owned, owned};

/// The text of a paragraph, a heading or a caption: one string, and marks over ranges of it.
///
/// A line break (`<br>`) is `'\n'`. White space is collapsed as in CSS, and the edges are trimmed.
///
/// ```
/// let post = offprint::Post::parse("<p>Boil <b>fresh</b> water.")?;
/// let text = post.paragraphs().next().unwrap();
/// assert_eq!(text.to_string(), "Boil fresh water.");
///
/// let strong = |piece: &offprint::Piece| piece.marks.contains(&&offprint::MarkKind::Strong);
/// let pieces: Vec<_> = text.pieces().iter().map(|piece| (piece.text, strong(piece))).collect();
/// assert_eq!(pieces, [("Boil ", false), ("fresh", true), (" water.", false)]);
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Text<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The marks: by their start, and of two that start together the longer first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark<'a>>,
}

/// A part of a text in which the same marks are open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece<'t, 'a> {
    /// The part. Never empty.
    pub text: &'t str,
    /// The marks that are open, the outermost first.
    pub marks: Vec<&'t MarkKind<'a>>,
}

impl<'a> Text<'a> {
    /// A text with its marks.
    pub fn new(text: impl Into<Cow<'a, str>>, marks: Vec<Mark<'a>>) -> Self {
        Self { text: text.into(), marks }
    }

    /// A text without marks.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Vec::new())
    }

    /// The text without its tie to the source.
    pub fn into_owned(self) -> Text<'static> {
        let Self { text, marks } = self;
        Text { text: owned(text), marks: all_owned(marks, Mark::into_owned) }
    }

    /// The URLs of the links in this text, in order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(Mark::href)
    }

    /// The text in consecutive pieces, each with the marks that are open in it.
    ///
    /// Together the pieces are the text. No piece has an [empty](MarkKind::Anchor) mark.
    pub fn pieces(&self) -> Vec<Piece<'_, 'a>> {
        let mut open = Vec::new();
        let mut pieces = Vec::new();
        for event in self.events() {
            match event {
                TextEvent::Start(kind) => open.push(kind),
                TextEvent::Text(text) => pieces.push(Piece { text, marks: open.clone() }),
                TextEvent::End(_) => {
                    open.pop();
                }
            }
        }
        pieces
    }

    /// The text as a sequence of starts, texts and ends that nest, as elements do: what a renderer writes one
    /// after the other.
    ///
    /// Of two marks that cross, one comes in parts; that is never a link, and of a ruby or a formula that
    /// crosses a link, the last part alone is marked. Marks of one kind never overlap: so at most one of each
    /// kind is open. Marks that are not a part of the text are left out.
    ///
    /// ```
    /// use offprint::{MarkKind, TextEvent};
    ///
    /// let post = offprint::Post::parse("<p>Boil <b>fresh</b> water.")?;
    /// let mut out = String::new();
    /// for event in post.paragraphs().next().unwrap().events() {
    ///     match event {
    ///         TextEvent::Text(text) => out += text,
    ///         TextEvent::Start(MarkKind::Strong) | TextEvent::End(MarkKind::Strong) => out += "*",
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(out, "Boil *fresh* water.");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn events(&self) -> Vec<TextEvent<'_, 'a>> {
        self.events_of(Nesting::AsListed, |_| true)
    }

    /// The [events](Self::events) without the marks that `wanted` refuses.
    pub fn events_of(
        &self,
        nesting: Nesting,
        wanted: impl Fn(&MarkKind<'a>) -> bool,
    ) -> Vec<TextEvent<'_, 'a>> {
        nesting::events(&self.text, &self.marks, nesting, wanted)
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}
