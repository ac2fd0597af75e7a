//! The signs of Markdown inside a line.

use memchr::{memchr, memchr2, memmem};

/// Runs of backticks that are longer open no code span here.
const LONGEST_RUN: usize = 16;

/// How deep parentheses nest in the URL of a link.
const MOST_PARENTHESES: usize = 32;

/// Reads the text of paragraphs.
pub(super) struct Inline<'b> {
    body: &'b [u8],
    /// How many `[` are open in the paragraph.
    brackets: usize,
    /// Where delimiters of strong text, in the order of [`DELIMITERS`], were opened in the paragraph.
    open: [Option<usize>; DELIMITERS.len()],
    /// Up to where no run of backticks of each length is.
    no_backticks: [usize; LONGEST_RUN],
    /// Where the paragraph ends, if that is known.
    paragraph_end: Option<usize>,
    /// Up to where `$$` was looked for in vain.
    no_dollars_before: usize,
    /// Up to where the end of a template tag was looked for in vain.
    no_template_before: usize,
    /// Up to where the end of a template block was looked for in vain.
    no_block_before: usize,
}

/// The delimiters of which two are a sign.
const DELIMITERS: [u8; 3] = *b"*_~";

impl<'b> Inline<'b> {
    pub(super) fn new(body: &'b str) -> Self {
        Self {
            body: body.as_bytes(),
            brackets: 0,
            open: [None; DELIMITERS.len()],
            no_backticks: [0; LONGEST_RUN],
            paragraph_end: None,
            no_dollars_before: 0,
            no_template_before: 0,
            no_block_before: 0,
        }
    }

    /// A paragraph begins at `start`.
    pub(super) fn begin_paragraph(&mut self, _start: usize) {
        self.brackets = 0;
        self.open = [None; DELIMITERS.len()];
        self.paragraph_end = None;
    }

    /// Reads on from `start` to the next `<` or line feed, or the end. Returns where that is, and the offset
    /// of the first sign.
    pub(super) fn text(&mut self, start: usize) -> (usize, Option<usize>) {
        let mut at = start;
        while let Some(&byte) = self.body.get(at) {
            match byte {
                b'<' => break,
                b'\n' => {
                    let is_sign = at > start && self.is_hard_break(at);
                    return (at, is_sign.then_some(at));
                }
                b'\\' | b'`' | b'[' | b']' | b'*' | b'_' | b'~' | b'$' | b'{' => match self.sign(at, byte) {
                    Step::Sign(sign) => return (at, Some(sign)),
                    Step::To(next) => at = next,
                },
                _ => at += 1,
            }
        }
        (at, None)
    }

    fn sign(&mut self, at: usize, byte: u8) -> Step {
        match byte {
            b'\\' => self.backslash(at),
            b'`' => self.backticks(at),
            b'[' => {
                self.brackets += 1;
                Step::To(at + 1)
            }
            b']' => self.bracket_end(at),
            b'$' => self.dollars(at),
            b'{' => self.brace(at),
            _ => self.delimiters(at, byte),
        }
    }

