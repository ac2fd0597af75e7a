//! The numbers of the lines of code, which are no part of the code: how to know them, and code without them.

use std::borrow::Cow;

use super::inline::SavedText;
use crate::html::event::{Attributes, Element, Removed, describe};
use crate::post::{Block, Cell, Mark, Preformatted, Text};
use crate::report::{Removal, RemovalKind};
use crate::word_list::words;

/// Classes of elements that hold the numbers of lines.
const GUTTERS: &[&str] = words!("gutters.txt", "gutters");

/// Classes of cells that hold one line of code each.
const LINES: &[&str] = words!("gutters.txt", "lines");

/// Classes of elements that hold the lines of code beside a gutter.
const CODE: &[&str] = words!("gutters.txt", "code");

/// An element in preformatted text that holds the number of a line, if it holds nothing but numbers.
pub(super) struct OpenGutter {
    pub(super) before: SavedText,
    pub(super) removed: Removed,
    pub(super) is_block: bool,
}

fn has_class_of(attrs: &Attributes<'_>, classes: &[&str]) -> bool {
    let [_id, class] = attrs.id_and_class();
    let has = |class: Cow<'_, str>| {
        class
            .split_ascii_whitespace()
            .any(|name| classes.iter().any(|known| name.eq_ignore_ascii_case(known)))
    };
    class.is_some_and(has)
}

/// Whether the class of an element makes it a gutter, if it holds nothing but numbers.
pub(super) fn is_gutter(attrs: &Attributes<'_>) -> bool {
    has_class_of(attrs, GUTTERS)
}

/// Whether the class of a cell says that it holds a line of code.
pub(super) fn is_line(attrs: &Attributes<'_>) -> bool {
    has_class_of(attrs, LINES)
}

/// Whether the class of an element beside a gutter says that it holds code.
pub(super) fn is_code(attrs: &Attributes<'_>) -> bool {
    has_class_of(attrs, CODE)
}

/// A gutter whose text is still to come.
pub(super) fn removed(element: &Element<'_>) -> Removed {
    Removed { removal: Removal::new(RemovalKind::Gutter, describe(element), ""), start: element.start }
}

/// Adds the text of a gutter, white space collapsed.
pub(super) fn add_text(removed: &mut Removed, text: &str) {
    for word in text.split_whitespace() {
        if !removed.removal.text.is_empty() {
            removed.removal.text.push(' ');
        }
        removed.removal.text.push_str(word);
    }
}

/// Whether a text can stand in a gutter: numbers at most.
pub(super) fn is_numbers(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ':' | '\u{200b}'))
}

