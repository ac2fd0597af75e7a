//! Marks drawn in to where Markdown has delimiters.

use std::borrow::Cow;
use std::ops::Range;

use super::mark::Form;
use super::punctuation::{is_full_width_punctuation, is_surely_punctuation};
use crate::post::{Mark, MarkKind, Text};

/// The text, with its marks drawn in from the punctuation at their edges where a letter stands outside.
///
/// `**秋：**天` is not strong text in Markdown; `**秋**：天` is, and says the same to a reader.
pub(super) fn drawn_in<'t>(text: &'t Text<'_>) -> Cow<'t, Text<'t>> {
    if text.marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let indivisible = Indivisible::of(&text.marks);
    let draw_in = |mark: &Mark<'_>| draw_in(mark, &text.text, &indivisible);
    let is_drawn_in = |mark: &Mark<'_>| draw_in(mark).is_some();
    let Some(first) = text.marks.iter().position(is_drawn_in) else { return Cow::Borrowed(text) };
    let mut marks = text.marks.clone();
    for mark in &mut marks[first..] {
        (mark.start, mark.end) = draw_in(mark).unwrap_or((mark.start, mark.end));
    }
    Cow::Owned(Text::new(&*text.text, marks))
}

/// Where a mark starts and ends once it is drawn in. A bracket that is then outside takes its partner along.
///
/// `None` if there is no need, or if nothing would be left, or white space at an edge, or if a formula or
/// code would be cut: each is one token, whatever its text is.
fn draw_in(mark: &Mark<'_>, text: &str, indivisible: &Indivisible) -> Option<(usize, usize)> {
    Form::of(&mark.kind).delimiter()?;
    let inside = text.get(mark.range())?;
    let is_letter = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_surely_punctuation(c));
    let draws_start = is_letter(text[..mark.start].chars().next_back());
    let draws_end = is_letter(text[mark.end..].chars().next());
    if !draws_start && !draws_end {
        return None;
    }
    let first = &inside[..passed(&mut inside.chars())];
    let last = &inside[inside.len() - passed(&mut inside.chars().rev())..];
    let pairs = || BRACKETS.iter().filter(|(open, close)| first.contains(*open) && last.contains(*close));
    let passed_first = if draws_start {
        Some(first.len())
    } else {
        pairs().filter_map(|(open, _)| Some(first.rfind(*open)? + open.len_utf8())).max()
    };
    let passed_last = if draws_end {
        Some(last.len())
    } else {
        pairs().filter_map(|(_, close)| Some(last.len() - last.find(*close)?)).max()
    };
    let start = mark.start + passed_first.unwrap_or(0);
    let end = mark.end - passed_last.unwrap_or(0);
    let is_clean =
        |drawn: &str| !drawn.starts_with(char::is_whitespace) && !drawn.ends_with(char::is_whitespace);
    let is_drawn = (start, end) != (mark.start, mark.end) && start < end && is_clean(&text[start..end]);
    // What is passed, or the character outside, may be of a formula or of code.
    let touches_indivisible = || {
        start > mark.start && indivisible.overlap(&(mark.start.saturating_sub(1)..start))
            || end < mark.end && indivisible.overlap(&(end..mark.end + 1))
    };
    (is_drawn && !touches_indivisible()).then_some((start, end))
}

/// Where the formulas and the code of a text are: ranges in order, none of which overlap.
struct Indivisible(Vec<Range<usize>>);

impl Indivisible {
    fn of(marks: &[Mark<'_>]) -> Self {
        let is_indivisible = |mark: &&Mark<'_>| matches!(mark.kind, MarkKind::Math { .. } | MarkKind::Code);
        let mut ranges: Vec<_> =
            marks.iter().filter(is_indivisible).map(Mark::range).filter(|range| !range.is_empty()).collect();
        ranges.sort_by_key(|range| range.start);
        ranges.dedup_by(|next, before| {
            let overlaps = next.start < before.end;
            if overlaps {
                before.end = before.end.max(next.end);
            }
            overlaps
        });
        Self(ranges)
    }

    /// Whether a byte in this range belongs to a formula or to code.
    fn overlap(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|before| before.end <= range.start);
        self.0.get(next).is_some_and(|next| next.start < range.end)
    }
}

/// The length in bytes of the punctuation that comes first, with the spaces in it. A long run is a drawing,
/// of which the rest stays inside.
fn passed(chars: &mut dyn Iterator<Item = char>) -> usize {
    let is_passed = |c: &char| {
        is_surely_punctuation(*c)
            || is_full_width_punctuation(*c)
            || c.is_whitespace() && !matches!(c, '\n' | '\r')
    };
    chars.take(MAX_DRAWN).take_while(is_passed).map(char::len_utf8).sum()
}

/// How many characters of punctuation a mark is drawn in past, at most.
const MAX_DRAWN: usize = 8;

/// What stands around words as a pair.
const BRACKETS: [(char, char); 9] = [
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
];
