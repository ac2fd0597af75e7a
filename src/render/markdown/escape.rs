//! Characters that would be taken for markup, and are escaped.
//!
//! Nearly all of a text is copied as it is, in pieces that end at a [sign](find_sign). Whether a sign is
//! markup, and is escaped, is decided by what is beside it. There are three positions at which other
//! characters matter too: the start of a line, where a `-` or a number may begin a list; the character before
//! a line feed, where a space would be lost; and the first and the last character of a part, beside which may
//! be a delimiter run.

use std::fmt::Write;

use super::context::Parent;
use super::line_start::{LineStarts, may_begin_block};
use super::punctuation::is_surely_word;
use super::signs::find_sign;
use super::whole::Whole;

/// What is around a part of a text.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they have nothing to do with one another")]
pub(super) struct Edges {
    /// Whether nothing is before it.
    pub(super) is_first: bool,
    /// Whether its first character is written as a reference.
    pub(super) encode_first: bool,
    /// Whether its last character is.
    pub(super) encode_last: bool,
    /// Whether the `[` of a link follows.
    pub(super) before_bracket: bool,
    /// Whether nothing follows.
    pub(super) is_last: bool,
    /// Whether it is in the text of a link or of an image.
    pub(super) in_link: bool,
    /// Whether it is the TeX of a formula, in which a line feed is no line break.
    pub(super) in_formula: bool,
}

/// How far a bracket may be from the one that closes it, in bytes, to be left as it is.
const MAX_IN_BRACKETS: usize = 64;

/// Adds a part of a text. What would be taken for markup is escaped.
pub(super) fn push_text(out: &mut String, text: &str, whole: &Whole<'_>, parent: Parent, edges: Edges) {
    let first_sign = find_sign(text.as_bytes(), 0);
    // As of six parts in seven.
    if first_sign == text.len() && !edges.may_change(text, parent) {
        out.push_str(text);
    } else {
        push_changed(out, text, first_sign, whole, parent, edges);
    }
}

/// Adds a part of a text of which something may have to be escaped.
#[cold]
fn push_changed(
    out: &mut String,
    text: &str,
    first_sign: usize,
    whole: &Whole<'_>,
    parent: Parent,
    edges: Edges,
) {
    // A hard line break at the end of a paragraph would be a backslash.
    let ends_in_break = edges.is_last && text.ends_with('\n');
    let text = if ends_in_break { text.trim_end_matches('\n') } else { text };
    let last = if edges.encode_last { text.char_indices().next_back() } else { None };
    let last = last.filter(|(_, c)| may_be_reference(*c));
    let end = last.map_or(text.len(), |(last, _)| last);
    let line_starts = LineStarts::new(text);
    Part { out, text, whole, parent, edges, end, written: 0, is_in_word: false, line_starts }
        .push(first_sign);
}

impl Edges {
    /// Whether something in a part of a text may be written differently because of what is around the part.
    #[inline]
    fn may_change(self, text: &str, parent: Parent) -> bool {
        let begins_line = self.is_first && parent == Parent::Paragraph;
        self.encode_first
            || self.encode_last
            || self.before_bracket && text.ends_with('!')
            || begins_line && text.bytes().next().is_some_and(|first| first == b' ' || may_begin_block(first))
    }
}

/// A part of a text that is being written.
struct Part<'o, 't> {
    out: &'o mut String,
    text: &'t str,
    whole: &'o Whole<'t>,
    parent: Parent,
    edges: Edges,
    /// The index of the last character if that is written as a reference, or else the length of the text.
    end: usize,
    /// How many bytes of the text have been written, or left out.
    written: usize,
    /// Whether the underscores that came last stand between letters.
    is_in_word: bool,
    line_starts: LineStarts<'t>,
}

impl Part<'_, '_> {
    fn push(mut self, first_sign: usize) {
        let start = if self.edges.encode_first && self.text.starts_with(may_be_reference) {
            self.push_reference(0)
        } else if self.edges.is_first && self.parent == Parent::Paragraph {
            // A paragraph begins where a line does.
            self.begin_line(0)
        } else {
            0
        };
        let mut at = if start <= first_sign { first_sign } else { find_sign(self.text.as_bytes(), start) };
        while at < self.end {
            let next = self.sign(at);
            at = find_sign(self.text.as_bytes(), next);
        }
        if self.written <= self.end {
            if self.end < self.text.len() {
                self.push_reference(self.end);
            } else if self.edges.before_bracket && self.text[self.written..].ends_with('!') {
                // With the `[`, it would begin an image.
                self.escape(self.end - 1);
            }
        }
        self.copy_to(self.text.len());
    }

    /// Copies the text up to this index, as far as it has not been written.
    #[inline]
    fn copy_to(&mut self, index: usize) {
        self.out.push_str(&self.text[self.written..index]);
        self.written = index;
    }

    /// Puts a backslash before the character at this index, which is copied later.
    fn escape(&mut self, index: usize) {
        self.copy_to(index);
        self.out.push('\\');
    }

