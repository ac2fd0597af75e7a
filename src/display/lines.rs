//! Texts whose white space is shown as it is, as the HTML that shows the same in running text: line feeds
//! as line breaks, and blanks beside blanks as no-break spaces.

use crate::html::event::WhiteSpace;

/// A part of a text whose white space is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// A blank at which a line may be wrapped.
    Space,
    /// n blanks that do not collapse.
    Blanks(usize),
    Break,
}

/// The position in a line that white space is shown in.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The blanks after the last text of the line.
    blanks: usize,
    is_at_start: bool,
}

impl Lines {
    /// Begins texts whose white space is shown, at the start of a line or within one.
    pub(super) fn begin(&mut self, is_at_start: bool) {
        *self = Self { blanks: 0, is_at_start };
    }

    /// Ends these texts. Returns whether there are blanks after the last one.
    pub(super) fn end(&mut self) -> bool {
        let has_blanks = self.blanks > 0 && !self.is_at_start;
        self.begin(false);
        has_blanks
    }

    /// Cuts a text into pieces.
    pub(super) fn cut<'t>(&mut self, text: &'t str, keeps: WhiteSpace, send: impl FnMut(Piece<'t>)) {
        match keeps {
            WhiteSpace::Collapse => {
                let mut send = send;
                send(Piece::Text(text));
            }
            WhiteSpace::Breaks => Self::cut_at_breaks(text, send),
            WhiteSpace::All => self.cut_at_blanks(text, send),
        }
    }

    fn cut_at_breaks<'t>(text: &'t str, mut send: impl FnMut(Piece<'t>)) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                send(Piece::Break);
            }
            if !line.is_empty() {
                send(Piece::Text(line));
            }
        }
    }

    fn cut_at_blanks<'t>(&mut self, mut text: &'t str, mut send: impl FnMut(Piece<'t>)) {
        loop {
            let space = text.len() - text.trim_ascii_start().len();
            for byte in text[..space].bytes() {
                if byte == b'\n' {
                    send(Piece::Break);
                    self.begin(true);
                } else {
                    self.blanks += 1;
                }
            }
            text = &text[space..];
            if text.is_empty() {
                return;
            }
            self.send_blanks(&mut send);
            let (words, rest) = text.split_at(length_of_words(text.as_bytes()));
            send(Piece::Text(words));
            text = rest;
        }
    }

    fn send_blanks<'t>(&mut self, send: &mut impl FnMut(Piece<'t>)) {
        // At the start of a line, a space would be nothing.
        let wraps = usize::from(!self.is_at_start && self.blanks > 0);
        if self.blanks > wraps {
            send(Piece::Blanks(self.blanks - wraps));
        }
        if wraps > 0 {
            send(Piece::Space);
        }
        self.begin(false);
    }
}

/// The length of the words that a text begins with, which single spaces part.
fn length_of_words(bytes: &[u8]) -> usize {
    let is_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let ends = |at: &usize| is_space(*at) && (bytes[*at] != b' ' || is_space(*at + 1));
    (0..bytes.len()).find(ends).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the pieces of texts come to, with `_` for a blank and `/` for a break.
    fn shown(keeps: WhiteSpace, texts: &[&str]) -> String {
        let mut lines = Lines::default();
        lines.begin(true);
        let mut shown = String::new();
        for text in texts {
            lines.cut(text, keeps, |piece| match piece {
                Piece::Text(text) => shown += text,
                Piece::Space => shown.push(' '),
                Piece::Blanks(count) => shown += &"_".repeat(count),
                Piece::Break => shown.push('/'),
            });
        }
        shown
    }

    #[test]
    fn white_space_is_shown() {
        assert_eq!(shown(WhiteSpace::All, &["  a b  c\n\td \n\ne"]), "__a b_ c/_d//e");
        assert_eq!(shown(WhiteSpace::All, &["a ", " b", " ", "\n", " c"]), "a_ b/_c");
        assert_eq!(shown(WhiteSpace::All, &["\n", "", "a"]), "/a");
        assert_eq!(shown(WhiteSpace::Breaks, &["a  b \n c\n", "\nd"]), "a  b / c//d");
        assert_eq!(shown(WhiteSpace::Collapse, &["a  b \n c"]), "a  b \n c");
    }

    #[test]
    fn blanks_at_the_end_are_told() {
        let mut lines = Lines::default();
        for (text, expected) in [("a", false), ("a ", true), ("a \n", false), ("a \n ", false), (" ", true)] {
            lines.begin(false);
            lines.cut(text, WhiteSpace::All, |_| {});
            assert_eq!(lines.end(), expected, "{text:?}");
        }
    }
}
