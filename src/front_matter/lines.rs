//! The lines of a block that hold its top-level keys: from the text of the block to where its keys and values
//! start.
//!
//! The YAML parser tells the position of an error and of nothing else. So the positions of keys and values
//! come from the lines, and only when there is something to say about them.

/// A line that holds a top-level key. The offsets are bytes of the block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyLine<'a> {
    /// The key without its quotes, escapes left as they are.
    pub(super) key: &'a str,
    pub(super) key_at: usize,
    /// The text after the colon on this line, trimmed.
    pub(super) value: &'a str,
    pub(super) value_at: usize,
    /// Where the value starts if it starts on a line below.
    below: Option<usize>,
}

impl KeyLine<'_> {
    /// Where the value starts, on this line or below.
    pub(super) fn value_start(&self) -> usize {
        self.below.unwrap_or(self.value_at)
    }

    /// Whether the value starts on a line below.
    pub(super) fn has_value_below(&self) -> bool {
        self.below.is_some()
    }
}

/// The lines of a block that hold top-level keys, in order.
pub(super) fn key_lines(text: &str) -> impl Iterator<Item = KeyLine<'_>> {
    let base = base_indent(text);
    lines(text).filter(move |(_, line)| indent(line) == base).filter_map(move |(at, line)| {
        let (key, value) = split_key(&line[base..])?;
        let value_at = at + line.len() - value.len();
        let below =
            if value.is_empty() || value.starts_with('#') { value_below(text, at, base) } else { None };
        Some(KeyLine { key, key_at: at + base, value, value_at, below })
    })
}

/// The lines of a text with their offsets, without line breaks and trailing white space.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches([' ', '\t', '\r', '\n']))
    })
}

/// The start of the line that holds the byte at `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
}

/// The end, after its line break, of the line that holds the byte at `at`.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline + 1)
}

/// How many spaces and tabs a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The indentation of the top-level keys, which is that of the first line with content: one that is neither
/// empty nor a comment.
pub(super) fn base_indent(text: &str) -> usize {
    content_start(text).map_or(0, |(_, line)| indent(line))
}

/// The first line with content, and its offset.
pub(super) fn content_start(text: &str) -> Option<(usize, &str)> {
    lines(text).find(|(_, line)| {
        !matches!(line.trim_start_matches([' ', '\t']).as_bytes().first(), None | Some(b'#'))
    })
}

/// Splits a line like `title: Tea`, without its indentation and its trailing white space, at the colon that
/// ends its key.
///
/// The value goes to the end of the line. `None` if the line is a comment, begins with the indicator `-` or
/// `?`, or has no colon that white space or the end of the line follows.
pub(super) fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = match line.as_bytes().first()? {
        b'#' => return None,
        b'-' | b'?' if matches!(line.as_bytes().get(1), None | Some(b' ' | b'\t')) => return None,
        quote @ (b'"' | b'\'') => {
            let end = 1 + closing_quote(&line[1..], *quote)?;
            let rest = line[end + 1..].trim_start_matches([' ', '\t']).strip_prefix(':')?;
            if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
                return None;
            }
            (&line[1..end], rest)
        }
        _ => {
            let ends_key =
                |&colon: &usize| matches!(line.as_bytes().get(colon + 1), None | Some(b' ' | b'\t'));
            let colon = memchr::memchr_iter(b':', line.as_bytes()).find(ends_key)?;
            let key = &line[..colon];
            if key.contains(" #") {
                return None;
            }
            (key.trim_end_matches([' ', '\t']), &line[colon + 1..])
        }
    };
    Some((key, rest.trim_start_matches([' ', '\t'])))
}

/// Where the closing quote is in a text like `Tea" # comment`, which begins after the opening quote. `None`
/// if the scalar does not end in this text.
pub(super) fn closing_quote(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(quote, b'\\', &bytes[at..]) {
        at += found;
        let escape = match quote {
            b'"' => bytes[at] == b'\\',
            _ => bytes[at] == b'\\' || bytes.get(at + 1) == Some(&b'\''),
        };
        if !escape {
            return Some(at);
        }
        // A backslash is an ordinary character between single quotes.
        at += if quote == b'\'' && bytes[at] == b'\\' { 1 } else { 2 };
        if at >= bytes.len() {
            return None;
        }
    }
    None
}

/// Where the value starts of a key whose line, at `key_at`, has nothing after the colon: on the next line
/// with content, if that is indented further or is an item of a list at the indentation of the key.
fn value_below(text: &str, key_at: usize, base: usize) -> Option<usize> {
    let below = key_at + memchr::memchr(b'\n', &text.as_bytes()[key_at..])? + 1;
    let (at, line) = content_start(&text[below..])?;
    let indent = indent(line);
    let is_item = line[indent..] == *"-" || line[indent..].starts_with("- ");
    (indent > base || indent == base && is_item).then_some(below + at + indent)
}
