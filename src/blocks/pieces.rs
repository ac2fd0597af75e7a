//! Pieces of a text as they come: the white space in them collapses, and the rest is added to the text.

use super::borrowed::offset_in;
use super::inline::{Gap, InlineBuilder};
use super::white_space::collapsed_length;
use crate::bytes::{leading_spaces_and_feeds, space_at, space_before_end};
use crate::group::{any, equal};
use crate::html::event::{CollapsedText, Edge};
use crate::rarely::rarely;

impl<'a> InlineBuilder<'a> {
    /// Adds a piece of the source. With `stop_at_blank_line`, stops after a blank line. Returns the rest of
    /// the piece if that belongs to the next text.
    #[inline(never)]
    pub(super) fn push(&mut self, piece: &'a str, stop_at_blank_line: bool) -> Option<&'a str> {
        self.push_by(piece, stop_at_blank_line, Self::append)
    }

    /// Whether the next piece is the first one of a text, and no more is to be done with it than to add it.
    #[inline]
    pub(super) fn is_at_start(&self) -> bool {
        self.text.is_empty() && !self.is_special
    }

    /// [`push`](Self::push) for the first piece of a text, which is the only one of most texts.
    #[inline]
    pub(super) fn push_first(&mut self, piece: &'a str, stop_at_blank_line: bool) -> Option<&'a str> {
        // The white space that a text begins with is not part of it.
        let piece = &piece[length_of_space(piece)..];
        let (end, feeds) = space_before_end(piece.as_bytes());
        if end == 0 {
            rarely();
            return None;
        }
        let collapsed = collapsed_length(&piece.as_bytes()[..end]);
        self.start_marks();
        self.text.begin(&piece[..collapsed]);
        self.gap = Gap::None;
        if collapsed < end {
            let kept = end - collapsed;
            let rest = &piece[collapsed..];
            return self.push_uncollapsed(rest, kept, feeds, stop_at_blank_line, &Self::append);
        }
        self.end_piece(end < piece.len(), feeds, stop_at_blank_line)
    }

    /// The same for a piece whose white space is known: one line feed at each edge is the most.
    #[inline]
    pub(super) fn push_first_collapsed(&mut self, piece: &CollapsedText<'a>) {
        self.start_marks();
        self.text.begin(piece.words);
        self.gap = Gap::at(piece.after);
    }

    /// [`push`](Self::push) for a piece after the first whose white space is known.
    #[inline]
    pub(super) fn push_next_collapsed(
        &mut self,
        piece: &CollapsedText<'a>,
        stop_at_blank_line: bool,
    ) -> Option<&'a str> {
        if self.is_special {
            rarely();
            return self.push(piece.source, stop_at_blank_line);
        }
        let is_after_blank_line = match piece.before {
            Edge::None => false,
            Edge::Spaces => self.push_space(0),
            Edge::Line => self.push_space(1),
        };
        if is_after_blank_line && stop_at_blank_line || self.gap != Gap::None && self.write_gap(piece.words) {
            rarely();
            return Some(&piece.source[offset_in(piece.source, piece.words)..]);
        }
        self.start_marks();
        self.text.push(piece.words);
        self.gap = Gap::at(piece.after);
        None
    }

    /// [`push`](Self::push) for a piece after the first, whose white space is still to be found.
    #[inline]
    pub(super) fn push_next(&mut self, piece: &'a str, stop_at_blank_line: bool) -> Option<&'a str> {
        self.push_by(piece, stop_at_blank_line, Self::append_next)
    }

    /// [`push`](Self::push) for a piece that is not a piece of the source.
    pub(super) fn push_copy<'t>(&mut self, piece: &'t str, stop_at_blank_line: bool) -> Option<&'t str> {
        self.push_by(piece, stop_at_blank_line, Self::append_copy)
    }

