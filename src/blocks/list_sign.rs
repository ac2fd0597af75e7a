//! Items of a list that are paragraphs which begin with a sign, as Word writes them: `·   Tea` and
//! `iv)  Tea`.

use std::borrow::Cow;

use super::tight::push_tight;
use crate::html::event::Removed;
use crate::post::{Block, Item, List, ListKind, MarkKind, Numbering, Text};

/// An open paragraph that may be an item of a list.
pub(super) struct ListParagraph {
    /// The number of blocks before it.
    pub(super) first: usize,
    /// How many lists it stands in, and whether its style says so.
    pub(super) level: usize,
    pub(super) is_told: bool,
    /// Where its sign stands, for the report.
    pub(super) removed: Removed,
}

/// What the sign of an item says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    Bullet,
    /// A number, in each way that it can be read in. The first one holds if the list begins here.
    Number([Option<(Numbering, i32)>; 2]),
}

/// The bullets of Word: in the fonts Symbol and Wingdings, some of them are letters.
const BULLETS: [char; 26] = [
    '·', '•', '◦', '▪', '■', '□', '●', '○', '►', '➢', '→', '✓', '✔', '-', '–', '—', '*', 'o', '§', 'Ø', 'ü',
    'v', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f0fc}',
];

impl Sign {
    fn of(word: &str) -> Option<Self> {
        let mut chars = word.chars();
        if let (Some(bullet), None) = (chars.next(), chars.next()) {
            return BULLETS.contains(&bullet).then_some(Self::Bullet);
        }
        let number = match word.strip_suffix(')') {
            Some(number) => number.strip_prefix('(').unwrap_or(number),
            None => word.strip_suffix('.')?,
        };
        if number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Number([Some((Numbering::Decimal, number.parse().ok()?)), None]));
        }
        let (alpha, roman) = if number.bytes().all(|byte| byte.is_ascii_lowercase()) {
            (Numbering::LowerAlpha, Numbering::LowerRoman)
        } else if number.bytes().all(|byte| byte.is_ascii_uppercase()) {
            (Numbering::UpperAlpha, Numbering::UpperRoman)
        } else {
            return None;
        };
        let number = number.to_ascii_lowercase();
        let as_alpha = match number.as_bytes() {
            [letter] => Some((alpha, i32::from(letter - b'a') + 1)),
            _ => None,
        };
        let as_roman = roman_value(&number).map(|value| (roman, value));
        match (as_alpha, as_roman) {
            (None, None) => None,
            (None, _) => Some(Self::Number([as_roman, None])),
            // Of the letters that are numbers, too, only an `i` begins a list.
            (_, Some(_)) if number == "i" => Some(Self::Number([as_roman, as_alpha])),
            _ => Some(Self::Number([as_alpha, as_roman])),
        }
    }

    /// Whether a list goes on with an item that has this sign.
    fn continues(&self, list: &List<'_>) -> bool {
        let number = |numbers: &[Option<(Numbering, i32)>; 2]| {
            let count = i32::try_from(list.items.len()).unwrap_or(i32::MAX);
            let next = (list.numbering, list.start.unwrap_or(1).saturating_add(count));
            numbers.contains(&Some(next))
        };
        match (self, list.kind) {
            (Self::Bullet, ListKind::Unordered) => true,
            (Self::Number(numbers), ListKind::Ordered) => number(numbers),
            _ => false,
        }
    }

    /// A list that begins with an item that has this sign.
    fn list<'a>(&self, item: Item<'a>) -> List<'a> {
        let numbers = match self {
            Self::Bullet => return List::new(ListKind::Unordered, vec![item]),
            Self::Number(numbers) => numbers,
        };
        let mut list = List::new(ListKind::Ordered, vec![item]);
        if let Some((numbering, number)) = numbers.iter().flatten().next() {
            list.numbering = *numbering;
            list.start = Some(*number).filter(|number| *number != 1);
        }
        list
    }
}

