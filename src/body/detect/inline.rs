//! The signs of Markdown inside a line.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memmem};

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
    /// Up to where the `}` of an attribute list was looked for in vain.
    no_attribute_list_before: usize,
    /// Up to where the `>` of a link's URL was looked for in vain.
    no_destination_before: usize,
    /// Whether no `}}`, or no `%}`, follows: the end of a template tag was looked for in vain.
    no_output_ends: bool,
    no_block_tag_ends: bool,
    /// For each of [`BLOCKS`]: whether its end was looked for in vain.
    no_block_ends: [bool; BLOCKS.len()],
}

/// The template blocks whose content is code, or no text: how their tag begins, and how the tag that ends
/// them does.
const BLOCKS: [(&[u8], &[u8]); 3] =
    [(b"highlight", b"endhighlight"), (b"raw", b"endraw"), (b"comment", b"endcomment")];

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
            no_attribute_list_before: 0,
            no_destination_before: 0,
            no_output_ends: false,
            no_block_tag_ends: false,
            no_block_ends: [false; BLOCKS.len()],
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
            Some(b'_') if self.is_shrug(at) => Step::To(at + 2),
            Some(next) if next.is_ascii_punctuation() => Step::Sign(at),
            _ => Step::To(at + 1),
        }
    }

    /// Whether the backslash at `at` is the arm of `¯\_(ツ)_/¯`, which nobody means as Markdown.
    fn is_shrug(&self, at: usize) -> bool {
        let (before, rest) = self.body.split_at(at);
        before.ends_with("¯".as_bytes()) && rest.starts_with("\\_(ツ)_/¯".as_bytes())
    }

    /// Whether only a number stands before `at` in its line.
    fn is_after_number(&self, at: usize) -> bool {
        // Only as far back as there are digits and white space: a line may hold many such parentheses.
        let before = &self.body[..at];
        let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let before = &before[..at - digits];
        let first = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        digits > 0 && first.is_none_or(|byte| *byte == b'\n')
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
                let is_quotation = self.is_quotation(at, after..next + found);
                return if is_quotation { Step::To(after) } else { Step::Sign(at) };
            }
            next += found + other;
        }
        self.no_backticks[length] = end;
        Step::To(after)
    }

    /// Whether what seems to be a code span is the text from one old-style quotation to the next, as in
    /// ``The `first' and `second' word``: words stand after both delimiters and not before them, and a `'`
    /// ends a word between them.
    fn is_quotation(&self, start: usize, content: Range<usize>) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let length = content.start - start;
        let begins_word =
            |start: usize, end: usize| !is_letter(self.char_before(start)) && is_letter(self.char_at(end));
        if length > 2 || !begins_word(start, content.start) || !begins_word(content.end, content.end + length)
        {
            return false;
        }
        memchr_iter(b'\'', &self.body[content.clone()]).any(|at| {
            let quote = content.start + at;
            is_letter(self.char_before(quote)) && !is_letter(self.char_at(quote + 1))
        })
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
    fn is_destination(&mut self, start: usize) -> bool {
        let rest = &self.body[start..];
        let mut at = 0;
        let mut open = 0;
        if rest.first() == Some(&b'<') {
            return ends_in_line(self.body, start, b'>', &mut self.no_destination_before);
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
        let after = at + 2;
        let (close, never_ends): (&[u8], _) = match self.body.get(at + 1) {
            Some(b'{') => (b"}}", &mut self.no_output_ends),
            Some(b'%') => (b"%}", &mut self.no_block_tag_ends),
            Some(b':') if at > 0 && !self.body[at - 1].is_ascii_whitespace() => {
                let is_list = matches!(self.body.get(after), Some(b' ' | b'.' | b'#'))
                    && ends_in_line(self.body, after, b'}', &mut self.no_attribute_list_before);
                return if is_list { Step::Sign(at) } else { Step::To(after) };
            }
            _ => return Step::To(at + 1),
        };
        if *never_ends {
            return Step::To(after);
        }
        let rest = &self.body[after..];
        let Some(length) = memmem::find(rest, close) else {
            *never_ends = true;
            return Step::To(after);
        };
        let end = after + length + close.len();
        Step::To(self.end_of_block(&rest[..length], end).unwrap_or(end))
    }

    /// Where the block ends that a template tag begins, if its content is code. The tag ends at `after`.
    fn end_of_block(&mut self, tag: &[u8], after: usize) -> Option<usize> {
        let name = tag.trim_ascii_start().strip_prefix(b"-").unwrap_or(tag).trim_ascii_start();
        let index = BLOCKS.iter().position(|(begin, _)| name.starts_with(begin))?;
        if self.no_block_ends[index] {
            return None;
        }
        let (_, end) = BLOCKS[index];
        let found = memmem::find(&self.body[after..], end);
        let closed = found.and_then(|found| {
            let start = after + found + end.len();
            memmem::find(&self.body[start..], b"%}").map(|length| start + length + "%}".len())
        });
        self.no_block_ends[index] = closed.is_none();
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

/// Whether `sign` stands in the line from `start` on. `vain_before` is up to where it was looked for in vain.
fn ends_in_line(body: &[u8], start: usize, sign: u8, vain_before: &mut usize) -> bool {
    if start < *vain_before {
        return false;
    }
    let end = memchr2(sign, b'\n', &body[start..]).map_or(body.len(), |length| start + length);
    let is_it = body.get(end) == Some(&sign);
    if !is_it {
        *vain_before = end;
    }
    is_it
}

/// How often a byte stands from `at` on.
fn run(bytes: &[u8], at: usize, byte: u8) -> usize {
    bytes[at..].iter().take_while(|other| **other == byte).count()
}