    /// Two spaces, or a backslash, before the end of a line that another follows.
    fn is_hard_break(&self, feed: usize) -> bool {
        let line = &self.body[..feed];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let has_break = line.ends_with(b"  ") && !line.trim_ascii_end().ends_with(b">");
        let next = self.body[feed + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        has_break && next.is_some_and(|byte| !matches!(byte, b'\n' | b'\r' | b'<'))
    }

    fn backslash(&mut self, at: usize) -> Step {
        match self.body.get(at + 1) {
            Some(b'\n') if self.body.get(at + 2).is_some_and(|byte| !byte.is_ascii_whitespace()) => {
                Step::Sign(at)
            }
            // MathJax has formulas in such parentheses. What else is escaped is the marker of an item.
            Some(b'(') => Step::To(at + 2),
            Some(b')') if !self.is_after_number(at) => Step::To(at + 2),
            Some(next) if next.is_ascii_punctuation() => Step::Sign(at),
            _ => Step::To(at + 1),
        }
    }

    /// Whether only a number stands before `at` in its line.
    fn is_after_number(&self, at: usize) -> bool {
        let line = &self.body[memchr::memrchr(b'\n', &self.body[..at]).map_or(0, |feed| feed + 1)..at];
        let number = line.trim_ascii_start();
        !number.is_empty() && number.iter().all(u8::is_ascii_digit)
    }

    fn backticks(&mut self, at: usize) -> Step {
        let length = run(self.body, at, b'`');
        let after = at + length;
        let Some(no_backticks) = self.no_backticks.get(length).copied() else { return Step::To(after) };
        let end = self.paragraph_end(at);
        if no_backticks >= end {
            return Step::To(after);
        }
        let mut next = after;
        while let Some(found) = memchr(b'`', &self.body[next..end]) {
            let other = run(self.body, next + found, b'`');
            if other == length {
                return Step::Sign(at);
            }
            next += found + other;
        }
        self.no_backticks[length] = end;
        Step::To(after)
    }

    /// Where the paragraph ends that goes on at `at`.
    fn paragraph_end(&mut self, at: usize) -> usize {
        // An element with a blank line in it goes on after what was taken for the end.
        if let Some(end) = self.paragraph_end.filter(|end| *end > at) {
            return end;
        }
        let mut end = at;
        let end = loop {
            let Some(feed) = memchr(b'\n', &self.body[end..]) else { break self.body.len() };
            end += feed + 1;
            let line = &self.body[end..];
            if line
                .iter()
                .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'))
                .is_none_or(|byte| *byte == b'\n')
            {
                break end;
            }
        };
        self.paragraph_end = Some(end);
        end
    }

    fn bracket_end(&mut self, at: usize) -> Step {
        if self.brackets == 0 {
            return Step::To(at + 1);
        }
        self.brackets -= 1;
        if self.body.get(at + 1) == Some(&b'(') && self.is_destination(at + 2) {
            return Step::Sign(at);
        }
        Step::To(at + 1)
    }

    /// Whether a URL, with a title or not, and a closing parenthesis begin at `start`.
    fn is_destination(&self, start: usize) -> bool {
        let rest = &self.body[start..];
        let mut at = 0;
        let mut open = 0;
        if rest.first() == Some(&b'<') {
            return memchr2(b'>', b'\n', rest).is_some_and(|end| rest[end] == b'>');
        }
        while let Some(&byte) = rest.get(at) {
            match byte {
                b')' if open == 0 => return true,
                b')' => open -= 1,
                b'(' if open == MOST_PARENTHESES => return false,
                b'(' => open += 1,
                b'{' if matches!(rest.get(at + 1), Some(b'{' | b'%')) => return true,
                b' ' | b'\t' | b'\n' => {
                    let next = rest[at..].iter().find(|byte| !byte.is_ascii_whitespace());
                    return at > 0 && matches!(next, Some(b'"' | b'\'' | b'(' | b')'));
                }
                b'<' => return false,
                _ => {}
            }
            at += 1;
        }
        false
    }

    /// `$$`, if another one follows.
    fn dollars(&mut self, at: usize) -> Step {
        let length = run(self.body, at, b'$');
        let after = at + length;
        if length == 2 && self.no_dollars_before < self.body.len() {
            if memmem::find(&self.body[after..], b"$$").is_some() {
                return Step::Sign(at);
            }
            self.no_dollars_before = self.body.len();
        }
        Step::To(after)
    }

    /// A template tag is no sign, nor is what stands in it. `{:` begins an attribute list.
    fn brace(&mut self, at: usize) -> Step {
        let close: &[u8] = match self.body.get(at + 1) {
            Some(b'{') => b"}}",
            Some(b'%') => b"%}",
            Some(b':') if at > 0 && !self.body[at - 1].is_ascii_whitespace() => {
                let rest = &self.body[at + 2..];
                let is_list = memchr2(b'}', b'\n', rest).is_some_and(|end| rest[end] == b'}')
                    && matches!(rest.first(), Some(b' ' | b'.' | b'#'));
                return if is_list { Step::Sign(at) } else { Step::To(at + 2) };
            }
            _ => return Step::To(at + 1),
        };
        if at < self.no_template_before {
            return Step::To(at + 2);
        }
        let rest = &self.body[at + 2..];
        let Some(end) = memmem::find(rest, close) else {
            self.no_template_before = self.body.len();
            return Step::To(at + 2);
        };
        let after = at + 2 + end + 2;
        Step::To(self.end_of_block(&rest[..end], after).unwrap_or(after))
    }

    /// Where the block ends that a template tag begins, if its content is code. The tag ends at `after`.
    fn end_of_block(&mut self, tag: &[u8], after: usize) -> Option<usize> {
        let name = tag.trim_ascii_start().strip_prefix(b"-").unwrap_or(tag).trim_ascii_start();
        let end: &[u8] = match name {
            name if name.starts_with(b"highlight") => b"endhighlight",
            name if name.starts_with(b"raw") => b"endraw",
            name if name.starts_with(b"comment") => b"endcomment",
            _ => return None,
        };
        if after < self.no_block_before {
            return None;
        }
        let found = memmem::find(&self.body[after..], end);
        let closed = found.and_then(|found| {
            let start = after + found + end.len();
            memmem::find(&self.body[start..], b"%}").map(|length| start + length + "%}".len())
        });
        if closed.is_none() {
            self.no_block_before = self.body.len();
        }
        closed
    }

    /// Two or three delimiters of strong or struck text: the first opens it, the second ends it.
    fn delimiters(&mut self, at: usize, byte: u8) -> Step {
        let length = run(self.body, at, byte);
        let after = at + length;
        if !(2..=3).contains(&length) {
            return Step::To(after);
        }
        let Some(index) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) else {
            return Step::To(after);
        };
        let (before, next) = (self.char_before(at), self.char_at(after));
        let is_edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if self.open[index].is_some() && !is_edge(before) && (byte != b'_' || !is_letter(next)) {
            return Step::Sign(self.open[index].unwrap_or(at));
        }
        let joins_words = byte == b'_' && is_letter(before);
        if !is_edge(next) && !joins_words {
            self.open[index].get_or_insert(at);
        }
        Step::To(after)
    }

    fn char_before(&self, at: usize) -> Option<char> {
        let start = at.saturating_sub(4);
        // A cut character at the start of the piece is replaced, and is not the last one.
        String::from_utf8_lossy(&self.body[start..at]).chars().next_back()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let end = (at + 4).min(self.body.len());
        String::from_utf8_lossy(&self.body[at..end]).chars().next()
    }
}

/// Where to go on, or a sign.
enum Step {
    Sign(usize),
    To(usize),
}

/// How often a byte stands from `at` on.
fn run(bytes: &[u8], at: usize, byte: u8) -> usize {
    bytes[at..].iter().take_while(|other| **other == byte).count()
}