    /// Writes something for the ASCII character at this index. Returns the index after it.
    fn replace(&mut self, index: usize, replacement: &str) -> usize {
        self.copy_to(index);
        self.out.push_str(replacement);
        self.written = index + 1;
        self.written
    }

    /// Writes the character at this index as a reference. Returns the index after it.
    fn push_reference(&mut self, index: usize) -> usize {
        self.copy_to(index);
        let Some(c) = self.text[index..].chars().next() else { return index };
        // Writing to a string does not fail.
        let _ = write!(self.out, "&#{};", u32::from(c));
        self.written = index + c.len_utf8();
        self.written
    }

    /// Begins a line of a paragraph. Returns the index from which on the text is to be searched for signs.
    fn begin_line(&mut self, start: usize) -> usize {
        if start >= self.end {
            return start;
        }
        // White space at the start of a line would be left out, or make code of the line.
        if matches!(self.text.as_bytes()[start], b' ' | b'\t') {
            return self.push_reference(start);
        }
        // What is between the start of the line and the character that is escaped is digits.
        match self.line_starts.block_start(start).filter(|index| *index < self.end) {
            Some(index) => {
                self.escape(index);
                index + 1
            }
            None => start,
        }
    }

    /// Writes what the line feed at this index comes to. Returns the index from which on to search for signs.
    fn line_feed(&mut self, index: usize) -> usize {
        // White space at the end of a line would be left out, or be a line break itself.
        if self.text[self.written..index].ends_with([' ', '\t']) {
            self.push_reference(index - 1);
        }
        let is_blank_line = self.text[index + 1..].starts_with('\n');
        let next = self.replace(
            index,
            match (self.parent, self.edges.in_formula) {
                (Parent::Paragraph, false) => "\\\n",
                // A blank line would end the paragraph.
                (Parent::Paragraph, true) if !is_blank_line => "\n",
                (_, true) => "&#10;",
                (_, false) => "<br>",
            },
        );
        if self.parent == Parent::Paragraph { self.begin_line(next) } else { next }
    }

    /// Goes past the sign at this index, and escapes it if it would be markup. Returns the index from which
    /// on to search for the next one.
    fn sign(&mut self, index: usize) -> usize {
        let sign = self.text.as_bytes()[index];
        let is_beside =
            index == 0 && !self.edges.is_first || index + 1 == self.text.len() && !self.edges.is_last;
        match sign {
            b'\n' => return self.line_feed(index),
            b'\0' => return self.replace(index, "\u{fffd}"),
            b'\t' => {}
            _ if sign.is_ascii_control() => return self.push_reference(index),
            // Beside the backticks of a code span, an escaped one would belong to them.
            b'`' if is_beside => return self.push_reference(index),
            // It would end the cell.
            b'|' if self.parent == Parent::Cell => return self.push_reference(index),
            _ if self.is_markup(sign, index) => self.escape(index),
            _ => {}
        }
        index + 1
    }

    /// Whether the sign at this index, unless it is escaped, is markup.
    fn is_markup(&mut self, sign: u8, index: usize) -> bool {
        let (before, rest) = (&self.text[..index], &self.text[index + 1..]);
        let edges = self.edges;
        match sign {
            // They would make the next character another, or begin a code span.
            b'\\' | b'`' => true,
            // They are delimiters of emphasis.
            b'*' => !stands_apart(before, rest),
            b'_' => {
                // All that stand side by side are one delimiter run.
                if !before.ends_with('_') {
                    self.is_in_word = joins_words(before, rest);
                }
                !self.is_in_word
            }
            // They are brackets of a link or of an image.
            b'[' => edges.in_link || !is_closed(rest, edges),
            b']' => edges.in_link,
            b'<' => begins_tag(rest, edges),
            b'&' => is_reference(rest),
            // It is a delimiter of strikethrough.
            b'~' => self.whole.escapes_tildes(),
            // It is a delimiter of a formula.
            b'$' => self.whole.escapes_dollars(),
            // What kramdown takes for a list of attributes.
            b'{' => rest.starts_with(':'),
            _ => false,
        }
    }
}

/// Whether a character can be written as a reference: a line feed is a line break, and the reference to the
/// null character would be one to another.
fn may_be_reference(c: char) -> bool {
    !matches!(c, '\n' | '\0')
}

/// Whether a `<` before this text may begin a tag, or an autolink with an e-mail address.
fn begins_tag(rest: &str, edges: Edges) -> bool {
    if rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return true;
    }
    // The search ends at the next `<`: there may be many.
    match rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')) {
        Some(end) => rest[..end].contains('@'),
        // What follows the text may go on with the address.
        None => !edges.is_last || rest.contains('@'),
    }
}

/// Whether white space is on both sides, so that an asterisk is not a delimiter.
fn stands_apart(before: &str, after: &str) -> bool {
    before.ends_with([' ', '\t']) && after.starts_with([' ', '\t'])
}

/// Whether the underscores of which the first is between these texts stand between letters, where they are
/// not delimiters.
fn joins_words(before: &str, after: &str) -> bool {
    before.chars().next_back().is_some_and(is_surely_word)
        && after.trim_start_matches('_').chars().next().is_some_and(is_surely_word)
}

