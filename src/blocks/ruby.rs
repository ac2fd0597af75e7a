//! Ruby: bases and the readings beside them.
//!
//! A base is the text from the start of its `<ruby>`, or from the reading before it, up to its own reading.
//! Several readings of one base join with a space. If there are as many readings as `<rb>` in the base, each
//! of them is a base of its own. Marks of one kind do not overlap, so a reading of a `<ruby>` around others
//! joins theirs, over the whole base.

use std::mem::take;
use std::ops::Range;

use super::marks::{shift, shift_mark};
use crate::chars::trim_blank;
use crate::post::{Mark, MarkKind};

/// The open `<ruby>` elements of a text, and the reading that is being collected.
///
/// All offsets are in the text that is being collected.
#[derive(Default)]
pub(super) struct RubyBuilder<'a> {
    open: Vec<Ruby>,
    /// The marks of this text that are complete, as long as a `<ruby>` is open.
    done: Vec<Mark<'a>>,
    reading: Option<Reading>,
}

/// An open `<ruby>`, with the base that has come last.
#[derive(Default)]
struct Ruby {
    /// Where the base begins.
    start: usize,
    /// Where the base ends; `None` until a reading has come.
    end: Option<usize>,
    /// Where the open `<rb>` begins.
    part_start: Option<usize>,
    /// The parts of the base in an `<rb>`.
    parts: Vec<Range<usize>>,
    /// The number of complete marks before the base.
    done_before: usize,
    readings: Vec<String>,
}

/// A reading whose `<rt>` or `<rtc>` is open.
#[derive(Default)]
struct Reading {
    text: String,
    has_space: bool,
}

impl<'a> RubyBuilder<'a> {
    /// Whether no `<ruby>` is open.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether text that comes now belongs to a reading.
    pub(super) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Opens a `<ruby>` after `length` bytes of text.
    pub(super) fn open(&mut self, length: usize) {
        self.begin_base(length);
        self.open.push(Ruby { start: length, done_before: self.done.len(), ..Ruby::default() });
    }

