//! The white space of the source between two pieces of a text: what becomes of it, and where a line begins.

use std::mem::take;

use super::drop_cap;
use super::inline::{Before, Gap, InlineBuilder, SavedText, Unsettled};
use super::marks::{shift, shift_mark};
use super::white_space::{
    begins_with_closing, begins_word, ends_part, ends_sentence, has_wide_punctuation, joins_lines,
    word_goes_on,
};
use crate::chars::is_blank;
use crate::post::MarkKind;

impl InlineBuilder<'_> {
    /// Adds white space with `feeds` line feeds in it. Returns whether the white space that now stands after
    /// the text holds a blank line.
    #[inline]
    pub(super) fn push_space(&mut self, feeds: usize) -> bool {
        if self.text.is_empty() {
            return false;
        }
        let before = match self.gap {
            Gap::Break | Gap::Boundary => return false,
            Gap::Indent(columns) => {
                self.gap = Gap::Indent(columns + 1);
                return false;
            }
            Gap::Removed(before) => {
                let feeds = before.unwrap_or(0) + feeds;
                self.gap = Gap::Removed(Some(feeds));
                return feeds >= 2;
            }
            Gap::Lines(feeds) | Gap::Siblings(feeds) => feeds,
            Gap::None | Gap::Medium | Gap::Space => 0,
        };
        let feeds = before + feeds;
        self.gap = Gap::of(feeds);
        feeds >= 2
    }

    /// Adds a line break that a reader sees. Returns whether it is the second of two with nothing visible
    /// between them, and so makes a blank line.
    pub(super) fn line_break(&mut self) -> bool {
        if self.preserve {
            self.append("\n");
            return false;
        }
        if self.text.is_empty() {
            return false;
        }
        let is_blank_line =
            matches!(self.gap, Gap::Break | Gap::Indent(_) | Gap::Boundary) || self.drop_blank_line();
        self.gap = Gap::Break;
        is_blank_line
    }

    /// Takes back the line that the text ends with, if nothing in it is visible. Returns whether that is so,
    /// or nothing in the text is visible.
    fn drop_blank_line(&mut self) -> bool {
        let text = self.text.as_str();
        // Searched from the end, where the first visible character decides: the text may be one long line.
        match text.char_indices().rev().find(|&(_, c)| c == '\n' || !is_blank(c)) {
            None => true,
            Some((at, '\n')) => {
                if !self.is_in_ruby() {
                    self.restore(SavedText { length: at, gap: Gap::Break });
                }
                true
            }
            Some(_) => false,
        }
    }

    /// A block boundary in a text that stays one text: a line break, unless the text is empty or ends with
    /// one.
    pub(super) fn boundary(&mut self) {
        if self.preserve {
            if !self.text.is_empty() && !self.text.as_str().ends_with('\n') {
                self.append("\n");
            }
        } else if !self.text.is_empty() {
            self.drop_blank_line();
            self.gap = Gap::Break;
        }
    }

    /// Writes the white space between the text and `next`, collapsed. Returns whether `next` belongs to the
    /// next text instead.
    #[expect(clippy::inline_always, reason = "called for nearly each piece after the first")]
    #[inline(always)]
    pub(super) fn write_gap(&mut self, next: &str) -> bool {
        let is_usual = matches!(self.gap, Gap::Space | Gap::Lines(_)) && self.drop_cap == 0;
        if !is_usual {
            return self.write_other_gap(next);
        }
        if take(&mut self.gap) == Gap::Space || !joins_lines(self.text.as_str(), next) {
            self.text.push_char(' ');
        } else {
            self.note_joined(next);
        }
        false
    }

    /// A line break before `next` was left out.
    #[inline]
    fn note_joined(&mut self, next: &str) {
        if matches!(next.as_bytes().first(), Some(b'.' | b',')) {
            self.leave_unsettled(Before::Stop);
        }
    }

    /// [`write_gap`](Self::write_gap), where there is other white space, or a drop capital before it.
    #[cold]
    fn write_other_gap(&mut self, next: &str) -> bool {
        let gap = take(&mut self.gap);
        let text = self.text.as_str();
        if self.holds_drop_cap() {
            let is_visible = matches!(gap, Gap::Break | Gap::Boundary);
            if drop_cap::may_go_on(text, next.chars().next(), !is_visible) {
                self.leave_unsettled(Before::WordRest { is_blank: gap == Gap::Space });
                return false;
            }
        }
        // Elements are set apart more often than words are.
        let is_apart = matches!(gap, Gap::Siblings(_)) && !has_wide_punctuation(text, next);
        match gap {
            Gap::None => {}
            Gap::Medium if word_goes_on(text, next) => {}
            Gap::Removed(_) if begins_with_closing(next) => self.note_joined(next),
            Gap::Lines(_) | Gap::Siblings(_) | Gap::Removed(None | Some(1..))
                if !is_apart && joins_lines(text, next) =>
            {
                self.note_joined(next);
            }
            Gap::Removed(_) | Gap::Medium | Gap::Space | Gap::Lines(_) | Gap::Siblings(_) => {
                self.text.push_char(' ');
            }
            Gap::Break => self.text.push_char('\n'),
            Gap::Indent(columns) => {
                self.text.push_char('\n');
                (0..columns).for_each(|_| self.text.push_char('\u{a0}'));
            }
            Gap::Boundary => return true,
        }
        false
    }

    /// White space is dropped here, and may have to come back.
    #[cold]
    fn leave_unsettled(&mut self, before: Before) {
        self.settle(None);
        self.unsettled = Some(Unsettled { at: self.text.len(), before });
        self.is_special = true;
    }

    /// Puts back the white space that was dropped if what was unsettled is settled now, by the character that
    /// comes next, and says so.
    pub(super) fn settle(&mut self, next: Option<char>) {
        // The longest word that matters is shorter.
        const LONGEST: usize = 64;
        let Some(Unsettled { at, before }) = self.unsettled else { return };
        let (text, written) = self.text.as_str().split_at(at);
        let next = if self.gap == Gap::None { next } else { Some(' ') };
        let mut after = written.chars().chain(next);
        let is_apart = match before {
            Before::Stop => {
                after.next();
                after.next().is_some_and(begins_word)
            }
            Before::WordRest { is_blank } => {
                let end = written.find(|c: char| !c.is_alphabetic());
                if end.is_none() && written.len() < LONGEST && next.is_some_and(char::is_alphabetic) {
                    return;
                }
                let (rest, after) = written.split_at(end.unwrap_or(written.len()));
                !drop_cap::is_word_rest(text, rest, after.chars().chain(next).next(), is_blank)
            }
        };
        self.unsettled = None;
        self.note_code();
        if is_apart {
            self.insert_blank(at);
        }
    }

    /// Puts a blank into the text.
    fn insert_blank(&mut self, at: usize) {
        self.text.insert_blank(at);
        for closed in &mut self.closed {
            shift_mark(&mut closed.mark, at);
            shift(&mut closed.start_tag.0, at + 1);
            shift(&mut closed.end_tag.0, at + 1);
        }
        for open in &mut self.open {
            open.start.iter_mut().for_each(|start| shift(start, at));
            shift(&mut open.start_tag.0, at + 1);
        }
        self.ruby.shift(at);
        shift(&mut self.touched, at + 1);
    }

    /// An inline element begins here.
    #[inline]
    pub(super) fn begin_element(&mut self) {
        if let Gap::Lines(feeds) = self.gap {
            if self.touched == self.text.len() {
                self.gap = Gap::Siblings(feeds);
            }
        }
    }

    /// An inline element ends here.
    #[inline]
    pub(super) fn end_element(&mut self) {
        self.touched = if self.gap == Gap::None { self.text.len() } else { 0 };
    }

    /// Ends the element whose class or style is that of a drop capital. Returns whether it holds one, and
    /// nothing else.
    pub(super) fn end_drop_cap(&mut self) -> bool {
        let is_one = drop_cap::is_letter(self.text.as_str());
        self.drop_cap = if is_one { self.text.len() } else { 0 };
        is_one
    }

    /// Whether the text is a drop capital so far.
    pub(super) fn holds_drop_cap(&self) -> bool {
        self.drop_cap == self.text.len() && self.drop_cap > 0
    }

    /// A block boundary after a drop capital.
    pub(super) fn boundary_after_drop_cap(&mut self) {
        self.gap = Gap::Boundary;
    }

    /// Something in the line has gone here: the words around it stay two, and no blank is left before
    /// punctuation. In a block of code, what goes is a button that is no part of the line.
    #[cold]
    pub(super) fn leave_gap(&mut self) {
        if self.text.is_empty() || self.preserve {
            return;
        }
        if self.is_code {
            self.push_copy(" ", false);
            return;
        }
        self.gap = match self.gap {
            Gap::None | Gap::Medium => Gap::Removed(None),
            Gap::Space => Gap::Removed(Some(0)),
            Gap::Lines(feeds) | Gap::Siblings(feeds) => Gap::Removed(Some(feeds)),
            gap @ (Gap::Removed(_) | Gap::Break | Gap::Indent(_) | Gap::Boundary) => gap,
        };
    }

    /// [Leaves a gap](Self::leave_gap) if an inline element ends here, and no white space stands after it.
    #[cold]
    pub(super) fn part_elements(&mut self) {
        if self.touches_element() {
            self.leave_gap();
        }
    }

    /// Whether an inline element ends here, and no white space stands after it.
    #[inline]
    pub(super) fn touches_element(&self) -> bool {
        self.gap == Gap::None && self.touched == self.text.len()
    }

    /// [Leaves a gap](Self::leave_gap) if an inline element ends here, a sentence ends with it, and no white
    /// space stands after it.
    #[cold]
    pub(super) fn part_sentences(&mut self) {
        if self.touches_element() && self.ends_sentence() {
            self.leave_gap();
        }
    }

    /// [Leaves a gap](Self::leave_gap) if a word or a sentence ends here, and no white space stands after it:
    /// what comes is a line of its own for readers. After a bracket that opens, it is not.
    #[cold]
    pub(super) fn part_words(&mut self) {
        if self.gap == Gap::None && !self.is_code && self.text.as_str().ends_with(ends_part) {
            self.leave_gap();
        }
    }

    /// Whether a link to this address ends here, and no white space stands after it.
    #[cold]
    pub(super) fn touches_link_to(&self, address: &str) -> bool {
        /// More marks hardly end at one point.
        const MOST: usize = 8;
        let ended = self.closed.iter().rev().take(MOST).map(|closed| &closed.mark);
        let mut ended_here = ended.take_while(|mark| mark.end == self.text.len());
        self.gap == Gap::None
            && ended_here.any(|mark| matches!(&mark.kind, MarkKind::Link { href, .. } if href == address))
    }

    /// A medium stands here that is shown beside the text.
    pub(super) fn pass_medium(&mut self) {
        if self.gap == Gap::None && !self.preserve {
            self.gap = Gap::Medium;
        }
    }

    /// Whether a line that a reader sees begins here, or one after a blank line of the source, or what the
    /// shortcode of a caption holds.
    pub(super) fn is_at_line_start(&self) -> bool {
        // The last visible character decides. Hardly any text ends with more blanks than this, and the search
        // may be made again and again.
        const LOOK: usize = 64;
        let is_after_blank_line = matches!(self.gap, Gap::Lines(2..) | Gap::Siblings(2..));
        let mut back = self.text.as_str().chars().rev().take(LOOK);
        let ends_shortcode = || {
            let text = self.text.as_str();
            let mut back = text.char_indices().rev().take(4 * LOOK);
            back.next().is_some_and(|(_, c)| c == ']')
                && back.find(|(_, c)| *c == '[').is_some_and(|(at, _)| text[at..].starts_with("[caption"))
        };
        is_after_blank_line
            || ends_shortcode()
            || matches!(self.gap, Gap::Break | Gap::Indent(_) | Gap::Boundary)
            || matches!(back.find(|&c| c == '\n' || !is_blank(c)), None | Some('\n'))
    }

    /// Whether a line of the source begins here.
    pub(super) fn is_at_source_line_start(&self) -> bool {
        matches!(self.gap, Gap::Lines(_) | Gap::Siblings(_))
    }

    /// Whether a sentence ends with the text.
    pub(super) fn ends_sentence(&self) -> bool {
        ends_sentence(self.text.as_str())
    }
}
