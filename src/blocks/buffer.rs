//! The text of one block while its pieces come in.

use std::borrow::Cow;
use std::mem::take;

/// A text that is collected from pieces. The first piece is borrowed, the second makes a copy.
///
/// The copy is made in a buffer that all texts of a body share, so that a text takes the memory that it needs
/// and no more. In a short body, a text that fills most of the buffer is probably the only one, and takes the
/// buffer itself.
#[derive(Default)]
pub(super) struct TextBuffer<'a> {
    slice: &'a str,
    buffer: String,
    /// The capacity, in bytes, that the buffer gets with the first copy.
    room: usize,
    is_short_body: bool,
    is_copied: bool,
}

/// The room, in bytes, that is made for the first copied text, unless the body is [short](SHORT_BODY). Few
/// texts are longer.
const USUAL_TEXT: usize = 512;

/// A body of fewer bytes is probably one text.
const SHORT_BODY: usize = 1024;

impl<'a> TextBuffer<'a> {
    /// An empty text in a body of `body_bytes` bytes.
    pub(super) fn new(body_bytes: usize) -> Self {
        let is_short_body = body_bytes < SHORT_BODY;
        let room = if is_short_body { body_bytes } else { USUAL_TEXT };
        Self { room, is_short_body, ..Self::default() }
    }

    pub(super) fn as_str(&self) -> &str {
        if self.is_copied { &self.buffer } else { self.slice }
    }

    pub(super) fn len(&self) -> usize {
        self.as_str().len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a piece of the source.
    pub(super) fn push(&mut self, piece: &'a str) {
        if self.is_empty() {
            self.slice = piece;
        } else {
            self.push_copy(piece);
        }
    }

    /// Adds a piece that is not a piece of the source.
    pub(super) fn push_copy(&mut self, piece: &str) {
        self.copied().push_str(piece);
    }

    pub(super) fn push_char(&mut self, c: char) {
        self.copied().push(c);
    }

    /// Takes back what was added after the first `length` bytes.
    pub(super) fn truncate(&mut self, length: usize) {
        if length == 0 {
            self.clear();
        } else if self.is_copied {
            self.buffer.truncate(length);
        } else {
            self.slice = &self.slice[..length];
        }
    }

    /// Puts a blank before the byte at an offset.
    pub(super) fn insert_blank(&mut self, at: usize) {
        self.copied().insert(at, ' ');
    }

    fn copied(&mut self) -> &mut String {
        if !self.is_copied {
            if self.buffer.capacity() == 0 {
                self.buffer.reserve_exact(self.room.max(self.slice.len()));
            }
            self.buffer.push_str(self.slice);
            self.is_copied = true;
        }
        &mut self.buffer
    }

    /// Takes out the bytes `from..to`. The text is then to be [cleared](Self::clear).
    pub(super) fn take(&mut self, from: usize, to: usize) -> Cow<'a, str> {
        if !self.is_copied {
            return Cow::Borrowed(&self.slice[from..to]);
        }
        if from > 0 || !self.is_short_body || to < self.buffer.capacity() / 2 {
            return Cow::Owned(self.buffer[from..to].to_owned());
        }
        let mut text = take(&mut self.buffer);
        text.truncate(to);
        text.shrink_to_fit();
        Cow::Owned(text)
    }

    /// Begins the next text.
    pub(super) fn clear(&mut self) {
        self.slice = "";
        self.buffer.clear();
        self.is_copied = false;
    }
}
