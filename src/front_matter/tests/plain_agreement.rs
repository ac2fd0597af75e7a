//! The fast reader gives what the reference gives, or declines: on blocks put together from the shapes that
//! it takes, and then damaged.

use super::*;
use crate::front_matter::plain::entries;

/// How many blocks are put together.
const BLOCKS: usize = 60_000;

/// Lines and parts of lines, each after the white space of some column.
const PIECES: &[&str] = &[
    "a: b",
    "a:",
    "a: ",
    "tags:",
    "title: ",
    "author:",
    "'c': d",
    "\"e\" : f",
    "g:\th",
    "- ",
    "-",
    "- a",
    "- - a",
    "- a: b",
    "- a:",
    "- 'b'",
    "- \"c\": d",
    "-a",
    "--- a",
    "---",
    "...",
    "? a",
    ": b",
    "? ",
    "a",
    "b c",
    "'it''s",
    "d'",
    "\"e",
    "f\"",
    "\"g\\",
    "\\ h\"",
    "\\",
    "'",
    "\"",
    "''",
    "[]",
    "[a, b]",
    "[a,",
    "b]",
    "]",
    "{}",
    "{",
    "{a: b}",
    "|",
    "|-",
    "|+",
    ">",
    ">-",
    ">+",
    "|2",
    "# a",
    " # b",
    "#",
    "1",
    "-1.5",
    "0x1",
    "012",
    "true",
    "~",
    "null",
    "2020-01-02",
    "2020-01-02 03:04:05 -05:00",
    "https://a.example/b#c",
    "x:y",
    "&a b",
    "*a",
    "!",
    "! 'a'",
    "!t a",
    "<<:",
    "<<: {}",
    "%",
    "%TAG a b",
    "%YAML 1.1",
    "@",
    "`",
    "\t",
    "\\n",
    "\\x41",
    "\u{e9}",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "\u{feff}",
    "",
];

/// What comes after a piece: most often a line break and the indentation of the next line.
const ENDS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\n  ",
    "\n    ",
    "\n ",
    "\n\n",
    "\n\n  ",
    "\n   \n",
    "\r\n",
    "\r\n  ",
    " ",
    " ",
    "",
    ": ",
    ", ",
    " \n",
    "\t\n",
    "\n\t",
    " # c\n",
    "\n# d\n",
    "\n  # e\n  ",
];

/// Marsaglia's xorshift64*: the same numbers on every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).expect("31 bits") % limit
    }

    pub(super) fn one_of<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }
}

/// Whether the fast reader took the block.
#[track_caller]
fn agrees(text: &str) -> bool {
    let Ok(taken) = entries(text) else { return false };
    match yaml::entries(text) {
        // Not all that differs is unequal: -0.0 is 0.0.
        Ok(reference) => assert_eq!(format!("{taken:?}"), format!("{reference:?}"), "{text:?}"),
        Err(refusal) => panic!("{text:?} is taken as {taken:?}, but refused by the reference: {refusal:?}"),
    }
    true
}

/// Pieces in any order.
#[test]
fn the_readers_agree_on_pieces() {
    let mut random = Random(1);
    let mut taken = 0;
    for _ in 0..BLOCKS {
        let mut text = random.one_of(&["a:\n", "a: ", "tags:\n  ", ""]).to_owned();
        for _ in 0..=random.below(6) {
            text.push_str(random.one_of(PIECES));
            text.push_str(random.one_of(ENDS));
        }
        taken += usize::from(agrees(&text));
    }
    // Else hardly anything is compared.
    assert!(taken > BLOCKS / 20, "{taken}");
}

/// Blocks that are right, in every style, and the same with one character put in or taken out.
#[test]
fn the_readers_agree_on_blocks() {
    let mut random = Random(2);
    let (mut taken, mut damaged) = (0, 0);
    for _ in 0..BLOCKS / 4 {
        let mut text = String::new();
        for _ in 0..=random.below(3) {
            add_entry(&mut text, 0, 0, &mut random);
        }
        if random.below(4) == 0 {
            text = text.replace('\n', "\r\n");
        }
        taken += usize::from(agrees(&text));
        for _ in 0..3 {
            damaged += usize::from(agrees(&damage(&text, &mut random)));
        }
    }
    assert!(taken > BLOCKS / 4 * 9 / 10, "{taken}");
    assert!(damaged > BLOCKS / 4, "{damaged}");
}