    /// Closes the innermost `<ruby>`. Returns the marks that are complete, unless another `<ruby>` is open.
    pub(super) fn close(&mut self) -> Vec<Mark<'a>> {
        if let Some(ruby) = self.open.pop() {
            ruby.complete(&mut self.done);
        }
        if self.open.is_empty() { take(&mut self.done) } else { Vec::new() }
    }

    /// Ends the text: the marks of all bases that have a reading. The open elements go on in the next text.
    pub(super) fn end_text(&mut self) -> Vec<Mark<'a>> {
        self.end_reading();
        for ruby in self.open.iter_mut().rev() {
            take(ruby).complete(&mut self.done);
        }
        take(&mut self.done)
    }

    /// The text after `length` bytes is not part of a base that has readings.
    fn begin_base(&mut self, length: usize) {
        if let Some(ruby) = self.open.last_mut() {
            ruby.begin_base(length, &mut self.done);
        }
    }

    /// The text up to `length` bytes is not part of the next base.
    pub(super) fn skip_to(&mut self, length: usize) {
        self.begin_base(length);
        if let Some(ruby) = self.open.last_mut() {
            *ruby = Ruby { start: length, done_before: self.done.len(), ..Ruby::default() };
        }
    }

    /// Opens an `<rb>` after `length` bytes of text.
    pub(super) fn open_part(&mut self, length: usize) {
        self.begin_base(length);
        if let Some(ruby) = self.open.last_mut() {
            ruby.part_start = Some(length);
        }
    }

    /// Closes the `<rb>` after `length` bytes of text.
    pub(super) fn close_part(&mut self, length: usize) {
        let Some(ruby) = self.open.last_mut() else { return };
        let start = ruby.part_start.take();
        ruby.parts.extend(start.filter(|&start| start < length).map(|start| start..length));
    }

    /// The start of the base that a reading would belong to now.
    pub(super) fn base_start(&self) -> Option<usize> {
        self.open.last().map(|ruby| ruby.end.unwrap_or(ruby.start))
    }

    /// Opens an `<rt>` or `<rtc>` after this text. Its base begins at the offset `earliest` or later. Returns
    /// `false`, and does nothing, if there is no base that it could be the reading of.
    pub(super) fn open_reading(&mut self, text: &str, earliest: usize) -> bool {
        let Some(ruby) = self.open.last_mut() else { return false };
        let begins = ruby.end.unwrap_or(ruby.start).max(earliest);
        if !trim_blank(text.get(begins..).unwrap_or_default()).is_empty() {
            ruby.begin_base(begins, &mut self.done);
            if ruby.start < begins {
                ruby.start = begins;
                // Not all of the parts are left.
                ruby.parts.clear();
            }
            ruby.end = Some(text.len());
        } else if ruby.end.is_none() {
            return false;
        }
        self.reading = Some(Reading::default());
        true
    }

    /// Begins another reading inside an element that holds readings.
    pub(super) fn split_reading(&mut self) {
        if self.reading.is_some() {
            self.end_reading();
            self.reading = Some(Reading::default());
        }
    }

    /// Ends the reading.
    pub(super) fn end_reading(&mut self) {
        let (Some(reading), Some(ruby)) = (self.reading.take(), self.open.last_mut()) else { return };
        let kept = trim_blank(&reading.text);
        if kept.len() == reading.text.len() && !kept.is_empty() {
            ruby.readings.push(reading.text);
        } else if !kept.is_empty() {
            ruby.readings.push(kept.to_owned());
        }
    }

    /// A blank was put into the text before the byte at this offset.
    pub(super) fn shift(&mut self, at: usize) {
        for mark in &mut self.done {
            shift_mark(mark, at);
        }
        for ruby in &mut self.open {
            shift(&mut ruby.start, at);
            ruby.end.iter_mut().for_each(|end| shift(end, at + 1));
            ruby.part_start.iter_mut().for_each(|start| shift(start, at));
            for part in &mut ruby.parts {
                shift(&mut part.start, at);
                shift(&mut part.end, at + 1);
            }
        }
    }

    /// Adds text to the reading, with its white space collapsed.
    pub(super) fn push(&mut self, text: &str) {
        let Some(reading) = &mut self.reading else { return };
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_ascii_end();
            if !word.is_empty() {
                if reading.has_space && !reading.text.is_empty() {
                    reading.text.push(' ');
                }
                reading.text.push_str(word);
                reading.has_space = false;
            }
            reading.has_space |= word.len() < piece.len();
        }
    }
}

impl Ruby {
    /// The text from the offset `start` on is the next base, if the last one has readings.
    fn begin_base(&mut self, start: usize, done: &mut Vec<Mark<'_>>) {
        if self.end.is_some() {
            take(self).complete(done);
            *self = Self { start, done_before: done.len(), ..Self::default() };
        }
    }

    /// Adds the marks of the base, if it has readings.
    fn complete(self, done: &mut Vec<Mark<'_>>) {
        let Self { start, end: Some(end), part_start: _, parts, done_before, readings } = self else {
            return;
        };
        if readings.is_empty() {
            return;
        }
        if done.len() == done_before && parts.len() == readings.len() {
            done.extend(parts.into_iter().zip(readings).map(|(part, reading)| ruby(part, reading)));
            return;
        }
        let mut joined = String::new();
        let mut join = |reading: &str| {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(reading);
        };
        for mark in done.drain(done_before.min(done.len())..) {
            if let MarkKind::Ruby { reading } = &mark.kind {
                join(reading);
            }
        }
        for reading in &readings {
            join(reading);
        }
        done.push(ruby(start..end, joined));
    }
}

fn ruby<'a>(range: Range<usize>, reading: String) -> Mark<'a> {
    Mark::new(range, MarkKind::ruby(reading))
}
