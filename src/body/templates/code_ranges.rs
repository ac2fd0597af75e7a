//! Where the source is code, or no text at all.

use super::super::line_start::is_marker;
use super::ends::{Ends, Kind};

/// Finds code spans and fences of Markdown.
#[derive(Debug)]
pub(super) struct CodeRanges<'a> {
    body: &'a str,
    /// For each length of a run of back quotes: up to where none of that length follows.
    no_run_until: [usize; 33],
}

/// The elements whose content is code.
const CODE: [&str; 2] = ["pre", "code"];

/// The elements whose content is no text of the article, or no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

impl<'a> CodeRanges<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, no_run_until: [0; 33] }
    }

    /// The end of the fence or the code span that begins at `start`, which is the start of a run of back
    /// quotes or tildes, and `true`; or the end of the run, and `false`, if the run begins no code.
    pub(super) fn run(&mut self, start: usize) -> (usize, bool) {
        let bytes = self.body.as_bytes();
        let sign = bytes[start];
        let length = run_length(&bytes[start..], sign);
        let end = start + length;
        if length >= 3 && self.opens_fence(start, end) {
            return (self.fence_end(end, sign, length), true);
        }
        if sign == b'~' {
            return (end, false);
        }
        self.span_end(end, length).map_or((end, false), |end| (end, true))
    }

    /// Whether nothing but white space, signs of quotations and list markers stand before the run, and, if it
    /// is one of back quotes, none after it.
    fn opens_fence(&self, start: usize, end: usize) -> bool {
        let bytes = self.body.as_bytes();
        // No list is so deep that its markers take more bytes.
        let near = start.saturating_sub(256);
        let line = memchr::memrchr(b'\n', &bytes[near..start]).map_or(near, |at| near + at + 1);
        let is_cut = line == near && near > 0 && bytes[near - 1] != b'\n';
        if is_cut || !bytes[line..start].iter().copied().all(is_marker) {
            return false;
        }
        let line_end = memchr::memchr(b'\n', &bytes[end..]).map_or(bytes.len(), |at| end + at);
        bytes[start] == b'~' || memchr::memchr(b'`', &bytes[end..line_end]).is_none()
    }

    /// The end of the closing fence, or of the body.
    fn fence_end(&self, from: usize, sign: u8, length: usize) -> usize {
        let bytes = self.body.as_bytes();
        let mut at = from;
        while let Some(line_end) = memchr::memchr(b'\n', &bytes[at..]) {
            at += line_end + 1;
            let line = &bytes[at..];
            let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
            let run = run_length(&line[indent..], sign);
            if run >= length {
                let rest = &line[indent + run..];
                let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                if matches!(rest.get(blank), None | Some(b'\n')) {
                    return at + indent + run;
                }
            }
        }
        bytes.len()
    }

    /// The end of the code span that a run of `length` back quotes opens, which ends at `from`.
    fn span_end(&mut self, from: usize, length: usize) -> Option<usize> {
        let bytes = self.body.as_bytes();
        let known = self.no_run_until.get_mut(length)?;
        if from < *known {
            return None;
        }
        let mut at = from;
        loop {
            let next = memchr::memchr2(b'`', b'\n', &bytes[at..]).map_or(bytes.len(), |next| at + next);
            match bytes.get(next) {
                Some(b'`') => {
                    let run = run_length(&bytes[next..], b'`');
                    at = next + run;
                    if run == length {
                        return Some(at);
                    }
                }
                Some(_) if !begins_with_blank_line(&bytes[next + 1..]) => at = next + 1,
                _ => {
                    *known = next;
                    return None;
                }
            }
        }
    }
}

fn run_length(bytes: &[u8], sign: u8) -> usize {
    bytes.iter().take_while(|byte| **byte == sign).count()
}

fn begins_with_blank_line(bytes: &[u8]) -> bool {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'>')).count();
    matches!(bytes.get(blank), None | Some(b'\n'))
}

/// What the content of an element is to a reader of template tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Markup,
    /// Code up to an offset.
    Code(usize),
    /// Nothing to read up to an offset.
    Raw(usize),
}

/// What the content is of the element of which the start tag ends at `from`.
pub(super) fn content(name: &str, from: usize, ends: &mut Ends<'_>) -> Content {
    let find = |names: &[&'static str]| names.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
    if let Some(name) = find(&CODE) {
        return ends.next(Kind::Element(name), from).map_or(Content::Markup, |(end, _)| Content::Code(end));
    }
    if let Some(name) = find(&RAW) {
        return ends.next(Kind::Element(name), from).map_or(Content::Markup, |(end, _)| Content::Raw(end));
    }
    Content::Markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_code(body: &str, start: usize, code: Option<&str>) {
        let (end, is_code) = CodeRanges::new(body).run(start);
        assert_eq!(is_code.then(|| &body[start..end]), code, "{body:?}");
    }

    #[test]
    fn spans_end_with_a_run_of_their_length() {
        assert_code("`a` b`", 0, Some("`a`"));
        assert_code("``a` b`` c", 0, Some("``a` b``"));
        assert_code("`a\nb` c", 0, Some("`a\nb`"));
        assert_code("`a\n\nb` c", 0, None);
        assert_code("`a\n> \nb` c", 0, None);
        assert_code("`a", 0, None);
    }

    #[test]
    fn fences_end_with_a_fence_that_is_no_shorter() {
        assert_code("```c\na\n```\nb", 0, Some("```c\na\n```"));
        assert_code("~~~~\n~~~\n\n~~~~~ \nb", 0, Some("~~~~\n~~~\n\n~~~~~"));
        assert_code("> - ```\n>   a\n>   ```\nb", 4, Some("```\n>   a\n>   ```"));
        assert_code("```\n``` x\nb", 0, Some("```\n``` x\nb"));
        assert_code("```a``` b", 0, Some("```a```"));
        assert_code("a ~~~\n~~~", 2, None);
    }
}