/// The texts of a cell that holds nothing but numbers; `None` if it holds anything else.
pub(super) fn numbers_in<'b>(blocks: &'b [Block<'_>]) -> Option<Vec<&'b str>> {
    blocks.iter().map(|block| plain_text(block).filter(|text| is_numbers(text))).collect()
}

fn plain_text<'b>(block: &'b Block<'_>) -> Option<&'b str> {
    match block {
        Block::Paragraph(paragraph) => Some(&paragraph.text.text),
        Block::Preformatted(preformatted) => Some(&preformatted.text.text),
        Block::Heading(_)
        | Block::Figure(_)
        | Block::List(_)
        | Block::BlockQuote(_)
        | Block::Table(_)
        | Block::ThematicBreak(_) => None,
    }
}

/// A cell with the class of a gutter that holds nothing but numbers.
pub(super) struct Numbers {
    /// The index of the cell in its row.
    pub(super) index: usize,
    pub(super) removed: Removed,
}

/// Takes the numbers of lines out of a row, if nothing but code stands beside them. Without a text, a cell is
/// a gutter only beside another.
pub(super) fn remove_numbers(cells: &mut Vec<Cell<'_>>, numbers: Vec<Numbers>) -> Option<Removed> {
    let is_code = |cell: &Cell<'_>| cell.blocks.iter().all(|block| matches!(block, Block::Preformatted(_)));
    if numbers.iter().all(|numbers| numbers.removed.removal.text.is_empty()) {
        return None;
    }
    let mut indices = numbers.iter().map(|numbers| numbers.index).peekable();
    let mut others = 0;
    let only_code = cells.iter().enumerate().all(|(index, cell)| {
        let is_gutter = indices.next_if_eq(&index).is_some();
        others += usize::from(!is_gutter);
        is_gutter || is_code(cell)
    });
    if !only_code || others == 0 {
        return None;
    }
    let mut numbers = numbers.into_iter();
    let Numbers { index, mut removed } = numbers.next()?;
    let mut gone = vec![index];
    for Numbers { index, removed: more } in numbers {
        gone.push(index);
        add_text(&mut removed, &more.removal.text);
    }
    let mut index = 0;
    let mut gone = gone.into_iter().peekable();
    cells.retain(|_| {
        let goes = gone.next_if_eq(&index).is_some();
        index += 1;
        !goes
    });
    Some(removed)
}

/// Takes out the first of two cells if it numbers the lines of the second, each in a `<pre>`. It begins at
/// the byte offset `start` in the body.
pub(super) fn remove_from(row: &mut Vec<Cell<'_>>, start: Option<usize>) -> Option<Removed> {
    if !is_gutter_and_code(row) {
        return None;
    }
    let mut removed = Removed { removal: Removal::new(RemovalKind::Gutter, "td", ""), start };
    for text in row.remove(0).blocks.iter().filter_map(plain_text) {
        add_text(&mut removed, text);
    }
    Some(removed)
}

fn is_gutter_and_code(cells: &[Cell<'_>]) -> bool {
    let [gutter, code] = cells else { return false };
    let ([Block::Preformatted(numbers)], [Block::Preformatted(code)]) =
        (&gutter.blocks[..], &code.blocks[..])
    else {
        return false;
    };
    let code = &*code.text.text;
    let lines = |text: &str| text.split('\n').count();
    consecutive(&numbers.text.text).is_some_and(|count| {
        count == lines(code) || count == lines(code.trim_end_matches('\n')) || count + 1 == lines(code)
    })
}

/// How many lines there are, if they are consecutive numbers.
fn consecutive(text: &str) -> Option<usize> {
    let mut count = 0;
    let mut next: Option<u64> = None;
    for line in text.trim().lines() {
        let number: u64 = line.trim().parse().ok()?;
        if next.is_some_and(|next| next != number) {
            return None;
        }
        next = Some(number.checked_add(1)?);
        count += 1;
    }
    Some(count)
}

/// The blocks of a table of code without its gutter: the lines in its rows are one text.
pub(super) fn code<'a>(rows: Vec<Vec<Cell<'a>>>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut lines = Lines::default();
    let is_one_row = rows.len() == 1;
    for row in rows {
        let mut in_row = row.into_iter().flat_map(|cell| cell.blocks).peekable();
        if in_row.peek().is_none() {
            lines.blank += 1;
        }
        for block in in_row {
            match block {
                Block::Preformatted(line) if !is_one_row => lines.add(line),
                mut block => {
                    if let Block::Preformatted(code) = &mut block {
                        code.is_code = true;
                    }
                    blocks.extend(lines.take());
                    blocks.push(block);
                }
            }
        }
    }
    blocks.extend(lines.take());
    blocks
}

/// Lines of code that become one text.
#[derive(Default)]
struct Lines<'a> {
    text: String,
    marks: Vec<Mark<'a>>,
    language: Option<Cow<'a, str>>,
    /// The number of lines so far.
    count: usize,
    /// The number of empty lines after the last one with a text.
    blank: usize,
}

impl<'a> Lines<'a> {
    fn add(&mut self, line: Preformatted<'a>) {
        let Preformatted { text: Text { text, marks }, language, is_code: _ } = line;
        if self.count > 0 {
            self.text.push('\n');
        }
        self.text.extend(std::iter::repeat_n('\n', std::mem::take(&mut self.blank)));
        let shift = self.text.len();
        let text = text.strip_suffix('\n').unwrap_or(&text);
        self.text.push_str(text);
        let end = self.text.len();
        self.marks.extend(marks.into_iter().map(|mark| Mark {
            start: (mark.start + shift).min(end),
            end: (mark.end + shift).min(end),
            kind: mark.kind,
        }));
        self.language = self.language.take().or(language);
        self.count += 1;
    }

    /// The lines as one block, if there are any.
    fn take(&mut self) -> Option<Block<'a>> {
        let Self { text, marks, language, count, blank: _ } = std::mem::take(self);
        let mut code = Preformatted::new(Text { text: text.into(), marks });
        code.language = language;
        code.is_code = true;
        (count > 0).then_some(Block::Preformatted(code))
    }
}
