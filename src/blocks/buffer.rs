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
    /// The length of the text, which is asked for at each tag.
    length: usize,
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

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds a piece of the source to an empty text.
    #[inline]
    pub(super) fn begin(&mut self, piece: &'a str) {
        self.slice = piece;
        self.length = piece.len();
    }

    /// Adds a piece of the source.
    #[inline]
    pub(super) fn push(&mut self, piece: &'a str) {
        if self.length == 0 {
            self.begin(piece);
        } else {
            self.push_copy(piece);
        }
    }

    /// Adds a piece that is not a piece of the source.
    #[inline]
    pub(super) fn push_copy(&mut self, piece: &str) {
        self.copied().push_str(piece);
        self.length += piece.len();
    }

    #[inline]
    pub(super) fn push_char(&mut self, c: char) {
        self.copied().push(c);
        self.length += c.len_utf8();
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
        self.length = self.as_str().len();
    }

    /// Puts a blank before the byte at an offset.
    pub(super) fn insert_blank(&mut self, at: usize) {
        self.copied().insert(at, ' ');
        self.length += 1;
    }

    #[inline]
    fn copied(&mut self) -> &mut String {
        if !self.is_copied {
            self.copy();
        }
        &mut self.buffer
    }

    #[inline(never)]
    fn copy(&mut self) {
        if self.buffer.capacity() == 0 {
            self.buffer.reserve_exact(self.room.max(self.slice.len()));
        }
        self.buffer.push_str(self.slice);
        self.is_copied = true;
    }

    /// Takes out the bytes `from..to`. The text is then to be [cleared](Self::clear).
    pub(super) fn take(&mut self, from: usize, to: usize) -> Cow<'a, str> {
        if !self.is_copied {
            let is_all = to - from == self.length;
            return Cow::Borrowed(if is_all { self.slice } else { &self.slice[from..to] });
        }
        if from > 0 || !self.is_short_body || to < self.buffer.capacity() / 2 {
            return Cow::Owned(self.buffer[from..to].to_owned());
        }
        let mut text = take(&mut self.buffer);
        text.truncate(to);
        text.shrink_to_fit();
        Cow::Owned(text)
    }

    /// The text as one piece of the source, unless it is copied.
    #[inline]
    pub(super) fn piece(&self) -> (&'a str, bool) {
        (self.slice, self.is_copied)
    }

    /// Begins the next text after one that is one [piece](Self::piece) of the source.
    #[inline]
    pub(super) fn clear_piece(&mut self) {
        self.slice = "";
        self.length = 0;
    }

    /// Begins the next text.
    pub(super) fn clear(&mut self) {
        self.slice = "";
        self.buffer.clear();
        self.length = 0;
        self.is_copied = false;
    }
}
