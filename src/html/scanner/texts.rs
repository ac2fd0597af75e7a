//! Texts and references, and the white space between tags.

use memchr::memchr2;

use super::Scanner;
use super::formatting::Formatting;
use crate::bytes::leading_spaces_and_feeds;
use crate::engine::Decline;
use crate::group::{HALF, equal, half_marked, lanes};
use crate::html::collapsed_text::{CollapsedText, Edge, Space, collapsed_words};
use crate::html::event::EventSink;
use crate::rarely::rarely;
use crate::references::{self, Decoded};

impl<'a, S: EventSink<'a>, F: Formatting> Scanner<'a, '_, S, F> {
    /// Sends the spaces and line feeds that begin here with a line feed, if a `<`, an `&` or the end of the
    /// input follows them: half of all texts are nothing else. Otherwise returns where they end, and which
    /// edge of the text they make; `None` for several line feeds.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn line_feed_here(&mut self) -> Result<Option<(usize, Option<Edge>)>, Decline> {
        let html = self.html;
        let start = self.at;
        let mut end = start + 1;
        while let Some(half) = html.as_bytes().get(end..).and_then(<[u8]>::first_chunk::<HALF>) {
            let spaces = half_marked(equal(lanes(half, 0), b' ')).trailing_ones() as usize;
            end += spaces;
            match html.as_bytes().get(end) {
                _ if spaces == HALF => {}
                Some(b'<') => {
                    let space = Space { source: &html[start..end], feeds: 1 };
                    self.at = end;
                    self.reconstruct()?;
                    self.sink.space(space);
                    return Ok(None);
                }
                Some(b'\n' | b'&') | None => break,
                _ => return Ok(Some((end, Some(Edge::Line)))),
            }
        }
        self.space_here()
    }

    /// The same for those that begin with either.
    #[inline(never)]
    pub(super) fn space_here(&mut self) -> Result<Option<(usize, Option<Edge>)>, Decline> {
        let html = self.html;
        let start = self.at;
        let end = start + leading_spaces_and_feeds(&html.as_bytes()[start..]);
        if !matches!(html.as_bytes().get(end), None | Some(b'<' | b'&')) {
            return Ok(Some((end, Edge::of(&html.as_bytes()[start..end]))));
        }
        let space = Space::of(&html[start..end]);
        self.at = end;
        self.reconstruct()?;
        self.sink.space(space);
        Ok(None)
    }

    /// Sends the text that begins here, up to the next `<` or `&`. `before` is its edge, up to `from`.
    #[expect(clippy::inline_always, reason = "called in the loop over all events")]
    #[inline(always)]
    pub(super) fn text_here(&mut self, from: usize, before: Option<Edge>) -> Result<(), Decline> {
        let html = self.html;
        let words = &html.as_bytes()[from..];
        let (length, after) = collapsed_words(words);
        let (Some(before), Some((after, space))) = (before, after) else {
            rarely();
            return self.other_text_here(from + length);
        };
        let end = from + length + space;
        let text =
            CollapsedText { source: &html[self.at..end], words: &html[from..from + length], before, after };
        self.at = end;
        // Only white space may stand there, and there are words here.
        if self.open.mode().is_between_cells() {
            rarely();
            return Err(Decline::FosterParenting);
        }
        self.reconstruct()?;
        self.sink.collapsed_text(&text);
        Ok(())
    }

    /// Sends the text that begins here, up to the next `<` or `&`, which is at `from` or after.
    #[cold]
    fn other_text_here(&mut self, from: usize) -> Result<(), Decline> {
        let html = self.html;
        let length = memchr2(b'<', b'&', &html.as_bytes()[from..]);
        let end = length.map_or(html.len(), |length| from + length);
        let text = &html[self.at..end];
        self.at = end;
        self.text(text)
    }

    #[inline]
    pub(super) fn text(&mut self, text: &'a str) -> Result<(), Decline> {
        self.check_parent_of(text)?;
        self.reconstruct()?;
        self.sink.text(text);
        Ok(())
    }

    #[inline]
    fn check_parent_of(&self, text: &str) -> Result<(), Decline> {
        if self.open.mode().is_between_cells() && !text.trim_ascii().is_empty() {
            rarely();
            return Err(Decline::FosterParenting);
        }
        Ok(())
    }

    /// An ampersand, and what it begins.
    #[cold]
    pub(super) fn reference(&mut self) -> Result<(), Decline> {
        let Some(reference) = references::decode(&self.html[self.at..], false) else {
            self.at += 1;
            return self.text("&");
        };
        self.at += reference.length;
        match reference.text {
            Decoded::Known(text) => self.text(text),
            Decoded::Chars(first, second) => {
                for c in [Some(first), second].into_iter().flatten() {
                    let mut buffer = [0; 4];
                    let text = c.encode_utf8(&mut buffer);
                    self.check_parent_of(text)?;
                    self.reconstruct()?;
                    self.sink.other_text(text);
                }
                Ok(())
            }
        }
    }
}