/// Adds a key at this column with a value, which is in `depth` collections.
fn add_entry(text: &mut String, column: usize, depth: usize, random: &mut Random) {
    text.push_str(random.one_of(&["a", "b", "title", "tags", "author", "'c d'", "\"e\\n\"", "7"]));
    text.push_str(random.one_of(&[":", ": ", ":", ":  "]));
    add_value(text, column, depth, true, random);
}

/// Adds a value at the end of a line, and the line break after it.
fn add_value(text: &mut String, column: usize, depth: usize, is_of_key: bool, random: &mut Random) {
    let inner = column + 1 + random.below(4);
    let below = format!("\n{}", " ".repeat(inner));
    match random.below(if depth < 3 { 10 } else { 7 }) {
        0 => text.push('\n'),
        1 => {
            let scalar =
                random.one_of(&["7", "-1.5", "true", "~", "012", "[]", "{}", "[a, 'b', 3]", "1e3", "no"]);
            text.extend([" ", scalar, "\n"]);
        }
        2 => add_lines(text, (" x", "\n"), &below, &["y", "- z", "a#b", "", "", "c:d", "é"], random),
        3 => add_lines(text, (" \"x", "\"\n"), &below, &["y", " \\", "\\n", "", "z\\", "'", "\\ w"], random),
        4 => add_lines(text, (" 'x", "'\n"), &below, &["y", "''", "", "z ", "\"", "# v"], random),
        5 => {
            let header = random.one_of(&[" |", " |-", " |+", " >", " >-", " >+"]);
            text.push_str(header);
            add_lines(
                text,
                (&format!("{below}x"), "\n"),
                &below,
                &["y", "", " z", "\tw", "# v", "- u"],
                random,
            );
        }
        6 => text.push_str(random.one_of(&[
            " b # c\n",
            " 'b'\t# c\n",
            " https://a.example/#b\n",
            " # c\n\n",
            " b  \n",
        ])),
        7 => {
            for _ in 0..=random.below(3) {
                text.push_str(&below);
                trim_break(text, inner);
                add_entry(text, inner, depth + 1, random);
            }
        }
        _ => {
            let at = if is_of_key && random.below(2) == 0 { column } else { inner };
            let padding = " ".repeat(1 + random.below(3));
            for _ in 0..=random.below(3) {
                text.extend(["\n", &" ".repeat(at), "-"]);
                trim_break(text, at + 1);
                if random.below(3) == 0 {
                    text.push_str(&padding);
                    add_entry(text, at + 1 + padding.len(), depth + 2, random);
                } else {
                    add_value(text, at, depth + 1, false, random);
                }
            }
        }
    }
}

/// Takes out the empty line before the last `length` characters, so that they follow the line above.
fn trim_break(text: &mut String, length: usize) {
    let at = text.len() - length - 1;
    if text[..at].ends_with('\n') {
        text.remove(at);
    }
}

/// Adds a scalar of one to four lines.
fn add_lines(
    text: &mut String,
    (start, end): (&str, &str),
    below: &str,
    lines: &[&str],
    random: &mut Random,
) {
    text.push_str(start);
    for _ in 0..random.below(4) {
        text.push_str(below);
        text.push_str(random.one_of(lines));
    }
    text.push_str(end);
}

/// The text with one to three characters put in or taken out.
pub(super) fn damage(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        if random.below(2) == 0 && at < chars.len() {
            chars.remove(at);
        } else {
            let damage =
                [' ', ' ', '\n', '-', ':', '#', '\'', '"', '\\', '\t', ',', '[', '|', '!', '&', '*', '.'];
            chars.insert(at, random.one_of(&damage));
        }
    }
    chars.into_iter().collect()
}