/// The value of a Roman number in small letters, up to 89.
fn roman_value(number: &str) -> Option<i32> {
    const DIGITS: [(&str, usize, i32); 7] =
        [("l", 1, 50), ("xl", 1, 40), ("x", 3, 10), ("ix", 1, 9), ("v", 1, 5), ("iv", 1, 4), ("i", 3, 1)];
    let (mut rest, mut value) = (number, 0);
    for (digit, most, worth) in DIGITS {
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(digit) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// A paragraph that is to be an item of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// How many lists the item stands in, counted from where the paragraph stands; at least one.
    pub(super) level: usize,
    /// Whether the markup says that it is one. Otherwise no-break spaces must stand after the sign.
    pub(super) is_told: bool,
    /// Whether the block before the paragraph is a list that was made in this way.
    pub(super) is_after_item: bool,
}

/// Makes the blocks from index `first` on an item of a list, if they begin with a sign: they go into the list
/// before them if the item may be its next one, or into a list of its last item. Returns the sign.
pub(super) fn make_item(blocks: &mut Vec<Block<'_>>, first: usize, place: Place) -> Option<String> {
    let held = blocks.get(first..)?;
    let Some(Block::Paragraph(paragraph)) = held.first() else { return None };
    // The lists around it would be one more than may nest.
    if held.iter().any(|block| block.children().next().is_some()) {
        return None;
    }
    let text = &*paragraph.text.text;
    let (word, after) = text.split_at(text.find(char::is_whitespace)?);
    let rest = after.trim_start();
    let gap = &after[..after.len() - rest.len()];
    if rest.is_empty() || !(place.is_told || gap.contains('\u{a0}')) {
        return None;
    }
    let (word, sign) = (word.to_owned(), Sign::of(word)?);
    let at = text.len() - rest.len();
    let mut held = blocks.split_off(first);
    if let Some(Block::Paragraph(paragraph)) = held.first_mut() {
        cut_start(&mut paragraph.text, at);
    }
    add(blocks, place, &sign, Item::new(held));
    Some(word)
}

/// Adds an item to the lists with which some blocks end.
fn add<'a>(mut blocks: &mut Vec<Block<'a>>, place: Place, sign: &Sign, item: Item<'a>) {
    let mut may_go_on = place.is_after_item;
    if may_go_on {
        for _ in 1..place.level {
            if !matches!(blocks.last(), Some(Block::List(list)) if !list.items.is_empty()) {
                break;
            }
            let Some(Block::List(list)) = blocks.last_mut() else { return };
            let Some(item) = list.items.last_mut() else { return };
            blocks = &mut item.blocks;
        }
        may_go_on = matches!(blocks.last(), Some(Block::List(list)) if sign.continues(list));
    }
    match blocks.last_mut() {
        Some(Block::List(list)) if may_go_on => push_tight(&mut list.items, item),
        _ => push_tight(blocks, Block::List(sign.list(item))),
    }
}

/// Takes away the first bytes of a text.
fn cut_start(text: &mut Text<'_>, length: usize) {
    text.marks.retain_mut(|mark| {
        let is_point = matches!(mark.kind, MarkKind::Anchor { .. });
        (mark.start, mark.end) = (mark.start.saturating_sub(length), mark.end.saturating_sub(length));
        is_point || mark.start < mark.end
    });
    match &mut text.text {
        Cow::Borrowed(text) => *text = &text[length..],
        Cow::Owned(text) => drop(text.drain(..length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_words() {
        use Numbering::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
        for bullet in ["·", "o", "§", "-"] {
            assert_eq!(Sign::of(bullet), Some(Sign::Bullet), "{bullet}");
        }
        for (sign, first, second) in [
            ("1.", (Decimal, 1), None),
            ("(12)", (Decimal, 12), None),
            ("a)", (LowerAlpha, 1), None),
            ("B.", (UpperAlpha, 2), None),
            ("i.", (LowerRoman, 1), Some((LowerAlpha, 9))),
            ("V.", (UpperAlpha, 22), Some((UpperRoman, 5))),
            ("xiv)", (LowerRoman, 14), None),
        ] {
            assert_eq!(Sign::of(sign), Some(Sign::Number([Some(first), second])), "{sign}");
        }
        for word in
            ["", "a", "1", "etc.", "1.1.", "Iv.", "iiii.", ".", ")", "()", "(a.", "99999999999.", "ä.", "x"]
        {
            assert_eq!(Sign::of(word), None, "{word}");
        }
    }
}