    #[inline]
    fn push_by<'t>(
        &mut self,
        mut rest: &'t str,
        stop_at_blank_line: bool,
        append: impl Fn(&mut Self, &'t str),
    ) -> Option<&'t str> {
        if self.is_special && self.push_special(rest, stop_at_blank_line, &append) {
            return None;
        }
        if rest.as_bytes().first().is_none_or(|byte| *byte <= b' ') {
            let (space, feeds) = space_at(rest.as_bytes());
            rest = &rest[space..];
            if space > 0 && self.push_space(feeds) && stop_at_blank_line {
                return Some(rest);
            }
            if rest.is_empty() {
                return None;
            }
        }
        if self.gap != Gap::None && self.write_gap(rest) {
            return Some(rest);
        }
        // Most white space that collapses is at the end, before a tag.
        let (end, feeds) = space_before_end(rest.as_bytes());
        let collapsed = collapsed_length(&rest.as_bytes()[..end]);
        append(self, &rest[..collapsed]);
        if collapsed < end {
            let kept = end - collapsed;
            return self.push_uncollapsed(&rest[collapsed..], kept, feeds, stop_at_blank_line, &append);
        }
        self.end_piece(end < rest.len(), feeds, stop_at_blank_line)
    }

    /// Adds the rest of a piece, in which there is white space to collapse. It has `kept` bytes without the
    /// white space at its end, which holds `feeds_at_end` line feeds: it is measured once.
    #[cold]
    fn push_uncollapsed<'t>(
        &mut self,
        mut rest: &'t str,
        kept: usize,
        feeds_at_end: usize,
        stop_at_blank_line: bool,
        append: &impl Fn(&mut Self, &'t str),
    ) -> Option<&'t str> {
        let space_at_end = rest.len() - kept;
        loop {
            let (space, feeds) = space_at(rest.as_bytes());
            rest = &rest[space..];
            if self.push_space(feeds) && stop_at_blank_line || self.write_gap(rest) {
                return Some(rest);
            }
            let end = rest.len() - space_at_end;
            let collapsed = collapsed_length(&rest.as_bytes()[..end]);
            append(self, &rest[..collapsed]);
            if collapsed == end {
                return self.end_piece(space_at_end > 0, feeds_at_end, stop_at_blank_line);
            }
            rest = &rest[collapsed..];
        }
    }

    /// Ends a piece, after which there is white space or not.
    #[inline]
    fn end_piece<'t>(&mut self, has_space: bool, feeds: usize, stop_at_blank_line: bool) -> Option<&'t str> {
        if !has_space {
            return None;
        }
        // There is no other white space: it was written before the text, and the text is not empty.
        self.gap = Gap::of(feeds);
        (feeds >= 2 && stop_at_blank_line).then_some("")
    }

    /// Settles what is unsettled. Adds the piece and says so, if it is one of code, and that takes more than
    /// for other text: in code, a no-break space is a space.
    #[cold]
    fn push_special<'t>(
        &mut self,
        piece: &'t str,
        stops: bool,
        append: &impl Fn(&mut Self, &'t str),
    ) -> bool {
        if !piece.is_empty() {
            self.settle(piece.chars().next());
        }
        if !self.is_code {
            return false;
        }
        // Hardly any piece has the byte that a no-break space begins with.
        let may_have_it = any(piece.as_bytes(), |bytes| equal(bytes, 0xc2));
        let spaced = (may_have_it && piece.contains('\u{a0}')).then(|| piece.replace('\u{a0}', " "));
        match spaced {
            Some(spaced) if self.preserve => self.append_copy(&spaced),
            None if self.preserve => append(self, piece),
            // Code is in an element, and a blank line ends no text there.
            Some(_) => {
                let rest = self.push_indent(piece).replace('\u{a0}', " ");
                _ = self.push_by(&rest, stops, Self::append_copy);
            }
            None => return false,
        }
        true
    }

    /// Takes note of the no-break spaces that a line of code in a text begins with, and of the spaces between
    /// them: spaces alone would be lost there, as they are in a browser. They may come in several pieces.
    /// Returns the rest of the piece.
    fn push_indent<'t>(&mut self, piece: &'t str) -> &'t str {
        let (mut columns, mut rest) = match self.gap {
            Gap::Break => (0, piece.trim_ascii_start()),
            Gap::Indent(columns) => (columns, piece),
            _ => return piece,
        };
        loop {
            let spaces = rest.trim_ascii_start();
            if let Some(after) = rest.strip_prefix('\u{a0}') {
                rest = after;
            } else if columns > 0 && spaces.len() < rest.len() {
                rest = spaces;
            } else {
                break;
            }
            columns += 1;
        }
        if columns > 0 {
            self.gap = Gap::Indent(columns);
        }
        rest
    }

    /// Adds a collapsed piece of the source.
    #[inline]
    pub(super) fn append(&mut self, piece: &'a str) {
        if !piece.is_empty() {
            self.start_marks();
            self.text.push(piece);
        }
    }

    /// [`append`](Self::append), so that [`push_next`](Self::push_next) is compiled apart from `push`, as a
    /// part of its caller.
    #[inline]
    fn append_next(&mut self, piece: &'a str) {
        self.append(piece);
    }

    /// Adds a collapsed piece that is not a piece of the source.
    fn append_copy(&mut self, piece: &str) {
        if !piece.is_empty() {
            self.start_marks();
            self.text.push_copy(piece);
        }
    }

    /// The open marks that have waited for text begin here.
    #[inline]
    fn start_marks(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let start = self.text.len();
        for open in self.open.iter_mut().rev().take_while(|open| open.start.is_none()) {
            open.start = Some(start);
        }
    }
}

/// The length of the white space that a text begins with.
#[inline]
fn length_of_space(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(|byte| *byte > b' ') {
        return 0;
    }
    let length = leading_spaces_and_feeds(bytes);
    if bytes.get(length).is_none_or(|byte| *byte > b' ') { length } else { space_at(bytes).0 }
}
