//! Runs of text between the borders of blocks: which of them read like sentences.

use crate::chars::{is_blank, is_cjk, is_hangul};

/// The shortest run, in [letters](size), that reads like sentences.
const SHORTEST: u32 = 60;

/// The text since the last border of a block.
#[derive(Debug, Default)]
pub(super) struct Runs {
    text: u32,
    linked: u32,
    /// The marks that part sentences, and parts of sentences.
    marks: u32,
}

/// A run that reads like sentences.
pub(super) struct Run {
    /// Its text outside links.
    pub(super) size: u32,
}

impl Runs {
    /// Adds a text to the run, and says how long the text is.
    pub(super) fn add(&mut self, text: &str, is_linked: bool) -> u32 {
        let mut size = 0_u32;
        if text.is_ascii() {
            for byte in text.bytes() {
                size += u32::from(!matches!(byte, b'\t'..=b'\r' | b' '));
                self.marks += u32::from(matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?'));
            }
        } else {
            for c in text.chars() {
                size += self::size(c);
                self.marks += u32::from(is_mark(c));
            }
        }
        self.text = self.text.saturating_add(size);
        if is_linked {
            self.linked = self.linked.saturating_add(size);
        }
        size
    }

    /// Ends the run, and gives it if it reads like sentences.
    pub(super) fn end(&mut self) -> Option<Run> {
        let Self { text, linked, marks } = std::mem::take(self);
        let size = text - linked;
        // Sentences have a mark for every few words.
        let is_prose = size >= SHORTEST && size >= linked && marks > 0;
        is_prose.then_some(Run { size })
    }
}

/// How many letters of an alphabet a character is worth: a Chinese character is about a syllable.
fn size(c: char) -> u32 {
    if is_blank(c) || c.is_whitespace() {
        0
    } else if is_hangul(c) {
        2
    } else if is_cjk(c) {
        3
    } else {
        1
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '。'
            | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '…'
            | '،'
            | '؛'
            | '؟'
            | '．'
    )
}