/// Whether a `[` before this text is closed, and what it begins is not a link, a footnote or a checkbox.
fn is_closed(rest: &str, edges: Edges) -> bool {
    let near = &rest.as_bytes()[..rest.len().min(MAX_IN_BRACKETS)];
    let Some(end) = near.iter().position(|byte| matches!(byte, b'[' | b']' | b'\n')) else { return false };
    let is_checkbox = near[..end].trim_ascii().is_empty() || near[..end].eq_ignore_ascii_case(b"x");
    let after = rest.as_bytes().get(end + 1);
    near[end] == b']'
        && near[0] != b'^'
        && !is_checkbox
        && after.map_or(edges.is_last, |after| !matches!(after, b'(' | b'[' | b':'))
}

/// Whether a `&` before this text begins a character reference.
pub(super) fn is_reference(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest).as_bytes();
    // The longest name has 31 letters.
    let most = 40 - (rest.len() - name.len());
    let length = name.iter().take(most).position(|byte| !byte.is_ascii_alphanumeric());
    length.is_some_and(|length| length > 0 && name[length] == b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_pushed(text: &str, parent: Parent, edges: Edges, expected: &str) {
        let mut out = String::new();
        push_text(&mut out, text, &Whole::new(text), parent, edges);
        assert_eq!(out, expected, "{text:?}, {parent:?}, {edges:?}");
    }

    /// What is around a text that is alone.
    fn alone() -> Edges {
        Edges { is_first: true, is_last: true, ..Edges::default() }
    }

    #[test]
    fn what_is_around_a_text_decides() {
        let paragraph = |text, edges, expected| assert_pushed(text, Parent::Paragraph, edges, expected);
        paragraph("# a", alone(), "\\# a");
        paragraph("# a", Edges { is_first: false, ..alone() }, "# a");
        paragraph("a\n\n", alone(), "a");
        paragraph("a\n\n", Edges { is_last: false, ..alone() }, "a\\\n\\\n");
        paragraph("ab", Edges { encode_first: true, ..alone() }, "&#97;b");
        paragraph("ab", Edges { encode_last: true, ..alone() }, "a&#98;");
        paragraph("a!", Edges { before_bracket: true, ..alone() }, "a\\!");
        paragraph("!a", Edges { before_bracket: true, ..alone() }, "!a");
        paragraph("[a]", Edges { in_link: true, ..alone() }, "\\[a\\]");
        paragraph("[a]", alone(), "[a]");
        paragraph("[a]", Edges { is_last: false, ..alone() }, "\\[a]");
        paragraph("a", Edges { encode_first: true, encode_last: true, ..alone() }, "&#97;");
        paragraph("\0!", Edges { encode_first: true, before_bracket: true, ..alone() }, "\u{fffd}\\!");
        paragraph("`a`", alone(), "\\`a\\`");
        paragraph("`a`", Edges { is_first: false, ..alone() }, "&#96;a\\`");
        paragraph("`a`", Edges { is_last: false, ..alone() }, "\\`a&#96;");
        paragraph("a<1", alone(), "a<1");
        paragraph("a<1", Edges { is_last: false, ..alone() }, "a\\<1");
    }

    #[test]
    fn the_whole_text_decides_about_tildes_and_dollars() {
        for (whole, expected) in [
            (Whole::new("~ $"), "~ $"),
            (Whole::new("~ $ ~"), "\\~ $"),
            (Whole::new("~ $a^b$"), "~ \\$"),
            (Whole::new("").with_tildes_outside(), "\\~ $"),
            (Whole::new("").with_formula(true), "~ \\$"),
        ] {
            let mut out = String::new();
            push_text(&mut out, "~ $", &whole, Parent::Paragraph, alone());
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn the_block_decides() {
        for (parent, expected) in [
            (Parent::Paragraph, "\\- a|\\\n&#32;b"),
            (Parent::Heading, "- a|<br> b"),
            (Parent::Cell, "- a&#124;<br> b"),
        ] {
            assert_pushed("- a|\n b", parent, alone(), expected);
        }
    }

    #[test]
    fn underscores_inside_words_are_not_delimiters() {
        for (text, expected) in [
            ("a_b", "a_b"),
            ("a__b_c", "a__b_c"),
            ("a_ b", "a\\_ b"),
            ("_a_b_", "\\_a_b\\_"),
            ("é_ü 长_文", "é_ü 长_文"),
            ("a_ⓑ", "a\\_ⓑ"),
            ("a_.b", "a\\_.b"),
        ] {
            assert_pushed(text, Parent::Paragraph, alone(), expected);
        }
    }

    #[test]
    fn white_space_beside_a_line_feed_is_written_as_a_reference() {
        for (text, expected) in [
            ("a \nb", "a&#32;\\\nb"),
            (" \n\t\nb\t", "&#32;\\\n&#9;\\\nb\t"),
            ("a  \n  1. b", "a &#32;\\\n&#32; 1. b"),
        ] {
            assert_pushed(text, Parent::Paragraph, alone(), expected);
        }
        assert_pushed(" a \n b", Parent::Heading, alone(), " a&#32;<br> b");
    }
}
