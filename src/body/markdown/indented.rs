//! Boxes whose content is indented by four blanks below a line with a sign: the admonitions of
//! Python-Markdown, and the details and tabs of `PyMdown` Extensions.
//!
//! To CommonMark, the content is code, or goes on with the paragraph. Its first four blanks are covered by
//! the marker of a list, so that all of it is an item:
//!
//! ```text
//! the Markdown   !!! note↵↵    Green tea↵↵    is *tea*.
//! what is read   !!! note↵↵+   Green tea↵↵    is *tea*.
//! ```

use memchr::memchr3_iter;

/// The length of the indentation, and of the marker that covers it.
pub(super) const INDENTATION: usize = 4;

/// Whether a text may hold such boxes.
pub(super) fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut signs = memchr3_iter(b'!', b'?', b'=', bytes);
    let has_sign = signs.any(|at| {
        let is_start = at == 0 || matches!(bytes[at - 1], b'\n' | b' ');
        is_start && matches!(bytes.get(at..at + 3), Some(b"!!!" | b"???" | b"==="))
    });
    has_sign && text.lines().any(|line| is_sign(line.trim_ascii_start()))
}

/// The boxes of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Indented {
    /// Where the markers stand.
    pub(super) markers: Vec<usize>,
    /// The starts of lines that do not go on with the paragraph before them.
    pub(super) parted: Vec<usize>,
}

/// A line that is neither blank nor a part of something that was found before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) start: usize,
    /// With the white space before it.
    pub(super) whole: &'s str,
    pub(super) indentation: usize,
    pub(super) is_after_blank: bool,
}

/// Looks for boxes, line after line.
#[derive(Debug, Default)]
pub(super) struct Scan {
    found: Indented,
    /// The last line, if it is a sign: its start, its indentation, and whether it is in a paragraph.
    sign: Option<(usize, usize, bool)>,
    /// How far the content of the outermost open box is indented; 0 without one.
    content: usize,
}

impl Scan {
    /// Where the marker is to stand, if the line is the first one of the content of a box.
    pub(super) fn marker(&mut self, line: Line<'_>) -> Option<usize> {
        if self.content > line.indentation {
            self.content = 0;
            if !line.is_after_blank {
                self.found.parted.push(line.start);
            }
        }
        let (start, indentation, is_in_paragraph) = self.sign.take()?;
        let content = indentation + INDENTATION;
        let is_content = (content..content + INDENTATION).contains(&line.indentation)
            && line.whole.bytes().take(content).all(|byte| byte == b' ');
        if !is_content {
            return None;
        }
        if is_in_paragraph {
            self.found.parted.push(start);
        }
        if self.content == 0 {
            self.content = content;
        }
        let marker = line.start + indentation;
        self.found.markers.push(marker);
        Some(marker)
    }

    /// Looks whether the line is the sign of a box.
    pub(super) fn note(&mut self, line: Line<'_>) {
        if is_sign(line.whole.trim_ascii()) {
            self.sign = Some((line.start, line.indentation, !line.is_after_blank));
        }
    }

    pub(super) fn finish(self) -> Indented {
        self.found
    }
}

/// Whether a line, without white space before it, is the sign of a box: `!!! note "Title"`, `??? note`,
/// `???+ note`, `=== "Tab"`.
fn is_sign(line: &str) -> bool {
    let line = line.trim_ascii_end();
    if let Some(title) = line.strip_prefix("===") {
        let title = title.strip_prefix(['!', '+']).unwrap_or(title);
        return title.strip_prefix(' ').is_some_and(is_quoted);
    }
    let rest = line.strip_prefix("!!!").or_else(|| {
        let rest = line.strip_prefix("???")?;
        Some(rest.strip_prefix('+').unwrap_or(rest))
    });
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(' ')) else { return false };
    let names = match rest.find('"') {
        Some(at) if is_quoted(&rest[at..]) => &rest[..at],
        Some(_) => return false,
        None => rest,
    };
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    names.starts_with(|c: char| c.is_ascii_alphabetic()) && names.split_ascii_whitespace().all(is_name)
}

/// Whether a text is in quotation marks.
fn is_quoted(text: &str) -> bool {
    let inside = text.trim_ascii().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_texts() {
        for sign in [
            "!!! note",
            "!!! note ",
            "!!! warning inline end \"A \\\"title\\\"\"",
            "!!! tip \"\"",
            "??? note",
            "???+ my-note \"a\"",
            "=== \"Tab\"",
            "===! \"Tab\"",
        ] {
            assert!(is_sign(sign) && may_be_in(&format!("a\n  {sign}\n")), "{sign}");
        }
        for text in [
            "!!!",
            "!!!note",
            "!!!  note",
            "!!! 1",
            "!!! Oh, no",
            "!!!! note",
            "!!! note \"a",
            "?? note",
            "===",
            "=== a",
            "==== \"a\"",
            "a !!! note.",
            "=== \"",
        ] {
            assert!(!is_sign(text) && !may_be_in(text), "{text}");
        }
    }
}
